"""A sealed file opens with its key and whole, or not at all; every other file is one sentence."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.sealed import DAMAGED, NEWER, NOT_OURS, OLDER, OTHER_KEY, label_of, new_salt, seal, unseal
from kiosk.trouble import Trouble

KEY = bytes(range(32))
SALT = bytes(range(32, 64))
PIECES = [b"Ouarda", b"", b"Zuiderzee" * 9]


def sealed(*pieces: bytes, key: bytes = KEY) -> bytes:
    return b"".join(seal(key, "charleroi", SALT, pieces))


def opened(data: bytes, key: bytes = KEY) -> list[bytes]:
    return list(unseal(key, io.BytesIO(data)))


def told(data: bytes, key: bytes = KEY) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(Trouble) as refused:
        opened(data, key)
    return refused.value.sentence


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_what_was_sealed_comes_out_as_it_went_in(pieces):
    assert opened(sealed(*pieces)) == pieces


def test_only_the_format_and_the_corner_are_readable():
    data = sealed(*PIECES)
    line, rest = data.split(b"\n", 1)
    assert set(json.loads(line)) == {"format", "version", "corner", "salt", "check"}
    assert label_of(io.BytesIO(data)).corner == "charleroi"
    assert not any(word in rest for word in (b"Ouarda", b"Zuiderzee"))


def test_two_files_of_the_same_have_nothing_in_common():
    one, other = (b"".join(seal(KEY, "charleroi", new_salt(), PIECES)).split(b"\n", 1)[1] for _ in range(2))
    assert one[5:22] != other[5:22]


def test_every_flipped_bit_is_noticed():
    data = sealed(*PIECES)
    for place in range(len(data)):
        for bit in (0, 7):
            flipped = bytearray(data)
            flipped[place] ^= 1 << bit
            assert told(bytes(flipped)) in (DAMAGED, NOT_OURS, OTHER_KEY, OLDER, NEWER), (place, bit)


def test_a_file_that_was_cut_is_noticed_wherever_it_was_cut():
    data = sealed(*PIECES)
    start = data.index(b"\n") + 1
    assert {told(data[:length]) for length in range(start, len(data))} == {DAMAGED}


def pieces_of(data: bytes) -> tuple[bytes, list[bytes]]:
    """The line, and each piece with its head."""
    line, rest = data.split(b"\n", 1)
    found = []
    while rest:
        length = 5 + int.from_bytes(rest[1:5], "big")
        found.append(rest[:length])
        rest = rest[length:]
    return line + b"\n", found


@pytest.mark.parametrize(
    "arranged",
    [
        lambda a, b, c: (b, a, c),
        lambda a, b, c: (a, c),
        lambda a, b, c: (a, a, b, c),
        lambda a, b, c: (a, b, c, c),
        lambda a, b, c: (a, b"\x01" + b[1:]),
        lambda a, b, c: (a, b, b"\x00" + c[1:]),
        lambda a, b, c: (c,),
        lambda a, b, c: (),
    ],
    ids=[
        "moved",
        "left out",
        "twice",
        "last twice",
        "a middle as last",
        "a last as middle",
        "only the last",
        "none",
    ],
)
def test_no_piece_can_be_moved_left_out_or_repeated(arranged):
    line, (a, b, c) = pieces_of(sealed(*PIECES))
    assert told(line + b"".join(arranged(a, b, c))) == DAMAGED


def test_pieces_of_another_file_of_the_same_key_do_not_fit():
    line, (a, *_) = pieces_of(sealed(*PIECES))
    other = b"".join(seal(KEY, "charleroi", new_salt(), PIECES))
    _, (_, b, c) = pieces_of(other)
    assert told(line + a + b + c) == DAMAGED


def test_another_key_is_told_apart_from_a_damaged_file():
    assert told(sealed(*PIECES), bytes(32)) == OTHER_KEY


def test_the_corner_in_clear_cannot_be_changed():
    assert told(sealed(*PIECES).replace(b"charleroi", b"mons")) == OTHER_KEY


@pytest.mark.parametrize(("version", "sentence"), [(0, OLDER), (2, NEWER)])
def test_another_version_of_the_format_says_which_side_to_update(version, sentence):
    assert told(sealed(*PIECES).replace(b'"version":1', b'"version":%d' % version)) == sentence


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}",
        b"[]\n",
        b"null\n",
        b"\xff\xfe\x00",
        b'{"format":"other"}\n',
        b"[" * 2000,
        b"\x00" * 5000,
    ],
)
def test_any_other_file_is_refused_in_one_sentence(data):
    assert told(data) == NOT_OURS
