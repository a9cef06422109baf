"""The classic mistakes of sharing a log, each to be put in on purpose: a test has to notice every one."""

import secrets

import world as worlds
from world import Line, World

from kiosk.sync import cycle as cycles
from kiosk.sync.link import Hub
from kiosk.sync.trouble import HubTrouble
from models import bookings, log, projections, registers
from models.sync import taking
from models.sync.outbox import Answer
from models.sync.rows import shared_of


def acknowledge_before_the_commit(patch, admin):
    """What was sent counts as received, whether or not the hub has answered."""
    honest = Line.push

    def push(self, timeline, rows):
        try:
            return honest(self, timeline, rows)
        except HubTrouble:
            return [Answer(one.row.id, 1, one.row.hlc) for one in rows]

    patch.setattr(Line, "push", push)
    # The kiosk would find out by the numbers that it is told, and begin again.
    patch.setattr(cycles, "contradicts", lambda conn, answers: False)
    patch.setattr(cycles, "samples", lambda conn: [])


def cursor_before_the_rows(patch, admin):
    honest = cycles._taken

    def taken(conn, timeline, rows, cursor, now):
        conn.execute("commit")
        conn.execute("begin immediate")
        cycles.move_cursor(conn, cursor)
        conn.execute("commit")
        conn.execute("begin immediate")
        return honest(conn, timeline, rows, cursor, now)

    patch.setattr(cycles, "_taken", taken)


def read_past_an_uncommitted_number(patch, admin):
    """A number is taken when a page comes, and seen when it is committed."""
    admin.execute("create sequence if not exists public.numbers")
    admin.execute(_PULL_ANY)
    change_sql(
        admin,
        "hub.put(text, text, text, boolean)",
        (
            "select head into top from hub.feed where corner = corner_ for update",
            "top := nextval('public.numbers') * 100",
        ),
        ("update hub.feed set head = top + added where corner = corner_;", ""),
    )
    # Nobody knows the last number any more; and there are holes, which is not what has to be noticed.
    change_sql(
        admin,
        "hub.hello(text)",
        (
            "select * into feed from hub.feed where corner = who.corner;",
            "select * into feed from hub.feed where corner = who.corner; feed.head := 1000000000;",
        ),
        ("coalesce(void, false)", "false"),
    )
    patch.setattr(World, "numbered_without_holes", staticmethod(lambda numbers: None))
    patch.setattr(Hub, "pull", lambda self, timeline, after, most: _pull_any(self, after, most))


_PULL_ANY = (
    "create or replace function public.pull_any(after bigint, most integer) returns table ("
    " id text, origin text, seq bigint, hlc bigint, kind text, entity text, entity_id text, subject text,"
    " body text, actor text, schema_v integer, redacted integer, salt text, digest text, chain text,"
    " stamp bigint, hub_seq bigint) language sql security definer as"
    " 'select id, origin, seq, hlc, kind, entity, entity_id, subject, body, actor, schema_v, redacted, salt,"
    " digest, chain, stamp, hub_seq from hub.change where hub_seq > after order by hub_seq limit most'"
)


def _pull_any(hub, after, most):
    cursor = hub._connection.execute("select * from public.pull_any(%s, %s)", (after, most))
    return [shared_of(values) for values in cursor.fetchall()]


def wall_clock_last_writer_wins(patch, admin):
    """Nobody says what they have seen; the later hour wins."""
    patch.setattr(registers, "open_writes", lambda conn, entity_id: {})


def base_of_the_winner_only(patch, admin):
    def winner(conn, entity_id):
        return {field: writes[-1:] for field, writes in projections.open_writes(conn, entity_id).items()}

    patch.setattr(registers, "open_writes", winner)


