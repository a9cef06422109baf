"""A person's self-assessments, one a page: status, areas, every competence with what the exercises say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assets.assessment import framework
from assets.languages import day
from models.assessment.observing import Observe
from models.assessment.reading import AssessmentsOf, PersonAssessments, Read, ResultFor
from models.requests import Request
from screens.assessment.wording import span_words
from screens.staff.assessment_words import (
    FLAGS,
    area_name,
    competence_name,
    level_words,
    observed_words,
    part_words,
    status_words,
    steps,
)
from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import PaperWanted
from screens.widgets.area_list import AreaLine, AreaList
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey


class AssessmentScreen(StaffScreen):
    """The newest first; areas at the left, the competences of the chosen one beside them."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall"), (40, "-high")]
    BINDINGS = [
        ("up", "area(-1)"),
        ("down", "area(1)"),
        ("left", "page(1)"),
        ("right", "page(-1)"),
        ("c", "touch('observe')"),
        ("i", "touch('print')"),
        ("v", "touch('change')"),
        ("p", "touch('earlier')"),
        ("r", "touch('later')"),
        ("s", "touch('more')"),
    ]
    DEFAULT_CSS = """
    AssessmentScreen #who, AssessmentScreen #status {
        width: 100%; height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis;
    }
    AssessmentScreen.-tall #who, AssessmentScreen.-high #who { margin: 1 0 0 0; }
    AssessmentScreen #body { width: 100%; height: 1fr; padding: 0 1; }
    AssessmentScreen.-tall #body, AssessmentScreen.-high #body { margin: 1 0 0 0; }
    AssessmentScreen #areas { margin: 0 2 0 0; }
    AssessmentScreen .competences { width: 1fr; height: 100%; padding: 0 1; }
    AssessmentScreen #other { display: none; }
    AssessmentScreen.-wide.-high #other { display: block; }
    AssessmentScreen.-short #areas { display: none; }
    AssessmentScreen.-short.-said #status, AssessmentScreen.-short #said { display: none; }
    AssessmentScreen.-short.-said #said { display: block; }
    AssessmentScreen .actions > Key { min-width: 12; padding: 0; margin: 0 0 0 1; }
    AssessmentScreen.-narrow .actions > Key { min-width: 9; }
    AssessmentScreen.-narrow .keys > Key { width: auto; min-width: 12; }
    AssessmentScreen .actions > Key:first-child { margin: 0; }
    """

    def __init__(self, frame: Frame, person_id: str) -> None:
        super().__init__(frame)
        self._person_id = person_id
        self._found: PersonAssessments | None = None
        self._page = 0
        """Of the pages, the newest one is 0."""
        self._who = Static("", id="who", markup=False)
        self._status = Static("", id="status", markup=False)
        self._areas = AreaList(id="areas")
        self._columns = [Static("", classes="competences", markup=False, id=id) for id in ("one", "other")]
        translate = self.translate
        self._observe = LetteredKey(translate("Confirmé"), "c", id="observe")
        self._print = LetteredKey(translate("Imprimer"), "i", id="print")
        self._change = LetteredKey(translate("Avant / après"), "v", id="change")
        self._earlier = LetteredKey(translate("Plus ancien"), "p", id="earlier")
        self._later = LetteredKey(translate("Plus récent"), "r", id="later")
        self._more = LetteredKey(translate("Suite"), "s", id="more")
        self._keys = (self._observe, self._print, self._change, self._earlier, self._later, self._more)
        for key in self._keys:
            key.display = False

    def parts(self) -> Iterable[Widget]:
        """Who and when, where they stand, areas and competences, and what can be done."""
        yield self._who
        yield self._status
        yield Horizontal(self._areas, *self._columns, id="body")
        yield self.said
        yield Horizontal(self._observe, self._print, self._change, classes="keys")
        with Horizontal(classes="actions"):
            yield self._earlier
            yield self._later
            yield Static(classes="gap")
            yield self._more
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for everything that the person has kept."""
        self.changed()

    def on_resize(self) -> None:
        """As much as fits."""
        self.call_after_refresh(self._show)

    def changed(self) -> None:
        """Another one may have been kept, or confirmed elsewhere."""
        if not self.wiped:
            self.ask(AssessmentsOf(self._person_id))

    # ---- answers

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """The pages, or what became of a tick."""
        if isinstance(request, AssessmentsOf):
            self._take(result)
        elif isinstance(request, Observe):
            if result is not None:
                self.say(self.translate("Rien n'est noté : ce point n'est plus là."))
            elif request.seen:
                self.say(self.translate("C'est noté : vous l'avez vu."))
            else:
                self.say(self.translate("C'est retiré."))

    def _take(self, found: PersonAssessments | None) -> None:
        before = self._read
        self._found = found
        listed = found.listed if found else ()
        # Whoever reads one goes on reading it, also when another is kept meanwhile.
        ids = [one.id for one in listed]
        self._page = ids.index(before.id) if before and before.id in ids else 0
        self._show()

    @property
    def _read(self) -> Read | None:
        """The one on this page."""
        listed = self._found.listed if self._found else ()
        return listed[self._page] if self._page < len(listed) else None

    # ---- what is shown

    def _show(self) -> None:
        found, read = self._found, self._read
        if found is None or self.wiped:
            return
        self._show_keys(found, read)
        if read is None:
            self._who.update(Content(found.name).stylize("bold"), layout=False)
            self._columns[0].update(self.translate("Cette personne n'a pas encore fait le point."))
            return
        self._show_head(found, read)
        language = self.language
        self._areas.choosing = not self._shows_all
        self._areas.show(
            [
                AreaLine(
                    area,
                    area_name(area, language),
                    f"{steps(read.result.areas[area])} {span_words(read.result.areas[area], language)}",
                )
                for area in framework().competences
            ]
        )
        self._show_competences(read)

    def _show_head(self, found: PersonAssessments, read: Read) -> None:
        translate, language = self.translate, self.language
        told = [day(read.at, language, short=self.has_class("-narrow")), part_words(read, language)]
        if count := len(found.listed) - 1:
            told.insert(0, translate("{number} de {count}", number=count + 1 - self._page, count=count + 1))
        self._who.update(Content.assemble((found.name, "bold"), f"   {' · '.join(told)}"), layout=False)
        level = translate("Premier niveau :")
        words = status_words(read.result.status, language)
        status = Content.assemble(f"{level} ", (words, "bold $accent"))
        if seen := observed_words(read, language):
            status = Content.assemble(status, f" · {seen}")
        self._status.update(status, layout=False)

    def _show_keys(self, found: PersonAssessments, read: Read | None) -> None:
        there = read is not None
        self._observe.display = read is not None and read.can_be_observed
        self._print.display = there
        self._change.display = there and found.change is not None
        several = len(found.listed) > 1
        self._earlier.display = self._later.display = several
        # They keep their places: whoever turns the pages looks at the page.
        self._earlier.visible = self._page + 1 < len(found.listed)
        self._later.visible = self._page > 0
        self._more.display = there and self.has_class("-short")
        narrow = self.has_class("-narrow")
        label = self.translate("Confirmé") if narrow else self.translate("Confirmé : je l'ai vu")
        self._observe.say(f"✓ {label}" if read is not None and read.observed else label)

    @property
    def _shows_all(self) -> bool:
        return self.has_class("-wide") and self.has_class("-high")

    def _show_competences(self, read: Read) -> None:
        areas = framework().competences
        if self._shows_all:
            for column, listed in zip(self._columns, (("1", "2"), ("3", "4", "5")), strict=True):
                rows = [row for area in listed for row in (*self._area(read, area), Content(""))]
                column.update(Content("\n").join(rows), layout=False)
            return
        chosen = self._areas.chosen or next(iter(areas))
        heading = list(self._heading(read, chosen)) if self.has_class("-short") else []
        rows = [*heading, *self._competences(read, chosen)]
        self._columns[0].update(Content("\n").join(rows), layout=False)
        self._columns[1].update("")

    def _heading(self, read: Read, area: str) -> Iterator[Content]:
        span, language = read.result.areas[area], self.language
        level = f"   {steps(span)} {span_words(span, language)}"
        yield Content.assemble((area_name(area, language), "bold $accent"), level)

    def _area(self, read: Read, area: str) -> Iterator[Content]:
        yield Content(area_name(area, self.language)).stylize("bold $accent")
        yield from self._competences(read, area)

    def _competences(self, read: Read, area: str) -> Iterator[Content]:
        """One line a competence on a low grid, else two; an air between them where all of them fit so."""
        listed, language = framework().competences[area], self.language
        width, height = self._columns[0].content_size
        names = {one: f"{one}  {competence_name(one, language)}" for one in listed}
        column = max(map(cell_len, names.values())) + 2
        air = not self._shows_all and 3 * len(listed) - 1 <= height
        for number, one in enumerate(listed):
            level = level_words(read.answers, one, language)
            flag = read.result.flags.get(one)
            said = self.translate(FLAGS[flag]) if flag is not None else ""
            if self.has_class("-short"):
                told = " · ".join(part for part in (level, said) if part)
                room = min(column, max(width - cell_len(told), 0))
                name = names[one] if cell_len(names[one]) < room else f"{names[one][: room - 2]}…"
                yield Content.assemble(set_cell_size(name, room), told)
                continue
            if number and air:
                yield Content("")
            yield Content(names[one]).stylize("bold", 0, len(one))
            yield Content.assemble(f"     {level}", (f" · {said}" if said else "", "bold $accent"))

    def say(self, sentence: str) -> None:
        """Say what became of a touch; on a low grid in the place of where somebody stands."""
        super().say(sentence)
        self.set_class(bool(sentence), "-said")

    # ---- keys

    def action_area(self, by: int) -> None:
        """Another area."""
        self._areas.move(by)

    def action_page(self, by: int) -> None:
        """An earlier one, or a later one."""
        listed = self._found.listed if self._found else ()
        if 0 <= self._page + by < len(listed):
            self._page += by
            self.say("")
            self._show()

    @on(AreaList.Chosen)
    def _area_chosen(self) -> None:
        if (read := self._read) is not None:
            self._show_competences(read)

    def action_touch(self, name: str) -> None:
        """A letter presses its key."""
        self._do(name)

    @on(Key.Pressed, ".keys Key, .actions Key")
    def _touched(self, event: Key.Pressed) -> None:
        if event.key.id != "back":
            event.stop()
            self._do(event.key.id or "")

    def _do(self, name: str) -> None:
        found, read = self._found, self._read
        if found is None or read is None:
            return
        self.say("")
        match name:
            case "observe" if read.can_be_observed:
                wanted = Observe(read.id, found.person_id, seen=read.observed is None)
                self.ask(wanted, AssessmentsOf(self._person_id))
            case "print":
                self.post_message(PaperWanted(self, ResultFor(found.person_id, read.id)))
            case "change" if found.change is not None:
                from screens.staff.change import ChangeScreen

                self.open(ChangeScreen(self.frame, found.person_id))
            case "earlier":
                self.action_page(1)
            case "later":
                self.action_page(-1)
            case "more":
                self._areas.move(1, around=True)

    def wipe(self) -> None:
        """Forget who it is and what they said."""
        super().wipe()
        self._found = None
        self._person_id = ""
        self._areas.show(())
        for text in (self._who, self._status, *self._columns):
            text.update("")
