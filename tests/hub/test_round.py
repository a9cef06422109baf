"""A round of a kiosk with a real hub: what one has written, all have."""

import psycopg
import pysqlite3
import pytest

from kiosk.database import Database
from kiosk.home import Home
from kiosk.sync import wiping
from kiosk.sync.enrolment import enrolment_of
from kiosk.sync.trouble import HubProblem, HubTrouble
from models.log import record
from models.registers import set_fields


def test_what_two_kiosks_write_is_the_same_on_both(stations):
    tablet, desk = stations("tablette"), stations("ordinateur")
    tablet.note(3)
    desk.note(2)
    tablet.sync()
    desk.sync()
    done = tablet.sync()
    assert done.left.number == 0
    assert tablet.log() == desk.log()
    assert tablet.state() == desk.state()
    assert tablet.verify().flaws == desk.verify().flaws == ()


def test_a_second_round_sends_and_takes_nothing(stations):
    tablet = stations()
    tablet.note(3)
    assert tablet.sync().sent > 0
    done = tablet.sync()
    assert (done.sent, done.taken) == (0, 0)


def test_the_feed_is_numbered_without_holes_in_the_order_in_which_it_was_written(stations, address):
    tablet = stations()
    ids = tablet.note(40)
    tablet.sync(page=7)
    with psycopg.connect(address) as admin:
        rows = admin.execute("select hub_seq, id from hub.change order by hub_seq").fetchall()
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    assert [id_ for _, id_ in rows if id_ in ids] == ids


def test_a_hub_that_was_put_back_under_an_open_line_is_noticed_by_its_numbers(stations, address):
    """Behind a pooler a line outlives the server; nobody greets in the seconds after a greeting."""
    tablet, desk = stations("tablette"), stations("ordinateur")
    tablet.note(30)
    tablet.sync()
    hub = tablet.connect()
    tablet.joined.round(hub, tablet.now)
    with psycopg.connect(address) as admin:
        admin.execute("delete from hub.change where hub_seq > 10")
        admin.execute("update hub.feed set head = 10")
    desk.sync()
    # More than were lost: the greatest number that is known is this kiosk's own again.
    tablet.note(60)
    assert tablet.joined.round(hub, tablet.now).sent >= 60
    tablet.joined.round(hub, tablet.now)
    hub.close()
    desk.sync()
    tablet.sync()
    assert tablet.log() == desk.log()
    assert tablet.ask("select count(*) from change where hub_seq is null") == [(0,)]


def test_a_corner_sees_nothing_of_another(stations):
    here, there = stations(corner="charleroi"), stations(corner="mons")
    here.note()
    here.sync()
    assert there.sync().taken == 0
    assert not set(there.log()) & set(here.log())


def test_a_card_that_one_kiosk_has_made_opens_at_the_other(stations):
    from kiosk.home import other_keys

    tablet, desk = stations("tablette"), stations("ordinateur")
    tablet.sync()
    desk.sync()
    tablet.sync()
    assert other_keys(tablet.home) == (desk.home.key(),)
    assert other_keys(desk.home) == (tablet.home.key(),)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from hub.change",
        "select * from hub.node",
        "delete from hub.change",
        "update hub.feed set head = 0",
        "select hub.put('charleroi', 'x', '[]', true)",
        "create temporary table more (x int)",
        "create table more (x int)",
        "create table hub.more (x int)",
        "copy hub.change to stdout",
        "set session authorization admin",
        "select pg_read_file('/etc/passwd')",
        "alter role admin password 'x'",
    ],
)
def test_a_kiosks_role_may_call_three_functions_and_nothing_else(stations, statement):
    """P-36."""
    one = stations().enrolment
    with (
        psycopg.connect(host=one.host, dbname=one.dbname, user=one.role, password=one.password) as connection,
        pytest.raises(psycopg.Error) as refused,
    ):
        connection.execute(statement)
    assert refused.value.sqlstate == "42501"


def test_an_enrolment_serves_once(stations, tmp_path):
    """The secret that was carried to the kiosk opens nothing any more."""
    from kiosk.sync.enrolment import read_enrolment
    from kiosk.sync.link import connect

    tablet = stations()
    carried = read_enrolment(tmp_path / "tablette-1.json")
    with pytest.raises(HubTrouble) as refused:
        connect(carried, tablet.home.hub_ca_file)
    assert refused.value.problem == HubProblem.NO_ENTRY


def test_a_kiosk_that_is_revoked_sends_what_it_has_and_receives_nothing(stations, address):
    from kiosk.sync import hub_admin

    tablet, desk = stations("tablette"), stations("ordinateur")
    (mine,) = tablet.note()
    desk.note()
    desk.sync()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=False)
    with pytest.raises(HubTrouble) as refused:
        tablet.sync()
    assert refused.value.problem == HubProblem.REVOKED
    desk.sync()
    assert mine in desk.log()
    assert desk.kiosk_id not in {row[1] for row in tablet.log().values()}


def test_a_revoked_kiosk_wipes_itself_once_everything_is_delivered(stations, address):
    from kiosk.sync import hub_admin
    from kiosk.sync.wiping import wipe_delivered

    tablet = stations()
    (mine,) = tablet.note()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=False)
    hub = tablet.connect()
    assert not wipe_delivered(tablet.home, tablet.database, hub)
    with pytest.raises(HubTrouble):
        tablet.sync()
    assert wipe_delivered(tablet.home, tablet.database, hub)
    hub.close()
    assert [path for path in tablet.home.path.rglob("*") if path.is_file()] == []
    (node,) = hub_admin.nodes(address)
    assert node.wiped_at is not None
    with psycopg.connect(address) as admin:
        assert admin.execute("select 1 from hub.change where id = %s", (mine,)).fetchone()


