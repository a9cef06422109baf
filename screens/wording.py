"""The words of an outcome in one language, filled in; also what ``kiosk checkin`` prints."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from math import ceil

from assets.facts import corners, hotline, programmes
from assets.languages import Counted, day, hour, hours, room_name, together, translator
from assets.outcomes import OUTCOMES
from models.answers import Outcome, Sitting
from models.words import Answer


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one outcome."""

    sign: str
    tone: str
    title: str
    name: str
    says: tuple[str, ...]
    then: tuple[str, ...]
    stays: int

    @property
    def message(self) -> str:
        """Everything in one line."""
        parts = (self.title, *self.says, *self.then)
        return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def words(outcome: Outcome, language: str, seconds_left: float | None = None) -> Words:
    """The words of an outcome; ``seconds_left`` overrides how long a pause still lasts."""
    return _words(
        _key(outcome, seconds_left),
        _places(outcome, language, seconds_left),
        language,
        join=bool(outcome.can_join),
    )


def _key(outcome: Outcome, left: float | None) -> str:
    """Which words: three of the answers are said in two ways."""
    past = outcome.half_day is not None and outcome.half_day.ends_at <= outcome.at
    if outcome.answer is Answer.OTHER_DAY and past:
        return "other_day_past"
    if outcome.answer is Answer.PAUSE and left is not None and left <= 0:
        return "pause_over"
    if outcome.answer is Answer.FULL and outcome.can_join:
        return "full_elsewhere_free"
    return str(outcome.answer)


def not_saved(language: str) -> Words:
    """The words for an arrival that could not be stored."""
    return _words("not_saved", {}, language, join=False)


def patience(language: str) -> Words:
    """The words while the database keeps somebody waiting."""
    return _words("patience", {}, language, join=False)


def what(sitting: Sitting, language: str) -> str:
    """The programme's plain name: ``Atelier SmartJob``."""
    programme = programmes().get(sitting.programme)
    return programme.name(language) if programme else sitting.programme


def when(sitting: Sitting, language: str) -> str:
    """Day and hour of the start: ``jeudi 3 novembre, 8 h 30``."""
    return f"{day(sitting.starts_at, language)}, {hour(sitting.starts_at, language)}"


def where(sitting: Sitting, language: str) -> str:
    """What and where, in one line: ``Atelier SmartJob · salle 2``."""
    name = what(sitting, language)
    room = room_name(sitting.room, language)
    return f"{name} · {room}" if room else name


def hours_and_whom(sitting: Sitting, language: str) -> str:
    """From when to when, and with whom where that is known: ``8 h 30 à 12 h · avec Awa et Luc``."""
    time = hours(sitting.starts_at, sitting.ends_at, language)
    names = [name for part in sitting.facilitators.split(",") if (name := part.strip())]
    if not names:
        return time
    translate = translator(language)
    whom = translate("avec {names}", names=together(names, language))
    return f"{time} · {whom}"


def _words(key: str, places: dict[str, str], language: str, *, join: bool) -> Words:
    text = OUTCOMES[key]
    says, then = text.says, text.then
    if join and text.join:
        # Twenty-five words a screen: the free place today matters more than the rest.
        says, then = says[:1], (text.join,)
    return Words(
        sign=text.sign,
        tone=text.tone,
        title=_filled(text.title, places, language),
        name=places.get("name", ""),
        says=tuple(said for sentence in says if (said := _filled(sentence, places, language))),
        then=tuple(said for sentence in then if (said := _filled(sentence, places, language))),
        stays=text.stays,
    )


def _filled(sentence: str, places: dict[str, str], language: str) -> str:
    """A sentence with its places filled in; empty where one of them is unknown."""
    needed = _needed(sentence)
    if not needed <= places.keys():
        return ""
    translate = translator(language)
    return translate(sentence, **{name: places[name] for name in needed})


@cache
def _needed(sentence: str) -> frozenset[str]:
    """The places in one of the house's own sentences."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def _places(outcome: Outcome, language: str, seconds_left: float | None) -> dict[str, str]:
    """What the sentences may need to be filled in, as far as it is known."""
    places = {"hotline": hotline()}
    if outcome.person:
        places["name"] = outcome.person.name
    if sitting := outcome.half_day:
        places["where"] = where(sitting, language)
        places["hours"] = hours(sitting.starts_at, sitting.ends_at, language)
        places["day"] = day(sitting.starts_at, language)
        places["start"] = hour(sitting.starts_at, language)
        places["end"] = hour(sitting.ends_at, language)
        if corner := corners().get(sitting.corner_id):
            places["locality"] = corner.locality
    if outcome.arrived_at:
        places["since"] = hour(outcome.arrived_at, language)
    if outcome.opens_at:
        places["opens"] = hour(outcome.opens_at, language)
    if outcome.next_dates:
        places["next"] = when(outcome.next_dates[0], language)
    if outcome.until:
        left = (outcome.until - outcome.at).total_seconds() if seconds_left is None else seconds_left
        places["left"] = duration(left, language)
    return places


def duration(seconds: float, language: str) -> str:
    """A waiting time in words: minutes above one and a half, else seconds."""
    translate = translator(language)
    if seconds > 90:
        return translate(Counted("{n} minute", "{n} minutes"), n=ceil(seconds / 60))
    return translate(Counted("{n} seconde", "{n} secondes"), n=ceil(seconds))
