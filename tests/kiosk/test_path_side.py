"""Mon parcours as somebody uses it: only their own; what they ask for is on the disk, and goes with them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import AT, Played, on, time_between_touches, touch, until
from point_hands import finished, shown_a_card
from routes import BINTA, GIUSEPPE

from assets.page_steps import page_steps
from kiosk.clock import Clock
from kiosk.printing import Papers
from kiosk.rehearsal import Rehearsal, rehearse
from models.path.path import path_of
from models.places import editions
from screens.assessment.next_step import NextStepScreen
from screens.assessment.take_away import TakeAwayScreen
from screens.choices import HelpScreen
from screens.day import DayScreen
from screens.path.codes import DateScreen, SiteScreen
from screens.path.next import PathNextScreen
from screens.path.page import PageScreen
from screens.path.places import AskedScreen, PlaceScreen
from screens.path.steps import PathScreen
from screens.path.wording import path_rows
from screens.reception import ReceptionScreen
from screens.widgets.key import Key

WAITING = (
    "select p.first_name, h.programme from booking b join participant p on p.id = b.participant_id"
    " join half_day h on h.id = b.half_day_id where b.status = 'waiting' order by h.starts_at"
)


@pytest.fixture(scope="module")
def invented() -> Iterator[Rehearsal]:
    """The rehearsal day with what somebody has behind them."""
    with rehearse(Clock(AT)) as day:
        yield day


async def to_path(played: Played, day, who: int = GIUSEPPE) -> None:
    await shown_a_card(played, day, who)
    time_between_touches(played)
    await touch(played, "Mon parcours")
    await on(played, PathScreen)


async def to_next(played: Played, day, who: int = GIUSEPPE) -> None:
    await to_path(played, day, who)
    await touch(played, "Voir la suite")
    await on(played, PathNextScreen)


async def then(played: Played, label: str, kind: type) -> None:
    time_between_touches(played)
    await touch(played, label)
    await on(played, kind)


async def whose(played: Played, first_name: str) -> str:
    ((person_id,),) = await played.asked(f"select id from participant where first_name = '{first_name}'")
    return person_id


def labels(played: Played) -> set[str]:
    return {key.label for key in played.app.screen.query(Key) if key.region.area}


# ---- whose it is


@pytest.mark.parametrize("size", [(56, 16), (132, 43)])
async def test_the_screen_shows_the_figures_of_the_path(play, day, size):
    async with play(size=size) as played:
        await to_path(played, day)
        person_id = await whose(played, "Giuseppe")
        read = played.app.database.read(path_of, person_id, day.desk.policy, played.app.clock.now())
        path = read.result()
        assert (path.course.minutes, path.course.to_come) == (18 * 60 + 55, 2)
        for row in path_rows(path, "fr"):
            assert row.name in played.text
            assert row.words in played.text
        assert "18 h 55 sur 24 h" in played.text
        await then(played, "Voir la suite", PathNextScreen)
        assert "Encore 2 demi-journées prévues." in played.text


async def test_a_code_shows_it_too_and_a_name_does_not(play, day):
    """Whoever touches a name may be somebody else: they arrive, and see nothing that is kept."""
    async with play() as played:
        await touch(played, "Je suis là")
        await then_name(played, "B", "Binta O.")
        await played.answered("Binta O.")
        assert labels(played) >= {"Voir la journée", "Faire le point"}
        assert "Mon parcours" not in labels(played)
        await touch(played, "Voir la journée")
        await on(played, DayScreen)
        assert "Demander une place" not in labels(played)
        await played.press("escape", "escape")
        await played.home()
        await played.press(*day.people[BINTA].code, "enter")
        await played.answered("Binta O.")
        await until(lambda: "Mon parcours" in labels(played))


async def then_name(played: Played, letter: str, name: str) -> None:
    time_between_touches(played)
    await touch(played, "Chercher mon nom")
    await played.press(letter.lower())
    await touch(played, name)
    await touch(played, "C'est moi")


async def test_the_next_card_ends_it_and_shows_its_own(play, day):
    async with play() as played:
        await to_next(played, day)
        await shown_a_card(played, day, BINTA)
        assert played.app.screen is played.app.reception
        assert played.app.sides["path"].path is None
        await then(played, "Mon parcours", PathScreen)
        assert "Binta O." in played.text
        assert "18 h 55" not in played.text


async def test_nothing_is_shown_to_whoever_stands_there_when_the_answer_comes_late(play, day):
    """The path is read while somebody goes: it opens over nobody's welcome."""
    async with play() as played:
        await shown_a_card(played, day, GIUSEPPE)
        side_asked = played.app._side_asked

        def gone_before(message) -> None:
            side_asked(message)
            played.app.go_home()

        played.app._side_asked = gone_before
        from screens.messages import PathWanted

        gone_before(PathWanted())
        await played.home()
        await played.asked("select 1")
        await played.rest()
        assert isinstance(played.app.screen, ReceptionScreen)
        assert played.app.sides["path"].path is None


