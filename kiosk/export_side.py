"""Reports as files: made beside the screen, kept, noted in the log, and put on a stick where there is one."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.languages import N_, translator
from kiosk.crash_net import place_of
from kiosk.side import Side, hears
from kiosk.trouble import Trouble
from screens.staff.messages import ExportWanted
from screens.staff.network_words import NETWORK_NAME

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from kiosk.paper_side import PaperSide
    from kiosk.sticks import Taken
    from models.review.period import Period
    from models.review.report import Report

log = logging.getLogger("kiosk")

_NOT_WHOLE = N_("Hors du SmartCorner, seulement des mois entiers et finis.")
_BUSY = N_("Un fichier est en cours : attendez un instant, puis touchez encore.")
_NOT_MADE = N_("Le fichier n'est pas fait : essayez encore.")
_KEPT = N_("Fichier : {path}")
_ON_STICK = N_("Fichier : {path}, et sur la clé USB.")
_NOT_ON_STICK = N_("Fichier : {path}. La clé USB ne peut pas le prendre.")


class ExportSide(Side):
    """What the screen of exports asks for, one at a time."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self._busy = False

    @property
    def folder(self) -> Path:
        """Where files are kept."""
        return self.app.home.exports

    def gone(self) -> None:
        """Whoever wanted it may have signed out: it is made all the same, and it is theirs."""

    @hears(ExportWanted)
    def _wanted(self, message: ExportWanted) -> None:
        from models.network.seeing import MaySeeNetwork
        from models.review.seeing import SeeReport

        staff_id, screen = self.app._staff_id, message.screen
        if not staff_id:
            return
        if self._busy:
            self._say(screen, _BUSY)
            return
        asked: SeeReport | MaySeeNetwork = SeeReport(message.period, message.outside, screen.told)
        if message.network:
            asked = MaySeeNetwork()
        future = self.app.staff_does(asked)
        if future is None:
            return
        self._busy = True

        def read(found: list[Any]) -> None:
            report = self._of_network(message.period) if message.network else _known(found[0])
            self.app.run_worker(self._make(message, staff_id, report), exit_on_error=False)

        def failed(error: BaseException) -> None:
            self._busy = False
            self.app.not_done(screen, asked, error)

        self.app._then(future, read, failed)

    async def _of_network(self, period: Period) -> Report | None:
        """The report of the whole network, as the hub tells it."""
        from kiosk.sync.coordinator import ask_network
        from models.network.report import report_of_network

        found = await asyncio.to_thread(ask_network, self.app.home, period.first, period.last)
        return report_of_network(found, period)

    async def _make(
        self, message: ExportWanted, staff_id: str, asked: Coroutine[Any, Any, Report | None]
    ) -> None:
        screen = message.screen
        try:
            report = await asked
            if report is None:
                self._say(screen, _NOT_WHOLE)
            else:
                await self._hand_over(message, staff_id, report)
        except Trouble as trouble:  # the hub does not answer
            self._say(screen, trouble.told(screen.translate))
        except Exception as error:  # a worker's failure would say nothing to anybody
            log.error("report not exported: %s", place_of(error))
            self._say(screen, _NOT_MADE)
        finally:
            self._busy = False

    async def _hand_over(self, message: ExportWanted, staff_id: str, report: Report) -> None:
        """Kept, then noted, and only then it leaves; what cannot be noted does not stay (P-24)."""
        from kiosk.exports.formats import export
        from models.review.exporting import Exported, ReportExported

        look, now = self.app.front.look, self.app.clock.now()
        name = translator(look.language)(NETWORK_NAME) if message.network else look.corner_name
        file = await asyncio.to_thread(export, report, message.format, name, look.language, now)
        path = self.folder / file.name
        before = await asyncio.to_thread(self._keep, path, file.data)
        what = Exported(message.period, message.format, file.rows, file.hash, report.masked, message.network)
        try:
            await asyncio.wrap_future(self.app.done_by(staff_id, ReportExported(what)))
        except BaseException:
            await asyncio.to_thread(self._put_back, path, before)
            raise
        taken = await asyncio.to_thread(self._along, file.data, file.name)
        self._say(message.screen, _words(taken), path=f"{self.folder.name}/{file.name}")

    def _keep(self, path: Path, data: bytes) -> bytes | None:
        """Keep a file for this user only; what stood under its name is given back."""
        from kiosk.home import replace_whole

        self.folder.mkdir(mode=0o700, exist_ok=True)
        before = path.read_bytes() if path.is_file() else None
        replace_whole(path, data)
        return before

    def _put_back(self, path: Path, before: bytes | None) -> None:
        from kiosk.home import replace_whole

        path.unlink(missing_ok=True)
        if before is not None:
            replace_whole(path, before)

    def _along(self, data: bytes, name: str) -> Taken:
        from kiosk.camera import Devices
        from kiosk.sticks import put_along

        devices = self.app.front.devices() if self.app.front.devices else Devices()
        return put_along(data, name, devices.sticks, self.folder)

    def _say(self, screen: Any, sentence: str, **values: object) -> None:  # noqa: ANN401 (imported late)
        if screen in self.app.screen_stack and not screen.wiped:
            screen.done(screen.translate(sentence, **values))


async def _known(report: Report | None) -> Report | None:
    """A report that is here already."""
    return report


def _words(taken: Taken) -> str:
    from kiosk.sticks import Taken

    if taken is Taken.YES:
        return _ON_STICK
    return _KEPT if taken in (Taken.NO_STICK, Taken.SEVERAL) else _NOT_ON_STICK
