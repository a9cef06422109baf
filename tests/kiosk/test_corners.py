"""Lists of corners: kept, in force everywhere, twice the same changes nothing, one sentence a bad line."""

from __future__ import annotations

import json
import stat
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import BOOKINGS, MORNING
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assets.facts import corners, shipped_corners, use_own
from assets.languages import translator
from kiosk import first_start, start
from kiosk.home import Home, first_look
from kiosk.importing.corner_columns import lists_corners
from kiosk.importing.corner_lines import read_corners
from kiosk.importing.tables import Row, Table
from kiosk.own_corners import as_bytes, corner_facts, said_of_corners
from kiosk.own_facts import use_own_corners, use_own_facts
from kiosk.settings import load_settings
from kiosk.trouble import Trouble
from models.answers import Outcome, Sitting
from models.words import Answer
from screens.wording import words

FR = translator("fr")

LIST = """identifiant;nom;localité;commune;province;adresse
dinant;SmartCorner de Dinant;Dinant;Dinant;Namur;Quai des Essais 12
mons;SmartCorner de Mons;;;;Rue de l'Exemple 3
arlon;SmartCorner d'Arlon;Arlon;;;
"""


def read(*rows, header=("id", "name", "locality", "municipality", "province", "address"), before=None):
    table = Table(1, list(header), [Row(number, cells) for number, cells in enumerate(rows, 2)])
    return read_corners(table, before or {}, FR)


def told(refusal):
    assert refusal.message.endswith(".")
    return refusal.line, refusal.column


def test_a_list_is_known_by_its_header():
    """An id and a name, and nothing of a booking, in any order and case."""
    assert lists_corners(["Province", "NOM", "Identifiant"])
    assert lists_corners(["id", "name"])
    for more in ("référence", "programme", "date", "prénom", "début"):
        assert not lists_corners(["id", "nom", more])
    assert not lists_corners(["nom", "localité"])


def test_corners_are_kept_and_the_same_file_changes_nothing(line):
    """Before any kiosk is installed; the file is for its user only (P-33)."""
    file = line.file("lieux.csv", LIST)
    first = line("import", file, "--json")
    assert first.code == 0
    assert first.json == {"added": 1, "changed": 1, "unchanged": 1, "refused": [], "overbooked": []}
    kept = line.home / "corners.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(line.home.stat().st_mode) == 0o700
    before = kept.read_bytes(), kept.stat().st_mtime_ns, kept.stat().st_ino
    again = line("import", file, "--json")
    assert (again.json["added"], again.json["changed"], again.json["unchanged"]) == (0, 0, 3)
    assert (kept.read_bytes(), kept.stat().st_mtime_ns, kept.stat().st_ino) == before


def test_a_try_writes_nothing_and_says_the_same(line):
    file = line.file("lieux.csv", LIST)
    tried = line("import", file, "--dry-run")
    assert not line.home.exists()
    done = line("import", file)
    assert tried.out.replace("Essai, rien n'est écrit : ", "") == done.out
    assert "lieux.csv, ligne 3, changements : adresse." in done.out


def test_what_a_file_does_not_say_stays_as_it_ships(line):
    """A name that is changed, an address that is added; an empty cell says nothing."""
    line("import", line.file("lieux.csv", LIST.replace("SmartCorner de Mons", "SmartCorner du Centre")))
    use_own_corners(Home(line.home))
    mons = corners()["mons"]
    assert (mons.name, mons.address) == ("SmartCorner du Centre", "Rue de l'Exemple 3")
    assert (mons.locality, mons.province) == ("Mons", "Hainaut")
    assert corners()["dinant"].municipality == "Dinant"
    assert corners()["arlon"] == shipped_corners()["arlon"]
    assert list(json.loads((line.home / "corners.json").read_text("utf-8"))["corners"]) == ["dinant", "mons"]


def test_an_unlisted_corner_is_installed_and_works(line):
    """``init``, the settings, the look before the first paint, and bookings that name it or leave it out."""
    assert line("init", "--corner", "dinant", "--yes").refused
    line("import", line.file("lieux.csv", LIST))
    made = line("init", "--corner", "dinant", "--yes", "--json")
    assert made.json["corner"] == "dinant"
    home = Home(line.home)
    use_own(corners={})
    assert first_look(home).corner_name == "SmartCorner de Dinant"
    use_own_facts(home)
    assert load_settings(home).corner == "dinant"
    more = BOOKINGS.replace("programme;", "lieu;programme;").replace(";awareness", ";Dinant;awareness")
    ran = line("import", line.file("b.csv", more), "--json", "--at", MORNING)
    assert (ran.code, ran.json["added"]) == (0, 3)
    assert line.asked("select distinct corner_id from half_day") == [("dinant",)]
    assert line("verify").code == 0


