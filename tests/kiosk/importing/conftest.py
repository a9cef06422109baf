"""A file on the disk, read as the kiosk of Charleroi reads it on Thursday 3 November 2022."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assets.languages import translator
from kiosk.importing import FileRead, open_file

TODAY = date(2022, 11, 3)

Read = Callable[..., FileRead]


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Write text or bytes to a file and read it."""
    folder: Path = tmp_path_factory.mktemp("files")

    def read(content: str | bytes, *, name: str = "bookings.csv", corner: str | None = "charleroi"):
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        french = translator("fr")
        return open_file(path, french).bookings(corner=corner, today=TODAY, translate=french)

    return read
