"""Pastes in the stream of a terminal: whatever is cut, and wherever, the next key is a key."""

from textual._xterm_parser import XTermParser
from textual.events import Paste

from kiosk.terminal import LONGEST_PASTE, PASTE_END, PASTE_SILENCE, PASTE_START, PasteGuard


def heard(*pieces: str) -> list[str]:
    """What becomes of pieces that are read one after the other, then of the letter K after a silence."""
    guard, parser, found = PasteGuard(), XTermParser(), []
    for piece in pieces:
        found += list(parser.feed(guard.admitted(piece, now=0.0)))
    if guard.given_up(PASTE_SILENCE + 0.1):
        parser = XTermParser()
    found += list(parser.feed(guard.admitted("K", now=1.0)))
    return [event.text if isinstance(event, Paste) else event.key for event in found]


def test_a_whole_paste_is_a_paste():
    assert heard(f"{PASTE_START}abc{PASTE_END}") == ["abc", "K"]
    assert heard(f"{PASTE_START}ab", f"c{PASTE_END}") == ["abc", "K"]


def test_a_paste_without_an_end_swallows_nothing_that_comes_later():
    assert heard(f"{PASTE_START}abc") == ["K"]
    assert heard(f"{PASTE_START}abc{PASTE_END}{PASTE_START}de") == ["abc", "K"]


def test_nor_does_one_that_begins_in_the_piece_in_which_another_ends():
    assert heard(f"{PASTE_START}ab", f"c{PASTE_END}{PASTE_START}de") == ["abc", "K"]
    assert heard(PASTE_START + "x" * LONGEST_PASTE, f"x{PASTE_END}{PASTE_START}de")[-1] == "K"


def test_an_end_that_was_cut_by_a_pause_is_an_end():
    guard = PasteGuard()
    guard.admitted(f"{PASTE_START}abc{PASTE_END[:2]}", now=0.0)
    assert guard.admitted(f"{PASTE_END[2:]}K", now=0.3) == f"{PASTE_END[2:]}{PASTE_END}K"


def test_of_a_paste_without_measure_the_rest_is_dropped():
    guard = PasteGuard()
    guard.admitted(PASTE_START + "x" * LONGEST_PASTE, now=0.0)
    assert guard.admitted("x", now=0.1) == ""
    assert guard.admitted(f"x{PASTE_END}K", now=0.2) == f"{PASTE_END}K"
