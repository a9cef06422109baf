"""How far a kiosk and its hub are: what has to be done, what was refused, and what a quiet round costs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.languages import local
from models import accounts
from models.log import Row, record
from models.requests import NotAllowed, run
from models.sync.outbox import Answer, Pending, pending, sent, unsent
from models.sync.refusals import OfferAgain, RefusedSeen, SeeRefused
from models.sync.sharing import Sharing, Standing, a_working_day_after, sharing
from models.sync.state import FRESH, SyncState, heard, note_trouble, state_of
from models.words import PARTICIPANT, Role

NOW = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
"""Thursday, half past eight in Wallonia."""


def stands(*, oldest=None, skew=timedelta(), refused=0, revoked=False, trouble="", at=NOW) -> Standing:
    state = SyncState("t", 1, NOW, skew, revoked, trouble, None)
    return Sharing(state, Pending(1 if oldest else 0, oldest, refused), refused, at).standing


# ---- what has to be done


def test_a_kiosk_that_is_only_without_a_network_needs_nobody():
    """A hub that is gone costs freshness; within a working day nobody is told of it."""
    assert stands(oldest=NOW - timedelta(hours=23), trouble="away") is Standing.FINE
    assert stands(oldest=NOW - timedelta(hours=25), trouble="away") is Standing.LATE


def test_over_a_weekend_nothing_is_late():
    """Written on Friday at four, late from Monday at four on."""
    friday, monday = (datetime(2022, 11, day, 15, tzinfo=UTC) for day in (4, 7))
    assert stands(oldest=friday, at=monday) is Standing.FINE
    assert stands(oldest=friday, at=monday + timedelta(seconds=1)) is Standing.LATE


@given(st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)))
def test_a_working_day_later_people_work_and_at_most_three_nights_are_left_out(moment):
    later = a_working_day_after(moment)
    assert local(later).weekday() < 5
    assert timedelta(hours=23) <= later - moment <= timedelta(days=3, hours=1)


def test_the_most_urgent_is_what_counts():
    late = {"oldest": NOW - timedelta(days=9)}
    assert stands(**late) is Standing.LATE
    late["skew"] = timedelta(minutes=-3)
    assert stands(**late) is Standing.CLOCK
    late["refused"] = 1
    assert stands(**late) is Standing.REFUSED
    late["trouble"] = "tls"
    assert stands(**late) is Standing.TROUBLE
    late["revoked"] = True
    assert stands(**late) is Standing.REVOKED


@pytest.mark.parametrize(
    ("skew", "standing"),
    [(timedelta(minutes=2), Standing.FINE), (timedelta(minutes=2, milliseconds=1), Standing.CLOCK)],
)
def test_a_clock_may_be_two_minutes_off(skew, standing):
    """P-38, either way."""
    assert stands(skew=skew) is stands(skew=-skew) is standing


# ---- what a quiet round costs


def test_what_was_just_heard_is_not_written_again(corner):
    """A kiosk that listens all day wears no disk by it; what is news is kept at once."""

    def changes(at: datetime, skew=timedelta(), revoked=False) -> int:
        before = corner.conn.total_changes
        heard(corner.conn, at, skew, revoked=revoked)
        note_trouble(corner.conn, "")
        return corner.conn.total_changes - before

    second = timedelta(seconds=1)
    assert changes(NOW) == 1
    assert changes(NOW + second, timedelta(milliseconds=300)) == 0
    assert changes(NOW + FRESH + second) == 1
    assert changes(NOW + FRESH + 2 * second, timedelta(minutes=5)) == 1
    assert changes(NOW + FRESH + 3 * second, timedelta(minutes=5), revoked=True) == 1
    assert changes(NOW, timedelta(minutes=5), revoked=True) == 1  # the clock was put back
    assert state_of(corner.conn).heard_at == NOW


# ---- what the hub refuses


@pytest.fixture
def boss(corner):
    """Ask as somebody of the staff."""
    author = corner.author("2022-10-01 09:00")
    made = {role: accounts.add(corner.conn, author, f"Anaïs {role}", role, "hash").id for role in Role}

    def asks(request, when="09:00", role=Role.STAFF):
        return run(corner.conn, corner.desk, made[role], corner.at(when), request)

    return asks


def refuse(corner, row: Row, why="changed", when="08:40") -> None:
    sent(corner.conn, [Answer(row.id, None, None, why)], corner.at(when))


def noted(corner) -> Row:
    """A row of an ordinary morning."""
    author = corner.author("08:31")
    return record(corner.conn, author, "help.called", "help", author.kiosk_id, {"secret": "Zuiderzee"})


def test_a_refused_row_is_shown_without_a_word_of_what_it_says(corner, boss):
    row = noted(corner)
    refuse(corner, row)
    (line,) = boss(SeeRefused())
    assert (line.id, line.kind, line.why) == (row.id, "help.called", "changed")
    assert abs(line.written_at - corner.at("08:31")) < timedelta(milliseconds=2)
    assert "Zuiderzee" not in repr(line)
    assert sharing(corner.conn, NOW).standing is Standing.REFUSED


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COORDINATOR, Role.TECHNICIAN])
def test_it_is_shown_to_the_staff(corner, boss, role):
    """P-19."""
    for request in (SeeRefused(), RefusedSeen("x"), OfferAgain("x")):
        with pytest.raises(NotAllowed):
            boss(request, role=role)


def test_by_whom_is_a_colleagues_name_or_what_wrote_it(corner, boss):
    row = noted(corner)
    refuse(corner, row)
    boss(RefusedSeen(row.id), "08:45")
    (seen,) = [one for _, one in unsent(corner.conn, 99) if one.row.kind == "refusal.seen"]
    refuse(corner, seen.row, when="08:50")
    (line,) = boss(SeeRefused())
    assert line.who == "Anaïs staff"
    corner.conn.execute("delete from sync_refused")
    refuse(corner, record(corner.conn, corner.author("08:52"), "help.called", "help", "k", {}))
    (line,) = boss(SeeRefused())
    assert line.who == ""
    assert line.actor != PARTICIPANT


def test_what_somebody_has_seen_is_not_shown_again_and_not_offered(corner, boss):
    row = noted(corner)
    refuse(corner, row)
    boss(RefusedSeen(row.id), "08:45")
    assert boss(SeeRefused()) == ()
    assert row.id not in {one.row.id for _, one in unsent(corner.conn, 99)}
    assert pending(corner.conn).refused == 1
    assert boss(RefusedSeen(row.id), "08:46") is False
    assert corner.log().count("refusal.seen") == 1


def test_what_is_offered_again_and_refused_again_is_news(corner, boss):
    """Also where somebody had seen it before."""
    row = noted(corner)
    refuse(corner, row)
    boss(RefusedSeen(row.id), "08:45")
    assert boss(OfferAgain(row.id), "08:50") is True
    assert row.id in {one.row.id for _, one in unsent(corner.conn, 99)}
    refuse(corner, row, when="08:51")
    assert [line.id for line in boss(SeeRefused())] == [row.id]
    assert corner.log().count("refusal.offered") == 1


def test_what_is_not_refused_any_more_is_not_noted_as_offered(corner, boss):
    row = noted(corner)
    assert boss(OfferAgain(row.id)) is False
    assert "refusal.offered" not in corner.log()
