"""One person on one half-day: what counts, why, and what can be put right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import date_of, hour, hours, length, local
from models.correcting import AnnulEvent, CorrectTime
from models.marking import Mark, Marked, MarkPerson
from models.path.path import PathOf
from models.person import PersonPage, SeePerson
from models.person_events import PersonEvent
from models.requests import Request
from screens.staff.certifying import certify
from screens.staff.choosing import ChoiceScreen
from screens.staff.corrections import annul_event, correct_time, note_move
from screens.staff.frame import Frame, StaffScreen
from screens.staff.person_path import PersonPathScreen, path_line
from screens.staff.person_words import file_lines, note_lines, signed_words
from screens.staff.why import WhyScreen
from screens.staff.words import REFUSED, event_words, explained, state_words
from screens.widgets.event_list import EventList, Line
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.wording import what

NOTHING = "—"


class PersonScreen(StaffScreen):
    """The ledger in words; the keys act on the chosen line or on the person."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    BINDINGS = [
        ("up", "move(-1)"),
        ("down", "move(1)"),
        ("p", "touch('why')"),
        ("h", "touch('time')"),
        ("a", "touch('annul')"),
        ("r", "touch('note')"),
        ("f", "touch('file')"),
        ("t", "touch('certificate')"),
        ("l", "touch('assessment')"),
        ("s", "touch('more')"),
    ]
    DEFAULT_CSS = """
    PersonScreen #name { width: 100%; height: 1; padding: 0 2; }
    PersonScreen.-tall #name { margin: 1 0 0 0; }
    PersonScreen #figures { width: 100%; height: 2; padding: 0 2; }
    PersonScreen.-tall #figures { margin: 1 0; }
    PersonScreen.-tall.-path #figures { margin: 1 0 0 0; }
    PersonScreen #figures > Static { width: 1fr; height: 2; }
    PersonScreen #path {
        display: none; width: 100%; height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis;
    }
    PersonScreen.-path #path { display: block; }
    PersonScreen.-narrow #path { display: none; }
    PersonScreen.-tall #path { margin: 0 0 1 0; }
    PersonScreen #notes { width: 100%; height: auto; max-height: 2; padding: 0 2; color: $quiet; }
    PersonScreen.-short #notes { max-height: 1; }
    PersonScreen.-tall #notes { margin: 0 0 1 0; }
    PersonScreen .keys > Key { min-width: 10; }
    PersonScreen.-narrow .keys > Key { width: auto; }
    PersonScreen .actions > Key { min-width: 12; padding: 0; margin: 0 0 0 1; }
    PersonScreen.-narrow #assessment { display: none; }
    PersonScreen .actions > Key:first-child { margin: 0; }
    """

    def __init__(self, frame: Frame, half_day_id: str, person_id: str) -> None:
        super().__init__(frame)
        self._asked = SeePerson(half_day_id, person_id)
        self._page: PersonPage | None = None
        self._goes_on = False
        """Whether the next page chooses what was noted last."""
        self._erased = False
        """Whether they were erased from here: there is no page to come back to."""
        self._who = Static("", id="name", markup=False)
        self._figures = [Static("", markup=False) for _ in range(4)]
        self._path = Static("", id="path", markup=False)
        self._notes = Static("", id="notes", markup=False)
        self._events = EventList(id="events")
        self._note = LetteredKey(self.translate("Arrivée…"), "r", id="note")
        self._more = LetteredKey(self.translate("Suite"), "s", id="more")

    def parts(self) -> Iterable[Widget]:
        """Who, the figures, the events, and what can be done."""
        translate = self.translate
        yield self._who
        yield Horizontal(*self._figures, id="figures")
        yield self._path
        yield self._notes
        yield self._events
        yield self.said
        with Horizontal(classes="keys"):
            yield LetteredKey(translate("Pourquoi ?"), "p", id="why")
            yield LetteredKey(translate("Corriger l'heure"), "h", id="time")
            yield LetteredKey(translate("Annuler"), "a", id="annul")
            yield self._note
        with Horizontal(classes="actions"):
            yield LetteredKey(translate("Fiche"), "f", id="file")
            yield LetteredKey(translate("Attestation"), "t", id="certificate")
            yield LetteredKey(translate("Le point"), "l", id="assessment")
            yield Static(classes="gap")
            yield self._more
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the page."""
        self._more.display = self._notes.display = False
        self._ask_for_all()

    def on_screen_resume(self) -> None:
        """Back to the list, where nobody is left here."""
        if self._erased and not self.wiped:
            self.go_back()

    def _is_erased(self) -> None:
        self._erased = True

    def on_resize(self) -> None:
        """Whether there are further pages, once it is known how much fits."""
        self.call_after_refresh(self._show_more)

    def changed(self) -> None:
        """Somebody has noted something, here or elsewhere."""
        self._ask_for_all()

    def _ask_for_all(self) -> None:
        """The page; by itself the path, which may be out of reach where the half-day is not (P-20)."""
        self.ask(self._asked)
        self.ask(PathOf(self._asked.person_id))

    # ---- answers

    def refused(self, request: Request[Any]) -> None:
        """The page stands without the path."""
        if not isinstance(request, PathOf):
            super().refused(request)

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """The page, or what became of a correction."""
        if isinstance(request, SeePerson):
            self._show(result)
        elif isinstance(request, PathOf):
            line = path_line(result, self.language) if result else ""
            self._path.update(line)
            self.set_class(bool(line), "-path")
        elif isinstance(result, Marked):
            self.say(self.translate(REFUSED[result.refused]) if result.refused else self._done(request))
            self._goes_on = not result.refused
            self.ask(self._asked)

    def _done(self, request: Request[Any]) -> str:
        translate = self.translate
        if isinstance(request, CorrectTime):
            return translate("Heure corrigée. L'ancienne reste lisible.")
        if isinstance(request, AnnulEvent):
            return translate("Annulé. La ligne reste lisible.")
        left = isinstance(request, MarkPerson) and request.mark is Mark.LEFT
        return translate("Départ noté.") if left else translate("Arrivée notée.")

    def _show(self, page: PersonPage | None) -> None:
        before, self._page = self._page, page
        if page is None:
            self._forget()
            self.say(self.translate("Cette personne n'est plus dans cette liste."))
            # There is nothing to do with nobody: only the way back stays.
            for key in self.query(".keys Key, .actions Key").results(Key):
                key.display = key.id == "back"
            return
        language, reckoning, translate = self.language, page.reckoning, self.translate
        starts, ends = page.half_day.starts_at, page.half_day.ends_at
        on, span = date_of(starts, language, year=False), hours(starts, ends, language)
        where = f"{on} · {what(page.half_day, language)} · {span}"
        state = state_words(reckoning.state, language)
        named = Content.assemble((page.name, "bold"), "   ", (state, "bold $accent"), f"   {where}")
        self._who.update(named, layout=False)
        times = [hour(at, language) if at else NOTHING for at in (reckoning.arrived_at, reckoning.left_at)]
        late = length(reckoning.late_by, language) if reckoning.late_by else NOTHING
        figures = (
            (translate("Arrivée"), times[0]),
            (translate("Départ"), times[1]),
            (translate("Compté"), length(reckoning.minutes, language)),
            (translate("Retard"), late),
        )
        for box, (label, figure) in zip(self._figures, figures, strict=True):
            box.update(Content.assemble((label, "$quiet"), "\n", (figure, "bold")), layout=False)
        notes = note_lines(page, language)
        self._notes.display = bool(notes)
        self._notes.update("\n".join(notes))
        self._note.say(translate("Départ…") if reckoning.present else translate("Arrivée…"))
        self._show_events(page, before)
        self.call_after_refresh(self._show_more)

    def _show_events(self, page: PersonPage, before: PersonPage | None) -> None:
        """The lines; the chosen one stays chosen whatever others note, and goes on to what was noted here."""
        on_day = local(page.half_day.starts_at).date()
        lines = [
            Line(
                hour(event.at, self.language),
                event_words(event, on_day, self.language),
                counts=event.annulled is None,
            )
            for event in page.events
        ]
        ids = [event.id for event in page.events]
        kept = None if self._goes_on else self._chosen_of(before)
        self._goes_on = False
        open_ones = [number for number, event in enumerate(page.events) if event.can_be_corrected]
        last = open_ones[-1] if open_ones else len(ids) - 1
        self._events.show(lines, ids.index(kept.id) if kept and kept.id in ids else last)

    def _show_more(self) -> None:
        self._more.display = self._events.pages > 1

    def _chosen_of(self, page: PersonPage | None) -> PersonEvent | None:
        number = self._events.chosen
        return page.events[number] if page and number < len(page.events) else None

    # ---- what can be done

    def action_move(self, by: int) -> None:
        """Arrows choose a line."""
        self._events.move(by)

    def action_touch(self, name: str) -> None:
        """A letter presses its key."""
        self._do(name)

    @on(Key.Pressed, ".keys Key, .actions Key")
    def _touched(self, event: Key.Pressed) -> None:
        if event.key.id != "back":
            event.stop()
            self._do(event.key.id or "")

    def _do(self, name: str) -> None:
        self.say("")
        if self._page is None:
            return
        keys: dict[str, Callable[[PersonPage], None]] = {
            "why": self._why,
            "time": partial(self._put_right, correct_time),
            "annul": partial(self._put_right, annul_event),
            "note": partial(note_move, self),
            "file": self._open_file,
            "certificate": partial(certify, self),
            "assessment": self._open_assessment,
        }
        if name == "more":
            self._events.next_page()
        elif name in keys:
            keys[name](self._page)

    def _why(self, page: PersonPage) -> None:
        lines = explained(page.reckoning, page.half_day, page.policy, self.language, page.events)
        signed = [signed_words(page, self.language)] if page.signed else []
        self.open(WhyScreen(self.frame, [*signed, *lines]))

    def _put_right(
        self, how: Callable[[StaffScreen, PersonPage, PersonEvent], None], page: PersonPage
    ) -> None:
        event = self._chosen_of(page)
        if event is not None and event.can_be_corrected:
            how(self, page, event)
        else:
            self.say(self.translate("Choisissez d'abord une ligne qui compte."))

    def _open_file(self, page: PersonPage) -> None:
        """What is known of the person, and the screens behind it."""
        translate = self.translate
        answers = {"cards": translate("Carte"), "orientation": translate("Orientation")}
        if not page.known:
            answers["merge"] = translate("Relier à un dossier")
        # On a narrow grid it has no key on the page.
        answers["assessment"] = translate("Le point")
        answers["path"] = translate("Parcours")
        if page.erasable:
            answers["erase"] = translate("Effacer…")
        self.open(ChoiceScreen(self.frame, file_lines(page, self.language), answers, self._go))

    def _open_assessment(self, page: PersonPage) -> None:
        """What the person can do, as they said themselves."""
        from screens.staff.assessment import AssessmentScreen

        self.open(AssessmentScreen(self.frame, page.person_id))

    def _go(self, where: str) -> None:
        page = self._page
        if page is None:
            return
        if where == "cards":
            from screens.staff.cards import CardsScreen

            self.open(CardsScreen(self.frame, page.person_id))
        elif where == "orientation":
            from screens.staff.orientation import OrientationScreen

            self.open(OrientationScreen(self.frame, page.person_id))
        elif where == "assessment":
            self._open_assessment(page)
        elif where == "path":
            self.open(PersonPathScreen(self.frame, page.person_id))
        elif where == "erase":
            from screens.staff.erasing import EraseScreen

            self.open(EraseScreen(self.frame, page.person_id, self._is_erased))
        else:
            from screens.staff.merging import MergeScreen

            self.open(MergeScreen(self.frame, page.half_day.id, page.person_id))

    # ---- going

    def wipe(self) -> None:
        """Forget who it was."""
        super().wipe()
        self._forget()

    def _forget(self) -> None:
        self._page = None
        for box in (self._who, self._path, self._notes, *self._figures):
            box.update("")
        self._events.show([], 0)
