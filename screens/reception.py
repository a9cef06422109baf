"""The reception: where everybody begins and ends. It waits with the welcome, and gives the answers.

One screen and one poster for both: from the card to the name there is no new screen, no new widget and
no new layout. The keys below change right after the words are on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.timer import Timer
from textual.widget import Widget

from assets.facts import read_asset
from assets.languages import hours, translator
from models.answers import Outcome, Sitting
from models.codes import ALPHABET
from screens.messages import NextTyping
from screens.public import PublicScreen
from screens.widgets.code_entry import CodeEntry
from screens.widgets.poster import Line, Plan, Poster, Tone
from screens.wording import Words, not_saved, where, words

# The keys of an answer are imported right after the first paint, in ``prepare``.
if TYPE_CHECKING:
    from screens.widgets.answer_keys import AnswerKeys

SHOWN_SITTINGS = 2
"""More would not be read from three metres."""

MOST_OFFERED = 3
"""Half-days that an answer offers; with "Terminé" four keys (A-11)."""


class ReceptionScreen(PublicScreen):
    """Shows the day, or one answer after the other, each in its person's language."""

    CODE_STAYS = 30
    """Seconds after which a code that somebody began to type and left goes."""

    def __init__(self, place: str, language: str, banner: str = "", *, sample: bool = False) -> None:
        super().__init__(place, language, banner)
        self.answering = False
        """Whether an answer stands here; else it is the welcome."""
        self.stays = self.CODE_STAYS
        self._own_language = language
        self._poster = Poster()
        self._entry = CodeEntry(self.translate, sample=sample)
        self._keys: AnswerKeys | None = None
        self._day = _plan_of_day((), language)
        self._offered: tuple[Sitting, ...] = ()
        self._join = False
        self._countdown: Timer | None = None

    def parts(self) -> Iterable[Widget]:
        """The poster, and the foot of the welcome."""
        yield self._poster
        yield self._entry

    def on_mount(self) -> None:
        """Greet before anything is known of the day."""
        self._poster.show(self._day)

    async def prepare(self) -> None:
        """Make what the first answer will need, once; it waits unseen."""
        from screens.widgets.answer_keys import AnswerKeys

        if self._keys is None:
            self._keys = AnswerKeys()
            self._keys.display = False
            await self.mount(self._keys)
            self._change_keys()

    # ---- the welcome

    def show_day(self, sittings: Sequence[Sitting]) -> None:
        """Show today's workshops, now or once the answer has gone."""
        self._day = _plan_of_day(sittings, self._own_language)
        if not self.answering:
            self._poster.show(self._day)

    def wipe(self) -> None:
        """Forget the person and welcome the next."""
        self._entry.wipe()
        if self.answering:
            self._begin(self._own_language, self.CODE_STAYS, self._day)
            self.answering = False
            self._offered = ()

    # ---- an answer

    def answer(self, outcome: Outcome | None) -> None:
        """Give an answer; ``None`` says that nothing could be stored."""
        self._entry.wipe()
        if outcome is None:
            # Only what is on the disk is ever confirmed.
            said = not_saved(self._own_language)
            self._begin(self._own_language, said.stays, _plan_of(said))
            self._offered = ()
        else:
            language = outcome.person.language if outcome.person else self._own_language
            said = words(outcome, language)
            self._begin(language, said.stays, _plan_of(said))
            self._offered = (outcome.choices or outcome.can_join)[:MOST_OFFERED]
            self._join = bool(outcome.can_join)
            if outcome.until is not None:
                self._count_down(outcome, (outcome.until - outcome.at).total_seconds())
        self.answering = True

    def _begin(self, language: str, stays: int, plan: Plan) -> None:
        """Put the poster up and let the keys follow."""
        if self._countdown is not None:
            self._countdown.stop()
            self._countdown = None
        if self._keys is not None:
            self._keys.forget()
        self.language, self.stays = language, stays
        self.set_focus(None)
        self._poster.show(plan)
        self.call_after_refresh(self._change_keys)

    def _change_keys(self) -> None:
        """The keys of what stands on the poster now."""
        if self._keys is None:
            return
        if self.answering:
            self._keys.offer(self._offered, self.language, join=self._join)
        self._entry.display = not self.answering
        self._keys.display = self.answering

    def _count_down(self, outcome: Outcome, seconds: float) -> None:
        """Show how long a pause still lasts, second by second."""
        ends = monotonic() + seconds
        language = self.language

        def tick() -> None:
            left = max(ends - monotonic(), 0)
            self._poster.show(_plan_of(words(outcome, language, left)))

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
        event.stop()
        event.prevent_default()


def _plan_of_day(sittings: Sequence[Sitting], language: str) -> Plan:
    """The poster of the welcome: nobody's data, today's workshops, and an invitation to show the card."""
    translate = translator(language)
    lines = [Line()]
    for sitting in sittings[:SHOWN_SITTINGS]:
        lines.append(Line(where(sitting, language), strong=True))
        lines.append(Line(hours(sitting.starts_at, sitting.ends_at, language)))
    if sittings:
        lines.append(Line())
    lines += [
        Line(translate("Montrez votre carte."), strong=True),
        Line(translate("Ou tapez votre code."), quiet=True),
    ]
    drawing = read_asset("drawings/card.txt").splitlines()
    return Plan(big=translate("Bonjour !"), lines=lines, drawing=drawing)


def _plan_of(said: Words) -> Plan:
    """The poster of an answer: its field of colour, a sign, the name, one sentence, what to do next."""
    lines = [Line(), *(Line(line, strong=number == 0) for number, line in enumerate(said.says)), Line()]
    lines += [Line(line) for line in said.then]
    return Plan(Tone(said.tone), f"{said.sign}  {said.title}", said.name or said.title, lines)
