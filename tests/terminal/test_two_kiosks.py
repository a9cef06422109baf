"""Two full-screen kiosks and one database file."""

from __future__ import annotations

import pytest
from driver import Terminal, kiosk


def test_two_kiosks_share_a_file_where_the_settings_say_so(corner):
    """Cards on both at once: nothing lost, nothing doubled, and the log still holds together."""
    corner.set("several_kiosks = true")
    ours, theirs, both = corner.guests[:30], corner.guests[30:60], corner.guests[60:70]
    with Terminal(home=corner.path).ready() as one, Terminal(home=corner.path).ready() as two:
        for here, there in zip(ours, theirs, strict=True):
            one.show_card(here.token)
            two.show_card(there.token)
        for guest in both:
            one.show_card(guest.token)
            two.show_card(guest.token)
        one.wait_for(f"Bonjour {both[-1].name}")
        two.wait_for(f"Bonjour {both[-1].name}")
    arrived = corner.arrived()
    assert sorted(arrived) == sorted(guest.name for guest in (*ours, *theirs, *both))
    mine = [guest.name for guest in ours]
    assert [name for name in arrived if name in set(mine)] == mine
    checked = kiosk(corner.path, "verify")
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("way", ["the-same", "a-link"])
def test_a_second_kiosk_is_refused_in_one_sentence(corner, tmp_path, way):
    """Two on one file are a decision, never an accident; the first one goes on."""
    guest = corner.guests[0]
    other = {}
    if way == "a-link":
        (tmp_path / "link.db").symlink_to(corner.database)
        other = {"KIOSK_DATABASE": str(tmp_path / "link.db")}
    with Terminal(home=corner.path).ready() as first:
        with Terminal(home=corner.path, **other) as second:
            assert second.exit_code() == 1
            said = [line for line in bytes(second.raw).decode().splitlines() if line.strip()]
            assert len(said) == 1
            assert "several_kiosks = true" in said[0]
            assert b"\x1b" not in second.raw
        first.show_card(guest.token)
        first.wait_for(f"Bonjour {guest.name}")


def test_the_lock_goes_with_its_process(corner):
    """A kiosk that was killed does not keep the next one out."""
    with Terminal(home=corner.path).ready() as term:
        term.process.kill()
        term.exit_code()
    with Terminal(home=corner.path) as term:
        term.ready()
