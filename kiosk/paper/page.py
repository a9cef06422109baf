"""A tagged PDF with embedded Roboto, and the few ways in which the house puts words and shapes on it.

Measures are in millimetres from the top left corner, sizes of type in points.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from font_roboto import font_files
from fpdf import FPDF, ViewerPreferences
from fpdf.fonts import TTFFont

from assets.languages import local
from kiosk.paper.qr import QUIET, dark_runs, token_modules

Colour = tuple[int, int, int]

ACCENT: Colour = (0x0B, 0x55, 0x63)
INK: Colour = (0x14, 0x21, 0x3D)
QUIET_INK: Colour = (0x3F, 0x4A, 0x5A)
RULE: Colour = (0x8A, 0x97, 0xA1)
"""Lines between rows: seen on any printer, and quieter than what stands between them."""
TINT: Colour = (0xEA, 0xF2, 0xF3)
"""The accent colour, thinned to a ground on which ink still has 14:1."""
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)

MM = 25.4 / 72
"""Millimetres in a point."""

A4 = (210.0, 297.0)
"""Width and height of a sheet in mm."""

LEADING = 1.25
"""Line height as a multiple of the size of type."""

CAPITALS = 0.711
"""Height of Roboto's capitals as a part of the size of type."""

NBSP = "\u00a0"
_BREAKS = re.compile(r"(?<=[ -])(?<!« )(?=[^ ?!:;»-])")
"""Where a line may end: after a blank or a hyphen, but never between French signs and their word."""

