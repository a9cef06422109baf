"""The four languages: French is the source, the others are gettext catalogues beside this file.

A language is added by adding a catalogue and a line in ``formats.json``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

LANGUAGES = ("fr", "nl", "de", "en")
"""Every language of the kiosk, the source first."""

BRUSSELS = ZoneInfo("Europe/Brussels")
"""The zone in which times are shown and "today" is decided."""

_FOLDER = Path(__file__).parent


class Counted(NamedTuple):
    """A sentence that counts: said of one thing, and of several. Its number is the place ``{n}``.

    It stands wherever a sentence does: ``translate(Counted("{n} minute", "{n} minutes"), n=left)``.
    """

    one: str
    several: str


class Translate:
    """``t("Bonjour {name}", name=…)``: the sentence in one language, with its values filled in."""

    def __init__(self, lookup: Callable[[str], str], choose: Callable[[str, str, int], str]) -> None:
        self._lookup = lookup
        self._choose = choose

    def __call__(self, message: str | Counted, /, **values: object) -> str:
        """The sentence; where it counts, by the language's own rule for the number ``n``.

        Values are put in with ``str.format`` after translation, so a name with braces or brackets
        in it is text and nothing else.
        """
        if isinstance(message, Counted):
            text = self._choose(*message, cast(int, values["n"]))
        else:
            text = self._lookup(message)
        return text.format(**values) if values else text


@cache
def _formats() -> dict[str, dict[str, str]]:
    formats: dict[str, dict[str, str]] = json.loads((_FOLDER / "formats.json").read_text(encoding="utf-8"))
    return formats


def own_name(language: str) -> str:
    """A language's name in itself."""
    return _formats()[language]["name"]


@cache
def translator(language: str) -> Translate:
    """The translating function of a language; French for one that is not known."""
    if language == "fr" or language not in LANGUAGES:
        return Translate(str, _french)
    import gettext

    catalogue = gettext.translation("kiosk", _FOLDER, [language], fallback=True)
    return Translate(catalogue.gettext, catalogue.ngettext)


def _french(one: str, several: str, n: int) -> str:
    """French, which has no catalogue: nought and one are singular, unlike in the other three."""
    return one if n < 2 else several


def N_(message: str) -> str:
    """Mark a sentence for the catalogues where it is written as data and translated later."""
    return message


def room_name(room: str | None, language: str) -> str:
    """A room as people call it: "salle 2" and "Local B" say what they are, "2" and "B12" do not."""
    named = (room or "").strip()
    translate = translator(language)
    return translate("salle {room}", room=named) if named and " " not in named else named


def local(moment: datetime) -> datetime:
    """A moment as the corner's clock on the wall shows it."""
    return moment.astimezone(BRUSSELS)


def hour(moment: datetime, language: str) -> str:
    """An hour as people of that language write it: ``8 h 30``, ``8.30 uur``, ``8:30 Uhr``."""
    at = local(moment)
    return _hour(at.hour, at.minute, language)


@cache
def _hour(at: int, minute: int, language: str) -> str:
    """At most 1,440 a language, and nobody's: Babel takes a tenth of the way from the card to the name."""
    from babel.dates import format_time

    pattern = _formats()[language]["hour" if minute else "full_hour"]
    return format_time(time(at, minute), pattern, locale=language)


def hours(start: datetime, end: datetime, language: str) -> str:
    """From when to when: ``8 h 30 à 12 h``."""
    return _formats()[language]["range"].format(start=hour(start, language), end=hour(end, language))


def length(minutes: int, language: str) -> str:
    """How long something is: ``24 h 15``, ``3 h``, ``45 min``."""
    whole, rest = divmod(minutes, 60)
    pattern = "short_length" if not whole else "length" if rest else "full_length"
    return _formats()[language][pattern].format(hours=whole, minutes=rest)


def together(names: list[str], language: str) -> str:
    """Some names in one phrase: ``Awa, Luc et Mina``, with the language's own "and"."""
    from babel.lists import format_list

    return format_list(names, locale=language)


def day(moment: datetime | date, language: str, *, short: bool = False) -> str:
    """A day with its weekday: ``jeudi 3 novembre``, ``jeudi 1er décembre``; short: ``jeudi 3 nov.``."""
    return _day(moment, language, "short_day" if short else "day")


def date_short(moment: datetime | date, language: str) -> str:
    """A day where there is room for nothing else: ``3 nov.``, ``1er déc.``."""
    return _day(moment, language, "short_date")


def date_of(moment: datetime | date, language: str, *, year: bool) -> str:
    """A day without its weekday, where it is long ago or far away: ``3 novembre``, ``3 novembre 2022``."""
    said = _day(moment, language, "date")
    return f"{said} {_on(moment).year}" if year else said


def _on(moment: datetime | date) -> date:
    """The day of a moment."""
    return local(moment).date() if isinstance(moment, datetime) else moment


def _day(moment: datetime | date, language: str, form: str) -> str:
    from babel.dates import format_date

    on = _on(moment)
    formats = _formats()[language]
    pattern = formats[form]
    if on.day == 1:
        pattern = pattern.replace("d", formats.get("first", "d"))
    return format_date(on, pattern, locale=language)
