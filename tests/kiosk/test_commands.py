"""The command line on a home of its own: what scripts rely on, and one sentence for every refusal."""

from __future__ import annotations

import json
import signal
import stat
import threading
import time

import pysqlite3
import pytest
from command_line import BOOKINGS, MORNING, WITHIN

from kiosk.commands import bookings
from kiosk.home import Home, first_look
from kiosk.trouble import Trouble

SITTING_KEYS = {"id", "programme", "date", "start", "end", "room"}
CHECKIN_KEYS = {"outcome", "participant", "half_day", "event_id", "arrived_at", "message"}
PERSON_KEYS = {"reference", "name", "state", "arrived_at", "left_at", "minutes", "walk_in"}


def test_init_makes_a_kiosk_once(line):
    """A second ``init`` is refused and changes nothing; every file is for its user only (P-33)."""
    made = line("init", "--corner", "charleroi", "--yes", "--json")
    assert made.code == 0
    assert made.json.keys() == {"corner", "staff", "pin"}
    assert made.json["pin"].isdigit()
    before = {path: path.read_bytes() for path in line.home.rglob("*") if path.is_file()}
    again = line("init", "--corner", "mons", "--yes", "--json")
    assert again.refused
    assert {path: path.read_bytes() for path in line.home.rglob("*") if path.is_file()} == before
    for path in (line.home, *line.home.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert all(made.json["pin"].encode() not in content for content in before.values())


def test_a_relative_database_stands_in_the_home(installed, monkeypatch, tmp_path):
    """The settings mean one file wherever a command is started; the variable, one in the present folder."""
    settings = installed.home / "settings.toml"
    settings.write_text('database = "data/of-the-corner.db"\n' + settings.read_text("utf-8"), "utf-8")
    (installed.home / "data").mkdir(mode=0o700)
    (installed.home / "kiosk.db").rename(installed.home / "data" / "of-the-corner.db")
    assert installed("verify").code == 0
    assert first_look(Home(installed.home)).database == installed.home / "data" / "of-the-corner.db"
    assert installed("doctor").code == 0
    monkeypatch.setenv("KIOSK_DATABASE", "of-the-corner.db")
    assert first_look(Home(installed.home)).database == tmp_path / "of-the-corner.db"
    assert installed("verify").refused
    monkeypatch.chdir(installed.home / "data")
    assert installed("verify").code == 0


def test_import_counts_what_it_did(installed, tmp_path):
    """The keys of the contract; bad lines are named, good ones kept; twice changes nothing."""
    file = installed.file("b.csv", BOOKINGS + "R-9;Zoé;;awareness;not a day;08:30;12:00\n")
    first = installed("import", file, "--json", "--at", MORNING)
    assert first.code == 1
    assert first.json.keys() == {"added", "changed", "unchanged", "refused", "overbooked"}
    assert first.json["added"] == 3
    (refused,) = first.json["refused"]
    assert refused["line"] == 5
    assert refused.keys() >= {"line", "column", "message"}
    assert "Zoé" not in refused["message"]
    rows = installed.rows("change")
    again = installed("import", file, "--json", "--at", MORNING)
    assert (again.json["added"], again.json["changed"], again.json["unchanged"]) == (0, 0, 3)
    assert installed.rows("change") == rows


def stop_at(monkeypatch, third):
    """One line a batch; the third does what is said, on the writer's thread."""
    real, calls = bookings.apply_lines, []

    def apply(*given):
        calls.append(given)
        if len(calls) == 3:
            third()
        real(*given)

    monkeypatch.setattr(bookings, "BATCH", 1)
    monkeypatch.setattr(bookings, "apply_lines", apply)


def import_done(line):
    return [json.loads(body) for (body,) in line.asked("select body from change where kind = 'import.done'")]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("Binta"), "L'importation s'est arrêtée (ValueError"),
        (Trouble("Le disque est plein."), "Le disque est plein. 2 lignes sont gardées"),
    ],
)
def test_an_import_that_breaks_says_how_much_is_kept(installed, monkeypatch, error, told):
    """The batches before stay, and the log says so; the rest comes with the same file."""

    def broken():
        raise error

    file = installed.file("b.csv", BOOKINGS)
    with monkeypatch.context() as patch:
        stop_at(patch, broken)
        ran = installed("import", file, "--at", MORNING)
    assert ran.refused
    assert told in ran.err
    assert "2 lignes sont gardées" in ran.err
    assert "Binta" not in ran.err
    assert installed.rows("participant") == 2
    assert import_done(installed) == [{"added": 2, "changed": 0}]
    again = installed("import", file, "--at", MORNING, "--json").json
    assert (again["added"], again["unchanged"]) == (1, 2)
    assert import_done(installed) == [{"added": 2, "changed": 0}, {"added": 1, "changed": 0}]


