"""The person's page: every event with who, where and why; what works, what was signed; no family name."""

import pytest
from colleagues import Colleague

from models.codes import Form
from models.connection import body_time
from models.figures import Standing
from models.log import record
from models.marking import Mark
from models.person import Signed
from models.registers import set_fields
from models.walk_in import Guest, walk_in
from models.words import Role, Way

PRESENT, LEFT, ABSENT = Mark.PRESENT, Mark.LEFT, Mark.ABSENT


@pytest.fixture
def leila(corner):
    return Colleague(corner)


@pytest.fixture
def half_day(corner):
    return corner.book("Binta", "Kofi")


def merge(corner, walk_in, name):
    with corner.transaction():
        set_fields(
            corner.conn,
            corner.author("10:00"),
            "participant",
            walk_in,
            {"merged_into": corner.person(name)},
            new=False,
            subject=walk_in,
        )


def test_the_page_shows_first_name_and_initial_and_nothing_more_of_the_name(leila, corner, half_day):
    """P-01 as a house rule for the team's screens: no family name."""
    corner.arrive("Binta", "08:30")
    page = leila.sees("Binta", half_day)
    assert (page.name, page.reference, page.known) == ("Binta O.", "FX-000", True)
    assert "Ouédraogo" not in repr(page)


def test_every_event_is_there_in_order_with_who_and_where(leila, corner, half_day):
    corner.show(corner.issue("Binta"), "08:27")
    leila.marks("Binta", LEFT, half_day, "09:30")
    leila.at_kiosk("f" * 32).marks("Binta", PRESENT, half_day, "10:30", "10:00", way=Way.PAPER)
    events = leila.sees("Binta", half_day).events
    told = [(one.kind, one.way, one.by, one.by_the_person, one.here, one.later) for one in events]
    assert told == [
        ("arrived", "card", "", True, True, False),
        ("left", "facilitator", "Leïla", False, True, False),
        ("arrived", "paper", "Leïla", False, False, True),
    ]
    assert [one.from_paper for one in events] == [False, False, True]


