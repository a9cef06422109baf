"""The plug is pulled in the middle of a film: no camera stays on, and the next start deletes what is past."""

from __future__ import annotations

import os
import signal
import stat
import time
from datetime import timedelta
from pathlib import Path

import imageio_ffmpeg
from driver import PATIENCE, Terminal

from assets.booth import guide
from assets.languages import local
from kiosk.videos import until_of
from screens.settling import PAUSE

PICTURE = "lavfi:testsrc=size=162x122:rate=15"
"""No other test films this one."""


SETTLED = PAUSE + 0.05


def filming() -> list[int]:
    """Processes that film it."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if PICTURE.partition(":")[2].encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:  # it has ended meanwhile
            continue
    return found


def to_the_film(term: Terminal) -> None:
    """From the welcome to the countdown, by touch."""
    for label, shows in (
        ("Voir la journée", "M'exercer"),
        ("M'exercer", "Préparer mon CV vidéo"),
        ("Préparer mon CV vidéo", "Quelques phrases"),
        ("Commencer", "Phrase 1 sur"),
    ):
        term.touch(label)
        term.wait_for(shows)
    for number in range(2, len(guide().parts) + 1):
        press_in_time(term, "1", f"Phrase {number} sur")
    press_in_time(term, "1", "Page 1 sur 2")
    touch_in_time(term, "Continuer", "Page 2 sur 2")
    touch_in_time(term, "Continuer", "Filmer ma vidéo")
    touch_in_time(term, "Filmer ma vidéo", "La caméra filme.")


def press_in_time(term: Terminal, key: str, shows: str) -> None:
    """A screen that has just come hears nothing for half a second."""
    term.settle(SETTLED)
    term.send(key)
    term.wait_for(shows)


def touch_in_time(term: Terminal, label: str, shows: str) -> None:
    term.settle(SETTLED)
    term.touch(label)
    term.wait_for(shows)


def test_kill_9_in_the_middle_of_a_film(corner, tmp_path):
    """What is there afterwards is one file that only its user reads, and that knows when it goes."""
    corner.set(f'camera = "{PICTURE}"\nmicrophone = "none"')
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    with Terminal(home=corner.path, PATH=path).ready() as term:
        to_the_film(term)
        assert len(filming()) == 1
        term.signal(signal.SIGKILL)
        term.exit_code()
    end = time.monotonic() + PATIENCE
    while filming():
        assert time.monotonic() < end, "the camera is still on"
        time.sleep(0.02)
    (video,) = (corner.path / "recordings").iterdir()
    assert stat.S_IMODE(video.stat().st_mode) == 0o600
    assert stat.S_IMODE(video.parent.stat().st_mode) == 0o700
    until = until_of(video)
    assert until is not None
    before = until - timedelta(minutes=2)
    after = until + timedelta(minutes=1)
    for moment, stays in ((before, True), (after, False)):
        at = local(moment).isoformat(timespec="minutes")
        with Terminal("--at", at, home=corner.path, PATH=path).ready() as term:
            limit = time.monotonic() + (0.5 if stays else PATIENCE)
            while time.monotonic() < limit and video.exists():
                term.pump(0.02)
        assert video.exists() is stays
    assert "recordings" not in "".join(log.read_text() for log in (corner.path / "logs").iterdir())
