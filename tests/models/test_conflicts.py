"""Two kiosks that were apart: whatever they said differently is on one list, with both sides of each."""

from datetime import date

import pytest
from team_desk import come
from two_kiosks import STAFF, TwoKiosks

from models.correcting import AnnulEvent, CorrectTime
from models.documents import sheet_of
from models.exceptions import Remedy
from models.marking import Mark, MarkPerson
from models.merging import Merge
from models.names import NAMELESS
from models.projections import open_writes, rebuild
from models.registers import set_fields
from models.remedies import SettleExceptions
from models.review.apart.facts import Apart
from models.review.attendances import Origin, Standing, attendances
from models.review.odd import Disagreements, SeeOdd
from models.roster import roster_of

DAY = date(2022, 11, 3)


@pytest.fixture(params=["as written", "the other way round"])
def kiosks(request, new_corner):
    """Two kiosks that tell each other everything in one order or the other."""
    order = list if request.param == "as written" else lambda rows: list(rows)[::-1]
    two = TwoKiosks(new_corner, order)
    yield two
    two.close()


def booked(kiosks, *names, **more):
    """People whom both kiosks know, for the half-day at 08:30."""
    half_day = kiosks.here.book(*names, **more)
    kiosks.meet()
    return half_day


def told(conflict):
    """What each side says: by which kiosk, and what."""
    return [(fact.kiosk_id[0] == "b", *fact.said) for fact in conflict.facts]


def only(kiosks, what, when="13:00"):
    """The one disagreement there is, on both kiosks."""
    (one,) = kiosks.listed(when)
    assert one.what is what
    return one


def gone(kiosks, conflict, when="13:01", **more):
    """Settled at one kiosk, it is gone at both."""
    assert kiosks.settle(kiosks.there, conflict, when, **more)
    kiosks.meet()
    assert kiosks.listed(when) == ()
    assert not kiosks.settle(kiosks.here, conflict, when), "it is not settled twice"
    for corner in kiosks.kiosks:
        before = corner.projections()
        rebuild(corner.conn)
        assert corner.projections() == before


def roster(corner, half_day, when="13:00"):
    return roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))


def states(corner, half_day, when="13:00"):
    people = roster(corner, half_day, when).people
    return {one.name: (one.reckoning.state, one.reckoning.minutes) for one in people}


# ---- 1: one person at two kiosks


def test_one_person_at_two_kiosks_is_one_presence_from_the_earlier_arrival_on(kiosks):
    half_day = booked(kiosks, "Binta")
    kiosks.here.arrive("Binta", "08:40")
    kiosks.there.arrive("Binta", "08:35")
    kiosks.meet()
    one = only(kiosks, Apart.TWO_ARRIVALS)
    at = kiosks.here.at
    assert told(one) == [(True, ("arrived", at("08:35"))), (False, ("arrived", at("08:40")))]
    assert (one.name, one.half_day.id) == ("Binta O.", half_day)
    gone(kiosks, one)
    for corner in kiosks.kiosks:
        assert states(corner, half_day) == {"Binta O.": ("present", 205)}
        assert corner.ask("select count(*) from attendance_event where kind = 'arrived'") == [(2,)]


def test_whoever_left_and_came_back_at_the_other_kiosk_is_none(kiosks):
    half_day = booked(kiosks, "Binta")
    kiosks.here.arrive("Binta", "08:30")
    kiosks.meet()
    kiosks.there.note("left", "Binta", half_day, "09:00")
    kiosks.meet()
    kiosks.here.arrive("Binta", "09:30")
    kiosks.there.note("left", "Binta", half_day, "12:00")
    kiosks.meet()
    assert kiosks.listed() == ()


# ---- 2: the last place given twice


def test_the_last_place_given_twice_keeps_both_and_asks(kiosks):
    """Booked people first, then walk-ins by arrival; nobody is sent away by a number."""
    half_day = booked(kiosks, "Binta", capacity=2)
    come(kiosks.here, "Ana", "08:41")
    come(kiosks.there, "Malik", "08:40")
    kiosks.meet()
    one = only(kiosks, Apart.OVERBOOKED)
    assert (one.taken, one.places) == (3, 2)
    assert [(fact.name, fact.kiosk_id[0] == "b") for fact in one.facts] == [("Malik", True), ("Ana", False)]
    gone(kiosks, one)
    assert [one.takes_a_place for one in roster(kiosks.here, half_day).people] == [True] * 3


