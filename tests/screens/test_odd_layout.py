"""What is odd, the follow-up and the morning's light at every grid: readable, no key cut, nothing lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from stage import AT, GRIDS, THEMES, moment, sitting, stage
from test_assessment_layout import flaws

from assets.languages import N_, translator
from models.exceptions import REMEDIES, Case, Exceptional
from models.reckoning import Odd
from models.review.follow_up import AbsentPerson, FollowUp, Reached, SeeAbsent, SeeFollowUp
from models.review.odd import Disagreements, OddCase, RefusedCodes, SeeOdd, ToClose
from screens.staff.absent import AbsentScreen
from screens.staff.first_levels import FirstLevelsScreen
from screens.staff.follow_up import FollowUpScreen
from screens.staff.odd import OddScreen
from screens.staff.ready_today import ReadyTodayScreen
from screens.staff.ready_words import Light, Signal, roster_signal, summary

KEY = re.compile("(Excuser|Verontschuldigen|Entschuldigen|Excuse)… *[│┃]")
"""The one key whose label ends so."""

NAME = "Marie-Laure D. FX-002"
HALF_DAY = sitting(7, "course-24", days=-11)
CASES = tuple(
    OddCase(
        HALF_DAY,
        Exceptional(
            Case(what, "" if what is Odd.OVERBOOKED else "p", "seen"),
            remedies,
            "" if what is Odd.OVERBOOKED else NAME,
            arrived_at=AT,
            left_at=AT + timedelta(hours=3) if what is Odd.LEFT_TWICE else None,
            taken=9,
            places=8,
        ),
    )
    for what, remedies in REMEDIES.items()
)
CODES = RefusedCodes("k" * 32, here=False, at=AT, until=AT + timedelta(hours=5), number=12)
LINES = (CODES, *CASES, ToClose(HALF_DAY), Disagreements(AT, 12))
ABSENT = (
    AbsentPerson("a", "FX-002", "Marie-Laure D.", HALF_DAY, 3),
    AbsentPerson("b", "", "Zoé D.", sitting(8, "video-cv", days=-4), 1),
)
REACHED = (Reached("a", NAME, AT), Reached("b", "Kofi A.", AT - timedelta(days=40)))


def signals(language: str) -> list[Signal]:
    return [
        Signal("database", Light.GOOD, N_("La base répond et note.")),
        Signal("clock", Light.ACT, N_("Réglez l'horloge de l'appareil.")),
        Signal("disk", Light.GOOD, N_("Assez de place sur le disque.")),
        roster_signal(2, 15, translator(language)),
        Signal("printer", Light.ACT, N_("L'imprimante ne répond pas : vérifiez qu'elle est allumée.")),
        Signal("scanner", Light.NOTE, N_("Pas encore essayé aujourd'hui : montrez une carte.")),
        Signal("backup", Light.NOTE, N_("Aucune sauvegarde.")),
    ]


def screens(language: str):
    frame = ("SmartCorner de Charleroi", language, "")
    yield OddScreen(frame), lambda screen: screen.answered(SeeOdd(), LINES)
    yield FollowUpScreen(frame), lambda screen: screen.answered(SeeFollowUp(), FollowUp(3, 12, 2, 1, 0))
    yield AbsentScreen(frame), lambda screen: screen.answered(SeeAbsent(), ABSENT)
    yield FirstLevelsScreen(frame), lambda screen: screen.show(REACHED)
    yield ReadyTodayScreen(frame), lambda screen: screen.show_light(signals(language))


async def put(shown, screen, show) -> None:
    await shown.app.push_screen(screen)
    screen.show_moment(moment(shown.app.front.look.language))
    await shown.settled()
    show(screen)
    # The lines are mounted beside what draws the screen.
    await shown.app.workers.wait_for_complete()
    await shown.settled()


@pytest.mark.parametrize(("size", "theme"), list(zip(GRIDS[:3], reversed(THEMES), strict=True)))
async def test_everything_can_be_read(size, theme):
    """A-08, A-09, A-10"""
    async with stage(size, theme) as shown:
        for screen, show in screens("fr"):
            await put(shown, screen, show)
            assert flaws(shown) == [], shown.text
            await shown.app.pop_screen()


@pytest.mark.parametrize(("size", "language"), [(GRIDS[1], "nl"), (GRIDS[1], "de"), (GRIDS[3], "fr")])
async def test_nothing_is_cut_where_words_are_longest(size, language):
    """From 80 columns on every line of the lists is whole, on all of their pages."""
    async with stage(size, language=language) as shown:
        for screen, show in screens(language):
            await put(shown, screen, show)
            for _ in range(4):
                assert flaws(shown) == [], shown.text
                cut = [line for line in shown.text.splitlines() if "…" in line and not KEY.search(line)]
                assert [line for line in cut if not line.lstrip().startswith("…")] == []
                if not screen.query(".line"):
                    break
                screen._page += 1
                await screen._draw()
                await shown.settled()
            await shown.app.pop_screen()


async def test_five_numbers_stand_on_one_page_from_80_columns_on():
    async with stage((80, 24)) as shown:
        screen = FollowUpScreen(("SmartCorner de Charleroi", "fr", ""))
        await put(shown, screen, lambda one: one.answered(SeeFollowUp(), FollowUp(3, 12, 2, 1, 0)))
        for words in ("3 personnes à rappeler", "0 demande de place en attente", "5  Ouvrir"):
            assert words in shown.text


# ---- one line for the morning


def told(*found: Signal) -> tuple[Light, str]:
    return summary(found, translator("fr"))


def test_where_nothing_is_to_be_done_it_is_one_green_line():
    """A note is none: the doors can open."""
    roster = roster_signal(2, 15, translator("fr"))
    note = Signal("backup", Light.NOTE, N_("Aucune sauvegarde."))
    ready = "✓ Prêt pour aujourd'hui : 2 ateliers, 15 personnes attendues."
    assert told(roster, note) == (Light.GOOD, ready)
    nothing = roster_signal(0, 0, translator("fr"))
    assert told(nothing) == (Light.GOOD, "✓ Prêt pour aujourd'hui : pas d'atelier.")


def test_what_is_most_urgent_is_said_and_how_many_more_there_are():
    """Whatever comes first in the list."""
    light, said = told(*reversed(signals("fr")))
    assert light is Light.ACT
    assert said == "! Réglez l'horloge de l'appareil. Et 1 autre point."
    empty = roster_signal(1, 0, translator("fr"))
    assert told(empty)[1] == "! Personne n'est sur la liste du jour : importez les réservations."
