"""The roster: one key or one tap a person, what contradicts is asked, and nothing stays hidden or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hands import AT, on, tap, time_between_touches, touch, until
from staff import EIGHT, at_half_day, book, cut_keys, roster, says, states, tap_tile
from textual import events

from kiosk.clock import Clock
from kiosk.database import Database
from models.arrival import Wish, arrive
from models.help import call_help
from models.issuing import participant_id
from models.log import Author
from models.marking import Mark, MarkPerson
from models.requests import run
from models.walk_in import Guest, walk_in
from models.words import PARTICIPANT, Way
from screens.staff.choosing import ChoiceScreen
from screens.staff.period import PeriodScreen
from screens.staff.roster import RosterScreen
from screens.staff.to_see import ToSeeScreen
from screens.widgets.key import Key
from screens.widgets.tiles import Tiles


@pytest.fixture
def group(day):
    """Eight people booked for one half-day."""
    book(day)
    return day


def elsewhere(day, rule, *given):
    """What another program does on the same database file."""
    database = Database(day.database.path)
    database.open().result()
    try:
        return database.write(rule, *given).result()
    finally:
        database.close()


async def marked(played, screen, number):
    """Wait until so many people are there."""
    await until(lambda: screen._view and list(states(screen).values()).count("present") == number)


async def test_a_group_of_eight_is_marked_with_eight_keys(play, group):
    """One key a person: the cursor goes on by itself to who is still to be marked."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        for number in range(1, 9):
            screen._pressed_at = float("-inf")  # a hand takes longer
            await played.press("p")
            await marked(played, screen, number)
        assert set(states(screen).values()) == {"present"}
        assert len(await played.arrived()) == 8


async def test_everybody_is_there_but_two_takes_six_keys(play, group):
    """ "Tout le monde est là", then the exceptions: an absence and an excuse with its reason."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("2", "a")
        await until(lambda: states(screen)["Hoa"] == "absent")
        await played.press("5", "e")
        await until(lambda: isinstance(played.app.screen, ChoiceScreen))
        await played.press("1")
        await until(lambda: played.app.screen is screen and "excused" in states(screen).values())
        await played.press("t")
        await marked(played, screen, 6)
        assert sorted(states(screen).values()) == ["absent", "excused", *["present"] * 6]


async def test_a_tap_notes_what_the_pressed_key_says(play, group):
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await tap_tile(played, "Rachida")
        await until(lambda: states(screen)["Rachida"] == "present")
        await touch(played, "Absence")
        await tap_tile(played, "Zoé")
        await tap_tile(played, "Awa")
        await until(lambda: states(screen)["Zoé"] == states(screen)["Awa"] == "absent")
        await touch(played, "Excuse")
        await touch(played, "4  Transport")
        await tap_tile(played, "Mehdi")
        await until(lambda: states(screen)["Mehdi"] == "excused")
        assert await played.asked("select reason from attendance_event where kind = 'excused'") == [
            ("transport",)
        ]
        await touch(played, "Départ")
        await tap_tile(played, "Rachida")
        await until(lambda: states(screen)["Rachida"] == "left_early")
        await tap_tile(played, "Hoa")
        await says(played, "Hoa Q. n'est pas là : notez d'abord la présence.")


async def test_a_mark_that_contradicts_another_one_asks_why(play, group):
    """P-26: the arrival is not removed; it is annulled, by whom and why, and both stay in the ledger."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("1", "p")
        await until(lambda: states(screen)["Awa"] == "present")
        await played.press("1", "a")
        await until(lambda: isinstance(played.app.screen, ChoiceScreen))
        await played.shows("C'est une correction. Pourquoi ?")
        await played.press("2")
        await until(lambda: played.app.screen is screen and states(screen)["Awa"] == "absent")
        kinds = await played.asked("select kind, reason from attendance_event order by rowid")
        assert kinds == [("arrived", None), ("annulled", "wrong_key"), ("absent", "wrong_key")]


