"""The attendance sheet as PDF: what is known stands there, the rest waits for a pen, whoever is on it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.languages import LANGUAGES
from kiosk.paper.sheets import sheet_pdf
from models.answers import Sitting
from models.documents import Sheet, SheetLine
from models.reckoning import Reckoning
from models.roster import Signature

CORNER = "SmartCorner de Charleroi"
START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
END = START + timedelta(hours=3.5)
BEFORE, AFTER = START - timedelta(minutes=20), END + timedelta(hours=1)
MARGIN = 14.5
DOTS = 300 / 25.4
"""Of the drawn page, in a mm."""

EXPECTED = Reckoning("expected", None, None, 0)
LONG = ("Maria-Fernanda", "Vandenbroucke-Szymański")


def there(arrived=-10, left=None, minutes=210):
    """Somebody who came and went so many minutes after the start."""
    gone = None if left is None else START + timedelta(minutes=left)
    return Reckoning("left" if gone else "present", START + timedelta(minutes=arrived), gone, minutes)


def line(first="Binta", last="Ouédraogo", reckoning=EXPECTED, reference="FX-000", walk_in=False):
    return SheetLine(f"{first}-{last}", first, last, reference, walk_in, reckoning)


def sheet(*lines, **more):
    given = {
        "half_day": Sitting("h", "awareness", "charleroi", START, END, "2", "Awa, Luc"),
        "capacity": 8,
        "booked": len(lines),
        "cancelled": False,
        "lines": lines,
        "signed": None,
        "signed_by": "",
        "corrected": False,
    }
    return Sheet(**given | more)


@pytest.fixture
def printed(look):
    def print_and_look(*lines, made_at=AFTER, language="fr", draw=False, **more):
        data = sheet_pdf([sheet(*lines, **more)], corner_name=CORNER, made_at=made_at, language=language)
        return look(data, draw=draw)

    return print_and_look


def words(file):
    return " ".join(file.text.replace("\u00a0", " ").split())


def group(number, reckoning=EXPECTED):
    names = [("Binta", "Ouédraogo"), ("Çağla", "Yıldız"), ("Ștefan", "Ionescu"), LONG]
    return [line(*names[n % 4], reckoning, f"FX-{n:03}") for n in range(number)]


def stays_on_the_page(file):
    for page in file.pages:
        assert page.overlaps() == []
        for printed in page.lines:
            assert printed.left > MARGIN and printed.right < 210 - MARGIN
            assert printed.top > 12 and printed.bottom < 297 - 11


def test_a_sheet_says_what_when_where_and_with_whom(printed):
    text = words(printed(line()))
    for said in (CORNER, "Feuille de présence", "Atelier SmartJob", "Jeudi 3 novembre 2022 · 8 h 30 à 12 h"):
        assert said in text
    assert "Salle 2 · avec Awa et Luc" in text
    assert "Animation : Awa" in text and "Animation : Luc" in text


def test_before_the_half_day_nothing_is_filled_in(printed):
    text = words(printed(*group(8), made_at=BEFORE))
    assert "FX-007" in text and text.count("Sans réservation : nom, prénom") == 4
    table = text[text.index("Signature") : text.index("Animation")]
    assert " h" not in table and "absence" not in table
    assert "Imprimée le jeudi 3 novembre 2022 à 8 h 10." in text


def test_every_line_shows_its_own_hours(printed):
    people = [
        line("Binta", "Ouédraogo", there(-10, 210)),
        line("Łukasz", "Wiśniewski", there(17, 90, 73)),
        line("Zoé", "D'Hondt", there(0)),
        line("Ștefan", "Ionescu", replace(EXPECTED, state="excused", excuse="appointment")),
        line("Joris", "Peeters", replace(EXPECTED, state="absent")),
    ]
    text = words(printed(*people))
    assert "Ouédraogo Binta FX-000 8 h 20 12 h 3 h 30" in text
    assert "Wiśniewski Łukasz FX-000 8 h 47 10 h 1 h 13" in text
    assert "D'Hondt Zoé FX-000 8 h 30 non noté 3 h 30" in text
    assert "Ionescu Ștefan FX-000 absence excusée" in text
    assert "Peeters Joris FX-000 absence Sans" in text
    assert "Sur la liste : 5 · Présences : 3 · Heures : 8 h 13" in text


def test_why_somebody_is_excused_is_nobody_elses_business(printed):
    text = words(printed(line(reckoning=replace(EXPECTED, state="excused", excuse="appointment"))))
    assert "appointment" not in text and "endez-vous" not in text


def test_while_the_half_day_runs_hours_wait_for_its_end(printed):
    text = words(printed(line(reckoning=there(minutes=60)), made_at=START + timedelta(hours=1)))
    assert "8 h 20" in text and "non noté" not in text and "FX-000 8 h 20 1 h" not in text


def test_who_came_without_a_booking_is_marked(printed):
    text = words(printed(line("Tenzin", "", there(), reference="", walk_in=True)))
    assert "Tenzin sans réservation 8 h 20" in text


def test_a_closed_half_day_says_who_closed_it_and_over_which_figures(printed):
    signed = Signature(END + timedelta(minutes=10), "staff", "0123456789abcdef" * 4)
    closed = {"signed": signed, "signed_by": "Sam"}
    told = "Clôturée le jeudi 3 novembre 2022 à 12 h 10 par Sam. Empreinte : 0123456789abcdef."
    text = words(printed(line(reckoning=there()), **closed))
    assert told in text and "Corrigée" not in text
    assert f"{told} Corrigée depuis." in words(printed(line(reckoning=there()), **closed, corrected=True))


def test_more_people_than_places_is_said_in_words(printed):
    assert "9 personnes pour 8 places" in words(printed(*group(9)))
    assert "places" not in words(printed(*group(8)))
    assert "atelier annulé" in words(printed(*group(9), cancelled=True))


@pytest.mark.parametrize(
    ("people", "pages"), [(0, 1), (1, 1), (8, 1), (9, 1), (16, 1), (17, 1), (30, 2), (70, 4)]
)
def test_a_group_has_one_page_and_more_people_as_few_as_they_need(printed, people, pages):
    file = printed(*group(people, there(0, 200, 200)))
    assert len(file.pages) == pages
    for page in file.pages:
        assert (round(page.width, 1), round(page.height, 1)) == (210.0, 297.0)
        assert "Atelier SmartJob" in page.text and "Nom, prénom" in page.text and "Animation" in page.text
    assert sum(page.text.count("FX-") for page in file.pages) == people
    assert words(file).count("Sans réservation : nom, prénom") in ((8,) if not people else (3, 4))
    stays_on_the_page(file)


@pytest.mark.parametrize("people", [0, 8, 17, 30])
def test_every_signature_has_nine_millimetres(printed, people):
    """Measured between the ruled lines of the column in which people sign."""
    for page in printed(*group(people), draw=True).pages:
        column = page.pixels[:, int(175 * DOTS)].min(axis=1) < 200
        ruled = [at / DOTS for at in range(1, len(column)) if column[at] and not column[at - 1]]
        rows = page.text.count("FX-") + page.text.count("Sans réservation :")
        table = [at for at in ruled if at > 50][: rows + 1]
        assert len(table) == rows + 1
        assert min(below - above for above, below in pairwise(table)) >= 9 - 1 / DOTS


def test_without_room_animators_or_people_it_is_a_sheet_to_fill_in(printed):
    bare = Sitting("h", "unheard-of", "charleroi", START, END, None)
    text = words(printed(half_day=bare))
    assert "unheard-of" in text and "alle" not in text and "avec" not in text
    assert text.count("Animation :") == 2 and text.count("Sans réservation") == 8


def test_title_language_fonts_and_tags_are_set(printed):
    file = printed(*group(8))
    assert file.title == f"Feuille de présence, {CORNER}, Jeudi 3 novembre 2022"
    assert (file.language, file.tagged) == ("fr", True)
    assert set(file.fonts.values()) == {True}
    assert [kind for kind, _ in file.pages[0].tags if kind != "P"] == ["H1", "H2"]


def test_all_half_days_of_a_day_go_into_one_file(look):
    later = Sitting("h2", "video-cv", "charleroi", START + timedelta(hours=5), END + timedelta(hours=5), "1")
    both = [sheet(*group(8)), sheet(line(), half_day=later)]
    file = look(sheet_pdf(both, corner_name=CORNER, made_at=BEFORE), draw=False)
    assert len(file.pages) == 2 and "Le CV vidéo" in file.pages[1].text


def test_the_same_sheet_gives_the_same_bytes(look):
    one, two = (sheet_pdf([sheet(*group(9))], corner_name=CORNER, made_at=AFTER) for _ in range(2))
    assert one == two


def test_no_sheet_no_file():
    with pytest.raises(ValueError, match="no sheet"):
        sheet_pdf([], corner_name=CORNER, made_at=AFTER)


@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=st.one_of(st.text(min_size=1, max_size=60), st.text("W -", min_size=1, max_size=60)),
    last=st.text(max_size=60),
    reference=st.text(max_size=40),
    corner=st.text(min_size=1, max_size=80),
    room=st.one_of(st.none(), st.text(max_size=80)),
    facilitators=st.text(max_size=80),
    language=st.sampled_from(LANGUAGES),
    people=st.integers(0, 40),
)
def test_no_name_and_no_number_of_people_breaks_a_page(
    look, first, last, reference, corner, room, facilitators, language, people
):
    half_day = Sitting("h", "video-meeting", "charleroi", START, END, room, facilitators)
    lines = [line(first, last, there(0, 200), reference, walk_in=True) for _ in range(people)]
    told = sheet(*lines, half_day=half_day)
    data = sheet_pdf([told], corner_name=corner, made_at=AFTER, language=language)
    stays_on_the_page(look(data, draw=False))
