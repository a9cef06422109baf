"""One person's visit: the ways to arrive, the answers, help, and the way back to the welcome.

Only what is committed is confirmed; another card at any moment closes what was open.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on

from kiosk.asking import PATIENCE, Asking
from kiosk.rooms import Front
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
    MeetingWanted,
    NameChosen,
    NameConfirmed,
    NamesWanted,
    NextTyping,
    PracticeWanted,
    WayWanted,
    Wished,
)
from screens.messages import Way as ChosenWay
from screens.public import PublicScreen

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


class Visits(Asking, inherit_bindings=False):
    """What a person can do at the kiosk."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._searching = False
        """Whether names are being looked for: one search at a time, whatever is typed meanwhile."""

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

            wish = Wish(message.half_day_id, join=message.join)
            self.ask(self._asked, wish, own=self._own, once=True)

    def _take(self, text: str, way: Way, *, typed: bool = False) -> None:
        """Hand a code to the rule of arriving."""

        def asking(conn: Connection, desk: Desk, now: datetime, wish: Wish | None) -> Outcome:
            from models.arrival import check_in

            return check_in(conn, desk, text, way, now, wish)

        self.ask(asking, own=True, typed=typed)

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
            asks = self.known_person is not None
            now = self.clock.now()
            self._open_screen(DayScreen(*self._frame(), sittings, now, bring, asks=asks))

    @on(PracticeWanted)
    def _practise(self) -> None:
        from screens.practice import PracticeScreen

        self._open_screen(PracticeScreen(*self._frame()))

    @on(MeetingWanted)
    def _meet(self) -> None:
        from screens.meeting import MeetingScreen

        self._open_screen(MeetingScreen(*self._frame()))

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
        if desk is not None and not self._searching:
            self._searching = True
            found = self.database.write(find_names, desk.corner_id, desk.policy, letters, now)
            self._then(found, lambda names: self._names_found(letters, names), self._not_searched)

    def _not_searched(self, error: BaseException) -> None:
        self._searching = False
        self._cannot(error)

    def _names_found(self, letters: str, found: Found) -> None:
        from screens.choices import NamesScreen
        from screens.first_name import FindNameScreen

        self._searching = False
        screen = self.screen
        if not isinstance(screen, FindNameScreen):
            return  # somebody has gone on meanwhile
        if screen.letters != letters:
            screen.changed()  # typed on meanwhile: look again
            return
        if found.names:
            self._open_screen(NamesScreen(*self._frame(), found.names))
        elif found.too_many:
            screen.say(screen.translate("Encore une lettre."))
        else:
            screen.say(screen.translate("Ce nom n'est pas attendu maintenant. Touchez « Aide »."))

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
        self.ask(lambda conn, desk, now, wish: arrive(conn, desk, person_id, Way.NAME, now, wish), once=True)

    @on(FirstNameGiven)
    def _first_name_given(self, message: FirstNameGiven) -> None:
        from screens.choices import AudienceScreen

        self._open_screen(AudienceScreen(*self._frame(), message.first_name))

    @on(AudienceGiven)
    def _walked_in(self, message: AudienceGiven) -> None:
        from models.walk_in import Guest, walk_in

        guest = Guest(message.first_name, message.audience, self.language)
        self.ask(lambda conn, desk, now, wish: walk_in(conn, desk, guest, now, wish), once=True)

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

        # Only what is stored is promised; and nobody waits long for a promise.
        later = self.after(PATIENCE, partial(say, told=False))

        def stored(_: str) -> None:
            later.cancel()
            say(told=True)

        self._then(self.database.write(rule), stored, lambda _: say(told=False))

    def _cannot(self, _: BaseException) -> None:
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
        self.home_again()

    def home_again(self) -> None:
        """The welcome stands again; nobody waits for what is done now."""

    def _forget(self) -> None:
        """The answer has gone from the reception, and with it what could be chosen there."""
        self._asked = None
        self._present = ""
        self._greeted = None
        self._own = False
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
