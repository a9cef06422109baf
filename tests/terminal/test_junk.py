"""What no scanner of ours sends: the kiosk lives on, stores nothing and shows nothing back."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from driver import ALTERNATE_OFF, ENTER, ESCAPE, Terminal, kiosk
from guests import Guest

NATIONAL_NUMBER = "85073003328"

PIECES = {
    "a megabyte in one paste": f"{ESCAPE}[200~{'x1é ' * 260_000}{ESCAPE}[201~".encode(),
    "a paste that never ends in itself": f"{ESCAPE}[200~{ESCAPE}[200~abc{ENTER}def{ESCAPE}[201~".encode(),
    "a burst of 5000 letters": b"B" * 5000 + b"\r",
    "a national number": f"{NATIONAL_NUMBER}{ENTER}".encode(),
    "a national number in a paste": f"{ESCAPE}[200~{NATIONAL_NUMBER}{ENTER}{ESCAPE}[201~".encode(),
    "arrows and function keys": b"".join(
        b"\x1b" + tail for tail in (b"[A", b"[B", b"[C", b"[D", b"OP", b"OQ", b"[15~", b"[24~", b"[H", b"[F")
    )
    * 50,
    "escape sequences inside a burst": b"SCBC\x1b[ADEFG\x1bOPHJKN\x1b[3~PRST\r" * 20,
    "Alt with letters and digits": b"".join(b"\x1b" + bytes([sign]) for sign in b"qxcvsd0123456789"),
    "private replies of a terminal": b"\x1b[?62;22c\x1b[?1u\x1b[5;7R\x1b[?2026;2$y\x1b[8;24;80t" * 20,
    "clipboard and title requests": b"\x1b]52;c;c2VjcmV0\x07\x1b]0;owned\x07\x1bP+q544e\x1b\\" * 20,
    "half a letter": b"\xc3",
    "the other half": b"\xa9",
    "emoji": "👩‍👩‍👧‍👦🇧🇪🙂".encode() * 200 + b"\r",
    "kitty keys for media and modifiers": b"".join(b"\x1b[%d;5u" % code for code in range(57344, 57455)),
    "an AltGr escape as in Alt+keypad": b"\x1b[57399;3u\x1b[57400;3u\x1b[57401;3u",
    "zero bytes": b"\x00" * 20_000,
}


def test_strange_input_stores_nothing_and_stops_nothing(corner):
    """P-07, P-11, P-12: pastes, ESC sequences, control characters, a national number; then a card works."""
    before = corner.log_rows()
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        for what, piece in PIECES.items():
            term.send(piece)
            term.settle()
            assert term.alive, what
            assert NATIONAL_NUMBER not in term.text, what
            assert corner.log_rows() == before, what
            assert "Votre code, Sam" not in term.text, what
        assert NATIONAL_NUMBER.encode() not in term.raw
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}")
    assert corner.arrived() == [guest.name]
    files = [file.read_bytes() for file in corner.path.rglob("*") if file.is_file()]
    assert not any(NATIONAL_NUMBER.encode() in file for file in files)


def test_a_false_report_of_the_window_moves_no_touch(corner):
    """What a terminal would say of its size in pixels, said by anybody: fingers still meet the keys."""
    with Terminal(home=corner.path).ready() as term:
        term.send("\x1b[48;24;80;4800;8000t")
        term.touch("Équipe")
        term.wait_for("Votre code, Sam")


def show_until_taken(term: Terminal, guest: Guest) -> None:
    """A person shows the card again where the first time fell into what the kiosk was still reading."""
    for _ in range(4):
        term.show_card(guest.token)
        with suppress(AssertionError):
            term.wait_for(f"Bonjour {guest.name}", 5)
            return
    raise AssertionError(f"the card is never taken; alive: {term.alive}; screen:\n{term.text}")


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(b"\xff", id="a byte that is no UTF-8"),
        pytest.param(bytes(range(128, 256)) * 40, id="many of them"),
        pytest.param(b"\x1b[57441;1:3u", id="the release of a key in kitty's protocol"),
        pytest.param(b"\x1b[99999999999u", id="a key beyond Unicode"),
        pytest.param(b"\x1b[200~" + b"x" * 600 + b"\x1b[201~\x1b[200~x", id="an endless paste after another"),
    ],
)
def test_what_the_terminal_reader_cannot_read_is_skipped(corner, piece):
    """P-12, P-13, P-32: no traceback, no way to the shell for a moment; the next card works."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.send(piece)
        term.settle()
        assert ALTERNATE_OFF not in term.raw, "the public saw what lies under the kiosk"
        assert b"Traceback" not in term.raw
        show_until_taken(term, guest)
        assert ALTERNATE_OFF not in term.raw


@pytest.mark.parametrize(("seed", "size"), [(1, 200_000), (2, 20_000), (3, 20_000)])
def test_raw_junk_never_quits_and_stores_no_arrival(corner, seed, size):
    """P-13: any bytes at all. Letters, Enter and touches may be refused codes and a call, never more."""
    junk = random.Random(seed).randbytes(size)
    with Terminal(home=corner.path).ready() as term:
        term.send(junk)
        term.send(b"\x1b[201~\x1b\\")  # ends a paste or a string that the junk may have begun
        term.settle()
        show_until_taken(term, corner.guests[0])
        assert term.alive
        assert ALTERNATE_OFF not in term.raw
    kinds = corner.asked("select distinct kind from change where actor = 'participant'")
    asked_for = {"attendance.arrived", "code.refused", "code.paused", "help.called"}
    assert {kind for (kind,) in kinds} <= asked_for
    assert corner.arrived() == [corner.guests[0].name]
    assert kiosk(corner.path, "verify").returncode == 0
