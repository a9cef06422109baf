"""The words of the two small exercises: in every language, short, invented, the same for everybody."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from assets.exercises import exercises
from assets.languages import LANGUAGES
from models.assessment.checks import IN_A_ROW, STEPS, TRIES, copied, spotted

MESSAGES = [message for one in exercises().sets for message in one.messages]
FILES = [file for folder in exercises().folders for file in folder.files]

ASKS = {
    "fr": r"\b(donnez|payez|envoyez)\b",
    "nl": r"\b(geef|betaal|stuur)\b",
    "de": r"\b(geben|zahlen|senden)\b",
    "en": r"\b(send|pay)\b",
}
"""What makes a message dangerous: it asks for money or for a secret."""

BRANDS = (
    *("forem", "actiris", "onem", "itsme", "bpost", "dhl", "ups", "gls", "postnl", "mondial relay"),
    *("amazon", "bol.com", "zalando", "vinted", "ebay", "aliexpress", "temu", "2ememain", "bancontact"),
    *("belfius", "ing", "kbc", "bnp", "fortis", "argenta", "beobank", "axa", "crelan", "paypal", "visa"),
    *("mastercard", "proximus", "orange", "telenet", "voo", "whatsapp", "facebook", "google", "microsoft"),
    *(
        "apple",
        "netflix",
        "loterie nationale",
        "nationale loterij",
        "euromillions",
        "lotto",
        "engie",
        "luminus",
    ),
    *(
        "randstad",
        "adecco",
        "tempo-team",
        "manpower",
        "linkedin",
        "indeed",
        "stepstone",
        "colruyt",
        "delhaize",
    ),
)

RESERVED = re.compile(r"[^@]+@(?:example\.(?:com|net|org)|(?:\w+\.)+(?:example|test|invalid))")
"""Domains that nobody can own (RFC 2606)."""


def test_four_sets_of_four_and_one_folder_and_address_a_try():
    """As many as the longest way through each exercise needs."""
    shown = exercises()
    assert len(shown.sets) == TRIES * IN_A_ROW
    assert [len(one.messages) for one in shown.sets] == [4] * 4
    assert len(shown.folders) == len(shown.addresses) == TRIES
    assert [len(folder.files) for folder in shown.folders] == [4] * TRIES
    longest = (True, False, True, False)
    assert spotted(longest[:-1]) is None
    assert len(longest) == len(shown.sets) == STEPS * TRIES
    assert copied(longest[:-1]) is None


@pytest.mark.parametrize("texts", [t for m in MESSAGES for t in (m.sender, m.text)] + FILES)
def test_every_text_is_in_every_language(texts):
    assert tuple(texts) == LANGUAGES
    assert all(text.strip() == text and text for text in texts.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(4))
def test_exactly_the_dangerous_message_asks_for_something(number, language):
    """In each language on its own: whoever reads it decides by what is asked of them."""
    one = exercises().sets[number]
    asking = [
        place
        for place, message in enumerate(one.messages)
        if re.search(ASKS[language], message.text[language], re.IGNORECASE)
    ]
    assert asking == [one.dangerous]


def test_the_dangerous_message_is_never_twice_at_the_same_place():
    """Whoever always touches the same key never succeeds."""
    places = [one.dangerous for one in exercises().sets]
    assert all(one != other for one, other in pairwise(places))
    assert sorted(places) == [0, 1, 2, 3]
    for always in range(4):
        picks = [place == always for place in places]
        assert not any(first and second for first, second in pairwise(picks))
    assert len({folder.wanted for folder in exercises().folders}) == TRIES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sender_is_always_dangerous(language):
    """A bank and a parcel may be quite in order: it is read what they write."""
    dangerous = {one.messages[one.dangerous].sender[language] for one in exercises().sets}
    harmless = {
        message.sender[language]
        for one in exercises().sets
        for place, message in enumerate(one.messages)
        if place != one.dangerous
    }
    assert len(dangerous & harmless) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_things_to_choose_from_look_alike(language):
    for one in exercises().sets:
        assert len({(m.sender[language], m.text[language]) for m in one.messages}) == 4
    for folder in exercises().folders:
        assert len({file[language].casefold() for file in folder.files}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_short_and_plain(language):
    """A-13, A-16: at most twelve words, no capitals, no links, nothing but words, hours and small sums."""
    for text in [message.text[language] for message in MESSAGES] + [m.sender[language] for m in MESSAGES]:
        assert len(text.split()) <= 12, text
        assert not re.search(r"\b[A-ZÉÈÀÄÖÜ]{2,}\b", text), text
        assert not re.search(r"[/&@#%*_<>{}\[\]|\\+=;€]|www|\d{3,}", text), text


@pytest.mark.parametrize("brand", BRANDS)
def test_no_real_name_of_a_firm(brand):
    texts = [*(text for m in MESSAGES for text in (*m.sender.values(), *m.text.values()))]
    texts += [name for file in FILES for name in file.values()]
    assert [text for text in texts if re.search(rf"\b{re.escape(brand)}\b", text, re.IGNORECASE)] == []


def test_addresses_are_nobodys_and_can_be_typed():
    """Short, in a reserved domain, and of signs that stand on the keyboard of addresses."""
    addresses = exercises().addresses
    assert len(set(addresses)) == TRIES
    for address in addresses:
        assert RESERVED.fullmatch(address)
        assert len(address) <= 16
        assert re.fullmatch(r"[a-z.]+@[a-z.]+", address)


def test_everything_is_read_once():
    assert exercises() is exercises()
