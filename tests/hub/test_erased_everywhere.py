"""An erasure goes through the hub to every kiosk, and into every corner that knows the person (P-29)."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from kiosk.__main__ import main
from kiosk.sync import hub_admin, hub_database
from models import bookings, erasing, issuing
from models.arrival import Desk
from models.codes import Form
from models.erased import ERASED, STAYS
from models.hub import schema
from models.lines import BookingLine
from models.log import Row, link
from models.merging import merge
from models.policy import Policy
from models.verify import GENESIS
from models.walk_in import Guest, walk_in

START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
BINTA, KOFI = "FX-000", "FX-011"


def line(
    reference: str, first: str, last: str, corner: str = "charleroi", days: int = 0, **more
) -> BookingLine:
    starts = START + timedelta(days=days, hours=1)
    return BookingLine(
        line=2, reference=reference, first_name=first, last_name=last, corner=corner, programme="awareness",
        starts_at=starts, ends_at=starts + timedelta(hours=3), **more,
    )  # fmt: skip


def book(station, *lines: BookingLine, again=()) -> bookings.Applied:
    applied = bookings.Applied()
    station.write(bookings.apply_lines, station.author, lines, applied, again=again)
    return applied


def binta(corner: str = "charleroi", **more) -> BookingLine:
    return line(BINTA, "Binta", "Ouédraogo", corner, **more)


def erase(station, reference: str = BINTA) -> tuple[str, ...]:
    return station.write(erasing.erase, station.author, issuing.participant_id(reference), "asked")


def everything(station) -> str:
    """All that its file says."""
    return str(station.ask("select * from change")) + str(station.state())


def said(address: str) -> str:
    """All that the hub's tables say."""
    with psycopg.connect(address) as admin:
        return "".join(
            str(admin.execute(f"select * from hub.{table}").fetchall())
            for table in ("change", "quarantine", "erased", "node")
        )


NAMES = ("Binta", "Ouédraogo", BINTA)


def named(text: str) -> list[str]:
    return [name for name in NAMES if name in text]


def test_an_erasure_reaches_the_other_kiosk_and_empties_the_hub(stations, address):
    tablet, desk = stations("tablette"), stations("ordinateur")
    book(tablet, binta(), line(KOFI, "Kofi", "Adjei"))
    tablet.write(issuing.issue, tablet.author, tablet.home.key(), Form.CARD, [issuing.participant_id(BINTA)])
    tablet.sync(), desk.sync()
    assert named(everything(desk)) == named(said(address)) == list(NAMES)
    erase(desk)
    desk.sync(), tablet.sync()
    assert named(everything(tablet)) == named(everything(desk)) == named(said(address)) == []
    assert "Kofi" in everything(tablet)
    desk.sync(), tablet.sync()
    assert tablet.log() == desk.log()
    assert tablet.state() == desk.state()
    assert tablet.verify().flaws == desk.verify().flaws == ()


def test_what_a_kiosk_brings_late_comes_empty(stations, address):
    """Written while it was away: the hub keeps no byte of it, and neither does the kiosk afterwards."""
    tablet, desk = stations("tablette"), stations("ordinateur")
    book(tablet, binta())
    tablet.sync(), desk.sync()
    book(desk, binta(language="nl"), binta(days=1))
    erase(tablet)
    tablet.sync()
    assert named(everything(desk)) == list(NAMES)
    desk.sync()
    assert named(said(address)) == named(everything(desk)) == []
    for _ in range(2):
        desk.sync(), tablet.sync()
    assert desk.state() == tablet.state()
    assert desk.log() == tablet.log()
    assert desk.verify().flaws == ()


def test_a_kiosk_that_joins_later_never_sees_the_name(stations):
    tablet = stations("tablette")
    book(tablet, binta())
    tablet.sync()
    erase(tablet)
    tablet.sync()
    late = stations("télévision")
    late.sync()
    assert named(everything(late)) == []
    assert late.verify().flaws == ()


def test_a_hub_from_a_backup_is_told_again(stations, address):
    """The backup holds the name; the first kiosk that comes back takes it away."""
    tablet, desk = stations("tablette"), stations("ordinateur")
    book(tablet, binta())
    tablet.sync(), desk.sync()
    with psycopg.connect(address) as admin:
        admin.execute("create table kept as select * from hub.change")
    erase(tablet)
    tablet.sync(), desk.sync()
    with psycopg.connect(address) as admin:
        admin.execute("delete from hub.change")
        admin.execute("delete from hub.erased")
        admin.execute("insert into hub.change select * from kept")
        admin.execute("drop table kept")
        admin.execute("update hub.feed set head = (select max(hub_seq) from hub.change)")
    assert named(said(address)) == list(NAMES)
    hub_database.begin_new_life(address)
    desk.sync()
    assert named(said(address)) == []
    tablet.sync(), desk.sync()
    assert named(everything(tablet) + everything(desk)) == []


