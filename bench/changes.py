"""Memory over many changes of screen: what a screen took it gives back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import linear_regression

from bench import walk
from bench.figures import Bench, Figure, Limit
from bench.hand import Hand
from bench.home import Home, Person, corner
from bench.walk import Step

PEOPLE = 40
WARM = 100
"""Changes after which everything has been shown at least once."""

EVERY = 25

GROWTH = Limit(1024, unit=" KiB")
SLOPE = Limit(2, unit=" KiB")


def measure(bench: Bench) -> list[Figure]:
    """Tour after tour by touch; the memory every 25 changes."""
    many = 200 if bench.quick else 400
    home = corner(bench.home.path.with_name("changes"), PEOPLE)
    sampled = _sampled(bench, home, many)
    return [figure for kind in ("rss", "uss") for figure in _figures(kind, sampled)]


def _sampled(bench: Bench, home: Home, many: int) -> dict[int, dict[str, float]]:
    """KiB by the number of changes."""
    found = {}
    steps = _tours(home.people)
    with home.ready_kiosk() as kiosk:
        hand = Hand(kiosk)
        for number in range(1, many + 1):
            step = next(steps)
            hand.touch(step.label, *step.markers)
            if number % EVERY == 0:
                found[number] = {kind: value * 1024 for kind, value in kiosk.memory().items()}
                said = ", ".join(f"{kind} {value:.0f} KiB" for kind, value in found[number].items())
                bench.say(f"changes: {number} of {many}: {said}")
    return found


def _tours(people: Sequence[Person]) -> Iterator[Step]:
    waiting = iter(people)
    while True:
        yield from walk.round_about()
        yield from walk.by_code(next(waiting))
        yield from walk.by_name(next(waiting))
        yield from walk.walk_in()
        yield from walk.slip(next(waiting))


def _figures(kind: str, sampled: dict[int, dict[str, float]]) -> Iterator[Figure]:
    numbers = [number for number in sampled if number >= WARM]
    sizes = [sampled[number][kind] for number in numbers]
    what = f"{kind.upper()} after {numbers[-1]} changes, beside {WARM}"
    yield Figure("changes", what, "KiB", sizes[-1], sizes[0], must=GROWTH, judged=sizes[-1] - sizes[0])
    slope = linear_regression(numbers, sizes).slope
    yield Figure("changes", f"{kind.upper()}, trend a change after {WARM}", "KiB", slope, must=SLOPE)
