"""The rule of arriving: its fourteen answers, and what each leaves in the log.

Every person of these tests stands in front of the kiosk of Charleroi on Thursday 3 November 2022,
where a half-day runs from 08:30 to 12:00, unless a test says otherwise.
"""

from dataclasses import replace

import pytest

from models.codes import Form, new_short_code, new_token
from models.words import Answer, Way


def no_row(corner, act):
    """What ``act`` answers, after checking that it wrote nothing but a call of the team."""
    before = corner.log()
    outcome = act()
    assert corner.log() in (before, [*before, "help.called"])
    return outcome


# ---- the fourteen answers, in the order of the list


def test_welcome(corner):
    half_day = corner.book("Binta", room="2")
    outcome = corner.show(corner.issue("Binta"), "08:20")
    assert outcome.answer == "welcome"
    assert outcome.present
    assert (outcome.person.name, outcome.person.language) == ("Binta O.", "fr")
    assert (outcome.half_day.id, outcome.half_day.room) == (half_day, "2")
    assert outcome.arrived_at == corner.at("08:20")
    assert corner.log()[-1] == "attendance.arrived"


def test_welcome_late_differs_for_the_facilitator_only(corner):
    corner.book("Mehdi", "Heike")
    on_time, late = corner.arrive("Heike", "08:30"), corner.arrive("Mehdi", "09:12")
    assert late.answer == "welcome_late"
    assert late.present
    assert late.half_day == on_time.half_day


def test_already_here_keeps_the_first_time(corner):
    half_day = corner.book("Ștefan")
    card = corner.issue("Ștefan")
    first = corner.show(card, "08:27")
    second = no_row(corner, lambda: corner.show(card, "09:40"))
    assert second.answer == "already_here"
    assert second.present
    assert (second.arrived_at, second.event_id) == (corner.at("08:27"), first.event_id)
    assert corner.presence("Ștefan", half_day).arrived_at == corner.at("08:27")


def test_too_early_says_when_the_doors_open(corner):
    corner.book("Çağla")
    outcome = no_row(corner, lambda: corner.arrive("Çağla", "06:00"))
    assert outcome.answer == "too_early"
    assert outcome.opens_at == corner.at("07:30")


def test_over_says_the_next_date(corner):
    corner.book("Kofi")
    friday = corner.book("Kofi", start="2022-11-04 08:30")
    outcome = no_row(corner, lambda: corner.arrive("Kofi", "13:00"))
    assert outcome.answer == "over"
    assert outcome.half_day.ends_at == corner.at("12:00")
    assert [sitting.id for sitting in outcome.next_dates] == [friday]


def test_choose_between_two_open_half_days(corner):
    """Two workshops are open: the kiosk asks, and the second try says which."""
    first = corner.book("Kofi")
    second = corner.book("Kofi", programme="video-cv", start="09:00")
    outcome = no_row(corner, lambda: corner.arrive("Kofi", "08:35"))
    assert outcome.answer == "choose"
    assert [sitting.id for sitting in outcome.choices] == [first, second]
    chosen = corner.arrive("Kofi", "08:36", half_day_id=second)
    assert (chosen.answer, chosen.half_day.id) == ("welcome", second)
    assert not corner.presence("Kofi", first).present


def test_other_day_says_when_and_offers_a_free_place(corner):
    today = corner.book("Binta", capacity=8)
    friday = corner.book("Oksana", start="2022-11-04 08:30")
    outcome = no_row(corner, lambda: corner.arrive("Oksana", "08:20"))
    assert (outcome.answer, outcome.half_day.id) == ("other_day", friday)
    assert [sitting.id for sitting in outcome.can_join] == [today]


def test_other_day_of_somebody_who_came_a_day_late(corner):
    wednesday = corner.book("Oksana", start="2022-11-02 08:30")
    outcome = no_row(corner, lambda: corner.arrive("Oksana", "08:20"))
    assert (outcome.answer, outcome.half_day.id) == ("other_day", wednesday)
    assert outcome.next_dates == ()


def test_other_corner_says_where(corner):
    mons = corner.book("Mehdi", place="mons")
    outcome = no_row(corner, lambda: corner.arrive("Mehdi", "08:20"))
    assert (outcome.answer, outcome.half_day.id) == ("other_corner", mons)
    assert outcome.half_day.corner_id == "mons"


def test_not_booked_offers_a_free_place_or_the_next_dates(corner):
    corner.book("Rachida", start="2022-09-20 08:30")
    friday = corner.book("Binta", start="2022-11-04 08:30")
    alone = no_row(corner, lambda: corner.arrive("Rachida", "08:20"))
    assert (alone.answer, alone.can_join) == ("not_booked", ())
    assert [sitting.id for sitting in alone.next_dates] == [friday]
    today = corner.book("Binta")
    outcome = no_row(corner, lambda: corner.arrive("Rachida", "08:20"))
    assert (outcome.answer, outcome.half_day, outcome.next_dates) == ("not_booked", None, ())
    assert [sitting.id for sitting in outcome.can_join] == [today]


def test_cancelled_booking(corner):
    half_day = corner.book("Jean-Marie", status="cancelled")
    outcome = no_row(corner, lambda: corner.arrive("Jean-Marie", "08:20"))
    assert (outcome.answer, outcome.half_day.id) == ("cancelled", half_day)


