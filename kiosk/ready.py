"""Ready for today: what the machine and the database say before the doors open, as signals of one light.

The machine is looked at as ``kiosk doctor`` does. There is no backup of its own yet, so that none is a note.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from assets.languages import N_, Translate, day, hour, translator
from kiosk.crash_net import place_of
from kiosk.doctor import clock_check, disk_check
from kiosk.home import Home
from kiosk.printing import PrinterState
from kiosk.side import Side, hears
from screens.staff.messages import LightWanted
from screens.staff.ready_words import Light, Signal, roster_signal
from screens.staff.sharing_words import Standpoint, sharing_signal

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.clock import Clock
    from kiosk.doctor import Finding
    from kiosk.printing import Papers
    from models.review.prepared import Prepared
    from models.sync.sharing import Sharing

log = logging.getLogger("kiosk")

_PRINTER = {
    PrinterState.READY: (Light.GOOD, N_("Imprimante prête.")),
    PrinterState.NOWHERE: (Light.NOTE, N_("Pas d'imprimante : les papiers restent dans leur dossier.")),
    PrinterState.SILENT: (Light.ACT, N_("L'imprimante ne répond pas : vérifiez qu'elle est allumée.")),
}


def signals(
    prepared: Prepared | None,
    home: Home,
    clock: Clock,
    papers: Papers,
    language: str,
    *,
    writes: bool,
    sharing: Sharing | None = None,
    standpoint: Standpoint = Standpoint.DAY,
) -> list[Signal]:
    """Every signal, the most urgent kind first; run away from the screen.

    Args:
        prepared: what the database knows of today; ``None`` where it did not answer.
        writes: whether it takes a row.
        sharing: how far the kiosk and its hub are; ``None`` where it has none.
        standpoint: where it is told.
    """
    translate = translator(language)
    return [
        _database(writes=writes and prepared is not None),
        _checked("clock", clock_check(clock), N_("L'horloge est juste.")),
        _checked("disk", disk_check(home), N_("Assez de place sur le disque.")),
        *_of_day(prepared, language, translate),
        Signal("printer", *_PRINTER[papers.state()]),
        _backup(home.backups, language),
        *([sharing_signal(sharing, language, standpoint)] if sharing is not None else []),
    ]


def _database(*, writes: bool) -> Signal:
    if writes:
        return Signal("database", Light.GOOD, N_("La base répond et note."))
    return Signal("database", Light.ACT, N_("La borne ne peut rien noter : appelez le service technique."))


def _checked(what: str, found: Finding, good: str) -> Signal:
    return Signal(what, Light.GOOD, good) if found.ok else Signal(what, Light.ACT, found.advice, found.values)


def _of_day(prepared: Prepared | None, language: str, translate: Translate) -> list[Signal]:
    """The list of today, and whether the scanner was heard."""
    if prepared is None:
        return []
    read = prepared.card_at
    scanner = (
        Signal("scanner", Light.NOTE, N_("Pas encore essayé aujourd'hui : montrez une carte."))
        if read is None
        else Signal(
            "scanner", Light.GOOD, N_("Une carte a été lue à {hour}."), {"hour": hour(read, language)}
        )
    )
    return [roster_signal(prepared.half_days, prepared.expected, translate), scanner]


def _backup(folder: Path, language: str) -> Signal:
    newest = 0.0
    with suppress(OSError):  # nobody has made the folder, or nobody may look
        newest = max((path.stat().st_mtime for path in folder.iterdir() if path.is_file()), default=0.0)
    if not newest:
        return Signal("backup", Light.NOTE, N_("Aucune sauvegarde."))
    made = day(datetime.fromtimestamp(newest, UTC), language)
    return Signal("backup", Light.GOOD, N_("Dernière sauvegarde : {day}."), {"day": made})


class ReadySide(Side):
    """Looks when a screen of the team wants to know."""

    @hears(LightWanted)
    def _wanted(self, message: LightWanted) -> None:
        self.app.run_worker(self._look(message), exit_on_error=False)

    async def _look(self, message: LightWanted) -> None:
        from models.requests import NotAllowed
        from models.review.prepared import SeePrepared
        from models.sync.sharing import SeeSharing
        from screens.staff.frame import StaffScreen

        app, prepared, sharing, writes = self.app, None, None, False
        home = app.home
        asked = app.staff_does(SeePrepared(), SeeSharing())
        if asked is None:
            return
        try:
            prepared, sharing = await asyncio.wrap_future(asked)
            # A transaction that takes the write lock, and writes nothing.
            await asyncio.wrap_future(app.database.write(lambda _: None))
            writes = True
        except NotAllowed:
            if isinstance(message.asker, StaffScreen):
                message.asker.refused(SeePrepared())
            return
        except Exception as error:  # that it failed is what is told
            log.error("not ready: %s", place_of(error))
        if not home.shares:
            sharing = None
        found = await asyncio.to_thread(
            partial(signals, prepared, home, app.clock, app.papers, app.front.look.language),
            writes=writes,
            sharing=sharing,
            standpoint=message.asker.standpoint,
        )
        if message.asker.is_attached:
            message.asker.show_light(found)
