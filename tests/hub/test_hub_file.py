"""What a stick brings to the hub goes in as over the network, and the answer goes back to the kiosk."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from stick_kiosks import KEY, START, carrier, keep_keys_of_the_hub

from kiosk.__main__ import main
from kiosk.home import Home, other_keys
from kiosk.sync import hub_admin, hub_database, hub_keys, sealed
from kiosk.sync.bundle import Bundle, Heading, pieces_of
from kiosk.sync.by_file import PAGE, take_file, write_file, write_sealed
from kiosk.sync.hub_file import AN_ANSWER, NOT_ITS_OWN, exchange
from kiosk.sync.link import Hub
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.log import record
from models.sync.outbox import pending
from models.sync.state import state_of


class Office:
    """Whoever looks after the hub, with the corner's key."""

    def __init__(self, address, folder, blank) -> None:
        self.address, self.folder, self.blank = address, folder, blank
        self.home = Home(folder / "office")
        keep_keys_of_the_hub(self.home, "charleroi", "mons")
        for corner in ("charleroi", "mons"):
            self.ask("insert into hub.feed (corner) values (%s)", corner)

    def ask(self, sql: str, *values) -> list[tuple]:
        with psycopg.connect(self.address) as admin:
            found = admin.execute(sql, values)
            return found.fetchall() if found.description else []

    def enrol(self, node: str = "tablette", corner: str = "charleroi", **more):
        """A kiosk that never sees the network."""
        node_row = "insert into hub.node (id, corner, role, name, may_erase) values (%s, %s, %s, %s, %s)"
        self.ask(node_row, node, corner, f"kiosk_{node}", node, more.pop("may_erase", True))
        return carrier(self.blank, node, START, self.folder, corner=corner, **more)

    def exchange(self, file, name: str = "answer"):
        return exchange(self.address, self.home, file, self.folder / name)

    def rows(self) -> list[tuple]:
        return self.ask("select id, hub_seq, stamp, sent_by from hub.change order by corner, hub_seq")


@pytest.fixture
def office(address, tmp_path, blank):
    return Office(address, tmp_path, blank)


def test_a_corner_without_any_network_lives_by_stick(stations, address, tmp_path):
    """From the enrolment on: also cards that one has made open at the other."""
    both = [stations(name, met=False) for name in ("tablette", "ordinateur")]
    for one in both:
        one.note(3)
    for _ in range(2):
        for one in both:
            write_file(one.joined, tmp_path / "out", one.now(), everything=False)
            exchange(address, Home(tmp_path / "office"), tmp_path / "out", tmp_path / "back")
            take_file(one.joined, tmp_path / "back", one.now())
    # What the second has written last, the first has not seen yet.
    tablet, desk = both
    assert set(tablet.log()) < set(desk.log())
    assert {one.write(lambda conn: pending(conn).number) for one in both} == {0}
    assert other_keys(tablet.home) == (desk.home.key(),)
    assert other_keys(desk.home) == (tablet.home.key(),)
    assert all(not one.verify().flaws for one in both)
    assert all(node.last_seen and node.skew_ms is None for node in hub_admin.nodes(address))
    # The network comes: the same enrolment opens it, and nothing is sent twice.
    assert tablet.sync().refused == desk.sync().refused == 0
    tablet.sync()
    assert tablet.log() == desk.log()


def test_the_same_file_again_gives_the_same_numbers(office):
    tablet = office.enrol()
    tablet.note(3)
    file = tablet.write()
    office.exchange(file)
    before = office.rows()
    tablet.take(office.folder / "answer")
    known = tablet.stands()
    office.exchange(file, "again")
    assert office.rows() == before
    tablet.take(office.folder / "again")
    assert tablet.stands()[:2] == known[:2] and tablet.stands()[3] == known[3]


def test_an_answer_brings_only_what_the_kiosk_does_not_have(office):
    tablet, desk = office.enrol(), office.enrol("ordinateur")
    desk.note(PAGE + 5)
    office.exchange(desk.write(), "theirs")
    done = office.exchange(tablet.write())
    assert done.given == len(office.rows())
    tablet.take(office.folder / "answer")
    assert state_of(tablet.conn).cursor == len(office.rows())
    assert office.exchange(tablet.write()).given == 1  # that it was written


