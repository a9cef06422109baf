"""Projections: a pure function of the log, whatever happened before."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import pins
from models.codes import Form
from models.log import record
from models.projections import TABLES, rebuild

names = st.sampled_from(["Binta", "Łukasz", "Zoé", "Tenzin"])
starts = st.sampled_from(["08:30", "13:00", "2022-11-04 08:30"])
moments = st.timedeltas(timedelta(days=-2), timedelta(days=2))
details = st.fixed_dictionaries(
    {},
    optional={
        "room": st.sampled_from(["1", "B12"]),
        "capacity": st.integers(1, 3),
        "status": st.sampled_from(["booked", "cancelled", "waiting"]),
        "language": st.sampled_from(["fr", "nl", "de", "en"]),
        "place": st.sampled_from(["charleroi", "mons"]),
    },
)
actions = st.one_of(
    st.tuples(st.just("book"), names, starts, details),
    st.tuples(st.just("plan"), starts, st.sampled_from(["booked", "cancelled"])),
    st.tuples(st.just("arrive"), names, moments, st.booleans()),
    st.tuples(st.just("note"), names, moments, st.sampled_from(["left", "excused", "absent", "settled"])),
    st.tuples(st.just("annul"), names, moments),
    st.tuples(st.just("issue"), names, st.sampled_from(Form)),
    st.tuples(st.just("type"), moments, st.sampled_from(["BBBBBB", "BCDEFF", "1"])),
    st.tuples(st.just("pin"), moments, st.sampled_from([None, "sam"])),
    st.tuples(st.just("something new"), st.sampled_from(["weather.seen", "import.done", "room.set"])),
)


def act(corner, action):
    """One thing that happens at a corner."""
    start = corner.at("08:30")
    match action:
        case ("book", name, when, more):
            corner.book(name, start=when, **more)
        case ("plan", when, status):
            corner.book(start=when, status=status)
        case ("arrive", name, after, join):
            corner.arrive(name, start + after, join=join)
        case ("note", name, after, kind):
            corner.note(kind, name, "h" * 32, start + after, reason="other")
        case ("annul", name, after):
            for (event,) in corner.ask("select id from attendance_event order by id limit 1"):
                corner.note("annulled", name, "h" * 32, start + after, annuls=event)
        case ("issue", name, form):
            if corner.ask("select 1 from participant where id = ?", corner.person(name)):
                corner.issue(name, form)
        case ("type", after, text):
            corner.type(text, start + after)
        case ("pin", after, found):
            pins.answer_pin(
                corner.conn,
                corner.kiosk_id,
                found or "sam",
                corner.desk.policy,
                found is not None,
                start + after,
            )
        case ("something new", kind):
            record(corner.conn, corner.author(), kind, kind.partition(".")[0], "x", {"set": {"a": 1}})


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(actions, max_size=25))
def test_after_any_history_a_rebuild_gives_the_same_rows_of_every_table(new_corner, history):
    corner = new_corner()
    for action in history:
        act(corner, action)
    before = corner.projections()
    assert rebuild(corner.conn) == len(corner.log())
    assert corner.projections() == before
    assert corner.flaws() == []
    corner.conn.close()


NOON = "2022-11-03T11:05:00.000000Z"
TEAM = {
    "attendance.settled": {"half_day": "x" * 32, "at": NOON, "figures": "{}", "hash": "0" * 64},
    "exception.settled": {"at": NOON, "what": "no_departure", "reason": "told_later"},
    "equipment.set": {"set": {"corner_id": "charleroi", "kind": "tablet", "name": "Tablette 1"}},
    "equipment.lent": {"at": NOON},
    "orientation.decided": {"at": NOON, "programme": "course-24"},
    "assessment.taken": {
        **{"at": NOON, "corner": "charleroi", "part": "core", "framework": "3.0", "bank": "2026-11"},
        **{"answers": {"2.1S": 2, "2.2S": None}, "checks": {"spot": "passed"}},
    },
    "observation.confirmed": {"at": NOON},
    "document.made": {"at": NOON, "what": "sheet", "hash": "0" * 64},
    "page.made": {"at": NOON},
    "codes.seen": {"at": NOON, "since": NOON, "until": NOON},
    "absence.called": {"at": NOON, "half_day": "x" * 32},
    "participant.erased": {"at": NOON, "reason": "asked", "audience": "student", "merged_into": ""},
    "refusal.seen": {"at": NOON},
    "tick.set": {"set": {"participant_id": "p" * 32, "step": "address", "state": "done"}},
}
"""What the team's side writes, as far as a morning at the door does not."""


def test_one_morning_fills_every_table(morning):
    """The property above says nothing of a table that stays empty."""
    for _ in range(5):
        morning.type("BBBBBB", "08:30")
    morning.book("Zoé", status="booked")
    pins.answer_pin(morning.conn, morning.kiosk_id, "sam", morning.desk.policy, False, morning.at("08:31"))
    for kind, body in TEAM.items():
        record(morning.conn, morning.author(), kind, kind.partition(".")[0], "x" * 32, body)
    rows = morning.projections()
    assert [table for table in TABLES if not rows[table]] == []
    rebuild(morning.conn)
    assert morning.projections() == rows


def test_every_table_but_the_log_and_what_is_of_this_file_alone_is_a_projection(corner):
    tables = {name for (name,) in corner.ask("select name from sqlite_master where type = 'table'")}
    others = {"change", "identity", "unfinished", "sync_state", "sync_refused", "alembic_version"}
    assert tables - set(TABLES) == others


# ---- rows of a newer program


