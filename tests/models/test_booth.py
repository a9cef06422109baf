"""The video CV: what is said of it, and a pace that is steady whatever is touched."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assets.booth import guide
from assets.languages import LANGUAGES
from models.booth import LONGEST, Reading, Script, durations, first_name, sentences

PACE = guide().pace
LINES = st.lists(
    st.lists(st.sampled_from(["un", "l'emploi", "À", "peut-être", "CV"]), min_size=1, max_size=12).map(
        " ".join
    ),
    min_size=1,
    max_size=8,
).map(tuple)
PACES = st.integers(PACE.slowest, PACE.fastest)
SECONDS = st.floats(0, 30)
CHOICES = st.dictionaries(
    st.sampled_from([part.id for part in guide().parts]), st.sampled_from([None, 0, 1, 2])
)


def close(one: float, other: float) -> bool:
    return one == pytest.approx(other, abs=1e-6)


@given(LINES, PACES)
def test_all_lines_together_take_their_words_at_that_pace(lines, pace):
    words = sum(len(line.split()) for line in lines)
    assert close(sum(durations(lines, pace)), words / pace * 60)


@given(LINES, PACES, PACES)
def test_faster_is_never_longer(lines, one, other):
    slow, fast = durations(lines, min(one, other)), durations(lines, max(one, other))
    assert all(quick <= calm for quick, calm in zip(fast, slow, strict=True))


@given(LINES, PACES)
def test_each_line_stands_as_long_as_it_should(lines, pace):
    """Just before a line's time is over it still stands there; just after it the next one does."""
    until = 0.0
    for number, seconds in enumerate(durations(lines, pace)):
        until += seconds
        reading = Reading(lines, pace)
        assert reading.passes(until - 0.01).at == number
        assert reading.passes(until + 0.01).at == min(number + 1, len(lines) - 1)
    assert Reading(lines, pace).passes(until + 0.01).over
    assert not Reading(lines, pace).passes(until - 0.01).over


@given(LINES, PACES, SECONDS)
def test_the_word_that_is_read_is_one_of_its_line(lines, pace, seconds):
    reading = Reading(lines, pace).passes(seconds)
    gone = sum(len(line.split()) for line in lines[: reading.at])
    assert gone + reading.word == int(reading.said)
    assert reading.over or reading.word < len(lines[reading.at].split())


@given(LINES, PACES, st.lists(st.tuples(SECONDS, st.booleans()), max_size=12))
def test_a_pause_loses_nothing(lines, pace, times):
    """What has gone by is what has gone by outside of pauses, in however many pieces."""
    reading, running = Reading(lines, pace), 0.0
    for seconds, pauses in times:
        if pauses:
            before = reading
            reading = reading.pause().passes(seconds).pause()
            assert reading == before
        else:
            reading, running = reading.passes(seconds), running + seconds
    assert close(reading.said, Reading(lines, pace).passes(running).said)


@given(LINES, PACES, SECONDS, st.integers(-9, 9))
def test_another_pace_moves_no_word(lines, pace, seconds, steps):
    reading = Reading(lines, pace).passes(seconds)
    changed = reading.faster(PACE, steps)
    assert (changed.said, changed.at, changed.share) == (reading.said, reading.at, reading.share)
    assert PACE.slowest <= changed.pace <= PACE.fastest
    assert reading.faster(PACE, 1).pace >= reading.pace >= reading.faster(PACE, -1).pace
    assert changed.again() == Reading(lines, changed.pace)


@given(CHOICES, st.sampled_from(LANGUAGES), st.sampled_from(["", "Zélie", "Bartholomeus-Maria-Immaculata"]))
def test_a_script_reads_what_was_chosen_in_the_order_of_the_guide(choices, language, name):
    script = Script()
    for part, number in sorted(choices.items(), reverse=True):
        script = script.choose(part, number)
    wanted = [
        sentences(part, language, name)[choices[part.id]]
        for part in guide().parts
        if choices.get(part.id) is not None
    ]
    assert list(script.lines(guide(), language, name)) == wanted


@given(CHOICES, st.sampled_from([None, 0, 1, 2]))
def test_the_last_choice_counts(choices, number):
    assume("good" in choices)
    script = Script(choices).choose("good", number)
    assert script.chosen == {**choices, "good": number}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_name_is_said_where_it_fits(language):
    """A name that is too long for a key is not said; nobody is called by a piece of it."""
    hello = guide().parts[0]
    assert "Zélie" in sentences(hello, language, "Zélie")[0]
    assert sentences(hello, language, "Zélie")[1:] == sentences(hello, language)[1:]
    assert sentences(hello, language, "Z" * LONGEST) == sentences(hello, language)
    assert all(sentences(part, language, "Zélie") == sentences(part, language) for part in guide().parts[1:])


@pytest.mark.parametrize(
    ("shown", "first"),
    [("Binta O.", "Binta"), ("Anne Marie L.", "Anne Marie"), ("Oksana", "Oksana"), ("O.", "O."), ("", "")],
)
def test_only_the_first_name_is_said(shown, first):
    assert first_name(shown) == first
