"""Who of the team may do what, both ways: what the grid says, and "no" for everything else (P-19, P-20)."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, is_dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from importlib import import_module
from typing import ClassVar

import pytest
from team_desk import come

import models
from models import accounts, marking
from models.assessment.group import GroupPictureOf
from models.assessment.observing import Observe
from models.assessment.reading import AssessmentsOf, ResultFor
from models.cards import CodesOf, EndCodes, NewCard, NewShortCode, RevokeCards
from models.documents import CertificateFor, DocumentMade
from models.finding import WhoIs
from models.log import Author, record
from models.marking import Mark, MarkEverybody, MarkPerson
from models.merging import Merge, Separate
from models.orientation import Orient, OrientationsOf
from models.path.page import NotePage
from models.path.path import PathOf
from models.requests import At, NotAllowed, Request, colleague, run
from models.rights import PERSONAL, RIGHTS, Action, may
from models.seeing import SeeRoster
from models.words import PARTICIPANT, ROLES, Role

GRID = """
                    facilitator  staff  coordinator  technician  participant
see_roster          yes          yes    no           no          no
mark                yes          yes    no           no          no
correct             yes          yes    no           no          no
admit               yes          yes    no           no          no
see_to_calls        yes          yes    no           no          no
see_person          yes          yes    no           no          no
give_card           yes          yes    no           no          no
merge               yes          yes    no           no          no
orient              yes          yes    no           no          no
see_assessment      yes          yes    no           no          no
observe             yes          yes    no           no          no
see_group           yes          yes    no           no          no
see_path            yes          yes    no           no          no
note_page           yes          yes    no           no          no
see_equipment       yes          yes    no           yes         no
lend                yes          yes    no           no          no
keep_equipment      no           yes    no           yes         no
settle              yes          yes    no           no          no
print_sheet         yes          yes    no           no          no
print_certificate   yes          yes    no           no          no
any_day             no           yes    no           no          no
see_day             no           yes    no           no          no
see_ready           yes          yes    no           yes         no
settle_refused      no           yes    no           no          no
see_report          no           yes    yes          no          no
see_network         no           no     yes          no          no
export_report       no           yes    yes          no          no
erase               no           yes    no           no          no
close_kiosk         yes          yes    yes          yes         no
"""

HEAD, *LINES = (line.split() for line in GRID.strip().splitlines())
EXPECTED = {
    (action, role): word == "yes" for action, *words in LINES for role, word in zip(HEAD, words, strict=True)
}

NAMES = {"see_roster", "mark", "correct", "admit", "see_to_calls", "see_person", "give_card", "merge"}
NAMES |= {
    "see_path",
    "note_page",
    "see_assessment",
    "observe",
    "orient",
    "lend",
    "settle",
    "print_sheet",
    "print_certificate",
    "erase",
}
"""Actions that show somebody's name."""


# ---- the table


@pytest.mark.parametrize(("action", "role"), EXPECTED)
def test_a_role_may_what_the_grid_says_and_nothing_else(action, role):
    """P-19, both ways."""
    assert may(role, Action(action)) is EXPECTED[action, role]


def test_the_grid_has_every_action_and_every_role():
    """A new action or role is nobody's until somebody has decided about it here."""
    assert {action for action, *_ in LINES} == {str(action) for action in Action}
    assert set(HEAD) == {*ROLES, PARTICIPANT}
    assert set(RIGHTS) == set(Action)


@pytest.mark.parametrize("role", ["", "admin", "STAFF", "staff ", "system", PARTICIPANT])
def test_a_role_that_is_not_in_the_table_may_nothing(role):
    assert not any(may(role, action) for action in Action)


@pytest.mark.parametrize("role", ROLES)
def test_an_action_that_is_not_in_the_table_is_nobodys(role, monkeypatch):
    assert not may(role, "erase_everything")
    monkeypatch.delitem(RIGHTS, Action.MARK)
    assert not may(role, Action.MARK)


def test_whoever_looks_after_devices_or_figures_sees_no_names():
    """P-23"""
    for role in (Role.TECHNICIAN, Role.COORDINATOR):
        assert not any(may(role, Action(action)) for action in NAMES)


