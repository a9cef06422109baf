"""One person's visit: the ways to arrive, the answers, help, and the way back to the welcome.

Only what is committed is confirmed; another card at any moment closes what was open.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on

from kiosk.crash_net import place_of
from kiosk.rooms import Front, House
from kiosk.trouble import Trouble
from screens.messages import (
    ArrivalWanted,
    AudienceGiven,
    BackWanted,
    CodeTyped,
    DatesWanted,
    DayWanted,
    Finished,
    FirstNameGiven,
    HelpWanted,
    LanguageChosen,
    NameChosen,
    NameConfirmed,
    NamesWanted,
    NextTyping,
    WayWanted,
    Wished,
)
from screens.messages import Way as ChosenWay
from screens.public import PublicScreen
from screens.widgets.poster import Tone

# Rules and screens are imported where they are needed: the welcome paints before.
if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.clock import Clock
    from kiosk.database import Database
    from models.answers import Outcome, Sitting
    from models.arrival import Desk, Wish
    from models.connection import Connection
    from models.names import Found
    from models.words import Way

    Asking = Callable[[Connection, Desk, datetime, Wish | None], Outcome]

log = logging.getLogger("kiosk")


class Visits(House, inherit_bindings=False):
    """What a person can do at the kiosk."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._asked: Asking | None = None
        """The rule that gave the answer, kept while it has something to choose."""
        self._present = ""
        """Whose answer stands there: who calls for help from it."""

    def scanned(self, text: str) -> None:
        """A card was shown, here or on any other screen."""
        from models.words import Way

        self._take(text, Way.CARD)

    # ---- arriving

    @on(CodeTyped)
    def _code_typed(self, message: CodeTyped) -> None:
        from models.words import Way

        self._take(message.letters, Way.CODE, typed=True)

    @on(NextTyping)
    def _next_typing(self) -> None:
        self._forget()

    @on(Wished)
    def _wished(self, message: Wished) -> None:
        if self._asked is not None:
            from models.arrival import Wish

            self._ask(self._asked, Wish(message.half_day_id, join=message.join))

    def _take(self, text: str, way: Way, *, typed: bool = False) -> None:
        """Hand a code to the rule of arriving."""

        def asking(conn: Connection, desk: Desk, now: datetime, wish: Wish | None) -> Outcome:
            from models.arrival import check_in

            return check_in(conn, desk, text, way, now, wish)

        self._ask(asking, typed=typed)

    def _ask(self, asking: Asking, wish: Wish | None = None, *, typed: bool = False) -> None:
        """Ask a rule of arriving; answers come back in the order in which they were asked for."""
        now = self.clock.now()

        def rule(conn: Connection) -> Outcome:
            if self._desk is None:
                raise Trouble("not open")
            return asking(conn, self._desk, now, wish)

        future = self.database.write(rule)
        loop = asyncio.get_running_loop()
        # The writer's thread does not know which app is running; the screens need to.
        context = contextvars.copy_context()

        def back(finished: Future[Outcome]) -> None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._answered, finished, asking, typed, context=context)

        future.add_done_callback(back)

    def _answered(self, finished: Future[Outcome], asking: Asking, typed: bool) -> None:
        """Show the answer, whatever was open before; only what is committed is confirmed."""
        try:
            self._show_answer(finished, asking, typed=typed)
        except Exception as failure:  # outside Textual's own nets: this runs from the event loop
            self._handle_exception(failure)

    def _show_answer(self, finished: Future[Outcome], asking: Asking, *, typed: bool) -> None:
        error = finished.exception()
        answer = None
        if error is None:
            answer = finished.result()
            if self._slipped(answer, typed=typed):
                return
            # Kept only while there is something to choose.
            self._asked = asking if answer.choices or answer.can_join else None
            self._present = answer.person.id if answer.person else ""
        else:
            log.error("not stored: %s", place_of(error))
            self._asked = None
        self._close_screens()
        self._sound(self.reception.answer(answer))
        self.call_after_refresh(self._tell_time)
        self._idle.watch()

    def _slipped(self, answer: Outcome, *, typed: bool) -> bool:
        """A slip of the finger on the pad is said there, and the letters stay to be mended."""
        from models.words import Answer

        if answer.answer is not Answer.MISTYPED:
            return False
        from screens.code_pad import CodePadScreen

        # A card that was misread is no slip of these fingers.
        if not typed or not isinstance(self.screen, CodePadScreen):
            return False
        self.screen.say(self.screen.translate("Une lettre n'est pas juste."))
        self._sound(Tone.WAIT)
        return True

    # ---- the language of this visit

    @on(LanguageChosen)
    def _language_chosen(self) -> None:
        self._tell_time()

    # ---- the ways without a card

    @on(ArrivalWanted)
    def _show_ways(self) -> None:
        from screens.ways import WaysScreen

        self._open_screen(WaysScreen(*self._frame()))

    @on(DayWanted)
    def _show_day_steps(self) -> None:
        from models.half_days import whole_day

        if self._desk is not None:
            now = self.clock.now()
            read = self.database.write(whole_day, self._desk.corner_id, now)
            self._then(read, self._day_read, self._cannot)

    def _day_read(self, sittings: tuple[Sitting, ...]) -> None:
        from screens.day import DayScreen

        if self.screen is self.reception:
            bring = self.front.look.bring.get(self.language, "")
            self._open_screen(DayScreen(*self._frame(), sittings, self.clock.now(), bring))

    @on(DatesWanted)
    def _show_dates(self, message: DatesWanted) -> None:
        from screens.dates import DatesScreen

        if self._desk is not None and self.screen is self.reception:
            self._open_screen(DatesScreen(*self._frame(), self._desk.corner_id, message.dates))

    @on(WayWanted)
    def _go_a_way(self, message: WayWanted) -> None:
        from screens.code_pad import CodePadScreen
        from screens.first_name import FindNameScreen, WalkInNameScreen

        kinds: dict[ChosenWay, type[PublicScreen]] = {
            ChosenWay.CODE: CodePadScreen,
            ChosenWay.NAME: FindNameScreen,
            ChosenWay.WALK_IN: WalkInNameScreen,
        }
        self._open_screen(kinds[message.way](*self._frame()))

    @on(NamesWanted)
    def _find_names(self, message: NamesWanted) -> None:
        from models.names import find_names

        desk, now, letters = self._desk, self.clock.now(), message.letters
        if desk is not None:
            found = self.database.write(find_names, desk.corner_id, desk.policy, letters, now)
            self._then(found, lambda names: self._names_found(letters, names), self._cannot)

    def _names_found(self, letters: str, found: Found) -> None:
        from screens.choices import NamesScreen
        from screens.first_name import FindNameScreen

        screen = self.screen
        if not isinstance(screen, FindNameScreen) or screen.letters != letters:
            return  # somebody has gone on meanwhile
        if found.names:
            self._open_screen(NamesScreen(*self._frame(), found.names))
        elif found.too_many:
            screen.say(screen.translate("Encore une lettre."))
        else:
            screen.say(screen.translate("Je ne trouve pas ce nom. Regardez encore."))

    @on(NameChosen)
    def _name_chosen(self, message: NameChosen) -> None:
        from screens.choices import ConfirmScreen

        self._open_screen(ConfirmScreen(*self._frame(), message.name))

    @on(NameConfirmed)
    def _name_confirmed(self, message: NameConfirmed) -> None:
        from models.arrival import arrive
        from models.words import Way

        if len(message.name.people) > 1:
            # Two people who read the same: never a guess.
            translate = self.translate
            self._call_help("same_name", translate("Deux personnes ont ce nom."), message.name.people)
            return
        (person_id,) = message.name.people
        self._ask(lambda conn, desk, now, wish: arrive(conn, desk, person_id, Way.NAME, now, wish))

    @on(FirstNameGiven)
    def _first_name_given(self, message: FirstNameGiven) -> None:
        from screens.choices import AudienceScreen

        self._open_screen(AudienceScreen(*self._frame(), message.first_name))

    @on(AudienceGiven)
    def _walked_in(self, message: AudienceGiven) -> None:
        from models.walk_in import Guest, walk_in

        guest = Guest(message.first_name, message.audience, self.language)
        self._ask(lambda conn, desk, now, wish: walk_in(conn, desk, guest, now, wish))

    # ---- help

    @on(HelpWanted)
    def _help_wanted(self) -> None:
        people = (self._present,) if self._present else ()
        self._call_help("asked", "", people)

    def _call_help(self, why: str, because: str, people: tuple[str, ...]) -> None:
        """Write the call down where the team will see it, and say that somebody comes."""
        from screens.choices import HelpScreen

        if isinstance(self.screen, HelpScreen):
            return
        called = self.screen.called if isinstance(self.screen, PublicScreen) else ""
        now = self.clock.now()

        def rule(conn: Connection) -> str:
            from models.help import call_help
            from models.log import Author
            from models.words import PARTICIPANT

            if self._desk is None:
                raise Trouble("not open")
            return call_help(conn, Author(self._desk.kiosk_id, PARTICIPANT, now), why, called, people)

        def say(*, told: bool) -> None:
            """Without a sound: nobody's call for help is for the whole room."""
            if not isinstance(self.screen, HelpScreen):
                self._open_screen(HelpScreen(*self._frame(), because, told=told))

        # Only what is stored is promised.
        self._then(self.database.write(rule), lambda _: say(told=True), lambda: say(told=False))

    def _cannot(self) -> None:
        """What somebody asked for could not be read: there is still a hand to raise."""
        from screens.choices import HelpScreen

        self._open_screen(HelpScreen(*self._frame(), told=False))

    # ---- going home

    @on(BackWanted)
    def _back(self) -> None:
        """One screen back; what stood on the one that goes is forgotten."""
        if len(self.screen_stack) > 2:
            if isinstance(self.screen, PublicScreen):
                self.screen.wipe()
            self.pop_screen()
            self._forget_screens()
            self._tell_time()
            self._idle.watch()

    @on(Finished)
    def go_home(self) -> None:
        """Wipe what belonged to the person and show the welcome."""
        self._close_screens()
        self.reception.wipe()
        self._scanner.wipe()
        self._forget()

    def _forget(self) -> None:
        """The answer has gone from the reception, and with it what could be chosen there."""
        self._asked = None
        self._present = ""
        self._tell_time()
        self._forget_screens()

    def _time_is_up(self) -> None:
        """Ask once whether somebody is still there (A-19), then go home."""
        self.call_later(self._warn if self._warns else self.go_home)

    @property
    def _warns(self) -> bool:
        return isinstance(self.screen, PublicScreen) and self.screen.warns

    def _warn(self) -> None:
        from screens.still_there import StillThereScreen

        self._idle.touched()
        self._open_screen(StillThereScreen(*self._frame()))
