"""Sharing with the hub: pages beside raw COPY, a new kiosk, corners that come back, a day of many sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

ROWS = 100_000
