"""Erasing a person: nothing says any more who it was, and every figure is what it was (P-29)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from closings import Team
from hypothesis import given, settings
from hypothesis import strategies as st
from sittings import draft, keep
from team_desk import ask, come

import models
from bench.month import Month
from models import event_rows
from models.arrival import arrive
from models.assessment.unfinished import keep_unfinished
from models.cards import NewCard
from models.codes import Form
from models.documents import certificate_of, document_made, sheet_of_roster
from models.erased import ERASED, STAYS
from models.erasing import ErasePerson, SeeErasure, erase, follow
from models.figures import figures_of, is_as_signed
from models.finding import FindPeople, WhoIs
from models.help import SAME_NAME, call_help
from models.log import record
from models.merging import Merge, NotMerged, Separate
from models.names import NAMELESS
from models.orientation import Orient, OrientationsOf
from models.path.page import NotePage
from models.path.readiness import SeeReady
from models.person import SeePerson
from models.policy import Policy
from models.projections import REGISTERS, TABLES, rebuild
from models.registers import set_fields
from models.review.day import SeeDay
from models.review.follow_up import SeeAbsent, SeeFirstLevels
from models.review.period import Kind, Period
from models.review.report import report_of
from models.roster import roster_of
from models.settling import closings_of
from models.words import ERASURES, Answer, Role, Way

GOES = {
    *("participant.set", "participant.merged", "participant.separated", "code.set", "cards.revoked"),
    *("tick.set", "orientation.decided", "page.made", "page.withdrawn", "place.declined"),
    *("absence.called", "absence.withdrawn", "document.made", "person.exported"),
}
"""Kinds that name or describe the person whom they are about."""

NOBODYS = {
    *("corner.set", "workshop.set", "half_day.set", "staff_member.set", "equipment.set"),
    *("attendance.settled", "code.refused", "code.paused", "codes.seen", "codes.issued", "pin.tried"),
    *(
        "refusal.seen",
        "refusal.offered",
        "help.settled",
        "import.done",
        "database.rebuilt",
        "report.exported",
    ),
}
"""Kinds that are about nobody who comes to workshops; a settlement holds opaque ids."""

POLICY = Policy()


# ---- which bodies go


def written_kinds() -> set[str]:
    """The kinds that stand in the program's own text, beside those that its tables know."""
    named = re.compile(r'"([a-z_]+\.[a-z_]+)"')
    found = set()
    for room in ("models", "kiosk"):
        for file in (Path(models.__file__).parents[1] / room).rglob("*.py"):
            found |= set(named.findall(file.read_text("utf-8")))
    return found


def test_of_every_kind_it_is_decided_whether_its_body_goes():
    """A new kind has to be put into one of the three lists."""
    known = {*event_rows._KEEPINGS, *(f"{entity}.set" for entity in REGISTERS)}
    assert known <= STAYS | GOES | NOBODYS
    assert not STAYS & GOES
    assert not NOBODYS & GOES
    words = {kind.partition(".")[0] for kind in STAYS | GOES | NOBODYS}
    recorded = {kind for kind in written_kinds() if kind.partition(".")[0] in words}
    assert {"participant.merged", "person.exported", "cards.revoked"} <= recorded
    assert recorded - (STAYS | GOES | NOBODYS) <= {"code.key"}  # a file


def test_what_a_newer_version_writes_of_a_person_goes_too(corner):
    """This one cannot know that it is harmless."""
    corner.book("Binta")
    person = corner.person("Binta")
    with corner.transaction():
        record(corner.conn, corner.author(), "weather.felt", "participant", person, {"a": 1}, subject=person)
    corner.erase("Binta")
    assert corner.ask("select body, redacted from change where kind = 'weather.felt'") == [("", 1)]


# ---- one life


