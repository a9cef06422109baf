"""Arrivals and lists: ``checkin``, ``roster``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from assets.languages import N_, local
from kiosk.commands.shared import (
    AtOption,
    DateOption,
    JsonOption,
    app,
    clock,
    half_day_json,
    moment_json,
    open_kiosk,
    operator,
    operator_language,
    parse_day,
    print_json,
    when,
)
from models.answers import Outcome
from models.arrival import Wish, check_in
from models.words import Way
from screens.wording import where

STATES = {
    "expected": N_("à venir"),
    "present": N_("sur place"),
    "late": N_("sur place, après l'heure"),
    "left_early": N_("départ avant la fin"),
    "left": N_("départ"),
    "excused": N_("absence excusée"),
    "absent": N_("absence"),
    "waiting": N_("liste d'attente"),
}


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

    time = clock(at)
    with open_kiosk() as kiosk:
        wish, desk = Wish(half_day, join=stay), kiosk.desk(time)
        outcome = kiosk.database.write(check_in, desk, code, Way.COMMAND, time.now(), wish).result()
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


@app.command()
def roster(date: DateOption = None, as_json: JsonOption = False, at: AtOption = None) -> None:
    """Montrer les listes d'un jour : qui est attendu, qui est là, depuis quand."""
    from models.roster import HalfDayRoster, rosters

    translate = operator()
    now = clock(at).now()
    with open_kiosk() as kiosk:
        on, policy = parse_day(date, now), kiosk.settings.policy
        lists: list[HalfDayRoster]
        lists = kiosk.database.write(rosters, kiosk.settings.corner, on, policy, now).result()
    if as_json:
        print_json([_roster_json(one) for one in lists])
        return
    if not lists:
        typer.echo(translate("Aucun atelier ce jour-là."))
    for one in lists:
        about = where(one.half_day, operator_language())
        typer.echo(f"{when(one.half_day)} · {about} · {one.booked}/{one.capacity}")
        for person in one.people:
            since = f"{local(person.reckoning.arrived_at):%H:%M}" if person.reckoning.arrived_at else "     "
            named = "waiting" if person.waiting else person.reckoning.state
            state = translate(STATES[named])
            mark = translate("  (sans réservation)") if person.walk_in else ""
            typer.echo(f"  {since}  {state:<25}  {person.label}{mark}")


def _roster_json(one: Any) -> dict[str, Any]:  # noqa: ANN401 (HalfDayRoster, imported late)
    def line(person: Any) -> dict[str, Any]:  # noqa: ANN401
        return {
            "reference": person.reference,
            "name": person.name,
            "state": person.reckoning.state,
            "arrived_at": moment_json(person.reckoning.arrived_at),
            "left_at": moment_json(person.reckoning.left_at),
            "minutes": person.reckoning.minutes,
            "walk_in": person.walk_in,
            "booked_by": person.booked_by,
        }

    return {
        "half_day": half_day_json(one.half_day),
        "capacity": one.capacity,
        "booked": one.booked,
        "cancelled": one.cancelled,
        "people": [line(person) for person in one.people if not person.waiting],
        "waiting": [line(person) for person in one.people if person.waiting],
    }
