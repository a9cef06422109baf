"""The QR of a card token."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.paper.qr import QUIET, dark_runs, token_modules
from models.codes import ALPHABET, new_token


def drawn(modules):
    """The modules as a picture of 4 pixels each, with the quiet zone."""
    return (
        np.kron(np.pad(~np.array(modules), QUIET, constant_values=True), np.ones((4, 4))).astype(np.uint8)
        * 255
    )


@given(st.text(ALPHABET, min_size=24, max_size=24))
def test_any_token_is_read_back_from_a_version_2_level_q_code(token):
    modules = token_modules(token)
    assert {len(modules), *map(len, modules)} == {25}
    (code,) = zxingcpp.read_barcodes(drawn(modules))
    assert (code.text, code.ec_level) == (token, "Q")


def test_a_fifth_of_the_code_may_be_worn_away():
    token = new_token()
    picture = drawn(token_modules(token))
    picture[-QUIET * 4 - 36 : -QUIET * 4, -QUIET * 4 - 28 : -QUIET * 4] = 255
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == token


@pytest.mark.parametrize("letters", ["", "BCDEFG", "B" * 25, "b" * 24, "85073003328" + "B" * 13])
def test_what_is_no_card_token_gets_no_code(letters):
    with pytest.raises(ValueError, match="24 letters"):
        token_modules(letters)


def test_runs_cover_the_dark_modules_and_nothing_else():
    modules = token_modules(new_token())
    covered = {(row, column + step) for row, column, length in dark_runs(modules) for step in range(length)}
    assert covered == {(y, x) for y, line in enumerate(modules) for x, dark in enumerate(line) if dark}
