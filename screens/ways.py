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

FRAME = 0.4
"""Seconds that a frame of the drawing stands: a slow movement, and nothing that flashes (A-33)."""

ROUNDS = 2
"""How often the card is drawn under the reader; then it rests, so that reading is not disturbed."""


class WaysScreen(PublicScreen):
    """Show the card; or type the code, find the name, come without a booking."""

    stays = 60
    called = "ways"

    def __init__(self, place: str, language: str, banner: str = "") -> None:
        super().__init__(place, language, banner)
        frames = zip(_frames("scan"), _frames("scan-small"), strict=True)
        self._plans = [self._plan(*frame) for frame in frames]
        self._poster = Poster(self._plans[-1])
        self._drawn = 0

    def on_mount(self) -> None:
        """Begin to show how a card is held."""
        self._moving = self.set_interval(FRAME, self.next_frame)

    def next_frame(self) -> None:
        """Draw the next frame; the last one stays."""
        self._poster.show(self._plans[self._drawn % len(self._plans)])
        self._drawn += 1
        if self._drawn == len(self._plans) * ROUNDS:
            self._moving.stop()

    def _plan(self, drawing: list[str], small: list[str]) -> Plan:
        translate = self.translate
        lines = [Line(), Line(translate("Passez votre carte sous le lecteur."), strong=True)]
        lines += [Line(), Line(translate("Pas de carte ? Choisissez ici."), quiet=True)]
        return Plan(big=translate("Je suis là"), lines=lines, drawing=drawing, small_drawing=small)

    def parts(self) -> Iterable[Widget]:
        """What to do with the card, and the other ways."""
        translate = self.translate
        yield self._poster
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


def _frames(name: str) -> list[list[str]]:
    """The frames of a drawing, parted by lines of one equals sign."""
    return [frame.splitlines() for frame in read_asset(f"drawings/{name}.txt").split("\n=\n")]
