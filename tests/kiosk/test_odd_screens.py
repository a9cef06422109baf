"""What is odd and the follow-up, by touch and by keys: one key a line, and every number opens its list."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hands import AT, on, time_between_touches, touch, until
from staff import book
from staff_hands import at_screen, elsewhere

from models.arrival import arrive
from models.codes import new_token
from models.marking import Mark, MarkPerson
from models.review.follow_up import NoteCall
from models.words import Way
from screens.staff.absent import AbsentScreen
from screens.staff.choosing import ChoiceScreen
from screens.staff.closing import ClosingScreen
from screens.staff.equipment import EquipmentScreen
from screens.staff.first_levels import FirstLevelsScreen
from screens.staff.follow_up import FollowUpScreen
from screens.staff.lines import LineKey
from screens.staff.odd import OddScreen
from screens.staff.person import PersonScreen
from screens.staff.place_requests import PlaceRequestsScreen
from screens.staff.readiness import ReadinessScreen
from screens.staff.ready_today import ReadyTodayScreen
from screens.staff.to_see import ToSeeScreen

PAIR = ("Aïssata", "Mirela")


@pytest.fixture
def yesterday(day):
    """Two people of yesterday's workshop."""
    book(day, PAIR, hours=-24, programme="awareness")
    return day


async def half_day_and(played, name):
    """Yesterday's half-day, and somebody of it."""
    (found,) = await played.asked(
        "select b.half_day_id, p.id from booking b join participant p on p.id = b.participant_id"
        f" where p.first_name = '{name}'"
    )
    return found


async def came(played, day, name):
    _, person = await half_day_and(played, name)
    then = AT - timedelta(hours=23)
    await asyncio.wrap_future(played.app.database.write(arrive, day.desk, person, Way.FACILITATOR, then))


async def at_odd(played) -> OddScreen:
    screen = await at_screen(played, lambda: OddScreen(played.app.staff_frame), "staff")
    await until(lambda: screen._drawn)
    await played.rest()
    return screen


async def absent(played, name="Aïssata"):
    """Somebody was absent yesterday."""
    half_day, person = await half_day_and(played, name)
    await elsewhere(played, MarkPerson(half_day, person, Mark.ABSENT), "staff")
    return half_day, person


async def to_the_first_line(played) -> None:
    """The cursor, by the keyboard; lines that are drawn anew in this moment would take it away."""
    screen = played.app.screen
    await until(lambda: screen.query(".line"))
    await played.rest()
    await played.press("down")
    await until(lambda: screen._cursor is not None)


# ---- what is odd


@pytest.mark.parametrize("reviews", [True, False])
async def test_the_list_of_a_roster_says_where_the_days_list_has_more(play, yesterday, reviews):
    """Two lists bear the same name: whoever may see the day is told of the other one."""
    async with play() as played:
        made = lambda: ToSeeScreen(played.app.staff_frame, reviews=reviews)  # noqa: E731
        await at_screen(played, made, "staff")
        await played.shows("Rien à régler.")
        if reviews:
            await played.shows("Menu, Le jour, À régler.")
        else:
            await played.rest()
            assert "Menu, Le jour" not in played.text


async def test_each_line_is_settled_by_one_key_and_the_number_goes_down(play, yesterday):
    async with play() as played:
        await played.home()
        await came(played, yesterday, "Aïssata")
        screen = await at_odd(played)
        await played.shows("3 lignes à régler, des 30 derniers jours")
        await played.shows("Départ non noté")
        await touch(played, "Absence")
        await played.shows("Mirela Q. · Ni présence ni absence : c'est réglé.")
        await played.shows("2 lignes à régler")
        await until(lambda: len(screen.query(".line")) == 2)
        time_between_touches(played)
        screen._decided_at = float("-inf")
        await touch(played, "Jusqu'à la fin")
        await played.shows("1 ligne à régler")
        assert await played.asked("select what, reason from exception_settled") == [
            ("no_departure", "checked")
        ]


async def test_by_keys_alone_the_cursor_stays_where_the_lines_move_up(play, yesterday):
    """A-22; a letter means the line under the cursor and no other."""
    async with play() as played:
        await played.home()
        screen = await at_odd(played)
        await played.shows("3 lignes à régler")
        await played.press("a")
        await played.rest()
        assert "3 lignes" in played.text, "no line has the cursor"
        await to_the_first_line(played)
        await played.press("a")
        await played.shows("2 lignes à régler")
        await until(lambda: len(screen.query(".line")) == 2 and screen._cursor == (0, 0))
        await played.press("down")
        assert screen._cursor == (1, 0)
        screen._decided_at = float("-inf")
        await played.press("o")
        await on(played, ClosingScreen)


