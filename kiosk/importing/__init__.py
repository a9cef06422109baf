"""The reading half of ``kiosk import``: from a file to checked lines, without a database.

``open_file`` takes a CSV, TSV, XLSX or iCalendar file and says what it is. Its bookings, or what it says of
corners (``read_corners``), are good lines, one refusal for each bad one, and the columns that were left
out. What looks like a national number, a birth date, an address or a nationality is refused here, and gets
no further, not even into a message; a corner's own address is nobody's.
"""

from __future__ import annotations

from kiosk.importing.outcome import FileRead, NotReadable
from kiosk.importing.reader import Opened, open_file

__all__ = ["FileRead", "NotReadable", "Opened", "open_file"]
