"""What a self-assessment comes to: kept first and then shown; to take along as a code or on paper."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kiosk.crash_net import place_of
from kiosk.paper_along import PaperAlong
from kiosk.point import SCRUBS, Point, PointKeeping
from kiosk.side import hears
from screens.assessment.messages import (
    GoOnWanted,
    NextStepWanted,
    PrintWanted,
    ResultDone,
    ResultWanted,
    StopWanted,
    TakeAwayWanted,
)

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.paper_side import PaperSide
    from models.answers import Person
    from models.arrival import Desk
    from models.assessment.draft import Draft
    from models.assessment.shown import Shown
    from models.connection import Connection

log = logging.getLogger("kiosk")


class PointResult(PointKeeping):
    """The result, and what comes after it."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self._paper = PaperAlong(app)

    @hears(ResultWanted)
    def _finish(self) -> None:
        """Everything has been said: keep it, and only then show what it came to."""
        self._come_to(final=True)

    @hears(StopWanted)
    def _stop(self) -> None:
        """Enough for now: what it comes to so far; it is final by "Terminé"."""
        if self.point is None or self.point.draft is None:
            return
        if self.point.draft.begun:
            self._come_to(final=False)
        else:
            self.app.go_home()

    def _come_to(self, *, final: bool) -> None:
        point, desk = self.point, self.app._desk
        if point is None or point.draft is None or desk is None or point.finished:
            return
        if final:
            self.point = replace(point, finished=True)
        draft, person, now = point.draft, point.person, self.app.clock.now()
        stores = person is not None and final

        def rule(conn: Connection) -> Shown:
            from assets.assessment import thresholds
            from models.assessment.shown import shown

            if stores and person is not None and draft.begun:
                _take(conn, desk, person.id, draft, now)
            name = person.name if person is not None else ""
            return shown(conn, desk.corner_id, name, draft, thresholds(), now)

        asked = self.app.database.write(rule) if stores else self.app.database.read(rule)
        failed = partial(self._not_kept, point, stores=stores)
        self.app._then(asked, partial(self._show_result, point), failed)

    def _show_result(self, point: Point, found: Shown, *, failed: bool = False) -> None:
        from screens.assessment.opening import OpeningScreen
        from screens.assessment.result import ResultScreen

        now = self.point
        if now is None or now.person != point.person or now.draft != point.draft:
            return  # somebody else stands there, or has gone on
        self.point = replace(now, shown=found, failed=failed)
        self.hush()
        if now.finished:
            if not failed:
                self._scrub(SCRUBS)
            # What was said is final: the way back leads out.
            self.back_to(OpeningScreen)
            self.app._back()
        self.app._open_screen(ResultScreen(*self.app._frame(), found))

    @hears(NextStepWanted)
    def _next_step(self) -> None:
        from models.assessment.draft import Part
        from screens.assessment.next_step import Kept, NextStepScreen

        point = self.point
        if point is None or point.shown is None or point.draft is None:
            return
        if point.person is None:
            kept = Kept.NOTHING
        elif point.failed:
            kept = Kept.FAILED
        else:
            kept = Kept.YES if point.finished else Kept.WHEN_DONE
        further = point.finished and not point.failed and point.draft.part is Part.CORE
        asks = point.person is not None and self.app.known_person == point.person
        self.app._open_screen(
            NextStepScreen(*self.app._frame(), point.shown, kept=kept, offers_further=further, asks=asks)
        )

    def _not_kept(self, point: Point, error: BaseException, *, stores: bool) -> None:
        """The result is theirs all the same; where it was to be stored, it says that it is not."""
        from assets.assessment import thresholds
        from models.assessment.shown import Shown, result_of

        log.error("assessment not %s: %s", "kept" if stores else "read", place_of(error))
        if point.draft is not None:
            name = point.person.name if point.person is not None else ""
            found = result_of(point.draft, thresholds())
            shown = Shown(found, point.draft.checks, self.app.clock.now(), name)
            self._show_result(point, shown, failed=stores)

    @hears(GoOnWanted)
    def _go_on(self) -> None:
        from screens.assessment.question import QuestionScreen

        self.back_to(QuestionScreen)
        self.app._idle.watch()

    @hears(ResultDone)
    def _done(self) -> None:
        """A result in part is final when its person says that they are done, and once it is stored."""
        point, desk, now = self.point, self.app._desk, self.app.clock.now()
        if point is None or desk is None or point.person is None or point.finished or point.failed:
            self.app.go_home()
            return

        def stored(_: None) -> None:
            self._scrub(SCRUBS)
            if self.point is point:
                self.app.go_home()

        def failed(error: BaseException) -> None:
            log.error("assessment not kept: %s", place_of(error))
            if self.point is point:
                self.point = replace(point, failed=True)
                self.app._back()
                self._next_step()

        if point.draft is not None:
            self.app._then(
                self.app.database.write(_take, desk, point.person.id, point.draft, now), stored, failed
            )

    # ---- taking it along

    @hears(TakeAwayWanted)
    def _take_away(self) -> None:
        from kiosk.text_code import largest_that_fits
        from screens.assessment.take_away import TakeAwayScreen
        from screens.assessment.take_away_text import take_away_texts

        if self.point is None or self.point.shown is None:
            return
        code = partial(largest_that_fits, take_away_texts(self.point.shown, self.app.language))
        self.app._open_screen(TakeAwayScreen(*self.app._frame(), code, can_print=self.app.papers.prints))

    @hears(PrintWanted)
    def _print_wanted(self) -> None:
        from kiosk.paper.result import result_pdf
        from screens.assessment.take_away import TakeAwayScreen

        screen, point = self.app.screen, self.point
        if isinstance(screen, TakeAwayScreen) and point is not None and (found := point.shown) is not None:
            corner_name, language = self.app.front.look.corner_name, screen.language
            self._paper.wanted(
                screen,
                lambda now: result_pdf(found, corner_name=corner_name, made_at=now, language=language),
                partial(self._note_paper, point.person),
            )

    def _note_paper(self, person: Person | None, conn: Connection, data: bytes, now: datetime) -> None:
        """The row of the log that says that a paper was made (P-24); without a card it says nothing more."""
        import hashlib

        from models.connection import body_time
        from models.log import Author, record
        from models.words import PARTICIPANT

        if self.app._desk is None:
            return
        author = Author(self.app._desk.kiosk_id, PARTICIPANT, now)
        # There are few results: a hash of nobody's would still say which one it was.
        hash_ = hashlib.sha256(data).hexdigest() if person is not None else ""
        whose = person.id if person is not None else ""
        body = {"at": body_time(now), "what": "result", "hash": hash_}
        record(conn, author, "document.made", "document", whose, body, subject=whose or None)


def _take(conn: Connection, desk: Desk, person_id: str, draft: Draft, now: datetime) -> None:
    """Keep what a person has said."""
    from models.assessment.taking import take
    from models.log import Author
    from models.words import PARTICIPANT

    take(conn, Author(desk.kiosk_id, PARTICIPANT, now), desk.corner_id, person_id, draft)
