"""The reading half of ``kiosk import``: from a file to checked lines, without a database.

``read_file`` takes a CSV, TSV, XLSX or iCalendar file and gives back the good lines, one refusal for
each bad one, and the columns it left out. What looks like a national number, a birth date, an
address or a nationality is refused here, and gets no further, not even into a message.
"""

from __future__ import annotations

from kiosk.importing.outcome import FileRead, NotReadable
from kiosk.importing.reader import read_file

__all__ = ["FileRead", "NotReadable", "read_file"]
