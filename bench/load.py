"""A large booking file through the command line."""

from __future__ import annotations

from bench.figures import Bench, Figure, Limit, shown


def measure(bench: Bench) -> list[Figure]:
    """The time that preparing this run took for its file."""
    what = f"{shown(len(bench.home.people))} booking lines"
    return [Figure("import", what, "s", bench.import_seconds, must=Limit(20, unit=" s"))]
