"""Making a kiosk: its folders, its key, its database and corner, its first account, its settings."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from assets.facts import corners
from assets.languages import N_
from kiosk.database import Database
from kiosk.home import Home, database_file, write_whole
from kiosk.trouble import Trouble
from models import founding

if TYPE_CHECKING:
    from datetime import datetime


def install(home: Home, corner: str, name: str, pin: str, language: str, now: datetime) -> None:
    """Make everything; the settings come last, so that a half-made kiosk is not taken for a whole one.

    Raises:
        Trouble: there is a kiosk already, or the place cannot be written.
    """
    from models import pins

    if home.configured:
        raise Trouble(N_("Une borne est déjà installée dans {path} : rien n'a été changé."), path=home.path)
    home.make()
    try:
        if not home.key_file.exists():
            home.new_key()
    except OSError:
        raise Trouble(
            N_("Le dossier {path} ne peut pas être écrit : choisissez-en un autre avec KIOSK_HOME."),
            path=home.path,
        ) from None
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
    write_whole(draft, text)
    draft.replace(home.settings_file)


def lived_in(home: Home) -> bool:
    """Whether a kiosk without settings has a database that people have used: it is not a new one."""
    file = database_file(home, os.environ.get("KIOSK_DATABASE"))
    if not file.exists():
        return False
    database = Database(file)
    try:
        database.open(update=False).result()
        return bool(database.write(founding.used).result())
    finally:
        database.close()