@pytest.fixture
def life(corner):
    """Somebody of whom everything is kept that can be kept, and others beside them."""
    half_day = corner.book("Binta", "Kofi", "Zoé")
    corner.book("Binta", start="2022-11-10 08:30")
    corner.card, corner.code = corner.issue("Binta"), corner.issue("Binta", Form.SHORT)
    binta = corner.person("Binta")
    guest = come(corner, "Bintou", "08:20")
    corner.show(corner.card, "08:25")
    corner.arrive("Kofi", "08:26")
    ask(corner, Merge(half_day, guest, binta), "09:00")
    ask(corner, Orient(binta, "course-24", "préfère le matin, demander Adama"), "09:10")
    ask(corner, NotePage(binta, made=True), "09:11")
    keep(corner, binta, 1, "09:20")
    with corner.transaction():
        call_help(corner.conn, corner.author("09:30"), SAME_NAME, "name", [binta, corner.person("Kofi")])
        document_made(corner.conn, corner.author("09:40", "sam"), "certificate", binta, "ab" * 32)
        keep_unfinished(corner.conn, binta, draft(2), corner.at("09:45"))
        tick = {"participant_id": binta, "step": "address", "state": "done"}
        set_fields(corner.conn, corner.author(), "tick", "t" * 32, tick, new=True, subject=binta)
    corner.note("left", "Binta", half_day, "11:55")
    corner.half_day, corner.guest = half_day, guest
    return corner


TRACES = ("Binta", "Ouédraogo", "FX-000", "Bintou", "préfère", "Adama", "ab" * 32)


def told(corner) -> str:
    """Everything that the database says."""
    return (
        str(corner.ask("select * from change"))
        + str(corner.projections())
        + str(corner.ask("select * from unfinished"))
    )


def test_nothing_is_left_that_names_or_describes(life):
    """P-29"""
    assert all(trace in told(life) for trace in TRACES)
    digests = [digest for (digest,) in life.ask("select digest from code")]
    assert life.erase("Binta")
    left = told(life)
    assert [trace for trace in (*TRACES, *digests) if trace in left] == []
    assert life.flaws() == []
    rebuild(life.conn)
    assert life.flaws() == []
    assert "Kofi" in left


def test_the_row_that_says_so_names_nobody(life):
    life.erase("Binta", reason="long_ago")
    found = life.ask("select entity_id, subject, actor, body from change where kind = ? order by n", ERASED)
    binta, guest = life.person("Binta"), life.guest
    body = (
        '{"at":"2022-11-03T11:00:00.000000Z","audience":"jobseeker","merged_into":"%s","reason":"long_ago"}'
    )
    assert found == [
        (binta, binta, "system", body % ""),
        (guest, guest, "system", body % binta),
    ]


def test_every_figure_stays_and_so_does_what_was_signed(life):
    """Also the hours of the walk-in whom they turned out to be."""
    figures = figures_of(roster_of(life.conn, life.half_day, POLICY, life.at("13:00")))
    before = report_of(life.conn, "charleroi", DAY, POLICY, life.at("18:00"))
    life.erase("Binta")
    roster = roster_of(life.conn, life.half_day, POLICY, life.at("13:00"))
    assert figures_of(roster) == figures
    assert is_as_signed(life.conn, roster, figures, figures.hash)
    assert report_of(life.conn, "charleroi", DAY, POLICY, life.at("18:00")) == before
    assert before.whole.minutes > 0
    assert before.assessments == 1


DAY = Period(Kind.OWN, date(2022, 11, 3), date(2022, 11, 3))


def test_a_place_to_come_is_free_again(life):
    life.erase("Binta")
    to_come = (
        "select b.status from booking b join half_day h on h.id = b.half_day_id"
        " where h.starts_at > '2022-11-04' and b.participant_id = ?"
    )
    assert life.ask(to_come, life.person("Binta")) == [("cancelled",)]


def test_a_card_that_is_shown_afterwards_is_simply_unknown(life):
    life.erase("Binta")
    for text, way in ((life.card, Way.CARD), (life.code, Way.CODE)):
        outcome = life.show(text, "12:30", way=way)
        assert (outcome.answer, outcome.person) == (Answer.UNKNOWN, None)
    with life.transaction():
        arrived = arrive(life.conn, life.desk, life.person("Binta"), Way.NAME, life.at("11:00"))
    assert arrived.answer is Answer.UNKNOWN


