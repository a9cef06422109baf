"""A period in the app: turned, chosen, worked out while keys are answered; what a coordinator sees of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from threading import Event

import pytest
from hands import on, time_between_touches, touch, until
from staff import book
from staff_hands import at_screen

from assets.review import BY_ID, FIGURES
from kiosk.clock import Clock
from models.policy import Policy
from models.review import seeing
from models.review.attendances import first_moment
from models.review.period import Kind, Period, period_of
from models.review.report import report_of
from models.review.seeing import SeeReport
from screens.leave import LeaveScreen
from screens.staff.choosing import ChoiceScreen
from screens.staff.export import ExportScreen
from screens.staff.period import PeriodScreen
from screens.staff.period_views import View
from screens.staff.review_words import figure_said
from screens.staff.span_entry import SpanScreen, date_in
from screens.staff.unsettled import UnsettledScreen

EVENING = datetime(2022, 11, 3, 17, 0, tzinfo=UTC)
NOVEMBER = date(2022, 11, 3)


async def at_period(played, *, now=EVENING, role="staff", **more) -> PeriodScreen:
    played.app.clock = Clock(now)
    given = {"on": NOVEMBER, "outside": False} | more
    screen = await at_screen(played, lambda: PeriodScreen(played.app.staff_frame, **given), role)
    await until(lambda: screen._asked is None)
    await played.rest()
    return screen


async def come(played, screen: PeriodScreen) -> None:
    """Wait until what is wanted has come."""
    await until(lambda: screen._asked is None and screen._report is not None)
    await played.rest()


async def test_the_figures_are_those_of_the_database(play, day):
    book(day)
    async with play((100, 30)) as played:
        screen = await at_period(played)
        await come(played, screen)
        period = period_of(Kind.MONTH, NOVEMBER)
        found = await asyncio.wrap_future(
            played.app.database.read(report_of, "charleroi", period, Policy(), played.app.clock.now())
        )
        assert found.whole.half_days and found.whole.open
        for figure in FIGURES:
            said = figure_said(found.figure(figure.id), figure.unit, "fr")
            await played.shows(f"{figure.name} ")
            await played.shows(said)


async def test_views_and_figures_are_chosen_by_keys_and_by_touch(play, day):
    book(day)
    async with play((100, 30)) as played:
        screen = await at_period(played)
        await come(played, screen)
        await played.press("right", "down")
        assert (screen._shown, screen._figure) == (View.TIME, "minutes")
        await played.shows("Heures · Dans le temps")
        await played.shows(BY_ID["minutes"].meaning[:60])
        await played.press("left", "left", "up")
        assert (screen._shown, screen._figure) == (View.POINTS, "minutes")
        await played.shows("Avant · 6 personnes")
        assert "Suite" not in played.text
        await touch(played, "Atelier")
        await played.shows("Heures · Par atelier")
        await played.press("v", "c")
        assert (screen._shown, screen._figure) == (View.STAGE, "people")


async def test_a_figure_that_can_not_stand_in_a_view_gives_way_and_comes_back(play, day):
    book(day)
    async with play() as played:
        screen = await at_period(played)
        await come(played, screen)
        screen._figure = "places"
        screen._look_by(View.AUDIENCE)
        await played.shows("Présences · Par public")
        assert "Places" not in played.text
        screen._look_by(View.STAGE)
        await played.shows("Places · Par étape")


async def test_periods_before_and_after_are_turned_to_and_an_empty_one_says_so(play, day):
    async with play() as played:
        screen = await at_period(played)
        await come(played, screen)
        await played.press("pagedown", "pagedown")
        await played.shows("janvier 2023")
        await played.shows("Rien dans cette période.")
        await touch(played, "‹")
        await played.shows("décembre 2022")


async def test_another_kind_of_period_is_chosen(play, day):
    async with play() as played:
        screen = await at_period(played)
        for key, kind, said in (
            ("1", Kind.WEEK, "du 31 octobre"),
            ("3", Kind.QUARTER, "2022"),
            ("4", Kind.YEAR, "2022"),
        ):
            time_between_touches(played)
            await played.press("p")
            await on(played, ChoiceScreen)
            await played.press(key)
            await on(played, PeriodScreen)
            assert screen._period == period_of(kind, NOVEMBER)
            await played.shows(said)


async def test_days_of_one_s_own_are_typed_and_touched(play, day):
    async with play() as played:
        screen = await at_period(played)
        await played.press("p", "5")
        await on(played, SpanScreen)
        await played.press(*"03112022", "enter")
        await played.shows("Écrivez chaque jour en huit chiffres")
        await played.press(*"02112022", "enter")
        await played.shows("Le dernier jour est avant le premier")
        await touch(played, "Effacer")
        for digit in "0111202217112022":
            await touch(played, digit)
        await touch(played, "Entrer")
        await on(played, PeriodScreen)
        assert screen._period == Period(Kind.OWN, date(2022, 11, 1), date(2022, 11, 17))
        await played.shows("du 1er novembre au 17 novembre 2022")
        await played.press("pageup")
        assert screen._period.last == date(2022, 10, 31)


@pytest.mark.parametrize("digits", ["31022022", "00000000", "01011999", "01012100", "0101", ""])
def test_what_is_no_day_of_the_century_is_no_day(digits):
    assert date_in(digits) is None


async def test_nobody_turns_beyond_the_century(play, day):
    async with play() as played:
        screen = await at_period(played, kind=Kind.YEAR, on=date(2099, 1, 1))
        await played.press("pagedown")
        assert screen._period.first.year == 2099


# ---- while it is worked out


async def test_how_far_it_is_is_said_and_keys_are_answered_meanwhile(play, day, monkeypatch):
    """A newer wish wins: what an older one found is not shown."""
    go, asked = Event(), []

    def slow(conn, corner, period, policy, now, told):
        asked.append(period)
        if period.kind is Kind.YEAR:
            told(4, 12)
            assert go.wait(10)
        return report_of(conn, corner, period, policy, now)

    async with play() as played:
        screen = await at_period(played)
        await come(played, screen)
        monkeypatch.setattr(seeing, "report_of", slow)
        screen._want(period_of(Kind.YEAR, NOVEMBER), NOVEMBER)
        await played.shows("Calcul : 4 sur 12")
        await played.press("pageup", "pageup")
        await played.shows("2020")
        assert "Calcul" not in played.text and "Présences" not in played.text
        screen._want(period_of(Kind.MONTH, NOVEMBER), NOVEMBER)
        go.set()
        await come(played, screen)
        assert screen._report.period == period_of(Kind.MONTH, NOVEMBER)
        # One at a time: of those between nobody worked anything out.
        assert asked == [period_of(Kind.YEAR, NOVEMBER), period_of(Kind.MONTH, NOVEMBER)]


async def test_it_is_not_asked_for_at_each_arrival(play, day, monkeypatch):
    async with play() as played:
        screen = await at_period(played)
        await come(played, screen)
        asks = []
        monkeypatch.setattr(screen, "ask", lambda request, then=None: asks.append(request))
        for _ in range(5):
            screen.changed()
        assert asks == []
        screen._rested()
        assert asks == [SeeReport(screen._period)]
        screen.changed()
        screen._rested()
        assert len(asks) == 1  # the first has not been answered yet
        screen.answered(asks[0], screen._report)
        screen._rested()
        assert len(asks) == 2


async def test_what_can_not_be_read_is_said_and_asked_for_again(play, day, monkeypatch):
    def broken(*_):
        raise OSError("full")

    async with play() as played:
        screen = await at_period(played)
        monkeypatch.setattr(seeing, "report_of", broken)
        await played.press("pageup")
        await played.shows("La borne ne peut pas lire la base")
        monkeypatch.undo()
        await played.press("pageup")
        await come(played, screen)
        assert screen._report.period.first == date(2022, 9, 1)


# ---- outside the corner


async def test_a_coordinator_stands_at_the_last_whole_month_and_sees_only_finished_ones(play, day):
    book(day)
    async with play() as played:
        await played.asked("update staff_member set role = 'coordinator' where name = 'Sam'")
        ((sam,),) = await played.asked("select id from staff_member where name = 'Sam'")
        played.app.clock = Clock(EVENING)
        played.app.open_staff_side(sam)
        await on(played, PeriodScreen)
        screen = played.app.screen
        await come(played, screen)
        assert screen._period == period_of(Kind.MONTH, date(2022, 10, 1)) and screen._report.masked
        screen._look_by(View.POINTS)
        await until(lambda: not {"Niveaux", "Temps"} & set(played.text.split()))
        await played.shows("Toute la période")
        await played.press("pagedown")
        await played.shows("seulement des mois finis : touchez ‹")
        await played.press("p")
        await on(played, ChoiceScreen)
        assert all(word in played.text for word in ("Un mois", "Un trimestre", "Une année"))
        assert "Une semaine" not in played.text and "D'autres dates" not in played.text
        await played.press("escape", "f")
        await on(played, LeaveScreen)
        await played.press("escape", "escape")
        await played.home()
        assert played.app._staff_id == ""


@pytest.mark.parametrize("outside", [False, True])
async def test_a_key_leads_to_taking_it_along(play, day, outside):
    async with play() as played:
        await at_period(played, outside=outside)
        await played.press("e")
        await on(played, ExportScreen)
        assert played.app.screen._period == period_of(Kind.MONTH, NOVEMBER)
        assert bool(played.app.screen.query("#within")) is not outside


async def test_nothing_stays_once_it_is_left(play, day):
    book(day)
    async with play() as played:
        screen = await at_period(played)
        await come(played, screen)
        screen.wipe()
        assert screen._report is None
        screen._tell(screen._period, 1, 12)
        await played.rest()
        assert "Calcul" not in played.text


async def test_what_is_not_signed_in_a_period_can_be_opened_however_long_ago_it_was(play, day):
    """The figure says how many; Enter, or a second touch, leads to where they are signed."""
    async with play() as played:
        screen = await at_period(played)
        await come(played, screen)
        screen._figure = "unsettled"
        screen._draw()
        await played.press("enter")
        await on(played, UnsettledScreen)
        since = played.app.screen._since
        assert since == first_moment(screen._period.first)
        await played.press("escape")
        await on(played, PeriodScreen)
        screen._figure = "came"
        await played.press("enter")
        assert played.app.screen is screen
