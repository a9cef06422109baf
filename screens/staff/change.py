"""Before and after: a person's first self-assessment beside their latest, area by area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.cells import cell_len, set_cell_size
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assets.assessment import framework, thresholds
from assets.languages import Counted, day
from models.assessment.comparing import Compared
from models.assessment.reading import AssessmentsOf, Change, PersonAssessments
from models.requests import Request
from screens.assessment.wording import span_words
from screens.staff.assessment_words import area_name, change_words, progress_defined, steps
from screens.staff.frame import Frame, StaffScreen

ROOMY = 28
"""Rows of a grid from which there is air between the areas."""


class ChangeScreen(StaffScreen):
    """Five areas, then whether it is progress, and what that word means."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    ChangeScreen #who { width: 100%; height: 1; padding: 0 2; }
    ChangeScreen.-tall #who { margin: 1 0; }
    ChangeScreen #areas { width: 100%; height: auto; padding: 0 2; }
    ChangeScreen #progress { width: 100%; height: auto; padding: 0 2; }
    ChangeScreen.-tall #progress { margin: 1 0 0 0; }
    ChangeScreen.-narrow #areas { padding: 0 1; }
    ChangeScreen .actions > #said { width: 1fr; }
    """

    def __init__(self, frame: Frame, person_id: str) -> None:
        super().__init__(frame)
        self._person_id = person_id
        self._found: PersonAssessments | None = None
        self._who = Static("", id="who", markup=False)
        self._areas = Static("", id="areas", markup=False)
        self._progress = Static("", id="progress", markup=False)

    def parts(self) -> Iterable[Widget]:
        """Who, the areas, what it comes to, and the way back."""
        yield self._who
        yield self._areas
        yield self._progress
        with Horizontal(classes="actions"):
            yield self.said
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for both."""
        self.changed()

    def on_resize(self) -> None:
        """As much as fits."""
        self.call_after_refresh(self._show)

    def changed(self) -> None:
        """A later one may have been kept."""
        if not self.wiped:
            self.ask(AssessmentsOf(self._person_id))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show both."""
        self._found = result
        self._show()

    def _show(self) -> None:
        found = self._found
        if found is None or self.wiped:
            return
        change, language = found.change, self.language
        if change is None:
            self._who.update(Content(found.name).stylize("bold"))
            self._areas.update(self.translate("Un seul point est gardé : il n'y a rien à comparer."))
            self._progress.update("")
            return
        days = f"   {day(change.first, language, short=True)} → {day(change.latest, language, short=True)}"
        self._who.update(Content.assemble((found.name, "bold"), days))
        if change.compared is None:
            self._areas.update(
                self.translate("Les questions n'ont plus les mêmes mots : rien n'est comparé.")
            )
            self._progress.update("")
            return
        self._areas.update(Content("\n").join(self._rows(change, change.compared)))
        self._progress.update(Content("\n").join(self._verdict(change, change.compared)))

    def _rows(self, change: Change, compared: Compared) -> Iterator[Content]:
        """One line an area on a low grid, else two, with air between them where there is room."""
        language, short = self.language, self.has_class("-short")
        names = {area: area_name(area, language) for area in framework().competences}
        column = max(map(cell_len, names.values())) + 2
        air = self.size.height >= ROOMY
        for number, (area, name) in enumerate(names.items()):
            before, after = change.before[area], change.after[area]
            word = (change_words(compared.areas[area], language), "bold $accent")
            if number and air:
                yield Content("")
            named = (set_cell_size(name, column), "bold")
            if short:
                yield Content.assemble(named, f"{steps(before)} → {steps(after)}  ", word)
                continue
            yield Content.assemble(named, word)
            told = " → ".join(f"{steps(one)} {span_words(one, language)}" for one in (before, after))
            yield Content(" " * column + told)

    def _verdict(self, change: Change, compared: Compared) -> Iterator[Content]:
        translate = self.translate
        word = translate("Progrès") if change.progress else translate("Pas de différence nette")
        up = translate(Counted("{n} réponse en hausse", "{n} réponses en hausse"), n=compared.up)
        down = translate(Counted("{n} en baisse", "{n} en baisse"), n=compared.down)
        yield Content.assemble((word, "bold"), f" · {up}, {down}")
        yield Content(progress_defined(thresholds(), self.language)).stylize("$quiet")

    def wipe(self) -> None:
        """Forget who it is and what they said."""
        super().wipe()
        self._found = None
        self._person_id = ""
        for text in (self._who, self._areas, self._progress):
            text.update("")
