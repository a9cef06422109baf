"""A configured home with invented people, made once and copied for every test that needs one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from guests import PEOPLE, PIN, Corner, Guest, first_name, line

from assets.facts import corners
from kiosk.database import Database
from kiosk.home import Home
from models import bookings, founding, issuing, pins
from models.codes import Form
from models.log import Author
from models.words import SYSTEM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.terminal)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Corner:
    """Everybody booked for one half-day that is on now."""
    home = Home(tmp_path_factory.mktemp("corner") / "home")
    home.make()
    key = home.new_key()
    now = datetime.now(UTC)
    database = Database(home.database)
    database.open(create=True).result()
    try:
        database.write(founding.found, corners()["charleroi"], "Sam", pins.hash_pin(PIN), now).result()
        author = Author(database.write(founding.kiosk_id).result(), SYSTEM, now)
        lines = [line(number, now) for number in range(PEOPLE)]
        database.write(bookings.apply_lines, author, lines, bookings.Applied()).result()
        ids = [issuing.participant_id(f"T-{number:04d}") for number in range(PEOPLE)]
        cards = database.write(issuing.issue, author, key, Form.CARD, ids).result()
        codes = database.write(issuing.issue, author, key, Form.SHORT, ids).result()
    finally:
        database.close()
    home.settings_file.write_text('corner = "charleroi"\nlanguage = "fr"\ntheme = "jour"\n', "utf-8")
    home.settings_file.chmod(0o600)
    guests = zip(range(PEOPLE), cards, codes, strict=True)
    return Corner(
        home.path, tuple(Guest(first_name(n), card.letters, code.letters) for n, card, code in guests)
    )


@pytest.fixture
def corner(template: Corner, tmp_path: Path) -> Iterator[Corner]:
    """A copy of the template for one test."""
    shutil.copytree(template.path, tmp_path / "home")
    yield Corner(tmp_path / "home", template.guests)
