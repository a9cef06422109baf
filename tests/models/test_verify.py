"""Checking the log: what was changed by hand is named, with its place, and nothing is mended in silence."""

import pytest

from models.log import Author, body_digest, link, record, rows
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


@pytest.mark.parametrize("column", ["actor", "kind", "entity_id", "schema_v", "id", "entity", "subject"])
def test_verify_names_a_row_with_another_fact(morning, column):
    morning.drop_guards()
    morning.conn.execute(f"update change set {column} = '9' where n = 4")
    assert morning.flaws() == [("chain", "change", "4")]


@pytest.mark.parametrize(
    ("by_hand", "kind"),
    [
        ("subject = case when subject is null then '' end", "chain"),
        ("kind = cast(kind as blob)", "chain"),
        ("body = cast(body as blob)", "body"),
        ("body = substr(salt, -1) || body, salt = substr(salt, 1, length(salt) - 1)", "body"),
    ],
)
def test_verify_names_a_row_that_only_reads_the_same(morning, by_hand, kind):
    morning.drop_guards()
    morning.conn.execute(f"update change set {by_hand} where n = 4")
    assert morning.flaws() == [(kind, "change", "4")]


def test_verify_names_an_identity_that_wrote_nothing(morning):
    """A kiosk that calls itself by another name forgets its pauses."""
    morning.conn.execute("update identity set kiosk_id = ?", ("9" * 32,))
    assert morning.flaws() == [("identity", "identity", "9" * 32)]


def test_verify_says_when_the_file_itself_is_damaged(morning):
    """An index that has lost its rows answers questions wrongly, and no row of the log shows it."""
    morning.conn.execute("pragma writable_schema = on")
    (elsewhere,) = morning.ask("select rootpage from sqlite_master where name = 'booking_by_half_day'")
    morning.conn.execute("update sqlite_master set rootpage = ? where name = 'code_by_person'", elsewhere)
    assert morning.conn.execute("pragma writable_schema = reset").fetchall() == []
    assert morning.flaws() == [("file", "", "")]


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
    assert morning.flaws() == [("gap", "change", "4")]
    morning.conn.execute("update change set seq = seq - 1 where n >= 4")
    assert morning.flaws() == [("chain", "change", "4")]


def test_two_rows_that_changed_places_are_found(morning):
    morning.drop_guards()
    for before, after in ((4, -4), (5, 4), (-4, 5)):
        morning.conn.execute("update change set n = ? where n = ?", (after, before))
    assert morning.flaws() == [("gap", "change", "4")]


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
    forged = last._replace(id="f" * 32, seq=last.seq + 1, hlc=last.hlc + step, kind="test.done")
    forged = forged._replace(chain=link(last.chain, forged))
    columns = ", ".join(forged._asdict())
    marks = ", ".join("?" * len(forged._asdict()))
    morning.conn.execute(f"insert into change ({columns}) values ({marks})", tuple(forged._asdict().values()))
    assert morning.flaws() == [("clock", "change", str(n + 1))]


def test_verify_names_a_number_that_is_there_twice(morning):
    """A copy of the file was used beside it: both went on as the same kiosk."""
    n, last = list(rows(morning.conn))[-1]
    other = last._replace(id="f" * 32, hlc=last.hlc + 1)
    columns = ", ".join(other._asdict())
    marks = ", ".join("?" * len(other._asdict()))
    morning.conn.execute(f"insert into change ({columns}) values ({marks})", tuple(other._asdict().values()))
    assert morning.flaws() == [("fork", "change", str(n + 1))]


def test_rows_of_another_kiosk_between_ours_break_nothing(morning):
    """Each chain is walked by its own kiosk's numbers, whatever came between."""
    other = Author("e" * 32, "sam", morning.at("11:00"))
    for _ in range(3):
        record(morning.conn, other, "test.done", "kiosk", other.kiosk_id, {})
        record(morning.conn, morning.author("11:00"), "test.done", "kiosk", morning.kiosk_id, {})
    assert morning.flaws() == []
    assert morning.ask("select seq from change where origin = ? order by n", other.kiosk_id) == [
        (1,),
        (2,),
        (3,),
    ]


def test_verify_names_a_body_that_nobody_was_asked_to_erase(morning):
    """Emptying a row by hand is no erasure: that one names its person in the log."""
    (n,) = morning.ask("select min(n) from change where subject = ?", morning.person("Zoé"))
    morning.conn.execute("update change set body = '', salt = '', redacted = 1 where n = ?", n)
    assert morning.flaws() == [("erased", "change", str(*n))]


def test_an_erasure_that_names_its_person_is_no_flaw(morning):
    """P-29: the bodies are gone, the chain is whole, and the others are still proved."""
    morning.erase("Zoé")
    assert morning.flaws() == []
    rebuild(morning.conn)
    assert morning.flaws() == []
    assert not any("Zoé" in body or "FX-015" in body for (body,) in morning.ask("select body from change"))
    known = "select first_name, last_name, reference from participant where id = ?"
    assert morning.ask(known, morning.person("Zoé")) == [("", None, "")]


@pytest.mark.parametrize(
    ("by_hand", "what"),
    [
        ("drop trigger change_is_not_deleted", ("trigger change_is_not_deleted", "missing")),
        ("drop index code_by_person", ("index code_by_person", "missing")),
        ("create table more (x)", ("table more", "extra")),
        ("create view more as select 1", ("view more", "extra")),
        (
            "create trigger forget after insert on change begin delete from booking; end",
            ("trigger forget", "extra"),
        ),
        (
            "create trigger code_by_person after insert on change begin delete from booking; end",
            ("trigger code_by_person", "extra"),
        ),
        ("insert into alembic_version values ('0000')", ("version", "changed")),
        ("alter table booking add column more", ("table booking", "changed")),
    ],
)
def test_verify_names_a_changed_schema(morning, by_hand, what):
    """A guard that is missing, or one that somebody put there."""
    morning.conn.execute(by_hand)
    assert morning.flaws() == [("schema", *what)]
