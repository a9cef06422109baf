"""What coordinators see, worked out anew: from each corner's feed to the hub's tables for them.

The figures come from a copy of the corner (``kiosk.sync.replica``), by the same rules as on its kiosks.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from assets.languages import N_, local
from kiosk.crash_net import place_of
from kiosk.home import Home
from kiosk.sync.hub_errors import guarded
from kiosk.sync.replica import Replica
from kiosk.sync.trouble import HubTrouble
from kiosk.trouble import Trouble
from models.network.reading import (
    KioskTold,
    conflicts_of,
    days_of_corner,
    months_of_corner,
    span_of_corner,
)
from models.network.told import CornerDay, CornerMonth, people_of_network
from models.network.view import month_values
from models.policy import Policy

if TYPE_CHECKING:
    from psycopg import Connection as HubConnection

    from models.connection import Connection

log = logging.getLogger("kiosk")

NEAR = timedelta(days=7)
"""How far from today days are worked out whenever a corner has told something; the others less often."""

_NODES = (
    "select corner, enrolled_at, revoked_at, wiped_at, last_seen, oldest_pending, policy from hub.node"
    " order by corner, last_seen nulls first"
)
_CORNER = (
    "insert into hub.told_corner (corner, since, conflicts, folded_at) values (%s, %s, %s, %s)"
    " on conflict (corner) do update set since = excluded.since, conflicts = excluded.conflicts,"
    " folded_at = excluded.folded_at"
)
_DAY = "insert into hub.told_day (corner, day, planned, over, closed, people) values (%s, %s, %s, %s, %s, %s)"
_MONTH = "insert into hub.told_month (corner, first, whole, figures) values (%s, %s, %s, %s)"
_PEOPLE = "select day, array_agg(people) from hub.told_day where day between %s and %s group by day"


@dataclass(frozen=True, slots=True)
class Worked:
    """What a corner has come to."""

    since: date
    first: date
    last: date
    """The days that were worked out."""
    days: Mapping[date, CornerDay]
    months: Mapping[date, CornerMonth] | None
    """``None``: not worked out this time."""
    conflicts: int


def fold(hub: HubConnection[Any], home: Home, now: datetime, *, whole: bool) -> int:
    """Bring what coordinators see up to date; of how many corners there was something to work out.

    Args:
        whole: every day and month of every corner; else the days near today of those with something new.

    Raises:
        HubTrouble: the hub does not answer; what was done for other corners stands.
        Trouble: of some corners it could not be done; of all others it is.
    """
    guarded(hub.commit)
    hub.autocommit = True  # a corner that is done stands
    done = 0
    # Who has told what is asked before the rows: nothing can be missing of what they had told by then.
    failed: list[str] = []
    for corner, (kiosks, policy) in _kiosks(hub).items():
        try:
            with Replica(home, corner) as replica:
                if not replica.update(hub, now) and not whole:
                    continue
                worked = replica.read(partial(work_out, corner, kiosks, policy, now, whole=whole))
            guarded(partial(put, hub, corner, worked, now))
            done += 1
        except HubTrouble:
            raise
        except Exception as error:  # one corner's rows, or its copy, hold up no other corner
            log.error("corner not worked out: %s", place_of(error))
            failed.append(corner)
    if failed:
        raise Trouble(
            N_("Les chiffres de {corners} n'ont pas pu être faits : les autres le sont ; voyez le journal."),
            corners=", ".join(failed),
        )
    return done


def _kiosks(hub: HubConnection[Any]) -> dict[str, tuple[list[KioskTold], Policy]]:
    """The kiosks of each corner that has been heard, and how it reckons: as the latest of them says."""
    found: dict[str, tuple[list[KioskTold], Policy]] = {}
    heard = set()
    rows = guarded(lambda: hub.execute(_NODES).fetchall())
    for corner, enrolled, revoked, wiped, seen, pending, policy in rows:
        kiosks, known = found.get(corner, ([], Policy()))
        kiosks.append(KioskTold(enrolled, revoked, wiped, seen, pending))
        found[corner] = kiosks, _policy(policy) or known
        if seen is not None:
            heard.add(corner)
    return {corner: kept for corner, kept in found.items() if corner in heard}


def _policy(said: str | None) -> Policy | None:
    """How a kiosk reckons; a number that this version does not know is left out."""
    try:
        values = json.loads(said or "")
        return Policy(**{name: int(values[name]) for name in Policy.__slots__ if name in values})
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def work_out(
    corner: str, kiosks: list[KioskTold], policy: Policy, now: datetime, conn: Connection, *, whole: bool
) -> Worked:
    """What a corner's own log comes to.

    Args:
        whole: every day and month; else the days near today.
    """
    since, until = span_of_corner(conn, corner, now)
    today = local(now).date()
    first, last = (since, max(until, today)) if whole else (today - NEAR, today + NEAR)
    return Worked(
        since.replace(day=1),
        first,
        last,
        days_of_corner(conn, corner, first, last, policy, now),
        months_of_corner(conn, corner, since, kiosks, policy, now) if whole else None,
        conflicts_of(conn, corner, policy, now),
    )


def put(hub: HubConnection[Any], corner: str, worked: Worked, now: datetime) -> None:
    """A corner's figures in the place of those before, all at once."""
    span = (worked.first, worked.last)
    with hub.transaction(), hub.cursor() as cursor:
        # The people of a day are those of all corners: two programs at it take turns.
        cursor.execute("select pg_advisory_xact_lock(hashtext('kiosk network'))")
        cursor.execute(_CORNER, (corner, worked.since, worked.conflicts, now))
        cursor.execute(
            "delete from hub.told_day where corner = %s and day between %s and %s", (corner, *span)
        )
        cursor.executemany(
            _DAY,
            [
                (corner, day, one.planned, one.over, one.closed, one.people)
                for day, one in worked.days.items()
            ],
        )
        if worked.months is not None:
            cursor.execute("delete from hub.told_month where corner = %s", (corner,))
            cursor.executemany(
                _MONTH,
                [
                    (corner, first, month.whole, json.dumps(month_values(month.tally)))
                    for first, month in worked.months.items()
                ],
            )
        told = [(day, people_of_network(people)) for day, people in cursor.execute(_PEOPLE, span)]
        cursor.execute("delete from hub.told_people where day between %s and %s", span)
        cursor.executemany(
            "insert into hub.told_people (day, people) values (%s, %s)",
            [(day, people) for day, people in told if people is not None],
        )
