"""A kiosk that lies, by mistake or on purpose: it harms nobody but itself."""

import json

import psycopg
import pytest

from kiosk.home import Home
from kiosk.sync import fold, hub_admin, hub_database
from kiosk.sync.link import Hub
from models.log import GENESIS, Row, body_digest, link
from models.registers import set_fields
from models.sync.rows import SharedRow
from models.verify import verify


def forged(station, **values) -> SharedRow:
    """A row that is right but for what is told."""
    body = values.pop("body", "{}")
    row = Row(
        id="d" * 32,
        origin="e" * 32,
        seq=1,
        hlc=1 << 56,
        kind="weather.seen",
        entity="sky",
        entity_id="x",
        subject=None,
        body=body,
        actor="system",
        schema_v=1,
        redacted=0,
        salt="s",
        digest=body_digest("s", body),
        chain="",
    )
    row = row._replace(**values)
    return SharedRow(row._replace(chain=link(GENESIS, row)))


def pushed(station, shared: SharedRow):
    hub: Hub = station.connect()
    try:
        (answer,) = hub.push(station.ask("select timeline from sync_state")[0][0], [shared])
        return answer
    finally:
        hub.close()


@pytest.mark.parametrize(
    "values",
    [
        {"id": "short"},
        {"id": "Z" * 32},
        {"seq": -1},
        {"hlc": -1},
        {"origin": "o" * 33},
        {"origin": ""},
        {"subject": "p" * 33},
        {"redacted": 2},
        {"redacted": 1, "body": "Binta was here"},
        {"kind": "k" * 300},
        {"body": "x" * 1_000_001},
    ],
    ids=str,
)
def test_a_row_that_no_kiosk_would_take_in_is_refused_and_stands_in_nobodys_way(stations, values):
    bad, good = stations("une"), stations("autre")
    bad.sync()
    assert pushed(bad, forged(bad, **values)).refused == "unreadable"
    (mine,) = good.note()
    good.sync()
    bad.sync()
    assert mine in bad.log()


@pytest.mark.parametrize(
    ("entity", "fields"),
    [
        ("half_day", {"capacity": 10**30}),
        ("half_day", {"capacity": -5}),
        ("half_day", {"room": "[/x]\n\x1b]0;pwn\x07"}),
        ("participant", {"first_name": "\ud800"}),
        ("participant", {"first_name": "\u202eatniB"}),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_kept_and_shown_nowhere(stations, entity, fields):
    bad, good = stations("une"), stations("autre")
    bad.sync()
    body = json.dumps({"set": fields})
    shared = forged(bad, kind=f"{entity}.set", entity=entity, entity_id="f" * 32, body=body)
    assert not pushed(bad, shared).refused
    good.sync()
    assert good.log().keys() >= {shared.row.id}
    (name,) = fields
    found = good.ask(f"select {name} from {entity} where id = ?", "f" * 32)
    assert found in ([], [("",)], [(None,)], [(0,)])
    assert good.verify().flaws == ()


def test_what_a_kiosk_says_of_itself_is_taken_within_bounds(stations, address, tmp_path):
    """Who looks after the hub, and every other corner's figures, see no more than one wrong kiosk."""
    liar, other = stations("une"), stations("autre", "mons")
    other.sync()
    hub = liar.connect()
    hub.hello(
        {
            "kiosk": liar.kiosk_id,
            "app": "x" * 1_000_000,
            "pending": -5,
            "refused": 10**40,
            "oldest": 9e15,
            "pulled": -(2**63),
            "known": 2**80,
            "now": -1,
            "schema": "many",
            "policy": '{"capacity": 1e999}' + " " * 10,
        }
    )
    hub.close()
    told = {node.name: node for node in hub_admin.nodes(address)}
    assert (told["une"].pending, told["une"].behind >= 0, len(told["une"].app_version)) == (0, True, 40)
    with hub_database.opened(address) as connection:
        assert fold.fold(connection, Home(tmp_path / "office"), other.now(), whole=True) == 2


def test_nobody_is_erased_in_other_corners_by_whoever_only_guesses_them(stations):
    guesser, there = stations("une"), stations("autre", "mons")
    person = "a" * 32
    there.write(
        set_fields, there.author, "participant", person, {"first_name": "Hoa"}, new=True, subject=person
    )
    there.sync()
    guesser.sync()
    body = json.dumps(
        {"at": "2022-11-03T08:00:00.000000Z", "audience": "student", "merged_into": "", "reason": "asked"}
    )
    shared = forged(
        guesser, kind="participant.erased", entity="participant", entity_id=person, subject=person, body=body
    )
    pushed(guesser, shared)
    there.sync()
    assert there.ask("select first_name from participant where id = ?", person) == [("Hoa",)]


def test_a_stolen_kiosk_that_holds_on_to_a_transaction_is_locked_out_all_the_same(stations, address):
    """P-35."""
    tablet = stations()
    tablet.sync()
    one = tablet.enrolment
    with psycopg.connect(host=one.host, dbname=one.dbname, user=one.role, password=one.password) as thief:
        thief.execute("select hub.hello(%s)", (json.dumps({"kiosk": tablet.kiosk_id}),))
        hub_admin.revoke(address, one.node, at_once=True)
        with pytest.raises(psycopg.OperationalError):
            thief.execute("select 1")
    (node,) = hub_admin.nodes(address)
    assert node.refused_at is not None


@pytest.mark.parametrize("lock", ["pg_advisory_lock(1)", "pg_try_advisory_xact_lock_shared(1, 2)"])
def test_no_kiosk_fills_the_table_of_locks(stations, lock):
    """Some thousands of them, and nobody comes in any more: not even whoever would lock it out."""
    hub = stations().connect()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        hub._connection.execute(f"select {lock}")
    hub.close()


def test_nobody_hears_of_a_corner_who_was_not_told_its_name(stations, server, address):
    """Numbers of a feed tell how much happens there."""
    tablet, far = stations("une"), stations("autre", "mons")
    one = far.enrolment
    with psycopg.connect(
        host=one.host, dbname=one.dbname, user=one.role, password=one.password, autocommit=True
    ) as curious:
        for name in ("hub_charleroi", "charleroi", "hub"):
            curious.execute(f"listen {name}")
        tablet.note()
        tablet.sync()
        assert list(curious.notifies(timeout=0.2)) == []


def test_verify_is_at_peace_with_an_erased_walk_in_who_was_merged_and_separated(stations):
    """What is about the known person stays theirs."""
    from models.erasing import erase
    from models.log import record

    tablet = stations()
    walk_in, known = "a" * 32, "b" * 32
    tablet.write(
        set_fields, tablet.author, "participant", walk_in, {"first_name": "Zoé"}, new=True, subject=walk_in
    )
    tablet.write(
        set_fields, tablet.author, "participant", known, {"first_name": "Zoé"}, new=True, subject=known
    )
    tablet.write(
        record,
        tablet.author,
        "participant.merged",
        "participant",
        walk_in,
        {"into": known, "reason": "other"},
        subject=known,
    )
    tablet.write(erase, tablet.author, walk_in, "asked")
    copy = tablet.database.copy_in_memory()
    assert verify(copy).flaws == ()
    copy.close()