def test_what_names_somebody_is_locked_while_the_kiosk_is_silent():
    assert {str(action) for action in PERSONAL} >= NAMES


# ---- the requests


def requests() -> list[type[Request]]:
    """Every request of the program, also one that no screen asks for yet."""
    for module in pkgutil.walk_packages(models.__path__, "models."):
        if ".migrations" not in module.name:
            import_module(module.name)
    found, waiting = [], [Request]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found += [kind for kind in below if kind.__module__.startswith("models.")]
    return found


def test_every_request_names_an_action_of_the_table():
    """Without one it could not be refused."""
    assert {MarkPerson, MarkEverybody} <= set(requests())
    assert [kind.__name__ for kind in requests() if getattr(kind, "action", None) not in RIGHTS] == []


@dataclass(frozen=True, slots=True)
class Note(Request[str]):
    """What the tests ask for: it writes a row, and says who asked."""

    action: ClassVar[Action] = Action.MARK
    half_day_id: str = ""

    def do(self, at: At) -> str:
        record(at.conn, at.author, "test.noted", "test", "x", {})
        return at.colleague.name


@dataclass(frozen=True, slots=True)
class Close(Note):
    """What every role may."""

    action: ClassVar[Action] = Action.CLOSE_KIOSK


class Team:
    """A corner with an account of each role."""

    def __init__(self, corner) -> None:
        self.corner = corner
        self.ids = {}
        for role in Role:
            account = accounts.add(corner.conn, corner.author("2022-10-01 09:00"), f"A {role}", role, "hash")
            self.ids[role] = account.id

    def asks(self, who: str, request: Request, when: str = "09:00") -> object:
        """What somebody is answered, in a transaction as the kiosk's."""
        corner, staff_id = self.corner, self.ids.get(who, who)
        with corner.transaction():
            return run(corner.conn, replace(corner.desk, actor=staff_id), staff_id, corner.at(when), request)

    def is_refused(self, who: str, request: Request, when: str = "09:00") -> bool:
        """Refused, and nothing has been written."""
        before = self.corner.projections(), self.corner.log()
        try:
            self.asks(who, request, when)
        except NotAllowed:
            assert (self.corner.projections(), self.corner.log()) == before
            return True
        return False


@pytest.fixture
def team(corner) -> Team:
    return Team(corner)


@pytest.mark.parametrize("role", Role)
def test_a_request_is_done_for_whoever_may_and_refused_to_everybody_else(team, role):
    """P-19, both ways: and what is done is signed by who asked."""
    assert team.is_refused(role, Note()) is not EXPECTED["mark", role]
    assert team.asks(role, Close()) == f"A {role}"
    (last,) = team.corner.ask("select actor from change order by n desc limit 1")
    assert last == (team.ids[role],)


@pytest.mark.parametrize("who", ["", "nobody", PARTICIPANT, "system"])
def test_an_unknown_account_may_nothing(team, who):
    assert team.is_refused(who, Close())


def test_a_closed_account_may_nothing_from_the_moment_on_in_which_it_is_closed(team):
    """Also where somebody is still signed in with it."""
    assert not team.is_refused(Role.FACILITATOR, Note())
    accounts.close(team.corner.conn, team.corner.author("09:01"), "A facilitator")
    assert team.is_refused(Role.FACILITATOR, Note())
    assert team.is_refused(Role.FACILITATOR, Close())
    assert colleague(team.corner.conn, team.ids[Role.FACILITATOR]) is None


def test_another_role_counts_from_the_next_request_on(team):
    assert team.is_refused(Role.TECHNICIAN, Note())
    accounts.give_role(team.corner.conn, team.corner.author("09:01"), "A technician", Role.FACILITATOR)
    assert not team.is_refused(Role.TECHNICIAN, Note())


# ---- the half-days in reach


REACH = {
    "2022-11-01 13:00": False,
    "2022-11-02 08:30": True,
    "2022-11-03 13:00": True,
    "2022-11-04 13:00": True,
    "2022-11-05 08:30": False,
}


