"""Codes: every slip of the finger is caught, every honest way of typing is read, all else is foreign."""

import os
import re
from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.codes import (
    ALPHABET,
    MAX_INPUT,
    PREFIX,
    SHORT_LENGTH,
    TOKEN_LENGTH,
    Reading,
    Shape,
    checks,
    digest,
    new_short_code,
    new_token,
    read_code,
)

MANY = int(os.environ.get("KIOSK_TOKENS", "20000"))
"""Tokens that are drawn; ``KIOSK_TOKENS=2000000`` is the long run (a minute or two)."""

some = settings(derandomize=True, deadline=None, max_examples=60)
letters = st.sampled_from(ALPHABET)


def complete(stem: str, checks_at_the_end: int) -> str:
    """The stem with the only check letters that fit."""
    (whole,) = (
        stem + "".join(end)
        for end in product(ALPHABET, repeat=checks_at_the_end)
        if checks(stem + "".join(end))
    )
    return whole


cards = st.text(letters, min_size=20, max_size=20).map(lambda stem: complete(PREFIX + stem, 2))
shorts = (
    st.text(letters, min_size=5, max_size=5)
    .filter(lambda stem: not stem.startswith(PREFIX))
    .map(lambda stem: complete(stem, 1))
)
codes = cards | shorts


def wrong_letters(code: str) -> list[str]:
    """Every text that differs from the code in one letter of the alphabet."""
    return [
        code[:place] + letter + code[place + 1 :]
        for place in range(len(code))
        for letter in ALPHABET
        if letter != code[place]
    ]


def swaps(code: str) -> list[str]:
    """Every text in which two different neighbours of the code changed places."""
    return [
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for place in range(len(code) - 1)
        if code[place] != code[place + 1]
    ]


def read(code: str) -> Reading:
    return Reading(Shape.CARD if len(code) == TOKEN_LENGTH else Shape.SHORT, code)


def test_the_sixteen_letters_are_those_that_every_keyboard_leaves_alone():
    """P-11"""
    assert ALPHABET == "BCDEFGHJKNPRSTVX"


@some
@given(codes)
def test_every_wrong_letter_and_every_swap_is_caught(code):
    """P-11: all of them, for codes drawn at random."""
    assert read_code(code) == read(code)
    for slip in wrong_letters(code) + swaps(code):
        assert read_code(slip).shape is Shape.MISTYPED, slip


@pytest.mark.parametrize("make", [new_token, new_short_code])
def test_every_slip_in_one_real_code_is_caught(make):
    """P-11: a code as the kiosk makes it."""
    code = make()
    slips = wrong_letters(code) + swaps(code)
    assert len(slips) >= 15 * len(code)
    assert {read_code(slip).shape for slip in slips} == {Shape.MISTYPED}


@some
@given(codes, st.data())
def test_a_letter_too_few_or_too_many_is_a_slip(code, data):
    """P-11: exact length."""
    place = data.draw(st.integers(0, len(code) - 1))
    assert read_code(code[:place] + code[place + 1 :]).shape is Shape.MISTYPED
    assert read_code(code[:place] + data.draw(letters) + code[place:]).shape is Shape.MISTYPED


@some
@given(codes, st.data())
def test_case_blanks_and_dashes_do_not_matter(code, data):
    fillers = st.text(" -\u00a0\u202f–—", max_size=3)
    typed = "".join(data.draw(fillers) + data.draw(st.sampled_from([x, x.lower()])) for x in code)
    assert read_code(typed + data.draw(fillers)) == read(code)


@pytest.mark.parametrize(
    "prefix",
    [
        pytest.param("]Q1", id="QR as AIM writes it"),
        pytest.param("]d2", id="Data Matrix"),
        pytest.param("$A&", id="QR through a Belgian or French keyboard"),
        pytest.param("\\000026", id="character set"),
        pytest.param("µààààé§", id="character set through a Belgian keyboard"),
        pytest.param("*ààààé-", id="character set through a French keyboard"),
    ],
)
@pytest.mark.parametrize("make", [new_token, new_short_code])
def test_what_a_scanner_puts_in_front_is_taken_away(prefix, make):
    code = make()
    assert read_code(prefix + code) == read(code)
    assert read_code(f"{prefix}{code.lower()}\r\n") == read(code)


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "-- --", "0", "1234", "08:30"),
        *("85073003328", "85.07.30-033.28", '!(àè"àà""é!', "592-1234567-89", "IDBEL592123456789"),
        *(
            "https://example.org/SCBCDF",
            "\x1b[A",
            "\x1bOP",
            "\x03",
            "\x00\x01\x02",
            "BC\tDF\tGH",
            "\x7f",
            "\ue000",
        ),
        *("\udcff", "😀", "🎫BCDFGH", "ВСЕНКР", "BCDEF5", "]Q1", "\\000026", "É" * 6),
        *("B" * 41, "B" * MAX_INPUT, "B" * (MAX_INPUT + 1), "9" * 100_000),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_what_is_no_code_of_this_house_is_foreign(text):
    """P-07, P-11, P-12: national numbers, escapes, signs, floods; nothing of it is kept."""
    assert read_code(text) == Reading(Shape.FOREIGN)


