"""The network in the app and as a command: only for a coordinator, asked beside the screen."""

from __future__ import annotations

import asyncio
import json
from threading import Event

import pytest
from hands import on, touch, until
from networks import AT, OCTOBER, TODAY, network
from staff_hands import at_screen

from kiosk.clock import Clock
from kiosk.sync import coordinator
from kiosk.sync.trouble import SENTENCES, HubProblem, HubTrouble
from screens.staff.export import ExportScreen
from screens.staff.network import NetworkScreen
from screens.staff.period import PeriodScreen


@pytest.fixture
def hub(monkeypatch):
    """What is asked of the hub; ``hub.away`` makes it fail."""

    class Hub:
        asked: list = []
        away = False
        go_on = Event()

        def __call__(self, home, first, last):
            assert self.go_on.wait(10)
            self.asked.append((first, last))
            if self.away:
                raise HubTrouble(HubProblem.AWAY)
            return network()

    found = Hub()
    found.asked, found.go_on = [], Event()
    found.go_on.set()
    monkeypatch.setattr(coordinator, "ask_network", found)
    return found


async def at_network(played, role="coordinator") -> NetworkScreen:
    played.app.clock = Clock(AT)
    return await at_screen(played, lambda: NetworkScreen(played.app.staff_frame, on=TODAY), role)


async def test_a_coordinator_comes_from_the_period_where_the_home_has_their_secret(play, day, hub):
    async with play((80, 24)) as played:
        played.app.clock = Clock(AT)
        made = lambda: PeriodScreen(  # noqa: E731
            played.app.staff_frame, on=OCTOBER.first, outside=True, may_close=True, network_on=TODAY
        )
        await at_screen(played, made, "coordinator")
        await played.press("r")
        await on(played, NetworkScreen)
        await played.shows("31 SmartCorners")
        assert hub.asked == [(TODAY, TODAY)]
        await played.press("escape")
        await on(played, PeriodScreen)


@pytest.mark.parametrize("kept", [True, False])
async def test_the_way_there_stands_only_where_the_secret_is(play, day, hub, kept):
    async with play((80, 24)) as played:
        await at_network(played)
        file = played.app.home.network_file
        file.parent.mkdir(exist_ok=True)
        if kept:
            file.write_text("{}")
        played.app.go_home()
        played.app.open_staff_side("coordinator")
        await on(played, PeriodScreen)
        await until(lambda: played.app.screen.query("#export"))
        assert bool(played.app.screen.query("#network")) is kept


@pytest.mark.parametrize("role", ["facilitator", "staff", "technician"])
async def test_nobody_else_is_shown_anything_and_the_hub_is_not_asked(play, day, hub, role):
    """P-19, P-23"""
    async with play((80, 24)) as played:
        await at_network(played, role)
        await played.shows("Votre compte ne permet pas cela.")
        assert hub.asked == []


async def test_keys_are_answered_while_the_hub_is_asked_and_a_hub_that_is_away_is_one_sentence(
    play, day, hub
):
    async with play((80, 24)) as played:
        hub.go_on.clear()
        screen = await at_network(played)
        await played.press("c")
        assert screen._column == 1
        hub.go_on.set()
        await played.shows("31 SmartCorners")
        hub.away = True
        screen._look()
        await played.shows(SENTENCES[HubProblem.AWAY][:60])
        assert "Charleroi" in played.text, "what was told before stands"


async def test_a_month_is_taken_along_as_a_file_that_is_noted(play, day, hub):
    """P-21, P-24"""
    async with play((80, 24)) as played:
        screen = await at_network(played)
        await played.shows("31 SmartCorners")
        screen._want(OCTOBER, OCTOBER.first)
        await until(lambda: screen._report is not None)
        await touch(played, "Emporter")
        await on(played, ExportScreen)
        await played.press("3")
        await played.shows("rapport-reseau-2022-10.csv")
        text = (played.app.home.exports / "rapport-reseau-2022-10.csv").read_text("utf-8-sig")
        rows = [line.split(";") for line in text.splitlines()]
        assert ["Réseau des SmartCorners", "Par SmartCorner", "Bastogne (jamais vu)"] in [
            row[:3] for row in rows
        ]
        assert ["Réseau des SmartCorners", "Par SmartCorner", "Heusy (au moins)"] in [row[:3] for row in rows]
        (noted,) = await played.asked("select body from change where kind = 'report.exported'")
        body = json.loads(noted[0])
        assert (body["network"], body["masked"], body["first"]) == (True, True, "2022-10-01")


async def test_whoever_leaves_takes_the_figures_with_them(play, day, hub):
    """P-18"""
    async with play((80, 24)) as played:
        screen = await at_network(played)
        await played.shows("31 SmartCorners")
        played.app.go_home()
        await asyncio.sleep(0)
        assert screen.wiped and screen._network is None and screen._corners == ()


# ---- the command


def test_the_command_prints_every_corner_and_notes_a_file(booked, hub, tmp_path):
    october = ("report", "--network", "--from", "2022-10-01", "--to", "2022-10-31")
    said = booked(*october, "--at", "2022-11-03T08:20")
    assert said.code == 0
    assert "Par SmartCorner · Bastogne (jamais vu)" in said.out
    assert "Toute la période · octobre 2022 (au moins)" in said.out
    file = tmp_path / "x.json"
    ran = booked(*october, "-o", file)
    assert ran.code == 0
    told = json.loads(file.read_text())
    assert told["corner"] == "" and len(told["splits"]["corner"]) == 31
    assert told["network"]["never_seen"] == ["Bastogne"]
    assert "came" in told["network"]["at_least"]["heusy"]
    ((body,),) = booked.asked("select body from change where kind = 'report.exported'")
    assert json.loads(body)["network"] is True


def test_a_month_that_is_not_over_is_refused(booked, hub):
    ran = booked("report", "--network", "--from", "2022-11-01", "--to", "2022-11-30")
    assert ran.refused and ran.code == 1


def test_without_a_secret_the_command_says_what_to_do(booked):
    for arguments in (("report", "--network"), ("network",)):
        ran = booked(*arguments)
        assert ran.refused and "kiosk hub coordinator" in ran.err


def test_a_file_that_is_no_coordinators_is_refused(booked):
    file = booked.file("x.json", "{}")
    assert booked("network", "--join", file).refused


def test_the_heartbeat_is_a_line_for_each_corner(booked, hub):
    ran = booked("network")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].split() == ["SmartCorner", "Nouvelles", "Demi-journées", "Terminées", "Clôturées"]
    assert len(lines) == 1 + 31
    assert any(line.startswith("Bastogne") and "jamais vu" in line for line in lines)
    told = booked("network", "--json").json
    never = next(one for one in told["corners"] if one["corner"] == "Bastogne")
    assert (never["heard"], never["last_seen"]) == ("never", None)
