"""Everything odd of a corner in one list: it finds what is odd, and it can reach zero."""

from datetime import date, timedelta

import pytest
from closings import NAMES, START, Team, histories, played
from hypothesis import given, settings
from hypothesis import strategies as st
from team_desk import come

from models.codes import new_short_code, new_token
from models.exceptions import OPENS, REMEDIES, TIMED, Remedy
from models.projections import rebuild
from models.reckoning import Odd
from models.remedies import SettleExceptions
from models.requests import NotAllowed
from models.review.attendances import attendances
from models.review.conflicts import SeeConflicts, SettleConflict
from models.review.odd import Disagreements, OddCase, RefusedCodes, SeenCodes, SeeOdd, ToClose

some = settings(derandomize=True, deadline=None, max_examples=40)

AFTER = START + timedelta(hours=5)


@pytest.fixture
def team(corner):
    return Team(corner)


def told(team, when="13:00"):
    """The lines as words: what, and whom it is about."""
    words = []
    for line in team.does(SeeOdd(), when):
        match line:
            case OddCase():
                words.append((line.one.case.what.value, line.one.name))
            case ToClose():
                words.append(("to_close", line.half_day.id))
            case RefusedCodes():
                words.append(("codes", line.number))
            case Disagreements():
                words.append(("apart", line.number))
    return words


def settle(team, line, when):
    """Do what one key does, or sign."""
    match line:
        case OddCase():
            return team.does(line.settling, when)
        case RefusedCodes():
            return team.does(SeenCodes(line.kiosk_id, line.at, line.until), when)
        case Disagreements():
            return [team.does(SettleConflict(one.key), when) for one in team.does(SeeConflicts(), when).open]
        case ToClose():
            done = team.settle(line.half_day.id, when)
            assert done.refused is None
            return done


# ---- it reaches zero


@some
@given(histories, st.integers(0, 3), st.booleans())
def test_whatever_has_happened_one_key_a_line_leads_to_zero(new_corner, history, codes, second):
    """P-26: also where somebody was noted in a second half-day at the same time."""
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    if second:
        beside = corner.book(*NAMES[:2], start="09:30", hours=2, programme="video-cv")
        for name in NAMES[:2]:
            corner.note("arrived", name, beside, "09:35")
    for _ in range(codes):
        corner.type(new_short_code(), "08:20")
    now = AFTER
    for _ in range(60):
        lines = team.does(SeeOdd(), now)
        if not lines:
            break
        settle(team, lines[0], now)
        left = team.does(SeeOdd(), now)
        assert lines[0] not in left, "a line that is settled does not come back"
        now += timedelta(minutes=1)
    assert team.does(SeeOdd(), now) == ()
    assert team.review(half_day, now) is None or team.review(half_day, now).exceptions == ()
    before = corner.projections()
    rebuild(corner.conn)
    assert corner.projections() == before
    corner.conn.close()


@some
@given(histories)
def test_it_lists_what_the_closing_lists(new_corner, history):
    """One truth: the same exceptions, read of all half-days at once."""
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    review = team.review(half_day, AFTER)
    cases = [line.one for line in team.does(SeeOdd(), AFTER) if isinstance(line, OddCase)]
    assert cases == list(review.exceptions if review else ())
    corner.conn.close()


def test_the_key_of_a_line_needs_no_further_question():
    """Neither a time, nor an excuse, nor another screen."""
    first = {remedies[0] for remedies in REMEDIES.values()}
    assert not first & (OPENS | TIMED | {Remedy.EXCUSED})


def test_a_line_of_a_signed_half_day_that_was_corrected_is_listed_and_settled(team, corner):
    """After a closing each remedy has a reason: one touch gives it."""
    half_day = corner.book("Binta", "Zoé")
    corner.arrive("Binta", "08:20")
    corner.note("left", "Binta", half_day, "12:00")
    corner.note("absent", "Zoé", half_day, "09:00")
    team.settle(half_day)
    assert told(team) == []
    corner.note("arrived", "Zoé", half_day, "09:10")
    assert told(team, "14:00") == [("no_departure", "Zoé D."), ("to_close", half_day)]
    for line in team.does(SeeOdd(), "14:00"):
        settle(team, line, "14:01")
    assert told(team, "14:02") == []


def test_a_half_day_that_is_not_over_or_too_long_ago_or_elsewhere_is_not_listed(team, corner):
    corner.book("Binta", start="10:00")
    corner.book("Zoé", start="2022-10-03 08:30")
    corner.book("Kofi", place="mons")
    assert told(team) == []
    assert [what for what, _ in told(team, "14:00")] == ["unmarked", "to_close"]


def test_the_oldest_comes_first_and_the_closing_after_what_is_odd(team, corner):
    today = corner.book("Binta")
    before = corner.book("Binta", start="2022-11-01 08:30")
    corner.type(new_short_code(), "2022-11-02 08:20")
    assert told(team) == [
        ("unmarked", "Binta O."),
        ("to_close", before),
        ("codes", 1),
        ("unmarked", "Binta O."),
        ("to_close", today),
    ]


# ---- two places at once


def twice(corner):
    """Binta is noted in two half-days; the second begins while the first still runs."""
    first = corner.book("Binta")
    second = corner.book("Binta", start="10:00", hours=2, programme="video-cv")
    corner.note("arrived", "Binta", first, "08:25")
    corner.note("left", "Binta", first, "12:00")
    corner.note("arrived", "Binta", second, "10:05")
    corner.note("left", "Binta", second, "12:00")
    return first, second


