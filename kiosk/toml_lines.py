"""Where in a TOML file something stands, and what is allowed there: for sentences that name a line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_HEADER = re.compile(r"\s*\[\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[^=\s"']+|"[^"]*"|'[^']*')+)\s*=""")


def line_of(file: Path, path: list[str]) -> int | None:
    """The line of a TOML file on which a key or a table stands; tomllib keeps none."""
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return None
    table = ""
    wanted = ".".join(path)
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _bare(header.group(1))
            if table == wanted:
                return number
        elif key := _KEY.match(line):
            name = _bare(key.group(1))
            if wanted == (f"{table}.{name}" if table else name):
                return number
    return None


def _bare(name: str) -> str:
    """A dotted name without quotes and blanks."""
    return re.sub(r"""["'\s]""", "", name)


def rule_of(error: Any) -> str:  # noqa: ANN401 (pydantic's error details)
    """What is allowed instead of a wrong value, in words that need no translation."""
    context = error.get("ctx", {})
    if "expected" in context:
        return str(context["expected"]).replace(" or ", " | ").replace(", ", " | ").replace("'", "")
    signs = (("ge", "≥"), ("gt", ">"), ("le", "≤"))
    bounds = [f"{sign} {context[key]}" for key, sign in signs if key in context]
    if bounds:
        return " ".join(bounds)
    kind = error["type"].partition("_")[0]
    return {"bool": "true | false", "string": '"…"', "model": "[…]"}.get(kind, "1, 2, 3 …")
