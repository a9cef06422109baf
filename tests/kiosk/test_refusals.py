"""What goes wrong on the command line is told in one sentence, never as a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import BOOKINGS, MORNING

from kiosk.commands import arrivals

COMMANDS = (
    "import",
    "checkin",
    "roster",
    "invite",
    "cards",
    "verify",
    "rebuild",
    "doctor",
    "init",
    "demo",
    "",
)
NEEDED = {"import": ["nothing.csv"], "checkin": ["BCDEFG"]}


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["import"],
        ["import", "missing.csv"],
        ["import", "."],
        ["checkin"],
        ["checkin", ""],
        ["checkin", "\x00\x1b[31m"],
        ["checkin", "é" * 5000],
        ["roster", "--date", "someday"],
        ["roster", "--date", "2022-02-30"],
        ["invite", "--date", "0000-00-00"],
        ["invite", "--format", "docx"],
        ["invite", "--reference", "nobody"],
        ["invite", "--date", "2022-11-03", "--reference", "R-1", "--format", "json"],
        ["cards", "--reference", "R-1", "--date", "2022-11-03", "--format", "json"],
        ["cards", "--size", "a0", "--format", "json"],
        ["cards", "--date", "2022-11-03", "-o", "missing/folder/cards.pdf"],
        ["checkin", "BCDEFG", "--half-day", "x" * 1000],
        ["--at"],
        ["verify", "--limit", "x"],
        ["roster", "more"],
        ["roster", "--date", "9999-12-31"],
        ["roster", "--date", "0001-01-01"],
        ["roster", "--at", "9999-12-31T23:59"],
        ["roster", "--at", "0001-01-01T00:00"],
        ["checkin", "\udcff"],
        ["import", "\udcff.csv"],
        ["init", "--corner", "atlantis"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40].encode("ascii", "replace").decode() or "none",
)
def test_wrong_usage_is_one_sentence(booked, arguments):
    """Any arguments at all: code 1 or 2, words that end like a sentence, and the home unchanged."""
    valid = "code where revoked_at is null"
    before = booked.rows("participant"), booked.rows(valid)
    ran = booked(*arguments)
    assert ran.code in (1, 2), ran.out
    told = ran.err.strip() or ran.out.strip()
    assert told
    assert not any(word in told for word in ("Usage", "Error", "No such", "Missing", "Invalid", "Try "))
    assert (booked.rows("participant"), booked.rows(valid)) == before


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("init", "demo", "", "doctor")])
def test_without_a_kiosk_every_command_says_init(line, command):
    """Nothing is installed: the sentence names the command that helps, and no file is made."""
    ran = line(command, *NEEDED.get(command, []))
    assert ran.refused
    assert "kiosk init" in ran.err
    assert not line.home.exists()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('corner = "charleroi"\nlanguage = "fr"\ntheme = "pink"\n', "settings.toml, ligne 3"),
        ('corner = "charleroi"\nsurprise = 1\n', "settings.toml, ligne 2"),
        ('corner = "atlantis"\n', "settings.toml, ligne 1"),
        ('corner = "charleroi"\n\n[attendance]\ntolerance = "much"\n', "settings.toml, ligne 4"),
        ('corner = "charleroi"\n[attendance]\n\n\ncapacity = 0\n', "settings.toml, ligne 5"),
        ('corner = "charleroi"\nthis is no toml\n', "settings.toml, ligne 2"),
        ('language = "fr"\n', "corner"),
        ("", "corner"),
    ],
)
def test_a_wrong_setting_names_its_file_and_line(installed, text, place):
    """The operator can go there at once; the value itself is not needed."""
    (installed.home / "settings.toml").write_text(text, "utf-8")
    ran = installed("verify")
    assert ran.refused
    assert place in ran.err
    assert "settings.toml" in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert installed("doctor").code == 1


@pytest.mark.parametrize(
    "setting",
    [
        'database = "~nobody-at-all/kiosk.db"',
        'database = "a\\u0000b"',
        "database = 5",
        "several_kiosks = 5",
        "theme = nan",
        "attendance = 5",
        "attendance = []",
        "[attendance]\ntolerance = 1e999",
        "[attendance]\ntolerance = 1.5",
        "x = " + "[" * 5000,
    ],
    ids=lambda setting: setting[:30],
)
def test_whatever_the_settings_hold_is_one_sentence(installed, setting):
    """What is allowed is always said, or where to look."""
    (installed.home / "settings.toml").write_text(f'corner = "charleroi"\n{setting}\n', "utf-8")
    ran = installed("verify")
    assert ran.refused
    assert len(ran.err.strip().splitlines()) == 1
    assert "La commande s'est arrêtée" not in ran.err
    assert ": …" not in ran.err


def test_settings_that_are_a_folder_are_said(installed):
    (installed.home / "settings.toml").unlink()
    (installed.home / "settings.toml").mkdir()
    ran = installed("verify")
    assert ran.refused
    assert "ne peuvent pas être lus" in ran.err


def test_output_that_cannot_be_written_is_said(booked):
    """A full disk at the other end: one sentence and code 1, not Python's own words."""
    with Path("/dev/full").open("w") as full:
        for arguments in (["--help"], ["roster", "--date", "2022-11-03"]):
            command = [sys.executable, "-m", "kiosk", *arguments]
            ran = subprocess.run(
                command, text=True, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
            )
            assert ran.returncode == 1
            assert ran.stderr.count("\n") == 1
            assert "sortie" in ran.stderr