def test_an_import_that_somebody_stops_says_how_much_is_kept(installed, monkeypatch):
    """Ctrl-C: one sentence and code 1; what the writer had begun is finished, and counted."""
    main = threading.get_ident()

    def stop():
        signal.pthread_kill(main, signal.SIGINT)
        time.sleep(0.2)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        stop_at(monkeypatch, stop)
        more = BOOKINGS + "R-4;Ana;Costa;awareness;2022-11-03;08:30;12:00\n"
        ran = installed("import", installed.file("b.csv", more), "--at", MORNING)
    finally:
        signal.signal(signal.SIGINT, before)
    assert ran.code == 1
    assert ran.err.strip() == ("Arrêté : 3 lignes sont gardées ; relancez la même importation pour le reste.")
    assert installed.rows("participant") == 3
    assert import_done(installed) == [{"added": 3, "changed": 0}]


def test_dry_run_writes_nothing_and_says_the_same(installed):
    """``--dry-run`` is the import without its writing."""
    file = installed.file("b.csv", BOOKINGS)
    before = installed.rows("change"), installed.rows("participant")
    tried = installed("import", file, "--dry-run", "--json", "--at", MORNING)
    assert (installed.rows("change"), installed.rows("participant")) == before
    done = installed("import", file, "--json", "--at", MORNING)
    assert (tried.code, tried.json) == (done.code, done.json) == (0, done.json)
    changed = installed.file("c.csv", BOOKINGS.replace("Binta", "Bintou"))
    told = installed("import", changed, "--dry-run", "--at", MORNING)
    assert "c.csv, ligne 2, changements : prénom." in told.out
    assert installed("import", changed, "--json", "--at", MORNING).json["changed"] >= 1


@pytest.mark.parametrize(("command", "letters", "length"), [("invite", "code", 6), ("cards", "token", 24)])
def test_codes_go_out_with_their_keys(booked, command, letters, length):
    """Issuing again gives other letters (P-08), and no file of the home holds them in clear (P-09)."""
    first = booked(command, "--date", "2022-11-03", "--format", "json", "--at", MORNING)
    assert first.code == 0
    assert [code.keys() >= {"reference", "name", letters, "half_days"} for code in first.json] == [True] * 3
    assert {len(code[letters]) for code in first.json} == {length}
    second = booked(command, "--reference", "R-1", "--format", "json", "--at", MORNING)
    assert second.json[0][letters] not in {code[letters] for code in first.json}
    files = [path.read_bytes() for path in booked.home.rglob("*") if path.is_file()]
    issued = [code[letters].encode() for code in (*first.json, *second.json)]
    assert not any(code in content or code.lower() in content for code in issued for content in files)


def test_checkin_answers_in_json(booked):
    """0 for those who are present, 1 for all others, and the same keys for each."""
    codes = booked("cards", "--date", "2022-11-03", "--format", "json", "--at", MORNING).json
    token = next(code["token"] for code in codes if code["reference"] == "R-1")
    early = booked("checkin", token, "--json", "--at", "2022-11-03T06:00")
    assert (early.code, early.json["outcome"]) == (1, "too_early")
    first = booked("checkin", token, "--json", "--at", MORNING)
    assert (first.code, first.json["outcome"], first.json["participant"]) == (0, "welcome", "Binta O.")
    assert first.json["half_day"].keys() >= SITTING_KEYS
    assert first.json["half_day"]["start"] == "08:30"
    assert first.json["arrived_at"] == "2022-11-03T08:20:00+01:00"
    assert "Ouédraogo" not in first.out
    again = booked("checkin", token.lower(), "--json", "--at", "2022-11-03T08:40")
    assert (again.code, again.json["outcome"]) == (0, "already_here")
    assert again.json["event_id"] == first.json["event_id"]
    unknown = booked("checkin", "SCBBBBBBBBBBBBBBBBBBBBBB", "--json", "--at", MORNING)
    assert unknown.code == 1
    for answer in (early, first, again, unknown):
        assert answer.json.keys() >= CHECKIN_KEYS
        assert answer.json["message"]
        assert token not in answer.out


def test_at_stands_before_or_after_the_command(booked):
    """``--at`` is the clock, wherever it is written; a wrong one is one sentence."""
    code = booked("invite", "--reference", "R-1", "--format", "json", "--at", MORNING).json[0]["code"]
    assert booked("--at", MORNING, "checkin", code, "--json").json["arrived_at"] == WITHIN
    assert booked("checkin", code, "--json", "--at", MORNING).json["arrived_at"] == WITHIN
    for wrong in ("yesterday", "2022-13-01", "2022-03-27T02:30"):
        assert booked("roster", "--at", wrong).refused
        assert booked("--at", wrong, "roster").refused


