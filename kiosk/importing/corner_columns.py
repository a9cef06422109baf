"""What the headers of a list of corners mean, and how such a list is told from bookings."""

from __future__ import annotations

from assets.languages import Translate
from kiosk.importing import columns
from kiosk.importing.columns import Layout, placed
from kiosk.importing.text import squeezed

# The name of the field, then the French header.
_HEADERS = {
    "id": "identifiant",
    "name": "nom",
    "locality": "localité",
    "municipality": "commune",
    "province": "province",
    "address": "adresse",
}
MEANINGS = {squeezed(title): name for name, french in _HEADERS.items() for title in (name, french)}
"""Every known header without case, accents and blanks, and the field that it means."""

_OF_BOOKINGS = frozenset({"reference", "first_name", "programme", "date", "start", "end"})


def title(name: str) -> str:
    """The French header of a column, by which its operator knows it."""
    return _HEADERS.get(name, name)


def known(header: list[str]) -> set[str]:
    """The meanings that a line would have if it were the header of a list of corners."""
    return {MEANINGS[name] for title in header if (name := squeezed(title)) in MEANINGS}


def lists_corners(header: list[str]) -> bool:
    """Whether a header is that of a list of corners: an id and a name, and nothing of a booking."""
    return known(header) >= {"id", "name"} and not columns.known(header) & _OF_BOOKINGS


def layout(header: list[str], translate: Translate) -> Layout:
    """Understand the header of a list of corners, where an address is nobody's home.

    Raises:
        NotReadable: where two columns mean the same.
    """
    return placed(header, MEANINGS, translate, allowed="address")
