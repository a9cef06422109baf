"""What is kept about one person: ``person show``, ``export``, ``merge``, ``list``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assets.facts import programmes
from assets.languages import N_, Counted, Translate, day
from assets.page_steps import page_steps
from kiosk.commands.arrivals import STATES
from kiosk.commands.shared import (
    AtOption,
    JsonOption,
    OpenKiosk,
    app,
    clock,
    half_day_json,
    moment_json,
    open_kiosk,
    operator,
    operator_language,
    print_json,
    when,
    write_out,
)
from kiosk.trouble import Trouble
from models import person_file as files
from models.finding import person_by_reference, who_is
from models.log import record
from models.merging import merge

if TYPE_CHECKING:
    from models.connection import Connection

person = typer.Typer(
    name="person", help="Ce qui est gardé d'une personne.", no_args_is_help=True, add_completion=False
)
app.add_typer(person)

FORMS = {"card": N_("carte"), "short": N_("code court")}

ReferenceArgument = Annotated[
    str, typer.Argument(help="Référence de la personne, ou identifiant.", metavar="RÉFÉRENCE")
]
NotesOption = Annotated[bool, typer.Option("--notes", help="Avec les notes libres.")]


@person.command()
def show(
    reference: ReferenceArgument, notes: NotesOption = False, as_json: JsonOption = False, at: AtOption = None
) -> None:
    """Montrer ce qui est gardé d'une personne ; avec --json, c'est un export."""
    translate, now = operator(), clock(at).now()
    with open_kiosk() as kiosk:
        kept = _file(kiosk, reference, now, notes=notes)
        data = _export(kiosk, kept, now, notes=notes) if as_json else None
    if data is not None:
        write_out(None, data)
        return
    for line in _lines(kept, translate):
        typer.echo(line)


@person.command()
def export(
    reference: ReferenceArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="Fichier JSON à écrire.")],
    notes: NotesOption = False,
    at: AtOption = None,
) -> None:
    """Écrire tout ce qui est gardé d'une personne dans un fichier ; l'export reste dans le journal."""
    translate, now = operator(), clock(at).now()
    with open_kiosk() as kiosk:
        kept = _file(kiosk, reference, now, notes=notes)
        write_out(output, _export(kiosk, kept, now, notes=notes))
    typer.echo(
        translate("Export de {reference} enregistré : {path}.", reference=reference, path=output), err=True
    )


@person.command("merge")
def merge_people(
    walk_in: Annotated[
        str, typer.Argument(help="Identifiant d'une personne sans réservation.", metavar="IDENTIFIANT")
    ],
    reference: ReferenceArgument,
    at: AtOption = None,
) -> None:
    """Dire qu'une personne sans réservation est une personne connue ; les heures comptent une fois."""
    from screens.staff.not_merged import NOT_MERGED

    translate, now = operator(), clock(at).now()
    with open_kiosk() as kiosk:
        known_id = str(_file(kiosk, reference, now, notes=False).person["id"])
        refused = kiosk.database.write(merge, kiosk.author(now), walk_in, known_id, "told_later").result()
    if refused is not None:
        raise Trouble(NOT_MERGED[refused])
    typer.echo(translate("C'est la même personne : {name}.", name=reference))


