"""``person erase``: it says what goes, asks, and leaves no byte of the name on the disk (P-29)."""

from __future__ import annotations

import pytest
from command_line import BOOKINGS, MORNING

from models.issuing import participant_id

AFTERNOON = ("--at", "2022-11-03T14:00")


@pytest.fixture
def present(booked):
    """R-1 holds a card and has come; their certificate and the sheet are in the folder of papers."""
    (card,) = booked("cards", "--reference", "R-1", "--format", "json", "-o", "-", "--at", MORNING).json
    booked.card = card["token"]
    assert booked("checkin", booked.card, "--at", MORNING).code == 0
    return booked


def on_disk(line) -> bytes:
    return b"".join(file.read_bytes() for file in line.home.rglob("*") if file.is_file())


def test_without_a_yes_it_says_what_would_go_and_does_nothing(present):
    ran = present("person", "erase", "R-1", *AFTERNOON)
    assert ran.refused
    assert "Effacer Binta O. ?" in ran.err
    assert "1 carte ou code" in ran.err
    assert "1 demi-journée" in ran.err
    assert "« --yes »" in ran.err
    assert present("person", "show", "R-1").code == 0


def test_no_byte_of_the_name_is_left_in_any_file_of_the_home(present):
    """The database, its WAL, a copy from before an update, papers."""
    home = present.home
    (home / "kiosk.db.before-0001").write_bytes((home / "kiosk.db").read_bytes())
    papers = home / "papers"
    papers.mkdir(exist_ok=True)
    own, other = participant_id("R-1"), participant_id("R-2")
    gone = [
        f"attestation-{own[-8:]}-2022-11-03.pdf",
        f"attestation-{own[-8:]}-2022-11-03-2.pdf",
        f"carte-{own[-8:]}.pdf",
        f"point-{own[-8:]}-2022-11-03.pdf",
        "feuille-2022-11-03-0830-awareness.pdf",
    ]
    stays = [f"attestation-{other[-8:]}-2022-11-03.pdf", "feuille-2022-11-04-0830-awareness.pdf"]
    for name in gone:
        (papers / name).write_text("Ouédraogo")
    for name in stays:
        (papers / name).write_text("Peeters")
    assert "Ouédraogo".encode() in on_disk(present)
    before = present("roster", "--date", "2022-11-03", "--json", *AFTERNOON).json[0]["people"]
    ran = present("person", "erase", "R-1", "--yes", *AFTERNOON)
    assert (ran.code, ran.err) == (0, "")
    left = on_disk(present)
    for trace in ("Binta", "Ouédraogo", 'R-1"', participant_id("R-1")[-8:] + "-2022"):
        assert trace.encode() not in left
    assert sorted(path.name for path in papers.iterdir()) == sorted(stays)
    after = present("roster", "--date", "2022-11-03", "--json", *AFTERNOON).json[0]["people"]
    minutes = [sorted(one["minutes"] for one in people) for people in (before, after)]
    assert minutes[0] == minutes[1]
    assert sorted(one["name"] for one in after)[-1] == "—"
    assert present("verify").code == 0


def test_the_card_is_unknown_and_so_is_the_person(present):
    present("person", "erase", "R-1", "--yes", *AFTERNOON)
    assert present("checkin", present.card, *AFTERNOON, "--json").json["outcome"] == "unknown"
    assert present("person", "show", "R-1").refused
    assert present("person", "erase", "R-1", "--yes", *AFTERNOON).refused
    assert present("person", "erase", participant_id("R-1"), "--yes", *AFTERNOON).refused


def test_a_program_is_told_in_numbers(present):
    told = present("person", "erase", "R-1", "--yes", "--json", *AFTERNOON).json
    assert told == {
        "person": participant_id("R-1"),
        "erased": [participant_id("R-1")],
        "scrubbed": True,
        "walk_ins": 0,
        "codes": 1,
        "advice": 0,
        "steps": 0,
        "to_come": 0,
        "half_days": 1,
        "assessments": 0,
    }


def test_a_reason_is_one_of_the_list(present):
    ran = present("person", "erase", "R-1", "--yes", "--reason", "elsewhere")
    assert ran.refused
    assert "asked, long_ago, mistake" in ran.err


def test_the_same_file_again_names_the_line_and_takes_the_others(present):
    present("person", "erase", "R-1", "--yes", *AFTERNOON)
    ran = present("import", present.file("bookings.csv", BOOKINGS), "--json", *AFTERNOON)
    assert ran.code == 1
    (refused,) = ran.json["refused"]
    assert (refused["line"], refused["column"]) == (2, "référence")
    assert "« --again RÉFÉRENCE »" in refused["message"]
    assert "Binta" not in refused["message"]
    assert ran.json["unchanged"] == BOOKINGS.count("\n") - 2
    dry = present(
        "import", present.file("bookings.csv", BOOKINGS), "--again", "R-1", "--dry-run", "--json", *AFTERNOON
    )
    assert dry.json["added"] == 1
    assert present("person", "show", "R-1").refused
    assert present("import", present.file("bookings.csv", BOOKINGS), "--again", "R-1", *AFTERNOON).code == 0
    assert "Binta Ouédraogo · R-1" in present("person", "show", "R-1").out
    assert present("import", present.file("bookings.csv", BOOKINGS), *AFTERNOON).code == 0
