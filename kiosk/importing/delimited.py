"""CSV and TSV: text with commas, semicolons or tabs between its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from assets.languages import Counted, Translate
from kiosk.importing.outcome import NotReadable
from kiosk.importing.tables import MOST_LINES, Row, Table, collect, find_header, no_header, too_many_lines

_BETWEEN = (";", ",", "\t")

_MOST_BREAKS = 30
"""Physical lines that one quoted cell may run over. Beyond that a quote was forgotten."""


_LONGEST_LINE = 50_000
"""Characters of one physical line. No booking is that long, and millions of cells fill the memory."""


def decode(data: bytes, translate: Translate) -> str:
    """The text of a file: UTF-8, and Windows-1252 in the lines that are no UTF-8.

    Line by line, because a file put together from two offices has both, and reading all of it as
    Windows-1252 would garble every accent. What neither knows becomes U+FFFD, refused later.

    Raises:
        NotReadable: for UTF-16 and other files with NUL bytes in their first line.
    """
    if b"\0" in data.split(b"\n", 1)[0]:
        raise NotReadable(
            translate("Ce fichier n'est pas un texte : enregistrez-le au format CSV UTF-8 ou XLSX.")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(map(_decode_line, data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def read_delimited(text: str, translate: Translate) -> Table:
    """The table in a text; the sign between its cells is the one that makes sense of the header.

    Raises:
        NotReadable: for a text without a known header or with too many lines.
    """
    # Far more line breaks than lines may be: said before the memory for all of them is taken.
    if text.count("\n") + text.count("\r") > 4 * MOST_LINES:
        raise too_many_lines(translate)
    # Every line as it is in the file: \r\n, \n or \r, and inside quotes a line break stays one.
    lines = list(io.StringIO(text, newline=""))
    headers = [(header, sign) for sign in _BETWEEN if (header := find_header(_rows(lines, sign, translate)))]
    if not headers:
        raise no_header(translate)
    header, sign = max(headers, key=lambda found: found[0].known)
    width = len(header.titles)
    below = (row for row in _rows(lines, sign, translate, width) if row.line > header.line)
    return Table(header.line, header.titles, collect(below, translate))


def _rows(lines: list[str], sign: str, translate: Translate, width: int = 0) -> Iterator[Row]:
    """Every record; with a ``width``, those with more or fewer cells are in trouble.

    A record over several physical lines that does not come out right is given up with its first
    line only, and reading goes on with the second: one forgotten quote must not swallow good lines.
    """
    at = 0
    while at < len(lines):
        too_long = len(lines[at]) > _LONGEST_LINE
        cells, used = ([], 1) if too_long else _cells(lines, at, sign)
        trouble = None
        if too_long:
            trouble = translate("Cette ligne est bien trop longue : vérifiez l'export.")
        elif cells is None:
            trouble = translate("Un guillemet de cette ligne n'est pas à sa place : corrigez-le.")
        elif "\0" in lines[at]:
            trouble = translate("Cette ligne contient un octet nul : retapez-la.")
        elif width and not _fits(cells, width):
            trouble = translate(
                Counted(
                    "Cette ligne a {n} cellule et l'en-tête {titles} : vérifiez les séparateurs.",
                    "Cette ligne a {n} cellules et l'en-tête {titles} : vérifiez les séparateurs.",
                ),
                n=len(cells),
                titles=width,
            )
        yield Row(at + 1, cells or [], trouble)
        at += 1 if trouble else used


def _cells(lines: list[str], at: int, sign: str) -> tuple[list[str] | None, int]:
    """The cells of the record that starts at a physical line, and how many lines it takes."""
    if '"' not in lines[at]:
        return lines[at].rstrip("\r\n").split(sign), 1
    reader = csv.reader(lines[at : at + _MOST_BREAKS], delimiter=sign, strict=True)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return None, 1


def _fits(cells: list[str], width: int) -> bool:
    """Whether a record is blank, or has a cell for every title and nothing behind them."""
    if len(cells) == width:
        return True
    filled = [cell.strip() != "" for cell in cells]
    return not any(filled) or (len(cells) > width and not any(filled[width:]))