MISSING = "◊"
"""Stands, visibly and calmly, where the font has no sign for what was written."""


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: size in points, weight, colour."""

    size: float
    bold: bool = False
    colour: Colour = INK

    @property
    def line(self) -> float:
        """Height of a line in millimetres."""
        return self.size * LEADING * MM

    @property
    def capitals(self) -> float:
        """Height of a capital letter in millimetres."""
        return self.size * CAPITALS * MM


def kept_together(text: str) -> str:
    """The text with blanks that no line breaks at: ``8 h 30`` stays in one piece."""
    return text.replace(" ", NBSP)


def one_language(languages: Sequence[str]) -> str:
    """The language of a document for several people: theirs where they share one, else French."""
    return languages[0] if len(set(languages)) == 1 else "fr"


class Paper(FPDF):
    """One PDF document: title, language and moment of making are fixed, so its bytes are too."""

    def __init__(self, *, title: str, language: str, made_at: datetime) -> None:
        super().__init__(unit="mm")
        self._faces: dict[bool, TTFFont] = {}
        for bold, style, file in ((False, "", "Roboto"), (True, "B", "RobotoBold")):
            self.add_font("Roboto", style, font_files[file])
            face = self.fonts[f"roboto{style}"]
            assert isinstance(face, TTFFont)  # noqa: S101 (a fact about fpdf2 for the type checker)
            self._faces[bold] = face
        self.set_auto_page_break(False)
        self.set_title(self.printable(title))
        self.set_lang(language)
        self.set_creator("SmartCorner")
        self.set_creation_date(local(made_at))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.speaking = language
        """The language of the words that follow; it may differ from the document's."""
        self._marks: Counter[int] = Counter()

    def finish(self) -> bytes:
        """The document's bytes; nothing can be added afterwards."""
        return bytes(self.output())

    # -- Words ------------------------------------------------------------------------------------

    def printable(self, text: str) -> str:
        """The text as the font can show it: composed, on one line, unknown signs shown as one mark.

        An accent that the font lacks is dropped before its letter is. Left out are marks without a
        look of their own (joiners, directions, variation selectors) and accents without a letter.
        """
        known = self._faces[False].cmap
        signs: list[str] = []
        for sign in unicodedata.normalize("NFC", text):
            kind = unicodedata.category(sign)
            if sign.isspace():
                signs.append(sign if ord(sign) in known and kind == "Zs" else " ")
            elif kind == "Mn" and (not signs or signs[-1].isspace()):
                continue
            elif ord(sign) in known and kind[0] != "C":
                signs.append(sign)
            elif kind in ("Cc", "Cf", "Mn", "Me"):
                continue
            elif ord(bare := unicodedata.normalize("NFKD", sign)[0]) in known:
                signs.append(bare)
            elif signs[-1:] != [MISSING]:
                signs.append(MISSING)
        shown = re.sub(" {2,}", " ", "".join(signs)).strip(" ")
        return MISSING if text and not shown else shown

    def width_of(self, text: str, style: Style) -> float:
        """Width of a printable text on one line, in millimetres."""
        widths = self._faces[style.bold].cw
        return sum(widths[ord(sign)] for sign in text) / 1000 * style.size * MM

    def wrapped(self, text: str, width: float, style: Style, *, anywhere: bool = False) -> list[str] | None:
        """The text in lines of at most ``width`` mm, broken at blanks and after hyphens.

        ``None`` where a word is too wide for a line, unless it may be broken ``anywhere``.
        """
        lines = [""]
        for piece in _BREAKS.split(text):
            for part in piece if anywhere and self.width_of(piece, style) > width else [piece]:
                if self.width_of((lines[-1] + part).rstrip(" "), style) <= width:
                    lines[-1] += part
                elif not anywhere and self.width_of(part.rstrip(" "), style) > width:
                    return None
                else:
                    lines.append(part)
        return [line.strip(" ") for line in lines if line.strip(" ")]

    def fitted(
        self, text: str, width: float, height: float, style: Style, least: float
    ) -> tuple[list[str], Style]:
        """The text in lines, as large as fits into a field of ``width`` x ``height`` mm.

        It shrinks from the style's size to ``least`` points; there words are broken, and what is
        still too long ends in "…".
        """
        text = self.printable(text)
        size = style.size
        while size >= least:
            smaller = replace(style, size=size)
            lines = self.wrapped(text, width, smaller)
            if lines is not None and len(lines) * smaller.line <= height:
                return lines, smaller
            size -= 0.5
        smallest = replace(style, size=least)
        lines = self.wrapped(text, width, smallest, anywhere=True) or []
        room = max(1, int(height / smallest.line + 1e-6))
        if len(lines) > room:
            last = lines[room - 1]
            while last and self.width_of(last + "…", smallest) > width:
                last = last[:-1]
            lines = [*lines[: room - 1], last + "…"]
        return lines, smallest

    def write_lines(self, lines: Sequence[str], x: float, y: float, style: Style, kind: str = "P") -> float:
        """Print lines one under the other from the top ``y``; the bottom of the last is given back."""
        with self.tagged(kind):
            self.set_font("Roboto", "B" if style.bold else "", style.size)
            self.set_text_color(*style.colour)
            for line in lines:
                self.text(x, y + (style.line + style.capitals) / 2, line)
                y += style.line
        return y

    def write_text(self, text: str, x: float, y: float, width: float, style: Style, kind: str = "P") -> float:
        """Print one line of ours, shrunk where a language takes more room; its bottom is given back."""
        lines, fitting = self.fitted(text, width, style.line, style, least=0.8 * style.size)
        self.write_lines(lines, x, y + (style.line - fitting.line) / 2, fitting, kind)
        return y + style.line

    def write_place(self, corner_name: str, x: float, y: float, width: float, style: Style) -> float:
        """Who speaks, over a short line in the accent colour; the bottom of that line is given back."""
        y = self.write_text(corner_name, x, y, width, style)
        with self.drawn():
            self.set_fill_color(*ACCENT)
            self.rect(x, y + 1.5, 16, 1.2, style="F")
        return y + 3

    # -- Shapes -----------------------------------------------------------------------------------

    def draw_qr(self, token: str, x: float, y: float, side: float, alt: str) -> None:
        """Draw a card token's QR, black on white; ``side`` is in mm and counts the quiet zone."""
        self.draw_modules(token_modules(token), x, y, side, alt)

    def draw_modules(
        self, modules: tuple[tuple[bool, ...], ...], x: float, y: float, side: float, alt: str
    ) -> None:
        """Draw any QR, black on white; ``side`` is in mm and counts the quiet zone."""
        step = side / (len(modules) + 2 * QUIET) / MM
        left, top = x / MM + QUIET * step, self.h_pt - y / MM - QUIET * step
        with self.drawn():
            self.set_fill_color(*WHITE)
            self.rect(x, y, side, side, style="F")
        with self.tagged("Figure", alt=alt):
            self.set_fill_color(*BLACK)
            # One path, filled once: runs drawn one by one show hairlines where they touch.
            path = [
                f"{left + column * step:.3f} {top - (row + 1) * step:.3f} {length * step:.3f} {step:.3f} re"
                for row, column, length in dark_runs(modules)
            ]
            self._out(" ".join([*path, "f"]))

    # -- Tags -------------------------------------------------------------------------------------

    @contextmanager
    def tagged(self, kind: str, *, alt: str | None = None) -> Iterator[None]:
        """Mark what is put on the page inside as one element (``H1``, ``P``, ``Figure``) for readers.

        fpdf2 tags pictures only, and a document in which words are left untagged is read out as
        if it were empty; so this opens the marked content itself.
        """
        number = self._marks[self.page]
        self._marks[self.page] += 1
        _, parents = self.struct_builder.add_marked_content(
            page_number=self.page, struct_type=f"/{kind}", mcid=number, alt_text=alt
        )
        self.pages[self.page].struct_parents = parents
        self._out(f"/{kind} <</MCID {number}>> BDC /Span <</Lang ({self.speaking})>> BDC")
        yield
        self._out("EMC EMC")

    @contextmanager
    def drawn(self) -> Iterator[None]:
        """Mark what is put on the page inside as ornament, which readers pass over."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")
