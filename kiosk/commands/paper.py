"""Papers for an office: ``sheet`` and ``certificate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assets.facts import corners
from assets.languages import N_
from kiosk.commands.handing import hand_over
from kiosk.commands.shared import (
    AtOption,
    DateOption,
    OutputOption,
    app,
    clock,
    open_kiosk,
    parse_day,
)
from kiosk.printing import certificate_name, sheet_name
from kiosk.trouble import Trouble
from models.documents import (
    CERTIFICATE,
    SHEET,
    Certificate,
    Sheet,
    certificate_of,
    document_made,
    sheet_of,
    sheet_of_roster,
)
from models.finding import person_by_reference
from models.roster import rosters

if TYPE_CHECKING:
    from datetime import date, datetime

    from models.connection import Connection
    from models.log import Author
    from models.policy import Policy


@app.command()
def sheet(
    date: DateOption = None,
    half_day: Annotated[
        str | None, typer.Option("--half-day", help="Une seule demi-journée, par son identifiant.")
    ] = None,
    output: OutputOption = None,
    at: AtOption = None,
) -> None:
    """Faire la feuille de présence d'un jour, à imprimer."""
    from kiosk.paper.sheets import sheet_pdf

    if date is not None and half_day is not None:
        raise Trouble(N_("« --date » et « --half-day » ne vont pas ensemble : donnez l'un ou l'autre."))
    now = clock(at).now()
    on = parse_day(date, now)
    with open_kiosk() as kiosk:
        corner, policy = kiosk.settings.corner, kiosk.settings.policy
        sheets = kiosk.database.read(_sheets, corner, half_day, on, policy, now).result()
        if not sheets and half_day is not None:
            raise Trouble(
                N_("Cette demi-journée est inconnue ici : cherchez-la avec « kiosk roster --json ».")
            )
        if not sheets:
            raise Trouble(N_("Aucun atelier ce jour-là : vérifiez le jour."))
        data = sheet_pdf(
            sheets, corner_name=corners()[corner].name, made_at=now, language=kiosk.settings.language
        )
        if output is None:
            output = Path(f"feuille-{on}.pdf" if half_day is None else sheet_name(sheets[0].half_day))

        def note(conn: Connection, author: Author, sha256: str) -> None:
            for one in sheets:
                document_made(conn, author, SHEET, one.half_day.id, sha256)

        hand_over(kiosk, output, data, note, now)


def _sheets(
    conn: Connection, corner_id: str, half_day_id: str | None, on: date, policy: Policy, now: datetime
) -> list[Sheet]:
    """The sheets of a corner's day, or the one that is named."""
    if half_day_id is None:
        return [sheet_of_roster(conn, one) for one in rosters(conn, corner_id, on, policy, now)]
    one = sheet_of(conn, half_day_id, policy, now)
    return [one] if one is not None and one.half_day.corner_id == corner_id else []


@app.command()
def certificate(
    reference: Annotated[str, typer.Argument(help="Référence de la personne.")],
    first: Annotated[
        str | None,
        typer.Option("--from", help="Premier jour (sinon : depuis le début).", metavar="JOUR"),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", help="Dernier jour (sinon aujourd'hui).", metavar="JOUR")
    ] = None,
    output: OutputOption = None,
    at: AtOption = None,
) -> None:
    """Faire l'attestation de présence d'une personne, à imprimer."""
    from kiosk.paper.certificates import certificate_pdf

    now = clock(at).now()
    since = None if first is None else parse_day(first, now)
    until = parse_day(last, now)
    if since is not None and since > until:
        raise Trouble(N_("« --from » vient après « --to » : échangez ces deux jours."))
    with open_kiosk() as kiosk:
        corner, policy = kiosk.settings.corner, kiosk.settings.policy
        told = kiosk.database.read(_certificate, corner, reference, since, until, policy, now).result()
        if told is None:
            raise Trouble(
                N_("La référence « {reference} » est inconnue : vérifiez-la dans la liste."),
                reference=reference[:40],
            )
        if not told.lines:
            raise Trouble(N_("Pas d'heures à attester pour ces jours : vérifiez les dates."))
        data = certificate_pdf(
            told, corner_name=corners()[corner].name, made_at=now, language=kiosk.settings.language
        )

        def note(conn: Connection, author: Author, sha256: str) -> None:
            document_made(conn, author, CERTIFICATE, told.person_id, sha256, told.first, told.last)

        hand_over(kiosk, output or Path(certificate_name(told.person_id, told.last)), data, note, now)


def _certificate(
    conn: Connection,
    corner_id: str,
    reference: str,
    first: date | None,
    last: date,
    policy: Policy,
    now: datetime,
) -> Certificate | None:
    person_id = person_by_reference(conn, reference.strip())
    if person_id is None:
        return None
    return certificate_of(conn, corner_id, person_id, first, last, policy, now)
