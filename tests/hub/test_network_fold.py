"""What coordinators see: worked out on the hub's machine, the same as in the corner, and of nobody."""

import json
import stat
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from assets.languages import BRUSSELS
from assets.review import Split
from kiosk.__main__ import main
from kiosk.home import Home
from kiosk.sync.coordinator import ask_network, enrol_coordinator, join_network, sees_network
from kiosk.sync.fold import fold
from kiosk.sync.hub_admin import enrol
from kiosk.sync.hub_database import begin_new_life, opened
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.arrival import Desk, arrive
from models.bookings import Applied, apply_lines
from models.connection import body_time, db_time
from models.issuing import participant_id
from models.lines import BookingLine
from models.log import record
from models.network.report import report_of_network
from models.network.view import Hearing
from models.policy import Policy
from models.review.masking import HALF_DAYS, SUMS, masked_report
from models.review.period import Kind, period_of
from models.words import Way

LATER = datetime(2023, 2, 6, 9, tzinfo=UTC)
NOVEMBER = period_of(Kind.MONTH, date(2022, 11, 1))
QUARTER = period_of(Kind.QUARTER, date(2022, 11, 1))
NAMES = ("Awa", "Ilse", "Dragan", "Nour", "Piet", "Lucía", "Tomasz", "Yara", "Émile", "Sanne", "Bao", "Rosa")


def live(station, day: str, came: int, *, absent: int = 0) -> None:
    """A half-day to which so many people come, and others do not."""
    begins = datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=BRUSSELS).astimezone(UTC)
    corner, ends = station.enrolment.corner, begins + timedelta(hours=3)
    lines = [
        BookingLine(
            line=2, corner=corner, programme="awareness", starts_at=begins, ends_at=ends, capacity=20,
            reference=f"{corner}-{number}", first_name=NAMES[number % len(NAMES)],
        )
        for number in range(came + absent)
    ]  # fmt: skip
    station.write(apply_lines, station.author, lines, Applied())
    desk = Desk(station.kiosk_id, corner, b"", Policy())
    ids = [participant_id(line.reference) for line in lines]
    for person in ids[:came]:
        station.write(arrive, desk, person, Way.FACILITATOR, begins + timedelta(minutes=2))
    ((half_day,),) = station.ask("select id from half_day where starts_at = ?", db_time(begins))
    for person in ids[came:]:
        at = body_time(ends)
        body = {"participant": person, "half_day": half_day, "at": at, "stored": at, "way": Way.FACILITATOR}
        station.write(
            record, station.author, "attendance.absent", "attendance", half_day, body, subject=person
        )


@pytest.fixture
def office(tmp_path) -> Home:
    """The home on the hub's machine."""
    return Home(tmp_path / "office")


@pytest.fixture
def desk(address, tmp_path) -> Home:
    """Where a coordinator looks at the network."""
    home = Home(tmp_path / "desk")
    file = tmp_path / "claude.json"
    file.write_text(enrol_coordinator(address, "Claude").text)
    join_network(home, file)
    return home


def as_coordinator(desk):
    """The coordinator's own connection."""
    access = json.loads(desk.network_file.read_text())
    return psycopg.connect(
        host=access["host"], dbname=access["dbname"], user=access["role"], password=access["password"]
    )


def work_out(address, office, now=LATER, *, whole=True) -> int:
    with opened(address) as hub:
        return fold(hub, office, now, whole=whole)


def seen(desk):
    return ask_network(desk, date(2022, 1, 1), date(2022, 12, 31))


def corner_of(network, id_: str):
    return next(one for one in network.corners if one.id == id_)


# ---- the same figures as in the corner


def test_a_corners_figures_are_those_of_its_own_report_without_small_groups(stations, address, office, desk):
    """P-23: of a month, and of a quarter out of its months; also what is hidden is the same."""
    tablet, pc = stations("tablette"), stations("ordinateur")
    live(tablet, "2022-10-05", 9, absent=6)
    live(tablet, "2022-11-03", 11, absent=2)
    live(pc, "2022-11-08", 6)
    live(pc, "2022-12-13", 7)
    for station in (tablet, pc, tablet):
        station.sync()
    work_out(address, office)
    network = seen(desk)
    for period in (NOVEMBER, QUARTER):
        own = tablet.database.read(masked_report, "charleroi", period, Policy(), LATER).result()
        (row,) = report_of_network(network, period).rows[Split.CORNER]
        for id_ in (*HALF_DAYS, *SUMS, "minutes", "fill_rate", "no_show_rate"):
            assert row.tally.figure(id_) == own.whole.figure(id_), (period, id_)
    assert row.tally.absent is None and row.tally.came == 33
    assert report_of_network(network, NOVEMBER).whole.came == 17


