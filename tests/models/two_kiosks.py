"""Two kiosks of one corner that cannot hear each other for a while, and then tell each other everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from models.log import record
from models.projections import project
from models.registers import set_fields
from models.requests import Request, run
from models.review.conflicts import Conflict, SeeConflicts, SettleConflict

STAFF = "5" * 32


def take_in(corner, rows):
    n = corner.ask("select max(n) from change")[0][0]
    cols = "id, origin, seq, hlc, stamp, kind, entity, entity_id, subject, body, actor, schema_v, redacted, salt, digest, chain"
    for row in rows:
        if corner.ask("select 1 from change where id = ?", row[0]):
            continue
        corner.conn.execute(f"insert into change ({cols}) values ({','.join('?' * 16)})", row)
        if not row[12]:
            project(corner.conn, row[0], row[1], row[5], row[6], row[7], row[10], json.loads(row[9]))


class TwoKiosks:
    """Both begin with what was known before."""

    def __init__(self, new_corner: Callable, order: Callable = list) -> None:
        self.here, self.there = new_corner(), new_corner(kiosk_id="b" * 32)
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

    @staticmethod
    def rows(corner):
        cols = "id, origin, seq, hlc, stamp, kind, entity, entity_id, subject, body, actor, schema_v, redacted, salt, digest, chain"
        return corner.ask(f"select {cols} from change order by n")

    def meet(self) -> None:
        """Tell each other everything."""
        both = [self.rows(corner) for corner in self.kiosks]
        for corner, rows in zip(self.kiosks, reversed(both), strict=True):
            with corner.transaction():
                take_in(corner, self._order(rows))

    def erase(self, corner, name, when):
        with corner.transaction():
            person = corner.person(name)
            record(corner.conn, corner.author(when), "participant.erased", "participant", person, {}, subject=person)
            for c in self.kiosks:
                c.conn.execute("update change set body='', salt='', redacted=1 where subject=? and kind in ('participant.set')", (person,))
                c.conn.execute("delete from participant where id=?", (person,))
                c.conn.execute("delete from register where entity_id=?", (person,))

    def does(self, corner, request: Request, when: str = "13:00"):
        """Do a request as Noor, who may do everything that staff may."""
        with corner.transaction():
            return run(corner.conn, replace(corner.desk, actor=STAFF), STAFF, corner.at(when), request)

    def listed(self, when: str = "13:00") -> tuple[Conflict, ...]:
        """The disagreements, which are the same on both."""
        here, there = (self.does(corner, SeeConflicts(), when) for corner in self.kiosks)
        assert here == there
        return here

    def settle(self, corner, conflict: Conflict, when: str = "13:00", chosen: int = 0) -> bool:
        return self.does(corner, SettleConflict(conflict.key, chosen), when)
