"""A coordinator at the hub: a role that may ask for the network and for nothing else, and its secret here."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assets.languages import N_
from kiosk.home import Home
from kiosk.sync.enrolment import FORMAT, Access, is_whole, keep, keep_changed, said_in
from kiosk.sync.hub_admin import give_role, lock_out, way_to
from kiosk.sync.hub_database import opened
from kiosk.sync.hub_errors import guarded
from kiosk.sync.link import Hub, connect
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from models.network.view import Network

FUNCTIONS = ("network(date, date)",)
"""Everything that a coordinator may call."""


def enrol_coordinator(address: str, name: str, *, host: str = "", ca: str = "") -> Access:
    """Give a coordinator a role of their own; see ``kiosk.sync.hub_admin.enrol``.

    Raises:
        Trouble: they are to reach the hub over a network, and no certificate was given.
        HubTrouble: the hub does not answer, or does not allow it.
    """
    way = way_to(address, host, ca)
    role, password = f"coordinator_{secrets.token_hex(8)}", secrets.token_urlsafe(32)
    with opened(address) as connection:

        def run() -> None:
            connection.execute("insert into hub.coordinator (role, name) values (%s, %s)", (role, name))
            give_role(connection, role, password, FUNCTIONS)

        guarded(run)
    return Access(**way, role=role, password=password)


def end_coordinator(address: str, name: str) -> int:
    """End a coordinator's access, wherever their file or their machine is; how many roles that were (P-35).

    Raises:
        HubTrouble: the hub does not answer, or does not allow it.
    """
    with opened(address) as connection:
        found = guarded(
            lambda: connection.execute(
                "delete from hub.coordinator where name = %s returning role", (name,)
            ).fetchall()
        )
        for (role,) in found:
            lock_out(connection, role)
        return len(found)


def join_network(home: Home, file: Path) -> None:
    """Use a coordinator's file here: its secret is changed, so that the file opens nothing any more.

    Raises:
        Trouble: it is no such file or has served already, it cannot be kept, or the hub does not answer.
    """
    access = _read(file)
    if access is None:
        raise Trouble(
            N_("Le fichier {path} n'ouvre pas le réseau : demandez-en un (« kiosk hub coordinator »)."),
            path=file,
        )
    fresh = replace(access, password=secrets.token_urlsafe(32))
    try:
        with _reached(home, access) as hub:
            # On the disk before the hub changes it: whenever the power goes, one of both opens.
            keep(home, _prepared(home), fresh.text)
            hub.new_password(access.role, fresh.password)
    except HubTrouble as trouble:
        if trouble.problem != HubProblem.NO_ENTRY:
            raise
        raise Trouble(
            N_(
                "Ce fichier a déjà servi, ou l'accès est fermé : demandez-en un autre"
                " (« kiosk hub coordinator »)."
            )
        ) from None
    _prepared(home).replace(home.network_file)


def sees_network(home: Home) -> bool:
    """Whether a coordinator reaches the hub from here."""
    return home.network_file.exists() or _prepared(home).exists()


def ask_network(home: Home, first: date, last: date) -> Network:
    """What the hub tells of some days.

    Raises:
        Trouble: there is no access here or it has ended, or the hub does not answer.
    """
    kept = next((file for file in (home.network_file, _prepared(home)) if file.exists()), None)
    access = _read(kept) if kept is not None else None
    if access is None:
        raise Trouble(
            N_(
                "Cette borne ne voit pas le réseau : demandez un fichier (« kiosk hub coordinator »), puis"
                " lancez « kiosk network --join FICHIER »."
            )
        )
    with _reached(home, access) as hub:
        return hub.network(first, last)


@contextmanager
def _reached(home: Home, access: Access) -> Iterator[Hub]:
    """The hub, reached as a coordinator, whose desk is no kiosk: what goes wrong is said for it.

    Raises:
        Trouble: the hub does not answer; the access has ended, or the file has served already.
    """
    keep_changed(home, home.network_ca_file, access.ca)
    try:
        hub = connect(access, home.network_ca_file)
        try:
            yield hub
        finally:
            hub.close()
    except HubTrouble as trouble:
        raise trouble.at_a_desk() from None


def _prepared(home: Home) -> Path:
    return home.network_file.with_suffix(".new.json")


def _read(path: Path) -> Access | None:
    """The access that a file gives; ``None`` where it is none, or a kiosk's."""
    said = said_in(path)
    if said is None or not is_whole(said, Access) or said["format"] != FORMAT or "node" in said:
        return None
    return Access(**{field.name: said[field.name] for field in fields(Access)})
