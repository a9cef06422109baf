"""The next date as a calendar entry: what a phone reads from the screen is the entry itself, at its hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event
from photographed import picture
from stage import GRIDS, PLACE, THEMES, stage
from zxingcpp import read_barcodes

from assets.facts import corners, programmes
from assets.languages import BRUSSELS, LANGUAGES
from kiosk.text_code import largest_that_fits, text_modules
from models.answers import Sitting
from screens.path.calendar_text import LONGEST_LINE, calendar_texts
from screens.path.codes import DateScreen

SMALLEST = 29
"""Modules a side of the largest code on a grid of sixteen rows."""

MADE_AT = datetime(2022, 10, 20, 9, 0, tzinfo=UTC)

CHANGES = (
    ("2022-10-29", "before the clock goes back"),
    ("2022-10-30", "on the day"),
    ("2022-10-31", "after it"),
    ("2023-03-25", "before it goes forward"),
    ("2023-03-26", "on the day"),
    ("2023-03-27", "after it"),
)


def sitting(day: str = "2022-11-08", hour: str = "08:30", *, hours: float = 3.5, **more) -> Sitting:
    start = datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=BRUSSELS)
    told = {"programme": "course-24", "corner_id": "charleroi", "room": "2"} | more
    end = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(BRUSSELS)
    return Sitting("0f" * 16, told["programme"], told["corner_id"], start, end, told["room"])


def entry(text: str) -> Event:
    return Event.from_ical(text)


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_code_on_the_screen_is_the_entry_itself(size, language):
    """Read by zxing-cpp from the drawn screen in all three themes, parsed by icalendar."""
    date = sitting()
    texts = calendar_texts(date, PLACE, MADE_AT, language)
    for theme in THEMES:
        async with stage(size, theme, language) as stood:
            code = partial(largest_that_fits, texts)
            await stood.app.push_screen(DateScreen(PLACE, language, "", code, date))
            await stood.settled()
            (found,) = read_barcodes(picture(stood))
        assert found.text in texts
        told = entry(found.text)
        assert told.start == date.starts_at
        # The smallest grid has room for the beginning alone.
        assert (told.get("dtend") is None) is (size[1] == 16)
        if size[0] > 56:
            assert told.end == date.ends_at
            assert str(told["summary"]) == programmes()["course-24"].name(language)


@pytest.mark.parametrize(("day", "when"), CHANGES)
@pytest.mark.parametrize("hour", ["00:30", "08:30", "13:00"])
def test_the_hour_is_right_on_either_side_of_the_change_of_the_clock(day, when, hour):
    """A phone in Wallonia shows the hour of the wall: 8.30 stays 8.30."""
    date = sitting(day, hour)
    for text in calendar_texts(date, PLACE, MADE_AT, "fr"):
        start = entry(text).start.astimezone(BRUSSELS)
        assert (start.date().isoformat(), f"{start:%H:%M}") == (day, hour), when
        assert start == date.starts_at


def test_the_hour_that_there_is_twice_is_the_one_that_was_meant():
    first = datetime(2022, 10, 30, 2, 30, tzinfo=BRUSSELS, fold=0)
    for start in (first, first.replace(fold=1)):
        date = Sitting("x", "course-24", "charleroi", start, start + timedelta(hours=1), None)
        told = {entry(text).start for text in calendar_texts(date, PLACE, MADE_AT, "fr")}
        assert told == {start.astimezone(UTC)}


def test_a_half_day_over_the_change_has_the_length_that_it_has():
    date = sitting("2022-10-30", "01:00", hours=3.5)
    told = entry(calendar_texts(date, PLACE, MADE_AT, "fr")[0])
    assert told.end - told.start == timedelta(hours=3.5)


@pytest.mark.parametrize("programme", [*programmes(), "sewing"])
@pytest.mark.parametrize("corner", corners())
def test_every_programme_in_every_corner_fits_and_the_shortest_is_always_small_enough(programme, corner):
    place = corners()[corner].name
    for language in LANGUAGES:
        texts = calendar_texts(sitting(programme=programme), place, MADE_AT, language)
        assert [len(text.encode()) for text in texts] == sorted(
            (len(t.encode()) for t in texts), reverse=True
        )
        assert all(len(line.encode()) <= LONGEST_LINE for text in texts for line in text.splitlines())
        assert text_modules(texts[-1], SMALLEST) is not None


@given(
    st.integers(0, 100 * 365 * 24 * 60),
    st.text(max_size=60),
    st.one_of(st.none(), st.text(max_size=40)),
)
@settings(deadline=None)
def test_any_place_and_room_make_an_entry_that_says_them_and_nothing_else(minutes, place, room):
    """A room's name opens no line of its own: a file may say anything."""
    begins = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    date = Sitting("x", "course-24", "nowhere", begins, begins + timedelta(hours=3), room)
    text = calendar_texts(date, place, MADE_AT, "fr")[0]
    told = entry(text)
    assert set(told) == {"UID", "DTSTAMP", "SUMMARY", "LOCATION", "DTSTART", "DTEND"}
    assert (told.start, told.end) == (begins, date.ends_at)
    assert len(text.split("\r\n")) == 8