def test_a_kiosk_that_nobody_has_revoked_is_not_closed_by_its_own_word(stations, address):
    from kiosk.sync import hub_admin

    tablet = stations()
    hub = tablet.connect()
    hub.farewell(tablet.kiosk_id)
    hub.close()
    (node,) = hub_admin.nodes(address)
    assert node.wiped_at is None
    assert tablet.sync().left.number == 0


def test_a_kiosk_that_is_revoked_at_once_does_not_come_in(stations, address):
    """P-35."""
    from kiosk.sync import hub_admin

    tablet = stations()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=True)
    with pytest.raises(HubTrouble) as refused:
        tablet.sync()
    assert refused.value.problem == HubProblem.NO_ENTRY


def test_a_hub_from_last_nights_backup_is_filled_again_by_its_kiosks(stations, address):
    """Every kiosk is a backup of its corner."""
    from kiosk.sync import hub_database

    tablet, desk = stations("tablette"), stations("ordinateur")
    tablet.note(3)
    desk.note(3)
    tablet.sync(), desk.sync(), tablet.sync()
    with psycopg.connect(address) as admin:
        admin.execute("delete from hub.change where hub_seq > 3")
        admin.execute("update hub.feed set head = 3")
    hub_database.begin_new_life(address)
    for _ in range(2):
        tablet.sync(), desk.sync()
    assert tablet.log() == desk.log()
    with psycopg.connect(address) as admin:
        assert {row[0] for row in admin.execute("select id from hub.change")} == set(tablet.log())


def test_whatever_is_written_while_a_kiosk_wipes_itself_is_refused_or_stops_it(stations, address):
    """Another program of the same kiosk: nothing that it confirms is taken away."""
    from kiosk.sync import hub_admin
    from kiosk.sync.wiping import wipe_delivered

    tablet = stations()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=False)
    with pytest.raises(HubTrouble):
        tablet.sync()
    other = Database(tablet.home.database)
    other.open().result()
    wiped = []

    class Slow:
        """Somebody arrives there while the files go."""

        def farewell(self, kiosk_id: str) -> None:
            wiped.append(kiosk_id)

    author = tablet.author
    try:
        honest = wiping.wipe

        def wipe(home, database):
            with pytest.raises(pysqlite3.IntegrityError):
                other.write(record, author, "test.done", "kiosk", tablet.kiosk_id, {}).result()
            honest(home, database)

        wiping.wipe = wipe
        assert wipe_delivered(tablet.home, tablet.database, Slow())
    finally:
        wiping.wipe = honest
        other.close()
    assert wiped == [tablet.kiosk_id]


def test_a_cut_in_the_middle_of_joining_leaves_a_kiosk_that_shares(stations):
    """The hub has changed the secret, and the last step was not done."""
    tablet = stations()
    tablet.home.hub_file.rename(tablet.home.prepared_hub_file)
    assert tablet.home.shares
    assert tablet.sync().left.number == 0


def test_a_cut_in_the_middle_of_joining_anew_takes_the_enrolment_that_opens(stations, address):
    from kiosk.sync import hub_admin

    tablet = stations()
    fresh = hub_admin.enrol(address, Home(tablet.home.path.parent / "office"), "charleroi", "encore")
    tablet.home.prepared_hub_file.write_text(fresh.text)
    hub_admin.revoke(address, tablet.enrolment.node, at_once=True)
    hub = tablet.joined.connect()
    hub.close()
    assert enrolment_of(tablet.home) == fresh
    assert not tablet.home.prepared_hub_file.exists()


def test_the_certificate_is_that_of_the_enrolment_in_force_whatever_a_cut_has_left(stations):
    tablet = stations()
    tablet.home.hub_ca_file.write_text("of another hub")
    tablet.joined.connect().close()
    assert tablet.home.hub_ca_file.read_text() == tablet.enrolment.ca


def test_what_the_server_keeps_of_a_secret_is_not_the_secret(stations, server):
    """Its log may hold every statement."""
    tablet = stations()
    with psycopg.connect(server.url("postgres")) as admin:
        kept = admin.execute(
            "select rolpassword from pg_authid where rolname = %s", (tablet.enrolment.role,)
        ).fetchone()[0]
    assert kept.startswith("SCRAM-SHA-256$")
    hub = tablet.connect()
    from kiosk.sync.link import verifier

    assert tablet.enrolment.password not in verifier(
        hub._connection, tablet.enrolment.role, tablet.enrolment.password
    )
    hub.close()


def test_a_kiosk_that_may_not_erase_knows_it(stations, address):
    from models.erasing import erase
    from models.sync.state import may_erase

    tablet = stations()
    with psycopg.connect(address) as admin:
        admin.execute("update hub.node set may_erase = false")
    tablet.sync()
    assert not tablet.write(may_erase)
    person = "a" * 32
    tablet.write(
        set_fields, tablet.author, "participant", person, {"first_name": "Zoé"}, new=True, subject=person
    )
    assert tablet.write(erase, tablet.author, person, "asked") == ()
    assert tablet.ask("select first_name from participant where id = ?", person) == [("Zoé",)]
