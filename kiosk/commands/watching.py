"""``kiosk sync --watch``: sharing without a screen, until somebody ends it or this kiosk is withdrawn."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from kiosk.commands.shared import operator
from kiosk.commands.sync import round_json, told
from kiosk.sync.wiping import WIPED, wipe_delivered
from kiosk.sync.worker import Worker
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from kiosk.sync.cycle import Round
    from kiosk.sync.joined import Joined
    from kiosk.sync.trouble import HubTrouble


def keep_sharing(
    joined: Joined, now: Callable[[], datetime], ended: threading.Event, *, as_json: bool = False
) -> None:
    """Share as the running kiosk does; each round that has moved something says so, each trouble once.

    Args:
        ended: set when it has to end.

    Raises:
        Trouble: this kiosk was taken out of the network, has delivered everything, and has wiped itself.
    """
    translate, withdrawn = operator(), threading.Event()

    def end() -> None:
        withdrawn.set()
        ended.set()

    def said(done: Round) -> None:
        if not (done.sent or done.taken or done.refused):
            return
        line = json.dumps(round_json(done)) if as_json else " ".join(told(done, translate))
        try:
            typer.echo(line)
        except OSError:  # nobody reads any more
            ended.set()

    def troubled(trouble: HubTrouble) -> None:
        typer.echo(trouble.told(translate), err=True)

    if not as_json:
        typer.echo(translate("Partage en cours. Ctrl+C pour arrêter."))
    worker = Worker(
        joined.home,
        joined.database,
        joined.kiosk_id,
        joined.policy,
        now,
        told=said,
        troubled=troubled,
        withdrawn=end,
    )
    worker.start()
    ended.wait()
    worker.close()
    if withdrawn.is_set():
        with closing(joined.connect()) as hub:
            if wipe_delivered(joined.home, joined.database, hub):
                raise Trouble(WIPED)
