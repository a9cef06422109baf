"""The network at every grid: readable, in every language, no key cut, no corner or figure out of reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from networks import AT, LATE, NEVER, OCTOBER, PLACES, SILENT, TODAY, network
from stage import GRIDS, THEMES, moment, stage
from test_assessment_layout import flaws

from assets.languages import LANGUAGES, translator
from assets.review import BY_ID, Split
from kiosk.sync.trouble import AT_A_DESK, HubProblem
from models.network.report import report_of_network
from models.network.view import Hearing
from models.review.period import Kind, period_of
from models.review.report import IN_NETWORK
from screens.staff.network import NetworkScreen
from screens.staff.network_words import DAY, heard_said, network_figure
from screens.staff.period import PeriodScreen
from screens.staff.review_words import corner_name

NETWORK = network()


async def put(shown, language: str = "fr", period=None) -> NetworkScreen:
    """The screen with what the hub has told."""
    screen = NetworkScreen(("SmartCorner de Charleroi", language, ""), on=TODAY)
    await shown.app.push_screen(screen)
    screen.show_moment(moment(language))
    if period is not None:
        screen._want(period, period.first)
    screen.show_network(screen._period, NETWORK, "")
    await shown.settled()
    return screen


@pytest.mark.parametrize(("size", "theme"), list(zip(GRIDS, (*THEMES, THEMES[0]), strict=False)))
async def test_everything_can_be_read(size, theme):
    """A-08, A-09"""
    async with stage(size, theme) as shown:
        for period in (None, OCTOBER):
            screen = await put(shown, period=period)
            assert flaws(shown) == [], shown.text
            screen.show_network(screen._period, None, screen.translate("Un instant…"))
            await shown.settled()
            assert flaws(shown) == [] and "Un instant…" in shown.text, shown.text
            await shown.app.pop_screen()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_eighty_columns_on_every_figure_has_its_whole_name_and_definition(language):
    translate = translator(language)
    async with stage((80, 24), language=language) as shown:
        for period, figures in (
            (None, list(DAY.values())),
            (OCTOBER, [(one.name, one.meaning) for one in IN_NETWORK]),
        ):
            screen = await put(shown, language, period)
            seen = set()
            for _ in figures:
                said = " ".join(shown.text.split())
                seen |= {one for one in figures if " : ".join(map(translate, one)) in said}
                screen.action_figure(1)
                await shown.settled()
            assert seen == set(figures), shown.text
            assert flaws(shown) == [], shown.text
            await shown.app.pop_screen()


@pytest.mark.parametrize("size", GRIDS[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_corner_can_be_reached_with_when_it_was_heard_and_its_picked_figure(size):
    async with stage(size) as shown:
        screen = await put(shown, period=OCTOBER)
        report = report_of_network(NETWORK, OCTOBER)
        for corner in screen._corners:
            line = next(row for row in shown.text.splitlines() if "▸" in row)
            assert corner_name(corner.id)[:9] in line
            assert heard_said(corner, AT, "fr")[:9] in line
            assert network_figure(report, corner.id, "came", "fr") in line
            screen.action_corner(1)
            await shown.settled()
        for one in IN_NETWORK:
            word = screen._columns[screen._column][0]
            line = next(row for row in shown.text.splitlines() if "En tout" in row)
            assert network_figure(report, "", word, "fr") in line, one
            screen.action_figure(1)
            await shown.settled()


async def test_the_widest_grid_holds_the_whole_network():
    async with stage((132, 43)) as shown:
        await put(shown, period=OCTOBER)
        assert all(corner_name(place) in shown.text for place in PLACES)


async def test_never_silent_late_and_nothing_are_told_apart():
    async with stage((100, 30)) as shown:
        await put(shown, period=OCTOBER)
        lines = {corner_name(place): row for row in shown.text.splitlines() for place in PLACES
                 if f" {corner_name(place)} " in row}  # fmt: skip
        assert "○ jamais vu" in lines[NEVER] and "–" in lines[NEVER]
        assert "○ muet depuis 4 jours" in lines["Arlon"]
        assert "≥ 60" in lines["Heusy"] and "masqué" in lines["Heusy"]
        assert "≥" not in lines["Ath"]
        assert "31 SmartCorners · 1 muet · 1 jamais vu" in shown.text
    assert {NEVER, SILENT, LATE} < set(PLACES)


async def test_a_kiosk_that_has_something_to_say_is_said_by_name():
    async with stage((132, 43)) as shown:
        screen = await put(shown)
        screen._picked = [one.id for one in screen._corners].index(LATE)
        screen._draw()
        await shown.settled()
        for words in ("2 désaccords", "Ordinateur : horloge en retard de 3 minutes", "1 ligne refusée"):
            assert words in shown.text


async def test_people_of_a_day_are_told_the_day_after_and_only_where_they_are_many():
    async with stage((80, 24)) as shown:
        screen = await put(shown)
        assert "Présences : dites le lendemain." in shown.text
        for on, said in (
            ("2022-11-02", "Présences : au moins 310."),
            ("2022-11-01", "Trop peu de présences"),
        ):
            screen.action_turn_to(-1)
            assert screen._period.first == date.fromisoformat(on)
            screen.show_network(screen._period, NETWORK, "")
            await shown.settled()
            assert said in shown.text


async def test_the_days_total_is_at_least_so_many_where_a_corner_was_never_heard():
    """Nobody knows what it had planned; of a network that was heard whole the figure is exact."""
    async with stage((80, 24)) as shown:
        screen = await put(shown)
        planned = NETWORK.day(TODAY).planned
        line = next(row for row in shown.text.splitlines() if "En tout" in row)
        assert f"≥ {planned}" in line
        heard = replace(NETWORK, corners=tuple(one for one in NETWORK.corners if one.id != NEVER))
        screen.show_network(screen._period, heard, "")
        await shown.settled()
        line = next(row for row in shown.text.splitlines() if "En tout" in row)
        assert str(planned) in line and "≥" not in line


@pytest.mark.parametrize("size", GRIDS[:3], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_access_that_has_ended_leaves_nothing_to_wait_for(size):
    async with stage(size) as shown:
        screen = NetworkScreen(("SmartCorner de Charleroi", "fr", ""), on=TODAY)
        await shown.app.push_screen(screen)
        screen.show_moment(moment("fr"))
        await shown.settled()
        assert "Un instant…" in shown.text
        screen.show_network(screen._period, None, screen.translate(AT_A_DESK[HubProblem.NO_ENTRY]))
        await shown.settled()
        assert "L'accès est fermé. Appelez qui s'occupe du serveur." in shown.text
        assert "Un instant…" not in shown.text and flaws(shown) == [], shown.text


async def test_what_comes_late_of_other_days_is_not_shown_under_their_name():
    async with stage((80, 24)) as shown:
        screen = await put(shown)
        before = screen._period
        screen.action_turn_to(1)
        screen.show_network(before, NETWORK, "")
        assert screen._network is None


async def test_a_month_that_is_not_over_tells_when_corners_were_heard_and_no_figures():
    async with stage((80, 24)) as shown:
        await put(shown, period=period_of(Kind.MONTH, TODAY))
        assert "Seulement des mois finis" in shown.text
        assert "● en ligne" in shown.text
        line = next(row for row in shown.text.splitlines() if "En tout" in row)
        assert not any(sign.isdigit() for sign in line)


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["fr", "de"])
async def test_the_way_to_the_network_has_room_beside_everything_else_of_a_period(size, language):
    async with stage(size, language=language) as shown:
        frame = ("SmartCorner de Charleroi", language, "")
        screen = PeriodScreen(frame, on=OCTOBER.first, outside=True, may_close=True, network_on=TODAY)
        await shown.app.push_screen(screen)
        screen.show_moment(moment(language))
        await shown.settled()
        assert flaws(shown) == [], shown.text
        assert translator(language)("Réseau") in shown.text


# ---- what is said


@pytest.mark.parametrize(
    ("ago", "hearing", "said"),
    [
        (timedelta(minutes=10), Hearing.LIVE, "● en ligne"),
        (timedelta(minutes=11), Hearing.HEARD, "● à 8 h 11"),
        (timedelta(hours=24), Hearing.HEARD, "● hier à 8 h 22"),
        (timedelta(hours=24, seconds=1), Hearing.SILENT, "○ muet depuis 1 jour"),
        (None, Hearing.NEVER, "○ jamais vu"),
    ],
)
def test_when_a_corner_was_heard_is_said_by_its_latest_kiosk(ago, hearing, said):
    corner = NETWORK.corners[1]
    latest = replace(corner.kiosks[0], last_seen=AT - ago if ago is not None else None)
    older = replace(latest, last_seen=latest.last_seen and latest.last_seen - timedelta(days=9))
    corner = replace(corner, kiosks=(older, latest))
    assert corner.hearing(AT) is hearing
    assert heard_said(corner, AT, "fr") == said


def test_a_total_over_several_months_is_the_sum_of_what_is_told():
    period = period_of(Kind.QUARTER, date(2022, 7, 1))
    report = report_of_network(NETWORK, period)
    rows = [row.tally for row in report.rows[Split.CORNER] if row.key != NEVER]
    assert report.whole.came == sum(row.came for row in rows)
    assert [row.key for row in report.rows[Split.TIME]] == ["0", "1", "2"]
    assert sum(row.tally.came for row in report.rows[Split.TIME]) == report.whole.came
    assert report.whole.fill_rate is None, "it is of what is at least so many"
    assert BY_ID["people"] not in IN_NETWORK
