"""Faire le point: the beginning, one question after the other, looking back, the two exercises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.point import Point
from kiosk.point_result import PointResult
from kiosk.side import hears
from screens.assessment.messages import (
    Answered,
    Begun,
    ChangeWanted,
    CheckDone,
    EarlierWanted,
    ExercisesBegun,
    ExercisesWanted,
    FurtherWanted,
    ReviewWanted,
    SpeakWanted,
    StarterAnswered,
)
from screens.messages import PointWanted

if TYPE_CHECKING:
    from models.connection import Connection
    from screens.assessment.question import Asked


class PointSide(PointResult):
    """What the kiosk asks while somebody assesses themselves."""

    @hears(PointWanted)
    def _point_wanted(self) -> None:
        if self.app.screen is not self.app.reception or self.app._desk is None:
            return
        person = self.app._greeted
        if person is None:
            self._open_point(Point(None))
            return
        now = self.app.clock.now()

        def read(conn: Connection) -> Point:
            from models.assessment.taking import first_answers
            from models.assessment.unfinished import find_unfinished

            unfinished = find_unfinished(conn, person.id, now)
            return Point(person, unfinished=unfinished, before=first_answers(conn, person.id))

        def done(point: Point) -> None:
            if self.app.screen is self.app.reception and self.app._greeted == person:
                self._open_point(point)

        # The writer's thread: what was answered last must be in it.
        self.app._then(self.app.database.write(read), done, self.app._cannot)

    def _open_point(self, point: Point) -> None:
        from screens.assessment.opening import OpeningScreen

        self.point = point
        opening = OpeningScreen(
            *self.app._frame(),
            name=point.person.name if point.person else "",
            unfinished=point.unfinished is not None,
            voice=self._reads if self.voice.ready else None,
        )
        self.app._open_screen(opening)

    @hears(SpeakWanted)
    def _other_language(self, message: SpeakWanted) -> None:
        from screens.assessment.opening import OpeningScreen

        if isinstance(self.app.screen, OpeningScreen) and self.point is not None:
            self.app.reception.speak(message.language)
            self.app.pop_screen()
            self._open_point(self.point)

    @hears(Begun)
    def _begun(self, message: Begun) -> None:
        from models.assessment.draft import Part, new_draft
        from screens.assessment.opening import OpeningScreen

        point = self.point
        if point is None or not isinstance(self.app.screen, OpeningScreen):
            return
        earlier = point.draft or point.unfinished
        if earlier is not None and not message.anew:
            resumed = point.resumed or point.draft is None
            self.point = replace(point, draft=earlier, resumed=resumed)
            self._ask_next()
            return
        # What was broken off stays until the first new answer takes its place.
        draft = new_draft(Part.CORE, before=point.before)
        self.point = replace(point, draft=draft, resumed=False)
        self._ask_starter(0)

    # ---- questions

    def _ask_starter(self, number: int) -> None:
        from assets.assessment import bank
        from screens.assessment.question import Asked, StarterScreen

        if self.point is None:
            return
        self.point = replace(self.point, starter=number)
        starter = bank().starters[number]
        translate = self.app.translate
        where = translate("Pour commencer · {number} sur {all}", number=number + 1, all=len(bank().starters))
        asked = Asked(starter.id, where, starter.ask[self.app.language])
        if isinstance(self.app.screen, StarterScreen):
            self.app.screen.ask(asked)
        else:
            self.app._open_screen(StarterScreen(*self.app._frame(), asked))

    @hears(StarterAnswered)
    def _starter_answered(self) -> None:
        from assets.assessment import bank

        if self.point is None:
            return
        number = self.point.starter + 1
        if number < len(bank().starters):
            self._ask_starter(number)
        else:
            self._ask_next()

    def _ask_next(self) -> None:
        """The next question, or what comes after the last one."""
        from assets.assessment import thresholds

        if self.point is None or self.point.draft is None:
            return
        item = self.point.draft.next_item(thresholds())
        if item is not None:
            self._ask(item)
        elif self.point.draft.begun:
            self._recap()
        else:
            self._finish()  # nothing of the optional part is left

    def _ask(self, item: str) -> None:
        from screens.assessment.question import QuestionScreen

        asked = self._asked_of(item)
        if asked is None:
            return
        self.back_to(QuestionScreen)
        if isinstance(self.app.screen, QuestionScreen):
            self.app.screen.ask(asked)
            self.app._idle.watch()
        else:
            self.app._open_screen(QuestionScreen(*self.app._frame(), asked))

    def _asked_of(self, item: str) -> Asked | None:
        from assets.assessment import bank
        from models.assessment.draft import Part
        from screens.assessment.question import UNASKED, Asked

        if self.point is None or self.point.draft is None:
            return None
        draft, one, language = self.point.draft, bank().items[item], self.app.language
        given = list(draft.answers)
        number = (given.index(item) if item in given else len(given)) + 1
        most = (
            self.app.translate("15 au plus")
            if draft.part is Part.CORE
            else self.app.translate("pour aller plus loin")
        )
        where = self.app.translate("Question {n} · {most}", n=number, most=most)
        chosen = draft.answers.get(item, UNASKED)
        return Asked(item, where, one.ask[language], one.plainly[language], chosen)

    @hears(Answered)
    def _said(self, message: Answered) -> None:
        point = self.point
        if point is None or point.draft is None or point.finished:
            return
        draft = point.draft.answer(message.item, message.value)
        self.point = replace(point, draft=draft)
        self._keep()
        self._ask_next()

    @hears(EarlierWanted)
    def _earlier(self) -> None:
        from assets.assessment import bank
        from screens.assessment.question import AskScreen, StarterScreen

        point, screen = self.point, self.app.screen
        if point is None or point.draft is None or not isinstance(screen, AskScreen):
            return
        if isinstance(screen, StarterScreen):
            if point.starter:
                self._ask_starter(point.starter - 1)
            else:
                self.app._back()
            return
        earlier = point.draft.item_before(screen.asked.id)
        if earlier is not None:
            self._ask(earlier)
            return
        self.app._back()
        if isinstance(self.app.screen, StarterScreen):
            self._ask_starter(len(bank().starters) - 1)

    # ---- looking back at the answers

    def _recap(self) -> None:
        from screens.assessment.recap import RecapScreen

        if self._reads:
            self.voice.hush()
        if self.point is not None and self.point.draft is not None:
            understood = sum(value is not None for value in self.point.draft.answers.values())
            self.app._open_screen(RecapScreen(*self.app._frame(), understood))

    @hears(ReviewWanted)
    def _review(self) -> None:
        from assets.assessment import bank
        from screens.assessment.recap import Given, ReviewScreen

        if self.point is None or self.point.draft is None:
            return
        items, language = bank().items, self.app.language
        answers = self.point.draft.answers
        given = [Given(item, items[item].short[language], value) for item, value in answers.items()]
        self.app._open_screen(ReviewScreen(*self.app._frame(), given))

    @hears(ChangeWanted)
    def _change(self, message: ChangeWanted) -> None:
        self._ask(message.item)

    # ---- the exercises, and more questions

    @hears(ExercisesWanted)
    def _exercises(self) -> None:
        from models.assessment.draft import Part
        from screens.assessment.announce import AnnounceScreen

        if self.point is None or self.point.draft is None:
            return
        if self.point.draft.part is Part.FURTHER:
            self._finish()
        else:
            self.app._open_screen(AnnounceScreen(*self.app._frame()))

    @hears(ExercisesBegun)
    def _exercises_begun(self) -> None:
        from screens.assessment.spot import SpotScreen

        self.app._open_screen(SpotScreen(*self.app._frame()))

    @hears(CheckDone)
    def _check_done(self, message: CheckDone) -> None:
        from models.assessment.checks import Check
        from screens.assessment.folder import FolderScreen

        point = self.point
        if point is None or point.draft is None or point.finished:
            return
        self.point = replace(point, draft=point.draft.done(message.check, message.done))
        self._keep()
        if message.check is Check.SPOT:
            self.app._open_screen(FolderScreen(*self.app._frame()))
        else:
            self._finish()

    @hears(FurtherWanted)
    def _further(self) -> None:
        from models.assessment.draft import Part, new_draft
        from screens.assessment.opening import OpeningScreen
        from screens.assessment.result import ResultScreen

        point = self.point
        if point is None or point.draft is None or not point.finished:
            return
        draft = replace(new_draft(Part.FURTHER, core=point.draft.answers), checks=point.draft.checks)
        self.back_to(ResultScreen)
        self.app._back()
        self.app._open_screen(
            OpeningScreen(*self.app._frame(), name=point.person.name if point.person else "")
        )
        self.point = Point(point.person, draft=draft)
        self._ask_next()
