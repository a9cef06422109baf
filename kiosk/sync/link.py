"""The connection of a kiosk to its hub: three calls, and one sentence for whatever goes wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.clock import monotonic
from kiosk.sync.hub_errors import guarded
from kiosk.sync.trouble import HubProblem, HubTrouble
from models.network.view import Network, network_of
from models.sync.outbox import Answer
from models.sync.rows import COLUMNS, BadRow, SharedRow, rows_of, values_of

if TYPE_CHECKING:
    from datetime import date

    from psycopg import Connection as HubConnection

    from kiosk.sync.enrolment import Access

T = TypeVar("T")

CONNECT = 5
"""Seconds after which a hub that does not answer is away."""

ANSWER = 15
"""Seconds after which an answer is too slow, and the hub stops working on it."""

SILENCE = 5
"""Seconds more after which nobody is taken to be there: the line stands, and no word will ever come."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the hub answers to a greeting."""

    timeline: str
    head: int
    now_ms: int
    """Its clock, in milliseconds since 1970."""
    min_schema: int
    corner: str
    channel: str
    """What it tells of the corner's feed by."""
    revoked: bool
    may_erase: bool
    void: bool
    """The greatest number that is known here is another row's there: all numbers are void."""

    @property
    def now(self) -> datetime:
        """The same as a moment."""
        return datetime.fromtimestamp(self.now_ms / 1000, UTC)


class Hub:
    """One connection; made anew by whoever finds it broken."""

    def __init__(self, connection: HubConnection[Any]) -> None:
        self._connection = connection
        self._listens = False
        self._channel = ""
        self._heard: tuple[float, Heard] | None = None
        """The last greeting, and when it was answered."""

    def hello(self, said: dict[str, Any]) -> Heard:
        """Greet the hub.

        Raises:
            HubTrouble: it does not answer as a hub does.
        """
        heard = self._asked("select hub.hello(%s)", json.dumps(said), json.loads)
        try:
            found = Heard(
                str(heard["timeline"]),
                int(heard["head"]),
                int(heard["now"]),
                int(heard["min_schema"]),
                str(heard["corner"]),
                str(heard["channel"]),
                bool(heard["revoked"]),
                bool(heard["may_erase"]),
                bool(heard["void"]),
            )
        except (KeyError, TypeError, ValueError):
            raise HubTrouble(HubProblem.NOT_OURS) from None
        if self._hear(found.channel):
            return self.hello(said)  # what came between the two nobody was told of
        self._heard = monotonic(), found
        return found

    def heard_within(self, seconds: float) -> Heard | None:
        """The answer to the last greeting over this line, where that is no longer ago."""
        if self._heard is None or monotonic() - self._heard[0] > seconds:
            return None
        return self._heard[1]

    def push(self, timeline: str, rows: Sequence[SharedRow]) -> list[Answer]:
        """Send a page; the answer says what became of each row, in its order.

        Raises:
            HubTrouble: nothing of the page has been taken, or nobody knows whether it has.
        """
        answers = self._asked("select hub.push(%s, %s)", (timeline, page_of(rows)), json.loads)
        try:
            found = [Answer(id_, number, stamp, why or "") for id_, number, stamp, why in answers]
        except (TypeError, ValueError):
            raise HubTrouble(HubProblem.NOT_OURS) from None
        if [one.id for one in found] != [sent.row.id for sent in rows]:
            raise HubTrouble(HubProblem.NOT_OURS)
        return found

    def pull(self, timeline: str, after: int, most: int) -> list[SharedRow]:
        """The next rows of the corner.

        Raises:
            HubTrouble: it does not answer, or gives what are no rows.
        """

        def rows() -> list[SharedRow]:
            cursor = self._connection.execute("select * from hub.pull(%s, %s, %s)", (timeline, after, most))
            return rows_of(cursor.fetchall())

        try:
            found = self._in_time(rows)
        except BadRow:
            raise HubTrouble(HubProblem.NOT_OURS) from None
        numbers = [one.hub_seq for one in found]
        if numbers != list(range(after + 1, after + 1 + len(found))):
            raise HubTrouble(HubProblem.NOT_OURS)
        return found

    def farewell(self, kiosk_id: str) -> None:
        """Say that nothing is kept here any more: a revoked kiosk has wiped itself.

        Raises:
            HubTrouble: it did not hear.
        """
        self._asked("select hub.hello(%s)", json.dumps({"kiosk": kiosk_id, "wiped": True}), str)

    def listen(self) -> None:
        """Be told when the corner's feed grows, from the next greeting on, which says by what name."""
        self._listens = True

    def _hear(self, channel: str) -> bool:
        """Listen to the corner's channel; whether that has just begun."""
        from psycopg import sql

        if not self._listens or channel == self._channel:
            return False
        said = sql.SQL("listen {}").format(sql.Identifier(channel))
        self._in_time(lambda: self._connection.execute(said))
        self._channel = channel
        return True

    def told(self) -> int:
        """The greatest number of the feed of which the hub has told since it was last asked; 0 for none."""
        found = guarded(lambda: [told.payload for told in self._connection.notifies(timeout=0)])
        return max((int(number) for number in found if number.isdecimal()), default=0)

    def fileno(self) -> int:
        """What to wait on."""
        return self._connection.fileno()

    def network(self, first: date, last: date) -> Network:
        """What a coordinator may see of some days.

        Raises:
            HubTrouble: it does not answer, or this is no coordinator's role.
        """
        said = self._asked("select hub.network(%s, %s)", (first, last), json.loads)
        try:
            return network_of(said)
        except (LookupError, TypeError, ValueError):
            raise HubTrouble(HubProblem.NOT_OURS) from None

    def new_password(self, role: str, password: str) -> None:
        """Change the kiosk's own secret: the one in the file that was carried here opens nothing any more."""
        from psycopg import sql

        kept = verifier(self._connection, role, password)
        said = sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(kept))
        self._in_time(lambda: self._connection.execute(said))

    def close(self) -> None:
        """End it."""
        self._connection.close()

    def _in_time(self, ask: Callable[[], T]) -> T:
        """Ask, and hang up on a hub that says nothing: neither TCP nor PostgreSQL would ever give up.

        Raises:
            HubTrouble: it did not answer, or said no.
        """
        patience = Timer(ANSWER + SILENCE, self._hang_up)
        patience.daemon = True
        patience.start()
        try:
            return guarded(ask)
        finally:
            patience.cancel()

    def _hang_up(self) -> None:
        """End the line under whoever waits on it; from another thread."""
        with suppress(OSError), socket(fileno=os.dup(self._connection.fileno())) as line:
            line.shutdown(SHUT_RDWR)

    def _asked(self, statement: str, values: object, read: Callable[[str], T]) -> T:
        """One value of the hub, read.

        Raises:
            HubTrouble: there is none, or it cannot be read.
        """
        given = values if isinstance(values, tuple) else (values,)
        row: Any = self._in_time(lambda: self._connection.execute(statement, given).fetchone())
        try:
            return read(row[0])
        except (TypeError, ValueError, IndexError):
            raise HubTrouble(HubProblem.NOT_OURS) from None