def test_what_is_settled_at_the_closing_is_settled_here(kiosks):
    half_day = booked(kiosks, capacity=1)
    come(kiosks.here, "Ana", "08:41")
    come(kiosks.there, "Malik", "08:40")
    kiosks.meet()
    only(kiosks, Apart.OVERBOOKED)
    (case,) = (
        line.one.case for line in kiosks.does(kiosks.here, SeeOdd()) if getattr(line, "one", None)
        and line.one.case.what == "overbooked"
    )  # fmt: skip
    wanted = SettleExceptions(half_day, Remedy.SEEN, (case,), "checked")
    assert kiosks.does(kiosks.here, wanted).refused is None
    kiosks.meet()
    assert kiosks.listed() == ()


def test_one_kiosk_that_gives_too_many_places_has_nobody_to_disagree_with(kiosks):
    booked(kiosks, "Binta", "Zoé", capacity=1)
    kiosks.here.arrive("Binta", "08:20")
    kiosks.meet()
    assert kiosks.listed() == ()


# ---- 3: cancelled while present


@pytest.mark.parametrize("whole", [False, True], ids=["booking", "half-day"])
def test_a_booking_cancelled_while_the_person_is_there(kiosks, whole):
    half_day = booked(kiosks, "Binta")
    kiosks.here.arrive("Binta", "08:20")
    kiosks.there.book(*(() if whole else ("Binta",)), status="cancelled")
    kiosks.meet()
    one = only(kiosks, Apart.CANCELLED)
    word = "half_day" if whole else "booking"
    assert told(one) == [(False, ("arrived", kiosks.here.at("08:20"))), (True, (word, "cancelled"))]
    gone(kiosks, one)
    assert states(kiosks.there, half_day) == {"Binta O.": ("present", 210)}


# ---- 4: two corrections of one thing


def corrected(kiosks, here, there):
    """Binta's arrival is put right at both; each side is a time, or nothing."""
    half_day = booked(kiosks, "Binta")
    event = kiosks.here.arrive("Binta", "08:50").event_id
    kiosks.meet()
    for corner, moment in ((kiosks.here, here), (kiosks.there, there)):
        request = AnnulEvent(half_day, event, "wrong_person")
        if moment:
            request = CorrectTime(half_day, event, corner.at(moment), "told_later")
        assert kiosks.does(corner, request, "09:00" if corner is kiosks.here else "09:01").refused is None
    kiosks.meet()
    return half_day


@pytest.mark.parametrize(("chosen", "minutes"), [(0, 200), (1, 180)])
def test_two_corrections_are_both_shown_and_a_third_act_replaces_both(kiosks, chosen, minutes):
    half_day = corrected(kiosks, "08:40", "09:00")
    one = only(kiosks, Apart.TWO_CORRECTIONS)
    at = kiosks.here.at
    assert told(one) == [(False, ("arrived", at("08:40"))), (True, ("arrived", at("09:00")))]
    assert {fact.by for fact in one.facts} == {"Noor"}
    gone(kiosks, one, chosen=chosen)
    assert states(kiosks.here, half_day)["Binta O."][1] == minutes
    (standing,) = kiosks.here.ask(
        "select e.actor from attendance_event e where e.kind = 'arrived' and not exists"
        " (select 1 from attendance_event a where a.annuls = e.id)"
    )
    assert standing == (STAFF,)


@pytest.mark.parametrize(("chosen", "state"), [(0, "present"), (1, "expected")])
def test_another_time_on_one_side_and_nothing_at_all_on_the_other(kiosks, chosen, state):
    half_day = corrected(kiosks, "08:40", None)
    one = only(kiosks, Apart.TWO_CORRECTIONS)
    assert told(one)[1] == (True,)
    gone(kiosks, one, chosen=chosen)
    assert states(kiosks.here, half_day)["Binta O."][0] == state


