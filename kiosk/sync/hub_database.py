"""The hub's own database, for whoever looks after it: make it, bring it up to date, open it, begin it anew.

All of it needs the address of that database; a kiosk has none of these rights.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assets.languages import N_
from kiosk.sync.hub_errors import guarded
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from psycopg import Connection as HubConnection
    from sqlalchemy import Connection as AlchemyConnection
    from sqlalchemy.engine import URL

LARGE_OBJECTS = (
    *("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)", "lo_import(text)"),
    *(
        "lo_import(text, oid)",
        "lo_open(oid, integer)",
        "lowrite(integer, bytea)",
        "lo_put(oid, bigint, bytea)",
    ),
)
"""With these anybody who may connect could fill the server's disk."""

PATIENCE = "-c lock_timeout=10000"
"""Whoever looks after the hub is told, not kept waiting by a kiosk that holds on to something."""

LOCKS = tuple(
    f"pg_{tries}advisory_{until}lock{shared}({names})"
    for tries in ("", "try_")
    for until in ("", "xact_")
    for shared in ("", "_shared")
    for names in ("bigint", "integer, integer")
)
"""With these they could fill the table of locks, and nobody would come in any more: only the hub may."""

_OWNER = "select quote_ident(pg_get_userbyid(nspowner)) from pg_namespace where nspname = 'hub'"

_ROLES = (
    "select quote_ident(r.rolname) from pg_roles r where r.rolname in"
    " (select role from hub.node where refused_at is null union select role from hub.coordinator)"
)
"""Who may come in."""


def hub_url(address: str) -> URL:
    """The address of the hub's database.

    Raises:
        Trouble: it is none of PostgreSQL.
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.get_backend_name() != "postgresql" or not url.database:
        raise Trouble(
            N_(
                "« {address} » n'est pas l'adresse d'une base PostgreSQL : écrivez postgresql://NOM@SERVEUR/BASE."
            ),
            address=address.rpartition("@")[2][:80],
        )
    return url.set(drivername="postgresql+psycopg")


def make_hub(address: str) -> bool:
    """Make the hub's schema, or bring it up to date; whether it is new.

    Raises:
        Trouble: the address is none, or the hub was made by a newer program.
        HubTrouble: the server does not answer, or does not allow it.
    """
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import DBAPIError

    from models.hub import schema

    engine = create_engine(hub_url(address), connect_args={"connect_timeout": 5, "options": PATIENCE})
    try:
        with engine.begin() as connection:
            # Two who make it at once: the second waits and finds it made.
            connection.execute(text("select pg_advisory_xact_lock(hashtext('kiosk hub'))"))
            new = schema.version(connection) is None
            schema.upgrade(connection)
            if new:
                values = {"timeline": secrets.token_hex(8)}
                connection.execute(text("insert into hub.about (timeline) values (:timeline)"), values)
            _fence(connection)
        return new
    except schema.NewerHub as newer:
        raise Trouble(
            N_("Le serveur vient d'une version plus récente ({found}) : mettez le programme à jour."),
            found=str(newer),
        ) from None
    except DBAPIError as error:
        cause: BaseException = error.orig or error

        def fail() -> None:
            raise cause

        guarded(fail)
        raise HubTrouble(HubProblem.AWAY) from None
    finally:
        engine.dispose()


def _fence(connection: AlchemyConnection) -> None:
    """What a database allows everybody, taken back: that does not come with a backup."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    base = connection.execute(text("select quote_ident(current_database())")).scalar()
    connection.execute(text(f"revoke connect, temporary on database {base} from public"))
    connection.execute(text("revoke create on schema public from public"))
    for (role,) in connection.execute(text(_ROLES)).fetchall():
        connection.execute(text(f"grant connect on database {base} to {role}"))
    owner = connection.execute(text(_OWNER)).scalar()
    for function in (*LARGE_OBJECTS, *LOCKS):
        try:
            with connection.begin_nested():
                if function in LOCKS:
                    connection.execute(text(f"grant execute on function pg_catalog.{function} to {owner}"))
                connection.execute(text(f"revoke execute on function pg_catalog.{function} from public"))
        except DBAPIError:  # only the server's own administrator may; the guide says so
            return


@contextmanager
def opened(address: str) -> Iterator[HubConnection[Any]]:
    """The hub's database, for whoever looks after it; one transaction.

    Raises:
        HubTrouble: it does not answer, or there is no hub in it.
    """
    import psycopg

    url = hub_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = guarded(lambda: psycopg.connect(url, connect_timeout=5, options=PATIENCE))
    try:
        if guarded(lambda: connection.execute("select to_regclass('hub.about')").fetchone()) == (None,):
            raise HubTrouble(HubProblem.NO_HUB)
        yield connection
        guarded(connection.commit)
    finally:
        connection.close()


def begin_new_life(address: str) -> None:
    """The hub was restored from a backup: its numbers are void, and every kiosk offers its log again.

    Raises:
        Trouble: the address is none, or the hub was made by a newer program; nothing is void.
        HubTrouble: the server does not answer, or does not allow it.
    """
    make_hub(address)  # also the fences, which no backup holds
    with opened(address) as connection:
        timeline = secrets.token_hex(8)
        guarded(lambda: connection.execute("update hub.about set timeline = %s", (timeline,)))
        guarded(lambda: connection.execute("update hub.node set pulled = 0"))