def test_a_list_and_the_bookings_that_name_its_corners_in_one_go(installed):
    """Also as a try, where the list is not kept."""
    list_, more = (
        installed.file("lieux.csv", LIST),
        installed.file(
            "b.csv",
            BOOKINGS.replace("programme;", "lieu;programme;").replace(";awareness", ";dinant;awareness"),
        ),
    )
    assert installed("import", more, "--at", MORNING).code == 1
    for options in (["--dry-run"], []):
        use_own(corners={})
        ran = installed("import", list_, more, "--json", "--at", MORNING, *options)
        assert (ran.code, ran.json["added"], ran.json["refused"]) == (0, 4, [])
        assert (installed.home / "corners.json").exists() is (options == [])


def test_bookings_still_need_a_kiosk(line):
    """What came before them is kept, and said."""
    ran = line("import", line.file("lieux.csv", LIST), line.file("b.csv", BOOKINGS))
    assert ran.refused
    assert "kiosk init" in ran.err
    assert "3 lignes sont gardées" in ran.err
    assert (line.home / "corners.json").exists()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", "Ici", "Ici"), "id"),
        (("Dinant", "Ici", "Ici"), "id"),
        (("di nant", "Ici", "Ici"), "id"),
        (("-x", "Ici", "Ici"), "id"),
        (("a" * 41, "Ici", "Ici"), "id"),
        (("ici", "", "Ici"), "name"),
        (("ici", "x" * 45, "Ici"), "name"),
        (("ici", "I\x1bci", "Ici"), "name"),
        (("ici", "Ici", ""), "locality"),
        (("ici", "Ici", "Ici", "", "", "85.07.30-033.28"), "address"),
        (("ici", "SmartCorner de Mons", "Ici"), "name"),
        (("smartcorner-de-mons", "Ici", "Ici"), "name"),
        (("ici", "Charleroi", "Ici"), "name"),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_kept(row, column):
    found = read(("dinant", "SmartCorner de Dinant", "Dinant"), row, ("huy", "SmartCorner de Huy", "Huy"))
    assert [told(one) for one in found.refused] == [(3, column)]
    assert "033" not in found.refused[0].message
    assert list(found.said) == ["dinant", "huy"]


def test_a_line_that_contradicts_one_above_is_refused():
    found = read(("huy", "Huy A", "Huy"), ("huy", "Huy B", "Huy"), ("huy", "Huy A", "Huy"))
    assert [told(one) for one in found.refused] == [(3, "id")]
    assert "ligne 2" in found.refused[0].message
    assert found.said["huy"]["name"] == "Huy A"


def test_a_column_of_national_numbers_is_refused_and_an_address_is_not():
    """P-06 is about people: where a corner stands may be known."""
    found = read(
        ("huy", "Huy A", "Huy", "85073003328", "4500"),
        header=("identifiant", "nom", "localité", "NISS", "code postal"),
    )
    assert [told(one) for one in found.refused] == [(1, "NISS")]
    assert found.left_out == ["code postal"]
    assert found.said == {"huy": {"name": "Huy A", "locality": "Huy"}}


def test_a_bad_line_of_a_file_is_exit_code_1(line):
    """File, line, column and what to do, also without a kiosk; two columns of one meaning refuse it whole."""
    ran = line("import", line.file("lieux.csv", LIST + "HUY;Huy;Huy;;;\n"))
    assert ran.code == 1
    assert "lieux.csv, ligne 5, colonne identifiant : « HUY » n'est pas un identifiant" in ran.err
    assert (line.home / "corners.json").exists()
    twice = line("import", line.file("deux.csv", "id;nom;name\nhuy;Huy;Huy\n"))
    assert twice.code == 1
    assert "disent la même chose" in twice.err


