"""Lists of corners in: what ``import`` does with them; no kiosk needs to be installed for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.facts import use_own
from assets.languages import N_, Translate
from kiosk.home import Home, replace_whole
from kiosk.importing.corner_lines import CornersRead, read_corners
from kiosk.own_corners import as_bytes, corner_facts, said_of_corners
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.importing.tables import Table
    from kiosk.own_corners import Said


class CornersIn:
    """The corners of a home, while lists of them come in."""

    def __init__(self, home: Home, *, dry_run: bool) -> None:
        self._home = home
        self._dry_run = dry_run
        self._said: Mapping[str, Said] = said_of_corners(home.corners_file)
        self.use()

    def use(self) -> None:
        """Put them in force, those of a try too, so that bookings behind the list may name them."""
        use_own(corners=corner_facts(self._said))

    def take(self, table: Table, translate: Translate) -> CornersRead:
        """Keep what a list says, and put it in force.

        Raises:
            NotReadable: two of its columns mean the same.
            Trouble: the home cannot be written.
        """
        read = read_corners(table, self._said, translate)
        if read.said != self._said and not self._dry_run:
            self._keep(read.said)
        self._said = read.said
        self.use()
        return read

    def _keep(self, said: Mapping[str, Said]) -> None:
        self._home.make()
        try:
            replace_whole(self._home.corners_file, as_bytes(said))
        except OSError:
            raise Trouble(
                N_("Le fichier {path} ne peut pas être écrit : vérifiez vos droits et le disque."),
                path=self._home.corners_file,
            ) from None
