"""A seam: overwritten by the screen of the same name."""

from __future__ import annotations

from screens.staff.frame import Frame, StaffScreen


class CardsScreen(StaffScreen):
    """Stands for the screen that is built beside this one."""

    def __init__(self, frame: Frame, person_id: str) -> None:
        super().__init__(frame)
        self.person_id = person_id
