"""Whatever two kiosks do while they are apart: both show the same list, and one key a line leads to zero."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from two_kiosks import STAFF, TwoKiosks

from models.correcting import AnnulEvent, CorrectTime
from models.figures import figures_of
from models.marking import Mark, MarkPerson
from models.merging import Merge
from models.projections import rebuild
from models.registers import set_fields
from models.review.apart.facts import CHOOSES
from models.roster import rosters_between
from models.walk_in import Guest, walk_in

NAMES = ("Binta", "Zoé", "Kofi")
START = "2022-11-03 08:30"

names = st.sampled_from([*NAMES, "Binta"])
minutes = st.integers(-40, 100)
acts = st.one_of(
    st.tuples(st.just("arrive"), names, minutes),
    st.tuples(st.just("mark"), names, st.sampled_from(Mark), minutes),
    st.tuples(st.just("correct"), names, minutes),
    st.tuples(st.just("correct"), names, minutes),
    st.tuples(st.just("annul"), names),
    st.tuples(st.just("book"), names, st.sampled_from(["booked", "waiting", "cancelled"])),
    st.tuples(st.just("stranger"), st.sampled_from(["Tenzin", "Hoa"]), minutes),
    st.tuples(st.just("half-day"), st.sampled_from(["2", "3"]), st.sampled_from(["planned", "cancelled"])),
    st.tuples(st.just("person"), names, st.sampled_from(["fr", "nl"]), st.sampled_from(["A", "B"])),
    st.tuples(st.just("guest"), minutes),
    st.tuples(st.just("merge"), names),
    st.tuples(st.just("erase"), names),
)
apart = st.lists(acts, min_size=1, max_size=4)
histories = st.lists(st.tuples(apart, apart), min_size=1, max_size=3)
"""What is done here and there between one time that they hear each other and the next."""


def act(kiosks: TwoKiosks, corner, half_day: str, number: int, said) -> None:
    """One thing that happens at one kiosk, ``number`` minutes after ten."""
    when = corner.at("10:00") + timedelta(minutes=number)

    def moment(minute: int):
        return min(corner.at(START) + timedelta(minutes=minute), when)

    def event_of(name):
        found = corner.ask(
            "select id from attendance_event e where person_id = ? and kind <> 'annulled' and not exists"
            " (select 1 from attendance_event a where a.annuls = e.id) order by id limit 1",
            corner.person(name),
        )
        return found[0][0] if found else ""

    match said:
        case ("arrive", name, minute):
            corner.arrive(name, moment(minute))
        case ("mark", name, mark, minute):
            excuse = "work" if mark is Mark.EXCUSED else None
            wanted = MarkPerson(half_day, corner.person(name), mark, excuse, "told_later", moment(minute))
            kiosks.does(corner, wanted, when)
        case ("correct", name, minute):
            kiosks.does(corner, CorrectTime(half_day, event_of(name), moment(minute), "told_later"), when)
        case ("annul", name):
            kiosks.does(corner, AnnulEvent(half_day, event_of(name), "wrong_person"), when)
        case ("book", name, status):
            corner.book(name, capacity=3, status=status)
        case ("stranger", name, minute):
            corner.note("arrived", name, half_day, moment(minute))
        case ("half-day", room, status):
            written(corner, "half_day", half_day, {"room": room, "status": status}, when)
        case ("person", name, language, letter):
            person = corner.person(name)
            written(corner, "participant", person, {"language": language, "last_name": letter}, when)
        case ("guest", minute):
            with corner.transaction():
                walk_in(corner.conn, corner.desk, Guest("Ana", "jobseeker", "fr"), moment(minute))
        case ("merge", name):
            for (guest,) in corner.ask(
                "select participant_id from booking where source = 'walk_in' order by participant_id limit 1"
            ):
                kiosks.does(corner, Merge(half_day, guest, corner.person(name)), when)
        case ("erase", name):
            corner.erase(name, when)


def written(corner, entity, entity_id, values, when) -> None:
    with corner.transaction():
        set_fields(corner.conn, corner.author(when, STAFF), entity, entity_id, values, new=False)


def played(new_corner, history, order) -> TwoKiosks:
    kiosks = TwoKiosks(new_corner, order)
    half_day = kiosks.here.book(*NAMES, capacity=3, room="1")
    for name in NAMES[:2]:
        kiosks.here.arrive(name, "08:35")
    kiosks.meet()
    number = 0
    for sides in history:
        for corner, done in zip(kiosks.kiosks, sides, strict=True):
            for said in done:
                number += 1
                act(kiosks, corner, half_day, number, said)
        kiosks.meet()
    return kiosks


def seated(corner) -> set[str]:
    """Who has an arrival that stands."""
    first, last = corner.at("2022-11-01 00:00"), corner.at("2022-11-05 00:00")
    found = rosters_between(corner.conn, "charleroi", first, last, corner.desk.policy, corner.at("13:00"))
    return {one.person_id for roster in found for one in roster.people if one.reckoning.arrived_at}


def shown(corner) -> list[str]:
    first, last = corner.at("2022-11-01 00:00"), corner.at("2022-11-05 00:00")
    found = rosters_between(corner.conn, "charleroi", first, last, corner.desk.policy, corner.at("13:00"))
    return [figures_of(roster).text for roster in found]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(histories, st.booleans(), st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_both_show_the_same_list_and_settling_each_line_leads_to_zero(new_corner, history, late, choices):
    kiosks = played(new_corner, history, (lambda rows: list(rows)[::-1]) if late else list)
    for number in range(40):
        found = kiosks.listed()
        assert shown(kiosks.here) == shown(kiosks.there)
        if not found:
            break
        at, one = kiosks.kiosks[number % 2], found[0]
        before = seated(at)
        chosen = choices[number % len(choices)] % len(one.facts)
        assert kiosks.settle(at, one, "13:00", chosen)
        assert one.key not in {again.key for again in kiosks.does_list(at)}, "settled, it does not come back"
        if one.what not in CHOOSES:
            assert seated(at) == before, "nobody is taken from a seat"
        kiosks.meet()
    assert kiosks.listed() == ()
    for corner in kiosks.kiosks:
        tables = corner.projections()
        rebuild(corner.conn)
        assert corner.projections() == tables
    kiosks.close()
