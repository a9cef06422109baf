"""The list of which one line is picked, and the figures: what can be read of them at every width."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App
from textual.geometry import Size

from screens.themes import themes
from screens.widgets.figures_line import Figure, FiguresLine
from screens.widgets.pick_list import Pick, PickList

LINES = tuple(Pick(f"Marie-Laure {number}", "Départ non noté", "arrivée 8 h 20") for number in range(12))

FIGURES = (
    Figure("7", "7 présences"),
    Figure("1", "1 excuse"),
    Figure("0", "0 absence"),
    Figure("24 h 30", "24 h 30 en tout"),
)


class Shown(App[None]):
    """One widget in a terminal."""

    def __init__(self, widget) -> None:
        super().__init__()
        self._widget = widget
        for theme in themes().values():
            self.register_theme(theme)
        self.theme = "jour"

    def compose(self):
        yield self._widget

    def rows(self) -> list[str]:
        return [self._widget.render_line(y).text for y in range(self._widget.size.height)]


@pytest.mark.parametrize(("height", "tall"), [(36, 3), (24, 2), (12, 1), (7, 1)])
async def test_lines_are_as_tall_as_all_of_them_fit(height, tall):
    """A-05: where there is room a line is as tall as a key."""
    picks = PickList()
    app = Shown(picks)
    async with app.run_test(size=(80, height)):
        picks.show(LINES, 0)
        rows = app.rows()
        said = [y for y, row in enumerate(rows) if "Marie-Laure" in row]
        assert {after - before for before, after in itertools.pairwise(said)} == {tall}
        assert len(said) == min(12, height)


@pytest.mark.parametrize("picked", range(12))
async def test_the_picked_line_can_always_be_seen(picked):
    picks = PickList()
    app = Shown(picks)
    async with app.run_test(size=(56, 5)):
        for number in (0, 11, picked):
            picks.show(LINES, number)
            marked = [row for row in app.rows() if row.startswith("▸")]
            assert len(marked) == 1
            assert f"Marie-Laure {number} " in marked[0]


async def test_how_many_lines_lie_below_is_said():
    picks = PickList()
    app = Shown(picks)
    async with app.run_test(size=(56, 5)):
        picks.show(LINES, 0)
        assert app.rows()[-1].rstrip().endswith("↓ 7")
        picks.show(LINES, 11)
        assert "↓" not in "".join(app.rows())


async def test_a_finger_picks_the_line_under_it():
    """By touch alone (A-22)."""
    picked = []

    class Hearing(Shown):
        def on_pick_list_picked(self, event) -> None:
            picked.append(event.number)

    picks = PickList()
    app = Hearing(picks)
    async with app.run_test(size=(56, 5)) as pilot:
        picks.show(LINES, 11)
        await pilot.click(PickList, offset=(4, 0))
        picks.show(LINES)
        await pilot.click(PickList, offset=(4, 1))
        assert picked == [7]


picks_of_any_words = st.builds(
    Pick, st.text("aé漢 ", max_size=30), st.text("bç字", max_size=40), st.text("c", max_size=30)
)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(picks_of_any_words, min_size=1, max_size=6), st.integers(20, 140))
def test_names_and_what_is_said_are_whole_wherever_they_fit(lines, width):
    picks = PickList()
    picks._lines = tuple(lines)
    picks._size = Size(width, 12)
    for line in lines:
        told = picks._told(line, width - 4)
        if cell_len(line.name) <= (width - 4) // 3:
            assert line.name.strip() in told
        if line.says and cell_len(line.says) + (width - 4) // 3 + 2 <= width - 4:
            assert line.says in told


async def test_nothing_stays_of_a_list_that_was_wiped():
    """P-18."""
    picks = PickList()
    app = Shown(picks)
    async with app.run_test(size=(80, 12)):
        picks.show(LINES, 0)
        picks.wipe()
        assert "".join(app.rows()).strip() == ""


@pytest.mark.parametrize("size", [(56, 1), (80, 6), (132, 6), (40, 6)])
async def test_figures_are_always_said_in_words(size):
    """Large where there is room, and plain in any case."""
    figures = FiguresLine()
    figures.styles.height = size[1]
    app = Shown(figures)
    async with app.run_test(size=(size[0], 10)):
        figures.show(FIGURES)
        rows = app.rows()
        large = any("█" in row for row in rows)
        assert large == (size[1] == 6 and size[0] >= 80)
        words = rows[-1] if large else rows[0]
        for figure in FIGURES if size[0] >= 56 else FIGURES[:3]:
            assert figure.says in words
