"""The report of a period: ``report``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assets.facts import corners
from assets.languages import N_, local, translator
from assets.review import BY_ID, FORMATS, Split
from kiosk.commands.handing import hand_over
from kiosk.commands.shared import (
    AtOption,
    JsonOption,
    OpenKiosk,
    OutputOption,
    app,
    clock,
    open_kiosk,
    operator,
    operator_language,
    parse_day,
)
from kiosk.exports.formats import export
from kiosk.trouble import Trouble
from models.review.period import Kind, Period, known_as, period_of
from screens.staff.network_words import NETWORK_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.connection import Connection
    from models.log import Author
    from models.review.report import Report

TABLE = "table"


@app.command()
def report(
    first: Annotated[str | None, typer.Option("--from", help="Premier jour.", metavar="JOUR")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Dernier jour.", metavar="JOUR")] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", help="table, json, csv, xlsx ou pdf (sinon : la fin du nom de -o).", metavar="FORMAT"
        ),
    ] = None,
    outside: Annotated[
        bool, typer.Option("--outside", help="Sans les petits groupes : pour l'envoyer ailleurs.")
    ] = False,
    network: Annotated[
        bool, typer.Option("--network", help="Tout le réseau, un SmartCorner par ligne (coordination).")
    ] = False,
    output: OutputOption = None,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Faire le bilan d'une période (sans dates : le mois passé)."""
    time = clock(at)
    # What has not been is in no report.
    time.check_not_ahead()
    now = time.now()
    wanted = format_named(format_, output, as_json=as_json)
    period = period_named(first, last, now)
    with open_kiosk() as kiosk:
        corner, policy = kiosk.settings.corner, kiosk.settings.policy
        stderr = typer.get_text_stream("stderr")
        with typer.progressbar(
            length=100, label=operator()("Calcul"), hidden=not stderr.isatty(), file=stderr
        ) as bar:

            def told(done: int, of: int) -> None:
                bar.update(round(100 * done / of) - bar.pos)

            if network:
                made = _of_network(kiosk, period)
            else:
                made = kiosk.database.read(_rule(outside=outside), corner, period, policy, now, told).result()
        if made is None:
            raise Trouble(
                N_("Hors du SmartCorner, seulement des mois entiers et finis : choisissez d'autres dates.")
            )
        if wanted == TABLE:
            _print(made)
            return
        if as_json and output is None:
            output = Path("-")
        language = kiosk.settings.language
        name = translator(language)(NETWORK_NAME) if network else corners()[corner].name
        file = export(made, wanted, name, language, now)

        def note(conn: Connection, author: Author, sha256: str) -> None:
            from models.review.exporting import Exported, report_exported

            what = Exported(period, wanted, file.rows, sha256, made.masked, network)
            report_exported(conn, author, corner, what)

        hand_over(kiosk, output or Path(file.name), file.data, note, now)


def _of_network(kiosk: OpenKiosk, period: Period) -> Report | None:
    """The report of every corner, as the hub tells it to a coordinator.

    Raises:
        Trouble: nobody sees the network from here, or the hub does not answer.
    """
    from kiosk.sync.coordinator import ask_network
    from models.network.report import report_of_network

    return report_of_network(ask_network(kiosk.home, period.first, period.last), period)


def format_named(said: str | None, output: Path | None, *, as_json: bool) -> str:
    """The format that is asked for; where none is said it is the end of the file's name.

    Raises:
        Trouble: there is no such format, two are asked for, or a table would go into a file.
    """
    asked = said.strip().casefold() if said is not None else None
    if as_json and asked not in (None, "json"):
        raise Trouble(N_("« --json » et « --format » ne vont pas ensemble : donnez l'un ou l'autre."))
    into = None if output is None or str(output) == "-" else output.suffix.casefold().lstrip(".")
    wanted = "json" if as_json else asked or (into if into in FORMATS else TABLE)
    if wanted not in (TABLE, *FORMATS):
        raise Trouble(
            N_("« {text} » n'est pas un format : écrivez table, json, csv, xlsx ou pdf."), text=said
        )
    if wanted == TABLE and into is not None:
        raise Trouble(N_("Un fichier demande un format : ajoutez « --format » avec csv, xlsx, pdf ou json."))
    return wanted


def period_named(first: str | None, last: str | None, now: datetime) -> Period:
    """The days that two options name; a whole month, quarter or year is known as one.

    Raises:
        Trouble: one is no day, or they stand the wrong way round.
    """
    today = local(now).date()
    if first is None and last is None:
        return period_of(Kind.MONTH, today).before
    until = parse_day(last, now)
    since = parse_day(first, now) if first is not None else until.replace(day=1)
    if since > until:
        raise Trouble(N_("« --from » vient après « --to » : échangez ces deux jours."))
    return known_as(since, until)


def _rule(*, outside: bool) -> Callable[..., Report | None]:
    from models.review.masking import masked_report
    from models.review.report import report_of

    return masked_report if outside else report_of


def _print(made: Report) -> None:
    """Every line with its figures, one figure a line; of a part only what is not nought."""
    from kiosk.exports.lines import is_hidden, lines_of
    from screens.staff.review_words import figure_said, hidden

    translate, language = operator(), operator_language()
    for line in lines_of(made, language):
        if line.split is Split.HALF_DAY:
            continue  # as long as the period: ``--format csv``
        typer.echo(f"\n{line.of} · {line.name}")
        for id_, value in line.figures.items():
            if is_hidden(made, line, id_):
                said = hidden(language)
            elif value or line.split is None:
                said = figure_said(value, BY_ID[id_].unit, language)
            else:
                continue
            typer.echo(f"  {said:>10}  {translate(BY_ID[id_].name)}")
