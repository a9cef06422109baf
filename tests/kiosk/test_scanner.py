"""The scanner's state machine, key by key, on a clock of its own."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual import events
from textual._keyboard_protocol import MODIFIER_FUNCTIONAL_KEYS

from kiosk.scanner import AFTERMATH, GAP, LINE_ENDS, LULL, SAME, SHORTEST, WHOLE, Scanner
from models.codes import MAX_INPUT, new_short_code, new_token

SCANNER_GAPS = (0.0, 0.002, 0.01, 0.03, 0.049)
HAND = 0.15


class Typist:
    """Gives keys to a scanner at chosen moments and keeps what comes out."""

    def __init__(self) -> None:
        self.scanner = Scanner()
        self.now = 100.0
        self.scans: list[str] = []
        self.keys: list[events.Key] = []

    def key(self, name: str, gap: float = 0.0) -> events.Key:
        self.now += gap
        event = events.Key(
            name, {"enter": "\r", "tab": "\t", "ctrl+j": "\n"}.get(name, name if len(name) == 1 else None)
        )
        event.time = self.now
        self._heard(self.scanner.key(event))
        return event

    def type(self, text: str, gap: float = 0.0) -> list[events.Key]:
        return [self.key(sign, gap) for sign in text]

    def silence(self, seconds: float = LULL * 1.2) -> None:
        self.now += seconds
        self._heard(self.scanner.silence(self.now))

    def paste(self, text: str) -> None:
        self._heard(self.scanner.paste(text, self.now))

    def _heard(self, heard) -> None:
        self.keys += heard.keys
        if heard.scan is not None:
            self.scans.append(heard.scan)


@pytest.fixture
def typist() -> Typist:
    return Typist()


@pytest.fixture(scope="module")
def token() -> str:
    return new_token()


@pytest.mark.parametrize("gap", SCANNER_GAPS)
@pytest.mark.parametrize("end", sorted(LINE_ENDS))
def test_a_burst_with_a_line_end_is_a_scan(typist, token, gap, end):
    """P-11: up to 49 ms a key, ended by Enter, LF or Tab; no key of it gets through."""
    typist.type(token, gap)
    typist.key(end, gap)
    assert (typist.scans, typist.keys) == ([token], [])


def test_carriage_return_and_line_feed_are_one_end(typist, token):
    """The second of the two presses nothing either; an Enter later is a hand's."""
    typist.type(token)
    typist.key("enter")
    typist.key("ctrl+j", 0.002)
    assert (typist.scans, typist.keys) == ([token], [])
    late = typist.key("enter", AFTERMATH * 2)
    assert typist.keys == [late]


@pytest.mark.parametrize("gap", [HAND, 0.051])
def test_typing_by_hand_passes_intact_and_in_order(typist, gap):
    """A-22: letters, digits, named keys and the final Enter, each exactly once."""
    typed = [
        typist.key(name, gap)
        for name in [*"bonjour", "backspace", *"R 42é", "left", *"longer than ten", "enter"]
    ]
    assert typist.scans == []
    assert typist.keys == typed


def test_a_burst_may_pause_where_the_machine_reads_late(typist, token):
    """Once three keys have come at a scanner's pace, a lull belongs to it; a longer one ends it."""
    typist.type(token[:3])
    typist.key(token[3], LULL * 0.9)
    typist.type(token[4:])
    typist.key("enter", LULL * 0.9)
    assert (typist.scans, typist.keys) == ([token], [])
    typed = typist.type("BCD")
    typist.silence(LULL * 1.1)
    assert typist.keys == typed


@given(
    st.lists(st.sampled_from([0.0, 0.002, 0.03, 0.06, 0.2, 0.35]), min_size=25, max_size=25), st.booleans()
)
def test_a_card_is_a_card_wherever_a_busy_machine_cut_it(gaps, told):
    """However often the keys stood still: one scan, and its Enter presses nothing."""
    token, typist = new_token(), Typist()
    assume(sum(gaps[1:-1]) < WHOLE)
    for letter, gap in zip([*token, "enter"], gaps, strict=True):
        if told:  # the screen had time to notice the silence
            typist.silence(gap)
        sent = typist.key(letter, 0.0 if told else gap)
    assert typist.scans == [token]
    assert sent not in typist.keys


def test_letters_typed_before_a_card_do_not_spoil_it(typist, token):
    """Half a short code, then a card: the card counts."""
    typist.type("BCD", HAND)
    typist.type(token, 0.002)
    typist.key("enter")
    assert typist.scans == [token]


def test_a_card_typed_by_hand_is_no_burst(typist, token):
    """Somebody who copies the letters of a card presses their own Enter."""
    typed = [*typist.type(token, 0.08), typist.key("enter", 0.08)]
    assert (typist.scans, typist.keys) == ([], typed)


def test_a_short_burst_is_a_hand(typist):
    """Nine fast letters are no card: they come back as typed, with their Enter."""
    typed = [*typist.type("B" * (SHORTEST - 1)), typist.key("enter")]
    assert (typist.scans, typist.keys) == ([], typed)


@pytest.mark.parametrize("modifier", [*sorted(MODIFIER_FUNCTIONAL_KEYS)[:4], "left_shift", "shift"])
def test_bare_modifiers_do_not_break_a_burst(typist, token, modifier):
    """Kitty's protocol reports them as keys of their own, also just before the Enter."""
    for letter in token:
        typist.key(modifier)
        typist.key(letter)
    typist.key(modifier)
    typist.key("enter")
    assert (typist.scans, typist.keys) == ([token], [])


