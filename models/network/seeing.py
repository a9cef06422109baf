"""Whether somebody may look at the network: the hub tells what it is, this says whether it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.requests import At, Request
from models.rights import Action


@dataclass(frozen=True, slots=True)
class MaySeeNetwork(Request[bool]):
    """The right to look; nothing of the network is in a kiosk's own database."""

    action: ClassVar[Action] = Action.SEE_NETWORK
    writes: ClassVar[bool] = False

    def do(self, at: At) -> bool:
        """Whoever is not refused may."""
        return True
