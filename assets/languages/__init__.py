"""The four languages: French is the source, the others are gettext catalogues beside this file.

A language is added by adding a catalogue and a line in ``formats.json``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

LANGUAGES = ("fr", "nl", "de", "en")
"""Every language of the kiosk, the source first."""

BRUSSELS = ZoneInfo("Europe/Brussels")
"""The zone in which times are shown and "today" is decided."""

_FOLDER = Path(__file__).parent

Translate = Callable[..., str]
"""``t("Bonjour {name}", name=…)``: the sentence in one language, with its values filled in."""


@cache
def _formats() -> dict[str, dict[str, str]]:
    formats: dict[str, dict[str, str]] = json.loads((_FOLDER / "formats.json").read_text(encoding="utf-8"))
    return formats


def own_name(language: str) -> str:
    """A language's name in itself."""
    return _formats()[language]["name"]


@cache
def translator(language: str) -> Translate:
    """The translating function of a language; French for one that is not known.

    Values are put in with ``str.format`` after translation, so a name with braces or brackets
    in it is text and nothing else.
    """
    lookup: Callable[[str], str] = str
    if language in LANGUAGES and language != "fr":
        import gettext

        lookup = gettext.translation("kiosk", _FOLDER, [language], fallback=True).gettext

    def translate(message: str, **values: object) -> str:
        text = lookup(message)
        return text.format(**values) if values else text

    return translate


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


def together(names: list[str], language: str) -> str:
    """Some names in one phrase: ``Awa, Luc et Mina``, with the language's own "and"."""
    from babel.lists import format_list

    return format_list(names, locale=language)


def day(moment: datetime | date, language: str, *, short: bool = False) -> str:
    """A day with its weekday: ``jeudi 3 novembre``; short: ``jeudi 3 nov.``."""
    from babel.dates import format_date

    on = local(moment).date() if isinstance(moment, datetime) else moment
    return format_date(on, _formats()[language]["short_day" if short else "day"], locale=language)
