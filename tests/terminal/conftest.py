"""A configured home with invented people, made once and copied for every test that needs one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from guests import PEOPLE, Corner, found, line

# The server that kiosks share is that of the hub's own tests.
sys.path.append(str(Path(__file__).parent.parent / "hub"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.terminal)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Corner:
    """Everybody booked for one half-day that is on now."""
    now = datetime.now(UTC)
    lines = [line(number, now) for number in range(PEOPLE)]
    return found(tmp_path_factory.mktemp("corner") / "home", lines, now)


@pytest.fixture
def corner(template: Corner, tmp_path: Path) -> Iterator[Corner]:
    """A copy of the template for one test."""
    shutil.copytree(template.path, tmp_path / "home")
    yield Corner(tmp_path / "home", template.guests)
