"""``python -m bench``: measure everything, print the table, keep it in ``bench/``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from bench import (
    changes,
    flood,
    idle,
    live,
    load,
    names,
    network,
    paper,
    path,
    point,
    report,
    review,
    roster,
    scan,
    several,
    start,
    store,
    sync,
    touch,
)
from bench.figures import Bench, Figure, Limit
from bench.home import found
from bench.machine import described
from bench.terminal import Unexpected

MEASURES = {
    "scan": scan.measure,
    "touch": touch.measure,
    "names": names.measure,
    "roster": roster.measure,
    "paper": paper.measure,
    "point": point.measure,
    "path": path.measure,
    "review": review.measure,
    "network": network.measure,
    "store": store.measure,
    "sync": sync.measure,
    "start": start.measure,
    "memory": flood.measure_memory,
    "changes": changes.measure,
    "idle": idle.measure,
    "burst": flood.measure,
    "import": load.measure,
    "several": several.measure,
    "live": live.measure,
}

PEOPLE = 10_000


def main() -> int:
    """Run what was asked for; 1 where something that must be is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 rounds, fewer cards; nothing is kept")
    parser.add_argument("--only", choices=MEASURES, action="append", help="one measure; nothing is kept")
    given = parser.parse_args()
    begun = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - begun:5.0f} s] {text}", file=sys.stderr, flush=True)

    load_before = [round(value, 2) for value in os.getloadavg()]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        machine = described(Path(folder))
        say(f"preparing a kiosk with {PEOPLE} people")
        home, seconds = found(Path(folder), PEOPLE)
        bench = Bench(home, seconds, given.quick, say)
        for name in given.only or MEASURES:
            try:
                figures += MEASURES[name](bench)
            except (Unexpected, RuntimeError) as failure:
                say(f"{name}: {failure}")
                figures.append(Figure(name, "measures that could not be made", "", 1, must=Limit(0)))
    machine |= {"load": load_before, "load_after": [round(value, 2) for value in os.getloadavg()]}
    print(report.table(figures))
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    if not (given.quick or given.only):
        report.write(figures, machine, bench.rounds)
    missed = [figure for figure in figures if not figure.kept]
    for figure in missed:
        print(f"missed: {figure.measure}: {figure.what}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
