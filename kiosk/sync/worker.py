"""Sharing for as long as a program runs: a thread of its own, which no screen and no arrival waits for.

It sends at once what is written here, takes in at once what others have sent, and looks again every few
seconds where nobody tells it. What goes wrong is kept for the team to see, and tried again.
"""

from __future__ import annotations

import logging
import random
import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.clock import monotonic
from kiosk.crash_net import place_of
from kiosk.sync.back_off import FIRST, pause_after
from kiosk.sync.enrolment import enrolment_of
from kiosk.sync.joined import Joined
from kiosk.sync.trouble import HubProblem, HubTrouble
from models.sync.outbox import newest, pending, unsent
from models.sync.state import note_trouble, state_of

if TYPE_CHECKING:
    from kiosk.database import Database
    from kiosk.home import Home
    from kiosk.sync.cycle import Round
    from kiosk.sync.link import Hub
    from models.policy import Policy

log = logging.getLogger("kiosk")

POLL = 5.0
"""Seconds between two rounds where nothing happens: a hub behind a pooler tells nobody."""

LAST_WORD = 2.0
"""Seconds that the kiosk waits for the end of a round when it closes; what is not sent is sent next time."""


class Worker:
    """Rounds with the hub, one after the other."""

    def __init__(
        self,
        home: Home,
        database: Database,
        kiosk_id: str,
        policy: Policy,
        now: Callable[[], datetime],
        *,
        told: Callable[[Round], None] = lambda _: None,
        troubled: Callable[[HubTrouble], None] = lambda _: None,
        withdrawn: Callable[[], None] = lambda: None,
    ) -> None:
        """Make it; what it calls, it calls on its own thread.

        Args:
            told: called after each round that has come to its end.
            troubled: called after one that has not, where the one before did, or failed otherwise.
            withdrawn: called when this kiosk was taken out of the network and has delivered everything.
        """
        self._home = home
        self._database = database
        self._kiosk_id = kiosk_id
        self._policy = policy
        self._now = now
        self._told = told
        self._troubled = troubled
        self._withdrawn = withdrawn
        self._closing = False
        self._failures = 0
        """Rounds in a row that did not come to their end."""
        self._problem: HubProblem | None = None
        """Why the last one did not."""
        self._woken, self._waking = socket.socketpair()
        for end in (self._woken, self._waking):
            end.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="sharing", daemon=True)

    def start(self) -> None:
        """Begin; from now on the database says when something is written."""
        self._database.changed = self._wake
        self._thread.start()

    @property
    def shares(self) -> bool:
        """Whether it still does, or tries to."""
        return self._thread.is_alive()

    def close(self) -> None:
        """End, before the database closes."""
        self._closing = True
        self._wake()
        if self._thread.is_alive():
            self._thread.join(LAST_WORD)
        self._waking.close()
        self._woken.close()

    def _wake(self) -> None:
        """Something was written here; on the writer's thread, which is held up by nothing."""
        with suppress(OSError):  # it is being woken already, or has ended
            self._waking.send(b"!")

    # ---- on this thread

    def _run(self) -> None:
        while not self._closing:
            try:
                self._share()
            except HubTrouble as trouble:
                self._keep(trouble)
            except Exception as error:  # whatever it was, the kiosk goes on and the next round may do better
                log.error("not shared: %s", place_of(error))
                self._keep(HubTrouble(HubProblem.UNEXPECTED))
            self._failures += 1
            self._pause(pause_after(self._failures, random.random()))  # noqa: S311 (no secret)

    def _keep(self, trouble: HubTrouble) -> None:
        """What the team is told of it."""
        if trouble.problem != self._problem:
            log.warning("not shared: %s", trouble.problem)
            self._problem = trouble.problem
            self._troubled(trouble)
        with suppress(Exception):  # the database is closing, or tells its own trouble
            self._note(trouble.problem)
            if trouble.problem == HubProblem.REVOKED:
                left = self._database.read(pending).result()
                if not left.number and not left.refused:
                    self._withdrawn()

    def _note(self, problem: HubProblem) -> None:
        with suppress(Exception):  # the database is closing, or tells its own trouble
            self._database.write(note_trouble, problem).result()

    def _pause(self, seconds: float) -> None:
        """Wait; after a second at most for something that somebody does here meanwhile."""
        begun, before = monotonic(), self._newest()
        while (left := begun + seconds - monotonic()) > 0 and not self._closing:
            early = begun + FIRST - monotonic()
            self._sleep(min(left, early) if early > 0 else left)
            if monotonic() - begun >= FIRST and self._newest() != before:
                return

    def _share(self) -> None:
        """Stay with the hub until one of both goes.

        Raises:
            HubTrouble: it has gone, or does not take this kiosk.
        """
        enrolment = enrolment_of(self._home)
        if enrolment is None:  # its enrolment was taken away
            self._closing = True
            return
        joined = Joined(self._home, self._database, enrolment, self._kiosk_id, self._policy)
        hub = joined.connect()
        try:
            hub.listen()
            while not self._closing:
                done = joined.round(hub, self._now)
                self._failures, self._problem = 0, None
                self._told(done)
                self._wait(hub)
        finally:
            hub.close()

    def _wait(self, hub: Hub) -> None:
        """Until there is something to send or to take, or it is time to look."""
        until = monotonic() + POLL
        while (left := until - monotonic()) > 0 and not self._closing:
            if hub.told() > self._database.read(state_of).result().cursor:
                return
            self._sleep(left, hub)
            if self._has_unsent():
                return

    def _sleep(self, seconds: float, *also: Hub) -> None:
        """Until something is written here, or the hub says something."""
        select.select([self._woken.fileno(), *(hub.fileno() for hub in also)], [], [], seconds)
        with suppress(BlockingIOError):
            while self._woken.recv(1024):
                pass

    def _has_unsent(self) -> bool:
        """Whether there is anything to send: what a round itself has written wakes too."""
        return bool(self._database.read(unsent, 1).result())

    def _newest(self) -> int:
        with suppress(Exception):  # the database is closing, or tells its own trouble
            return self._database.read(newest).result()
        return 0
