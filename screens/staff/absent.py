"""Whom to call back after an absence: the call itself is made from the booking office's own system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual import on
from textual.widget import Widget

from assets.languages import N_, Counted, day, hour
from models.marking import Mark, MarkPerson
from models.requests import Request
from models.review.follow_up import AbsentPerson, NoteCall, SeeAbsent
from screens.staff.asking_more import Marks, ask_more
from screens.staff.frame import Frame
from screens.staff.lines import LineKey, LinesScreen
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.wording import what

CALLED, EXCUSE, PERSON = "called", "excuse", "person"


class AbsentScreen(LinesScreen[AbsentPerson]):
    """One line a person; a call that is noted takes it away, and can be taken back while one is here."""

    heading = N_("À rappeler après une absence")
    nothing = N_("Personne à rappeler.")

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._about: AbsentPerson | None = None
        """Whose line was touched last; it may have gone by the time something is said."""
        self._undo = LetteredKey(self.translate("Annuler l'appel"), "u", id="undo")
        self._call: NoteCall | None = None
        """The call that can be taken back."""

    def foot(self) -> Iterable[Widget]:
        """The way back from a call that was not one."""
        self._undo.display = False
        yield self._undo

    def changed(self) -> None:
        """Somebody came, or a colleague has called."""
        self.ask(SeeAbsent())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show who is left, ask for the excuse, or say what became of a touch."""
        if isinstance(request, SeeAbsent):
            self.show(result)
            return
        line = self._about
        if line is None:
            return
        if isinstance(request, NoteCall):
            self._call = request if request.called and result else None
            self._undo.display = self._call is not None
            said = N_("{name} : appel noté.") if request.called else N_("{name} : l'appel est annulé.")
            self.say(self.translate(said, name=line.name))
        elif isinstance(request, MarkPerson) and result.refused is None:
            self.say(self.translate("{name} : absence excusée, c'est noté.", name=line.name))
        elif isinstance(request, MarkPerson):
            ask_more(self, request, result.refused, line.name, line.half_day, self._mark)

    def _mark(self, wanted: Marks) -> None:
        self.ask(wanted, SeeAbsent())

    # ---- a line

    def said_of(self, line: AbsentPerson) -> Sequence[str]:
        """Who; in which half-day; under which reference, and how many absences in a row."""
        translate, language = self.translate, self.language
        begins = (day(line.half_day.starts_at, language, short=True), hour(line.half_day.starts_at, language))
        more = (what(line.half_day, language),) if self.has_class("-wide") else ()
        counted = Counted("{n} absence sans excuse", "{n} absences de suite")
        row = (line.reference, translate(counted, n=line.in_a_row))
        return line.name, " · ".join((*begins, *more)), " · ".join(part for part in row if part)

    def keys_of(self, line: AbsentPerson) -> Iterable[LineKey]:
        """The call is made; or there was a reason; or all that is known of them."""
        for label, wanted, letter in (
            (N_("Appel fait"), CALLED, "a"),
            (N_("Excuser…"), EXCUSE, "e"),
            (N_("Fiche"), PERSON, "f"),
        ):
            yield LineKey(self.translate(label), line, wanted, letter=letter)

    def wants(self, key: LineKey) -> None:
        """Note the call, ask for the excuse, or open the page."""
        line = key.line
        if not isinstance(line, AbsentPerson):
            return
        self._about = line
        half_day_id = line.half_day.id
        match key.wanted:
            case "called":
                self.ask(NoteCall(half_day_id, line.person_id, called=True), SeeAbsent())
            case "excuse":
                self._mark(MarkPerson(half_day_id, line.person_id, Mark.EXCUSED))
            case _:
                from screens.staff.person import PersonScreen

                self.open(PersonScreen(self.frame, half_day_id, line.person_id))

    @on(Key.Pressed, "#undo")
    def _take_back(self, event: Key.Pressed) -> None:
        event.stop()
        call, self._call = self._call, None
        if call is not None:
            self.ask(NoteCall(call.half_day_id, call.person_id, called=False), SeeAbsent())

    def wipe(self) -> None:
        """Forget who it was about."""
        super().wipe()
        self._about = self._call = None
