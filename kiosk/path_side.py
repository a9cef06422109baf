"""Mon parcours: what the kiosk shows of somebody's path, and what they ask for from there.

Only for whoever has shown a card or given a code: a name that was touched may be somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from assets.facts import corners
from kiosk.paper_along import PaperAlong
from kiosk.side import Side, hears
from screens.messages import PathWanted, PlaceWanted
from screens.path.messages import (
    DateWanted,
    NextWanted,
    OtherDatesWanted,
    PageWanted,
    PathPrintWanted,
    PlaceAsked,
    RequestTakenBack,
    SiteWanted,
    StepSaid,
)

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.paper_side import PaperSide
    from models.answers import Person, Sitting
    from models.arrival import Desk
    from models.connection import Connection
    from models.path.path import Path
    from models.places import Asked, Edition


class PathSide(Side):
    """The path of whoever stands there, and what belongs to it."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self.path: Path | None = None
        """As it was read last; of the person who stands there."""
        self._asking = False
        """Whether something is on its way to the database: another touch wants the same."""
        self._paper = PaperAlong(app)

    def gone(self) -> None:
        """Whoever stood there has gone."""
        self.path = None
        self._asking = False

    def _whom(self) -> tuple[Person, Desk] | None:
        """Who stands there and may see what is kept of them, and at which desk."""
        person, desk = self.app.known_person, self.app._desk
        return (person, desk) if person is not None and desk is not None else None

    # ---- the path

    @hears(PathWanted)
    def _path_wanted(self) -> None:
        if self.app.screen is self.app.reception:
            self._read(self._show_path)

    def _show_path(self) -> None:
        from screens.path.steps import PathScreen

        if self.path is not None and self.app.screen is self.app.reception:
            self.app._open_screen(PathScreen(*self.app._frame(), self.path))

    def _read(self, then: Callable[[], None]) -> None:
        """Read the path anew, and go on where the same person still stands there."""
        whom = self._whom()
        if whom is None:
            return
        person, desk = whom

        def rule(conn: Connection, now: datetime) -> Path | None:
            from models.path.path import path_of

            return path_of(conn, person.id, desk.policy, now)

        def done(path: Path | None) -> None:
            if self.app.known_person == person:
                self.path = path
                then()

        # On the reader: whatever it takes, no arrival waits for it.
        self.app._then(self.app.database.read(rule, self.app.clock.now()), done, self.app._cannot)

    @hears(NextWanted)
    def _next_wanted(self) -> None:
        from screens.path.next import PathNextScreen

        if self.path is not None:
            self.app._open_screen(PathNextScreen(*self.app._frame(), self.path))

    # ---- to take along

    @hears(DateWanted)
    def _date_wanted(self) -> None:
        from kiosk.text_code import largest_that_fits
        from screens.path.calendar_text import calendar_texts
        from screens.path.codes import DateScreen

        sitting = self.path.next if self.path is not None else None
        if sitting is None:
            return
        language, now = self.app.language, self.app.clock.now()
        texts = calendar_texts(sitting, self._corner_of(sitting), now, language)
        code = partial(largest_that_fits, texts)
        self.app._open_screen(DateScreen(*self.app._frame(), code, sitting))

    def _corner_of(self, sitting: Sitting) -> str:
        corner = corners().get(sitting.corner_id)
        return corner.name if corner else self.app.front.look.corner_name

    @hears(SiteWanted)
    def _site_wanted(self) -> None:
        from assets.page_steps import forem_site
        from kiosk.text_code import largest_that_fits
        from screens.path.codes import SiteScreen

        if self.path is not None:
            code = partial(largest_that_fits, (forem_site(),))
            can_print = self.app.papers.prints
            self.app._open_screen(SiteScreen(*self.app._frame(), code, can_print=can_print))

    @hears(PathPrintWanted)
    def _print_wanted(self) -> None:
        from kiosk.paper.path import path_pdf
        from screens.path.codes import SiteScreen

        screen, path = self.app.screen, self.path
        if isinstance(screen, SiteScreen) and path is not None:
            corner_name, language = self.app.front.look.corner_name, screen.language
            self._paper.wanted(
                screen,
                lambda now: path_pdf(path, corner_name=corner_name, made_at=now, language=language),
                partial(self._note_paper, path.person.id),
            )

    def _note_paper(self, person_id: str, conn: Connection, data: bytes, now: datetime) -> None:
        """The row of the log that says that a paper was made (P-24)."""
        import hashlib

        from models.documents import PATH, document_made
        from models.log import Author
        from models.words import PARTICIPANT

        if self.app._desk is not None:
            author = Author(self.app._desk.kiosk_id, PARTICIPANT, now)
            document_made(conn, author, PATH, person_id, hashlib.sha256(data).hexdigest())

    # ---- the page on the Forem site

    @hears(PageWanted)
    def _page_wanted(self) -> None:
        from screens.path.page import PageScreen

        if self.path is not None:
            self.app._open_screen(PageScreen(*self.app._frame(), self.path.page.ticked))

    @hears(StepSaid)
    def _step_said(self, message: StepSaid) -> None:
        whom = self._whom()
        if whom is None:
            return
        person, desk = whom

        def rule(conn: Connection, now: datetime) -> None:
            from models.log import Author
            from models.path.page import tick
            from models.words import PARTICIPANT

            tick(conn, Author(desk.kiosk_id, PARTICIPANT, now), person.id, message.step, done=message.done)

        written = self.app.database.write(rule, self.app.clock.now())
        self.app._then(written, lambda _: self._read(self._show_again), self.app._cannot)

    def _show_again(self) -> None:
        """The screens below say it too."""
        from screens.path.next import PathNextScreen
        from screens.path.steps import PathScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, PathScreen | PathNextScreen) and self.path is not None:
                screen.show(self.path)

    # ---- asking for a place

    @hears(PlaceWanted)
    def _place_wanted(self, message: PlaceWanted) -> None:
        whom = self._whom()
        if whom is None or self._asking:
            return
        (person, desk), first = whom, message.programme
        self._asking = True

        def rule(conn: Connection, now: datetime) -> tuple[Edition, ...]:
            from models.orientation import orientations
            from models.places import open_to

            decided = next(iter(orientations(conn, person.id)), None)
            wanted = (first, decided.programme if decided else "")
            found = open_to(conn, desk, person.id, now)
            return tuple(sorted(found, key=lambda one: (one.programme not in wanted, one.first.starts_at)))

        def done(found: tuple[Edition, ...]) -> None:
            from screens.path.places import PlaceScreen

            self._asking = False
            if self.app.known_person == person:
                self.app._open_screen(PlaceScreen(*self.app._frame(), found, person.id))

        self.app._then(self.app.database.read(rule, self.app.clock.now()), done, self._not_asked)

    @hears(PlaceAsked)
    def _place_asked(self, message: PlaceAsked) -> None:
        whom = self._whom()
        if whom is None or self._asking:
            return
        person, desk = whom
        self._asking = True

        def rule(conn: Connection, now: datetime) -> Asked:
            from models.places import ask_for_place

            return ask_for_place(conn, desk, person.id, message.half_day_id, now)

        def done(asked: Asked) -> None:
            from screens.path.places import AskedScreen, PlaceScreen

            self._asking = False
            if self.app.known_person != person:
                return
            self._read(self._show_again)
            if isinstance(self.app.screen, PlaceScreen):
                self.app._back()  # what could be asked for is not true any more
                self.app._open_screen(AskedScreen(*self.app._frame(), asked))
                return
            for screen in self.app.screen_stack:  # somebody has called for help meanwhile
                if isinstance(screen, PlaceScreen) and asked.edition is not None:
                    screen.renew(asked.edition)

        self.app._then(self.app.database.write(rule, self.app.clock.now()), done, self._not_asked)

    @hears(RequestTakenBack)
    def _request_taken_back(self, message: RequestTakenBack) -> None:
        whom = self._whom()
        if whom is None or self._asking:
            return
        person, desk = whom
        self._asking = True

        def rule(conn: Connection, now: datetime) -> Edition | None:
            from models.places import take_back_request

            return take_back_request(conn, desk, person.id, message.half_day_id, now)

        def done(edition: Edition | None) -> None:
            from screens.path.places import PlaceScreen

            self._asking = False
            if self.app.known_person != person:
                return
            self._read(self._show_again)
            for screen in self.app.screen_stack:
                if isinstance(screen, PlaceScreen) and edition is not None:
                    screen.renew(edition)

        self.app._then(self.app.database.write(rule, self.app.clock.now()), done, self._not_asked)

    def _not_asked(self, error: BaseException) -> None:
        self._asking = False
        self.app._cannot(error)

    @hears(OtherDatesWanted)
    def _other_dates(self) -> None:
        from models.half_days import coming
        from screens.path.places import PlaceScreen

        whom = self._whom()
        if whom is None:
            return
        person, desk = whom

        def done(dates: tuple[Sitting, ...]) -> None:
            from screens.dates import DatesScreen

            if self.app.known_person == person and isinstance(self.app.screen, PlaceScreen):
                self.app._open_screen(DatesScreen(*self.app._frame(), desk.corner_id, dates))

        read = self.app.database.read(coming, desk.corner_id, self.app.clock.now())
        self.app._then(read, done, self.app._cannot)
