"""What kiosks that were apart said differently: both sides of each, and one key that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from textual import events
from textual.widgets import Static

from assets.languages import N_, Counted
from models.names import NAMELESS
from models.requests import Request
from models.review.apart.facts import CHOOSES, Apart, Conflict
from models.review.conflicts import Conflicts, SeeConflicts, SettleConflict
from screens.staff.choosing import ChoiceScreen
from screens.staff.conflict_words import Reader, fact_words, facts_shown, head_of, what_of
from screens.staff.frame import Frame
from screens.staff.lines import LineKey, LinesScreen
from screens.widgets.digits import digit_of

KEEP, CHOOSE, SEEN, OPEN, CLOSING = "keep", "choose", "seen", "open", "closing"


class ConflictsScreen(LinesScreen[Conflict]):
    """By half-days, the oldest first; whoever sits somewhere stays there, whatever is settled."""

    DEFAULT_CSS = """
    ConflictsScreen .line Key { min-width: 10; }
    ConflictsScreen.-narrow .line Key { min-width: 8; }
    ConflictsScreen.-wide .line Key { min-width: 16; }
    """

    heading = N_("Désaccords entre bornes")
    nothing = N_("Les bornes sont d'accord. Merci !")

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._reader = Reader("", datetime.min.replace(tzinfo=UTC), self.language)
        self._about = ""
        """What was settled last; its line has gone by the time it is said."""

    def changed(self) -> None:
        """Another kiosk has told something, or a colleague has settled a line."""
        self.ask(SeeConflicts())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show what is left, or say what became of a line."""
        translate = self.translate
        if isinstance(request, SeeConflicts) and isinstance(result, Conflicts):
            counted = Counted("{n} désaccord à régler", "{n} désaccords à régler")
            left = len(result.open)
            self.query_one("#title", Static).update(
                translate(counted, n=left) if left else translate(self.heading)
            )
            self._reader = Reader(result.here, result.at, self.language)
            self.show(result.open)
        elif isinstance(request, SettleConflict):
            said = N_("{what} : c'est réglé.") if result else N_("{what} : cela a changé, regardez encore.")
            self.say(translate(said, what=self._about))

    # ---- a line

    def said_of(self, line: Conflict) -> Sequence[str]:
        """What it is about, and what each side says; with its number where one is chosen."""
        short = self.has_class("-narrow")
        sides = [fact_words(line, fact, self._reader, short=short) for fact in facts_shown(line)]
        if line.what in CHOOSES and len(line.facts) < 3:
            sides = [f"{number} {side}" for number, side in enumerate(sides, 1)]
        return self._head(line), *sides

    def _head(self, line: Conflict) -> str:
        return head_of(line, self._reader.now, self.language, short=self.has_class("-narrow"))

    def keys_of(self, line: Conflict) -> Iterable[LineKey]:
        """One for each side, or one that says that somebody has looked; and the way to whom it is about."""
        translate = self.translate
        if line.what in CHOOSES:
            if len(line.facts) > 2:
                yield LineKey(translate("Choisir"), line, CHOOSE, letter="c")
                return
            for number in ("1", "2"):
                label = number if self.has_class("-narrow") else translate("Garder {n}", n=number)
                yield LineKey(label, line, KEEP + number, letter=number)
            if not self.has_class("-wide"):
                return
        else:
            yield LineKey(translate("C'est vu"), line, SEEN, letter="v")
        if line.what is Apart.OVERBOOKED:
            yield LineKey(translate("Ouvrir"), line, CLOSING, letter="o")
        elif line.name not in ("", NAMELESS) and line.half_day is not None:
            yield LineKey(translate("Fiche"), line, OPEN, letter="f")

    def on_key(self, event: events.Key) -> None:
        """A digit of any keyboard presses the key of its side on the line with the cursor."""
        digit = digit_of(event)
        keys = [key for key in self._reached_by_letter() if digit and key.letter == digit]
        if not keys:
            super().on_key(event)
            return
        keys[0].typed(event.time)
        event.stop()
        event.prevent_default()

    def wants(self, key: LineKey) -> None:
        """Settle it, ask which side, or open what it is about."""
        line = key.line
        if not isinstance(line, Conflict):
            return
        if key.wanted == OPEN and line.half_day is not None:
            from screens.staff.person import PersonScreen

            self.open(PersonScreen(self.frame, line.half_day.id, line.person_id))
        elif key.wanted == CLOSING and line.half_day is not None:
            from screens.staff.closing import ClosingScreen

            self.open(ClosingScreen(self.frame, line.half_day.id))
        elif key.wanted == CHOOSE:
            sides = [fact_words(line, fact, self._reader, short=True) for fact in line.facts]
            answers = {str(number): side for number, side in enumerate(sides)}
            question = [self._head(line), self.translate("Que faut-il garder ?")]
            self.open(ChoiceScreen(self.frame, question, answers, lambda side: self._settle(line, int(side))))
        else:
            self._settle(line, 1 if key.wanted == f"{KEEP}2" else 0)

    def _settle(self, line: Conflict, side: int) -> None:
        self._about = " · ".join(part for part in (line.name, what_of(line, self.language)) if part)
        self.ask(SettleConflict(line.key, side), SeeConflicts())

    def wipe(self) -> None:
        """Forget what it was about."""
        super().wipe()
        self._about = ""
