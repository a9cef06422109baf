"""Erasing a person: ``person erase``."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assets.languages import N_, Translate
from kiosk.commands.person import ReferenceArgument, person
from kiosk.commands.shared import AtOption, JsonOption, clock, open_kiosk, operator, print_json
from kiosk.erasing import leave_no_trace
from kiosk.trouble import Trouble
from models.erasing import Erasure, erase, what_goes
from models.finding import person_by_reference
from models.sync.state import may_erase
from models.words import ERASURES
from screens.staff.erasing_words import GOES, STAYS, WHY

if TYPE_CHECKING:
    from datetime import datetime

    from models.connection import Connection


@person.command("erase")
def erase_person(
    reference: ReferenceArgument,
    reason: Annotated[
        str, typer.Option("--reason", help="Pourquoi : asked, long_ago ou mistake.", metavar="MOT")
    ] = ERASURES[0],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ne rien demander.")] = False,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Effacer une personne ici et partout ; les totaux restent, sans elle."""
    translate, now = operator(), clock(at).now()
    if reason not in WHY:
        raise Trouble(
            N_("« {word} » n'est pas une raison : choisissez parmi {known}."),
            word=reason[:20],
            known=", ".join(WHY),
        )
    with open_kiosk() as kiosk:
        found = kiosk.database.read(_found, reference.strip(), now).result()
        if found is None:
            raise Trouble(N_("Personne n'a cette référence : vérifiez-la."))
        if not kiosk.database.read(may_erase).result():
            raise Trouble(N_("Le réseau ne permet pas d'effacer sur cette borne : faites-le sur une autre."))
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
    typer.echo(translate("C'est effacé."))
    typer.echo(translate("S'il y a d'autres bornes, elles l'apprennent par le serveur ou par clé USB."))
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
    typer.echo(translate("Effacer {name} ?", name=found.name), err=True)
    typer.echo(translate("Part pour toujours"), err=True)
    typer.echo("  " + translate("Nom, référence, langue"), err=True)
    for name, sentence in GOES.items():
        if counts[name]:
            typer.echo("  " + translate(sentence, n=counts[name]), err=True)
    typer.echo(translate("Reste, sans nom"), err=True)
    for name, sentence in STAYS.items():
        typer.echo("  " + translate(sentence, n=counts[name]), err=True)
    typer.echo(translate("Les totaux ne changent pas. Rien ne peut être repris."), err=True)
    if not os.isatty(0):
        raise Trouble(N_("Rien n'est effacé : ajoutez « --yes » pour le faire sans question."))
    if not typer.confirm(translate("Effacer pour toujours ?"), err=True):
        raise Trouble(N_("Rien n'est effacé."))
