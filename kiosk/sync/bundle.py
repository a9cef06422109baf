"""What a sealed file carries: the pages that else go over the network, for a road without one.

The first piece is a heading, each piece after it a page: rows of the log, and in an answer of the hub what
it says of rows that it was given. The last is a proof: every kiosk of the corner can seal a file and open it,
so only what a kiosk's own key has signed is that kiosk's word to the hub, or the hub's word to that kiosk.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from assets.languages import N_
from kiosk.sync.sealed import DAMAGED, label_of, unseal
from kiosk.trouble import Trouble
from models.connection import body_time, from_db_time
from models.event_rows import moment
from models.sync.outbox import Answer
from models.sync.rows import SharedRow, rows_of, values_of

UNREADABLE = N_("Le fichier {path} ne peut pas être lu : vérifiez son nom et la clé USB, puis recommencez.")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself to whoever can open it."""

    node: str
    """The kiosk that wrote it; in an answer, the kiosk that is answered."""
    at: datetime
    """When it was written, by the clock of whoever wrote it."""
    timeline: str
    """Which life of the hub its numbers are of; empty where the writer has never heard of one."""
    greeting: Mapping[str, Any] = field(default_factory=dict)
    """What the kiosk says of itself, as over the network; nothing in an answer."""
    answer: bool = False
    """Whether the hub wrote it."""
    trouble: str = ""
    """In an answer: the word for why the kiosk gets nothing."""
    void: bool = False
    """In an answer: the hub comes from a backup and has given numbers that the kiosk knows once more."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the log, and what the hub says of some."""

    rows: tuple[SharedRow, ...] = ()
    answers: tuple[Answer, ...] = ()
    after: int | None = None
    """In an answer: the hub has nothing else between this number and that of the last of these rows."""


def pieces_of(heading: Heading, pages: Iterable[Page], node_key: bytes) -> Iterator[bytes]:
    """The pieces of a file, in order.

    Args:
        node_key: that of the kiosk that the heading names.
    """
    whole = sha256()
    for piece in _said(heading, pages):
        whole.update(_counted(piece))
        yield piece
    yield _json({"proof": _proof(node_key, heading, whole.digest()).hex()})


def _said(heading: Heading, pages: Iterable[Page]) -> Iterator[bytes]:
    """Everything but the proof."""
    yield _json(
        {
            "node": heading.node,
            "at": body_time(heading.at),
            "timeline": heading.timeline,
            "greeting": dict(heading.greeting),
            "answer": heading.answer,
            "trouble": heading.trouble,
            "void": heading.void,
        }
    )
    for page in pages:
        yield _json(
            {
                "rows": [values_of(row) for row in page.rows],
                "answers": [[one.id, one.hub_seq, one.stamp, one.refused] for one in page.answers],
                "after": page.after,
            }
        )


class Bundle:
    """An open file, gone through to its last bit before anything of it is used."""

    def __init__(self, file: BinaryIO, key_of: Callable[[str], bytes]) -> None:
        self._file = file
        self.corner = label_of(file).corner
        """Whose log it carries."""
        self._key = key_of(self.corner)
        self.length = 0
        """How many pages it has."""
        whole, last = sha256(), b""
        for number, (piece, last) in enumerate(pairwise(unseal(self._key, file))):  # noqa: B007
            whole.update(_counted(piece))
            if number == 0:
                self.heading = _heading_of(piece)
            else:
                _page_of(piece)
                self.length = number
        self._proof = _proof_in(last)
        self._whole = whole.digest()

    def is_proven(self, node_key: bytes) -> bool:
        """Whether it was written with the own key of the kiosk that its heading names."""
        return hmac.compare_digest(self._proof, _proof(node_key, self.heading, self._whole))

    def pages(self) -> Iterator[Page]:
        """Every page, read from the file as it is asked for."""
        pieces = pairwise(unseal(self._key, self._file))
        next(pieces)
        return (_page_of(piece) for piece, _ in pieces)


@contextmanager
def open_bundle(path: Path, key_of: Callable[[str], bytes]) -> Iterator[Bundle]:
    """Open a file that was carried here.

    Args:
        key_of: gives the key of a corner, or says why not.

    Raises:
        Trouble: it cannot be read, does not open with the key, or is not whole.
    """
    try:
        if "\0" in str(path):
            raise OSError("no name of a file")
        with path.open("rb") as file:
            yield Bundle(file, key_of)
    except OSError:
        raise Trouble(UNREADABLE, path=path) from None


def _json(value: Any) -> bytes:  # noqa: ANN401 (anything JSON can hold)
    # As ASCII: a body may hold half of a pair of surrogates, which no encoding takes.
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _counted(piece: bytes) -> bytes:
    """A piece with its length, so that what two say is never what two others say together."""
    return len(piece).to_bytes(8, "big") + piece


def _proof(node_key: bytes, heading: Heading, whole: bytes) -> bytes:
    label = b"answer" if heading.answer else b"kiosk"
    return hmac.digest(node_key, label + whole, "sha256")


def _proof_in(piece: bytes) -> bytes:
    try:
        return bytes.fromhex(json.loads(piece)["proof"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Trouble(DAMAGED) from None


def _heading_of(piece: bytes) -> Heading:
    try:
        said = json.loads(piece)
        return Heading(
            node=str(said["node"]),
            at=from_db_time(moment(said["at"])),
            timeline=str(said["timeline"]),
            greeting=dict(said["greeting"]),
            answer=bool(said["answer"]),
            trouble=str(said["trouble"]),
            void=bool(said.get("void")),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Trouble(DAMAGED) from None


def _page_of(piece: bytes) -> Page:
    try:
        said = json.loads(piece)
        return Page(
            tuple(rows_of(said["rows"])),
            tuple(Answer(*values) for values in said["answers"]),
            said["after"],
        )
    except (ValueError, TypeError, KeyError, RecursionError):  # a ``BadRow`` is a ``ValueError``
        raise Trouble(DAMAGED) from None
