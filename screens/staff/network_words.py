"""The words of the network: when a corner was heard, what its kiosks have to say, and its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from assets.languages import N_, Counted, hour, local, translator
from assets.review import BY_ID, Split
from models.network.told import CornerDay
from models.network.view import Corner, Hearing, KioskHeard, Network
from models.review.report import Report, hides, is_least, is_unheard
from screens.staff.review_words import NOTHING, figure_said, hidden

NETWORK_NAME = N_("Réseau des SmartCorners")
"""What stands in files where else the corner's name does."""

TOO_FAR = 120
"""Seconds that a clock may be off before it is said (P-38)."""

DAY = {
    "planned": (N_("Demi-journées"), N_("Demi-journées prévues ce jour-là.")),
    "over": (N_("Terminées"), N_("Parmi elles, celles dont l'heure de fin est passée.")),
    "closed": (N_("Clôturées"), N_("Parmi les terminées, celles qui sont signées ou n'ont rien à signer.")),
}
"""What is told of a corner's day, and what it means."""


def heard_said(corner: Corner, now: datetime, language: str) -> str:
    """When a corner was heard: ``● en ligne``, ``● à 8 h 21``, ``○ muet depuis 3 jours``, ``○ jamais vu``."""
    sign = "○" if corner.hearing(now) in (Hearing.SILENT, Hearing.NEVER) else "●"
    return f"{sign} {_when(corner, now, language)}"


def _when(corner: Corner, now: datetime, language: str) -> str:
    translate, hearing, seen = translator(language), corner.hearing(now), corner.last_seen
    if seen is None:
        return translate("jamais vu")
    if hearing is Hearing.LIVE:
        return translate("en ligne")
    if hearing is Hearing.SILENT:
        silent = Counted("muet depuis {n} jour", "muet depuis {n} jours")
        return translate(silent, n=(now - seen).days)
    if local(seen).date() == local(now).date():
        return translate("à {hour}", hour=hour(seen, language))
    return translate("hier à {hour}", hour=hour(seen, language))


def day_figures(corner: Corner, on: date) -> tuple[str, ...]:
    """The figures of a corner's day; nothing where it has never told anything."""
    if corner.since is None:
        return (NOTHING,) * len(DAY)
    return _day_said(corner.days.get(on, CornerDay(0, 0, 0, 0)))


def day_of_all(network: Network, on: date) -> tuple[str, ...]:
    """The figures of a day in the whole network; at least so many, where a corner has never told anything."""
    said = _day_said(network.day(on))
    if all(corner.since is not None for corner in network.corners):
        return said
    return tuple(f"≥ {figure}" for figure in said)


def _day_said(day: CornerDay) -> tuple[str, ...]:
    """The figures of a day."""
    return tuple(str(getattr(day, id_)) for id_ in DAY)


def network_figure(report: Report, corner: str, id_: str, language: str) -> str:
    """A figure of a corner, or of the whole under "": ``412``, ``≥ 40``, ``masqué``; none: ``–``."""
    if is_unheard(report, corner):
        return NOTHING
    rows = {row.key: row.tally for row in report.rows[Split.CORNER]}
    tally = rows[corner] if corner else report.whole
    if hides(report, tally.figure, id_):
        return hidden(language)
    said = figure_said(tally.figure(id_), BY_ID[id_].unit, language)
    return f"≥ {said}" if is_least(report, corner, id_) else said


def corner_said(corner: Corner, language: str) -> str:
    """What there is to know of a corner's kiosks, in a few words each."""
    translate = translator(language)
    working = corner.working
    parts = [translate(Counted("{n} borne", "{n} bornes"), n=len(working))]
    if pending := sum(one.pending for one in working):
        parts.append(translate("à envoyer : {n}", n=pending))
    if refused := sum(one.refused for one in working):
        parts.append(translate(Counted("{n} ligne refusée", "{n} lignes refusées"), n=refused))
    if corner.conflicts:
        parts.append(translate(Counted("{n} désaccord", "{n} désaccords"), n=corner.conflicts))
    if versions := sorted({one.version for one in working if one.version}):
        parts.append(translate("version {found}", found=", ".join(versions)))
    return " · ".join([*parts, *_of_kiosks(working, language)])


def _of_kiosks(kiosks: tuple[KioskHeard, ...], language: str) -> Iterator[str]:
    """What is said of one kiosk by its name: never heard, or a clock that is off."""
    translate = translator(language)
    for one in kiosks:
        if one.last_seen is None:
            yield translate("{name} : jamais vue", name=one.name)
        elif abs(seconds := one.skew.total_seconds()) > TOO_FAR:
            minutes = round(abs(seconds) / 60)
            yield translate(_AHEAD if seconds > 0 else _BEHIND, name=one.name, n=minutes)


_AHEAD = Counted("{name} : horloge en avance de {n} minute", "{name} : horloge en avance de {n} minutes")
_BEHIND = Counted("{name} : horloge en retard de {n} minute", "{name} : horloge en retard de {n} minutes")
