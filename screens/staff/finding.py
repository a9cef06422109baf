"""Finding a known person: two letters or more, and at most eight keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual import events, on
from textual.containers import Center, Container, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from models.finding import MOST_PEOPLE, FindPeople, Known, Matches
from models.requests import Request
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.key import Key
from screens.widgets.keyboard import Keyboard

LONGEST = 40
"""Letters of a name that is looked for."""

WIDE = 120
"""Columns from which three keys stand side by side, each with a whole name and reference."""


class FindScreen(StaffScreen):
    """Letters by touch or on any keyboard; whoever begins so stands below, each a key.

    On a low grid the people take the place of the letters. ``chosen`` is told whom somebody has touched.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall"), (34, "-high")]
    DEFAULT_CSS = """
    FindScreen #body { width: 100%; height: 1fr; align: center middle; }
    FindScreen #asked { width: 100%; height: 1; padding: 0 2; }
    FindScreen #asked Static { width: auto; height: 1; }
    FindScreen #asked #letters { text-style: bold; color: $accent; }
    FindScreen #found {
        layout: grid; grid-size: 2; grid-rows: 3; grid-gutter: 0 1; height: 1fr; width: 100%;
        max-width: 112; padding: 0 1;
    }
    FindScreen.-wide #found { grid-size: 3; }
    FindScreen.-wide #body > * { width: 112; }
    FindScreen.-high #asked { margin: 0 0 1 0; }
    FindScreen.-high #found { height: 12; }
    FindScreen #found Key { width: 100%; padding: 0; min-width: 12; }
    FindScreen Center { height: auto; }
    FindScreen.-narrow Keyboard .row { grid-gutter: 0 0; }
    FindScreen.-narrow .actions > Key { padding: 0 1; min-width: 12; }
    FindScreen.-short #found { display: none; }
    FindScreen.-short.-people #found { display: block; }
    FindScreen.-short.-people Center { display: none; }
    FindScreen #typing { display: none; }
    FindScreen.-short.-people #typing { display: block; }
    """

    def __init__(self, frame: Frame, question: str, chosen: Callable[[Known], None]) -> None:
        super().__init__(frame)
        self._question = question
        self._chosen: Callable[[Known], None] | None = chosen
        self._letters = ""
        self._people: tuple[Known, ...] = ()
        self._called_back = False
        """Whether somebody wants to see the letters on a low grid, until they type another one."""
        self._asked = Static("", id="question", markup=False)
        self._given = Static("", id="letters", markup=False)
        self._keys = [Key("", id=f"person-{number}") for number in range(MOST_PEOPLE)]

    def parts(self) -> Iterable[Widget]:
        """What is asked, the letters, what was said, the people, the keyboard, the foot."""
        with Vertical(id="body"):
            with Horizontal(id="asked"):
                yield self._asked
                yield self._given
            yield self.said
            with Container(id="found"):
                yield from self._keys
            with Center():
                yield Keyboard(self.translate)
        with Horizontal(classes="actions"):
            yield from self.more_keys()
            yield Static(classes="gap")
            yield Key(self.translate("Lettres"), id="typing")
            yield self.back_key()

    def more_keys(self) -> Iterable[Key]:
        """Keys at the left of the foot."""
        return ()

    def on_mount(self) -> None:
        """Nobody is found yet."""
        self._show_letters()
        self._show_people(())

    # ---- letters

    @property
    def letters(self) -> str:
        """What was typed."""
        return self._letters

    def on_key(self, event: events.Key) -> None:
        """Letters of any keyboard, backspace, and Enter where one person is left."""
        sign = event.character or ""
        if event.key == "backspace":
            self._erased()
        elif event.key == "enter" and self.focused is None:
            if len(self._people) == 1:
                self._choose(self._people[0])
        elif len(sign) == 1 and (sign.isalpha() or sign in "-'’ "):
            self._add(sign)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Keyboard.Typed)
    def _typed(self, message: Keyboard.Typed) -> None:
        message.stop()
        self._add(message.letter)

    @on(Keyboard.Erased)
    def _erased(self) -> None:
        self.type(self._letters[:-1])

    @on(Key.Pressed, "#typing")
    def _typing(self, event: Key.Pressed) -> None:
        event.stop()
        self._called_back = True
        self.remove_class("-people")

    def _add(self, sign: str) -> None:
        if len(self._letters) < LONGEST:
            begins = not self._letters or self._letters[-1] in "-'’ "
            # The Turkish capital İ would become two signs.
            small = {"İ": "i"}.get(sign, sign.lower())
            self.type(self._letters + (sign.upper() if begins else small))

    def type(self, letters: str) -> None:
        """Other letters stand there: whoever begins so is looked for."""
        self._letters = letters
        self._called_back = False
        self._show_letters()
        self.say("")
        self.look()

    def look(self) -> None:
        """Look for whoever begins so."""
        if self._letters:
            self.ask(FindPeople(self._letters))
        else:
            self._show_people(())

    def changed(self) -> None:
        """Somebody may be known since."""
        self.look()

    # ---- people

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show whom the letters lead to, where nobody has typed on meanwhile."""
        if isinstance(request, FindPeople) and request.letters == self._letters:
            self._found(result)

    def _found(self, matches: Matches) -> None:
        # Below the header come letters and words, and at the foot keys; on a low grid no keyboard.
        rows = self.size.height - (6 if self.has_class("-short") else 15)
        fit = rows // 3 * (3 if self.size.width >= WIDE else 2)
        more = matches.more or len(matches.people) > fit
        people = matches.people[:fit]
        self._show_people(people)
        self.set_class(bool(people) and not more and not self._called_back, "-people")
        if more:
            self.say(self.translate("Il y a d'autres noms : ajoutez une lettre."))

    def _show_people(self, people: tuple[Known, ...]) -> None:
        self._people = people
        for number, key in enumerate(self._keys):
            key.say(named(people[number]) if number < len(people) else "")
            key.display = number < len(people)
        if not people:
            self.remove_class("-people")

    @on(Key.Pressed, "#found Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        number = int((event.key.id or "").rpartition("-")[2])
        if number < len(self._people):
            self._choose(self._people[number])

    def _choose(self, known: Known) -> None:
        if self._chosen is not None:
            self._chosen(known)

    def ask_for(self, question: str) -> None:
        """Put another question."""
        self._question = question
        self._show_letters()

    def _show_letters(self) -> None:
        self._asked.update(f"{self._question} ")
        self._given.update(f"{self._letters}_")

    def wipe(self) -> None:
        """Forget the letters, the people, and who asked."""
        super().wipe()
        self._letters = self._question = ""
        self._chosen = None
        self._show_letters()
        self._show_people(())


def named(known: Known) -> str:
    """A name with what tells two of that name apart."""
    return f"{known.name} · {known.reference}" if known.reference else known.name
