"""Being filmed, with ffmpeg's test picture in the camera's place: on the stick, or gone with the half-day."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from booth_hands import filmed, opened, read_through, reading, ready
from ears import there
from films import BROKEN, PICTURE, SOUND, Films
from hands import AT, Played, on, time_between_touches, touch, until

from assets.booth import guide
from assets.languages import hour
from kiosk import film_side, recording, sticks
from kiosk.camera import Devices
from kiosk.videos import until_of
from screens.booth.prompter import Moment, PrompterScreen
from screens.booth.ready import ReadyScreen
from screens.booth.video import VideoScreen
from screens.choices import HelpScreen
from screens.day import DayScreen


@pytest.fixture
def booth(play, films: Films, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``booth()`` plays with a camera; sticks are folders of ``media``."""
    monkeypatch.setattr(sticks, "PLACES", ())
    monkeypatch.setattr(sticks, "is_mounted", lambda path, here: True)

    def opening(camera: str = PICTURE, microphone: str = "none", **more):
        devices = Devices(camera, microphone, (str(tmp_path / "media"),))
        return play(devices=lambda: devices, **more)

    return opening


def stick(tmp_path: Path, name: str = "KEY") -> Path:
    folder = tmp_path / "media" / name
    folder.mkdir(parents=True)
    return folder


def videos(played: Played) -> list[Path]:
    folder = played.app.videos
    return [*folder.iterdir()] if folder.exists() else []


def camera(played: Played) -> int:
    """The process that films."""
    return played.app.sides["booth"]._film._process.pid


async def video_made(played: Played) -> Path:
    """To the screen of the video."""
    await ready(played)
    return await made(played)


async def made(played: Played) -> Path:
    before = {*videos(played)}
    screen = await filmed(played)
    await read_through(screen)
    await on(played, VideoScreen)
    (video,) = {*videos(played)} - before
    return video


async def press(played: Played, label: str) -> None:
    time_between_touches(played)
    await touch(played, label)


async def test_a_film_goes_onto_the_persons_own_stick(booth, films, tmp_path):
    """The whole way by touch: filmed, plugged in, copied, compared, and gone here."""
    async with booth(microphone=SOUND, size=(56, 16)) as played:
        video = await video_made(played)
        await played.shows("Votre vidéo est prête.")
        assert films.frames(video) >= 1
        assert films.frames(video, "a") >= 1
        await press(played, "Prendre ma vidéo")
        await played.shows("Aucune clé n'est là.")
        assert videos(played) == [video]
        key = stick(tmp_path)
        await press(played, "Prendre ma vidéo")
        await played.shows("La vidéo est sur votre clé USB.")
        assert videos(played) == []
        assert [file.name for file in key.iterdir()] == ["mon-cv-video.mp4"]
        assert films.frames(key / "mon-cv-video.mp4") >= 1
        await press(played, "Terminé")
        await played.home()


async def test_whoever_is_filmed_sees_it_said(booth):
    """By a sign and in words, from the countdown to the last word."""
    async with booth() as played:
        await ready(played)
        screen = await filmed(played)
        await played.shows("● La caméra filme.")
        screen.passes(guide().countdown + 0.01)
        await played.shows("● La caméra filme.")
        pid = camera(played)
        for _ in range(200):
            screen.passes(1.0)
        await on(played, VideoScreen)
        assert not there(pid)


async def test_a_film_that_nobody_takes_is_gone_after_the_half_day(booth, monkeypatch):
    """Said before, with its hour; on that minute it is gone, and not a minute earlier."""
    async with booth() as played:
        ends = max(one.ends_at for one in played.app._sittings if one.starts_at <= AT + timedelta(minutes=20))
        at = AT + timedelta(minutes=20)
        monkeypatch.setattr(played.app.clock, "now", lambda: at)
        video = await video_made(played)
        assert until_of(video) == ends
        await played.shows(f"elle est effacée à {hour(ends, 'fr')}")
        await press(played, "Retour")
        await on(played, ReadyScreen)
        await press(played, "Prendre ma vidéo")
        await on(played, VideoScreen)
        played.app.go_home()
        await played.home()
        assert videos(played) == [video]
        await minute(played, monkeypatch, ends - timedelta(minutes=1))
        assert videos(played) == [video]
        await minute(played, monkeypatch, ends)
        assert videos(played) == []


async def minute(played: Played, monkeypatch, now: datetime) -> None:
    """A minute of the clock on the wall."""
    monkeypatch.setattr(played.app.clock, "now", lambda: now)
    played.app._tick()
    # What was asked of the reader before has been done by then.
    await asyncio.wrap_future(played.app.database.read(lambda conn: None))


async def test_without_a_half_day_it_goes_with_the_day(booth):
    """Before the doors: said in words, and never over night."""
    async with booth() as played:
        await played.asked("delete from half_day")
        video = await video_made(played)
        await played.shows("elle est effacée ce soir")
        assert until_of(video) - AT < timedelta(days=1)