def test_nobody_finds_them_any_more_and_nobody_is_told_to_call_them(life):
    life.erase("Binta")
    binta = life.person("Binta")
    assert ask(life, WhoIs(binta)) is None
    assert ask(life, SeePerson(life.half_day, binta)) is None
    assert ask(life, NewCard(binta)) is None
    assert ask(life, OrientationsOf(binta)) == ()
    assert "binta" not in str(ask(life, FindPeople("bi"))).lower()
    ready = ask(life, SeeReady(), "2022-11-05 09:00", Role.STAFF)
    assert [one.name for one in ready] == ["Kofi A."]
    assert ask(life, SeeFirstLevels(), "2022-11-05 09:00", Role.STAFF) == ()
    absent = ask(life, SeeAbsent(), "2022-11-05 09:00", Role.STAFF)
    assert NAMELESS not in [one.name for one in absent]


def test_they_are_counted_in_lists_without_a_name(life):
    """Whoever signs the half-day afterwards is not held up by them."""
    life.erase("Binta")
    roster = roster_of(life.conn, life.half_day, POLICY, life.at("13:00"))
    assert [one.name for one in roster.people if one.erased] == [NAMELESS]
    sheet = sheet_of_roster(life.conn, roster)
    assert [line.first_name for line in sheet.lines if not line.reference] == [NAMELESS]
    day = ask(life, SeeDay(), "13:00", Role.STAFF)
    assert sorted(one.name for one in day.people) == ["Kofi A.", "Zoé D.", NAMELESS]


def test_a_walk_in_who_is_erased_asks_for_no_file_any_more(corner):
    half_day = corner.book("Kofi")
    guest = come(corner, "Zoé", "08:20")
    with corner.transaction():
        assert erase(corner.conn, corner.author("12:00"), guest, "mistake")
    assert "no_file" not in dict(Team(corner).odd(half_day))
    known = corner.person("Kofi")
    assert ask(corner, Merge(half_day, guest, known), "12:30") is NotMerged.NOT_A_WALK_IN


def test_who_was_merged_and_erased_is_not_told_apart_again(life):
    life.erase("Binta")
    assert ask(life, Separate(life.guest, "wrong_person"), "12:30") is NotMerged.NOT_YET


def test_twice_is_once_and_nobody_is_nobody(life):
    assert life.erase("Binta")
    before = life.log()
    assert not life.erase("Binta", "12:10")
    assert not life.erase("Tenzin")
    assert not life.erase("Kofi", reason="because")
    with life.transaction():
        follow(life.conn, life.author("12:20"))
    assert life.log() == before


def test_by_the_walk_in_the_known_person_is_erased(life):
    with life.transaction():
        assert erase(life.conn, life.author("12:00"), life.guest, ERASURES[0])
    assert "Ouédraogo" not in told(life)


# ---- what is told beforehand


def test_what_goes_and_what_stays_is_told_beforehand(life):
    found = ask(life, SeeErasure(life.guest), "12:00", Role.STAFF)
    assert (found.name, found.reference) == ("Binta O.", "FX-000")
    assert (found.walk_ins, found.codes, found.advice, found.steps, found.to_come) == (1, 2, 1, 1, 1)
    assert (found.half_days, found.assessments) == (1, 1)
    assert ask(life, ErasePerson(life.guest, "asked"), "12:00", Role.STAFF)
    assert ask(life, SeeErasure(life.guest), "12:01", Role.STAFF) is None


# ---- what comes afterwards


def test_what_is_written_of_them_afterwards_is_empty_from_its_first_moment(life):
    """A note that was half typed, a paper that was on its way: the row stands, and says nothing."""
    life.erase("Binta")
    binta = life.person("Binta")
    before = life.projections()
    with life.transaction():
        document_made(life.conn, life.author("12:30", "sam"), "certificate", binta, "cd" * 32)
    assert life.ask("select kind, body, salt, redacted from change order by n desc limit 1") == [
        ("document.made", "", "", 1)
    ]
    assert life.projections() == before
    assert life.flaws() == []


def test_an_arrival_that_is_noted_afterwards_counts_without_the_person(life):
    """Whoever is there is there: the team's own key notes what they see."""
    life.note("arrived", "Binta", life.half_day, "11:58")
    life.erase("Binta")
    life.note("left", "Binta", life.half_day, "12:00")
    kinds = life.ask(
        "select kind from attendance_event where person_id = ? order by at", life.person("Binta")
    )
    assert [kind for (kind,) in kinds][-2:] == ["arrived", "left"]
    assert life.flaws() == []


