"""What is told of the hub: to the team where the kiosk is enrolled, and to nobody at the door."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hands import AT, on, touch, until
from staff_hands import at_screen

from kiosk.full_screen import WITHDRAWN
from kiosk.home import Home
from kiosk.sync.cycle import Round
from models.connection import db_time
from models.log import Author, record
from models.sync.outbox import Answer, sent
from models.words import SYSTEM
from screens.staff.day_review import DayScreen
from screens.staff.ready_today import ReadyTodayScreen
from screens.staff.refused import RefusedScreen
from screens.staff.roster import RosterScreen
from screens.staff.sharing_line import SharingLine
from screens.staff.sharing_words import Standpoint

HEARD = (
    f"update sync_state set timeline = 't', heard_at = '{db_time(AT - timedelta(minutes=20))}', skew_ms = 0"
)
SENT = "update change set hub_seq = n"
WORDS = ("synchronisation", "à envoyer", "serveur")


@pytest.fixture
def enrolled(day) -> Home:
    """The same day on a kiosk that has a hub."""
    home = Home(day.database.path.parent)
    home.hub_file.parent.mkdir(exist_ok=True)
    home.hub_file.write_text("{}")
    return home


async def note(played, kind: str = "help.called", *, refused: bool = False) -> None:
    """A row is written now; the hub does not take it, or has not been asked."""
    app = played.app
    author = Author(app._desk.kiosk_id, SYSTEM, AT)

    def noted(conn) -> None:
        row = record(conn, author, kind, "help", author.kiosk_id, {})
        if refused:
            sent(conn, [Answer(row.id, None, None, "changed")], AT)

    await asyncio.wrap_future(app.database.write(noted))


SCREENS = {
    "roster": (lambda app: RosterScreen(app.staff_frame, "Noor"), "facilitator"),
    "day": (lambda app: DayScreen(app.staff_frame, "Noor"), "staff"),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_the_team_reads_how_much_is_to_be_sent_and_when_the_hub_was_last_heard(play, enrolled, name):
    made, role = SCREENS[name]
    async with play() as played:
        screen = await at_screen(played, lambda: made(played.app), role)
        line = screen.query_one(SharingLine)
        for sql in (HEARD, SENT):
            await played.asked(sql)
        line._ask()
        await played.shows("Tout est envoyé · dernière synchronisation 8 h 02")
        await note(played)
        line._ask()
        await played.shows("1 à envoyer · dernière synchronisation 8 h 02")
        assert not line.has_class("-act")
        await played.asked("update sync_state set skew_ms = -300000")
        line._ask()
        await played.shows("L'horloge a 5 minutes d'écart")
        assert line.has_class("-act")


async def test_a_kiosk_without_a_hub_says_nothing_of_one(play, day):
    """One kiosk in a corner needs nothing but its file."""
    async with play() as played:
        screen = await at_screen(played, lambda: RosterScreen(played.app.staff_frame, "Noor"))
        await played.shows("Vous êtes Noor")
        line = screen.query_one(SharingLine)
        await until(lambda: not line._again._task or line._again._task.done())
        assert not line.display
        assert not any(word in played.text for word in WORDS)


async def test_nothing_of_it_is_told_at_the_door(play, enrolled, day):
    """Whatever is wrong, and even where its line stood on a public screen."""
    async with play() as played:
        await played.asked(HEARD)
        await note(played, refused=True)
        line = SharingLine("fr", Standpoint.DAY)
        await played.app.reception.mount(line)
        played.burst(day.people[0].token)
        await played.answered("Bonjour")
        await played.rest()
        await asyncio.wrap_future(played.app.database.read(lambda _: None))
        assert str(line.content) == ""
        assert not any(word in played.text for word in WORDS)


async def test_the_light_says_what_the_hub_needs(play, enrolled):
    async with play() as played:
        await played.asked(HEARD)
        await played.asked(SENT)
        await at_screen(played, lambda: ReadyTodayScreen(played.app.staff_frame), "technician")
        await played.shows("Synchronisation")
        await played.asked("update sync_state set trouble = 'tls'")
        await touch(played, "Vérifier encore")
        await played.shows("! Le serveur n'a pas le bon certificat : appelez le service technique.")


async def test_what_was_refused_is_looked_at_or_offered_again(play, enrolled):
    """From the light, by touch and by keys; in the log both stay for ever."""
    async with play() as played:
        await played.asked(HEARD)
        await note(played, refused=True)
        await note(played, "orientation.decided", refused=True)
        await at_screen(played, lambda: ReadyTodayScreen(played.app.staff_frame), "staff")
        await played.shows("Le serveur a refusé 2 lignes : regardez « Refusées ».")
        await touch(played, "Refusées")
        await on(played, RefusedScreen)
        await played.shows("Appel à l'aide")
        await played.shows("jeudi 3 nov. · 8 h 22 · la borne")
        await touch(played, "Vu")
        await played.shows("C'est vu : la ligne reste dans le journal de cette borne.")
        await until(lambda: "Appel à l'aide" not in played.text)
        played.app.screen._decided_at = float("-inf")  # a moment later
        await played.press("down", "p")
        await played.shows("Rien de nouveau à regarder.")
        found = await played.asked("select kind from change where kind like 'refusal.%' order by n")
        assert found == [("refusal.seen",), ("refusal.offered",)]
        assert await played.asked("select count(*) from sync_refused") == [(1,)]
        await touch(played, "Retour")
        await on(played, ReadyTodayScreen)
        await until(lambda: not played.app.screen._refused.display)


@pytest.mark.parametrize("role", ["facilitator", "technician"])
async def test_whoever_may_not_decide_has_no_way_there(play, enrolled, role):
    async with play() as played:
        await played.asked(HEARD)
        await note(played, refused=True)
        await at_screen(played, lambda: ReadyTodayScreen(played.app.staff_frame), role)
        await played.shows("Le serveur a refusé 1 ligne")
        await played.rest()
        assert "Refusées" not in played.text
        assert "ne permet pas" not in played.text


# ---- the worker


class Standing:
    """A worker that only says whether it runs."""

    made: list[Standing] = []

    def __init__(self, home, database, kiosk_id, policy, now, *, told, withdrawn) -> None:
        self.told, self.withdrawn, self.runs = told, withdrawn, False
        self.made.append(self)

    def start(self) -> None:
        self.runs = True

    def close(self) -> None:
        self.runs = False


@pytest.fixture
def workers(monkeypatch) -> list[Standing]:
    monkeypatch.setattr(Standing, "made", [])
    monkeypatch.setattr("kiosk.sync.worker.Worker", Standing)
    return Standing.made


async def test_an_enrolled_kiosk_shares_from_its_start_to_its_end(play, enrolled, workers):
    async with play(home=enrolled.path) as played:
        await until(lambda: workers and workers[0].runs)
        played.app._tick()
        await played.rest()
        played.app.close_sides()
        assert [one.runs for one in workers] == [False]


async def test_a_kiosk_that_is_enrolled_while_it_runs_begins_within_a_minute(play, enrolled, workers):
    enrolled.hub_file.unlink()
    async with play(home=enrolled.path) as played:
        played.app._tick()
        await played.rest()
        assert workers == []
        enrolled.hub_file.write_text("{}")
        played.app._tick()
        await until(lambda: workers and workers[0].runs)


async def test_a_card_that_another_kiosk_has_made_opens_without_a_new_start(play, enrolled, workers):
    """Its key comes with the rows."""
    async with play(home=enrolled.path) as played:
        await until(lambda: workers)
        enrolled.other_keys.mkdir()
        (enrolled.other_keys / "x.key").write_text("ab" * 32)
        workers[0].told(Round(taken=1))
        await until(lambda: played.app._desk.other_keys == (bytes.fromhex("ab" * 32),))


async def test_a_kiosk_that_is_withdrawn_does_not_end_before_somebody(play, enrolled, workers, day):
    """Whoever stands there reads their answer; at the welcome it closes."""
    async with play(home=enrolled.path) as played:
        await until(lambda: workers)
        played.burst(day.people[0].token)
        await played.answered("Bonjour")
        workers[0].withdrawn()
        await played.rest()
        assert played.app.is_running
        await touch(played, "Terminé")
        await played.home()
        workers[0].withdrawn()
        await until(lambda: played.app.return_value == WITHDRAWN)


# ---- the doctor


def test_the_doctor_says_when_the_hub_was_last_heard(booked):
    def checked():
        return {one["check"]: one for one in booked("doctor", "--json").json}

    assert "sync" not in checked()
    Home(booked.home).hub_file.write_text("{}")
    booked.sql("update sync_state set timeline = 't', heard_at = '2022-11-03 13:02:00.000000', skew_ms = 0")
    found = checked()["sync"]
    assert "3 nov. 14 h 02" in found["value"]
    booked.sql("update sync_state set skew_ms = 600000")
    found = checked()["sync"]
    assert not found["ok"]
    assert found["advice"] == "L'horloge a 10 minutes d'écart : réglez l'heure de l'appareil."
