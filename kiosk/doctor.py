"""The self-test: each check says green or red with a number, and what to do where it is red."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assets.facts import shipped_corners, shipped_programmes
from assets.languages import N_, Counted, Translate
from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.home import Home, database_file, home_language, other_keys
from kiosk.own_corners import said_of_corners
from kiosk.own_facts import use_own_corners
from kiosk.trouble import Trouble
from models.codes import fingerprint

if TYPE_CHECKING:
    from models.connection import Connection

T = TypeVar("T")

LEAST_DISK = 200 * 1024 * 1024
"""Bytes; below, a day's work may not fit."""

SMALLEST_GRID = (56, 16)


CHECKS = {
    "corners": N_("lieux"),
    "catalogue": N_("catalogue"),
    "settings": N_("réglages"),
    "modes": N_("droits"),
    "key": N_("clé"),
    "database": N_("base"),
    "disk": N_("disque"),
    "clock": N_("horloge"),
    "terminal": N_("terminal"),
    "sound": N_("son"),
    "voice": N_("voix"),
    "video": N_("CV vidéo"),
    "sync": N_("synchronisation"),
}
"""What each check looks at, for a person."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    check: str
    ok: bool
    value: str
    """What was found; a sentence with ``counts`` where words are needed for it."""
    advice: str | Counted = ""
    values: dict[str, object] = field(default_factory=dict)
    counts: Mapping[str, object] = field(default_factory=dict)

    def found(self, translate: Translate) -> str:
        """What was found, in the operator's language."""
        return translate(self.value, **self.counts) if self.counts else self.value

    def told(self, translate: Translate) -> str:
        """What to do, in the operator's language; empty where nothing is to be done."""
        return translate(self.advice, **self.values) if self.advice and not self.ok else ""


def examine(home: Home, clock: Clock) -> list[Finding]:
    """Run every check; one that fails does not keep the others from running."""
    own: list[tuple[str, Callable[[], Finding]]] = [
        (name, partial(check, home))
        for name, file, check in (
            ("corners", home.corners_file, _corners),
            ("catalogue", home.catalogue_file, _catalogue),
        )
        if _is_there(file)
    ]
    # The corner's own files first: the settings may name a corner of theirs.
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        *own,
        ("settings", lambda: _settings(home)),
        ("modes", lambda: _modes(home)),
        ("key", lambda: _key(home)),
        ("database", lambda: _database(home)),
        ("disk", lambda: disk_check(home)),
        ("clock", lambda: clock_check(clock)),
        ("terminal", _terminal),
        ("sound", lambda: _sound(home)),
        ("voice", lambda: _voice(home)),
        ("video", lambda: _video(home)),
        *([("sync", lambda: _sync(home, clock))] if _is_there(home.hub_file) else []),
    )
    return [_run(name, check) for name, check in checks]


def _is_there(file: Path) -> bool:
    """Whether there is such a file; where nobody may look, the other checks say so."""
    try:
        return file.exists()
    except OSError:
        return False


