"""The first start: a few questions on the screen, and nothing written before the last answer."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from hands import AT, Played, on, time_between_touches, touch, until

from assets.facts import CornerFact, use_own
from assets.languages import translator
from kiosk import start
from kiosk.clock import Clock
from kiosk.first_start import FirstStart
from kiosk.full_screen import INSTALLED, LEFT, MOST_FAILURES, REHEARSAL, RESTART
from kiosk.home import Home
from kiosk.installing import install
from kiosk.settings import load_settings
from kiosk.trouble import Trouble
from models.accounts import taken_pins
from models.pins import is_pin
from screens.first_start import AccountNameScreen, BeginScreen, CornerScreen, PinShownScreen
from screens.messages import LanguageChosen


@pytest.fixture
def begin(tmp_path, monkeypatch):
    """The first start on an empty home."""
    monkeypatch.delenv("KIOSK_DATABASE", raising=False)

    @asynccontextmanager
    async def beginning(size=(80, 24), language="fr", failing=False):
        app = FirstStart(Home(tmp_path / "home"), Clock(AT), "jour", language)
        async with app.run_test(size=size):
            played = Played(app)
            await on(played, BeginScreen)
            yield played
        assert failing or app.failures == []

    return beginning


async def to_the_code(played, language="fr") -> str:
    """Answer everything by touch; the code that is shown."""
    translate = translator(language)
    await touch(played, translate("Installer la borne"))
    await on(played, CornerScreen)
    await touch(played, "Charleroi")
    await on(played, AccountNameScreen)
    await touch(played, "S")
    await touch(played, "A")
    await touch(played, translate("Continuer"))
    await on(played, PinShownScreen)
    return played.app.screen._pin


def test_an_empty_home_asks(line, monkeypatch):
    """``kiosk`` where nothing is installed: the questions first, then what they came to."""
    asked, played = [], []
    monkeypatch.setattr(start, "_log_to", lambda _: None)
    monkeypatch.setattr(start, "_play", lambda front, *_: played.append(front) or 0)
    for result, banners in ((LEFT, 0), (REHEARSAL, 1)):
        monkeypatch.setattr(
            start, "_first_start", lambda *_, result=result: asked.append(1) or (result, "fr")
        )
        assert start.start_kiosk(None) == 0
        assert len(played) == banners
    assert len(asked) == 2
    assert played[0].banner.startswith("Démonstration")
    assert not Home(line.home).configured


@pytest.mark.parametrize("size", [(56, 16), (132, 43)], ids=str)
async def test_a_kiosk_is_installed_by_touch_alone(begin, size):
    async with begin(size=size) as played:
        home = played.app._home
        code = await to_the_code(played)
        assert not home.path.exists()  # nothing is half done
        await touch(played, "C'est noté")
        await until(lambda: played.app.return_value == INSTALLED)
    assert load_settings(home).corner == "charleroi"
    with open_database(home) as database:
        (kept,) = database.write(taken_pins).result()
        assert database.write(
            lambda conn: conn.execute("select name from staff_member").fetchall()
        ).result() == [("Sa",)]
    assert is_pin(kept, code)


def open_database(home):
    from contextlib import closing

    from kiosk.database import Database

    database = Database(home.database)
    database.open().result()
    return closing(database)


async def test_a_kiosk_is_installed_by_keys_alone(begin):
    """A-22; letters of the real keyboard are taken too."""
    async with begin() as played:
        await played.press("tab", "enter")
        await on(played, CornerScreen)
        await played.press("tab", "enter")
        await on(played, AccountNameScreen)
        await played.press("b", "o", "shift+tab", "enter")
        await on(played, PinShownScreen)
        await played.press("shift+tab", "enter")
        await until(lambda: played.app.return_value == INSTALLED)
    assert load_settings(played.app._home).corner == "arlon"


async def test_the_language_that_is_chosen_is_the_kiosks(begin):
    async with begin() as played:
        await touch(played, "Deutsch")
        await to_the_code(played, "de")
        await touch(played, translator("de")("C'est noté"))
        await until(lambda: played.app.return_value == INSTALLED)
    assert load_settings(played.app._home).language == "de"


async def test_every_corner_can_be_found_and_every_step_taken_back(begin):
    from assets.facts import corners

    async with begin() as played:
        await touch(played, "Installer la borne")
        await on(played, CornerScreen)
        seen = set()
        await played.press("shift+tab")
        while not seen >= corners().keys():
            before = len(seen)
            seen |= set(played.app.screen._shown)
            assert len(seen) > before
            await played.press("enter")
            time_between_touches(played)
        await played.press("escape")
        await on(played, BeginScreen)
        await played.press("escape")
        await on(played, BeginScreen)
        time_between_touches(played)
        code = await to_the_code(played)
        await touch(played, "Retour")
        await on(played, AccountNameScreen)
        time_between_touches(played)
        await touch(played, "Continuer")
        await on(played, PinShownScreen)
        assert played.app.screen._pin == code  # what was noted stays true


async def test_a_corner_with_a_long_name_of_its_own_says_so_on_its_key(begin):
    """On the smallest grid a key holds 24 signs."""
    name = "SmartCorner de Aaa-le-Château-sur-Exemple-lez"[:44]
    use_own(corners={"aaa": CornerFact("aaa", name, "Aaa")})
    async with begin(size=(56, 16)) as played:
        await touch(played, "Installer la borne")
        await on(played, CornerScreen)
        await played.shows("Aaa-le-Château-sur-Exem…")
        await touch(played, "Aaa-le")
        await on(played, AccountNameScreen)


async def test_an_account_needs_a_name(begin):
    async with begin() as played:
        await touch(played, "Installer la borne")
        await touch(played, "Charleroi")
        await on(played, AccountNameScreen)
        await touch(played, "Continuer")
        await on(played, AccountNameScreen)


async def test_what_cannot_be_written_is_said_and_can_be_tried_again(begin):
    async with begin() as played:
        await to_the_code(played)
        blocked = played.app._home.path
        blocked.write_text("a file where the folder should be")
        await touch(played, "C'est noté")
        await played.shows("ne peut pas être écrit")
        blocked.unlink()
        time_between_touches(played)
        await touch(played, "C'est noté")
        await until(lambda: played.app.return_value == INSTALLED)
    assert load_settings(played.app._home).corner == "charleroi"


async def test_a_card_or_junk_changes_nothing(begin):
    async with begin() as played:
        played.burst("SCBCDFGHJKNPRSTVXBCDFGHJ")
        await played.rest()
        await on(played, BeginScreen)


def test_a_founding_that_broke_off_leaves_no_account_that_nobody_can_use(line, monkeypatch):
    """The plug was pulled before the settings were there: the next try gives that account its code."""
    from kiosk import installing

    def unplugged(*_):
        raise OSError("unplugged")

    with monkeypatch.context() as patch:
        patch.setattr(installing, "_write_settings", unplugged)
        with pytest.raises(OSError, match="unplugged"):
            installing.install(Home(line.home), "charleroi", "Sam", "111111", "fr", AT)
    installing.install(Home(line.home), "charleroi", "Awa", "222222", "fr", AT)
    with open_database(Home(line.home)) as database:
        (kept,) = database.write(taken_pins).result()
    assert is_pin(kept, "222222")
    assert not is_pin(kept, "111111")


async def test_a_failure_asks_the_first_question_anew(tmp_path, monkeypatch):
    """A screen that failed is deaf: another one takes its place, and what follows works."""
    app = FirstStart(Home(tmp_path / "home"), Clock(AT), "jour", "nl")
    async with app.run_test(size=(80, 24)):
        played = Played(app)
        await on(played, BeginScreen)
        first = app.screen
        monkeypatch.setattr(first, "_say", lambda: 1 / 0)
        app.screen.post_message(LanguageChosen("de"))
        await until(lambda: isinstance(app.screen, BeginScreen) and app.screen is not first)
        await to_the_code(played, "de")
        assert len(app.failures) == 1


async def test_one_failure_after_the_other_starts_the_program_anew(begin):
    async with begin(failing=True) as played:
        for _ in range(MOST_FAILURES + 1):
            played.app.call_later(lambda: 1 / 0)
        await until(lambda: played.app.return_value == RESTART)


def test_the_rehearsal_speaks_the_language_that_was_chosen(line, monkeypatch):
    played = []
    monkeypatch.setattr(start, "_log_to", lambda _: None)
    monkeypatch.setattr(start, "_play", lambda front, *_: played.append(front) or 0)
    monkeypatch.setattr(start, "_first_start", lambda *_: (REHEARSAL, "nl"))
    assert start.start_kiosk(None) == 0
    assert played[0].look.language == "nl"


def test_init_writes_the_language_of_whoever_runs_it(line, monkeypatch):
    monkeypatch.setenv("KIOSK_LANGUAGE", "nl")
    assert line("init", "--corner", "mons", "--yes").code == 0
    monkeypatch.delenv("KIOSK_LANGUAGE")
    assert load_settings(Home(line.home)).language == "nl"


def test_a_kiosk_that_lost_its_settings_is_not_founded_by_whoever_passes(booked, monkeypatch):
    """There is a database that people have used: the settings have to come back, not another coordinator."""
    booked.home.joinpath("settings.toml").unlink()
    monkeypatch.setattr(start, "_log_to", lambda _: None)
    monkeypatch.setattr(start, "_need_terminal", lambda: None)
    ran = booked("--at", "2022-11-03T08:20")
    assert ran.refused
    assert "manquent" in ran.err


def test_two_first_starts_at_once_are_one(line, monkeypatch):
    """The second would show a code that the first then voids."""
    home, seen = Home(line.home), []

    def first(*_):
        seen.append(line())
        return LEFT, "fr"

    monkeypatch.setattr(start, "_first_start", first)
    monkeypatch.setattr(start, "_log_to", lambda _: None)
    home.make()
    assert line().code == 0
    (second,) = seen
    assert second.refused
    assert "déjà ouverte" in second.err


def test_a_key_that_could_not_be_written_is_not_left_half_written(tmp_path, monkeypatch):
    """A full disk: the next try finds nothing in its way."""
    import kiosk.home as at_home

    home = Home(tmp_path / "home")
    home.make()

    def full(*_):
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(at_home.os, "fsync", full)
        with pytest.raises(Trouble):
            install(home, "charleroi", "Sam", "271828", "fr", AT)
    assert list(home.key_file.parent.iterdir()) == []
    install(home, "charleroi", "Sam", "271828", "fr", AT)
    assert home.configured
