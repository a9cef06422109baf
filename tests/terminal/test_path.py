"""Six months of a path, and then the card in a real terminal: the screen and the paper say the same."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from driver import ENTER, TAB, Terminal, kiosk
from guests import found
from journeys import GRIDS, MORNING
from patient import after_a_moment, flat

from assets.assessment import thresholds
from assets.languages import BRUSSELS
from kiosk.database import Database
from kiosk.home import Home
from models import founding, issuing
from models.arrival import Desk, check_in
from models.assessment.checks import Check, Done
from models.assessment.draft import Part, new_draft
from models.assessment.taking import take
from models.connection import db_time
from models.log import Author
from models.marking import Mark, MarkPerson
from models.orientation import Orient
from models.policy import Policy
from models.requests import run
from models.words import PARTICIPANT, Way

REFERENCE = "FX-612"
SPRING = ("05-12", "05-19", "05-26", "06-02", "06-09", "06-16")
AUTUMN = ("09-08", "09-15", "09-22", "09-29", "10-06", "10-13", "10-20", "10-27", "11-03", "11-10")
SEARCH = ("10-04", "10-25")

HEAD = "reference;first_name;last_name;corner;programme;workshop;date;start;end;room\n"

LIVED = (
    # Day, hour of the card, hour of going; nobody noted the going where none is said.
    ("2022-05-05", "08:25", ""),
    ("2022-05-12", "08:28", "12:30"),
    ("2022-05-19", "09:12", ""),
    ("2022-06-02", "08:20", "11:05"),
    *((f"2022-{day}", "08:25", "12:35") for day in AUTUMN[:7] if day != "09-22"),
    ("2022-09-22", "08:50", "12:30"),
    ("2022-10-04", "13:30", "16:30"),
    ("2022-10-25", "13:29", ""),
)
"""On 26 May and 27 October nobody came, and why is nobody's business here."""

COURSE = 240 + (240 - 42) + (240 - 85) + 6 * 240 + (240 - 20)
"""Minutes in both courses: on time, late, gone early, six full ones, late again."""


def local(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=BRUSSELS)


def bookings() -> str:
    """The file of the booking office: the first morning, half of a course, another course, a module."""
    rows = [("awareness", "", "2022-05-05", "08:30", "12:00")]
    rows += [("course-24", "printemps", f"2022-{day}", "08:30", "12:30") for day in SPRING]
    rows += [("course-40", "automne", f"2022-{day}", "08:30", "12:30") for day in AUTUMN]
    rows += [("job-search", "recherche", f"2022-{day}", "13:30", "16:30") for day in SEARCH]
    rows += [("course-24", "printemps", f"2022-{day}", "08:30", "12:30") for day in SPRING[4:]]
    lines = [
        f"{REFERENCE};Rachida;El Amrani;charleroi;{programme};{workshop};{day};{start};{end};2"
        for programme, workshop, day, start, end in rows
    ]
    return HEAD + "\n".join(lines) + "\n"


def assessed(level: int, **checks: Done):
    """A whole assessment with one answer to everything."""
    draft = new_draft(Part.CORE)
    while (item := draft.next_item(thresholds())) is not None:
        draft = draft.answer(item, level)
    for check, done in checks.items():
        draft = draft.done(Check(check), done)
    return draft


@pytest.fixture
def lived(tmp_path: Path) -> tuple[Path, str]:
    """Half a year, by the rules that the kiosk itself uses; returns the home and the card."""
    home = tmp_path / "home"
    corner = found(home, (), local("2022-05-01", "09:00"))
    file = tmp_path / "bookings.csv"
    file.write_text(bookings(), "utf-8")
    imported = kiosk(home, "import", str(file), "--json", "--at", "2022-05-02T09:00")
    assert json.loads(imported.stdout)["refused"] == [], imported.stderr
    card = kiosk(home, "cards", "--reference", REFERENCE, "--format", "json", "--at", "2022-05-02T09:05")
    token = json.loads(card.stdout)[0]["token"]
    came = kiosk(home, "checkin", token, "--json", "--at", f"{LIVED[0][0]}T{LIVED[0][1]}")
    assert json.loads(came.stdout)["outcome"] == "welcome", came.stderr
    database = Database(corner.database)
    database.open().result()
    try:
        database.write(live, Home(home).key(), token).result()
    finally:
        database.close()
    return home, token


