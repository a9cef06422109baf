"""The light before the doors open: its signals, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assets.languages import N_, Counted, Translate

SIGNALS = {
    "database": N_("Base"),
    "clock": N_("Horloge"),
    "disk": N_("Disque"),
    "roster": N_("Liste du jour"),
    "scanner": N_("Lecteur de cartes"),
    "printer": N_("Imprimante"),
    "backup": N_("Sauvegarde"),
    "sync": N_("Synchronisation"),
}
"""What is looked at, the most urgent first."""


class Light(StrEnum):
    """What a signal says."""

    GOOD = "good"
    ACT = "act"
    """Something is to be done before the doors open."""
    NOTE = "note"
    """Something to know: the doors can open."""


SIGNS = {Light.GOOD: "✓", Light.ACT: "!", Light.NOTE: "…"}


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was looked at."""

    what: str
    """A word of ``SIGNALS``."""
    light: Light
    says: str | Counted
    """One sentence: what is so, and what to do where something is to be done."""
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, translate: Translate) -> str:
        """The sentence in a language."""
        return translate(self.says, **self.values)


def summary(signals: Sequence[Signal], translate: Translate) -> tuple[Light, str]:
    """One line: ready, or the most urgent thing to do and how many more there are."""
    order = list(SIGNALS)
    acts = sorted((one for one in signals if one.light is Light.ACT), key=lambda one: order.index(one.what))
    if acts:
        said = f"{SIGNS[Light.ACT]} {acts[0].told(translate)}"
        if more := len(acts) - 1:
            said += " " + translate(Counted("Et {n} autre point.", "Et {n} autres points."), n=more)
        return Light.ACT, said
    roster = next((one.told(translate) for one in signals if one.what == "roster"), "")
    return Light.GOOD, f"{SIGNS[Light.GOOD]} " + translate("Prêt pour aujourd'hui : {roster}", roster=roster)


def roster_signal(half_days: int, expected: int, translate: Translate) -> Signal:
    """The day's half-days and who has a place in them."""
    if not half_days:
        return Signal("roster", Light.GOOD, N_("pas d'atelier."))
    if not expected:
        return Signal(
            "roster", Light.ACT, N_("Personne n'est sur la liste du jour : importez les réservations.")
        )
    workshops = translate(Counted("{n} atelier", "{n} ateliers"), n=half_days)
    people = translate(Counted("{n} personne attendue", "{n} personnes attendues"), n=expected)
    return Signal("roster", Light.GOOD, "{workshops}, {people}.", {"workshops": workshops, "people": people})
