"""The corner's own catalogue: in force everywhere, field by field, and one sentence where it is wrong."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pysqlite3
import pytest
from command_line import MORNING
from hypothesis import given
from hypothesis import strategies as st
from test_import_hygiene import HEAVY, loaded_by

from assets.facts import programmes, shipped_programmes
from assets.languages import LANGUAGES
from kiosk import start
from kiosk.catalogue import Kind, own_programmes
from kiosk.clock import Clock
from kiosk.home import Home
from kiosk.own_facts import use_own_facts
from kiosk.trouble import Trouble
from models.words import EQUIPMENT_KINDS

OWN = """[programmes.course-24]
places = 6
names.nl = "SmartJob-dag"

[programmes.sewing]
stage = "module"
hours = 7
names.fr = "La couture en ligne"
names.de = "Nähen im Internet"
activity.fr = "Coudre avec un patron en ligne."
equipment = ["tablet"]
also_called = ["couture"]
places = 4
"""

WORKSHOPS = """programme;date;début;fin;places
couture;2022-11-03;08:30;12:00;
course-24;2022-11-03;13:00;16:00;
course-40;2022-11-04;08:30;12:00;
course-24;2022-11-04;13:00;16:00;7
"""


def catalogue(tmp_path, text):
    file = tmp_path / "catalogue.toml"
    file.write_text(text, "utf-8")
    return file


def told(file):
    with pytest.raises(Trouble) as wrong:
        own_programmes(file)
    return wrong.value.told(lambda sentence, **values: sentence.format(**values))


def test_what_is_said_replaces_field_by_field(tmp_path):
    own = own_programmes(catalogue(tmp_path, OWN))
    shipped = shipped_programmes()["course-24"]
    course = own["course-24"]
    assert (course.places, course.hours, course.stage) == (6, 24, "course")
    assert course.names == {**shipped.names, "nl": "SmartJob-dag"}
    assert (course.description, course.least, course.most) == (shipped.description, 5, 8)


def test_a_new_programme_speaks_french_where_it_says_nothing_else(tmp_path):
    """What nobody has said stays unknown."""
    sewing = own_programmes(catalogue(tmp_path, OWN))["sewing"]
    assert sewing.names["de"] == "Nähen im Internet"
    assert {sewing.names[language] for language in ("fr", "nl", "en")} == {"La couture en ligne"}
    assert set(sewing.activity.values()) == {"Coudre avec un patron en ligne."}
    assert set(sewing.description) == set(LANGUAGES)
    assert set(sewing.description.values()) == {""}
    assert (sewing.equipment, sewing.also_called, sewing.least) == (("tablet",), ("couture",), None)


def test_the_example_of_the_guide_is_a_catalogue(tmp_path):
    guide = Path(__file__).parents[2] / "docs" / "guide-installation.md"
    (example,) = re.findall(r"```toml\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    own = own_programmes(catalogue(tmp_path, example))
    assert (own["course-24"].places, own["couture"].hours) == (6, 7)


def test_the_kinds_of_equipment_are_those_of_the_models():
    assert get_args(Kind) == EQUIPMENT_KINDS


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ('[programmes.x]\nstage = "module"\n', 1, "names.fr"),
        ('\n[programmes.x]\nnames.fr = "X"\n', 2, "stage"),
        ('[programmes.x]\nnames.nl = "X"\nstage = "module"\n', 1, "names.fr"),
        ("[programmes.course-24]\nhours = 7\nplaces = 0\n", 3, "programmes.course-24.places"),
        ('[programmes.course-24]\nplaces = "6"\n', 2, "places"),
        ("[programmes.course-24]\nplaces = true\n", 2, "places"),
        ("[programmes.course-24]\nplaces = 1.5\n", 2, "places"),
        ("[programmes.course-24]\nhours = nan\n", 2, "hours"),
        ("[programmes.course-24]\nhours = inf\n", 2, "hours"),
        ("[programmes.course-24]\nprice = 3\n", 2, "price"),
        ('[programmes.course-24]\nstage = "lesson"\n', 2, "awareness | course | module"),
        ('[programmes.course-24]\nequipment = [\n "tablet",\n "printer",\n]\n', 2, "equipment"),
        ('[programmes.course-24.names]\nfr = "a\\u001bb"\n', 2, "programmes.course-24.names.fr"),
        ('[programmes.course-24]\nnames = { fr = "" }\n', 2, "names.fr"),
        (f'[programmes.course-24]\nnames.fr = "{"x" * 25}"\n', 2, "≤ 24"),
        ('[programmes."course-24"]\nnames = "x"\n', 2, "names"),
        ('[programmes.Course]\nstage = "module"\n', 1, "Course"),
        ('[programmes."a_b"]\nstage = "module"\nnames.fr = "A"\n', 1, "a_b"),
        ("surprise = 1\n", 1, "surprise"),
        ("programmes = 3\n", 1, "programmes"),
        ("[course-24]\nplaces = 6\n", 1, "course-24"),
        ("[programmes.course-24]\nplaces = \n", 2, "TOML"),
        ("[programmes.course-24]\nplaces = [1,\n", 2, "TOML"),
        ('[programmes.x]\nstage = "module"\nnames.fr = "Atelier  smartjob"\n', 1, "awareness"),
        ('[programmes.smartjob]\nstage = "module"\nnames.fr = "Autre"\n', 1, "awareness"),
        ('[programmes.course-40]\nalso_called = ["Le CV vidéo"]\n', 1, "video-cv"),
    ],
)
def test_a_wrong_entry_names_its_file_and_line(tmp_path, text, line, name):
    sentence = told(catalogue(tmp_path, text))
    assert sentence.startswith(f"catalogue.toml, ligne {line} : ")
    assert name in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x = " + b"[" * 5000, None])
def test_a_file_that_cannot_be_read_is_said(tmp_path, content):
    file = tmp_path / "catalogue.toml"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    assert "catalogue.toml" in told(file)


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_whatever_stands_in_it_is_taken_or_said(text):
    """Nothing but a trouble is ever raised."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalogue.toml"
        for shape in (text, f"[programmes.course-24]\n{text}", f"[programmes.'{text}']\nplaces = 6"):
            file.write_text(shape, "utf-8")
            try:
                own_programmes(file)
            except Trouble as wrong:
                assert wrong.told(lambda sentence, **values: sentence.format(**values))


