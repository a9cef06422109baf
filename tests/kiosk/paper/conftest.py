"""Codes to print, and a way to look at the printed pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from models.codes import Form, new_short_code, new_token
from models.issued import IssuedCode, IssuedHalfDay

MM = 25.4 / 72

MADE_AT = datetime(2022, 10, 28, 9, 15, tzinfo=UTC)


@pytest.fixture
def made_at() -> datetime:
    return MADE_AT


@pytest.fixture(scope="session")
def half_day():
    def make(days=0, *, programme="awareness", corner="charleroi", room="salle 2", utc="07:30"):
        starts_at = datetime.fromisoformat(f"2022-11-03T{utc}+00:00") + timedelta(days=days)
        ends_at = starts_at + timedelta(hours=3.5)
        return IssuedHalfDay(f"half-day-{days}", corner, programme, starts_at, ends_at, room)

    return make


@pytest.fixture(scope="session")
def issued(half_day):
    def make(
        first="Binta", last="Ouédraogo", *, form=Form.CARD, language="fr", half_days=None, reference="R-4711"
    ):
        return IssuedCode(
            form=form,
            letters=new_token() if form is Form.CARD else new_short_code(),
            reference=reference,
            first_name=first,
            last_name=last,
            language=language,
            half_days=tuple([half_day()] if half_days is None else half_days),
            earlier=(),
            id="0" * 32,
        )

    return make


@dataclass(frozen=True)
class PrintedText:
    """One line of print: its box in mm from the top left corner, and its size in points."""

    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass
class PrintedPage:
    """What can be seen on a page; measures in mm."""

    width: float
    height: float
    text: str
    lines: list[PrintedText]
    pixels: np.ndarray
    """At 300 dpi."""
    tags: list[tuple[str, str]]
    """Kind and alternative text of each tagged element, in reading order."""

    @property
    def codes(self) -> list[zxingcpp.Barcode]:
        return zxingcpp.read_barcodes(self.pixels)

    def overlaps(self, slack: float = 0.3) -> list[tuple[PrintedText, PrintedText]]:
        """Pairs of lines whose ink meets by more than ``slack`` mm in both directions."""
        return [
            (a, b)
            for a, b in combinations(self.lines, 2)
            if min(a.right, b.right) - max(a.left, b.left) > slack
            and min(a.bottom, b.bottom) - max(a.top, b.top) > slack
        ]


@dataclass
class PrintedFile:
    title: str
    language: str
    tagged: bool
    pages: list[PrintedPage] = field(default_factory=list)
    fonts: dict[str, bool] = field(default_factory=dict)
    """Name of each font and whether it is inside the file."""

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def _wide(read, *what) -> str:
    """A UTF-16 text out of one of PDFium's functions that fill a buffer."""
    length = read(*what, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(*what, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)) if read in _TYPED else buffer, length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


_TYPED = (pdfium.FPDFCatalog_GetLanguage,)


def _tags(page: pypdfium2.PdfPage) -> list[tuple[str, str]]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    document = pdfium.FPDF_StructTree_GetChildAtIndex(tree, 0)
    found = []
    for index in range(pdfium.FPDF_StructElement_CountChildren(document)):
        element = pdfium.FPDF_StructElement_GetChildAtIndex(document, index)
        if element:
            kind = _wide(pdfium.FPDF_StructElement_GetType, element)
            found.append((kind, _wide(pdfium.FPDF_StructElement_GetAltText, element)))
    pdfium.FPDF_StructTree_Close(tree)
    return found


def _font(text_object: pypdfium2.PdfObject) -> tuple[str, bool]:
    font = pdfium.FPDFTextObj_GetFont(text_object)
    buffer = ctypes.create_string_buffer(100)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 100)
    return buffer.value.decode(), pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _line(text_object: pypdfium2.PdfObject, height: float) -> PrintedText:
    left, bottom, right, top = (edge * MM for edge in text_object.get_bounds())
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text_object, size)
    return PrintedText(left, height - top, right, height - bottom, size.value)


@pytest.fixture(scope="session")
def look():
    """Open a PDF and see what is on its pages."""

    def look_at(data: bytes, *, draw: bool = True) -> PrintedFile:
        with _opened(data) as document:
            file = PrintedFile(
                title=document.get_metadata_dict()["Title"],
                language=_wide(pdfium.FPDFCatalog_GetLanguage, document),
                tagged=bool(pdfium.FPDFCatalog_IsTagged(document)),
            )
            for page in document:
                width, height = (side * MM for side in page.get_size())
                words = [found for found in page.get_objects() if found.type == pdfium.FPDF_PAGEOBJ_TEXT]
                file.fonts.update(_font(word) for word in words)
                pixels = page.render(scale=300 / 72).to_numpy() if draw else np.zeros((1, 1, 3), np.uint8)
                text = page.get_textpage().get_text_range()
                lines = [_line(word, height) for word in words]
                file.pages.append(PrintedPage(width, height, text, lines, pixels.copy(), _tags(page)))
            return file

    return look_at
