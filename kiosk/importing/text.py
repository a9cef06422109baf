"""Text as people and spreadsheets leave it, made comparable, storable and safe to show."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache

from assets.languages import Translate
from kiosk.importing.outcome import Unfit

LONGEST = 80
"""Characters that a text may have; ``models.lines.Text`` holds to the same number."""

SHOWN = 40
"""Characters of a value that a message repeats at most."""


class Gap(Enum):
    """What stands in a cell that has something in it, but no value."""

    UNCOMPUTED = "a formula whose result was never saved"


# Word processors and web pages leave these behind; nobody sees them, so nobody could correct them.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

# What a spreadsheet writes where a formula failed: #N/A, #REF!, #NOM?, #DIV/0!
_SPREADSHEET_ERROR = re.compile(r"#(?:N/A|[A-Z0/]+[!?])")

# A double holds fifteen digits; a longer number in a spreadsheet has lost its last ones.
_EXACT = 10**15


def plain(text: str) -> str:
    """Text without case and accents, for comparing."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.casefold()


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Text without case, accents, blanks, underscores and punctuation, for comparing names."""
    return "".join(c for c in plain(text) if c.isalnum())


def shown(text: str) -> str:
    """Text as a message may repeat it: one line, printable, no longer than ``SHOWN``."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def clean(cell: object, translate: Translate, longest: int = LONGEST) -> str:
    """The text of a cell in its one form: NFC, trimmed, inner blanks and line breaks as one blank.

    An empty cell is an empty text. Brackets, formulas and braces are text like any other.

    Raises:
        Unfit: for characters that are no text, for a number or formula that cannot be trusted, and
            for more than ``longest`` characters.
    """
    text = cell if isinstance(cell, str) else _written(cell, translate)
    if not text.isprintable():
        text = text.translate(_INVISIBLE)
        if any(_is_no_text(c) for c in text):
            raise Unfit(translate("Ce texte contient un signe de commande ou illisible : retapez-le."))
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if "\ufffd" in text:
        raise Unfit(
            translate("Une lettre de ce texte est perdue : retapez-la et enregistrez le fichier en UTF-8.")
        )
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise Unfit(translate("Le tableur montre ici une erreur : corrigez la formule de cette cellule."))
    if len(text) > longest:
        raise Unfit(
            translate("Ce texte est trop long : raccourcissez-le à {longest} signes.", longest=longest)
        )
    return text


def _is_no_text(character: str) -> bool:
    """Control and format characters, direction overrides, lone surrogates, private and unassigned ones."""
    return character not in "\t\n\v\f\r" and unicodedata.category(character)[0] == "C"


def _written(cell: object, translate: Translate) -> str:
    """A typed cell as a person would write it down."""
    if cell is None:
        return ""
    if cell is Gap.UNCOMPUTED:
        raise Unfit(
            translate(
                "Cette formule n'a pas de résultat enregistré :"
                " ouvrez le fichier dans le tableur et enregistrez-le."
            )
        )
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not abs(cell) < _EXACT:
            raise Unfit(
                translate(
                    "Ce nombre est trop long pour le tableur : mettez la colonne au format texte"
                    " et retapez-le."
                )
            )
        return str(int(cell)) if cell == int(cell) else str(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return str(cell)
    raise Unfit(
        translate("Cette cellule ne contient pas de texte : mettez-la au format texte et retapez-la.")
    )
