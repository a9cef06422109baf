"""Closing a half-day: what is odd comes first, then the figures, then a signature."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import Counted, day, hour, hours, local
from models.documents import SheetFor
from models.exceptions import OPENS, PLAIN, STANDS, TIMED, Case, Exceptional, Remedy
from models.marking import Marked, Refused
from models.remedies import SettleExceptions
from models.settling import Hindrance, Review, ReviewHalfDay, Settle, Settled
from screens.staff import closing_words as words
from screens.staff.choosing import CHECKED, CORRECTED, EXCUSED, ChoiceScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import PaperWanted, SignWanted
from screens.staff.time_entry import TimeScreen
from screens.widgets.figures_line import FiguresLine
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.widgets.pick_list import PickList
from screens.wording import where

if TYPE_CHECKING:
    from models.answers import Sitting
    from models.requests import Request

MOST_REMEDIES = 3


class ClosingScreen(StaffScreen):
    """One half-day until it is signed, and after."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    ClosingScreen #where { width: 100%; height: 1; padding: 0 2; color: $quiet; }
    ClosingScreen #head { width: 100%; height: auto; padding: 0 2; text-style: bold; color: $accent; }
    ClosingScreen #beside { width: 100%; height: auto; padding: 0 2; color: $quiet; }
    ClosingScreen.-tall #title { height: 2; padding: 1 2 0 2; }
    ClosingScreen.-tall #figures { height: 6; }
    ClosingScreen.-listed #figures { height: 1; }
    ClosingScreen.-tall #head { padding: 1 2; }
    ClosingScreen.-tall.-listed #beside { padding: 0 2 1 2; }
    ClosingScreen Key { min-width: 12; padding: 0 1; }
    ClosingScreen #sheet { max-width: 30; }
    """

    def __init__(self, frame: Frame, half_day_id: str) -> None:
        super().__init__(frame)
        self._half_day_id = half_day_id
        self._review: Review | None = None
        self._picked = 0
        self._all = False
        """Whether a remedy is meant for all exceptions of the picked one's kind."""
        self._pending = False
        """Whether something is on its way: another touch is the same one."""
        self._later: Callable[[], None] | None = None
        """What is asked next, once the question before has gone."""
        translate = self.translate
        self._where = Static("", id="where", markup=False)
        self._head = Static("", id="head", markup=False)
        self._figures = FiguresLine(id="figures")
        self._beside = Static("", id="beside", markup=False)
        self._list = PickList(id="list")
        self._keys = [LetteredKey("", "", id=f"remedy-{number}") for number in range(MOST_REMEDIES)]
        self._sign = LetteredKey(translate("Signer"), "s", id="sign", main=True)
        self._sheet = LetteredKey(translate("Feuille de présence"), "f", id="sheet")
        self._everybody = LetteredKey("", "t", id="everybody")

    def parts(self) -> Iterable[Widget]:
        """What it is about, what is odd or the figures, and the keys for it."""
        yield Static(self.translate("Clôture de la demi-journée"), id="title", markup=False)
        yield self._where
        yield self._head
        yield self._figures
        yield self._beside
        yield self._list
        yield self.said
        with Horizontal(classes="keys"):
            yield from self._keys
            yield self._sheet
            yield self._sign
        with Horizontal(classes="actions"):
            yield self._everybody
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the half-day."""
        for widget in (self._figures, self._beside, *self._keys, self._sheet, self._sign, self._everybody):
            widget.display = False
        self.changed()

    def changed(self) -> None:
        """Look again: a colleague may have settled something."""
        self.ask(ReviewHalfDay(self._half_day_id))

    # ---- what is shown

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show the half-day as it is now, or say what became of a decision."""
        if isinstance(request, ReviewHalfDay):
            # Only now: a touch meanwhile would still mean what has just been settled.
            self._pending = False
            self._show(result)
            return
        if isinstance(result, Marked):
            self._all = False
            self.say(self._became(result))
            if isinstance(request, SettleExceptions) and result.refused is Refused.NEEDS_REASON:
                self._pending = False
                self._ask_why(request, self._about(self._meant))
        elif isinstance(result, Settled):
            self.say(self.translate(words.HINDERED[result.refused]) if result.refused else "")
        self.changed()

    def refused(self, request: Request[Any]) -> None:
        """The role may not do this."""
        self._pending = False
        super().refused(request)

    def failed(self, request: Request[Any]) -> None:
        """Nothing has been done."""
        self._pending = False
        super().failed(request)

    def _show(self, review: Review | None) -> None:
        picked = self._chosen
        self._review = review
        if review is None:
            self._head.update(self.translate(words.HINDERED[Hindrance.GONE]))
            self._where.update("")
            self._list.wipe()
        else:
            shown = self._exceptions
            at = [number for number, one in enumerate(shown) if picked and one.case == picked.case]
            self._picked = at[0] if at else max(0, min(self._picked, len(shown) - 1))
            self._where.update(self._told_where(review.half_day))
            self._head.update(self._told_head(review))
            self._figures.show(words.large(review.figures, self.translate, self.language))
            self._beside.update(words.beside(review.figures, self.translate))
            self._draw_list(review)
        self._draw_keys()

    @property
    def _exceptions(self) -> tuple[Exceptional, ...]:
        """What is to be settled; of a half-day that has not begun nothing is odd yet."""
        review = self._review
        if review is None or review.hindrance is Hindrance.NOT_BEGUN:
            return ()
        return review.exceptions

    @property
    def _chosen(self) -> Exceptional | None:
        shown = self._exceptions
        return shown[self._picked] if self._picked < len(shown) else None

    @property
    def _alike(self) -> list[int]:
        """The lines of the same kind as the picked one, with the same remedies."""
        one = self._chosen
        if one is None:
            return []
        alike = (one.case.what, one.remedies)
        return [n for n, other in enumerate(self._exceptions) if (other.case.what, other.remedies) == alike]

    @property
    def _meant(self) -> list[Exceptional]:
        """What a remedy is meant for."""
        one = self._chosen
        if one is None:
            return []
        return [self._exceptions[number] for number in self._alike] if self._all else [one]

    def _told_where(self, half_day: Sitting) -> str:
        span = hours(half_day.starts_at, half_day.ends_at, self.language)
        return f"{day(half_day.starts_at, self.language)} · {span} · {where(half_day, self.language)}"

    def _told_head(self, review: Review) -> str:
        translate, left = self.translate, len(self._exceptions)
        said = []
        if left:
            said.append(translate(Counted("{n} à régler", "{n} à régler"), n=left))
        elif review.closings and not self._open(review):
            last = review.closings[-1]
            said.append(words.signed(last, translate, self.language))
            said.append(translate("Empreinte {signs}", signs=words.fingerprint(last.hash)))
        elif review.hindrance is None and not review.closings:
            said.append(translate("Tout est réglé. Voici les chiffres que vous signez."))
        # Of figures that cannot be read nobody can say what they were.
        read = bool(review.closings) and review.closings[-1].figures is not None
        if review.corrections or (read and review.hindrance is None):
            said.append(translate("Les chiffres ont changé depuis la clôture."))
        if review.hindrance in (Hindrance.NOT_BEGUN, Hindrance.STILL_THERE):
            said.append(translate(words.HINDERED[review.hindrance]))
        return "\n".join(said)

    @staticmethod
    def _open(review: Review) -> bool:
        """Whether there is something that nobody has signed."""
        return review.hindrance is not Hindrance.ALREADY

    def _draw_list(self, review: Review) -> None:
        translate, language = self.translate, self.language
        if self._exceptions:
            lines = [words.pick(one, translate, language) for one in self._exceptions]
            self._list.show(lines, self._picked, self._alike if self._all else ())
            return
        lines = [words.corrected(one, translate, language) for one in review.corrections]
        # The last one is said above, as long as it holds.
        before = review.closings if self._open(review) else review.closings[:-1]
        lines += [words.earlier(one, review.half_day, translate, language) for one in reversed(before)]
        self._list.show(lines)
        # What was signed and what has changed need the rows that large figures would take.
        self.set_class(bool(lines), "-listed")

    def _draw_keys(self) -> None:
        translate, review, one = self.translate, self._review, self._chosen
        remedies = one.remedies if one else ()
        for key, remedy in zip(self._keys, (*remedies, *[None] * MOST_REMEDIES), strict=False):
            key.display = remedy is not None
            if remedy is not None:
                label, key.letter = words.REMEDY[remedy]
                key.say(translate(label))
                key.refresh()
        calm = one is None and review is not None and review.hindrance is not Hindrance.NOT_BEGUN
        self._figures.display = self._beside.display = calm
        self._sign.display = calm and review is not None and review.hindrance is None
        self._sheet.display = calm and review is not None and bool(review.closings)
        again = review is not None and bool(review.closings)
        self._sign.say(translate("Clôturer à nouveau") if again else translate("Signer"))
        self._sign.letter = "c" if again else "s"
        alike = len(self._alike)
        self._everybody.display = alike > 1
        self._everybody.set_class(self._all, "-main")
        self._everybody.say(translate("Pour tous ({n})", n=alike))

    def _became(self, done: Marked) -> str:
        translate = self.translate
        if done.refused is None:
            return translate(Counted("{n} ligne réglée.", "{n} lignes réglées."), n=len(done.people))
        if done.refused is Refused.NEEDS_REASON:
            return ""  # it is asked for
        if done.refused is Refused.WRONG_TIME:
            return translate("Cette heure ne va pas avec l'arrivée ou l'horaire : donnez-en une autre.")
        return translate("Cela a changé entre-temps : regardez encore.")

    # ---- what is touched

    def on_key(self, event: events.Key) -> None:
        """Letters of the keys that can be seen; up and down go through the list."""
        letter = (event.character or "").casefold()
        lettered = [key for key in self.query(LetteredKey) if key.display and key.letter == letter]
        if letter and lettered:
            lettered[0].typed(event.time)
        elif event.key in ("up", "down") and self._exceptions:
            self._pick(self._picked + (1 if event.key == "down" else -1))
        else:
            return
        event.stop()
        event.prevent_default()

    @on(PickList.Picked)
    def _line_touched(self, event: PickList.Picked) -> None:
        event.stop()
        self._pick(event.number)

    def _pick(self, number: int) -> None:
        before = self._chosen
        self._picked = number % len(self._exceptions) if self._exceptions else 0
        now = self._chosen
        if before and now and before.case.what is not now.case.what:
            self._all = False
        self.say("")
        if self._review is not None:
            self._draw_list(self._review)
        self._draw_keys()

    @on(Key.Pressed)
    def _touched(self, event: Key.Pressed) -> None:
        name = event.key.id or ""
        if name.startswith("remedy-"):
            one, number = self._chosen, int(name[-1])
            if one is not None and number < len(one.remedies):
                self._take(one.remedies[number])
        elif name == "everybody":
            self._all = not self._all
            self._pick(self._picked)
        elif name == "sign":
            if not self._pending and self._review is not None:
                seen = self._review.figures.hash
                says = self.translate("Votre code personnel signe cette demi-journée.")
                self.post_message(SignWanted(self, Settle(self._half_day_id, seen), says))
        elif name == "sheet":
            self.post_message(PaperWanted(self, SheetFor(self._half_day_id)))
        else:
            return
        event.stop()

    # ---- a remedy, and what it needs to be told

    def _take(self, remedy: Remedy) -> None:
        meant = self._meant
        if self._pending or not meant:
            return
        if remedy in OPENS:
            self._open_page(remedy, meant[0].case)
            return
        cases = tuple(one.case for one in meant)
        wanted = SettleExceptions(self._half_day_id, remedy, cases)
        about = self._about(meant)
        if remedy in TIMED:
            self._ask_time(wanted, about)
        elif remedy is Remedy.EXCUSED:
            self._ask_excuse(wanted, about)
        else:
            self._ask_reason(wanted, about)

    def _about(self, meant: list[Exceptional]) -> str:
        line = words.pick(meant[0], self.translate, self.language)
        if len(meant) == 1:
            return f"{line.name} · {line.says}"
        several = self.translate(Counted("{n} personne", "{n} personnes"), n=len(meant))
        return f"{several} · {line.says}"

    def _open_page(self, remedy: Remedy, case: Case) -> None:
        if remedy is Remedy.MERGE:
            from screens.staff.merging import MergeScreen

            self.open(MergeScreen(self.frame, self._half_day_id, case.person_id))
        else:
            from screens.staff.person import PersonScreen

            self.open(PersonScreen(self.frame, self._half_day_id, case.person_id))

    def _ask_time(self, wanted: SettleExceptions, about: str) -> None:
        review = self._review
        if review is None:
            return
        half_day, language = review.half_day, self.language
        likely = half_day.ends_at if wanted.remedy is Remedy.LEFT_AT else half_day.starts_at

        def given(moment: datetime) -> None:
            self._next(lambda: self._ask_reason(replace(wanted, moment=moment), about))

        offered = {hour(likely, language): likely}
        on_day = local(half_day.starts_at).date()
        self.open(TimeScreen(self.frame, [about, self.translate("À quelle heure ?")], on_day, given, offered))

    def _ask_excuse(self, wanted: SettleExceptions, about: str) -> None:
        def chosen(excuse: str) -> None:
            self._next(lambda: self._ask_reason(replace(wanted, excuse=excuse), about))

        self._ask_word(wanted, about, EXCUSED, chosen)

    def _ask_reason(self, wanted: SettleExceptions, about: str) -> None:
        """Ask why, where the remedy does not say it by itself; after a closing, always (P-26)."""
        closed = self._review is not None and bool(self._review.closings)
        if not closed and (wanted.remedy in PLAIN or wanted.remedy is Remedy.EXCUSED):
            self._send(wanted)
        else:
            self._ask_why(wanted, about)

    def _ask_why(self, wanted: SettleExceptions, about: str) -> None:
        words_ = CHECKED if wanted.remedy in STANDS else CORRECTED
        self._ask_word(wanted, about, words_, lambda reason: self._send(replace(wanted, reason=reason)))

    def _ask_word(
        self, wanted: SettleExceptions, about: str, answers: dict[str, str], chosen: Callable[[str], None]
    ) -> None:
        told = {word: self.translate(label) for word, label in answers.items()}
        done = self.translate(words.REMEDY[wanted.remedy][0]).rstrip("…")
        why = self.translate("{remedy} : pourquoi ?", remedy=done)
        self.open(ChoiceScreen(self.frame, [about, why], told, chosen))

    def _send(self, wanted: SettleExceptions) -> None:
        if not self._pending:
            self._pending = True
            self.ask(wanted)

    def _next(self, do: Callable[[], None]) -> None:
        """Do something once this screen stands on top again: else its question would be taken away."""
        self._later = do

    def on_screen_resume(self) -> None:
        """The question before has gone."""
        later, self._later = self._later, None
        if later is not None:
            later()

    def wipe(self) -> None:
        """Forget the people, and what was to be asked of them."""
        super().wipe()
        self._review = self._later = None
        self._list.wipe()
        self._figures.show(())
        for text in (self._where, self._head, self._beside):
            text.update("")