def test_what_a_kiosk_had_of_an_earlier_life_of_the_hub_counts_for_nothing(office):
    tablet, desk = office.enrol(), office.enrol("ordinateur")
    tablet.note(9)
    office.exchange(tablet.write())
    tablet.take(office.folder / "answer")
    office.ask("delete from hub.change")
    office.ask("update hub.feed set head = 0")
    hub_database.begin_new_life(office.address)
    office.exchange(desk.write(everything=True), "theirs")
    asked = tablet.write()  # it has not heard of the new life, and thinks to have all that is there
    done = office.exchange(asked)
    assert done.given == len(office.rows())
    tablet.take(office.folder / "answer")
    assert set(desk.log()) < set(tablet.log())


def test_a_kiosk_that_is_revoked_at_once_brings_nothing_in(office):
    """P-35."""
    tablet = office.enrol()
    office.ask("update hub.node set refused_at = now(), revoked_at = now()")
    with pytest.raises(HubTrouble) as told:
        office.exchange(tablet.write())
    assert told.value.problem == HubProblem.REVOKED
    assert office.rows() == [] and not (office.folder / "answer").exists()


def test_a_kiosk_that_is_revoked_at_once_does_not_come_in_under_a_siblings_name(office):
    """It still has the corner's key; it reads no answer, and says no farewell for the other."""
    stolen, desk = office.enrol(), office.enrol("ordinateur")
    office.exchange(desk.write(), "theirs")
    office.ask("update hub.node set refused_at = now(), revoked_at = now() where id = 'tablette'")
    before, nodes = office.rows(), hub_admin.nodes(office.address)
    for said in ({}, {"kiosk": desk.kiosk_id, "wiped": True}):
        path = office.folder / "forged"
        pieces = pieces_of(Heading(desk.node, START, "", said), [], stolen.node_key)
        write_sealed(path, sealed.seal(KEY, "charleroi", sealed.new_salt(), pieces))
        with pytest.raises(Trouble) as told:
            office.exchange(path)
        assert told.value.sentence == NOT_ITS_OWN
    with pytest.raises(HubTrouble) as told:
        office.exchange(stolen.write())
    assert told.value.problem == HubProblem.REVOKED
    assert (office.rows(), hub_admin.nodes(office.address)) == (before, nodes)
    assert not (office.folder / "answer").exists()


def test_a_kiosk_has_a_key_that_no_other_has_and_the_office_can_always_tell(stations, address, tmp_path):
    office = Home(tmp_path / "office")
    both = [stations(name, met=False).enrolment for name in ("tablette", "ordinateur")]
    assert len({one.node_key for one in both}) == 2
    assert [hub_keys.kept_node_key(office, one.node) for one in both] == [one.node_key for one in both]
    (master,) = (office.path / "hub").glob("_hub.key")
    assert master.stat().st_mode & 0o077 == 0
    master.unlink()
    with pytest.raises(Trouble) as told:
        hub_keys.kept_node_key(office, both[0].node)
    assert "clé du serveur" in told.value.sentence


def test_a_kiosk_that_is_revoked_brings_what_it_has_and_gets_nothing(office):
    tablet, desk = office.enrol(), office.enrol("ordinateur")
    office.exchange(desk.write(), "theirs")
    tablet.note(2)
    office.ask("update hub.node set revoked_at = now() where id = 'tablette'")
    done = office.exchange(tablet.write())
    assert (done.given, done.trouble) == (0, "revoked") and done.taken == len(tablet.log())
    tablet.at = datetime.now(UTC)
    with pytest.raises(HubTrouble) as told:
        tablet.take(office.folder / "answer")
    assert told.value.problem == HubProblem.REVOKED
    assert pending(tablet.conn).number == 0 and state_of(tablet.conn).revoked
    assert desk.kiosk_id not in {row[1] for row in tablet.log().values()}


