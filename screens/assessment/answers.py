"""The three answers, everywhere the same: same order, same key, the same words; and what is said of them."""

from __future__ import annotations

from assets.languages import N_

ANSWERS = (N_("Non"), N_("Oui, avec de l'aide"), N_("Oui, sans aide"))
"""By their value: not yet, with help, alone."""

NOT_UNDERSTOOD = N_("Je ne comprends pas")

GIVEN = {
    0: N_("pas encore"),
    1: N_("avec de l'aide"),
    2: N_("sans aide"),
    None: N_("pas compris"),
}
"""How an answer is said where it is looked at again."""

STARTER = (N_("Non"), N_("Oui"))
"""Answers to a question that counts for nothing."""
