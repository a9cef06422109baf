"""``kiosk sync --to`` and ``--from``: what one kiosk has done is on the other, by a file alone."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pysqlite3
import pytest
from command_line import MORNING, CommandLine

from kiosk.commands import shared
from kiosk.database import Database
from kiosk.home import Home
from kiosk.sync.bundle import Heading, Page, pieces_of
from kiosk.sync.by_file import take_file, write_file, write_sealed
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.joined import Joined
from kiosk.sync.sealed import new_salt, seal
from models.arrival import check_in
from models.policy import Policy
from models.sync.outbox import Answer
from models.words import Way

AWAY = Enrolment(
    host="localhost",
    port=1,
    dbname="none",
    role="kiosk_x",
    password="none",
    node="tablette",
    corner="charleroi",
    corner_key=bytes(range(32)).hex(),
    node_key=bytes(range(32, 64)).hex(),
)
"""A hub that nobody reaches."""


def enrolment_of(node: str) -> Enrolment:
    """A kiosk of the corner, with a key of its own."""
    return replace(AWAY, node=node, node_key=sha256(node.encode()).hexdigest())


def become_another(path) -> None:
    """A copy of a kiosk's file goes on as a kiosk of its own."""
    conn = pysqlite3.connect(str(path))
    conn.execute("update identity set kiosk_id = ?", ("f" * 32,))
    conn.commit()
    conn.close()


@pytest.fixture
def two(booked, tmp_path, monkeypatch, capsys):
    """Two kiosks of one corner that have never seen a network, and a card that both know."""
    card = booked("invite", "--reference", "R-1", "--format", "json", "-o", "-", "--at", MORNING).json[0]
    other = tmp_path / "other"
    shutil.copytree(booked.home, other)
    become_another(other / "kiosk.db")
    for home, node in ((booked.home, "tablette"), (other, "ordinateur")):
        (home / "secrets" / "hub.json").write_text(enrolment_of(node).text)

    def at(home):
        def run(*arguments):
            monkeypatch.setenv("KIOSK_HOME", str(home))
            shared._said.at = None
            return CommandLine(home, tmp_path, monkeypatch, capsys)(*arguments)

        return run

    return at(booked.home), at(other), card["code"]


def present(line) -> list[str]:
    (half_day,) = line("roster", "--date", "2022-11-03", "--json", "--at", MORNING).json
    return [one["name"] for one in half_day["people"] if one["state"] == "present"]


def test_an_arrival_at_one_kiosk_is_on_the_roster_of_the_other(two, tmp_path):
    tablet, desk, code = two
    assert tablet("checkin", code, "--at", MORNING).code == 0
    told = tablet("--at", MORNING, "sync", "--to", tmp_path / "stick")
    assert told.code == 0 and f"{tmp_path / 'stick'} : portez-le" in told.out
    assert present(desk) == []
    told = desk("--at", MORNING, "sync", "--from", tmp_path / "stick")
    assert told.code == 0 and "lignes reçues" in told.out
    assert len(present(desk)) == 1
    again = desk("--at", MORNING, "sync", "--from", tmp_path / "stick")
    assert again.code == 0 and again.out.startswith("Rien de nouveau")
    assert desk("--at", MORNING, "sync", "--to", tmp_path / "back").code == 0
    assert tablet("--at", MORNING, "sync", "--from", tmp_path / "back").code == 0
    assert desk("verify").code == tablet("verify").code == 0


def test_both_at_once_takes_first_and_passes_on(two, tmp_path):
    tablet, desk, _ = two
    known = len(tablet("--at", MORNING, "sync", "--to", tmp_path / "a", "--json").json)
    assert known == 1
    done = desk("--at", MORNING, "sync", "--from", tmp_path / "a", "--to", tmp_path / "b", "--json").json
    assert done["received"] > 0 and done["arrived"] == 0
    assert done["written"] > done["received"]
    assert tablet("--at", MORNING, "sync", "--from", tmp_path / "b", "--json").json["known"] > 0


