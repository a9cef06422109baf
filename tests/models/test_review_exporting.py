"""Who may take a report along, and what the log keeps of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models import accounts
from models.projections import rebuild
from models.requests import NotAllowed, run
from models.review.exporting import EXPORTED, Exported, ReportExported
from models.review.period import Kind, period_of
from models.words import Role

NOVEMBER = period_of(Kind.MONTH, date(2022, 11, 1))
WITHIN = Exported(NOVEMBER, "xlsx", 12, "ab" * 32, masked=False)
OUTSIDE = replace(WITHIN, masked=True)

MAY = {
    Role.FACILITATOR: (),
    Role.STAFF: (WITHIN, OUTSIDE),
    Role.COORDINATOR: (OUTSIDE,),
    Role.TECHNICIAN: (),
}


def taken(corner, role: Role, what: Exported) -> bool:
    """Whether somebody of a role may; who may not leaves no row."""
    who = accounts.add(corner.conn, corner.author("08:00"), f"A {role} {what.masked}", role, "hash").id
    before = corner.log()
    try:
        with corner.transaction():
            run(corner.conn, replace(corner.desk, actor=who), who, corner.at("09:00"), ReportExported(what))
    except NotAllowed:
        assert corner.log() == before
        return False
    ((kind, entity, actor),) = corner.ask("select kind, entity_id, actor from change order by n desc limit 1")
    assert (kind, entity, actor) == (EXPORTED, corner.desk.corner_id, who)
    return True


@pytest.mark.parametrize("role", Role)
def test_a_role_takes_along_what_it_may_and_nothing_else(corner, role):
    """P-21, P-23"""
    assert tuple(what for what in (WITHIN, OUTSIDE) if taken(corner, role, what)) == MAY[role]


def test_a_row_of_it_names_nobody_and_changes_no_table(corner):
    """P-24"""
    assert taken(corner, Role.STAFF, WITHIN)
    ((subject, body),) = corner.ask(f"select subject, body from change where kind = '{EXPORTED}'")
    assert not subject
    assert '"rows":12' in body.replace(" ", "") and WITHIN.hash in body
    after = corner.projections()
    assert WITHIN.hash not in str(after)
    rebuild(corner.conn)
    assert corner.projections() == after
    assert corner.flaws() == []
