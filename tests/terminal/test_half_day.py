"""A whole half-day in real terminals: two kiosks with a facilitator each, and people at a third one."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from driver import ENTER, TO_LAST, Terminal, kiosk
from guests import PIN, Corner, found

from models.lines import BookingLine

NAMES = ("Awa", "Bilal", "Çağla", "Dieter", "Ewa", "Fatou", "Giulia", "Hoa")
MORNING = "2022-11-03T08:20"
NOON = "2022-11-03T12:06"


@pytest.fixture
def group(tmp_path: Path) -> Corner:
    """Eight people booked for the morning of 3 November 2022, on a database that kiosks share."""
    lines = [
        BookingLine(
            line=number,
            corner="charleroi",
            programme="awareness",
            starts_at=datetime(2022, 11, 3, 7, 30, tzinfo=UTC),
            ends_at=datetime(2022, 11, 3, 11, 0, tzinfo=UTC),
            room="2",
            reference=f"W-{number}",
            first_name=name,
            last_name="Quertinmont",
            language="fr",
            booked_by="C. Dubois",
            status="booked",
        )
        for number, name in enumerate(NAMES, 1)
    ]
    corner = found(tmp_path / "home", lines, datetime(2022, 11, 1, 9, tzinfo=UTC))
    corner.set("several_kiosks = true")
    return corner


@pytest.fixture
def second(group: Corner) -> str:
    """The PIN of a second facilitator."""
    added = kiosk(group.path, "staff", "add", "Aïcha", "--role", "facilitator", "--json")
    assert added.returncode == 0, added.stderr
    return json.loads(added.stdout)["pin"]


class Team:
    """The three terminals of one moment."""

    def __init__(self, group: Corner, at: str, stack: ExitStack) -> None:
        self.public, self.sam, self.aicha = (
            stack.enter_context(Terminal("--at", at, home=group.path)).ready() for _ in range(3)
        )


@pytest.fixture
def team(group: Corner, second: str) -> Iterator[Team]:
    """Ten minutes before the start: both facilitators are at their rosters."""
    with ExitStack() as stack:
        team = Team(group, MORNING, stack)
        sign_in(team.sam, "Sam", PIN)
        sign_in(team.aicha, "Aïcha", second)
        yield team


def sign_in(term: Terminal, name: str, pin: str) -> None:
    """Choose who, type the PIN, see the group."""
    term.press(TO_LAST, ENTER)
    term.wait_for("Qui êtes-vous")
    term.touch(name)
    term.wait_for(f"Votre code, {name}")
    term.type(pin, 0.06)
    term.settle()
    term.send(ENTER)
    term.wait_for(f"Vous êtes {name}.")
    term.wait_for("Hoa Q.")


def state(text: str, name: str) -> str:
    """What a roster says of somebody."""
    tile = re.search(rf"[│┃] +\d +\+? ?{name} Q\. +(.*?) +[│┃]", text)
    return tile.group(1) if tile else ""


def shows(term: Terminal, name: str, said: str) -> float:
    """Wait until a roster says something of somebody; how long that took, in seconds."""
    begun = time.monotonic()
    term.wait_for(lambda text: said in state(text, name))
    return time.monotonic() - begun


def test_a_half_day_of_two_facilitators_from_the_first_card_to_the_signature(group, team, second):
    """No lost update: what one does the other sees, and everything stands in the ledger once."""
    morning(group, team)
    for term in (team.public, team.sam, team.aicha):
        term.process.kill()  # somebody has pulled the plug
        term.exit_code()
    with ExitStack() as stack:
        noon = Team(group, NOON, stack)
        at_noon(group, noon, second)
    checked = kiosk(group.path, "verify")
    assert checked.returncode == 0, checked.stderr
    (listed,) = json.loads(kiosk(group.path, "roster", "--date", "2022-11-03", "--json").stdout)
    ((figures,),) = group.asked("select figures from settlement")
    signed = json.loads(figures)
    assert signed["minutes"] == sum(person["minutes"] for person in listed["people"]) == 6 * 210
    assert [person["state"] for person in listed["people"]].count("left") == 6


def morning(group: Corner, team: Team) -> None:
    """People come, both facilitators mark, somebody calls for help."""
    public, sam, aicha = team.public, team.sam, team.aicha
    # People show their cards at the public kiosk.
    for guest in group.guests[:3]:
        public.show_card(guest.token)
        public.wait_for(f"Bonjour {guest.name} Q.")
        seen = [shows(term, guest.name, "✓ 8 h 2") for term in (sam, aicha)]
        assert max(seen) < 5
    # One marks, the other sees it; both mark at the same moment.
    sam.send("4p")
    shows(sam, "Dieter", "✓")
    shows(aicha, "Dieter", "✓")
    sam.send("5p")
    aicha.send("6a")
    for term in (sam, aicha):
        shows(term, "Ewa", "✓")
        shows(term, "Fatou", "absence")
    # Both mark the same person: one presence, and the second is told.
    sam.send("7p")
    aicha.send("7p")
    for term in (sam, aicha):
        shows(term, "Giulia", "✓")
        term.wait_for("Giulia Q. :")
    assert group.arrived().count("Giulia") == 1
    # Each takes back only what was done on the own kiosk.
    sam.settle()
    aicha.settle()
    aicha.send("8e")
    aicha.wait_for("Pourquoi cette absence est-elle excusée ?")
    aicha.send("1")
    for term in (aicha, sam):
        shows(term, "Hoa", "absence excusée")
    # Somebody calls for help; one sees to it, and it is gone for both.
    public.press("\x1b")
    public.wait_for("Montrez votre carte")
    public.touch("Aide")
    for term in (sam, aicha):
        term.wait_for("Aide demandée")
    sam.send("r")
    sam.wait_for("Réglé")
    sam.touch("Réglé")
    sam.wait_for("Rien à régler.")
    aicha.wait_for("Vous êtes Aïcha.")
    kinds = group.asked("select kind, count(*) from attendance_event group by kind order by kind")
    assert kinds == [("absent", 1), ("arrived", 6), ("excused", 1)]


def at_noon(group: Corner, team: Team, second: str) -> None:
    """Everybody leaves; one facilitator signs, and the other sees it."""
    sign_in(team.sam, "Sam", PIN)
    sign_in(team.aicha, "Aïcha", second)
    team.sam.touch("Départ")
    team.sam.press("t")
    team.sam.wait_for("6 départs notés.")
    shows(team.aicha, "Awa", "→ 12 h 06")
    team.aicha.press("m")
    team.aicha.touch("1  Clôturer la demi-journée")
    # The clock of these kiosks was set by hand: that is odd of everybody, and settled for all at once.
    team.aicha.wait_for("8 à régler")
    team.aicha.touch("Pour tous (8)")
    team.aicha.touch("L'heure est juste")
    team.aicha.wait_for("pourquoi ?")
    team.aicha.press("1")
    team.aicha.wait_for("21 h en tout")
    team.aicha.press("s")
    team.aicha.wait_for("Votre code, Aïcha")
    team.aicha.type(PIN, 0.06)
    team.aicha.press(ENTER)
    team.aicha.wait_for("Ce code n'est pas le vôtre. Rien n'est fait.")
    assert group.asked("select count(*) from settlement") == [(0,)]
    team.aicha.type(second, 0.06)
    team.aicha.press(ENTER)
    team.aicha.wait_for("par Aïcha.")
    team.sam.wait_for(lambda text: re.search(r"Clôturée à 12 h \d+ par Aïcha. Vous êtes Sam.", text))
    team.aicha.touch("Feuille de présence")
    team.aicha.wait_for("Pas d'imprimante. Voir papers/feuille-2022-11-03-0830-awareness.pdf")
    assert (group.path / "papers" / "feuille-2022-11-03-0830-awareness.pdf").read_bytes()[:5] == b"%PDF-"
