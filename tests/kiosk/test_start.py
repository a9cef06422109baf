"""Starting the full screen: with which clock, under which banner, and alone or not."""

from __future__ import annotations

import pytest
from command_line import MORNING, WITHIN

from assets.languages import local
from kiosk import start


@pytest.fixture
def played(monkeypatch):
    """What would have been played: the front, the clock and how to prepare, instead of a screen."""
    calls = []

    def play(front, clock, database, prepare):
        calls.append((front, clock, database, prepare))
        return 0

    monkeypatch.setattr(start, "_play", play)
    return calls


@pytest.mark.parametrize(
    "arguments", [("--at", MORNING, "demo"), ("demo", "--at", MORNING), ("--at", MORNING)], ids=" ".join
)
def test_a_rehearsal_takes_place_at_the_time_that_was_set(line, played, arguments):
    """Wherever ``--at`` stands; the banner names the codes and says that the time is not the real one."""
    assert line(*arguments).code == 0
    ((front, clock, *_),) = played
    assert local(clock.now()).isoformat("T", "minutes") == WITHIN.replace(":00+", "+")
    assert front.banner.startswith("Démonstration")
    assert front.banner.endswith(" · heure réglée à la main")
    assert len(front.banner) < 80


def test_a_rehearsal_at_the_real_time_says_nothing_of_it(line, played):
    assert line("demo").code == 0
    ((front, *_),) = played
    assert "heure réglée" not in front.banner


@pytest.mark.parametrize("at", [(), ("--at", MORNING)])
def test_an_installed_kiosk_says_that_its_time_was_set(installed, played, at):
    assert installed(*at).code == 0
    ((front, *_),) = played
    assert ("réglée à la main" in front.banner) is bool(at)
