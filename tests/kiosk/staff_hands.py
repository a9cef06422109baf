"""Somebody of the team who stands before a screen of their side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from hands import AT, Played, on

from models.log import Author
from models.registers import set_fields
from models.requests import Request, run
from models.words import SYSTEM
from screens.staff.frame import StaffScreen


async def at_screen(
    played: Played, made: Callable[[], StaffScreen], role: str = "facilitator"
) -> StaffScreen:
    """Sign somebody of a role in, on the screen that is made."""
    app = played.app
    await played.home()
    author = Author(app._desk.kiosk_id, SYSTEM, AT - timedelta(days=1))
    values = {"name": "Noor", "role": role, "pin": ""}
    hired = app.database.write(set_fields, author, "staff_member", role, values, new=True)
    await asyncio.wrap_future(hired)
    app._staff_id = app._role = role
    app._look_again()
    screen = made()
    app._open_screen(screen)
    await on(played, type(screen))
    return screen


async def elsewhere(played: Played, request: Request, role: str = "facilitator"):
    """Another kiosk on the same database does something, a moment later."""
    app = played.app
    done = app.database.write(run, app._desk, role, app.clock.now(), request)
    return await asyncio.wrap_future(done)


async def half_day_of(played: Played, name: str = "Binta") -> str:
    """The first half-day for which somebody is booked."""
    (half_day,), *_ = await played.asked(
        "select b.half_day_id from booking b join participant p on p.id = b.participant_id"
        f" join half_day h on h.id = b.half_day_id where p.first_name = '{name}' order by h.starts_at"
    )
    return half_day