def test_a_workbook_is_a_list_too(line, tmp_path):
    book = Workbook()
    book.active.append(["Lieux de l'année"])
    book.active.append(["Identifiant", "Nom", "Localité", "Adresse"])
    book.active.append(["huy", "SmartCorner de Huy", "Huy", 12])
    book.save(tmp_path / "lieux.xlsx")
    assert line("import", tmp_path / "lieux.xlsx", "--json").json["added"] == 1
    tabs = LIST.replace(";", "\t")
    assert line("import", line.file("lieux.tsv", tabs), "--json").json["added"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"corners": 5}',
        b'{"corners": {"huy": 5}}',
        b'{"corners": {"huy": {"name": "Huy"}}}',
        b'{"corners": {"mons": {"name": 5}}}',
        b'{"corners": {"mons": {"id": "huy"}}}',
        b'{"corners": {"mons": {"name": "\\u001b"}}}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_said_and_does_not_keep_the_screen_from_being_painted(installed, content):
    file = installed.home / "corners.json"
    file.write_bytes(content)
    for command in (["verify"], ["import", installed.file("lieux.csv", LIST)]):
        ran = installed(*command)
        assert ran.refused
        assert "corners.json" in ran.err
    assert first_look(Home(installed.home)).corner_name == "SmartCorner de Charleroi"
    assert file.read_bytes() == content


def test_a_home_that_cannot_be_written_is_said(line):
    line.home.mkdir()
    (line.home / "corners.json").mkdir()
    assert line("import", line.file("lieux.csv", LIST)).refused


def test_doctor_says_what_the_corner_says_itself(installed):
    """Only where it says something, and what is wrong where it is."""
    own = {"corners", "catalogue"}
    assert not own & {one["check"] for one in installed("doctor", "--json").json}
    installed("import", installed.file("lieux.csv", LIST))
    catalogue = installed.home / "catalogue.toml"
    catalogue.write_text("[programmes.course-24]\nplaces = 6\n", "utf-8")
    settings = installed.home / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace("charleroi", "dinant"), "utf-8")
    well = installed("doctor")
    assert well.code == 0, well.out
    assert "lieux            ajoutés : 1, changés : 1" in well.out
    assert "catalogue        ajoutés : 0, changés : 1" in well.out
    catalogue.write_text("[programmes.course-24]\nplaces = 0\n", "utf-8")
    (installed.home / "corners.json").write_text("{}", "utf-8")
    use_own(corners={})
    found = {one["check"]: one for one in installed("doctor", "--json").json}
    assert not found["catalogue"]["ok"]
    assert "catalogue.toml, ligne 2" in found["catalogue"]["advice"]
    assert "corners.json" in found["corners"]["advice"]
    assert not found["settings"]["ok"], "its corner is in the file that is damaged"


def test_the_first_start_offers_them(line, monkeypatch):
    """In force before the first question, on a home where nothing is installed."""
    line("import", line.file("lieux.csv", LIST))
    use_own(corners={})
    seen = []

    class Asked:
        language = "fr"

        def __init__(self, *given):
            seen.extend(corners())

        def run(self):
            return start.LEFT

    monkeypatch.setattr(first_start, "FirstStart", Asked)
    monkeypatch.setattr(start, "_need_terminal", lambda: None)
    home = Home(line.home)
    assert start._first_start(home, first_look(home), None) == (start.LEFT, "fr")
    assert "dinant" in seen


def test_who_has_a_place_in_such_a_corner_is_told_where():
    """The answer "other corner" says its locality."""
    use_own(corners=corner_facts({"dinant": {"name": "SmartCorner de Dinant", "locality": "Dinant"}}))
    starts = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
    sitting = Sitting("1", "awareness", "dinant", starts, starts + timedelta(hours=3), "2")
    said = words(Outcome(Answer.OTHER_CORNER, starts, half_day=sitting), "fr")
    assert "Dinant" in " ".join(said.says)


words_ = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
said_ = st.dictionaries(
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True),
    st.fixed_dictionaries({"name": words_, "locality": words_}, optional={"address": words_}),
)


@given(said_)
def test_what_is_kept_is_what_is_read(said):
    """Whatever letters a name has; and each fact in force says what was said."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "corners.json"
        file.write_bytes(as_bytes(said))
        try:
            kept = said_of_corners(file)
        except Trouble:
            kept = None
    assert kept == said
    for id_, fact in corner_facts(said).items():
        assert fact.id == id_
        assert all(getattr(fact, name) == text for name, text in said[id_].items())
