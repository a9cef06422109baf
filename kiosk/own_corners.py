"""The corners that the corner's own file says more of, ``corners.json``: read lightly, for the first paint.

``kiosk import`` writes it. It holds what the files have said of each corner, and nothing else: what ships
stays true where they say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from assets.facts import CornerFact, shipped_corners
from assets.languages import N_
from kiosk.trouble import Trouble

Said = Mapping[str, str]
"""What files have said of one corner: the name of a field of ``CornerFact``, and its value."""

_FIELDS = frozenset(field.name for field in fields(CornerFact)) - {"id"}


def said_of_corners(file: Path) -> dict[str, Said]:
    """What is kept of each corner, by id; nothing where there is no file.

    Raises:
        Trouble: the file is damaged.
    """
    try:
        kept = json.loads(file.read_text("utf-8"))["corners"]
        return {str(id_): _checked(id_, said) for id_, said in kept.items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Trouble(
            N_("Le fichier {file} est abîmé : retirez-le, puis importez à nouveau la liste des lieux."),
            file=file,
        ) from None


def _checked(id_: str, said: object) -> Said:
    """What is said of a corner, where that is whole."""
    if not isinstance(said, dict) or not said.keys() <= _FIELDS:
        raise ValueError("fields")
    if not all(isinstance(text, str) and text.isprintable() for text in said.values()):
        raise ValueError("text")
    if id_ not in shipped_corners() and not said.keys() >= {"name", "locality"}:
        raise ValueError("missing")
    return said


def corner_facts(said: Mapping[str, Said]) -> dict[str, CornerFact]:
    """The corners of which something is said, whole: with what ships where nothing is said."""
    shipped = shipped_corners()
    return {id_: corner_fact(id_, words, shipped.get(id_)) for id_, words in said.items()}


def corner_fact(id_: str, said: Said, known: CornerFact | None) -> CornerFact:
    """One corner, with what is said in the place of what is known."""
    before = {name: getattr(known, name) for name in _FIELDS} if known else {}
    return CornerFact(**{"id": id_, **before, **said})


def as_bytes(said: Mapping[str, Said]) -> bytes:
    """The file, the corners in the order of their ids."""
    text = json.dumps({"corners": dict(sorted(said.items()))}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()
