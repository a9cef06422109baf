"""The door to the staff side: a PIN is tried in a thread, written down, and answered."""

from __future__ import annotations

import asyncio
from datetime import datetime

from kiosk.database import Database
from models import pins
from models.arrival import Desk


async def try_pin(database: Database, desk: Desk, pin: str, now: datetime) -> pins.PinAnswer:
    """Try a PIN; during a delay it is not even compared (Argon2 takes its time on purpose)."""
    kiosk, policy = desk.kiosk_id, desk.policy
    found = None
    if await asyncio.wrap_future(database.write(pins.delayed_until, kiosk, policy, now)) is None:
        known = await asyncio.wrap_future(database.write(pins.accounts))
        found = await asyncio.to_thread(pins.matching, known, pin)
    return await asyncio.wrap_future(database.write(pins.answer_pin, kiosk, policy, found, now))
