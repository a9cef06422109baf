"""One file from the disk: what it is, by what is in it, and who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.languages import Translate
from kiosk.importing.booking_lines import Context, read_table
from kiosk.importing.corner_columns import lists_corners
from kiosk.importing.outcome import FileRead, NotReadable
from kiosk.importing.tables import Table
from kiosk.importing.values import corner_names, programme_names

LARGEST_FILE = 50_000_000
"""Bytes. A file that is larger is not one of bookings."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CALENDAR = b"BEGIN:VCALENDAR"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of which it is known what it is: a table, or the text of a calendar."""

    file: str
    """Its name without its folder."""
    content: Table | str

    @property
    def corners(self) -> Table | None:
        """The table, where it lists corners."""
        if isinstance(self.content, Table) and lists_corners(self.content.header):
            return self.content
        return None

    def bookings(self, *, corner: str | None, today: date, translate: Translate) -> FileRead:
        """What it says of bookings or workshops; nothing is stored.

        Args:
            corner: Id of this kiosk's corner, meant where the file names none; ``None``: it has to.
            today: The day it is read, for what is too far away and for how far a series is followed.
            translate: The language of every message.

        Raises:
            NotReadable: with one sentence, where no line can be read.
        """
        context = Context(corner, corner_names(), programme_names(), today, translate)
        if isinstance(self.content, Table):
            return read_table(self.content, self.file, context)
        from kiosk.importing.calendar import read_calendar

        return read_calendar(self.content, self.file, context)


def open_file(path: Path, translate: Translate) -> Opened:
    """Open a CSV, TSV, XLSX or iCalendar file.

    What a file is, its content says; its name only settles it where the content does not.

    Raises:
        NotReadable: with one sentence, for a file of which no line can be read.
    """
    data = _content(path, translate)
    # A name that is no valid text on this system must not stop a message from being printed.
    file = path.name.encode(errors="replace").decode()
    if data.startswith(_OLE):
        raise NotReadable(
            translate(
                "Ce classeur est protégé ou dans un ancien format :"
                " enregistrez-le au format XLSX sans mot de passe."
            )
        )
    if data.startswith(_ZIP):
        from kiosk.importing.workbook import read_workbook

        return Opened(file, read_workbook(data, translate))

    from kiosk.importing.delimited import decode, read_delimited

    text = decode(data, translate)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == _CALENDAR:
        return Opened(file, text)
    return Opened(file, read_delimited(text, translate))


def _content(path: Path, translate: Translate) -> bytes:
    """The bytes of the file, with a plain sentence for each way not to have any."""
    try:
        if path.is_dir():
            raise NotReadable(translate("Ceci est un dossier : indiquez un fichier qui s'y trouve."))
        if not path.exists():
            raise NotReadable(translate("Ce fichier n'existe pas : vérifiez son nom et son dossier."))
        if not path.is_file():
            raise NotReadable(translate("Ceci n'est pas un fichier : indiquez un CSV, XLSX ou iCalendar."))
        if path.stat().st_size > LARGEST_FILE:
            raise NotReadable(
                translate(
                    "Ce fichier dépasse {most} Mo : partagez-le en plusieurs.", most=LARGEST_FILE // 1_000_000
                )
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotReadable(
            translate("Ce fichier ne s'ouvre pas : vérifiez vos droits, et qu'il n'est pas ouvert ailleurs.")
        ) from error
    if not data.strip(b"\xef\xbb\xbf \t\r\n;,"):
        raise NotReadable(translate("Ce fichier est vide : exportez-le à nouveau."))
    return data