def test_the_name_of_an_account_that_was_closed_stays_readable(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    with corner.transaction():
        closed = {"closed_at": body_time(corner.at("09:00"))}
        set_fields(corner.conn, corner.author("09:00"), "staff_member", leila.id, closed, new=False)
    other = Colleague(corner, "Nadia")
    assert [one.by for one in other.sees("Binta", half_day).events] == ["Leïla"]


def test_the_page_says_which_codes_work(leila, corner, half_day):
    assert (leila.sees("Binta", half_day).card, leila.sees("Binta", half_day).short_code) == (None, None)
    corner.issue("Binta", when="2022-11-01 09:00")
    corner.issue("Binta", Form.SHORT, when="2022-11-02 09:00")
    page = leila.sees("Binta", half_day)
    assert page.card == corner.at("2022-11-01 09:00")
    assert page.short_code == corner.at("2022-11-02 09:00")
    corner.desk = type(corner.desk)(corner.kiosk_id, "charleroi", b"\1" * 32, corner.desk.policy)
    assert leila.sees("Binta", half_day).card is None, "a card of another key opens nothing"


def test_a_walk_in_who_turned_out_to_be_known_has_one_page_with_the_trace_of_both(leila, corner, half_day):
    """Hours are counted once, whichever of the two the page is opened for."""
    with corner.transaction():
        guest = walk_in(corner.conn, corner.desk, Guest("Bintou", "student", "nl"), corner.at("08:40"))
    alone = leila.sees(guest.person.id, half_day)
    assert (alone.known, alone.walked_in, alone.confirmed) == (False, True, False)
    leila.marks("Binta", PRESENT, half_day, "08:50")
    merge(corner, guest.person.id, "Binta")
    for person in ("Binta", guest.person.id):
        page = leila.sees(person, half_day)
        assert (page.name, page.merged, page.reckoning.minutes) == ("Binta O.", ("Bintou",), 200)
        assert [one.as_walk_in for one in page.events] == ["Bintou", ""]
        assert [one.half_day.id for one in page.near] == [half_day]


def test_the_last_orientation_is_shown_with_its_author(leila, corner, half_day):
    for when, programme, note in (("09:00", "course-40", ""), ("10:00", "course-24", "le mardi")):
        body = {"at": body_time(corner.at(when)), "programme": programme, "note": note}
        with corner.transaction():
            author = corner.author(when, leila.id)
            person = corner.person("Binta")
            record(corner.conn, author, "orientation.decided", "orientation", person, body, subject=person)
    found = leila.sees("Binta", half_day).orientation
    assert (found.programme, found.note, found.by) == ("course-24", "le mardi", "Leïla")
    assert found.at == corner.at("10:00")


def test_a_facilitator_sees_bookings_from_yesterday_to_tomorrow_and_staff_all(leila, corner, half_day):
    """P-20; and never those of another corner."""
    corner.book("Binta", start="2022-10-20 08:30")
    corner.book("Binta", start="2022-11-04 08:30", status="cancelled")
    corner.book("Binta", start="2022-11-10 08:30")
    corner.book("Binta", start="2022-11-04 13:30", place="mons")
    leila.marks("Binta", PRESENT, half_day, "08:30")
    near = leila.sees("Binta", half_day).near
    assert [(str(one.half_day.starts_at.date()), one.status) for one in near] == [
        ("2022-11-03", "booked"),
        ("2022-11-04", "cancelled"),
    ]
    assert near[0].reckoning.minutes == 210
    every = Colleague(corner, "Nadia", Role.STAFF).sees("Binta", half_day).near
    assert [one.half_day.starts_at.day for one in every] == [20, 3, 4, 10]


@pytest.mark.parametrize("figures", ["[]", "not json", "{}", '{"people":[{"id":"ID","minutes":90}]}'])
def test_of_figures_that_another_version_wrote_only_the_signature_is_told(leila, corner, half_day, figures):
    leila.closes(half_day, "12:10", figures.replace("ID", corner.person("Binta")))
    page = leila.sees("Binta", half_day)
    assert page.signed == Signed(corner.at("12:10"), "Leïla")
    assert not page.differs


def test_who_came_late_and_whose_departure_nobody_saw_stands_as_signed(leila, corner, half_day):
    """Late is said by a tolerance of today, and no figure."""
    leila.marks("Binta", PRESENT, half_day, "09:30")
    leila.closes(half_day, "12:10")
    page = leila.sees("Binta", half_day)
    assert (page.reckoning.state, page.signed.before.minutes, page.differs) == ("late", 150, False)


def test_whoever_was_booked_after_the_signature_was_not_in_its_figures(leila, corner, half_day):
    leila.closes(half_day, "12:10")
    corner.book("Zoé")
    leila.marks("Zoé", PRESENT, half_day, "12:20", "08:30", reason="from_paper")
    signed = leila.sees("Zoé", half_day).signed
    assert (signed.before, signed.after.state, signed.after.minutes) == (Standing(), "present", 210)


def test_a_booking_that_was_cancelled_after_the_signature_is_said(leila, corner, half_day):
    leila.marks("Binta", ABSENT, half_day, "09:00")
    leila.closes(half_day, "12:10")
    corner.book("Binta", status="cancelled")
    signed = leila.sees("Binta", half_day).signed
    assert (signed.before.state, signed.after) == ("absent", Standing())


def test_an_hour_that_changes_no_minutes_is_a_correction_too(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:20")
    leila.closes(half_day, "12:10")
    event = leila.sees("Binta", half_day).events[0].id
    leila.corrects(event, "08:25", half_day, "12:20")
    signed = leila.sees("Binta", half_day).signed
    assert (signed.before.arrived, signed.after.arrived) == (corner.at("08:20"), corner.at("08:25"))


def test_a_walk_in_found_among_the_known_people_after_the_signature_changes_nothing(leila, corner, half_day):
    """Whoever counted as two then is the sum of both."""
    with corner.transaction():
        guest = walk_in(corner.conn, corner.desk, Guest("Bintou", "student", "nl"), corner.at("08:40"))
    leila.closes(half_day, "12:10")
    merge(corner, guest.person.id, "Binta")
    page = leila.sees("Binta", half_day)
    assert (page.signed.before.minutes, page.differs) == (200, False)


def test_the_last_signature_counts(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.closes(half_day, "12:10")
    leila.marks("Binta", ABSENT, half_day, "12:20", reason="wrong_person")
    assert leila.sees("Binta", half_day).differs
    leila.closes(half_day, "12:30")
    page = leila.sees("Binta", half_day)
    assert (page.signed.before.state, page.signed.before.minutes, page.differs) == ("absent", 0, False)


def test_nobody_is_found_through_a_half_day_that_they_have_nothing_to_do_with(leila, corner, half_day):
    """P-20: an id alone opens nothing."""
    corner.book("Giuseppe", start="2022-11-10 08:30")
    assert leila.sees("Giuseppe", half_day) is None
    assert leila.sees("n0body", half_day) is None


def test_looking_writes_nothing(leila, corner, half_day):
    before = corner.log()
    leila.sees("Binta", half_day)
    assert corner.log() == before
