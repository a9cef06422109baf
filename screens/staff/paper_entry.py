"""The paper sheet typed in: four digits for the arrival, four for the departure, Enter, the next person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.containers import Center, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import day, hour, hours, local
from models.marking import Marked, Refused
from models.paper_entry import EnterFromPaper, SeeSheet, TypedLine
from models.reckoning import ABSENT, EXCUSED
from screens.staff.choosing import EXCUSED as EXCUSE_LABELS
from screens.staff.choosing import ChoiceScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.sheet_draft import HOUR, SheetDraft
from screens.staff.sheet_lines import SheetLines, SheetRow
from screens.staff.time_entry import moment_of
from screens.widgets.digits import digit_of
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey

if TYPE_CHECKING:
    from models.requests import Request


class PaperEntryScreen(StaffScreen):
    """Each line is on the disk as soon as it is entered, and says so; what is typed waits on its line."""

    BINDINGS = [
        ("down", "line(1)"),
        ("up", "line(-1)"),
        ("d", "whole"),
        ("a", "absent"),
        ("e", "excused"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    PaperEntryScreen.-tall #title { margin: 0 0 1 0; }
    PaperEntryScreen #entry { width: 100%; height: 1; text-align: center; text-style: bold; color: $accent; }
    PaperEntryScreen.-tall #entry { margin: 1 0 0 0; }
    PaperEntryScreen #said { text-align: center; }
    PaperEntryScreen Center { height: auto; }
    PaperEntryScreen #pad { width: 100%; max-width: 92; height: 6; padding: 0 1; }
    PaperEntryScreen .row { layout: grid; grid-size: 7 1; grid-gutter: 0 1; height: 3; }
    PaperEntryScreen #pad Key { width: 100%; min-width: 7; padding: 0; }
    PaperEntryScreen.-narrow .row { grid-size: 6 1; }
    PaperEntryScreen.-narrow .move { display: none; }
    PaperEntryScreen .actions > Key { padding: 0; min-width: 14; margin: 0 1 0 0; }
    PaperEntryScreen .actions > #back { margin: 0; }
    PaperEntryScreen.-narrow .actions > Key { min-width: 9; width: 1fr; margin: 0; }
    PaperEntryScreen.-narrow .actions > #whole { min-width: 15; }
    PaperEntryScreen.-narrow .actions > #excused { min-width: 17; }
    PaperEntryScreen.-narrow .actions > .gap { display: none; }
    """

    def __init__(self, frame: Frame, half_day_id: str) -> None:
        super().__init__(frame)
        self._half_day_id = half_day_id
        self._draft = SheetDraft()
        self._warned = False
        """Whether it has been said that typed times are not noted."""
        self._without_departure = ""
        """Whose line has been asked for the departure that it lacks."""
        self._title = Static("", id="title", markup=False)
        self._lines = SheetLines()
        self._entry = Static("", id="entry", markup=False)

    def parts(self) -> Iterable[Widget]:
        """Which sheet, its lines, what is being typed, the pad, and what else may stand on a sheet."""
        translate = self.translate
        yield self._title
        yield self._lines
        yield self._entry
        yield self.said
        with Center(), Vertical(id="pad"):
            for digits, (name, label), (move, arrow) in (
                ("12345", ("erase", translate("Effacer")), ("up", "▲")),
                ("67890", ("next", translate("Suivant")), ("down", "▼")),
            ):
                with Horizontal(classes="row"):
                    for digit in digits:
                        yield Key(digit, id=f"digit-{digit}", repeats=True)
                    yield Key(label, id=name, main=name == "next", repeats=True)
                    key = Key(arrow, id=f"line-{move}", repeats=True)
                    key.add_class("move")
                    yield key
        with Horizontal(classes="actions"):
            yield LetteredKey(translate("Début à fin"), "d", id="whole")
            yield LetteredKey(translate("Absence"), "a", id="absent")
            yield LetteredKey(translate("Excuse"), "e", id="excused")
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the sheet."""
        self.changed()

    def changed(self) -> None:
        """Somebody may have noted something of these people."""
        self.ask(SeeSheet(self._half_day_id))

    # ---- what is shown

    def _show(self) -> None:
        translate, draft = self.translate, self._draft
        sheet, person = draft.sheet, draft.person
        self._lines.show([self._row(line) for line in draft.lines], draft.active)
        if sheet is None or person is None:
            self._entry.update("", layout=False)
            self._title.update(translate("Il n'y a personne sur cette liste."), layout=False)
            return
        half_day = sheet.half_day
        title = translate(
            "Feuille du {day}, {hours} · {done} sur {all}",
            day=day(half_day.starts_at, self.language, short=True),
            hours=hours(half_day.starts_at, half_day.ends_at, self.language),
            done=sum(draft.done(line) for line in draft.lines),
            all=len(draft.lines),
        )
        self._title.update(title, layout=False)
        arrived, left = _clock(draft.digits[:HOUR]), _clock(draft.digits[HOUR:])
        told = translate("arrivée {arrived}   départ {left}", arrived=arrived, left=left)
        self._entry.update(f"{person.name}   {told}", layout=False)

    def _row(self, line: TypedLine) -> SheetRow:
        translate = self.translate
        typed = self._draft.typed(line)
        if self._draft.to_look_at(line):
            return SheetRow(line.name, _clocks(typed), translate("à revoir"), again=True)
        if typed and line is not self._draft.person:
            return SheetRow(line.name, _clocks(typed), translate("pas encore noté"), again=True)
        known = line.reckoning
        if known.arrived_at is not None:
            left = hour(known.left_at, self.language) if known.left_at else ""
            told = f"{hour(known.arrived_at, self.language)} – {left}"
        elif known.state == EXCUSED:
            label = EXCUSE_LABELS.get(known.excuse or "", EXCUSE_LABELS["other"])
            told = " · ".join((translate("Excuse"), translate(label)))
        else:
            told = translate("Absence") if known.state == ABSENT else ""
        return SheetRow(line.name, told, translate("✓ d'après la feuille") if self._draft.done(line) else "")

    # ---- typing

    def on_key(self, event: events.Key) -> None:
        """Digits of any keyboard, backspace and Enter; a blank between two times means nothing."""
        digit = digit_of(event)
        if digit:
            self._add(digit)
        elif event.key == "backspace":
            self._type(self._draft.digits[:-1])
        elif event.key == "enter" and not isinstance(self.focused, Key):
            self._enter()
        elif event.key != "space" or isinstance(self.focused, Key):
            return
        event.stop()
        event.prevent_default()

    @on(Key.Pressed, "#pad Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        name = event.key.id or ""
        if name.startswith("digit-"):
            self._add(name[-1])
        elif name == "erase":
            self._type("")
        elif name == "next":
            self._enter()
        else:
            self.action_line(-1 if name == "line-up" else 1)

    @on(SheetLines.Picked)
    def _picked(self, event: SheetLines.Picked) -> None:
        self._draft.active = event.number
        self._show()

    def action_line(self, step: int) -> None:
        """One line up or down."""
        self._draft.move(step)
        self._show()

    def _add(self, digit: str) -> None:
        self._type(self._draft.digits + digit)

    def _type(self, digits: str) -> None:
        self._warned = False
        self._draft.type(digits)
        self.say("")
        self._show()

    # ---- entering a line

    def _enter(self) -> None:
        """The line as it is typed; where nothing is typed only the next one."""
        draft = self._draft
        person, sheet, digits = draft.person, draft.sheet, draft.digits
        if person is None or sheet is None:
            return
        if not digits:
            self._draft.go_on()
            self._show()
            return
        on_day = local(sheet.half_day.starts_at).date()
        arrived, left = moment_of(digits[:HOUR], on_day), moment_of(digits[HOUR:], on_day)
        if len(digits) % HOUR or arrived is None or (len(digits) > HOUR and left is None):
            self.say(self.translate("Écrivez quatre chiffres pour chaque heure, par exemple 0830 1200."))
        elif left is not None and left < arrived:
            self.say(self.translate("Le départ est avant l'arrivée : vérifiez les deux heures."))
        elif left is None and self._without_departure != person.person_id:
            self._without_departure = person.person_id
            self.say(self.translate("Et le départ ? Tapez-le, ou « Suivant » : départ inconnu."))
        else:
            self._ask_line(person, arrived, left)

    @on(Key.Pressed, "#whole")
    def action_whole(self) -> None:
        """From the start to the end, as planned: a key of its own, never Enter alone."""
        sheet, person = self._draft.sheet, self._draft.person
        if sheet is not None and person is not None:
            half_day = sheet.half_day
            self._ask_line(person, half_day.starts_at, half_day.ends_at)

    @on(Key.Pressed, "#absent")
    def action_absent(self) -> None:
        """Nobody has signed, and nobody has said why."""
        if self._draft.person is not None:
            self._ask_line(self._draft.person, absent=True)

    @on(Key.Pressed, "#excused")
    def action_excused(self) -> None:
        """Nobody has signed, and the sheet says why."""
        person = self._draft.person
        if person is not None:
            answers = {word: self.translate(label) for word, label in EXCUSE_LABELS.items()}
            question = [self.translate("{name} : pourquoi ?", name=person.name)]
            chosen = lambda word: self._ask_line(person, excuse=word)  # noqa: E731
            self.open(ChoiceScreen(self.frame, question, answers, chosen))

    def _ask_line(
        self,
        person: TypedLine,
        arrived: datetime | None = None,
        left: datetime | None = None,
        *,
        absent: bool = False,
        excuse: str | None = None,
    ) -> None:
        self._draft.enter(person.person_id)
        self.say("")
        self.ask(EnterFromPaper(self._half_day_id, person.person_id, arrived, left, absent, excuse))
        self._draft.go_on()
        self._show()

    # ---- answers

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401
        """Show the sheet, or what became of a line."""
        if isinstance(request, SeeSheet):
            before = self._draft.complete
            self._draft.read(result)
            if self._draft.complete and not before:
                self.say(self.translate("Toute la feuille est notée."))
            self._show()
        elif isinstance(request, EnterFromPaper) and isinstance(result, Marked):
            if result.refused in (None, Refused.ALREADY):
                self._draft.stored(request.person_id, agreed=not result.act)
                self.changed()
            else:
                self._look_again_at(request, self._why(request, result.refused))

    def refused(self, request: Request[Any]) -> None:
        """The role may not do this, or the half-day is too far away."""
        super().refused(request)
        if isinstance(request, EnterFromPaper):
            self._look_again_at(request, self.translate("Votre compte ne permet pas cela."))

    def failed(self, request: Request[Any]) -> None:
        """Nothing is on the disk: the line waits as it was typed."""
        super().failed(request)
        if isinstance(request, EnterFromPaper):
            self._look_again_at(request, self.translate("Rien n'est noté : essayez encore."))

    def _why(self, request: EnterFromPaper, why: Refused) -> str:
        translate, sheet = self.translate, self._draft.sheet
        lines = (line.name for line in self._draft.lines if line.person_id == request.person_id)
        name = next(lines, "")
        if why is Refused.GONE:
            return translate("Cette personne n'est plus sur la liste : passez à la suite.")
        if sheet and (request.arrived, request.left) == (sheet.half_day.starts_at, sheet.half_day.ends_at):
            return translate("La demi-journée n'est pas finie : écrivez l'heure d'arrivée.")
        return translate("{name} : heures hors de la demi-journée ou à venir, à revoir.", name=name)

    def _look_again_at(self, request: EnterFromPaper, sentence: str) -> None:
        self._draft.give_back(request.person_id)
        self.say(sentence)
        self._show()

    # ---- going

    def go_back(self) -> None:
        """Once it is said what is typed and not noted; the second time it goes."""
        if self._draft.unfinished and not self._warned:
            self._warned = True
            self.say(self.translate("Des heures ne sont pas encore notées : « Retour » les oublie."))
            return
        super().go_back()

    def wipe(self) -> None:
        """Forget the people and what was typed."""
        super().wipe()
        self._draft = SheetDraft()
        self._lines.show((), 0)
        self._title.update("")
        self._entry.update("")


def _clock(digits: str) -> str:
    filled = digits.ljust(HOUR, "_")
    return f"{filled[:2]}:{filled[2:]}"


def _clocks(digits: str) -> str:
    """What is typed, as it stands on its line."""
    return " – ".join(_clock(part) for part in (digits[:HOUR], digits[HOUR:]) if part)
