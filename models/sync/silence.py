"""A kiosk that has not heard of its hub for long shows no names: somebody may have been erased meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.policy import Policy
from models.sync.state import state_of

if TYPE_CHECKING:
    from models.connection import Connection


def is_silent(conn: Connection, policy: Policy, now: datetime) -> bool:
    """Whether names are locked until the next round; never on a kiosk that knows of no hub."""
    heard_at = state_of(conn).heard_at
    return heard_at is not None and now - heard_at > timedelta(days=policy.silent_days)
