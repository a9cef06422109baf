"""A kiosk's side of the road without a network: what it writes for the others, and what it takes from them.

What another kiosk has written brings rows, and nothing else: what it says that the hub has said of them is
passed over. Numbers, stamps, the hub's life and its word that a kiosk is revoked count only in an answer that
is proven to be the hub's, to this kiosk.

The full-screen kiosk may be open on the same database meanwhile: every page is one short transaction, which
no arrival waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assets.languages import N_
from kiosk.erasing import leave_no_trace
from kiosk.home import replace_by_pieces
from kiosk.sync.bundle import Bundle, Heading, Page, open_bundle, pieces_of
from kiosk.sync.cycle import PAGE
from kiosk.sync.greeting import Here, greeting
from kiosk.sync.keys import share_key
from kiosk.sync.sealed import new_salt, seal
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.founding import was_called
from models.log import Author, record
from models.sync.outbox import logged, open_among, pending, sent, unsent
from models.sync.rows import SharedRow
from models.sync.state import (
    SyncState,
    answered,
    heard,
    move_cursor,
    note_trouble,
    samples,
    start_over,
    state_of,
)
from models.sync.taking import AHEAD, followed, take_in
from models.words import SYSTEM

if TYPE_CHECKING:
    from kiosk.sync.joined import Joined
    from models.connection import Connection

HANDED = "sync.handed"
"""The kind of row that says that a file was made of the log (P-24)."""

ELSEWHERE = N_(
    "Ce fichier est du SmartCorner « {theirs} », pas de « {ours} », rien n'en a été pris : prenez le bon."
)
NOT_THE_HUBS = N_(
    "Cette réponse n'est pas du serveur, rien n'en a été pris : portez-lui un nouveau fichier"
    " (« kiosk sync --to »)."
)
UNWRITABLE = N_("Le fichier {path} ne peut pas être écrit : choisissez un autre endroit, puis recommencez.")


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a file."""

    new: int = 0
    known: int = 0
    erased: tuple[str, ...] = ()
    """People whom it has erased here."""
    arrived: int = 0
    """Rows of which it is news that the hub has them, or does not take them."""
    void: bool = False
    """The hub has been heard in another life since: its numbers in this answer count for nothing."""
    early: bool = False
    """The hub has written it at a time that has not come yet here: one of both clocks is wrong."""
    trouble: str = ""
    """The hub's word for why this kiosk gets nothing, where that is the last that was heard of it."""

    def __add__(self, more: Received) -> Received:
        return Received(
            self.new + more.new,
            self.known + more.known,
            (*self.erased, *more.erased),
            self.arrived + more.arrived,
            self.void or more.void,
            self.early or more.early,
            self.trouble or more.trouble,
        )


def write_file(joined: Joined, path: Path, now: datetime, *, everything: bool) -> int:
    """Write what the others may not have into a sealed file; returns how many rows.

    That a file is made stands in the log before it is, and so in the file itself: it leaves the house.

    Raises:
        Trouble: there is no place for it; what stood there stands there still.
    """
    database, author, salt = joined.database, Author(joined.kiosk_id, SYSTEM, now), new_salt()
    database.write(share_key, author, joined.home, joined.enrolment).result()
    database.write(_note, author, salt, everything=everything).result()
    heading = database.read(_heading, joined, now).result()
    rows = 0

    def pages() -> Iterator[Page]:
        nonlocal rows
        last = 0
        while found := database.read(logged if everything else unsent, PAGE, last).result():
            last = found[-1][0]
            rows += len(found)
            yield Page(tuple(row for _, row in found))

    key = bytes.fromhex(joined.enrolment.corner_key)
    pieces = pieces_of(heading, pages(), bytes.fromhex(joined.enrolment.node_key))
    write_sealed(path, seal(key, joined.enrolment.corner, salt, pieces))
    return rows


def write_sealed(path: Path, data: Iterable[bytes]) -> None:
    """Write a sealed file whole or not at all.

    Raises:
        Trouble: there is no place for it.
    """
    try:
        if "\0" in str(path):
            raise OSError("no name of a file")
        replace_by_pieces(path, data)
    except OSError:
        raise Trouble(UNWRITABLE, path=path) from None


def _note(conn: Connection, author: Author, salt: bytes, *, everything: bool) -> None:
    body = {"file": salt.hex(), "everything": everything}
    record(conn, author, HANDED, "kiosk", author.kiosk_id, body)


def _heading(conn: Connection, joined: Joined, now: datetime) -> Heading:
    state = state_of(conn)
    was = was_called(conn, joined.kiosk_id)
    here = Here(joined.kiosk_id, joined.enrolment.corner, joined.policy, was)
    # Where it has been carried nothing is left to send: all of it is in the file.
    left = replace(pending(conn), number=0, oldest=None)
    said = greeting(here, left, state, samples(conn), now)
    return Heading(joined.enrolment.node, now, state.timeline, said)


Told = Callable[[int, int], None]
"""Hears after how many pages of how many it is."""


