"""Ears at the side of the kiosk: invented players that write down what they were given to play."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from screens.widgets.poster import Tone


@dataclass(frozen=True, slots=True)
class Ears:
    """A folder of invented players that stands alone on the PATH, and what they were given to play."""

    folder: Path

    def player(self, name: str, does: str = "") -> None:
        """A player that writes down its process and what it was given, and then does something."""
        log = self.folder / "heard.txt"
        file = self.folder / name
        file.write_text(f'#!/bin/sh\necho "$$ {name} $*" >> "{log}"\n{does}\n', "utf-8")
        file.chmod(0o700)

    @property
    def _lines(self) -> list[list[str]]:
        log = self.folder / "heard.txt"
        whole = log.read_text("utf-8").rpartition("\n")[0] if log.exists() else ""
        return [line.split(" ") for line in whole.split("\n") if line]

    @property
    def heard(self) -> list[str]:
        """``player: file`` for each sound."""
        return [f"{name}: {Path(rest[-1]).name}" for _, name, *rest in self._lines]

    @property
    def left(self) -> list[int]:
        """Processes that are still there; a zombie is."""
        return [pid for number, *_ in self._lines if there(pid := int(number))]


def there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def files(*tones: Tone, player: str = "pw-play") -> list[str]:
    return [f"{player}: {tone}.wav" for tone in tones]