@pytest.mark.parametrize(
    ("key", "asked", "offered"),
    [
        ("d", "À quelle heure était le départ ?", "À la fin, 12 h"),
        ("p", "À quelle heure était l'arrivée ?", "Au début, 8 h 30"),
    ],
)
async def test_what_was_forgotten_yesterday_is_asked_for_by_its_name(play, day, key, asked, offered):
    """A departure is not asked for as an arrival."""
    book(day, ["Awa"], hours=-24)
    if key == "d":
        came = AT - timedelta(days=1)
        elsewhere(day, arrive, day.desk, participant_id("G-001"), Way.FACILITATOR, came)
    async with play() as played:
        await at_half_day(played, "job-search")
        await played.press(key)
        await played.shows(asked)
        await touch(played, offered)
        await played.rest()
        kinds = await played.asked("select kind from attendance_event order by stored_at, id")
        assert kinds[-1] == ({"d": "left", "p": "arrived"}[key],)


async def test_the_last_touch_is_taken_back_with_its_author_and_done_again(play, group):
    """Undo takes back everything that one touch did, and says whose it was."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("t")
        await marked(played, screen, 8)
        await played.press("u")
        await says(played, "Annulé : présence, 8 personnes (Sam, 8 h 22).")
        await marked(played, screen, 0)
        await played.press("y")
        await says(played, "Rétabli : présence, 8 personnes (Sam, 8 h 22).")
        await marked(played, screen, 8)
        await played.press("y")
        await says(played, "Il n'y a rien à rétablir.")


async def test_what_a_colleague_has_done_meanwhile_is_not_taken_back_by_a_slip(play, group):
    """Two programs on one file are one kiosk: the list is read again before anything is taken back."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("1", "p")
        await marked(played, screen, 1)
        offered = screen._view.steps
        person = next(one for one in screen._view.roster.people if one.name.startswith("Rachida"))
        ((sam,),) = await played.asked("select id from staff_member where name = 'Sam'")
        touch_of_sam = MarkPerson(screen._half_day_id, person.person_id, Mark.PRESENT)
        elsewhere(group, run, group.desk, sam, AT, touch_of_sam)
        await marked(played, screen, 2)
        screen._view = replace(screen._view, steps=offered)  # as it was before the list was read again
        await played.press("u")
        await says(played, "Un autre geste a été fait entre-temps : regardez la liste.")
        await marked(played, screen, 2)


