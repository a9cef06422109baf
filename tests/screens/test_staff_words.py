"""The team's words: each figure has a sentence that says why, and the sentences add up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.languages import hour, length
from models import reckoning
from models.answers import Sitting
from models.ledger import LedgerEvent
from models.marking import Refused
from models.person_events import Annulled, PersonEvent
from models.policy import Policy
from models.reckoning import Odd, reckon
from models.words import CORRECTIONS, EXCUSES, Event, Way
from screens.staff.choosing import CORRECTED, EXCUSED
from screens.staff.words import REASONS, REFUSED, STATES, event_words, explained

START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
MORNING = Sitting("h", "awareness", "charleroi", START, START + timedelta(hours=3.5), "2")
TODAY = date(2022, 11, 3)
ARRIVED = PersonEvent(
    "e", "arrived", START - timedelta(minutes=3), START - timedelta(minutes=3), "card", "participant", "",
    here=True, reason=None, clock_sure=True,
)  # fmt: skip


def at(text: str) -> datetime:
    hours, minutes = map(int, text.split(":"))
    return datetime(2022, 11, 3, hours - 1, minutes, tzinfo=UTC)


def why(*told: str, now: str = "13:00", policy: Policy | None = None) -> list[str]:
    """The sentences of events like ``"arrived 08:20"``."""
    events = []
    for number, one in enumerate(told):
        kind, when, *reason = one.split()
        events.append(LedgerEvent(f"e{number}", kind, at(when), reason=reason[0] if reason else None))
    policy = policy or Policy(quarter=1)
    return explained(reckon(events, MORNING, policy, at(now)), MORNING, policy, "fr")


# ---- the property

ANY = st.lists(
    st.builds(
        lambda kind, minutes, annuls: (kind, minutes, annuls),
        st.sampled_from(Event),
        st.integers(-120, 300),
        st.none() | st.integers(0, 7),
    ),
    max_size=8,
)


def said_minutes(sentences: list[str]) -> int:
    """The minutes that the sentences say were spent there."""
    total = 0
    for sentence in sentences:
        for hours, odd, alone in re.findall(r"(?:(\d+) h(?: (\d\d))?|(\d+) min) de présence", sentence):
            total += int(hours or 0) * 60 + int(odd or 0) + int(alone or 0)
    return total


@settings(derandomize=True, deadline=None, max_examples=300)
@given(ANY, st.integers(-60, 400))
def test_every_figure_has_its_sentence_and_the_minutes_add_up(told, now):
    """Arrival, departure, lateness, each counted part, an excuse, whatever is odd."""
    moment = START + timedelta(minutes=now)
    events = [
        LedgerEvent(f"e{number}", kind, START + timedelta(minutes=minutes), annuls and f"e{annuls}")
        for number, (kind, minutes, annuls) in enumerate(told)
    ]
    found = reckon(events, MORNING, Policy(), moment)
    sentences = explained(found, MORNING, Policy(), "fr")
    text = "\n".join(sentences)
    assert said_minutes(sentences) == found.minutes
    for figure in (found.arrived_at, found.left_at, *(part.end for part in found.parts)):
        assert figure is None or hour(figure, "fr") in text
    assert (f"{length(found.late_by, 'fr')} de retard" in text) == bool(found.late_by)
    assert ("Sortie inconnue" in text) == (Odd.NO_DEPARTURE in found.odd)
    assert ("arrondi" in text) == bool(found.minutes)
    assert ("toute arrivée" in text) == (Odd.LEFT_BEFORE_ARRIVAL in found.odd)
    assert ("de suite" in text) == (Odd.LEFT_TWICE in found.odd)
    assert ("en dehors des heures" in text) == (Odd.OUTSIDE in found.odd)
    assert not re.search(r"[{}]", text)


# ---- the sentences


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            ["arrived 09:12"],
            [
                "Arrivée 9 h 12, début 8 h 30, tolérance 15 min : 42 min de retard.",
                "De 9 h 12 à 12 h : 2 h 48 de présence.",
                "Sortie inconnue : comptée jusqu'à la fin, 12 h.",
            ],
        ),
        (
            ["arrived 08:10", "left 09:30", "arrived 10:00", "left 11:15"],
            [
                "Arrivée 8 h 10, avant le début : comptée à partir de 8 h 30.",
                "De 8 h 30 à 9 h 30 : 1 h de présence.",
                "De 10 h à 11 h 15 : 1 h 15 de présence.",
                "En tout : 2 h 15.",
                "Départ 11 h 15, fin 12 h : 45 min avant la fin.",
            ],
        ),
        (
            ["arrived 08:45", "left 12:30"],
            [
                "Arrivée 8 h 45, début 8 h 30, tolérance 15 min : à l'heure.",
                "De 8 h 45 à 12 h : 3 h 15 de présence.",
                "Départ 12 h 30 : compté jusqu'à la fin, 12 h.",
            ],
        ),
        (
            ["excused 08:00 work"],
            ["Absence excusée : Emploi ou entretien.", "Aucune arrivée ne compte : 0 min de présence."],
        ),
        (["absent 08:50"], ["Absence notée.", "Aucune arrivée ne compte : 0 min de présence."]),
        ([], ["Aucune arrivée ne compte : 0 min de présence."]),
        (
            ["left 08:00", "arrived 08:30", "left 12:00"],
            [
                "Arrivée 8 h 30, début 8 h 30 : à l'heure.",
                "De 8 h 30 à 12 h : 3 h 30 de présence.",
                "Départ 12 h : compté jusqu'à la fin, 12 h.",
                "Un départ est noté avant toute arrivée : il ne compte pas.",
            ],
        ),
        (
            ["arrived 07:10", "excused 07:00 transport", "left 12:00"],
            [
                "Arrivée 7 h 10, avant le début : comptée à partir de 8 h 30.",
                "De 8 h 30 à 12 h : 3 h 30 de présence.",
                "Départ 12 h : compté jusqu'à la fin, 12 h.",
                "Une excuse est notée aussi (Transport) : l'arrivée compte.",
                "À vérifier : une arrivée en dehors des heures, de 7 h 30 à 12 h.",
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_said(told, said):
    assert why(*told) == said


def test_while_it_runs_the_minutes_are_those_until_now():
    assert why("arrived 08:30", now="09:00")[-1] == "Pas encore de départ : compté jusqu'à maintenant."


def test_rounding_is_said_where_a_certificate_rounds():
    assert "15 minutes" in why("arrived 08:30", policy=Policy())[-1]


def test_what_does_not_count_what_came_late_and_what_is_from_paper_is_said():
    gone = replace(ARRIVED, annulled=Annulled("Sam", at("09:02"), "wrong_person"))
    paper = replace(ARRIVED, way=Way.PAPER, by="Sam", actor="s", stored_at=at("12:30"))
    later = replace(ARRIVED, way=Way.FACILITATOR, by="Sam", actor="s", stored_at=at("10:12"))
    found = reckon([], MORNING, Policy(), at("13:00"))
    assert explained(found, MORNING, Policy(), "fr", [gone, paper, later])[1:] == [
        "Ne compte pas : arrivée de 8 h 27, annulation à 9 h 02 (Sam · Autre personne).",
        "Saisi d'après papier : arrivée de 8 h 27.",
        "Après coup : arrivée de 8 h 27, noté à 10 h 12.",
    ]


# ---- events


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "arrivée · carte · borne d'ici"),
        ({"here": False}, "arrivée · carte · autre borne"),
        ({"way": "name"}, "arrivée · nom · borne d'ici"),
        ({"clock_sure": False}, "arrivée · carte · borne d'ici · heure à vérifier"),
        ({"way": "facilitator", "actor": "s", "by": "Sam"}, "arrivée · Sam"),
        ({"way": "facilitator", "actor": "s"}, "arrivée · l'équipe"),
        ({"way": "command", "actor": "system"}, "arrivée · commande"),
        ({"way": "facilitator"}, "arrivée · la personne · borne d'ici"),
        (
            {"way": "paper", "actor": "s", "by": "Sam", "reason": "from_paper"},
            "arrivée · saisi d'après papier · Sam",
        ),
        ({"as_walk_in": "Bintou"}, "arrivée · carte · borne d'ici · sous le nom Bintou"),
        (
            {"kind": "excused", "way": "facilitator", "actor": "s", "by": "Sam", "reason": "work"},
            "absence excusée · Sam · Emploi ou entretien",
        ),
        (
            {
                "kind": "annulled", "annuls": "arrived", "way": "facilitator", "actor": "s", "by": "Sam",
                "reason": "wrong_person",
            },
            "arrivée annulée · Sam · Autre personne",
        ),
        (
            {
                "kind": "annulled", "annuls": "left", "way": "facilitator", "actor": "s", "by": "Sam",
                "reason": "undone",
            },
            "départ annulé · Sam · Retour en arrière",
        ),
        (
            {"annulled": Annulled("Sam", at("09:02"), "wrong_key")},
            "arrivée · ne compte pas · carte · borne d'ici",
        ),
        (
            {"at": at("08:20") + timedelta(days=1), "stored_at": at("08:20") + timedelta(days=1)},
            "arrivée · vendredi 4 nov. · carte · borne d'ici",
        ),
        ({"stored_at": at("08:40")}, "arrivée · carte · borne d'ici · noté à 8 h 40"),
        (
            {"stored_at": at("08:40") + timedelta(days=1)},
            "arrivée · carte · borne d'ici · noté vendredi 4 nov. à 8 h 40",
        ),
    ],
)  # fmt: skip
def test_an_event_in_words(changes, said):
    assert event_words(replace(ARRIVED, **changes), TODAY, "fr") == said


def test_every_word_of_the_rules_has_its_words():
    states = (
        *(reckoning.EXPECTED, reckoning.PRESENT, reckoning.LATE, reckoning.LEFT_EARLY),
        *(reckoning.LEFT, reckoning.EXCUSED, reckoning.ABSENT),
    )
    assert set(STATES) == set(states)
    assert set(EXCUSED) == set(EXCUSES)
    assert set(CORRECTED) == set(CORRECTIONS)
    assert set(REASONS) >= set(CORRECTIONS)
    assert set(REFUSED) == set(Refused)
