"""``kiosk verify`` on a closed half-day: a hand in the file is named, whatever it touched."""

from __future__ import annotations

import pytest

from kiosk.clock import Clock
from kiosk.database import Database
from models.arrival import Desk
from models.exceptions import OPENS
from models.founding import kiosk_id
from models.log import Author
from models.policy import Policy
from models.registers import set_fields
from models.remedies import SettleExceptions
from models.requests import run
from models.settling import ReviewHalfDay, Settle


@pytest.fixture
def closed(booked):
    """The morning of 3 November, on which nobody came, closed at ten past twelve."""
    database = Database(booked.home / "kiosk.db")
    database.open().result()
    now = Clock().now()

    def close(conn):
        desk = Desk(kiosk_id(conn), "charleroi", bytes(32), Policy())
        ((staff_id,),) = conn.execute("select id from staff_member").fetchall()
        author = Author(desk.kiosk_id, "system", now)
        set_fields(conn, author, "staff_member", staff_id, {"role": "staff"}, new=False)
        ((half_day,),) = conn.execute("select id from half_day").fetchall()
        while exceptions := run(conn, desk, staff_id, now, ReviewHalfDay(half_day)).exceptions:
            remedy = next(remedy for remedy in exceptions[0].remedies if remedy not in OPENS)
            cases = (exceptions[0].case,)
            run(conn, desk, staff_id, now, SettleExceptions(half_day, remedy, cases, "other"))
        seen = run(conn, desk, staff_id, now, ReviewHalfDay(half_day)).figures.hash
        return run(conn, desk, staff_id, now, Settle(half_day, seen))

    try:
        assert database.write(close).result().refused is None
    finally:
        database.close()
    assert booked("verify").code == 0
    return booked


@pytest.mark.parametrize(
    ("by_hand", "table"),
    [
        ("update settlement set figures = replace(figures, '\"absent\":3', '\"absent\":0')", "settlement"),
        ("update settlement set hash = 'f'", "settlement"),
        ("delete from settlement", "settlement"),
        ("update attendance_event set kind = 'arrived' where kind = 'absent'", "attendance_event"),
    ],
)
def test_a_row_of_a_table_that_was_edited_is_named(closed, by_hand, table):
    """P-25."""
    ((id_, *_),) = closed.asked(f"select id from {table} limit 1")
    closed.sql(by_hand)
    told = closed("verify", "--json")
    assert told.code == 1
    assert (table, id_) in {(flaw["table"], flaw["row"]) for flaw in told.json["flaws"]}


def test_figures_that_are_not_those_of_the_hash_are_said_in_words(closed):
    ((id_,),) = closed.asked("select id from settlement")
    closed.sql("update settlement set hash = 'f'")
    assert f"Clôture {id_} : les chiffres ne sont pas ceux qui ont été signés." in closed("verify").err


def test_the_row_of_the_log_that_holds_the_figures_is_named(closed):
    """P-25: by its number."""
    for (name,) in closed.asked("select name from sqlite_master where type = 'trigger'"):
        closed.sql(f'drop trigger "{name}"')
    ((n,),) = closed.asked("select n from change where kind = 'attendance.settled'")
    closed.sql(f"update change set body = replace(body, 'absent', 'excused') where n = {n}")
    flaw = closed("verify", "--json").json["flaws"][0]
    assert (flaw["kind"], flaw["table"], flaw["row"]) == ("body", "change", str(n))