async def test_a_letter_that_stays_down_settles_one_line(play, yesterday):
    """A-25: though the next line comes under the cursor at once."""
    async with play() as played:
        await played.home()
        screen = await at_odd(played)
        await to_the_first_line(played)
        await played.press("a")
        await played.shows("2 lignes à régler")
        await until(lambda: len(screen.query(".line")) == 2 and screen._cursor == (0, 0))
        await played.press("a", "a", "a")
        assert "2 lignes à régler" in played.text


async def test_refused_codes_are_counted_and_looked_at_but_never_shown(play, day):
    """P-07"""
    token = new_token()
    async with play() as played:
        await played.home()
        played.burst(token)
        await played.answered("Cette carte")
        await touch(played, "Terminé")
        await at_odd(played)
        await played.shows("1 code inconnu")
        await played.shows("sur cette borne")
        assert token not in played.text
        await touch(played, "C'est vu")
        await played.shows("Tout est réglé. Merci !")
        assert await played.asked("select count(*) from codes_seen") == [(1,)]


async def test_a_line_that_a_colleague_has_settled_is_not_settled_twice(play, yesterday):
    async with play() as played:
        await played.home()
        screen = await at_odd(played)
        await played.shows("3 lignes à régler")
        line = screen._lines[0]
        await elsewhere(played, line.settling, "staff")
        await played.shows("2 lignes à régler")
        screen._about = "Aïssata Q."
        screen.ask(line.settling)
        await played.shows("Aïssata Q. : cela a changé, regardez encore.")


async def test_what_may_be_odd_with_the_kiosk_is_one_key_away(play, day):
    async with play() as played:
        await played.home()
        await at_odd(played)
        await played.press("b")
        await on(played, ReadyTodayScreen)
        await played.shows("Prêt pour aujourd'hui : ")


# ---- the follow-up


LISTS = {
    "1": AbsentScreen,
    "2": ReadinessScreen,
    "3": FirstLevelsScreen,
    "4": EquipmentScreen,
    "5": PlaceRequestsScreen,
}


async def test_every_number_opens_its_list(play, yesterday):
    async with play() as played:
        await played.home()
        await at_screen(played, lambda: FollowUpScreen(played.app.staff_frame), "staff")
        await played.shows("0 personne à rappeler")
        await absent(played)
        await played.shows("1 personne à rappeler")
        for digit, opened in LISTS.items():
            await played.press(digit)
            await on(played, opened)
            await played.press("escape")
            await on(played, FollowUpScreen)
        await touch(played, "1  Ouvrir")
        await on(played, AbsentScreen)
        await played.shows("Aïssata Q.")


async def test_a_call_takes_the_line_away_and_is_taken_back(play, yesterday):
    async with play() as played:
        await played.home()
        await at_screen(played, lambda: AbsentScreen(played.app.staff_frame), "staff")
        await played.shows("Personne à rappeler.")
        await absent(played)
        for words in ("Aïssata Q.", "mercredi 2 nov. · 8 h 30", "G-001 · 1 absence sans excuse"):
            await played.shows(words)
        await touch(played, "Appel fait")
        await played.shows("Aïssata Q. : appel noté.")
        await played.shows("Personne à rappeler.")
        await played.press("u")
        await played.shows("Aïssata Q. : l'appel est annulé.")
        await played.shows("G-001")
        kinds = await played.asked("select kind, actor from absence_call order by at, rowid")
        assert kinds == [("called", "staff"), ("withdrawn", "staff")]


async def test_an_excuse_is_asked_for_and_noted(play, yesterday):
    """P-26: with the words that an excuse has everywhere."""
    async with play() as played:
        await played.home()
        await at_screen(played, lambda: AbsentScreen(played.app.staff_frame), "staff")
        await absent(played)
        await played.shows("G-001")
        await to_the_first_line(played)
        await played.press("e")
        await on(played, ChoiceScreen)
        await played.shows("Pourquoi cette absence est-elle excusée ?")
        await played.press("2")
        await played.shows("Aïssata Q. : absence excusée, c'est noté.")
        await played.shows("Personne à rappeler.")
        ((reason,),) = await played.asked("select reason from attendance_event where kind = 'excused'")
        assert reason == "work"


async def test_the_list_is_live_and_leads_to_the_page(play, yesterday):
    async with play() as played:
        await played.home()
        await at_screen(played, lambda: AbsentScreen(played.app.staff_frame), "staff")
        half_day, person = await absent(played)
        await absent(played, "Mirela")
        await played.shows("Mirela Q.")
        await elsewhere(played, NoteCall(half_day, person, called=True), "staff")
        screen = played.app.screen
        await until(lambda: {key.line.name for key in screen.query(LineKey) if key.line} == {"Mirela Q."})
        await to_the_first_line(played)
        await played.press("f")
        await on(played, PersonScreen)
        await played.shows("Mirela Q.")
