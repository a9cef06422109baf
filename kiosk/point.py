"""A self-assessment under way: whose it is, and what is kept of it meanwhile.

Of somebody whom the kiosk has not greeted nothing is stored. Of the others each answer is kept at once, for
whoever stood there when it began and for nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kiosk.reading_aloud import ReadingAloud
from kiosk.side import hears
from screens.assessment.messages import CallOffWanted, EraseWanted

if TYPE_CHECKING:
    from kiosk.paper_side import PaperSide
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
    """Who was greeted before, by card, code or name; nobody else's answers are kept."""
    draft: Draft | None = None
    """What was said; ``None`` before it has begun."""
    unfinished: Draft | None = None
    """What this person broke off earlier today."""
    before: frozenset[str] = frozenset()
    """What they answered the first time."""
    resumed: bool = False
    """Whether it goes on from what was broken off: going back over the beginning does not undo that."""
    starter: int = 0
    """Which of the questions that count for nothing is asked."""
    shown: Shown | None = None
    """The result, once there is one."""
    finished: bool = False
    """Whether the result is final."""
    failed: bool = False
    """Whether it could not be kept."""


class PointKeeping(ReadingAloud):
    """Keeps what was said, and forgets it."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self.point: Point | None = None

    def _keep(self) -> None:
        """Keep what was said so far, for this person's card; nobody waits for it."""
        point = self.point
        if point is None or point.person is None or point.draft is None:
            return

        def rule(conn: Connection, person_id: str, draft: Draft) -> None:
            from models.assessment.unfinished import keep_unfinished

            keep_unfinished(conn, person_id, draft, now)

        now = self.app.clock.now()
        kept = self.app.database.write(rule, point.person.id, point.draft)
        self.app._then(kept, lambda _: None, lambda _: None)

    def _forget_unfinished(
        self,
        point: Point,
        done: Callable[[], None] = lambda: None,
        failed: Callable[[BaseException], None] = lambda _: None,
    ) -> None:
        """What was said leaves no trace on the disk; ``done`` or ``failed`` tell what became of it."""
        if point.person is None:
            done()
            return
        person_id = point.person.id

        def rule(conn: Connection) -> None:
            from models.assessment.unfinished import forget_unfinished

            forget_unfinished(conn, person_id)

        def gone(_: None) -> None:
            self._scrub(SCRUBS)
            done()

        self.app._then(self.app.database.write(rule), gone, failed)

    def _scrub(self, tries: int) -> None:
        """Empty what the database remembers of its last writes; somebody may be reading there."""

        def scrubbed(done: bool) -> None:
            if not done and tries > 1:
                self.app.after(1, partial(self._scrub, tries - 1))

        self.app._then(self.app.database.scrub(), scrubbed, lambda _: None)

    @hears(EraseWanted)
    def _erase(self) -> None:
        """Home only once it is done; where it cannot be, somebody has to be called."""
        point = self.point
        if point is None or point.finished:
            self.app.go_home()
            return

        def erased() -> None:
            if self.point is point:
                self.app.go_home()

        self._forget_unfinished(point, erased, self.app._cannot)

    @hears(CallOffWanted)
    def _call_off(self) -> None:
        """Whoever goes back over the beginning has called it off."""
        point = self.point
        if point is not None and point.draft is not None and point.draft.begun and not point.resumed:
            self._forget_unfinished(point)
        self.point = None
        self.hush()
        self.app._back()

    def gone(self) -> None:
        """Whoever stood there has gone, and what they said with them."""
        self.point = None
        super().gone()
