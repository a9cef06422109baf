"""Everything odd of the last days, one key a line: a list that can reach zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual import on
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, Counted, day, hour, hours
from models.answers import Sitting
from models.exceptions import Exceptional
from models.reckoning import Odd
from models.remedies import SettleExceptions
from models.requests import Request
from models.review.odd import Disagreements, OddCase, OddLine, RefusedCodes, SeenCodes, SeeOdd, ToClose
from screens.staff import closing_words as words
from screens.staff.frame import Frame
from screens.staff.lines import LineKey, LinesScreen
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.wording import what

SETTLE, OPEN = "settle", "open"


class OddScreen(LinesScreen[OddLine]):
    """The oldest first; one key settles a line, another one opens the closing of its half-day."""

    DEFAULT_CSS = """
    OddScreen .line .-settles { min-width: 18; }
    OddScreen.-wide .line .-settles { min-width: 24; }
    """

    heading = N_("À régler")
    nothing = N_("Tout est réglé. Merci !")

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._about = ""
        """What was settled last; its line has gone by the time it is said."""

    def changed(self) -> None:
        """Something was noted, or a colleague has settled a line."""
        self.ask(SeeOdd())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show what is left, or say what became of a line."""
        translate = self.translate
        if isinstance(request, SeeOdd):
            self._say_how_many(len(result))
            self.show(result)
        elif isinstance(request, SettleExceptions):
            settled = result.refused is None
            said = N_("{what} : c'est réglé.") if settled else N_("{what} : cela a changé, regardez encore.")
            self.say(translate(said, what=self._about))
        elif isinstance(request, SeenCodes):
            self.say(translate("{what} : c'est réglé.", what=self._about))

    def _say_how_many(self, left: int) -> None:
        counted = Counted(
            "{n} ligne à régler, des 30 derniers jours", "{n} lignes à régler, des 30 derniers jours"
        )
        self.query_one("#title", Static).update(self.translate(counted, n=left) if left else "")

    def foot(self) -> Iterable[Widget]:
        """What may be odd with the kiosk itself stands on a screen of its own."""
        yield LetteredKey(self.translate("La borne"), "b", id="kiosk")

    @on(Key.Pressed, "#kiosk")
    def _kiosk_touched(self, event: Key.Pressed) -> None:
        from screens.staff.ready_today import ReadyTodayScreen

        event.stop()
        self.open(ReadyTodayScreen(self.frame))

    # ---- a line

    def said_of(self, line: OddLine) -> Sequence[str]:
        """What is odd; about whom, with the hours; and in which half-day."""
        translate, language = self.translate, self.language
        match line:
            case OddCase():
                return self._what(line), self._whom(line.one), self._where(line.half_day)
            case ToClose():
                half_day = line.half_day
                span = f"{day(half_day.starts_at, language, short=True)} · " + hours(
                    half_day.starts_at, half_day.ends_at, language
                )
                return translate("Demi-journée à clôturer"), what(half_day, language), span
            case RefusedCodes():
                kiosk = translate("sur cette borne") if line.here else translate("sur une autre borne")
                on_day = day(line.at, language, short=True)
                return self._what(line), f"{on_day} · {kiosk}", self._span(line)
            case Disagreements():
                since = translate("depuis le {day}", day=day(line.at, language, short=True))
                return self._what(line), translate("Deux bornes ne disent pas la même chose"), since

    def _what(self, line: OddLine) -> str:
        match line:
            case OddCase(one=one):
                pick = words.pick(one, self.translate, self.language)
                return f"{pick.name} : {pick.says}" if one.case.what is Odd.OVERBOOKED else pick.says
            case RefusedCodes(number=number):
                return self.translate(Counted("{n} code inconnu", "{n} codes inconnus"), n=number)
            case Disagreements(number=number):
                return self.translate(Counted("{n} désaccord", "{n} désaccords"), n=number)
            case _:
                return self.translate("Demi-journée à clôturer")

    def _whom(self, one: Exceptional) -> str:
        language = self.language
        if self.has_class("-narrow"):
            return one.name
        if one.arrived_at and one.left_at and one.arrived_at < one.left_at:
            more = f"{hour(one.arrived_at, language)} → {hour(one.left_at, language)}"
        elif one.arrived_at:
            more = self.translate("arrivée {hour}", hour=hour(one.arrived_at, language))
        elif one.left_at:
            more = self.translate("départ {hour}", hour=hour(one.left_at, language))
        else:
            more = one.holder
        return " · ".join(part for part in (one.name, more) if part)

    def _where(self, half_day: Sitting) -> str:
        language = self.language
        begins = (day(half_day.starts_at, language, short=True), hour(half_day.starts_at, language))
        more = (what(half_day, language),) if self.has_class("-wide") else ()
        return " · ".join((*begins, *more))

    def _span(self, line: RefusedCodes) -> str:
        if line.number == 1:
            return self.translate("à {hour}", hour=hour(line.at, self.language))
        return hours(line.at, line.until, self.language)

    def keys_of(self, line: OddLine) -> Iterable[LineKey]:
        """What settles it at once, and the way to its half-day."""
        translate = self.translate
        if isinstance(line, OddCase):
            label, letter = words.REMEDY[line.remedy]
            yield LineKey(translate(label), line, SETTLE, letter=letter).add_class("-settles")
        elif isinstance(line, RefusedCodes):
            yield LineKey(translate("C'est vu"), line, SETTLE, letter="v").add_class("-settles")
        if not isinstance(line, RefusedCodes):
            yield LineKey(translate("Ouvrir"), line, OPEN, letter="o")

    def wants(self, key: LineKey) -> None:
        """Settle it, or open what settles it."""
        line = key.line
        if not isinstance(line, OddLine):
            return
        if isinstance(line, Disagreements):
            from screens.staff.conflicts import ConflictsScreen

            self.open(ConflictsScreen(self.frame))
            return
        if key.wanted == OPEN and not isinstance(line, RefusedCodes):
            from screens.staff.closing import ClosingScreen

            self.open(ClosingScreen(self.frame, line.half_day.id))
            return
        self._about = self._what(line)
        if isinstance(line, OddCase):
            if line.one.name:
                self._about = f"{line.one.name} · {self._about}"
            self.ask(line.settling, SeeOdd())
        elif isinstance(line, RefusedCodes):
            self.ask(SeenCodes(line.kiosk_id, line.at, line.until), SeeOdd())

    def wipe(self) -> None:
        """Forget what it was about."""
        super().wipe()
        self._about = ""