async def test_what_a_crash_has_left_is_gone_at_the_next_start(booth, tmp_path):
    """Also after days in a drawer; what still has its time stays."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    old, kept = folder / "20221102T110000Z-00000000.mp4", folder / "20221103T110000Z-00000000.mp4"
    for file in (old, kept):
        file.touch()
    async with booth() as played:
        await until(lambda: not old.exists(), "still there")
        assert videos(played) == [kept]


@pytest.mark.parametrize("how", ["card", "home", "failure"])
async def test_nobody_reaches_the_video_of_who_was_there_before(booth, day, how):
    """Another card, "Terminé", screens made anew: it is hidden until its time."""
    async with booth(failing=True) as played:
        played.burst(day.people[0].token)
        await played.answered(day.people[0].name)
        video = await video_made(played)
        if how == "card":
            played.burst(day.people[1].token)
            await played.answered(day.people[1].name)
        elif how == "home":
            played.app.go_home()
            await played.home()
        else:
            reception = played.app.reception
            played.app.call_later(lambda: 1 / 0)
            await until(lambda: played.app.reception is not reception)
        assert videos(played) == [video]
        await ready(played)
        assert "Prendre ma vidéo" not in played.text


@pytest.mark.parametrize("how", ["back", "card", "help", "time"])
async def test_a_film_that_is_broken_off_is_none(booth, day, how):
    """The camera goes off at once, and nothing of it stays on the disk."""
    async with booth(size=(56, 16)) as played:
        await ready(played)
        screen = await filmed(played)
        pid = camera(played)
        if how == "back":
            await press(played, "Retour")
            await on(played, ReadyScreen)
        elif how == "card":
            played.burst(day.people[1].token)
            await played.answered(day.people[1].name)
        elif how == "help":
            await press(played, "Aide")
            await on(played, HelpScreen)
        else:
            played.time_passes(screen.stays + 1)
            await played.shows("Êtes-vous encore là ?")
        await until(lambda: not there(pid), "the camera is still on")
        await until(lambda: videos(played) == [], "something of it is there")
        if how == "help":
            await played.press("escape")
            await played.shows("La caméra est éteinte.")
            await press(played, "Recommencer")
            await until(lambda: screen.moment is Moment.COUNTING)
            assert len(videos(played)) == 1


async def test_once_more_is_another_film_and_the_one_before_goes(booth, films):
    """Only once the new one is there."""
    async with booth() as played:
        first = await video_made(played)
        await played.press("escape")
        await on(played, ReadyScreen)
        await press(played, "Filmer ma vidéo")
        screen = await reading(played)
        await until(lambda: screen.moment is Moment.COUNTING)
        assert first.exists()
        await press(played, "Recommencer")
        await until(lambda: screen.moment is Moment.COUNTING)
        await read_through(screen)
        await on(played, VideoScreen)
        await until(lambda: len(videos(played)) == 1)
        (second,) = videos(played)
        assert second != first
        assert films.frames(second) >= 1


async def test_a_film_is_deleted_at_once_when_that_is_wanted_twice(booth):
    async with booth(size=(56, 16)) as played:
        video = await video_made(played)
        await press(played, "Effacer ma vidéo")
        await played.shows("Touchez encore « Effacer ma vidéo ».")
        assert video.exists()
        await press(played, "Effacer ma vidéo")
        await played.shows("La vidéo est effacée.")
        assert videos(played) == []
        await press(played, "Retour")
        await on(played, ReadyScreen)
        await until(lambda: "Prendre ma vidéo" not in played.text)


async def test_a_touch_on_something_else_is_no_yes(booth):
    """Asked about, then looked for a stick: the next touch on "delete" is the first one again."""
    async with booth() as played:
        video = await video_made(played)
        for _ in range(2):
            await press(played, "Effacer ma vidéo")
            await played.shows("Touchez encore")
            await press(played, "Prendre ma vidéo")
            await played.shows("Aucune clé n'est là.")
        assert video.exists()


async def test_the_disk_fills_up_on_the_way(booth, monkeypatch, tmp_path):
    """The device says so itself: the film ends with a sentence, and the rest of it is deleted."""
    new_video = film_side.new_video

    def to_a_full_disk(folder: Path, when: datetime) -> Path:
        video = new_video(folder, when)
        folder.mkdir(exist_ok=True)
        video.symlink_to("/dev/full")
        return video

    monkeypatch.setattr(film_side, "new_video", to_a_full_disk)
    async with booth(size=(56, 16)) as played:
        await ready(played)
        await press(played, "Filmer ma vidéo")
        await played.shows("Le disque est plein : la vidéo est arrêtée.")
        await played.shows("Appelez l'équipe.")
        await on(played, ReadyScreen)
        assert videos(played) == []
        await press(played, "M'exercer à lire")
        await on(played, PrompterScreen)


async def test_a_disk_that_is_nearly_full_begins_no_film(booth, monkeypatch):
    monkeypatch.setattr(recording, "LEAST_FREE", 1 << 62)
    async with booth() as played:
        await ready(played)
        await press(played, "Filmer ma vidéo")
        await played.shows("Le disque est presque plein : pas de vidéo ici.")
        assert not played.app.videos.exists()


async def test_a_camera_that_does_not_begin_is_said(booth):
    async with booth(camera=BROKEN) as played:
        await ready(played)
        await press(played, "Filmer ma vidéo")
        await played.shows("La caméra ne répond pas. Appelez l'équipe.")
        await on(played, ReadyScreen)
        assert videos(played) == []


async def test_a_camera_that_is_pulled_out_on_the_way(booth, films):
    """What was filmed until then can be seen, and taken."""
    async with booth() as played:
        await ready(played)
        await filmed(played)
        (video,) = videos(played)
        await until(lambda: video.stat().st_size > 3000)
        os.killpg(camera(played), signal.SIGKILL)
        await on(played, VideoScreen)
        await played.shows("La caméra s'est arrêtée. La vidéo va jusque-là.")
        assert films.frames(video) >= 1


async def test_a_camera_that_has_gone_since_is_said(booth, monkeypatch):
    """Between the text and the film somebody has taken it along."""
    async with booth() as played:
        await ready(played)
        monkeypatch.setenv("PATH", "")
        await press(played, "Filmer ma vidéo")
        await played.shows("Pas de caméra ici : exercez-vous à lire.")


async def test_a_camera_that_the_team_brings_is_seen(booth, monkeypatch):
    """Whoever has asked for it waits on the screen of the text; nobody begins anew."""
    path = os.environ["PATH"]
    async with booth() as played:
        monkeypatch.setenv("PATH", "")
        await ready(played)
        assert "Filmer" not in played.text
        monkeypatch.setenv("PATH", path)
        played.app.screen.look()
        await played.shows("Filmer ma vidéo")
        assert "Demander la caméra" not in played.text


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [((), "Aucune clé n'est là."), (("ONE", "TWO"), "Plusieurs clés sont branchées.")],
)
async def test_which_stick_is_never_guessed(booth, tmp_path, keys, sentence):
    for name in keys:
        stick(tmp_path, name)
    async with booth() as played:
        video = await video_made(played)
        await press(played, "Prendre ma vidéo")
        await played.shows(sentence)
        assert videos(played) == [video]


async def test_a_stick_that_is_full_or_takes_nothing(booth, tmp_path, monkeypatch):
    """One sentence each, and the video stays."""
    key = stick(tmp_path)
    begun = key / "mon-cv-video.mp4"
    full = lambda folder: (begun, os.open("/dev/full", os.O_WRONLY))  # noqa: E731
    async with booth() as played:
        video = await video_made(played)
        with monkeypatch.context() as patch:
            patch.setattr(sticks, "_new_file", full)
            await press(played, "Prendre ma vidéo")
            await played.shows("Votre clé est pleine.")
        shutil.rmtree(key)
        key.symlink_to("/proc/self")
        await press(played, "Prendre ma vidéo")
        await played.shows("Cette clé ne prend pas la vidéo.")
        assert videos(played) == [video]


async def test_a_video_whose_half_day_ends_under_the_finger(booth, tmp_path):
    stick(tmp_path)
    async with booth() as played:
        video = await video_made(played)
        video.unlink()
        await press(played, "Prendre ma vidéo")
        await played.shows("Son temps est passé.")


async def test_the_camera_goes_off_with_the_kiosk(booth):
    async with booth() as played:
        await ready(played)
        await filmed(played)
        pid, folder = camera(played), played.app.videos
        played.app.close_sides()
        assert not there(pid)
        assert [*folder.iterdir()] == []


async def test_nobody_is_named_where_a_film_lies_or_fails(booth, day, logged, tmp_path, monkeypatch):
    """Neither in a file's name nor in the log."""
    read = logged(tmp_path / "home")
    async with booth() as played:
        await played.asked("update participant set first_name = 'Zélie', last_name = 'Orban'")
        played.burst(day.people[0].token)
        await played.answered("Zélie")
        video = await video_made(played)
        await press(played, "Prendre ma vidéo")
        await played.shows("Aucune clé")
        (tmp_path / "media").mkdir()
        (tmp_path / "media" / "KEY").symlink_to("/proc/self")
        await press(played, "Prendre ma vidéo")
        await played.shows("Cette clé ne prend pas")
        assert "not taken along" in read()
        for told in (video.name, read()):
            assert not any(
                word in told for word in ("Zélie", "Orban", day.people[0].code, video.stem[-8:] + "x")
            )
        assert video.name not in read()


async def test_by_keys_alone_and_back_with_escape(booth):
    """A-22: to the video and out of it without a touch."""
    async with booth() as played:
        await video_made(played)
        screen = played.app.screen
        seen = set()
        for _ in range(6):
            await played.press("tab")
            seen.add(screen.focused.id)
        assert seen == {"help", "take", "drop", "done", "back"}
        await played.press("escape")
        await on(played, ReadyScreen)
        await opened(played)
        await played.press("escape", "escape", "escape")
        await until(lambda: not isinstance(played.app.screen, (ReadyScreen, DayScreen)))
