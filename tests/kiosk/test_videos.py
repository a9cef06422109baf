"""The folder of videos: each goes at the time that its name says, and with whatever it says nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.languages import local
from kiosk.videos import LEAST, forget_past, kept_until, new_video, until_of
from models.answers import Sitting

NOON = datetime(2022, 11, 3, 11, 0, tzinfo=UTC)
TIMES = st.integers(-1_000_000, 100_000_000).map(lambda seconds: NOON + timedelta(seconds=seconds))


def sitting(begins: int, ends: int) -> Sitting:
    """A half-day from so many minutes to so many minutes after noon."""
    start, end = NOON + timedelta(minutes=begins), NOON + timedelta(minutes=ends)
    return Sitting("s", "video-cv", "mons", start, end, None)


@pytest.mark.parametrize(
    ("sittings", "minutes"),
    [
        ((sitting(-120, 30),), 30),
        ((sitting(-120, 30), sitting(-60, 90)), 90),
        ((sitting(-120, 30), sitting(45, 200)), 30),
    ],
)
def test_a_video_is_there_until_the_end_of_the_half_day(sittings, minutes):
    assert kept_until(sittings, NOON) == NOON + timedelta(minutes=minutes)


def test_whoever_is_filmed_in_the_last_minutes_has_time_to_take_it_along():
    assert kept_until((sitting(-120, 1),), NOON) == NOON + LEAST


@pytest.mark.parametrize("sittings", [(), (sitting(30, 200),), (sitting(-120, 0),)])
def test_without_a_half_day_it_is_there_until_the_day_is_over(sittings):
    until = local(kept_until(sittings, NOON))
    assert (until.date() - local(NOON).date()).days == 1
    assert (until.hour, until.minute) == (0, 0)


@given(TIMES, st.integers(1, 2000))
def test_no_video_is_there_longer_than_its_day(now, minutes):
    """Whatever a half-day says of itself."""
    long = Sitting("s", "p", "c", now - timedelta(minutes=1), now + timedelta(minutes=minutes), None)
    until = kept_until((long,), now)
    assert now + LEAST <= until <= now + timedelta(hours=25)


@given(TIMES, st.integers(1, 86_400), st.integers(-90_000, 200_000))
def test_a_video_goes_at_its_time(tmp_path_factory, now, seconds, later):
    """Not before, surely after, and also where the clock has gone back by days."""
    folder = tmp_path_factory.mktemp("recordings")
    until = now + timedelta(seconds=seconds)
    video = new_video(folder, until)
    assert until_of(video) == until
    video.touch()
    then = now + timedelta(seconds=later)
    stays = then < until <= then + timedelta(days=1, hours=1)
    assert forget_past(folder, then) == (not stays)
    assert video.exists() == stays


def test_whatever_else_lies_there_goes_too(tmp_path: Path):
    for name in ("film.mp4", "-.mp4", "20221399T000000Z-aa.mp4", "x"):
        (tmp_path / name).touch()
    kept = new_video(tmp_path, NOON + timedelta(hours=1))
    kept.touch()
    assert forget_past(tmp_path, NOON) == 4
    assert [*tmp_path.iterdir()] == [kept]


def test_a_file_that_cannot_go_holds_nothing_up(tmp_path: Path):
    """A folder of that name is none of ours; without the folder there is nothing to do."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").touch()
    assert forget_past(tmp_path, NOON) == 1
    assert forget_past(tmp_path / "nowhere", NOON) == 0


def test_a_name_tells_nothing_but_its_time(tmp_path: Path):
    one, other = (new_video(tmp_path, NOON) for _ in range(2))
    assert one != other
    assert one.name.partition("-")[0] == "20221103T110000Z"
