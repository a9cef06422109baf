"""What is seen in the meeting to practise with: the interviewer, and beside her one's own picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assets.facts import read_asset


@dataclass(frozen=True, slots=True)
class Stage:
    """The same picture for large grids and for small ones."""

    large: Sequence[str]
    small: Sequence[str]


def stage(interviewer: str, you: str, *, camera: bool) -> Stage:
    """The picture of a meeting, with the names below it: whoever turns the camera off is not seen."""
    state = "on" if camera else "off"
    return Stage(
        _large(_drawing("interviewer"), _drawing(f"camera-{state}"), interviewer, you),
        _small(_drawing("interviewer-small"), _drawing(f"camera-{state}-small"), interviewer, you),
    )


def _large(shown: Sequence[str], own: Sequence[str], interviewer: str, you: str) -> list[str]:
    """One frame around both, one's own picture in the lower corner, as real programs have it."""
    room, corner = len(shown[0]), len(own[0])
    above = len(shown) - len(own)
    right = [" " * corner + "│"] * above + [own[0] + "┤"] + [row + "│" for row in own[1:]]
    names = f" {interviewer} ".center(room, "─") + "┴" + f" {you} ".center(corner - 1, "─")
    return [
        f"╭{'─' * (room + corner)}╮",
        *(f"│{row}{beside}" for row, beside in zip(shown, right, strict=True)),
        f"╰{names}╯",
    ]


def _small(shown: Sequence[str], own: Sequence[str], interviewer: str, you: str) -> list[str]:
    """Side by side without a frame: every row counts."""
    room, corner = len(shown[0]), len(own[0])
    beside = [" " * corner] * (len(shown) - len(own)) + list(own)
    rows = [f"{row} {other}" for row, other in zip(shown, beside, strict=True)]
    return [*rows, f"{interviewer.center(room)} {you.center(corner)}"]


def _drawing(name: str) -> list[str]:
    return read_asset(f"drawings/{name}.txt").splitlines()
