"""The tests' own PostgreSQL for a measure: started here, gone afterwards."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KEEPS = ("fsync = on", "synchronous_commit = on", "full_page_writes = on")
"""What a hub that people trust does at each commit; the tests' own does not wait for its disk."""


@contextmanager
def server(*settings: str) -> Iterator[Any]:
    """A server of one's own: ``tests/hub/postgres.py`` says what it can do."""
    path = Path(__file__).parent.parent / "tests" / "hub" / "postgres.py"
    spec = importlib.util.spec_from_file_location("postgres", path)
    if spec is None or spec.loader is None:
        raise RuntimeError("no server")
    postgres = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(postgres)
    with postgres.server(*settings) as one:
        yield one
