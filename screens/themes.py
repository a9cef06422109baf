"""The house's own themes, made from their data file; no built-in theme reaches 7:1 everywhere."""

from __future__ import annotations

import json

from textual.theme import Theme

from assets.facts import read_asset

DEFAULT = "jour"


def themes() -> dict[str, Theme]:
    """The themes by name. Each colour of the file becomes a CSS variable of the same name."""
    made = {}
    for name, colours in json.loads(read_asset("themes.json")).items():
        made[name] = Theme(
            name=name,
            primary=colours["accent"],
            background=colours["ground"],
            surface=colours["surface"],
            foreground=colours["ink"],
            dark=colours["dark"],
            variables={role: value for role, value in colours.items() if role != "dark"},
        )
    return made
