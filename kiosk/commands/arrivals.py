"""Bookings in, arrivals and rosters: ``import``, ``checkin``, ``roster``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from assets.languages import Translate, local
from kiosk.commands.shared import (
    AtOption,
    DateOption,
    JsonOption,
    OpenKiosk,
    app,
    clock,
    open_kiosk,
    operator,
    parse_day,
    print_json,
)
from models.answers import Outcome, Sitting
from models.arrival import Wish, check_in
from models.bookings import Applied, apply_lines
from models.lines import BookingLine, Refusal
from models.log import record
from models.words import Way

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
        for path in files:
            try:
                applied, wrong, left_out = _import_one(kiosk, path, now, translate, dry_run, quiet=as_json)
            except NotReadable as error:
                refused.append({"file": path.name, "line": 0, "column": "", "message": str(error)})
                continue
            total["added"] += applied.added
            total["changed"] += applied.changed_lines
            total["unchanged"] += applied.unchanged
            refused += [{"file": path.name, **refusal.model_dump()} for refusal in wrong]
            if not as_json:
                _tell_changes(path, applied, left_out, translate)
    if as_json:
        print_json({**total, "refused": refused})
    else:
        for one in refused:
            typer.echo(_refusal_line(one, translate), err=True)
        done = translate(
            "{added} ajoutées, {changed} changées, {unchanged} inchangées, {refused} refusées.",
            **total,
            refused=len(refused),
        )
        typer.echo((translate("Essai, rien n'est écrit : ") if dry_run else "") + done)
    if refused:
        raise typer.Exit(1)


def _import_one(
    kiosk: OpenKiosk, path: Path, now: datetime, translate: Translate, dry_run: bool, *, quiet: bool
) -> tuple[Applied, list[Refusal], list[str]]:
    """Read one file and apply its good lines."""
    from kiosk.importing import read_file

    read = read_file(path, corner=kiosk.settings.corner, today=local(now).date(), translate=translate)
    applied = Applied()
    author = kiosk.author(now)
    if dry_run:
        copy = kiosk.database.copy_in_memory()
        apply_lines(copy, author, read.lines, applied, kiosk.settings.policy.capacity)
        copy.close()
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
            column=one.column,
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
        columns = ", ".join(one.columns)
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


@app.command()
def checkin(
    code: Annotated[str, typer.Argument(help="Carte ou code court.")],
    half_day: Annotated[
        str | None, typer.Option("--half-day", help="Demi-journée choisie, par son identifiant.")
    ] = None,
    stay: Annotated[bool, typer.Option("--stay", help="Demander une place libre.")] = False,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Noter une arrivée, par la même règle que l'écran."""
    from screens.wording import words

    now = clock(at).now()
    with open_kiosk() as kiosk:
        wish = Wish(half_day, join=stay)
        outcome = kiosk.database.write(check_in, kiosk.desk, code, Way.COMMAND, now, wish).result()
        language = kiosk.settings.language
    message = words(outcome, outcome.person.language if outcome.person else language).message
    if as_json:
        print_json(_outcome_json(outcome, message))
    else:
        typer.echo(f"{outcome.answer}: {message}")
    if not outcome.present:
        raise typer.Exit(1)


def _outcome_json(outcome: Outcome, message: str) -> dict[str, Any]:
    return {
        "outcome": outcome.answer,
        "participant": outcome.person.name if outcome.person else None,
        "half_day": half_day_json(outcome.half_day) if outcome.half_day else None,
        "event_id": outcome.event_id,
        "arrived_at": moment_json(outcome.arrived_at),
        "message": message,
        "choices": [half_day_json(sitting) for sitting in outcome.choices],
        "can_stay": [half_day_json(sitting) for sitting in outcome.can_join],
    }


def half_day_json(sitting: Sitting) -> dict[str, Any]:
    """A half-day under the names that scripts rely on, in local time."""
    start, end = local(sitting.starts_at), local(sitting.ends_at)
    return {
        "id": sitting.id,
        "programme": sitting.programme,
        "corner": sitting.corner_id,
        "date": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "room": sitting.room,
    }


def moment_json(moment: datetime | None) -> str | None:
    """A moment in local time with its offset."""
    return local(moment).isoformat("T", "seconds") if moment else None


@app.command()
def roster(date: DateOption = None, as_json: JsonOption = False, at: AtOption = None) -> None:
    """Montrer les listes d'un jour : qui est attendu, qui est là, depuis quand."""
    from models.roster import HalfDayRoster, rosters

    translate = operator()
    now = clock(at).now()
    with open_kiosk() as kiosk, kiosk.database.session() as session:
        on = parse_day(date, now)
        lists: list[HalfDayRoster] = rosters(session, kiosk.settings.corner, on, kiosk.settings.policy, now)
    if as_json:
        print_json([_roster_json(one) for one in lists])
        return
    if not lists:
        typer.echo(translate("Aucun atelier ce jour-là."))
    for one in lists:
        about = half_day_json(one.half_day)
        typer.echo(
            f"{about['date']}  {about['start']}-{about['end']}  {about['programme']}"
            f"  {about['room'] or ''}  {one.booked}/{one.capacity}"
        )
        for person in one.people:
            since = f"{local(person.state.arrived_at):%H:%M}" if person.state.arrived_at else "     "
            state = "waiting" if person.waiting else person.state.state
            mark = "  walk-in" if person.walk_in else ""
            typer.echo(f"  {since}  {state:<10}  {person.name}{mark}")


def _roster_json(one: Any) -> dict[str, Any]:  # noqa: ANN401 (HalfDayRoster, imported late)
    def line(person: Any) -> dict[str, Any]:  # noqa: ANN401
        return {
            "reference": person.reference,
            "name": person.name,
            "state": person.state.state,
            "arrived_at": moment_json(person.state.arrived_at),
            "left_at": moment_json(person.state.left_at),
            "minutes": person.state.minutes,
            "walk_in": person.walk_in,
            "booked_by": person.booked_by,
        }

    return {
        "half_day": half_day_json(one.half_day),
        "capacity": one.capacity,
        "booked": one.booked,
        "people": [line(person) for person in one.people if not person.waiting],
        "waiting": [line(person) for person in one.people if person.waiting],
    }