def take_file(joined: Joined, path: Path, now: datetime, told: Told = lambda _, __: None) -> Received:
    """Take in what a file carries, page by page; twice, late or in any order it changes nothing.

    Raises:
        Trouble: it is not for here, not whole, or not from whom it says, and nothing of it was taken; or it,
            or the database, could not be read to the end: then the pages before stand, and it may be taken
            again.
        HubTrouble: it was taken, and the hub says in it that this kiosk gets nothing any more.
    """

    def key_of(theirs: str) -> bytes:
        if theirs != joined.enrolment.corner:
            raise Trouble(ELSEWHERE, theirs=theirs, ours=joined.enrolment.corner)
        return bytes.fromhex(joined.enrolment.corner_key)

    with open_bundle(path, key_of) as bundle:
        received = _take(joined, bundle, now, told)
    if received.trouble in set(HubProblem):
        raise HubTrouble(HubProblem(received.trouble))
    return received


def _take(joined: Joined, bundle: Bundle, now: datetime, told: Told) -> Received:
    database, heading = joined.database, bundle.heading
    author = Author(joined.kiosk_id, SYSTEM, now)
    # An answer to another kiosk may be the hub's: only that kiosk can tell.
    answers_us = heading.answer and heading.node == joined.enrolment.node
    heeded = False
    if answers_us:
        if not bundle.is_proven(bytes.fromhex(joined.enrolment.node_key)):
            raise Trouble(NOT_THE_HUBS)
        heeded = database.write(_begin_life, heading, now).result()
    received = Received(void=answers_us and not heeded)
    for number, page in enumerate(bundle.pages(), 1):
        came = database.write(_take_page, heading, page, author, heeded=heeded).result()
        received += came
        if came.erased:
            leave_no_trace(database, came.erased)
        told(number, bundle.length)
    if answers_us:
        early = _is_early(heading, database.read(state_of).result(), now)
        received += Received(early=early)
    if heeded and not received.void:
        received += Received(trouble=database.write(_heard, heading, now).result())
    if received.new:
        joined.keep_keys()
    return received


def _is_early(heading: Heading, state: SyncState, now: datetime) -> bool:
    """Whether it was written at a time that is yet to come, as far as clocks may differ."""
    here = heading.at + (state.skew or timedelta(0))
    # The clock here may have been set right since it was last compared.
    return min(here, heading.at) > now + AHEAD


def _is_news(heading: Heading, state: SyncState, now: datetime) -> bool:
    """Whether the hub has written nothing after this, as far as is known here.

    What is dated far ahead is none: everything that comes later would count for nothing.
    """
    if _is_early(heading, state, now):
        return False
    return state.answered_at is None or heading.at >= state.answered_at


def _begin_life(conn: Connection, heading: Heading, now: datetime) -> bool:
    """Count by the life of the hub that an answer is of, unless it has been heard in another one since.

    An answer that lay in a drawer while the hub was heard otherwise says nothing any more. Returns whether
    its numbers count: beside those of a life that it calls void they would hide that they are.
    """
    state = state_of(conn)
    if heading.timeline == state.timeline and not heading.void:
        return True
    news = _is_news(heading, state, now)
    if news or not state.timeline:
        start_over(conn, heading.timeline)
    if news:
        answered(conn, heading.at)
    return news or not heading.void


def _take_page(conn: Connection, heading: Heading, page: Page, author: Author, *, heeded: bool) -> Received:
    """One page in one transaction; its numbers count where the hub says them here, and of the same life."""
    # Asked for each page: a round over the network may have gone on meanwhile.
    state = state_of(conn)
    if not heeded or state.timeline != heading.timeline:
        taken = followed(conn, take_in(conn, [SharedRow(one.row) for one in page.rows], author.now), author)
        return Received(taken.new, taken.known, taken.erased, void=heeded)
    taken = followed(conn, take_in(conn, page.rows, author.now), author)
    answered_for = [one.id for one in page.answers]
    before = open_among(conn, answered_for)
    sent(conn, page.answers, author.now)
    arrived = before - open_among(conn, answered_for)
    if page.after is not None and page.after <= state.cursor:
        move_cursor(conn, max((row.hub_seq or 0 for row in page.rows), default=0))
    return Received(taken.new, taken.known, taken.erased, arrived)


def _heard(conn: Connection, heading: Heading, now: datetime) -> str:
    """The hub has spoken; how far apart the clocks are, a file that was carried does not tell."""
    state = state_of(conn)
    if not _is_news(heading, state, now):
        return ""
    at = min(now, heading.at + (state.skew or timedelta(0)))
    heard(conn, at, state.skew, revoked=heading.trouble == HubProblem.REVOKED)
    answered(conn, heading.at)
    note_trouble(conn, heading.trouble)
    return heading.trouble


@dataclass(frozen=True, slots=True)
class FarewellFile:
    """The last file of a kiosk that was revoked and has wiped itself: the hub is to know it."""

    joined: Joined
    path: Path
    now: datetime

    def farewell(self, kiosk_id: str) -> None:
        """Say that nothing is kept here any more, with the key that only this program still holds.

        Raises:
            Trouble: there is no place for it; everything is wiped all the same.
        """
        enrolment = self.joined.enrolment
        said = {"kiosk": kiosk_id, "wiped": True}
        heading = Heading(enrolment.node, self.now, "", said)
        pieces = pieces_of(heading, [], bytes.fromhex(enrolment.node_key))
        write_sealed(
            self.path, seal(bytes.fromhex(enrolment.corner_key), enrolment.corner, new_salt(), pieces)
        )
