"""Papers of the team's side: what a screen wants printed is asked for, made, kept, noted, and printed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on

from assets.languages import N_
from kiosk.crash_net import place_of
from kiosk.rooms import Front
from kiosk.staff_side import StaffSide
from screens.staff.messages import PaperWanted

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.database import Database
    from kiosk.printing import Papers, Printed
    from models.assessment.reading import ResultFor
    from models.assessment.shown import Shown
    from models.documents import Certificate, CertificateFor, Sheet, SheetFor
    from screens.staff.frame import StaffScreen

    Document = SheetFor | CertificateFor | ResultFor

log = logging.getLogger("kiosk")

_PRINTED = {
    "sheet": N_("Feuille imprimée."),
    "certificate": N_("Attestation imprimée."),
    "card": N_("Carte imprimée."),
    "result": N_("Résultat imprimé."),
}
_MISSING = {
    "SheetFor": N_("Cette demi-journée n'existe plus."),
    "CertificateFor": N_("Pas d'heures à attester pour ces jours."),
    "ResultFor": N_("Ce point n'est plus gardé."),
}


@dataclass(frozen=True, slots=True)
class Printout:
    """A paper that is to be made and printed."""

    kind: str
    """A word of ``models.words.DOCUMENTS``."""
    subject_id: str
    """The half-day or the person that it is about."""
    name: str
    """Of its file; it names nobody."""
    make: Callable[[], bytes]
    first: date | None = None
    last: date | None = None


class PaperSide(StaffSide, inherit_bindings=False):
    """Sheets, certificates and results, on paper or in the folder of papers."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._papers: Papers | None = None
        self._printing: set[Document] = set()
        """What is on its way: another touch wants the same paper, not a second one."""

    @property
    def papers(self) -> Papers:
        """Where papers go; made when the first one is wanted."""
        if self._papers is None:
            from kiosk.printing import NOWHERE, Papers

            folder = self.database.path.parent / "papers"
            self._papers = self.front.papers() if self.front.papers else Papers(folder, lambda: NOWHERE)
        return self._papers

    @on(PaperWanted)
    def _paper_wanted(self, message: PaperWanted) -> None:
        screen, document, staff_id = message.screen, message.document, self._staff_id
        if not staff_id:
            return
        self._tell(screen, screen.translate("Impression en cours…"))
        future = None if document in self._printing else self.staff_does(document)
        if future is None:
            return
        self._printing.add(document)

        def answered(found: list[Sheet | Certificate | Shown | None]) -> None:
            printout = self._printout_of(document, found[0])
            if printout is None:
                self._printing.discard(document)
                self._tell(screen, screen.translate(_MISSING[type(document).__name__]))
                return
            self.run_worker(self._print_once(screen, staff_id, document, printout), exit_on_error=False)

        def failed(error: BaseException) -> None:
            self._printing.discard(document)
            self.not_done(screen, document, error)

        self._then(future, answered, failed)

    async def _print_once(
        self, screen: StaffScreen, staff_id: str, document: Document, printout: Printout
    ) -> None:
        try:
            await self.put_on_paper(screen, staff_id, printout)
        finally:
            self._printing.discard(document)

    def _printout_of(self, document: Document, found: Sheet | Certificate | Shown | None) -> Printout | None:
        """What is to be printed; ``None`` where there is nothing to print."""
        from kiosk.printing import certificate_name, result_name, sheet_name
        from models.assessment.shown import Shown
        from models.documents import CERTIFICATE, RESULT, SHEET, Sheet

        told = {
            "corner_name": self.front.look.corner_name,
            "made_at": self.clock.now(),
            "language": self.front.look.language,
        }
        if isinstance(found, Sheet):
            return Printout(
                SHEET, found.half_day.id, sheet_name(found.half_day), partial(_sheet, found, told)
            )
        if isinstance(found, Shown):
            person_id = document.about
            return Printout(
                RESULT, person_id, result_name(person_id, found.at), partial(_result, found, told)
            )
        if found is None or not found.lines:
            return None
        name = certificate_name(found.person_id, found.last)
        make = partial(_certificate, found, told)
        return Printout(CERTIFICATE, found.person_id, name, make, found.first, found.last)

    async def put_on_paper(self, screen: StaffScreen, staff_id: str, printout: Printout) -> bool:
        """Make a paper, keep it, note that it was made, and only then print it; tell the screen.

        Nothing leaves that is not in the log, and nothing is in the log that was not made. Whoever wanted
        it may have signed out meanwhile: it is still theirs.

        Returns:
            Whether it was made and kept, whatever the printer did.
        """
        import hashlib

        now = self.clock.now()
        path: Path | None = None
        try:
            data = await asyncio.to_thread(printout.make)
            path = await asyncio.to_thread(self.papers.keep, printout.name, data, now)
            await self._note(staff_id, printout, hashlib.sha256(data).hexdigest())
        except Exception as error:  # a worker's failure would say nothing to anybody
            log.error("paper not made: %s", place_of(error))
            if path is not None:
                path.unlink(missing_ok=True)
            self._tell(screen, screen.translate("Rien n'est imprimé : essayez encore."))
            return False
        finally:
            # The makers of a page hold each other in circles, with the names on it.
            self._sweeper.soon()
        kept = f"{path.parent.name}/{path.name}"
        try:
            printed = await asyncio.wrap_future(self.papers.send(path))
        except Exception as error:
            log.error("paper not printed: %s", place_of(error))
            self._tell(screen, screen.translate("Imprimante en panne. Voir {path}", path=kept))
            return True
        self._tell(screen, self._became(screen, printout, printed, kept))
        return True

    def _became(self, screen: StaffScreen, printout: Printout, printed: Printed, kept: str) -> str:
        if printed.printed:
            return screen.translate(_PRINTED[printout.kind])
        if printed.printer:
            return screen.translate("Imprimante en panne. Voir {path}", path=kept)
        return screen.translate("Pas d'imprimante. Voir {path}", path=kept)

    async def _note(self, staff_id: str, printout: Printout, sha256: str) -> None:
        """The row of the log that says who has made what (P-24)."""
        from models.documents import DocumentMade

        made = DocumentMade(printout.kind, printout.subject_id, sha256, printout.first, printout.last)
        await asyncio.wrap_future(self.done_by(staff_id, made))

    def _tell(self, screen: StaffScreen, sentence: str) -> None:
        if screen in self.screen_stack:
            screen.say(sentence)


def _sheet(sheet: Sheet, told: dict[str, Any]) -> bytes:
    from kiosk.paper.sheets import sheet_pdf

    return sheet_pdf([sheet], **told)


def _certificate(certificate: Certificate, told: dict[str, Any]) -> bytes:
    from kiosk.paper.certificates import certificate_pdf

    return certificate_pdf(certificate, **told)


def _result(shown: Shown, told: dict[str, Any]) -> bytes:
    from kiosk.paper.result import result_pdf

    return result_pdf(shown, **told)