def test_a_forged_answer_of_the_hub_wipes_no_kiosk(two, booked, tmp_path):
    """Another kiosk of the corner says that everything has arrived, and that this one is to go."""
    tablet, _, code = two
    assert tablet("checkin", code, "--at", MORNING).code == 0
    conn = pysqlite3.connect(str(booked.home / "kiosk.db"))
    ids = [id_ for (id_,) in conn.execute("select id from change order by n")]
    conn.close()
    arrived = Page(answers=tuple(Answer(id_, n, 0) for n, id_ in enumerate(ids, 1)))
    at = datetime.fromisoformat(MORNING).replace(tzinfo=UTC)
    heading = Heading("tablette", at, "one", answer=True, trouble="revoked")
    key = bytes.fromhex(enrolment_of("ordinateur").node_key)
    pieces = pieces_of(heading, [arrived], key)
    write_sealed(tmp_path / "forged", seal(bytes(range(32)), "charleroi", new_salt(), pieces))
    told = tablet("--at", MORNING, "sync", "--from", tmp_path / "forged")
    assert told.refused and "pas du serveur" in told.err
    assert len(present(tablet)) == 1
    assert tablet("--at", MORNING, "sync", "--to", tmp_path / "a", "--json").json["written"] > len(ids)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "none"),
        ("--from", "."),
        ("--to", "none/none"),
        ("--to", "."),
        ("--all",),
        ("--join", "none", "--to", "x"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(two, arguments):
    assert two[0]("sync", *arguments).refused


def test_a_kiosk_that_is_not_enrolled_has_no_key_to_open_one_with(booked, tmp_path):
    told = booked("sync", "--from", tmp_path)
    assert told.refused and "kiosk sync --join" in told.err


def test_a_kiosk_is_enrolled_by_stick_alone(booked, tmp_path):
    paper = tmp_path / "inscription.json"
    paper.write_text(AWAY.text)
    assert booked("--at", MORNING, "sync", "--join", paper, "--to", tmp_path / "stick").code == 0
    kept = booked.home / "secrets" / "hub.json"
    assert kept.read_text() == AWAY.text and kept.stat().st_mode & 0o077 == 0
    paper.write_text(replace(AWAY, corner="mons").text)
    assert booked("sync", "--join", paper, "--to", tmp_path / "stick").refused


async def test_the_open_kiosk_goes_on_while_a_file_is_taken_and_written(play, day, tmp_path):
    """Another process on the same database file, as ``kiosk sync`` is."""
    first, second, *_ = (one for one in day.people if one.case == "now")
    home = Home(tmp_path / "home")
    home.make()
    home.key_file.write_text(day.desk.key.hex())
    shutil.copy(day.database.path, tmp_path / "other.db")
    become_another(tmp_path / "other.db")

    def opened(path, kiosk_id, node) -> Joined:
        database = Database(path)
        database.open().result()
        return Joined(home, database, replace(AWAY, node=node), kiosk_id, Policy())

    async with play() as played:
        at = played.app.clock.now()
        theirs = opened(tmp_path / "other.db", "f" * 32, "ordinateur")
        desk = replace(day.desk, kiosk_id="f" * 32)
        theirs.database.write(check_in, desk, first.token, Way.CARD, at).result()
        await asyncio.to_thread(write_file, theirs, tmp_path / "in", at, everything=False)

        mine = opened(day.database.path, day.desk.kiosk_id, "tablette")
        taking = asyncio.create_task(asyncio.to_thread(take_file, mine, tmp_path / "in", at))
        played.burst(second.token)
        await played.answered(second.name)
        assert (await taking).new > 0
        assert sorted(await played.arrived()) == sorted(one.name.split()[0] for one in (first, second))

        await asyncio.to_thread(write_file, mine, tmp_path / "out", at, everything=False)
        await asyncio.to_thread(take_file, theirs, tmp_path / "out", at)
        found = "select count(*) from attendance_event where kind = 'arrived'"
        assert theirs.database.read(lambda conn: conn.execute(found).fetchone()).result() == (2,)
        for one in (theirs, mine):
            one.database.close()