def test_a_wrong_variable_is_named(installed, monkeypatch):
    """A setting that came from the environment has no line, so its variable is named."""
    monkeypatch.setenv("KIOSK_THEME", "pink")
    ran = installed("verify")
    assert ran.refused
    assert "KIOSK_THEME" in ran.err


@pytest.mark.parametrize("content", [b"junk " * 5000, b"\x00" * 8192, b"SQLite format 3\x00" + b"x" * 8000])
@pytest.mark.parametrize("command", ["verify", "checkin", "roster", "import", "rebuild", "doctor"])
def test_a_database_that_is_none_is_said(installed, content, command):
    """A file that was overwritten: the sentence says so, and the file is left for the technician."""
    file = installed.home / "kiosk.db"
    file.write_bytes(content)
    ran = installed(command, *NEEDED.get(command, []))
    assert ran.code == 1
    assert "sauvegarde" in ran.err + ran.out
    assert file.read_bytes() == content


@pytest.mark.parametrize("command", ["doctor", "verify"])
def test_a_database_of_another_program_is_said(installed, command):
    """A wrong path in the settings: no command makes a kiosk's tables there, the self-test least of all."""
    (installed.home / "kiosk.db").unlink()
    installed.sql("create table mine (x)")
    before = (installed.home / "kiosk.db").read_bytes()
    ran = installed(command)
    assert ran.code == 1
    assert "n'est pas la base d'une borne" in ran.err + ran.out
    assert (installed.home / "kiosk.db").read_bytes() == before


def test_a_newer_database_is_left_alone(installed):
    """An older program does not touch what a newer one wrote."""
    (table,) = [name for (name,) in installed.asked("select name from sqlite_master") if "version" in name][
        :1
    ]
    column = installed.asked(f"select name from pragma_table_info('{table}')")[0][0]
    installed.sql(f"update {table} set {column} = '9999'")
    before = installed.rows("change")
    ran = installed("verify")
    assert ran.refused
    assert "9999" in ran.err
    assert installed.rows("change") == before


def test_a_lost_key_is_said(booked):
    """Codes cannot be read without it: nobody is told a wrong answer."""
    (booked.home / "secrets" / "code.key").unlink()
    assert booked("checkin", "BCDEFG").refused
    assert booked("cards", "--reference", "R-1", "--format", "json").refused


def test_a_database_that_is_gone_is_not_made_anew(installed):
    """An empty new file would look like a kiosk that lost everybody."""
    (installed.home / "kiosk.db").unlink()
    assert installed("verify").refused
    assert not (installed.home / "kiosk.db").exists()


def test_a_home_that_cannot_be_written_is_said(installed):
    """A disk that became read-only, or a folder of somebody else (root may write there: a folder instead)."""
    file = installed.home / "kiosk.db"
    if os.geteuid() == 0:
        file.unlink()
        file.mkdir()
    else:
        file.chmod(0o400)
        installed.home.chmod(0o500)
    try:
        assert installed("verify").refused
        assert installed("checkin", "BCDEFG").refused
    finally:
        installed.home.chmod(0o700)


def test_a_home_that_cannot_be_made_is_said(line, monkeypatch, tmp_path):
    """``init`` below a plain file: one sentence, nothing left behind."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path / "file" / "home"))
    ran = line("init", "--corner", "charleroi", "--yes")
    assert ran.refused
    assert "KIOSK_HOME" in ran.err


def telling(*marks: object):
    """A rule that fails with everything it knows in its message."""

    def fail(*given: object) -> None:
        raise ValueError(marks, given)

    return fail


def test_logs_hold_nobody(booked, logged, monkeypatch):
    """P-32: marked names and codes are in no file beside the database, not even after failures."""
    log = logged(booked.home)
    codes = booked("invite", "--date", "2022-11-03", "--format", "json", "--at", MORNING).json
    cards = booked("cards", "--date", "2022-11-03", "--format", "json", "--at", MORNING).json
    for card in cards:
        booked("checkin", card["token"], "--at", MORNING)
    booked("checkin", "R-1 Ouédraogo")
    booked.sql("drop table attendance_event")
    for card in cards:
        assert booked("checkin", card["token"], "--at", MORNING).code == 1
    booked("roster", "--date", "2022-11-03")
    monkeypatch.setattr(arrivals, "check_in", telling("Binta Ouédraogo"))
    for letters in (codes[0]["code"], cards[0]["token"]):
        assert booked("checkin", letters, "--at", MORNING).code == 1
    assert log().count("command failed: ValueError") == 2
    marked = ["Binta", "Ouédraogo", "Peeters", "Ionescu", *(card["token"] for card in cards)]
    marked += [code["code"] for code in codes]
    for file in (path for path in booked.home.rglob("*") if path.is_file()):
        if not file.name.startswith("kiosk.db"):
            content = file.read_bytes()
            assert not any(mark.encode() in content for mark in marked), file


def test_the_real_program_ends_with_its_code(booked):
    """Outside of this process too: codes, stdout for answers, stderr for words."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kiosk", *arguments]
        return subprocess.run(command, text=True, capture_output=True, timeout=60, check=False)

    fine = run("roster", "--date", "2022-11-03", "--json")
    assert (fine.returncode, fine.stderr) == (0, "")
    assert fine.stdout.startswith("[")
    refused = run("checkin", "BCDEFG", "--at", "never")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    again = run("import", str(booked.file("more.csv", BOOKINGS)), "--at", MORNING)
    assert again.returncode == 0
    assert "Traceback" not in fine.stderr + refused.stderr + again.stderr
