"""A video meeting to practise: six controls, an invented interviewer, and nobody who watches.

A-11 asks for four choices at most. A real meeting shows all six, and finding the right one among them is
what is practised here; so they stand there, always at the same place.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.languages import N_
from assets.meeting import story
from models.meeting import Control, Meeting, Said, press
from screens.meeting_stage import Stage, stage
from screens.messages import Finished
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.choice_key import ChoiceKey
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

STATES = {
    Control.MICROPHONE: (N_("Micro coupé"), N_("Micro allumé")),
    Control.CAMERA: (N_("Caméra coupée"), N_("Caméra allumée")),
    Control.HAND: ("", N_("Main levée")),
}
"""What the others hear and see of somebody, off and on: said in words and by the sign of the key."""


class MeetingScreen(PublicScreen):
    """Before the meeting, in it, and after it."""

    stays = 120
    called = "meeting"
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
        self.settling = Settling()
        self._poster = Poster(self._before())
        self._switches = {
            control: ChoiceKey(translate(label), id=control)
            for control, label in LABELS.items()
            if control is not Control.LEAVE
        }
        # Leaving is nothing that is on or off: no ring.
        leave = Key(translate(LABELS[Control.LEAVE]), id=Control.LEAVE)
        self._grid = Grid(*self._switches.values(), leave, id="controls")
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
        self._turn()

    # ---- what stands there

    def _before(self) -> Plan:
        translate = self.translate
        lines = [
            Line(),
            Line(translate("Un entretien d'embauche en vidéo, pour s'exercer."), strong=True),
            Line(translate("C'est un jeu : personne ne vous voit.")),
            Line(translate("Rien n'est gardé ni envoyé.")),
        ]
        # A small grid needs its whole width for what takes the fear away.
        seen = self._stage(camera=False)
        return Plan(title=translate("L'appel vidéo"), lines=lines, drawing=seen.large)

    def _during(self, meeting: Meeting) -> Plan:
        language = self.language
        moments = story().moments
        asked = moments[meeting.moment]
        lines = [Line(asked.said[language], strong=True)]
        if meeting.said is Said.PRAISE:
            lines = [Line(moments[meeting.moment - 1].praise[language]), Line(), *lines]
        elif meeting.said is Said.HINT:
            lines += [Line(asked.hint[language])]
        if meeting.said is Said.SURE:
            # One question at a time: what is on stands on the keys, too.
            lines += [Line(), Line(self.translate("Déjà partir ? Touchez encore « Quitter »."))]
        else:
            lines += [Line(), Line(self._states(meeting), quiet=True)]
        seen = self._stage(camera=Control.CAMERA in meeting.on)
        return Plan(Tone.NOTE, lines=lines, drawing=seen.large, small_drawing=seen.small)

    def _after(self, meeting: Meeting) -> Plan:
        translate, language = self.translate, self.language
        learnt = [one.what[language] for one in story().learnt if meeting.moment >= one.after]
        lines = [Line(f"✓ {what}") for what in learnt]
        if learnt:
            lines.insert(0, Line(translate("Vous avez su :"), strong=True))
        else:
            lines = [Line(translate("Vous pouvez essayer quand vous voulez."), strong=True)]
        return Plan(Tone.GOOD, title=translate("L'appel est fini."), lines=[Line(), *lines])

    def _stage(self, *, camera: bool) -> Stage:
        return stage(story().interviewer, self.translate("Vous"), camera=camera)

    def _states(self, meeting: Meeting) -> str:
        """What is on and what is off, in one row."""
        told = [
            f"{'✓' if control in meeting.on else '○'} {self.translate(state)}"
            for control, states in STATES.items()
            if (state := states[control in meeting.on])
        ]
        # A sign stays with its words: no row ends within one of them.
        return "  ".join(one.replace(" ", "\xa0") for one in told)

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
            for control, key in self._switches.items():
                key.choose(chosen=control in meeting.on)
            self._poster.show(self._during(meeting))

    def _turn(self) -> None:
        """Other keys stand there: the second half of a double tap is not for them."""
        self.settling.renewed()
        self.set_focus(None)
        self._show()

    # ---- what is touched

    @on(Key.Pressed, "#controls Key")
    def _pressed(self, event: Key.Pressed) -> None:
        event.stop()
        if self._meeting is None or self.settling.fresh():
            return
        self._meeting = press(self._meeting, Control(event.key.id or ""), story())
        if self._meeting.over(story()):
            self._turn()
        else:
            self._show()

    @on(Key.Pressed, "#begin")
    def _begun(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self._meeting = Meeting()
            self._turn()

    @on(Key.Pressed, "#done")
    def _finished(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(Finished())

    def wipe(self) -> None:
        """As if nobody had been here."""
        self._meeting = None
        self._poster.show(Plan())
