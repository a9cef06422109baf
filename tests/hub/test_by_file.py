"""Files between kiosks: harmless twice, late, or in any order; whatever is wrong with one is one sentence."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import pytest
from stick_kiosks import KEY, START, carrier

from kiosk.sync import by_file, sealed
from kiosk.sync.bundle import UNREADABLE, Bundle, Heading, Page, pieces_of
from kiosk.trouble import Trouble
from models.sync.outbox import Answer, logged, pending
from models.sync.rows import SharedRow
from models.sync.state import FRESH, answered, heard, state_of


@pytest.fixture
def tablet(blank, tmp_path):
    return carrier(blank, "tablette", START, tmp_path)


@pytest.fixture
def desk(blank, tmp_path):
    return carrier(blank, "ordinateur", START + timedelta(hours=1), tmp_path)


def opened(path, key) -> Bundle:
    return Bundle(io.BytesIO(path.read_bytes()), lambda _: key)


def written(path, heading, pages, node_key):
    """A file of the corner, whoever writes it."""
    pieces = pieces_of(heading, pages, node_key)
    by_file.write_sealed(path, sealed.seal(KEY, "charleroi", sealed.new_salt(), pieces))
    return path


def answer(tablet, path, pages, *, at=START, timeline="one", trouble="", by=None):
    """A file as the hub writes it, or somebody else with a key of theirs."""
    heading = Heading(tablet.node, at, timeline, answer=True, trouble=trouble)
    return written(path, heading, pages, (by or tablet).node_key)


def unsent_of(one) -> int:
    return pending(one.conn).number


# ---- what a file brings


def test_what_one_kiosk_wrote_is_on_the_other(tablet, desk):
    tablet.call("p", "Ouarda")
    tablet.come("p")
    received = desk.take(tablet.write())
    assert received.new > 0 and not received.void
    assert desk.tables()["attendance_event"] == tablet.tables()["attendance_event"]
    tablet.take(desk.write())
    assert tablet.log() == desk.log()
    assert tablet.tables() == desk.tables()
    assert tablet.flaws() == desk.flaws() == ()


def test_nothing_counts_as_sent_that_only_a_stick_has_seen(tablet, desk):
    tablet.note(3)
    desk.take(tablet.write())
    assert unsent_of(tablet) == len(tablet.log())
    assert unsent_of(desk) == len(desk.log())


def test_the_same_file_twice_changes_nothing(tablet, desk):
    tablet.note(3)
    path = tablet.write()
    desk.take(path)
    before = desk.stands()
    again = desk.take(path)
    assert (again.new, again.arrived) == (0, 0)
    assert desk.stands() == before


def test_a_new_kiosk_has_everything_from_one_file(blank, tablet, tmp_path):
    """Also what the hub has numbered; its numbers the hub says to each kiosk itself."""
    tablet.call("p", "Wivine")
    tablet.conn.execute("update sync_state set timeline = 'one'")
    tablet.conn.execute("update change set hub_seq = n, stamp = hlc")
    tablet.come("p")
    late = carrier(blank, "neuve", START + timedelta(days=9), tmp_path)
    assert late.take(tablet.write()).new == 3  # its key, that it was written, and the arrival
    fresh = carrier(blank, "autre", START + timedelta(days=9), tmp_path)
    fresh.take(tablet.write(everything=True))
    unnumbered = {id_: (*row[:-2], None, None) for id_, row in tablet.log().items()}
    assert {id_: row for id_, row in fresh.log().items() if id_ in unnumbered} == unnumbered
    assert fresh.tables()["participant"] == tablet.tables()["participant"] != []
    assert state_of(fresh.conn).timeline == "" and unsent_of(fresh) == len(fresh.log())


def test_a_file_is_noted_in_the_log_and_in_itself(tablet, desk):
    """P-24: nothing leaves that is not there."""
    path = tablet.write(everything=True)
    desk.take(path)
    ((body,),) = desk.conn.execute("select body from change where kind = 'sync.handed'").fetchall()
    assert sealed.label_of(io.BytesIO(path.read_bytes())).salt.hex() in body


def test_pages_are_as_long_as_over_the_network(tablet):
    tablet.note(by_file.PAGE + 3)
    pages = [len(page.rows) for page in opened(tablet.write(), tablet.key).pages()]
    assert pages[0] == by_file.PAGE and len(pages) == 2


def test_no_name_is_readable_in_a_file(tablet):
    tablet.call("p", "Ouarda")
    data = tablet.write(everything=True).read_bytes()
    for form in ("utf-8", "utf-16-le", "utf-32-le"):
        assert "Ouarda".encode(form) not in data
    assert base64.b64encode(b"Ouarda")[:6] not in data
    assert tablet.kiosk_id.encode() not in data and b"tablette" not in data


def test_a_file_from_a_drawer_brings_nobody_back_who_was_erased_since(tablet, desk):
    """P-29: whichever comes first, and in no file to come."""
    tablet.call("p", "Ouarda")
    tablet.come("p")
    old = tablet.write()
    tablet.erase("p")
    fresh = tablet.write(everything=True)
    assert all("Ouarda" not in row.row.body for page in opened(fresh, KEY).pages() for row in page.rows)
    paper = tablet.folder / "ordinateur" / "papers" / "certificat-p-1.pdf"
    paper.parent.mkdir(parents=True)
    paper.touch()
    assert desk.take(fresh).erased == ("p",)
    assert not paper.exists()
    desk.take(old)
    tablet.take(old)
    for one in (tablet, desk):
        assert "Ouarda" not in str(one.stands())
        assert len(one.tables()["attendance_event"]) == 1
    assert tablet.flaws() == desk.flaws() == ()


def test_a_file_is_for_its_user_only(tablet):
    """P-33"""
    assert tablet.write().stat().st_mode & 0o077 == 0


# ---- what is wrong with one


def refused(desk, path, sentence: str) -> None:
    """One sentence, and nothing taken."""
    before = desk.stands()
    with pytest.raises(Trouble) as told:
        desk.take(path)
    assert told.value.sentence == sentence
    assert desk.stands() == before


def test_a_file_that_was_cut_brings_nothing(tablet, desk):
    """Not even the pages that are whole."""
    tablet.note(by_file.PAGE + 3)
    path = tablet.write()
    path.write_bytes(path.read_bytes()[:-1])
    refused(desk, path, sealed.DAMAGED)


def test_a_bit_that_flipped_in_the_last_page_brings_nothing(tablet, desk):
    tablet.note(by_file.PAGE + 3)
    path = tablet.write()
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    refused(desk, path, sealed.DAMAGED)


def test_another_corners_file_brings_nothing(blank, desk, tmp_path):
    """Even where its key is the same."""
    refused(desk, carrier(blank, "n", START, tmp_path, corner="mons").write(), by_file.ELSEWHERE)


def test_a_file_of_another_key_brings_nothing(blank, desk, tmp_path):
    refused(desk, carrier(blank, "n", START, tmp_path, key=bytes(32)).write(), sealed.OTHER_KEY)


@pytest.mark.parametrize(("version", "sentence"), [("0", sealed.OLDER), ("2", sealed.NEWER)])
def test_a_file_of_another_format_brings_nothing(tablet, desk, version, sentence):
    path = tablet.write()
    path.write_bytes(path.read_bytes().replace(b'"version":1', f'"version":{version}'.encode()))
    refused(desk, path, sentence)


def test_a_whole_file_with_something_else_in_it_brings_nothing(tablet, desk):
    path = tablet.write()
    for pieces in (
        [b"not json"],
        [b"{}"],
        [b"[" * 9999],
        [*pieces_of(Heading("n", START, ""), [], KEY), b'{"rows":[[1]]}'],
        [*pieces_of(Heading("n", START, ""), [], KEY)][:1],
        [*pieces_of(Heading("n", START, ""), [Page()], KEY)][:2],
        [*pieces_of(Heading("n", START, ""), [], KEY), b'{"proof":1}'],
    ):
        by_file.write_sealed(path, sealed.seal(tablet.key, "charleroi", sealed.new_salt(), pieces))
        refused(desk, path, sealed.DAMAGED)


def test_a_file_that_is_not_there_is_one_sentence(desk, tmp_path):
    for path in (tmp_path / "none", tmp_path, tmp_path / "a\0b"):
        refused(desk, path, UNREADABLE)


def test_a_place_that_cannot_be_written_leaves_what_stood_there(tablet, tmp_path):
    for path in (tmp_path / "no" / "where", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(Trouble) as told:
            by_file.write_file(tablet.joined, path, tablet.now(), everything=False)
        assert told.value.sentence == by_file.UNWRITABLE


def test_a_database_that_fails_leaves_the_file_that_stood_there(tablet):
    path = tablet.write()
    before = path.read_bytes()
    tablet.note(1)
    tablet.database.writes_left = 0
    with pytest.raises(OSError, match="power"):
        by_file.write_file(tablet.joined, path, tablet.now(), everything=False)
    assert path.read_bytes() == before and len(list(path.parent.glob(".kiosk-*"))) == 0


@pytest.mark.parametrize("writes", [0, 1])
def test_whenever_the_power_goes_the_same_file_brings_the_rest(tablet, desk, writes):
    tablet.call("p", "Ngozi")
    tablet.note(by_file.PAGE + 3)
    path = tablet.write()
    desk.database.writes_left = writes
    with pytest.raises(Trouble):
        desk.take(path)
    desk.database.writes_left = -1
    desk.take(path)
    assert set(tablet.log()) < set(desk.log())
    assert desk.flaws() == ()


# ---- answers of the hub


def numbers(tablet, *, stamp=None) -> Page:
    """The hub has every row of a kiosk, in order."""
    found = tablet.conn.execute("select id, n, hlc from change order by n").fetchall()
    return Page(answers=tuple(Answer(id_, n, stamp or hlc) for id_, n, hlc in found))


def test_an_answer_says_what_has_arrived(tablet, tmp_path):
    tablet.note(2)
    known = len(tablet.log())
    received = tablet.take(answer(tablet, tmp_path / "a", [numbers(tablet)]))
    assert received.arrived == known
    assert unsent_of(tablet) == 0
    state = state_of(tablet.conn)
    assert (state.timeline, state.heard_at, state.skew) == ("one", START, None)


def test_an_answer_to_another_kiosk_brings_rows_and_none_of_its_words(tablet, desk, tmp_path):
    tablet.note(1)
    rows = rows_from(tablet, 1)
    desk.note(1)
    first, *others = numbers(desk).answers
    words = Page(rows, (Answer(first.id, None, None, "may_not_erase"), *others), after=0)
    before = desk.stands()
    path = answer(tablet, tmp_path / "a", [words], trouble="revoked")
    received = desk.take(path)
    assert (received.new, received.arrived, received.void) == (len(rows), 0, False)
    assert state_of(desk.conn) == before[2] and unsent_of(desk) == len(desk.log())
    assert not desk.conn.execute("select 1 from change where coalesce(hub_seq, stamp) is not null").fetchall()
    assert pending(desk.conn).refused == 0


def rows_of(one) -> list[SharedRow]:
    """Everything that a kiosk knows."""
    return [row for _, row in logged(one.conn, 999)]


def rows_from(one, first: int) -> tuple[SharedRow, ...]:
    """The same as the hub has numbered it from a number on."""
    return tuple(SharedRow(row.row, row.row.hlc, n) for n, row in enumerate(rows_of(one), first))


def test_the_cursor_passes_no_answer_that_was_lost(tablet, desk, tmp_path):
    rows = rows_from(desk, 1)
    first, second = Page(rows[:2], after=0), Page(rows[2:], after=2)
    tablet.take(answer(tablet, tmp_path / "b", [second]))
    assert state_of(tablet.conn).cursor == 0
    tablet.take(answer(tablet, tmp_path / "a", [first]))
    assert state_of(tablet.conn).cursor == 2
    tablet.take(tmp_path / "b")
    assert state_of(tablet.conn).cursor == len(rows)


def test_an_answer_of_a_hub_with_a_new_life_makes_the_kiosk_begin_again(tablet, tmp_path):
    tablet.take(answer(tablet, tmp_path / "a", [numbers(tablet)]))
    tablet.at += timedelta(hours=1)
    tablet.take(answer(tablet, tmp_path / "b", [], timeline="two", at=tablet.at))
    assert unsent_of(tablet) == len(tablet.log())
    assert state_of(tablet.conn).timeline == "two"


def test_an_answer_from_a_drawer_brings_no_old_life_back(tablet, tmp_path):
    old = answer(tablet, tmp_path / "a", [numbers(tablet)])
    tablet.at += timedelta(hours=1)
    tablet.take(answer(tablet, tmp_path / "b", [], timeline="two", at=tablet.at))
    received = tablet.take(old)
    assert received.void
    assert unsent_of(tablet) == len(tablet.log())
    assert state_of(tablet.conn).timeline == "two"


def test_a_hub_that_says_the_same_again_at_once_wears_no_disk(tablet):
    answered(tablet.conn, START)
    before = tablet.conn.total_changes
    answered(tablet.conn, START + FRESH)
    assert tablet.conn.total_changes == before and state_of(tablet.conn).answered_at == START
    answered(tablet.conn, START + 2 * FRESH)
    assert state_of(tablet.conn).answered_at == START + 2 * FRESH


def test_rows_of_an_old_life_are_taken_without_its_numbers(tablet, desk, tmp_path):
    tablet.at += timedelta(hours=1)
    tablet.take(answer(tablet, tmp_path / "b", [], timeline="two", at=tablet.at))
    rows = rows_from(desk, 1)
    received = tablet.take(answer(tablet, tmp_path / "a", [Page(rows, after=0)]))
    assert received.new == len(rows)
    assert state_of(tablet.conn).cursor == 0
    assert tablet.conn.execute("select count(hub_seq) from change").fetchone() == (0,)


def test_a_refusal_from_a_drawer_refuses_nothing_that_was_taken_since(tablet, tmp_path):
    first, *_ = numbers(tablet).answers
    late = answer(tablet, tmp_path / "a", [Page(answers=(Answer(first.id, None, None, "changed"),))])
    tablet.take(late)
    assert pending(tablet.conn).refused == 1
    tablet.take(answer(tablet, tmp_path / "b", [numbers(tablet)]))
    tablet.take(late)
    assert pending(tablet.conn).refused == 0


def test_a_revoked_kiosk_is_told_in_its_answer(tablet, desk, tmp_path):
    path = answer(tablet, tmp_path / "a", [numbers(tablet)], trouble="revoked")
    desk.take(path)
    assert not state_of(desk.conn).revoked and state_of(desk.conn).answered_at is None
    with pytest.raises(Trouble) as told:
        tablet.take(path)
    assert "retirée" in told.value.sentence
    assert state_of(tablet.conn).revoked and unsent_of(tablet) == 0
    # An older answer, taken once more, does not let it in again.
    tablet.take(answer(tablet, tmp_path / "b", [numbers(tablet)], at=START - timedelta(hours=1)))
    assert state_of(tablet.conn).revoked


def test_the_hubs_stamp_stands_against_a_file_that_does_not_know_it(tablet, desk, tmp_path):
    path = tablet.write()
    desk.take(path)
    desk.take(answer(desk, tmp_path / "a", [numbers(tablet, stamp=7)]))
    desk.take(path)
    found = "select distinct stamp from change where origin = ?"
    assert desk.conn.execute(found, (tablet.kiosk_id,)).fetchall() == [(7,)]


@pytest.mark.parametrize("timeline", ["", "one", "two"])
def test_a_file_that_claims_what_the_hub_has_said_brings_rows_and_nothing_else(
    tablet, desk, tmp_path, timeline
):
    """Neither number nor stamp: whoever has the corner's key could take another's words back."""
    desk.call("p", "Thibault")
    desk.take(answer(desk, tmp_path / "a", [numbers(desk)]))
    desk.call("p", "Ngozi")
    before = desk.stands()
    for n, stamp in enumerate((0, 2**62)):
        rows = tuple(SharedRow(one.row, stamp, 99) for one in rows_of(desk))
        path = tmp_path / f"claim{n}"
        for name in (tablet.node, desk.node):
            claim = Page(rows, (Answer(rows[-1].row.id, 1, stamp),), after=0)
            desk.take(written(path, Heading(name, START, timeline), [claim], tablet.node_key))
        assert desk.stands() == before


# ---- whoever has the corner's key, and no key of their own


def test_a_forged_answer_wipes_nothing(tablet, desk, tmp_path):
    """Every kiosk of the corner can seal one: it must not make another believe that all has arrived."""
    tablet.note(3)
    path = answer(tablet, tmp_path / "a", [numbers(tablet)], trouble="revoked", by=desk)
    refused(tablet, path, by_file.NOT_THE_HUBS)
    assert unsent_of(tablet) == len(tablet.log()) and not state_of(tablet.conn).revoked


def test_a_true_proof_proves_no_other_file(tablet, tmp_path):
    """Neither another answer, nor the kiosk's own word turned into the hub's."""
    pieces = [
        [*pieces_of(Heading(tablet.node, START, "one", answer=said), [page], tablet.node_key)]
        for said, page in ((True, numbers(tablet)), (True, Page()), (False, numbers(tablet)))
    ]
    (heading, page, _), *others = pieces
    for *_, proof in others:
        path = tmp_path / "forged"
        sealed_ = sealed.seal(KEY, "charleroi", sealed.new_salt(), [heading, page, proof])
        by_file.write_sealed(path, sealed_)
        refused(tablet, path, by_file.NOT_THE_HUBS)


def said_of(tablet) -> tuple:
    """What was heard of the hub, beside its numbers."""
    state = state_of(tablet.conn)
    return state.timeline, state.heard_at, state.answered_at, state.revoked, state.trouble


@pytest.mark.parametrize("ahead", [timedelta(minutes=6), timedelta(days=14 * 365)])
def test_an_answer_of_a_time_to_come_says_its_numbers_and_is_no_news(tablet, tmp_path, ahead):
    """Else every later one would be taken for an older."""
    tablet.take(answer(tablet, tmp_path / "a", []))
    before = said_of(tablet)
    received = tablet.take(
        answer(tablet, tmp_path / "b", [numbers(tablet)], at=tablet.at + ahead, trouble="revoked")
    )
    assert received.early and received.arrived == len(tablet.log()) and not received.trouble
    other_life = answer(tablet, tmp_path / "c", [], at=tablet.at + ahead, timeline="two")
    assert tablet.take(other_life).early
    assert said_of(tablet) == before
    near = answer(tablet, tmp_path / "d", [], at=tablet.at + timedelta(minutes=4), timeline="two")
    assert not tablet.take(near).early
    assert state_of(tablet.conn).timeline == "two"


def test_a_first_answer_counts_whatever_the_clock_here_says(tablet, tmp_path):
    at = START + timedelta(days=99)
    assert tablet.take(answer(tablet, tmp_path / "a", [numbers(tablet)], at=at)).early
    assert unsent_of(tablet) == 0 and state_of(tablet.conn).answered_at is None


def test_a_clock_that_is_known_to_be_late_is_reckoned_with(tablet, tmp_path):
    heard(tablet.conn, START, -timedelta(hours=5), revoked=False)
    at = START + timedelta(hours=5)
    assert not tablet.take(answer(tablet, tmp_path / "a", [numbers(tablet)], at=at)).early
    assert state_of(tablet.conn).answered_at == at
