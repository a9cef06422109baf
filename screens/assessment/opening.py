"""Where the self-assessment begins: what it is, how long, what is kept; or where somebody was."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from screens.assessment.messages import Begun, CallOffWanted, SpeakWanted, VoiceWanted
from screens.messages import LanguageChosen
from screens.public import PublicScreen
from screens.widgets.choice_key import ChoiceKey
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.languages import LanguageKeys
from screens.widgets.poster import Line, Plan, Poster


class OpeningScreen(PublicScreen):
    """Says what comes; where something is unfinished, asks whether to go on."""

    stays = 120
    called = "point"
    warns = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    OpeningScreen .choices { padding: 0 1; }
    OpeningScreen LanguageKeys { margin: 0 0 0 0; }
    OpeningScreen.-tall .choices, OpeningScreen.-tall LanguageKeys { margin: 0 0 1 0; }
    """

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        *,
        name: str = "",
        unfinished: bool = False,
        voice: bool | None = None,
    ) -> None:
        super().__init__(place, language, banner)
        self._poster = Poster(self._plan(name, unfinished=unfinished))
        self._unfinished = unfinished
        self._voice = voice
        """Whether questions are read aloud; ``None`` where no voice can."""
        self._listen = ChoiceKey(self.translate("Écouter les questions"), id="listen")

    def parts(self) -> Iterable[Widget]:
        """What it is, the keys, the other languages."""
        translate = self.translate
        yield self._poster
        keys = [Key(translate("Commencer"), id="begin", main=True)]
        if self._unfinished:
            keys = [
                Key(translate("Continuer"), id="go-on", main=True),
                Key(translate("Recommencer"), id="begin"),
            ]
        if self._voice is not None:
            self._listen.choose(chosen=self._voice)
            keys.append(self._listen)
        if len(keys) % 2:
            keys[-1].add_class("-wide")
        yield Grid(*keys, classes="choices")
        if not self._unfinished:
            yield LanguageKeys(self.language)
        yield Foot(translate, right=self.back_key())

    def _plan(self, name: str, *, unfinished: bool) -> Plan:
        """Whose it is stands first: somebody else may have come meanwhile."""
        translate = self.translate
        if unfinished:
            lines = [
                Line(translate("Vous avez déjà répondu à des questions."), strong=True),
                Line(translate("Vos réponses sont encore là.")),
            ]
        else:
            kept = translate("L'équipe peut lire vos réponses.")
            lines = [
                Line(translate("15 questions au plus, puis deux exercices."), strong=True),
                Line(kept if name else translate("Sans carte, rien n'est gardé.")),
                Line(translate("Auto-évaluation, pas un diplôme."), quiet=True),
            ]
        return Plan(title=name, big=translate("Faire le point"), lines=[Line(), *lines])

    def go_back(self) -> None:
        """Out of it: what was said is called off."""
        self.post_message(CallOffWanted())

    @on(LanguageChosen)
    def _other_language(self, message: LanguageChosen) -> None:
        message.stop()
        self.post_message(SpeakWanted(message.language))

    @on(Key.Pressed, "#begin")
    def _begin(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Begun(anew=self._unfinished))

    @on(Key.Pressed, "#go-on")
    def _go_on(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Begun(anew=False))

    @on(Key.Pressed, "#listen")
    def _listen_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._voice = not self._voice
        self._listen.choose(chosen=self._voice)
        self.post_message(VoiceWanted(on=self._voice))

    def wipe(self) -> None:
        """Forget whose it is."""
        self._poster.show(Plan())
