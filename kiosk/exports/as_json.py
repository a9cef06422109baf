"""A report as JSON: figures under their ids, for programs."""

from __future__ import annotations

import json
from typing import Any

from assets.languages import translator
from assets.review import BY_ID
from kiosk.exports.lines import Line, area_lines, lines_of
from models.review.report import Report, columns_of
from screens.assessment.wording import LEVELS, TOGETHER
from screens.staff.review_words import figure_number


def report_json(report: Report, corner_name: str, language: str) -> dict[str, Any]:
    """Minutes are whole numbers, a rate is a part of one; what is hidden, or cannot be, is null.

    The people of an area stand in the order of the levels. Of the network it is said which figures of a
    corner, or of the whole under "", are at least so many, and which corners have never told anything.
    """
    translate = translator(language)
    whole, *lines = lines_of(report, language)
    splits: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        if line.split is not None:
            splits.setdefault(line.split.value, []).append(
                {
                    "key": line.key,
                    "name": line.name,
                    "first": line.first.isoformat(),
                    "last": line.last.isoformat(),
                    "figures": _figures(line),
                }
            )
    found: dict[str, Any] = {
        "corner": report.corner_id,
        "corner_name": corner_name,
        "period": {
            "kind": report.period.kind.value,
            "first": report.period.first.isoformat(),
            "last": report.period.last.isoformat(),
        },
        "masked": report.masked,
        "figures": _figures(whole),
        "splits": splits,
        "levels": [translate(word) for word in (*LEVELS, TOGETHER)],
        "areas": [
            {"id": one.id, "name": one.name, "before": list(one.before), "after": list(one.after)}
            for one in area_lines(report, language)
        ],
        "definitions": {
            figure.id: {"name": translate(figure.name), "meaning": translate(figure.meaning)}
            for figure in columns_of(report)
        },
    }
    if report.network is not None:
        at_least = {corner: sorted(ids) for corner, ids in report.network.least.items() if ids}
        found["network"] = {"at_least": at_least, "never_seen": sorted(report.network.unheard)}
    return found


def json_file(report: Report, corner_name: str, language: str) -> bytes:
    """The same as a file."""
    told = json.dumps(report_json(report, corner_name, language), ensure_ascii=False, indent=2)
    return f"{told}\n".encode()


def _figures(line: Line) -> dict[str, float | None]:
    return {id_: figure_number(value, BY_ID[id_].unit) for id_, value in line.figures.items()}