@pytest.mark.parametrize(
    ("kind", "entity"),
    [
        ("weather.seen", "weather"),
        ("room.set", "room"),
        ("half_day.painted", "half_day"),
        ("code.sung", "kiosk"),
        ("attendance.waved", "attendance"),
    ],
)
def test_a_row_that_this_program_does_not_know_is_kept_and_changes_nothing(morning, kind, entity):
    """It is stored and passed on, and projected after the upgrade."""
    before = morning.projections()
    body = {"participant": "p", "half_day": "h", "at": "2030-01-01T00:00:00.000000Z", "way": "wave"}
    body |= {"stored": body["at"], "set": {"colour": "blue"}}
    record(morning.conn, morning.author("11:00"), kind, entity, "x", body)
    assert morning.projections() == before
    assert rebuild(morning.conn) == len(morning.log())
    assert morning.projections() == before
    assert morning.flaws() == []


AT = "2030-01-01T00:00:00.000000Z"
BODIES = {
    "attendance.arrived": {"participant": "p", "half_day": "h", "at": AT, "stored": AT, "way": "card"},
    "code.refused": {"at": AT, "form": "short", "why": "unknown"},
    "code.paused": {"at": AT, "until": AT, "why": "tries"},
    "pin.tried": {"at": AT, "right": False},
    "help.called": {"at": AT, "why": "asked"},
    "help.settled": {"at": AT},
    "codes.seen": {"at": AT, "since": AT, "until": AT},
    "absence.called": {"at": AT, "half_day": "h"},
    "refusal.seen": {"at": AT},
    "half_day.set": {"set": {"room": "3"}},
}
"""A whole body of each kind, as this program writes it."""


def unread(corner, kind, body):
    """Record a row that this program cannot place; it must change nothing, now and in a rebuild."""
    before = corner.projections()
    entity = kind.partition(".")[0]
    record(corner.conn, corner.author("11:00"), kind, entity, "x", body)
    assert corner.projections() == before
    assert rebuild(corner.conn) == len(corner.log())
    assert corner.projections() == before
    assert corner.flaws() == []


@pytest.mark.parametrize(("kind", "body"), BODIES.items(), ids=BODIES)
def test_a_whole_body_is_placed(morning, kind, body):
    """The tests below say nothing of a body that lacks more than they take away."""
    before = morning.projections()
    record(morning.conn, morning.author("11:00"), kind, kind.partition(".")[0], "x", body)
    assert morning.projections() != before


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, body in BODIES.items() for name in body])
@pytest.mark.parametrize("change", ["missing", "null", "list", "dictionary", "number"])
def test_a_body_without_what_it_should_hold_is_kept_and_changes_nothing(morning, kind, name, change):
    other = {"null": None, "list": ["a"], "dictionary": {"a": "b"}, "number": 1.5}
    body = {key: value for key, value in BODIES[kind].items() if key != name}
    if change == "dictionary" and name == "set":
        other["dictionary"] = "a"
    unread(morning, kind, body if change == "missing" else body | {name: other[change]})


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("code.refused", {"why": "expired"}),
        ("code.refused", {"form": "phone"}),
        ("code.refused", {"at": "2030-01-01T00:00:00+01:00"}),
        ("attendance.arrived", {"way": "wave"}),
        ("attendance.arrived", {"at": "2030-01-01"}),
        ("attendance.arrived", {"annuls": ["a", "b"]}),
        ("attendance.arrived", {"clock_sure": "perhaps"}),
        ("pin.tried", {"staff": ["sam", "kim"]}),
        ("help.called", {"people": "p"}),
        ("help.called", {"people": [7]}),
        ("help.called", {"screen": ["a"]}),
        ("half_day.set", {"base": ["a"]}),
        ("half_day.set", {"base": {"room": 3}}),
        ("half_day.set", {"base": {"room": [{"id": "a"}]}}),
    ],
)
def test_words_and_shapes_of_a_newer_program_change_nothing(morning, kind, more):
    unread(morning, kind, BODIES[kind] | more)


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("half_day", "status", "postponed"),
        ("half_day", "starts_at", "tomorrow"),
        ("half_day", "capacity", None),
        ("half_day", "room", ["1", "2"]),
        ("participant", "first_name", None),
        ("participant", "language", {"first": "fr"}),
        ("booking", "asked_at", 7),
    ],
)
def test_a_value_that_the_table_cannot_hold_waits_in_the_register(morning, entity, field, value):
    (known,) = morning.ask(f"select * from {entity} order by id limit 1")
    record(morning.conn, morning.author("11:00"), f"{entity}.set", entity, known[0], {"set": {field: value}})
    assert morning.ask(f"select * from {entity} order by id limit 1") == [known]
    rebuild(morning.conn)
    assert morning.ask(f"select * from {entity} order by id limit 1") == [known]
    assert morning.flaws() == []


def test_a_field_that_this_program_does_not_know_is_left_alone(corner):
    half_day = corner.book("Binta", room="2")
    body = {"set": {"room": "3", "colour": "blue"}, "base": {"colour": ["c" * 32]}}
    record(corner.conn, corner.author(), "half_day.set", "half_day", half_day, body)
    rebuild(corner.conn)
    assert corner.flaws() == []
    assert corner.ask("select room from half_day where id = ?", half_day) == [("3",)]


# ---- rows whose body was erased


def test_what_was_erased_is_not_projected(morning):
    """P-29: the rest of the morning stays as it was."""
    rest = morning.projections()
    morning.erase("Łukasz")
    assert morning.flaws() == []
    assert rebuild(morning.conn) < len(morning.log())
    assert morning.flaws() == []
    left = morning.projections()
    assert morning.ask("select first_name from participant order by 1") == [("",), ("Binta",), ("Zoé",)]
    assert left["attendance_event"] == rest["attendance_event"]
    assert left["booking"] == rest["booking"]
    assert "Łukasz" not in str(left)
