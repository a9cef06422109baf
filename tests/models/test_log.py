"""The log: it only grows, every row holds the one before, and whoever changes it is found."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pysqlite3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.log import GENESIS, Author, body_digest, link, record, rows
from models.projections import rebuild

MOMENTS = st.integers(946_684_800, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC))
"""From 2000 to 2100: a kiosk whose battery died may wake up anywhere."""

ERASE = "update change set body = '', salt = '', redacted = 1 where n = ?"


# ---- what is written


def test_rows_are_numbered_without_gaps_even_after_a_failure(corner):
    corner.book("Binta")
    with pytest.raises(ZeroDivisionError), corner.transaction():
        record(corner.conn, corner.author(), "test.done", "kiosk", corner.kiosk_id, {})
        _ = 1 / 0
    corner.arrive("Binta", "08:20")
    numbers = [n for (n,) in corner.ask("select n from change order by n")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_each_row_is_chained_to_the_one_before_of_the_same_kiosk(morning):
    chain = {}
    other = Author("e" * 32, "sam", morning.at("11:00"))
    record(morning.conn, other, "test.done", "kiosk", other.kiosk_id, {"text": "é"})
    morning.arrive("Zoé", "11:01", join=True)
    for _, row in rows(morning.conn):
        assert row.digest == body_digest(row.salt, row.body)
        assert row.chain == link(chain.get(row.origin, GENESIS), row)
        chain[row.origin] = row.chain
    assert set(chain) == {morning.kiosk_id, "e" * 32}
    assert morning.flaws() == []


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(MOMENTS, min_size=2, max_size=30))
def test_the_order_of_the_log_never_goes_back_when_the_clock_does(new_corner, moments):
    corner = new_corner()
    for moment in moments:
        record(corner.conn, Author(corner.kiosk_id, "sam", moment), "test.done", "kiosk", corner.kiosk_id, {})
    clocks = [hlc for (hlc,) in corner.ask("select hlc from change order by n")]
    assert clocks == sorted(set(clocks))
    assert clocks[-1] >= int(max(moments).timestamp() * 1000) << 16
    assert corner.verify().flaws == ()
    corner.conn.close()


def test_a_thousand_rows_in_one_millisecond_keep_their_order(corner):
    author = corner.author("08:30")
    with corner.transaction():
        made = [record(corner.conn, author, "test.done", "kiosk", "k", {}) for _ in range(1000)]
    assert [row.hlc for row in made] == list(range(made[0].hlc, made[0].hlc + 1000))
    assert len({row.id for row in made}) == 1000


@pytest.mark.parametrize("text", ["\u0000", "é", "🎫", '"', "\\", "\u2028", "x" * 100_000], ids=len)
def test_a_body_is_carried_byte_for_byte(corner, text):
    record(corner.conn, corner.author(), "test.done", "kiosk", "k", {"text": text})
    *_, (_, last) = rows(corner.conn)
    assert json.loads(last.body) == {"text": text}
    rebuild(corner.conn)
    assert corner.flaws() == []


# ---- what the guards refuse

FACTS = "n id origin seq hlc kind entity entity_id subject actor schema_v digest chain body salt redacted"


@pytest.mark.parametrize("column", FACTS.split())
def test_no_fact_of_a_row_can_be_updated(morning, column):
    """P-25"""
    for value in (-7, 99):
        with pytest.raises(pysqlite3.IntegrityError, match="append-only"):
            morning.conn.execute(f"update change set {column} = ? where n = 3", (value,))
    assert morning.flaws() == []


@pytest.mark.parametrize("rows_meant", ["n = 1", "n = (select max(n) from change)", "1"])
def test_no_row_can_be_deleted(morning, rows_meant):
    """P-25"""
    with pytest.raises(pysqlite3.IntegrityError, match="append-only"):
        morning.conn.execute(f"delete from change where {rows_meant}")
    assert morning.flaws() == []


@pytest.mark.parametrize("same", ["n", "id"])
def test_no_row_can_be_replaced_by_another(morning, same):
    """P-25: SQLite's REPLACE deletes the row that is in the way, and asks no trigger about it."""
    *_, (n, last) = rows(morning.conn)
    other = {"n": n, **last._asdict(), "actor": "somebody else"} | (
        {"id": "f" * 32} if same == "n" else {"n": 99}
    )
    before = morning.ask("select * from change")
    with suppress(pysqlite3.IntegrityError):
        morning.conn.execute(
            f"insert or replace into change ({', '.join(other)}) values ({', '.join('?' * len(other))})",
            tuple(other.values()),
        )
    assert morning.ask("select * from change") == before


def test_the_hub_may_stamp_and_number_a_row(morning):
    morning.conn.execute("update change set stamp = hlc, hub_seq = n")
    assert morning.ask("select count(*) from change where hub_seq is null") == [(0,)]
    assert morning.flaws() == []


@pytest.mark.parametrize(
    "half",
    [
        "body = ''",
        "body = '', redacted = 1",
        "salt = '', redacted = 1",
        "body = 'other', salt = '', redacted = 1",
        "body = '', salt = '', redacted = 2",
        "body = '', salt = '', redacted = 1, actor = 'x'",
    ],
)
def test_an_erasure_is_whole_and_changes_nothing_else(morning, half):
    with pytest.raises(pysqlite3.IntegrityError, match="append-only"):
        morning.conn.execute(f"update change set {half} where n = 3")


def test_what_is_erased_cannot_come_back(morning):
    (body,) = morning.ask("select body, salt from change where n = 3")
    morning.conn.execute(ERASE, (3,))
    with pytest.raises(pysqlite3.IntegrityError, match="append-only"):
        morning.conn.execute("update change set body = ?, salt = ?, redacted = 0 where n = 3", body)


def test_an_erasure_keeps_the_chain_whole(morning):
    """P-29: the body is gone, every row after it is still proved."""
    morning.erase("Zoé")
    head = morning.verify().head
    (n, digest) = morning.ask("select n, digest from change where redacted = 1")[0]
    rebuild(morning.conn)
    assert morning.flaws() == []
    assert morning.verify().head == head
    assert morning.ask("select body, salt, digest from change where n = ?", n) == [("", "", digest)]
