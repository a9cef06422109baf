"""Other programs that the kiosk starts: each in a session of its own, so that it can be ended as a whole."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from subprocess import Popen


def end(process: Popen[bytes]) -> None:
    """End a program with all that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
