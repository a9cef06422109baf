"""What whoever looks after the hub does with its kiosks: enrol and revoke them, look at them.

All of it needs the address of the hub's own database; a kiosk has none of these rights.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assets.languages import N_
from kiosk.home import Home
from kiosk.sync.enrolment import LOCAL, Enrolment
from kiosk.sync.hub_database import hub_url, opened
from kiosk.sync.hub_errors import guarded
from kiosk.sync.hub_keys import corner_key, node_key
from kiosk.sync.link import verifier
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from psycopg import Connection as HubConnection

CONNECTIONS = 4
"""How many connections a kiosk may have at once: its own, a command's, and those that died unnoticed."""

FUNCTIONS = ("hello(text)", "push(text, text)", "pull(text, bigint, integer)")
"""Everything that a kiosk may call."""

_NODES = (
    "select n.id, n.corner, n.name, n.kiosk_id, n.joined_at, n.last_seen, n.revoked_at, n.refused_at,"
    " n.wiped_at, n.app_version, n.pending, n.refused, n.skew_ms, f.head - n.pulled"
    " from hub.node n join hub.feed f on f.corner = n.corner order by n.corner, n.enrolled_at, n.id"
)

# A corner that has not called since is told by its own feed when it does: until then it has no number.
_PROOFS = (
    "with said as (select person_id, min(at) as at from hub.erased group by person_id),"
    " known as (select person_id, corner from hub.erased union"
    " select s.person_id, c.corner from said s join hub.change c"
    " on hub.whose(c.subject, c.entity, c.entity_id) = s.person_id)"
    " select s.person_id, s.at, n.corner, n.id, n.name, n.last_seen, n.wiped_at is not null,"
    " n.refused_at is not null, coalesce(n.pulled >= e.hub_seq, false)"
    " from said s join known k on k.person_id = s.person_id join hub.node n on n.corner = k.corner"
    " left join hub.erased e on e.corner = n.corner and e.person_id = s.person_id"
    " where n.joined_at is not null and (cardinality(%(people)s::text[]) = 0"
    " or s.person_id = any (%(people)s::text[])) order by s.at, s.person_id, n.corner, n.enrolled_at, n.id"
)


@dataclass(frozen=True, slots=True)
class Node:
    """A kiosk as the hub knows it."""

    id: str
    corner: str
    name: str
    kiosk_id: str | None
    joined_at: datetime | None
    last_seen: datetime | None
    """``None``: it has never reported, which is something else than having nothing to report."""
    revoked_at: datetime | None
    refused_at: datetime | None
    wiped_at: datetime | None
    app_version: str | None
    pending: int | None
    refused: int | None
    skew_ms: int | None
    behind: int
    """Rows of the corner that it has not received yet."""


def enrol(
    address: str, home: Home, corner: str, name: str, *, host: str = "", ca: str = "", may_erase: bool = True
) -> Enrolment:
    """Give a kiosk of a corner a place at the hub: a role of its own, which may call three functions.

    Args:
        home: where the hub's and the corner's key are kept, on the machine of whoever looks after the hub.
        host: under which name kiosks reach the server, where that is not the one in the address.
        ca: certificate of whoever vouches for the server's, in PEM.

    Raises:
        Trouble: kiosks are to reach it over a network, and no certificate was given; or another kiosk of
            the corner has this name.
    """
    way = way_to(address, host, ca)
    node, password = secrets.token_hex(8), secrets.token_urlsafe(32)
    role = f"kiosk_{node}"
    with opened(address) as connection:
        if any(one.name.casefold() == name.casefold() for one in _staying(_nodes(connection), corner)):
            raise Trouble(
                N_("Une borne de ce lieu s'appelle déjà « {name} » : choisissez un autre nom."), name=name
            )

        def run() -> None:
            connection.execute("insert into hub.feed (corner) values (%s) on conflict do nothing", (corner,))
            connection.execute(
                "insert into hub.node (id, corner, role, name, may_erase) values (%s, %s, %s, %s, %s)",
                (node, corner, role, name, may_erase),
            )
            give_role(connection, role, password, FUNCTIONS)

        guarded(run)
    return Enrolment(
        **way,
        role=role,
        password=password,
        node=node,
        corner=corner,
        corner_key=corner_key(home, corner),
        node_key=node_key(home, node),
    )


def way_to(address: str, host: str, ca: str) -> dict[str, Any]:
    """How the server is reached from elsewhere: the fields of an ``Access`` that are nobody's own.

    Raises:
        Trouble: it is reached over a network, and no certificate was given.
    """
    url = hub_url(address)
    where = host or url.host or str(url.query.get("host", ""))
    if not ca and not (where in LOCAL or where.startswith("/")):
        raise Trouble(
            N_("Sur un réseau il faut un certificat : ajoutez « --ca FICHIER » (celui de votre autorité).")
        )
    port = url.port or int(str(url.query.get("port", 5432)))
    return {"host": where, "port": port, "dbname": url.database or "", "ca": ca}