def delete_instead_of_a_tombstone(patch, admin):
    """What ends is taken away, with everything that was said of it: a late row brings it back."""
    honest = projections._project_set

    def project_set(conn, change_id, entity, entity_id, body):
        if body["set"].get("merged_into") == "":
            conn.execute("delete from register where entity_id = ?", (entity_id,))
            conn.execute("delete from participant where id = ?", (entity_id,))
        else:
            honest(conn, change_id, entity, entity_id, body)

    patch.setattr(projections, "_project_set", project_set)


def idempotency_by_content(patch, admin):
    """Two rows that say the same are taken for one."""
    honest = taking.take_in

    def take_in(conn, rows, now):
        here = set(conn.execute("select kind, entity_id, body from change"))
        return honest(
            conn, [one for one in rows if (one.row.kind, one.row.entity_id, one.row.body) not in here], now
        )

    patch.setattr(cycles, "take_in", take_in)


def ids_from_a_counter(patch, admin):
    """What a kiosk writes is named by its own number: a copy that goes on uses it again."""
    random_id, honest = log.uuid7, log.record

    def record(conn, author, *args, **named):
        (number,) = conn.execute(
            "select count(*) from change where origin = ?", (author.kiosk_id,)
        ).fetchone()
        patch.setattr(log, "uuid7", lambda _: f"{author.kiosk_id[:16]}{number:016x}")
        try:
            return honest(conn, author, *args, **named)
        finally:
            patch.setattr(log, "uuid7", random_id)

    patch.setattr(worlds, "record", record)
    patch.setattr(registers, "record", record)


def random_ids_at_import(patch, admin):
    patch.setattr(bookings, "named_id", lambda *names: secrets.token_hex(16))


def the_same_life_after_a_restore(patch, admin):
    """Nobody says that the hub comes from a backup, and no kiosk looks whether its numbers still hold."""
    patch.setattr(World, "restored", lambda self: None)
    change_sql(admin, "hub.hello(text)", ("coalesce(void, false)", "false"))


def forget_the_log_in_a_new_life(patch, admin):
    def start_over(conn, timeline):
        conn.execute("update sync_state set timeline = ?, cursor = 0", (timeline,))

    patch.setattr(cycles, "start_over", start_over)


def no_clamp_on_a_fast_clock(patch, admin):
    change_sql(admin, "hub.put(text, text, text, boolean)", ("+ 300000) << 16", "+ 300000000000) << 16"))
    # What a kiosk allows by itself would hide it.
    patch.setattr(taking, "_go_on_from", lambda conn, rows, now: _go_on_from_anything(conn, rows))


def _go_on_from_anything(conn, rows):
    conn.execute(taking._CLOCK, (max((one.time for one in rows), default=0),))


def erase_without_a_ledger(patch, admin):
    """Bodies go once; what comes later of the same person stays."""
    patch.setattr(taking, "erased_among", lambda conn, people: set())
    change_sql(
        admin,
        "hub.put(text, text, text, boolean)",
        (
            "coalesce((select true from hub.erased e where e.person_id = judged.person_id limit 1), false)",
            "false",
        ),
    )


MISTAKES = [
    acknowledge_before_the_commit,
    cursor_before_the_rows,
    read_past_an_uncommitted_number,
    wall_clock_last_writer_wins,
    base_of_the_winner_only,
    delete_instead_of_a_tombstone,
    idempotency_by_content,
    ids_from_a_counter,
    random_ids_at_import,
    the_same_life_after_a_restore,
    forget_the_log_in_a_new_life,
    no_clamp_on_a_fast_clock,
    erase_without_a_ledger,
]


def functions(admin) -> list[str]:
    """The hub's functions, as they are."""
    found = admin.execute(
        "select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname = 'hub'"
    )
    return [source for (source,) in found]


def change_sql(admin, function: str, *changes: tuple[str, str]) -> None:
    """Put a mistake into one of the hub's own functions."""
    (source,) = admin.execute("select pg_get_functiondef(%s::regprocedure)", (function,)).fetchone()
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    admin.execute(source)
