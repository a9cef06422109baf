"""The table of a run: on the screen, as Markdown, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure

HEAD = ("measure", "figure", "ours", "reference", "ratio", "must", "aim", "ok?")
FOLDER = Path(__file__).resolve().parent

_EXPLAINED = """\
Made by `make bench`; do not edit. Every ratio compares programs that ran in turn in the same run, and is
the median over {rounds} rounds. `ok?` says what is reached: the aim, what must be, or NO.

- **bare**: a Textual program with one text: reference of `start`, `memory`, `idle`.
- **floor**: a Textual program that gathers keys unseen and on Enter makes one durable check-in on raw SQLite
  (WAL, synchronous=FULL) in the thread of the screen: reference of `scan`, `burst`.
- **raw**: the statements of the very same check-ins, replayed on another connection: reference of `store`.
- **plain**: a Textual program that opens and closes screens of as many plain buttons, and changes one text:
  reference of `touch`. A letter that a hand types waits 50 ms to be told from a scanner's; the ratio is of
  what comes after that wait.
- **plain SQL**: the rows and figures of the same day in three statements by hand: reference of `review`.
- `several` compares two kiosks on one file with one kiosk alone.

Measured on: {machine}.
"""


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns."""
    rows = [HEAD, *(figure.row() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column in (0, 1, 7) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def write(figures: Sequence[Figure], machine: dict[str, Any], rounds: int) -> None:
    """Write ``results.json`` and ``RESULTS.md`` beside this file."""
    result = {"rounds": rounds, "machine": machine, "figures": [figure.as_json() for figure in figures]}
    text = json.dumps(result, ensure_ascii=False, indent=2)
    (FOLDER / "results.json").write_text(text + "\n", "utf-8")
    (FOLDER / "RESULTS.md").write_text(_markdown(figures, machine, rounds), "utf-8")


def _markdown(figures: Sequence[Figure], machine: dict[str, Any], rounds: int) -> str:
    said = ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in machine.items())
    lines = ["# Results", "", _EXPLAINED.format(rounds=rounds, machine=said)]
    lines.append(_marked(HEAD))
    lines.append("|---|---|--:|--:|--:|--:|--:|---|")
    lines += [_marked(figure.row()) for figure in figures]
    return "\n".join(lines) + "\n"


def _marked(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(value: object) -> str:
    return " / ".join(str(one) for one in value) if isinstance(value, list) else str(value)
