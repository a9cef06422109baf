"""What a visit leaves behind in the terminal and on the disk: the database, and nothing else."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from driver import ALTERNATE_ON, ESCAPE, Terminal
from guests import Corner, Guest

MARKED = "Zyxwine"
"""Somebody without a booking, whose name no other text has."""

LAST_NAME = "Verhaegen"
BEGUN = "XVXVX"
"""Letters of a code that somebody began and left."""

TITLES_AND_CLIPBOARD = re.compile(rb"\x1b[\]P_^X][^\x07\x1b]*")
"""Strings for the terminal itself, which would stay after the screen."""


def by_card(term: Terminal, guest: Guest) -> None:
    term.show_card(guest.token)
    term.wait_for(f"Bonjour {guest.name}")


def by_code(term: Terminal, guest: Guest) -> None:
    term.touch("Je suis là")
    term.wait_for("Taper mon code")
    term.touch("Taper mon code")
    term.wait_for("Les six lettres")
    term.press(*guest.code)
    term.wait_for(guest.name)


def by_name(term: Terminal, guest: Guest) -> None:
    term.touch("Je suis là")
    term.wait_for("Chercher mon nom")
    term.touch("Chercher mon nom")
    term.wait_for("La première lettre")
    # Everybody's name begins alike: the letters stay until they are enough.
    term.press(*guest.name[:7])
    term.wait_for("Touchez votre nom.")
    assert guest.name in term.text


def without_a_booking(term: Terminal, guest: Guest) -> None:
    term.touch("Je suis là")
    term.wait_for("Je n'ai pas réservé")
    term.touch("Je n'ai pas réservé")
    term.wait_for("Votre prénom")
    term.press(*MARKED)
    term.wait_for(MARKED)
    term.touch("Continuer")
    term.wait_for("Je finis mes études")
    term.touch("Je finis mes études")
    term.wait_for(MARKED)


def letters_left(term: Terminal, guest: Guest) -> None:
    term.press(*BEGUN)


VISITS = (by_card, by_code, by_name, without_a_booking, letters_left)


def leave(term: Terminal) -> None:
    """By Escape, as often as it takes."""
    term.settle()
    term.press(ESCAPE)
    for _ in range(6):
        if "Montrez votre carte" not in term.text:
            term.press(ESCAPE)
    term.wait_for("Montrez votre carte")


def traces(folder: Path, marks: Iterable[str]) -> list[str]:
    """Files, apart from the database, that hold a mark in their text or in their name."""
    wanted = [
        form for mark in marks for form in (mark.encode(), mark.lower().encode(), mark.encode("utf-16-le"))
    ]
    found = []
    for file in folder.rglob("*"):
        if any(mark in str(file) for mark in marks):
            found.append(str(file))
        elif file.is_file() and not file.name.startswith("kiosk.db"):
            found += [str(file) for form in wanted if form in file.read_bytes()]
    return found


def unnamed_files(term: Terminal) -> list[str]:
    """Files that the program has open and that no folder shows."""
    links = [link.readlink() for link in Path(f"/proc/{term.process.pid}/fd").iterdir()]
    return [str(link) for link in links if str(link).endswith("(deleted)")]


def marks_of(corner: Corner) -> list[str]:
    people = corner.guests[: len(VISITS)]
    return [
        *(one for guest in people for one in (guest.name, guest.token, guest.code)),
        MARKED,
        LAST_NAME,
        BEGUN,
    ]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_visit_leaves_its_trace_in_the_database_alone(corner, tmp_path, end):
    """P-03, P-32: not in scrollback, title, clipboard, log, settings or temporary files.

    Whether the kiosk ends as it should or is killed in the middle of an answer.
    """
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    marks = marks_of(corner)
    with Terminal(home=corner.path, TMPDIR=str(temporary), SQLITE_TMPDIR=str(temporary)).ready() as term:
        for visit, guest in zip(VISITS, corner.guests, strict=False):
            visit(term, guest)
            leave(term)
            assert [mark for mark in marks if mark in term.text] == [], visit.__name__
        by_card(term, corner.guests[len(VISITS) + 1])
        assert unnamed_files(term) == []
        assert traces(temporary, marks) == []
        term.signal(end)
        term.exit_code()
        raw = bytes(term.raw)
        assert corner.guests[0].name.encode() in raw, "the search finds nothing"
        outside = raw[: raw.index(ALTERNATE_ON)] if end is signal.SIGKILL else term.outside
        aside = b"".join(TITLES_AND_CLIPBOARD.findall(raw))
        for mark in (*marks, corner.guests[len(VISITS) + 1].name):
            assert mark.encode() not in outside
            assert mark.encode() not in aside
        for mark in (LAST_NAME, *(guest.token for guest in corner.guests)):
            assert mark.encode() not in raw
    assert traces(corner.path, ["charleroi"]), "the search finds nothing"
    assert traces(corner.path, marks) == []
    assert traces(temporary, marks) == []
    assert corner.asked(f"select count(*) from participant where first_name = '{MARKED}'") == [(1,)]
