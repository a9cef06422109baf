"""The person's page at every grid: complete, readable, and every key whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len
from stage import AT, GRIDS, HERE, THEMES, keys_of, moment, stage
from test_contrast import weak_cells

from models.figures import Standing
from models.ledger import LedgerEvent
from models.person import Advice, PersonPage, Signed
from models.person_events import Annulled, PersonEvent
from models.policy import Policy
from models.reckoning import reckon
from screens.staff.choosing import CORRECTED, ChoiceScreen
from screens.staff.person import PersonScreen
from screens.staff.person_words import file_lines
from screens.staff.why import WhyScreen
from screens.staff.words import explained

FRAME = ("SmartCorner de Charleroi", "fr", "")
LATER = AT + timedelta(minutes=50)
ARRIVED = PersonEvent(
    "e1", "arrived", LATER, LATER, "card", "participant", "", here=True, reason=None, clock_sure=True
)
EVENTS = (
    replace(ARRIVED, id="e0", at=AT, annulled=Annulled("Maria-Fernanda", LATER, "wrong_person")),
    replace(
        ARRIVED, id="e2", kind="annulled", annuls="arrived", by="Maria-Fernanda", actor="s",
        way="facilitator", reason="wrong_person",
    ),
    ARRIVED,
)  # fmt: skip
NOW = AT + timedelta(hours=4)
PAGE = PersonPage(
    person_id="p",
    name="Marie-Laure D.",
    reference="FX-002",
    language="fr",
    audience="jobseeker",
    half_day=HERE,
    policy=Policy(),
    reckoning=reckon([LedgerEvent("e1", "arrived", LATER)], HERE, Policy(), NOW),
    events=EVENTS,
    merged=("Marie",),
    card=AT,
    orientation=Advice("course-24", "le mardi", AT, "Maria-Fernanda"),
    signed=Signed(NOW, "Maria-Fernanda", Standing("left", 210, AT, NOW), Standing("present", 168, LATER)),
)


def made(name: str):
    """One of the screens of a person."""
    if name == "why":
        return WhyScreen(FRAME, explained(PAGE.reckoning, PAGE.half_day, PAGE.policy, "fr", PAGE.events))
    if name == "reason":
        return ChoiceScreen(FRAME, [f"{PAGE.name}   arrivée 9 h 12 → 8 h 27", "Pourquoi ?"], CORRECTED, print)
    if name == "file":
        answers = {"cards": "Carte", "orientation": "Orientation"}
        return ChoiceScreen(FRAME, file_lines(PAGE, "fr"), answers, print)
    return PersonScreen(FRAME, HERE.id, PAGE.person_id)


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEMES)
async def test_every_screen_of_a_person_is_whole_and_can_be_read(size, theme):
    """A-05, A-08, A-09, A-17: keys of three rows, their words whole, text at least 7:1, nothing cut off."""
    async with stage(size, theme) as shown:
        for name, wanted in (
            ("person", ("Marie-Laure D.", "9 h 12", "42 min", "À la clôture")),
            ("why", ("42 min de retard",)),
            ("reason", ("9 h 12 → 8 h 27", "Pourquoi ?")),
            ("file", ("Marie-Laure D.", "Carte depuis")),
        ):
            screen = made(name)
            await shown.app.push_screen(screen)
            screen.show_moment(moment("fr"))
            if isinstance(screen, PersonScreen):
                screen._show(PAGE)
            await shown.settled()
            text = " ".join(shown.text.split())
            assert [word for word in wanted if word not in text] == [], (name, shown.text)
            assert weak_cells(shown.strips) == [], name
            for key in keys_of(screen):
                assert key.region.height == 3, key.label
                assert key.content_size.width >= cell_len(key.label), key.label
                assert key.region.right <= size[0], key.label
                assert key.region.bottom <= size[1], key.label
            await shown.app.pop_screen()


@pytest.mark.parametrize("size", [(80, 24), (132, 43)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_all_that_is_known_stands_there_from_80_columns_on(size):
    async with stage(size) as shown:
        screen = made("person")
        await shown.app.push_screen(screen)
        screen._show(PAGE)
        await shown.settled()
        for wanted in (
            "À la clôture : départ, 3 h 30. Maintenant : là, après l'heure, 2 h 48.",
            "Aussi sous le nom Marie",
            "arrivée · ne compte pas · carte · borne d'ici",
            "arrivée annulée · Maria-Fernanda · Autre personne",
        ):
            assert wanted in shown.text, shown.text
