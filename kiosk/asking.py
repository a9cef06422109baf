"""Asking a rule of arriving, and showing its answer: only what is committed is confirmed.

Answers come back in the order in which they were asked for. Where the database keeps somebody waiting,
that is said; and an answer that comes so late that somebody else may stand there is not shown any more.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.clock import Clock, monotonic
from kiosk.crash_net import place_of
from kiosk.database import Database
from kiosk.rooms import Front, House
from kiosk.trouble import Trouble
from screens.widgets.poster import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from models.answers import Outcome, Person
    from models.arrival import Desk, Wish
    from models.connection import Connection

    Rule = Callable[[Connection, Desk, datetime, Wish | None], Outcome]

log = logging.getLogger("kiosk")

PATIENCE = 1.0
"""Seconds after which somebody is told that the kiosk is still at it (A-18)."""

LATE = 3.0
"""Seconds after which an answer is shown only to somebody who has waited for it."""


SAME_HAND = 0.5
"""Seconds within which a touch still belongs to what was asked."""


class Asking(House, inherit_bindings=False):
    """Questions on their way to the database, and the answer that stands on the screen."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._asked: Rule | None = None
        """The rule that gave the answer, kept while it has something to choose."""
        self._present = ""
        """Whose answer stands there: who calls for help from it."""
        self._greeted: Person | None = None
        """The same person, with what may be shown of them."""
        self._own = False
        """Whether they have shown a card or given a code: whoever touched a name may be somebody else."""
        self._pending = 0
        """Questions that have no answer yet."""
        self._impatient: asyncio.TimerHandle | None = None

    @property
    def known_person(self) -> Person | None:
        """Whose answer stands there, where a card or a code says so: they may see what is kept of them."""
        return self._greeted if self._own else None

    def ask(
        self,
        rule: Rule,
        wish: Wish | None = None,
        *,
        own: bool = False,
        typed: bool = False,
        once: bool = False,
    ) -> None:
        """Ask a rule.

        Args:
            wish: what the person wants beyond arriving.
            own: whether a card or a code says who it is.
            typed: whether fingers gave a code: a slip of theirs is said where they are.
            once: whether this is the answer to a question on the screen: while one is on its way, another
                touch is the same answer.
        """
        if once and self._pending:
            return
        now, asked_at = self.clock.now(), monotonic()

        def asked(conn: Connection) -> Outcome:
            if self._desk is None:
                raise Trouble("not open")
            return rule(conn, self._desk, now, wish)

        future = self.database.write(asked)
        loop = asyncio.get_running_loop()
        # The writer's thread does not know which app is running; the screens need to.
        context = contextvars.copy_context()

        def back(finished: Future[Outcome]) -> None:
            with suppress(RuntimeError):  # the loop has gone: the kiosk is closing
                loop.call_soon_threadsafe(
                    self._answered, finished, rule, own, typed, asked_at, context=context
                )

        self._pending += 1
        if self._impatient is None:
            self._impatient = self.after(PATIENCE, self._still_at_it)
        future.add_done_callback(back)

    def _still_at_it(self) -> None:
        """Tell whoever waits; closing their question, which has its answer already."""
        self._impatient = None
        if self._pending and self._desk is not None:
            self._close_screens()
            self.reception.wait()
            self._idle.watch()

    def _answered(
        self, finished: Future[Outcome], rule: Rule, own: bool, typed: bool, asked_at: float
    ) -> None:
        """Show the answer, whatever was open before."""
        self._pending -= 1
        if self._impatient is not None and not self._pending:
            self._impatient.cancel()
            self._impatient = None
        gone_on = self._idle.last_touch > asked_at + SAME_HAND and not self.reception.waiting
        if gone_on and monotonic() - asked_at > LATE:
            log.error("answered late")  # stored or not, somebody else may stand there now
            return
        try:
            self._show_answer(finished, rule, own=own, typed=typed)
        except Exception as failure:  # outside Textual's own nets: this runs from the event loop
            self._handle_exception(failure)

    def _show_answer(self, finished: Future[Outcome], rule: Rule, *, own: bool, typed: bool) -> None:
        error = finished.exception()
        answer = None
        if error is None:
            answer = finished.result()
            if self._slipped(answer, typed=typed):
                return
            # Kept only while there is something to choose.
            self._asked = rule if answer.choices or answer.can_join else None
            self._present = answer.person.id if answer.person else ""
            self._greeted = answer.person
            self._own = own
        else:
            log.error("not stored: %s", place_of(error))
            self._asked = None
            self._greeted = None
            self._own = False
        self._close_screens()
        self._sound(self.reception.answer(answer, own=self._own))
        self.call_after_refresh(self._tell_time)
        self._idle.watch()

    def _slipped(self, answer: Outcome, *, typed: bool) -> bool:
        """A slip of the finger on the pad is said there, and the letters stay to be mended."""
        from models.words import Answer

        if answer.answer is not Answer.MISTYPED:
            return False
        from screens.code_pad import CodePadScreen

        # A card that was misread is no slip of these fingers.
        if not typed or not isinstance(self.screen, CodePadScreen):
            return False
        self.screen.say(self.screen.translate("Une lettre n'est pas juste."))
        self._sound(Tone.WAIT)
        return True
