"""Registers: writes of one thing by several hands, told in any order, end in one and the same row."""

import json
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.event_rows import Entry
from models.projections import open_writes, project
from models.registers import set_fields

THING = "d" * 32


def write(number, values, base=None, *, hlc=None, stamp=None):
    """A write of a half-day; ``base`` names for each field the numbers of the writes that it replaces."""
    base = base or {}
    seen = {field: [f"{earlier:032x}" for earlier in numbers] for field, numbers in base.items()}
    body = {"set": values, "base": seen} if seen else {"set": values}
    return {"id": f"{number:032x}", "hlc": hlc or number, "stamp": stamp, "body": body, "base": base}


def told(new_corner, writes):
    """The half-day and its open writes after these writes arrived in this order."""
    corner = new_corner()
    for row in writes:
        corner.conn.execute(
            "insert into change (id, origin, seq, hlc, stamp, kind, entity, entity_id, body, actor, schema_v,"
            " salt, digest, chain)"
            " values (?, 'k', 1, ?, ?, 'half_day.set', 'half_day', ?, ?, 'sam', 1, '', '', '')",
            (row["id"], row["hlc"], row["stamp"], THING, json.dumps(row["body"])),
        )
        project(corner.conn, Entry(row["id"], "k", "half_day.set", "half_day", THING, "sam"), row["body"])
    rows = {
        table: sorted(corner.ask(f"select * from {table}"), key=repr)
        for table in ("half_day", "register", "replaced")
    }
    shown = corner.ask("select room, capacity, status from half_day where id = ?", THING)[0]
    leaves = open_writes(corner.conn, THING)
    corner.conn.close()
    return rows, dict(zip(("room", "capacity", "status"), shown, strict=True)), leaves


def values(leaves, field):
    return [value for _, value in leaves.get(field, [])]


fields = st.fixed_dictionaries(
    {},
    optional={
        "room": st.sampled_from(["1", "2", "B12", None]),
        "capacity": st.integers(1, 9),
        "status": st.sampled_from(["planned", "cancelled"]),
    },
).filter(bool)


@st.composite
def edits(draw):
    """Writes by several hands: each has seen any part of what was written before it."""
    made = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        chosen = draw(fields)
        seen = draw(st.sets(st.integers(1, 5)))
        base = {
            field: [n for n, earlier in enumerate(made, 1) if n in seen and field in earlier["body"]["set"]]
            for field in chosen
        }
        base = {field: numbers for field, numbers in base.items() if numbers}
        clock, stamp = draw(st.integers(1, 3)), draw(st.none() | st.integers(1, 3))
        made.append(write(number, chosen, base, hlc=clock, stamp=stamp))
    return made


@settings(derandomize=True, deadline=None, max_examples=200)
@given(edits(), st.data())
def test_any_order_of_any_writes_ends_in_the_same_rows(new_corner, written, data):
    """And the value is the last in the common order among the writes that nothing has replaced."""
    rows, shown, leaves = told(new_corner, written)
    for _ in range(3):
        assert told(new_corner, data.draw(st.permutations(written)))[0] == rows
    for field in ("room", "capacity", "status"):
        replaced = {f"{number:032x}" for row in written for number in row["base"].get(field, ())}
        ends = [row for row in written if field in row["body"]["set"] and row["id"] not in replaced]
        ends.sort(key=lambda row: (row["stamp"] or row["hlc"], row["hlc"], row["id"]))
        assert values(leaves, field) == [row["body"]["set"][field] for row in ends]
        if ends:
            assert shown[field] == ends[-1]["body"]["set"][field]


FIRST = write(1, {"room": "1", "capacity": 8})
EAST = write(2, {"room": "2"}, {"room": [1]})
WEST = write(3, {"room": "3"}, {"room": [1]})
STAFF = write(4, {"room": "2"}, {"room": [2, 3]})


@pytest.mark.parametrize("order", list(permutations([FIRST, EAST, WEST])))
def test_two_corrections_of_one_thing_are_both_kept(new_corner, order):
    """A conflict is shown to staff; meanwhile the last in the common order is the value."""
    _, shown, leaves = told(new_corner, order)
    assert values(leaves, "room") == ["2", "3"]
    assert values(leaves, "capacity") == [8]
    assert (shown["room"], shown["capacity"]) == ("3", 8)


@pytest.mark.parametrize("order", list(permutations([FIRST, EAST, WEST, STAFF])))
def test_a_third_write_that_replaces_both_ends_the_conflict(new_corner, order):
    """Also where it is told before what it replaces: the loser does not come back."""
    _, shown, leaves = told(new_corner, order)
    assert values(leaves, "room") == ["2"]
    assert (shown["room"], shown["capacity"]) == ("2", 8)


@pytest.mark.parametrize("order", list(permutations([FIRST, EAST, WEST])))
def test_the_hubs_stamp_goes_before_a_clock_that_ran_ahead(new_corner, order):
    clamped = [{**row, "stamp": {EAST["id"]: 30, WEST["id"]: 20}.get(row["id"])} for row in order]
    assert told(new_corner, clamped)[1]["room"] == "2"


def test_an_empty_value_is_a_value(new_corner):
    """A room that was taken away is not a room that nobody has named."""
    _, shown, leaves = told(new_corner, [FIRST, write(2, {"room": None}, {"room": [1]})])
    assert values(leaves, "room") == [None]
    assert shown["room"] is None


def test_a_write_names_every_open_write_that_it_has_seen(corner):
    """Else the loser of a conflict would come back; a wall clock decides nothing."""
    half_day = corner.book("Binta", room="1")
    for room in ("2", "3"):
        set_fields(corner.conn, corner.author(), "half_day", half_day, {"room": room}, new=True)
    open_now = [change for change, _ in open_writes(corner.conn, half_day)["room"]]
    assert len(open_now) == 3
    row = set_fields(corner.conn, corner.author(), "half_day", half_day, {"room": "4"}, new=False)
    assert json.loads(row.body) == {"set": {"room": "4"}, "base": {"room": open_now}}
    leaves = open_writes(corner.conn, half_day)
    assert (values(leaves, "room"), values(leaves, "capacity")) == (["4"], [8])
