"""Taking a report along from the screen: kept, noted, told, and on the only stick; never half of it."""

from __future__ import annotations

import hashlib
import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hands import Played, touch, until
from staff import book
from staff_hands import at_screen

from assets.review import FORMATS
from kiosk import export_side, sticks
from kiosk.camera import Devices
from kiosk.clock import Clock
from models.review.exporting import ReportExported
from models.review.period import Kind, Period, period_of
from screens.staff.export import ExportScreen
from screens.staff.messages import ExportWanted

LATER = datetime(2022, 12, 5, 9, 0, tzinfo=UTC)
NOVEMBER = period_of(Kind.MONTH, date(2022, 11, 1))
OWN_DAYS = Period(Kind.OWN, date(2022, 11, 2), date(2022, 11, 20))


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is a folder of it is a stick; nothing else is one."""
    monkeypatch.setattr(sticks, "PLACES", ())
    monkeypatch.setattr(sticks, "is_mounted", lambda path, here: True)
    return tmp_path / "media"


@pytest.fixture
def corner(play, day, media):
    """``async with corner() as played`` a month after eight people were booked."""
    book(day)

    def opening():
        return play(devices=lambda: Devices(sticks=(str(media),)))

    return opening


async def at_export(
    played: Played, period: Period = NOVEMBER, role: str = "staff", *, outside: bool = False
) -> ExportScreen:
    played.app.clock = Clock(LATER)
    made = lambda: ExportScreen(played.app.staff_frame, period, outside=outside, may_choose=role == "staff")  # noqa: E731
    return await at_screen(played, made, role)


async def take(played: Played, digit: str) -> str:
    """Touch a format by its digit; the sentence that comes of it."""
    screen = played.app.screen
    screen.say("")
    await played.press(digit)
    await until(lambda: said(screen) and "Calcul" not in said(screen), "nothing is said")
    return said(screen)


def said(screen: ExportScreen) -> str:
    return str(screen.said.render())


def folder(played: Played) -> Path:
    return played.app.database.path.parent / "exports"


async def noted(played: Played) -> list[dict]:
    """What the log says of exports, with who."""
    rows = await played.asked(
        "select body, actor, entity_id from change where kind = 'report.exported' order by n"
    )
    return [json.loads(body) | {"actor": actor, "corner": corner} for body, actor, corner in rows]


async def test_each_format_is_kept_for_this_user_noted_and_told(corner):
    """P-21, P-24, P-33"""
    async with corner() as played:
        await at_export(played)
        for digit, format_ in enumerate(FORMATS, start=1):
            name = f"rapport-charleroi-2022-11.{format_}"
            assert await take(played, str(digit)) == f"Fichier : exports/{name}"
            file = folder(played) / name
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            body = (await noted(played))[-1]
            assert body.pop("rows") > 5
            assert body.pop("hash") == hashlib.sha256(file.read_bytes()).hexdigest()
            assert body == {
                **{"first": "2022-11-01", "last": "2022-11-30", "format": format_, "masked": False},
                **{"actor": "staff", "corner": "charleroi"},
            }
        assert stat.S_IMODE(folder(played).stat().st_mode) == 0o700
        assert len(await noted(played)) == len(FORMATS)


async def test_the_same_again_replaces_the_same_file_with_the_same_bytes(corner):
    """In CSV, which holds no moment of making."""
    async with corner() as played:
        await at_export(played)
        await take(played, "3")
        (file,) = folder(played).iterdir()
        before = file.read_bytes()
        await take(played, "3")
        assert [*folder(played).iterdir()] == [file]
        assert file.read_bytes() == before
        first, second = await noted(played)
        assert first == second


async def test_to_send_it_small_groups_are_hidden(corner):
    """P-23: by the touch of a key; the file says so in its name."""
    async with corner() as played:
        await at_export(played)
        await touch(played, "Pour l'envoyer ailleurs")
        assert await take(played, "4") == "Fichier : exports/rapport-charleroi-2022-11-externe.json"
        (file,) = folder(played).iterdir()
        told = json.loads(file.read_bytes())
        assert told["masked"] and "half_day" not in told["splits"] and "booked" not in told["figures"]
        assert (await noted(played))[0]["masked"]


async def test_a_coordinator_gets_no_small_group_whatever_the_screen_asks(corner):
    """P-23"""
    async with corner() as played:
        screen = await at_export(played, role="coordinator")
        assert not screen.query("#within")
        assert not screen._outside
        await take(played, "4")
        (file,) = folder(played).iterdir()
        assert json.loads(file.read_bytes())["masked"]
        assert [body["masked"] for body in await noted(played)] == [True]


@pytest.mark.parametrize("period", [OWN_DAYS, period_of(Kind.MONTH, LATER.date())], ids=["own", "not over"])
async def test_days_that_cannot_leave_are_one_sentence(corner, period):
    async with corner() as played:
        await at_export(played, period, outside=True)
        assert await take(played, "3") == "Hors du SmartCorner, seulement des mois entiers et finis."
        assert not folder(played).exists()
        assert await noted(played) == []


async def test_what_cannot_be_noted_does_not_stay_and_what_was_there_comes_back(corner, monkeypatch, media):
    """P-24: nor does it go onto a stick."""
    async with corner() as played:
        await at_export(played)
        media.joinpath("KEY").mkdir(parents=True)
        with monkeypatch.context() as patch:
            patch.setattr(ReportExported, "do", lambda self, at: 1 / 0)
            assert await take(played, "3") == "Le fichier n'est pas fait : essayez encore."
            assert [*folder(played).iterdir()] == []
            kept = folder(played) / "rapport-charleroi-2022-11.csv"
            kept.write_bytes(b"before")
            assert await take(played, "3") == "Le fichier n'est pas fait : essayez encore."
            assert kept.read_bytes() == b"before"
        assert await noted(played) == []
        assert [*media.joinpath("KEY").iterdir()] == []
        assert "Fichier" in await take(played, "3")


async def test_a_full_disk_is_one_sentence_and_leaves_nothing(corner, monkeypatch):
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    async with corner() as played:
        await at_export(played)
        monkeypatch.setattr("kiosk.home.replace_whole", full)
        assert await take(played, "3") == "Le fichier n'est pas fait : essayez encore."
        assert [*folder(played).iterdir()] == []
        assert await noted(played) == []


async def test_it_goes_onto_the_only_stick_as_well(corner, media):
    stick = media / "KEY"
    async with corner() as played:
        await at_export(played)
        stick.mkdir(parents=True)
        assert (
            await take(played, "3") == "Fichier : exports/rapport-charleroi-2022-11.csv, et sur la clé USB."
        )
        (copy,) = stick.iterdir()
        assert copy.read_bytes() == (folder(played) / copy.name).read_bytes()
        media.joinpath("OTHER").mkdir()
        copy.unlink()
        assert await take(played, "3") == "Fichier : exports/rapport-charleroi-2022-11.csv"
        assert [*media.glob("*/*")] == []


async def test_a_stick_that_takes_nothing_is_said(corner, media):
    async with corner() as played:
        await at_export(played)
        media.mkdir()
        media.joinpath("KEY").symlink_to("/proc/self")
        assert "La clé USB ne peut pas le prendre." in await take(played, "3")
        assert len(await noted(played)) == 1


async def test_two_touches_at_once_make_one_file(corner):
    async with corner() as played:
        screen = await at_export(played)
        heard = []
        tell, screen.done = screen.done, lambda sentence: (heard.append(sentence), tell(sentence))
        for _ in range(2):
            screen.post_message(ExportWanted(screen, NOVEMBER, "csv", outside=False))
        await until(lambda: "Fichier :" in said(screen))
        assert heard[0].startswith("Un fichier est en cours")
        await played.rest()
        assert len(await noted(played)) == 1


async def test_whoever_signs_out_meanwhile_gets_a_whole_file_and_no_screen_fails(corner, monkeypatch):
    async with corner() as played:
        await at_export(played)
        ended = []
        whole = export_side.ExportSide._make

        async def make(side, *args) -> None:
            played.app._close_screens()
            await whole(side, *args)
            ended.append(True)

        monkeypatch.setattr(export_side.ExportSide, "_make", make)
        await played.press("3")
        await until(lambda: ended)
        (file,) = folder(played).iterdir()
        (body,) = await noted(played)
        assert body["hash"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert body["actor"] == "staff"
