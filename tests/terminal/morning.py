"""The real program on Thursday 3 November 2022 at 8:20: only its clock is another one.

``kiosk --at`` says in a banner that the time was set by hand; these walks look at what people see.
"""

from __future__ import annotations

from datetime import UTC, datetime

import kiosk.start
from kiosk.__main__ import main
from kiosk.clock import Clock

AT = datetime(2022, 11, 3, 7, 20, tzinfo=UTC)


def _clock(_: object) -> Clock:
    clock = Clock(AT)
    clock.is_set = False
    return clock


if __name__ == "__main__":
    kiosk.start.Clock = _clock
    main()
