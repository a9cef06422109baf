"""A film of ffmpeg's test picture: whole, bounded, and nothing of it left where it went wrong."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ears import there
from films import BROKEN, PICTURE, SOUND, Films

from kiosk import camera, recording
from kiosk.camera import Devices, Input, find_camera, find_microphone
from kiosk.recording import Ending, has_room

PATIENCE = 20.0


def test_a_film_is_whole_and_only_its_users(films: Films, tmp_path: Path):
    """Ended by the person, in the middle of a second."""
    film = films.film(tmp_path / "recordings" / "one.mp4", microphone=SOUND)
    film.begin()
    film.began.result(PATIENCE)
    film.finish()
    assert film.ended.result(PATIENCE) is Ending.DONE
    assert films.frames(film.path) >= 1
    assert films.frames(film.path, "a") >= 1
    assert stat.S_IMODE(film.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(film.path.parent.stat().st_mode) == 0o700


def test_a_film_ends_by_itself(films: Films, tmp_path: Path):
    """Every frame of its time is there, and none after."""
    film = films.film(tmp_path / "one.mp4", seconds=1)
    film.begin()
    assert film.ended.result(PATIENCE) is Ending.DONE
    assert films.frames(film.path) == 15


def test_a_full_disk_ends_the_film_and_nothing_broken_stays(films: Films, tmp_path: Path):
    """The device says so itself: Linux has one that is always full."""
    video = tmp_path / "one.mp4"
    video.symlink_to("/dev/full")
    film = films.film(video)
    film.begin()
    assert film.ended.result(PATIENCE) is Ending.FULL
    assert not film.began.done()
    assert [*tmp_path.iterdir()] == []


def test_a_disk_that_fills_up_on_the_way(films: Films, tmp_path: Path, monkeypatch):
    """The first pieces were written: the film has begun, and goes all the same."""
    write, written = os.write, []

    def writes(file: int, piece: bytes) -> int:
        written.append(file)
        if len(written) == 1:
            return write(file, piece)
        with Path("/dev/full").open("wb", buffering=0) as full:
            return full.write(piece)

    monkeypatch.setattr(recording.os, "write", writes)
    film = films.film(tmp_path / "one.mp4")
    film.begin()
    film.began.result(PATIENCE)
    assert film.ended.result(PATIENCE) is Ending.FULL
    assert [*tmp_path.iterdir()] == []


def test_without_a_sound_that_begins_there_is_a_picture(films: Films, tmp_path: Path):
    film = films.film(tmp_path / "one.mp4", microphone=BROKEN, seconds=1)
    film.begin()
    assert film.ended.result(PATIENCE) is Ending.DONE
    assert films.frames(film.path) == 15


@pytest.mark.parametrize("microphone", ["none", SOUND])
def test_a_camera_that_does_not_begin(films: Films, tmp_path: Path, microphone):
    film = films.film(tmp_path / "one.mp4", camera=BROKEN, microphone=microphone)
    film.begin()
    assert film.ended.result(PATIENCE) is Ending.NO_PICTURE
    assert [*tmp_path.iterdir()] == []


def test_a_camera_that_hangs(tmp_path: Path, monkeypatch):
    """It gives nothing and does not end: it is ended."""
    monkeypatch.setattr(recording, "PATIENCE", 0.05)
    film = recording.Film([["sleep", "60"]], tmp_path / "one.mp4")
    film.begin()
    assert film.ended.result(PATIENCE) is Ending.NO_PICTURE
    assert [*tmp_path.iterdir()] == []


def test_no_program_at_all(tmp_path: Path):
    film = recording.Film([[str(tmp_path / "ffmpeg")]], tmp_path / "one.mp4")
    film.begin()
    assert film.ended.result(PATIENCE) is Ending.NO_PICTURE
    assert [*tmp_path.iterdir()] == []


def test_a_camera_that_is_pulled_out_leaves_what_it_has_seen(films: Films, tmp_path: Path):
    """ffmpeg is ended in the middle of a piece; the pieces before can be seen."""
    film = films.film(tmp_path / "one.mp4")
    film.begin()
    film.began.result(PATIENCE)
    end = time.monotonic() + PATIENCE
    while film.path.stat().st_size < 3000:
        assert time.monotonic() < end
        time.sleep(0.005)
    os.killpg(film._process.pid, signal.SIGKILL)
    assert film.ended.result(PATIENCE) is Ending.CUT
    assert films.frames(film.path) >= 1


@pytest.mark.parametrize("when", ["before", "during"])
def test_a_film_that_is_dropped_leaves_nothing(films: Films, tmp_path: Path, when):
    film = films.film(tmp_path / "one.mp4")
    if when == "before":
        film.drop()
    film.begin()
    if when == "during":
        film.began.result(PATIENCE)
        film.drop()
    assert film.ended.result(PATIENCE) is Ending.DROPPED
    assert [*tmp_path.iterdir()] == []


def test_no_ffmpeg_outlives_a_kiosk_that_is_killed(films: Films, tmp_path: Path):
    """Whoever holds the pipe is gone at once, and ffmpeg with its next piece."""
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from films import Films
film = Films({films.ffmpeg!r}).film(Path({str(tmp_path / "one.mp4")!r}))
film.begin()
film.began.result({PATIENCE})
print(film._process.pid, flush=True)
film.ended.result()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as kiosk:
        pid = int(kiosk.stdout.readline())
        assert there(pid)
        kiosk.kill()
    end = time.monotonic() + PATIENCE
    while runs(pid):
        assert time.monotonic() < end, "ffmpeg still films"
        time.sleep(0.01)


def runs(pid: int) -> bool:
    """Not a zombie either: whoever is told of its end may come late."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_nothing_of_a_film_is_in_the_log(films: Films, tmp_path: Path, logged):
    read = logged(tmp_path / "home")
    video = tmp_path / "eniwxy.mp4"
    video.symlink_to("/dev/full")
    for film in (films.film(video), films.film(tmp_path / "eniwxy-2.mp4", camera=BROKEN)):
        film.begin()
        film.ended.result(PATIENCE)
    assert "not filmed: OSError" in read()
    assert "no picture" in read()
    assert "eniwxy" not in read()


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ("v4l2:/dev/video2", Input("v4l2", "/dev/video2")),
        ("lavfi:testsrc=size=640x480:rate=15", Input("lavfi", "testsrc=size=640x480:rate=15")),
        ("none", None),
        ("v4l2", None),
        ("v4l2:", None),
        ("concat:/etc/passwd", None),
        ("v4l2:/dev/video0\n-y", None),
        ("v4l2:/dev/video0\n", None),
    ],
)
def test_a_camera_is_what_the_setting_names(setting, found):
    assert find_camera(Devices(setting)) == found
    if not setting.startswith("lavfi"):
        sound = setting.replace("v4l2", "pulse")
        assert (find_microphone(Devices("", sound)) is not None) == (found is not None)


