"""The reception: where everybody begins and ends. It waits with the welcome, and gives the answers.

One screen and one poster for both: from the card to the name there is no new screen, no new widget and
no new layout. The keys below change right after the words are on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Grid, Vertical
from textual.timer import Timer
from textual.widget import Widget

from assets.facts import read_asset
from assets.languages import hours, translator
from models.codes import ALPHABET
from screens.messages import (
    ArrivalWanted,
    DayWanted,
    Finished,
    LanguageChosen,
    NextTyping,
    PointWanted,
    SampleWanted,
    StaffWanted,
)
from screens.public import PublicScreen
from screens.widgets.code_entry import CodeEntry
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.languages import LanguageKeys
from screens.widgets.poster import Line, Plan, Poster, Tone

# What an answer needs is imported right after the first paint, in ``prepare``.
if TYPE_CHECKING:
    from models.answers import Outcome, Sitting
    from screens.offers import Offer
    from screens.widgets.answer_keys import AnswerKeys
    from screens.wording import Words

SHOWN_SITTINGS = 2
"""More would not be read from three metres."""

RESULT_STAYS = 20
"""Seconds that a mere result stays (A-21); it may go without a question."""


class ReceptionScreen(PublicScreen):
    """Shows the day, or one answer after the other, each in its person's language."""

    BEGUN_STAYS = 60
    """Seconds after which a code that was begun, or a language that was chosen, goes."""

    DEFAULT_CSS = """
    ReceptionScreen #welcome { height: auto; width: 100%; }
    ReceptionScreen #ways { grid-size: 3; grid-gutter: 0 2; height: 3; width: 100%; padding: 0 1; }
    ReceptionScreen #ways Key { width: 100%; height: 100%; padding: 0; }
    ReceptionScreen.-tall #ways { margin: 0 0 1 0; }
    ReceptionScreen.-tall LanguageKeys { margin: 0 0 1 0; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]

    def __init__(self, place: str, language: str, banner: str = "", *, sample: bool = False) -> None:
        super().__init__(place, language, banner)
        self.answering = False
        """Whether an answer stands here; else it is the welcome."""
        self.waiting = False
        """Whether somebody has been told that an answer is still on its way."""
        self.stays = self.BEGUN_STAYS
        self._own_language = language
        self._open = 0
        """Calls and walk-ins that nobody of the team has seen to."""
        self._chosen: str | None = None
        """The language that somebody chose for this visit."""
        translate = self.translate
        self._poster = Poster()
        self._entry = CodeEntry()
        self._arrive = Key(translate("Je suis là"), id="arrive", main=True)
        self._see_day = Key(translate("Voir la journée"), id="day")
        self._point = Key(translate("Faire le point"), id="point")
        self._languages = LanguageKeys(language)
        self._staff = Key(translate("Équipe"), id="staff")
        sample_key = Key(translate("Carte d'essai"), id="sample") if sample else None
        self._foot = Foot(translate, right=self._staff, middle=sample_key)
        self._welcome = Vertical(
            self._entry,
            Grid(self._arrive, self._see_day, self._point, id="ways"),
            self._languages,
            self._foot,
            id="welcome",
        )
        self._keys: AnswerKeys | None = None
        self._sittings: tuple[Sitting, ...] = ()
        self._offered: Sequence[Offer] = ()
        self._countdown: Timer | None = None

    @property
    def called(self) -> str:  # type: ignore[override]
        """Where somebody is who calls for help from here."""
        return "answer" if self.answering else "welcome"

    @property
    def warns(self) -> bool:  # type: ignore[override]
        """Whether something would be lost: a code that was begun, something to choose from."""
        return self._entry.begun or (self.answering and (self.stays or 0) > RESULT_STAYS)

    def parts(self) -> Iterable[Widget]:
        """The poster, and what can be touched below it."""
        yield self._poster
        yield self._welcome

    def on_mount(self) -> None:
        """Greet before anything is known of the day."""
        self._poster.show(_plan_of_day((), self.language))

    async def prepare(self) -> None:
        """Make what the first answer will need, once; it waits unseen."""
        import screens.offers  # noqa: F401 (with all the words)
        from screens.widgets.answer_keys import AnswerKeys

        if self._keys is None:
            self._keys = AnswerKeys(self.translate)
            self._keys.display = False
            await self.mount(self._keys)
            self._change_keys()

    # ---- the welcome

    def show_day(self, sittings: Sequence[Sitting]) -> None:
        """Show today's workshops, now or once the answer has gone."""
        self._sittings = tuple(sittings)
        if not self.answering:
            self._poster.show(_plan_of_day(self._sittings, self.language))

    def show_open(self, number: int) -> None:
        """How many wait for somebody of the team: a number, and nobody's name."""
        self._open = number
        self._say_team()

    def _say_team(self) -> None:
        team = translator(self._languages.present)("Équipe")
        self._staff.say(f"{team} · {self._open}" if self._open else team)

    def speak(self, language: str) -> None:
        """Go on in the language that somebody has chosen, for this visit."""
        self._chosen = language
        self._say_welcome(language)

    def _say_welcome(self, language: str) -> None:
        self.language = language
        translate = self.translate
        self._languages.leave_out(language)
        self._arrive.say(translate("Je suis là"))
        self._see_day.say(translate("Voir la journée"))
        self._point.say(translate("Faire le point"))
        self._say_team()
        self._foot.speak(translate)
        if not self.answering:
            self._poster.show(_plan_of_day(self._sittings, language))

    def wipe(self) -> None:
        """Forget the person and welcome the next."""
        self._entry.wipe()
        # A code that was begun hides them; somebody else may need them now.
        self._languages.display = True
        self._chosen = None
        if self.answering:
            plan = _plan_of_day(self._sittings, self._own_language)
            self._begin(self._own_language, self.BEGUN_STAYS, plan)
            self.answering = False
            self._offered = ()
        if self._languages.present != self._own_language:
            self._say_welcome(self._own_language)

    # ---- an answer

    def answer(self, outcome: Outcome | None, *, own: bool = False) -> Tone:
        """Give an answer; ``None`` says that nothing could be stored. Returns the tone that it has.

        Args:
            own: whether a card or a code says whose answer it is: then their path is one touch away.
        """
        from screens.offers import offers
        from screens.wording import not_saved, words

        if outcome is None:
            # Only what is on the disk is ever confirmed.
            language = self._chosen or self._own_language
            return self._say(not_saved(language), language)
        booked_in = outcome.person.language if outcome.person else self._own_language
        language = self._chosen or booked_in
        tone = self._say(words(outcome, language), language, offers(outcome, language, own=own))
        if outcome.until is not None:
            self._count_down(outcome, (outcome.until - outcome.at).total_seconds())
        return tone

    def wait(self) -> None:
        """Say that the answer is on its way; nobody's name stands there yet."""
        from screens.wording import patience

        language = self._chosen or self._own_language
        self._say(patience(language), language)
        self.waiting = True

    def _say(self, said: Words, language: str, offered: Sequence[Offer] = ()) -> Tone:
        self._entry.wipe()
        self._begin(language, said.stays, _plan_of(said))
        self._offered = offered
        self.answering = True
        return Tone(said.tone)

    def _begin(self, language: str, stays: int, plan: Plan) -> None:
        """Put the poster up and let the keys follow."""
        if self._countdown is not None:
            self._countdown.stop()
            self._countdown = None
        if self._keys is not None:
            self._keys.forget()
        self.language, self.stays = language, stays
        self.waiting = False
        self.set_focus(None)
        self._poster.show(plan)
        self.call_after_refresh(self._change_keys)

    def _change_keys(self) -> None:
        """The keys of what stands on the poster now."""
        if self._keys is None:
            return
        if self.answering:
            self._keys.offer(self._offered, self.translate)
        self._welcome.display = not self.answering
        self._keys.display = self.answering

    def _count_down(self, outcome: Outcome, seconds: float) -> None:
        """Show how long a pause still lasts, second by second."""
        from models.words import Answer
        from screens.offers import offers
        from screens.wording import words

        ends = monotonic() + seconds
        language = self.language

        def tick() -> None:
            left = max(ends - monotonic(), 0)
            self._poster.show(_plan_of(words(outcome, language, left)))
            if left == 0 and self._countdown is not None:
                # The pause is over: the pad is a way again.
                self._countdown.stop()
                self._offered = offers(replace(outcome, answer=Answer.MISTYPED), language)
                self._change_keys()

        self._countdown = self.set_interval(1, tick)

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """Letters of a code, wherever the focus is; while an answer stands they are the next person's."""
        if self.answering:
            letter = (event.character or "").upper()
            if not letter or letter not in ALPHABET:
                return
            # At once: the letters after this one are on their way, and none may be lost.
            self.wipe()
            self.post_message(NextTyping())
            self._entry.add(letter)
        elif not self._entry.take(event):
            return
        self._languages.display = not self._entry.begun
        event.stop()
        event.prevent_default()

    def go_back(self) -> None:
        """Escape: away with what was begun, and with an answer."""
        self.post_message(Finished())

    @on(Key.Pressed, "#arrive")
    def _arrival_wanted(self) -> None:
        self.post_message(ArrivalWanted())

    @on(Key.Pressed, "#day")
    def _day_wanted(self) -> None:
        self.post_message(DayWanted())

    @on(Key.Pressed, "#point")
    def _point_wanted(self) -> None:
        self.post_message(PointWanted())

    @on(Key.Pressed, "#staff")
    def _staff_wanted(self) -> None:
        self.post_message(StaffWanted())

    @on(Key.Pressed, "#sample")
    def _sample_wanted(self) -> None:
        self.post_message(SampleWanted())

    @on(LanguageChosen)
    def _language_chosen(self, message: LanguageChosen) -> None:
        self.speak(message.language)


