"""Making a kiosk: its folders, its key, its database and corner, its first account, its settings."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from assets.facts import corners
from assets.languages import N_
from kiosk.database import Database
from kiosk.home import Home, database_file
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from datetime import datetime


def install(home: Home, corner: str, name: str, pin: str, language: str, now: datetime) -> None:
    """Make everything; the settings come last, so that a half-made kiosk is not taken for a whole one.

    Raises:
        Trouble: there is a kiosk already, or the place cannot be written.
    """
    from models import founding, pins

    if home.configured:
        raise Trouble(N_("Une borne est déjà installée dans {path} : rien n'a été changé."), path=home.path)
    home.make()
    if not home.key_file.exists():
        home.new_key()
    home.key()
    database = Database(database_file(home, os.environ.get("KIOSK_DATABASE")))
    database.open(create=True).result()
    try:
        database.write(founding.found, corners()[corner], name, pins.hash_pin(pin), now).result()
    finally:
        database.close()
    _write_settings(home, corner, language)


def _write_settings(home: Home, corner: str, language: str) -> None:
    text = (
        f'corner = "{corner}"\n'
        f'language = "{language}"\n'
        'theme = "jour"\n'
        "\n[attendance]\n"
        "# doors_open = 60    # minutes avant le début\n"
        "# tolerance = 15     # minutes après le début\n"
    )
    if named := os.environ.get("KIOSK_DATABASE"):
        # A JSON string is a TOML string, whatever the path has in it.
        text = f"database = {json.dumps(str(database_file(home, named)), ensure_ascii=False)}\n" + text
    draft = home.settings_file.with_suffix(".new")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(home.settings_file)
