"""The figures of a day: ``day``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from assets.languages import day as said_day
from assets.review import BY_ID, DAY, FIGURES, Of
from kiosk.commands.shared import (
    AtOption,
    DateOption,
    JsonOption,
    app,
    clock,
    half_day_json,
    open_kiosk,
    operator,
    operator_language,
    parse_day,
    print_json,
)
from screens.staff.review_words import figure_number, figure_said
from screens.wording import where

if TYPE_CHECKING:
    from models.review.day import Day
    from models.review.tally import Tally

_IDS = tuple(figure.id for figure in FIGURES if figure.of is not Of.WHOLE)


@app.command()
def day(date: DateOption = None, as_json: JsonOption = False, at: AtOption = None) -> None:
    """Montrer les chiffres d'un jour, par demi-journée et en tout."""
    from models.review.day import day_of

    now = clock(at).now()
    with open_kiosk() as kiosk:
        corner, policy = kiosk.settings.corner, kiosk.settings.policy
        found = kiosk.database.read(day_of, corner, parse_day(date, now), policy, now).result()
    if as_json:
        print_json(_json(found, corner))
    else:
        _print(found)


def _json(found: Day, corner: str) -> dict[str, Any]:
    return {
        "corner": corner,
        "date": found.on.isoformat(),
        "figures": _figures(found.whole),
        "half_days": [
            {"half_day": half_day_json(held.half_day), "figures": _figures(figures)}
            for held, figures in zip(found.half_days, found.tallies, strict=True)
        ],
    }


def _figures(figures: Tally) -> dict[str, float | None]:
    """Figures by their ids; a rate as a part of one."""
    return {id_: figure_number(figures.figure(id_), BY_ID[id_].unit) for id_ in _IDS}


def _print(found: Day) -> None:
    translate, language = operator(), operator_language()
    typer.echo(f"{said_day(found.on, language)} {found.on.year}")
    if not found.half_days:
        typer.echo(translate("Aucun atelier ce jour-là."))
        return
    heads = [translate("En tout"), *(where(held.half_day, language) for held in found.half_days)]
    for head, figures in zip(heads, (found.whole, *found.tallies), strict=True):
        typer.echo(f"\n{head}")
        for id_ in _IDS:
            value = figures.figure(id_)
            if value or id_ in DAY:
                said = figure_said(value, BY_ID[id_].unit, language)
                typer.echo(f"  {said:>10}  {translate(BY_ID[id_].name)}")