def test_what_the_hub_has_not_taken_of_them_goes_as_well(stations, address):
    """The quarantine keeps rows whole: also those that come after the erasure."""
    tablet = stations("tablette")
    book(tablet, binta())
    tablet.sync()
    kept = "select count(*) from hub.quarantine"
    page = "select json_agg(c)::text from hub.change c where kind = 'participant.set'"
    with psycopg.connect(address, autocommit=True) as admin:
        (rows,) = admin.execute(page).fetchone()
        # The same rows once more, with another name: refused, and kept to be looked at.
        spoilt = rows.replace('"chain":"', '"chain":"x').replace("Binta", "Bintou")
        admin.execute("select hub.put('charleroi', 'n1', %s, true)", (spoilt,))
        assert admin.execute(kept).fetchone() == (1,)
        erase(tablet)
        tablet.sync()
        assert admin.execute(kept).fetchone() == (0,)
        admin.execute("select hub.put('charleroi', 'n2', %s, true)", (spoilt,))
    assert "Bintou" not in said(address)


def test_a_kiosk_that_may_not_erase_does_not(stations, address):
    """Its row waits in the quarantine and takes nothing away elsewhere."""
    tablet, desk = stations("tablette"), stations("ordinateur")
    with psycopg.connect(address) as admin:
        admin.execute("update hub.node set may_erase = false where id = %s", (tablet.enrolment.node,))
    book(desk, binta())
    desk.sync(), tablet.sync()
    # A program that does not ask itself.
    tablet.write(lambda conn: conn.execute("update sync_state set may_erase = 1"))
    erase(tablet)
    assert tablet.sync().refused == 1
    desk.sync()
    assert named(everything(desk)) == list(NAMES)


# ---- several corners


def test_whoever_is_known_in_several_corners_is_erased_in_each(stations, address):
    """Each feed gets a row of its own at that corner's next call, chained as any other."""
    here, there, far = stations(), stations("mons", "mons"), stations("arlon", "arlon")
    book(here, binta())
    book(there, binta("mons", audience="student"))
    book(far, line(KOFI, "Kofi", "Adjei", "arlon"))
    for one in (here, there, far):
        one.sync()
    before = there.state()["attendance_event"]
    erase(here)
    here.sync()
    assert there.sync().taken == 1
    assert far.sync().taken == 0
    assert named(everything(there) + said(address)) == []
    person = issuing.participant_id(BINTA)
    assert there.ask("select audience, first_name from participant where id = ?", person) == [("student", "")]
    assert there.state()["attendance_event"] == before
    assert there.verify().flaws == ()
    (values,) = there.ask(f"select {', '.join(Row._fields)} from change where kind = ?", ERASED)
    row = Row(*values)
    assert link(GENESIS, row) == row.chain
    assert (row.actor, row.entity_id, row.subject, row.origin[:4]) == ("system", person, person, "hub-")


def test_a_corner_that_learns_of_somebody_later_is_told_with_the_same_page(stations, address):
    here, there = stations(), stations("mons", "mons")
    book(here, binta())
    here.sync()
    erase(here)
    here.sync()
    book(there, binta("mons"))
    there.sync()
    assert named(said(address)) == named(everything(there)) == []
    assert there.verify().flaws == ()


def test_the_audience_is_the_last_write_that_no_other_has_replaced(stations, address):
    one, two = stations("un", "mons"), stations("deux", "mons")
    here = stations()
    book(one, binta("mons", audience="student"))
    one.sync(), two.sync()
    book(two, binta("mons", audience="retraining"))
    two.sync(), one.sync()
    book(here, binta())
    erase(here)
    here.sync()
    one.sync()
    person = issuing.participant_id(BINTA)
    assert one.ask("select audience from participant where id = ?", person) == [("retraining",)]


def test_a_body_that_postgresql_cannot_read_holds_up_nothing(stations, address):
    """A sign that ``jsonb`` refuses."""
    here, there = stations(), stations("mons", "mons")
    book(there, binta("mons", room="2\0"))
    book(there, binta("mons", booked_by="\0"))
    there.sync()
    with psycopg.connect(address) as admin:
        spoilt = '{"set":{"audience":"student","first_name":"Bin\\u0000ta"}}'
        admin.execute("update hub.change set body = %s where kind = 'participant.set'", (spoilt,))
    book(here, binta())
    erase(here)
    here.sync()
    assert there.sync().taken == 1
    assert named(everything(there) + said(address)) == []


def test_the_hub_says_the_same_of_every_kind_as_a_kiosk():
    text = (schema._HERE / "sql" / "h0001_erasing.sql").read_text("utf-8")
    listed = text[text.index("select kind in (") : text.index("$$;", text.index("select kind in ("))]
    assert set(re.findall(r"'([a-z_.]+)'", listed)) == STAYS


# ---- walk-ins


