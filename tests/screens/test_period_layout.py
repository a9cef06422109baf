"""A period at every grid, in every theme and language: every figure as the report has it, and readable."""

from __future__ import annotations

import re
from functools import cache

import pytest
from crowds import MONTHS, PROGRAMMES, QUARTERS, YEAR, asked, side
from stage import GRIDS, THEMES, moment, stage
from test_assessment_layout import flaws

from assets.languages import LANGUAGES, translator
from assets.review import BY_ID, SPLITS, Split
from models.assessment.group import GroupPicture
from models.review.attendances import Standing
from models.review.masking import without_small_groups
from models.review.period import Period
from models.review.report import Report, hides, standing_in
from models.words import AUDIENCES, SOURCES
from screens.staff.period import PeriodScreen
from screens.staff.period_views import View, figures_in
from screens.staff.review_words import figure_said, hidden, row_name
from screens.staff.span_entry import SpanScreen

POINTS = GroupPicture(side(124, 31, 52, 29, 12), side(98, 12, 40, 44, 2), 41)
CROWD = [
    (
        month,
        programme,
        AUDIENCES[(month + place) % 3],
        SOURCES[(month + place) % 4],
        standing,
        several,
        3 * place,
    )
    for month in range(6)
    for place, programme in enumerate(PROGRAMMES)
    for standing, several in ((Standing.CAME, 14), (Standing.CAME, place), (Standing.ABSENT, 3 + month))
    if month != 3
]
"""The fourth month has half-days to which nobody came; from the seventh on there is nothing."""


@cache
def reports() -> dict[str, Report]:
    ask = asked(CROWD, POINTS)
    return {
        "year": ask(YEAR),
        "month": ask(MONTHS[1]),
        "outside": without_small_groups(ask, YEAR, 5),
        "quarter": without_small_groups(ask, QUARTERS[0], 5),
    }


def frame(language: str) -> tuple[str, str, str]:
    return ("SmartCorner de Charleroi", language, "")


async def put(shown, report: Report) -> PeriodScreen:
    """The screen as it is once the report has come; nobody answers it on a stage."""
    period: Period = report.period
    screen = PeriodScreen(
        frame(shown.language),
        kind=period.kind,
        on=period.first,
        outside=report.masked,
        may_close=report.masked,
    )
    await shown.app.push_screen(screen)
    screen.show_moment(moment(shown.language))
    screen._asked = None
    screen._report = report
    screen._draw()
    await shown.settled()
    return screen


async def look(shown, screen: PeriodScreen, view: View, figure: str = "came") -> str:
    screen._view, screen._figure = view, figure
    screen._draw()
    await shown.settled()
    return shown.text


def said(report: Report, of, id_: str, language: str) -> str:
    if hides(report, of, id_):
        return hidden(language)
    return figure_said(of(id_), BY_ID[id_].unit, language)


# ---- the same figures as the report's


