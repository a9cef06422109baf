"""Draw the screens as pictures into ``docs/pictures/``: ``make pictures``.

Every picture is the real app on an invented day, at a real grid, drawn from what Textual would send to
the terminal. It needs the font DejaVu Sans Mono on the machine.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from textual.app import App
from textual.message import Message
from textual.pilot import Pilot

sys.path.insert(0, str(Path(__file__).parent.parent))

from assets.assessment import bank
from docs.team_pictures import the_half_day
from kiosk.app import Kiosk
from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.first_start import FirstStart
from kiosk.home import FirstLook, Home
from kiosk.rehearsal import Rehearsal, rehearse
from kiosk.rooms import Front
from models.assessment.checks import Check, Done
from models.codes import new_short_code
from models.half_days import coming
from models.names import Named
from models.words import Way
from screens.assessment.messages import (
    Answered,
    Begun,
    CheckDone,
    ExercisesBegun,
    ExercisesWanted,
    NextStepWanted,
    ReviewWanted,
    StarterAnswered,
    TakeAwayWanted,
)
from screens.assessment.question import QuestionScreen
from screens.messages import (
    AccountNamed,
    ArrivalWanted,
    BackWanted,
    CornerChosen,
    DatesWanted,
    DayWanted,
    FirstNameGiven,
    HelpWanted,
    InstallWanted,
    MeetingWanted,
    NameChosen,
    PathWanted,
    PlaceWanted,
    PointWanted,
    WayWanted,
)
from screens.messages import Way as ChosenWay
from screens.path.messages import DateWanted, NextWanted, PageWanted, PlaceAsked, SiteWanted

GRIDS = ((56, 16), (80, 24), (100, 30), (132, 43))
AT = datetime(2022, 11, 3, 7, 22, tzinfo=UTC)
FOLDER = Path(__file__).parent / "pictures"


def save(app: App[str], name: str) -> None:
    """Write the present screen as a PNG."""
    import resvg_py

    svg = app.export_screenshot(simplify=True)
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.S)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono")
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=1100))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.png").write_bytes(png)


def kiosk_for(day: Rehearsal, theme: str) -> Kiosk:
    """The app on the invented day, without the banner of a rehearsal."""
    look = FirstLook("SmartCorner de Charleroi", theme, "fr", day.database.path)
    return Kiosk(Front(look), Clock(AT), Database(day.database.path), lambda _: day.desk)


async def scene(day: Rehearsal, theme: str, grid: tuple[int, int], only: str) -> None:
    """All screens of one theme at one grid."""
    app = kiosk_for(day, theme)
    mark = f"{theme}-{grid[0]}x{grid[1]}"
    async with app.run_test(size=grid) as pilot:

        async def shot(name: str) -> None:
            await pilot.pause(0.15)
            if only in f"{name}-{mark}":
                save(app, f"{name}-{mark}")

        await pilot.pause(1.0)
        await shot("welcome")
        firsts = {person.case: person for person in reversed(day.people)}
        for person in firsts.values():
            app._take(person.code, Way.CODE)
            await pilot.pause(0.1)
            await shot(f"outcome-{person.case}")
        for name, text in (("mistyped", "BCDEF"), ("unknown", new_short_code())):
            app._take(text, Way.CODE)
            await shot(f"outcome-{name}")
        app.go_home()
        await the_ways(app, pilot, shot)
        app.go_home()
        await the_path(app, pilot, day, shot)
        app.go_home()
        app._ask_who()
        await pilot.pause(0.2)
        await shot("who")
        await pilot.click("#who-1")
        await pilot.pause(0.2)
        await pilot.press("1", "2", "3")
        await shot("pin")
        app.go_home()
        await pilot.pause(0.2)
        await the_half_day(app, pilot, shot)
        if app.failures:
            raise RuntimeError(app.failures[0])
    app.database.close()


async def the_first_start(theme: str, grid: tuple[int, int], only: str) -> None:
    """What an empty home asks; nothing is written, because nobody says that the code is noted."""
    app = FirstStart(Home(Path("nowhere")), Clock(AT), theme, "fr")
    async with app.run_test(size=grid) as pilot:

        async def shot(name: str) -> None:
            await pilot.pause(0.15)
            if only in f"{name}-{theme}-{grid[0]}x{grid[1]}":
                save(app, f"{name}-{theme}-{grid[0]}x{grid[1]}")

        await shot("first-start")
        for message, name in (
            (InstallWanted(), "first-start-corner"),
            (CornerChosen("charleroi"), "first-start-name"),
            (AccountNamed("Leïla"), "first-start-code"),
        ):
            app.screen.post_message(message)
            await shot(name)


async def the_ways(app: Kiosk, pilot: Pilot[str], shot: Callable[[str], Awaitable[None]]) -> None:
    """Everything that is reached without a card."""

    async def go(message: Message) -> None:
        app.screen.post_message(message)
        await pilot.pause(0.1)

    await go(ArrivalWanted())
    await shot("ways")
    await go(WayWanted(ChosenWay.CODE))
    await shot("code")
    await go(BackWanted())
    await go(WayWanted(ChosenWay.NAME))
    await shot("find-name")
    await pilot.press("m")
    await pilot.pause(0.4)
    await shot("names")
    await go(NameChosen(Named("Marie-Laure D.", ("nobody",))))
    await shot("confirm")
    app.go_home()
    await go(WayWanted(ChosenWay.WALK_IN))
    await shot("walk-in-name")
    await go(FirstNameGiven("Zoé"))
    await shot("audience")
    await go(HelpWanted())
    await shot("help")
    app.go_home()
    await the_point(app, pilot, go, shot)
    app.go_home()
    await go(DayWanted())
    await shot("day")
    await go(MeetingWanted())
    await shot("meeting")
    app.go_home()
    app.go_home()
    dates = await asyncio.wrap_future(app.database.write(coming, "charleroi", AT))
    await go(DatesWanted(dates))
    await shot("dates")
    app._warn()
    await shot("still-there")
    app._close_screens()


async def the_point(
    app: Kiosk,
    pilot: Pilot[str],
    go: Callable[[Message], Awaitable[None]],
    shot: Callable[[str], Awaitable[None]],
) -> None:
    """The self-assessment without a card, from the beginning to the code."""
    await go(PointWanted())
    await shot("point")
    await go(Begun(anew=False))
    await shot("point-starter")
    for _ in bank().starters:
        await go(StarterAnswered())
    app.screen._choose(1)  # type: ignore[attr-defined]
    await shot("point-question")
    for number in range(15):
        if not isinstance(app.screen, QuestionScreen):
            break
        await go(Answered(app.screen.asked.id, (2, 2, 1, 0)[number % 4]))
    await shot("point-recap")
    await go(ReviewWanted())
    await shot("point-review")
    await go(ExercisesWanted())
    await go(ExercisesBegun())
    await shot("point-spot")
    await go(CheckDone(Check.SPOT, Done.PASSED))
    await shot("point-folder")
    await go(CheckDone(Check.COPY, Done.PASSED))
    await pilot.pause(0.2)
    await shot("point-result")
    await go(NextStepWanted())
    await shot("point-next")
    await go(TakeAwayWanted())
    await pilot.pause(0.3)
    await shot("point-take-away")


async def the_path(
    app: Kiosk, pilot: Pilot[str], day: Rehearsal, shot: Callable[[str], Awaitable[None]]
) -> None:
    """Mon parcours of somebody in the middle of a course, and what they can do from there."""

    async def go(message: Message, wait: float = 0.1) -> None:
        app.screen.post_message(message)
        await pilot.pause(wait)

    app._take(next(person.code for person in day.people if person.case == "later"), Way.CODE)
    await pilot.pause(0.2)
    await go(PathWanted(), 0.3)
    await shot("path")
    await go(NextWanted())
    await shot("path-next")
    for message, name in (
        (DateWanted(), "path-date"),
        (SiteWanted(), "path-site"),
        (PageWanted(), "path-page"),
    ):
        await go(message, 0.3)
        await shot(name)
        app._back()
    await go(PlaceWanted(), 0.3)
    await shot("path-place")
    await go(PlaceAsked(app.screen._editions[0].first.id), 0.3)  # type: ignore[attr-defined]
    await shot("path-asked")


def main() -> None:
    """Draw what the arguments ask for: a theme, a grid (``80x24``), a part of a name."""
    asked = sys.argv[1:]
    themes = [t for t in ("jour", "soir", "contraste") if t in asked] or ["jour", "soir", "contraste"]
    grids = [g for g in GRIDS if f"{g[0]}x{g[1]}" in asked] or list(GRIDS)
    names = [a for a in asked if a not in themes and "x" not in a]
    for theme in themes:
        for grid in grids:
            with rehearse(Clock(AT)) as day:
                asyncio.run(scene(day, theme, grid, names[0] if names else ""))
            asyncio.run(the_first_start(theme, grid, names[0] if names else ""))


if __name__ == "__main__":
    main()
