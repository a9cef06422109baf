"""The team gives places and decides who goes where: by touch and by keys, live, and with its sentences."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hands import AT, on, tap, time_between_touches, touch, until
from sittings import draft
from staff import at_half_day, book, cut_keys, states
from staff_hands import at_screen, elsewhere

from models.arrival import arrive
from models.assessment.taking import take
from models.log import Author
from models.orientation import Orient
from models.places import ask_for_place
from models.placing import GivePlace
from models.words import Way
from screens.staff.choosing import ChoiceScreen
from screens.staff.lines import LineKey, LinesScreen
from screens.staff.menu import MenuScreen
from screens.staff.orientation import OrientationScreen
from screens.staff.person import PersonScreen
from screens.staff.person_path import PersonPathScreen
from screens.staff.place_requests import PlaceRequestsScreen
from screens.staff.readiness import ReadinessScreen
from screens.staff.roster import RosterScreen

PAIR = ("Aïssata", "Mirela")


@pytest.fixture
def course(day):
    """Two people of yesterday's first workshop, and a course of one place that begins in five days."""
    book(day, ("Oksana", *PAIR), hours=-24, programme="awareness")
    book(day, ("Oksana",), hours=5 * 24, programme="course-24", capacity=1)
    return day


async def who(played, name):
    ((person,),) = await played.asked(f"select id from participant where first_name = '{name}'")
    return person


async def half_day(played):
    """That of the course."""
    ((found,),) = await played.asked(
        "select b.half_day_id from booking b join participant p on p.id = b.participant_id"
        " where p.reference = 'G-001' and b.half_day_id in"
        " (select id from half_day where programme = 'course-24')"
    )
    return found


async def wish(played, day, name, minutes=0):
    """Somebody asks for a place at the kiosk."""
    person, wanted = await who(played, name), await half_day(played)
    when = AT + timedelta(minutes=minutes)
    asked = played.app.database.write(ask_for_place, day.desk, person, wanted, when)
    await asyncio.wrap_future(asked)
    return person


async def came(played, day, *names):
    """They were at the first workshop of yesterday."""
    for name in names:
        person = await who(played, name)
        then = AT - timedelta(hours=23)
        await asyncio.wrap_future(played.app.database.write(arrive, day.desk, person, Way.FACILITATOR, then))


async def leads(played, name):
    """Somebody is the first of those who wait."""

    def first():
        keys = played.app.screen.query(LineKey)
        return (
            keys and keys.first().line.name == name and keys.first().line.waiting and "rang 1" in played.text
        )

    await until(first, f"{name} is not the first:\n{played.text}")


async def press(played, label):
    time_between_touches(played)
    if isinstance(played.app.screen, LinesScreen):
        played.app.screen._decided_at = float("-inf")
    await touch(played, label)


async def press_for(played, name, label):
    """A finger on a key of somebody's line."""
    time_between_touches(played)
    keys = [key for key in played.app.screen.query(LineKey) if key.line and key.line.name == name]
    await tap(played, *next(key for key in keys if key.label == label).region.center)


# ---- places


async def test_a_place_is_given_beyond_the_capacity_and_taken_back(play, course):
    async with play() as played:
        await played.home()
        await wish(played, course, "Aïssata")
        await wish(played, course, "Mirela", 1)
        await at_screen(played, lambda: PlaceRequestsScreen(played.app.staff_frame))
        for words in (
            "Aïssata Q. · 1 pour 1 place",
            "rang 2 · mardi 8 nov. · 1 demi-journée",
            "Formation SmartJob, 24 heures",
        ):
            await played.shows(words)
        await press(played, "Donner la place")
        await played.shows("Aïssata Q. : place donnée. 2 pour 1 place.")
        await leads(played, "Mirela Q.")
        await press(played, "Remettre en attente")
        await played.shows("Aïssata Q. attend de nouveau, au même rang.")
        await leads(played, "Aïssata Q.")
        actors = await played.asked(
            "select actor from change where kind = 'booking.set' order by n desc limit 2"
        )
        assert actors == [("facilitator",)] * 2


async def test_who_is_taken_off_is_so_for_a_reason(play, course):
    """P-26"""
    async with play() as played:
        await played.home()
        await wish(played, course, "Aïssata")
        await at_screen(played, lambda: PlaceRequestsScreen(played.app.staff_frame))
        await leads(played, "Aïssata Q.")
        await press(played, "Retirer")
        await on(played, ChoiceScreen)
        await played.shows("Retirer de la liste. Pourquoi ?")
        assert "Aïssata Q." in played.text
        await played.press("3")
        await played.shows("Aïssata Q. : retrait de la liste.")
        await played.shows("Personne n'attend de place.")
        ((body,),) = await played.asked("select body from change where kind = 'place.declined'")
        assert "told_later" in body


