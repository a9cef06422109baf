"""What runs before the first paint pulls in nothing heavy: it would be waited for on every start."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "pydantic_settings",
    "alembic",
    "babel",
    "typer",
    "click",
    "qrcode",
    "fpdf",
    "openpyxl",
    "icalendar",
    "PIL",
    "argon2",
    "pysqlite3",
    "sqlite3",
    "psycopg",
    "cryptography",
}


def loaded_by(code: str) -> set[str]:
    """The top-level packages in memory after a piece of code, in an interpreter of its own."""
    asked = f"{code}\nimport json, sys; print(json.dumps(sorted({{n.split('.')[0] for n in sys.modules}})))"
    ran = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=True
    )
    return set(json.loads(ran.stdout))


@pytest.mark.parametrize("module", ["kiosk.__main__", "kiosk.start", "kiosk.app", "screens.reception"])
def test_nothing_heavy_is_imported_before_the_first_paint(module):
    """Goal 7 of the performance page: cold start within 1.35 of a bare Textual app."""
    assert loaded_by(f"import {module}") & HEAVY == set()


def test_the_welcome_is_painted_with_nothing_heavy(tmp_path):
    """Not only importing: running to the first paint is as light."""
    code = f"""
import asyncio
from pathlib import Path
from kiosk.app import Kiosk
from kiosk.rooms import Front
from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.home import FirstLook

async def paint():
    path = Path({str(tmp_path / "none.db")!r})
    app = Kiosk(Front(FirstLook("Ici", "jour", "fr", path)), Clock(), Database(path), lambda conn: None)
    app._open = lambda: None
    async with app.run_test():
        assert any("carte" in strip.text for strip in app.screen._compositor.render_strips())

asyncio.run(paint())
"""
    assert loaded_by(code) & HEAVY == set()


def test_what_shares_reads_nothing_of_the_network_before_it_connects():
    """Nor does a kiosk that is enrolled nowhere, ever."""
    assert loaded_by("import kiosk.sharing_side, kiosk.sync.worker") & HEAVY == set()


def test_the_check_can_fail():
    """The probe sees what is there."""
    assert "babel" in loaded_by("import babel.dates")
