"""A screen stands as it is from its first paint on, and once it has gone nothing of it is left."""

from __future__ import annotations

import gc
from types import SimpleNamespace

import pytest
from hands import until
from textual._styles_cache import StylesCache
from textual.screen import Screen

from kiosk import forgetting
from models.names import Named
from screens.choices import NamesScreen
from screens.code_pad import CodePadScreen
from screens.first_name import WalkInNameScreen
from screens.public import PublicScreen
from screens.ways import WaysScreen
from screens.widgets.key import Key


def drawn_lines() -> int:
    """How many widgets' drawn lines are in memory."""
    gc.collect()
    return sum(isinstance(one, StylesCache) for one in gc.get_objects())


async def there_and_back(played, screen: PublicScreen) -> None:
    played.app._open_screen(screen)
    await until(lambda: screen.query(Key) and all(key.region.area for key in screen.query(Key)))
    screen.go_back()
    await until(lambda: played.app.screen is not screen and not screen.is_attached)
    await played.rest()


async def test_what_was_drawn_is_forgotten_with_its_screen(play):
    """P-03: Textual would keep the lines of the last 1,024 widgets, names included."""
    async with play() as played:
        name = [Named("Binta O.", ("1",))]
        for _ in range(2):  # caches that only ever hold colours and styles
            await there_and_back(played, NamesScreen(*played.app._frame(), name))
            await there_and_back(played, WaysScreen(*played.app._frame()))
        before = drawn_lines()
        for _ in range(3):
            await there_and_back(played, NamesScreen(*played.app._frame(), name))
            await there_and_back(played, WaysScreen(*played.app._frame()))
        await until(lambda: drawn_lines() <= before, "lines of screens that have gone are kept")


async def test_the_collector_comes_after_a_screen_that_goes(play, monkeypatch):
    """Widgets hold each other in circles: left alone, they stay until some touch pays for hundreds."""
    async with play() as played:
        swept: list[int] = []
        collector = SimpleNamespace(collect=lambda: swept.append(len(played.app.screen_stack)))
        monkeypatch.setattr(forgetting, "gc", collector)
        await there_and_back(played, WaysScreen(*played.app._frame()))
        await until(lambda: swept)
        assert swept == [2]


@pytest.mark.parametrize("size", [(80, 24), (56, 16), (130, 40)], ids=str)
@pytest.mark.parametrize("kind", [CodePadScreen, WalkInNameScreen], ids=lambda kind: kind.__name__)
async def test_keys_stand_still_from_the_first_paint(play, monkeypatch, kind, size):
    """A finger that comes down at once meets the letter that it was meant for."""
    async with play(size=size) as played:
        painted: list[dict[str, object]] = []
        paint = Screen._compositor_refresh

        def seen(screen: Screen) -> None:
            paint(screen)
            if isinstance(screen, kind):
                painted.append({key.id: key.region for key in screen.query(Key) if key.id})

        monkeypatch.setattr(Screen, "_compositor_refresh", seen)
        screen = kind(*played.app._frame())
        played.app._open_screen(screen)
        await until(lambda: painted and {"-tall", "-short"} & screen.classes)
        await played.rest()
        times = len(painted)
        screen.refresh(layout=True)
        await until(lambda: len(painted) > times)
        assert painted[-1]
        assert all(one == painted[-1] for one in painted)
