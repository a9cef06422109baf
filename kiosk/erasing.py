"""What an erasure leaves to do on the disk: the WAL, copies from before an update, papers with the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kiosk.database import Database


def leave_no_trace(database: Database, people: Sequence[str]) -> Future[bool]:
    """Take from the disk what still names people who have been erased.

    Their certificates, results and cards, the sheets of their half-days, and the copies that an update made
    of the whole file; a sheet can be made anew from the log, without them.

    Returns:
        Whether the WAL could be emptied at once; else the writer does it in its next quiet moment.
    """
    for file in _with_their_name(database, people):
        with suppress(OSError):  # another program of this home was quicker
            file.unlink()
    return database.scrub()


def _with_their_name(database: Database, people: Sequence[str]) -> Iterator[Path]:
    from kiosk.printing import sheet_name
    from models.erasing import half_days_of

    home = database.path.parent
    yield from home.glob(f"{database.path.name}.before-*")
    papers = home / "papers"
    for person in people:
        yield from papers.glob(f"*-{person[-8:]}*.pdf")
    if papers.is_dir():
        for half_day in database.read(half_days_of, people).result():
            yield from papers.glob(f"{Path(sheet_name(half_day)).stem}*.pdf")
