"""Who signs in: a key for each account, before the PIN is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Grid, Vertical
from textual.widget import Widget

from models.accounts import Account
from screens.messages import StaffChosen
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster

A_PAGE = 6

LONGEST_LABEL = 24
"""Signs that a key holds at 56 columns; the pad says the whole name."""


class WhoScreen(PublicScreen):
    """At most six people a page; where there is but one account, nobody is asked."""

    stays = 60
    warns = False
    called = "who"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    WhoScreen Poster { height: 1fr; min-height: 1; }
    WhoScreen Grid { grid-size: 2; grid-rows: 3; grid-gutter: 0 2; height: auto; width: 100%; padding: 0 1; }
    WhoScreen.-tall Grid { grid-gutter: 1 2; }
    WhoScreen Grid Key { width: 100%; padding: 0; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, place: str, language: str, banner: str, people: Sequence[Account]) -> None:
        super().__init__(place, language, banner)
        self._people = list(people)
        self._page = 0
        self._keys = [Key("", id=f"who-{place}") for place in range(min(A_PAGE, len(self._people)))]
        self._asks = Poster(Plan(lines=[Line(self._question, strong=True)]))
        self._show()

    @property
    def _question(self) -> str:
        translate = self.translate
        if not self._people:
            return translate("Aucun compte n'est ouvert. Appelez le service technique.")
        return translate("Qui êtes-vous ?")

    def parts(self) -> Iterable[Widget]:
        """The question, a page of people, and on to the next page."""
        translate = self.translate
        with Vertical(classes="question"):
            yield self._asks
            with Grid():
                yield from self._keys
        more = Key(translate("Suite"), id="more") if len(self._people) > A_PAGE else None
        yield Foot(translate, right=self.back_key(), middle=more)

    @property
    def _here(self) -> list[Account]:
        return self._people[self._page * A_PAGE : (self._page + 1) * A_PAGE]

    def _show(self) -> None:
        here = self._here
        for place, key in enumerate(self._keys):
            # A key without a person keeps its place, so that the page does not jump.
            key.visible = place < len(here)
            key.say(_short(here[place].name) if key.visible else "")

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        self._page = (self._page + 1) % -(-len(self._people) // A_PAGE)
        self._show()

    @on(Key.Pressed, "Grid Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        place = int((event.key.id or "").rpartition("-")[2])
        if place < len(self._here):
            self.post_message(StaffChosen(self._here[place]))

    def wipe(self) -> None:
        """Forget who works here."""
        self._people = []
        for key in self._keys:
            key.say("")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"
