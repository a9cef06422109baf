"""Sharing the log: ``kiosk sync``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assets.languages import N_, Counted, Translate
from kiosk.commands.shared import JsonOption, OpenKiosk, app, clock, open_kiosk, operator, print_json
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from kiosk.sync.cycle import Round
    from kiosk.sync.enrolment import Enrolment
    from kiosk.sync.joined import Joined
    from kiosk.sync.link import Hub

NOT_ENROLLED = N_(
    "Cette borne n'est inscrite à aucun réseau : demandez une inscription, puis lancez"
    " « kiosk sync --join FICHIER »."
)

JoinOption = Annotated[
    Path | None,
    typer.Option(
        "--join", help="Inscrire cette borne au réseau, avec ce fichier d'inscription.", metavar="FICHIER"
    ),
]


ToOption = Annotated[
    Path | None,
    typer.Option(
        "--to",
        help="Sans réseau : écrire ce fichier chiffré, par exemple sur une clé USB.",
        metavar="FICHIER",
    ),
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", help="Sans réseau : prendre ce qu'un tel fichier apporte.", metavar="FICHIER"),
]
AllOption = Annotated[
    bool, typer.Option("--all", help="Avec --to : tout le journal, pour une borne neuve ou qui a tout perdu.")
]


WatchOption = Annotated[bool, typer.Option("--watch", help="Continuer, jusqu'à ce qu'on l'arrête (Ctrl+C).")]


@app.command()
def sync(
    join: JoinOption = None,
    to: ToOption = None,
    from_: FromOption = None,
    everything: AllOption = False,
    watch: WatchOption = False,
    as_json: JsonOption = False,
) -> None:
    """Échanger avec les autres bornes du lieu : envoyer ce qui est nouveau ici, recevoir le reste."""
    from kiosk.commands.carrying import carry
    from kiosk.commands.watching import keep_sharing
    from kiosk.signals import hold_ends, told_to_end
    from kiosk.sync.cycle import BACKLOG, unhurried
    from kiosk.sync.trouble import HubProblem, HubTrouble
    from kiosk.sync.wiping import WIPED, wipe_delivered
    from models.sync.state import note_trouble, state_of

    translate, now = operator(), clock().now
    if everything and to is None:
        raise Trouble(N_("« --all » va avec « --to » : dites quel fichier écrire."))
    if watch and (to is not None or from_ is not None):
        raise Trouble(N_("« --watch » passe par le réseau : lancez « --to » ou « --from » à part."))
    if watch:
        hold_ends()
    with open_kiosk() as kiosk:
        if to is not None or from_ is not None:
            carry(kiosk, join, from_, to, now(), everything=everything, as_json=as_json)
            return
        if join is not None:
            _join(kiosk, join, now)
            if not as_json:
                typer.echo(translate("Cette borne est inscrite : effacez le fichier d'inscription."))
        joined = joined_kiosk(kiosk)
        if watch:
            keep_sharing(joined, now, told_to_end, as_json=as_json)
            return
        try:
            hub = joined.connect()
        except HubTrouble as trouble:
            kiosk.database.write(
                note_trouble, trouble.problem
            ).result()  # the team and the doctor are told too
            raise
        try:
            # Whoever has shared before may have its screen open, and somebody in front of it.
            if kiosk.database.read(state_of).result().cursor:
                done = joined.round(hub, now)
            else:
                with unhurried(kiosk.database):
                    done = joined.round(hub, now, page=BACKLOG)
        except HubTrouble as trouble:
            if trouble.problem == HubProblem.REVOKED and wipe_delivered(kiosk.home, kiosk.database, hub):
                raise Trouble(WIPED) from None
            raise
        finally:
            hub.close()
    if as_json:
        print_json(round_json(done))
    else:
        for line in told(done, translate):
            typer.echo(line)
    if done.left.refused:
        raise typer.Exit(1)


def joined_kiosk(kiosk: OpenKiosk) -> Joined:
    """This kiosk as the hub knows it.

    Raises:
        Trouble: it is not enrolled.
    """
    from kiosk.sync.enrolment import enrolment_of
    from kiosk.sync.joined import Joined

    enrolment = enrolment_of(kiosk.home)
    if enrolment is None:
        raise Trouble(NOT_ENROLLED)
    return Joined(kiosk.home, kiosk.database, enrolment, kiosk.kiosk_id, kiosk.settings.policy)


def _join(kiosk: OpenKiosk, file: Path, now: Callable[[], datetime]) -> None:
    """Tie this kiosk to its place at the hub.

    Raises:
        Trouble: it is tied to it already, or it is not tied yet.
    """
    from kiosk.sync.cycle import Cycle
    from kiosk.sync.enrolment import enrolment_of, read_enrolment
    from kiosk.sync.greeting import Here
    from kiosk.sync.joined import USED_HERE, join
    from kiosk.sync.link import connect
    from kiosk.sync.trouble import HubProblem, HubTrouble

    def greet(enrolment: Enrolment) -> Hub:
        hub = connect(enrolment, kiosk.home.hub_ca_file)
        try:
            here = Here(kiosk.kiosk_id, enrolment.corner, kiosk.settings.policy)
            Cycle(kiosk.database, hub, here, now).greet()
        except BaseException:
            hub.close()
            raise
        return hub

    try:
        join(kiosk.home, file, kiosk.settings.corner, greet)
    except HubTrouble as trouble:
        kept = enrolment_of(kiosk.home)
        if kept is None:
            raise trouble.while_joining() from None
        if trouble.problem == HubProblem.NO_ENTRY and kept.node == read_enrolment(file).node:
            # The file has served; what was made of it may still open.
            joined_kiosk(kiosk).connect().close()
            raise Trouble(USED_HERE) from None
        raise


def told(done: Round, translate: Translate) -> list[str]:
    """What a round has come to, in sentences."""
    lines = [
        translate(Counted("{n} ligne envoyée.", "{n} lignes envoyées."), n=done.sent),
        translate(Counted("{n} ligne reçue.", "{n} lignes reçues."), n=done.taken),
    ]
    if done.left.number:
        lines.append(translate(Counted("{n} ligne à envoyer.", "{n} lignes à envoyer."), n=done.left.number))
    if done.left.refused:
        refused = Counted(
            "{n} ligne refusée par le serveur : elle reste ici ; montrez-la au service technique.",
            "{n} lignes refusées par le serveur : elles restent ici ; montrez-les au service technique.",
        )
        lines.append(translate(refused, n=done.left.refused))
    if done.clock_is_off:
        seconds = round(done.skew.total_seconds())
        lines.append(
            translate(
                "L'horloge de la borne n'est pas à l'heure du serveur : réglez-la. Secondes d'écart : {n}",
                n=f"{seconds:+d}",
            )
        )
    return lines


def round_json(done: Round) -> dict[str, int | bool]:
    """What a round has come to, for a program."""
    return {
        "sent": done.sent,
        "received": done.taken,
        "pending": done.left.number,
        "refused": done.left.refused,
        "skew_ms": round(done.skew.total_seconds() * 1000),
        "clock_ok": not done.clock_is_off,
    }
