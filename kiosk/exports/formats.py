"""The formats in which a report is taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kiosk.exports.lines import lines_of
from models.review.period import Kind, Period
from models.review.report import Report

Writer = Callable[[Report, str, str, datetime], bytes]
"""Makes the bytes of a report, with the corner's name, the language, and the moment of making."""


@dataclass(frozen=True, slots=True)
class Export:
    """A report as a file."""

    name: str
    data: bytes
    rows: int
    """Lines with figures in it, the whole included."""

    @property
    def hash(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.data).hexdigest()


def export(report: Report, format_: str, corner_name: str, language: str, made_at: datetime) -> Export:
    """Write a report in one of the formats.

    Raises:
        KeyError: there is no such format.
    """
    data = _writer(format_)(report, corner_name, language, made_at)
    rows = sum(1 for _ in lines_of(report, language))
    return Export(export_name(report, format_), data, rows)


def export_name(report: Report, format_: str) -> str:
    """``rapport-charleroi-2026-11.pdf``: the same period and format is the same name."""
    if report.network is not None:
        return f"rapport-reseau-{_named(report.period)}.{format_}"
    outside = "-externe" if report.masked else ""
    return f"rapport-{report.corner_id}-{_named(report.period)}{outside}.{format_}"


def _named(period: Period) -> str:
    first = period.first
    match period.kind:
        case Kind.MONTH:
            return f"{first:%Y-%m}"
        case Kind.QUARTER:
            return f"{first.year}-T{(first.month + 2) // 3}"
        case Kind.YEAR:
            return str(first.year)
    return f"{first}-{period.last}"


def _writer(format_: str) -> Writer:
    """Each is read when it is wanted first."""
    match format_:
        case "pdf":
            from kiosk.paper.report import report_pdf

            return lambda report, corner, language, made_at: report_pdf(
                report, corner_name=corner, made_at=made_at, language=language
            )
        case "xlsx":
            from kiosk.exports.workbook import workbook_file

            return workbook_file
        case "csv":
            from kiosk.exports.delimited import csv_file

            return lambda report, corner, language, _: csv_file(report, corner, language)
        case "json":
            from kiosk.exports.as_json import json_file

            return lambda report, corner, language, _: json_file(report, corner, language)
    raise KeyError(format_)
