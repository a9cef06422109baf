"""Two kiosks of one corner that cannot hear each other for a while, and then tell each other everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from models.erasing import follow
from models.registers import set_fields
from models.requests import Request, run
from models.review.apart.facts import Conflict
from models.review.conflicts import SeeConflicts, SettleConflict
from models.sync.outbox import unsent
from models.sync.taking import take_in

STAFF = "5" * 32


class TwoKiosks:
    """Both begin with what was known before, and with an account of staff."""

    def __init__(self, new_corner: Callable, order: Callable = list) -> None:
        self.here, self.there = new_corner(), new_corner(kiosk_id="b" * 32)
        self.there.conn.execute("update identity set kiosk_id = ?", (self.there.kiosk_id,))
        self._order = order
        """In which order each tells the other what it knows."""
        with self.here.transaction():
            values = {"name": "Noor", "role": "staff", "pin": ""}
            set_fields(self.here.conn, self.here.author(), "staff_member", STAFF, values, new=True)
        self.meet()

    @property
    def kiosks(self):
        return self.here, self.there

    def close(self) -> None:
        for corner in self.kiosks:
            corner.conn.close()

    def meet(self, when: str = "12:45") -> None:
        """Tell each other everything, also what the other knows already, until nothing is new."""
        before: list[int] = []
        while before != (before := [len(corner.log()) for corner in self.kiosks]):
            said = [[row for _, row in unsent(corner.conn, 10_000)] for corner in self.kiosks]
            for corner, rows in zip(self.kiosks, reversed(said), strict=True):
                with corner.transaction():
                    take_in(corner.conn, self._order(rows), corner.at(when))
                    follow(corner.conn, corner.author(when))

    def does(self, corner, request: Request, when: str = "13:00"):
        """Do a request as Noor, who may do everything that staff may."""
        with corner.transaction():
            return run(corner.conn, replace(corner.desk, actor=STAFF), STAFF, corner.at(when), request)

    def listed(self, when: str = "13:00") -> tuple[Conflict, ...]:
        """The disagreements, which are the same on both."""
        here, there = (self.does_list(corner, when) for corner in self.kiosks)
        assert here == there
        return here

    def does_list(self, corner, when: str = "13:00") -> tuple[Conflict, ...]:
        return self.does(corner, SeeConflicts(), when).open

    def settle(self, corner, conflict: Conflict, when: str = "13:00", chosen: int = 0) -> bool:
        return self.does(corner, SettleConflict(conflict.key, chosen), when)
