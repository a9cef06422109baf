"""The meeting to practise with: everything can be touched at any time, and it always goes on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assets.meeting import story
from models.meeting import Control, Meeting, Said, press

TOUCHES = st.lists(st.sampled_from(list(Control)), max_size=60)


def played(touches) -> Meeting:
    meeting = Meeting()
    for control in touches:
        meeting = press(meeting, control, story())
    return meeting


@given(TOUCHES)
def test_from_everywhere_what_is_asked_for_goes_on(touches):
    """Never stuck: whatever was touched before, the control of the moment leads to a later one."""
    meeting = played(touches)
    for _ in range(2 * len(story().moments)):
        if meeting.over(story()):
            break
        asked = Control(story().moments[meeting.moment].control)
        after = press(meeting, asked, story())
        assert after.moment > meeting.moment
        meeting = after
    assert meeting.over(story())


@given(TOUCHES)
def test_nothing_that_was_done_is_ever_taken_away(touches):
    """No touch leads back, and none is punished: it changes what it changes, and a hint follows."""
    meeting = Meeting()
    for control in touches:
        after = press(meeting, control, story())
        assert after.moment >= meeting.moment
        if after.moment == meeting.moment and control is not Control.LEAVE and not meeting.over(story()):
            assert after.on == meeting.on ^ {control}
            assert after.said is Said.HINT
        meeting = after
    assert 0 <= meeting.moment <= len(story().moments)


def test_who_has_turned_it_on_already_is_not_asked_to():
    """The camera first, then the microphone: both moments are over."""
    meeting = played([Control.CAMERA, Control.MICROPHONE])
    assert (meeting.moment, meeting.said) == (2, Said.PRAISE)


def test_leaving_early_is_asked_once_and_then_done():
    assert played([Control.LEAVE]).said is Said.SURE
    assert not played([Control.LEAVE, Control.CAMERA]).over(story())
    assert played([Control.LEAVE, Control.LEAVE]).left
    assert not played([Control.LEAVE, Control.CAMERA, Control.LEAVE]).left


def test_the_story_played_through_ends_with_everything_learnt():
    asked = [Control(moment.control) for moment in story().moments]
    meeting = played(asked)
    assert meeting.over(story())
    assert all(meeting.moment >= learnt.after for learnt in story().learnt)
    assert {*asked} == {*Control}


def test_nothing_is_praised_that_nobody_has_waited_for():
    """A hand, a message or a screen before its moment is asked for anew when the moment comes."""
    early = [Control.HAND, Control.CHAT, Control.SHARE]
    asked = [Control(moment.control) for moment in story().moments]
    meeting = played(early)
    for number, control in enumerate(asked):
        assert meeting.moment == number
        meeting = press(meeting, control, story())
    assert meeting.over(story())
