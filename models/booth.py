"""What is said in a video CV and how fast it goes by. Nothing of it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assets.booth import Guide, Pace, Part

LONGEST = 48
"""Signs of the longest sentence that a key of the smallest grid holds."""

_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Script:
    """What somebody has chosen so far."""

    chosen: Mapping[str, int | None] = field(default_factory=dict)
    """The number of the sentence by part; ``None`` where it is passed over."""

    def choose(self, part: str, number: int | None) -> Script:
        """Say it like this, or not at all."""
        return Script({**self.chosen, part: number})

    def lines(self, guide: Guide, language: str, first_name: str = "") -> tuple[str, ...]:
        """The text as it is read, in the order of the guide."""
        said = ((part, self.chosen.get(part.id)) for part in guide.parts)
        return tuple(
            sentences(part, language, first_name)[number] for part, number in said if number is not None
        )


def sentences(part: Part, language: str, first_name: str = "") -> tuple[str, ...]:
    """What can be said in a part; with a first name where it is known and short enough."""
    plain = tuple(one[language] for one in part.sentences)
    if not first_name or not part.named:
        return plain
    named = part.named[language].replace("{name}", first_name)
    return (named, *plain[1:]) if len(named) <= LONGEST else plain


def first_name(shown: str) -> str:
    """The first name in a name as the public side shows it: ``Binta`` of ``Binta O.``."""
    first, _, initial = shown.rpartition(" ")
    return first if first and len(initial) == 2 and initial.endswith(".") else shown


def durations(lines: Sequence[str], pace: float) -> tuple[float, ...]:
    """Seconds that each line stands there, at so many words a minute."""
    return tuple(_words(line) * 60 / pace for line in lines)


def _words(line: str) -> int:
    """Words of a line; one that has none is shown all the same."""
    return max(1, len(_WORD.findall(line)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that goes by at a steady pace."""

    lines: tuple[str, ...]
    pace: int
    """Words a minute."""
    said: float = 0.0
    """Words that have gone by: another pace changes nothing of that."""
    paused: bool = False

    @property
    def words(self) -> int:
        """Words of the whole text."""
        return sum(map(_words, self.lines))

    @property
    def over(self) -> bool:
        """Whether the last word has gone by."""
        return self.said >= self.words

    @property
    def share(self) -> float:
        """How much has gone by, from 0 to 1."""
        return self.said / self.words if self.lines else 1.0

    @property
    def at(self) -> int:
        """The number of the line that is read now; the last one once all is over."""
        left = self.said
        for number, line in enumerate(self.lines):
            left -= _words(line)
            if left < 0:
                return number
        return max(0, len(self.lines) - 1)

    @property
    def word(self) -> int:
        """How many words of the present line have gone by."""
        return int(self.said - sum(map(_words, self.lines[: self.at])))

    def passes(self, seconds: float) -> Reading:
        """Some time later."""
        if self.paused:
            return self
        return replace(self, said=min(self.said + seconds * self.pace / 60, float(self.words)))

    def faster(self, pace: Pace, steps: int) -> Reading:
        """One or more steps faster, or slower; never beyond what can be read."""
        wanted = self.pace + steps * pace.step
        return replace(self, pace=max(pace.slowest, min(wanted, pace.fastest)))

    def pause(self) -> Reading:
        """Stand still, or go on."""
        return replace(self, paused=not self.paused)

    def again(self) -> Reading:
        """From the first word, at the pace that was found."""
        return replace(self, said=0.0, paused=False)
