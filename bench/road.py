"""The road between a kiosk and its hub: a TCP proxy that can be cut and slowed at any moment."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

_PIECE = 65536
_RESET = struct.pack("ii", 1, 0)
"""Closed like this, a connection is gone at once and its other end is told so."""


class Road:
    """A port of this machine that leads to a hub; use it with ``with``."""

    def __init__(self, to: str | tuple[str, int], host: str = "127.0.0.1") -> None:
        """``to`` is the path of the hub's socket, or its host and port; ``host`` is where the road begins."""
        self._to = to
        self._host = host
        self.delay = 0.0
        """Seconds that each piece takes, either way."""
        self.silent = False
        """Whether answers get lost: nobody is told that the road is cut."""
        self._left: int | None = None
        """Bytes of answers until the road is cut; never where ``None``."""
        self._open: set[asyncio.StreamWriter] = set()
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="road", daemon=True)
        self.port = 0

    def __enter__(self) -> Road:
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._come, self._host, 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # ---- what can happen to it

    def cut(self) -> None:
        """Drop every connection that is on it now; the next one gets through."""
        self._do(self._cut())

    def close(self) -> None:
        """Drop every connection, and every other until it is opened."""
        self._closed = True
        self.cut()

    def open(self) -> None:
        """Let everything through again."""
        self._closed, self._left = False, None

    def cut_after(self, answered: int) -> None:
        """Drop every connection once so many more bytes of answers have come through: in mid answer."""
        self._left = answered

    # ---- one connection

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._closed:
            _reset(writer)
            return
        ends = {writer}
        try:
            hub, to_hub = await self._reach()
            ends.add(to_hub)
            self._open |= ends
            ways = (self._asks(reader, to_hub), self._answers(hub, writer))
            running = [asyncio.ensure_future(way) for way in ways]
            await asyncio.wait(running, return_when="FIRST_COMPLETED")
            for way in running:
                way.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        except OSError:  # nobody there
            pass
        finally:
            self._open -= ends
            for end in ends:
                _reset(end)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._to, str):
            return await asyncio.open_unix_connection(self._to)
        return await asyncio.open_connection(*self._to)

    async def _asks(self, reader: asyncio.StreamReader, hub: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(_PIECE):
                await asyncio.sleep(self.delay)
                hub.write(piece)
                await hub.drain()

    async def _answers(self, hub: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await hub.read(_PIECE):
                await asyncio.sleep(self.delay)
                if self.silent:
                    continue
                if self._left is not None and len(piece) >= self._left:
                    writer.write(piece[: self._left])
                    await writer.drain()
                    self._left = None
                    await self._cut(softly=True)
                    return
                if self._left is not None:
                    self._left -= len(piece)
                writer.write(piece)
                await writer.drain()

    async def _cut(self, *, softly: bool = False) -> None:
        """``softly`` lets what was already given arrive, so that half an answer is one."""
        for end in tuple(self._open):
            if softly:
                end.close()
            else:
                _reset(end)

    async def _end(self) -> None:
        self._server.close()
        await self._cut()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*rest, return_exceptions=True)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def _reset(writer: asyncio.StreamWriter) -> None:
    if (sock := writer.get_extra_info("socket")) is not None and sock.family != socket.AF_UNIX:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
