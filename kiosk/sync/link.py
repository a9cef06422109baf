"""The connection of a kiosk to its hub: three calls, and one sentence for whatever goes wrong."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.sync.trouble import HubProblem, HubTrouble
from models.sync.outbox import Answer
from models.sync.rows import COLUMNS, BadRow, SharedRow, shared_of, values_of

if TYPE_CHECKING:
    from psycopg import Connection as HubConnection

    from kiosk.sync.enrolment import Enrolment

log = logging.getLogger("kiosk")

T = TypeVar("T")

CONNECT = 5
"""Seconds after which a hub that does not answer is away."""

ANSWER = 15
"""Seconds after which an answer is too slow."""

_BY_STATE = {
    "HUB01": HubProblem.NO_ENTRY,
    "HUB02": HubProblem.REVOKED,
    "HUB03": HubProblem.ANOTHER,
    "HUB04": HubProblem.TIMELINE,
    "HUB05": HubProblem.REVOKED,
    "57014": HubProblem.SLOW,  # query_canceled: the statement's time-out
    "53100": HubProblem.FULL,  # disk_full
    "58030": HubProblem.FULL,  # io_error: no space, or a disk that fails
    "28000": HubProblem.NO_ENTRY,  # no such role, or one that may not log in
    "28P01": HubProblem.NO_ENTRY,  # wrong password
    "3D000": HubProblem.NO_HUB,  # no such database
    "3F000": HubProblem.NO_HUB,  # no such schema
    "42883": HubProblem.NO_HUB,  # no such function
    "42501": HubProblem.NO_ENTRY,  # may not call it
}
"""What PostgreSQL says by number (its appendix A), and the hub's own numbers."""

_ROW_CLASSES = ("22", "23")
"""Data exceptions and broken constraints: it is a row that is wrong, not the hub."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the hub answers to a greeting."""

    timeline: str
    head: int
    now_ms: int
    """Its clock, in milliseconds since 1970."""
    min_schema: int
    corner: str
    revoked: bool

    @property
    def now(self) -> datetime:
        """The same as a moment."""
        return datetime.fromtimestamp(self.now_ms / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Put:
    """What the hub says of one row of a page."""

    answer: Answer
    origin: str
    twice: bool
    """Another row has this number of this kiosk already: its file was copied."""


class Hub:
    """One connection; made anew by whoever finds it broken."""

    def __init__(self, connection: HubConnection[Any]) -> None:
        self._connection = connection

    def hello(self, said: dict[str, Any]) -> Heard:
        """Greet the hub.

        Raises:
            HubTrouble: it does not answer as a hub does.
        """
        heard = self._asked("select hub.hello(%s)", json.dumps(said), json.loads)
        try:
            return Heard(
                str(heard["timeline"]),
                int(heard["head"]),
                int(heard["now"]),
                int(heard["min_schema"]),
                str(heard["corner"]),
                bool(heard["revoked"]),
            )
        except (KeyError, TypeError, ValueError):
            raise HubTrouble(HubProblem.NOT_OURS) from None

    def push(self, timeline: str, rows: Sequence[SharedRow]) -> list[Put]:
        """Send a page; the answer says what became of each row, in its order.

        Raises:
            HubTrouble: nothing of the page has been taken, or nobody knows whether it has.
        """
        answers = self._asked("select hub.push(%s, %s)", (timeline, page_of(rows)), json.loads)
        try:
            found = [
                Put(Answer(id_, number, stamp, why or ""), sent.row.origin, bool(twice))
                for (id_, number, stamp, why, twice), sent in zip(answers, rows, strict=True)
            ]
        except (TypeError, ValueError):
            raise HubTrouble(HubProblem.NOT_OURS) from None
        if [put.answer.id for put in found] != [sent.row.id for sent in rows]:
            raise HubTrouble(HubProblem.NOT_OURS)
        return found

    def pull(self, timeline: str, after: int, most: int) -> list[SharedRow]:
        """The next rows of the corner.

        Raises:
            HubTrouble: it does not answer, or gives what are no rows.
        """

        def rows() -> list[SharedRow]:
            cursor = self._connection.execute("select * from hub.pull(%s, %s, %s)", (timeline, after, most))
            return [shared_of(values) for values in cursor.fetchall()]

        try:
            found = guarded(rows)
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

    def listen(self, corner: str) -> None:
        """Be told when the corner's feed grows."""
        from psycopg import sql

        guarded(
            lambda: self._connection.execute(sql.SQL("listen {}").format(sql.Identifier(f"hub_{corner}")))
        )

    def told(self, seconds: float = 0) -> bool:
        """Whether the feed has grown, waiting for so long at most."""
        return guarded(lambda: any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1)))

    def fileno(self) -> int:
        """What to wait on."""
        return self._connection.fileno()

    def new_password(self, role: str, password: str) -> None:
        """Change the kiosk's own secret: the one in the file that was carried here opens nothing any more."""
        from psycopg import sql

        said = sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(password))
        guarded(lambda: self._connection.execute(said))

    def close(self) -> None:
        """End it."""
        self._connection.close()

    def _asked(self, statement: str, values: object, read: Callable[[str], T]) -> T:
        """One value of the hub, read.

        Raises:
            HubTrouble: there is none, or it cannot be read.
        """
        given = values if isinstance(values, tuple) else (values,)
        row: Any = guarded(lambda: self._connection.execute(statement, given).fetchone())
        try:
            return read(row[0])
        except (TypeError, ValueError, IndexError):
            raise HubTrouble(HubProblem.NOT_OURS) from None


