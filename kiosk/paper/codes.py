"""Lists of codes that have just been issued, for another program or an office's spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Sequence

from assets.languages import local
from models.codes import Form
from models.issued import IssuedCode, IssuedHalfDay

_NAMES = {Form.CARD: "token", Form.SHORT: "code"}


def neutral_cell(text: str) -> str:
    """The text as a spreadsheet takes it for text and never for a formula (P-22).

    Cells that begin with ``= + - @`` or a control character get an apostrophe in front.
    """
    if text and (text[0] in "=+-@" or unicodedata.category(text[0]) == "Cc"):
        return f"'{text}"
    return text


def _hours(half_day: IssuedHalfDay) -> tuple[str, str, str]:
    """ISO date, start and end on the corner's clock: ``2022-11-03``, ``08:30``, ``12:00``."""
    start, end = local(half_day.starts_at), local(half_day.ends_at)
    return start.date().isoformat(), f"{start:%H:%M}", f"{end:%H:%M}"


def codes_csv(codes: Sequence[IssuedCode]) -> bytes:
    """The codes as CSV: UTF-8 with BOM, ``;``, one header line.

    Columns are ``reference;name;code;half_days``, with ``token`` instead of ``code`` for cards. Half-days
    read ``2022-11-03 08:30-12:00`` and are joined by ``, ``. For both forms at once there are both columns.
    """
    forms = [form for form in (Form.SHORT, Form.CARD) if any(code.form is form for code in codes)]
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerow(["reference", "name", *(_NAMES[form] for form in forms or [Form.SHORT]), "half_days"])
    for code in codes:
        half_days = ", ".join("{} {}-{}".format(*_hours(half_day)) for half_day in code.half_days)
        letters = [code.letters if code.form is form else "" for form in forms]
        rows.writerow(neutral_cell(cell) for cell in (code.reference, code.name, *letters, half_days))
    return out.getvalue().encode("utf-8-sig")


def codes_json(codes: Sequence[IssuedCode]) -> str:
    """The codes as JSON: ``reference``, ``name``, ``code`` or ``token``, ``half_days`` with local hours."""
    rows = [
        {
            "reference": code.reference,
            "name": code.name,
            _NAMES[code.form]: code.letters,
            "half_days": [_half_day(half_day) for half_day in code.half_days],
        }
        for code in codes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _half_day(half_day: IssuedHalfDay) -> dict[str, str | None]:
    date, start, end = _hours(half_day)
    return {
        "id": half_day.id,
        "programme": half_day.programme,
        "corner": half_day.corner,
        "date": date,
        "start": start,
        "end": end,
        "room": half_day.room,
    }
