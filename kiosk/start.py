"""Starting the full-screen kiosk: on the configured database, or on the rehearsal day."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from assets.languages import N_, translator
from kiosk.app import Kiosk
from kiosk.clock import Clock, monotonic
from kiosk.crash_net import place_of
from kiosk.database import Database
from kiosk.full_screen import INSTALLED, LEFT, REHEARSAL, RESTART, WITHDRAWN
from kiosk.home import (
    YES,
    FirstLook,
    Home,
    find_home,
    first_look,
    home_language,
    other_keys,
    wants_sound,
    written,
)
from kiosk.rooms import Front
from kiosk.signals import ignore_keys
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from kiosk.camera import Devices
    from kiosk.printing import Papers
    from models.arrival import Desk
    from models.connection import Connection

LONGEST_PAUSE = 60.0
"""Seconds between two starts at most, when one after the other fails."""

QUIET_RUN = 60.0
"""Seconds after which a run counts as one that worked."""


def start_kiosk(at: datetime | None) -> int:
    """The kiosk on its database; on an empty home the questions come first. Returns the exit code."""
    home = find_home()
    try:
        look = first_look(home)
        _log_to(home)
        with _alone(look, home):
            if not home.configured:
                result, language = _first_start(home, look, at)
                if result == INSTALLED:
                    look = first_look(home)
            if home.configured:
                clock = Clock(at)
                clock.check_not_ahead()
                translate = translator(look.language)
                by_hand = translate("Essai : l'heure de la borne est réglée à la main.")
                front = Front(
                    look,
                    by_hand if clock.is_set else "",
                    papers=partial(_papers, home),
                    devices=partial(_devices, home),
                    videos=home.recordings,
                    home=home.path,
                )
                return _play(
                    front, clock, lambda: Database(look.database), lambda conn: _desk(conn, home, clock)
                )
        return start_demo(at, language) if result == REHEARSAL else 0
    except Trouble as trouble:
        print(trouble.told(translator(home_language())), file=sys.stderr)
        return 1


def _first_start(home: Home, look: FirstLook, at: datetime | None) -> tuple[str, str]:
    """Ask what a kiosk needs to know, on the screen: what it came to, and in which language.

    Raises:
        Trouble: there was a kiosk here and only its settings are gone; nobody who passes may found another.
    """
    from kiosk.first_start import FirstStart
    from kiosk.installing import lived_in
    from kiosk.own_facts import use_own_corners

    if lived_in(home):
        raise Trouble(
            N_("Les réglages {path} manquent : reprenez-les dans la sauvegarde, ou lancez « kiosk init »."),
            path=home.settings_file,
        )
    _need_terminal()
    use_own_corners(home)
    language = look.language
    while True:
        app = FirstStart(home, Clock(at), look.theme, language)
        result, language = app.run() or LEFT, app.language
        if result != RESTART:
            return result, language


def start_demo(at: datetime | None, language: str = "") -> int:
    """The kiosk on an invented day; the language is the home's where none is given. Returns the exit code."""
    from kiosk.paper.qr import token_modules
    from kiosk.rehearsal import CORNER, rehearse

    language = language or home_language()
    translate = translator(language)
    clock = Clock(at)
    try:
        with rehearse(clock) as day:
            print(day.sheet(translate), flush=True)
            look = _demo_look(CORNER, language, day.database)
            banner = day.banner(translate)
            if clock.is_set:
                # The codes first, and few words: 80 columns hold both.
                by_hand = translate("heure réglée à la main")
                banner = f"{banner} · {by_hand}"
            front = Front(
                look,
                banner=banner,
                sample_card=lambda: token_modules(day.people[1].token),
                pin_hint=translate(
                    "Démonstration : {pin}", pin=" · ".join(f"{name} {pin}" for name, pin in day.pins.items())
                ),
                devices=_demo_devices,
            )
            return _play(front, clock, lambda: Database(day.database.path), lambda _: day.desk)
    except Trouble as trouble:
        print(trouble.told(translate), file=sys.stderr)
        return 1


def guarded(start: Callable[[datetime | None], int], at: datetime | None) -> int:
    """Start, and say one sentence where even that is impossible."""
    try:
        return start(at)
    except Exception as error:  # the last net before a traceback
        logging.getLogger("kiosk").error("not started: %s", place_of(error))
        trouble = Trouble(
            N_("La borne ne démarre pas ({place}) : montrez ceci au service technique."),
            place=place_of(error),
        )
        print(trouble.told(translator(home_language())), file=sys.stderr)
        return 1


