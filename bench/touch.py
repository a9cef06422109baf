"""From any touch or key to the complete changed screen, beside plain screens of Textual's own buttons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from statistics import median

from bench import walk
from bench.figures import Bench, Figure, Limit
from bench.hand import NEXT, PREVIOUS, Hand
from bench.home import Person, corner, plain
from bench.stats import of_rounds, percentile
from bench.walk import Step
from kiosk.scanner import GAP

PEOPLE = 40
"""Who are expected on an ordinary day: a first letter leads to a few names."""

HELD = GAP * 1000
"""Milliseconds that a letter waits for a silence: a hand is told from a scanner by it."""

MUST = Limit(3.0)
AT_MOST = Limit(100, unit=" ms")

WHOLE = Limit(300, unit=" ms")
"""For what a letter leads to (A-18): the letter itself is seen before."""

WAYS = {
    "touch": "touch to the changed screen",
    "key": "Tab or Enter to the changed screen",
    "letter": "letter typed by hand to the letter",
    "result": "last letter typed by hand to what it leads to",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a screen, and the plain program's right after it; in milliseconds."""

    way: str
    name: str
    ours: float
    theirs: float
    first: bool
    """Whether nobody has touched anything of the kind since the start."""


class _Pair:
    """The kiosk and the plain program under two hands that do the same in turn."""

    def __init__(self, kiosk: Hand, reference: Hand) -> None:
        self._kiosk, self._plain = kiosk, reference
        self._open = False
        """Whether a screen stands over the plain program's first one."""
        self._seen: set[tuple[str, str]] = set()
        self.changes: list[Change] = []

    def go(self, steps: Iterable[Step], *, by_keys: bool) -> None:
        """Take all steps, by touch or by keys."""
        for step in steps:
            if not by_keys:
                ours = self._kiosk.touch(step.label, *step.markers)
                self._keep("touch", step.name, ours, self._plain_act(step.plain, by_keys=False))
            elif step.letter:
                seen, whole = self._kiosk.letter(step.label.lower(), *step.markers, seen=step.seen)
                said = self._plain_letter()
                leads_on = bool(step.seen) or step.plain != "say"
                if step.seen or not leads_on:
                    self._keep("letter", step.name, seen, said)
                if leads_on:
                    theirs = said if step.plain == "say" else self._plain_act(step.plain, by_keys=True)
                    self._keep("result", step.name, whole, theirs)
            else:
                self._move_to(step)
                ours = self._kiosk.enter(step.label, *step.markers)
                self._keep("key", step.name, ours, self._plain_act(step.plain, by_keys=True))

    def _keep(self, way: str, name: str, ours: float, theirs: float) -> None:
        first = (way, name) not in self._seen
        self._seen.add((way, name))
        self.changes.append(Change(way, name, ours, theirs, first))

    def _move_to(self, step: Step) -> None:
        key = PREVIOUS if step.last else NEXT

        def move() -> None:
            self._keep("key", "move to a key", self._kiosk.move(key), self._plain.move(key))

        self._kiosk.go_to(step.label, move)

    def _plain_letter(self) -> float:
        return self._plain.letter("x", self._next_said())[1]

    def _plain_act(self, act: str, *, by_keys: bool) -> float:
        """Open, close or change a plain screen; what has to be so before is not measured."""
        if act == "back" and not self._open:
            self._plain_press("8", by_keys=False)
        elif act.isdecimal() and self._open:
            self._plain_press("back", by_keys=False)
        return self._plain_press(act, by_keys=by_keys)

    def _plain_press(self, act: str, *, by_keys: bool) -> float:
        marker = {"back": " 32 ", "say": self._next_said()}.get(act, f"open {act}")
        if act != "say":
            self._open = act != "back"
        if not by_keys:
            return self._plain.touch(act, marker)
        key = PREVIOUS if act == "back" else NEXT
        self._plain.go_to(act, lambda: self._plain.move(key))
        return self._plain.enter(act, marker)

    def _next_said(self) -> str:
        said = self._plain.terminal.text.partition("said ")[2].partition(" ")[0]
        return f"said {int(said or 0) + 1} times"


def measure(bench: Bench) -> list[Figure]:
    """Every screen by touch and by keys; kiosk and plain program in turn, change by change."""
    walks = 1 if bench.quick else 2
    home = corner(bench.home.path.with_name("touch"), PEOPLE)
    rounds: list[list[Change]] = []
    for number in range(bench.rounds):
        bench.say(f"touch: round {number + 1} of {bench.rounds}")
        day = home.copy()
        people = iter(day.people)
        with day.ready_kiosk() as kiosk, plain() as reference:
            pair = _Pair(Hand(kiosk), Hand(reference))
            for _ in range(walks):
                pair.go(_tour(people), by_keys=False)
                pair.go(chain(_tour(people), walk.at_once(next(people))), by_keys=True)
        rounds.append(pair.changes)
        day.drop()
    for line in _by_screen(rounds):
        bench.say(line)
    return [figure for way in WAYS for figure in _figures(way, rounds)]


def _tour(people: Iterator[Person]) -> Iterator[Step]:
    """Everything once, each answer another person's."""
    yield from walk.round_about()
    yield from walk.by_code(next(people))
    yield from walk.by_name(next(people))
    yield from walk.walk_in()
    yield from walk.slip(next(people))


def _figures(way: str, rounds: list[list[Change]]) -> Iterator[Figure]:
    words = WAYS[way]
    mine = [[one for one in changes if one.way == way] for changes in rounds]
    held = HELD if way in ("letter", "result") else 0.0
    beside = " beyond the hold" if held else ""
    for rank in (50, 95):
        ours, theirs, ratio = of_rounds(
            [[one.ours - held for one in changes] for changes in mine],
            [[one.theirs for one in changes] for changes in mine],
            rank,
        )
        what = f"{words}{beside}, p{rank}"
        yield Figure("touch", what, "ms", ours, theirs, ratio, MUST)
    every = [one for changes in mine for one in changes]
    ours, theirs = percentile([one.ours for one in every], 95), percentile([one.theirs for one in every], 95)
    yield Figure(
        "touch", f"{words}, p95 of all rounds", "ms", ours, theirs, must=WHOLE if way == "result" else AT_MOST
    )
    name = max({one.name for one in every}, key=lambda name: _median(every, name))
    shown = [one for one in every if one.name == name]
    theirs = median(one.theirs for one in shown)
    yield Figure("touch", f"{words}, the slowest change: {name}, p50", "ms", _median(every, name), theirs)
    first = max((one for one in every if one.first), key=lambda one: one.ours)
    what = f"{words}, the slowest for the first time: {first.name}"
    yield Figure("touch", what, "ms", first.ours, first.theirs)


def _median(changes: list[Change], name: str) -> float:
    return median(one.ours for one in changes if one.name == name)


def _by_screen(rounds: list[list[Change]]) -> Iterator[str]:
    """Each change by name: for whoever looks for what is slow."""
    found: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in chain.from_iterable(rounds):
        found[change.way, change.name].append(change)
    for (way, name), changes in sorted(found.items()):
        ours = [one.ours for one in changes]
        theirs = median(one.theirs for one in changes)
        first = median(one.ours for one in changes if one.first)
        yield (
            f"touch: {way:6} {name:24} p50 {median(ours):6.1f} ms  most {max(ours):6.1f}  first {first:6.1f}"
            f"  plain {theirs:6.1f}"
        )
