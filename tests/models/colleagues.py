"""Somebody of the team who asks for something, as the team's screens do."""

from dataclasses import replace

from models.registers import set_fields
from models.requests import Request, run


def hire(corner, role: str) -> str:
    """Open an account of a role; returns its id, which is the role's name."""
    with corner.transaction():
        values = {"name": "Noor", "role": role, "pin": ""}
        set_fields(corner.conn, corner.author(), "staff_member", role, values, new=True)
    return role


def asks(corner, role: str, request: Request, when: str):
    """What a request of somebody of this role answers at a moment."""
    if not corner.ask("select 1 from staff_member where id = ?", role):
        hire(corner, role)
    with corner.transaction():
        return run(corner.conn, replace(corner.desk, actor=role), role, corner.at(when), request)
