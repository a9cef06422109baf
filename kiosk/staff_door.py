"""The door to the staff side: a PIN is tried in a thread, written down, and answered."""

from __future__ import annotations

import asyncio
from datetime import datetime
from importlib import import_module

from kiosk.database import Database
from models import pins
from models.arrival import Desk

SEEN_FIRST = ("models.requests", "models.review.day", "screens.staff.day_review", "screens.staff.roster")


async def try_pin(database: Database, desk: Desk, staff_id: str, pin: str, now: datetime) -> pins.PinAnswer:
    """Try a PIN of an account; during a delay it is not even compared (Argon2 takes its time on purpose)."""
    kiosk, policy = desk.kiosk_id, desk.policy
    right = False
    if await asyncio.wrap_future(database.write(pins.delayed_until, kiosk, staff_id, policy, now)) is None:
        kept = await asyncio.wrap_future(database.write(pins.kept_hash, staff_id))
        comparing = asyncio.get_running_loop().run_in_executor(None, pins.is_pin, kept, pin)
        # It leaves this thread idle: time to load what whoever comes in sees first.
        for module in SEEN_FIRST:
            import_module(module)
        right = await comparing
    return await asyncio.wrap_future(database.write(pins.answer_pin, kiosk, staff_id, policy, right, now))
