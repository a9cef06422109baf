"""Looking after the hub: ``hub init``, ``enrol``, ``revoke``, ``take``, ``restored``."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from assets.facts import corners
from assets.languages import N_, Counted, Translate
from kiosk.commands.shared import (
    app,
    clock,
    operator,
    operator_language,
    write_out,
)
from kiosk.home import find_home
from kiosk.own_facts import use_own_corners
from kiosk.sync import hub_admin, hub_database
from kiosk.sync.hub_admin import Node
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.sync.state import TOO_FAR
from screens.staff.review_words import corner_name
from screens.staff.sharing_words import moment_said


class _ForTheKeeper(TyperGroup):
    """What goes wrong is said to whoever looks after the server, not to somebody before a kiosk."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (Typer keeps its context to itself)
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except HubTrouble as trouble:
            raise trouble.for_the_keeper() from None


hub = typer.Typer(
    name="hub",
    cls=_ForTheKeeper,
    help="Le serveur partagé des bornes, pour qui s'en occupe.",
    no_args_is_help=True,
    add_completion=False,
)
app.add_typer(hub)

ADDRESS = "KIOSK_HUB"
"""The variable that holds the address where it is not given: it may hold a password."""

AddressOption = Annotated[
    str,
    typer.Option(
        "--hub",
        envvar=ADDRESS,
        help="Adresse de la base, postgresql://NOM@SERVEUR/BASE.",
        metavar="ADRESSE",
        show_default=False,
        show_envvar=True,
    ),
]


def address_given(address: str) -> str:
    """The address that was given.

    Raises:
        Trouble: there is none.
    """
    if not address:
        raise Trouble(N_("Il manque l'adresse du serveur : donnez-la avec --hub, ou dans KIOSK_HUB."))
    return address


@hub.command()
def init(
    url: Annotated[
        str, typer.Argument(help="Adresse de la base.", metavar="ADRESSE", show_default=False)
    ] = os.environ.get(ADDRESS, ""),
) -> None:
    """Préparer une base PostgreSQL pour les bornes, ou la mettre à jour."""
    translate = operator()
    if hub_database.make_hub(address_given(url)):
        typer.echo(translate("Le serveur est prêt : inscrivez chaque borne avec « kiosk hub enrol »."))
    else:
        typer.echo(translate("Le serveur est à jour."))


@hub.command()
def enrol(
    corner: Annotated[str, typer.Option("--corner", help="Identifiant du SmartCorner.")],
    name: Annotated[str, typer.Option("--name", help="Nom de la borne, par exemple Tablette.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Fichier d'inscription à écrire.")],
    address: AddressOption = "",
    host: Annotated[str, typer.Option("--host", help="Nom du serveur vu par les bornes.")] = "",
    ca: Annotated[
        Path | None, typer.Option("--ca", help="Certificat de l'autorité du serveur (PEM).")
    ] = None,
    no_erase: Annotated[
        bool, typer.Option("--no-erase", help="Cette borne ne peut pas effacer de personne.")
    ] = False,
) -> None:
    """Inscrire une borne : le fichier se porte à la borne par clé USB et ne sert qu'une fois."""
    translate, home = operator(), find_home()
    use_own_corners(home)
    if corner not in corners():
        raise Trouble(
            N_("« {corner} » n'est pas un lieu connu : choisissez parmi {known}."),
            corner=corner[:40],
            known=", ".join(corners()),
        )
    made = hub_admin.enrol(
        address_given(address),
        home,
        corner,
        name[:40],
        host=host,
        ca=certificate(ca) if ca is not None else "",
        may_erase=not no_erase,
    )
    write_out(output, made.text.encode())
    typer.echo(
        translate(
            "Borne {node} inscrite. Portez {path} à la borne, puis lancez-y « kiosk sync --join FICHIER »,"
            " et effacez le fichier.",
            node=made.node,
            path=output,
        )
    )


def certificate(path: Path) -> str:
    """A certificate as text.

    Raises:
        Trouble: the file is none.
    """
    try:
        text = path.read_text("ascii")
    except (OSError, ValueError):
        text = ""
    if "BEGIN CERTIFICATE" not in text:
        raise Trouble(
            N_("Le fichier {path} n'est pas un certificat : donnez celui de l'autorité (PEM)."), path=path
        )
    return text


