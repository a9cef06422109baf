"""A sealed file: pieces that only whoever has the corner's key can read, change, or shorten unseen.

One line says in clear which format and which corner. Then come the pieces, each sealed with
ChaCha20-Poly1305 under a key of this file alone. A piece's nonce is its number and whether it is the last:
none can be left out, moved or put in between, and a file that was cut is noticed (the STREAM construction
of Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption", 2015).
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from assets.languages import N_
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

FORMAT = "smartcorner-sync"
VERSION = 1

SALT_BYTES = 32
"""Random in each file, so that no two are ever sealed with one key, and no nonce serves twice."""

_KEY_BYTES, _CHECK_BYTES = 32, 16
_LONGEST_LABEL = 1000
"""Bytes of the first line; what has none within them is some other file."""

_HEAD = struct.Struct(">?I")
"""Before each piece: whether it is the last, and its length in bytes."""

NOT_OURS = N_("Ce n'est pas un fichier d'échange d'une borne : prenez celui que « kiosk sync --to » a écrit.")
NEWER = N_("Ce fichier vient d'une version plus récente : mettez ce programme à jour, puis recommencez.")
OLDER = N_(
    "Ce fichier vient d'une version trop ancienne : mettez à jour la borne qui l'écrit et refaites-le."
)
OTHER_KEY = N_(
    "La clé de ce SmartCorner n'ouvre pas ce fichier, rien n'en a été pris : vérifiez d'où il vient."
)
DAMAGED = N_(
    "Ce fichier est abîmé ou coupé, rien n'en a été pris : copiez-le encore une fois ou refaites-le."
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a file says in clear."""

    corner: str
    salt: bytes
    check: bytes
    """Tells whether a key is this file's own, and ties the file to that one key."""

    def line(self) -> bytes:
        """The first line of the file."""
        said = {
            "format": FORMAT,
            "version": VERSION,
            "corner": self.corner,
            "salt": self.salt.hex(),
            "check": self.check.hex(),
        }
        return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def seal(key: bytes, corner: str, salt: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of a sealed file, piece after piece; at least one."""
    cipher, check = _of_this_file(key, corner, salt)
    line = Label(corner, salt, check).line()
    yield line
    number = 0
    waiting: bytes | None = None
    for piece in pieces:
        if waiting is not None:
            yield _sealed(cipher, line, number, waiting, last=False)
            number += 1
        waiting = piece
    yield _sealed(cipher, line, number, waiting or b"", last=True)


def new_salt() -> bytes:
    """What makes a file's key its own, and names the file."""
    return os.urandom(SALT_BYTES)


def label_of(file: BinaryIO) -> Label:
    """Read the line in clear.

    Raises:
        Trouble: it is another kind of file, or of a version that this program does not read.
    """
    file.seek(0)
    line = file.readline(_LONGEST_LABEL)
    try:
        said = json.loads(line)
        if said["format"] != FORMAT:
            raise ValueError(said["format"])
        version = int(said["version"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Trouble(NOT_OURS) from None
    if version != VERSION:
        raise Trouble(NEWER if version > VERSION else OLDER)
    try:
        label = Label(said["corner"], bytes.fromhex(said["salt"]), bytes.fromhex(said["check"]))
        whole = label.line() == line
    except (ValueError, TypeError, KeyError):
        whole = False
    if not whole:
        raise Trouble(DAMAGED)
    return label


def unseal(key: bytes, file: BinaryIO) -> Iterator[bytes]:
    """The pieces of a sealed file, each as it was given.

    Whoever must not act on half a file goes through it once before: what was cut off is only missed at the
    end.

    Raises:
        Trouble: the key is another one, or a bit is not as it was written.
    """
    from cryptography.exceptions import InvalidTag

    label = label_of(file)
    cipher, check = _of_this_file(key, label.corner, label.salt)
    if check != label.check:
        raise Trouble(OTHER_KEY)
    line, number, last = label.line(), 0, False
    end = file.seek(0, os.SEEK_END)
    at = file.seek(len(line))
    while not last:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size or head[0] > 1:
            raise Trouble(DAMAGED)
        last, length = _HEAD.unpack(head)
        at += _HEAD.size + length
        # Before it is read: a length that was changed would ask for more memory than there is.
        if at > end or (last and at < end):
            raise Trouble(DAMAGED)
        try:
            piece = cipher.decrypt(_nonce(number, last=last), file.read(length), line)
        except InvalidTag:
            raise Trouble(DAMAGED) from None
        yield piece
        number += 1


def _of_this_file(key: bytes, corner: str, salt: bytes) -> tuple[ChaCha20Poly1305, bytes]:
    """The cipher that seals one file, and what tells whether a key is the right one."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    purpose = f"{FORMAT} {VERSION} {corner}".encode()
    drawn = HKDF(SHA256(), _KEY_BYTES + _CHECK_BYTES, salt, purpose).derive(key)
    return ChaCha20Poly1305(drawn[:_KEY_BYTES]), drawn[_KEY_BYTES:]


def _sealed(cipher: ChaCha20Poly1305, line: bytes, number: int, piece: bytes, *, last: bool) -> bytes:
    sealed = cipher.encrypt(_nonce(number, last=last), piece, line)
    return _HEAD.pack(last, len(sealed)) + sealed


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
