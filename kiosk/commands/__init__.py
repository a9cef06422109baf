"""The command line: English commands, messages in the operator's language, one sentence an error.

Exit codes: 0 done, 1 refused or partly done, 2 wrong usage.
"""

from __future__ import annotations

import logging
import sys

from assets.languages import N_
from kiosk.commands.shared import app, operator
from kiosk.crash_net import place_of
from kiosk.trouble import Trouble


def run() -> None:
    """Run the command that the arguments name; no traceback reaches a person, ever."""
    from kiosk.commands import arrivals, bookings, codes, keeping, setup  # noqa: F401 (they register their commands)

    translate = operator()
    try:
        app()
    except Trouble as trouble:
        print(trouble.told(translate), file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:  # the last net: a place for the technician, a sentence for the person
        logging.getLogger("kiosk").error("command failed: %s", place_of(error))
        unexpected = Trouble(
            N_(
                "La commande s'est arrêtée ({place}) : rien n'est à moitié fait ;"
                " montrez ceci au service technique."
            ),
            place=place_of(error),
        )
        print(unexpected.told(translate), file=sys.stderr)
        sys.exit(1)