def give_role(connection: HubConnection[Any], role: str, password: str, functions: Iterable[str]) -> None:
    """Make a role that may call some functions of the hub and nothing else."""
    from psycopg import sql
    from psycopg.errors import InsufficientPrivilege

    names = {"role": sql.Identifier(role), "password": sql.Literal(verifier(connection, role, password))}
    names["base"] = sql.Identifier(connection.info.dbname)
    names["functions"] = sql.SQL(", ".join(f"hub.{function}" for function in functions))
    for statement in (
        f"create role {{role}} login password {{password}} connection limit {CONNECTIONS}",
        "grant connect on database {base} to {role}",
        "grant usage on schema hub to {role}",
        "grant execute on function {functions} to {role}",
        # Only who is a member of a role may end its connections; a forgotten transaction ends by itself.
        "grant {role} to current_user",
        "alter role {role} set idle_in_transaction_session_timeout = '15s'",
        "alter role {role} set statement_timeout = '60s'",
    ):
        connection.execute(sql.SQL(statement).format(**names))
    with suppress(InsufficientPrivilege), connection.transaction():
        # Only the server's own administrator may; the role itself can undo what stands above, not this.
        connection.execute(sql.SQL("alter role {role} set temp_file_limit = '64MB'").format(**names))


def revoke(address: str, node: str, *, at_once: bool) -> bool:
    """End a kiosk's place: it sends what it still has and then wipes itself; or, at once, nothing any more.

    Returns:
        Whether it sends nothing any more.

    Raises:
        Trouble: there is no such kiosk.
    """

    with opened(address) as connection:
        found = named(_nodes(connection), node)
        # A place that nobody has used has nothing to send, and whoever came to use it now would be wiped.
        at_once = at_once or found.joined_at is None
        set_ = "refused_at = coalesce(refused_at, now()), " if at_once else ""

        if at_once:
            # Before anything that a transaction of its own could hold up.
            lock_out(connection, f"kiosk_{found.id}")

        def run() -> None:
            connection.execute(
                f"update hub.node set {set_}revoked_at = coalesce(revoked_at, now()) where id = %s",
                (found.id,),
            )

        guarded(run)
        return at_once or found.refused_at is not None


def lock_out(connection: HubConnection[Any], role: str) -> None:
    """Let a role in no more, and hang up on it; that stands whatever comes after."""
    from psycopg import sql
    from psycopg.errors import UndefinedObject

    def run() -> None:
        with suppress(UndefinedObject), connection.transaction():  # a base that came back without its roles
            connection.execute(sql.SQL("alter role {} nologin").format(sql.Identifier(role)))
        connection.commit()
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (role,)
        )
        connection.commit()

    guarded(run)


def named(nodes: list[Node], name: str) -> Node:
    """The kiosk of this id, or the only one of this name; one that was withdrawn only where no other is.

    Raises:
        Trouble: there is none, or several have this name.
    """
    of_name = [one for one in nodes if one.name == name]
    found = [one for one in nodes if one.id == name] or _staying(of_name) or of_name
    if len(found) > 1:
        raise Trouble(
            N_("Plusieurs bornes s'appellent « {name} » : donnez l'identifiant, parmi {known}."),
            name=name[:40],
            known=", ".join(f"{one.id} ({one.corner})" for one in found),
        )
    if not found:
        raise Trouble(
            N_("« {name} » n'est pas une borne du réseau : « kiosk hub status » les montre toutes."),
            name=name[:40],
        )
    return found[0]


def _staying(nodes: list[Node], corner: str = "") -> list[Node]:
    """Those that nobody has withdrawn, of one corner or of all."""
    return [one for one in nodes if one.revoked_at is None and corner in ("", one.corner)]


def nodes(address: str) -> list[Node]:
    """Every kiosk, by corner."""
    with opened(address) as connection:
        return _nodes(connection)


def _nodes(connection: HubConnection[Any]) -> list[Node]:
    return guarded(lambda: [Node(*row) for row in connection.execute(_NODES)])


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a kiosk has been told of an erasure."""

    person_id: str
    at: datetime
    """When the hub learned of it."""
    corner: str
    kiosk: str
    name: str
    last_seen: datetime | None
    gone: bool
    """The kiosk is wiped: it holds nothing any more."""
    refused: bool
    """It comes in no more: it can not be told."""
    told: bool
    """It has received the row that says so, and with it has emptied what it knew."""


def proofs(address: str, people: Collection[str] = ()) -> list[Proof]:
    """For each person who was erased, every kiosk of every corner that knew of them.

    Args:
        people: only these; all where there are none.
    """
    with opened(address) as connection:
        asked = {"people": list(people)}
        return guarded(lambda: [Proof(*row) for row in connection.execute(_PROOFS, asked)])
