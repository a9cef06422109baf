"""Small counts are hidden so that nothing which is shown gives them away (P-23).

A row of counts has a known sum, so hiding one count of it hides nothing. Three rules:

- A count under the smallest is hidden. Where the hidden ones of a row could be told from their sum, the
  smallest of the others goes with them: where there is only one; where their sum is a small count itself;
  where it is the greatest that so many small counts can have. What is hidden of a row can then be swapped
  without anything shown changing, so that nobody can tell one from the other, even who knows the rules.
- Of fewer people than the smallest count nothing is shown, not even how many they are. The same holds
  where those who stand in one picture and not in the other are so few.
- A picture beside a larger one that holds it is hidden, row by row, where the difference of what both show
  would be a small count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models.assessment.group import GroupPicture, Row, Side


def masked(whole: GroupPicture, smallest: int, *, beside: GroupPicture | None = None) -> GroupPicture:
    """A picture without its small counts.

    Args:
        whole: with every count.
        smallest: the smallest count that may be shown.
        beside: a picture with every count that holds all people of this one, and is shown too, masked.
    """
    sides = _sides(whole)
    shown = _masked(sides, smallest)
    if beside is not None:
        around = _sides(beside)
        shown = [
            _apart(*each, smallest)
            for each in zip(sides, shown, around, _masked(around, smallest), strict=True)
        ]
    before, after = shown
    areas = dict(after.areas)
    progress, _ = areas.pop(_PROGRESS)
    return replace(whole, before=before, after=Side(after.people, areas), progress=progress, masked=True)


_PROGRESS = "progress"
"""Stands among the areas of ``after`` while small counts are looked for: who has made it, and who not."""


def _sides(whole: GroupPicture) -> list[Side]:
    people, progress = whole.after.people or 0, whole.progress or 0
    row = {_PROGRESS: (progress, people - progress)}
    return [whole.before, Side(people, {**whole.after.areas, **row})]


def _masked(sides: list[Side], smallest: int) -> list[Side]:
    before, after = (_side(side, smallest) for side in sides)
    if 0 < (sides[0].people or 0) - (sides[1].people or 0) < smallest:
        # Who has not come back would be a small count.
        after = nothing(after)
    return [before, after]


def masked_row(row: Row, smallest: int, *, least: int = 0) -> Row:
    """A row of counts, of which the sum is known, without the small ones and what would tell them.

    Args:
        row: every count.
        smallest: the smallest count that may be shown.
        least: the smallest count that is hidden; 1 where nobody is told to be nobody.
    """
    counts = [count or 0 for count in row]
    hidden = {place for place, count in enumerate(counts) if least <= count < smallest}
    while hidden and not any(counts[place] >= smallest for place in hidden):
        total = sum(counts[place] for place in hidden)
        # One of them at least may be large, and not all of them are as large as small ones can be.
        if len(hidden) > 1 and smallest + least * (len(hidden) - 1) <= total < len(hidden) * (smallest - 1):
            break
        others = [count for place, count in enumerate(counts) if place not in hidden and count >= least]
        if not others:
            # Where nobody is told, so many people in so many groups may tell each of them.
            hidden = set(range(len(counts)))
            break
        # All that are as small: which of them was chosen would tell something.
        hidden |= {place for place, count in enumerate(counts) if count == min(others)}
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def _side(whole: Side, smallest: int) -> Side:
    if (whole.people or 0) < smallest:
        return nothing(whole)
    return Side(whole.people, {area: masked_row(row, smallest) for area, row in whole.areas.items()})


def nothing(side: Side) -> Side:
    """One side of a picture with everything hidden."""
    return Side(None, {area: (None,) * len(row) for area, row in side.areas.items()})


# ---- beside a larger picture


def _apart(whole: Side, shown: Side, beside: Side, around: Side, smallest: int) -> Side:
    """One side of a picture beside the same side of the larger one."""
    if shown.people is None or around.people is None:
        return shown
    rest = around.people - shown.people
    if rest == 0:
        return shown
    if rest < smallest:
        return nothing(shown)
    return Side(
        shown.people,
        {
            area: row
            if _rest_is_large(whole.areas[area], row, beside.areas[area], around.areas[area], smallest)
            else (None,) * len(row)
            for area, row in shown.areas.items()
        },
    )


def _rest_is_large(whole: Row, shown: Row, beside: Row, around: Row, smallest: int) -> bool:
    """Whether everybody else is a large enough count, wherever both rows show or add up to something."""
    return all(
        sum((beside[place] or 0) - (whole[place] or 0) for place in places) >= smallest
        for places in _told(shown, around)
    )


def _told(shown: Row, around: Row) -> Iterator[set[int]]:
    """The smallest sets of places of which both rows tell the sum."""
    hidden, others = ({place for place, count in enumerate(row) if count is None} for row in (shown, around))
    for place in range(len(shown)):
        if place not in hidden | others:
            yield {place}
    if hidden & others:
        yield hidden | others
    else:
        yield from (places for places in (hidden, others) if places)
