"""Closing a half-day on the screen: what is odd first, then the figures, then the PIN."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hands import AT, on, tap, time_between_touches, touch, until

from kiosk.clock import Clock
from models import pins
from models.arrival import Wish
from models.connection import body_time
from models.exceptions import OPENS
from models.log import Author, record
from models.marking import Mark, MarkPerson
from models.registers import set_fields
from models.remedies import SettleExceptions
from models.requests import run
from models.settling import ReviewHalfDay, Settle
from models.walk_in import Guest, walk_in
from screens.staff.choosing import ChoiceScreen
from screens.staff.closing import ClosingScreen
from screens.staff.merging import MergeScreen
from screens.staff.person import PersonScreen
from screens.staff.sign import SignScreen
from screens.staff.time_entry import TimeScreen
from screens.staff.unsettled import UnsettledScreen
from screens.widgets.pick_list import PickList

NOON = datetime(2022, 11, 3, 11, 10, tzinfo=UTC)
"""Ten past twelve: the morning is over."""

_HALF_DAY = (
    "select h.id from half_day h join booking b on b.half_day_id = h.id join participant p"
    " on p.id = b.participant_id where p.reference = 'DEMO-00' and h.starts_at < '2022-11-04'"
)


class Desk:
    """Somebody of the team before the app, and what is done elsewhere meanwhile."""

    def __init__(self, played, day) -> None:
        self.played = played
        self.day = day
        self.staff_id = self.half_day = ""

    async def begins(self, role="staff", now=NOON) -> Desk:
        def prepared(conn):
            (staff_id,) = conn.execute("select id from staff_member where name = 'Sam'").fetchone()
            author = Author(self.day.desk.kiosk_id, "system", AT - timedelta(days=1))
            values = {"name": "Leïla", "role": role}
            set_fields(conn, author, "staff_member", staff_id, values, new=False)
            return staff_id, conn.execute(_HALF_DAY).fetchone()[0]

        self.staff_id, self.half_day = await self.writes(prepared)
        self.played.app.clock = Clock(now)
        self.played.app.open_staff_side(self.staff_id)
        await until(lambda: len(self.played.app.screen_stack) > 2)
        return self

    async def writes(self, rule, *values):
        return await asyncio.wrap_future(self.played.app.database.write(rule, *values))

    async def does(self, request, now=NOON):
        """A request from another screen, or another kiosk."""
        return await self.writes(run, self.day.desk, self.staff_id, now, request)

    async def people(self) -> dict[str, str]:
        found = await self.played.asked(
            "select p.first_name, p.id from participant p join booking b on b.participant_id = p.id"
            f" where b.half_day_id = '{self.half_day}' and b.status = 'booked'"
        )
        return dict(found)

    async def comes(self, *names: str) -> None:
        people = await self.people()
        for name in names:
            await self.does(MarkPerson(self.half_day, people[name], Mark.PRESENT, moment=AT))

    async def cleared(self) -> None:
        """Everything odd settled somewhere else, with the first remedy at hand."""
        while exceptions := (await self.does(ReviewHalfDay(self.half_day))).exceptions:
            one = exceptions[0]
            remedy = next(remedy for remedy in one.remedies if remedy not in OPENS)
            await self.does(SettleExceptions(self.half_day, remedy, (one.case,), "other", "other"))

    async def closes(self) -> None:
        """Signed somewhere else, over the figures of that moment."""
        review = await self.does(ReviewHalfDay(self.half_day))
        assert (await self.does(Settle(self.half_day, review.figures.hash))).refused is None

    async def opens(self) -> ClosingScreen:
        app = self.played.app
        app._open_screen(ClosingScreen(app.staff_frame, self.half_day))
        await until(lambda: isinstance(app.screen, ClosingScreen) and app.screen._review is not None)
        await self.played.rest()
        return app.screen

    async def signs(self, pin: str) -> None:
        """Type a PIN on the pad that signs."""
        pad = self.played.app.screen
        await until(lambda: not pad._locked)
        self.played.burst(pin, end="")
        await self.played.rest()
        await until(lambda: len(pad._pin) == len(pin))
        await self.played.press("enter")

    async def settlements(self) -> int:
        ((number,),) = await self.played.asked("select count(*) from settlement")
        return number


async def test_what_is_odd_is_settled_one_by_one_until_the_figures_are_signed(play, day):
    """The whole way by keys alone: exceptions, each with a key and a reason, the figures, the PIN."""
    async with play() as played:
        desk = await Desk(played, day).begins()
        people = await desk.people()
        await desk.comes(*list(people)[:2])
        screen = await desk.opens()
        await played.shows(f"{len(people)} à régler")
        assert "Signer" not in played.text
        for left in range(len(people) - 1, 1, -1):
            await played.shows("Ni présence ni absence")
            time_between_touches(played)
            await played.press("a")
            await played.shows(f"{left} à régler")
        for _ in range(2):
            time_between_touches(played)
            await played.press("j")
            await on(played, ChoiceScreen)
            await played.press("3")
            await on(played, ClosingScreen)
            await until(lambda: not screen._pending)
        await played.shows("Tout est réglé.")
        await played.shows("2 présences")
        await played.shows(f"{len(people) - 2} absences")
        await played.shows("7 h en tout")
        await played.shows("2 départs inconnus")
        time_between_touches(played)
        await played.press("s")
        await on(played, SignScreen)
        await desk.signs(day.pin)
        await on(played, ClosingScreen)
        await played.shows("Clôturée jeudi 3 novembre à 12 h 10 par Leïla.")
        ((hash_,),) = await played.asked("select hash from settlement")
        await played.shows(" ".join(hash_[start : start + 4] for start in range(0, 16, 4)))
        await played.shows("Feuille de présence")


async def test_eight_questions_of_one_kind_are_one_touch_each_for_all(play, day):
    """By touch alone: "Pour tous" takes all of the same kind."""
    async with play() as played:
        desk = await Desk(played, day).begins()
        people = await desk.people()
        await desk.comes(*people)
        await desk.opens()
        await touch(played, f"Pour tous ({len(people)})")
        await touch(played, "Jusqu'à la fin")
        await on(played, ChoiceScreen)
        await played.shows(f"{len(people)} personnes · Départ non noté")
        await touch(played, "4  Autre raison")
        await on(played, ClosingScreen)
        await played.shows("Tout est réglé.")
        settled = await played.asked("select count(*), count(distinct person_id) from exception_settled")
        assert settled == [(len(people), len(people))]


async def test_a_departure_is_told_with_its_hour_and_a_reason(play, day):
    async with play() as played:
        desk = await Desk(played, day).begins()
        people = await desk.people()
        await desk.comes(*people)
        await desk.opens()
        await played.press("d")
        await on(played, TimeScreen)
        await played.press(*"1045", "enter")
        await on(played, ChoiceScreen)
        await played.press("4")
        await on(played, ClosingScreen)
        await played.shows(f"{len(people) - 1} à régler")
        left = await played.asked("select at, reason from attendance_event where kind = 'left'")
        assert left == [("2022-11-03 09:45:00.000000", "from_paper")]


async def test_an_hour_that_cannot_be_is_said_and_settles_nothing(play, day):
    async with play() as played:
        desk = await Desk(played, day).begins()
        people = await desk.people()
        await desk.comes(*people)
        await desk.opens()
        await played.press("d")
        await on(played, TimeScreen)
        await played.press(*"0700", "enter")
        await on(played, ChoiceScreen)
        await played.press("4")
        await played.shows("Cette heure ne va pas avec l'arrivée ou l'horaire")
        await played.shows(f"{len(people)} à régler")


async def test_an_excuse_is_one_reason_of_the_list(play, day):
    async with play() as played:
        desk = await Desk(played, day).begins()
        await desk.opens()
        await played.press("e")
        await on(played, ChoiceScreen)
        await touch(played, "4  Transport")
        await on(played, ClosingScreen)
        await until(lambda: not played.app.screen._pending)
        assert await played.asked("select kind, reason from attendance_event") == [("excused", "transport")]


async def test_up_and_down_go_through_the_list_and_a_finger_picks_a_line(play, day):
    async with play(size=(132, 43)) as played:
        desk = await Desk(played, day).begins()
        screen = await desk.opens()
        last = len(screen._exceptions) - 1
        await played.press("down")
        assert screen._picked == 1
        await played.press("up", "up")
        assert screen._picked == last
        region = screen.query_one(PickList).region
        await tap(played, region.x + 10, region.y)
        assert screen._picked == 0


async def test_a_key_that_is_held_down_settles_one(play, day):
    """A-24: whoever rests a finger on "a" has not marked everybody absent."""
    async with play() as played:
        desk = await Desk(played, day).begins()
        screen = await desk.opens()
        before = len(screen._exceptions)
        for _ in range(6):
            await played.press("a")
            await until(lambda: not screen._pending)
        await played.shows(f"{before - 1} à régler")
        assert await played.asked("select count(*) from attendance_event") == [(1,)]


async def test_a_walk_in_leads_to_the_known_people_and_an_hour_to_the_persons_page(play, day):
    async with play() as played:
        desk = await Desk(played, day).begins()

        def guest(conn):
            walk_in(conn, day.desk, Guest("Ana", "jobseeker", "fr"), AT, Wish(desk.half_day))

        await desk.writes(guest)
        screen = await desk.opens()
        await played.shows("Sans réservation, sans dossier")
        await touch(played, "Personne connue")
        await on(played, MergeScreen)
        await played.press("escape")
        await on(played, ClosingScreen)
        people = await desk.people()
        unsure = replace(day.desk, clock_sure=False)
        mark = MarkPerson(desk.half_day, people["Binta"], Mark.ABSENT)
        await desk.writes(run, unsure, desk.staff_id, NOON, mark)
        await played.shows("Heure incertaine")
        doubtful = [one.case.what.value for one in screen._exceptions].index("doubtful_clock")
        await played.press(*["down"] * doubtful)
        time_between_touches(played)
        await touch(played, "Ouvrir la fiche")
        await on(played, PersonScreen)


async def test_what_a_colleague_settles_on_another_kiosk_is_gone_within_a_second(play, day):
    async with play() as played:
        desk = await Desk(played, day).begins()
        people = await desk.people()
        await desk.opens()
        await played.shows(f"{len(people)} à régler")
        await desk.does(MarkPerson(desk.half_day, people["Binta"], Mark.ABSENT))
        await played.shows(f"{len(people) - 1} à régler")
        assert "Binta" not in played.text


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (AT - timedelta(minutes=10), "Cette demi-journée n'a pas commencé"),
        (AT + timedelta(hours=1), "Des personnes sont encore là"),
    ],
)
async def test_what_cannot_be_closed_yet_says_why(play, day, when, said):
    async with play() as played:
        desk = await Desk(played, day).begins(now=when)
        await desk.comes("Binta")
        await desk.opens()
        await played.shows(said)
        assert "Signer" not in played.text


# ---- the signature


@pytest.fixture
def ready(play, day):
    """A half-day of which only the signature is missing; the pad that signs stands there."""

    async def ready(played):
        desk = await Desk(played, day).begins()
        await desk.comes("Binta")
        await desk.cleared()
        await desk.opens()
        await touch(played, "Signer")
        await on(played, SignScreen)
        return desk

    return ready


async def test_a_wrong_pin_closes_nothing_and_throws_nobody_out(play, day, ready):
    """P-17, P-24: the try is in the log; the half-day is open, and its screen is one key away."""
    async with play() as played:
        desk = await ready(played)
        await desk.signs("000000")
        await played.shows("Ce code n'est pas le vôtre. Rien n'est fait.")
        assert await desk.settlements() == 0
        assert played.app._staff_id == desk.staff_id
        await played.press("escape")
        await on(played, ClosingScreen)
        await played.shows("Tout est réglé.")


async def test_the_pin_of_a_colleague_does_not_sign(play, day, ready):
    async with play() as played:
        desk = await ready(played)

        def colleague(conn):
            author = Author(day.desk.kiosk_id, "system", AT)
            values = {"name": "Yves", "role": "staff", "pin": pins.hash_pin("314159")}
            set_fields(conn, author, "staff_member", "f" * 32, values, new=True)

        await desk.writes(colleague)
        await desk.signs("314159")
        await played.shows("Rien n'est fait.")
        assert await desk.settlements() == 0
        await desk.signs(day.pin)
        await played.shows("par Leïla.")
        assert await desk.settlements() == 1


async def test_during_the_delay_not_even_the_right_pin_signs(play, day, ready):
    """P-17: the delay of the door is that of the signature."""
    async with play() as played:
        desk = await ready(played)
        for _ in range(day.desk.policy.wrong_pins):
            await desk.signs("000000")
            await until(lambda: not played.app.screen._locked or played.app.screen._left)
        await played.shows("Trop d'essais.")
        await played.press(*day.pin, "enter")
        await played.rest()
        assert await desk.settlements() == 0


async def test_somebody_who_comes_while_the_pin_is_typed_is_not_signed_away(play, day, ready):
    """What is signed is what stands in the ledger at that moment; else it is said, and nothing is closed."""
    async with play() as played:
        desk = await ready(played)
        people = await desk.people()
        late = await desk.does(
            MarkPerson(desk.half_day, people["Kofi"], Mark.PRESENT, reason="told_later", moment=AT)
        )
        assert late.refused is None
        await desk.signs(day.pin)
        await played.shows("Il reste quelque chose à régler avant de signer.")
        assert await desk.settlements() == 0


async def test_a_correction_while_the_pin_is_typed_is_shown_before_it_is_signed(play, day, ready):
    """P-26: the PIN signs what was on the screen, and nothing else."""
    async with play() as played:
        desk = await ready(played)
        people = await desk.people()
        excused = await desk.does(
            MarkPerson(desk.half_day, people["Kofi"], Mark.EXCUSED, excuse="work", reason="told_later")
        )
        assert excused.refused is None
        await desk.signs(day.pin)
        await on(played, ClosingScreen)
        await played.shows("Les chiffres ont changé : regardez-les, puis signez.")
        await played.shows("1 excuse")
        assert await desk.settlements() == 0
        time_between_touches(played)
        await touch(played, "Signer")
        await on(played, SignScreen)
        await desk.signs(day.pin)
        await played.shows("Clôturée")
        assert await desk.settlements() == 1


async def test_an_idle_pad_that_signs_asks_before_it_goes(play, day, ready):
    """P-18: the sign-in ends with it, and nothing is closed."""
    async with play() as played:
        desk = await ready(played)
        played.time_passes(161)
        await until(lambda: not isinstance(played.app.screen, SignScreen))
        played.time_passes(61)
        await played.home()
        assert played.app._staff_id == ""
        assert await desk.settlements() == 0


# ---- after it


async def test_a_correction_after_closing_stands_beside_what_was_signed(play, day):
    """P-26: old and new are both read, and it can be closed again."""
    async with play() as played:
        desk = await Desk(played, day).begins()
        await desk.comes("Binta")
        await desk.cleared()
        await desk.closes()
        await desk.opens()
        await played.shows("Clôturée")
        assert "Signer" not in played.text
        people = await desk.people()
        await desk.does(
            MarkPerson(
                desk.half_day,
                people["Binta"],
                Mark.LEFT,
                reason="from_paper",
                moment=NOON - timedelta(hours=2),
            )
        )
        await played.shows("Les chiffres ont changé depuis la clôture.")
        await played.shows("3 h 30 → 1 h 40")
        await played.shows("Signé : 12 h 10")
        await touch(played, "Clôturer à nouveau")
        await on(played, SignScreen)
        await desk.signs(day.pin)
        await played.shows("Clôturée")
        assert await desk.settlements() == 2


async def test_figures_of_another_version_are_said_to_be_that(play, day):
    """P-26: a kiosk that is a version behind opens the half-day, and can close it."""
    async with play() as played:
        desk = await Desk(played, day).begins()
        await desk.cleared()

        def elsewhere(conn):
            author = Author(day.desk.kiosk_id, desk.staff_id, NOON)
            body = {"half_day": desk.half_day, "at": body_time(NOON), "figures": "{}", "hash": "ab" * 32}
            record(conn, author, "attendance.settled", "attendance", desk.half_day, body)

        await desk.writes(elsewhere)
        await desk.opens()
        await played.shows("Chiffres d'une autre version")
        await played.shows("abab abab")
        await played.shows("Clôturer à nouveau")
        assert "Les chiffres ont changé" not in played.text


async def test_after_closing_even_a_plain_mark_is_asked_for_its_reason(play, day):
    """P-26."""
    async with play() as played:
        desk = await Desk(played, day).begins()
        await desk.cleared()
        await desk.closes()
        people = await desk.people()
        ((event,),) = await played.asked(
            f"select id from attendance_event where person_id = '{people['Kofi']}'"
        )
        await desk.writes(
            lambda conn: conn.execute("delete from attendance_event where id = ?", (event,)).rowcount
        )
        await desk.opens()
        await played.press("a")
        await on(played, ChoiceScreen)
        await played.press("2")
        await played.shows("1 ligne réglée.")


# ---- the list


async def test_the_list_of_what_is_not_closed_leads_to_each_and_reaches_zero(play, day):
    async with play() as played:
        desk = await Desk(played, day).begins()
        app = played.app
        app._open_screen(UnsettledScreen(app.staff_frame))
        await played.shows("2 demi-journées ne sont pas clôturées.")
        await played.press("down", "o")
        await on(played, ClosingScreen)
        await played.press("escape")
        await on(played, UnsettledScreen)
        for one in app.screen._found.half_days:
            desk.half_day = one.id
            await desk.cleared()
            await desk.closes()
        await played.shows("Tout est clôturé.")
        await until(lambda: "Ouvrir" not in played.text)


async def test_a_finger_on_a_line_opens_it(play, day):
    async with play() as played:
        await Desk(played, day).begins()
        app = played.app
        app._open_screen(UnsettledScreen(app.staff_frame))
        await played.shows("2 demi-journées")
        wanted = app.screen._found.half_days[1].id
        region = app.screen.query_one(PickList).region
        await tap(played, region.x + 10, region.y + 4)
        await on(played, ClosingScreen)
        assert played.app.screen._half_day_id == wanted


# ---- what has to fit, and to go


@pytest.mark.parametrize("size", [(56, 16), (80, 24), (132, 43)])
async def test_every_key_can_be_seen_whole_at_every_grid(play, day, size):
    async with play(size=size) as played:
        desk = await Desk(played, day).begins()
        await desk.comes("Binta")
        screen = await desk.opens()
        for state in ("exceptions", "figures", "closed", "corrected"):
            if state == "figures":
                await desk.cleared()
                await played.shows("Tout est réglé.")
            elif state == "closed":
                await desk.closes()
                await played.shows("Clôturée")
            elif state == "corrected":
                people = await desk.people()
                await desk.does(
                    MarkPerson(
                        desk.half_day,
                        people["Binta"],
                        Mark.LEFT,
                        reason="clock",
                        moment=AT + timedelta(hours=1),
                    )
                )
                await played.shows("Les chiffres ont changé")
            keys = [key for key in screen.query("Key") if key.display]
            await until(lambda keys=keys: all(key.region.area for key in keys))
            assert keys
            for key in keys:
                region, label = key.region, key.label
                assert region.height == 3, (state, label)
                assert screen.find_widget(key).visible_region == region, (state, label)
                assert region.width >= max(12, len(label) + 2), (state, label)


async def test_nothing_of_anybody_stays_on_a_screen_that_was_wiped(play, day):
    """P-18."""
    async with play() as played:
        desk = await Desk(played, day).begins()
        await desk.comes("Binta")
        screen = await desk.opens()
        assert "Binta" in played.text
        screen.wipe()
        await played.rest()
        assert screen._review is None
        assert "Binta" not in played.text