@pytest.mark.parametrize("same", ["08:40", None])
def test_two_corrections_that_say_the_same_are_no_question(kiosks, same):
    corrected(kiosks, same, same)
    assert kiosks.listed() == ()


def test_a_mark_that_takes_the_arrival_away_is_a_correction_too(kiosks):
    half_day = booked(kiosks, "Binta")
    event = kiosks.here.arrive("Binta", "08:50").event_id
    kiosks.meet()
    person = kiosks.here.person("Binta")
    kiosks.does(kiosks.here, MarkPerson(half_day, person, Mark.ABSENT, reason="wrong_person"), "09:00")
    kiosks.does(kiosks.there, CorrectTime(half_day, event, kiosks.here.at("08:40"), "told_later"), "09:01")
    kiosks.meet()
    one = only(kiosks, Apart.TWO_CORRECTIONS)
    assert [said[1][0] for said in told(one)] == ["absent", "arrived"]
    gone(kiosks, one)
    assert states(kiosks.there, half_day)["Binta O."] == ("absent", 0)


def test_two_kiosks_that_settle_it_differently_ask_again_and_once(kiosks):
    half_day = corrected(kiosks, "08:40", "09:00")
    one = only(kiosks, Apart.TWO_CORRECTIONS)
    assert kiosks.settle(kiosks.here, one, "13:00", chosen=0)
    assert kiosks.settle(kiosks.there, one, "13:00", chosen=1)
    kiosks.meet()
    left = kiosks.listed("13:05")
    assert {again.what for again in left} == {Apart.TWO_CORRECTIONS}
    while left := kiosks.listed("13:05"):
        assert kiosks.settle(kiosks.here, left[0], "13:06", chosen=1)
        kiosks.meet()
    assert states(kiosks.there, half_day)["Binta O."][1] in (180, 200)


# ---- 5: a register with several open writes


def written(kiosks, entity, entity_id, here, there):
    for corner, values in ((kiosks.here, here), (kiosks.there, there)):
        with corner.transaction():
            author = corner.author("09:00" if corner is kiosks.here else "09:05", STAFF)
            set_fields(corner.conn, author, entity, entity_id, values, new=False)
    kiosks.meet()


@pytest.mark.parametrize("chosen", [0, 1])
def test_two_rooms_for_one_half_day(kiosks, chosen):
    half_day = booked(kiosks, "Binta", room="1")
    written(kiosks, "half_day", half_day, {"room": "2", "capacity": 7}, {"room": "3", "capacity": 7})
    one = only(kiosks, Apart.TWO_VALUES)
    assert told(one) == [(False, ("room", "2")), (True, ("room", "3"))]
    assert (one.entity, one.half_day.id) == ("half_day", half_day)
    gone(kiosks, one, chosen=chosen)
    for corner in kiosks.kiosks:
        assert corner.ask("select room from half_day where id = ?", half_day) == [(str(2 + chosen),)]
        assert len(open_writes(corner.conn, half_day)["room"]) == 1


def test_what_was_written_together_is_chosen_together(kiosks):
    booked(kiosks, "Binta")
    person = kiosks.here.person("Binta")
    written(
        kiosks, "participant", person,
        {"first_name": "Bintou", "last_name": "Diallo"}, {"first_name": "Binta", "last_name": "Diarra"},
    )  # fmt: skip
    one = only(kiosks, Apart.TWO_VALUES)
    assert [name for name, _ in one.facts[0].said] == ["first_name", "last_name"]
    gone(kiosks, one)
    names = kiosks.here.ask("select first_name, last_name from participant where id = ?", person)
    assert names == [("Bintou", "Diallo")]


def test_a_booking_that_one_cancels_and_the_other_puts_on_the_waiting_list(kiosks):
    half_day = booked(kiosks, "Binta")
    kiosks.here.book("Binta", status="cancelled")
    kiosks.there.book("Binta", status="waiting")
    kiosks.meet()
    one = only(kiosks, Apart.TWO_VALUES)
    assert (one.entity, one.name, one.half_day.id) == ("booking", "Binta O.", half_day)
    gone(kiosks, one, chosen=[fact.said for fact in one.facts].index((("status", "cancelled"),)))
    assert kiosks.there.ask("select status from booking") == [("cancelled",)]