async def test_what_happens_on_the_public_side_is_seen_within_a_second(play, group):
    """Somebody shows a card at another kiosk on the same database."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        person = participant_id("G-003")
        began = played.app._idle.last_touch
        elsewhere(group, arrive, group.desk, person, Way.CARD, AT)
        await until(lambda: states(screen)["Rachida"] == "present")
        await played.shows("1 là")
        assert played.app._idle.last_touch == began, "nobody has touched anything here"


async def test_a_call_for_help_says_who_and_from_where(play, group):
    async with play() as played:
        await at_half_day(played, "job-search")
        author = Author(group.desk.kiosk_id, PARTICIPANT, AT)
        elsewhere(group, call_help, author, "asked", "code", (participant_id("G-003"),))
        await played.shows("8 h 22 · Rachida Q. · Aide demandée · écran du code")
        await played.shows("À régler · 1")
        await played.press("r")
        await until(lambda: isinstance(played.app.screen, ToSeeScreen))
        await touch(played, "Réglé")
        await played.shows("Rien à régler.")
        await touch(played, "Retour")
        await played.shows("Vous êtes Sam.")


async def test_who_is_taken_off_the_list_is_so_for_a_reason(play, day):
    """P-26: it is asked, and stands with what does not count any more."""
    book(day, EIGHT[:2])
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        wish = Wish(screen._half_day_id)
        elsewhere(day, walk_in, day.desk, Guest("Ama", "student", "fr"), AT, wish)
        await played.shows("Ama · Sans réservation")
        await played.press("r")
        await until(lambda: isinstance(played.app.screen, ToSeeScreen))
        await touch(played, "Retirer")
        await until(lambda: isinstance(played.app.screen, ChoiceScreen))
        await played.shows("Retirer de la liste. Pourquoi ?")
        assert "Ama" in played.text
        await played.press("1")
        await played.shows("Rien à régler.")
        kinds = await played.asked("select kind, reason from attendance_event order by rowid")
        assert kinds == [("arrived", None), ("annulled", "wrong_person")]
        await touch(played, "Retour")
        await until(lambda: screen._view.steps.undo is not None)
        await played.press("u")
        await played.shows("Ama · Sans réservation")


async def test_one_key_hides_every_name_and_shows_them_again(play, group):
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("p")
        await marked(played, screen, 1)
        await played.press("c")
        await played.shows("La liste est cachée.")
        seen = played.text
        assert not [name for name in EIGHT if name in seen]
        elsewhere(group, arrive, group.desk, participant_id("G-003"), Way.CARD, AT)
        await played.press("p", "t", "u", "y", "f", "pagedown", "1")
        assert not [name for name in EIGHT if name in played.text]
        await played.press("c")
        await played.shows("Rachida Q.")
        await marked(played, screen, 2)


async def test_who_booked_is_told_of_whom_the_cursor_is_on(play, group):
    async with play() as played:
        await at_half_day(played, "job-search")
        await played.press("3")
        await played.shows("Luc-Olivier Q. · G-002 · réservation : C. Dubois")


async def test_the_keys_at_the_sides_turn_pages_and_then_half_days(play, day):
    book(day, [f"Ama{letter}" for letter in "bcdfghjklm"], capacity=12)
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.shows("page 1 de 2")
        await touch(played, "›")
        await played.shows("Amam Q.")
        time_between_touches(played)
        before = screen._half_day_id
        await touch(played, "›")
        await until(lambda: screen._half_day_id != before)
        assert await played.asked("select count(*) from attendance_event") == [(0,)]


async def test_nothing_is_shown_as_noted_that_is_not_on_the_disk(play, group):
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        played.app.database.write(lambda conn: conn.execute("pragma query_only = on")).result()
        await played.press("p")
        await says(played, "Rien n'est noté : essayez encore.")
        assert set(states(screen).values()) == {"expected"}


async def test_a_role_that_may_not_sees_no_names(play, group):
    """P-19: a coordinator sees the figures of a month without small groups, and may close the kiosk."""
    async with play() as played:
        await played.asked("update staff_member set role = 'coordinator'")
        ((staff_id,),) = await played.asked("select id from staff_member where name = 'Sam'")
        played.app.open_staff_side(staff_id)
        await on(played, PeriodScreen)
        await played.shows("octobre 2022")
        await played.press("f")
        await played.shows("Fermer la borne ?")


@pytest.mark.parametrize("size", [(56, 16), (80, 24), (100, 30), (132, 43)])
async def test_the_roster_is_whole_at_every_grid(play, group, size):
    """No key is cut, every tile lies inside, and a finger in its middle means it."""
    async with play(size=size) as played:
        screen = await at_half_day(played, "job-search")
        assert cut_keys(screen) == []
        tiles = screen.query_one(Tiles)
        shown = min(len(tiles._tiles), tiles._columns * tiles._rows)
        assert shown == 8 or size == (56, 16)
        for number in range(shown):
            x = 1 + number % tiles._columns * (tiles._width + 2)
            y = number // tiles._columns * tiles._height
            assert (
                tiles._tile_at(x, y) == tiles._tile_at(x + tiles._width - 1, y + tiles._height - 1) == number
            )
            assert y + tiles._height <= tiles.size.height
            assert x + tiles._width <= tiles.size.width
        assert tiles._tile_at(0, 0) is None


async def test_escape_leaves_and_forgets_everybody(play, group):
    """P-18: the sign-in ends with the return to the public side."""
    async with play() as played:
        screen = await roster(played)
        await played.press("escape")
        await played.home()
        assert played.app._staff_id == ""
        assert screen._view is None
        assert not screen._tiles._tiles
        assert not isinstance(played.app.screen, RosterScreen)


async def test_a_double_touch_decides_about_one_person(play, group):
    """A-24: the next line moves up under the finger; a second touch at once still means the first."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        for name in ("Zoe", "Lea"):
            guest, wish = Guest(name, "student", "fr"), Wish(screen._half_day_id)
            elsewhere(group, walk_in, group.desk, guest, AT, wish)
        await played.press("r")
        await played.shows("Lea")
        give = next(key for key in played.app.screen.query(Key) if key.label == "Donner la place")
        await until(lambda: give.region.area)
        await played.rest()
        middle = give.region.center
        for _ in range(2):
            await tap(played, *middle)
        await played.shows("place donnée.")
        await played.rest()
        assert await played.asked("select count(*) from booking where status = 'waiting'") == [(1,)]