@pytest.mark.parametrize("start", REACH)
def test_a_facilitator_reaches_yesterday_today_and_tomorrow_and_staff_every_day(team, start):
    """P-20, at the first and the last minute of a local day."""
    half_day = team.corner.book("Binta", start=start)
    for when in ("00:00", "23:59"):
        assert team.is_refused(Role.FACILITATOR, Note(half_day), when) is not REACH[start]
        assert not team.is_refused(Role.STAFF, Note(half_day), when)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STAFF])
def test_nobody_reaches_a_half_day_of_another_corner(team, role):
    """P-20"""
    assert team.is_refused(role, Note(team.corner.book("Binta", place="mons")))


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STAFF])
def test_nobody_reaches_a_half_day_that_is_not_known_or_has_no_time(team, role):
    assert team.is_refused(role, Note("x" * 32))
    fields = {"corner_id": "charleroi", "programme": "awareness"}
    record(team.corner.conn, team.corner.author(), "half_day.set", "half_day", "y" * 32, {"set": fields})
    assert team.is_refused(role, Note("y" * 32))


# ---- the people in reach


def about(person: str) -> list[Request]:
    """Every request about a person that names no half-day."""
    hash_ = "ab" * 32
    return [
        CodesOf(person),
        NewCard(person),
        NewShortCode(person),
        EndCodes(person, ()),
        RevokeCards(person, "lost"),
        Orient(person, "course-24"),
        OrientationsOf(person),
        Separate(person, "wrong_person"),
        CertificateFor(person),
        DocumentMade("certificate", person, hash_, date(2022, 11, 1), date(2022, 11, 3)),
        DocumentMade("card", person, hash_),
        DocumentMade("result", person, hash_),
        AssessmentsOf(person),
        PathOf(person),
        NotePage(person, made=True),
        ResultFor(person, "x" * 32),
        Observe("x" * 32, person, seen=True),
        PathOf(person),
        NotePage(person, made=True),
    ]


def test_every_request_about_a_person_without_a_half_day_is_among_them():
    """A new one goes by the reach of P-20, unless it says otherwise, as ``WhoIs`` does."""
    named = set()
    for kind in requests():
        fields = {one.name for one in dataclass_fields(kind)} if is_dataclass(kind) else set()
        if fields & {"person_id", "walk_in_id", "subject_id"} and "half_day_id" not in fields:
            named.add(kind.__name__)
    nobodys = {"WhoIs", "SeeErasure", "ErasePerson"}  # of who they are; of no facilitator at all
    assert named == {type(request).__name__ for request in about("x")} | nobodys
    assert {request.about for request in about("x")} == {"x"}


@pytest.mark.parametrize("start", REACH)
def test_a_facilitator_reaches_the_people_of_yesterday_today_and_tomorrow_and_staff_everybody(team, start):
    """P-20: of nobody else a card, an orientation or a certificate, nor who they were merged with."""
    team.corner.book("Binta", start=start)
    for request in about(team.corner.person("Binta")):
        for when in ("00:00", "23:59"):
            assert team.is_refused(Role.FACILITATOR, request, when) is not REACH[start], request
            assert not team.is_refused(Role.STAFF, request, when)


@pytest.mark.parametrize("person", ["nobody", "x" * 32])
def test_a_facilitator_reaches_nobody_who_is_not_known(team, person):
    for request in about(person):
        assert team.is_refused(Role.FACILITATOR, request)


def test_a_facilitator_reaches_nobody_of_another_corner_alone(team):
    """P-20"""
    team.corner.book("Binta", place="mons")
    for request in about(team.corner.person("Binta")):
        assert team.is_refused(Role.FACILITATOR, request)


def test_whose_booking_was_cancelled_is_in_reach(team):
    """They may have come all the same."""
    team.corner.book("Binta", status="cancelled")
    assert not team.is_refused(Role.FACILITATOR, CodesOf(team.corner.person("Binta")))


