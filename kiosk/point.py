"""A self-assessment under way: whose it is, and what is kept of it meanwhile.

Without a card nothing is stored. With one each answer is kept at once, for whoever stood there when it
began and for nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from kiosk.reading_aloud import ReadingAloud
from screens.assessment.messages import EraseWanted
from screens.messages import BackWanted

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.database import Database
    from kiosk.rooms import Front
    from models.answers import Person
    from models.assessment.draft import Draft
    from models.assessment.shown import Shown
    from models.connection import Connection

SCRUBS = 30
"""How often, a second apart, what was called off is tried to be taken from the disk altogether."""


@dataclass(frozen=True, slots=True)
class Point:
    """A self-assessment under way, and whose it is."""

    person: Person | None
    """Who showed a card before; nobody's answers are kept."""
    draft: Draft | None = None
    """What was said; ``None`` before it has begun."""
    unfinished: Draft | None = None
    """What this person broke off earlier today."""
    before: frozenset[str] = frozenset()
    """What they answered the first time."""
    starter: int = 0
    """Which of the questions that count for nothing is asked."""
    shown: Shown | None = None
    """The result, once there is one."""
    finished: bool = False
    """Whether the result is final."""
    failed: bool = False
    """Whether it could not be kept."""


class PointKeeping(ReadingAloud, inherit_bindings=False):
    """Keeps what was said, and forgets it."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._point: Point | None = None

    def _keep(self) -> None:
        """Keep what was said so far, for this person's card; nobody waits for it."""
        point = self._point
        if point is None or point.person is None or point.draft is None:
            return

        def rule(conn: Connection, person_id: str, draft: Draft) -> None:
            from models.assessment.unfinished import keep_unfinished

            keep_unfinished(conn, person_id, draft, now)

        now = self.clock.now()
        kept = self.database.write(rule, point.person.id, point.draft)
        self._then(kept, lambda _: None, lambda _: None)

    def _forget_unfinished(self, point: Point) -> None:
        """What was said leaves no trace on the disk."""
        if point.person is None:
            return
        person_id = point.person.id

        def rule(conn: Connection) -> None:
            from models.assessment.unfinished import forget_unfinished

            forget_unfinished(conn, person_id)

        self._then(self.database.write(rule), lambda _: self._scrub(SCRUBS), lambda _: None)

    def _scrub(self, tries: int) -> None:
        """Empty what the database remembers of its last writes; somebody may be reading there."""

        def scrubbed(done: bool) -> None:
            if not done and tries > 1:
                self.after(1, partial(self._scrub, tries - 1))

        self._then(self.database.scrub(), scrubbed, lambda _: None)

    def forget_old(self) -> None:
        """A new day: what was not finished on its own is gone."""

        def rule(conn: Connection) -> None:
            from models.assessment.unfinished import forget_old

            forget_old(conn, now)

        now = self.clock.now()
        self._then(self.database.write(rule), lambda _: self._scrub(SCRUBS), lambda _: None)

    @on(EraseWanted)
    def _erase(self) -> None:
        if self._point is not None and not self._point.finished:
            self._forget_unfinished(self._point)
            self._point = None
        self.go_home()

    @on(BackWanted)
    def _out_of_the_opening(self) -> None:
        """Whoever goes back over the beginning has called it off."""
        from screens.assessment.opening import OpeningScreen

        if isinstance(self.screen, OpeningScreen) and self._point is not None:
            if self._point.draft is not None:
                self._forget_unfinished(self._point)
            self._point = None

    def _forget(self) -> None:
        """Also where screens are made anew after a failure."""
        self._point = None
        super()._forget()

    def _close_screens(self) -> None:
        """Whoever stood there has gone, and what they said with them."""
        self._point = None
        super()._close_screens()

    def _back_to(self, kind: type) -> None:
        """Take away what stands over a screen of this kind, where there is one."""
        from screens.public import PublicScreen

        if not any(isinstance(screen, kind) for screen in self.screen_stack):
            return
        while not isinstance(self.screen, kind):
            if isinstance(self.screen, PublicScreen):
                self.screen.wipe()
            self.pop_screen()
