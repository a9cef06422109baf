"""The roster: the group on one screen, readable from the desk; one key or one tap a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget

from assets.languages import N_, Counted, hour, local
from models.marking import Mark, Marked, MarkEverybody, MarkPerson
from models.requests import Request
from models.roster import Attendee
from models.seeing import RosterView, SeeRoster
from models.undoing import RedoLast, TakenBack, UndoLast
from screens.messages import Finished
from screens.staff.asking_more import WHY_EXCUSED, ask_more, choose
from screens.staff.choosing import EXCUSED
from screens.staff.frame import Frame, StaffScreen
from screens.staff.head import Head
from screens.staff.messages import LightWanted
from screens.staff.modes import Modes
from screens.staff.ready_words import Light, Signal, summary
from screens.staff.roster_words import (
    EVERYBODY,
    act_said,
    counts_of,
    detail_of,
    head_of,
    noted,
    tile_of,
)
from screens.staff.sharing_line import SharingLine
from screens.staff.sharing_words import Standpoint
from screens.widgets.digits import digit_of
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.widgets.tiles import Tiles

HELD = 0.06
"""Seconds between two letters of a key that stays down at most: keyboards repeat every 30 to 40 ms."""

NOTHING_TO_UNDO = N_("Vous n'avez rien à reprendre depuis dix minutes : voyez la fiche.")
NOTHING_CLOSED = N_("La demi-journée est clôturée : corrigez dans la fiche.")


class RosterScreen(StaffScreen):
    """A tap on a name notes what the pressed key says; a letter does so for whom the cursor is on."""

    BINDINGS = [
        ("left", "move(-1, 0)"),
        ("right", "move(1, 0)"),
        ("up", "move(0, -1)"),
        ("down", "move(0, 1)"),
        ("pageup", "turn_to(-1)"),
        ("pagedown", "turn_to(1)"),
        ("p", "mark('present')"),
        ("d", "mark('left')"),
        ("e", "mark('excused')"),
        ("a", "mark('absent')"),
        ("f", "person"),
        ("t", "everybody"),
        ("u", "undo"),
        ("y", "redo"),
        ("r", "to_see"),
        ("c", "hide"),
        ("m", "more"),
    ]
    DEFAULT_CSS = """
    RosterScreen #feet Key { width: auto; min-width: 9; padding: 0; }
    RosterScreen.-wide #feet Key { padding: 0 2; }
    RosterScreen #feet #everybody { width: 1fr; }
    RosterScreen.-narrow .keys > Key { margin: 0; width: auto; min-width: 8; }
    RosterScreen.-narrow #feet Key { min-width: 6; }
    RosterScreen.-narrow Modes > #present { width: 1fr; }
    """

    def __init__(
        self,
        frame: Frame,
        who: str,
        half_day_id: str = "",
        *,
        over: bool = False,
        reviews: bool = False,
    ) -> None:
        super().__init__(frame)
        self._who = who
        self._view: RosterView | None = None
        self._half_day_id = half_day_id
        """Empty until one has been shown: the one that is on."""
        self._over = over
        """Whether it stands over the day, and goes back to it."""
        self._reviews = reviews
        """Whether whoever is signed in may see the day."""
        self.standpoint = Standpoint.ROSTER if reviews else Standpoint.OFFICE
        self._hidden = False
        translate = self.translate
        self._head = Head()
        self._tiles = Tiles(id="tiles")
        # Kept, not looked up: an answer may come while the screen is on its way out.
        self._modes = Modes(translate)
        self._everybody = LetteredKey(translate(EVERYBODY[Mark.PRESENT][1]), "t", id="everybody")
        self._to_see = LetteredKey(translate("À régler"), "r", id="to-see")
        self._hide = LetteredKey(translate("Cacher"), "c", id="hide")
        self._told = ("", "")
        """Which half-day this is, and how many are there."""
        self._asked: list[str] = []
        """Names in what was asked for last, for saying what became of it."""
        self._said_now = ""
        """What became of the last touch; it stays until the next one."""
        self._pressed_at = float("-inf")

    def parts(self) -> Iterable[Widget]:
        """The half-day, the people, what a tap notes, and what else there is."""
        translate = self.translate
        yield self._head
        yield self._tiles
        yield SharingLine(self.language, self.standpoint)
        yield self.said
        yield self._modes
        with Horizontal(id="feet", classes="keys"):
            yield self._everybody
            yield LetteredKey(translate("Annuler"), "u", id="undo")
            yield self._to_see
            yield self._hide
            yield LetteredKey(translate("Menu"), "m", id="more")
            yield Key(translate("Retour") if self._over else translate("Terminé"), id="home")

    def on_mount(self) -> None:
        """Ask for the half-day that is on, and whether anything hinders it."""
        self.changed()
        self.post_message(LightWanted(self))

    def show_light(self, signals: Sequence[Signal]) -> None:
        """Say what is to be done before people come; that all is well needs no words here."""
        light, said = summary(signals, self.translate)
        if light is Light.ACT and not self._said_now:
            self.say(said)

    def on_resize(self) -> None:
        """The words on the keys are as long as the grid allows, and pages as many as it needs."""
        self._show_mode()
        self.call_after_refresh(self._show_page)

    def changed(self) -> None:
        """Somebody has changed something: look again."""
        if not self._hidden:
            self.ask(SeeRoster(self._half_day_id))

    # ---- answers

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401
        """Show what was asked for, or what became of it."""
        match request:
            case SeeRoster():
                self._show(result)
            case MarkPerson() | MarkEverybody():
                self._marked(request, result)
            case UndoLast():
                self._taken_back(result, N_("Annulé : {what}, {whom} ({who}, {time})."))
            case RedoLast():
                self._taken_back(result, N_("Rétabli : {what}, {whom} ({who}, {time})."))

    def _show(self, view: RosterView) -> None:
        if self._hidden:
            return
        self._view, language = view, self.language
        roster = view.roster
        self._half_day_id = roster.half_day.id if roster else ""
        if roster is None:
            self._told = (self.translate("Aucun atelier d'hier à demain."), "")
            self._tiles.show(())
        else:
            over = roster.half_day.ends_at <= view.at
            self._told = (head_of(roster, view.at, language), counts_of(roster, language, over=over))
            empty = self.translate("Personne n'a de place dans cet atelier.")
            self._tiles.show([tile_of(person, language, over=over) for person in roster.people], empty)
        self._show_page()
        self._show_calls(view)
        self._show_detail()

    def _show_page(self) -> None:
        """How many are there; and which page this is, where one does not hold everybody."""
        page, pages = self._tiles.page
        turned = self.translate("page {page} de {pages}", page=page, pages=pages) if pages > 1 else ""
        what, counts = self._told
        # The page first: on a narrow grid the end is cut, and a ninth person would be overlooked.
        self._head.say(what, " · ".join(part for part in (turned, counts) if part))

    def _show_calls(self, view: RosterView) -> None:
        from screens.staff.to_see import line_said

        number = len(view.to_see)
        if self.size.width < 80:
            self._to_see.say(self.translate("Régler"))
        else:
            label = self.translate("À régler")
            self._to_see.say(f"{label} · {number}" if number else label)
        you = self.translate("Vous êtes {name}.", name=self._who)
        if view.roster is not None and view.roster.signed is not None:
            at = hour(view.roster.signed.at, self.language)
            closed = self.translate("Clôturée à {time} par {name}.", time=at, name=view.signed_by)
            if view.corrected:
                closed = self.translate("Corrigée depuis la clôture de {time} : signez à nouveau.", time=at)
            you = f"{closed} {you}"
        elif view.unsettled:
            open_ = Counted("{n} demi-journée à clôturer.", "{n} demi-journées à clôturer.")
            you = f"{you} {self.translate(open_, n=view.unsettled)}"
        self._head.alert(line_said(view.to_see[0], self.language) if number else you, calls=bool(number))

    def _show_detail(self) -> None:
        """Who the cursor is on; what became of the last touch stays until the next."""
        if self._said_now or self._view is None or self._view.roster is None:
            return
        person = self._person()
        super().say(detail_of(person, self.language) if person else "")

    def say(self, sentence: str) -> None:
        """Say what became of a touch; it stays until the next one."""
        self._said_now = sentence
        super().say(sentence)

    def _person(self, person_id: str = "") -> Attendee | None:
        """Somebody on the list: by id, or whom the cursor is on."""
        current = self._tiles.current
        wanted = person_id or (current.id if current else "")
        people = self._view.roster.people if self._view and self._view.roster else ()
        return next((person for person in people if person.person_id == wanted), None)

    # ---- marking

    def action_mark(self, word: str) -> None:
        """Note something of whom the cursor is on, and go on to the next one."""
        # A key that stays down repeats faster than any hand: it means one person.
        held, self._pressed_at = monotonic() - self._pressed_at < HELD, monotonic()
        person = self._person()
        if person is not None and not self._hidden and not held:
            self._mark(person, Mark(word))

    @on(Tiles.Chosen)
    def _tapped(self, event: Tiles.Chosen) -> None:
        person = self._person(event.tile.id)
        if person is None:
            return
        if self._modes.mark is not None:
            self._mark(person, self._modes.mark, self._modes.excuse)
        else:
            self._open_person(person)

    def _mark(self, person: Attendee, mark: Mark, excuse: str = "") -> None:
        self._said_now = ""
        wanted = MarkPerson(self._half_day_id, person.person_id, mark, excuse or None)
        self._send(wanted, [person.name])

    def _send(self, wanted: MarkPerson | MarkEverybody, names: list[str]) -> None:
        self._asked = names
        self.ask(wanted, SeeRoster(self._half_day_id))

    def _marked(self, request: MarkPerson | MarkEverybody, result: Marked) -> None:
        if result.refused is not None:
            if self._view is not None and self._view.roster is not None:
                names, sitting = list(self._asked), self._view.roster.half_day
                whom = names[0] if len(names) == 1 else ""
                ask_more(self, request, result.refused, whom, sitting, lambda again: self._send(again, names))
            return
        names = [person.name for one in result.people if (person := self._person(one))]
        self.say(noted(request.mark, names, self.language))
        current = self._tiles.current
        if isinstance(request, MarkPerson) and current and current.id == request.person_id:
            self._go_on(request.mark)

    def _go_on(self, mark: Mark) -> None:
        """To the next person for whom this is still to be said."""
        roster = self._view.roster if self._view else None
        if roster is None:
            return
        ids = [person.person_id for person in roster.people]
        current = self._tiles.current
        start = ids.index(current.id) if current and current.id in ids else 0
        for step in range(1, len(ids)):
            person = roster.people[(start + step) % len(ids)]
            open_ = person.reckoning.present if mark is Mark.LEFT else person.reckoning.state == "expected"
            if open_ and not person.waiting:
                self._tiles.put((start + step) % len(ids), by_itself=True)
                return

    def action_everybody(self) -> None:
        """Note the same of everybody for whom it is still open."""
        mark, roster = self._modes.mark, self._view.roster if self._view else None
        if mark is None or roster is None or self._hidden:
            return
        self._said_now = ""
        wanted = MarkEverybody(self._half_day_id, mark, self._modes.excuse or None)
        if mark in (Mark.PRESENT, Mark.LEFT):
            self._send(wanted, [])
            return
        # Whoever may still come is not written off by one touch.
        number = sum(one.reckoning.state == "expected" and one.status == "booked" for one in roster.people)
        if number:
            ask = self.translate(Counted("Noter {n} absence ?", "Noter {n} absences ?"), n=number)
            answers = {"all": N_("Noter"), "no": N_("Ne rien noter")}
            choose(self, [ask], answers, lambda word: self._send(wanted, []) if word == "all" else None)

    # ---- what a tap notes

    @on(Modes.Touched)
    def _mode_touched(self, event: Modes.Touched) -> None:
        if event.mark is Mark.EXCUSED:
            why = [self.translate(WHY_EXCUSED)]
            choose(self, why, EXCUSED, lambda reason: self._press(Mark.EXCUSED, reason))
        else:
            self._press(event.mark)

    def _press(self, mark: Mark | None, excuse: str = "") -> None:
        self._modes.press(mark, excuse)
        self._show_mode()

    def _show_mode(self) -> None:
        if (mark := self._modes.mark) is not None:
            length = (self.size.width < 100) + (self.size.width < 80)
            self._everybody.say(self.translate(EVERYBODY[mark][length]))
        self._everybody.disabled = self._modes.mark is None
        self.say(self._modes.sentence)

    # ---- taking back

    def action_undo(self) -> None:
        """Take back what was done last here."""
        if self._view is not None and (offered := self._view.steps.undo):
            self.ask(UndoLast(self._half_day_id, offered.id), SeeRoster(self._half_day_id))
        elif self._view is not None and self._view.roster is not None:
            closed = self._view.roster.signed is not None
            self.say(self.translate(NOTHING_CLOSED if closed else NOTHING_TO_UNDO))

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        if self._view is not None and (offered := self._view.steps.redo):
            self.ask(RedoLast(self._half_day_id, offered.id), SeeRoster(self._half_day_id))
        elif self._view is not None:
            self.say(self.translate("Il n'y a rien à rétablir."))

    def _taken_back(self, result: TakenBack, sentence: str) -> None:
        if result.act is not None:
            self.say(act_said(result.act, sentence, self.language))
        else:
            self.say(self.translate("Un autre geste a été fait entre-temps : regardez la liste."))

    # ---- the other screens

    def action_person(self) -> None:
        """The page of whom the cursor is on."""
        if (person := self._person()) is not None and not self._hidden:
            self._open_person(person)

    def _open_person(self, person: Attendee) -> None:
        from screens.staff.person import PersonScreen

        self.open(PersonScreen(self.frame, self._half_day_id, person.person_id))

    def action_to_see(self) -> None:
        """Who called, who waits, who came without a booking."""
        from screens.staff.to_see import ToSeeScreen

        self.open(ToSeeScreen(self.frame, reviews=self._reviews))

    def action_more(self) -> None:
        """Everything else that can be done with this half-day."""
        from screens.staff.menu import MenuScreen

        redo = self._view.steps.redo if self._view else None
        acts = redo.id if redo else ""
        review = self._review if self._reviews else None
        self.open(MenuScreen(self.frame, self._half_day_id, acts, review))

    def _review(self) -> StaffScreen:
        """The day of the half-day that is shown."""
        from screens.staff.day_review import DayScreen

        on = local(self._view.roster.half_day.starts_at).date() if self._view and self._view.roster else None
        return DayScreen(self.frame, self._who, on, over=True)

    def action_hide(self) -> None:
        """Hide every name in one key, and show them again."""
        self._hidden = not self._hidden
        self.query_one("#hide", LetteredKey).say(
            self.translate("Montrer") if self._hidden else self.translate("Cacher")
        )
        self._view = None
        self._told = ("", "")
        self._head.wipe()
        self._tiles.show((), self.translate("La liste est cachée."))
        self.say("")
        if not self._hidden:
            self._show_mode()
            self.changed()

    # ---- moving about

    def action_move(self, across: int, down: int) -> None:
        """Move the cursor."""
        self._tiles.move(across, down)

    @on(Tiles.Moved)
    def _moved(self) -> None:
        self._said_now = ""
        self._show_page()
        self._show_detail()

    def action_turn_to(self, step: int) -> None:
        """To the page before or after; beyond the last one, to the half-day."""
        if self._view is None or self._hidden:
            return
        page, pages = self._tiles.page
        if 1 <= page + step <= pages:
            self._tiles.turn(step)
            return
        ids = [sitting.id for sitting in self._view.half_days]
        at = ids.index(self._half_day_id) + step if self._half_day_id in ids else 0
        if 0 <= at < len(ids):
            self._half_day_id = ids[at]
            self._said_now = ""
            self.changed()

    def on_key(self, event: events.Key) -> None:
        """A digit puts the cursor on a tile; Enter does what a tap would."""
        digit = digit_of(event)
        if digit and digit != "0":
            self._tiles.put_on_page(int(digit) - 1)
        elif event.key in ("enter", "space") and self.focused is None and (tile := self._tiles.current):
            self._tapped(Tiles.Chosen(tile))
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Key.Pressed)
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        match event.key.id:
            case "before":
                self.action_turn_to(-1)
            case "after":
                self.action_turn_to(1)
            case "everybody":
                self.action_everybody()
            case "undo":
                self.action_undo()
            case "to-see":
                self.action_to_see()
            case "hide":
                self.action_hide()
            case "more":
                self.action_more()
            case "home":
                self.go_back()

    def go_back(self) -> None:
        """Escape leaves the team's side, and ends the sign-in; over the day it goes back to that."""
        if self._over:
            super().go_back()
        else:
            self.post_message(Finished())

    def wipe(self) -> None:
        """Forget everybody."""
        super().wipe()
        self._view = None
        self._asked = []
        self._said_now = ""
        self._tiles.wipe()
        self._told = ("", "")
        self._head.wipe()
