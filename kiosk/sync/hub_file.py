"""The hub's side of the road without a network: what a stick has brought, and what it takes back.

Everything goes through the same three calls as over a kiosk's own connection, with the same checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.languages import N_
from kiosk.home import Home
from kiosk.sync.bundle import Bundle, Heading, Page, open_bundle, pieces_of
from kiosk.sync.by_file import write_sealed
from kiosk.sync.cycle import PAGE, unreadable
from kiosk.sync.hub_database import opened
from kiosk.sync.hub_errors import guarded
from kiosk.sync.hub_keys import kept_corner_key, kept_node_key
from kiosk.sync.link import Heard, Hub
from kiosk.sync.sealed import new_salt, seal
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.sync.outbox import Answer
from models.sync.rows import SharedRow

if TYPE_CHECKING:
    from psycopg import Connection as HubConnection

AN_ANSWER = N_("Ce fichier est une réponse du serveur : portez-le à la borne (« kiosk sync --from »).")
NOT_ITS_OWN = N_(
    "Ce fichier n'est pas de la borne dont il porte le nom, rien n'en a été pris : refaites-le sur cette"
    " borne, sinon donnez-lui une nouvelle inscription."
)


@dataclass(slots=True)
class Exchanged:
    """What has gone in, and what comes back."""

    taken: int = 0
    """Rows that the hub did not have."""
    refused: int = 0
    given: int = 0
    """Rows that the kiosk did not have, as far as the hub knows."""
    trouble: str = ""
    """The word for why the kiosk gets nothing; empty where it does."""
    wiped: bool = False
    """The kiosk has said farewell: there is nobody to answer."""


def exchange(address: str, home: Home, file: Path, out: Path) -> Exchanged:
    """Take a kiosk's file into the hub, and write the answer that goes back to the kiosk.

    Each page is taken whole before it is answered. Where the answer does not come to its end there is none,
    and the same file may be brought again.

    Args:
        home: where the keys of corners are kept, on the machine of whoever looks after the hub.

    Raises:
        Trouble: the file is not a kiosk's, not that of the kiosk that it names, not whole, or the answer
            cannot be written.
        HubTrouble: the hub does not answer, or takes nothing from this kiosk.
    """
    with (
        open_bundle(file, lambda corner: bytes.fromhex(kept_corner_key(home, corner))) as bundle,
        opened(address) as connection,
    ):
        if bundle.heading.answer:
            raise Trouble(AN_ANSWER)
        node_key = bytes.fromhex(kept_node_key(home, bundle.heading.node))
        if not bundle.is_proven(node_key):
            raise Trouble(NOT_ITS_OWN)
        hub = _as_the_kiosk(connection, bundle.heading.node)
        if corner_of(connection, bundle.heading.node) not in (None, bundle.corner):
            raise HubTrouble(HubProblem.CORNER)
        if bundle.heading.greeting.get("wiped"):
            hub.farewell(bundle.heading.greeting["kiosk"])
            return Exchanged(wiped=True)
        heard = hub.hello({**bundle.heading.greeting, "carried": True})
        done = Exchanged(trouble=_why_nothing(heard, bundle.heading))
        answer = Heading(
            bundle.heading.node,
            heard.now,
            heard.timeline,
            answer=True,
            trouble=done.trouble,
            void=heard.void,
        )
        pages = _answers(hub, heard, bundle, done)
        key = bytes.fromhex(kept_corner_key(home, bundle.corner))
        write_sealed(out, seal(key, bundle.corner, new_salt(), pieces_of(answer, pages, node_key)))
    return done


def _as_the_kiosk(connection: HubConnection[Any], node: str) -> Hub:
    """The hub as the kiosk of a file would reach it; each page stands before it is answered."""

    def speak() -> None:
        connection.rollback()
        connection.autocommit = True
        connection.execute("select set_config('hub.carried_from', %s, false)", (f"kiosk_{node}",))

    guarded(speak)
    return Hub(connection)


def _why_nothing(heard: Heard, heading: Heading) -> str:
    if heard.revoked:
        return HubProblem.REVOKED
    return HubProblem.TOO_OLD if heard.min_schema > int(heading.greeting["schema"]) else ""


def _answers(hub: Hub, heard: Heard, bundle: Bundle, done: Exchanged) -> Iterator[Page]:
    """What the hub says of each page, and then what the corner has beyond what the kiosk had."""
    greeting = bundle.heading.greeting
    for page in bundle.pages():
        answers = _put(hub, heard.timeline, page.rows)
        refused = sum(1 for one in answers if one.refused)
        done.taken += sum(1 for one in answers if (one.hub_seq or 0) > heard.head)
        done.refused += refused
        yield Page(answers=tuple(answers))
    # Of another life of the hub, or ahead of what it has: the kiosk's number says nothing.
    same = bundle.heading.timeline == heard.timeline and greeting["pulled"] <= heard.head and not heard.void
    after = greeting["pulled"] if same else 0
    while not done.trouble and (rows := hub.pull(heard.timeline, after, PAGE)):
        done.given += len(rows)
        yield Page(tuple(rows), after=after)
        after += len(rows)


def corner_of(connection: HubConnection[Any], node: str) -> str | None:
    """Whose corner a kiosk's place is in; ``None`` where there is no such place."""
    row = guarded(lambda: connection.execute("select corner from hub.node where id = %s", (node,)).fetchone())
    return row[0] if row else None


def _put(hub: Hub, timeline: str, rows: Sequence[SharedRow]) -> list[Answer]:
    """What the hub says of each row; one that it cannot read holds up no other."""
    try:
        return hub.push(timeline, rows)
    except HubTrouble as trouble:
        if trouble.problem != HubProblem.ROW:
            raise
    if len(rows) == 1:
        return [unreadable(rows[0])]
    middle = len(rows) // 2
    return _put(hub, timeline, rows[:middle]) + _put(hub, timeline, rows[middle:])