# ---- asking for a place


async def test_asking_puts_somebody_on_the_list_once_and_gives_no_place(play, day):
    async with play() as played:
        await to_next(played, day)
        await then(played, "Demander une place", PlaceScreen)
        await then(played, "Demander une place", AskedScreen)
        assert "C'est demandé." in played.text
        assert "L'équipe vous répondra." in played.text
        assert [name for name, _ in await played.asked(WAITING)] == ["Giuseppe"]
        time_between_touches(played)
        await touch(played, "Retour")
        await on(played, PathNextScreen)
        await then(played, "Demander une place", PlaceScreen)
        assert "Vous êtes en tête de la liste." in played.text
        assert "Demander une place" not in labels(played)


async def test_a_request_can_be_taken_back_by_whoever_made_it(play, day):
    async with play() as played:
        await to_next(played, day, BINTA)
        await then(played, "Demander une place", PlaceScreen)
        await then(played, "Demander une place", AskedScreen)
        time_between_touches(played)
        await touch(played, "Retour")
        await on(played, PathNextScreen)
        await until(lambda: "Votre demande :" in played.text)  # at once, not the next time
        await then(played, "Demander une place", PlaceScreen)
        time_between_touches(played)
        await touch(played, "Retirer ma demande")
        await until(lambda: "Demander une place" in labels(played))
        assert await played.asked(WAITING) == []
        assert (
            len(await played.asked("select 1 from booking where status = 'cancelled' and source = 'corner'"))
            == 1
        )


async def test_what_is_full_says_so_kindly_and_shows_other_dates(play, day):
    async with play() as played:
        await to_next(played, day)
        await then(played, "Demander une place", PlaceScreen)
        while "Complet pour le moment." not in played.text:
            time_between_touches(played)
            await touch(played, "Voir un autre atelier")
        await until(lambda: {"Attendre une place", "Voir les dates"} <= labels(played))
        await then(played, "Attendre une place", AskedScreen)
        assert "Vous êtes en tête de la liste." in played.text
        assert await played.asked(WAITING) == [("Giuseppe", "video-meeting")]


async def test_a_second_touch_asks_once(play, day):
    async with play() as played:
        await to_next(played, day)
        await then(played, "Demander une place", PlaceScreen)
        from screens.path.messages import PlaceAsked

        first = played.app.screen._editions[0].first.id
        for _ in range(3):
            played.app.screen.post_message(PlaceAsked(first))
        await on(played, AskedScreen)
        await played.rest()
        assert sum(isinstance(screen, AskedScreen) for screen in played.app.screen_stack) == 1
        assert len(await played.asked(WAITING)) == 1


async def test_a_workshop_that_goes_meanwhile_is_said_and_nothing_is_written(play, day):
    async with play() as played:
        await to_next(played, day)
        await then(played, "Demander une place", PlaceScreen)
        await played.asked("update half_day set status = 'cancelled'")
        await then(played, "Demander une place", AskedScreen)
        assert "Cet atelier n'est plus proposé." in played.text
        assert await played.asked(WAITING) == []


async def test_from_the_day_and_from_the_result_a_place_can_be_asked_for(play, day):
    async with play() as played:
        await shown_a_card(played, day, BINTA)
        await then(played, "Voir la journée", DayScreen)
        await then(played, "Demander une place", PlaceScreen)
        await played.press("escape", "escape")
        await until(lambda: played.app.screen is played.app.reception)
        await finished(played)
        time_between_touches(played)
        await touch(played, "Voir la suite")
        await until(lambda: "Demander une place" in labels(played))
        proposed = played.app.sides["point"].point.shown.proposal
        await then(played, "Demander une place", PlaceScreen)
        assert played.app.screen._editions[0].programme == proposed.programme
        await then(played, "Demander une place", AskedScreen)
        ((name, programme), *_) = await played.asked(WAITING)
        assert (name, programme) == ("Binta", proposed.programme)


async def test_a_request_that_cannot_be_stored_promises_nothing(play, day):
    async with play(failing=True) as played:
        await to_next(played, day)
        await then(played, "Demander une place", PlaceScreen)
        full = "create trigger full before insert on change begin select raise(abort, 'full'); end"
        await played.asked(full)
        await then(played, "Demander une place", HelpScreen)
        assert "C'est demandé." not in played.text
        assert await played.asked(WAITING) == []


# ---- small steps


async def test_each_step_is_on_the_disk_at_once_and_the_picture_follows(play, day):
    async with play() as played:
        await to_next(played, day)
        await then(played, "Préparer ma page", PageScreen)
        for label in ("C'est fait", "Pas encore", "C'est fait"):
            time_between_touches(played)
            await touch(played, label)
        steps = [step.id for step in page_steps()]
        done = await played.asked("select step from tick where state = 'done' order by step")
        assert {step for (step,) in done} == {steps[0], steps[2]}
        for _ in range(4):
            time_between_touches(played)
            await touch(played, "Retour")
        await on(played, PathNextScreen)
        time_between_touches(played)
        await touch(played, "Retour")
        await on(played, PathScreen)
        await until(lambda: "2 étapes sur 10" in played.text)


