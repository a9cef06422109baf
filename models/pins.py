"""PINs of the staff side: Argon2id, and a delay after wrong ones that a restart does not clear.

Somebody says first who they are, then gives the PIN: so five wrong ones delay that one account on that
one kiosk, and lock nobody else (P-17).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.connection import body_time, from_db_time
from models.log import Author, record
from models.policy import Policy
from models.refusals import CLOCK_SLACK
from models.words import SYSTEM

if TYPE_CHECKING:
    from models.connection import Connection

SHORTEST = 6
"""Digits of a PIN that this house makes, unless it is asked for more."""

LONGEST = 12

LONGEST_DELAY = timedelta(hours=1)

NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$JIOiZ/Mr/LFuO8JPmq+1lQ$tzmWLZpehoMUpEUM3UxFqveQSEVLZP4cr0njKKySCxc"
"""The hash of a random text that nobody kept: compared with where there is no PIN to compare with."""

_LAST_TRIES = (
    'select p.at, p."right" from pin_attempt p join change c on c.id = p.id'
    " where p.kiosk_id = ? and p.staff_id = ? order by c.seq desc limit 32"
)
"""By their number among the rows of the kiosk: the order in which they were made, whatever the clock said."""


def new_pin(digits: int = SHORTEST, taken: Collection[str] = ()) -> str:
    """A new PIN from the system's random generator, which is none of those whose hashes are taken."""
    while True:
        pin = "".join(str(secrets.randbelow(10)) for _ in range(digits))
        if not any(is_pin(kept, pin) for kept in taken):
            return pin


def hash_pin(pin: str) -> str:
    """The PIN as it is kept: Argon2id with RFC 9106's second recommended cost (64 MiB, 3 passes)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4).hash(pin)


def is_pin(kept: str, pin: str) -> bool:
    """Whether this is the PIN whose hash is kept. As much work where the hash is none: time tells nothing."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

    hasher = PasswordHasher()
    try:
        return hasher.verify(kept, pin)
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError):
        if kept != NOBODYS:
            is_pin(NOBODYS, pin)
        return False


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """Whether a PIN opened the staff side, or until when none is tried."""

    staff_id: str | None
    until: datetime | None = None


def kept_hash(conn: Connection, staff_id: str) -> str:
    """The hash of an account's PIN; ``NOBODYS`` where the account is closed, unknown or has none."""
    row = conn.execute(
        "select pin from staff_member where id = ? and closed_at is null and pin <> ''", (staff_id,)
    ).fetchone()
    return str(row[0]) if row else NOBODYS


def delayed_until(
    conn: Connection, kiosk_id: str, staff_id: str, policy: Policy, now: datetime
) -> datetime | None:
    """Until when no PIN of this account is tried on this kiosk.

    After five wrong ones in a row, doubling with each further one. The last try may lie ahead of a clock
    that was put back: by little, and the delay stands; by more than ``CLOCK_SLACK``, and one single try is
    open, after which the count goes on. So a clock that was wrong for a day locks nobody for ever.
    """
    tries = conn.execute(_LAST_TRIES, (kiosk_id, staff_id)).fetchall()
    wrong = 0
    for _, right in tries:
        if right:
            break
        wrong += 1
    if wrong < policy.wrong_pins:
        return None
    delay = min(timedelta(minutes=policy.pin_delay) * 2 ** (wrong - policy.wrong_pins), LONGEST_DELAY)
    last = from_db_time(tries[0][0])
    return last + delay if last - CLOCK_SLACK <= now < last + delay else None


def answer_pin(
    conn: Connection, kiosk_id: str, staff_id: str, policy: Policy, right: bool, now: datetime
) -> PinAnswer:
    """Write down the try and answer it; during a delay even a right PIN opens nothing."""
    until = delayed_until(conn, kiosk_id, staff_id, policy, now)
    if until is not None:
        return PinAnswer(None, until)
    author = Author(kiosk_id, staff_id if right else SYSTEM, now)
    body = {"at": body_time(now), "right": right, "staff": staff_id}
    record(conn, author, "pin.tried", "kiosk", kiosk_id, body)
    if right:
        return PinAnswer(staff_id)
    return PinAnswer(None, delayed_until(conn, kiosk_id, staff_id, policy, now))