def test_two_pins_of_one_account_are_asked_about_and_not_shown(kiosks):
    """P-16"""
    written(kiosks, "staff_member", STAFF, {"pin": "hash of here"}, {"pin": "hash of there"})
    one = only(kiosks, Apart.TWO_VALUES)
    assert told(one) == [(False, ("pin", None)), (True, ("pin", None))]
    gone(kiosks, one)
    assert kiosks.there.ask("select pin from staff_member where id = ?", STAFF) == [("hash of here",)]


def test_the_same_file_read_at_both_is_no_disagreement(kiosks):
    for corner in kiosks.kiosks:
        corner.book("Binta", "Zoé", room="2")
    kiosks.meet()
    assert len(open_writes(kiosks.here.conn, kiosks.here.person("Binta"))["first_name"]) == 2
    assert kiosks.listed() == ()


def test_something_of_another_corner_is_theirs(kiosks):
    half_day = booked(kiosks, "Binta", place="mons")
    written(kiosks, "half_day", half_day, {"room": "2"}, {"room": "3"})
    assert kiosks.listed() == ()


# ---- 6: erased while an arrival was under way


def test_whoever_is_erased_at_one_kiosk_while_they_come_at_the_other_counts_without_a_name(kiosks):
    """P-29"""
    half_day = booked(kiosks, "Binta", "Zoé")
    kiosks.here.arrive("Zoé", "08:25")
    kiosks.here.erase("Binta", "08:30")
    kiosks.there.arrive("Binta", "08:35")
    kiosks.meet()
    one = only(kiosks, Apart.ERASED)
    assert told(one) == [(True, ("arrived", kiosks.here.at("08:35"))), (False, ("erased", None))]
    assert one.name == NAMELESS
    gone(kiosks, one)
    for corner in kiosks.kiosks:
        assert "Binta" not in str(corner.ask("select * from change"))
        assert {name: state for name, (state, _) in states(corner, half_day).items()} == {
            NAMELESS: "present",
            "Zoé D.": "present",
        }
        assert came(corner) == {Origin.BOOKED: 2}


def test_whoever_is_erased_where_their_arrival_was_known_is_no_disagreement(kiosks):
    """Also in the middle of the half-day: both kiosks know, and nobody has to look at it."""
    booked(kiosks, "Binta")
    kiosks.there.arrive("Binta", "08:25")
    kiosks.meet("08:26")
    kiosks.here.erase("Binta", "08:30")
    kiosks.meet()
    assert kiosks.listed() == ()


def test_the_moment_of_an_erasure_is_the_one_of_its_kiosk_and_not_of_the_logical_clock(kiosks):
    """Another kiosk's clock that is ahead draws the logical one with it."""
    booked(kiosks, "Binta", "Zoé")
    kiosks.there.arrive("Zoé", "10:00")
    kiosks.meet("08:20")
    kiosks.here.erase("Binta", "08:30")
    kiosks.there.arrive("Binta", "08:35")
    kiosks.meet()
    one = only(kiosks, Apart.ERASED)
    assert {fact.at for fact in one.facts if fact.said == (("erased", None),)} == {kiosks.here.at("08:30")}


def came(corner):
    """Why those who came count, as the report has it; and the sheet says the same."""
    found = attendances(corner.conn, "charleroi", DAY, DAY, corner.desk.policy, corner.at("13:00"))
    people = [one for one in found.people if one.standing is Standing.CAME]
    half_day = found.half_days[0].half_day.id
    assert sheet_of(corner.conn, half_day, corner.desk.policy, corner.at("13:00")).came == len(people)
    return {origin: sum(one.origin is origin for one in people) for origin in {one.origin for one in people}}


# ---- 7: merged on one side, came on the other