@person.command("list")
def list_people(
    walk_ins: Annotated[
        bool, typer.Option("--walk-ins", help="Les personnes sans réservation, encore sans référence.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Montrer qui est venu sans réservation et n'a pas encore de référence."""
    translate = operator()
    if not walk_ins:
        raise Trouble(N_("Dites de qui : « kiosk person list --walk-ins »."))
    with open_kiosk() as kiosk:
        guests = kiosk.database.write(files.walk_ins_without_file).result()
    if as_json:
        print_json(
            [
                {"id": one.id, "first_name": one.first_name, "half_day": half_day_json(one.half_day)}
                for one in guests
            ]
        )
        return
    if not guests:
        typer.echo(translate("Personne : tout le monde a une référence."))
    for one in guests:
        typer.echo(f"{one.id}  {one.first_name}  {when(one.half_day)}")


def _file(kiosk: OpenKiosk, reference: str, now: datetime, *, notes: bool) -> files.PersonFile:
    """What is kept about whom a reference or an id names.

    Raises:
        Trouble: nobody is called so.
    """

    def found(conn: Connection) -> files.PersonFile | None:
        person_id = person_by_reference(conn, reference.strip())
        if person_id is None and (who := who_is(conn, reference.strip())):
            person_id = who.id
        if person_id is None:
            return None
        return files.person_file(conn, person_id, kiosk.settings.policy, now, notes=notes)

    kept: files.PersonFile | None = kiosk.database.write(found).result()
    if kept is None:
        raise Trouble(N_("Personne n'a cette référence : vérifiez-la."))
    return kept


def _export(kiosk: OpenKiosk, kept: files.PersonFile, now: datetime, *, notes: bool) -> bytes:
    """The whole file as JSON; it is written down before it leaves, to a file or to the screen (P-21)."""
    data = _document(kept) + b"\n"
    body = {"hash": hashlib.sha256(data).hexdigest(), "rows": kept.rows, "notes": notes}
    person_id = str(kept.person["id"])
    kiosk.database.write(
        record, kiosk.author(now), "person.exported", "participant", person_id, body, subject=person_id
    ).result()
    return data


def _document(kept: files.PersonFile) -> bytes:
    """The whole file as JSON, in local time."""

    def plain(value: Any) -> Any:  # noqa: ANN401 (whatever JSON cannot hold)
        return moment_json(value) if isinstance(value, datetime) else str(value)

    document = {
        "person": kept.person,
        "merged": kept.merged,
        "half_days": [
            {
                **half_day_json(one.half_day),
                "state": one.reckoning.state,
                "arrived_at": moment_json(one.reckoning.arrived_at),
                "left_at": moment_json(one.reckoning.left_at),
                "minutes": one.reckoning.minutes,
                "excuse": one.reckoning.excuse,
            }
            for one in kept.half_days
        ],
        "orientations": kept.orientations,
        **kept.tables,
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=plain).encode()


def _lines(kept: files.PersonFile, translate: Translate) -> list[str]:
    """The file as somebody reads it: who, half-days with their minutes, what they hold, what comes next,
    and where they stood when they took stock."""
    from screens.staff.assessment_words import STATUSES

    language = operator_language()
    who = kept.person
    names = " ".join(part for part in (who["first_name"], who["last_name"]) if part)
    lines = [" · ".join(part for part in (names, who["reference"]) if part)]
    for guest in kept.merged:
        said = translate("présence notée aussi sous {name}, sans réservation", name=guest["first_name"])
        lines.append(f"  {said}")
    for one in kept.half_days:
        minutes = translate(Counted("{n} minute", "{n} minutes"), n=one.reckoning.minutes)
        state = translate(STATES[one.reckoning.state])
        lines.append(f"  {when(one.half_day)} · {state} · {minutes}")
    for code in kept.tables["codes"]:
        word, since = FORMS[code["form"]], _day(code["issued_at"], language)
        held = translate("{form} du {day}", form=translate(word), day=since)
        if code["revoked_at"]:
            until = _day(code["revoked_at"], language)
            held = translate("{held}, hors d'usage depuis le {day}", held=held, day=until)
        lines.append(f"  {held}")
    for decided in kept.orientations:
        fact = programmes().get(decided["programme"])
        name = fact.name(language) if fact else decided["programme"]
        parts = (name, decided["by"], _day(decided["at"], language), decided.get("note"))
        lines.append("  → " + " · ".join(part for part in parts if part))
    for row in kept.tables["assessments"]:
        word, taken = STATUSES[row["status"]], _day(row["at"], language)
        said = translate("point du {day} : {status}", day=taken, status=translate(word))
        lines.append(f"  {said}")
    lines += _path_lines(kept, language, translate)
    for row in kept.tables["unfinished"]:
        said = translate("point commencé le {day}, pas terminé", day=_day(row["at"], language))
        lines.append(f"  {said}")
    return lines


def _path_lines(kept: files.PersonFile, language: str, translate: Translate) -> Iterator[str]:
    """What somebody has asked for and ticked, what was said of their page, when they were called."""
    half_days = {one.half_day.id: one.half_day for one in kept.half_days}
    for row in kept.tables["bookings"]:
        half_day = half_days.get(row["half_day"])
        if row["status"] == "waiting" and row["asked_at"] and half_day:
            asked = _day(row["asked_at"], language)
            yield "  " + translate("demande de place du {day} : {what}", day=asked, what=when(half_day))
    steps = {step.id: step.say[language] for step in page_steps()}
    for row in kept.tables["ticks"]:
        said = N_("étape cochée : {what}") if row["state"] == "done" else N_("étape rouverte : {what}")
        yield "  " + translate(said, what=steps.get(row["step"], row["step"]))
    for row in kept.tables["pages"]:
        made = row["kind"] == "made"
        said = (
            N_("page sur leforem.be : faite, {day}") if made else N_("page sur leforem.be : retirée, {day}")
        )
        yield "  " + translate(said, day=_day(row["at"], language))
    for row in kept.tables["absence_calls"]:
        called = row["kind"] == "called"
        said = N_("appel après une absence : {day}") if called else N_("appel repris : {day}")
        yield "  " + translate(said, day=_day(row["at"], language))


def _day(moment: datetime | None, language: str) -> str:
    return day(moment, language) if moment else "?"
