"""What is heard of the real program: the terminal's bell, where there is no player."""

from __future__ import annotations

import re

from driver import Terminal

from models.codes import new_token

BELL = b"\a"
WORDS = b"Cette carte ou ce code ne marche pas ici."


def plain(term: Terminal) -> bytes:
    """What was written, without the strings to the terminal that a BEL ends: those do not ring."""
    return re.sub(rb"\x1b\][^\a\x1b]*\a", b"", bytes(term.raw))


def test_the_bell_follows_the_words_and_never_a_welcome(corner, tmp_path):
    """The answer is whole on the screen before anything else begins; a welcome is told by silence."""
    with Terminal(home=corner.path, KIOSK_SOUND="on", PATH=str(tmp_path)).ready() as term:
        term.show_card(corner.guests[0].token)
        term.wait_for("Votre présence est notée. Installez-vous.")
        term.settle()
        assert BELL not in plain(term)
        term.show_card(new_token())
        term.wait_for(lambda _: BELL in plain(term))
        assert -1 < plain(term).find(WORDS) < plain(term).find(BELL)
        term.settle()
        assert plain(term).count(BELL) == 1
