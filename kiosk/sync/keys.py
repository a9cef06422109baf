"""The key of codes between the kiosks of a corner: a card that one has made opens at every other.

It travels in the log, sealed under the corner's key, which is on the kiosks and in no database.
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

from kiosk.home import KEY_BYTES, Home, other_keys, replace_whole
from models.codes import fingerprint
from models.log import Author, record
from models.projections import body_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    from kiosk.sync.enrolment import Enrolment
    from models.connection import Connection

SHARED = "key.shared"
"""The kind of row that carries a key."""

_NONCE = 12
# Written out, so that SQLite sees that the index of these few rows holds them all.
_SHARED = "select entity_id, body from change where kind = 'key.shared' and redacted = 0"


def share_key(conn: Connection, author: Author, home: Home, enrolment: Enrolment) -> bool:
    """Put this kiosk's key into the log, once; whether that was still to be done."""
    key = home.key()
    name = fingerprint(key)
    if any(known == name for known, _ in conn.execute(_SHARED)):
        return False
    nonce = os.urandom(_NONCE)
    sealed = nonce + _cipher(enrolment).encrypt(nonce, key, name.encode())
    record(conn, author, SHARED, "key", name, {"sealed": base64.b64encode(sealed).decode()})
    return True


def shared_keys(conn: Connection) -> list[tuple[str, str]]:
    """The keys in the log as (name, sealed)."""
    found: list[tuple[str, str]] = []
    for name, text in conn.execute(_SHARED):
        body = body_of(text)
        if body is not None and isinstance(body.get("sealed"), str):
            found.append((name, body["sealed"]))
    return found


def keep_keys(home: Home, enrolment: Enrolment, shared: list[tuple[str, str]]) -> bool:
    """Keep the keys of the other kiosks beside this one's; whether there is one that was not here.

    One that another corner's key has sealed, or that was changed on its way, is passed over.

    Raises:
        OSError: it cannot be written.
    """
    from cryptography.exceptions import InvalidTag

    here = {fingerprint(key) for key in (home.key(), *other_keys(home))}
    new = False
    for name, sealed in shared:
        if name in here:
            continue
        try:
            data = base64.b64decode(sealed, validate=True)
            key = _cipher(enrolment).decrypt(data[:_NONCE], data[_NONCE:], name.encode())
        except (InvalidTag, ValueError):
            continue
        if len(key) == KEY_BYTES and fingerprint(key) == name:
            home.other_keys.mkdir(mode=0o700, exist_ok=True)
            replace_whole(home.other_keys / f"{name}.key", key.hex().encode())
            new = True
    return new


def _cipher(enrolment: Enrolment) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    # A key for one purpose: files on sticks are sealed under another one of the same corner.
    derived = HKDF(SHA256(), 32, None, b"kiosk code key").derive(bytes.fromhex(enrolment.corner_key))
    return ChaCha20Poly1305(derived)
