"""Asking for a place: one workshop a screen, and what became of asking. The team gives the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.facts import hotline, programmes
from assets.languages import date_of
from models.places import Asked, Edition, NotAsked
from screens.messages import Finished
from screens.path.messages import OtherDatesWanted, PlaceAsked, RequestTakenBack
from screens.path.wording import edition_lines, first_sentence, places_said, waiting_said
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, Tone
from screens.wording import what


class PlaceScreen(PublicScreen):
    """One coming workshop a page, beginning with what fits best."""

    stays = 60
    called = "place"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]

    def __init__(
        self, place: str, language: str, banner: str, editions: Sequence[Edition], person_id: str
    ) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._editions = tuple(editions)
        self._person_id = person_id
        self._number = 0
        translate = self.translate
        self._ask = Key(translate("Demander une place"), id="ask", main=True)
        self._dates = Key(translate("Voir les dates"), id="dates")
        self._take_back = Key(translate("Retirer ma demande"), id="take-back")
        self._other = Key(translate("Voir un autre atelier"), id="other")
        self._keys = (self._ask, self._take_back, self._dates, self._other)
        self._poster = Poster()

    def parts(self) -> Iterable[Widget]:
        """The workshop, what can be asked for, and the others."""
        yield self._poster
        if self._editions:
            yield Grid(*self._keys, classes="choices")
        yield Foot(self.translate, right=self.back_key())

    def on_mount(self) -> None:
        """Show the first one; hear nothing for a moment."""
        self._show()

    def renew(self, edition: Edition) -> None:
        """Show what has been asked for as it is now."""
        self._editions = tuple(edition if one.first == edition.first else one for one in self._editions)
        self._show()

    def _show(self) -> None:
        self.settling.renewed()
        if self._editions:
            edition = self._editions[self._number]
            asked, full = bool(edition.turn(self._person_id)), not edition.left
            wait, ask = self.translate("Attendre une place"), self.translate("Demander une place")
            self._ask.display, self._take_back.display = not asked, asked
            self._ask.say(wait if full else ask)
            self._dates.display = full and not asked
            self._other.display = len(self._editions) > 1
            shown = [key for key in self._keys if key.display]
            for key in shown:
                key.set_class(key is shown[-1] and len(shown) % 2 == 1, "-wide")
        self._poster.show(self._plan())

    def _plan(self) -> Plan:
        translate, language = self.translate, self.language
        if not self._editions:
            lines = [
                Line(translate("Aucun atelier à demander maintenant."), strong=True),
                Line(),
                Line(translate("Appel gratuit : {hotline}.", hotline=hotline())),
            ]
            return Plan(lines=lines)
        edition = self._editions[self._number]
        begins, time = edition_lines(edition, language)
        fact = programmes().get(edition.programme)
        # Where there are three keys the poster has four rows on the smallest grid.
        crowded = self._dates.display and self._other.display
        activity = [] if fact is None or crowded else [Line(first_sentence(fact, language))]
        lines = [
            # Where a banner takes a row too, the hours go and not whether there is a place.
            *activity,
            Line(places_said(edition, language, self._person_id), strong=True),
            Line(begins),
            Line(time),
        ]
        big = date_of(edition.first.starts_at, language, year=False)
        return Plan(title=what(edition.first, language), big=big, lines=lines)

    @on(Key.Pressed, "#ask")
    def _asked(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh() and self._editions:
            self.post_message(PlaceAsked(self._editions[self._number].first.id))

    @on(Key.Pressed, "#take-back")
    def _taken_back(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh() and self._editions:
            self.post_message(RequestTakenBack(self._editions[self._number].first.id))

    @on(Key.Pressed, "#dates")
    def _dates_wanted(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(OtherDatesWanted())

    @on(Key.Pressed, "#other")
    def _next(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self._number = (self._number + 1) % len(self._editions)
            self._show()

    def wipe(self) -> None:
        """Forget whom it is about, and what they have asked for."""
        self._editions = ()
        self._person_id = ""
        self._poster.show(Plan())


class AskedScreen(PublicScreen):
    """Says that the team knows now, how many are before, and that a person will answer."""

    stays = 30
    called = "place"

    def __init__(self, place: str, language: str, banner: str, asked: Asked) -> None:
        super().__init__(place, language, banner)
        self._poster = Poster(self._plan(asked))

    def parts(self) -> Iterable[Widget]:
        """What became of it, and the foot."""
        yield self._poster
        done = Key(self.translate("Terminé"), id="done", main=True)
        yield Foot(self.translate, right=self.back_key(), middle=done)

    def _plan(self, asked: Asked) -> Plan:
        translate, language = self.translate, self.language
        if asked.refused is NotAsked.GONE or asked.edition is None:
            title = translate("Cet atelier n'est plus proposé.")
            lines = [Line(), Line(translate("L'équipe peut vous aider."))]
            return Plan(Tone.NOTE, f"i  {title}", lines=lines)
        edition = asked.edition
        name, begins = what(edition.first, language), edition_lines(edition, language)[0]
        said = [Line(), Line(name, strong=True), Line(begins), Line()]
        if asked.refused is NotAsked.HAS_PLACE:
            title = translate("Vous avez déjà une place.")
            return Plan(Tone.GOOD, f"✓  {title}", lines=said)
        title = translate("C'est demandé.")
        if edition.capacity - edition.booked < asked.turn:
            said.append(Line(waiting_said(asked.turn, language)))
        said.append(Line(translate("L'équipe vous répondra.")))
        return Plan(Tone.GOOD, f"✓  {title}", lines=said)

    @on(Key.Pressed, "#done")
    def _done(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Finished())

    def wipe(self) -> None:
        """Forget what was asked for."""
        self._poster.show(Plan())
