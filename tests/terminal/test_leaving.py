"""How the kiosk ends, and what it leaves behind in the terminal."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
from driver import ALTERNATE_OFF, ALTERNATE_ON, ENTER, TAB, TO_LAST, Terminal, kiosk
from guests import PIN

MOUSE_OFF, PASTE_OFF, CURSOR_ON = b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?25h"


def assert_clean(term: Terminal) -> None:
    """The screen before the program is back: main buffer, cursor, no mouse, no paste marks, line mode."""
    raw = bytes(term.raw)
    assert raw.rfind(ALTERNATE_OFF) > raw.rfind(ALTERNATE_ON) > -1
    for ending, beginning in ((MOUSE_OFF, b"\x1b[?1003h"), (PASTE_OFF, b"\x1b[?2004h")):
        assert raw.rfind(ending) > raw.rfind(beginning)
    assert raw.rfind(CURSOR_ON) > raw.rfind(b"\x1b[?25l")
    assert term.mode_restored
    assert b"Traceback" not in raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_a_clean_terminal(corner, number):
    """Also right after a card: what was confirmed is stored, and no name stays behind (P-03)."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}")
        term.signal(number)
        assert term.exit_code() == 0
        assert_clean(term)
        assert guest.name.encode() not in term.outside
        assert b"Verhaegen" not in term.raw
    assert corner.arrived() == [guest.name]
    assert kiosk(corner.path, "verify").returncode == 0


def test_a_signal_during_the_first_moments_ends_cleanly(corner):
    """Before the database is open there is nothing to lose and nothing to leave behind."""
    with Terminal(home=corner.path) as term:
        term.wait_for("Montrez votre carte")
        term.signal(signal.SIGTERM)
        assert term.exit_code() == 0
        assert_clean(term)


def test_the_kiosk_ends_when_its_terminal_goes(corner):
    """A closed window leaves no process that would keep the database locked; six times, for it is a race."""
    for _ in range(6):
        with Terminal(home=corner.path).ready() as term:
            term.hang_up()
            term.process.wait(5)
    with Terminal(home=corner.path) as term:
        term.ready()


@pytest.mark.parametrize("controlling", [True, False], ids=["its-own-terminal", "somebody-else's-terminal"])
def test_the_kiosk_ends_when_a_terminal_goes_that_nobody_read(corner, controlling):
    """Its own pipes full of keys, its output stuck: it ends all the same, and lets go of the file."""
    with Terminal(home=corner.path, controlling=controlling).ready() as term:
        for guest in corner.guests[:40]:
            term.flood(guest.token + ENTER)
            time.sleep(0.02)
        term.hang_up()
        term.process.wait(8)
    with Terminal(home=corner.path) as term:
        term.ready()
    assert kiosk(corner.path, "verify").returncode == 0


def test_the_kiosk_can_be_ended_while_nobody_reads_its_screen(corner):
    """The loop waits for the terminal: the system ends the process, and what was confirmed is stored."""
    with Terminal(home=corner.path).ready() as term:
        for guest in corner.guests[:40]:
            term.flood(guest.token + ENTER)
            time.sleep(0.02)
        term.signal(signal.SIGTERM)
        term.process.wait(8)
    assert kiosk(corner.path, "verify").returncode == 0


def test_the_kiosk_needs_a_terminal(corner):
    """Started without a keyboard nobody could ever close it: one sentence instead."""
    done = kiosk(corner.path)
    assert done.returncode == 1
    assert done.stderr.strip().count("\n") == 0
    assert "écran" in done.stderr
    assert "clavier" in done.stderr


def test_control_keys_do_nothing(corner):
    """P-14: Ctrl with C, Z, \\, Q, P, S, D, X and friends: no quit, no stop, no menu."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.settle()
        welcome = term.text.split("\n")[1:]
        term.press("\x03", "\x1a", "\x1c", "\x11", "\x10", "\x13", "\x04", "\x18", "\x03", "\x03")
        term.press("\x1b[99;5u", "\x1b[113;5u", "\x1b[112;5u", "\x1b[27u")  # the same in kitty's protocol
        assert term.alive
        assert term.text.split("\n")[1:] == welcome
        stat = Path(f"/proc/{term.process.pid}/stat").read_text("utf-8")
        assert stat.rpartition(")")[2].split()[0] in "SRD", "stopped"
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP])
def test_signals_of_keys_do_nothing_either(corner, number):
    """P-14: where a terminal turns Ctrl+C, Ctrl+\\ or Ctrl+Z into a signal, the kiosk stays."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.signal(number)
        term.settle()
        assert ALTERNATE_OFF not in term.raw, "the public saw what lies under the kiosk"
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}", 5)


@pytest.mark.parametrize(("columns", "rows"), [(56, 16), (80, 24), (132, 43)])
def test_everything_is_done_by_touch_alone(corner, columns, rows):
    """A tablet has no keys: the answer closed, the PIN given and the kiosk left with a finger (A-22)."""
    guest = corner.guests[0]
    close = "8  Fermer la borne" if columns >= 80 else "8  Fermer"
    with Terminal(home=corner.path, columns=columns, rows=rows).ready() as term:
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}")
        term.settle()
        term.touch("Terminé")
        term.wait_for("Montrez votre carte")
        term.touch("Équipe")
        term.wait_for("Votre code, Sam")
        term.touch("1")
        term.touch("Effacer")
        for digit in PIN:
            term.touch(digit)
        term.touch("Entrer")
        term.wait_for("Vous êtes Sam.")
        term.touch("Menu")
        term.wait_for("Matériel")
        term.touch(close)
        term.wait_for("Fermer la borne ?")
        term.touch("Retour")
        term.wait_for("Matériel")
        term.touch("Retour")
        term.wait_for("Vous êtes Sam.")
        term.touch("Terminé")
        term.wait_for("Montrez votre carte")
        term.touch("Équipe")
        for digit in PIN:
            term.touch(digit)
        term.touch("Entrer")
        term.wait_for("Vous êtes Sam.")
        term.touch("Menu")
        term.wait_for("Matériel")
        term.touch(close)
        term.wait_for("Fermer la borne ?")
        term.touch("Fermer la borne")
        assert term.exit_code() == 0
        assert_clean(term)


def test_the_way_out_is_the_pin(corner):
    """By keys alone (A-22): "Équipe", the PIN, "Menu", "Fermer la borne"; then an empty terminal (P-03)."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}")
        term.settle()  # a line end right after a card would be taken for the card's own
        term.press(TO_LAST, ENTER)  # "Terminé"
        term.wait_for("Montrez votre carte")
        assert guest.name not in term.text
        term.press(TO_LAST, ENTER)
        term.wait_for("Votre code, Sam")
        term.press(*PIN, ENTER)
        assert PIN not in term.wait_for("Vous êtes Sam.")
        term.press("m")
        term.wait_for("Matériel")
        term.press(*[TAB] * 8, ENTER)
        term.wait_for("Fermer la borne ?")
        term.press(TAB, TAB, ENTER)
        assert term.exit_code() == 0
        assert_clean(term)
        assert PIN.encode() not in term.raw
        assert term.outside.strip(b" \r\n\x1b[?0123456789;lhmHJKu<>=c$p") == b""