def _plan_of_day(sittings: Sequence[Sitting], language: str) -> Plan:
    """The poster of the welcome: nobody's data, today's workshops, and an invitation to show the card."""
    translate = translator(language)
    lines = [Line(), *_workshops(sittings[:SHOWN_SITTINGS], language)]
    lines.append(Line(translate("Montrez votre carte."), strong=True))
    drawing = read_asset("drawings/card.txt").splitlines()
    return Plan(big=translate("Bonjour !"), lines=lines, drawing=drawing)


def _workshops(sittings: Sequence[Sitting], language: str) -> list[Line]:
    """Each workshop in two lines; none before the day has been read, right after the first paint."""
    if not sittings:
        return []
    from screens.wording import hours_and_whom, where

    lines = []
    for sitting in sittings:
        lines.append(Line(where(sitting, language), strong=True))
        # With whom is said where there is one; two would be more words than a glance takes.
        alone = len(sittings) == 1
        time = hours(sitting.starts_at, sitting.ends_at, language)
        lines.append(Line(hours_and_whom(sitting, language) if alone else time))
    return [*lines, Line()]


def _plan_of(said: Words) -> Plan:
    """The poster of an answer: its field of colour, a sign, the name, one sentence, what to do next."""
    lines = [Line(), *(Line(line, strong=number == 0) for number, line in enumerate(said.says)), Line()]
    lines += [Line(line) for line in said.then]
    return Plan(Tone(said.tone), f"{said.sign}  {said.title}", said.name or said.title, lines)
