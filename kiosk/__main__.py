"""``kiosk``: the full-screen kiosk takes the shortest way; every other command goes through Typer."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Start the kiosk, or the command that was named."""
    arguments = sys.argv[1:]
    if arguments in ([], ["demo"]):
        from kiosk.signals import ignore_keys

        ignore_keys()  # before the imports, which a key could interrupt
        # Typer alone costs a fifth of the time to the first paint; collecting garbage that is
        # none yet costs a twentieth. The app switches it on again once it is open.
        gc.disable()
        from kiosk.start import guarded, start_demo, start_kiosk

        sys.exit(guarded(start_demo if arguments else start_kiosk, None))
    from kiosk.commands import run

    run()


if __name__ == "__main__":
    main()