def test_a_day_tells_half_days_by_corner_and_people_of_the_whole_network_only(
    stations, address, office, desk
):
    corners = {"charleroi": 14, "mons": 11, "arlon": 10, "tournai": 4}
    for corner, came in corners.items():
        station = stations(corner=corner)
        live(station, "2022-11-03", came)
        station.sync()
    work_out(address, office, datetime(2022, 11, 3, 20, tzinfo=UTC))
    on = date(2022, 11, 3)
    network = seen(desk)
    day = corner_of(network, "mons").days[on]
    assert (day.planned, day.over, day.closed, day.people) == (1, 1, 0, 0)
    assert network.people == {}, "a day that is on is not told: told again it would tell who came between"
    work_out(address, office)
    network = seen(desk)
    assert network.people == {on: 10 + 10 + 10}
    assert network.day(on).planned == 4


def test_a_month_of_which_a_kiosk_has_not_told_everything_is_at_least_so_much(
    stations, address, office, desk
):
    tablet, pc = stations("tablette"), stations("ordinateur")
    live(tablet, "2022-11-03", 13)
    tablet.sync(), pc.sync()
    with psycopg.connect(address) as admin:
        since = "enrolled_at = '2022-10-01', last_seen = '2022-11-29'"
        admin.execute(f"update hub.node set {since} where name = 'ordinateur'")
    work_out(address, office)
    report = report_of_network(seen(desk), NOVEMBER)
    (row,) = report.rows[Split.CORNER]
    assert (row.tally.came, report.whole.came) == (10, 10)
    assert "came" in report.network.least["charleroi"] and "came" in report.network.least[""]
    pc.sync()
    work_out(address, office)
    report = report_of_network(seen(desk), NOVEMBER)
    assert report.whole.came == 13
    assert report.network.least == {"": frozenset(), "charleroi": frozenset()}


def test_a_corner_that_never_reported_is_not_one_with_nothing(stations, address, office, desk):
    quiet = stations(corner="mons")
    quiet.sync()
    enrol(address, office, "arlon", "tablette")
    work_out(address, office)
    network = seen(desk)
    assert corner_of(network, "arlon").hearing(network.at) is Hearing.NEVER
    assert corner_of(network, "mons").hearing(network.at) is Hearing.LIVE
    report = report_of_network(network, NOVEMBER)
    figures = {row.key: row.tally.came for row in report.rows[Split.CORNER]}
    assert figures == {"arlon": None, "mons": 0}
    assert report.network.unheard == {"arlon"}
    assert "came" in report.network.least[""], "nobody knows what came to the other"


# ---- whatever is told


def test_nothing_that_is_told_is_of_a_person(stations, address, office, desk):
    """P-23: no id, no name, no reference, no kiosk's own id."""
    tablet = stations()
    live(tablet, "2022-11-03", 12)
    tablet.sync()
    work_out(address, office)
    with as_coordinator(desk) as connection:
        (told,) = connection.execute("select hub.network('2000-01-01', '2100-01-01')").fetchone()
    people = tablet.ask("select id, first_name, reference from participant")
    assert len(people) == 12
    for secret in (*(word for row in people for word in row), tablet.kiosk_id, tablet.enrolment.node):
        assert secret not in told
    for (id_,) in tablet.ask("select id from half_day union select id from change"):
        assert id_ not in told


NOT_FOR_COORDINATORS = (
    "select * from hub.told_day",
    "select * from hub.told_month",
    "select * from hub.coordinator",
    "select * from hub.change",
    "select * from hub.node",
    "select hub.hello('{}')",
    "select * from hub.pull('x', 0, 1)",
    "select hub.push('x', '[]')",
    "update hub.told_people set people = 0",
    "create temporary table more (x int)",
)


def test_a_coordinators_role_may_ask_for_the_network_and_nothing_else(address, desk):
    """P-36"""
    with as_coordinator(desk) as connection:
        connection.autocommit = True
        for statement in NOT_FOR_COORDINATORS:
            with pytest.raises(psycopg.Error) as refused:
                connection.execute(statement)
            assert refused.value.sqlstate == "42501", statement


