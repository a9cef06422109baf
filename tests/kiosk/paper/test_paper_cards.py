"""Cards as PDF: measured, read back by a scanner's library, and searched for what must not be on them."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.paper.cards import HEIGHT, WIDTH, cards_pdf
from models.codes import Form

CORNER = "SmartCorner de Charleroi"
PIXELS = 300 / 25.4
"""Pixels in a mm of the rendered pages."""

HOSTILE = [
    "[/b]",
    "=1+1",
    "{corner}",
    "%s **gras** __sous__",
    "W" * 80,
    "Abcdefghij " * 7 + "fin",
    "Wojciechowska-Çağlayan",
    "👩‍👩‍👧 Ana",
    "محمد",
    "小明",
    "A\nB\tC\x1b[31m\u202eD",
    "e\u0301" * 20,
    "\u200b",
    "𝕬𝖓𝖆",
]


def cards(codes, made_at, **how):
    return cards_pdf(codes, corner_name=CORNER, made_at=made_at, **how)


def test_ten_cards_on_a4_are_all_read_back(issued, look, made_at):
    codes = [issued() for _ in range(10)]
    file = look(cards(codes, made_at))
    assert [(round(page.width, 1), round(page.height, 1)) for page in file.pages] == [(210.0, 297.0)]
    assert {code.text for code in file.pages[0].codes} == {code.letters for code in codes}


def test_the_eleventh_card_begins_a_second_sheet(issued, look, made_at):
    codes = [issued() for _ in range(11)]
    file = look(cards(codes, made_at))
    assert [len(page.codes) for page in file.pages] == [10, 1]
    assert file.pages[1].codes[0].text == codes[10].letters


def test_a_card_printer_gets_one_page_of_card_size_for_each(issued, look, made_at):
    codes = [issued() for _ in range(3)]
    file = look(cards(codes, made_at, size="card"))
    for page, code in zip(file.pages, codes, strict=True):
        assert page.width == pytest.approx(85.60, abs=0.1)
        assert page.height == pytest.approx(53.98, abs=0.1)
        assert [read.text for read in page.codes] == [code.letters]


def test_the_qr_is_26_mm_with_a_quiet_zone_of_pure_white(issued, look, made_at):
    pixels = look(cards([issued()], made_at, size="card")).pages[0].pixels[:, :, :3]
    rows, columns = np.nonzero(pixels.max(axis=2) < 40 / 3)  # ink is blue, only the QR is black
    top, left, bottom, right = rows.min(), columns.min(), rows.max() + 1, columns.max() + 1
    for side in (bottom - top, right - left):
        assert side / PIXELS * 33 / 25 == pytest.approx(26, abs=0.3)
    quiet = round(26 * 4 / 33 * PIXELS) - 1
    around = pixels[top - quiet : bottom + quiet, left - quiet : right + quiet].copy()
    inside = slice(quiet - 1, 1 - quiet)  # the edge of the code may share a pixel with the white
    around[inside, inside] = 255
    assert (around == 255).all()


def test_a_card_says_who_what_where_and_what_to_do(issued, look, made_at):
    code = issued()
    text = " ".join(look(cards([code], made_at, size="card")).text.split())
    for words in ("Carte", "Binta O.", CORNER, "Montrez cette carte à la borne."):
        assert words in text
    groups = " ".join(code.letters[at : at + 4] for at in range(0, 24, 4))
    assert groups in text


def test_a_card_holds_no_family_name_no_reference_and_no_date(issued, look, made_at):
    """P-39's rule for slips, for cards as well: a lost card tells its finder nothing more."""
    data = cards([issued(reference="REF-9981")], made_at)
    text = look(data).text
    for secret in ("uédraogo", "REF-9981", "9981", "2022", "novembre", "8 h 30"):
        assert secret not in text
        assert secret.encode("utf-16-be") not in data


@pytest.mark.parametrize("name", ["Łukasz", "Ștefan", "Çağlar", "Žofia", "Nguyễn", "Ðorđe"])
def test_names_of_every_european_alphabet_in_latin_letters_are_printed(issued, look, made_at, name):
    file = look(cards([issued(name, "Ş")], made_at))
    assert f"{name} Ş." in file.text.replace("\u00a0", " ")
    assert file.fonts
    assert all("Roboto" in font and embedded for font, embedded in file.fonts.items())


def test_title_language_and_tags_are_set(issued, look, made_at):
    file = look(cards([issued(), issued("Łukasz")], made_at))
    assert (file.title, file.language, file.tagged) == (f"Cartes, {CORNER}", "fr", True)
    kinds = [kind for kind, _ in file.pages[0].tags]
    assert kinds == ["P", "P", "H1", "Figure", "P", "P"] * 2
    assert file.pages[0].tags[3] == ("Figure", "Carte à montrer à la borne")


def test_people_of_two_languages_share_a_file_in_french(issued, look, made_at):
    data = cards([issued(language="nl"), issued(language="de")], made_at)
    assert look(data).language == "fr"
    assert look(cards([issued(language="nl")], made_at)).language == "nl"


def test_the_same_cards_give_the_same_bytes(issued, made_at):
    codes = [issued(), issued("Łukasz", "Żółć")]
    assert cards(codes, made_at) == cards(codes, made_at)
    assert cards(codes, made_at) != cards(codes, datetime(2023, 1, 1, tzinfo=UTC))


def holds_together(file):
    """No line leaves its card or runs into another, and none touches the QR's white."""
    for page in file.pages:
        assert page.overlaps() == []
        for line in page.lines:
            assert line.left > 4 and line.right < WIDTH - 4
            assert line.top > 4 and line.bottom < HEIGHT - 4
            assert line.right <= WIDTH - 26 - 1.85 + 0.2 or line.top > 3 + 26


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_and_stays_in_its_place(issued, look, made_at, name):
    code = issued(name, "Z")
    file = look(cards([code], made_at, size="card"))
    holds_together(file)
    assert [read.text for read in file.pages[0].codes] == [code.letters]
    assert "\x1b" not in file.text


def test_markup_in_a_name_is_printed_as_it_is(issued, look, made_at):
    assert "[/b] =." in look(cards([issued("[/b]", "=1+1")], made_at)).text.replace("\u00a0", " ")


def test_signs_without_a_glyph_leave_one_visible_mark(issued, look, made_at):
    assert "◊ Ana" in look(cards([issued("👩‍👩‍👧 Ana")], made_at)).text
    for name in ("محمد", "\u200b"):
        assert "◊" in look(cards([issued(name, None)], made_at)).text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.text(min_size=1, max_size=80), corner=st.text(min_size=1, max_size=80))
def test_no_name_breaks_a_card(issued, look, first, corner):
    data = cards_pdf(
        [issued(first)], corner_name=corner, made_at=datetime(2022, 11, 3, tzinfo=UTC), size="card"
    )
    holds_together(look(data, draw=False))


def test_only_card_tokens_become_cards(issued, made_at):
    for codes in ([], [issued(form=Form.SHORT)], [issued(), issued(form=Form.SHORT)]):
        with pytest.raises(ValueError, match="card token"):
            cards(codes, made_at)
