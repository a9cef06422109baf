"""The keys that whoever looks after the hub keeps, in a folder of that home and in no database."""

from __future__ import annotations

import secrets
from pathlib import Path

from assets.languages import N_
from kiosk.home import KEY_BYTES, Home, replace_whole
from kiosk.trouble import Trouble


def corner_key(home: Home, corner: str) -> str:
    """The key that all kiosks of a corner share; made with the first of them."""
    _make_once(_of_corner(home, corner))
    return kept_corner_key(home, corner)


def kept_corner_key(home: Home, corner: str) -> str:
    """The key of a corner that kiosks have been enrolled for here.

    Raises:
        Trouble: there is none.
    """
    file = _of_corner(home, corner)
    key = _kept(file)
    if key is None:
        raise Trouble(
            N_("La clé du lieu manque ou est abîmée ({path}) : reprenez-la dans la sauvegarde."), path=file
        )
    return key


def node_key(home: Home, node: str) -> str:
    """The key of one kiosk, which no other has; what it is derived from is made with the first of them."""
    _make_once(_of_hub(home))
    return kept_node_key(home, node)


def kept_node_key(home: Home, node: str) -> str:
    """The key that a kiosk was given when it was enrolled here.

    Raises:
        Trouble: what it is derived from is not there.
    """
    file = _of_hub(home)
    master = _kept(file)
    if master is None:
        raise Trouble(
            N_("La clé du serveur manque ou est abîmée ({path}) : reprenez-la dans la sauvegarde."), path=file
        )
    return derived_node_key(bytes.fromhex(master), node).hex()


def derived_node_key(master: bytes, node: str) -> bytes:
    """The key of one kiosk's place at the hub."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    # A file may name anything, also half of a pair of surrogates.
    info = b"kiosk node " + node.encode("utf-8", "surrogatepass")
    return HKDF(SHA256(), KEY_BYTES, None, info).derive(master)


def _of_corner(home: Home, corner: str) -> Path:
    return home.path / "hub" / f"{corner}.key"


def _of_hub(home: Home) -> Path:
    # No corner is called so: an id of a corner has no underscore.
    return home.path / "hub" / "_hub.key"


def _make_once(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            replace_whole(file, secrets.token_hex(KEY_BYTES).encode())
    except OSError:
        pass  # told by whoever reads it


def _kept(file: Path) -> str | None:
    try:
        key = file.read_text("ascii")
        if len(bytes.fromhex(key)) == KEY_BYTES:
            return key
    except (OSError, ValueError):
        pass
    return None