async def test_the_list_is_live_and_what_a_colleague_has_decided_is_not_decided_twice(play, course):
    async with play() as played:
        await played.home()
        screen = await at_screen(played, lambda: PlaceRequestsScreen(played.app.staff_frame))
        await played.shows("Personne n'attend de place.")
        awa = await wish(played, course, "Aïssata")
        await leads(played, "Aïssata Q.")
        wanted = GivePlace(awa, await half_day(played))
        await elsewhere(played, wanted)
        screen._about = "Aïssata Q."
        screen.ask(wanted)
        await played.shows("Aïssata Q. n'est plus dans cette liste.")
        await played.shows("place donnée · mardi 8 nov.")


async def test_a_second_touch_at_once_means_the_same_line(play, course):
    """A-24: the next line moves up under the finger."""
    async with play() as played:
        await played.home()
        await wish(played, course, "Aïssata")
        await wish(played, course, "Mirela", 1)
        await at_screen(played, lambda: PlaceRequestsScreen(played.app.staff_frame))
        await leads(played, "Aïssata Q.")
        await played.shows("rang 2")
        time_between_touches(played)
        await touch(played, "Donner la place")
        await leads(played, "Mirela Q.")
        await touch(played, "Donner la place")
        await played.rest()
        statuses = await played.asked(
            "select count(*) from booking where asked_at is not null and status = 'booked'"
        )
        assert statuses == [(1,)]


# ---- who is ready


async def test_one_touch_decides_and_the_line_moves_on(play, course):
    async with play() as played:
        await played.home()
        await came(played, course, "Aïssata")
        awa = await who(played, "Aïssata")
        kept = played.app.database.write(take, Author("k", awa, AT), "charleroi", awa, draft(1))
        await asyncio.wrap_future(kept)
        await at_screen(played, lambda: ReadinessScreen(played.app.staff_frame))
        for words in (
            "Aïssata Q. · à orienter",
            "Premier atelier : mercredi 2 nov.",
            "Le point suggère : 24 h",
            "→ 24 h",
        ):
            await played.shows(words)
        await press(played, "40 h")
        await played.shows("Aïssata Q. : 40 h, c'est noté.")
        await played.shows("Aïssata Q. · sans place")
        assert await played.asked("select programme, actor from orientation") == [
            ("course-40", "facilitator")
        ]


async def test_by_keys_alone_a_workshop_is_chosen_and_the_suggested_one_is_the_first(play, course):
    """A-22"""
    async with play() as played:
        await played.home()
        await came(played, course, "Aïssata")
        awa = await who(played, "Aïssata")
        kept = played.app.database.write(take, Author("k", awa, AT), "charleroi", awa, draft(2))
        await asyncio.wrap_future(kept)
        await at_screen(played, lambda: ReadinessScreen(played.app.staff_frame))
        await played.shows("→ Atelier…")
        await played.press("tab", "tab", "tab", "enter")
        await on(played, ChoiceScreen)
        await played.shows("1  → Chercher un emploi")
        await played.press("1")
        await played.shows("Aïssata Q. : Chercher un emploi, c'est noté.")
        assert await played.asked("select programme from orientation") == [("job-search",)]


async def test_whoever_has_not_taken_stock_is_decided_about_all_the_same(play, course):
    async with play() as played:
        await played.home()
        await came(played, course, *PAIR)
        await at_screen(played, lambda: ReadinessScreen(played.app.staff_frame))
        await played.shows("N'a pas encore fait le point")
        assert "→" not in played.text
        mehdi = await who(played, "Mirela")
        await elsewhere(played, Orient(mehdi, "course-24"))
        await played.shows("Mirela Q. · sans place")


async def test_the_page_is_noted_on_the_line_and_taken_back_on_the_path(play, course):
    async with play() as played:
        await played.home()
        await came(played, course, "Aïssata")
        awa = await who(played, "Aïssata")
        kept = played.app.database.write(take, Author("k", awa, AT), "charleroi", awa, draft(2))
        await asyncio.wrap_future(kept)
        await wish(played, course, "Aïssata")
        await elsewhere_given(played, awa)
        await at_screen(played, lambda: ReadinessScreen(played.app.staff_frame))
        await played.shows("Aïssata Q. · page à faire")
        await press_for(played, "Aïssata Q.", "Page faite")
        await played.shows("Aïssata Q. : la page est faite, c'est noté.")
        await until(lambda: "Aïssata Q. · page" not in played.text)
        played.app._open_screen(PersonPathScreen(played.app.staff_frame, awa))
        await on(played, PersonPathScreen)
        await press(played, "Page pas faite")
        await played.shows("La page n'est pas faite.")
        assert await played.asked("select kind from page_made order by at, rowid") == [
            ("made",),
            ("withdrawn",),
        ]
        await played.press("escape")
        await played.shows("Aïssata Q. · page à faire")


async def elsewhere_given(played, person):
    """They have the place in the course: what is left is the page."""
    await played.asked(
        f"update booking set status = 'booked' where participant_id = '{person}' and status = 'waiting'"
    )


# ---- the path of one person


