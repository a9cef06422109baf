"""Checking the log: what was changed by hand is named, with its place, and nothing is mended in silence."""

from dataclasses import asdict, replace

import pytest

from models.log import body_digest, link, rows
from models.projections import rebuild


def test_verify_reads_every_row_of_an_honest_log(morning):
    verdict = morning.verify()
    assert (verdict.checked, verdict.flaws) == (len(morning.log()), ())
    assert morning.ask("select chain from change order by n desc limit 1") == [(verdict.head,)]


def test_verify_changes_nothing_of_what_it_checks(morning):
    before = morning.projections()
    morning.verify()
    assert morning.projections() == before


@pytest.mark.parametrize("n", [1, 4, 11])
def test_verify_names_a_changed_body(morning, n):
    morning.drop_guards()
    morning.conn.execute("update change set body = replace(body, '\"', '\" ') where n = ?", (n,))
    assert morning.flaws() == [("body", "change", str(n))]


@pytest.mark.parametrize("column", ["actor", "kind", "entity_id", "schema_v", "id", "entity"])
def test_verify_names_a_row_with_another_fact(morning, column):
    morning.drop_guards()
    morning.conn.execute(f"update change set {column} = '9' where n = 4")
    assert morning.flaws() == [("chain", "change", "4")]


def test_verify_names_a_body_that_was_changed_together_with_its_digest(morning):
    morning.drop_guards()
    (salt,) = morning.ask("select salt from change where n = 4")
    morning.conn.execute("update change set body = '{}', digest = ? where n = 4", (body_digest(*salt, "{}"),))
    assert morning.flaws() == [("chain", "change", "4")]


@pytest.mark.parametrize("n", [1, 4])
def test_verify_names_the_place_of_a_removed_row(morning, n):
    morning.drop_guards()
    morning.conn.execute("delete from change where n = ?", (n,))
    assert morning.flaws() == [("gap", "change", str(n + 1))]


def test_verify_names_rows_that_were_numbered_anew_after_one_was_removed(morning):
    morning.drop_guards()
    morning.conn.execute("delete from change where n = 4")
    morning.conn.execute("update change set n = n - 1 where n > 4")
    assert morning.flaws() == [("chain", "change", "4")]


def test_two_rows_that_changed_places_are_found(morning):
    morning.drop_guards()
    for before, after in ((4, -4), (5, 4), (-4, 5)):
        morning.conn.execute("update change set n = ? where n = ?", (after, before))
    assert morning.flaws() == [("chain", "change", "4")]


def test_a_tail_that_was_cut_off_is_noticed_against_the_head_that_was_kept(morning):
    """P-25: a shorter chain is whole, but it does not hold yesterday's anchor."""
    anchor = morning.verify().head
    morning.arrive("Binta", "11:00")
    assert anchor in {row.chain for _, row in rows(morning.conn)}
    morning.drop_guards()
    morning.conn.execute("delete from change where n >= (select n from change where chain = ?)", (anchor,))
    rebuild(morning.conn)
    verdict = morning.verify()
    assert verdict.flaws == ()
    assert verdict.head != anchor
    assert anchor not in {row.chain for _, row in rows(morning.conn)}


def test_verify_names_a_projection_that_was_changed_by_hand(morning):
    (event,) = morning.ask("select id from attendance_event where kind = 'left'")
    morning.conn.execute("update attendance_event set at = '2022-11-03 11:00:00.000000' where id = ?", event)
    assert morning.flaws() == [("extra", "attendance_event", *event), ("missing", "attendance_event", *event)]


def test_verify_names_a_row_that_never_came_from_the_log(morning):
    morning.conn.execute("insert into participant (id, first_name) values ('nobody', 'Nobody')")
    assert morning.flaws() == [("extra", "participant", "nobody")]


def test_verify_names_a_row_that_the_log_has_and_the_table_has_not(morning):
    person = morning.person("Zoé")
    morning.conn.execute("delete from participant where id = ?", (person,))
    assert morning.flaws() == [("missing", "participant", person)]


def test_verify_says_no_more_than_it_is_asked_for(morning):
    morning.conn.executemany("insert into corner (id) values (?)", [(f"c{number}",) for number in range(50)])
    assert len(morning.verify().flaws) == 20


@pytest.mark.parametrize("step", [-1, 0])
def test_verify_names_a_row_whose_order_does_not_go_on(morning, step):
    """Only somebody who chains by hand can write one."""
    n, last = list(rows(morning.conn))[-1]
    forged = replace(last, id="f" * 32, hlc=last.hlc + step, kind="test.done")
    forged = replace(forged, chain=link(last.chain, forged))
    columns = ", ".join(asdict(forged))
    marks = ", ".join("?" * len(asdict(forged)))
    morning.conn.execute(f"insert into change ({columns}) values ({marks})", tuple(asdict(forged).values()))
    assert morning.flaws() == [("clock", "change", str(n + 1))]
