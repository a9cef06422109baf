"""Figures as lines, bars and columns: as long as they are large, drawn only where seen."""

from __future__ import annotations

import re
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from test_pick_list import Shown

from screens.widgets.column_chart import ColumnChart
from screens.widgets.figure_table import FigureLine, FigureTable, bar_of

MANY = tuple(
    FigureLine(f"Atelier avec numéro {number:03}", str(number * 7), number / 200) for number in range(200)
)


def eighths(bar: str) -> int:
    """How long a bar is."""
    return sum(8 - "█▉▊▋▌▍▎▏".index(sign) for sign in bar)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20), st.integers(8, 120))
def test_a_bar_is_as_long_as_its_figure_is_large(shares, room):
    """To an eighth of a cell; what is anything at all can be seen, and nought has none."""
    for share in shares:
        bar = bar_of(share, room)
        assert cell_len(bar) <= room
        if share:
            assert eighths(bar) == max(1, round(share * room * 8))
        else:
            assert bar == ""
    lengths = [eighths(bar_of(share, room)) for share in sorted(shares)]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize("bars", [False, True])
async def test_two_hundred_rows_are_drawn_only_where_they_are_seen(bars, monkeypatch):
    """And each of them is reached, page by page."""
    table = FigureTable()
    app = Shown(table)
    async with app.run_test(size=(60, 12)) as pilot:
        drawn = []
        line = FigureTable._line
        monkeypatch.setattr(FigureTable, "_line", lambda *given: drawn.append(given[1]) or line(*given))
        table.show(MANY, bars=bars)
        await pilot.pause()
        assert table.overflows
        assert len(set(drawn)) == len(drawn) <= 24
        seen = set()
        for _ in range(ceil(200 / table._fit)):
            rows = app.rows()
            assert "↓" in rows[-1] or "↑" in rows[-1]
            seen |= {
                line for line in MANY for row in rows if re.search(rf"{line.name}\b.*\b{line.says}\b", row)
            }
            table.turn(1)
        assert seen == set(MANY)
        assert table._first == 0


async def test_what_is_picked_is_in_sight_and_told_by_a_sign():
    table = FigureTable()
    app = Shown(table)
    async with app.run_test(size=(40, 9)):
        for picked in (0, 7, 8, 42, 199, 3):
            table.show(MANY, picked)
            (row,) = (row for row in app.rows() if row.startswith("▸"))
            assert MANY[picked].name in row


async def test_columns_stand_beside_each_other_where_that_shows_more():
    """Twenty figures on eleven rows of eighty columns: all of them, and none cut."""
    table = FigureTable()
    app = Shown(table)
    async with app.run_test(size=(78, 11)):
        table.show(MANY[:20], 0)
        text = "\n".join(app.rows())
        assert not table.overflows
        assert all(line.name in text for line in MANY[:20])


@pytest.mark.parametrize(("x", "y", "number"), [(3, 0, 0), (3, 9, 9), (50, 0, 10), (50, 9, 19)])
async def test_a_finger_picks_what_it_touches(x, y, number):
    table = FigureTable()
    picked = []

    class Touched(Shown):
        def on_figure_table_picked(self, event):
            picked.append(event.number)

    async with Touched(table).run_test(size=(78, 11)) as pilot:
        table.show(MANY[:20], 0)
        await pilot.click(table, offset=(x, y))
        await pilot.pause()
        assert picked == [number]


async def test_a_touch_on_what_says_that_there_are_more_turns_the_page():
    table = FigureTable()
    async with Shown(table).run_test(size=(60, 12)) as pilot:
        table.show(MANY)
        await pilot.click(table, offset=(5, 11))
        assert table._first == table._fit == 11


# ---- along time


@pytest.mark.parametrize("size", [(36, 7), (63, 12), (90, 20)])
async def test_columns_are_as_tall_as_their_figures_and_each_says_which_nothing_it_is(size):
    """A word in place of a column goes down it; nought is told as nought; no column is taller than another
    whose figure is larger."""
    values = [500, 250, 125, 1, 0]
    lines = [FigureLine("nov.", str(value), value / 500) for value in values]
    lines += [FigureLine("déc.", "masqué"), FigureLine("janv.", "–")]
    chart = ColumnChart()
    app = Shown(chart)
    async with app.run_test(size=size):
        chart.show(lines)
        rows = app.rows()
        step, room = chart._step, size[1] - 3
        columns = [
            "".join(row[n * step + 1 : (n + 1) * step] for row in rows[:-2]) for n in range(len(lines))
        ]
        tall = [sum("▁▂▃▄▅▆▇█".find(sign) + 1 for sign in column) // (step - 1) for column in columns]
        assert tall[:5] == [max(1, round(value / 500 * room * 8)) if value else 0 for value in values]
        assert all(str(value) in column for value, column in zip(values, columns, strict=False))
        assert columns[4].strip() == "0" and columns[6].strip() == "–" and tall[5] == 0
        assert "".join(columns[5].split()) in ("masqué", "m")
        assert ("".join(columns[5].split()) == "masqué") == (room >= 5 or step > 6)