@pytest.mark.parametrize("which", ["year", "outside"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_figure_is_the_report_s_under_its_name_with_its_definition(size, which):
    """Of the whole, and of every row of every split; where a figure can not stand it is not offered."""
    report, translate = reports()[which], translator("fr")
    async with stage(size) as shown:
        screen = await put(shown, report)
        for figure in figures_in(report, View.FIGURES):
            text = await look(shown, screen, View.FIGURES, figure.id)
            value = said(report, report.figure, figure.id, "fr")
            assert re.search(rf"{re.escape(translate(figure.name))} +{re.escape(value)}(?!\S)", text), text
            assert translate(figure.meaning) in " ".join(text.split()), text
        for split in set(Split) - {Split.HALF_DAY, Split.CORNER}:
            assert figures_in(report, View(split.value)) == tuple(
                sorted(standing_in(report, split), key=figures_in(report, View.FIGURES).index)
            )
            for id_ in ("came", "minutes", "no_show_rate"):
                text = await look(shown, screen, View(split.value), id_)
                assert f"{translate(BY_ID[id_].name)} · {translate(SPLITS[split])}" in text
                assert translate(BY_ID[id_].meaning) in " ".join(text.split()), text
                for row in report.rows[split]:
                    value = said(report, row.tally.figure, id_, "fr")
                    name = re.escape(row_name(split, row, report, "fr"))
                    assert re.search(rf"{name}[ █▏▎▍▌▋▊▉]+{re.escape(value)}(?!\S)", text), (row, text)


async def test_bars_are_in_proportion():
    """Without any colour: what is told by the shape is told by its length."""
    report = reports()["year"]
    async with stage((132, 43), "contraste") as shown:
        screen = await put(shown, report)
        for id_ in ("came", "no_show_rate"):
            text = await look(shown, screen, View.PROGRAMME, id_)
            lengths = []
            for row in report.rows[Split.PROGRAMME]:
                bar = re.search(rf"{row_name(Split.PROGRAMME, row, report, 'fr')} +([█▏▎▍▌▋▊▉]*)", text)[1]
                lengths.append(sum(8 - "█▉▊▋▌▍▎▏".index(sign) for sign in bar))
            values = [row.tally.figure(id_) for row in report.rows[Split.PROGRAMME]]
            for length, value in zip(lengths, values, strict=True):
                assert abs(length - max(lengths) * value / max(values)) <= 1, (lengths, values)


async def test_along_time_twelve_months_stand_also_those_in_which_nothing_happened():
    """Nought differs from nothing: to the fourth month nobody came, the seventh had no half-day."""
    async with stage((100, 30)) as shown:
        screen = await put(shown, reports()["year"])
        text = await look(shown, screen, View.TIME)
        assert re.search(r"avril 2022 +0(?!\S)", text)
        assert re.search(r"juillet 2022 +–(?!\S)", text)
        assert all(month in text for month in ("janv.", "mars", "mai", "janvier 2022", "décembre 2022")), text
        assert "↓" not in text
        assert "█" in text, text


async def test_no_colour_takes_nothing_away(monkeypatch):
    """NO_COLOR: the picked figure, the view, bars and numbers can still be told."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with stage((100, 30)) as shown:
        assert shown.app.no_color
        screen = await put(shown, reports()["year"])
        text = await look(shown, screen, View.PROGRAMME)
        assert "▸ Présences" in text and "█" in text and "┏" in text
        for strip in shown.strips:
            for segment in strip:
                for colour in filter(None, (segment.style.color, segment.style.bgcolor)):
                    red, green, blue = colour.get_truecolor()
                    assert max(red, green, blue) - min(red, green, blue) <= 2


@pytest.mark.parametrize("cells", ["masqué", "–", "0"])
async def test_hidden_nothing_and_nought_are_three_things(cells):
    """A hidden figure is a word, and never a short bar."""
    report = without_small_groups(
        asked([*CROWD[:5], (1, "job-search", "student", "corner", Standing.CAME, 2, 0)]), YEAR, 5
    )
    async with stage((100, 30)) as shown:
        screen = await put(shown, report)
        text = await look(shown, screen, View.TIME)
        assert re.search(rf"2022 +{cells}(?!\S)", text), text


# ---- at every grid


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEMES)
async def test_everything_can_be_read(size, theme):
    """A-08, A-09: text at least 7:1, bars and lines at least 3:1, no key cut."""
    async with stage(size, theme) as shown:
        screen = await put(shown, reports()["outside"])
        for view in (View.FIGURES, View.TIME, View.PROGRAMME):
            await look(shown, screen, view)
            assert flaws(shown) == [], shown.text
        screen = await put(shown, reports()["quarter"])
        await look(shown, screen, View.POINTS)
        assert screen._shown is View.POINTS
        assert flaws(shown) == [], shown.text


@pytest.mark.parametrize("size", GRIDS[:3], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_is_cut_in_any_language(size, language):
    """From 80 columns on every name is whole; below it every number."""
    async with stage(size, language=language) as shown:
        screen = await put(shown, reports()["outside"])
        for view in (View.FIGURES, View.TIME, View.PROGRAMME):
            text = await look(shown, screen, view, "no_show_rate")
            assert flaws(shown) == [], text
            if view is not View.FIGURES:
                assert "%" in text or hidden(language) in text
                assert size[0] < 80 or "…" not in text, text
        span = SpanScreen(frame(language), lambda _: None)
        await shown.app.push_screen(span)
        span._add("0")
        await shown.settled()
        assert flaws(shown) == [], shown.text


async def test_figures_of_the_longest_definitions_stand_whole():
    """Two rows of eighty columns, in the language with the longest words."""
    for language in LANGUAGES:
        async with stage((80, 24), language=language) as shown:
            screen = await put(shown, reports()["year"])
            longest = max(
                BY_ID.values(),
                key=lambda one: len(screen.translate(one.name) + screen.translate(one.meaning)),
            )
            text = await look(shown, screen, View.FIGURES, longest.id)
            assert screen.translate(longest.meaning) in " ".join(text.split()), text


async def test_a_period_in_which_nothing_happened_says_so():
    report = asked([])(Period(MONTHS[0].kind, YEAR.after.first, YEAR.after.first))
    async with stage((80, 24)) as shown:
        await put(shown, report)
        assert "Rien dans cette période." in shown.text