def test_a_program_that_is_too_old_brings_what_it_has_and_gets_nothing(office):
    tablet = office.enrol()
    office.ask("update hub.about set min_schema = 99")
    assert office.exchange(tablet.write()).trouble == "too_old"
    tablet.at = datetime.now(UTC)
    with pytest.raises(HubTrouble):
        tablet.take(office.folder / "answer")
    assert pending(tablet.conn).number == 0 and not state_of(tablet.conn).revoked


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (lambda kiosk: kiosk.conn.execute("update change set body = '{\"at\":9}' where n = 1"), "changed"),
        (
            lambda kiosk: kiosk.conn.execute("update change set body = 'a' || char(0) where n = 1"),
            "unreadable",
        ),
    ],
    ids=["changed by hand", "with a zero in it"],
)
def test_a_row_that_the_hub_does_not_take_holds_up_no_other(office, spoilt, why):
    tablet = office.enrol()
    tablet.note(4)
    for (name,) in tablet.conn.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        tablet.conn.execute(f"drop trigger {name}")
    spoilt(tablet)
    done = office.exchange(tablet.write())
    assert done.refused == 1 and done.taken == len(tablet.log()) - 1
    tablet.take(office.folder / "answer")
    assert tablet.conn.execute("select why from sync_refused").fetchall() == [(why,)]
    assert pending(tablet.conn).number == 0


def test_a_kiosk_that_may_not_erase_may_not_by_stick_either(office):
    tablet = office.enrol(may_erase=False)
    tablet.database.write(
        record, tablet.author, "participant.erased", "participant", "p" * 32, {}, subject="p" * 32
    )
    assert office.exchange(tablet.write()).refused == 1
    assert office.ask("select why, sent_by from hub.quarantine") == [("may_not_erase", "tablette")]


def test_the_same_row_with_another_content_goes_to_quarantine(office):
    """P-36: never swallowed as one that is known."""
    tablet = office.enrol()
    office.exchange(tablet.write())
    office.ask("update hub.change set chain = 'x' where hub_seq = 1")
    assert office.exchange(tablet.write()).refused == 1
    assert office.ask("select why from hub.quarantine") == [("other_content",)]


def test_two_kiosks_with_one_enrolment_are_noticed(office, tmp_path):
    tablet = office.enrol()
    office.exchange(tablet.write())
    other = carrier(office.blank, "tablette", START + timedelta(days=1), tmp_path)
    with pytest.raises(HubTrouble) as told:
        office.exchange(other.write())
    assert told.value.problem == HubProblem.ANOTHER


def test_a_copied_kiosk_is_told_to_take_a_new_id(office):
    """By the rows that its copy has brought under its name."""
    tablet = office.enrol()
    office.exchange(tablet.write())
    twin = carrier(office.blank, "tablette", START, office.folder)
    tablet.conn.backup(twin.conn)
    twin.kiosk_id = tablet.kiosk_id
    twin.note(2)
    tablet.note(3)
    twin.at += timedelta(hours=1)
    office.exchange(twin.write(), "theirs")
    office.exchange(tablet.write())
    tablet.take(office.folder / "answer")
    assert tablet.conn.execute("select renew from sync_state").fetchone() == (1,)


def test_a_stick_from_a_drawer_tells_nothing_that_is_not_known_better(office):
    tablet = office.enrol()
    tablet.note(5)
    old = tablet.write()
    office.exchange(old)
    tablet.take(office.folder / "answer")
    office.exchange(tablet.write())
    found = "select last_seen, pending, pulled from hub.node"
    ((seen, left, pulled),) = office.ask(found)
    assert (left, pulled) == (0, len(tablet.log()) - 1) and seen < datetime(2023, 1, 1, tzinfo=UTC)
    office.exchange(old)
    assert office.ask(found) == [(seen, left, pulled)]


@pytest.mark.parametrize("role", ["member", "other"])
def test_no_kiosk_can_say_that_it_is_another(stations, address, role):
    """Only whoever owns the hub speaks for a stick."""
    tablet, desk = stations("tablette"), stations("ordinateur")
    named = {"member": desk, "other": tablet}[role].enrolment.role
    with psycopg.connect(
        host=tablet.enrolment.host,
        dbname=tablet.enrolment.dbname,
        user=tablet.enrolment.role,
        password=tablet.enrolment.password,
        autocommit=True,
    ) as connection:
        connection.execute(f"set hub.carried_from = '{named}'")
        Hub(connection).push(state_of_hub(address), [])
        tablet.note(1)
        tablet.joined.round(Hub(connection), tablet.now)
    with psycopg.connect(address) as admin:
        assert admin.execute("select distinct sent_by from hub.change").fetchall() == [
            (tablet.enrolment.node,)
        ]