def _demo_look(corner: str, language: str, database: Database) -> FirstLook:
    from assets.facts import corners

    return FirstLook(
        corner_name=corners()[corner].name,
        theme=os.environ.get("KIOSK_THEME", "jour"),
        language=language,
        database=database.path,
        sound=wants_sound(),
    )


def _play(
    front: Front, clock: Clock, database: Callable[[], Database], prepare: Callable[[Connection], Desk]
) -> int:
    """Run the app, and run it again when it could not mend itself."""
    _need_terminal()
    pause = 0.0
    while True:
        opened = database()
        app = Kiosk(front, clock, opened, prepare)
        began = monotonic()
        try:
            result = app.run()
        finally:
            app.close_sides()
            opened.close()
            app.sounds.stop()
        if app.trouble is not None:
            raise app.trouble
        if result == LEFT:
            return 0
        if result == WITHDRAWN and front.home is not None:
            _withdraw(Home(front.home), database())
        # Never back to a shell: a kiosk that cannot stay up tries again, more and more slowly.
        pause = min(max(pause * 2, 0.2), LONGEST_PAUSE) if monotonic() - began < QUIET_RUN else 0.0
        logging.getLogger("kiosk").error("started anew after %s", app.failures[-1:] or "no failure")
        time.sleep(pause)


def _withdraw(home: Home, database: Database) -> None:
    """A kiosk that was taken out of the network wipes itself, where nothing has come up meanwhile.

    Raises:
        Trouble: it is done, which whoever stands there is told.
    """
    from kiosk.sync.wiping import WIPED, withdraw

    if withdraw(home, database):
        raise Trouble(WIPED)


def _need_terminal() -> None:
    """Get the terminal ready for the full screen.

    Raises:
        Trouble: there is none.
    """
    os.environ.setdefault("COLORTERM", "truecolor")
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    if not (os.isatty(0) and os.isatty(2)):
        raise Trouble(N_("La borne a besoin d'un écran et d'un clavier : lancez-la dans un terminal."))
    ignore_keys()


def _desk(conn: Connection, home: Home, clock: Clock) -> Desk:
    """Check own facts, settings, key and identity; runs in the writer's thread after the first paint."""
    from kiosk.own_facts import use_own_facts
    from kiosk.settings import load_settings
    from models.arrival import Desk
    from models.founding import kiosk_here

    use_own_facts(home)
    settings = load_settings(home)
    kiosk = kiosk_here(conn, clock.now())
    if kiosk is None:
        raise Trouble(N_("Cette base n'a pas encore de borne : lancez « kiosk init »."))
    return Desk(
        kiosk,
        settings.corner,
        home.key(),
        settings.policy,
        clock_sure=clock.is_sure,
        other_keys=other_keys(home),
    )


def _papers(home: Home) -> Papers:
    """Where papers are kept and printed; nothing of it is needed for the first paint."""
    from kiosk.printing import Papers

    return Papers(home.papers, partial(_printer, home))


def _printer(home: Home) -> str:
    """The printer as the settings name it when something is printed: nobody starts the kiosk anew for it."""
    from kiosk.settings import load_settings

    return load_settings(home).printer


def _devices(home: Home) -> Devices:
    """What the booth films with, as the settings name it when somebody wants to be filmed."""
    from kiosk.settings import load_settings

    return load_settings(home).devices


def _demo_devices() -> Devices:
    """A rehearsal has no settings: a camera is what the environment names, or what the machine has."""
    from kiosk.camera import Devices

    return Devices(os.environ.get("KIOSK_CAMERA", ""), os.environ.get("KIOSK_MICROPHONE", ""))


@contextmanager
def _alone(look: FirstLook, home: Home) -> Iterator[None]:
    """Hold the database for one full-screen kiosk; a second one is a decision, never an accident."""
    if _said_several(home):
        yield
        return
    path = look.database.with_name(look.database.name + ".lock")
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        yield  # the database will say what is wrong with the folder
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise Trouble(
            N_("Une borne est déjà ouverte sur cette base : fermez-la, ou réglez « several_kiosks = true ».")
        ) from None
    try:
        yield
    finally:
        os.close(handle)


def _said_several(home: Home) -> bool:
    """Whether the settings allow two kiosks on one file; read before the settings are checked."""
    said = os.environ.get("KIOSK_SEVERAL_KIOSKS", written(home).get("several_kiosks"))
    return str(said).lower() in YES


def _log_to(home: Home) -> None:
    """Write failures to the home's log: times, types and places, never a name or a code."""
    from logging.handlers import RotatingFileHandler

    home.make()
    handler = RotatingFileHandler(home.logs / "kiosk.log", maxBytes=1_000_000, backupCount=3, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("kiosk")
    logger.handlers = [handler]
    logger.propagate = False
    os.umask(0o077)
