"""A video on its way to somebody's own stick: it is there for sure before it goes here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk import sticks
from kiosk.sticks import Taken, take_along

FILM = os.urandom(3_000_000)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """A video of the kiosk."""
    path = tmp_path / "recordings" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(FILM)
    return path


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``plugged(name)`` plugs a stick in; nothing else is."""
    monkeypatch.setattr(sticks, "PLACES", ())
    monkeypatch.setattr(sticks, "is_mounted", lambda path, here: True)

    def plug(name: str) -> Path:
        stick = tmp_path / "media" / name
        stick.mkdir(parents=True)
        return stick

    return plug


def taken(video: Path, tmp_path: Path) -> Taken:
    return take_along(video, (str(tmp_path / "media"),))


def test_it_is_on_the_stick_and_gone_here(video, plugged, tmp_path):
    stick = plugged("KEY")
    assert taken(video, tmp_path) is Taken.YES
    assert (stick / "mon-cv-video.mp4").read_bytes() == FILM
    assert not video.exists()


def test_nothing_on_the_stick_is_written_over(video, plugged, tmp_path):
    """Somebody films on two days."""
    stick = plugged("KEY")
    for name in ("mon-cv-video.mp4", "mon-cv-video-2.mp4"):
        (stick / name).write_bytes(b"older")
    assert taken(video, tmp_path) is Taken.YES
    assert (stick / "mon-cv-video.mp4").read_bytes() == b"older"
    assert (stick / "mon-cv-video-3.mp4").read_bytes() == FILM


def stays(video: Path) -> bool:
    return video.read_bytes() == FILM


def test_without_a_stick_it_stays(video, plugged, tmp_path):
    assert taken(video, tmp_path) is Taken.NO_STICK
    assert stays(video)


def test_of_two_sticks_none_is_guessed(video, plugged, tmp_path):
    one, other = plugged("ONE"), plugged("TWO")
    assert taken(video, tmp_path) is Taken.SEVERAL
    assert stays(video)
    assert [*one.iterdir(), *other.iterdir()] == []


def test_a_full_stick_keeps_nothing_broken(video, plugged, tmp_path, monkeypatch):
    """The device says so itself."""
    stick = plugged("KEY")
    begun = stick / "mon-cv-video.mp4"
    begun.touch()
    monkeypatch.setattr(sticks, "_new_file", lambda folder: (begun, os.open("/dev/full", os.O_WRONLY)))
    assert taken(video, tmp_path) is Taken.FULL
    assert stays(video)
    assert [*stick.iterdir()] == []


def test_a_stick_that_cannot_be_written(video, plugged, tmp_path):
    """A file system that takes no new file from anybody, not even from root."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "KEY").symlink_to("/proc/self")
    assert taken(video, tmp_path) is Taken.NOT_WRITTEN
    assert stays(video)


def test_a_stick_that_holds_something_else_than_was_written(video, plugged, tmp_path, monkeypatch):
    """Cheap sticks do that without a word."""
    stick = plugged("KEY")
    monkeypatch.setattr(sticks, "_digest", lambda copy: b"something else")
    assert taken(video, tmp_path) is Taken.NOT_WRITTEN
    assert stays(video)
    assert [*stick.iterdir()] == []


def test_a_video_whose_time_was_over(video, plugged, tmp_path):
    stick = plugged("KEY")
    video.unlink()
    assert taken(video, tmp_path) is Taken.GONE
    assert [*stick.iterdir()] == []


def test_a_folder_of_the_kiosks_own_disk_is_no_stick(tmp_path, monkeypatch):
    """Where a stick was pulled out, its empty folder may stay: what is copied there would never leave."""
    (tmp_path / "media" / "KEY").mkdir(parents=True)
    monkeypatch.setattr(sticks, "PLACES", ())
    assert sticks.sticks((str(tmp_path / "media"),), tmp_path) == []
    assert not sticks.is_mounted(Path("/"), tmp_path)
    assert not sticks.is_mounted(tmp_path / "nothing", tmp_path)
    # Something that is mounted on every Linux, and is not the root's disk.
    assert sticks.is_mounted(Path("/proc"), tmp_path)
    assert not sticks.is_mounted(Path("/proc"), Path("/proc"))
