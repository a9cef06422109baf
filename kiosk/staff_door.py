"""The door to the staff side: a PIN is tried in a thread, written down, and answered."""

from __future__ import annotations

import asyncio
from datetime import datetime

from kiosk.database import Database
from models import pins
from models.arrival import Desk


async def try_pin(database: Database, desk: Desk, staff_id: str, pin: str, now: datetime) -> pins.PinAnswer:
    """Try a PIN of one account, or of any where none is named; during a delay it is not even compared.

    Argon2 takes its time on purpose.
    """
    kiosk, policy = desk.kiosk_id, desk.policy
    found = None
    if await asyncio.wrap_future(database.write(pins.delayed_until, kiosk, policy, now)) is None:
        known = await asyncio.wrap_future(database.write(pins.accounts))
        if staff_id:
            known = {account: kept for account, kept in known.items() if account == staff_id}
        found = await asyncio.to_thread(pins.matching, known, pin)
    return await asyncio.wrap_future(database.write(pins.answer_pin, kiosk, policy, found, now))
