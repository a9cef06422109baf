"""``kiosk sync --from`` and ``--to``: what is exchanged with the others by a file on a USB stick."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from assets.languages import N_, Counted, Translate
from kiosk.commands.shared import OpenKiosk, operator, print_json
from kiosk.commands.sync import joined_kiosk
from kiosk.sync.by_file import FarewellFile, Received, take_file, write_file
from kiosk.sync.joined import Joined, join_unmet
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.sync.wiping import wipe_delivered
from kiosk.trouble import Trouble

WIPED_BY_STICK = N_(
    "Cette borne a été retirée du réseau : tout est arrivé, et ce qu'elle gardait est effacé ;"
    " portez encore {path} au serveur, qui le notera."
)


def carry(
    kiosk: OpenKiosk,
    join: Path | None,
    from_: Path | None,
    to: Path | None,
    now: datetime,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Take one file in, then write another: what has just come may go on to a third kiosk.

    A revoked kiosk whose rows have all arrived wipes itself; its last file says so to the hub.

    Raises:
        Trouble: one of both does not work, and what was taken before stands; or this kiosk has wiped itself.
    """
    translate = operator()
    if join is not None:
        join_unmet(kiosk.home, join, kiosk.settings.corner)
    joined = joined_kiosk(kiosk)
    done: dict[str, object] = {}
    if from_ is not None:
        try:
            received = _take(joined, from_, now, translate)
        except HubTrouble as trouble:
            farewell = FarewellFile(joined, to or from_, now)
            if trouble.problem == HubProblem.REVOKED and wipe_delivered(kiosk.home, kiosk.database, farewell):
                raise Trouble(WIPED_BY_STICK, path=farewell.path) from None
            raise
        done |= {"received": received.new, "known": received.known, "arrived": received.arrived}
        if not as_json:
            for line in _told(received, translate):
                typer.echo(line)
    if to is not None:
        done["written"] = write_file(joined, to, now, everything=everything)
        if not as_json:
            written = Counted(
                "{n} ligne dans {path} : portez-le à une autre borne du lieu, ou au serveur.",
                "{n} lignes dans {path} : portez-le à une autre borne du lieu, ou au serveur.",
            )
            typer.echo(translate(written, n=done["written"], path=to))
    if as_json:
        print_json(done)


def _take(joined: Joined, file: Path, now: datetime, translate: Translate) -> Received:
    """Take a file in, and show how far it is."""
    stderr = typer.get_text_stream("stderr")
    with typer.progressbar(
        length=100, label=translate("Lecture"), hidden=not stderr.isatty(), file=stderr
    ) as bar:
        return take_file(
            joined, file, now, lambda page, length: bar.update(round(100 * page / length) - bar.pos)
        )


def _told(received: Received, translate: Translate) -> list[str]:
    """What a file has brought."""
    lines = []
    if received.new:
        lines.append(translate(Counted("{n} ligne reçue.", "{n} lignes reçues."), n=received.new))
    if received.arrived:
        arrived = Counted(
            "{n} ligne de cette borne est arrivée au serveur.",
            "{n} lignes de cette borne sont arrivées au serveur.",
        )
        lines.append(translate(arrived, n=received.arrived))
    if received.early:
        lines.append(
            translate(
                "L'horloge de la borne retarde sur celle du serveur : réglez-la, puis reprenez ce fichier."
            )
        )
    elif received.void:
        lines.append(
            translate(
                "Le serveur a répondu autrement depuis, cette réponse ne compte plus :"
                " portez-lui un nouveau fichier (« kiosk sync --to »)."
            )
        )
    return lines or [translate("Rien de nouveau : tout ce que ce fichier apporte est déjà ici.")]
