"""Faire le point in a real terminal: by keys alone, in the longest language, and with the plug pulled."""

from __future__ import annotations

import json
import random
import signal
import time

import pytest
from driver import ENTER, TAB, Terminal, kiosk
from guests import Corner
from journeys import GRIDS, LANGUAGE, MORNING, corner_of
from patient import after_a_moment, flat, pressed_until

from assets.assessment import bank
from assets.languages import translator

TWO_MINUTES = 120.0
KILLS = 6


def to_the_point(term: Terminal, corner: Corner, number: int, language: str) -> None:
    """Somebody shows a card and begins."""
    t = translator(language)
    guest = corner.guests[number]
    term.show_card(guest.token)
    term.wait_for(lambda text: guest.name in text and t("Faire le point") in text)
    term.settle()
    term.press(TAB, TAB, ENTER)


def question(term: Terminal, language: str) -> str:
    """The id of the item that stands on the screen, empty where none does."""
    text = flat(term)
    return next((item.id for item in bank().items.values() if item.ask[language] in text), "")


def start(term: Terminal, language: str) -> None:
    """From the opening over the three questions that count for nothing."""
    t = translator(language)
    term.wait_for(t("Commencer"))
    term.settle()
    term.press(TAB, ENTER)
    for starter in bank().starters:
        term.wait_for(lambda _, ask=starter.ask[language]: ask in flat(term))
        pressed_until(term, "1" + ENTER, starter.ask[language])


def answer_one(term: Terminal, language: str, key: str) -> str:
    """Answer the question that stands there; returns its id."""
    term.wait_for(lambda _: question(term, language))
    item = question(term, language)
    pressed_until(term, key + ENTER, bank().items[item].ask[language])
    return item


@pytest.mark.parametrize(("columns", "rows"), (GRIDS[0], GRIDS[-1]))
def test_a_whole_assessment_by_keys_in_the_longest_language(tmp_path, columns, rows):
    """A-04, A-22: from the card to the result in under two minutes; what is kept is what was pressed."""
    corner = corner_of(tmp_path / "home")
    t = translator(LANGUAGE)
    begun = time.monotonic()
    with Terminal(home=corner.path, columns=columns, rows=rows, program=MORNING).ready() as term:
        term.touch("Deutsch")
        term.wait_for(t("Montrez votre carte."))
        to_the_point(term, corner, 0, LANGUAGE)
        start(term, LANGUAGE)
        given = {}
        while t("Revoir mes réponses") not in flat(term):
            key = "321"[len(given) % 3]
            given[answer_one(term, LANGUAGE, key)] = int(key) - 1
            term.settle(0.05)
        after_a_moment(term, TAB, ENTER)
        term.wait_for(t("Passer"))
        after_a_moment(term, TAB, TAB, ENTER)
        term.wait_for(t("Voir la suite"))
        assert time.monotonic() - begun < TWO_MINUTES
        for area in bank().areas.values():
            assert area[LANGUAGE] in term.text
    ((body,),) = corner.asked("select body from change where kind = 'assessment.taken'")
    assert json.loads(body)["answers"] == given
    assert 10 <= len(given) <= 15


def test_kill_9_in_the_middle_is_gone_on_with_by_the_same_card_only(tmp_path):
    """Nothing of it is ever the next one's; what is resumed is what was said, but at most the last word."""
    chance = random.Random(20261126)
    corner = corner_of(tmp_path / "home")
    for number in range(KILLS):
        whose, other = number % 3, (number + 1) % 3
        said: dict[str, int] = {}
        with Terminal(home=corner.path, columns=56, rows=16, program=MORNING).ready() as term:
            to_the_point(term, corner, whose, "fr")
            if number < 3:
                start(term, "fr")
            else:
                term.wait_for("Recommencer")
                term.settle()
                term.press(TAB, TAB, ENTER)
                for starter in bank().starters:
                    term.wait_for(lambda _, ask=starter.ask["fr"]: ask in flat(term))
                    pressed_until(term, "1" + ENTER, starter.ask["fr"])
            for _ in range(chance.randrange(1, 6)):
                key = chance.choice("123")
                said[answer_one(term, "fr", key)] = int(key) - 1
            term.signal(signal.SIGKILL)
            term.exit_code()
        with Terminal(home=corner.path, columns=56, rows=16, program=MORNING).ready() as term:
            if number == 0:
                to_the_point(term, corner, other, "fr")
                term.wait_for("Commencer")
                assert "Recommencer" not in term.text
            to_the_point(term, corner, whose, "fr")
            term.wait_for("Recommencer")
            ((draft,),) = corner.asked(
                "select u.draft from unfinished u join participant p on p.id = u.participant_id"
                f" where p.reference = 'W-{whose}'"
            )
            kept = json.loads(draft)["answers"]
            assert list(said.items())[: len(kept)] == list(kept.items())
            assert len(kept) >= len(said) - 1
        assert corner.asked("select count(*) from assessment") == [(0,)]
    checked = kiosk(corner.path, "verify")
    assert checked.returncode == 0, checked.stderr
