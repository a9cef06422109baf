# ruff: noqa: DTZ001 (a spreadsheet's days and hours have no zone)
"""Days, hours and chosen words, as people write them and as spreadsheets type them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.facts import CornerFact, corners, programmes, use_own
from assets.languages import BRUSSELS, translator
from kiosk.importing.outcome import Unfit
from kiosk.importing.text import Gap, clean, shown, squeezed
from kiosk.importing.values import (
    CHOICES,
    capacity_of,
    choice_of,
    corner_names,
    corner_of,
    day_of,
    facilitators_of,
    hour_of,
    moment_of,
    programme_names,
    programme_of,
)

FR = translator("fr")
TODAY = date(2022, 11, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2022-11-03",
        " 2022-11-3 ",
        "03/11/2022",
        "3/11/2022",
        "03.11.2022",
        "03-11-2022",
        "2022-11-03 00:00:00",
        "2022-11-03T00:00",
        date(2022, 11, 3),
        datetime(2022, 11, 3),
    ],
)
def test_a_day(written):
    assert day_of(written, TODAY, FR) == date(2022, 11, 3)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "demain",
        "03/11/22",
        "11/03",
        "2022-11-03 08:30",
        "20221103",
        44868,
        44868.0,
        datetime(2022, 11, 3, 8),
        "2022-02-30",
        "31/11/2022",
        "2202-11-03",
        "1985-07-30",
        "0000-01-01",
        "12-31-2022",
    ],
)
def test_no_day(written):
    with pytest.raises(Unfit, match=r"[Dd]ate"):
        day_of(written, TODAY, FR)


@pytest.mark.parametrize(
    "written",
    ["08:30", "8:30", "8h30", "08H30", "8 h 30", " 8 h 30 ", "08:30:00", "8 heures 30"],
)
def test_an_hour(written):
    assert hour_of(written, TODAY, FR) == time(8, 30)


@pytest.mark.parametrize(
    "typed",
    [
        time(8, 30),
        time(8, 29, 59, 999_990),
        datetime(1899, 12, 31, 8, 30),
        datetime(2022, 11, 3, 8, 30),
        timedelta(hours=8.5),
        8.5 / 24,
        0.3541666666,
    ],
)
def test_an_hour_as_spreadsheets_type_it(typed):
    assert hour_of(typed, TODAY, FR) == time(8, 30)


@pytest.mark.parametrize(("written", "hour"), [("8h", 8), ("8 h", 8), ("0h", 0), ("23:00", 23)])
def test_a_full_hour(written, hour):
    assert hour_of(written, TODAY, FR) == time(hour)


@pytest.mark.parametrize(
    "written",
    [
        *("", "8", "8:3", "8.30", "0830", "24:00", "8h60", "8:30 PM", "08:30:15", "8:", "midi"),
        *(8, 8.5, 0, 0.9999999, time(8, 30, 15), timedelta(hours=24), timedelta(hours=-1)),
        datetime(2022, 11, 4, 8, 30),
    ],
)
def test_no_hour(written):
    with pytest.raises(Unfit, match="heure"):
        hour_of(written, TODAY, FR)


@settings(derandomize=True, deadline=None)
@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_minute_is_read_in_every_form(at):
    forms = [f"{at:%H:%M}", f"{at:%H:%M:%S}", f"{at.hour}h{at.minute:02}", f"{at.hour} h {at.minute:02}", at]
    assert {hour_of(form, TODAY, FR) for form in forms} == {at}
    fraction = (at.hour * 60 + at.minute) / 1440
    if fraction:
        assert hour_of(fraction, TODAY, FR) == at


@settings(derandomize=True, deadline=None)
@given(
    st.datetimes(datetime(2013, 1, 1), datetime(2026, 12, 31)).map(
        lambda at: at.replace(second=0, microsecond=0)
    )
)
def test_a_moment_shows_its_hour_on_the_wall(at):
    try:
        moment = moment_of(at.date(), at.time(), FR)
    except Unfit:
        assert (at.month, at.hour) in ((3, 2), (10, 2))
    else:
        assert moment.tzinfo is UTC
        assert moment.astimezone(BRUSSELS).replace(tzinfo=None) == at


def test_summer_and_winter():
    assert moment_of(date(2022, 7, 1), time(8, 30), FR) == datetime(2022, 7, 1, 6, 30, tzinfo=UTC)
    assert moment_of(date(2022, 12, 1), time(8, 30), FR) == datetime(2022, 12, 1, 7, 30, tzinfo=UTC)


def test_the_hour_that_does_not_exist_and_the_one_that_exists_twice():
    with pytest.raises(Unfit, match="n'existe pas"):
        moment_of(date(2022, 3, 27), time(2, 30), FR)
    with pytest.raises(Unfit, match="deux fois"):
        moment_of(date(2022, 10, 30), time(2, 30), FR)
    assert moment_of(date(2022, 10, 30), time(3), FR) == datetime(2022, 10, 30, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [
        ("language", "FR", "fr"),
        ("language", "français", "fr"),
        ("language", "néerlandais", "nl"),
        ("language", "Deutsch", "de"),
        ("language", "anglais", "en"),
        ("audience", "demandeur d'emploi", "jobseeker"),
        ("audience", "Demandeuse d’emploi", "jobseeker"),
        ("audience", "demandeur·euse d’emploi", "jobseeker"),
        ("audience", "en reconversion", "retraining"),
        ("audience", "étudiant(e)", "student"),
        ("source", "conseillère", "counsellor"),
        ("source", "Centre d'appels", "call_centre"),
        ("source", "sur place", "corner"),
        ("status", "réservé", "booked"),
        ("status", "ANNULÉE", "cancelled"),
        ("status", "en attente", "waiting"),
    ],
)
def test_a_chosen_word(column, written, meant):
    assert choice_of(column, written, FR) == meant


@pytest.mark.parametrize("column", list(CHOICES))
def test_another_word_is_answered_with_those_there_are(column):
    with pytest.raises(Unfit) as refusal:
        choice_of(column, "Jean Dupont", FR)
    assert all(word in str(refusal.value) for word in CHOICES[column].values())
    assert "Dupont" not in str(refusal.value)


@pytest.mark.parametrize(("written", "places"), [("8", 8), (" 12 ", 12), (8.0, 8), (500, 500)])
def test_places(written, places):
    assert capacity_of(written, FR) == places


@pytest.mark.parametrize("written", ["", "0", "-1", "501", "8,5", 8.5, "huit", "٣", 10**20])
def test_no_places(written):
    with pytest.raises(Unfit):
        capacity_of(written, FR)


def test_every_name_of_every_programme():
    names = programme_names()
    for fact in programmes().values():
        for name in (fact.id, *fact.names.values(), *fact.also_called):
            assert programme_of(name.upper(), names, FR) == fact.id


def test_an_unknown_programme_is_named_and_shortened():
    with pytest.raises(Unfit, match="poterie"):
        programme_of("poterie", programme_names(), FR)
    with pytest.raises(Unfit) as refusal:
        programme_of("x" * 80, programme_names(), FR)
    assert "x" * 41 not in str(refusal.value)


def test_every_name_of_every_corner():
    names = corner_names()
    for fact in corners().values():
        for name in (fact.id, fact.name, fact.locality):
            assert corner_of(name, names, FR) == fact.id
    with pytest.raises(Unfit, match="Ostende"):
        corner_of("Ostende", names, FR)
    assert "" not in names


def test_a_place_with_several_corners_names_none_of_them():
    """Nobody is booked where they were not meant to go; ids and names still say which."""
    use_own(corners={"north": CornerFact("north", "SmartCorner du Nord", "Tournai")})
    names = corner_names()
    assert corner_of("SmartCorner du Nord", names, FR) == "north"
    assert corner_of("tournai", names, FR) == "tournai", "its id"
    use_own(corners={"north": CornerFact("north", "SmartCorner du Nord", "Marche-en-Famenne")})
    with pytest.raises(Unfit):
        corner_of("Marche-en-Famenne", corner_names(), FR)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Zoé \n\t Anne  ", "Zoé Anne"),
        ("Zoe\u0301", "Zoé"),
        ("Jean\u00a0Luc", "Jean Luc"),
        ("Bin\u00adta\u200b", "Binta"),
        ("[/b]", "[/b]"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("{name}", "{name}"),
        ("Łukasz Şahin Țăranu 王 محمد", "Łukasz Şahin Țăranu 王 محمد"),
        (12345.0, "12345"),
        (12345, "12345"),
        (1.5, "1.5"),
        (None, ""),
        (date(2022, 11, 3), "2022-11-03"),
        (datetime(2022, 11, 3), "2022-11-03"),
        ("x" * 80, "x" * 80),
    ],
)
def test_text_in_its_one_form(written, kept):
    assert clean(written, FR) == kept


@pytest.mark.parametrize(
    "written",
    [
        "a\x1bb",
        "a\x07",
        "a\0b",
        "\x1f",
        "a\x7f",
        "\u202etxt",
        "\u2066a",
        "\u200e",
        "\ue000",
        "\ud800",
        "\ufffe",
        "a\ufffd",
        "#N/A",
        "#REF!",
        "#NOM?",
        "#DIV/0!",
        "x" * 81,
        True,
        10**15,
        1e300,
        float("nan"),
        Gap.UNCOMPUTED,
    ],
)
def test_what_is_no_text(written):
    with pytest.raises(Unfit) as refusal:
        clean(written, FR)
    assert str(refusal.value).isprintable()


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_clean_text_stays_as_it_is(text):
    try:
        once = clean(text, FR, longest=1000)
    except Unfit:
        return
    assert clean(once, FR, longest=1000) == once
    assert once.isprintable()


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_what_a_message_shows_is_short_and_printable(text):
    assert shown(text).isprintable()
    assert len(shown(text)) <= 40


def test_squeezed():
    assert squeezed("First_Name ") == squeezed("FIRST NAME") == "firstname"
    assert squeezed("Début") == "debut"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Awa", "Awa"),
        ("Awa, Luc", "Awa, Luc"),
        ("Awa Diallo et Luc Maes", "Awa, Luc"),
        ("Awa/Luc; Mina & Jean-Noël", "Awa, Luc, Mina, Jean-Noël"),
        ("Betty et Aneta", "Betty, Aneta"),
    ],
)
def test_the_animators_first_names(written, kept):
    """First names alone stand on a public screen (P-01)."""
    assert facilitators_of(written, FR) == kept


@pytest.mark.parametrize("written", ["A, B, C, D, E", "12", ", ", "-"])
def test_no_animators(written):
    with pytest.raises(Unfit, match="prénoms"):
        facilitators_of(written, FR)
