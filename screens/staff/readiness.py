"""Who is ready for what: decided with three keys after the first morning; then what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assets.languages import N_, day
from models.orientation import NotOriented, Orient
from models.path.page import NotePage
from models.path.readiness import Ready, ReadyPerson, SeeReady
from models.requests import Request
from screens.staff.frame import Frame
from screens.staff.lines import LineKey, LinesScreen
from screens.staff.orientation import REFUSED
from screens.staff.person_path import PersonPathScreen
from screens.staff.which_workshop import COURSES, SUGGESTED, ask_which, programme_name

READY = {
    Ready.ORIENT: N_("à orienter"),
    Ready.PLACE: N_("sans place"),
    Ready.LEVEL: N_("heures faites"),
    Ready.PAGE: N_("page à faire"),
}

OTHER, PAGE, PATH = "other", "page", "path"


class ReadinessScreen(LinesScreen[ReadyPerson]):
    """Whom to decide about first; one touch decides, and the line moves on to what comes next."""

    DEFAULT_CSS = """
    ReadinessScreen .line Key { min-width: 11; }
    ReadinessScreen .line .-other { min-width: 13; }
    """

    heading = N_("Qui est prêt ?")
    nothing = N_("Personne n'attend de décision.")

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._about = ""
        """Who was decided about last; their line has moved by the time it is said."""

    def changed(self) -> None:
        """A morning is over, or a colleague has decided."""
        self.ask(SeeReady())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show who is ready, or say what became of a decision."""
        translate = self.translate
        if isinstance(request, SeeReady):
            self.show(result)
        elif isinstance(request, Orient) and isinstance(result, NotOriented):
            self.say(translate(REFUSED[result]))
        elif isinstance(request, Orient):
            chosen = self._short(request.programme)
            self.say(translate("{name} : {programme}, c'est noté.", name=self._about, programme=chosen))
        elif isinstance(request, NotePage):
            made = N_("{name} : la page est faite, c'est noté.")
            self.say(translate(made if result else N_("{name} : c'est déjà noté."), name=self._about))

    def _short(self, programme: str) -> str:
        """A programme as its key says it."""
        if programme in COURSES:
            return self.translate(COURSES[programme])
        return programme_name(programme, self.language)

    # ---- a line

    def said_of(self, line: ReadyPerson) -> Sequence[str]:
        """Who and what for; since when; what the assessment says, or what comes next."""
        translate, since = self.translate, day(line.since, self.language, short=True)
        whom = f"{line.name} · {translate(READY[line.ready])}"
        match line.ready:
            case Ready.ORIENT:
                return whom, translate("Premier atelier : {day}", day=since), self._suggests(line)
            case Ready.PLACE:
                asked = N_("décidé {day}, place demandée") if line.asked else N_("décidé {day}")
                return whom, programme_name(line.programme, self.language), translate(asked, day=since)
            case Ready.LEVEL:
                done = translate(
                    "{programme}, depuis {day}", programme=self._short(line.programme), day=since
                )
                return whom, done, translate("Ensuite : faire le point")
            case _:
                level = translate("Premier niveau : {day}", day=since)
                return whom, level, translate("Ensuite : la page sur leforem.be")

    def _suggests(self, line: ReadyPerson) -> str:
        if line.level is None or line.level.at is None:
            return self.translate("N'a pas encore fait le point")
        if not line.suggested:
            return self.translate("Le point : à voir ensemble")
        return self.translate("Le point suggère : {what}", what=self._short(line.suggested))

    def keys_of(self, line: ReadyPerson) -> Iterable[LineKey]:
        """The three of a decision; else the person's path, and the page where it is the page."""
        if line.ready is Ready.ORIENT:
            for programme, label in COURSES.items():
                yield self._key(label, line, programme, suggested=line.suggested == programme)
            other = bool(line.suggested) and line.suggested not in COURSES
            yield self._key(N_("Atelier…"), line, OTHER, suggested=other).add_class("-other")
            return
        if line.ready is Ready.PAGE:
            yield self._key(N_("Page faite"), line, PAGE)
        yield self._key(N_("Parcours"), line, PATH)

    def _key(self, label: str, line: ReadyPerson, wanted: str, *, suggested: bool = False) -> LineKey:
        said = self.translate(label)
        return LineKey(f"{SUGGESTED} {said}" if suggested else said, line, wanted, chosen=suggested)

    def wants(self, key: LineKey) -> None:
        """Decide, or open what decides."""
        line = key.line
        if not isinstance(line, ReadyPerson):
            return
        self._about = line.name
        if key.wanted == PATH:
            self.open(PersonPathScreen(self.frame, line.person_id))
        elif key.wanted == PAGE:
            self.ask(NotePage(line.person_id, made=True), SeeReady())
        elif key.wanted == OTHER:
            ask_which(
                self,
                lambda programme: self._decide(line, programme),
                about=[line.name],
                suggested=line.suggested,
            )
        else:
            self._decide(line, key.wanted)

    def _decide(self, line: ReadyPerson, programme: str) -> None:
        self.ask(Orient(line.person_id, programme), SeeReady())

    def wipe(self) -> None:
        """Forget who it was about."""
        super().wipe()
        self._about = ""