def state_of_hub(address) -> str:
    with psycopg.connect(address) as admin:
        return admin.execute("select timeline from hub.about").fetchone()[0]


def test_a_hub_that_goes_away_leaves_no_answer_and_the_same_file_goes_on(office, monkeypatch):
    tablet = office.enrol()
    tablet.note(PAGE + 5)
    file = tablet.write()
    push, calls = Hub.push, []

    def broken(hub, timeline, rows):
        calls.append(len(rows))
        if len(calls) == 2:
            raise HubTrouble(HubProblem.AWAY)
        return push(hub, timeline, rows)

    monkeypatch.setattr(Hub, "push", broken)
    with pytest.raises(HubTrouble):
        office.exchange(file)
    assert len(office.rows()) == PAGE  # each page stands
    assert not (office.folder / "answer").exists() and not list(office.folder.glob(".kiosk-*"))
    office.exchange(file)
    tablet.take(office.folder / "answer")
    assert pending(tablet.conn).number == 0


def put_back(office, desk) -> None:
    """The hub is what it was in a backup, nobody says so, and it gives the numbers once more."""
    office.ask("truncate hub.change")
    office.ask("update hub.feed set head = 0")
    desk.note(9)
    office.exchange(desk.write(), "for-the-desk")


def test_a_hub_that_was_put_back_in_silence_is_noticed_by_stick_too(office):
    """It has given the numbers that the kiosk knows to other rows since: all of them are void."""
    tablet, desk = office.enrol(), office.enrol("ordinateur")
    tablet.at = desk.at = datetime.now(UTC)  # the hub's answers are dated by its own clock
    tablet.note(3)
    office.exchange(tablet.write())
    tablet.take(office.folder / "answer")
    put_back(office, desk)
    tablet.note(1)
    office.exchange(tablet.write())
    received = tablet.take(office.folder / "answer")
    assert received.new == len(desk.log())
    office.exchange(tablet.write())
    for _ in range(2):
        tablet.take(office.folder / "answer")
    assert pending(tablet.conn).number == 0
    assert {id_ for id_, *_ in office.rows()} == set(tablet.log())


def test_a_clock_that_is_slow_does_not_hide_that_the_hub_was_put_back(office):
    """The answer seems to be of tomorrow: what it says counts for nothing until the clock is set right."""
    tablet, desk = office.enrol(), office.enrol("ordinateur")
    tablet.at = desk.at = datetime.now(UTC)
    tablet.note(3)
    office.exchange(tablet.write())
    tablet.take(office.folder / "answer")
    put_back(office, desk)
    tablet.at -= timedelta(hours=2)
    tablet.note(1)
    office.exchange(tablet.write())
    received = tablet.take(office.folder / "answer")
    assert received.early and received.void
    assert received.new == len(desk.log())
    tablet.at += timedelta(hours=2)
    for _ in range(2):
        office.exchange(tablet.write())
        tablet.take(office.folder / "answer")
    assert pending(tablet.conn).number == 0
    assert {id_ for id_, *_ in office.rows()} == set(tablet.log())


# ---- what is wrong with a file


def test_an_answer_that_is_brought_back_is_one_sentence(office):
    tablet = office.enrol()
    office.exchange(tablet.write())
    with pytest.raises(Trouble) as told:
        office.exchange(office.folder / "answer", "again")
    assert told.value.sentence == AN_ANSWER


def test_a_damaged_file_brings_nothing_in(office):
    tablet = office.enrol()
    tablet.note(PAGE + 5)
    file = tablet.write()
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Trouble) as told:
        office.exchange(file)
    assert told.value.sentence == sealed.DAMAGED
    assert office.rows() == [] and not (office.folder / "answer").exists()


