"""The enrolment of a kiosk at a hub: a file that is carried to it once, and what the kiosk keeps of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from assets.languages import N_
from kiosk.home import Home, replace_whole
from kiosk.trouble import Trouble

FORMAT = 1
"""Version of the file."""

LOCAL = ("", "localhost", "127.0.0.1", "::1")
"""Hosts that are this machine; a path is a socket on it."""

_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How somebody reaches the hub, and as whom."""

    host: str
    """A name, an address, or the folder of a socket on this machine."""
    port: int
    dbname: str
    role: str
    password: str
    ca: str = ""
    """Certificate of whoever vouches for the hub's, in PEM; empty where the hub is on this machine."""
    format: int = FORMAT

    @property
    def is_local(self) -> bool:
        """Whether the hub is on this machine."""
        return self.host in LOCAL or self.host.startswith("/")

    @property
    def text(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Access):
    """How a kiosk reaches its hub."""

    node: str
    """Id of the kiosk's place at the hub."""
    corner: str
    corner_key: str
    """32 bytes in hexadecimal, the same on every kiosk of the corner and in no database: it seals files on
    sticks, and the key of codes on its way to another kiosk."""
    node_key: str
    """32 bytes in hexadecimal that only this kiosk and whoever looks after the hub have: with it each proves
    to the other who has written a file."""


def read_enrolment(path: Path) -> Enrolment:
    """Read an enrolment file.

    Raises:
        Trouble: there is none, or it is no enrolment that this program knows.
    """
    if not path.exists():
        raise Trouble(N_("Le fichier {path} n'existe pas : vérifiez son nom."), path=path)
    said = said_in(path)
    if (
        said is None
        or not is_whole(said, Enrolment)
        or not (_is_key(said["corner_key"]) and _is_key(said["node_key"]))
    ):
        raise Trouble(
            N_("Le fichier {path} n'est pas une inscription : demandez-en une (« kiosk hub enrol »)."),
            path=path,
        )
    if said["format"] != FORMAT:
        raise Trouble(
            N_("L'inscription {path} vient d'une autre version : mettez le programme à jour."), path=path
        )
    return Enrolment(**{field.name: said[field.name] for field in fields(Enrolment)})


def said_in(path: Path) -> dict[str, Any] | None:
    """What a file says; ``None`` where it says nothing that can be read."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def is_whole(said: dict[str, Any], kind: type[Access]) -> bool:
    """Whether everything is there, each of its kind."""
    for field in fields(kind):
        value = said.get(field.name)
        if type(value).__name__ != field.type or (isinstance(value, str) and "\0" in value):
            return False
    return True


def _is_key(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) == 32
    except ValueError:
        return False


def enrolment_of(home: Home) -> Enrolment | None:
    """The enrolment that a kiosk keeps; ``None`` where it has none."""
    kept = next((file for file in (home.hub_file, home.prepared_hub_file) if file.exists()), None)
    return read_enrolment(kept) if kept is not None else None


def prepared_enrolment(home: Home) -> Enrolment | None:
    """The enrolment that a cut has left beside the one in force; ``None`` where there is none."""
    return read_enrolment(home.prepared_hub_file) if home.prepared_hub_file.exists() else None


def keep_certificate(home: Home, enrolment: Enrolment) -> None:
    """Keep the certificate in a file, as the connection wants it: that of this enrolment, whatever was there.

    Raises:
        Trouble: it cannot be written.
    """
    keep_changed(home, home.hub_ca_file, enrolment.ca)


def prepare_enrolment(home: Home, enrolment: Enrolment) -> None:
    """Keep an enrolment beside the present one, readable by this user only.

    Raises:
        Trouble: it cannot be written.
    """
    keep(home, home.prepared_hub_file, enrolment.text)


def keep_prepared(home: Home) -> None:
    """What was prepared is in force."""
    home.prepared_hub_file.replace(home.hub_file)


def keep_changed(home: Home, file: Path, text: str) -> None:
    """Keep a file where it does not say so already.

    Raises:
        Trouble: it cannot be written.
    """
    try:
        if file.read_text("utf-8") == text:
            return
    except (OSError, ValueError):
        pass  # there is none yet, or it is damaged
    keep(home, file, text)


def keep(home: Home, file: Path, text: str) -> None:
    """Keep a file of the home's secrets, for this user only.

    Raises:
        Trouble: it cannot be written.
    """
    try:
        home.make()
        replace_whole(file, text.encode())
    except OSError:
        raise Trouble(
            N_("L'inscription ne peut pas être gardée dans {path} : libérez de l'espace, puis recommencez."),
            path=file.parent,
        ) from None
