"""Cards shown to the real program, as fast and as slow as scanners type."""

from __future__ import annotations

import pytest
from driver import ENTER, ESCAPE, TO_LAST, Terminal, kiosk

GRIDS = ((56, 16), (80, 24), (100, 30), (132, 43))
GAPS = (0.0, 0.002, 0.01, 0.03)


@pytest.mark.parametrize(("columns", "rows"), GRIDS)
def test_a_burst_of_any_speed_ends_on_its_outcome(corner, columns, rows):
    """A-04, A-18: the name, the sign and the sentence are there at every grid; each card counts once."""
    guests = corner.guests[: len(GAPS)]
    with Terminal(home=corner.path, columns=columns, rows=rows).ready() as term:
        for guest, gap in zip(guests, GAPS, strict=True):
            term.show_card(guest.token, gap)
            term.wait_for(f"✓  Bonjour {guest.name} V.")
            shown = term.wait_for("Votre présence est notée. Installez-vous.")
            assert guest.token not in shown.replace(" ", "")
    assert corner.arrived() == [guest.name for guest in guests]


def test_fifty_cards_back_to_back_are_stored_in_their_order(corner):
    """The next card may come before the answer to the last one is drawn."""
    guests = corner.guests[:50]
    with Terminal(home=corner.path).ready() as term:
        for guest in guests:
            term.show_card(guest.token)
        term.wait_for(f"Bonjour {guests[-1].name}")
    assert corner.arrived() == [guest.name for guest in guests]


def test_a_card_shown_before_the_first_paint_is_kept(corner):
    """Whoever is first in the morning does not have to show the card twice."""
    guest = corner.guests[0]
    with Terminal(home=corner.path) as term:
        term.wait_for("Montrez votre carte")  # painted, but the database need not be open yet
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}")
    assert corner.arrived() == [guest.name]


def test_the_enter_of_a_card_presses_no_key(corner):
    """P-11: the scanner's Enter belongs to the scan, whatever has the focus."""
    first, second = corner.guests[:2]
    with Terminal(home=corner.path).ready() as term:
        term.press(TO_LAST)  # "Équipe" has the focus
        term.show_card(first.token)
        term.wait_for(f"Bonjour {first.name}")
        term.settle()  # a Tab right after a card would be taken for the card's own
        term.press(TO_LAST)  # "Terminé" has it
        term.show_card(second.token, 0.002)
        term.wait_for(f"Bonjour {second.name}")
        term.settle()
        assert f"Bonjour {second.name}" in term.text
        assert b"Votre code, Sam" not in term.raw


@pytest.mark.parametrize("ending", ["\r", "\n", "\t", "\r\n"])
def test_every_line_end_of_a_scanner_ends_a_card(corner, ending):
    """Enter, LF, Tab or both: none of it reaches the screen that opens."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.send(guest.token + ending)
        term.wait_for(f"Bonjour {guest.name}")
        term.settle()
        assert f"Bonjour {guest.name}" in term.text


def test_kittys_bare_modifiers_do_not_break_a_burst(corner):
    """Terminals with kitty's protocol report Shift by itself before every capital, and Enter as a code."""
    guest = corner.guests[0]
    keys = [f"\x1b[57441;2u\x1b[{ord(letter.lower())};2;{ord(letter)}u" for letter in guest.token]
    with Terminal(home=corner.path).ready() as term:
        term.send("".join(keys) + "\x1b[13u")
        term.wait_for(f"Bonjour {guest.name}")
    assert corner.arrived() == [guest.name]


def test_a_card_in_a_bracketed_paste_counts(corner):
    """Some scanners, and browsers, hand over a whole text at once."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.send(f"{ESCAPE}[200~{guest.token}\r\n{ESCAPE}[201~")
        term.wait_for(f"Bonjour {guest.name}")
    assert corner.arrived() == [guest.name]


def test_a_short_code_typed_by_hand_opens_at_its_last_letter(corner):
    """A-22, A-32: no card and no Enter needed; letters come at a hand's pace."""
    guest = corner.guests[0]
    with Terminal(home=corner.path).ready() as term:
        term.type(guest.code.lower(), 0.15)
        term.wait_for(f"Bonjour {guest.name}")
    assert corner.arrived() == [guest.name]


def test_the_same_card_twice_is_one_arrival(corner):
    """Held twice under the scanner, or shown again later: one event, and the same friendly look."""
    guest, other = corner.guests[:2]
    with Terminal(home=corner.path).ready() as term:
        for one in (guest, guest, other, guest):
            term.show_card(one.token)
        term.wait_for(lambda text: guest.name in text and "déjà notée" in text)
    assert corner.arrived() == [guest.name, other.name]
    assert kiosk(corner.path, "verify").returncode == 0


def test_the_demonstration_welcomes_its_people():
    """``kiosk demo``: the card of the printed sheet opens an outcome under the loud banner."""
    with Terminal("demo") as term:
        term.wait_for("Démonstration · codes à essayer")
        # What was read last may end within a letter.
        printed = term.outside.decode(errors="replace") or bytes(term.raw).decode(errors="replace")
        token = next(word for word in printed.split() if word.startswith("SC") and len(word) == 24)
        term.ready().show_card(token)
        shown = term.wait_for("Bonjour Ștefan I.")
        assert "Démonstration" in shown.split("\n")[1]


@pytest.mark.parametrize("pause", [0.0, 0.5])
def test_the_next_person_after_the_end_of_a_visit_is_welcomed_too(corner, pause):
    """A touch of "Terminé", then the next card, at once or a little later: every visit has its outcome."""
    with Terminal(home=corner.path).ready() as term:
        for guest in corner.guests[:3]:
            term.show_card(guest.token)
            term.wait_for(f"Bonjour {guest.name}")
            term.wait_for("Terminé")
            term.settle(0.5)  # the same key twice within half a second is one press
            term.press(TO_LAST, ENTER)
            term.wait_for("Montrez votre carte")
            term.settle(pause)
    assert corner.arrived() == [guest.name for guest in corner.guests[:3]]
