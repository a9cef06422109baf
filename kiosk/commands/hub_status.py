"""How the hub's kiosks are, and whether an erasure has reached each of them: ``hub status``."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from assets.languages import N_, Translate
from kiosk.commands.hub import AddressOption, address_given, hub, state_of
from kiosk.commands.shared import JsonOption, clock, moment_json, operator, operator_language, print_json
from kiosk.sync import hub_admin
from kiosk.sync.hub_admin import Node, Proof
from kiosk.trouble import Trouble
from models.issuing import participant_id
from screens.staff.sharing_words import moment_said


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
        *((node.corner, node.name, node.id, state_of(node, translate, now)) for node in found),
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