def _run(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Trouble as trouble:
        return Finding(name, False, "-", trouble.sentence, trouble.values)
    except Exception as error:  # one check that breaks must not hide the others
        advice = N_("Ce contrôle ne marche pas : appelez le service technique.")
        return Finding(name, False, type(error).__name__, advice)


def _corners(home: Home) -> Finding:
    use_own_corners(home)
    return _own("corners", set(said_of_corners(home.corners_file)), set(shipped_corners()))


def _catalogue(home: Home) -> Finding:
    from kiosk.catalogue import own_programmes

    own = own_programmes(home.catalogue_file)
    return _own("catalogue", set(own), set(shipped_programmes()))


def _own(check: str, own: set[str], shipped: set[str]) -> Finding:
    """How much the corner's own file adds, and how much of what ships it changes."""
    counts = {"added": len(own - shipped), "changed": len(own & shipped)}
    return Finding(check, True, N_("ajoutés : {added}, changés : {changed}"), counts=counts)


def _settings(home: Home) -> Finding:
    from kiosk.settings import load_settings

    if not home.configured:
        return Finding("settings", False, "-", N_("Aucune borne ici : lancez « kiosk init »."))
    settings = load_settings(home)
    return Finding("settings", True, f"{settings.corner}, {settings.theme}, {settings.language}")


def _modes(home: Home) -> Finding:
    wrong = [path for path, mode in _private(home) if mode & 0o077]
    names = ", ".join(wrong)
    return Finding(
        "modes",
        not wrong,
        "0600" if not wrong else names,
        N_("D'autres peuvent lire {names} : retirez-leur ce droit (chmod go-rwx)."),
        {"names": names},
    )


def _private(home: Home) -> Iterator[tuple[str, int]]:
    files = (home.settings_file, home.corners_file, home.key_file, _database_path(home))
    for path in (home.path, home.papers, home.exports, home.recordings, *files):
        if path.exists():
            yield path.name, stat.S_IMODE(path.stat().st_mode)


def _key(home: Home) -> Finding:
    name = fingerprint(home.key())
    lost = 0
    if _database_path(home).exists():
        known = (name, *map(fingerprint, other_keys(home)))
        marks = ", ".join("?" * len(known))
        count = f"select count(*) from code where revoked_at is null and key_id not in ({marks})"
        (lost,) = _asked(home, count, *known)
    return Finding(
        "key",
        lost == 0,
        name,
        Counted(
            "{n} code vient d'une autre clé et n'ouvre rien : remettez cette clé, ou refaites-le.",
            "{n} codes viennent d'une autre clé et n'ouvrent rien : remettez cette clé, ou refaites-les.",
        ),
        {"n": lost},
    )


def _database(home: Home) -> Finding:
    started = time.perf_counter()
    (rows,) = _asked(home, "select count(*) from change")
    (sound,) = _asked(home, "pragma quick_check(1)")
    took = (time.perf_counter() - started) * 1000
    return Finding(
        "database",
        sound == "ok",
        f"{rows}, {took:.0f} ms",
        N_("La base est abîmée : remettez la dernière sauvegarde."),
    )


def _asked(home: Home, sql: str, *values: object) -> tuple[Any, ...]:
    """The first row of what the database answers."""
    row: tuple[Any, ...] = _looked(home, lambda conn: conn.execute(sql, values).fetchone())
    return row


def _looked(home: Home, rule: Callable[[Connection], T]) -> T:
    """What a rule finds in the database."""
    database = Database(_database_path(home))
    try:
        # A look changes nothing: an older kiosk's tables stay as they are.
        database.open(update=False).result()
        return database.write(rule).result()
    finally:
        database.close()


def _database_path(home: Home) -> Path:
    from kiosk.settings import load_settings

    named = load_settings(home).database if home.configured else None
    return database_file(home, named)


def disk_check(home: Home) -> Finding:
    """Whether a day's work fits on the disk."""
    place = home.path if home.path.exists() else home.path.parent
    free = shutil.disk_usage(place if place.exists() else "/").free
    return Finding(
        "disk",
        free >= LEAST_DISK,
        f"{free // 1024**2} MiB",
        N_("Il reste peu d'espace sur le disque : libérez-en."),
    )


def clock_check(clock: Clock) -> Finding:
    """Whether the device knows what time it is."""
    # Before this program existed, no clock that is right can be.
    right = clock.now().year >= 2026 or clock.is_set
    return Finding(
        "clock", right, clock.now().isoformat("T", "seconds"), N_("Réglez l'horloge de l'appareil.")
    )


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding("terminal", True, "-")
    columns, lines = shutil.get_terminal_size()
    colours = os.environ.get("COLORTERM") in ("truecolor", "24bit")
    large = columns >= SMALLEST_GRID[0] and lines >= SMALLEST_GRID[1]
    return Finding(
        "terminal",
        large,
        f"{columns} x {lines}{', truecolor' if colours else ''}",
        N_("La fenêtre est trop petite : il faut au moins 56 colonnes et 16 lignes."),
    )


def _sound(home: Home) -> Finding:
    """The players in the order in which they are tried; never red, since every answer is written too."""
    from kiosk.settings import load_settings
    from kiosk.sound import players

    found = ", ".join(players()) or "terminal (BEL)"
    with suppress(Trouble):  # told by the check of the settings
        if not load_settings(home).sound:
            found = f"sound = false ({found})"
    return Finding("sound", True, found)


def _voice(home: Home) -> Finding:
    """Whether questions can be read aloud."""
    from importlib.metadata import version

    from kiosk.settings import load_settings
    from kiosk.voice import Voice

    found = f"eSpeak NG ({version('espeakng-loader')})" if Voice(True).ready else "-"
    with suppress(Trouble):  # told by the check of the settings
        if not load_settings(home).sound:
            found = f"sound = false ({found})"
    return Finding("voice", True, found)


def _video(home: Home) -> Finding:
    """What a video CV is filmed with, and the room for it; never red: without it people practise reading."""
    from kiosk.camera import Devices, find_camera, find_ffmpeg, find_microphone
    from kiosk.settings import load_settings

    devices = Devices()
    with suppress(Trouble):  # told by the check of the settings
        devices = load_settings(home).devices
    inputs = (find_camera(devices), find_microphone(devices))
    found = [f"{one.format}:{one.device}" if one else "-" for one in inputs]
    free = shutil.disk_usage(home.path if home.path.exists() else "/").free // 1024**2
    return Finding("video", True, f"ffmpeg {find_ffmpeg() or '-'}, {', '.join(found)}, {free} MiB")


def _sync(home: Home, clock: Clock) -> Finding:
    """When the hub last answered, and what is still to be sent; red where somebody has to do something."""
    from models.sync.sharing import sharing
    from screens.staff.sharing_words import moment_said, sharing_signal

    now = clock.now()
    found = _looked(home, lambda conn: sharing(conn, now))
    heard, left = found.state.heard_at, found.pending
    told = sharing_signal(found, home_language())
    return Finding(
        "sync",
        found.is_fine,
        N_("dernière {heard}, à envoyer : {pending}, refusées : {refused}"),
        told.says,
        dict(told.values),
        {
            "heard": moment_said(heard, now, home_language()) if heard else "-",
            "pending": left.number,
            "refused": left.refused,
        },
    )
