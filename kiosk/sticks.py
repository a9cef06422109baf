"""Somebody's own USB stick, and a video on its way there: copied, compared, and only then gone here."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import count
from pathlib import Path

from kiosk.crash_net import place_of
from kiosk.home import replace_whole
from kiosk.recording import FULL_DISK

log = logging.getLogger("kiosk")

PLACES = ("/media/*", "/media/*/*", "/run/media/*/*")
"""Where systems show what was plugged in; what is mounted elsewhere is nobody's own."""

NAME = "mon-cv-video"

ROOT = Path("/")

_PIECE = 1 << 20


class Taken(StrEnum):
    """What became of taking a video along."""

    YES = "yes"
    NO_STICK = "no stick"
    SEVERAL = "several"
    """More than one stick: whose is it?"""
    FULL = "full"
    NOT_WRITTEN = "not written"
    """Read-only, pulled out, or broken."""
    GONE = "gone"
    """Its time was over: there is no video any more."""


def sticks(more: Sequence[str] = (), here: Path = ROOT) -> list[Path]:
    """What is plugged in and can be seen as a folder; not the disk that ``here`` is on."""
    folders = [*PLACES, *(f"{folder}/*" for folder in more)]
    seen = (path for folder in folders for path in ROOT.glob(folder.lstrip("/")))
    return sorted({path.resolve() for path in seen if is_mounted(path, here)})


def is_mounted(path: Path, here: Path) -> bool:
    """Whether something is there, and not an empty folder of this kiosk's own disk: it would stay there."""
    with suppress(OSError):
        own = {ROOT.stat().st_dev, here.stat().st_dev}
        return path.is_mount() and path.stat().st_dev not in own
    return False


def take_along(video: Path, more: Sequence[str] = ()) -> Taken:
    """Move a video to the only stick; where that does not work it stays here."""
    if not video.is_file():
        return Taken.GONE
    found = sticks(more, video.parent)
    if len(found) != 1:
        return Taken.SEVERAL if found else Taken.NO_STICK
    copy: Path | None = None
    try:
        copy, file = _new_file(found[0])
        with os.fdopen(file, "wb") as out:
            wanted = _copied(video, out.fileno())
        _to_the_stick(found[0])
        if _digest(copy) != wanted:
            raise OSError(errno.EIO, "not what was written")
        video.unlink(missing_ok=True)
    except OSError as error:
        log.error("not taken along: %s", place_of(error))
        if copy is not None:
            with suppress(OSError):
                copy.unlink(missing_ok=True)
        if not video.exists():
            return Taken.GONE
        return Taken.FULL if error.errno in FULL_DISK else Taken.NOT_WRITTEN
    return Taken.YES


def put_along(data: bytes, name: str, more: Sequence[str], here: Path) -> Taken:
    """Put a file on the only stick, whole or not at all; one of that name there is replaced."""
    found = sticks(more, here)
    if len(found) != 1:
        return Taken.SEVERAL if found else Taken.NO_STICK
    try:
        replace_whole(found[0] / name, data)
        _to_the_stick(found[0])
    except OSError as error:
        log.error("not put along: %s", place_of(error))
        return Taken.FULL if error.errno in FULL_DISK else Taken.NOT_WRITTEN
    return Taken.YES


def _new_file(stick: Path) -> tuple[Path, int]:
    """A file under a plain name; nothing that is on the stick is ever written over."""
    for number in count(1):
        path = stick / (f"{NAME}.mp4" if number == 1 else f"{NAME}-{number}.mp4")
        with suppress(FileExistsError):
            return path, os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    raise AssertionError


def _copied(video: Path, out: int) -> bytes:
    """Copy to the device itself; what was read, as a digest."""
    digest = hashlib.sha256()
    with video.open("rb") as source:
        while piece := source.read(_PIECE):
            digest.update(piece)
            while piece:
                piece = piece[os.write(out, piece) :]
    os.fsync(out)
    return digest.digest()


def _to_the_stick(stick: Path) -> None:
    """The name too: whoever pulls the stick out now has the file."""
    folder = os.open(stick, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _digest(copy: Path) -> bytes:
    """What the stick holds, and not what the machine remembers of it."""
    with copy.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").digest()