def verifier(connection: HubConnection[Any], role: str, password: str) -> str:
    """What the server keeps of a password (SCRAM-SHA-256): the password itself is in no log of its."""
    made = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return made.decode("ascii")


def page_of(rows: Iterable[SharedRow]) -> str:
    """Rows as the hub takes them: a JSON list of objects."""
    return json.dumps(
        [dict(zip(COLUMNS, values_of(one._replace(hub_seq=None)), strict=True)) for one in rows],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def connect(enrolment: Access, ca_file: Path) -> Hub:
    """Reach the hub as a kiosk, or as a coordinator.

    Raises:
        HubTrouble: it is away, is another one, or does not let them in.
    """
    import psycopg  # after the first paint, and only where there is a hub
    from psycopg.conninfo import make_conninfo

    conninfo = make_conninfo(
        host=enrolment.host,
        port=enrolment.port,
        dbname=enrolment.dbname,
        user=enrolment.role,
        password=enrolment.password,
        connect_timeout=CONNECT,
        application_name="kiosk",
        options=f"-c statement_timeout={ANSWER * 1000} -c client_min_messages=warning",
        tcp_user_timeout=ANSWER * 1000,
        gssencmode="disable",
        **_fence(enrolment, ca_file),
    )
    # Nothing is prepared on the server: a pooler between may give every call another connection.
    return Hub(guarded(lambda: psycopg.connect(conninfo, autocommit=True, prepare_threshold=None)))


def _fence(enrolment: Access, ca_file: Path) -> dict[str, str]:
    """How the line is guarded: wherever the hub is not on this machine it has to prove who it is."""
    if enrolment.is_local:
        return {"sslmode": "disable" if enrolment.host.startswith("/") else "prefer"}
    return {
        "sslmode": "verify-full",
        "sslrootcert": str(ca_file),
        "ssl_min_protocol_version": "TLSv1.3",
        "channel_binding": "require",
    }
