"""What somebody holds, a new one, and an end to the one before."""

from dataclasses import replace

import pytest
from team_desk import ask

from models.cards import CodesOf, EndCodes, NewCard, NewShortCode, RevokeCards
from models.codes import Form
from models.person import SeePerson
from models.requests import NotAllowed
from models.words import REVOCATIONS, Answer, Role


def held(corner, name="Hoa"):
    return ask(corner, CodesOf(corner.person(name)))


def test_what_somebody_holds_is_told_without_its_letters(corner):
    corner.book("Hoa")
    assert held(corner).codes == ()
    card = corner.issue("Hoa", when="2022-11-02 16:30")
    code = corner.issue("Hoa", Form.SHORT, when="2022-11-02 16:40")
    holding = held(corner)
    assert (holding.name, holding.reference) == ("Hoa N.", corner.reference("Hoa"))
    assert [(one.form, one.issued_at) for one in holding.codes] == [
        (Form.CARD, corner.at("2022-11-02 16:30")),
        (Form.SHORT, corner.at("2022-11-02 16:40")),
    ]
    assert card not in repr(holding)
    assert code not in repr(holding)


@pytest.mark.parametrize(("asked", "form"), [(NewCard, Form.CARD), (NewShortCode, Form.SHORT)])
def test_the_one_before_works_until_the_new_one_is_safe(corner, asked, form):
    corner.book("Hoa")
    old = corner.issue("Hoa", form)
    new = ask(corner, asked(corner.person("Hoa")), "08:25")
    assert (new.form, new.name, len(new.earlier)) == (form, "Hoa N.", 1)
    assert corner.show(old, "08:26").answer == Answer.WELCOME
    assert ask(corner, EndCodes(corner.person("Hoa"), new.earlier)) == 1
    assert corner.show(old, "08:28").answer == Answer.UNKNOWN
    assert corner.show(new.letters, "08:29").answer == Answer.ALREADY_HERE
    assert [one.id for one in held(corner).codes] == [new.id]


def test_a_code_of_another_key_is_not_held_and_ends_with_the_others(corner):
    """It opens nothing, so it is not shown as a card that works; put the old key back and it stays ended."""
    half_day, key = corner.book("Hoa"), corner.desk.key
    lost = corner.issue("Hoa")
    corner.desk = replace(corner.desk, key=bytes(32))
    assert corner.show(lost, "08:20").answer == Answer.UNKNOWN
    assert held(corner).codes == ()
    assert ask(corner, SeePerson(half_day, corner.person("Hoa"))).card is None
    new = ask(corner, NewCard(corner.person("Hoa")), "08:25")
    assert [one.id for one in held(corner).codes] == [new.id]
    assert ask(corner, SeePerson(half_day, corner.person("Hoa"))).card == corner.at("08:25")
    assert ask(corner, EndCodes(corner.person("Hoa"), new.earlier)) == 1
    corner.desk = replace(corner.desk, key=key)
    assert corner.show(lost, "08:26").answer == Answer.UNKNOWN


def test_a_card_that_never_came_out_is_taken_back_and_the_one_before_stays(corner):
    corner.book("Hoa")
    old = corner.issue("Hoa")
    new = ask(corner, NewCard(corner.person("Hoa")), "08:25")
    assert ask(corner, EndCodes(corner.person("Hoa"), (new.id,))) == 1
    assert corner.show(new.letters, "08:28").answer == Answer.UNKNOWN
    assert corner.show(old, "08:29").answer == Answer.WELCOME


def test_a_revoked_card_opens_nothing_and_the_row_says_who_and_why(corner):
    """P-10: told nothing about the person; P-24: an audit row with actor and reason."""
    corner.book("Hoa")
    card, code = corner.issue("Hoa"), corner.issue("Hoa", Form.SHORT)
    assert ask(corner, RevokeCards(corner.person("Hoa"), "lost"), "08:25") == 1
    outcome = corner.show(card, "08:26")
    assert (outcome.answer, outcome.person) == (Answer.UNKNOWN, None)
    assert corner.type(code, "08:27").answer == Answer.WELCOME
    assert corner.ask(
        "select actor, subject, json_extract(body, '$.reason') from change where kind = 'cards.revoked'"
    ) == [("facilitator", corner.person("Hoa"), "lost")]
    assert corner.flaws() == []


def test_nothing_to_end_is_nothing_done(corner):
    corner.book("Hoa", "Kofi")
    corner.issue("Hoa")
    mine = held(corner).codes[0].id
    log = corner.log()
    assert ask(corner, RevokeCards(corner.person("Kofi"), "lost")) == 0
    assert ask(corner, RevokeCards(corner.person("Hoa"), "because")) == 0
    assert ask(corner, EndCodes(corner.person("Kofi"), (mine,))) == 0
    assert ask(corner, NewCard("0" * 32), role=Role.STAFF) is None
    assert ask(corner, CodesOf("0" * 32), role=Role.STAFF) is None
    assert [kind for kind in corner.log() if kind != "staff_member.set"] == [
        kind for kind in log if kind != "staff_member.set"
    ]


@pytest.mark.parametrize("reason", REVOCATIONS)
def test_every_reason_of_the_list_ends_a_card(corner, reason):
    corner.book("Hoa")
    corner.issue("Hoa")
    assert ask(corner, RevokeCards(corner.person("Hoa"), reason)) == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_who_may_not_gives_no_card(corner, role):
    """P-19."""
    corner.book("Hoa")
    person = corner.person("Hoa")
    for request in (CodesOf(person), NewCard(person), NewShortCode(person), RevokeCards(person, "lost")):
        with pytest.raises(NotAllowed):
            ask(corner, request, role=role)
