"""The parts of the kiosk beside the app's class, by the name that their messages have."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from kiosk.paper_side import PaperSide
    from kiosk.side import Side

SIDES = {
    "booth": "kiosk.booth_side:BoothSide",
    "network": "kiosk.network_side:NetworkSide",
    "export": "kiosk.export_side:ExportSide",
    "point": "kiosk.point_side:PointSide",
    "path": "kiosk.path_side:PathSide",
    "ready": "kiosk.ready:ReadySide",
    "sharing": "kiosk.sharing_side:SharingSide",
}
"""Where each of them is; read when somebody wants it first."""


def open_side(name: str, app: PaperSide) -> Side:
    """Make the part of that name."""
    module, _, kind = SIDES[name].partition(":")
    return cast("Side", getattr(import_module(module), kind)(app))
