"""PINs of the staff side: Argon2id, and a delay after wrong ones that a restart does not clear."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.connection import body_time, db_time, from_db_time
from models.log import Author, record
from models.policy import Policy
from models.refusals import CLOCK_SLACK
from models.words import SYSTEM

if TYPE_CHECKING:
    from models.connection import Connection

LENGTH = 6
"""Digits of a PIN that this house makes."""

LONGEST_DELAY = timedelta(hours=1)


def new_pin() -> str:
    """A new PIN from the system's random generator."""
    return "".join(str(secrets.randbelow(10)) for _ in range(LENGTH))


def hash_pin(pin: str) -> str:
    """The PIN as it is kept: Argon2id with RFC 9106's second recommended cost (64 MiB, 3 passes)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4).hash(pin)


def matching(pins: dict[str, str], pin: str) -> str | None:
    """The id of the account whose PIN this is, ``None`` where it is nobody's.

    Every account is tried, so that the time to answer does not tell which one it was.
    """
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    hasher = PasswordHasher()
    found = None
    for staff_id, kept in pins.items():
        try:
            hasher.verify(kept, pin)
            found = staff_id
        except (VerificationError, InvalidHashError):
            continue
    return found


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """Whether a PIN opened the staff side, or until when none is tried."""

    staff_id: str | None
    until: datetime | None = None


def accounts(conn: Connection) -> dict[str, str]:
    """The accounts that have a PIN: id and hash."""
    return dict(conn.execute("select id, pin from staff_member where pin <> '' order by id").fetchall())


def delayed_until(conn: Connection, kiosk_id: str, policy: Policy, now: datetime) -> datetime | None:
    """Until when no PIN is tried here: after five wrong ones in a row, doubling with each further."""
    attempts = conn.execute(
        'select at, "right" from pin_attempt where kiosk_id = ? and at <= ?'
        " order by at desc, id desc limit 32",
        (kiosk_id, db_time(now + CLOCK_SLACK)),
    ).fetchall()
    wrong = 0
    for _, right in attempts:
        if right:
            break
        wrong += 1
    if wrong < policy.wrong_pins:
        return None
    delay = min(timedelta(minutes=policy.pin_delay) * 2 ** (wrong - policy.wrong_pins), LONGEST_DELAY)
    until = from_db_time(attempts[0][0]) + delay
    return until if now < until else None


def answer_pin(
    conn: Connection, kiosk_id: str, policy: Policy, found: str | None, now: datetime
) -> PinAnswer:
    """Write down the try and answer it; during a delay even a right PIN opens nothing."""
    until = delayed_until(conn, kiosk_id, policy, now)
    if until is not None:
        return PinAnswer(None, until)
    body = {"at": body_time(now), "right": found is not None}
    if found is not None:
        body["staff"] = found
    record(conn, Author(kiosk_id, found or SYSTEM, now), "pin.tried", "kiosk", kiosk_id, body)
    return PinAnswer(found, None if found else delayed_until(conn, kiosk_id, policy, now))
