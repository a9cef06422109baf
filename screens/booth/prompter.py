"""Reading the text aloud: three, two, one, then line by line at a steady pace; with a camera or without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import ceil
from time import monotonic

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.booth import guide
from models.booth import Reading
from screens.booth.messages import FilmBroken, FilmDone, FilmWanted
from screens.booth.prompt import Page, Prompt
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key

TICK = 0.2
"""Seconds between two looks at how far the reading is."""


class Moment(StrEnum):
    """Where a reading is."""

    WAITING = "waiting"
    """The camera is coming on."""
    COUNTING = "counting"
    READING = "reading"
    OVER = "over"
    BROKEN = "broken"
    """The camera went off on the way."""


class PrompterScreen(PublicScreen):
    """The prompter: what is read stands at the top, the keys below."""

    stays = 180
    """Longer than the longest film: nobody touches anything while they are filmed."""
    called = "booth"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    PrompterScreen .controls {
        grid-size: 3 1; grid-rows: 3; grid-gutter: 0 2; height: 3; width: 100%; padding: 0 1;
    }
    PrompterScreen .controls Key { width: 100%; padding: 0; }
    PrompterScreen.-tall .controls { margin: 1 0; }
    """

    def __init__(
        self, place: str, language: str, banner: str, lines: Sequence[str], *, filming: bool = False
    ) -> None:
        super().__init__(place, language, banner)
        translate = self.translate
        self._reading = Reading(tuple(lines), guide().pace.usual)
        self._filming = filming
        self._moment = Moment.WAITING if filming else Moment.COUNTING
        self._left = float(guide().countdown)
        """Seconds of the countdown, or of the breath after the last word."""
        self._since = monotonic()
        self._felt, self._felt_at = "", 0
        """What a touch has changed, said during the line on which it was."""
        self._prompt = Prompt()
        self._pause = Key(translate("Faire une pause"), id="pause")

    def parts(self) -> Iterable[Widget]:
        """The page, the pace, and a pause."""
        translate = self.translate
        yield self._prompt
        yield Grid(
            Key(translate("Ralentir"), id="slower", repeats=True),
            Key(translate("Accélérer"), id="faster", repeats=True),
            Key(translate("Recommencer"), id="again"),
            classes="controls",
        )
        yield Foot(translate, right=self.back_key(), middle=self._pause)

    def on_mount(self) -> None:
        """Begin to count."""
        self._show()
        self._since = monotonic()
        self.set_interval(TICK, self._tick)

    def on_resize(self) -> None:
        """The bar is as long as the grid is wide."""
        self._show()

    @property
    def moment(self) -> Moment:
        """Where the reading is."""
        return self._moment

    # ---- time

    def _tick(self) -> None:
        now = monotonic()
        self.passes(now - self._since)
        self._since = now

    def passes(self, seconds: float) -> None:
        """So much time goes by."""
        if not self.is_current:
            return
        if self._moment is Moment.COUNTING and not self._reading.paused:
            self._left -= seconds
            if self._left <= 0:
                self._moment = Moment.READING
        elif self._moment is Moment.READING:
            self._reading = self._reading.passes(seconds)
            if self._reading.over:
                self._moment, self._left = Moment.OVER, float(guide().breath)
        elif self._moment is Moment.OVER and self._filming and self._left > 0:
            self._left -= seconds
            if self._left <= 0:
                self.post_message(FilmDone())
        self._show()

    # ---- the camera

    def camera_on(self) -> None:
        """The first picture has come: count."""
        if self._moment is Moment.WAITING:
            self._count()

    def _count(self) -> None:
        self._moment, self._left = Moment.COUNTING, float(guide().countdown)
        self._reading = self._reading.again()
        self._show()

    def on_screen_suspend(self) -> None:
        """Something else stands there: nobody is filmed who does not know it, and no word goes by."""
        if self._filming and self._moment not in (Moment.OVER, Moment.BROKEN):
            self._moment = Moment.BROKEN
            self.post_message(FilmBroken())
        elif not self._reading.paused and self._moment in (Moment.COUNTING, Moment.READING):
            self._reading = self._reading.pause()
        self._show()

    def go_back(self) -> None:
        """Away from it: the camera goes off."""
        if self._filming:
            self.post_message(FilmBroken())
        super().go_back()

    # ---- what stands there

    def _show(self) -> None:
        self._pause.say(
            self.translate("Continuer") if self._reading.paused else self.translate("Faire une pause")
        )
        self._prompt.turn(self._page())

    def _page(self) -> Page:
        translate, reading = self.translate, self._reading
        if self._moment is Moment.WAITING:
            return Page(translate("La caméra s'allume…"), status=translate("Un instant, s'il vous plaît."))
        if self._moment is Moment.BROKEN:
            return Page(
                translate("La caméra est éteinte."),
                translate("Touchez « Recommencer » quand vous voulez."),
                translate("Rien n'est gardé."),
            )
        if self._moment is Moment.OVER:
            if self._filming:
                return Page(translate("Bravo !"), status=translate("La vidéo se termine."), share=1.0)
            again = translate("Touchez « Recommencer » quand vous voulez.")
            return Page(translate("Bravo !"), again, share=1.0)
        lines = reading.lines
        if self._moment is Moment.COUNTING:
            return Page(str(max(1, ceil(self._left))), lines[0] if lines else "", self._status())
        following = lines[reading.at + 1] if reading.at + 1 < len(lines) else ""
        now = lines[reading.at] if lines else ""
        return Page(now, following, self._status(), reading.share, reading.word)

    def _status(self) -> str:
        translate = self.translate
        if self._filming:
            # Sign and words: whoever is filmed sees it at any moment.
            told = translate("La caméra filme. Regardez-la.")
            return f"● {told}"
        if self._reading.paused:
            return translate("Pause : prenez votre temps.")
        if self._felt and self._felt_at == self._reading.at:
            return self._felt
        return translate("Lisez à voix haute.")

    # ---- what is touched

    @on(Key.Pressed, "#slower")
    def _slower(self, event: Key.Pressed) -> None:
        event.stop()
        self._reading = self._reading.faster(guide().pace, -1)
        self._feel(self.translate("Le texte va plus lentement."))

    @on(Key.Pressed, "#faster")
    def _faster(self, event: Key.Pressed) -> None:
        event.stop()
        self._reading = self._reading.faster(guide().pace, 1)
        self._feel(self.translate("Le texte va plus vite."))

    def _feel(self, said: str) -> None:
        """Say that the touch was heard, until the next line; whoever is filmed has other words there."""
        self._felt, self._felt_at = said, self._reading.at
        self._show()

    @on(Key.Pressed, "#pause")
    def _paused(self, event: Key.Pressed) -> None:
        event.stop()
        if self._moment in (Moment.COUNTING, Moment.READING):
            self._reading = self._reading.pause()
            self._show()

    @on(Key.Pressed, "#again")
    def _again(self, event: Key.Pressed) -> None:
        event.stop()
        if self._filming and self._moment is Moment.OVER:
            return  # the video is on its way: a late touch must not throw it away
        if self._filming:
            self._moment = Moment.WAITING
            self._reading = self._reading.again()
            self._show()
            self.post_message(FilmWanted())
        else:
            self._count()

    def wipe(self) -> None:
        """Forget the text."""
        self._reading = Reading((), guide().pace.usual)
        self._moment = Moment.OVER
        self._left = 0.0
        self._prompt.wipe()
