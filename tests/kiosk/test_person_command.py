"""The command that shows, exports and merges one person, and nothing of anybody else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from command_line import MORNING, WITHIN
from sittings import draft

from assets.page_steps import page_steps
from kiosk.commands.shared import open_kiosk
from models import bookings
from models.assessment.observing import Observe
from models.assessment.taking import take
from models.assessment.unfinished import keep_unfinished
from models.issuing import participant_id
from models.lines import BookingLine
from models.log import Author
from models.orientation import Orient
from models.path.page import NotePage, tick
from models.places import ask_for_place, open_to
from models.requests import At, Colleague
from models.walk_in import Guest, walk_in

NOTE = "Préfère le matin"


def do(line, rule):
    """Do something on the kiosk of the command line: ``rule(conn, desk, now)``."""
    from kiosk.commands.shared import clock

    with open_kiosk() as kiosk:
        time = clock(MORNING)
        return kiosk.database.write(lambda conn: rule(conn, kiosk.desk(time), time.now())).result()


@pytest.fixture
def known(booked):
    """R-1 has come, holds a card, and somebody has thought about what is next."""
    assert (
        booked("cards", "--reference", "R-1", "--format", "json", "-o", "cards.json", "--at", MORNING).code
        == 0
    )

    def rule(conn, desk, now):
        from models.arrival import arrive
        from models.words import Way

        arrive(conn, desk, participant_id("R-1"), Way.FACILITATOR, now)
        (staff,) = conn.execute("select id from staff_member").fetchone()
        at = At(conn, desk, Colleague(staff, "Coordination", "staff"), now)
        assert Orient(participant_id("R-1"), "course-24", NOTE).do(at) is None

    do(booked, rule)
    return booked


def come(line, name="Ama"):
    return do(line, lambda conn, desk, now: walk_in(conn, desk, Guest(name, "student", "fr"), now)).person.id


# ---- show


def test_what_is_kept_is_shown_in_words(known):
    ran = known("person", "show", "R-1", "--at", "2022-11-03T12:30")
    assert ran.code == 0
    for words in (
        "Binta Ouédraogo · R-1",
        "jeudi 3 novembre 2022, 8 h 30 à 12 h · sur place · 210 minutes",
        "carte du jeudi 3 novembre",
        "→ Formation SmartJob, 24 heures · Coordination · jeudi 3 novembre",
    ):
        assert words in ran.out
    assert "Peeters" not in ran.out


def test_where_somebody_stood_when_they_took_stock_is_shown_and_exported(known):
    """With the answers by item, who has seen it, and what was begun and not finished."""

    def rule(conn, desk, now):
        person = participant_id("R-1")
        taken = take(conn, Author(desk.kiosk_id, person, now), "charleroi", person, draft(2))
        (staff,) = conn.execute("select id from staff_member").fetchone()
        at = At(conn, desk, Colleague(staff, "Coordination", "staff"), now)
        assert Observe(taken, person, seen=True).do(at) is None
        keep_unfinished(conn, person, draft({"2.1S": 1}), now)

    do(known, rule)
    said = known("person", "show", "R-1").out
    assert "point du jeudi 3 novembre : atteint (confirmé)" in said
    assert "point commencé le jeudi 3 novembre, pas terminé" in said
    shown = known("person", "show", "R-1", "--json").json
    (sitting,) = shown["assessments"]
    assert sitting["answers"] == draft(2).answers
    assert (sitting["status"], sitting["areas"]["4"], sitting["at"]) == ("confirmed", [2, 2], WITHIN)
    assert [one["kind"] for one in shown["observations"]] == ["confirmed"]
    assert [one["draft"]["answers"] for one in shown["unfinished"]] == [{"2.1S": 1}]


def test_what_they_asked_for_and_ticked_and_what_was_said_of_their_page_is_shown_and_exported(known):
    """Both words of a page stay, as they were said."""

    def rule(conn, desk, now):
        person = participant_id("R-1")
        coming = BookingLine(
            line=2,
            corner="charleroi",
            programme="job-search",
            starts_at=now + timedelta(days=7),
            ends_at=now + timedelta(days=7, hours=3),
        )
        bookings.apply_lines(conn, Author(desk.kiosk_id, "system", now), [coming], bookings.Applied())
        (edition,) = open_to(conn, desk, person, now)
        ask_for_place(conn, desk, person, edition.first.id, now)
        for step in page_steps()[:2]:
            tick(conn, Author(desk.kiosk_id, person, now), person, step.id, done=True)
        tick(conn, Author(desk.kiosk_id, person, now), person, page_steps()[1].id, done=False)
        (staff,) = conn.execute("select id from staff_member").fetchone()
        at = At(conn, desk, Colleague(staff, "Coordination", "staff"), now)
        assert NotePage(person, made=True).do(at)
        assert NotePage(person, made=False).do(replace(at, now=now + timedelta(minutes=1)))

    do(known, rule)
    said = known("person", "show", "R-1").out
    for words in (
        "demande de place du jeudi 3 novembre : jeudi 10 novembre 2022",
        f"étape cochée : {page_steps()[0].say['fr']}",
        f"étape rouverte : {page_steps()[1].say['fr']}",
        "page sur leforem.be : faite, jeudi 3 novembre",
        "page sur leforem.be : retirée, jeudi 3 novembre",
    ):
        assert words in said
    shown = known("person", "show", "R-1", "--json").json
    assert {(one["step"], one["state"]) for one in shown["ticks"]} == {
        (page_steps()[0].id, "done"),
        (page_steps()[1].id, "open"),
    }
    assert [one["kind"] for one in shown["pages"]] == ["made", "withdrawn"]
    assert [one["asked_at"] for one in shown["bookings"] if one["status"] == "waiting"] == [WITHIN]


def test_notes_are_shown_only_where_they_are_asked_for(known):
    """P-27."""
    assert NOTE not in known("person", "show", "R-1").out
    assert NOTE not in known("person", "show", "R-1", "--json").out
    assert NOTE in known("person", "show", "R-1", "--notes").out
    assert NOTE in known("person", "show", "R-1", "--json", "--notes").out


def test_json_holds_what_the_words_say(known):
    shown = known("person", "show", "R-1", "--json", "--at", "2022-11-03T12:30").json
    assert shown["person"]["reference"] == "R-1"
    (half_day,) = shown["half_days"]
    assert (half_day["minutes"], half_day["arrived_at"]) == (210, WITHIN)
    assert [one["kind"] for one in shown["events"]] == ["arrived"]
    assert shown["events"][0]["at"] == WITHIN
    assert [one["programme"] for one in shown["orientations"]] == ["course-24"]


def test_nothing_of_a_code_leaves_but_when_it_was_given(known):
    """P-09: neither its letters nor its digest."""
    (token,) = [row["token"] for row in json.loads((known._folder / "cards.json").read_text("utf-8"))]
    (digest,) = known.asked("select digest from code")[0]
    said = known("person", "show", "R-1", "--json", "--notes").out
    assert token not in said
    assert digest not in said
    assert len(json.loads(said)["codes"]) == 1


@pytest.mark.parametrize("reference", ["R-99", "", "  ", "%", "0" * 32])
def test_nobody_is_said_in_one_sentence(booked, reference):
    ran = booked("person", "show", reference)
    assert ran.refused
    assert "vérifiez-la" in ran.err


# ---- export


def test_an_export_is_one_file_and_one_row_with_its_hash(known):
    """P-21, P-24: who, when, how many rows, the hash of the file; P-27: without notes."""
    before = known.rows("change")
    path = known._folder / "binta.json"
    ran = known("person", "export", "R-1", "-o", path, "--at", MORNING)
    assert (ran.code, ran.out) == (0, "")
    data = path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    ((actor, subject, body),) = known.asked(
        "select actor, subject, body from change where kind = 'person.exported'"
    )
    said = json.loads(body)
    assert (actor, subject) == ("system", participant_id("R-1"))
    assert said["hash"] == hashlib.sha256(data).hexdigest()
    kept = json.loads(data)
    assert said["rows"] == 1 + sum(len(kept[name]) for name in kept if name not in ("person", "half_days"))
    assert known.rows("change") == before + 1
    assert NOTE not in data.decode()
    assert "Joris" not in data.decode()


def test_what_is_shown_as_json_is_an_export_too(known):
    """P-21, P-24: the same document on the screen leaves the same row; in words it leaves none."""
    known("person", "show", "R-1", "--notes")
    row = "select subject, body from change where kind = 'person.exported'"
    assert known.asked(row) == []
    said = known("person", "show", "R-1", "--json", "--notes", "--at", MORNING).out
    ((subject, body),) = known.asked(row)
    assert subject == participant_id("R-1")
    told = json.loads(body)
    assert told["hash"] == hashlib.sha256(said.encode()).hexdigest()
    assert told["notes"] is True
    assert known("verify").code == 0


def test_notes_leave_only_where_they_are_asked_for(known):
    """P-27; the row says so."""
    path = known._folder / "binta.json"
    known("person", "export", "R-1", "-o", path, "--notes")
    assert NOTE in path.read_text("utf-8")
    assert known.asked("select json_extract(body, '$.notes') from change where kind = 'person.exported'") == [
        (1,)
    ]


def test_a_file_that_cannot_be_written_is_refused(known):
    assert known("person", "export", "R-1", "-o", known._folder).refused
    assert known("person", "export", "R-1", "-o", known._folder / "none" / "x.json").refused
    assert known("person", "export", "R-99", "-o", known._folder / "x.json").refused
    assert not (known._folder / "x.json").exists()


# ---- merge and list


def test_a_walk_in_is_listed_merged_and_listed_no_more(known):
    guest = come(known)
    ran = known("person", "list", "--walk-ins")
    assert ran.out.startswith(f"{guest}  Ama  jeudi 3 novembre 2022, 8 h 30 à 12 h")
    (one,) = known("person", "list", "--walk-ins", "--json").json
    assert (one["id"], one["first_name"], one["half_day"]["start"]) == (guest, "Ama", "08:30")
    assert known("person", "merge", guest, "R-2", "--at", MORNING).code == 0
    assert "tout le monde a une référence" in known("person", "list", "--walk-ins").out
    shown = known("person", "show", "R-2", "--json", "--at", "2022-11-03T12:30").json
    assert [row["id"] for row in shown["merged"]] == [guest]
    assert [half_day["minutes"] for half_day in shown["half_days"]] == [210]
    assert "présence notée aussi sous Ama" in known("person", "show", "R-2").out
    assert known("verify").code == 0


def test_a_walk_in_is_shown_by_id(known):
    guest = come(known)
    assert known("person", "show", guest).out.startswith("Ama")


def test_what_cannot_be_merged_is_said(known):
    guest, other = come(known), come(known, "Bo")
    for walked_in, whom in ((guest, "R-99"), ("R-1", "R-2"), (guest, other), (guest, guest)):
        assert known("person", "merge", walked_in, whom).refused
    assert known.asked("select count(*) from participant where merged_into <> ''") == [(0,)]


def test_a_list_says_of_whom(booked):
    """It is no register to browse."""
    assert booked("person", "list").refused
