"""Faire le point: from the first question to the result, with or without a card.

Without a card nothing is stored. With one, each answer is kept at once, so that a plug that is pulled costs
nothing; it is only ever kept for the person who stood there when it began, whoever comes meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from kiosk.card_side import CardSide
from kiosk.crash_net import place_of
from screens.assessment.messages import (
    Answered,
    Begun,
    ChangeWanted,
    CheckDone,
    EarlierWanted,
    EraseWanted,
    ExercisesBegun,
    ExercisesWanted,
    FurtherWanted,
    GoOnWanted,
    NextStepWanted,
    PrintWanted,
    ResultWanted,
    ReviewWanted,
    Spoken,
    StarterAnswered,
    StopWanted,
    TakeAwayWanted,
    VoiceWanted,
)
from screens.messages import BackWanted, Finished, LanguageChosen, PointWanted

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.clock import Clock
    from kiosk.database import Database
    from kiosk.rooms import Front
    from kiosk.voice import Voice
    from models.answers import Person
    from models.assessment.draft import Draft
    from models.assessment.shown import Shown
    from models.connection import Connection
    from screens.assessment.question import Asked
    from screens.assessment.take_away import TakeAwayScreen

log = logging.getLogger("kiosk")

SCRUBS = 30
"""How often, a second apart, what was called off is tried to be taken from the disk altogether."""


@dataclass(frozen=True, slots=True)
class Point:
    """A self-assessment under way, and whose it is."""

    person: Person | None
    """Who showed a card before; nobody's answers are kept."""
    draft: Draft | None = None
    """What was said; ``None`` before it has begun."""
    unfinished: Draft | None = None
    """What this person broke off earlier today."""
    before: frozenset[str] = frozenset()
    """What they answered the first time."""
    starter: int = 0
    """Which of the questions that count for nothing is asked."""
    shown: Shown | None = None
    """The result, once there is one."""
    finished: bool = False
    """Whether the result is final."""
    failed: bool = False
    """Whether it could not be kept."""


