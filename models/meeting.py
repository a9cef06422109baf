"""A video meeting to practise with: what is on, what happens next. Nobody is seen, heard or kept.

Every control does at any time what it does in a real meeting; nothing is punished.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assets.meeting import Story


class Control(StrEnum):
    """What a meeting has to touch, in the order in which it stands on the screen."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    HAND = "hand"
    CHAT = "chat"
    SHARE = "share"
    LEAVE = "leave"


SEEN_IN_ITS_MOMENT = frozenset({Control.HAND, Control.CHAT, Control.SHARE})
"""Controls that only count when somebody waits for them; sound and picture may be on before."""


class Said(StrEnum):
    """What is said beside the story."""

    NOTHING = "nothing"
    HINT = "hint"
    PRAISE = "praise"
    SURE = "sure"
    """Whether somebody really wants to leave already."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting at one moment."""

    moment: int = 0
    """How many moments of the story are over."""
    on: frozenset[Control] = frozenset()
    said: Said = Said.NOTHING
    left: bool = False

    def over(self, story: Story) -> bool:
        """Whether it has ended, or somebody has left."""
        return self.left or self.moment >= len(story.moments)


def press(meeting: Meeting, control: Control, story: Story) -> Meeting:
    """Touch a control."""
    if meeting.over(story):
        return meeting
    asked = story.moments[meeting.moment]
    if control is Control.LEAVE:
        if asked.control == Control.LEAVE:
            return replace(meeting, moment=meeting.moment + 1, left=True, said=Said.NOTHING)
        if meeting.said is Said.SURE:
            return replace(meeting, left=True, said=Said.NOTHING)
        return replace(meeting, said=Said.SURE)
    changed = replace(meeting, on=meeting.on ^ {control}, said=Said.HINT)
    return _go_on(changed, story)


def _go_on(meeting: Meeting, story: Story) -> Meeting:
    """Over every moment whose need is met: whoever has turned something on already has done it."""
    while meeting.moment < len(story.moments):
        asked = story.moments[meeting.moment]
        if asked.control == Control.LEAVE or (Control(asked.control) in meeting.on) is not asked.on:
            return meeting
        # What was raised, opened or shown before its moment came has not been seen yet: it is asked for anew.
        following = story.moments[meeting.moment + 1 : meeting.moment + 2]
        anew = {Control(one.control) for one in following} & SEEN_IN_ITS_MOMENT
        on = meeting.on - anew - ({Control.HAND} if asked.control == Control.HAND else set())
        meeting = replace(meeting, moment=meeting.moment + 1, on=on, said=Said.PRAISE)
    return meeting
