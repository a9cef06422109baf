""" "Je suis là": the ways to arrive, the card first."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.facts import read_asset
from screens.messages import Way, WayWanted
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster


class WaysScreen(PublicScreen):
    """Show the card; or type the code, find the name, come without a booking."""

    stays = 60
    called = "ways"

    def parts(self) -> Iterable[Widget]:
        """What to do with the card, and the other ways."""
        translate = self.translate
        lines = [Line(translate("Passez votre carte sous le lecteur."), strong=True)]
        lines += [Line(), Line(translate("Pas de carte ? Choisissez ici."), quiet=True)]
        drawing = read_asset("drawings/card.txt").splitlines()
        yield Poster(Plan(lines=lines, drawing=drawing))
        yield Grid(
            Key(translate("Taper mon code"), id="code"),
            Key(translate("Chercher mon nom"), id="name"),
            Key(translate("Je n'ai pas réservé"), id="walk-in", wide=True),
            classes="choices",
        )
        yield Foot(translate, right=self.back_key())

    @on(Key.Pressed, ".choices Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(WayWanted(Way(event.key.id or "")))
