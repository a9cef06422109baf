"""Hours, days and rooms as people of each language write them."""

from datetime import UTC, date, datetime

import pytest

from assets.languages import LANGUAGES, N_, day, hour, hours, length, local, room_name, translator

START, END = datetime(2022, 11, 3, 7, 30, tzinfo=UTC), datetime(2022, 11, 3, 11, 0, tzinfo=UTC)


def test_the_languages_of_the_house_with_the_source_first():
    assert LANGUAGES == ("fr", "nl", "de", "en")


@pytest.mark.parametrize(
    ("language", "half_past", "noon", "both"),
    [
        ("fr", "8 h 30", "12 h", "8 h 30 à 12 h"),
        ("nl", "8.30 uur", "12 uur", "8.30 uur tot 12 uur"),
        ("de", "8:30 Uhr", "12 Uhr", "8:30 Uhr bis 12 Uhr"),
        ("en", "8:30", "12:00", "8:30 to 12:00"),
    ],
)
def test_an_hour(language, half_past, noon, both):
    assert (hour(START, language), hour(END, language)) == (half_past, noon)
    assert hours(START, END, language) == both


@pytest.mark.parametrize(
    ("language", "whole", "short"),
    [
        ("fr", "jeudi 3 novembre", "jeudi 3 nov."),
        ("nl", "donderdag 3 november", "donderdag 3 nov"),
        ("de", "Donnerstag, 3. November", "Donnerstag, 3. Nov."),
        ("en", "Thursday 3 November", "Thursday 3 Nov"),
    ],
)
def test_a_day(language, whole, short):
    assert day(START, language) == whole
    assert day(START, language, short=True) == short
    assert day(date(2022, 11, 3), language) == whole


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("fr", "jeudi 1er décembre"),
        ("nl", "donderdag 1 december"),
        ("de", "Donnerstag, 1. Dezember"),
        ("en", "Thursday 1 December"),
    ],
)
def test_the_first_of_a_month_is_said_as_it_is_spoken(language, first):
    """Only French has an ordinal there, which no format of Babel gives."""
    assert day(date(2022, 12, 1), language) == first
    assert day(date(2022, 12, 1), language, short=True).startswith(first[: first.index("1") + 2])


@pytest.mark.parametrize(
    ("language", "early", "evening"),
    [
        ("fr", "6 h 05", "23 h 05"),
        ("nl", "6.05 uur", "23.05 uur"),
        ("de", "6:05 Uhr", "23:05 Uhr"),
        ("en", "6:05", "23:05"),
    ],
)
def test_an_hour_has_no_zero_in_front_and_no_afternoon(language, early, evening):
    told = [hour(datetime(2022, 11, 3, at, 5, tzinfo=UTC), language) for at in (5, 22)]
    assert told == [early, evening]


@pytest.mark.parametrize(
    ("moment", "clock"),
    [
        (datetime(2022, 10, 30, 0, 30, tzinfo=UTC), "2 h 30"),
        (datetime(2022, 10, 30, 1, 30, tzinfo=UTC), "2 h 30"),
        (datetime(2022, 10, 30, 2, 30, tzinfo=UTC), "3 h 30"),
        (datetime(2023, 3, 26, 0, 30, tzinfo=UTC), "1 h 30"),
        (datetime(2023, 3, 26, 1, 30, tzinfo=UTC), "3 h 30"),
    ],
)
def test_the_clock_on_the_wall_in_the_nights_when_it_changes(moment, clock):
    assert hour(moment, "fr") == clock


def test_the_day_changes_at_midnight_in_wallonia():
    assert day(datetime(2022, 11, 3, 22, 59, tzinfo=UTC), "fr") == "jeudi 3 novembre"
    assert day(datetime(2022, 11, 3, 23, 0, tzinfo=UTC), "fr") == "vendredi 4 novembre"
    assert local(START).isoformat() == "2022-11-03T08:30:00+01:00"


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        ("2", "salle 2"),
        ("B12", "salle B12"),
        (" 2 ", "salle 2"),
        ("Local B", "Local B"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_room_is_called_as_people_call_it(room, shown):
    assert room_name(room, "fr") == shown


@pytest.mark.parametrize("language", [*LANGUAGES, "pl", ""])
def test_what_is_put_into_a_sentence_is_text_and_nothing_else(language):
    """A name with braces or brackets is a name."""
    for name in ("{x}", "[b]Zoé[/b]", "%s", "Łukasz", "{0.__class__}"):
        assert name in translator(language)(N_("Bonjour {name}"), name=name)


def test_an_unknown_language_speaks_french():
    assert translator("pl")("Bonjour {name}", name="Zoé") == "Bonjour Zoé"


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (165, "2 h 45"), (65, "1 h 05")]
)
def test_a_length_of_time_as_people_say_it(minutes, said):
    assert length(minutes, "fr") == said
