"""Hands before a running app: they show cards, press keys and look at the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from textual import events
from textual.dom import DOMNode

from kiosk.app import Kiosk
from kiosk.clock import monotonic
from kiosk.rehearsal import FIRST, Rehearsal
from screens.pin import PinScreen
from screens.who import WhoScreen
from screens.widgets.answer_keys import AnswerKeys
from screens.widgets.key import Key

TO_LAST = ("shift+tab",)
"""To the last key: "Équipe" on the welcome, "Terminé" below an answer."""

AT = datetime(2022, 11, 3, 7, 22, tzinfo=UTC)
PATIENCE = 10.0


async def until(condition: Callable[[], object], what: str = "") -> None:
    """Wait until something is the case; fails when it never is."""
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end, what or "never happened"
        await asyncio.sleep(0.005)


async def handled(node: DOMNode) -> None:
    """Wait until what lies in the queue of a node has been handled."""
    done = asyncio.Event()
    if node.call_later(done.set):
        await asyncio.wait_for(done.wait(), PATIENCE)


class Played:
    """A running app and the hands of whoever stands before it."""

    def __init__(self, app: Kiosk) -> None:
        self.app = app

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    async def shows(self, wanted: str) -> None:
        try:
            await until(lambda: wanted in self.text)
        except AssertionError:
            raise AssertionError(f"{wanted!r} is not on the screen:\n{self.text}") from None

    async def answered(self, wanted: str) -> None:
        """Wait for an answer with its keys (its words stand there a moment earlier)."""
        await self.shows(wanted)

        def whole() -> bool:
            reception = self.app.reception
            keys = any(foot.display for foot in reception.query(AnswerKeys))
            return self.app.screen is reception and reception.answering and keys and wanted in self.text

        await until(whole)
        await self.drawn()

    async def drawn(self) -> None:
        """Wait for what comes after the next frame: the keys follow the words, and take no touch before."""
        done = asyncio.Event()
        self.app.reception.call_after_refresh(done.set)
        await asyncio.wait_for(done.wait(), PATIENCE)

    def time_passes(self, seconds: float) -> None:
        """Nobody touches anything for so long."""
        self.app._idle.last_touch -= seconds
        if self.app._idle._timer is not None:
            self.app._idle._look()

    async def home(self) -> None:
        reception = self.app.reception
        await until(lambda: self.app.screen is reception and not reception.answering, "not at the welcome")

    def burst(self, text: str, *, end: str = "enter") -> None:
        """A scanner types: all keys at once, then the line end."""
        for sign in text:
            self.app.post_message(events.Key(sign, sign))
        if end:
            self.app.post_message(events.Key(end, {"enter": "\r", "ctrl+j": "\n", "tab": "\t"}[end]))

    async def press(self, *keys: str) -> None:
        """A hand presses keys: named ones as they are, letters once it is clear that no burst follows."""
        scanner = self.app._scanner
        await until(lambda: monotonic() > scanner._aftermath)
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await asyncio.sleep(0)
            await self.rest()

    async def rest(self) -> None:
        """Wait until every message has been handled and no key is held."""
        await until(lambda: not self.app._scanner.holding)
        await handled(self.app)
        await until(lambda: not self.app._scanner.holding)
        if self.app.is_running and self.app.screen_stack:
            screen = self.app.screen
            await handled(screen)
            # A key or a touch bubbles up from where it fell, one queue after the other.
            for widget in (screen.focused, self.app.mouse_over):
                for node in widget.ancestors_with_self if widget and widget.is_attached else ():
                    await handled(node)

    async def asked(self, sql: str) -> list[tuple]:
        """What the database answers, in the writer's turn."""
        return await asyncio.wrap_future(self.app.database.write(lambda conn: conn.execute(sql).fetchall()))

    async def arrived(self) -> list[str]:
        """First names, one for each stored arrival, in the order of the log."""
        found = await self.asked(
            "select p.first_name from change c join participant p"
            " on p.id = json_extract(c.body, '$.participant')"
            " where c.kind = 'attendance.arrived' order by c.n"
        )
        return [name for (name,) in found]


async def touch(played: Played, label: str) -> None:
    """A finger on the key that says so, where it can be seen."""

    def seen() -> list[Key]:
        screen = played.app.screen
        keys = [key for key in screen.query(Key) if key.region.area]
        named = [key for key in keys if key.label.replace("\n", " ").startswith(label)]
        # Not one that is about to go: a finger would meet what stands there now.
        return [key for key in named if screen.get_widget_at(*map(int, key.region.center))[0] is key]

    await until(seen, f"no key says {label!r}")
    await tap(played, *seen()[0].region.center)


async def tap(played: Played, x: float, y: float) -> None:
    """A finger on a place of the screen: down and up."""
    for kind in (events.MouseDown, events.MouseUp):
        played.app.post_message(
            kind(None, int(x), int(y), 0, 0, 1, False, False, False, screen_x=int(x), screen_y=int(y))
        )
    await played.rest()


async def on(played: Played, kind: type) -> None:
    await until(lambda: isinstance(played.app.screen, kind), f"not on {kind.__name__}")
    await played.rest()


async def spell(played: Played, word: str) -> None:
    for letter in word:
        await touch(played, letter)


async def to_pad(played: Played, who: str | None = None) -> None:
    """To the PIN pad of somebody of the team; of the first account where nobody is named."""
    await played.home()
    time_between_touches(played)
    await touch(played, "Équipe")
    await until(lambda: isinstance(played.app.screen, (WhoScreen, PinScreen)), "no way to the team")
    if isinstance(played.app.screen, WhoScreen):
        await touch(played, who or FIRST)
    await on(played, PinScreen)


async def signed_in(played: Played, day: Rehearsal, who: str | None = None) -> None:
    """Somebody of the team signs in; the first account where nobody is named."""
    app = played.app
    await to_pad(played, who)
    await played.press(*day.pins[who or FIRST], "enter")
    await until(lambda: app._staff_id and app.screen is not app.reception, "not signed in")
    await played.rest()


def time_between_touches(played: Played) -> None:
    """Half a second goes by: the next touch of the same key is another one (A-24)."""
    for key in played.app.screen.query(Key):
        key._last_press = float("-inf")