def test_cancelled_half_day(corner):
    half_day = corner.book("Jean-Marie")
    corner.book(status="cancelled")
    outcome = no_row(corner, lambda: corner.arrive("Jean-Marie", "08:20"))
    assert (outcome.answer, outcome.half_day.id) == ("cancelled", half_day)


def test_full_puts_on_the_waiting_list(corner):
    half_day = corner.book("Binta", "Hoa", capacity=2)
    corner.book("Giuseppe", start="2022-09-20 08:30")
    outcome = corner.arrive("Giuseppe", "08:20", join=True)
    assert (outcome.answer, outcome.half_day.id) == ("full", half_day)
    assert not outcome.present
    assert corner.log()[-1] == "booking.set"
    assert not corner.ask("select * from attendance_event")


@pytest.mark.parametrize("way", [Way.CARD, Way.CODE])
def test_mistyped_is_written_down_without_its_letters(corner, way):
    outcome = corner.show("BCDEFF", "08:20", way=way)
    assert outcome.answer == "mistyped"
    assert outcome.person is None
    ((body,),) = corner.ask("select body from change order by n desc limit 1")
    assert body == '{"at":"2022-11-03T07:20:00.000000Z","form":"short","why":"mistyped"}'


def test_unknown(corner):
    for code in (new_token(), new_short_code()):
        outcome = corner.show(code, "08:20")
        assert (outcome.answer, outcome.person, outcome.half_day) == ("unknown", None, None)
        assert corner.log()[-1] == "code.refused"


def test_pause(corner):
    for _ in range(5):
        corner.type(new_short_code(), "08:20")
    outcome = no_row(corner, lambda: corner.type(new_short_code(), "08:21"))
    assert (outcome.answer, outcome.until) == ("pause", corner.at("08:23"))


def test_every_answer_has_its_test():
    """A new answer needs a test of its own above."""
    named = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert [answer for answer in Answer if not any(name.startswith(answer) for name in named)] == []


def test_what_is_over_is_neither_elsewhere_nor_cancelled_any_more(corner):
    """At noon it does not matter where one should have been in the morning."""
    mons = corner.book("Mehdi", place="mons")
    corner.book("Jean-Marie", status="cancelled")
    elsewhere, cancelled = corner.arrive("Mehdi", "12:00"), corner.arrive("Jean-Marie", "12:00")
    assert (elsewhere.answer, elsewhere.half_day.id) == ("other_day", mons)
    assert (cancelled.answer, cancelled.half_day) == ("not_booked", None)


# ---- what answers have in common


@pytest.mark.parametrize("form", list(Form))
def test_unknown_revoked_and_expired_give_one_and_the_same_answer(corner, form):
    """P-10: the answer tells nothing about the person, not even whether there is one."""
    corner.book("Zoé", start="2022-11-03 08:30")
    corner.book("Kofi", start="2022-09-20 08:30")
    revoked = corner.issue("Zoé", form)
    corner.issue("Zoé", form)
    answers = [corner.show(revoked, "08:20")]
    answers.append(corner.show(new_token() if form is Form.CARD else new_short_code(), "08:20"))
    if form is Form.SHORT:
        answers.append(corner.show(corner.issue("Kofi", form), "08:20"))
    assert set(answers) == {answers[0]}
    assert answers[0].answer == "unknown"
    bodies = {body for (body,) in corner.ask("select body from change where kind = 'code.refused'")}
    assert len(bodies) == 1


@pytest.mark.parametrize("text", ["85.07.30-033.28", "\x1b[2J", "", "😀", "9" * 5000, "https://example.org"])
def test_a_foreign_text_leaves_no_row_at_all(corner, text):
    """P-07: refused, not stored, not shown back."""
    shown = no_row(corner, lambda: corner.show(text, "08:20"))
    typed = no_row(corner, lambda: corner.type(text, "08:20"))
    assert (shown.answer, typed.answer) == ("unknown", "mistyped")


def test_a_card_opens_for_as_long_as_it_is_not_revoked(corner):
    corner.book("Tenzin", start="2022-11-03 08:30")
    card = corner.issue("Tenzin", when="2021-01-04 09:00")
    assert corner.show(card, "2022-08-01 09:00").answer == "other_day"
    assert corner.show(card, "08:20").person.name == "Tenzin"


def test_a_card_typed_by_hand_counts_as_a_card(corner):
    corner.book("Joris")
    corner.type(corner.issue("Joris").lower(), "08:20")
    assert corner.ask("select way from attendance_event") == [("card",)]


@pytest.mark.parametrize("way", list(Way))
def test_the_ledger_keeps_the_way_of_arriving(corner, way):
    corner.book("Joris")
    code = corner.issue("Joris", Form.SHORT)
    assert corner.show(code, "08:20", way=way).answer == "welcome"
    assert corner.ask("select way, actor, clock_sure from attendance_event") == [(way, "participant", 1)]


def test_a_doubtful_clock_is_marked_and_refuses_nobody(corner):
    """P-38"""
    corner.book("Joris")
    corner.desk = replace(corner.desk, clock_sure=False)
    assert corner.arrive("Joris", "08:20").answer == "welcome"
    assert corner.ask("select clock_sure from attendance_event") == [(0,)]


def test_nobody_of_that_id_is_unknown(corner):
    assert no_row(corner, lambda: corner.arrive("Zoé", "08:20")).answer == "unknown"