def test_whoever_was_noted_without_a_booking_is_in_reach(team):
    """Also after the event was taken back: it is in the log of that half-day."""
    corner = team.corner
    half_day, far = corner.book("Hoa"), corner.book("Binta", start="2022-10-03 08:30")
    assert half_day != far
    assert team.is_refused(Role.FACILITATOR, CodesOf(corner.person("Binta")))
    row = corner.note("arrived", "Binta", half_day, "08:31")
    corner.note("annulled", "Binta", half_day, "08:35", annuls=f"{row.origin}:{row.seq}")
    assert not team.is_refused(Role.FACILITATOR, CodesOf(corner.person("Binta")))


def test_of_a_walk_in_and_who_they_were_the_known_person_is_in_reach_through_both(team):
    """And a walk-in only by their own: what was merged a month ago is not taken apart today."""
    corner = team.corner
    corner.book("Binta", start="2022-10-03 08:30")
    half_day, known = corner.book("Hoa"), corner.person("Binta")
    guest = come(corner)
    assert team.is_refused(Role.FACILITATOR, CodesOf(known))
    assert team.asks(Role.FACILITATOR, Merge(half_day, guest, known)) is None
    assert not team.is_refused(Role.FACILITATOR, CodesOf(known))
    late = "2022-11-24 09:00"
    corner.book("Binta", start="2022-11-24 08:30")
    assert not team.is_refused(Role.FACILITATOR, CodesOf(known), late)
    assert team.is_refused(Role.FACILITATOR, Separate(guest, "wrong_person"), late)
    assert team.asks(Role.FACILITATOR, Separate(guest, "wrong_person"), "2022-11-04 23:59") is None


def test_reach_goes_by_the_days_of_the_calendar_also_where_a_day_has_25_hours(team):
    """P-20: 24 hours before the last one of 30 October 2022 it is 30 October still."""
    half_day = team.corner.book("Binta", start="2022-10-29 08:30")
    last = "2022-10-30 23:30"
    assert not team.is_refused(Role.FACILITATOR, Note(half_day), last)
    assert not team.is_refused(Role.FACILITATOR, CodesOf(team.corner.person("Binta")), last)
    assert [one.id for one in team.asks(Role.FACILITATOR, SeeRoster(), last).half_days] == [half_day]


def test_anybody_is_found_to_be_added(team):
    """Who they are is all that is told of them before they are on a list."""
    team.corner.book("Binta", start="2022-10-03 08:30")
    who = team.asks(Role.FACILITATOR, WhoIs(team.corner.person("Binta")))
    assert who.name == "Binta O."


def test_a_mark_out_of_reach_is_refused_and_one_in_reach_is_noted(team):
    """The same with a request of the program itself."""
    far, near = team.corner.book("Binta", start="2022-11-07 08:30"), team.corner.book("Binta")
    person = team.corner.person("Binta")
    assert team.is_refused(Role.FACILITATOR, MarkPerson(far, person, Mark.PRESENT), "08:40")
    assert team.is_refused(Role.COORDINATOR, MarkPerson(near, person, Mark.PRESENT), "08:40")
    marked = team.asks(Role.FACILITATOR, MarkPerson(near, person, Mark.PRESENT), "08:40")
    assert isinstance(marked, marking.Marked)
    assert marked.people == (person,)


@pytest.mark.parametrize("start", REACH)
def test_a_group_is_in_reach_as_its_half_day_is_and_the_corner_for_the_team(team, start):
    """P-20, P-23"""
    half_day = team.corner.book("Binta", start=start)
    assert team.is_refused(Role.FACILITATOR, GroupPictureOf(half_day)) is not REACH[start]
    assert not team.is_refused(Role.FACILITATOR, GroupPictureOf())
    assert not team.is_refused(Role.STAFF, GroupPictureOf(half_day))
    for role in (Role.COORDINATOR, Role.TECHNICIAN):  # looked at before and after somebody, it tells them
        assert team.is_refused(role, GroupPictureOf())


def test_the_author_of_a_request_is_its_colleague(team):
    """Whatever actor the desk was given."""
    corner = team.corner
    at = At(corner.conn, corner.desk, colleague(corner.conn, team.ids[Role.STAFF]), corner.at("09:00"))
    assert at.author == Author(corner.kiosk_id, team.ids[Role.STAFF], corner.at("09:00"))
