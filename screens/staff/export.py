"""Taking a report along: for whom, in which format, and where the file is."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_
from models.review.period import Period
from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import ExportWanted
from screens.staff.review_words import period_name
from screens.widgets.digits import digit_of
from screens.widgets.key import Key

SAID = {
    "pdf": (N_("PDF"), N_("à lire et à imprimer")),
    "xlsx": (N_("Excel"), N_("un tableau par question, avec les définitions")),
    "csv": (N_("CSV"), N_("un seul tableau, pour tout tableur")),
    "json": (N_("JSON"), N_("pour un programme")),
}
"""What each of ``assets.review.FORMATS`` is called, and what it is for."""

WITHIN = N_("Pour le SmartCorner")
OUTSIDE = N_("Pour l'envoyer ailleurs")
EXPLAINED = {
    False: N_("Tous les chiffres, aussi par demi-journée. Gardez ce fichier dans le SmartCorner."),
    True: N_("Les petits groupes sont cachés. Seulement pour des mois entiers et finis."),
}


class ExportScreen(StaffScreen):
    """Two keys for whom, four for the format; a digit chooses the format as well."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-middle"), (26, "-tall")]
    DEFAULT_CSS = """
    ExportScreen #explained { width: 100%; height: 2; padding: 0 2; color: $quiet; }
    ExportScreen #formats { width: 100%; max-width: 100; height: 1fr; padding: 0 2; }
    ExportScreen .format { width: 100%; height: 3; }
    ExportScreen .format Key { width: 16; padding: 0; }
    ExportScreen .format Static { width: 1fr; height: 3; padding: 0 2; content-align: left middle; }
    ExportScreen .keys { max-width: 100; }
    ExportScreen.-short #formats { layout: grid; grid-size: 2; grid-rows: 3; grid-gutter: 0 1; }
    ExportScreen.-short .format Key { width: 100%; }
    ExportScreen.-short .format Static { display: none; }
    ExportScreen.-short #said { display: none; height: 2; text-wrap: wrap; }
    ExportScreen.-short.-told #said { display: block; }
    ExportScreen.-short.-told #explained { display: none; }
    ExportScreen.-tall #explained { height: 3; }
    ExportScreen.-tall #title { height: 2; padding: 1 2 0 2; }
    """

    class Progress(Message):
        """So much of the report has been worked out; sent from another thread."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done = done
            self.of = of

    def __init__(
        self,
        frame: Frame,
        period: Period,
        *,
        outside: bool,
        may_choose: bool = True,
        network: bool = False,
    ) -> None:
        super().__init__(frame)
        self._network = network
        """Whether it is the whole network's."""
        self._period = period
        self._outside = outside
        self._may_choose = may_choose
        """Whether whoever is signed in may take the corner's own figures along."""
        self._explained = Static("", id="explained", markup=False)

    def parts(self) -> Iterable[Widget]:
        """Which period, for whom, which format, and what became of it."""
        translate = self.translate
        title = f"{translate('Emporter le bilan')} · {period_name(self._period, self.language)}"
        yield Static(title, id="title", markup=False)
        with Horizontal(classes="keys"):
            if self._may_choose:
                yield Key(translate(WITHIN), id="within")
            yield Key(translate(OUTSIDE), id="outside")
        yield self._explained
        with Vertical(id="formats"):
            for number, (word, (name, what_for)) in enumerate(SAID.items(), start=1):
                with Horizontal(classes="format"):
                    yield Key(f"{number}  {translate(name)}", id=word)
                    yield Static(translate(what_for), markup=False)
        yield self.said
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Say for whom."""
        self._show_whom()

    def _show_whom(self) -> None:
        for id_, chosen in (("within", not self._outside), ("outside", self._outside)):
            for key in self.query(f"#{id_}"):
                key.set_class(chosen, "-main")
        self._explained.update(self.translate(EXPLAINED[self._outside]))
        self._tell("")

    def on_key(self, event: events.Key) -> None:
        """A digit chooses a format."""
        digit = digit_of(event)
        if digit and 0 < int(digit) <= len(SAID):
            event.stop()
            event.prevent_default()
            self._take(list(SAID)[int(digit) - 1])

    @on(Key.Pressed)
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        word = event.key.id or ""
        if word in SAID:
            self._take(word)
        elif word in ("within", "outside"):
            self._outside = word == "outside"
            self._show_whom()
        elif word == "back":
            self.go_back()

    def _take(self, format_: str) -> None:
        self._tell(self.translate("Calcul…"))
        wanted = ExportWanted(self, self._period, format_, outside=self._outside, network=self._network)
        self.post_message(wanted)

    def told(self, done: int, of: int) -> None:
        """How far the report is; called in the thread that works it out."""
        self.post_message(self.Progress(done, of))

    @on(Progress)
    def _progress(self, event: Progress) -> None:
        event.stop()
        if event.of > 1:
            self._tell(self.translate("Calcul : {done} sur {of}", done=event.done, of=event.of))

    def done(self, sentence: str) -> None:
        """What became of it."""
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        """On the smallest grid it stands in the place of what the file holds."""
        self.set_class(bool(sentence), "-told")
        self.say(sentence)
