"""What is said where a walk-in and a known person were not made one."""

from assets.languages import N_
from models.merging import NotMerged

NOT_MERGED = {
    NotMerged.SAME: N_("C'est déjà la même personne."),
    NotMerged.NOT_A_WALK_IN: N_("Cette personne a déjà une référence : rien n'est changé."),
    NotMerged.NOT_KNOWN: N_("Choisissez une personne qui a une référence."),
    NotMerged.MERGED: N_("L'une des deux est déjà réunie à une autre : rien n'est changé."),
    NotMerged.NOT_YET: N_("Il n'y a rien à séparer."),
    NotMerged.NEEDS_REASON: N_("Donnez une raison : rien n'est changé."),
}
