"""What is said of an erasure: why, what goes, what stays."""

from __future__ import annotations

from assets.languages import N_, Counted

WHY = {
    "asked": N_("La personne le demande"),
    "long_ago": N_("Trop ancien"),
    "mistake": N_("Dossier fait par erreur"),
}
"""The words of ``models.words.ERASURES`` that somebody can choose."""

GOES = {
    "walk_ins": Counted("{n} autre prénom", "{n} autres prénoms"),
    "codes": Counted("{n} carte ou code", "{n} cartes ou codes"),
    "advice": Counted("{n} orientation et note", "{n} orientations et notes"),
    "steps": Counted("{n} étape cochée", "{n} étapes cochées"),
    "to_come": Counted("{n} place à venir", "{n} places à venir"),
}
STAYS = {
    "half_days": Counted("{n} demi-journée", "{n} demi-journées"),
    "assessments": Counted("{n} auto-évaluation", "{n} auto-évaluations"),
}
"""What is counted of an erasure, by the name of its field."""
