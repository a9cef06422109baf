"""The card on the screen can be read by a camera, at every grid and in every theme."""

from __future__ import annotations

import asyncio
import time

import numpy as np
import pytest
import zxingcpp
from stage import PLACE, THEMES, stage

from kiosk.paper.qr import token_modules
from models.codes import new_token
from screens.card import CardScreen

HALVES = {"▀": (0, 1), "▄": (1, 0), "█": (0, 0)}
"""Which colour (0 ink, 1 ground) the upper and the lower half of a cell have."""


def pixels(strips) -> np.ndarray:
    """The screen as a grey picture: one column a cell, two rows."""
    rows = []
    for strip in strips:
        upper, lower = [], []
        for segment in strip:
            colours = segment.style.color, segment.style.bgcolor
            greys = [sum(colour.get_truecolor()) // 3 if colour else 128 for colour in colours]
            for sign in segment.text:
                top, bottom = HALVES.get(sign, (1, 1))
                upper.append(greys[top])
                lower.append(greys[bottom])
        rows += [upper, lower]
    return np.kron(np.array(rows, dtype=np.uint8), np.ones((4, 4), dtype=np.uint8))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(56, 16), (80, 24), (132, 43)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_card_on_the_screen_is_read(size, theme):
    """The same letters come back, from the strips that the terminal draws."""
    token = new_token()
    async with stage(size, theme) as shown:
        await shown.app.push_screen(CardScreen(PLACE, "fr", token_modules(token)))
        await shown.settled()
        until = time.monotonic() + 5
        while not (found := zxingcpp.read_barcodes(pixels(shown.strips))):
            assert time.monotonic() < until, shown.text
            await asyncio.sleep(0.02)
        assert [code.text for code in found] == [token]


async def test_the_reader_finds_nothing_where_nothing_is():
    """The measure can fail."""
    async with stage((80, 24)) as shown:
        await shown.show("greeting")
        assert zxingcpp.read_barcodes(pixels(shown.strips)) == []
