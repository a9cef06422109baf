"""What comes after the result: a workshop that is really offered, something to take along, the end."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from textual import on
from textual.containers import Grid
from textual.message import Message
from textual.widget import Widget

from assets.languages import N_
from models.assessment.shown import Shown
from screens.assessment.messages import EraseWanted, FurtherWanted, GoOnWanted, ResultDone, TakeAwayWanted
from screens.assessment.wording import encouragement, proposal
from screens.messages import PlaceWanted
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster


class Kept(StrEnum):
    """What becomes of the answers."""

    YES = "yes"
    NOTHING = "nothing"
    """Nobody showed a card."""
    WHEN_DONE = "when_done"
    """A result in part is kept when its person says that they are done."""
    FAILED = "failed"


KEPT = {
    Kept.YES: N_("Vos réponses sont gardées."),
    Kept.NOTHING: N_("Rien n'est gardé ici."),
    Kept.WHEN_DONE: N_("« Terminé » garde vos réponses."),
    Kept.FAILED: N_("Vos réponses ne sont pas gardées. Appelez l'équipe."),
}

_ASKS: dict[str, type[Message]] = {
    "take-away": TakeAwayWanted,
    "continue": GoOnWanted,
    "erase": EraseWanted,
    "further": FurtherWanted,
    "done": ResultDone,
}
"""What each key asks for."""


class NextStepScreen(PublicScreen):
    """One proposal, and the ways on."""

    stays = 120
    called = "point"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        shown: Shown,
        *,
        kept: Kept,
        offers_further: bool = False,
        asks: bool = False,
    ) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._partial = not shown.result.complete
        self._kept = kept
        self._offers_further = offers_further
        self._asks = asks and shown.proposal is not None and shown.result.complete
        """Whether whoever stands there is known, and may ask for a place in what is proposed."""
        self._programme = shown.proposal.programme if shown.proposal else ""
        self._plans = self._plan(shown), self._plan(shown, brief=True)
        """What it says, and the same in four rows, for a small grid with two rows of keys."""
        self._poster = Poster()

    def parts(self) -> Iterable[Widget]:
        """What is proposed, and two or three keys."""
        translate = self.translate
        self._poster.show(self._plans[self._asks and self.has_class("-short")])
        yield self._poster
        keys = [Key(translate("Emporter"), id="take-away")]
        if self._asks:
            keys.insert(0, Key(translate("Demander une place"), id="place"))
        if self._partial:
            keys.insert(0, Key(translate("Continuer"), id="continue", main=True))
        if self._kept is Kept.WHEN_DONE:
            keys.append(Key(translate("Effacer mes réponses"), id="erase"))
        elif self._offers_further:
            keys.append(Key(translate("Aller plus loin"), id="further"))
        if len(keys) % 2:
            keys[-1].add_class("-wide")
        yield Grid(*keys, classes="choices")
        done = Key(translate("Terminé"), id="done", main=not self._partial)
        yield Foot(translate, right=self.back_key(), middle=done)

    def on_mount(self) -> None:
        """Hear nothing for a moment: "Terminé" stands where "Voir la suite" stood."""
        self.settling.renewed()

    def _plan(self, shown: Shown, *, brief: bool = False) -> Plan:
        translate, language = self.translate, self.language
        kept = Line(translate(KEPT[self._kept]), quiet=True)
        if self._partial:
            sentence = translate("Vous pouvez encore répondre à des questions.")
            return Plan(lines=[Line(sentence, strong=True), Line(), kept])
        first, *rest = proposal(shown, language)
        lines = [Line(translate("Nous vous proposons :"))] if rest and not brief else []
        lines += [Line(first, strong=True), *(Line(one) for one in rest), Line()]
        kind = encouragement(shown, language)
        if kind and self._kept is not Kept.FAILED:
            lines.append(Line(kind))
        return Plan(big="" if brief else translate("La suite"), lines=[*lines, kept])

    @on(Key.Pressed, ".choices Key, #done")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            name = event.key.id or ""
            self.post_message(PlaceWanted(self._programme) if name == "place" else _ASKS[name]())

    def go_back(self) -> None:
        """Back to the picture, unless the touch was meant for it."""
        if not self.settling.fresh():
            super().go_back()

    def wipe(self) -> None:
        """Forget what was proposed."""
        self._programme = ""
        self._plans = Plan(), Plan()
        self._poster.show(Plan())
