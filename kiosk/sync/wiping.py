"""The end of a kiosk that was taken out of the network: once everything is delivered, nothing stays on it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from assets.languages import N_
from kiosk.home import Home
from kiosk.sync.enrolment import enrolment_of
from kiosk.sync.link import connect
from kiosk.sync.trouble import HubTrouble
from models.founding import kiosk_id
from models.sync.outbox import pending

WIPED = N_("Cette borne a été retirée du réseau : tout est envoyé, et ce qu'elle gardait est effacé.")

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.database import Database
    from models.connection import Connection


_CLOSED = (
    "create trigger if not exists change_is_withdrawn before insert on change"
    " begin select raise(abort, 'withdrawn'); end"
)


class Farewell(Protocol):
    """What is needed of a hub to tell it."""

    def farewell(self, kiosk_id: str) -> None:
        """Say that nothing is kept here any more."""
        ...


def wipe_delivered(home: Home, database: Database, hub: Farewell) -> bool:
    """Wipe a revoked kiosk, where the hub has everything; whether that is done.

    What the hub does not take stays, and so does the kiosk: somebody has to look at it.

    Raises:
        HubTrouble: everything is wiped, and the hub could not be told.
    """
    kiosk = database.write(_close_for_good).result()
    if kiosk is None:
        return False
    database.close()
    wipe(home, database.path)
    hub.farewell(kiosk)
    return True


def _close_for_good(conn: Connection) -> str | None:
    """Let nobody write any more, where nothing is left to send; the kiosk's id, ``None`` where something is.

    In one transaction: whatever another program of this kiosk confirms was seen here, or is refused there.
    """
    left = pending(conn)
    if left.number or left.refused:
        return None
    conn.execute(_CLOSED)
    return kiosk_id(conn) or ""


def withdraw(home: Home, database: Database) -> bool:
    """Wipe a kiosk that nobody uses any more at this moment, where it is due; whether that is done."""
    enrolment = enrolment_of(home)
    if enrolment is None:
        return False
    database.open().result()
    try:
        hub = connect(enrolment, home.hub_ca_file)
        try:
            return wipe_delivered(home, database, hub)
        finally:
            hub.close()
    except HubTrouble:  # it could not be told: the next round tries again, where there is still a kiosk
        return not home.shares
    finally:
        database.close()


def wipe(home: Home, database: Path) -> None:
    """Take away what a kiosk keeps: the keys first, so that what is left by a cut opens nothing.

    Raises:
        OSError: something cannot be taken away; the keys are gone before it.
    """
    _remove(home.key_file.parent)
    for file in sorted(database.parent.glob(f"{database.name}*")):
        _remove(file)
    own = (home.catalogue_file, home.corners_file, home.settings_file)
    for place in (home.papers, home.exports, home.recordings, home.backups, home.logs, *own):
        _remove(place)


def _remove(place: Path) -> None:
    with suppress(FileNotFoundError):
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()