@pytest.mark.parametrize("hidden", ["\x1b[A", "\x03", "\x00", "\x9b", "\ue000", "\ud800", "1", "é", "\u200d"])
@pytest.mark.parametrize("make", [new_token, new_short_code])
def test_a_right_code_with_something_hidden_in_it_is_foreign(make, hidden):
    """P-12"""
    code = make()
    assert read_code(code[:3] + hidden + code[3:]) == Reading(Shape.FOREIGN)


@pytest.mark.parametrize("prefix", ["]Q1", "]d2", "\\000026"])
@pytest.mark.parametrize("make", [new_token, new_short_code])
def test_what_announces_a_symbology_does_so_at_the_beginning_only(make, prefix):
    """P-12: in the middle or at the end it is something hidden in a code."""
    code = make()
    assert read_code(prefix + code) == read(code)
    for hidden in (code[:3] + prefix + code[3:], code + prefix):
        assert read_code(hidden) == Reading(Shape.FOREIGN)


def test_a_flood_of_blanks_does_not_hide_a_code():
    code = new_token()
    assert read_code(code + " " * (MAX_INPUT - len(code))) == read(code)
    assert read_code(code + " " * MAX_INPUT) == Reading(Shape.FOREIGN)


@pytest.mark.parametrize(("pair", "sign"), [("SS", "ß"), ("S", "ſ"), ("ST", "ﬆ")])
def test_a_sign_whose_capital_is_a_letter_of_ours_is_no_letter_of_ours(pair, sign):
    """P-11: only the sixteen letters, whatever Unicode calls a capital."""
    code = complete(PREFIX + (pair * 20)[:20], 2)
    assert read_code(code[:2] + code[2:].replace(pair, sign, 1)).letters == ""


@settings(some, max_examples=300)
@given(st.text(st.characters(exclude_categories=()), max_size=40) | codes.map(lambda code: code[::-1]))
def test_any_text_is_read_without_complaint(text):
    """P-13: and what is called a code has the right length, letters and check letters."""
    reading = read_code(text)
    if reading.shape in (Shape.CARD, Shape.SHORT):
        assert len(reading.letters) == {Shape.CARD: TOKEN_LENGTH, Shape.SHORT: SHORT_LENGTH}[reading.shape]
        assert set(reading.letters) <= set(ALPHABET)
        assert checks(reading.letters)
    else:
        assert reading.letters == ""


def test_no_token_is_ever_made_twice():
    """P-08: 80 random bits; ``KIOSK_TOKENS`` says how many are drawn."""
    tokens = {new_token() for _ in range(MANY)}
    assert len(tokens) == MANY
    for token in list(tokens)[:1000]:
        assert read_code(token) == read(token)


def test_each_of_the_twenty_places_holds_each_letter_equally_often():
    """P-08: nothing of a token but its prefix is fixed; eight standard deviations are allowed."""
    drawn = 8000
    counts = Counter(place for _ in range(drawn) for place in enumerate(new_token()[2:22]))
    assert len(counts) == 20 * 16
    assert max(abs(count - drawn / 16) for count in counts.values()) < 8 * (drawn * 15 / 256) ** 0.5


def test_no_short_code_begins_like_a_card():
    """After six typed letters it is clear which of the two it is; by chance one in 256 would not be."""
    made = {new_short_code() for _ in range(5000)}
    assert not [code for code in made if code.startswith(PREFIX)]
    assert {read_code(code).shape for code in made} == {Shape.SHORT}


def test_what_is_stored_depends_on_the_key_and_shows_nothing_of_the_code():
    """P-09"""
    code = new_token()
    first, second = digest(b"a" * 32, code), digest(b"b" * 32, code)
    assert first == digest(b"a" * 32, code) != second
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert first != digest(b"a" * 32, new_token())
