"""The team's side: behind the PIN, each request is asked with the question whether this person may."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from assets.languages import local
from kiosk.full_screen import LEFT
from kiosk.rooms import Front
from kiosk.visits import Visits
from screens.messages import CloseWanted, LeaveWanted
from screens.staff.messages import StaffAsks, StaffOpens

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.screen import Screen

    from kiosk.clock import Clock
    from kiosk.database import Database
    from models.connection import Connection
    from models.requests import Colleague, Request
    from screens.staff.frame import StaffScreen

LOOK_AGAIN = 0.4
"""Seconds between two looks at whether anybody, here or at another kiosk, has changed something."""


class StaffSide(Visits, inherit_bindings=False):
    """Who is signed in, what their screens ask, and what has changed meanwhile."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._staff_id = ""
        """Who of the team is signed in."""
        self._role = ""
        """What they were when they signed in; every request asks anew, only closing the kiosk goes by it."""
        self._last_change = 0
        """The number of the newest row of the log that the screens know."""
        self._looking = False

    @property
    def staff_frame(self) -> tuple[str, str, str]:
        """What every screen of the team is told first: their language is the corner's."""
        return self.front.look.corner_name, self.front.look.language, self.front.banner

    def open_staff_side(self, staff_id: str) -> None:
        """Somebody has signed in: show what their role may see."""
        from models.requests import colleague
        from models.review.day import is_running
        from models.rights import Action, may

        self._close_screens()
        self._staff_id = staff_id
        desk, now = self._desk, self.clock.now()

        def found(conn: Connection) -> tuple[Colleague | None, bool]:
            running = desk is not None and is_running(conn, desk.corner_id, desk.policy, now)
            return colleague(conn, staff_id), running

        def opened(read: tuple[Colleague | None, bool]) -> None:
            who, running = read
            if who is None or self._staff_id != staff_id or self.screen is not self.reception:
                return
            self._role = who.role
            if may(who.role, Action.SEE_DAY) and not running:
                from screens.staff.day_review import DayScreen

                # Before the doors and in the evening the day; while people are in, whoever leads them.
                self._open_screen(DayScreen(self.staff_frame, who.name))
            elif may(who.role, Action.SEE_ROSTER):
                from screens.staff.roster import RosterScreen

                reviews = may(who.role, Action.SEE_DAY)
                self._open_screen(RosterScreen(self.staff_frame, who.name, reviews=reviews))
            elif may(who.role, Action.SEE_REPORT):
                from kiosk.sync.coordinator import sees_network
                from models.review.period import Kind, period_of
                from screens.staff.period import PeriodScreen

                month = period_of(Kind.MONTH, local(now).date()).before
                sees = may(who.role, Action.SEE_NETWORK) and sees_network(self.home)
                outside = PeriodScreen(
                    self.staff_frame,
                    on=month.first,
                    outside=True,
                    may_close=self._may_close(),
                    network_on=local(now).date() if sees else None,
                )
                self._open_screen(outside)
            elif may(who.role, Action.SEE_EQUIPMENT):
                from screens.staff.equipment import EquipmentScreen

                self._open_screen(EquipmentScreen(self.staff_frame, may_close=self._may_close()))
            elif self._may_close():
                self._ask_to_close_kiosk()
            else:
                self._staff_id = self._role = ""
            self._look_again()

        self._then(self.database.read(found), opened, self._cannot)

    @on(CloseWanted)
    def _ask_to_close_kiosk(self) -> None:
        from screens.leave import LeaveScreen
        from screens.staff.frame import StaffScreen

        if self._may_close():
            self._open_screen(LeaveScreen(*self.staff_frame))
        elif isinstance(self.screen, StaffScreen):
            self.screen.say(self.screen.translate("Votre compte ne permet pas cela."))

    @on(LeaveWanted)
    def _leave(self) -> None:
        if self._may_close():
            self.exit(LEFT)

    def _may_close(self) -> bool:
        """Whether whoever is signed in may close the kiosk: also where the database can not be asked."""
        from models.rights import Action, may

        return bool(self._staff_id) and may(self._role, Action.CLOSE_KIOSK)

    # ---- requests

    @on(StaffAsks)
    def _staff_asks(self, message: StaffAsks) -> None:
        screen = message.screen
        asked = [request for request in (message.request, message.then) if request is not None]
        future = self.staff_does(*asked)
        if future is None:
            return

        def answered(results: list[Any]) -> None:
            for request, result in zip(asked, results, strict=True):
                self._clean_up_after(request, result)
                if _stands(screen, self.screen_stack):
                    screen.heard()
                    screen.answered(request, result)

        self._then(future, answered, partial(self.not_done, screen, message.request))

    def _clean_up_after(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (as the answers)
        """An erasure leaves the disk to be seen to, beside whoever is at the kiosk."""
        from models.erasing import ErasePerson

        if isinstance(request, ErasePerson) and result:
            from kiosk.erasing import leave_no_trace

            clean = partial(leave_no_trace, self.database, result)
            self.run_worker(clean, thread=True, exit_on_error=False)

    def not_done(self, screen: StaffScreen, request: Request[Any], error: BaseException) -> None:
        """Tell a screen that what it asked for has not been done."""
        from models.requests import NotAllowed, Silent

        if _stands(screen, self.screen_stack):
            if isinstance(error, Silent):
                screen.silenced()
            elif isinstance(error, NotAllowed):
                screen.refused(request)
            else:
                screen.failed(request)

    def staff_does(self, *requests: Request[Any]) -> Future[list[Any]] | None:
        """Do requests as whoever is signed in, all in one transaction; ``None`` where nobody is."""
        if self._desk is None or not self._staff_id:
            return None
        return self.done_by(self._staff_id, *requests)

    def done_by(self, staff_id: str, *requests: Request[Any]) -> Future[list[Any]]:
        """Do requests as somebody who was signed in when they wanted them, all in one transaction.

        Raises:
            RuntimeError: the database is not open.
        """
        from models.requests import run

        if self._desk is None:
            raise RuntimeError("not open")
        desk, now = replace(self._desk, actor=staff_id), self.clock.now()

        def done(conn: Connection) -> list[Any]:
            return [run(conn, desk, staff_id, now, request) for request in requests]

        writes = any(request.writes for request in requests)
        return self.database.write(done) if writes else self.database.read(done)

    @on(StaffOpens)
    def _staff_opens(self, message: StaffOpens) -> None:
        if self._staff_id:
            self._open_screen(message.screen)

    # ---- what has changed meanwhile

    def _look_again(self) -> None:
        """Look from time to time, as long as somebody of the team is signed in."""
        if self._staff_id and not self._looking:
            self._looking = True
            self._then(self.database.read(_newest, self._staff_id), self._looked, self._not_looked)

    def _looked(self, seen: tuple[int, str]) -> None:
        from screens.staff.frame import StaffScreen

        self._looking = False
        newest, still_open = seen
        if self._staff_id and still_open != self._staff_id:
            self.go_home()  # the account has been closed meanwhile
            return
        if newest != self._last_change:
            self._last_change = newest
            for screen in self.screen_stack:
                if isinstance(screen, StaffScreen) and not screen.wiped:
                    screen.changed()
        if self._staff_id:
            self.after(LOOK_AGAIN, self._look_again)

    def _not_looked(self, _: BaseException) -> None:
        self._looking = False
        if self._staff_id:
            self.after(LOOK_AGAIN, self._look_again)

    # ---- the end of the sign-in

    def _close_screens(self) -> None:
        """The team's sign-in ends with its screens (P-18)."""
        self._staff_id = self._role = ""
        super()._close_screens()

    def pop_screen(self) -> AwaitComplete:
        """It ends too where the last of them goes by itself, or by a failure."""
        gone = super().pop_screen()
        if len(self.screen_stack) <= 2:
            self._staff_id = self._role = ""
        return gone


def _newest(conn: Connection, staff_id: str) -> tuple[int, str]:
    """The number of the newest row of the log, and the account while it is open."""
    (newest,) = conn.execute("select coalesce(max(n), 0) from change").fetchone()
    still = conn.execute("select id from staff_member where id = ? and closed_at is null", (staff_id,))
    return newest, (still.fetchone() or ("",))[0]


def _stands(screen: StaffScreen, stack: Sequence[Screen[Any]]) -> bool:
    """Whether somebody still looks at a screen, or will again."""
    return screen in stack and not screen.wiped