def test_roster_lists_a_day(booked):
    """The keys of the contract, in local time."""
    code = booked("invite", "--reference", "R-1", "--format", "json", "--at", MORNING).json[0]["code"]
    booked("checkin", code, "--at", MORNING)
    listed = booked("roster", "--date", "2022-11-03", "--json", "--at", MORNING).json
    assert [one.keys() >= {"half_day", "capacity", "booked", "people"} for one in listed] == [True]
    assert listed[0]["half_day"].keys() >= SITTING_KEYS
    assert listed[0]["booked"] == 3
    people = {person["reference"]: person for person in listed[0]["people"]}
    assert all(person.keys() >= PERSON_KEYS for person in people.values())
    assert people["R-1"]["state"] == "present"
    assert people["R-1"]["arrived_at"] == WITHIN
    assert people["R-2"]["arrived_at"] is None
    assert booked("roster", "--date", "2030-01-01", "--json").json == []
    told = booked("roster", "--date", "2022-11-03", "--at", MORNING).out
    assert "jeudi 3 novembre 2022, 8 h 30 à 12 h · Atelier SmartJob · 3/8" in told
    assert "08:20  sur place                  Binta O." in told
    assert "à venir                    Joris P." in told


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_import_says_where_there_are_more_people_than_places(installed, more):
    """ "9 pour 8 places": said in words, and nobody is dropped."""
    lines = "".join(f"R-{n};Ana;Costa;awareness;2022-11-03;08:30;12:00\n" for n in range(9))
    file = installed.file("nine.csv", BOOKINGS.splitlines()[0] + "\n" + lines)
    told = installed("import", file, "--at", MORNING, *more)
    assert told.code == 0
    assert "jeudi 3 novembre 2022, 8 h 30 à 12 h, Atelier SmartJob : 9 personnes pour 8 places" in told.out
    (one,) = installed("import", file, "--json", "--at", MORNING, *more).json["overbooked"]
    assert (one["booked"], one["capacity"], one["half_day"]["date"]) == (9, 8, "2022-11-03")
    assert installed("import", file, "--json", "--at", "2022-11-03T12:00", *more).json["overbooked"] == []


def test_verify_names_a_row_that_was_edited_by_hand(booked):
    """P-25: in the log or in a table; ``rebuild`` mends the tables and only those."""
    sound = booked("verify", "--json")
    assert (sound.code, sound.json["ok"], sound.json["flaws"]) == (0, True, [])
    booked.sql("update participant set first_name = 'Nobody' where reference = 'R-1'")
    tables = booked("verify", "--json")
    assert tables.code == 1
    assert {flaw["table"] for flaw in tables.json["flaws"]} >= {"participant"}
    assert "participant" in booked("verify").err
    assert booked("rebuild").code == 0
    assert booked("verify").code == 0


def test_the_log_cannot_be_changed_unseen(booked):
    """P-25: UPDATE and DELETE fail; where the file itself is altered, the row is named."""
    for change in ("update change set actor = 'x'", "delete from change"):
        with pytest.raises(pysqlite3.DatabaseError):
            booked.sql(change)
    triggers = booked.asked("select name from sqlite_master where type = 'trigger' and tbl_name = 'change'")
    for (name,) in triggers:
        booked.sql(f'drop trigger "{name}"')
    booked.sql("update change set body = replace(body, 'Binta', 'Binto') where body like '%Binta%'")
    found = booked("verify", "--json").json["flaws"]
    row = booked.asked("select min(n) from change where body like '%Binto%'")[0][0]
    assert (found[0]["kind"], found[0]["table"], found[0]["row"]) == ("body", "change", str(row))
    told = booked("verify")
    assert told.code == 1
    assert str(row) in told.err
    # Tables made from a changed log would agree with it.
    refused = booked("rebuild")
    assert refused.code == 1
    assert str(row) in refused.err
    assert booked("verify").code == 1


def test_doctor_says_green_or_what_to_do(booked):
    """P-33: modes are checked; each check has a value, and advice where it is red."""
    well = booked("doctor", "--json")
    assert well.code == 0, well.out
    checks = {finding["check"]: finding for finding in well.json}
    assert {"settings", "modes", "key", "database", "disk", "clock"} <= checks.keys()
    (booked.home / "kiosk.db").chmod(0o644)
    ill = booked("doctor", "--json")
    assert ill.code == 1
    modes = next(finding for finding in ill.json if finding["check"] == "modes")
    assert not modes["ok"]
    assert "kiosk.db" in modes["advice"]
    assert "✗" in booked("doctor").out


def test_doctor_counts_codes_that_another_key_has_made(booked):
    """A key that was lost and made anew opens none of the cards: said before anybody stands there."""
    booked("cards", "--date", "2022-11-03", "--at", MORNING, "-o", "cards.pdf")
    key = booked.home / "secrets" / "code.key"
    key.write_text("ab" * 32 + "\n", "ascii")
    found = next(one for one in booked("doctor", "--json").json if one["check"] == "key")
    assert not found["ok"]
    assert found["advice"].startswith("3 codes")