def test_a_file_that_names_them_again_is_not_taken_unless_somebody_says_so(life):
    """The office's word is a new decision: whoever takes it begins anew, and knows nothing of before."""
    life.erase("Binta")
    lines = [
        life.line("Binta", "2022-11-17 08:30", line=2),
        life.line("Hoa", "2022-11-17 08:30", line=3),
    ]
    applied = life.take(*lines, when="12:30")
    assert (applied.erased, applied.added) == ([2], 1)
    assert "Ouédraogo" not in told(life)
    applied = life.take(*lines, when="12:40", again=["FX-000"])
    assert (applied.erased, applied.added, applied.unchanged) == ([], 1, 1)
    (again,) = life.ask("select id, first_name from participant where reference = 'FX-000'")
    assert again[0] != life.person("Binta")
    assert life.ask("select count(*) from attendance_event where person_id = ?", again[0]) == [(0,)]
    applied = life.take(*lines, when="12:50")  # known from now on
    assert (applied.erased, applied.unchanged) == ([], 2)
    assert life.flaws() == []


def test_whoever_is_known_anew_can_be_erased_anew(life, new_corner):
    """And every kiosk that takes the office's word gives them the same id."""
    line = life.line("Binta", "2022-11-17 08:30")
    other = new_corner()
    other.take(line)
    ids = []
    for corner in (life, other):
        corner.erase("Binta")
        corner.take(line, when="12:30", again=["FX-000"])
        ids += corner.ask("select id from participant where reference = 'FX-000'")
    assert ids[0] == ids[1]
    with life.transaction():
        assert erase(life.conn, life.author("12:40"), ids[0][0], "asked")
    assert life.take(line, when="12:50").erased == [2]
    assert "Ouédraogo" not in told(life)
    other.conn.close()


# ---- any history


people = st.sampled_from(["Binta", "Kofi", "Zoé"])
minutes = st.integers(8 * 60, 12 * 60).map(lambda at: f"{at // 60:02}:{at % 60:02}")
doings = st.one_of(
    st.tuples(st.just("book"), people, st.sampled_from(["08:30", "2022-11-09 13:00"])),
    st.tuples(st.just("arrive"), people, minutes),
    st.tuples(st.just("note"), people, st.sampled_from(["left", "excused", "absent"]), minutes),
    st.tuples(st.just("come"), people, minutes),
    st.tuples(st.just("merge"), people, st.integers(0, 3)),
    st.tuples(st.just("separate"), st.integers(0, 3)),
    st.tuples(st.just("tick"), people, st.booleans()),
    st.tuples(st.just("card"), people),
    st.tuples(st.just("orient"), people),
    st.tuples(st.just("erase"), people),
)


def do(corner, doing, guests: list[str]) -> None:
    """One thing that happens; what cannot be then is refused, as at a kiosk."""
    match doing:
        case ("book", name, start):
            corner.book(name, start=start)
        case ("arrive", name, when):
            corner.arrive(name, when)
        case ("note", name, kind, when):
            corner.note(kind, name, corner.book("Joris"), when)
        case ("come", name, when):
            corner.book("Joris")
            guests.append(come(corner, name, max(when, "08:00")))
        case ("merge", name, which) if guests:
            half_day = corner.book("Joris")
            ask(corner, Merge(half_day, guests[which % len(guests)], corner.person(name)), "12:10")
        case ("separate", which) if guests:
            ask(corner, Separate(guests[which % len(guests)], "wrong_person"), "12:20")
        case ("tick", name, done):
            # Of a walk-in and the known person: one box of both, as the path has it.
            values = {"participant_id": corner.person(name), "step": "address", "state": "done"}
            new = not corner.ask("select 1 from tick")
            with corner.transaction():
                set_fields(
                    corner.conn, corner.author(), "tick", "t" * 32, values, new=new and done,
                    subject=corner.person(name),
                )  # fmt: skip
        case ("card", name) if corner.ask("select 1 from participant where id = ?", corner.person(name)):
            corner.issue(name)
        case ("orient", name):
            ask(corner, Orient(corner.person(name), "course-24", f"note {name}"), "12:25", Role.STAFF)
        case ("erase", name):
            corner.erase(name, "12:28")


