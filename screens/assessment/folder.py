"""The second exercise: open the file of a name, then copy an address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events, on
from textual.containers import Grid, Vertical
from textual.widget import Widget

from assets.exercises import exercises
from models.assessment.checks import STEPS, Check, same_address
from screens.assessment.copying import Copying
from screens.assessment.exercise import ExerciseScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.keyboard import Keyboard
from screens.widgets.poster import Line, Plan, Poster

FILES = 4
"""Files of one folder."""


class FolderScreen(ExerciseScreen):
    """Two steps in turn. What comes of a step is said after neither; a second try has other names."""

    check = Check.COPY
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    FolderScreen .question > Vertical { width: 100%; height: 100%; align: center middle; }
    FolderScreen Poster { height: 1fr; min-height: 1; }
    FolderScreen #files {
        grid-size: 2 2; grid-rows: 3; grid-gutter: 1 2; height: 7; width: 100%; padding: 0 1;
    }
    FolderScreen #files Key { width: 100%; padding: 0 2; content-align: left middle; text-align: left; }
    FolderScreen.-tall .question > Vertical { max-width: 56; }
    FolderScreen.-tall Poster { max-height: 5; }
    FolderScreen.-tall #files { grid-size: 1 4; grid-gutter: 0; height: 12; }
    FolderScreen.-narrow Keyboard .row { grid-gutter: 0 0; }
    """

    def __init__(self, place: str, language: str, banner: str = "", steps: Sequence[bool] = ()) -> None:
        super().__init__(place, language, banner, steps)
        # Made here, so that a screen can be wiped before it stands.
        self._poster = Poster()
        self._files = [Key("", id=f"file-{place}") for place in range(FILES)]
        self._copying = Copying(self.translate)
        self._middle = Key("", id="skip")
        column = Vertical(self._poster, Grid(*self._files, id="files"))
        self._folder = Vertical(column, classes="question")
        self.show()

    def parts(self) -> Iterable[Widget]:
        """Both steps, of which one can be seen, and the foot."""
        yield self._folder
        yield self._copying
        yield Foot(self.translate, right=self.back_key(), middle=self._middle)

    @property
    def _try(self) -> int:
        return len(self._steps) // STEPS

    @property
    def copies(self) -> bool:
        """Whether the address is to be copied now."""
        return len(self._steps) % STEPS == 1

    def show(self) -> str:
        """The folder, or the address."""
        self._folder.display = not self.copies
        self._copying.display = self.copies
        if self.copies:
            address = exercises().addresses[self._try]
            self._copying.ask(address)
            self._show_middle()
            return f"{self._copying.question} {address}"
        self._copying.wipe()
        self._show_middle()
        translate, language = self.translate, self.language
        folder = exercises().folders[self._try]
        names = [file[language] for file in folder.files]
        for key, name in zip(self._files, names, strict=True):
            key.say(name)
        question = translate("Ouvrez le fichier « {name} ».", name=names[folder.wanted])
        above = translate("Encore une fois, avec d'autres noms") if self._try else translate("Vos fichiers")
        self._poster.show(Plan(lines=[Line(above, quiet=True), Line(question, strong=True)]))
        return question

    def _show_middle(self) -> None:
        """Nothing typed, nothing to confirm: then one may pass."""
        typed = bool(self._copying.letters.strip())
        self._middle.set_class(typed, "-main")
        self._middle.say(self.translate("C'est fait") if typed else self.translate("Passer"))

    # ---- the file

    @on(Key.Pressed, "#files Key")
    def _opened(self, event: Key.Pressed) -> None:
        event.stop()
        if event.key.label and not self.copies and not self.over:
            place = int((event.key.id or "").rpartition("-")[2])
            self.take(right=place == exercises().folders[self._try].wanted)

    # ---- the address

    def on_key(self, event: events.Key) -> None:
        """Every sign of any keyboard, backspace, and Enter where no key has the focus."""
        sign = event.character or ""
        if not self.copies:
            return
        if event.key == "backspace":
            self._erase()
        elif event.key == "enter" and self.focused is None:
            self._confirm()
        elif len(sign) == 1 and sign.isprintable():
            self._add(sign)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Keyboard.Typed)
    def _touched(self, message: Keyboard.Typed) -> None:
        message.stop()
        self._add(message.letter)

    @on(Keyboard.Erased)
    def _erase_touched(self, message: Keyboard.Erased) -> None:
        message.stop()
        self._erase()

    @on(Key.Pressed, "#skip")
    def _middle_touched(self, event: Key.Pressed) -> None:
        event.stop()
        if self.copies and self._copying.letters.strip():
            self._confirm()
        else:
            self.skip()

    def _add(self, sign: str) -> None:
        if not self.settling.fresh():
            self._copying.add(sign)
            self._show_middle()

    def _erase(self) -> None:
        if not self.settling.fresh():
            self._copying.erase()
            self._show_middle()

    def _confirm(self) -> None:
        if self.copies and self._copying.letters.strip():
            shown = exercises().addresses[self._try]
            self.take(right=same_address(self._copying.letters, shown))

    def wipe(self) -> None:
        """Forget what was chosen and typed, and show nothing more."""
        super().wipe()
        self._poster.show(Plan())
        for key in self._files:
            key.say("")
        self._copying.ask("")
        self._show_middle()
