"""What the kiosk must never hold: national numbers, birth dates, addresses and nationalities.

Rule P-06: such columns and values are refused and named, and what they hold is never repeated.
"""

from __future__ import annotations

import re
from datetime import date

from assets.languages import Translate
from kiosk.importing.outcome import Unfit
from kiosk.importing.text import plain
from models.national_number import looks_like_national_number

_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[ ./_-]{1,2}(\d{1,2})[ ./_-]{1,2}(\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[ ./_-]{1,2}(\d{1,2})[ ./_-]{1,2}(\d{1,2})(?!\d)")
_MONTH_IN_WORDS = re.compile(
    r"(?<!\d)\d{1,2}(?:er)? ?(?:jan|fev|feb|mar|mrt|maa|avr|apr|mai|may|mei|juin|jun|juil|jul|aou|aug"
    r"|sep|oct|okt|nov|dec|dez)[a-z]*\.? ?(\d{4})(?!\d)"
)

YOUNGEST = 10
"""Years: a date longer ago than this may be a birth date; a younger one names a booking or a course."""

_STREET = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bld\.?|bd\.?|chaussee|chee|ch\.|place|allee|impasse|quai|square"
    r"|clos|dreve|sentier|ruelle|route|chemin|street|road) [^\W\d]"
    r"|\w{2,}(?:straat|laan|steenweg|plein|strasse|weg) \d"
)
_POSTCODE = re.compile(r"\b(?:b-)?[1-9]\d{3} [^\W\d]{3}")

_NAMES = frozenset({"first_name", "last_name", "booked_by"})
_CLOCK = frozenset({"date", "start", "end"})
_MAY_HOLD_A_DATE = _CLOCK | {"uid"}
_MAY_HOLD_AN_ADDRESS = _CLOCK | {"uid", "room", "workshop"}
_A_DIGIT = re.compile(r"[0-9]")


def refuse_personal(text: str, meaning: str, today: date, translate: Translate) -> None:
    """Refuse a value that says more of a person than a name.

    A national number is looked for in every column, a birth date and an address in those where
    neither belongs: a room may well be in a street.

    Raises:
        Unfit: with a sentence that does not repeat the value.
    """
    if text.isascii() and not _A_DIGIT.search(text):
        return
    if looks_like_national_number(text):
        raise Unfit(
            translate("Ceci ressemble à un numéro national : retirez-le, la borne ne doit pas le connaître.")
        )
    if meaning not in _MAY_HOLD_A_DATE and looks_like_birth_date(text, today):
        raise Unfit(
            translate(
                "Ceci ressemble à une date de naissance : retirez-la, la borne ne doit pas la connaître."
            )
        )
    if meaning not in _MAY_HOLD_AN_ADDRESS and looks_like_address(text, in_a_name=meaning in _NAMES):
        raise Unfit(
            translate("Ceci ressemble à une adresse : retirez-la, la borne ne doit pas la connaître.")
        )


def looks_like_birth_date(text: str, today: date) -> bool:
    """Whether the text holds a date that is long enough ago to be a birth."""
    text = plain(text)
    if any(1900 <= int(year) <= today.year - YOUNGEST for year in _MONTH_IN_WORDS.findall(text)):
        return True
    dates = [(year, month, day) for day, month, year in _DAY_FIRST.findall(text)]
    dates += _YEAR_FIRST.findall(text)
    return any(_is_long_ago(year, month, day, today) for year, month, day in dates)


def _is_long_ago(year: str, month: str, day: str, today: date) -> bool:
    on = int(year)
    if len(year) == 2:
        on += 2000 if on <= today.year % 100 else 1900
    try:
        date(on, int(month), int(day))
    except ValueError:
        return False
    return 1900 <= on <= today.year - YOUNGEST


def looks_like_address(text: str, *, in_a_name: bool) -> bool:
    """Whether the text has a street with a number, or in a name a postcode with a place."""
    text = plain(text)
    if not any(c.isdigit() for c in text):
        return False
    return bool(_STREET.search(text) or (in_a_name and _POSTCODE.search(text)))
