"""Who is ready for what: the same for one person and for everybody, for whoever may see them, in order."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sittings import draft, keep
from team_desk import ask, come

from assets.assessment import thresholds
from models.assessment.observing import Observe
from models.attended import attended_by, counted_once, minutes_of
from models.connection import body_time
from models.log import Author, record
from models.merging import Merge, Separate
from models.orientation import Orient
from models.path.everybody import outlines
from models.path.page import NotePage
from models.path.path import path_of
from models.path.readiness import Ready, SeeReady, ready_for, ready_people
from models.places import ask_for_place
from models.policy import Policy
from models.requests import Colleague, NotAllowed, is_met, near
from models.words import Role

POLICY = Policy()
MORNINGS = ("2022-11-07", "2022-11-08", "2022-11-09", "2022-11-14", "2022-11-15", "2022-11-16")
LATER = "2022-12-01 09:00"


@pytest.fixture
def binta(corner) -> str:
    """She was at the first morning, which is over."""
    corner.book("Binta")
    corner.arrive("Binta", "08:25")
    return corner.person("Binta")


def ready(corner, now="18:00", name="Binta"):
    return ready_for(path_of(corner.conn, corner.person(name), POLICY, corner.at(now)))


def listed(corner, now="18:00", role=Role.STAFF):
    return ask(corner, SeeReady(), now, role)


def orient(corner, person, programme="course-24", when="18:30"):
    ask(corner, Orient(person, programme), when, Role.STAFF)


def attend(corner, days, programme="course-24", name="Binta", hours=4):
    for day in days:
        half_day = corner.book(name, start=f"{day} 08:30", hours=hours, programme=programme)
        corner.note("arrived", name, half_day, f"{day} 08:30")
        corner.note("left", name, half_day, f"{day} 12:30")


# ---- what holds


def test_after_the_first_morning_it_is_decided_what_comes_next(corner, binta):
    assert ready(corner, "11:59") is None
    assert ready(corner, "12:00") is Ready.ORIENT
    (line,) = listed(corner)
    assert (line.name, line.ready, line.since) == ("Binta O.", Ready.ORIENT, corner.at("08:30"))


def test_whoever_was_not_there_is_not_decided_about(corner):
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "12:00")
    assert (ready(corner), listed(corner)) == (None, ())


def test_a_place_in_a_course_is_a_decision_too(corner, binta):
    corner.book("Binta", start="2022-11-07 08:30", programme="course-24")
    assert ready(corner) is None


def test_a_course_before_the_first_morning_is_none_since(corner):
    attend(corner, ["2022-10-03"])
    corner.book("Binta")
    corner.arrive("Binta", "08:25")
    assert ready(corner) is Ready.ORIENT


@pytest.mark.parametrize("programme", ["course-24", "course-40", "job-search"])
def test_what_is_decided_needs_a_place_until_there_is_one(corner, binta, programme):
    orient(corner, binta, programme)
    (line,) = listed(corner, "19:00")
    assert (line.ready, line.programme, line.asked) == (Ready.PLACE, programme, False)
    assert line.since == corner.at("18:30")
    half_day = corner.book(start="2022-11-07 08:30", programme=programme)
    with corner.transaction():
        ask_for_place(corner.conn, corner.desk, binta, half_day, corner.at("19:01"))
    (line,) = listed(corner, "19:02")
    assert (line.ready, line.asked) == (Ready.PLACE, True)
    corner.book("Binta", start="2022-11-07 08:30", programme=programme, status="booked")
    assert (ready(corner, "19:05"), listed(corner, "19:05")) == (None, ())


def test_who_has_been_there_since_needs_no_place_and_who_had_one_and_did_not_come_does(corner, binta):
    orient(corner, binta)
    half_day = corner.book("Binta", start="2022-11-07 08:30", programme="course-24")
    assert ready(corner, "2022-11-08 09:00") is Ready.PLACE
    corner.note("arrived", "Binta", half_day, "2022-11-07 08:30")
    assert ready(corner, "2022-11-08 09:00") is None


def test_a_longer_course_holds_what_was_decided_and_a_shorter_one_does_not(corner, binta):
    orient(corner, binta, "course-40")
    corner.book("Binta", start="2022-11-07 08:30", programme="course-24")
    assert ready(corner, "19:00") is Ready.PLACE
    orient(corner, binta, "course-24", "19:01")
    corner.book("Binta", start="2022-11-07 08:30", programme="course-24", status="cancelled")
    assert ready(corner, "19:02") is Ready.PLACE
    corner.book("Binta", start="2022-11-08 08:30", programme="course-40")
    assert ready(corner, "19:02") is None


def test_when_the_hours_are_done_it_is_asked_where_they_stand(corner, binta):
    orient(corner, binta)
    attend(corner, MORNINGS)
    (line,) = listed(corner, LATER)
    assert (line.ready, line.programme) == (Ready.LEVEL, "course-24")
    assert line.since == corner.at("2022-11-16 12:30")
    keep(corner, binta, 1, "2022-11-20 09:00")
    assert ready(corner, LATER) is Ready.LEVEL


def test_whoever_goes_over_to_forty_hours_is_not_done_after_twenty_four(corner, binta):
    orient(corner, binta)
    attend(corner, MORNINGS)
    orient(corner, binta, "course-40", "2022-11-17 09:00")
    assert ready(corner, LATER) is Ready.PLACE
    corner.book("Binta", start="2022-12-05 08:30", programme="course-40")
    assert ready(corner, LATER) is None


def test_the_page_comes_with_the_first_level_and_goes_when_it_is_made(corner, binta):
    orient(corner, binta)
    attend(corner, MORNINGS)
    kept = keep(corner, binta, 2, "2022-11-20 09:00")
    (line,) = listed(corner, LATER)
    assert (line.ready, line.since) == (Ready.PAGE, corner.at("2022-11-20 09:00"))
    ask(corner, Observe(kept, binta, seen=True), "2022-11-20 09:30", Role.STAFF)
    assert ready(corner, LATER) is Ready.PAGE
    ask(corner, NotePage(binta, made=True), "2022-12-01 08:00", Role.STAFF)
    assert (ready(corner, LATER), listed(corner, LATER)) == (None, ())
    ask(corner, NotePage(binta, made=False), "2022-12-01 08:30", Role.STAFF)
    assert ready(corner, LATER) is Ready.PAGE


# ---- what the assessment suggests


@pytest.mark.parametrize(
    ("given", "suggested"),
    [
        (None, ""),
        (draft(0), "course-40"),
        (draft(1), "course-24"),
        (draft(2), "job-search"),
        (draft({"2.1S": 0}), ""),
    ],
)
def test_the_assessment_suggests_and_decides_nothing(corner, binta, given, suggested):
    if given is not None:
        keep(corner, binta, given, "11:00")
    (line,) = listed(corner)
    assert (line.ready, line.suggested) == (Ready.ORIENT, suggested)
    assert corner.ask("select count(*) from orientation") == [(0,)]


def test_what_the_answers_leave_open_suggests_nothing(corner, binta):
    half = draft(2)
    for item in list(half.answers)[-2:]:
        half = half.answer(item, None)
    while (item := half.next_item(thresholds())) is not None:
        half = half.answer(item, None)
    keep(corner, binta, half, "11:00")
    (line,) = listed(corner)
    assert (line.level.step, line.level.at, line.suggested) == (None, corner.at("11:00"), "")


# ---- who sees whom


def test_the_list_is_by_what_comes_first_and_then_by_since_when(corner):
    days = {"Zoé": "2022-10-04", "Łukasz": "2022-10-03", "Hoa": "2022-10-05", "Joris": "2022-10-06"}
    for name, day in days.items():
        half_day = corner.book(name, start=f"{day} 08:30")
        corner.note("arrived", name, half_day, f"{day} 08:30")
    orient(corner, corner.person("Hoa"))
    keep(corner, corner.person("Joris"), 2, "09:00")
    orient(corner, corner.person("Joris"), "job-search", "2022-10-07 09:00")
    half_day = corner.book("Joris", start="2022-10-10 08:30", programme="job-search")
    corner.note("arrived", "Joris", half_day, "2022-10-10 08:30")
    found = [(one.name, one.ready) for one in listed(corner, "19:00")]
    assert found == [
        ("Łukasz W.", Ready.ORIENT),
        ("Zoé D.", Ready.ORIENT),
        ("Hoa N.", Ready.PLACE),
        ("Joris P.", Ready.PAGE),
    ]


def test_a_facilitator_sees_whom_they_may_see_and_staff_everybody(corner):
    """P-20: of the list too."""
    for name, day in (("Zoé", "2022-10-04"), ("Łukasz", "2022-10-03")):
        half_day = corner.book(name, start=f"{day} 08:30")
        corner.note("arrived", name, half_day, f"{day} 08:30")
    corner.book("Łukasz", start="2022-11-04 13:00", programme="job-search", status="cancelled")
    assert [one.name for one in listed(corner, role=Role.FACILITATOR)] == ["Łukasz W."]
    assert [one.name for one in listed(corner)] == ["Łukasz W.", "Zoé D."]


def test_of_a_corner_is_who_has_been_there_or_has_a_place_there(corner):
    for name, place in (("Zoé", "charleroi"), ("Łukasz", "mons"), ("Hoa", "mons"), ("Kofi", "mons")):
        half_day = corner.book(name, start="2022-11-02 08:30", place=place)
        corner.note("arrived", name, half_day, "2022-11-02 08:30")
    corner.book("Hoa", start="2022-11-07 08:30", programme="job-search")
    corner.book("Kofi", start="2022-11-07 08:30", programme="job-search", status="cancelled")
    assert {one.name for one in listed(corner)} == {"Zoé D.", "Hoa N."}


def test_two_who_read_the_same_are_told_apart(corner, binta):
    corner.take(corner.line("Kofi", first_name="Binta", last_name="Odeur"))
    corner.arrive("Kofi", "08:26")
    assert {one.name for one in listed(corner)} == {"Binta O. FX-000", "Binta O. FX-011"}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_who_may_not_see_a_path_sees_nobody(corner, binta, role):
    """P-19"""
    with pytest.raises(NotAllowed):
        listed(corner, role=role)


# ---- everybody at once is each by themselves


PROGRAMMES = ("awareness", "course-24", "course-40", "job-search")
STARTS = (
    ("2022-10-28 08:30", "awareness", "charleroi"),
    ("2022-10-28 10:00", "course-24", "charleroi"),  # at the same time as the one before
    ("2022-10-31 08:30", "course-24", "charleroi"),
    ("2022-11-02 08:30", "course-24", "mons"),
    ("2022-11-03 08:30", "awareness", "charleroi"),
    ("2022-11-04 08:30", "course-40", "charleroi"),
    ("2022-11-07 08:30", "course-24", "charleroi"),
    ("2022-11-07 13:00", "job-search", "charleroi"),
)
NAMES = ("Binta", "Łukasz", "Hoa")
MOMENTS = ("2022-10-28 11:00", "2022-10-31 09:17", "2022-11-03 10:40", "2022-11-04 23:00", "2022-11-08 09:00")

LONG = 8
"""Hours of each: three whole days are a course of twenty-four."""
WHOLE = f"+0 -{60 * LONG}"
COMES = (
    "+0",
    WHOLE,
    "+-20 -490",
    "+47",
    "+12 -118",
    "+0 -60 +90",
    "+0 -60 +90 -240",
    "+0 -60 -90",
    "+30 -10",
)
"""Minutes from the start at which somebody comes (+) and goes (-); the last two are odd."""


class Histories:
    """What happens to some people, drawn by chance: mostly what happens, and everything that may."""

    def __init__(self, corner, chance: random.Random) -> None:
        self.corner = corner
        self.chance = chance
        self.half_days = [
            corner.book(start=start, programme=programme, place=place, hours=LONG)
            for start, programme, place in STARTS
        ]
        corner.book(*NAMES, start="2022-10-03 08:30")
        self.noted: list[str] = []

    def play(self) -> None:
        for name in NAMES:
            guest = self._guest(name)
            diligence = self.chance.choice((0.2, 0.5, 0.9))
            for at in range(len(STARTS)):
                if self._maybe(diligence):
                    self._attend(name, at)
                elif self._maybe(0.3):
                    self._book(name, at, self.chance.choice(("booked", "cancelled")))
                if self._maybe(0.1):
                    self._annul(name, at)
                if self._maybe(0.1):
                    self._wish(name, at)
            for _ in range(self.chance.choice((0, 0, 1, 2))):
                self._orient(self.chance.choice((guest, self.corner.person(name))))
            for _ in range(self.chance.choice((0, 1, 2))):
                self._sit(name)
            for _ in range(self.chance.choice((0, 0, 1, 2))):
                made = NotePage(self.corner.person(name), made=self._maybe(0.7))
                ask(self.corner, made, self._when(), Role.STAFF)
            if guest != self.corner.person(name) and self._maybe(0.3):
                ask(self.corner, Separate(guest, "wrong_person"), "10:30", Role.STAFF)
        if self._maybe(0.3):
            start, programme, place = self.chance.choice(STARTS)
            self.corner.book(start=start, programme=programme, place=place, status="cancelled")

    def _maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def _when(self):
        return self._moment(self.chance.randrange(len(STARTS)), self.chance.randrange(600))

    def _guest(self, name: str) -> str:
        """Perhaps they came without a booking first, and turned out to be themselves; else who they are."""
        known = self.corner.person(name)
        if self._maybe(0.6):
            return known
        guest = come(self.corner, "Invité", self.corner.at("08:20"))
        ask(self.corner, Merge(self.half_days[4], guest, known), "10:00", Role.STAFF)
        return guest

    def _moment(self, at: int, minutes: int):
        return self.corner.at(STARTS[at][0]) + timedelta(minutes=minutes)

    def _book(self, name: str, at: int, status: str) -> None:
        start, programme, place = STARTS[at]
        self.corner.book(name, start=start, programme=programme, place=place, status=status)

    def _attend(self, name: str, at: int) -> None:
        self._book(name, at, "booked")
        minutes = WHOLE if self._maybe(0.6) else self.chance.choice(COMES)
        for word in minutes.split():
            # In the last moment of a minute, which is still that minute.
            moment = self._moment(at, int(word[1:])) + timedelta(seconds=59, microseconds=999_999)
            kind = "arrived" if word[0] == "+" else "left"
            self.noted.append(self.corner.note(kind, name, self.half_days[at], moment).id)

    def _annul(self, name: str, at: int) -> None:
        if self.noted:
            event = self.chance.choice(self.noted[-3:])
            self.corner.note("annulled", name, self.half_days[at], self._moment(at, 0), annuls=event)

    def _wish(self, name: str, at: int) -> None:
        with self.corner.transaction():
            person, when = self.corner.person(name), self.corner.at("2022-10-27 09:00")
            ask_for_place(self.corner.conn, self.corner.desk, person, self.half_days[at], when)

    def _orient(self, person: str) -> None:
        when, programme = self._when(), self.chance.choice(PROGRAMMES)
        body = {"at": body_time(when), "programme": programme}
        author = Author(self.corner.kiosk_id, "sam", when)
        with self.corner.transaction():
            record(
                self.corner.conn, author, "orientation.decided", "participant", person, body, subject=person
            )

    def _sit(self, name: str) -> None:
        level = self.chance.choice((0, 1, 2, 2))
        given = draft(level) if self._maybe(0.7) else draft({"2.1S": level})
        person, when = self.corner.person(name), self._when()
        kept = keep(self.corner, person, given, when)
        if self._maybe(0.3):
            ask(self.corner, Observe(kept, person, seen=True), when, Role.STAFF)


@settings(derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(MOMENTS))
def test_everybody_at_once_is_each_by_themselves(new_corner, seed, moment):
    """Late and early, twice at once, merged, cancelled, from 24 to 40 hours: never another answer."""
    corner = new_corner()
    Histories(corner, random.Random(seed)).play()
    now = corner.at(moment)
    found = {one.person_id: one for one in ready_people(corner.conn, "charleroi", now)}
    close = {one.person_id: one for one in ready_people(corner.conn, "charleroi", now, near=near(now))}
    people = [row[0] for row in corner.ask("select id from participant where merged_into = ''")]
    known = dict(outlines(corner.conn, people, now))
    colleague = Colleague("facilitator", "Noor", Role.FACILITATOR)
    for person in people:
        path = path_of(corner.conn, person, POLICY, now)
        wanted = ready_for(path)
        outline = known[person]
        assert (outline.awareness_at, outline.course) == (path.awareness_at, path.course)
        assert (outline.level, outline.page_made) == (path.level, path.page.made_at is not None)
        assert outline.last == {one.programme: one.last for one in path.followed}
        assert sum(one.minutes for one in outline.spent) == path.minutes
        here = _is_of_the_corner(corner, path, now)
        assert (person in found) is (wanted is not None and here), (wanted, here)
        met = is_met(corner.conn, corner.desk, colleague, now, person)
        assert (person in close) is (person in found and met)
        if person in found:
            assert found[person].ready is wanted
            assert close.get(person, found[person]) == found[person]
    assert set(found) <= set(people)
    corner.conn.close()


def _is_of_the_corner(corner, path, now) -> bool:
    """By the path itself: they have been there, or have a place there."""
    attended = attended_by(corner.conn, path.person.id, POLICY, now)
    once = counted_once((one.half_day, one.reckoning.parts) for one in attended)
    been = {
        one.half_day.id
        for one, parts in zip(attended, once, strict=True)
        if minutes_of(parts) and one.half_day.corner_id == "charleroi"
    }
    held = corner.ask(
        "select 1 from booking b join half_day h on h.id = b.half_day_id where b.status = 'booked'"
        " and h.status = 'planned' and h.corner_id = 'charleroi' and h.ends_at > ? and (b.participant_id = ?2"
        " or b.participant_id in (select id from participant where merged_into = ?2))",
        f"{now.replace(tzinfo=None).isoformat(' ', 'microseconds')}",
        path.person.id,
    )
    return bool(been or held)
