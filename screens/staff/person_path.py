"""One person's path as the team reads it: the four steps, what comes next, and whether their page is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, Counted, day, length, translator
from models.path.page import NotePage
from models.path.path import Path, PathOf, Step
from models.requests import Request
from screens.path.wording import course_words, path_rows
from screens.staff.assessment_words import STATUSES
from screens.staff.frame import Frame, StaffScreen
from screens.staff.orientation import OrientationScreen
from screens.staff.which_workshop import programme_name
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.widgets.path_rows import PathRow, PathRows
from screens.wording import what, when

COMING = Counted("{n} demi-journée à venir", "{n} demi-journées à venir")


def level_words(path: Path, language: str) -> str:
    """Where somebody stands by their latest assessment; empty where there is none."""
    if path.level.at is None:
        return ""
    step = path.level.step
    return translator(language)(STATUSES["together" if step is None else step.name.lower()])


def path_line(path: Path, language: str) -> str:
    """A path in one line: hours, half-days to come, level, page; empty where there is nothing to say."""
    translate = translator(language)
    said = []
    if path.course is not None:
        said.append(course_words(path.course, language))
        if path.course.to_come:
            said.append(translate(COMING, n=path.course.to_come))
    if level := level_words(path, language):
        said.append(translate("niveau {level}", level=level))
    if path.page.made_at is not None:
        said.append(translate("page faite"))
    return translate("Parcours : {said}", said=" · ".join(said)) if said else ""


def team_rows(path: Path, language: str) -> list[PathRow]:
    """The rows of the person's own screen; the level in the team's words."""
    rows = dict(zip(Step, path_rows(path, language), strict=True))
    if level := level_words(path, language):
        rows[Step.LEVEL] = replace(rows[Step.LEVEL], words=level)
    return list(rows.values())


class PersonPathScreen(StaffScreen):
    """What the person sees of themselves, what was decided, and two keys."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    PersonPathScreen #rows { padding: 0 2; }
    PersonPathScreen #next { width: 100%; height: auto; max-height: 6; padding: 0 2; color: $quiet; }
    PersonPathScreen.-short #next { max-height: 2; }
    PersonPathScreen.-tall #title { height: 2; padding: 1 2 0 2; }
    PersonPathScreen.-tall #next { margin: 1 0; }
    PersonPathScreen .actions > Key { padding: 0 1; margin: 0 0 0 1; }
    PersonPathScreen.-narrow .actions > Key { padding: 0; min-width: 12; }
    PersonPathScreen .actions > Key:first-child { margin: 0; }
    """

    def __init__(self, frame: Frame, person_id: str) -> None:
        super().__init__(frame)
        self._person_id = person_id
        self._path: Path | None = None
        self._who = Static("", id="title", markup=False)
        self._rows = PathRows()
        self._rows.id = "rows"
        self._next = Static("", id="next", markup=False)
        self._page = LetteredKey(self.translate("Page faite"), "p", id="page")

    def parts(self) -> Iterable[Widget]:
        """Who, the four steps, what comes next, and what can be done."""
        yield self._who
        yield self._rows
        yield self._next
        yield self.said
        with Horizontal(classes="actions"):
            yield self._page
            yield LetteredKey(self.translate("Orientation"), "o", id="orientation")
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the path."""
        self.changed()

    def changed(self) -> None:
        """Somebody has come, decided, taken stock or ticked a step."""
        if not self.wiped:
            self.ask(PathOf(self._person_id))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """The path, or what became of the word on the page."""
        if isinstance(request, PathOf):
            self._show(result)
        elif isinstance(request, NotePage):
            said = N_("La page est faite : c'est noté.") if request.made else N_("La page n'est pas faite.")
            self.say(self.translate(said if result else N_("C'est déjà noté.")))

    def _show(self, path: Path | None) -> None:
        self._path = path
        if path is None:
            self._forget()
            self.say(self.translate("Cette personne n'est plus connue."))
            return
        self._who.update(path.person.name, layout=False)
        self._rows.show(team_rows(path, self.language))
        self._next.update("\n".join(next_lines(path, self.language)))
        made = path.page.made_at is not None
        self._page.say(self.translate("Page pas faite") if made else self.translate("Page faite"))

    def on_key(self, event: events.Key) -> None:
        """A letter presses its key; held down it is one touch, and notes nothing back and forth."""
        letter = (event.character or "").casefold()
        for key in self.query(LetteredKey):
            if letter and letter == key.letter:
                event.stop()
                event.prevent_default()
                key.typed(event.time)

    @on(Key.Pressed, "#page")
    def _page_touched(self, event: Key.Pressed) -> None:
        event.stop()
        if self._path is not None:
            made = self._path.page.made_at is None
            self.ask(NotePage(self._person_id, made=made), PathOf(self._person_id))

    @on(Key.Pressed, "#orientation")
    def _orientation_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self.open(OrientationScreen(self.frame, self._person_id))

    def wipe(self) -> None:
        """Forget who it is, and how far they are."""
        super().wipe()
        self._person_id = ""
        self._forget()

    def _forget(self) -> None:
        self._path = None
        self._rows.forget()
        for text in (self._who, self._next):
            text.update("")


def next_lines(path: Path, language: str) -> Iterator[str]:
    """What was decided, what comes next, what they have asked for, and their time in all."""
    translate = translator(language)
    if path.decided is not None:
        who = [path.decided.by, day(path.decided.at, language, short=True)]
        decided = [programme_name(path.decided.programme, language), *filter(None, who)]
        yield translate("Orientation : {programme}", programme=" · ".join(decided))
    if path.next is not None:
        date = f"{when(path.next, language)} · {what(path.next, language)}"
        yield translate("Prochaine date : {date}", date=date)
    if path.course is not None and path.course.to_come:
        yield translate("Formation : {coming}", coming=translate(COMING, n=path.course.to_come))
    if path.asked:
        first = path.asked[0]
        wish = f"{what(first, language)}, {day(first.starts_at, language, short=True)}"
        yield translate("Place demandée : {wish}", wish=wish)
    if path.minutes:
        yield translate("Présence en tout : {time}", time=length(path.minutes, language))