async def test_all_steps_lead_to_the_team_and_the_next_time_goes_on_where_it_was(play, day):
    async with play() as played:
        await to_next(played, day)
        await then(played, "Préparer ma page", PageScreen)
        for _ in page_steps():
            time_between_touches(played)
            await touch(played, "C'est fait")
        assert "Tout est prêt. Appelez l'équipe." in played.text
        assert len(await played.asked("select 1 from tick where state = 'done'")) == len(page_steps())
        assert await played.asked("select 1 from page_made") == []  # that is for the team to say


async def test_a_step_that_was_ticked_by_mistake_is_opened_again(play, day):
    async with play() as played:
        await to_next(played, day)
        await then(played, "Préparer ma page", PageScreen)
        await touch(played, "C'est fait")
        time_between_touches(played)
        await touch(played, "Retour")
        time_between_touches(played)
        await touch(played, "Pas encore")
        await until(lambda: "Étape 2 sur 10" in played.text)
        assert await played.asked("select state from tick") == [("open",)]


# ---- to take along


@pytest.fixture
def laser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer that keeps what it is given in a folder, or fails where there is a file ``jam``."""
    folder = tmp_path / "printer"
    folder.mkdir()
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ -e "{folder}/jam" ] && exit 1\n/bin/cat > "{folder}/paper.pdf"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent) + os.pathsep + "/bin")
    return folder


async def test_the_path_is_printed_and_kept_nowhere_else(play, day, laser, tmp_path):
    papers = Papers(tmp_path / "papers", lambda: "Laser")
    async with play(papers=lambda: papers) as played:
        await to_next(played, day)
        await then(played, "Emporter", SiteScreen)
        await then(played, "Imprimer", SiteScreen)
        await until(lambda: "C'est imprimé." in played.text)
        data = (laser / "paper.pdf").read_bytes()
        assert data.startswith(b"%PDF")
        assert not (tmp_path / "papers").exists()
        kept = await played.asked("select kind, subject_id, actor, hash from document")
        who = await whose(played, "Giuseppe")
        assert kept == [("path", who, "participant", hashlib.sha256(data).hexdigest())]


async def test_a_result_is_printed_the_same_way_and_without_a_card_names_nobody(play, day, laser, tmp_path):
    papers = Papers(tmp_path / "papers", lambda: "Laser")
    async with play(papers=lambda: papers) as played:
        await finished(played)
        await then(played, "Voir la suite", NextStepScreen)
        await then(played, "Emporter", TakeAwayScreen)
        await then(played, "Imprimer", TakeAwayScreen)
        await until(lambda: "C'est imprimé." in played.text)
        assert (laser / "paper.pdf").read_bytes().startswith(b"%PDF")
        assert not (tmp_path / "papers").exists()
        assert await played.asked("select kind, subject_id, hash from document") == [("result", "", "")]


async def test_a_printer_that_fails_is_said(play, day, laser, tmp_path):
    (laser / "jam").touch()
    papers = Papers(tmp_path / "papers", lambda: "Laser")
    async with play(papers=lambda: papers) as played:
        await to_next(played, day)
        await then(played, "Emporter", SiteScreen)
        await then(played, "Imprimer", SiteScreen)
        await until(lambda: "Rien n'est imprimé." in flat(played))
        assert not (tmp_path / "papers").exists()


async def test_whoever_has_no_date_is_offered_none(play, day):
    async with play() as played:
        await to_next(played, day, BINTA)
        assert "Pas encore d'autre date pour vous." in played.text
        assert "Noter la date" not in labels(played)


async def test_the_date_that_goes_along_is_the_next_one(play, day):
    async with play(size=(132, 43)) as played:
        await to_next(played, day)
        await then(played, "Noter la date", DateScreen)
        assert "jeudi 3 novembre, 12 h 30" in " ".join(played.text.split())


async def test_nobodys_place_is_given_by_the_kiosk(play, day):
    """Whatever is asked for, places are what they were."""
    async with play() as played:
        now = played.app.clock.now()
        before = booked(played, now)
        await to_next(played, day)
        await then(played, "Demander une place", PlaceScreen)
        await then(played, "Demander une place", AskedScreen)
        assert booked(played, now) == before


def booked(played: Played, now) -> dict[str, int]:
    """Places taken in each coming workshop."""
    found = played.app.database.read(editions, "charleroi", now).result()
    return {one.first.id: one.booked for one in found}


def flat(played: Played) -> str:
    """The words at the left of a code, in one line."""
    return " ".join(re.sub("[\u2500-\u25ff]", " ", played.text).split())
