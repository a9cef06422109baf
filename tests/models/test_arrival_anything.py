"""Whatever people do, in whatever order and at whatever hour: the rule answers, and counts once."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.codes import Form
from models.words import ARRIVALS, Answer

NAMES = ("Binta", "Kofi", "Zoé", "Tenzin")

texts = (
    st.tuples(st.just("card"), st.sampled_from(NAMES))
    | st.tuples(st.just("short"), st.sampled_from(NAMES))
    | st.tuples(st.just("text"), st.text(st.characters(exclude_categories=()), max_size=30))
    | st.tuples(st.just("unknown"), st.just(""))
)
moments = st.timedeltas(timedelta(days=-8), timedelta(days=4)) | st.timedeltas(
    timedelta(hours=-3), timedelta(hours=8)
)
shows = st.tuples(texts, moments, st.booleans(), st.none() | st.integers(0, 4))
corrections = st.tuples(st.sampled_from(["left", "annulled"]), st.integers(0, 40), moments)


def full_of_workshops(corner):
    """Two half-days at once this morning, one over midnight, one tomorrow, one elsewhere; few places."""
    half_days = [
        corner.book("Binta", "Kofi", "Zoé", capacity=3),
        corner.book("Kofi", programme="video-cv", start="09:30", capacity=2),
        corner.book("Zoé", programme="job-search", start="22:00", capacity=1),
        corner.book("Binta", "Tenzin", start="2022-11-04 08:30"),
        corner.book("Tenzin", place="mons"),
    ]
    letters = {(form, name): corner.issue(name, Form(form)) for name in NAMES for form in ("card", "short")}
    return half_days, letters


def play(corner, half_days, letters, show):
    """One show; checks what must hold of its answer whatever it is."""
    (form, what), after, join, wish = show
    text = {"text": what, "unknown": "BBBBBB"}.get(form) or letters.get((form, what), "")
    before = corner.ask("select count(*) from attendance_event")[0][0]
    half_day_id = half_days[wish] if wish is not None else None
    outcome = corner.show(text, corner.at("08:30") + after, join=join, half_day_id=half_day_id)
    stored = corner.ask("select count(*) from attendance_event")[0][0] - before
    assert outcome.answer in Answer
    assert stored == (outcome.answer in (Answer.WELCOME, Answer.WELCOME_LATE))
    if outcome.answer in ARRIVALS:
        assert outcome.half_day.corner_id == "charleroi"
        assert outcome.half_day.starts_at - timedelta(hours=1) <= outcome.at
        # Only who is there already may show the card once more after the end.
        assert outcome.at < outcome.half_day.ends_at or outcome.answer is Answer.ALREADY_HERE
        assert corner.ask("select kind from attendance_event where id = ?", outcome.event_id) == [
            ("arrived",)
        ]
    return outcome


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.lists(shows, max_size=25))
def test_nobody_arrives_twice_whatever_the_clock_says(new_corner, sequence):
    """Any shows at any times, forwards and backwards: at most one arrival per person and half-day."""
    corner = new_corner()
    half_days, letters = full_of_workshops(corner)
    for show in sequence:
        play(corner, half_days, letters, show)
    arrivals = corner.ask("select count(*) from attendance_event group by participant_id, half_day_id, kind")
    assert {count for (count,) in arrivals} <= {1}
    over = corner.ask(
        "select h.id from half_day h join booking b on b.half_day_id = h.id and b.status = 'booked'"
        " where h.capacity > 0 group by h.id having count(*) > h.capacity"
    )
    assert over == []
    assert corner.verify().flaws == ()
    corner.conn.close()


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.lists(shows | corrections, max_size=25))
def test_every_arrival_after_the_first_follows_a_departure_or_a_correction(new_corner, sequence):
    """In the order of the clock, with people who leave and marks that are annulled."""
    corner = new_corner()
    half_days, letters = full_of_workshops(corner)
    arrived = []
    names = {corner.person(name): name for name in NAMES}
    for event in sorted(sequence, key=lambda event: event[1] if len(event) == 4 else event[2]):
        if len(event) == 4:
            outcome = play(corner, half_days, letters, event)
            if outcome.answer in ARRIVALS:
                assert corner.presence(names[outcome.person.id], outcome.half_day.id).present
            if outcome.answer in (Answer.WELCOME, Answer.WELCOME_LATE):
                arrived.append(outcome)
        elif arrived:
            kind, which, after = event
            past = arrived[which % len(arrived)]
            annuls = {"annuls": past.event_id} if kind == "annulled" else {}
            name = names[past.person.id]
            corner.note(kind, name, past.half_day.id, corner.at("08:30") + after, **annuls)
    counted = corner.ask(
        "select sum(kind = 'arrived'), sum(kind <> 'arrived') from attendance_event"
        " group by participant_id, half_day_id"
    )
    assert [arrivals for arrivals, others in counted if arrivals > 1 + others] == []
    assert corner.verify().flaws == ()
    corner.conn.close()
