"""Searching the memory of this process for texts of a person."""

from __future__ import annotations

import gc
import sys
import types
import weakref
from collections.abc import Iterator
from types import FrameType

NAMED = 3
"""Of so many texts it is said what holds them."""


FIXED = frozenset(
    kind
    for kind in vars(types).values()
    if isinstance(kind, type) and (kind is types.FunctionType or kind.__name__.endswith("descriptor"))
) | {weakref.ref, property, staticmethod, classmethod, type}
"""Kinds of things that come with a program's code; what a function has closed over is looked at by itself."""


class Memory:
    """What this process holds of some texts since this was made: what held them before is the test's own.

    Every object that the collector knows is looked at with what it refers to, and so are the threads that
    wait in the middle of a function. What SQLite keeps outside Python is not seen.
    """

    def __init__(self, *needles: str) -> None:
        self._needles = needles
        self._own = self._found()

    def holds(self) -> bool:
        """Whether there is anything: else a search says nothing."""
        return bool(self._fresh())

    def kept(self) -> list[str]:
        """Each text that is still held, with what holds it."""
        gc.collect()
        texts = tuple(self._fresh())
        return [self._told(text, number < NAMED) for number, text in enumerate(texts)]

    def _told(self, text: object, named: bool) -> str:
        """Masked, or the next search would find it. Looking for who holds it takes long."""
        shown = repr(text)
        for needle in self._needles:
            shown = shown.replace(needle, "#" * len(needle))
        return f"{shown.strip():.90} in {' < '.join(_holders(text)) if named else '…'}"

    def _fresh(self) -> list[object]:
        own = {id(text) for text in self._own}
        return list({id(text): text for text in self._found() if id(text) not in own}.values())

    def _found(self) -> list[object]:
        gc.unfreeze()  # what the app has put away for good is looked at too
        found: list[object] = []
        for texts, needles in zip(
            _texts(), (self._needles, [n.encode() for n in self._needles]), strict=True
        ):
            # As a set first: most of a million texts are the same few names of attributes.
            hits = frozenset(text for text in set(texts) if any(map(text.__contains__, needles)))
            if hits:
                found += filter(hits.__contains__, texts)
        return found


def _texts() -> tuple[list[str], list[bytes]]:
    """All that tracked objects refer to, through tuples and dictionaries that the collector left out."""
    # These first: they bring a frame's picture of its variables up to date.
    found = [value for frame in _waiting() for value in frame.f_locals.values()]
    tracked = gc.get_objects()
    found += gc.get_referents(*(thing for thing in tracked if type(thing) not in FIXED))
    found += [thing.__defaults__ for thing in tracked if type(thing) is types.FunctionType]
    del tracked
    texts: list[str] = []
    raw: list[bytes] = []
    seen: set[int] = set()
    while found:
        # One pass over some millions of things, each looked at once.
        within: list[object] = []
        for thing in found:
            kind = type(thing)
            if kind is str:
                texts.append(thing)
            elif kind is bytes:
                raw.append(thing)
            elif (kind is tuple or kind is dict) and not gc.is_tracked(thing) and id(thing) not in seen:
                seen.add(id(thing))
                within.append(thing)
        found = gc.get_referents(*within)
    return texts, raw


def _waiting() -> Iterator[FrameType]:
    """The frames of the other threads."""
    own = sys._getframe()
    while own.f_back is not None:
        own = own.f_back
    for innermost in sys._current_frames().values():
        frames: list[FrameType] = []
        frame: FrameType | None = innermost
        while frame is not None:
            frames.append(frame)
            frame = frame.f_back
        if frames[-1] is not own:
            yield from frames


def _holders(text: object) -> Iterator[str]:
    """A few steps up from a text to what holds it, to mend it."""
    path = [text]
    for _ in range(7):
        above = [other for other in gc.get_referrers(path[-1]) if other is not path and not _own_work(other)]
        above.sort(key=lambda other: isinstance(other, list | tuple | set))
        if not above or any(above[0] is thing for thing in path):
            return
        yield _named(above[0])
        path.append(above[0])
        del above


def _own_work(thing: object) -> bool:
    """Whether something belongs to this search."""
    if type(thing).__name__ in ("frame", "generator", "list_iterator"):
        return True
    return isinstance(thing, list) and len(thing) > 50_000


def _named(thing: object) -> str:
    kind = type(thing)
    if kind is dict:
        return f"dict({', '.join(str(key)[:20] for key in list(thing)[:4])})"
    name = getattr(thing, "__qualname__", "") or ""
    return f"{kind.__module__}.{kind.__qualname__} {name}".strip()
