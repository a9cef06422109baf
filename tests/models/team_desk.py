"""What somebody of the team asks for at a corner's desk, and who comes to it without a booking."""

from models.registers import set_fields
from models.requests import run
from models.walk_in import Guest, walk_in
from models.words import Role


def ask(corner, request, when="09:00", role=Role.FACILITATOR):
    """Do a request as the colleague of a role, whose account is made where it is not there yet."""
    at = corner.at(when)
    with corner.transaction():
        if not corner.ask("select 1 from staff_member where id = ?", str(role)):
            account = {"name": role.capitalize(), "role": role, "pin": ""}
            set_fields(corner.conn, corner.author(), "staff_member", str(role), account, new=True)
        return run(corner.conn, corner.desk, str(role), at, request)


def come(corner, name="Zoé", when="08:20"):
    """Somebody comes without a booking; returns their id."""
    with corner.transaction():
        guest = Guest(name, "jobseeker", "fr")
        return walk_in(corner.conn, corner.desk, guest, corner.at(when)).person.id