def test_a_walk_in_who_was_merged_while_the_other_kiosk_erased_goes_as_well(stations, address):
    tablet, desk = stations("tablette"), stations("ordinateur")
    book(tablet, binta(), line(KOFI, "Kofi", "Adjei"))
    at = Desk(tablet.kiosk_id, "charleroi", tablet.home.key(), Policy())
    guest = tablet.write(walk_in, at, Guest("Bintou", "jobseeker", "fr"), tablet.now()).person.id
    tablet.sync(), desk.sync()
    erase(desk)
    assert tablet.write(merge, tablet.author, guest, issuing.participant_id(BINTA), "told_later") is None
    desk.sync(), tablet.sync()
    for _ in range(3):
        desk.sync(), tablet.sync()
    assert "Bintou" not in everything(tablet) + everything(desk) + said(address)
    assert tablet.state() == desk.state()
    assert tablet.verify().flaws == desk.verify().flaws == ()


@pytest.mark.parametrize("again", [(), (BINTA,)])
def test_a_file_on_another_kiosk_does_not_bring_them_back_unless_it_is_said_there(stations, address, again):
    tablet, desk = stations("tablette"), stations("ordinateur")
    book(tablet, binta())
    tablet.sync(), desk.sync()
    erase(tablet)
    tablet.sync(), desk.sync()
    applied = book(desk, binta(days=7), again=again)
    assert (applied.erased, applied.added) == (([], 1) if again else ([2], 0))
    desk.sync(), tablet.sync()
    assert (named(everything(tablet)) == list(NAMES)) is bool(again)
    # Whoever is known anew is known on both by the same id: no word is needed there.
    assert book(tablet, binta(days=7)).unchanged == bool(again)


# ---- the proof


@pytest.fixture
def status(address, monkeypatch, capsys):
    """``kiosk hub status --erased``: gives its exit code and, as JSON, which kiosk has done it."""

    def run(*arguments: str):
        monkeypatch.setattr("sys.argv", ["kiosk", "hub", "status", "--hub", address, "--erased", *arguments])
        capsys.readouterr()
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return code, json.loads(said.out) if "--json" in arguments else said.out + said.err

    return run


def done(found: list[dict]) -> dict[str, bool]:
    return {one["name"]: one["done"] for one in found}


def test_the_hub_proves_for_each_kiosk_of_each_corner_whether_it_is_done(stations, status):
    tablet, desk = stations("tablette"), stations("ordinateur")
    away, nobody = stations("ailleurs", "mons"), stations("autre", "arlon")
    book(tablet, binta())
    book(away, binta("mons"))
    for one in (tablet, desk, away, nobody):
        one.sync()
    assert status("--json") == (0, [])
    erase(tablet)
    tablet.sync()
    code, found = status(BINTA, "--json")
    assert (code, {name for name, told in done(found).items() if not told}) >= (1, {"ordinateur", "ailleurs"})
    assert len(found) == 3
    tablet.sync(), desk.sync()
    code, found = status("--json")
    assert (code, done(found)) == (1, {"tablette": True, "ordinateur": True, "ailleurs": False})
    away.sync()
    code, words = status()
    assert (code, words.count("fait")) == (0, 3)
    assert issuing.participant_id(BINTA) in words
    assert status(KOFI, "--json") == (1, [])
    code, words = status(KOFI)
    assert (code, f"{KOFI} : aucun effacement connu" in words) == (1, True)


def test_a_kiosk_that_was_stolen_is_never_said_to_be_done(stations, address, status):
    tablet, stolen = stations("tablette"), stations("volée")
    book(tablet, binta())
    tablet.sync(), stolen.sync()
    hub_admin.revoke(address, stolen.enrolment.node, at_once=True)
    erase(tablet)
    tablet.sync(), tablet.sync()
    code, words = status()
    assert code == 1
    assert "retirée, n'entre plus : à vérifier sur place" in words


# ---- any order


@pytest.mark.parametrize("seed", range(4))
def test_whenever_it_is_said_and_whoever_calls_first_all_end_the_same(stations, address, seed):
    """Three kiosks of two corners, cut off at random: no body of the person anywhere, replicas equal."""
    chance = random.Random(seed)
    made = [stations("un"), stations("deux"), stations("trois", "mons")]
    corners = ["charleroi", "charleroi", "mons"]
    for _ in range(14):
        number = chance.randrange(3)
        station, corner = made[number], corners[number]
        match chance.choice(["book", "book", "card", "note", "sync", "sync", "erase"]):
            case "book":
                book(station, binta(corner, days=chance.randrange(9), language=chance.choice(["fr", "nl"])))
            case "card" if station.ask("select 1 from participant where reference = ?", BINTA):
                person = [issuing.participant_id(BINTA)]
                station.write(issuing.issue, station.author, station.home.key(), Form.CARD, person)
            case "note":
                station.note()
            case "sync":
                station.sync(page=chance.choice([3, 500]))
            case "erase":
                erase(station)
    book(made[0], binta())
    erase(made[0])
    for _ in range(4):
        for station in made:
            station.sync()
    assert named(said(address) + "".join(map(everything, made))) == []
    one, two, _ = made
    assert one.log() == two.log()
    assert one.state() == two.state()
    with psycopg.connect(address) as admin:
        bodies = dict(admin.execute("select id, body from hub.change where corner = 'charleroi'").fetchall())
    assert bodies == {id_: row[5] for id_, row in one.log().items()}
    for station in made:
        assert station.verify().flaws == ()
