"""What the person's page says beside the ledger: what is open, what was signed, what is on file."""

from __future__ import annotations

from collections.abc import Iterator

from assets.facts import programmes
from assets.languages import N_, day, hour, hours, length, own_name, translator
from models.figures import Standing
from models.person import NearBooking, PersonPage, Signed
from models.reckoning import PRESENT
from screens.staff.closing_words import NOT_LISTED, span
from screens.staff.words import state_words
from screens.wording import what

AUDIENCES = {
    "jobseeker": N_("Cherche un emploi"),
    "retraining": N_("Change de métier"),
    "student": N_("Finit ses études"),
}
"""The words of ``models.words.AUDIENCES``, as one says them of somebody."""


def note_lines(page: PersonPage, language: str) -> list[str]:
    """What somebody must know before they touch anything: at most two lines."""
    translate = translator(language)
    notes = []
    if page.signed is not None and page.differs:
        then, now = _then_and_now(page, page.signed, language)
        notes.append(translate("À la clôture : {then}. Maintenant : {now}.", then=then, now=now))
    about = []
    if page.status == "waiting":
        about.append(translate("Attend une place"))
    elif page.walked_in:
        about.append(
            translate("Sans réservation") if page.confirmed else translate("Sans réservation, à confirmer")
        )
    if page.status == "cancelled":
        about.append(translate("Réservation annulée"))
    if page.merged:
        about.append(translate("Aussi sous le nom {name}", name=", ".join(page.merged)))
    if page.signed is not None and not page.differs:
        about.append(translate("Demi-journée clôturée"))
    if page.orientation is not None:
        about.append(
            translate("Orientation : {programme}", programme=_programme(page.orientation.programme, language))
        )
    return [*notes, " · ".join(about)] if about else notes


def signed_words(page: PersonPage, language: str) -> str:
    """What was signed, and what the ledger says now where that is something else."""
    translate, signed = translator(language), page.signed
    if signed is None:
        return ""
    told = {
        "day": day(signed.at, language, short=True),
        "hour": hour(signed.at, language),
        "name": signed.by or translate("l'équipe"),
    }
    if signed.before is None or (signed.before == Standing() and not page.differs):
        return translate("Clôturé {day} à {hour} par {name}.", **told)
    then, now = _then_and_now(page, signed, language)
    if not page.differs:
        return translate("Clôturé {day} à {hour} par {name} : {then}.", **told, then=then)
    return translate(
        "Clôturé {day} à {hour} par {name} : {then}. Maintenant : {now}.", **told, then=then, now=now
    )


def _then_and_now(page: PersonPage, signed: Signed, language: str) -> tuple[str, str]:
    """What the figures said when they were signed, and what they say now."""
    before = signed.before or Standing()
    after = signed.after or before
    if page.differs and (before.state, before.minutes) == (after.state, after.minutes):
        return span(before, language), span(after, language)
    # Whoever is there may be so after the hour: the figures do not depend on the tolerance, the page does.
    state = page.reckoning.state if after.state == PRESENT else after.state
    other = before.state != after.state
    then = _standing(before, before.state, language, with_state=other)
    return then, _standing(after, state, language, with_state=other)


def _standing(standing: Standing, state: str, language: str, *, with_state: bool) -> str:
    said = []
    if with_state or standing.arrived is None:
        said.append(state_words(state, language) if state else translator(language)(NOT_LISTED))
    if standing.arrived is not None:
        said.append(length(standing.minutes, language))
    return ", ".join(said)


def file_lines(page: PersonPage, language: str) -> list[str]:
    """The file of a person, most useful first."""
    return [page.name, *_file(page, language)]


def _file(page: PersonPage, language: str) -> Iterator[str]:
    translate = translator(language)
    about = [page.reference] if page.known else [translate("Sans dossier")]
    about += [own_name(page.language), translate(AUDIENCES.get(page.audience, page.audience))]
    yield " · ".join(about)
    codes = []
    if page.card is not None:
        codes.append(translate("Carte depuis {day}", day=day(page.card, language, short=True)))
    if page.short_code is not None:
        codes.append(translate("Code depuis {day}", day=day(page.short_code, language, short=True)))
    yield " · ".join(codes) or translate("Ni carte ni code")
    if page.orientation is not None:
        advice = page.orientation
        parts = [
            translate("Orientation : {programme}", programme=_programme(advice.programme, language)),
            advice.note,
            advice.by,
            day(advice.at, language, short=True),
        ]
        yield " · ".join(part for part in parts if part)
    if page.merged:
        yield translate("Aussi sous le nom {name}", name=", ".join(page.merged))
    for booking in page.near:
        yield _booking(booking, language)


def _booking(booking: NearBooking, language: str) -> str:
    translate, sitting = translator(language), booking.half_day
    on_day = day(sitting.starts_at, language, short=True)
    said = [f"{on_day}, {hours(sitting.starts_at, sitting.ends_at, language)}", what(sitting, language)]
    if booking.cancelled:
        said.append(translate("demi-journée annulée"))
    elif booking.status == "cancelled":
        said.append(translate("réservation annulée"))
    elif booking.status == "waiting":
        said.append(translate("attend une place"))
    if booking.reckoning.minutes:
        said.append(length(booking.reckoning.minutes, language))
    elif booking.status == "booked" and not booking.cancelled:
        said.append(state_words(booking.reckoning.state, language))
    return " · ".join(said)


def _programme(programme_id: str, language: str) -> str:
    programme = programmes().get(programme_id)
    return programme.name(language) if programme else programme_id