def test_somebody_in_two_half_days_at_once_is_asked_about_once_in_the_later_one(team, corner):
    """As the report has it: the minutes count in the earlier one."""
    first, second = twice(corner)
    assert told(team) == [("to_close", first), ("at_once", "Binta O."), ("to_close", second)]
    assert team.odd(first) == []
    assert team.odd(second) == [("at_once", "Binta O.")]
    day = date(2022, 11, 3)
    found = attendances(corner.conn, "charleroi", day, day, corner.desk.policy, corner.at("13:00"))
    assert [one.minutes for one in found.people] == [210, 0]
    (line,) = (one for one in team.does(SeeOdd()) if isinstance(one, OddCase))
    settle(team, line, "13:01")
    assert ("at_once", "Binta O.") not in told(team)


def test_what_stands_of_two_places_is_asked_again_only_after_something_else_was_noted(team, corner):
    first, second = twice(corner)
    (line,) = (one for one in team.does(SeeOdd()) if isinstance(one, OddCase))
    settle(team, line, "13:01")
    assert team.odd(second) == []
    corner.note("left", "Binta", first, "11:00")
    assert ("at_once", "Binta O.") in team.odd(second, "13:02")


def test_one_after_the_other_is_not_at_once(team, corner):
    first, second = corner.book("Binta"), corner.book("Binta", start="10:00", programme="video-cv")
    corner.note("arrived", "Binta", first, "08:25")
    corner.note("left", "Binta", first, "10:00")
    corner.note("arrived", "Binta", second, "10:00")
    corner.note("left", "Binta", second, "13:30")
    assert Odd.AT_ONCE not in {what for what, _ in told(team, "14:00")}


# ---- refused codes


def test_refused_codes_are_counted_by_the_day_and_gone_once_somebody_has_looked(team, corner):
    """A slip of the finger is none of them; a new one is a line of its own."""
    corner.type(new_short_code(), "2022-11-02 08:20")
    for when in ("08:20", "08:24"):
        corner.show(new_token(), when)
    corner.type("HJKNPP", "08:30")
    yesterday, today = team.does(SeeOdd(), "09:00")
    assert (yesterday.number, today.number, today.here) == (1, 2, True)
    assert (today.at, today.until) == (corner.at("08:20"), corner.at("08:24"))
    settle(team, today, "09:00")
    assert told(team, "09:01") == [("codes", 1)]
    corner.show(new_token(), "10:00")
    assert [(line.at, line.number) for line in team.does(SeeOdd(), "10:01")] == [
        (yesterday.at, 1),
        (corner.at("10:00"), 1),
    ]


def test_what_a_colleague_has_looked_at_is_not_written_twice(team, corner):
    corner.show(new_token(), "08:20")
    (line,) = team.does(SeeOdd(), "09:00")
    assert settle(team, line, "09:00") is True
    assert settle(team, line, "09:01") is False
    assert corner.log().count("codes.seen") == 1


def test_what_was_typed_is_neither_shown_nor_kept(corner_on_disk):
    """P-07"""
    corner = corner_on_disk
    team = Team(corner)
    typed = [new_short_code(), new_token()]
    corner.type(typed[0], "08:20")
    corner.show(typed[1], "08:21")
    (line,) = team.does(SeeOdd(), "09:00")
    settle(team, line, "09:00")
    shown = repr(line).encode() + corner.bytes()
    assert b"codes.seen" in shown
    assert [code for code in typed if code.encode() in shown] == []


# ---- who, and how much work it is


def test_only_staff_see_the_list(corner):
    """P-19, P-20: a facilitator closes half-days one by one."""
    for role in ("facilitator", "coordinator", "technician"):
        with pytest.raises(NotAllowed):
            Team(corner, role).does(SeeOdd())


def test_more_half_days_and_people_are_not_more_queries(team, corner):
    """Forty half-days of eight people in as many queries as one."""

    def queries():
        asked = []
        corner.conn.set_trace_callback(asked.append)
        team.does(SeeOdd(), "2022-11-03 20:00")
        corner.conn.set_trace_callback(None)
        return len(asked)

    corner.book("Binta", start="2022-11-02 08:30")
    few = queries()
    for day in range(10, 30):
        half_day = corner.book(*NAMES, start=f"2022-10-{day} 08:30")
        for name in NAMES:
            corner.note("arrived", name, half_day, f"2022-10-{day} 08:25")
    assert len(told(team, "2022-11-03 20:00")) == 20 * 5 + 2
    assert queries() == few


def test_one_case_of_the_list_is_settled_as_on_the_closing(team, corner):
    """Walk-ins stay, waiting people go, and the reason is in the log (P-26)."""
    half_day = corner.book("Binta", capacity=1)
    come(corner)
    lines = [line for line in team.does(SeeOdd()) if isinstance(line, OddCase)]
    assert [(line.one.case.what, line.remedy) for line in lines] == [
        (Odd.WAITING, Remedy.TAKE_OFF),
        (Odd.UNMARKED, Remedy.ABSENT),
    ]
    assert isinstance(lines[0].settling, SettleExceptions)
    for line in lines:
        assert settle(team, line, "13:01").refused is None
    assert team.odd(half_day, "13:02") == []
    assert corner.ask("select reason from exception_settled") == [("told_later",)]