def test_a_kiosk_does_not_see_the_network(stations):
    tablet = stations()
    hub = tablet.connect()
    try:
        with pytest.raises(HubTrouble) as refused:
            hub.network(date(2022, 1, 1), date(2022, 12, 31))
    finally:
        hub.close()
    assert refused.value.problem == HubProblem.NO_ENTRY


def test_a_coordinators_file_serves_once_and_what_is_kept_is_for_this_user_only(address, desk, tmp_path):
    """P-33"""
    assert sees_network(desk)
    assert stat.S_IMODE(desk.network_file.stat().st_mode) == 0o600
    with pytest.raises(Trouble, match="Ce fichier a déjà servi"):
        join_network(Home(tmp_path / "thief"), tmp_path / "claude.json")
    assert seen(desk).corners == ()


# ---- the copies of the corners


def test_only_corners_with_something_new_are_worked_out(stations, address, office):
    here, there = stations(corner="charleroi"), stations(corner="mons")
    here.sync(), there.sync()
    assert work_out(address, office, whole=False) == 2
    assert work_out(address, office, whole=False) == 0
    there.note()
    there.sync()
    assert work_out(address, office, whole=False) == 1
    assert work_out(address, office) == 2


def test_a_copy_holds_what_the_kiosks_hold_and_is_for_this_user_only(stations, address, office):
    """P-33"""
    tablet = stations()
    live(tablet, "2022-11-03", 3)
    tablet.sync()
    work_out(address, office)
    file = office.path / "hub" / "charleroi.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    from kiosk.database import Database

    copy = Database(file)
    copy.open().result()
    try:
        count = "select (select count(*) from change), (select count(*) from attendance_event)"
        found = copy.read(lambda conn: conn.execute(count).fetchone()).result()
    finally:
        copy.close()
    tablet.sync()
    assert [found] == tablet.ask(count)


def test_a_hub_that_was_restored_is_copied_again(stations, address, office, desk):
    tablet = stations()
    live(tablet, "2022-11-03", 9)
    tablet.sync()
    work_out(address, office)
    before = report_of_network(seen(desk), NOVEMBER)
    begin_new_life(address)
    with psycopg.connect(address) as admin:
        admin.execute("delete from hub.change where hub_seq > 3")
        admin.execute("update hub.feed set head = 3")
    work_out(address, office)
    tablet.sync()
    work_out(address, office)
    after = report_of_network(seen(desk), NOVEMBER)
    assert after == before and after.whole.came == 9


def test_a_hub_of_another_kind_is_one_sentence(address, desk):
    """An answer that is not ours counts as none."""
    with psycopg.connect(address) as admin:
        admin.execute(
            "create or replace function hub.network(first_ date, last_ date) returns text language sql"
            " security definer as $$ select '{\"corners\": 3}' $$"
        )
    with pytest.raises(HubTrouble) as refused:
        seen(desk)
    assert refused.value.problem == HubProblem.NOT_OURS


# ---- the commands


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Runs ``kiosk …`` in a home; what it said, and what it said went wrong."""

    def ran(home: str, *words: object) -> tuple[str, str]:
        monkeypatch.setenv("KIOSK_HOME", str(tmp_path / home))
        monkeypatch.setattr(sys, "argv", ["kiosk", *map(str, words)])
        capsys.readouterr()
        with suppress(SystemExit):
            main()
        found = capsys.readouterr()
        return found.out, found.err

    return ran


def test_from_the_hubs_machine_to_a_coordinators_desk_by_commands(stations, address, run, tmp_path):
    """And a stolen desk sees nothing any more (P-35)."""
    tablet = stations()
    live(tablet, "2022-11-03", 12)
    tablet.sync()
    file = tmp_path / "claude.json"
    coordinator = ("hub", "coordinator", "Claude", "--hub", address)
    assert "kiosk network --join" in run("office", *coordinator, "-o", file)[0]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("office", "hub", "fold", "--hub", address)[0] == "1 SmartCorner à jour.\n"
    told, _ = run("desk", "network", "--join", file)
    heads, charleroi = told.splitlines()
    assert heads.split() == ["SmartCorner", "Nouvelles", "Demi-journées", "Terminées", "Clôturées"]
    assert charleroi.startswith("Charleroi") and "● en ligne" in charleroi
    assert json.loads(run("desk", "network", "--json")[0])["corners"][0]["heard"] == "live"
    assert "l'accès au réseau est fermé" in run("office", *coordinator, "--end")[0]
    out, err = run("desk", "network")
    assert out == "" and "L'accès est fermé. Appelez qui s'occupe du serveur." in err
    assert "vérifiez le nom" in run("office", *coordinator, "--end")[1]
