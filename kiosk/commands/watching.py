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
from kiosk.commands.sync import NOT_ENROLLED, round_json, told
from kiosk.sync.trouble import HubTrouble
from kiosk.sync.wiping import WIPED, wipe_delivered
from kiosk.sync.worker import Worker
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from kiosk.sync.cycle import Round
    from kiosk.sync.joined import Joined


LOOK = 1.0
"""Seconds between two looks at whether the sharing has ended by itself."""


def keep_sharing(
    joined: Joined,
    now: Callable[[], datetime],
    told_to_end: Callable[[float], bool],
    *,
    as_json: bool = False,
) -> None:
    """Share as the running kiosk does; each round that has moved something says so, each trouble once.

    Args:
        told_to_end: waits for so many seconds; whether it has to end.

    Raises:
        Trouble: this kiosk was taken out of the network, has delivered everything, and has wiped itself; or
            its enrolment has gone.
    """
    translate, unread = operator(), threading.Event()

    def say(line: str, *, err: bool = False) -> None:
        try:
            typer.echo(line, err=err)
        except OSError:  # nobody reads any more
            unread.set()

    def said(done: Round) -> None:
        if done.sent or done.taken or done.refused:
            say(json.dumps(round_json(done)) if as_json else " ".join(told(done, translate)))

    if not as_json:
        say(translate("Partage en cours. Ctrl+C pour arrêter."))
    while True:
        withdrawn = threading.Event()
        worker = Worker(
            joined.home,
            joined.database,
            joined.kiosk_id,
            joined.policy,
            now,
            told=said,
            troubled=lambda trouble: say(trouble.told(translate), err=True),
            withdrawn=withdrawn.set,
        )
        worker.start()
        try:
            while worker.shares and not withdrawn.is_set() and not unread.is_set():
                if told_to_end(LOOK):
                    return
        finally:
            worker.close()
        if unread.is_set():
            return
        if not withdrawn.is_set():
            raise Trouble(NOT_ENROLLED)
        try:
            hub = joined.connect()
        except HubTrouble:
            continue
        with closing(hub):
            if wipe_delivered(joined.home, joined.database, hub):
                raise Trouble(WIPED)
        # Another program of this kiosk has written something meanwhile: that is delivered first.
