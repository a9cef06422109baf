"""What a kiosk says of itself to its hub, over the line or on a stick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from models.log import SCHEMA_VERSION

if TYPE_CHECKING:
    from models.policy import Policy
    from models.sync.outbox import Pending
    from models.sync.state import SyncState


@dataclass(frozen=True, slots=True)
class Here:
    """Which kiosk this is."""

    kiosk_id: str
    corner: str
    policy: Policy
    was: str = ""
    """The id that it had before it took a new one."""


def greeting(
    here: Here, left: Pending, state: SyncState, known: Sequence[tuple[int, str]], now: datetime
) -> dict[str, Any]:
    """What a kiosk says of itself to its hub."""
    return {
        "kiosk": here.kiosk_id,
        "was": here.was,
        "app": _version(),
        "schema": SCHEMA_VERSION,
        "pending": left.number,
        "oldest": int(left.oldest.timestamp() * 1000) if left.oldest else None,
        "refused": left.refused,
        "timeline": state.timeline,
        "known": state.known_seq,
        "known_id": state.known_id,
        "samples": known,
        "pulled": state.cursor,
        "now": int(now.timestamp() * 1000),
        "policy": asdict(here.policy),
    }


@cache
def _version() -> str:
    """This program's: read once, for a file of the installation is looked up and taken apart for it."""
    return version("smartcorner-kiosk")
