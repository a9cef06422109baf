"""What a run was measured on; neither its name nor any place on it."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pysqlite3

from bench.stats import percentile


def described(folder: Path) -> dict[str, Any]:
    """Cores, versions, load, and how long the disk takes to be sure."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.system(),
        "python": platform.python_version(),
        "textual": version("textual"),
        "sqlite": pysqlite3.sqlite_version,
        "load": [round(value, 2) for value in os.getloadavg()],
        "fsync_ms": round(_fsync(folder / "fsync"), 3),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
    }


def _fsync(file: Path) -> float:
    """The median time of a durable write of one page."""
    times = []
    with file.open("wb") as stream:
        for _ in range(50):
            stream.write(b"\0" * 4096)
            stream.flush()
            begun = time.perf_counter()
            os.fsync(stream.fileno())
            times.append((time.perf_counter() - begun) * 1000)
    return percentile(times, 50)
