"""Screens of one question and a few keys: which name, is it you, what brings you here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Grid, Vertical
from textual.widget import Widget

from assets.languages import N_
from models.names import Named
from screens.messages import AudienceGiven, Finished, NameChosen, NameConfirmed
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster

AUDIENCES = {
    "jobseeker": N_("Je cherche un emploi"),
    "retraining": N_("Je change de métier"),
    "student": N_("Je finis mes études"),
}

TALL = [(0, "-short"), (28, "-tall")]
"""Rows from which a question stands right above its answers, and both in the middle."""


class NamesScreen(PublicScreen):
    """At most six names (P-01); they vanish after half a minute (P-03)."""

    stays = 30
    called = "name"
    VERTICAL_BREAKPOINTS = TALL
    DEFAULT_CSS = """
    NamesScreen Poster { height: 1fr; min-height: 1; }
    NamesScreen Grid { grid-size: 2; grid-rows: 3; grid-gutter: 0 2; height: 9; width: 100%; padding: 0 1; }
    NamesScreen Grid Key { width: 100%; }
    """

    def __init__(self, place: str, language: str, banner: str, names: Sequence[Named]) -> None:
        super().__init__(place, language, banner)
        self._names = list(names)

    def parts(self) -> Iterable[Widget]:
        """The question and the names."""
        with Vertical(classes="question"):
            yield Poster(Plan(lines=[Line(self.translate("Touchez votre nom."), strong=True)]))
            with Grid():
                for number, name in enumerate(self._names):
                    yield Key(name.label, id=f"name-{number}")
        yield Foot(self.translate, right=self.back_key())

    @on(Key.Pressed, "Grid Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        number = int((event.key.id or "").rpartition("-")[2])
        if number < len(self._names):
            self.post_message(NameChosen(self._names[number]))

    def wipe(self) -> None:
        """Forget the names, also those on the keys."""
        self._names = []
        for key in self.query("Grid Key").results(Key):
            key.say("")


class ConfirmScreen(PublicScreen):
    """Asks whether it is really this person: a slip of the finger is mended before anything is stored."""

    stays = 30
    called = "name"

    def __init__(self, place: str, language: str, banner: str, name: Named) -> None:
        super().__init__(place, language, banner)
        self._whom: Named | None = name
        asked = self.translate("Êtes-vous {name} ?", name=name.label)
        self._poster = Poster(Plan(title=asked, big=name.label))

    def parts(self) -> Iterable[Widget]:
        """The name as large as it gets, and two keys."""
        translate = self.translate
        yield self._poster
        yield Grid(
            Key(translate("C'est moi"), id="me", main=True),
            Key(translate("Ce n'est pas moi"), id="not-me"),
            classes="choices",
        )
        yield Foot(translate, right=self.back_key())

    @on(Key.Pressed, "#me")
    def _me(self, event: Key.Pressed) -> None:
        event.stop()
        if self._whom is not None:
            self.post_message(NameConfirmed(self._whom))

    @on(Key.Pressed, "#not-me")
    def _not_me(self, event: Key.Pressed) -> None:
        event.stop()
        self.go_back()

    def wipe(self) -> None:
        """Forget the name."""
        self._whom = None
        self._poster.show(Plan())


class AudienceScreen(PublicScreen):
    """What brings somebody here who has no booking: three answers, none of them better."""

    stays = 60
    called = "walk_in"
    VERTICAL_BREAKPOINTS = TALL

    def __init__(self, place: str, language: str, banner: str, first_name: str) -> None:
        super().__init__(place, language, banner)
        self._first_name = first_name

    def parts(self) -> Iterable[Widget]:
        """The question and three keys."""
        translate = self.translate
        lines = [Line(translate("Qu'est-ce qui vous amène ?"), strong=True)]
        with Vertical(classes="question"):
            yield Poster(Plan(lines=lines))
            yield Grid(
                *(
                    Key(translate(text), id=audience, wide=audience == "student")
                    for audience, text in AUDIENCES.items()
                ),
                classes="choices",
            )
        yield Foot(translate, right=self.back_key())

    @on(Key.Pressed, ".choices Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        if self._first_name:
            self.post_message(AudienceGiven(self._first_name, event.key.id or ""))

    def wipe(self) -> None:
        """Forget the first name."""
        self._first_name = ""


class HelpScreen(PublicScreen):
    """Says that somebody comes; or that a hand has to be raised, where the call could not be stored."""

    stays = 60
    called = "help"

    def __init__(
        self, place: str, language: str, banner: str, because: str = "", *, told: bool = True
    ) -> None:
        super().__init__(place, language, banner)
        self._because = because
        self._told = told

    def parts(self) -> Iterable[Widget]:
        """Who comes, and what to do meanwhile."""
        translate = self.translate
        if self._told:
            title = translate("On vient vous aider.")
            lines = [
                Line(self._because or translate("L'équipe sait que vous êtes là."), strong=True),
                Line(translate("Vous pouvez rester ici, ou lever la main."), quiet=True),
            ]
        else:
            title = translate("Levez la main, s'il vous plaît.")
            lines = [Line(translate("La borne n'a pas pu répondre."), strong=True)]
        yield Poster(Plan(title=title, lines=[Line(), *lines]))
        yield Foot(translate, right=self.back_key(), middle=Key(translate("Terminé"), id="done"))

    @on(Key.Pressed, "#done")
    def _done(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Finished())
