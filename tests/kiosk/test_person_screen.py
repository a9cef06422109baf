"""The person's page: the ledger in words, "pourquoi ?" behind every figure, corrections with a reason."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from hands import AT, Played, on, tap, time_between_touches, touch, until
from memory import Memory
from stands import MARKED, drawn

from kiosk.clock import Clock
from models.arrival import arrive
from models.figures import Figures
from models.marking import Mark, MarkPerson
from models.requests import run
from models.words import Way
from screens.staff.cards import CardsScreen
from screens.staff.choosing import ChoiceScreen
from screens.staff.merging import MergeScreen
from screens.staff.orientation import OrientationScreen
from screens.staff.person import PersonScreen
from screens.staff.roster import RosterScreen
from screens.staff.time_entry import TimeScreen
from screens.staff.why import WhyScreen

NOON = AT + timedelta(hours=3, minutes=48)
"""Ten past twelve: the half-day from 8.30 to 12 is over."""


class Page:
    """The page of the first invented person, whose arrival by card was at 9.12."""

    def __init__(self, played: Played, day, sam: str, half_day: str, person: str) -> None:
        self.played = played
        self.sam, self.half_day, self.person = sam, half_day, person
        self.desk = replace(day.desk, actor=sam)

    async def does(self, request, minutes: int, kiosk: str = "") -> object:
        """Somebody of the team does it, so many minutes after 8.22."""
        desk = replace(self.desk, kiosk_id=kiosk) if kiosk else self.desk
        moment = AT + timedelta(minutes=minutes)
        future = self.played.app.database.write(run, desk, self.sam, moment, request)
        return await asyncio.wrap_future(future)

    async def marks(self, mark: Mark, minutes: int, kiosk: str = "", **more) -> object:
        return await self.does(MarkPerson(self.half_day, self.person, mark, **more), minutes, kiosk)

    async def events(self) -> list[tuple]:
        """Kind, hour and reason of every event of this half-day."""
        return await self.played.asked(
            "select kind, substr(at, 12, 5), reason from attendance_event"
            f" where half_day_id = '{self.half_day}' order by stored_at, kind desc"
        )


@asynccontextmanager
async def page(play, day, *, arrived: int | None = 50, opens: bool = True, **given):
    """The page, opened by a facilitator at ten past twelve."""
    async with play(**given) as played:
        await played.home()
        await played.asked("update staff_member set role = 'facilitator'")
        ((sam,),) = await played.asked("select id from staff_member where name = 'Sam'")
        ((half_day, person),) = await played.asked(
            "select b.half_day_id, p.id from booking b join participant p on p.id = b.participant_id"
            " where p.reference = 'DEMO-00'"
        )
        there = Page(played, day, sam, half_day, person)
        if arrived is not None:
            moment = AT + timedelta(minutes=arrived)
            await asyncio.wrap_future(
                played.app.database.write(arrive, day.desk, person, Way.CARD, moment, None)
            )
        played.app.clock = Clock(NOON)
        played.app.open_staff_side(sam)
        await on(played, RosterScreen)
        if opens:
            await opened(there)
        yield there


async def opened(there: Page) -> None:
    played = there.played
    played.app._open_screen(PersonScreen(played.app.staff_frame, there.half_day, there.person))
    await on(played, PersonScreen)
    await played.shows("Binta O.")


async def test_the_page_says_who_since_when_how_long_and_how_it_was_noted(play, day):
    """And no family name."""
    async with page(play, day) as there:
        await there.played.shows("9 h 12   arrivée · carte · borne d'ici")
        for figure in ("là, après l'heure", "Atelier SmartJob · 8 h 30 à 12 h", "2 h 48", "42 min"):
            assert figure in there.played.text
        assert "Ouédraogo" not in there.played.text


async def test_behind_every_figure_is_its_why(play, day):
    async with page(play, day) as there:
        await there.played.press("p")
        await on(there.played, WhyScreen)
        await there.played.shows("Arrivée 9 h 12, début 8 h 30, tolérance 15 min : 42 min de retard.")
        assert "De 9 h 12 à 12 h : 2 h 48 de présence." in there.played.text
        assert "Sortie inconnue : comptée jusqu'à la fin, 12 h." in there.played.text
        await there.played.press("escape")
        await on(there.played, PersonScreen)


async def test_an_hour_is_put_right_by_the_keyboard_alone(play, day):
    """P-26: the old hour stays readable, with the reason."""
    async with page(play, day) as there:
        await there.played.press("h")
        await on(there.played, TimeScreen)
        await there.played.press(*"0827", "enter")
        await on(there.played, ChoiceScreen)
        await there.played.shows("arrivée 9 h 12 → 8 h 27")
        await there.played.press("3")
        await there.played.shows("Heure corrigée. L'ancienne reste lisible.")
        await there.played.shows("8 h 27   arrivée · carte · Sam · noté à 12 h 10")
        await there.played.shows("3 h 30")
        assert "9 h 12   arrivée · ne compte pas · carte · borne d'ici" in there.played.text
        assert "12 h 10   arrivée annulée · Sam · Appris plus tard" in there.played.text
        assert await there.events() == [
            ("arrived", "08:12", None),
            ("arrived", "07:27", None),
            ("annulled", "11:10", "told_later"),
        ]


async def test_an_hour_is_put_right_by_touch_alone(play, day):
    async with page(play, day) as there:
        await touch(there.played, "Corriger")
        await on(there.played, TimeScreen)
        for digit in "0827":
            await touch(there.played, digit)
        await touch(there.played, "Entrer")
        await on(there.played, ChoiceScreen)
        await touch(there.played, "5  Horloge")
        await there.played.shows("Heure corrigée.")
        assert (await there.events())[-1][2] == "clock"


async def test_a_wrong_hour_is_said_and_nothing_is_noted(play, day):
    async with page(play, day) as there:
        before = await there.events()
        await there.played.press("h")
        await on(there.played, TimeScreen)
        await there.played.press(*"1215", "enter")
        await on(there.played, ChoiceScreen)
        await there.played.press("6")
        await there.played.shows("Rien n'est noté : cette heure ne va pas avec les autres.")
        assert await there.events() == before


async def test_a_wrong_person_is_taken_away_with_trace(play, day):
    """P-04."""
    async with page(play, day) as there:
        await touch(there.played, "Annuler")
        await there.played.shows("arrivée 9 h 12 : ne compte plus")
        await touch(there.played, "1  Autre personne")
        await there.played.shows("Annulé. La ligne reste lisible.")
        await there.played.shows("à venir")
        await there.played.shows("arrivée annulée · Sam · Autre personne")
        await there.played.press("up", "up", "a")
        await there.played.shows("Choisissez d'abord une ligne qui compte.")


async def test_no_reason_no_correction(play, day):
    """P-26: whoever goes back has changed nothing."""
    async with page(play, day) as there:
        before = await there.events()
        await touch(there.played, "Annuler")
        await on(there.played, ChoiceScreen)
        await there.played.press("escape")
        await on(there.played, PersonScreen)
        assert await there.events() == before


async def test_a_departure_is_noted_afterwards_with_its_hour_and_why(play, day):
    async with page(play, day) as there:
        await there.played.press("r")
        await on(there.played, TimeScreen)
        await touch(there.played, "À la fin, 12 h")
        await on(there.played, ChoiceScreen)
        await there.played.press("3")
        await there.played.shows("Départ noté.")
        await there.played.shows("départ · Sam · Appris plus tard · noté à 12 h 10")
        await there.played.shows("Arrivée…")
        assert (await there.events())[-1] == ("left", "11:00", "told_later")


async def test_an_arrival_is_noted_afterwards(play, day):
    async with page(play, day, arrived=None) as there:
        await touch(there.played, "Arrivée…")
        await on(there.played, TimeScreen)
        await touch(there.played, "Au début, 8 h 30")
        await on(there.played, ChoiceScreen)
        await there.played.press("4")
        await there.played.shows("Arrivée notée.")
        await there.played.shows("3 h 30")


async def test_what_happens_at_another_kiosk_is_seen_at_once(play, day):
    """And it is said that it was another kiosk."""
    async with page(play, day) as there:
        await there.marks(Mark.LEFT, 100, kiosk="f" * 32)
        await there.played.shows("10 h 02   départ · Sam · autre borne")
        await there.played.shows("départ avant la fin")


async def test_what_others_note_does_not_move_the_choice(play, day):
    """Whoever is about to touch "Annuler" means the line that they chose."""
    async with page(play, day) as there:
        await there.marks(Mark.LEFT, 60)
        await there.played.shows("9 h 22")
        lists = there.played.app.screen.query_one("#events")
        await there.played.press("up", "up")
        assert lists.chosen == 0
        await there.marks(Mark.PRESENT, 70, kiosk="f" * 32)
        await there.played.shows("9 h 32")
        assert lists.chosen == 0
        await touch(there.played, "Annuler")
        await there.played.shows("arrivée 9 h 12 : ne compte plus")


@pytest.mark.parametrize("size", [(56, 16), (80, 24)], ids=str)
async def test_a_long_ledger_is_read_in_pages(play, day, size):
    """A-17: "Suite" leads through all of them and around; arrows and fingers choose a line."""
    async with page(play, day, size=size, opens=False) as there:
        for number in range(6):
            await there.marks(Mark.LEFT, 60 + number * 10)
            await there.marks(Mark.PRESENT, 65 + number * 10)
        await opened(there)
        await there.played.shows("Suite")
        lists = there.played.app.screen.query_one("#events")
        await there.played.shows("10 h 17")  # the newest is chosen, on the last page
        seen = set()
        for _ in range(lists.pages):
            time_between_touches(there.played)
            await touch(there.played, "Suite")
            seen |= {
                text
                for text in ("9 h 12", "9 h 22", "9 h 37", "10 h 12", "10 h 17")
                if text in there.played.text
            }
        assert len(seen) == 5
        await there.played.press(*["up"] * 12)
        assert lists.chosen == 0
        await there.played.press("down")
        assert lists.chosen == 1
        await tap(there.played, lists.region.x + 5, lists.region.y)
        assert lists.chosen == 0


async def test_the_file_leads_to_card_orientation_and_merging(play, day):
    async with page(play, day, arrived=None) as there:
        for label, screen in (("1  Carte", CardsScreen), ("2  Orientation", OrientationScreen)):
            await there.played.press("f")
            await there.played.shows("DEMO-00 · Français")
            await touch(there.played, label)
            await on(there.played, screen)
            there.played.app.screen.go_back()
            await on(there.played, PersonScreen)
        assert "Relier" not in there.played.text
        await there.played.asked(f"update participant set reference = '' where id = '{there.person}'")
        there.played.app.screen.changed()
        await until(lambda: there.played.app.screen._page and not there.played.app.screen._page.known)
        time_between_touches(there.played)
        await there.played.press("f")
        await touch(there.played, "3  Relier à un dossier")
        await on(there.played, MergeScreen)


async def test_who_is_no_longer_on_the_list_is_said(play, day):
    async with page(play, day, arrived=None) as there:
        await there.played.asked(f"delete from booking where participant_id = '{there.person}'")
        there.played.app.screen.changed()
        await there.played.shows("Cette personne n'est plus dans cette liste.")
        assert "Binta" not in there.played.text
        await there.played.press("p", "h", "a", "r", "f")
        await on(there.played, PersonScreen)


async def test_what_was_signed_stays_readable_beside_what_the_ledger_says_now(play, day):
    """P-26."""
    async with page(play, day, opens=False) as there:
        line = {"id": there.person, "state": "present", "minutes": 210}
        line["arrived"] = "2022-11-03T07:30:00.000000Z"
        figures = Figures(8, 1, 0, 1, 0, 0, 1, 210, (line,)).text
        await there.played.asked(
            "insert into settlement (id, half_day_id, at, actor, figures, hash) values ('s',"
            f" '{there.half_day}', '2022-11-03 11:05:00.000000', '{there.sam}', '{figures}', '')"
        )
        await opened(there)
        await there.played.shows("À la clôture : 3 h 30. Maintenant : 2 h 48.")
        await there.played.press("p")
        await on(there.played, WhyScreen)
        await there.played.shows("Clôturé jeudi 3 nov. à 12 h 05 par Sam : 3 h 30. Maintenant : 2 h 48.")


@pytest.mark.parametrize("keys", ["", "p", "h", "a", "f"])
async def test_nothing_of_the_person_is_left_when_the_team_goes(play, day, keys):
    """P-03, P-18: from the page and from every screen over it."""
    async with page(play, day, opens=False) as there:
        await there.played.asked(
            f"update participant set first_name = '{MARKED}' where id = '{there.person}'"
        )
        memory = Memory(MARKED, *drawn(MARKED))
        played = there.played
        played.app._open_screen(PersonScreen(played.app.staff_frame, there.half_day, there.person))
        await played.shows(MARKED)
        if keys:
            await played.press(keys)
            await until(lambda: not isinstance(played.app.screen, PersonScreen))
            await played.rest()
        assert memory.holds(), "the search finds nothing"
        played.app.go_home()
        await played.home()
        await played.asked("select 1")
        await played.rest()
        assert MARKED not in played.text
        assert memory.kept() == []