def test_places_come_from_the_file_then_the_catalogue_then_the_settings(installed):
    """And a workshop is found by any name that the corner's catalogue gives it."""
    settings = installed.home / "settings.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[attendance]", "[attendance]\ncapacity = 9"), "utf-8"
    )
    catalogue(installed.home, OWN)
    ran = installed("import", installed.file("w.csv", WORKSHOPS), "--at", MORNING, "--json")
    assert ran.code == 0, ran.out
    kept = installed.asked("select programme, capacity from half_day order by starts_at")
    assert kept == [("sewing", 4), ("course-24", 6), ("course-40", 9), ("course-24", 7)]
    told = installed("roster", "--date", "2022-11-03").out
    assert "La couture en ligne" in told


def test_every_command_says_what_is_wrong_with_it(installed):
    """In one sentence; nothing is done on a catalogue that nobody has checked."""
    catalogue(installed.home, "[programmes.course-24]\nplaces = 0\n")
    for command in ("verify", "roster", "import"):
        ran = installed(command, *(["b.csv"] if command == "import" else []))
        assert ran.refused
        assert "catalogue.toml, ligne 2" in ran.err


def test_a_home_without_the_file_uses_what_ships(installed):
    """Also where a home before it had one, in the same program."""
    home = Home(installed.home)
    catalogue(installed.home, OWN)
    use_own_facts(home)
    assert "sewing" in programmes()
    home.catalogue_file.unlink()
    use_own_facts(home)
    assert programmes() == shipped_programmes()


def test_the_full_screen_puts_it_in_force_before_the_day_is_read(installed):
    """In the writer's thread, after the first paint; and says what is wrong as it does of a setting."""
    home = Home(installed.home)
    conn = pysqlite3.connect(str(home.database))
    try:
        catalogue(installed.home, OWN)
        clock = Clock(datetime(2022, 11, 3, 7, 20, tzinfo=UTC))
        start._desk(conn, home, clock)
        assert programmes()["course-24"].places == 6
        catalogue(installed.home, "places = 6\n")
        with pytest.raises(Trouble):
            start._desk(conn, home, clock)
    finally:
        conn.close()


def test_nothing_heavy_is_read_before_the_first_paint(installed):
    """The look before it needs a name, not a check; a home without the files costs next to nothing."""
    catalogue(installed.home, OWN)
    (installed.home / "corners.json").write_text('{"corners": {"mons": {"name": "Ici"}}}', "utf-8")
    look = f"from kiosk.home import *; home = Home(Path({str(installed.home)!r})); look = first_look(home)"
    assert loaded_by(f"import os; os.environ['KIOSK_CORNER'] = 'mons'; {look}") & HEAVY == set()
    (installed.home / "catalogue.toml").unlink()
    (installed.home / "corners.json").unlink()
    own = f"{look}; from kiosk.own_facts import use_own_facts; use_own_facts(home)"
    assert loaded_by(own) & HEAVY == set()
