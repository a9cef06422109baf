"""Bookings in: ``import``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assets.languages import Translate, local
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
from kiosk.importing.columns import title
from models.bookings import Applied, apply_lines
from models.half_days import Overbooked, overbooked
from models.lines import BookingLine, Refusal
from models.log import record
from screens.wording import where

if TYPE_CHECKING:
    from models.connection import Connection

BATCH = 100
"""Lines a transaction: a card that is shown meanwhile waits some hundredths of a second."""


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
    with open_kiosk() as kiosk:
        copy = kiosk.database.copy_in_memory() if dry_run else None
        for path in files:
            try:
                applied, wrong, left_out = _import_one(kiosk, path, now, translate, copy, quiet=as_json)
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
        done = translate(
            "{added} ajoutées, {changed} changées, {unchanged} inchangées, {refused} refusées.",
            **total,
            refused=len(refused),
        )
        typer.echo((translate("Essai, rien n'est écrit : ") if dry_run else "") + done)
    if refused:
        raise typer.Exit(1)


def _import_one(
    kiosk: OpenKiosk, path: Path, now: datetime, translate: Translate, copy: Connection | None, *, quiet: bool
) -> tuple[Applied, list[Refusal], list[str]]:
    """Read one file and apply its good lines, to a copy where nothing may be written."""
    from kiosk.importing import read_file

    read = read_file(path, corner=kiosk.settings.corner, today=local(now).date(), translate=translate)
    applied = Applied()
    author = kiosk.author(now)
    if copy is not None:
        apply_lines(copy, author, read.lines, applied, kiosk.settings.policy.capacity)
    else:
        hidden = quiet or not typer.get_text_stream("stderr").isatty()
        with typer.progressbar(
            length=len(read.lines), label=path.name, hidden=hidden, file=typer.get_text_stream("stderr")
        ) as bar:
            for batch in _batches(read.lines):
                kiosk.database.write(
                    apply_lines, author, batch, applied, kiosk.settings.policy.capacity
                ).result()
                bar.update(len(batch))
        if applied.added or applied.changed_lines:
            body = {"added": applied.added, "changed": applied.changed_lines}
            kiosk.database.write(record, author, "import.done", "kiosk", kiosk.kiosk_id, body).result()
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
        "{when}, {what} : {booked} personnes pour {capacity} places ; personne n'est retiré.",
        when=when(one.half_day),
        what=where(one.half_day, operator_language()),
        booked=one.booked,
        capacity=one.capacity,
    )
