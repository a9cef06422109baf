"""A walk-in who is a known person."""

from __future__ import annotations

from screens.staff.frame import Frame, StaffScreen


class MergeScreen(StaffScreen):
    """Who is this walk-in?"""

    def __init__(self, frame: Frame, half_day_id: str, person_id: str) -> None:
        super().__init__(frame)
        self.half_day_id = half_day_id
        self.person_id = person_id