def live(conn, key: bytes, token: str) -> None:
    kiosk_id = founding.kiosk_id(conn)
    ((staff,),) = conn.execute("select id from staff_member").fetchall()
    desk = Desk(kiosk_id, "charleroi", key, Policy())
    team, person = replace(desk, actor=staff), issuing.participant_id(REFERENCE)
    for day, hour, gone in LIVED:
        if day != LIVED[0][0]:
            assert check_in(conn, desk, token, Way.CARD, local(day, hour)).present, day
        if gone:
            midnight = db_time(local(day, "00:00")), db_time(local(day, "23:59"))
            ((half_day,),) = conn.execute(
                "select h.id from half_day h join attendance_event e on e.half_day_id = h.id"
                " where h.starts_at between ? and ? and e.kind = 'arrived'",
                midnight,
            ).fetchall()
            run(conn, team, staff, local(day, gone), MarkPerson(half_day, person, Mark.LEFT))
    for day, programme in (("2022-05-05", "course-24"), ("2022-06-02", "course-40")):
        run(conn, team, staff, local(day, "12:00"), Orient(person, programme))
    both = {"spot": Done.PASSED, "copy": Done.PASSED}
    for day, draft in (("2022-05-05", assessed(1)), ("2022-10-20", assessed(2, **both))):
        author = Author(kiosk_id, PARTICIPANT, local(day, "12:10"))
        take(conn, author, "charleroi", person, draft)


@pytest.mark.parametrize(("columns", "rows"), (GRIDS[0], GRIDS[-1]))
def test_six_months_on_the_screen_and_on_paper(lived, tmp_path, columns, rows):
    """From the card by keys alone; every figure of the screen is on the paper, read by another program."""
    home, token = lived
    hours = f"{COURSE // 60} h {COURSE % 60:02} sur 40 h"
    printer = laser(tmp_path)
    with Terminal(
        home=home, columns=columns, rows=rows, program=MORNING, PATH=f"{printer}{os.pathsep}/bin"
    ).ready() as term:
        term.show_card(token)
        term.wait_for(lambda text: "Rachida E." in text and "Mon parcours" in text)
        term.settle()
        term.press(TAB, TAB, TAB, ENTER)
        term.wait_for(lambda _: hours in flat(term))
        shown = flat(term)
        for said in ("Premier atelier 5 mai", f"Formation {hours}", "Premier niveau oui, c'est vu"):
            assert said in shown
        after_a_moment(term, TAB, ENTER)
        term.wait_for(lambda _: "Encore 1 demi-journée prévue." in flat(term))
        assert "jeudi 10 novembre, 8 h 30" in flat(term)
        after_a_moment(term, TAB, TAB, TAB, TAB, ENTER)
        term.wait_for(lambda _: "Imprimer" in flat(term))
        term.settle()
        term.press(TAB, ENTER)
        term.wait_for(lambda _: "C'est imprimé." in flat(term))
    paper = words(printer / "paper.pdf")
    total = COURSE + 210 + 2 * 180
    for said in (
        *("Premier atelier 5 mai", f"Formation {hours}", "Premier niveau oui, c'est vu"),
        "Atelier SmartJob : 3 h 30 · 1 demi-journée",
        "Formation SmartJob, 24 heures : 9 h 53 · 3 demi-journées",
        "Formation SmartJob, 40 heures : 27 h 40 · 7 demi-journées",
        "Chercher un emploi : 6 h · 2 demi-journées",
        f"En tout : {total // 60} h {total % 60:02}",
        "jeudi 10 novembre, 8 h 30 à 12 h 30 · Formation SmartJob, 40 heures · salle 2",
        "Encore 1 demi-journée prévue.",
    ):
        assert said in paper, paper
    assert COURSE == (9 * 60 + 53) + (27 * 60 + 40)
    assert kiosk(home, "verify").returncode == 0


def laser(tmp_path: Path) -> Path:
    """A printer that keeps what it is given."""
    folder = tmp_path / "printer"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(f'#!/bin/sh\n/bin/cat > "{folder}/paper.pdf"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    status = folder / "lpstat"
    status.write_text("#!/bin/sh\necho 'system default destination: Laser'\n")
    status.chmod(status.stat().st_mode | stat.S_IXUSR)
    return folder


def words(paper: Path) -> str:
    document = pypdfium2.PdfDocument(paper.read_bytes())
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.replace("\u00a0", " ").split())


def test_hours_that_nobody_closed_yet_are_the_hours_of_the_certificate(lived, tmp_path):
    """What a facilitator stands for on paper is what the path shows, to the minute."""
    home, _ = lived
    file = tmp_path / "certificate.pdf"
    made = kiosk(home, "certificate", REFERENCE, "-o", str(file), "--at", "2022-11-03T08:00")
    assert made.returncode == 0, made.stderr
    total = COURSE + 210 + 2 * 180
    assert f"{total // 60} h {total % 60:02}" in words(file)
    assert timedelta(minutes=total) < timedelta(hours=60)
