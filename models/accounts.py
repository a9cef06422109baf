"""The accounts of the staff side: added, given a new PIN, another role, closed and opened again.

Every change is a row of the log. A PIN is always made by the house: whoever could choose one would learn
that somebody else has it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import normalize

from models.connection import body_time, from_db_time
from models.ids import uuid7
from models.log import Author
from models.registers import set_fields
from models.rights import Action, may

if TYPE_CHECKING:
    from models.connection import Connection
    from models.words import Role

LONGEST_NAME = 40

_ACCOUNTS = "select id, name, role, closed_at, pin <> '' from staff_member order by closed_at is not null, id"


class Problem(StrEnum):
    """Why an account was left as it is."""

    NO_NAME = "no_name"
    """Empty, too long, or with signs that cannot be shown."""
    NAME_TAKEN = "name_taken"
    """Another open account has this name: the sign-in could not tell them apart."""
    UNKNOWN = "unknown"
    SEVERAL = "several"
    """More than one account has this name: two kiosks have each made one."""
    CLOSED = "closed"
    OPEN = "open"
    LAST = "last"
    """Nobody would be left who may note presences."""


class AccountError(Exception):
    """Nothing has been changed; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it may be shown: without its PIN."""

    id: str
    name: str
    role: str
    closed_at: datetime | None = None
    has_pin: bool = True

    @property
    def opens(self) -> bool:
        """Whether somebody can sign in with it."""
        return self.closed_at is None and self.has_pin


def accounts(conn: Connection) -> tuple[Account, ...]:
    """Every account, those that are open first, each in the order of their names."""
    found = [
        Account(id_, name, role, from_db_time(closed) if closed else None, bool(has_pin))
        for id_, name, role, closed, has_pin in conn.execute(_ACCOUNTS)
    ]
    return tuple(sorted(found, key=lambda one: (one.closed_at is not None, _same(one.name))))


def who_may_sign_in(conn: Connection) -> tuple[Account, ...]:
    """The accounts that somebody can sign in with, in the order of their names."""
    return tuple(account for account in accounts(conn) if account.opens)


def staff_name(conn: Connection, staff_id: str) -> str:
    """Whose account this is, open or closed; empty for whatever is no account's id."""
    row = conn.execute("select name from staff_member where id = ?", (staff_id,)).fetchone()
    return row[0] if row else ""


def taken_pins(conn: Connection) -> tuple[str, ...]:
    """The hashes of the PINs of open accounts: a new PIN must be none of these."""
    found = conn.execute("select pin from staff_member where closed_at is null and pin <> ''")
    return tuple(pin for (pin,) in found)


def account_named(conn: Connection, name: str, *, closed: bool = False) -> Account:
    """The open account of this name or id; ``closed``: the one that was closed last.

    Raises:
        AccountError: there is none, or more than one that is open.
    """
    named = [one for one in accounts(conn) if one.id == name or _same(one.name) == _same(name)]
    fitting = [one for one in named if (one.closed_at is not None) is closed]
    if not fitting:
        raise AccountError((Problem.OPEN if closed else Problem.CLOSED) if named else Problem.UNKNOWN)
    if closed:
        return max(fitting, key=lambda one: (one.closed_at is not None and one.closed_at, one.id))
    if len(fitting) > 1:
        raise AccountError(Problem.SEVERAL)
    return fitting[0]


def proper_name(name: str) -> str:
    """A name without needless blanks.

    Raises:
        AccountError: it is empty, longer than ``LONGEST_NAME``, or cannot be shown.
    """
    proper = " ".join(normalize("NFC", name).split())
    if not proper or len(proper) > LONGEST_NAME or not proper.isprintable():
        raise AccountError(Problem.NO_NAME)
    return proper


def add(conn: Connection, author: Author, name: str, role: Role, pin_hash: str) -> Account:
    """Add an account.

    Raises:
        AccountError: the name is none, or taken.
    """
    proper = proper_name(name)
    _free(conn, proper)
    id_ = uuid7(int(author.now.timestamp() * 1000))
    values = {"name": proper, "role": role, "pin": pin_hash}
    set_fields(conn, author, "staff_member", id_, values, new=True)
    return Account(id_, proper, role)


def give_pin(conn: Connection, author: Author, name: str, pin_hash: str) -> Account:
    """Give an open account a new PIN; the one before opens nothing any more.

    Raises:
        AccountError: there is no such account.
    """
    account = account_named(conn, name)
    set_fields(conn, author, "staff_member", account.id, {"pin": pin_hash}, new=False)
    return account


def give_role(conn: Connection, author: Author, name: str, role: Role) -> Account:
    """Give an open account another role.

    Raises:
        AccountError: there is no such account, or nobody would be left who may note presences.
    """
    account = account_named(conn, name)
    if not may(role, Action.MARK):
        _not_the_last(conn, account)
    if role != account.role:
        set_fields(conn, author, "staff_member", account.id, {"role": role}, new=False)
    return account


def close(conn: Connection, author: Author, name: str) -> Account:
    """Close an account: from now on it opens nothing, also where somebody is signed in with it.

    Raises:
        AccountError: there is no such account, or nobody would be left who may note presences.
    """
    account = account_named(conn, name)
    _not_the_last(conn, account)
    values = {"closed_at": body_time(author.now)}
    set_fields(conn, author, "staff_member", account.id, values, new=False)
    return account


def reopen(conn: Connection, author: Author, name: str, pin_hash: str) -> Account:
    """Open a closed account again, with a new PIN: the old one may be somebody else's by now.

    Raises:
        AccountError: there is no such account, or its name has been taken meanwhile.
    """
    account = account_named(conn, name, closed=True)
    _free(conn, account.name)
    values = {"closed_at": None, "pin": pin_hash}
    set_fields(conn, author, "staff_member", account.id, values, new=False)
    return replace(account, closed_at=None)


def _same(name: str) -> str:
    """A name as it is compared."""
    return " ".join(normalize("NFKC", name).casefold().split())


def _free(conn: Connection, name: str) -> None:
    if any(one.closed_at is None and _same(one.name) == _same(name) for one in accounts(conn)):
        raise AccountError(Problem.NAME_TAKEN)


def _not_the_last(conn: Connection, account: Account) -> None:
    """Somebody must be left to run a half-day."""
    left = [one for one in who_may_sign_in(conn) if one.id != account.id and may(one.role, Action.MARK)]
    if not left and may(account.role, Action.MARK):
        raise AccountError(Problem.LAST)
