"""Bookings in: ``import``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assets.languages import N_, Counted, Translate, local
from kiosk.commands.shared import (
    AtOption,
    JsonOption,
    OpenKiosk,
    app,
    clock,
    half_day_json,
    open_kiosk,
    operator,
    operator_language,
    print_json,
    when,
)
from kiosk.crash_net import place_of
from kiosk.importing.columns import title
from kiosk.trouble import Trouble
from models.bookings import Applied, apply_lines
from models.half_days import Overbooked, overbooked
from models.lines import BookingLine, Refusal
from models.log import Author, record
from screens.wording import where

if TYPE_CHECKING:
    from models.connection import Connection

BATCH = 100
"""Lines a transaction: a card that is shown meanwhile waits some hundredths of a second."""

DONE = {
    "added": Counted("{n} ligne ajoutée", "{n} lignes ajoutées"),
    "changed": Counted("{n} changée", "{n} changées"),
    "unchanged": Counted("{n} inchangée", "{n} inchangées"),
    "refused": Counted("{n} refusée", "{n} refusées"),
}
"""What became of the lines, told one after the other."""


@dataclass(slots=True)
class _Kept:
    """Lines whose transaction is committed: they stay, whatever happens to those after them."""

    lines: int = 0
    added: int = 0
    changed: int = 0


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="Fichiers CSV, TSV, XLSX ou iCalendar.", metavar="FICHIER…")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ne rien écrire, dire ce qui serait fait.")
    ] = False,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Lire des réservations et des ateliers ; les bonnes lignes sont gardées, les autres nommées."""
    from kiosk.importing import NotReadable

    translate = operator()
    now = clock(at).now()
    total = {"added": 0, "changed": 0, "unchanged": 0}
    refused: list[dict[str, Any]] = []
    kept = _Kept()
    with open_kiosk() as kiosk, _told_where_it_stopped(kept, translate):
        copy = kiosk.database.copy_in_memory() if dry_run else None
        for path in files:
            try:
                applied, wrong, left_out = _import_one(kiosk, path, now, translate, copy, kept, quiet=as_json)
            except NotReadable as error:
                refused.append({"file": path.name, "line": 0, "column": "", "message": str(error)})
                continue
            total["added"] += applied.added
            total["changed"] += applied.changed_lines
            total["unchanged"] += applied.unchanged
            refused += [{"file": path.name, **refusal.model_dump()} for refusal in wrong]
            if not as_json:
                _tell_changes(path, applied, left_out, translate)
        corner = kiosk.settings.corner
        if copy is None:
            crowded = kiosk.database.write(overbooked, corner, now).result()
        else:
            crowded = overbooked(copy, corner, now)
            copy.close()
    if as_json:
        more = [
            {"half_day": half_day_json(one.half_day), "booked": one.booked, "capacity": one.capacity}
            for one in crowded
        ]
        print_json({**total, "refused": refused, "overbooked": more})
    else:
        for one in refused:
            typer.echo(_refusal_line(one, translate), err=True)
        for full in crowded:
            typer.echo(_crowded_line(full, translate))
        numbers = total | {"refused": len(refused)}
        done = ", ".join(translate(sentence, n=numbers[name]) for name, sentence in DONE.items())
        typer.echo((translate("Essai, rien n'est écrit : ") if dry_run else "") + f"{done}.")
    if refused:
        raise typer.Exit(1)


@contextmanager
def _told_where_it_stopped(kept: _Kept, translate: Translate) -> Iterator[None]:
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


def _import_one(
    kiosk: OpenKiosk,
    path: Path,
    now: datetime,
    translate: Translate,
    copy: Connection | None,
    kept: _Kept,
    *,
    quiet: bool,
) -> tuple[Applied, list[Refusal], list[str]]:
    """Read one file and apply its good lines, to a copy where nothing may be written."""
    from kiosk.importing import read_file

    read = read_file(path, corner=kiosk.settings.corner, today=local(now).date(), translate=translate)
    applied = Applied()
    author = kiosk.author(now)
    if copy is not None:
        apply_lines(copy, author, read.lines, applied, kiosk.settings.policy.capacity)
    else:
        try:
            _write_lines(kiosk, author, read.lines, applied, kept, path.name, quiet=quiet)
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
    return applied, sorted([*read.refused, *contradicted], key=lambda r: r.line), read.left_out


def _write_lines(
    kiosk: OpenKiosk,
    author: Author,
    lines: Sequence[BookingLine],
    applied: Applied,
    kept: _Kept,
    label: str,
    *,
    quiet: bool,
) -> None:
    """Apply the lines batch by batch, counting each once its transaction is committed."""
    stderr = typer.get_text_stream("stderr")
    hidden = quiet or not stderr.isatty()
    with typer.progressbar(length=len(lines), label=label, hidden=hidden, file=stderr) as bar:
        for batch in _batches(lines):
            written = kiosk.database.write(_apply, author, batch, applied, kiosk.settings.policy.capacity)
            # Counted on the writer's thread, before its next job, even where nobody waits for it any more.
            written.add_done_callback(partial(_count, kept, len(batch)))
            written.result()
            bar.update(len(batch))


def _apply(
    conn: Connection, author: Author, batch: list[BookingLine], applied: Applied, capacity: int
) -> tuple[int, int]:
    """Apply one batch: how many of its lines were new, and how many changed something."""
    before = applied.added, applied.changed_lines
    apply_lines(conn, author, batch, applied, capacity)
    return applied.added - before[0], applied.changed_lines - before[1]


def _count(kept: _Kept, lines: int, written: Future[tuple[int, int]]) -> None:
    if written.cancelled() or written.exception():
        return
    added, changed = written.result()
    kept.lines += lines
    kept.added += added
    kept.changed += changed


def _note_done(conn: Connection, author: Author, kiosk_id: str, kept: _Kept) -> None:
    """Note in the log what the import of one file has changed; it runs when every batch has ended."""
    if kept.added or kept.changed:
        body = {"added": kept.added, "changed": kept.changed}
        record(conn, author, "import.done", "kiosk", kiosk_id, body)
    kept.added = kept.changed = 0


def _batches(lines: Sequence[BookingLine]) -> Iterator[list[BookingLine]]:
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _tell_changes(path: Path, applied: Applied, left_out: Sequence[str], translate: Translate) -> None:
    if left_out:
        typer.echo(
            translate(
                "{file} : colonnes inconnues, laissées : {names}.", file=path.name, names=", ".join(left_out)
            )
        )
    for one in applied.changed:
        columns = ", ".join(map(title, one.columns))
        typer.echo(
            translate(
                "{file}, ligne {line}, changements : {columns}.",
                file=path.name,
                line=one.line,
                columns=columns,
            )
        )


def _refusal_line(one: dict[str, Any], translate: Translate) -> str:
    where = one["file"]
    if one["line"]:
        where += translate(", ligne {line}", line=one["line"])
    if one["column"]:
        where += translate(", colonne {column}", column=one["column"])
    return translate("{where} : {what}", where=where, what=one["message"])


def _crowded_line(one: Overbooked, translate: Translate) -> str:
    return translate(
        Counted(
            "{when}, {what} : {booked} personnes pour {n} place ; personne n'est retiré.",
            "{when}, {what} : {booked} personnes pour {n} places ; personne n'est retiré.",
        ),
        when=when(one.half_day),
        what=where(one.half_day, operator_language()),
        booked=one.booked,
        n=one.capacity,
    )
