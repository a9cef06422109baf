"""Sheet and certificate: the roster's own figures, to the minute, whatever has happened."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.languages import local
from kiosk.commands.arrivals import _roster_json
from models.connection import body_time
from models.documents import (
    Certificate,
    CertificateFor,
    CertificateLine,
    DocumentMade,
    SheetFor,
    certificate_of,
    document_made,
    sheet_of,
)
from models.figures import figures_of
from models.log import record
from models.merging import merge
from models.policy import Policy
from models.registers import set_fields
from models.requests import NotAllowed, run
from models.roster import roster_of, rosters
from models.walk_in import Guest, walk_in
from models.words import Role

POLICY = Policy()
NAMES = ("Binta", "Łukasz", "Zoé", "Tenzin")
THIRD = date(2022, 11, 3)

DAYS = (
    "2022-11-03 08:30",
    "2022-11-03 13:30",
    # The night on which the clock goes back, the one on which it goes forward, and their mornings.
    "2022-10-30 01:00",
    "2022-10-30 08:30",
    "2023-03-26 01:00",
    "2023-03-26 08:30",
)


@dataclass(frozen=True)
class Act:
    """One thing that is noted: of whom, how many seconds after the start, and what it puts right."""

    name: str
    kind: str
    seconds: int
    corrects: int


ACTS = st.builds(
    Act,
    st.sampled_from(NAMES),
    st.sampled_from(["arrived", "arrived", "left", "left", "excused", "absent", "annulled", "corrected"]),
    st.integers(-2 * 3600, 6 * 3600),
    st.integers(0, 30),
)
SAFE = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def lived(corner, half_day, starts_at, acts):
    """Write a history into the ledger: arrivals, departures, excuses, and what puts them right."""
    noted = {name: [] for name in NAMES}
    for act in acts:
        when = starts_at + timedelta(seconds=act.seconds)
        if act.kind in ("annulled", "corrected"):
            if not noted[act.name]:
                continue
            kind, wrong = noted[act.name][act.corrects % len(noted[act.name])]
            corner.note("annulled", act.name, half_day, when, annuls=wrong, reason="wrong_key")
            if act.kind == "corrected":
                again = corner.note(kind, act.name, half_day, when, reason="told_later")
                noted[act.name].append((kind, again.id))
            continue
        row = corner.note(act.kind, act.name, half_day, when)
        noted[act.name].append((act.kind, row.id))


def close(corner, half_day, when="12:30", actor="sam"):
    figures = figures_of(roster_of(corner.conn, half_day, POLICY, corner.at(when)))
    body = {"at": body_time(corner.at(when)), "figures": figures.text, "hash": figures.hash}
    with corner.transaction():
        record(corner.conn, corner.author(when, actor), "attendance.settled", "attendance", half_day, body)


def write(corner, entity, entity_id, when, **values):
    with corner.transaction():
        set_fields(corner.conn, corner.author(when), entity, entity_id, values, new=False)


def certificate(corner, name="Binta", first=THIRD, last=THIRD, now="18:00", policy=POLICY):
    return certificate_of(corner.conn, "charleroi", corner.person(name), first, last, policy, corner.at(now))


def sheet(corner, half_day, now="18:00"):
    return sheet_of(corner.conn, half_day, POLICY, corner.at(now))


@SAFE
@given(st.sampled_from(DAYS), st.lists(ACTS, max_size=14), st.integers(-60, 24 * 60), st.booleans())
def test_roster_sheet_certificate_and_export_agree_to_the_minute(new_corner, start, acts, after, merged):
    """200 random histories, the days on which the clock changes and people found again among them."""
    corner = new_corner()
    try:
        half_day = corner.book(*NAMES, start=start)
        starts_at = corner.at(start)
        lived(corner, half_day, starts_at, acts)
        if merged:
            write(corner, "participant", corner.person("Tenzin"), "12:00", merged_into=corner.person("Zoé"))
        now = starts_at + timedelta(minutes=after)
        on = local(starts_at).date()
        (roster,) = rosters(corner.conn, "charleroi", on, POLICY, now)
        exported = _roster_json(roster)["people"]
        minutes = {person.reference: person.reckoning.minutes for person in roster.people}

        assert roster.half_day.ends_at - roster.half_day.starts_at == timedelta(hours=3.5)
        assert all(0 <= counted <= 210 for counted in minutes.values())
        paper = sheet_of(corner.conn, half_day, POLICY, now)
        assert {line.reference: line.reckoning for line in paper.lines} == {
            person.reference: person.reckoning for person in roster.people
        }
        assert paper.minutes == sum(minutes.values())
        assert {line["reference"]: line["minutes"] for line in exported} == minutes
        for name in NAMES:
            told = certificate_of(corner.conn, "charleroi", corner.person(name), on, on, POLICY, now)
            over = now >= roster.half_day.ends_at
            known = "Zoé" if merged and name == "Tenzin" else name
            expected = minutes[corner.reference(known)] if over else 0
            assert told.minutes == expected
            assert [line.minutes for line in told.lines] == [expected] * bool(expected)
            for line in told.lines:
                lengths = [part.length for part in line.parts]
                assert sum(lengths, timedelta(0)) == timedelta(minutes=line.minutes)
    finally:
        corner.conn.close()


# ---- the sheet


def test_a_sheet_is_in_the_order_of_family_names(corner):
    half_day = corner.book("Zoé", "Joris", "Łukasz", "Tenzin", "Rachida", "Binta")
    assert [(line.last_name, line.first_name) for line in sheet(corner, half_day, "08:00").lines] == [
        ("D'Hondt", "Zoé"),
        ("El Amrani", "Rachida"),
        ("Ouédraogo", "Binta"),
        ("Peeters", "Joris"),
        ("", "Tenzin"),
        ("Wiśniewski", "Łukasz"),
    ]


def test_who_waits_for_a_place_is_left_out_unless_they_came(corner):
    half_day = corner.book("Binta")
    corner.book("Zoé", "Joris", status="waiting")
    corner.note("arrived", "Joris", half_day, "08:40")
    lines = sheet(corner, half_day).lines
    assert [line.first_name for line in lines] == ["Binta", "Joris"]
    assert (lines[1].reckoning.arrived_at, lines[1].reckoning.minutes) == (corner.at("08:40"), 200)


def test_a_sheet_before_anybody_came_says_nothing_of_anybody(corner):
    empty = sheet(corner, corner.book("Binta", "Zoé"), "08:00")
    assert not empty.noted and (empty.came, empty.minutes) == (0, 0)


def test_a_sheet_names_the_animators_and_who_closed_it(corner):
    half_day = corner.book("Binta", facilitators="Awa, Luc,")
    corner.note("arrived", "Binta", half_day, "08:30")
    (staff_id,) = corner.ask("select id from staff_member")[0]
    close(corner, half_day, actor=staff_id)
    closed = sheet(corner, half_day)
    assert closed.facilitators == ("Awa", "Luc")
    assert (closed.signed_by, closed.signed.at, closed.corrected) == ("Sam", corner.at("12:30"), False)


def test_what_is_noted_after_closing_shows_on_the_sheet(corner):
    """P-26: nothing is reopened in silence."""
    half_day = corner.book("Binta")
    close(corner, half_day)
    corner.note("arrived", "Binta", half_day, "11:00")
    assert sheet(corner, half_day).corrected


def test_a_booking_that_was_cancelled_after_closing_corrects_the_sheet(corner):
    """Nothing was noted of anybody, and the figures are others all the same (P-26)."""
    half_day = corner.book("Binta", "Zoé")
    close(corner, half_day)
    corner.book("Zoé", status="cancelled")
    assert sheet(corner, half_day).corrected


def test_what_changes_no_figure_corrects_no_sheet(corner):
    half_day = corner.book("Binta", "Zoé")
    corner.note("arrived", "Binta", half_day, "08:30")
    close(corner, half_day)
    wrong = corner.note("arrived", "Zoé", half_day, "12:40")
    corner.note("annulled", "Zoé", half_day, "12:41", annuls=wrong.id, reason="wrong_key")
    assert not sheet(corner, half_day).corrected


def test_a_walk_in_who_is_found_among_the_known_people_corrects_no_sheet(corner):
    """Somebody of another half-day has another id now, and the same hours."""
    half_day = corner.book("Binta")
    corner.book("Zoé", start="2022-11-10 08:30")
    with corner.transaction():
        guest = walk_in(corner.conn, corner.desk, Guest("Zo", "jobseeker", "fr"), corner.at("08:40"))
    close(corner, half_day)
    with corner.transaction():
        merged = merge(
            corner.conn, corner.author("13:00"), guest.person.id, corner.person("Zoé"), "told_later"
        )
    assert merged is None
    assert corner.person("Zoé") in {line.person_id for line in sheet(corner, half_day).lines}
    assert not sheet(corner, half_day).corrected


def test_there_is_no_sheet_of_a_half_day_that_does_not_exist(corner):
    assert sheet(corner, "0" * 32) is None


# ---- the certificate


def test_a_certificate_holds_the_half_days_that_are_over(corner):
    morning = corner.book("Binta")
    corner.book("Binta", start="13:30")
    corner.arrive("Binta", "08:25")
    corner.arrive("Binta", "13:20")
    told = certificate(corner, now="14:00")
    assert [(line.half_day.id, line.minutes) for line in told.lines] == [(morning, 210)]
    assert (told.first_name, told.last_name, told.reference) == ("Binta", "Ouédraogo", "FX-000")


def test_a_day_counts_by_the_clock_of_the_corner(corner):
    """A quarter to midnight on the third, in Wallonia, is still the third."""
    for name, start in (("Binta", "2022-11-02 23:45"), ("Binta", "2022-11-03 23:45")):
        half_day = corner.book(name, start=start, hours=1)
        corner.note("arrived", name, half_day, start)
    told = certificate(corner, now="2022-11-05 12:00")
    assert [line.half_day.starts_at for line in told.lines] == [corner.at("2022-11-03 23:45")]


def test_half_days_of_another_corner_are_certified_there(corner):
    corner.book("Binta", place="mons")
    half_day = corner.book("Binta")
    corner.note("arrived", "Binta", half_day, "09:00")
    (elsewhere,) = corner.ask("select id from half_day where corner_id = 'mons'")[0]
    corner.note("arrived", "Binta", elsewhere, "09:00")
    assert [line.half_day.corner_id for line in certificate(corner).lines] == ["charleroi"]


def test_a_half_day_that_is_not_closed_is_provisional(corner):
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:30")
    assert certificate(corner).provisional
    close(corner, half_day)
    assert not certificate(corner).provisional


def test_whoever_only_was_excused_has_nothing_to_certify(corner):
    half_day = corner.book("Binta")
    corner.note("excused", "Binta", half_day, "08:00", reason="work")
    assert certificate(corner).lines == ()


def test_a_half_day_cancelled_while_somebody_was_in_still_counts(corner):
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:30")
    corner.note("left", "Binta", half_day, "09:30")
    write(corner, "half_day", half_day, "09:30", status="cancelled")
    assert certificate(corner).minutes == 60
    assert sheet(corner, half_day).cancelled


@pytest.mark.parametrize(
    ("minutes", "quarter", "rounded"),
    [(7, 15, 0), (8, 15, 15), (210, 15, 210), (217, 15, 210), (218, 15, 225), (100, 1, 100), (10, 20, 20)],
)
def test_the_total_is_rounded_once_to_the_nearest_and_halves_go_up(corner, minutes, quarter, rounded):
    half_day = corner.book("Binta", hours=4)
    corner.note("arrived", "Binta", half_day, "08:30")
    corner.note("left", "Binta", half_day, corner.at("08:30") + timedelta(minutes=minutes))
    told = certificate(corner, policy=Policy(quarter=quarter))
    assert (told.minutes, told.rounded) == (minutes, rounded)


def test_each_half_day_keeps_its_minutes_and_only_their_sum_is_rounded(corner):
    """Three times seven minutes are twenty-one, and a quarter of an hour; never three times nothing."""
    for start in ("08:00", "10:00", "13:00"):
        half_day = corner.book("Binta", start=start, hours=1)
        corner.note("arrived", "Binta", half_day, start)
        corner.note("left", "Binta", half_day, corner.at(start) + timedelta(minutes=7))
    told = certificate(corner)
    assert ([line.minutes for line in told.lines], told.rounded) == ([7, 7, 7], 15)


@given(st.integers(0, 10_000), st.integers(1, 60))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_rounding_never_moves_the_total_by_more_than_half_a_step(minutes, quarter):
    told = certificate_of_minutes(minutes, quarter)
    assert told.rounded % quarter == 0
    assert 2 * abs(told.rounded - minutes) <= quarter


def certificate_of_minutes(minutes, quarter):
    line = CertificateLine(None, (), minutes, True)
    return Certificate("p", "Binta", "", "", THIRD, THIRD, (line,), quarter, False)


def test_hours_of_a_walk_in_who_turned_out_to_be_somebody_count_once(corner):
    """Asked for by the id of either: it is one person."""
    morning = corner.book("Binta", "Tenzin")
    corner.note("arrived", "Binta", morning, "08:30")
    write(corner, "participant", corner.person("Tenzin"), "08:35", merged_into=corner.person("Binta"))
    corner.note("arrived", "Tenzin", morning, "08:40")
    both = [certificate(corner, name) for name in ("Binta", "Tenzin")]
    assert both[0] == both[1]
    assert (both[0].first_name, both[0].minutes, len(both[0].lines)) == ("Binta", 210, 1)


def test_without_a_first_day_it_begins_with_the_first_half_day(corner):
    for day in ("2022-10-17", "2022-11-03"):
        half_day = corner.book("Binta", start=f"{day} 08:30")
        corner.note("arrived", "Binta", half_day, f"{day} 08:30")
    told = certificate(corner, first=None)
    assert (told.first, len(told.lines)) == (date(2022, 10, 17), 2)


def test_nobody_has_no_certificate(corner):
    assert certificate_of(corner.conn, "charleroi", "0" * 32, None, THIRD, POLICY, corner.at("12:00")) is None


# ---- that it was made


def test_the_second_certificate_of_a_period_is_a_duplicate(corner):
    corner.book("Binta", "Zoé")
    corner.arrive("Binta", "08:30")
    assert not certificate(corner).duplicate
    person = corner.person("Binta")
    with corner.transaction():
        document_made(corner.conn, corner.author("17:00"), "certificate", person, "ab" * 32, THIRD, THIRD)
    assert certificate(corner).duplicate
    assert not certificate(corner, first=date(2022, 11, 2)).duplicate
    assert not certificate(corner, "Zoé").duplicate


def test_a_certificate_from_before_somebody_was_found_again_makes_the_next_a_duplicate(corner):
    """A walk-in who turned out to be somebody is that person on paper too."""
    corner.book("Binta", "Tenzin")
    with corner.transaction():
        walk_in = corner.person("Tenzin")
        document_made(corner.conn, corner.author("12:00"), "certificate", walk_in, "ab" * 32, THIRD, THIRD)
    assert not certificate(corner).duplicate
    write(corner, "participant", walk_in, "12:10", merged_into=corner.person("Binta"))
    assert certificate(corner).duplicate
    assert certificate(corner, "Tenzin").duplicate


def account(corner, role):
    with corner.transaction():
        set_fields(
            corner.conn, corner.author(), "staff_member", f"a-{role}", {"name": "Iva", "role": role}, new=True
        )
    return f"a-{role}"


def ask(corner, role, request, now="12:30"):
    staff_id = account(corner, role)
    with corner.transaction():
        return run(corner.conn, corner.desk, staff_id, corner.at(now), request)


def test_every_paper_leaves_a_row_with_who_where_and_when(corner):
    """P-24."""
    half_day = corner.book("Binta")
    ask(corner, Role.FACILITATOR, DocumentMade("sheet", half_day, "cd" * 32))
    found = corner.ask("select kind, subject_id, at, actor, hash from document")
    assert found == [
        ("sheet", half_day, "2022-11-03 11:30:00.000000", "a-facilitator", "cd" * 32),
    ]
    assert corner.ask("select origin, subject from change where kind = 'document.made'") == [
        (corner.kiosk_id, None)
    ]
    assert not corner.flaws()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", ["sheet", "certificate", "card"])
def test_only_the_team_makes_papers(corner, role, kind):
    """P-19, P-23: whoever looks after a device sees no names."""
    half_day = corner.book("Binta")
    subject = half_day if kind == "sheet" else corner.person("Binta")
    asked = [DocumentMade(kind, subject, "ef" * 32)]
    asked += {"sheet": [SheetFor(half_day)], "certificate": [CertificateFor(subject)]}.get(kind, [])
    for request in asked:
        if role in (Role.FACILITATOR, Role.STAFF):
            ask(corner, role, request)
        else:
            with pytest.raises(NotAllowed):
                ask(corner, role, request)


def test_a_facilitator_makes_no_sheet_of_last_week(corner):
    """P-20."""
    half_day = corner.book("Binta", start="2022-10-27 08:30")
    for request in (SheetFor(half_day), DocumentMade("sheet", half_day, "ab" * 32)):
        with pytest.raises(NotAllowed):
            ask(corner, Role.FACILITATOR, request)
    assert ask(corner, Role.STAFF, SheetFor(half_day)).half_day.id == half_day