def test_a_walk_in_merged_at_one_kiosk_who_comes_again_at_the_other(kiosks):
    """The arrival counts for the known person, in a half-day of which whoever merged knew nothing."""
    booked(kiosks, "Binta")
    later = booked(kiosks, "Zoé", start="13:00")
    guest = come(kiosks.here, "Hoa", "08:20")
    kiosks.meet()
    morning = kiosks.here.ask("select half_day_id from booking where participant_id = ?", guest)[0][0]
    assert kiosks.does(kiosks.here, Merge(morning, guest, kiosks.here.person("Zoé")), "09:00") is None
    corner = kiosks.there
    with corner.transaction():
        from models.arrival import Wish, arrive
        from models.words import Way

        arrive(corner.conn, corner.desk, guest, Way.FACILITATOR, corner.at("13:05"), Wish(later, join=True))
    kiosks.meet()
    one = only(kiosks, Apart.MERGED, "14:00")
    assert told(one) == [
        (True, ("arrived", corner.at("13:05"))), (False, ("merged_into", kiosks.here.person("Zoé")))
    ]  # fmt: skip
    assert (one.name, one.half_day.id) == ("Zoé D.", later)
    gone(kiosks, one, "14:01")
    assert states(kiosks.here, later, "17:00")["Zoé D."][0] == "present"


def test_a_walk_in_of_whom_the_merger_knew_is_no_question(kiosks):
    booked(kiosks, "Binta")
    booked(kiosks, "Zoé", start="13:00")
    guest = come(kiosks.there, "Hoa", "08:20")
    kiosks.meet()
    morning = kiosks.here.ask("select half_day_id from booking where participant_id = ?", guest)[0][0]
    assert kiosks.does(kiosks.here, Merge(morning, guest, kiosks.here.person("Zoé")), "09:00") is None
    kiosks.meet()
    assert kiosks.listed() == ()


@pytest.mark.parametrize("chosen", [0, 1])
def test_a_walk_in_who_is_said_to_be_two_people_at_once(kiosks, chosen):
    """Whoever they turned out not to be has no place that is not theirs."""
    half_day = booked(kiosks, "Binta")
    booked(kiosks, "Zoé", "Kofi", start="13:00")
    guest = come(kiosks.here, "Hoa", "08:20")
    kiosks.meet()
    for corner, name, when in ((kiosks.here, "Zoé", "09:00"), (kiosks.there, "Kofi", "09:05")):
        assert kiosks.does(corner, Merge(half_day, guest, corner.person(name)), when) is None
    kiosks.meet()
    one = only(kiosks, Apart.TWO_VALUES)
    assert told(one) == [(False, ("merged_into", "Zoé D.")), (True, ("merged_into", "Kofi A."))]
    gone(kiosks, one, chosen=chosen)
    name = ("Zoé D.", "Kofi A.")[chosen]
    for corner in kiosks.kiosks:
        assert states(corner, half_day) == {"Binta O.": ("expected", 0), name: ("present", 210)}


# ---- 8: without a booking


def test_whoever_came_without_a_booking_is_on_every_list_and_counts_as_unplanned(kiosks):
    half_day = booked(kiosks, "Binta")
    booked(kiosks, "Zoé", start="2022-11-04 08:30")
    kiosks.there.note("arrived", "Zoé", half_day, "08:25")
    kiosks.meet()
    one = only(kiosks, Apart.NO_BOOKING)
    assert told(one) == [(True, ("arrived", kiosks.here.at("08:25")))]
    for corner in kiosks.kiosks:
        assert states(corner, half_day)["Zoé D."] == ("present", 210)
        assert came(corner) == {Origin.UNPLANNED: 1}
    gone(kiosks, one)
    assert came(kiosks.here) == {Origin.UNPLANNED: 1}


# ---- the list of what is odd leads there


def test_what_is_odd_says_how_many_disagreements_there_are(kiosks):
    booked(kiosks, "Binta")
    kiosks.here.arrive("Binta", "08:40")
    kiosks.there.arrive("Binta", "08:35")
    kiosks.meet()
    (line,) = [one for one in kiosks.does(kiosks.here, SeeOdd()) if isinstance(one, Disagreements)]
    assert line.number == 1
    gone(kiosks, only(kiosks, Apart.TWO_ARRIVALS))
    assert not [one for one in kiosks.does(kiosks.here, SeeOdd()) if isinstance(one, Disagreements)]