@hub.command()
def revoke(
    node: Annotated[str, typer.Argument(help="Borne, telle que « kiosk hub status » la nomme.")],
    address: AddressOption = "",
    now: Annotated[
        bool, typer.Option("--now", help="Tout de suite, par exemple volée : elle n'envoie plus rien.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ne rien demander.")] = False,
) -> None:
    """Retirer une borne : elle envoie ce qu'elle a encore, puis s'efface ; avec --now, plus rien."""
    translate = operator()
    found = hub_admin.named(hub_admin.nodes(address_given(address)), node)
    # A stolen kiosk is not waited for; and one that goes already has nothing to lose by it.
    if not (now or yes or found.revoked_at):
        _ask_to_revoke(found, translate)
    if hub_admin.revoke(address, found.id, at_once=now):
        typer.echo(translate("Borne {name} retirée : elle n'entre plus.", name=found.name))
    else:
        typer.echo(
            translate(
                "Borne {name} retirée : elle envoie ce qu'elle a encore, puis elle s'efface.", name=found.name
            )
        )


def _ask_to_revoke(found: Node, translate: Translate) -> None:
    """Say which kiosk it is and what becomes of it, and go on only after a yes.

    Raises:
        Trouble: nobody is there to say it.
    """
    place = corner_name(found.corner)
    typer.echo(translate("Retirer la borne {name} ({corner}) ?", name=found.name, corner=place), err=True)
    typer.echo("  " + state_of(found, translate, clock().now()), err=True)
    typer.echo(
        translate("Elle envoie ce qu'elle a encore, puis efface tout ce qu'elle garde, pour toujours."),
        err=True,
    )
    if not os.isatty(0):
        raise Trouble(N_("Rien n'est retiré : ajoutez « --yes » pour le faire sans question."))
    if not typer.confirm(translate("Retirer cette borne ?"), err=True):
        raise Trouble(N_("Rien n'est retiré."))


@hub.command()
def take(
    file: Annotated[
        Path, typer.Argument(help="Fichier d'une borne (« kiosk sync --to »).", metavar="FICHIER")
    ],
    output: Annotated[Path, typer.Option("--out", help="Réponse à porter à la borne.", metavar="FICHIER")],
    address: AddressOption = "",
) -> None:
    """Prendre le fichier d'une borne sans réseau, et écrire la réponse qui lui revient."""
    from kiosk.sync.hub_file import exchange

    translate = operator()
    try:
        done = exchange(address_given(address), find_home(), file, output)
    except HubTrouble as trouble:
        if trouble.problem != HubProblem.NO_ENTRY:
            raise
        raise Trouble(
            N_(
                "Le serveur n'accepte pas ce compte, ou la borne de ce fichier n'est pas inscrite :"
                " regardez « kiosk hub status »."
            )
        ) from None
    if done.wiped:
        typer.echo(translate("Cette borne s'est effacée : c'est noté, il n'y a rien à lui porter."))
        return
    if done.taken:
        typer.echo(translate(Counted("{n} ligne prise.", "{n} lignes prises."), n=done.taken))
    elif not done.refused:
        typer.echo(translate("Rien de nouveau : le serveur a déjà tout ce que ce fichier apporte."))
    if done.refused:
        refused = Counted(
            "{n} ligne refusée : elle est mise de côté, et la borne le saura.",
            "{n} lignes refusées : elles sont mises de côté, et la borne le saura.",
        )
        typer.echo(translate(refused, n=done.refused))
    if done.trouble:
        typer.echo(translate("La borne ne reçoit rien des autres : la réponse lui dit pourquoi."))
    typer.echo(
        translate("Portez {path} à la borne, puis lancez-y « kiosk sync --from FICHIER ».", path=output)
    )


@hub.command()
def restored(address: AddressOption = "") -> None:
    """Dire que la base vient d'une sauvegarde : chaque borne lui offre de nouveau tout son journal."""
    translate = operator()
    hub_database.begin_new_life(address_given(address))
    typer.echo(translate("C'est noté : chaque borne renvoie tout à son prochain passage."))


def state_of(node: Node, translate: Translate, now: datetime) -> str:
    """How a kiosk is, in words."""
    if node.wiped_at is not None:
        return translate("effacée")
    if node.refused_at is not None:
        return translate("retirée, n'entre plus")
    parts = [translate("retirée")] if node.revoked_at is not None else []
    if node.last_seen is None:
        return ", ".join([*parts, translate("jamais vue")])
    parts += [
        translate("vue {moment}", moment=moment_said(node.last_seen, now, operator_language())),
        translate("à envoyer : {n}", n=node.pending or 0),
        translate("à recevoir : {n}", n=node.behind),
    ]
    if node.refused:
        parts.append(translate("refusées : {n}", n=node.refused))
    if node.skew_ms is not None and timedelta(milliseconds=abs(node.skew_ms)) > TOO_FAR:
        parts.append(translate("secondes d'écart de l'horloge : {n}", n=f"{node.skew_ms // 1000:+d}"))
    return ", ".join(parts)
