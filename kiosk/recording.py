"""One film: ffmpeg writes into a pipe, and a thread of the kiosk from the pipe to the disk.

So the file is the kiosk's own: a full disk is met here and ends the film. And no ffmpeg outlives the kiosk,
however that ends: whoever writes into a pipe that nobody holds any more is ended by the system, within the
second that a piece of the film takes; and where the system can be asked for that, one whose camera gives
nothing is ended with its kiosk too.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from select import select
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from threading import Thread

from kiosk.crash_net import place_of
from kiosk.programs import end

log = logging.getLogger("kiosk")

PATIENCE = 10.0
"""Seconds without a piece of the film after which a camera has stopped."""

ENDS_WITHIN = 5.0
"""Seconds that ffmpeg gets to finish a film that it was asked to end."""

LEAST_FREE = 200 * 1024**2
"""Bytes that have to be free before a film begins: the database needs the same disk."""

FULL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_PIECE = 1 << 16


class Ending(StrEnum):
    """How a film has ended."""

    DONE = "done"
    NO_PICTURE = "no picture"
    """Nothing ever came: there is no film."""
    CUT = "cut"
    """The camera has stopped; what was filmed until then is there."""
    FULL = "full"
    """The disk is full: there is no film."""
    DROPPED = "dropped"


def has_room(folder: Path) -> bool:
    """Whether a film may begin here."""
    place = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(place).free >= LEAST_FREE


def _with_its_parent() -> list[str]:
    """What lets the system end a program with the thread that started it: util-linux has it."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []


class Film:
    """A film on its way to a file."""

    def __init__(self, commands: Sequence[list[str]], path: Path) -> None:
        self._commands = commands
        self.path = path
        self.began: Future[None] = Future()
        """Done with the first piece."""
        self.ended: Future[Ending] = Future()
        self._process: Popen[bytes] | None = None
        self._finishes = self._dropped = False
        self._thread = Thread(target=self._work, name="film", daemon=True)

    def begin(self) -> None:
        """Turn the camera on; returns at once."""
        try:
            self._thread.start()
        except RuntimeError:  # no thread to be had
            self.ended.set_result(Ending.NO_PICTURE)

    def finish(self) -> None:
        """The film is done; returns at once."""
        self._finishes = True
        self._ask_to_end()

    def drop(self) -> None:
        """Nobody wants it: the camera goes off, and nothing of it stays on the disk."""
        self._dropped = True
        if (process := self._process) is not None:
            end(process)

    def wait(self) -> None:
        """Until it is over; only for a kiosk that closes."""
        if self._thread.is_alive():
            self._thread.join(1)

    # ---- the thread of the film

    def _work(self) -> None:
        ending = Ending.DROPPED
        try:
            ending = self._film()
        except Exception as error:  # whatever it was, somebody waits for the end
            full = isinstance(error, OSError) and error.errno in FULL_DISK
            ending = Ending.FULL if full else Ending.NO_PICTURE
            log.error("not filmed: %s", place_of(error))
        if self._dropped:
            ending = Ending.DROPPED
        if ending not in (Ending.DONE, Ending.CUT):
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
        self.ended.set_result(ending)

    def _film(self) -> Ending:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ending = Ending.NO_PICTURE
        for command in self._commands:
            file = os.open(self.path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            try:
                ending = self._run(command, file)
                os.fsync(file)  # some disks say only here that they are full
            finally:
                os.close(file)
            if ending is not Ending.NO_PICTURE or self._dropped or self._finishes:
                break
        return ending

    def _run(self, command: list[str], file: int) -> Ending:
        """Film in one way, to its end."""
        # A session of its own: no key of the terminal reaches it, and it reaches no terminal.
        process = Popen(  # noqa: S603 (inputs were checked with the settings; no shell)
            [*_with_its_parent(), *command], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
        self._process = process
        if self._dropped:  # asked for before there was a process
            end(process)
        elif self._finishes:
            self._ask_to_end()
        try:
            came = self._pour(process, file)
            process.wait(ENDS_WITHIN)
        except TimeoutExpired:
            pass
        finally:
            self._process = None
            if process.poll() is None:
                end(process)
                process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()
        if not came:
            log.error("no picture: ffmpeg ended with %s", process.returncode)
            return Ending.NO_PICTURE
        return Ending.DONE if process.returncode == 0 or self._finishes else Ending.CUT

    def _pour(self, process: Popen[bytes], file: int) -> bool:
        """From the pipe to the disk; whether anything came."""
        if process.stdout is None:
            return False
        pipe, came = process.stdout.fileno(), False
        while select([pipe], [], [], ENDS_WITHIN if self._finishes else PATIENCE)[0]:
            piece = os.read(pipe, _PIECE)
            if not piece:
                return came
            while piece:
                piece = piece[os.write(file, piece) :]
            if not came:
                came = True
                self.began.set_result(None)
        end(process)
        return came

    def _ask_to_end(self) -> None:
        process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError, ValueError):  # it has gone already
                process.stdin.write(b"q")
                process.stdin.flush()
