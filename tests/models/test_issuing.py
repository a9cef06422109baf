"""Issuing cards and codes: a new one replaces the one before, and nothing in clear stays behind."""

import pytest

from models import issuing
from models.codes import Form, read_code
from models.projections import open_writes


def issue(corner, form, *names, when="2022-11-02 16:30"):
    """Issue without revoking: the moment between the printer and the second step."""
    ids = [corner.person(name) for name in names]
    with corner.transaction():
        return issuing.issue(corner.conn, corner.author(when), corner.desk.key, form, ids)


def answers(corner, *codes):
    return [corner.show(code.letters, "08:20").answer for code in codes]


@pytest.mark.parametrize("form", Form)
def test_what_was_issued_opens_the_door(corner, form):
    half_day = corner.book("Łukasz", room="2", language="de")
    (code,) = issue(corner, form, "Łukasz")
    assert read_code(code.letters).shape == form
    assert (code.name, code.last_name, code.language) == ("Łukasz W.", "Wiśniewski", "de")
    assert [(sitting.id, sitting.room) for sitting in code.half_days] == [(half_day, "2")]
    assert answers(corner, code) == ["welcome"]


@pytest.mark.parametrize("form", Form)
def test_the_old_code_works_until_it_is_revoked_and_never_after(corner, form):
    """P-10: a full disk between the two steps locks nobody out; a revoked code is refused at once."""
    corner.book("Hoa", "Kofi")
    (old,) = issue(corner, form, "Hoa")
    (new,) = issue(corner, form, "Hoa")
    assert new.earlier == (old.id,)
    assert answers(corner, old, new) == ["welcome", "already_here"]
    with corner.transaction():
        issuing.revoke(corner.conn, corner.author("08:19"), new.earlier)
    assert answers(corner, old, new) == ["unknown", "already_here"]
    assert issue(corner, form, "Hoa")[0].earlier == (new.id,)


def test_revoking_twice_is_no_conflict(corner):
    corner.book("Hoa")
    (code,) = issue(corner, Form.CARD, "Hoa")
    for when in ("08:00", "08:10"):
        issuing.revoke(corner.conn, corner.author(when), [code.id])
    assert len(open_writes(corner.conn, code.id)["revoked_at"]) == 1


def test_card_and_short_code_live_side_by_side(corner):
    corner.book("Hoa")
    (card,) = issue(corner, Form.CARD, "Hoa")
    (short,) = issue(corner, Form.SHORT, "Hoa")
    assert (card.earlier, short.earlier) == ((), ())
    assert answers(corner, card, short) == ["welcome", "already_here"]


def test_a_code_of_another_key_opens_nothing(new_corner):
    """P-09: the file alone, without its key, is worth no card."""
    corner = new_corner()
    corner.book("Hoa")
    with corner.transaction():
        (code,) = issuing.issue(corner.conn, corner.author(), b"k" * 32, Form.CARD, [corner.person("Hoa")])
    assert answers(corner, code) == ["unknown"]
    corner.conn.close()


def test_only_half_days_to_come_are_printed_beside_a_code(corner):
    corner.book("Hoa", start="2022-10-20 08:30")
    corner.book("Hoa", start="2022-11-04 08:30", status="cancelled")
    first, second = corner.book("Hoa"), corner.book("Hoa", start="2022-11-05 08:30")
    (code,) = issue(corner, Form.SHORT, "Hoa")
    assert [sitting.id for sitting in code.half_days] == [first, second]


def test_each_issue_and_each_revocation_is_in_the_log(corner):
    """P-24"""
    corner.book("Hoa", "Kofi")
    before = len(corner.log())
    old = issue(corner, Form.CARD, "Hoa", "Kofi")
    issuing.revoke(corner.conn, corner.author(), [code.id for code in old])
    assert corner.log()[before:] == ["code.set", "code.set", "codes.issued", "code.set", "code.set"]
    assert corner.ask("select count(*) from code where revoked_at is null") == [(0,)]


def test_no_two_people_hold_the_same_short_code_at_the_same_time(corner):
    """Among 3,000 of a million codes about five would be equal by chance; none may be."""
    people = [f"{number:032x}" for number in range(3000)]
    corner.conn.executemany("insert into participant (id) values (?)", [(person,) for person in people])
    with corner.transaction():
        issued = issuing.issue(corner.conn, corner.author(), corner.desk.key, Form.SHORT, people)
    assert len({code.letters for code in issued}) == 3000
    assert corner.ask("select count(distinct digest) from code where revoked_at is null") == [(3000,)]


@pytest.mark.parametrize("step", ["in the WAL", "in the file", "after use and revocation"])
def test_no_code_stands_in_clear_anywhere_on_the_disk(corner_on_disk, step):
    """P-09: every byte of the file and its WAL, for every code that was issued."""
    kiosk = corner_on_disk
    names = ("Binta", "Łukasz", "Zoé", "Hoa", "Tenzin")
    kiosk.book(*names)
    codes = [*issue(kiosk, Form.CARD, *names), *issue(kiosk, Form.SHORT, *names)]
    if step == "after use and revocation":
        assert answers(kiosk, *codes) == ["welcome"] * 5 + ["already_here"] * 5
        issuing.revoke(kiosk.conn, kiosk.author("08:30"), [code.id for code in codes])
        assert answers(kiosk, *codes) == ["unknown"] * 10
    if step != "in the WAL":
        kiosk.conn.execute("pragma wal_checkpoint(truncate)")
    found = kiosk.bytes()
    kiosk.conn.close()
    assert b"Binta" in found
    for code in codes:
        letters = code.letters.encode()
        hidden = [letters, letters.lower(), letters[::-1]]
        assert [form for form in hidden if form in found] == []


def test_the_people_to_invite_are_those_booked_between_two_moments(corner):
    corner.book("Zoé", "Binta")
    corner.book("Binta", start="2022-11-04 08:30")
    corner.book("Kofi", start="2022-11-04 08:30", status="cancelled")
    corner.book("Hoa", start="2022-11-05 08:30")

    def invited(start, end, references=()):
        start, end = start and corner.at(start), end and corner.at(end)
        return issuing.people_to_invite(corner.conn, "charleroi", start=start, end=end, references=references)

    binta, hoa, zoe = (corner.person(name) for name in ("Binta", "Hoa", "Zoé"))
    assert invited("2022-11-03 00:00", "2022-11-04 00:00") == [binta, zoe]
    assert invited("2022-11-04 00:00", "2022-11-05 00:00") == [binta]
    assert invited(None, None) == [binta, zoe, hoa]
    assert invited("2022-11-06 00:00", None) == []
    assert invited(None, None, [corner.reference("Kofi"), "nobody"]) == [corner.person("Kofi")]
    assert issuing.known(corner.conn, ["nobody", corner.reference("Hoa")]) == {corner.reference("Hoa")}