class PointSide(CardSide, inherit_bindings=False):
    """What the kiosk does while somebody assesses themselves."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._point: Point | None = None
        self._voice: Voice | None = None
        self._reads = False
        """Whether this person wants the questions read aloud."""

    # ---- reading aloud

    @property
    def voice(self) -> Voice:
        """The voice; made when somebody may want it."""
        if self._voice is None:
            from kiosk.voice import Voice

            self._voice = Voice(self.front.look.sound)
        return self._voice

    def hush(self) -> None:
        """Nothing is read aloud any more."""
        self._reads = False
        if self._voice is not None:
            self._voice.hush()

    def stop_reading(self) -> None:
        """The kiosk closes: no program of the voice outlives it."""
        if self._voice is not None:
            self._voice.stop()

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

    @on(VoiceWanted)
    def _voice_wanted(self, message: VoiceWanted) -> None:
        self._reads = message.on
        if self._reads:
            self.voice.say(self.translate("Écouter les questions"), self.language)
        else:
            self.voice.hush()

    @on(Spoken)
    def _spoken(self, message: Spoken) -> None:
        if self._reads:
            self.voice.say(message.text, self.language)

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
        where = translate("Pour commencer · {n} sur {all}", n=number + 1, all=len(bank().starters))
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
        from screens.assessment.question import QuestionScreen, StarterScreen

        asked = self._asked_of(item)
        if asked is None:
            return
        self._back_to(QuestionScreen)
        if isinstance(self.screen, QuestionScreen) and not isinstance(self.screen, StarterScreen):
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
        from screens.assessment.question import QuestionScreen, StarterScreen

        point, screen = self._point, self.screen
        if point is None or point.draft is None or not isinstance(screen, QuestionScreen):
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

    # ---- the exercises

    @on(ExercisesWanted)
    def _exercises(self) -> None:
        from screens.assessment.announce import AnnounceScreen

        from models.assessment.draft import Part

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
        from screens.assessment.folder import FolderScreen

        from models.assessment.checks import Check

        point = self._point
        if point is None or point.draft is None or point.finished:
            return
        self._point = replace(point, draft=point.draft.done(message.check, message.done))
        self._keep()
        if message.check is Check.SPOT:
            self._open_screen(FolderScreen(*self._frame()))
        else:
            self._finish()

    # ---- the result

    @on(ResultWanted)
    def _finish(self) -> None:
        """Everything has been said: keep it, and only then show what it came to."""
        self._come_to(final=True)

    @on(StopWanted)
    def _stop(self) -> None:
        """Enough for now: what it comes to so far; it is final when its person goes."""
        if self._point is None or self._point.draft is None:
            return
        if self._point.draft.begun:
            self._come_to(final=False)
        else:
            self.go_home()

    def _come_to(self, *, final: bool) -> None:
        point, desk = self._point, self._desk
        if point is None or point.draft is None or desk is None or point.finished:
            return
        if final:
            self._point = replace(point, finished=True)
        draft, person, now = point.draft, point.person, self.clock.now()

        def rule(conn: Connection) -> Shown:
            from assets.assessment import thresholds
            from models.assessment.shown import shown
            from models.assessment.taking import take
            from models.log import Author
            from models.words import PARTICIPANT

            if person is not None and final and draft.begun:
                take(conn, Author(desk.kiosk_id, PARTICIPANT, now), desk.corner_id, person.id, draft)
            name = person.name if person is not None else ""
            return shown(conn, desk.corner_id, name, draft, thresholds(), now)

        stores = person is not None and final
        asked = self.database.write(rule) if stores else self.database.read(rule)
        self._then(asked, partial(self._show_result, point), partial(self._not_kept, point))

    def _show_result(self, point: Point, found: Shown, *, failed: bool = False) -> None:
        from screens.assessment.opening import OpeningScreen
        from screens.assessment.result import ResultScreen

        now = self._point
        if now is None or now.person != point.person or now.draft != point.draft:
            return  # somebody else stands there, or has gone on
        self._point = replace(now, shown=found, failed=failed)
        if now.finished:
            # What was said is final: the way back leads out.
            self._back_to(OpeningScreen)
            self._back()
        self._open_screen(ResultScreen(*self._frame(), found))

    @on(NextStepWanted)
    def _next_step(self) -> None:
        from models.assessment.draft import Part
        from screens.assessment.next_step import Kept, NextStepScreen

        point = self._point
        if point is None or point.shown is None or point.draft is None:
            return
        if point.person is None:
            kept = Kept.NOTHING
        elif point.failed:
            kept = Kept.FAILED
        else:
            kept = Kept.YES if point.finished else Kept.WHEN_DONE
        further = point.finished and point.draft.part is Part.CORE
        self._open_screen(NextStepScreen(*self._frame(), point.shown, kept=kept, offers_further=further))

    def _not_kept(self, point: Point, error: BaseException) -> None:
        """The result is theirs all the same; it says that it is not kept."""
        from assets.assessment import thresholds
        from models.assessment.result import result
        from models.assessment.shown import Shown

        log.error("assessment not kept: %s", place_of(error))
        if point.draft is None:
            return
        found = result(point.draft.core or point.draft.answers, point.draft.checks, thresholds())
        self._show_result(point, Shown(found, point.draft.checks, self.clock.now()), failed=True)

    @on(GoOnWanted)
    def _go_on(self) -> None:
        from screens.assessment.question import QuestionScreen

        self._back_to(QuestionScreen)
        self._idle.watch()

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

    # ---- taking it along

    @on(TakeAwayWanted)
    def _take_away(self) -> None:
        from kiosk.text_code import largest_that_fits
        from screens.assessment.take_away import TakeAwayScreen
        from screens.assessment.take_away_text import take_away_texts

        if self._point is None or self._point.shown is None:
            return
        code = partial(largest_that_fits, take_away_texts(self._point.shown, self.language))
        self._open_screen(TakeAwayScreen(*self._frame(), code, can_print=self.papers.prints))

    @on(PrintWanted)
    def _print_wanted(self) -> None:
        from screens.assessment.take_away import TakeAwayScreen

        screen, point = self.screen, self._point
        if isinstance(screen, TakeAwayScreen) and point is not None and point.shown is not None:
            screen.say(screen.translate("Impression en cours…"))
            self.run_worker(self._print_result(screen, point.person, point.shown), exit_on_error=False)

    async def _print_result(self, screen: TakeAwayScreen, person: Person | None, found: Shown) -> None:
        """On paper, and nowhere else: the file goes as soon as the printer has it."""
        from kiosk.paper.result import result_pdf

        corner_name, now, language = self.front.look.corner_name, self.clock.now(), screen.language
        make = partial(result_pdf, found, corner_name=corner_name, made_at=now, language=language)
        try:
            data = await asyncio.to_thread(make)
            await asyncio.wrap_future(self.database.write(self._note_paper, person, data, now))
            printed = await asyncio.wrap_future(self.papers.print_only(data))
        except Exception as error:  # a worker's failure would say nothing to anybody
            log.error("result not printed: %s", place_of(error))
            printed = False
        finally:
            self._sweeper.soon()
        if screen in self.screen_stack:
            done, failed = screen.translate("C'est imprimé."), screen.translate("Rien n'est imprimé.")
            screen.say(done if printed else failed)

    def _note_paper(self, conn: Connection, person: Person | None, data: bytes, now: datetime) -> None:
        """The row of the log that says that a paper was made (P-24); without a card it says nothing more."""
        import hashlib

        from models.connection import body_time
        from models.log import Author, record
        from models.words import PARTICIPANT

        if self._desk is None:
            return
        author = Author(self._desk.kiosk_id, PARTICIPANT, now)
        # There are few results: a hash of nobody's would still say which one it was.
        hash_ = hashlib.sha256(data).hexdigest() if person is not None else ""
        whose = person.id if person is not None else ""
        body = {"at": body_time(now), "what": "result", "hash": hash_}
        record(conn, author, "document.made", "document", whose, body, subject=whose or None)

    # ---- keeping and forgetting

    def _keep(self) -> None:
        """Keep what was said so far, for this person's card; nobody waits for it."""
        point = self._point
        if point is None or point.person is None or point.draft is None:
            return

        def rule(conn: Connection, person_id: str, draft: Draft) -> None:
            from models.assessment.unfinished import keep_unfinished

            keep_unfinished(conn, person_id, draft, now)

        now = self.clock.now()
        kept = self.database.write(rule, point.person.id, point.draft)
        self._then(kept, lambda _: None, lambda _: None)

    def _forget_unfinished(self, point: Point) -> None:
        """What was said leaves no trace on the disk."""
        if point.person is None:
            return
        person_id = point.person.id

        def rule(conn: Connection) -> None:
            from models.assessment.unfinished import forget_unfinished

            forget_unfinished(conn, person_id)

        self._then(self.database.write(rule), lambda _: self._scrub(SCRUBS), lambda _: None)

    def _scrub(self, tries: int) -> None:
        """Empty what the database remembers of its last writes; somebody may be reading there."""

        def scrubbed(done: bool) -> None:
            if not done and tries > 1:
                self.after(1, partial(self._scrub, tries - 1))

        self._then(self.database.scrub(), scrubbed, lambda _: None)

    def forget_old(self) -> None:
        """A new day: what was not finished on its own is gone."""

        def rule(conn: Connection) -> None:
            from models.assessment.unfinished import forget_old

            forget_old(conn, now)

        now = self.clock.now()
        self._then(self.database.write(rule), lambda _: self._scrub(SCRUBS), lambda _: None)

    @on(EraseWanted)
    def _erase(self) -> None:
        if self._point is not None and not self._point.finished:
            self._forget_unfinished(self._point)
            self._point = None
        self.go_home()

    @on(BackWanted)
    def _out_of_the_opening(self) -> None:
        """Whoever goes back over the beginning has called it off."""
        from screens.assessment.opening import OpeningScreen

        if isinstance(self.screen, OpeningScreen) and self._point is not None:
            if self._point.draft is not None:
                self._forget_unfinished(self._point)
            self._point = None

    @on(Finished)
    def _finished(self) -> None:
        """A result in part is final when its person says that they are done."""
        point, desk, now = self._point, self._desk, self.clock.now()
        if point is None or point.draft is None or point.finished or desk is None or point.person is None:
            return
        from screens.assessment.next_step import NextStepScreen

        if not isinstance(self.screen, NextStepScreen):
            return

        def rule(conn: Connection, person_id: str, draft: Draft) -> None:
            from models.assessment.taking import take
            from models.log import Author
            from models.words import PARTICIPANT

            take(conn, Author(desk.kiosk_id, PARTICIPANT, now), desk.corner_id, person_id, draft)

        self._then(self.database.write(rule, point.person.id, point.draft), lambda _: None, lambda _: None)

    def _close_screens(self) -> None:
        """Whoever stood there has gone, and what they said with them."""
        self._point = None
        self.hush()
        super()._close_screens()

    def _back_to(self, kind: type) -> None:
        """Take away what stands over a screen of this kind, where there is one."""
        from screens.public import PublicScreen

        if not any(isinstance(screen, kind) for screen in self.screen_stack):
            return
        while not isinstance(self.screen, kind):
            if isinstance(self.screen, PublicScreen):
                self.screen.wipe()
            self.pop_screen()