@settings(derandomize=True, deadline=None, max_examples=70)
@given(st.lists(doings, max_size=14), people)
def test_after_any_history_no_total_changes_and_the_log_is_whole(new_corner, history, name):
    """The tables are at every moment what a rebuild makes of the log."""
    corner, guests = new_corner(), []
    for doing in history:
        do(corner, doing, guests)
    half_day, now = corner.book("Joris"), corner.at("18:00")
    before = (
        report_of(corner.conn, "charleroi", DAY, POLICY, now),
        figures_of(roster_of(corner.conn, half_day, POLICY, now)),
    )
    erased = corner.erase(name, "12:30")
    assert (
        report_of(corner.conn, "charleroi", DAY, POLICY, now),
        figures_of(roster_of(corner.conn, half_day, POLICY, now)),
    ) == before
    shown = corner.projections()
    with corner.transaction():
        rebuild(corner.conn)
    assert corner.projections() == shown
    assert corner.flaws() == []
    if erased:
        own = corner.reference(name)
        assert own not in told(corner)
    corner.conn.close()


# ---- a busy corner


FIRST, LAST = date(2026, 10, 19), date(2026, 10, 23)
WEEK = Period(Kind.OWN, FIRST, LAST)
AFTER = datetime(2026, 10, 25, 9, tzinfo=UTC)


def test_in_a_busy_corner_everybody_can_be_erased_and_every_figure_stays(new_corner):
    """Report, certificates by their opaque id, what was signed: to the minute."""
    corner = new_corner()
    ((staff_id,),) = corner.ask("select id from staff_member where role = ?", Role.STAFF)
    month = Month(corner.desk, staff_id, FIRST, LAST, 17)
    for day in month.days:
        with corner.transaction():
            month.live(corner.conn, day)
    names = corner.ask("select id, first_name, last_name, reference from participant order by id")
    people = [one for (one, *_) in names]

    def figures():
        signed = [
            (half_day, closing.hash, is_as_signed(
                corner.conn, roster_of(corner.conn, half_day, POLICY, AFTER), closing.figures, closing.hash))
            for (half_day,) in corner.ask("select id from half_day order by id")
            for closing in closings_of(corner.conn, half_day)
        ]  # fmt: skip
        hours = [
            certificate_of(corner.conn, "charleroi", one, FIRST, LAST, POLICY, AFTER).minutes
            for one in people
        ]
        return report_of(corner.conn, "charleroi", WEEK, POLICY, AFTER), hours, signed

    before = figures()
    author = corner.author(AFTER)
    for one in people[::7]:
        with corner.transaction():
            erase(corner.conn, author, one, "long_ago")
    assert figures() == before
    assert corner.flaws() == []
    for one in people:
        with corner.transaction():
            erase(corner.conn, author, one, "long_ago")
    assert figures() == before
    assert corner.flaws() == []
    bodies = str(corner.ask("select body from change where redacted = 0 and kind <> 'half_day.set'"))
    assert [ref for (_, _, _, ref) in names if ref and f'"{ref}"' in bodies] == []
    assert corner.ask("select 1 from participant where first_name <> '' or reference <> ''") == []
    assert set(TABLES) >= {"erased"}
    corner.conn.close()


# ---- the disk


def test_no_byte_of_the_name_is_left_on_the_disk(corner_on_disk):
    """The file, its WAL and its index: also where the name stood in a page that was freed."""
    corner = corner_on_disk
    corner.conn.execute("pragma secure_delete = on")
    corner.conn.execute("pragma journal_mode = wal")
    for number in range(40):
        corner.book("Binta", "Kofi", start=f"2022-11-{1 + number % 28:02} 08:30", room=str(number))
    for language in ("nl", "de", "fr", "en"):
        corner.book("Binta", language=language)
    corner.issue("Binta")
    assert b"Binta" in corner.bytes()
    corner.erase("Binta")
    (busy, *_) = corner.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
    assert not busy
    left = corner.bytes()
    assert [one for one in (b"Binta", "Ouédraogo".encode(), b"FX-000") if one in left] == []
    assert b"Kofi" in left
