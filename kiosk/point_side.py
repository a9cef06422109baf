"""Faire le point: the beginning, one question after the other, looking back, the two exercises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from kiosk.point import Point
from kiosk.point_result import PointResult
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
    StarterAnswered,
)
from screens.messages import LanguageChosen, PointWanted

if TYPE_CHECKING:
    from models.connection import Connection
    from screens.assessment.question import Asked


class PointSide(PointResult, inherit_bindings=False):
    """What the kiosk asks while somebody assesses themselves."""

    @on(PointWanted)
    def _point_wanted(self) -> None:
        if self.screen is not self.reception or self._desk is None:
            return
        person = self._greeted
        if person is None:
            self._open_point(Point(None))
            return
        now = self.clock.now()

        def read(conn: Connection) -> Point:
            from models.assessment.taking import first_answers
            from models.assessment.unfinished import find_unfinished

            unfinished = find_unfinished(conn, person.id, now)
            return Point(person, unfinished=unfinished, before=first_answers(conn, person.id))

        def done(point: Point) -> None:
            if self.screen is self.reception and self._greeted == person:
                self._open_point(point)

        # The writer's thread: what was answered last must be in it.
        self._then(self.database.write(read), done, self._cannot)

    def _open_point(self, point: Point) -> None:
        from screens.assessment.opening import OpeningScreen

        self._point = point
        opening = OpeningScreen(
            *self._frame(),
            kept=point.person is not None,
            unfinished=point.unfinished is not None,
            voice=self._reads if self.voice.ready else None,
        )
        self._open_screen(opening)

    @on(LanguageChosen)
    def _other_language(self, message: LanguageChosen) -> None:
        from screens.assessment.opening import OpeningScreen

        if isinstance(self.screen, OpeningScreen) and self._point is not None:
            self.reception.speak(message.language)
            self.pop_screen()
            self._open_point(self._point)

    @on(Begun)
    def _begun(self, message: Begun) -> None:
        from models.assessment.draft import Part, new_draft

        point = self._point
        if point is None:
            return
        earlier = point.draft or point.unfinished
        if earlier is not None and not message.anew:
            self._point = replace(point, draft=earlier, unfinished=None)
            self._ask_next()
            return
        if earlier is not None:
            self._forget_unfinished(point)
        draft = new_draft(Part.CORE, before=point.before)
        self._point = replace(point, draft=draft, unfinished=None)
        self._ask_starter(0)

    # ---- questions

    def _ask_starter(self, number: int) -> None:
        from assets.assessment import bank
        from screens.assessment.question import Asked, StarterScreen

        if self._point is None:
            return
        self._point = replace(self._point, starter=number)
        starter = bank().starters[number]
        translate = self.translate
        where = translate("Pour commencer · {number} sur {all}", number=number + 1, all=len(bank().starters))
        asked = Asked(starter.id, where, starter.ask[self.language])
        if isinstance(self.screen, StarterScreen):
            self.screen.ask(asked)
        else:
            self._open_screen(StarterScreen(*self._frame(), asked))

    @on(StarterAnswered)
    def _starter_answered(self) -> None:
        from assets.assessment import bank

        if self._point is None:
            return
        number = self._point.starter + 1
        if number < len(bank().starters):
            self._ask_starter(number)
        else:
            self._ask_next()

    def _ask_next(self) -> None:
        """The next question, or what comes after the last one."""
        from assets.assessment import thresholds

        if self._point is None or self._point.draft is None:
            return
        item = self._point.draft.next_item(thresholds())
        if item is not None:
            self._ask(item)
        elif self._point.draft.begun:
            self._recap()
        else:
            self._finish()  # nothing of the optional part is left

    def _ask(self, item: str) -> None:
        from screens.assessment.question import QuestionScreen

        asked = self._asked_of(item)
        if asked is None:
            return
        self._back_to(QuestionScreen)
        if isinstance(self.screen, QuestionScreen):
            self.screen.ask(asked)
            self._idle.watch()
        else:
            self._open_screen(QuestionScreen(*self._frame(), asked))

    def _asked_of(self, item: str) -> Asked | None:
        from assets.assessment import bank
        from models.assessment.draft import Part
        from screens.assessment.question import UNASKED, Asked

        if self._point is None or self._point.draft is None:
            return None
        draft, one, language = self._point.draft, bank().items[item], self.language
        given = list(draft.answers)
        number = (given.index(item) if item in given else len(given)) + 1
        most = (
            self.translate("15 au plus")
            if draft.part is Part.CORE
            else self.translate("pour aller plus loin")
        )
        where = self.translate("Question {n} · {most}", n=number, most=most)
        chosen = draft.answers.get(item, UNASKED)
        return Asked(item, where, one.ask[language], one.plainly[language], chosen)

    @on(Answered)
    def _said(self, message: Answered) -> None:
        point = self._point
        if point is None or point.draft is None or point.finished:
            return
        draft = point.draft.answer(message.item, message.value)
        self._point = replace(point, draft=draft)
        self._keep()
        self._ask_next()

    @on(EarlierWanted)
    def _earlier(self) -> None:
        from assets.assessment import bank
        from screens.assessment.question import AskScreen, StarterScreen

        point, screen = self._point, self.screen
        if point is None or point.draft is None or not isinstance(screen, AskScreen):
            return
        if isinstance(screen, StarterScreen):
            if point.starter:
                self._ask_starter(point.starter - 1)
            else:
                self._back()
            return
        earlier = point.draft.item_before(screen.asked.id)
        if earlier is not None:
            self._ask(earlier)
            return
        self._back()
        if isinstance(self.screen, StarterScreen):
            self._ask_starter(len(bank().starters) - 1)

    # ---- looking back at the answers

    def _recap(self) -> None:
        from screens.assessment.recap import RecapScreen

        if self._reads:
            self.voice.hush()
        if self._point is not None and self._point.draft is not None:
            self._open_screen(RecapScreen(*self._frame(), len(self._point.draft.answers)))

    @on(ReviewWanted)
    def _review(self) -> None:
        from assets.assessment import bank
        from screens.assessment.recap import Given, ReviewScreen

        if self._point is None or self._point.draft is None:
            return
        items, language = bank().items, self.language
        answers = self._point.draft.answers
        given = [Given(item, items[item].short[language], value) for item, value in answers.items()]
        self._open_screen(ReviewScreen(*self._frame(), given))

    @on(ChangeWanted)
    def _change(self, message: ChangeWanted) -> None:
        self._ask(message.item)

    # ---- the exercises, and more questions

    @on(ExercisesWanted)
    def _exercises(self) -> None:
        from models.assessment.draft import Part
        from screens.assessment.announce import AnnounceScreen

        if self._point is None or self._point.draft is None:
            return
        if self._point.draft.part is Part.FURTHER:
            self._finish()
        else:
            self._open_screen(AnnounceScreen(*self._frame()))

    @on(ExercisesBegun)
    def _exercises_begun(self) -> None:
        from screens.assessment.spot import SpotScreen

        self._open_screen(SpotScreen(*self._frame()))

    @on(CheckDone)
    def _check_done(self, message: CheckDone) -> None:
        from models.assessment.checks import Check
        from screens.assessment.folder import FolderScreen

        point = self._point
        if point is None or point.draft is None or point.finished:
            return
        self._point = replace(point, draft=point.draft.done(message.check, message.done))
        self._keep()
        if message.check is Check.SPOT:
            self._open_screen(FolderScreen(*self._frame()))
        else:
            self._finish()

    @on(FurtherWanted)
    def _further(self) -> None:
        from models.assessment.draft import Part, new_draft
        from screens.assessment.opening import OpeningScreen
        from screens.assessment.result import ResultScreen

        point = self._point
        if point is None or point.draft is None or not point.finished:
            return
        draft = new_draft(Part.FURTHER, core=point.draft.answers)
        self._back_to(ResultScreen)
        self._back()
        self._open_screen(OpeningScreen(*self._frame(), kept=point.person is not None))
        self._point = Point(point.person, draft=draft)
        self._ask_next()
