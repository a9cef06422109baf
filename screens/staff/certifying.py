"""Which days shall a certificate be about?"""

from __future__ import annotations

from datetime import date, timedelta

from assets.languages import N_, local
from models.documents import CertificateFor
from models.person import PersonPage
from screens.staff.choosing import ChoiceScreen
from screens.staff.frame import StaffScreen
from screens.staff.messages import PaperWanted

PERIODS = {
    "half_day": N_("Cette demi-journée"),
    "month": N_("Ce mois, jusqu'à aujourd'hui"),
    "before": N_("Le mois d'avant"),
    "all": N_("Depuis le début"),
}


def certify(screen: StaffScreen, page: PersonPage) -> None:
    """Ask for the days, then for a paper with the hours of this person."""
    on = local(page.half_day.starts_at).date()
    this_month = on.replace(day=1)
    end_of_last = this_month - timedelta(days=1)
    days: dict[str, tuple[date | None, date | None]] = {
        "half_day": (on, on),
        "month": (this_month, None),
        "before": (end_of_last.replace(day=1), end_of_last),
        "all": (None, None),
    }

    def chosen(word: str) -> None:
        screen.post_message(PaperWanted(screen, CertificateFor(page.person_id, *days[word])))

    answers = {word: screen.translate(label) for word, label in PERIODS.items()}
    lines = [page.name, screen.translate("Attester quels jours ?")]
    screen.open(ChoiceScreen(screen.frame, lines, answers, chosen))
