"""An app that hears a scanner before any widget sees a key."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from textual import events
from textual.driver import Driver

from kiosk.clock import monotonic
from kiosk.crash_net import CrashNet
from kiosk.scanner import Heard, Scanner

Result = TypeVar("Result")

ROUNDING = 0.002
"""Seconds by which a timer may fire too early to be sure of a silence."""


class Listening(CrashNet[Result]):
    """Tells cards from keys; keys that a hand pressed go on their way."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class)
        self._scanner = Scanner()
        self._silence_timer: asyncio.TimerHandle | None = None

    async def on_event(self, event: events.Event) -> None:
        """See every key before bindings, focus and widgets do."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._hear(self._scanner.key(event))
            self.touched()
            if self._scanner.holding and self._silence_timer is None:
                self._listen_for_silence()
            return
        if isinstance(event, events.Paste) and not event.is_forwarded:
            self.touched()
            await self._hear(self._scanner.paste(event.text, event.time))
            return
        if isinstance(event, events.MouseDown | events.MouseUp):
            self.touched()
        await super().on_event(event)

    async def _hear(self, heard: Heard) -> None:
        for key in heard.keys:
            await super().on_event(key)
        if heard.scan is not None:
            self.scanned(heard.scan)

    def _listen_for_silence(self) -> None:
        loop = asyncio.get_running_loop()
        left = max(self._scanner.silent_at - monotonic(), 0) + ROUNDING
        self._silence_timer = loop.call_later(left, lambda: self.call_later(self._silence, monotonic()))

    async def _silence(self, at: float) -> None:
        """Judged when the timer fired, all keys before it handled: a busy screen is no silence."""
        self._silence_timer = None
        if self._message_queue.empty():
            await self._hear(self._scanner.silence(at))
        if self._scanner.holding:
            self._listen_for_silence()

    def touched(self) -> None:
        """Somebody is there: a key, a card or a touch."""

    def scanned(self, text: str) -> None:
        """A card was shown."""
