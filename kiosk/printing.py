"""Papers that leave the kiosk: kept whole first, then handed to the system's printer, if there is one.

Printing holds up nothing: a thread of its own waits for it, and whatever goes wrong there, the PDF is in
the folder of papers. Its name tells nobody's name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from threading import Thread
from typing import TYPE_CHECKING

from assets.languages import local
from kiosk.clock import monotonic
from kiosk.home import replace_whole
from kiosk.programs import end

if TYPE_CHECKING:
    from models.answers import Sitting

PATIENCE = 10.0
"""Seconds that the printing system may take, all in all."""

KEPT = timedelta(days=31)
"""How long a paper stays in the folder."""

NOWHERE = "none"
"""The name of a printer that says: only keep."""

_DEFAULT = "destination: "
"""Stands before a name in what ``lpstat -d`` answers in the language of programs."""

_STOPPED = "disabled"
"""Stands in what ``lpstat -p`` answers of a printer that takes nothing."""


def sheet_name(half_day: Sitting) -> str:
    """``feuille-2022-11-03-0830-awareness.pdf``."""
    programme = "".join(sign if sign.isalnum() else "-" for sign in half_day.programme)[:24]
    return f"feuille-{local(half_day.starts_at):%Y-%m-%d-%H%M}-{programme}.pdf"


def certificate_name(person_id: str, last: date) -> str:
    """``attestation-b3d2a1f4-2022-11-03.pdf``: the end of the opaque id, and the last day."""
    return f"attestation-{person_id[-8:]}-{last}.pdf"


def result_name(person_id: str, taken_at: datetime) -> str:
    """``point-b3d2a1f4-2022-11-03.pdf``: the end of the opaque id, and the day of the self-assessment."""
    return f"point-{person_id[-8:]}-{local(taken_at):%Y-%m-%d}.pdf"


class PrinterState(Enum):
    """Whether something can be printed."""

    READY = auto()
    NOWHERE = auto()
    """Nobody has named a printer, or the settings say that there is none."""
    SILENT = auto()
    """It is named, and it is stopped or does not answer."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a paper."""

    path: Path
    """Where it is kept."""
    printed: bool
    printer: str
    """Empty where there is none."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The folder of papers, and the printer."""

    folder: Path
    printer: Callable[[], str]
    """Gives the printer's name as the settings have it; asked only when something is to be printed."""

    def keep(self, name: str, data: bytes, now: datetime) -> Path:
        """Keep a paper, readable by this user only; those that are older than a month go.

        Another paper of that name stays, and this one gets a number.

        Raises:
            OSError: the disk does not take it.
        """
        # Without its parents: what a rehearsal leaves must not come back after it is over.
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._clear(now)
        path = next(path for path in self._names(name) if not path.exists() or path.read_bytes() == data)
        replace_whole(path, data)
        os.utime(path, (now.timestamp(), now.timestamp()))
        return path

    def _names(self, name: str) -> Iterator[Path]:
        first, number = self.folder / name, 1
        yield first
        while True:
            number += 1
            yield first.with_stem(f"{first.stem}-{number}")

    def _clear(self, now: datetime) -> None:
        oldest = (now - KEPT).timestamp()
        for path in self.folder.glob("*.pdf"):
            with suppress(OSError):  # another kiosk on this home was quicker
                if path.stat().st_mtime < oldest:
                    path.unlink()

    @property
    def prints(self) -> bool:
        """Whether the settings do not say otherwise and there is a program to print with."""
        from shutil import which  # after the first paint

        return self.printer() != NOWHERE and which("lp") is not None

    def state(self) -> PrinterState:
        """Whether the printer takes what it is given: the printing system is asked; it may take its time."""
        from shutil import which  # after the first paint

        until = monotonic() + PATIENCE
        named, lpstat = self.printer(), which("lpstat")
        if named == NOWHERE:
            return PrinterState.NOWHERE
        if not named and lpstat:
            named = _default_printer(lpstat, until)
        if not named:
            return PrinterState.NOWHERE
        told = _answer([lpstat, "-p", named], until) if lpstat else None
        return PrinterState.READY if told and _STOPPED not in told else PrinterState.SILENT

    def print_only(self, data: bytes) -> Future[bool]:
        """Print what nobody keeps: it is handed over without ever being a file."""
        future: Future[bool] = Future()

        def work() -> None:
            try:
                printed, _ = self._print([], data)
            except Exception as error:  # told to whoever asked
                future.set_exception(error)
            else:
                future.set_result(printed)

        Thread(target=work, name="printing", daemon=True).start()
        return future

    def send(self, path: Path) -> Future[Printed]:
        """Hand a paper to the printer, on a thread that nobody waits for, not even the end of the kiosk."""
        future: Future[Printed] = Future()

        def work() -> None:
            try:
                taken, printer = self._print([str(path)])
                future.set_result(Printed(path, taken, printer))
            except Exception as error:  # told to whoever asked
                future.set_exception(error)

        Thread(target=work, name="printing", daemon=True).start()
        return future

    def _print(self, files: list[str], data: bytes | None = None) -> tuple[bool, str]:
        """Hand files to ``lp``, or data where there is none; whether it took them, and the printer's name."""
        from shutil import which  # after the first paint

        until = monotonic() + PATIENCE
        named, lp = self.printer(), which("lp")
        if named == NOWHERE or lp is None:
            return False, ""
        if not named and (lpstat := which("lpstat")):
            named = _default_printer(lpstat, until)
        if not named:
            return False, ""
        return _answer([lp, "-d", named, *files], until, data) is not None, named


def _default_printer(lpstat: str, until: float) -> str:
    """The system's own printer; empty where there is none."""
    return (_answer([lpstat, "-d"], until) or "").partition(_DEFAULT)[2].strip()


def _answer(command: list[str], until: float, data: bytes | None = None) -> str | None:
    """What a program of the printing system says; ``None`` where it refuses, hangs, or is none."""
    try:
        process = Popen(  # noqa: S603 (the house's own words, and a name out of the settings)
            command,
            stdin=DEVNULL if data is None else PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            start_new_session=True,
            env=os.environ | {"LC_ALL": "C"},
        )
    except OSError:
        return None
    try:
        told, _ = process.communicate(data, timeout=max(0.0, until - monotonic()))
    except TimeoutExpired:
        end(process)
        process.communicate()
        return None
    return told.decode("utf-8", "replace") if process.returncode == 0 else None
