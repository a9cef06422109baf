"""Looking after the hub: ``hub init``, ``enrol``, ``revoke``, ``status``, ``take``, ``restored``."""

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
    JsonOption,
    app,
    clock,
    moment_json,
    operator,
    operator_language,
    print_json,
    write_out,
)
from kiosk.home import find_home
from kiosk.own_facts import use_own_corners
from kiosk.sync import hub_admin
from kiosk.sync.hub_admin import Node, Proof
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.issuing import participant_id
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
    url: Annotated[str, typer.Argument(help="Adresse de la base.", metavar="ADRESSE")] = os.environ.get(
        ADDRESS, ""
    ),
) -> None:
    """Préparer une base PostgreSQL pour les bornes, ou la mettre à jour."""
    translate = operator()
    if hub_admin.make_hub(address_given(url)):
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
    hub_admin.revoke(address, found.id, at_once=now)
    if now:
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
    typer.echo("  " + _state(found, translate, clock().now()), err=True)
    typer.echo(
        translate("Elle envoie ce qu'elle a encore, puis efface tout ce qu'elle garde, pour toujours."),
        err=True,
    )
    if not os.isatty(0):
        raise Trouble(N_("Rien n'est retiré : ajoutez « --yes » pour le faire sans question."))
    if not typer.confirm(translate("Retirer cette borne ?"), err=True):
        raise Trouble(N_("Rien n'est retiré."))


@hub.command()
def status(
    who: Annotated[
        str | None,
        typer.Argument(help="Avec --erased : une seule personne, par référence ou identifiant."),
    ] = None,
    address: AddressOption = "",
    erased: Annotated[
        bool, typer.Option("--erased", help="Pour chaque personne effacée, quelles bornes l'ont fait.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Montrer chaque borne : quand elle a parlé, ce qu'elle doit encore envoyer, son horloge."""
    translate = operator()
    if erased:
        _show_erased(address_given(address), who, translate, as_json=as_json)
        return
    found = hub_admin.nodes(address_given(address))
    if as_json:
        print_json([_node_json(node) for node in found])
        return
    now = clock().now()
    heads = ("SmartCorner", translate("Borne"), translate("Identifiant"), translate("État"))
    for corner, name, id_, state in [
        heads,
        *((node.corner, node.name, node.id, _state(node, translate, now)) for node in found),
    ]:
        typer.echo(f"{corner:<18} {name:<16} {id_:<16}  {state}")


def _show_erased(address: str, who: str | None, translate: Translate, *, as_json: bool) -> None:
    """The proof, kiosk by kiosk; the command fails as long as one is missing, and where nothing is known."""
    people = (who, participant_id(who)) if who else ()
    found = hub_admin.proofs(address, people)
    if as_json:
        print_json([_proof_json(proof) for proof in found])
    else:
        now = clock().now()
        for proof in found:
            said = _told(proof, translate, now)
            typer.echo(f"{proof.person_id}  {proof.corner:<18} {proof.name:<16} {said}")
        if not found and not who:
            typer.echo(translate("Personne d'effacé."))
    if who and not found:
        raise Trouble(
            N_("{who} : aucun effacement connu du serveur ; vérifiez la référence, ou attendez la borne."),
            who=who[:40],
        )
    if any(not (proof.told or proof.gone) for proof in found):
        raise typer.Exit(1)


def _told(proof: Proof, translate: Translate, now: datetime) -> str:
    """Whether a kiosk has been told, in words."""
    if proof.told:
        return translate("fait")
    if proof.gone:
        return translate("borne effacée")
    if proof.refused:
        return translate("retirée, n'entre plus : à vérifier sur place")
    if proof.last_seen is None:
        return translate("pas encore")
    return translate(
        "pas encore, vue {moment}", moment=moment_said(proof.last_seen, now, operator_language())
    )


def _proof_json(proof: Proof) -> dict[str, Any]:
    return {
        "person": proof.person_id,
        "erased": moment_json(proof.at),
        "corner": proof.corner,
        "kiosk": proof.kiosk,
        "name": proof.name,
        "last_seen": moment_json(proof.last_seen),
        "done": proof.told or proof.gone,
    }


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
    typer.echo(translate(Counted("{n} ligne prise.", "{n} lignes prises."), n=done.taken))
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
    hub_admin.begin_new_life(address_given(address))
    typer.echo(translate("C'est noté : chaque borne renvoie tout à son prochain passage."))


def _state(node: Node, translate: Translate, now: datetime) -> str:
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


def _node_json(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "corner": node.corner,
        "name": node.name,
        "kiosk": node.kiosk_id,
        "joined": moment_json(node.joined_at),
        "last_seen": moment_json(node.last_seen),
        "revoked": moment_json(node.revoked_at),
        "refused_since": moment_json(node.refused_at),
        "wiped": moment_json(node.wiped_at),
        "version": node.app_version,
        "pending": node.pending,
        "refused_rows": node.refused,
        "skew_ms": node.skew_ms,
        "behind": node.behind,
    }
