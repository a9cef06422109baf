"""Each way of arriving in a real terminal, at every grid, in the language with the longest texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from driver import Terminal
from journeys import GRIDS, LANGUAGE, MORNING, PEOPLE, WALK_IN, corner_of, walk

from assets import languages


@pytest.mark.parametrize(("columns", "rows"), (GRIDS[0], GRIDS[-1]))  # ``make pictures`` walks all four
def test_every_way_arrives_and_nothing_is_cut(tmp_path, columns, rows):
    """A-04, A-17, A-22: card, code, name, no booking; who called for help or went back is not lost."""
    corner = corner_of(tmp_path / "home")
    passed: list[tuple[str, str]] = []
    with Terminal(home=corner.path, columns=columns, rows=rows, program=MORNING).ready() as term:
        walk(term, corner.guests, lambda way, step: passed.append((way, step)))
    assert {way for way, step in passed if step == "answer"} == {"card", "code", "name", "walk-in", "back"}
    card, code, name, back = (first for first, _ in PEOPLE[:4])
    assert corner.asked(
        "select p.first_name, e.way from attendance_event e join participant p on p.id = e.participant_id"
        " where e.kind = 'arrived' order by e.stored_at, e.id"
    ) == [(card, "card"), (code, "code"), (name, "name"), (WALK_IN, "name"), (back, "card")]
    assert corner.asked("select language, audience from participant where reference = ''") == [
        (LANGUAGE, "student")
    ]
    assert corner.asked("select source, status from booking where asked_at is not null") == [
        ("walk_in", "booked")
    ]
    assert corner.asked("select why, screen, people from help_call") == [("asked", "ways", "")]


def test_the_language_of_these_ways_has_the_longest_texts():
    """Where another language grows longer, it takes the place of this one in the walks and the pictures."""
    folder = Path(languages.__file__).parent
    length = {"fr": 0}
    for language in languages.LANGUAGES[1:]:
        with (folder / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        length[language] = sum(len(str(message.string)) for message in messages)
        length["fr"] = sum(len(str(message.id)) for message in messages)
    assert max(length, key=length.__getitem__) == LANGUAGE, length
