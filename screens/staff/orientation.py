"""What a person should do next: three keys, and a short note where it helps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual import events, on
from textual.containers import Center, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, day
from models.finding import Known, WhoIs
from models.orientation import LONGEST_NOTE, Decided, NotOriented, Orient, OrientationsOf
from models.requests import Request
from screens.messages import BackWanted
from screens.staff.finding import named
from screens.staff.frame import Frame, StaffScreen
from screens.staff.which_workshop import COURSES, ask_which, programme_name
from screens.widgets.key import Key
from screens.widgets.keyboard import Keyboard

REFUSED = {
    NotOriented.NOBODY: N_("Cette personne n'est plus connue."),
    NotOriented.UNKNOWN_PROGRAMME: N_("Choisissez d'abord une des trois touches."),
    NotOriented.TOO_LONG: N_("La note est trop longue : 200 signes au plus."),
    NotOriented.NATIONAL_NUMBER: N_("La note ressemble à un numéro national : retirez-le."),
}


class OrientationScreen(StaffScreen):
    """What was decided last, by whom and when; three keys; the note."""

    DEFAULT_CSS = """
    OrientationScreen #decided { width: 100%; height: 1fr; padding: 1 4; content-align: left middle; }
    OrientationScreen #wish { width: 100%; height: auto; max-height: 4; padding: 0 4; }
    OrientationScreen .actions > Key { padding: 0; min-width: 12; margin: 0; }
    OrientationScreen .actions > #note { width: 19; }
    OrientationScreen .actions > #keep { width: 17; }
    OrientationScreen .keys Key.-chosen { border: heavy $accent; text-style: bold; }
    """

    def __init__(self, frame: Frame, person_id: str) -> None:
        super().__init__(frame)
        self._person_id = person_id
        self._programme = ""
        self._note = ""
        self._warned = False
        """Whether it has been said that something is not kept yet."""
        self._title = Static("", id="title", markup=False)
        self._decided = Static("", id="decided", markup=False)
        self._wish = Static("", id="wish", markup=False)

    def parts(self) -> Iterable[Widget]:
        """Who, what was decided, what is chosen now, and the keys."""
        translate = self.translate
        yield self._title
        yield self._decided
        yield self._wish
        yield self.said
        with Horizontal(classes="keys"):
            for programme, label in COURSES.items():
                yield Key(translate(label), id=programme)
            yield Key(translate("Atelier précis"), id="other")
        with Horizontal(classes="actions"):
            yield Key(translate("Écrire une note"), id="note")
            yield Static(classes="gap")
            yield Key(translate("Enregistrer"), id="keep", main=True)
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Who is it, and what was decided?"""
        self.ask(WhoIs(self._person_id))
        self.changed()

    def changed(self) -> None:
        """Somebody else may have decided."""
        self.ask(OrientationsOf(self._person_id))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show who it is and what was decided, or say what became of it."""
        if isinstance(request, WhoIs):
            self._show_who(result)
        elif isinstance(request, OrientationsOf):
            self._show_decided(result)
        elif isinstance(request, Orient):
            if result is not None:
                self.say(self.translate(REFUSED[result]))
                return
            self._choose("")
            self._noted("")
            self.say(self.translate("C'est noté."))

    def _show_who(self, known: Known | None) -> None:
        self._title.update(named(known) if known else "")

    def _show_decided(self, decided: tuple[Decided, ...]) -> None:
        if not decided:
            self._decided.update(self.translate("Rien n'est encore décidé pour la suite."))
            return
        latest = decided[0]
        who = " · ".join(part for part in (latest.by, day(latest.at, self.language)) if part)
        lines = (programme_name(latest.programme, self.language), who, latest.note)
        self._decided.update("\n".join(line for line in lines if line))

    @on(Key.Pressed, ".keys Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        name = event.key.id or ""
        if name in COURSES:
            self._choose(name)
            return
        ask_which(self, self._choose)

    def _choose(self, programme: str) -> None:
        self._programme = programme
        for key in self.query(".keys Key").results(Key):
            own = key.id or ""
            here = own == programme if own in COURSES else bool(programme) and programme not in COURSES
            key.set_class(here, "-chosen")
        self.say("")
        self._show_wish()

    @on(Key.Pressed, "#note")
    def _write(self, event: Key.Pressed) -> None:
        event.stop()
        self.open(NoteScreen(self.frame, self._note, self._noted))

    def _noted(self, note: str) -> None:
        self._note = note
        self._show_wish()

    def _show_wish(self) -> None:
        chosen = programme_name(self._programme, self.language) if self._programme else ""
        wish = " · ".join(part for part in (chosen, self._note) if part)
        self._wish.update(self.translate("À enregistrer : {wish}", wish=wish) if wish else "")

    @on(Key.Pressed, "#keep")
    def _keep(self, event: Key.Pressed) -> None:
        event.stop()
        if not self._programme:
            self.say(self.translate(REFUSED[NotOriented.UNKNOWN_PROGRAMME]))
        else:
            self.ask(Orient(self._person_id, self._programme, self._note))

    def go_back(self) -> None:
        """Once it is said that something is not kept yet; the second time it goes."""
        if (self._programme or self._note) and not self._warned:
            self._warned = True
            self.say(self.translate("Rien n'est encore enregistré : « Retour » l'oublie."))
            return
        super().go_back()

    def wipe(self) -> None:
        """Forget who it is, what was decided, and the note."""
        super().wipe()
        self._person_id = self._programme = self._note = ""
        for text in (self._title, self._decided, self._wish):
            text.update("")


class NoteScreen(StaffScreen):
    """A short note, with a word on what does not belong into it (P-27)."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall"), (34, "-high")]
    DEFAULT_CSS = """
    NoteScreen #warning { width: 100%; height: 1; padding: 0 2; color: $quiet; }
    NoteScreen #text { width: 100%; height: 1fr; padding: 0 2; text-style: bold; }
    NoteScreen.-tall #text, NoteScreen.-high #text { padding: 1 2; }
    NoteScreen #body { width: 100%; height: 1fr; align: center middle; }
    NoteScreen.-high #text { height: 6; }
    NoteScreen.-wide #body > * { width: 112; }
    NoteScreen #left { width: 9; height: 3; content-align: right middle; }
    NoteScreen Center { height: auto; }
    NoteScreen.-narrow Keyboard .row { grid-gutter: 0 0; }
    NoteScreen .actions > Key { padding: 0; min-width: 12; margin: 0 1 0 0; }
    """

    def __init__(self, frame: Frame, note: str, given: Callable[[str], None]) -> None:
        super().__init__(frame)
        self._note = note
        self._given: Callable[[str], None] | None = given
        self._text = Static("", id="text", markup=False)
        self._left = Static("", id="left", markup=False)

    def parts(self) -> Iterable[Widget]:
        """The warning, the note, the keyboard and the foot."""
        translate = self.translate
        with Vertical(id="body"):
            yield Static(
                translate("Rien sur la santé ou la famille, aucun numéro."), id="warning", markup=False
            )
            yield self._text
            with Center():
                yield Keyboard(translate)
        with Horizontal(classes="actions"):
            yield Key(translate("Espace"), id="blank", repeats=True)
            yield Key(translate("Entrer"), id="enter", main=True)
            yield Static(classes="gap")
            yield self._left
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Show what stands there already."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Whatever a keyboard can print, backspace and Enter."""
        sign = event.character or ""
        if event.key == "backspace":
            self._erased()
        elif event.key == "enter" and self.focused is None:
            self._finish()
        elif len(sign) == 1 and sign.isprintable():
            self._add(sign)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Keyboard.Typed)
    def _typed(self, message: Keyboard.Typed) -> None:
        message.stop()
        letter = message.letter
        begins = not self._note.strip() or self._note.rstrip()[-1:] in ".!?"
        self._add(letter if begins else {"İ": "i"}.get(letter, letter.lower()))

    @on(Keyboard.Erased)
    def _erased(self) -> None:
        self._note = self._note[:-1]
        self._show()

    @on(Key.Pressed, "#blank")
    def _blank(self, event: Key.Pressed) -> None:
        event.stop()
        self._add(" ")

    @on(Key.Pressed, "#enter")
    def _entered(self, event: Key.Pressed) -> None:
        event.stop()
        self._finish()

    def _add(self, sign: str) -> None:
        if len(self._note) < LONGEST_NOTE:
            self._note += sign
            self._show()

    def _finish(self) -> None:
        given, self._given = self._given, None
        if given is not None:
            self.post_message(BackWanted())
            given(self._note.strip())

    def _show(self) -> None:
        # On a low grid there are two rows: what is being written is at its end.
        room = 2 * (self.size.width - 14) if self.has_class("-short") else LONGEST_NOTE
        shown = self._note if len(self._note) <= room else f"…{self._note[-room:]}"
        self._text.update(f"{shown}_", layout=False)
        self._left.update(f"{len(self._note)}/{LONGEST_NOTE}", layout=False)

    def wipe(self) -> None:
        """Forget the note."""
        super().wipe()
        self._note = ""
        self._given = None
        self._text.update("")
