"""The app on an invented day that is made once, and hands that show cards, type and look."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pysqlite3
import pytest
from command_line import BOOKINGS, MORNING, CommandLine
from ears import Ears
from films import Films
from hands import AT, Played, until

from kiosk import start
from kiosk.app import Kiosk
from kiosk.camera import Devices
from kiosk.clock import Clock
from kiosk.commands import setup, shared
from kiosk.database import Database
from kiosk.home import FirstLook, Home
from kiosk.rehearsal import Rehearsal, rehearse
from kiosk.rooms import Front
from models import bookings, issuing
from models.codes import Form
from models.lines import BookingLine
from models.log import Author
from models.words import SYSTEM
from screens.settling import Settling


@pytest.fixture(scope="session")
def invented() -> Iterator[Rehearsal]:
    """The rehearsal day around 08:22 on 3 November 2022, and nothing that was noted before it."""
    with rehearse(Clock(AT), past=False) as day:
        yield day


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits half a second between two questions."""
    monkeypatch.setattr(Settling, "PAUSE", 0.0)


@pytest.fixture
def day(invented: Rehearsal, tmp_path: Path) -> Iterator[Rehearsal]:
    """A copy of the day for one test."""
    copy = invented.database.copy_in_memory()
    path = tmp_path / "kiosk.db"
    target = pysqlite3.connect(str(path))
    copy.backup(target)
    target.close()
    copy.close()
    yield replace(invented, database=Database(path))


@pytest.fixture
def play(day: Rehearsal):
    """``async with play(size=…) as played``: the app; at the end nothing may have failed unseen."""

    @asynccontextmanager
    async def playing(
        size=(80, 24), theme="jour", language="fr", sound=False, failing=False, prepared=None, **front
    ) -> AsyncIterator[Played]:
        # Not what the machine has that these tests run on.
        front.setdefault("devices", lambda: Devices("none", "none"))
        look = FirstLook("SmartCorner de Charleroi", theme, language, day.database.path, sound=sound)
        app = Kiosk(Front(look, **front), Clock(AT), Database(day.database.path), lambda _: day.desk)
        if prepared is not None:
            prepared(app)
        try:
            async with app.run_test(size=size):
                if prepared is None:
                    await until(lambda: app._sittings and app.reception._header._moment)
                yield Played(app)
        finally:
            app.database.close()
            app.sounds.stop()
        assert failing or app.failures == []

    return playing


@pytest.fixture
def invite(day: Rehearsal):
    """Book more people for the half-day that is on, and give each a card: ``invite(["Ana"], room="2")``."""

    def inviting(names: list[str], **more: object) -> list[str]:
        start = AT.replace(minute=30)
        given = {"corner": day.desk.corner_id, "programme": "awareness", "room": "2", "language": "fr"} | more
        lines = [
            BookingLine(
                line=number,
                starts_at=start,
                ends_at=start + timedelta(hours=3, minutes=30),
                reference=f"T-{number:04d}",
                first_name=name,
                last_name="Zuiderzee",
                status="booked",
                **given,
            )
            for number, name in enumerate(names, 1)
        ]
        database = Database(day.database.path)
        database.open().result()
        try:
            author = Author(day.desk.kiosk_id, SYSTEM, AT - timedelta(days=1))
            database.write(bookings.apply_lines, author, lines, bookings.Applied()).result()
            ids = [issuing.participant_id(line.reference) for line in lines]
            cards = database.write(issuing.issue, author, day.desk.key, Form.CARD, ids).result()
        finally:
            database.close()
        return [card.letters for card in cards]

    return inviting


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> Iterator[CommandLine]:
    """The command line on a home where nothing is yet."""
    for name in list(os.environ):
        if name.startswith("KIOSK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    shared._said.at = None
    yield CommandLine(tmp_path / "home", tmp_path, monkeypatch, capsys)


@pytest.fixture
def logged():
    """``logged(home)`` logs as the full-screen kiosk does, and gives how to read all of its log folder."""
    logger = logging.getLogger("kiosk")
    handlers, propagate, mask = logger.handlers, logger.propagate, os.umask(0o077)

    def log_to(path: Path) -> Callable[[], str]:
        home = Home(path)
        start._log_to(home)
        return lambda: "".join(file.read_text("utf-8") for file in home.logs.rglob("*") if file.is_file())

    yield log_to
    for handler in logger.handlers:
        handler.close()
    logger.handlers, logger.propagate = handlers, propagate
    os.umask(mask)


@pytest.fixture(scope="session")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as ``kiosk init`` leaves it, made once."""
    path = tmp_path_factory.mktemp("fresh") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIOSK_HOME", str(path))
        setup.init(corner="charleroi", name="Coordination", yes=True, as_json=True)
    return path


@pytest.fixture
def installed(line: CommandLine, fresh_home: Path) -> CommandLine:
    """The command line on an installed kiosk."""
    shutil.copytree(fresh_home, line.home)
    return line


@pytest.fixture
def booked(installed: CommandLine) -> CommandLine:
    """The same with three people booked for the morning of 3 November 2022."""
    assert installed("import", installed.file("bookings.csv", BOOKINGS), "--at", MORNING).code == 0
    return installed


@pytest.fixture(scope="session")
def cameraman(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but an ffmpeg: that of the wheel, so that a fresh machine has one."""
    import imageio_ffmpeg

    folder = tmp_path_factory.mktemp("ffmpeg")
    (folder / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    return folder


@pytest.fixture
def films(cameraman: Path, monkeypatch: pytest.MonkeyPatch) -> Films:
    """An ffmpeg on the PATH, and eyes for what it has filmed."""
    monkeypatch.setenv("PATH", f"{cameraman}:{os.environ['PATH']}")
    return Films(str(cameraman / "ffmpeg"))


@pytest.fixture
def ears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ears:
    """The PATH holds nothing but invented players, and at first none."""
    folder = tmp_path / "players"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Ears(folder)