def test_a_camera_is_looked_for_where_nothing_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(camera, "CAMERA", tmp_path / "video0")
    monkeypatch.setattr(camera, "MICROPHONES", tmp_path / "snd")
    assert find_camera(Devices()) is None
    assert find_microphone(Devices()) is None
    (tmp_path / "video0").touch()
    (tmp_path / "snd").mkdir()
    (tmp_path / "snd" / "pcmC0D0p").touch()
    assert find_camera(Devices()) == Input("v4l2", str(tmp_path / "video0"))
    assert find_microphone(Devices()) is None, "that one only plays"
    (tmp_path / "snd" / "pcmC1D0c").touch()
    assert find_microphone(Devices()) == Input("alsa", "default")


@pytest.mark.parametrize("name", ["camera", "microphone"])
def test_a_setting_that_is_no_device_names_its_line(installed, name):
    """``kiosk doctor`` says which line, and what it may be."""
    file = installed.home / "settings.toml"
    file.write_text(f'{name} = "video0"\n{file.read_text()}', "utf-8")
    said = installed("doctor").out
    assert f"settings.toml, ligne 1 : « {name} » est faux" in " ".join(said.split())


def test_little_room_is_seen_before_a_film_begins(tmp_path, monkeypatch):
    assert has_room(tmp_path / "recordings" / "deep") == (
        recording.shutil.disk_usage(tmp_path).free >= recording.LEAST_FREE
    )
    monkeypatch.setattr(recording, "LEAST_FREE", 1 << 62)
    assert not has_room(tmp_path / "recordings")
    monkeypatch.setattr(recording, "LEAST_FREE", 0)
    assert has_room(tmp_path / "recordings")


def test_the_picture_is_no_more_than_its_setting(films: Films):
    """Nothing of a setting becomes an argument of its own."""
    (command,) = camera.commands("ffmpeg", Input("v4l2", "/dev/video0 -y x"), None, 120)
    assert command[command.index("-i") + 1] == "/dev/video0 -y x"
    assert command[command.index("-t") + 1] == "120"
    assert PICTURE.startswith("lavfi:")


def test_the_doctor_tells_what_there_is_to_film_with(installed, films: Films, monkeypatch, tmp_path):
    """Never red: without it people practise reading."""

    def told() -> str:
        ran = installed("doctor", "--json")
        found = next(one for one in ran.json if one["check"] == "video")
        assert found["ok"]
        return found["value"]

    file = installed.home / "settings.toml"
    text = file.read_text("utf-8")
    file.write_text(f'camera = "{PICTURE}"\nmicrophone = "none"\n{text}', "utf-8")
    assert told().startswith(f"ffmpeg {films.ffmpeg}, {PICTURE}, -, ")
    assert told().endswith(" MiB")
    file.write_text(f'camera = "none"\nmicrophone = "pulse:default"\n{text}', "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told().startswith("ffmpeg -, -, pulse:default, ")


def test_a_folder_of_videos_that_others_can_read_is_found(installed):
    """P-33."""
    folder = installed.home / "recordings"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    ran = installed("doctor")
    assert ran.code == 1 and "recordings" in ran.out
