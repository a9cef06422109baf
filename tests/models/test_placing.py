"""A place is given by a person: in order, beyond the capacity where they say so, once, and not for good."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from team_desk import ask, come

from models.merging import Merge
from models.places import ask_for_place, editions
from models.placing import DeclinePlace, GivePlace, NotPlaced, PutBack, SeePlaceRequests
from models.projections import rebuild
from models.requests import NotAllowed
from models.rights import RIGHTS, Action
from models.roster import roster_of
from models.seeing import SeeRoster
from models.words import Role

DAYS = ("2022-11-14", "2022-11-15", "2022-11-16")
LATER = "2022-11-15 07:00"
"""After the first half-day of the three."""


def plan(corner, *days, capacity=2, workshop="edition A", programme="course-24", **more):
    """Half-days of one edition; returns their ids."""
    told = {"capacity": capacity, "workshop": workshop, "programme": programme, **more}
    return [corner.book(start=f"{day} 08:30", **told) for day in days or DAYS]


def wishes(corner, name, half_day, when="10:00", person=None):
    """Somebody asks for a place at the kiosk."""
    with corner.transaction():
        return ask_for_place(
            corner.conn, corner.desk, person or corner.person(name), half_day, corner.at(when)
        )


def listed(corner, when="11:00", role=Role.FACILITATOR):
    return ask(corner, SeePlaceRequests(), when, role)


def statuses(corner, name):
    """What somebody has in each half-day to come, by its start."""
    return [
        status
        for (status,) in corner.ask(
            "select b.status from booking b join half_day h on h.id = b.half_day_id"
            " where b.participant_id = ? and h.starts_at > '2022-11-04' order by h.starts_at",
            corner.person(name),
        )
    ]


@pytest.fixture
def asked(corner):
    """Three people have asked for an edition of three half-days with two places; returns those."""
    half_days = plan(corner)
    corner.book("Binta", "Łukasz", "Zoé")
    for number, name in enumerate(("Zoé", "Binta", "Łukasz")):
        wishes(corner, name, half_days[0], f"10:0{number}")
    return half_days


def test_requests_are_listed_in_the_order_of_asking_with_their_edition(corner, asked):
    lines = listed(corner)
    assert [(line.name, line.turn) for line in lines] == [("Zoé D.", 1), ("Binta O.", 2), ("Łukasz W.", 3)]
    first = lines[0]
    assert (first.edition.capacity, first.edition.booked, len(first.edition.half_days)) == (2, 0, 3)
    assert (first.asked_at, first.edition.first.id) == (corner.at("10:00"), asked[0])


def test_a_place_is_given_in_every_half_day_of_the_edition(corner, asked):
    placed = ask(corner, GivePlace(corner.person("Binta"), asked[1]), "11:00")
    assert (placed.refused, placed.booked, placed.capacity) == (None, 1, 2)
    assert statuses(corner, "Binta") == ["booked"] * 3
    assert statuses(corner, "Zoé") == ["waiting"] * 3
    for half_day in asked:
        people = roster_of(corner.conn, half_day, corner.desk.policy, corner.at("11:00")).people
        assert [one.confirmed for one in people if one.status == "booked"] == [True]
    rows = corner.ask("select actor, subject from change where kind = 'booking.set' order by n desc limit 3")
    assert rows == [("facilitator", corner.person("Binta"))] * 3
    assert corner.verify().flaws == ()


def test_a_person_may_give_more_places_than_there_are(corner, asked):
    counts = [
        ask(corner, GivePlace(corner.person(name), asked[0]), "11:00") for name in ("Zoé", "Binta", "Łukasz")
    ]
    assert [(one.booked, one.capacity) for one in counts] == [(1, 2), (2, 2), (3, 2)]


def test_twice_is_once_and_two_kiosks_give_one_place(corner, asked):
    wanted = GivePlace(corner.person("Zoé"), asked[0])
    ask(corner, wanted, "11:00")
    log = corner.log()
    assert ask(corner, wanted, "11:00").refused is NotPlaced.GONE
    declined = DeclinePlace(corner.person("Zoé"), asked[0], "wrong_key")
    assert ask(corner, declined, "11:01").refused is NotPlaced.GONE
    assert corner.log() == log


def test_who_is_declined_is_so_for_a_reason_that_the_log_keeps(corner, asked):
    """P-26"""
    who = corner.person("Zoé")
    log = corner.log()
    for reason in (None, "", "because"):
        assert ask(corner, DeclinePlace(who, asked[0], reason)).refused is NotPlaced.NEEDS_REASON
    assert [kind for kind in corner.log()[len(log) :] if kind != "staff_member.set"] == []
    assert ask(corner, DeclinePlace(who, asked[0], "told_later")).refused is None
    assert statuses(corner, "Zoé") == ["cancelled"] * 3
    assert [line.name for line in listed(corner)] == ["Binta O.", "Łukasz W."]
    ((body, subject),) = corner.ask("select body, subject from change where kind = 'place.declined'")
    assert (json.loads(body)["reason"], subject) == ("told_later", who)
    assert corner.verify().flaws == ()


def test_a_given_place_goes_back_to_the_turn_that_it_had(corner, asked):
    who = corner.person("Zoé")
    ask(corner, GivePlace(who, asked[0]), "11:00")
    assert [(line.name, line.turn) for line in listed(corner)][-1] == ("Zoé D.", 0)
    assert ask(corner, PutBack(who, asked[0]), "11:05").refused is None
    assert next((line.name, line.turn) for line in listed(corner)) == ("Zoé D.", 1)
    assert ask(corner, PutBack(who, asked[0]), "11:06").refused is NotPlaced.GONE


def test_once_it_has_begun_a_given_place_is_not_taken_back_and_who_waits_still_does(corner, asked):
    """A facilitator may take somebody into the middle of a course: a person decides."""
    zoe, binta = corner.person("Zoé"), corner.person("Binta")
    ask(corner, GivePlace(zoe, asked[0]), "11:00")
    assert ask(corner, PutBack(zoe, asked[1]), LATER).refused is NotPlaced.GONE
    assert [(line.name, line.edition.begun) for line in listed(corner, LATER)] == [
        ("Binta O.", True),
        ("Łukasz W.", True),
    ]
    assert ask(corner, GivePlace(binta, asked[0]), LATER).refused is NotPlaced.GONE
    assert ask(corner, GivePlace(binta, asked[1]), LATER).refused is None
    assert statuses(corner, "Binta") == ["waiting", "booked", "booked"]
    assert [line.name for line in listed(corner, LATER) if not line.waiting] == ["Binta O."]


def test_what_the_office_has_booked_meanwhile_is_the_offices(corner, asked):
    corner.book("Zoé", start=f"{DAYS[0]} 08:30", programme="course-24", workshop="edition A", status="booked")
    who = corner.person("Zoé")
    ask(corner, GivePlace(who, asked[0]), "11:00")
    ask(corner, PutBack(who, asked[0]), "11:01")
    assert statuses(corner, "Zoé") == ["booked", "waiting", "waiting"]


@pytest.mark.parametrize("request_of", [GivePlace, PutBack, lambda *who: DeclinePlace(*who, "other")])
def test_what_is_gone_is_refused_and_writes_nothing(corner, asked, request_of):
    corner.book(start=f"{DAYS[0]} 08:30", programme="course-24", workshop="edition A", status="cancelled")
    elsewhere = corner.book("Zoé", start=f"{DAYS[0]} 08:30", place="mons", programme="course-24")
    ask(corner, SeePlaceRequests())
    log = corner.log()
    for person, half_day in (
        (corner.person("Zoé"), asked[0]),
        (corner.person("Zoé"), elsewhere),
        (corner.person("Kofi"), asked[1]),
        (corner.person("Zoé"), "x" * 32),
    ):
        assert ask(corner, request_of(person, half_day)).refused is NotPlaced.GONE
    assert corner.log() == log


def test_who_waits_at_the_door_is_in_the_list_of_today_only(corner):
    """They stand there; who asked for a coming workshop does not."""
    half_day = corner.book("Hoa", start="11:30", capacity=1)
    come(corner, when="11:00")
    assert listed(corner) == ()
    wishes(corner, "Hoa", plan(corner)[0])
    assert [line.name for line in listed(corner)] == ["Hoa N."]
    assert half_day


def test_a_walk_in_who_turned_out_to_be_somebody_asks_once(corner):
    half_day, other = corner.book("Hoa"), plan(corner)[0]
    corner.book("Zoé", start="2022-11-20 08:30")
    guest = come(corner)
    wishes(corner, "Zoé", other, "09:30", person=guest)
    wishes(corner, "Zoé", other, "10:00")
    ask(corner, Merge(half_day, guest, corner.person("Zoé")), "10:30")
    (line,) = listed(corner)
    assert (line.name, line.turn, line.asked_at) == ("Zoé D.", 1, corner.at("09:30"))
    assert ask(corner, GivePlace(line.person_id, other)).refused is None


def test_two_who_read_the_same_are_told_apart_by_their_reference(corner):
    half_day, other = plan(corner)[0], plan(corner, "2022-11-21", workshop="edition B")[0]
    corner.take(corner.line("Binta"), corner.line("Kofi", first_name="Binta", last_name="Odeur"))
    wishes(corner, "Binta", half_day)
    wishes(corner, "Binta", other)
    assert {line.name for line in listed(corner)} == {"Binta O."}
    wishes(corner, "Kofi", half_day, "10:30")
    assert {line.name for line in listed(corner)} == {"Binta O. FX-000", "Binta O. FX-011"}


# ---- who may


def test_a_facilitator_decides_of_coming_workshops_and_sees_nothing_else_of_them(corner, asked):
    """P-20, and its one exception: the half-day itself stays out of reach."""
    for request in (SeePlaceRequests(), GivePlace("x", "y"), DeclinePlace("x", "y"), PutBack("x", "y")):
        assert (request.reaches, request.about) == ("", "")
    assert len(listed(corner)) == 3
    with pytest.raises(NotAllowed):
        ask(corner, SeeRoster(asked[0]))
    assert ask(corner, GivePlace(corner.person("Zoé"), asked[0])).refused is None


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_who_may_not_admit_sees_and_gives_nothing(corner, asked, role):
    """P-19"""
    who = corner.person("Zoé")
    for request in (SeePlaceRequests(), GivePlace(who, asked[0]), DeclinePlace(who, asked[0], "other")):
        with pytest.raises(NotAllowed):
            ask(corner, request, role=role)


def test_each_request_asks_for_the_right_to_admit(corner, asked, monkeypatch):
    monkeypatch.setitem(RIGHTS, Action.ADMIT, frozenset())
    who = corner.person("Zoé")
    for request in (GivePlace(who, asked[0]), DeclinePlace(who, asked[0], "other"), PutBack(who, asked[0])):
        with pytest.raises(NotAllowed):
            ask(corner, request)


# ---- in any order


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["wish", "give", "decline", "back"]), st.sampled_from(["Zoé", "Binta", "Łukasz"])
    ),
    max_size=12,
)


@settings(derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_in_any_order_an_edition_is_had_whole_or_not_and_the_turns_are_those_of_asking(new_corner, steps):
    corner = new_corner()
    half_days = plan(corner)
    corner.book("Binta", "Łukasz", "Zoé")
    since: dict[str, int] = {}
    for number, (step, name) in enumerate(steps):
        when, who = f"10:{number:02}", corner.person(name)
        had = statuses(corner, name)
        if step == "wish":
            if wishes(corner, name, half_days[0], when).refused is None:
                since[name] = number
        else:
            request = {
                "give": GivePlace(who, half_days[0]),
                "decline": DeclinePlace(who, half_days[0], "other"),
                "back": PutBack(who, half_days[0]),
            }[step]
            refused = ask(corner, request, when).refused
            expected = "booked" if step == "back" else "waiting"
            assert (refused is None) is (had == [expected] * 3)
        assert len(set(statuses(corner, name))) <= 1
    (edition,) = editions(corner.conn, "charleroi", corner.at("11:00"))
    waiting = [name for name in since if statuses(corner, name) == ["waiting"] * 3]
    assert edition.waiting == tuple(corner.person(name) for name in sorted(waiting, key=since.get))
    before = corner.projections()
    with corner.transaction():
        rebuild(corner.conn)
    assert corner.projections() == before
    corner.conn.close()


def test_a_half_day_that_was_planned_after_they_asked_is_given_too(corner):
    """A course is given whole: nobody finds out at the third morning that they have no place in it."""
    half_days = plan(corner, "2022-11-07", "2022-11-08")
    person = corner.person("Binta")
    corner.book("Binta")
    wishes(corner, "Binta", half_days[0])
    (third,) = plan(corner, "2022-11-09")
    given = ask(corner, GivePlace(person, half_days[0]), "11:00")
    assert given.refused is None
    held = dict(corner.ask("select half_day_id, status from booking where participant_id = ?", person))
    assert {held[one] for one in (*half_days, third)} == {"booked"}
