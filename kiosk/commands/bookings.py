"""Bookings in, batch by batch: what ``import`` does with a file of bookings or workshops."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import typer

from assets.languages import N_, Counted, Translate, local
from kiosk.commands.shared import OpenKiosk
from kiosk.crash_net import place_of
from kiosk.importing.columns import title
from kiosk.trouble import Trouble
from models.bookings import Applied, apply_lines
from models.lines import BookingLine, Refusal
from models.log import Author, record

if TYPE_CHECKING:
    from kiosk.importing import Opened
    from models.connection import Connection

BATCH = 100
"""Lines a transaction: a card that is shown meanwhile waits some hundredths of a second."""


@dataclass(slots=True)
class Kept:
    """Lines whose transaction is committed: they stay, whatever happens to those after them."""

    lines: int = 0
    added: int = 0
    changed: int = 0


@contextmanager
def told_where_it_stopped(kept: Kept, translate: Translate) -> Iterator[None]:
    """An import that stops halfway says how much of it stands, in one sentence."""
    try:
        yield
    except KeyboardInterrupt:
        if not kept.lines:
            raise Trouble(N_("Arrêté : rien n'a été changé.")) from None
        raise Trouble(
            Counted(
                "Arrêté : {n} ligne est gardée ; relancez la même importation pour le reste.",
                "Arrêté : {n} lignes sont gardées ; relancez la même importation pour le reste.",
            ),
            n=kept.lines,
        ) from None
    except Exception as error:
        if not kept.lines:
            raise
        if isinstance(error, Trouble):
            raise Trouble(
                Counted(
                    "{flaw} {n} ligne est gardée ; relancez ensuite la même importation.",
                    "{flaw} {n} lignes sont gardées ; relancez ensuite la même importation.",
                ),
                flaw=error.told(translate),
                n=kept.lines,
            ) from None
        raise Trouble(
            Counted(
                "L'importation s'est arrêtée ({place}) : {n} ligne est gardée ;"
                " montrez ceci au service technique.",
                "L'importation s'est arrêtée ({place}) : {n} lignes sont gardées ;"
                " montrez ceci au service technique.",
            ),
            place=place_of(error),
            n=kept.lines,
        ) from None


def import_bookings(
    kiosk: OpenKiosk,
    opened: Opened,
    now: datetime,
    translate: Translate,
    copy: Connection | None,
    kept: Kept,
    *,
    again: Collection[str],
    quiet: bool,
) -> tuple[Applied, list[Refusal], list[str]]:
    """Read one file and apply its good lines, to a copy where nothing may be written.

    Raises:
        NotReadable: none of its lines can be read.
    """
    read = opened.bookings(corner=kiosk.settings.corner, today=local(now).date(), translate=translate)
    applied = Applied()
    author = kiosk.author(now)
    if copy is not None:
        apply_lines(copy, author, read.lines, applied, kiosk.settings.policy.capacity, again)
    else:
        try:
            _write_lines(kiosk, author, read.lines, applied, kept, opened.file, again=again, quiet=quiet)
        except BaseException:
            with suppress(Exception):  # what stopped it may stop this too
                kiosk.database.write(_note_done, author, kiosk.kiosk_id, kept).result()
            raise
        kiosk.database.write(_note_done, author, kiosk.kiosk_id, kept).result()
    contradicted = [
        Refusal(
            line=one.line,
            column=title(one.column),
            message=translate(
                "La ligne {earlier} dit autre chose ; corrigez l'une des deux,"
                " ou donnez deux noms dans la colonne « atelier ».",
                earlier=one.earlier,
            ),
        )
        for one in applied.contradictions
    ]
    erased = [
        Refusal(
            line=line,
            column=title("reference"),
            message=translate(
                "Cette personne a été effacée : si elle doit être connue de nouveau, relancez avec"
                " « --again RÉFÉRENCE »."
            ),
        )
        for line in applied.erased
    ]
    return applied, sorted([*read.refused, *contradicted, *erased], key=lambda r: r.line), read.left_out


def _write_lines(
    kiosk: OpenKiosk,
    author: Author,
    lines: Sequence[BookingLine],
    applied: Applied,
    kept: Kept,
    label: str,
    *,
    again: Collection[str],
    quiet: bool,
) -> None:
    """Apply the lines batch by batch, counting each once its transaction is committed."""
    stderr = typer.get_text_stream("stderr")
    hidden = quiet or not stderr.isatty()
    with typer.progressbar(length=len(lines), label=label, hidden=hidden, file=stderr) as bar:
        for batch in _batches(lines):
            capacity = kiosk.settings.policy.capacity
            written = kiosk.database.write(_apply, author, batch, applied, capacity, again)
            # Counted on the writer's thread, before its next job, even where nobody waits for it any more.
            written.add_done_callback(partial(_count, kept, len(batch)))
            written.result()
            bar.update(len(batch))


def _apply(
    conn: Connection,
    author: Author,
    batch: list[BookingLine],
    applied: Applied,
    capacity: int,
    again: Collection[str],
) -> tuple[int, int]:
    """Apply one batch: how many of its lines were new, and how many changed something."""
    before = applied.added, applied.changed_lines
    apply_lines(conn, author, batch, applied, capacity, again)
    return applied.added - before[0], applied.changed_lines - before[1]


def _count(kept: Kept, lines: int, written: Future[tuple[int, int]]) -> None:
    if written.cancelled() or written.exception():
        return
    added, changed = written.result()
    kept.lines += lines
    kept.added += added
    kept.changed += changed


def _note_done(conn: Connection, author: Author, kiosk_id: str, kept: Kept) -> None:
    """Note in the log what the import of one file has changed; it runs when every batch has ended."""
    if kept.added or kept.changed:
        body = {"added": kept.added, "changed": kept.changed}
        record(conn, author, "import.done", "kiosk", kiosk_id, body)
    kept.added = kept.changed = 0


def _batches(lines: Sequence[BookingLine]) -> Iterator[list[BookingLine]]:
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        yield batch
