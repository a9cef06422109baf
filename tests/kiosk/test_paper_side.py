"""What the team's screens want printed: made away from the screen, kept, noted, and only then printed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from hands import AT, until
from memory import Memory

from kiosk import paper_side
from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.printing import Papers, Printed
from kiosk.rehearsal import rehearse
from models.connection import body_time
from models.documents import CertificateFor, SheetFor
from models.log import Author, record
from models.registers import set_fields
from models.words import SYSTEM, Event, Role, Way
from screens.staff.frame import StaffScreen
from screens.staff.messages import PaperWanted

FAMILY = "Ouédraogo"


class Desk(StaffScreen):
    """A screen of the team with nothing on it but what it is told."""

    def parts(self):
        yield self.said


@dataclass(frozen=True)
class Printer(Papers):
    """Invented: it writes down what it is given, and takes it or not."""

    printer: Callable[[], str] = lambda: "Laser"
    takes: bool = True
    given: list[Path] = field(default_factory=list)

    def send(self, path: Path) -> Future[Printed]:
        self.given.append(path)
        future: Future[Printed] = Future()
        future.set_result(Printed(path, self.takes, self.printer()))
        return future


@pytest.fixture
def team(play, day, tmp_path):
    """``async with team() as (played, screen)``: somebody of the team is signed in, on a screen of theirs."""

    def accounts(conn):
        author = Author(day.desk.kiosk_id, SYSTEM, AT - timedelta(days=1))
        for role in (Role.FACILITATOR, Role.TECHNICIAN):
            set_fields(conn, author, "staff_member", f"a-{role}", {"name": "Iva", "role": role}, new=True)

    database = Database(day.database.path)
    database.open().result()
    database.write(accounts).result()
    database.close()

    @asynccontextmanager
    async def signed_in(role=Role.FACILITATOR, **more):
        async with play(**more) as played:
            await played.home()
            played.app.open_staff_side(f"a-{role}")
            await until(lambda: played.app.screen is not played.app.reception)
            screen = Desk(played.app.staff_frame)
            played.app._open_screen(screen)
            await until(lambda: played.app.screen is screen)
            yield played, screen

    return signed_in


async def first(played, sql: str) -> str:
    return (await played.asked(sql))[0][0]


async def half_day(played) -> str:
    return await first(
        played,
        "select id from half_day where programme = 'awareness' and corner_id = 'charleroi'"
        " order by starts_at",
    )


def says(screen) -> str:
    return str(screen.said.render())


async def wants(screen, document) -> None:
    screen.post_message(PaperWanted(screen, document))
    await until(lambda: says(screen) and "en cours" not in says(screen), "nothing is said")


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


async def test_a_sheet_is_printed_kept_and_noted(team, tmp_path):
    """P-24: who made it, and what was in the file."""
    printer = Printer(tmp_path / "papers")
    async with team(papers=lambda: printer) as (played, screen):
        wanted = await half_day(played)
        await wants(screen, SheetFor(wanted))
        assert says(screen) == "Feuille imprimée."
        (path,) = printer.given
        assert path.name == "feuille-2022-11-03-0830-awareness.pdf"
        assert FAMILY in text_of(path) and "Atelier SmartJob" in text_of(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found = await played.asked("select kind, subject_id, actor, hash from document")
        assert found == [("sheet", wanted, "a-facilitator", digest)]


async def test_without_a_printer_the_screen_says_where_the_sheet_is(team, day):
    """As in a rehearsal: beside its database, in the folder that goes with it."""
    async with team() as (played, screen):
        await wants(screen, SheetFor(await half_day(played)))
        assert says(screen) == "Pas d'imprimante. Voir papers/feuille-2022-11-03-0830-awareness.pdf"
        assert len(says(screen)) <= 76
        (kept,) = (day.database.path.parent / "papers").iterdir()
        assert FAMILY in text_of(kept)
        assert played.app.screen is screen


async def test_a_printer_that_takes_nothing_leaves_the_sheet(team, tmp_path):
    async with team(papers=lambda: Printer(tmp_path / "papers", takes=False)) as (played, screen):
        await wants(screen, SheetFor(await half_day(played)))
        assert says(screen) == "Imprimante en panne. Voir papers/feuille-2022-11-03-0830-awareness.pdf"
        assert await first(played, "select count(*) from document") == 1


async def test_a_certificate_is_printed_and_the_next_one_is_a_duplicate(team, day, tmp_path):
    printer = Printer(tmp_path / "papers")
    async with team(papers=lambda: printer) as (played, screen):
        person = await attended(played, day)
        for _ in range(2):
            screen.say("")
            await wants(screen, CertificateFor(person))
            assert says(screen) == "Attestation imprimée."
        one, two = printer.given
        assert one.name == f"attestation-{person[-8:]}-2022-11-03.pdf"
        assert "Total 3 h 30" in " ".join(text_of(one).split()).replace("\u00a0", " ")
        assert "Duplicata" not in text_of(one) and "Duplicata" in text_of(two)
        days = await played.asked("select first_day, last_day from document")
        assert days == [("2022-11-01", "2022-11-03")] * 2


async def attended(played, day) -> str:
    """Somebody took part in a half-day of 1 November."""
    person = await first(played, "select id from participant where first_name = 'Binta'")
    start = AT.replace(day=1, minute=30)

    def write(conn):
        author = Author(day.desk.kiosk_id, SYSTEM, AT)
        values = {"corner_id": day.desk.corner_id, "programme": "awareness", "status": "planned"}
        values |= {"starts_at": body_time(start), "ends_at": body_time(start + timedelta(hours=3.5))}
        set_fields(conn, author, "half_day", "past", values, new=True)
        stamp = body_time(start)
        body = {"participant": person, "half_day": "past", "at": stamp, "stored": stamp, "way": Way.PAPER}
        record(conn, author, f"attendance.{Event.ARRIVED}", "attendance", "past", body, subject=person)

    await asyncio.wrap_future(played.app.database.write(write))
    return person


async def test_what_does_not_exist_is_said_in_a_sentence(team, tmp_path):
    printer = Printer(tmp_path / "papers")
    async with team(papers=lambda: printer) as (played, screen):
        person = await first(played, "select id from participant")
        await wants(screen, CertificateFor(person))
        assert says(screen) == "Pas d'heures à attester pour ces jours."
        assert printer.given == [] and await first(played, "select count(*) from document") == 0


async def test_whoever_may_not_print_is_told_so(team, tmp_path):
    """P-19, P-23: a technician sees no names, on paper neither."""
    printer = Printer(tmp_path / "papers")
    async with team(Role.TECHNICIAN, papers=lambda: printer, failing=True) as (played, screen):
        await wants(screen, SheetFor(await half_day(played)))
        assert says(screen) == "Votre compte ne permet pas cela."
        assert printer.given == []


async def test_a_failure_is_one_sentence_and_leaves_nothing(team, tmp_path, monkeypatch):
    printer = Printer(tmp_path / "papers")

    def broken(*args: object) -> bytes:
        raise ValueError(FAMILY)

    monkeypatch.setattr(paper_side, "_sheet", broken)
    async with team(papers=lambda: printer) as (played, screen):
        await wants(screen, SheetFor(await half_day(played)))
        assert says(screen) == "Rien n'est imprimé : essayez encore."
        assert printer.given == [] and await first(played, "select count(*) from document") == 0


async def test_nothing_leaves_that_could_not_be_noted(team, tmp_path, monkeypatch):
    """P-24: the paper goes again where the log does not take its row."""
    printer = Printer(tmp_path / "papers")

    async def full(*args: object) -> None:
        raise OSError("disk full")

    async with team(papers=lambda: printer) as (played, screen):
        monkeypatch.setattr(played.app, "_note", full)
        await wants(screen, SheetFor(await half_day(played)))
        assert says(screen) == "Rien n'est imprimé : essayez encore."
        assert printer.given == [] and list((tmp_path / "papers").iterdir()) == []


async def test_a_second_touch_wants_the_same_paper(team, tmp_path):
    printer = Printer(tmp_path / "papers")
    async with team(papers=lambda: printer) as (played, screen):
        document = SheetFor(await half_day(played))
        screen.post_message(PaperWanted(screen, document))
        await wants(screen, document)
        await until(lambda: not played.app._printing)
        assert len(printer.given) == 1


async def test_whoever_signs_out_meanwhile_still_has_their_paper(team, tmp_path, monkeypatch):
    """And nobody else learns of it: the screen that would have been told has gone."""
    printer, gate = Printer(tmp_path / "papers"), asyncio.Event()
    async with team(papers=lambda: printer) as (played, screen):
        note = played.app._note

        async def waits(*args: object) -> None:
            await gate.wait()
            await note(*args)

        monkeypatch.setattr(played.app, "_note", waits)
        document = SheetFor(await half_day(played))
        screen.post_message(PaperWanted(screen, document))
        await until(lambda: list((tmp_path / "papers").glob("*.pdf")))
        played.app._close_screens()
        await played.home()
        gate.set()
        await until(lambda: printer.given)
        assert await played.asked("select actor from document") == [("a-facilitator",)]


async def test_a_printed_name_does_not_stay_in_memory(team, tmp_path, monkeypatch):
    """P-18: a family name stands on paper only."""
    printer = Printer(tmp_path / "papers")
    async with team(papers=lambda: printer) as (played, screen):
        memory, note, held = Memory(FAMILY), played.app._note, []

        async def looks(*args: object) -> None:
            held.append(memory.holds())
            await note(*args)

        monkeypatch.setattr(played.app, "_note", looks)
        await wants(screen, SheetFor(await half_day(played)))
        assert FAMILY in text_of(printer.given[0])
        played.app._close_screens()
        await played.home()
        del screen
        await played.rest()
        assert held == [True], "the search finds nothing"
        # The first search may have met a thread in the middle: what it saw goes with the next one.
        await until(lambda: memory.kept() == [], "something of the page is kept")


def test_a_rehearsal_takes_its_papers_with_it():
    with rehearse(Clock(AT)) as day:
        folder = day.database.path.parent
        Papers(folder / "papers", lambda: "").keep("feuille.pdf", b"%PDF", AT)
    assert not folder.exists()
