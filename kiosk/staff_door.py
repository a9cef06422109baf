"""The door to the staff side: a PIN is tried in a thread, written down, and answered."""

from __future__ import annotations

import asyncio
from datetime import datetime

from kiosk.database import Database
from models import pins
from models.arrival import Desk


async def try_pin(database: Database, desk: Desk, staff_id: str, pin: str, now: datetime) -> pins.PinAnswer:
    """Try a PIN of an account; during a delay it is not even compared (Argon2 takes its time on purpose)."""
    kiosk, policy = desk.kiosk_id, desk.policy
    right = False
    if await asyncio.wrap_future(database.write(pins.delayed_until, kiosk, staff_id, policy, now)) is None:
        kept = await asyncio.wrap_future(database.write(pins.kept_hash, staff_id))
        right = await asyncio.to_thread(pins.is_pin, kept, pin)
    return await asyncio.wrap_future(database.write(pins.answer_pin, kiosk, staff_id, policy, right, now))
