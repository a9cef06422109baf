"""A screen as a camera sees it."""

from __future__ import annotations

from PIL import Image

CELL = 12
"""Pixels of a module: a cell is as wide, and twice as high."""

BEZEL = 60


def picture(shown) -> Image.Image:
    """The screen as a camera sees it: each half of a cell in its colour, in a black frame."""
    width, height = shown.app.size
    seen = Image.new("RGB", (width * CELL + 2 * BEZEL, height * 2 * CELL + 2 * BEZEL), "black")
    for y, strip in enumerate(shown.strips):
        x = 0
        for text, style, _ in strip:
            for sign in text:
                ground = style.bgcolor.triplet if style.bgcolor else (255, 255, 255)
                ink = style.color.triplet if sign == "▀" and style.color else ground
                for half, colour in ((0, ink), (1, ground)):
                    left, top = BEZEL + x * CELL, BEZEL + (2 * y + half) * CELL
                    seen.paste(tuple(colour), (left, top, left + CELL, top + CELL))
                x += 1
    return seen
