"""A video meeting to practise: six controls, an invented interviewer, and nobody who watches.

A-11 asks for four choices at most. A real meeting shows all six, and finding the right one among them is
what is practised here; so they stand there, always at the same place.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.facts import read_asset
from assets.languages import N_
from assets.meeting import story
from models.meeting import Control, Meeting, Said, press
from screens.assessment.question import ChoiceKey
from screens.messages import Finished
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, Tone

LABELS = {
    Control.MICROPHONE: N_("Micro"),
    Control.CAMERA: N_("Caméra"),
    Control.HAND: N_("Lever la main"),
    Control.CHAT: N_("Messages"),
    Control.SHARE: N_("Partager"),
    Control.LEAVE: N_("Quitter"),
}


class MeetingScreen(PublicScreen):
    """Before the meeting, in it, and after it."""

    stays = 120
    called = "meeting"
    warns = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    MeetingScreen #controls {
        grid-size: 3 2; grid-rows: 3; grid-gutter: 0 2; height: 6; width: 100%; padding: 0 1;
    }
    MeetingScreen #controls Key { width: 100%; padding: 0; }
    MeetingScreen.-tall #controls { grid-gutter: 1 2; height: 7; margin: 0 0 1 0; }
    """

    def __init__(self, place: str, language: str, banner: str = "") -> None:
        super().__init__(place, language, banner)
        translate = self.translate
        self._meeting: Meeting | None = None
        """``None`` before it has begun."""
        self._poster = Poster(self._before())
        self._controls = {
            control: ChoiceKey(translate(label), id=control) for control, label in LABELS.items()
        }
        self._grid = Grid(*self._controls.values(), id="controls")
        self._begin = Key(translate("Commencer"), id="begin", main=True)
        self._done = Key(translate("Terminé"), id="done", main=True)
        self._choices = Grid(self._begin, self._done, classes="choices")

    def parts(self) -> Iterable[Widget]:
        """The stage, the controls, the foot."""
        yield self._poster
        yield self._grid
        yield self._choices
        yield Foot(self.translate, right=self.back_key())

    def on_mount(self) -> None:
        """Begin before the meeting."""
        self._show()

    # ---- what stands there

    def _before(self) -> Plan:
        translate = self.translate
        lines = [
            Line(),
            Line(translate("Un entretien par écran, pour s'exercer."), strong=True),
            Line(translate("C'est un jeu : personne ne vous voit.")),
        ]
        return Plan(title=translate("L'appel vidéo"), lines=lines)

    def _during(self, meeting: Meeting) -> Plan:
        translate, language = self.translate, self.language
        moments = story().moments
        asked = moments[meeting.moment]
        beside = {
            Said.HINT: asked.hint[language],
            Said.PRAISE: moments[meeting.moment - 1].praise[language],
            Said.SURE: translate("Déjà partir ? Touchez encore « Quitter »."),
        }.get(meeting.said, "")
        lines = (
            [Line(beside), Line(), Line(asked.said[language], strong=True)]
            if beside
            else [
                Line(),
                Line(asked.said[language], strong=True),
            ]
        )
        drawing = read_asset("drawings/interviewer.txt").splitlines()
        small = read_asset("drawings/interviewer-small.txt").splitlines()
        return Plan(Tone.NOTE, lines=lines, drawing=drawing, small_drawing=small)

    def _after(self, meeting: Meeting) -> Plan:
        translate, language = self.translate, self.language
        learnt = [one.what[language] for one in story().learnt if meeting.moment >= one.after]
        lines = [Line(f"✓ {what}") for what in learnt]
        if learnt:
            lines.insert(0, Line(translate("Vous avez su :"), strong=True))
        else:
            lines = [Line(translate("Vous pouvez essayer quand vous voulez."), strong=True)]
        return Plan(Tone.GOOD, title=translate("L'appel est fini."), lines=[Line(), *lines])

    def _show(self) -> None:
        meeting = self._meeting
        over = meeting is not None and meeting.over(story())
        self._grid.display = meeting is not None and not over
        self._choices.display = not self._grid.display
        self._done.display = over
        again, first = self.translate("Recommencer"), self.translate("Commencer")
        self._begin.say(again if over else first)
        self._begin.set_class(not over, "-main")
        self._begin.set_class(not over, "-wide")
        if meeting is None:
            self._poster.show(self._before())
        elif over:
            self._poster.show(self._after(meeting))
        else:
            for control, key in self._controls.items():
                key.choose(chosen=control in meeting.on)
            self._poster.show(self._during(meeting))

    # ---- what is touched

    @on(Key.Pressed, "#controls Key")
    def _pressed(self, event: Key.Pressed) -> None:
        event.stop()
        if self._meeting is not None:
            self._meeting = press(self._meeting, Control(event.key.id or ""), story())
            self._show()

    @on(Key.Pressed, "#begin")
    def _begun(self, event: Key.Pressed) -> None:
        event.stop()
        self._meeting = Meeting()
        self.set_focus(None)
        self._show()

    @on(Key.Pressed, "#done")
    def _finished(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Finished())

    def wipe(self) -> None:
        """As if nobody had been here."""
        self._meeting = None
        self._poster.show(Plan())