async def test_a_key_that_stays_down_marks_one_person(play, group):
    """A-25"""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        played.burst("p" * 8, end="")
        await marked(played, screen, 1)
        await played.rest()
        assert len(await played.arrived()) == 1


async def test_people_who_read_the_same_are_told_apart(play, day):
    book(day, ["Marc", "Marc", "Awa"])
    async with play() as played:
        await at_half_day(played, "job-search")
        assert "Marc Q. G-001" in played.text
        assert "Marc Q. G-002" in played.text
        assert "Awa Q.  " in played.text


async def test_whoever_comes_without_a_booking_stands_last(play, group):
    """Nobody's tile moves under a finger that is on its way."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        before = [tile.name for tile in screen._tiles._tiles]
        half_day = Wish(screen._half_day_id)
        elsewhere(group, walk_in, replace(group.desk), Guest("Aab", "student", "fr"), AT, half_day)
        await until(lambda: len(screen._tiles._tiles) == len(before) + 1)
        assert [tile.name for tile in screen._tiles._tiles] == [*before, "+ Aab"]


async def test_the_rest_is_not_absent_by_one_touch(play, group):
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await touch(played, "Absence")
        await played.press("t")
        await until(lambda: isinstance(played.app.screen, ChoiceScreen))
        await played.shows("Noter 8 absences ?")
        await touch(played, "2  Ne rien noter")
        await until(lambda: played.app.screen is screen)
        assert set(states(screen).values()) == {"expected"}
        await played.press("t")
        await until(lambda: isinstance(played.app.screen, ChoiceScreen))
        await touch(played, "1  Noter")
        await until(lambda: set(states(screen).values()) == {"absent"})


async def test_a_finger_that_slides_off_marks_nobody(play, group):
    """A-26"""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        x, y = screen._tiles.region.x + 5, screen._tiles.region.y + 1
        for kind, down in ((events.MouseDown, y), (events.MouseUp, y + 6)):
            played.app.post_message(
                kind(None, x, down, 0, 0, 1, False, False, False, screen_x=x, screen_y=down)
            )
        await played.rest()
        assert await played.asked("select count(*) from attendance_event") == [(0,)]


async def test_an_account_that_is_closed_ends_the_sign_in(play, group):
    """By command, while somebody is at the roster."""
    async with play() as played:
        await at_half_day(played, "job-search")
        await played.asked("update staff_member set closed_at = '2022-11-03 07:00:00.000000'")
        await played.home()
        assert played.app._staff_id == ""


async def test_what_is_over_says_what_is_not_known(play, group):
    """At noon nobody is to come any more, and whoever was not seen to leave has left."""
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("p")
        await marked(played, screen, 1)
        played.app.clock = Clock(AT + timedelta(hours=4))
        screen.changed()
        await played.shows("1 départ inconnu · 7 sans marque")
        await played.shows("✓ 8 h 22 → ?")
        await played.shows("demi-journées à clôturer.")


async def test_a_group_that_has_just_gone_is_closed_first(play, group):
    """Five minutes after the end its roster stands; the afternoon's is one touch away."""
    book(group, ["Later"], hours=4.5, programme="video-cv")
    async with play() as played:
        played.app.clock = Clock(AT + timedelta(hours=3, minutes=43))
        screen = await roster(played)
        assert screen._view.roster.half_day.programme != "video-cv"
        played.app.clock = Clock(AT + timedelta(hours=4, minutes=20))
        screen._half_day_id = ""
        screen.changed()
        await until(lambda: screen._view.roster.half_day.programme == "video-cv")


async def test_a_half_day_that_was_moved_stays_while_people_are_in(play, group):
    async with play() as played:
        screen = await at_half_day(played, "job-search")
        await played.press("p")
        await marked(played, screen, 1)
        there = "starts_at = '2022-11-10 12:00:00', ends_at = '2022-11-10 15:00:00'"
        await played.asked(f"update half_day set {there} where id = '{screen._half_day_id}'")
        screen.changed()
        await played.shows("jeudi 10 nov.")
        await played.press("1", "a")
        await until(lambda: isinstance(played.app.screen, ChoiceScreen))
