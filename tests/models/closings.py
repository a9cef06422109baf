"""A half-day that is closed by somebody of the team: their requests, and histories of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from models.requests import run
from models.settling import Review, ReviewHalfDay, Settle, Settled
from models.words import Event

START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
"""Half past eight in Charleroi."""

NAMES = ("Binta", "Zoé", "Kofi", "Hoa")
STRANGER = "Tenzin"
"""Nobody's booking, and a file that has not come: only what was noted of them."""


class Team:
    """Somebody of the team before one kiosk."""

    def __init__(self, corner, role: str = "staff") -> None:
        self.corner = corner
        self.id = corner.ask("select id from staff_member")[0][0]
        corner.conn.execute("update staff_member set role = ?", (role,))

    def does(self, request, when: str | datetime = "13:00"):
        """Do a request at a moment, in a transaction as a kiosk does."""
        corner = self.corner
        with corner.transaction():
            return run(corner.conn, corner.desk, self.id, corner.at(when), request)

    def review(self, half_day: str, when: str | datetime = "13:00") -> Review:
        return self.does(ReviewHalfDay(half_day), when)

    def settle(self, half_day: str, when: str | datetime = "13:00") -> Settled:
        """Sign what is seen at that moment."""
        review = self.review(half_day, when)
        return self.does(Settle(half_day, review.figures.hash), when)

    def odd(self, half_day: str, when: str | datetime = "13:00") -> list[tuple[str, str]]:
        """What is open: the word, and whom it is about."""
        return [(one.case.what.value, one.name) for one in self.review(half_day, when).exceptions]


moments = st.integers(-70, 260).map(lambda minutes: START + timedelta(minutes=minutes))

noted = st.tuples(
    st.sampled_from([Event.ARRIVED, Event.ARRIVED, Event.LEFT, Event.EXCUSED, Event.ABSENT, Event.ANNULLED]),
    st.sampled_from([*NAMES, *NAMES, STRANGER]),
    moments,
    st.booleans(),
    st.integers(0, 9),
)
"""An event of somebody: its kind, its time, whether the clock was sure, and which one it annuls."""

histories = st.fixed_dictionaries(
    {
        "statuses": st.lists(
            st.sampled_from(["booked", "booked", "waiting", "cancelled"]), min_size=4, max_size=4
        ),
        "walk_ins": st.integers(0, 2),
        "capacity": st.integers(1, 5),
        "events": st.lists(noted, max_size=10),
        "cancelled": st.sampled_from([False, False, False, True]),
    }
)
"""What became of a half-day for which four people had a booking at some time."""


def played(corner, history) -> str:
    """Let a history happen; returns the half-day's id."""
    from models.walk_in import Guest, walk_in

    half_day = corner.book(*NAMES, capacity=history["capacity"])
    for number in range(history["walk_ins"]):
        with corner.transaction():
            walk_in(corner.conn, corner.desk, Guest("Ana", "jobseeker", "fr"), corner.at(f"08:{40 + number}"))
    ids: list[str] = []
    for kind, name, moment, sure, which in history["events"]:
        more = {} if sure else {"clock_sure": False}
        if kind is Event.ANNULLED:
            if not ids:
                continue
            more["annuls"] = ids[which % len(ids)]
        ids.append(corner.note(kind, name, half_day, moment, **more).id)
    for name, status in zip(NAMES, history["statuses"], strict=True):
        corner.book(name, capacity=history["capacity"], status=status)
    if history["cancelled"]:
        corner.book(capacity=history["capacity"], status="cancelled")
    return half_day
