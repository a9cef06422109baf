"""A short run of random input (``make random`` is the long one); and its promises can be broken."""

from __future__ import annotations

import signal

import pytest
from crowd import Crowd, gather
from driver import ALTERNATE_OFF, Terminal
from promises import Promises
from random_input import Run

ACTIONS = 60
SEED = 738
"""Its first moods have a little of everything in them, down to the smallest grid."""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    return gather(tmp_path_factory.mktemp("crowd") / "home")


def test_random_input_finds_no_way_out_and_changes_nothing_unasked(crowd, tmp_path):
    """Bytes, keys, touches, pastes, sizes down to 20 x 5, scans and wrong PINs: then a card works as ever."""
    with Terminal(home=crowd.corner.path, HOME=str(tmp_path)).ready() as term:
        run = Run(SEED, crowd, term)
        promises = run.play(ACTIONS, float("inf"))
        assert run.done.total() == ACTIONS
        assert promises.new_rows["attendance.arrived"], "nobody came: the run says nothing"
        assert len(run.seen) > 4, f"few screens were met: {run.seen}"
    assert not list(tmp_path.iterdir())


def test_a_broken_promise_is_found(crowd):
    """What lies under the kiosk, a name that nobody asked for, an arrival that nobody asked for."""
    away, guest = next(iter(crowd.away.values())), crowd.probes[20]
    with Terminal(home=crowd.corner.path).ready() as term:
        promises = Promises(crowd, term)
        promises.look()
        promises.count(small=False)
        term.raw += ALTERNATE_OFF
        with pytest.raises(AssertionError, match="1049l"):
            promises.look()
        term.show_card(away.token)
        term.wait_for(away.name)
        with pytest.raises(AssertionError, match="drawn"):
            promises.look()
        term.show_card(guest.token)
        term.wait_for(guest.name)
        with pytest.raises(AssertionError, match="nobody asked"):
            promises.count(small=False)
        term.signal(signal.SIGTERM)
        term.exit_code()
        with pytest.raises(AssertionError, match="ended"):
            promises.look()