async def test_the_path_shows_the_steps_and_what_was_decided(play, course):
    async with play() as played:
        await played.home()
        await came(played, course, "Aïssata")
        awa = await wish(played, course, "Aïssata")
        await at_screen(played, lambda: PersonPathScreen(played.app.staff_frame, awa))
        for words in (
            "Aïssata Q.",
            "Premier atelier",
            "2 novembre",
            "Place demandée",
            "Présence en tout : 2 h 38",
        ):
            await played.shows(words)
        await elsewhere(played, Orient(awa, "course-24"))
        await played.shows("Orientation : Formation SmartJob, 24 heures · Noor")
        await played.press("o")
        await on(played, OrientationScreen)


async def test_a_letter_that_stays_down_notes_the_page_once(play, course):
    """A-25"""
    async with play() as played:
        await played.home()
        await came(played, course, "Aïssata")
        awa = await who(played, "Aïssata")
        await at_screen(played, lambda: PersonPathScreen(played.app.staff_frame, awa))
        await played.shows("Premier atelier")
        await played.press("p", "p", "p")
        await played.shows("La page est faite : c'est noté.")
        assert await played.asked("select kind from page_made") == [("made",)]


async def test_the_persons_page_has_the_path_in_one_line_and_the_way_to_it(play, course):
    async with play() as played:
        await played.home()
        awa = await wish(played, course, "Aïssata")
        await elsewhere_given(played, awa)
        ((yesterday,),) = await played.asked(
            f"select half_day_id from booking where participant_id = '{awa}' and asked_at is null"
        )
        await at_screen(played, lambda: PersonScreen(played.app.staff_frame, yesterday, awa))
        await played.shows("Parcours : 0 min sur 24 h · 1 demi-journée à venir")
        await played.press("f")
        await on(played, ChoiceScreen)
        await press(played, "4  Parcours")
        await on(played, PersonPathScreen)
        await played.shows("Prochaine date : mardi 8 novembre")


async def test_where_the_path_is_out_of_reach_the_page_stands_without_it(play, course):
    """P-20: a half-day that was moved while people were in is in reach, its people are not for that."""
    async with play() as played:
        await played.home()
        await came(played, course, "Aïssata")
        awa = await who(played, "Aïssata")
        ((moved,),) = await played.asked(f"select half_day_id from booking where participant_id = '{awa}'")
        await played.asked(
            "update half_day set starts_at = '2022-10-01 06:30:00.000000',"
            f" ends_at = '2022-10-01 10:00:00.000000' where id = '{moved}'"
        )
        screen = await at_screen(played, lambda: PersonScreen(played.app.staff_frame, moved, awa))
        await played.shows("Aïssata Q.")
        await played.rest()
        assert "Parcours" not in played.text
        assert "ne permet pas" not in str(screen.said.content)


# ---- the menu


async def test_the_menu_says_how_many_wait_and_leads_there_by_digits(play, course):
    async with play() as played:
        await played.home()
        wanted = await half_day(played)
        await at_screen(played, lambda: MenuScreen(played.app.staff_frame, wanted))
        await played.shows("9  Demandes de place")
        await wish(played, course, "Aïssata")
        await played.shows("9  Demandes de place · 1")
        await played.press("9")
        await on(played, PlaceRequestsScreen)
        await press(played, "Donner la place")
        await played.shows("place donnée.")
        await played.press("escape")
        await on(played, MenuScreen)
        await until(lambda: "· 1" not in played.text)
        await played.press("0")
        await on(played, ReadinessScreen)


async def test_doing_again_has_the_letter_that_it_has_on_the_list(play, day):
    book(day, PAIR)
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("p")
        await until(lambda: "present" in states(screen).values())
        await played.press("u")
        await until(lambda: screen._view.steps.redo is not None)
        await played.press("m")
        await played.shows("Y  Rétablir ce qui est annulé")
        await played.press("y")
        await on(played, RosterScreen)
        await until(lambda: "present" in states(screen).values())


# ---- every grid


@pytest.mark.parametrize("size", [(56, 16), (80, 24), (100, 30), (132, 43)], ids=str)
async def test_every_key_is_whole_at_every_grid(play, course, size):
    """A-06; as many lines a page as fit."""
    async with play(size=size) as played:
        await played.home()
        await came(played, course, *PAIR)
        for number, name in enumerate(PAIR):
            await wish(played, course, name, number)
        await at_screen(played, lambda: PlaceRequestsScreen(played.app.staff_frame))
        awa = await who(played, "Aïssata")
        await played.shows("Aïssata Q.")
        for screen in (
            None,
            ReadinessScreen(played.app.staff_frame),
            PersonPathScreen(played.app.staff_frame, awa),
        ):
            if screen is not None:
                played.app._open_screen(screen)
                await on(played, type(screen))
                await played.shows("Aïssata Q.")
                await played.rest()
            assert cut_keys(played.app.screen) == []
            keys = [key for key in played.app.screen.query(".line Key, .actions Key") if key.region.area]
            assert all(key.region.height == 3 for key in keys)