def test_a_corner_that_was_never_enrolled_here_is_one_sentence(office, tmp_path):
    for corner in ("namur", "../../secrets/code", "a\0b"):
        path = tmp_path / "x"
        pieces = pieces_of(Heading("n", START, ""), [], KEY)
        write_sealed(path, sealed.seal(KEY, corner, sealed.new_salt(), pieces))
        with pytest.raises(Trouble) as told:
            office.exchange(path)
        assert "clé du lieu" in told.value.sentence


def test_a_kiosk_of_another_corner_brings_nothing_in(office):
    """Who holds one corner's key does not write into another's feed."""
    office.enrol("montoise", corner="mons")
    tablet = carrier(office.blank, "montoise", START, office.folder)
    with pytest.raises(HubTrouble) as told:
        office.exchange(tablet.write())
    assert told.value.problem == HubProblem.CORNER
    assert office.rows() == []


def test_a_kiosk_that_the_hub_does_not_know_brings_nothing_in(office):
    with pytest.raises(HubTrouble) as told:
        office.exchange(carrier(office.blank, "inconnue", START, office.folder).write())
    assert told.value.problem == HubProblem.NO_ENTRY


def test_an_answer_holds_no_readable_name(office):
    tablet, desk = office.enrol(), office.enrol("ordinateur")
    desk.call("p", "Ouarda")
    office.exchange(desk.write(), "theirs")
    office.exchange(tablet.write())
    data = (office.folder / "answer").read_bytes()
    assert b"Ouarda" not in data
    found = Bundle(io.BytesIO(data), lambda _: KEY)
    assert any("Ouarda" in row.row.body for page in found.pages() for row in page.rows)


@pytest.fixture
def ran(monkeypatch, capsys):
    """``ran(home, "sync", …)``: a command on a home; its code, and what it said."""

    def running(home, *arguments) -> tuple[int, str]:
        monkeypatch.setenv("KIOSK_HOME", str(home.path))
        monkeypatch.setattr(sys, "argv", ["kiosk", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return running


def test_the_command_says_what_was_taken_and_what_to_do_next(office, ran, monkeypatch):
    monkeypatch.setenv("KIOSK_HUB", office.address)
    tablet = office.enrol()
    file, answer = tablet.write(), office.folder / "answer"
    code, said = ran(office.home, "hub", "take", file, "--out", answer)
    assert code == 0 and "lignes prises" in said and f"Portez {answer}" in said
    assert tablet.take(answer).arrived == len(tablet.log())
    code, said = ran(office.home, "hub", "take", file, "--out", answer)
    assert code == 0 and "Rien de nouveau" in said and "prise" not in said
    code, said = ran(office.home, "hub", "take", answer, "--out", answer)
    assert code == 1 and "réponse du serveur" in said
    assert ran(office.home, "hub", "take", file, "--out", office.folder)[0] == 1


def test_a_revoked_kiosk_wipes_itself_by_stick_once_everything_has_arrived(stations, address, tmp_path, ran):
    tablet = stations("tablette", met=False)
    tablet.database.close()
    first, second, answer = (tmp_path / name for name in ("first", "second", "answer"))
    take = ("hub", "take", "--hub", address, "--out", answer)
    office = Home(tmp_path / "office")
    assert ran(tablet.home, "sync", "--to", first)[0] == 0
    assert ran(office, *take, first)[0] == 0
    hub_admin.revoke(address, tablet.enrolment.node, at_once=False)
    assert ran(tablet.home, "sync", "--to", second)[0] == 0
    assert ran(office, *take, first)[0] == 0
    code, said = ran(tablet.home, "sync", "--from", answer)
    assert code == 1 and "n'échange plus rien" in said and tablet.home.database.exists()
    assert ran(office, *take, second)[0] == 0
    code, said = ran(tablet.home, "sync", "--from", answer)
    assert code == 1 and f"portez encore {answer}" in said
    assert [path for path in tablet.home.path.rglob("*") if path.is_file()] == []
    code, said = ran(office, *take, answer)
    assert code == 0 and "s'est effacée" in said
    assert hub_admin.nodes(address)[0].wiped_at is not None
