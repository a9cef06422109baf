"""Who has reached the first level of late, and the way to their path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assets.languages import N_, day
from models.requests import Request
from models.review.follow_up import Reached, SeeFirstLevels
from screens.staff.lines import LineKey, LinesScreen
from screens.staff.person_path import PersonPathScreen

PATH = "path"


class FirstLevelsScreen(LinesScreen[Reached]):
    """The latest first."""

    heading = N_("Premier niveau atteint, depuis 90 jours")
    nothing = N_("Personne ces 90 derniers jours.")

    def changed(self) -> None:
        """Somebody may have taken stock."""
        self.ask(SeeFirstLevels())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show who."""
        self.show(result)

    def said_of(self, line: Reached) -> Sequence[str]:
        """Who, and since when."""
        since = day(line.since, self.language, short=True)
        return line.name, self.translate("Premier niveau : {day}", day=since)

    def keys_of(self, line: Reached) -> Iterable[LineKey]:
        """The way to the path."""
        yield LineKey(self.translate("Parcours"), line, PATH, letter="p")

    def wants(self, key: LineKey) -> None:
        """Open the path."""
        if isinstance(key.line, Reached):
            self.open(PersonPathScreen(self.frame, key.line.person_id))
