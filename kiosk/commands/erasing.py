"""Erasing a person: ``person erase``."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assets.languages import N_, Counted, Translate
from kiosk.commands.person import ReferenceArgument, person
from kiosk.commands.shared import AtOption, JsonOption, clock, open_kiosk, operator, print_json
from kiosk.erasing import leave_no_trace
from kiosk.trouble import Trouble
from models.erasing import Erasure, erase, what_goes
from models.finding import person_by_reference
from models.words import ERASURES

if TYPE_CHECKING:
    from datetime import datetime

    from models.connection import Connection

ASKED, *_MORE, _ELSEWHERE = ERASURES
_CHOSEN = (ASKED, *_MORE)
"""What somebody can say; that it was said elsewhere nobody does."""

GOES = {
    "walk_ins": Counted("{n} nom d'une venue sans réservation", "{n} noms de venues sans réservation"),
    "codes": Counted("{n} carte ou code qui marche", "{n} cartes ou codes qui marchent"),
    "advice": Counted("{n} conseil avec sa note", "{n} conseils avec leurs notes"),
    "steps": Counted("{n} étape cochée", "{n} étapes cochées"),
    "to_come": Counted("{n} place à venir, de nouveau libre", "{n} places à venir, de nouveau libres"),
}
STAYS = {
    "half_days": Counted("{n} demi-journée avec ses minutes", "{n} demi-journées avec leurs minutes"),
    "assessments": Counted("{n} auto-évaluation", "{n} auto-évaluations"),
}
"""Counts of an erasure, by the name of its field."""


@person.command("erase")
def erase_person(
    reference: ReferenceArgument,
    reason: Annotated[
        str, typer.Option("--reason", help="Pourquoi : asked, long_ago ou mistake.", metavar="MOT")
    ] = ASKED,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ne rien demander.")] = False,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Effacer une personne ici et partout ; les totaux restent, sans elle."""
    translate, now = operator(), clock(at).now()
    if reason not in _CHOSEN:
        raise Trouble(
            N_("« {word} » n'est pas une raison : choisissez parmi {known}."),
            word=reason[:20],
            known=", ".join(_CHOSEN),
        )
    with open_kiosk() as kiosk:
        found = kiosk.database.read(_found, reference.strip(), now).result()
        if found is None:
            raise Trouble(N_("Personne n'a cette référence : vérifiez-la."))
        if not yes:
            _ask(found, translate)
        people = kiosk.database.write(erase, kiosk.author(now), found.person_id, reason).result()
        scrubbed = leave_no_trace(kiosk.database, people).result()
    if as_json:
        print_json(
            {"person": found.person_id, "erased": list(people), "scrubbed": scrubbed}
            | {name: count for name, count in asdict(found).items() if name in GOES | STAYS}
        )
        return
    typer.echo(translate("C'est effacé ici. Les autres bornes l'apprennent à leur prochain passage."))
    if not scrubbed:
        typer.echo(
            translate("Une autre lecture est en cours : les dernières traces partent à la fin de celle-ci.")
        )


def _found(conn: Connection, reference: str, now: datetime) -> Erasure | None:
    return what_goes(conn, person_by_reference(conn, reference) or reference, now)


def _ask(found: Erasure, translate: Translate) -> None:
    """Say what goes and what stays, and go on only after a yes.

    Raises:
        Trouble: nobody is there to say it.
    """
    counts = asdict(found)
    typer.echo(translate("Ce qui part : nom, référence et langue de {name}", name=found.name), err=True)
    for name, sentence in GOES.items():
        if counts[name]:
            typer.echo("  " + translate(sentence, n=counts[name]), err=True)
    typer.echo(translate("Ce qui reste, sans nom, dans les totaux :"), err=True)
    for name, sentence in STAYS.items():
        typer.echo("  " + translate(sentence, n=counts[name]), err=True)
    if not os.isatty(0):
        raise Trouble(N_("Rien n'est effacé : ajoutez « --yes » pour le faire sans question."))
    if not typer.confirm(translate("Effacer pour toujours ?"), err=True):
        raise Trouble(N_("Rien n'est effacé."))
