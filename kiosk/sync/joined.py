"""A kiosk that is enrolled at a hub: its rounds, with everything that a kiosk keeps beside the database."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assets.languages import N_
from kiosk.home import Home
from kiosk.sync.cycle import PAGE, Cycle, Round, Told
from kiosk.sync.enrolment import (
    Enrolment,
    enrolment_of,
    keep_certificate,
    keep_prepared,
    prepare_enrolment,
    prepared_enrolment,
    read_enrolment,
)
from kiosk.sync.greeting import Here
from kiosk.sync.keys import keep_keys, share_key, shared_keys
from kiosk.sync.link import Hub, connect
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.founding import was_called
from models.log import Author
from models.words import SYSTEM

if TYPE_CHECKING:
    from kiosk.database import Database
    from models.policy import Policy

USED_HERE = N_("Cette borne est déjà inscrite avec ce fichier : effacez-le, et lancez « kiosk sync ».")

GREETS_EVERY = 4.0
"""Seconds after which a kiosk that has stayed with its hub greets it again."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What a round needs: where the kiosk lives, what it is called, and how it reaches its hub."""

    home: Home
    database: Database
    enrolment: Enrolment
    kiosk_id: str
    policy: Policy

    def connect(self) -> Hub:
        """Reach the hub.

        Raises:
            HubTrouble: see ``kiosk.sync.link.connect``.
        """
        try:
            return _reach(self.home, self.enrolment)
        except HubTrouble as trouble:
            # A cut between the hub's change of the secret and the last step of joining.
            prepared = prepared_enrolment(self.home)
            if trouble.problem != HubProblem.NO_ENTRY or prepared is None:
                raise
            hub = _reach(self.home, prepared)
            keep_prepared(self.home)
            return hub

    def round(
        self, hub: Hub, now: Callable[[], datetime], *, page: int = PAGE, told: Told = lambda _: None
    ) -> Round:
        """One round; afterwards the keys of the corner's other kiosks are here.

        Raises:
            HubTrouble: it did not come to its end; what was done stands.
        """
        author = Author(self.kiosk_id, SYSTEM, now())
        self.database.write(share_key, author, self.home, self.enrolment).result()
        was = self.database.read(was_called, self.kiosk_id).result()
        here = Here(self.kiosk_id, self.enrolment.corner, self.policy, was)
        before = hub.heard_within(GREETS_EVERY)
        round_ = Cycle(self.database, hub, here, now, page=page, told=told, before=before).run()
        if round_.taken:
            self.keep_keys()
        return round_

    def keep_keys(self) -> bool:
        """Keep the keys that the log has brought; whether there is a new one."""
        shared = self.database.read(shared_keys).result()
        with suppress(OSError):  # no place for it: the next round tries again
            return keep_keys(self.home, self.enrolment, shared)
        return False


def _reach(home: Home, enrolment: Enrolment) -> Hub:
    keep_certificate(home, enrolment)
    return connect(enrolment, home.hub_ca_file)


def join_unmet(home: Home, file: Path, corner: str) -> None:
    """Use an enrolment where there is no network: the first file that is carried to the hub ties it to this
    kiosk. Its secret stays the one in the file, which nobody should keep.

    Raises:
        Trouble: the file is no enrolment, it cannot be kept, or this kiosk has used it over a network and its
            secret opens nothing any more.
        HubTrouble: it is one of another corner.
    """
    enrolment = _enrolment_for(corner, file)
    kept = enrolment_of(home)
    if kept is not None and kept.node == enrolment.node and kept.password != enrolment.password:
        raise Trouble(USED_HERE)
    keep_certificate(home, enrolment)
    prepare_enrolment(home, enrolment)
    keep_prepared(home)


def _enrolment_for(corner: str, file: Path) -> Enrolment:
    enrolment = read_enrolment(file)
    if enrolment.corner != corner:
        raise HubTrouble(HubProblem.CORNER)
    return enrolment


def join(home: Home, file: Path, corner: str, greet: Callable[[Enrolment], Hub]) -> None:
    """Use an enrolment: the hub ties it to this kiosk, and its secret is changed: the file opens no more.

    Args:
        greet: reaches the hub with it and greets it.

    Raises:
        Trouble: the file is no enrolment, or it cannot be kept.
        HubTrouble: it is one of another corner, or the hub does not take it.
    """
    enrolment = _enrolment_for(corner, file)
    fresh = replace(enrolment, password=secrets.token_urlsafe(32))
    keep_certificate(home, enrolment)
    hub = greet(enrolment)
    try:
        # On the disk before the hub changes it: whenever the power goes, one of both opens.
        prepare_enrolment(home, fresh)
        hub.new_password(enrolment.role, fresh.password)
    finally:
        hub.close()
    keep_prepared(home)
