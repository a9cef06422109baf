"""A real month at a busy corner, reviewed in a real terminal: screen, command and file say the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from driver import ENTER, TO_LAST, Terminal, kiosk
from patient import after_a_moment

from assets.languages import translator
from assets.review import BY_ID, DAY
from bench.month import fill
from kiosk.home import Home
from screens.staff.review_words import figure_said

FIRST, LAST = date(2022, 10, 1), date(2022, 10, 31)
"""With the Sunday of 25 hours in it."""
EVENING = "2022-10-31T17:30"
"""The half-days of the last day are over: staff land on its figures."""
LATER = "2022-11-01T09:00"

BEFORE, UP, DOWN = "\x1b[5~", "\x1b[A", "\x1b[B"
GRIDS = ((100, 30), (80, 24))

FRENCH = translator("fr")


@dataclass(frozen=True, slots=True)
class Lived:
    """A home after its month."""

    path: Path
    pin: str

    def said(self, *command: str):
        """What a command answers as JSON."""
        ran = kiosk(self.path, *command, "--json", "--at", EVENING)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    path = tmp_path_factory.mktemp("october") / "home"
    made = kiosk(path, "init", "--corner", "charleroi", "--yes", "--json")
    assert made.returncode == 0, made.stderr
    done = fill(Home(path), FIRST, LAST)
    assert done["closed"] > 20 and done["walk-in"] and done["merged"]
    return Lived(path, json.loads(made.stdout)["pin"])


@pytest.fixture(params=GRIDS, ids=lambda grid: f"{grid[0]}x{grid[1]}")
def evening(october: Lived, tmp_path: Path, request) -> Iterator[tuple[Terminal, Lived]]:
    """Staff have signed in on a copy of the month; they stand before the day."""
    home = tmp_path / "home"
    shutil.copytree(october.path, home)
    columns, rows = request.param
    with Terminal("--at", EVENING, home=home, columns=columns, rows=rows).ready() as term:
        term.press(TO_LAST, ENTER)
        term.wait_for("Votre code")
        term.type(october.pin, 0.2)
        term.settle()
        term.send(ENTER)
        term.wait_for("lundi 31 octobre 2022")
        term.settle()
        yield term, Lived(home, october.pin)


def shown(text: str, name: str) -> list[str]:
    """The figures that stand behind a name, one for each column."""
    line = next(found for row in text.splitlines() if (found := re.search(rf"[ ▸] {name}  +(.*)", row)))
    return [cell for cell in re.split(r" {2,}", line.group(1).replace("▸", "  ").strip()) if cell]


def of_day(figures: dict[str, float]) -> dict[str, str]:
    """The figures of a day as a screen says them."""
    return {FRENCH(BY_ID[id_].name): figure_said(figures[id_], BY_ID[id_].unit, "fr") for id_ in DAY}


def test_each_figure_of_a_day_is_that_of_the_command_and_of_the_list_behind_it(evening):
    term, home = evening
    told = home.said("day", "--date", "2022-10-31")
    columns = [of_day(told["figures"]), *(of_day(one["figures"]) for one in told["half_days"])]
    assert len(columns) == 3 and told["figures"]["came"] > 10
    for name in columns[0]:
        assert shown(term.text, name) == [column[name] for column in columns]
    # Down to those who came, and the list of them.
    after_a_moment(term, DOWN, ENTER)
    term.wait_for(f"Présences · {told['figures']['came']} personnes")
    term.press("\x1b")
    # The day before was the Sunday on which the clocks changed.
    term.wait_for("lundi 31 octobre 2022")
    after_a_moment(term, BEFORE)
    term.wait_for("dimanche 30 octobre 2022")
    term.settle()
    sunday = home.said("day", "--date", "2022-10-30")
    assert sunday["figures"]["half_days"] == 1
    assert {name: shown(term.text, name)[0] for name in columns[0]} == of_day(sunday["figures"])


def test_what_is_odd_is_settled_line_by_line_and_gone(evening):
    term, home = evening
    after_a_moment(term, "r")
    text = term.wait_for("lignes à régler, des 30 derniers jours")
    before = int(re.search(r"(\d+) lignes à régler", text).group(1))
    after_a_moment(term)
    term.touch("C'est vu")
    term.wait_for(f"{before - 1} lignes à régler")
    assert kiosk(home.path, "verify").returncode == 0


def test_each_figure_of_a_month_is_that_of_the_command_and_of_the_workbook(evening):
    term, home = evening
    after_a_moment(term, "p")
    term.wait_for("Toute la période")
    term.wait_for("Points comparés")
    term.settle()
    told = home.said("report", "--from", str(FIRST), "--to", str(LAST))["figures"]
    names = {id_: FRENCH(BY_ID[id_].name) for id_ in told}
    said = {id_: shown(term.text, names[id_])[0] for id_ in told}
    counts = {id_: str(value) for id_, value in told.items() if isinstance(value, int) and id_ != "minutes"}
    assert {id_: said[id_] for id_ in counts} == counts
    assert said["minutes"] == figure_said(told["minutes"], BY_ID["minutes"].unit, "fr")
    assert told["came"] > 200 and told["walk_ins"] and told["refused"]
    after_a_moment(term, "e")
    term.wait_for("Emporter le bilan")
    after_a_moment(term, "2")
    term.wait_for(lambda text: re.search(r"exports/\S+\.xlsx", text))
    (file,) = (home.path / "exports").glob("*.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert {id_: sheet[names[id_]] for id_ in counts} == {id_: told[id_] for id_ in counts}
    assert sheet[names["minutes"]].total_seconds() == told["minutes"] * 60