@pytest.mark.parametrize(
    "intruder", ["escape", "ctrl+c", "ctrl+q", "up", "f1", "alt+b", "delete", "backspace"]
)
def test_a_control_key_inside_a_burst_drops_it(typist, token, intruder):
    """P-12: neither the keys before nor those after it, nor the Enter, have any effect."""
    typist.type(token[:10])
    typist.key(intruder)
    typist.type(token[10:])
    typist.key("enter")
    assert (typist.scans, typist.keys) == ([], [])
    typist.type(token, 0.001)
    typist.key("enter")
    assert typist.scans == [token]


@pytest.mark.parametrize("ended", [True, False])
def test_more_than_the_longest_input_is_dropped(typist, ended):
    """P-07: 4097 characters and more are refused unread, with or without an end."""
    typist.type("B" * (MAX_INPUT + 1))
    if ended:
        typist.key("enter")
    else:
        typist.silence()
    assert (typist.scans, typist.keys) == ([], [])
    assert not typist.scanner.holding


def test_the_same_code_within_three_seconds_counts_once(typist, token):
    """Three seconds from the first; another code in between counts as another."""
    for gap in (0.0, SAME / 2):
        typist.type(token[0], gap)
        typist.type(token[1:])
        typist.key("enter")
    assert typist.scans == [token]
    typist.now += SAME
    typist.type(token)
    typist.key("enter")
    assert typist.scans == [token, token]
    typist.scanner.wipe()
    typist.type(token, 0.001)
    typist.key("enter")
    assert typist.scans == [token] * 3


def test_two_cards_back_to_back_are_two_scans(typist):
    """No pause at all between one Enter and the next card."""
    tokens = [new_token() for _ in range(50)]
    for one in tokens:
        typist.type(one)
        typist.key("enter")
    assert (typist.scans, typist.keys) == (tokens, [])


def test_a_card_without_a_line_end_counts_after_a_silence(typist, token):
    """A scanner without a suffix: the whole card is a scan, anything else as long is dropped."""
    typist.type(token)
    assert typist.scanner.holding
    typist.silence(GAP)
    assert typist.scans == []
    typist.silence(LULL)
    assert (typist.scans, typist.keys) == ([token], [])
    typist.type("not a card of this house")
    typist.silence()
    assert (typist.scans, typist.keys) == ([token], [])


def test_a_silence_gives_back_a_held_letter(typist):
    """A single key by hand waits no longer than a gap."""
    typed = typist.key("b")
    assert typist.keys == []
    typist.silence(GAP * 1.2)
    assert typist.keys == [typed]
    assert not typist.scanner.holding


def test_a_whole_code_in_a_paste_counts(typist, token):
    """Card or short code, with a prefix and line ends of the scanner."""
    typist.paste(f" {token}\r\n")
    short = new_short_code()
    typist.paste(short.lower())
    assert typist.scans == [token, short.lower()]


@pytest.mark.parametrize(
    "text", ["", "hello", "BCDEFGHJKN", "85073003328", "\x1b[31m", "B" * 5000, "a\nb", "🙂"]
)
def test_any_other_paste_is_dropped(typist, text):
    """P-11: anything that is no whole code, a word of plain letters too."""
    typist.paste(text)
    assert (typist.scans, typist.keys) == ([], [])


NAMES = st.sampled_from(
    [*"BCDE", "é", "🙂", "1", " ", "enter", "tab", "ctrl+j", "escape", "up", "left_shift", "ctrl+c"]
)
MOMENTS = st.sampled_from([0.0, 0.001, 0.049, 0.051, 0.2, 0.31, 4.0])


@given(st.lists(st.tuples(NAMES, MOMENTS, st.booleans()), max_size=60))
def test_every_key_comes_out_once_or_belongs_to_a_burst(steps):
    """P-13: nothing raises; keys come out once and in order; the Enter of a scan never does."""
    typist = Typist()
    pressed: list[events.Key] = []
    for name, gap, quiet in steps:
        if quiet:
            typist.silence(gap)
        scans = len(typist.scans)
        pressed.append(typist.key(name, 0.0 if quiet else gap))
        if len(typist.scans) > scans:
            assert all(key is not pressed[-1] for key in typist.keys)
    typist.silence(1.0)
    assert not typist.scanner.holding
    numbers = {id(key): number for number, key in enumerate(pressed)}
    came = [numbers[id(key)] for key in typist.keys]
    assert came == sorted(set(came))
    for number, key in enumerate(pressed):
        before = key.time - pressed[number - 1].time if number else 1.0
        after = pressed[number + 1].time - key.time if number + 1 < len(pressed) else 1.0
        alone = before > LULL and after > LULL
        if alone and key.key not in LINE_ENDS and key.key != "left_shift":
            assert number in came, f"{key.key} was pressed by itself and is lost"


@given(st.text(alphabet="BCDEFGHJKNPRSTVX", max_size=9), st.sampled_from([HAND, 0.06]))
def test_a_hand_loses_nothing(text, gap):
    """However short: what a hand types is what comes out."""
    typist = Typist()
    typed = typist.type(text, gap)
    typist.silence(1.0)
    assert (typist.scans, typist.keys) == ([], typed)


@given(st.text(min_size=10, max_size=60, alphabet=st.characters(min_codepoint=33, max_codepoint=126)))
def test_any_burst_of_ten_and_more_is_swallowed_whole(text):
    """Ended or not, none of its keys and not its Enter reach a widget."""
    typist = Typist()
    typist.type(text)
    typist.key("enter")
    assert (typist.scans, typist.keys) == ([text], [])
    typist = Typist()
    typist.type(text)
    typist.silence()
    assert typist.keys == []