def page_of(rows: Iterable[SharedRow]) -> str:
    """Rows as the hub takes them: a JSON list of objects."""
    return json.dumps(
        [dict(zip(COLUMNS, values_of(replace(one, hub_seq=None)), strict=True)) for one in rows],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def connect(enrolment: Enrolment, ca_file: Path) -> Hub:
    """Reach the hub as a kiosk.

    Raises:
        HubTrouble: it is away, is another one, or does not let this kiosk in.
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


def _fence(enrolment: Enrolment, ca_file: Path) -> dict[str, str]:
    """How the line is guarded: wherever the hub is not on this machine it has to prove who it is."""
    if enrolment.is_local:
        return {"sslmode": "disable" if enrolment.host.startswith("/") else "prefer"}
    return {
        "sslmode": "verify-full",
        "sslrootcert": str(ca_file),
        "ssl_min_protocol_version": "TLSv1.3",
        "channel_binding": "require",
    }


def guarded(ask: Callable[[], T]) -> T:
    """Ask PostgreSQL something.

    Raises:
        HubTrouble: it did not answer, or said no.
    """
    import psycopg

    try:
        return ask()
    except psycopg.Error as error:
        # By its number: its text may hold what was sent.
        log.warning("hub: %s %s", type(error).__name__, error.sqlstate)
        raise HubTrouble(_problem(error)) from None
    except (OSError, UnicodeError):
        raise HubTrouble(HubProblem.AWAY) from None


def _problem(error: Exception) -> HubProblem:
    """What an error of PostgreSQL, or of the way to it, means."""
    state = getattr(error, "sqlstate", None) or ""
    if state in _BY_STATE:
        return _BY_STATE[state]
    if state[:2] in _ROW_CLASSES:
        return HubProblem.ROW
    if state:
        return HubProblem.AWAY
    return _without_number(str(error))


_SIGNS = (
    (
        ("certificate", "SSL error", "SSL was required", "does not support SSL", "tlsv1", "channel binding"),
        HubProblem.TLS,
    ),
    (
        ("password authentication failed", "is not permitted to log in", "no pg_hba.conf entry"),
        HubProblem.NO_ENTRY,
    ),
    (('role "',), HubProblem.NO_ENTRY),
    (
        (
            "expected authentication request",
            "invalid response to SSL",
            "received invalid",
            "lost synchronization",
        ),
        HubProblem.NOT_OURS,
    ),
    (("does not exist",), HubProblem.NO_HUB),
)
"""What libpq says before a connection stands, where nothing has a number: its own words, in English."""


def _without_number(said: str) -> HubProblem:
    return next(
        (problem for words, problem in _SIGNS if any(word in said for word in words)), HubProblem.AWAY
    )
