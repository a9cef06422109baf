"""What the corner's own files say comes into force: its corners and its catalogue, where it has them."""

from __future__ import annotations

from assets.facts import use_own
from kiosk.home import Home
from kiosk.own_corners import corner_facts, said_of_corners


def use_own_facts(home: Home) -> None:
    """Put both files of a home in force.

    Raises:
        Trouble: one of them is wrong, or cannot be read.
    """
    use_own_corners(home)
    use_own_catalogue(home)


def use_own_corners(home: Home) -> None:
    """Put the corners of a home in force; enough where a kiosk is to be installed.

    Raises:
        Trouble: the file is damaged.
    """
    use_own(corners=corner_facts(said_of_corners(home.corners_file)))


def use_own_catalogue(home: Home) -> None:
    """Put the catalogue of a home in force.

    Raises:
        Trouble: something in the file is unknown, missing or wrong.
    """
    if not home.catalogue_file.exists():
        use_own(programmes={})
        return
    from kiosk.catalogue import own_programmes

    use_own(programmes=own_programmes(home.catalogue_file))
