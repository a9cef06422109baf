"""What reading a file comes to: lines and refusals, or one sentence why nothing could be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.lines import BookingLine, Refusal


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file after reading: what was taken, what was refused and what was left out."""

    file: str
    """The file's name without its folder."""
    lines: list[BookingLine] = field(default_factory=list)
    """The good lines in the order of the file."""
    refused: list[Refusal] = field(default_factory=list)
    """One refusal a bad line, with the header as the file writes it; no column: the whole line."""
    left_out: list[str] = field(default_factory=list)
    """Headers of columns that mean nothing here; what is in them was not looked at."""


class NotReadable(Exception):
    """A whole file that cannot be read; the text is one sentence for the person."""


class Unfit(Exception):
    """One value that is not taken; the text is one sentence for the person, without the value."""


class UnfitLine(Exception):
    """One line that is not taken because of one of its columns."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


class Naming:
    """A block about one column: a value that is unfit in it makes the line unfit in that column."""

    __slots__ = ("column",)

    def __init__(self, column: str) -> None:
        self.column = column

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Unfit):
            raise UnfitLine(self.column, str(error)) from None
