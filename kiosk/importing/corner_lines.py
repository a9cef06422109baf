"""From the lines of a list of corners to what is known of each: taken or refused one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assets.facts import corners
from assets.languages import Translate
from kiosk.importing.columns import Layout, why_refused
from kiosk.importing.corner_columns import layout, title
from kiosk.importing.outcome import Naming, Unfit, UnfitLine
from kiosk.importing.tables import Row, Table
from kiosk.importing.text import clean, shown, squeezed
from kiosk.own_corners import Said, corner_fact
from models.lines import Refusal
from models.national_number import looks_like_national_number

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

_LONGEST = {"id": 40, "name": 44, "locality": 30, "municipality": 40, "province": 40, "address": 80}
"""Characters; a name stands beside the hour at the head of every screen, a locality in a sentence."""


@dataclass(frozen=True, slots=True)
class CornerLine:
    """One good line, and what came of it."""

    line: int
    new: bool
    changed: tuple[str, ...]
    """The fields of a known corner that it says otherwise."""


@dataclass(frozen=True, slots=True)
class CornersRead:
    """A list of corners after reading."""

    said: dict[str, Said]
    """What is known of each corner from files, this one and those before."""
    lines: list[CornerLine] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_corners(table: Table, before: Mapping[str, Said], translate: Translate) -> CornersRead:
    """What a list says, added to what files have said before; an empty cell says nothing.

    Raises:
        NotReadable: where two columns mean the same.
    """
    columns = layout(table.header, translate)
    read = CornersRead(dict(before), left_out=columns.left_out)
    for header, kind in columns.refused:
        read.refused.append(
            Refusal(line=table.header_line, column=header, message=why_refused(kind, translate))
        )
    known = _Known(columns, translate)
    for row in table.rows:
        try:
            given = _given(row, columns, translate)
            id_ = given.pop("id")
            line = known.take(row.line, id_, given)
        except UnfitLine as unfit:
            read.refused.append(Refusal(line=row.line, column=unfit.column, message=str(unfit)))
            continue
        read.lines.append(line)
        if line.new or line.changed:
            read.said[id_] = {**read.said.get(id_, {}), **given}
    return read


def _given(row: Row, columns: Layout, translate: Translate) -> dict[str, str]:
    """What the line says, each cell as text that may be kept."""
    if row.trouble:
        raise UnfitLine("", row.trouble)
    given: dict[str, str] = {}
    for meaning, place in columns.places.items():
        with Naming(columns.titles[meaning]):
            cell = row.cells[place] if place < len(row.cells) else None
            if text := _text(cell, _LONGEST[meaning], translate):
                given[meaning] = text
    for meaning in ("id", "name"):
        if meaning not in given:
            raise _empty(meaning, columns, translate)
    if not _ID.fullmatch(given["id"]):
        raise UnfitLine(
            columns.titles["id"],
            translate(
                "« {value} » n'est pas un identifiant :"
                " écrivez des lettres minuscules, des chiffres et des traits d'union.",
                value=shown(given["id"]),
            ),
        )
    return given


def _text(cell: object, longest: int, translate: Translate) -> str:
    """The text of a cell. A corner's address is nobody's home, but no place holds a national number."""
    text = clean(cell, translate, longest)
    if looks_like_national_number(text):
        raise Unfit(
            translate("Ceci ressemble à un numéro national : retirez-le, la borne ne doit pas le connaître.")
        )
    return text


def _empty(meaning: str, columns: Layout, translate: Translate) -> UnfitLine:
    return UnfitLine(
        columns.titles.get(meaning, title(meaning)),
        translate("Cette cellule est vide : remplissez-la."),
    )


class _Known:
    """The corners that are known, with those of the lines above."""

    def __init__(self, columns: Layout, translate: Translate) -> None:
        self._columns = columns
        self.translate = translate
        self._facts = dict(corners())
        self._at: dict[str, int] = {}
        self._whose = {squeezed(name): one.id for one in self._facts.values() for name in (one.name, one.id)}

    def take(self, line: int, id_: str, given: Said) -> CornerLine:
        """Hold a line against what is known.

        Raises:
            UnfitLine: it contradicts a line above, lacks a locality, or bears the name of another.
        """
        before = self._facts.get(id_)
        if before is None and "locality" not in given:
            raise _empty("locality", self._columns, self.translate)
        changed = tuple(name for name, text in given.items() if before and getattr(before, name) != text)
        if id_ in self._at and changed:
            raise UnfitLine(
                self._columns.titles["id"],
                self.translate(
                    "La ligne {earlier} dit autre chose de ce lieu : gardez l'une des deux.",
                    earlier=self._at[id_],
                ),
            )
        names = squeezed(id_), squeezed(given["name"])
        other = next((whose for name in names if (whose := self._whose.get(name, id_)) != id_), None)
        if other is not None:
            raise UnfitLine(
                self._columns.titles["name"],
                self.translate(
                    "Le lieu {other} s'appelle déjà ainsi : choisissez un autre nom.", other=other
                ),
            )
        self._whose |= dict.fromkeys(names, id_)
        self._at[id_] = line
        self._facts[id_] = corner_fact(id_, given, before)
        return CornerLine(line, before is None, changed)
