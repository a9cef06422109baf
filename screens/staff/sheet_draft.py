"""What is being typed of a sheet: which line is active, which times wait, what is on its way to the disk."""

from __future__ import annotations

from models.paper_entry import TypedLine, TypedSheet

HOUR = 4
"""Digits of one time."""


class SheetDraft:
    """The lines with what is typed and not yet on the disk; each person keeps theirs."""

    def __init__(self) -> None:
        self.sheet: TypedSheet | None = None
        self.active = 0
        """Number of the line that is being typed."""
        self._typed: dict[str, str] = {}
        """Digits by person, as long as they are not entered."""
        self._asked: dict[str, str] = {}
        """Digits by person that are on their way to the disk."""
        self._stored: dict[str, bool] = {}
        """Who is on the disk and not yet read back; whether the ledger said the same before."""
        self._agreed: dict[str, str] = {}
        """What the ledger said of somebody when the sheet said the same."""
        self._again: set[str] = set()

    @property
    def lines(self) -> tuple[TypedLine, ...]:
        """Everybody on the sheet."""
        return self.sheet.lines if self.sheet else ()

    @property
    def person(self) -> TypedLine | None:
        """Whose line is active."""
        return self.lines[self.active] if self.active < len(self.lines) else None

    @property
    def digits(self) -> str:
        """What is typed on the active line."""
        return self.typed(self.person) if self.person else ""

    @property
    def unfinished(self) -> bool:
        """Whether something is typed that is not entered."""
        return bool(self._typed)

    @property
    def complete(self) -> bool:
        """Whether every line is on the disk."""
        return bool(self.lines) and all(self.done(line) for line in self.lines)

    def typed(self, line: TypedLine) -> str:
        """What is typed on a line."""
        return self._typed.get(line.person_id, "")

    def done(self, line: TypedLine) -> bool:
        """Whether the ledger says what the sheet says."""
        return line.from_paper or self._agreed.get(line.person_id) == line.reckoning.seen

    def to_look_at(self, line: TypedLine) -> bool:
        """Whether the line was refused, and nothing has been typed on it since."""
        return line.person_id in self._again

    def read(self, sheet: TypedSheet | None) -> None:
        """Take the sheet as it is now; whoever is active stays so."""
        active = self.person.person_id if self.person else ""
        self.sheet = sheet
        ids = [line.person_id for line in self.lines]
        self.active = ids.index(active) if active in ids else max(0, min(self.active, len(ids) - 1))
        for line in self.lines:
            if line.person_id in self._stored:
                self._asked.pop(line.person_id, None)
                if self._stored[line.person_id]:
                    self._agreed[line.person_id] = line.reckoning.seen
        self._stored.clear()

    def move(self, step: int) -> None:
        """Some lines up or down."""
        self.active = max(0, min(self.active + step, len(self.lines) - 1))

    def type(self, digits: str) -> None:
        """The active line has these digits now."""
        if self.person is not None:
            self._again.discard(self.person.person_id)
            self._typed.pop(self.person.person_id, None)
            if digits:
                self._typed[self.person.person_id] = digits[: 2 * HOUR]

    def go_on(self) -> None:
        """The next line; after the last one the first that is still open."""
        if self.active + 1 < len(self.lines):
            self.active += 1
            return
        waiting = (
            n for n, line in enumerate(self.lines) if not self.done(line) and not self._on_its_way(line)
        )
        self.active = next(waiting, self.active)

    def _on_its_way(self, line: TypedLine) -> bool:
        return line.person_id in self._asked

    def enter(self, person_id: str) -> None:
        """A line goes to the disk."""
        self._asked[person_id] = self._typed.pop(person_id, "")
        self._again.discard(person_id)

    def stored(self, person_id: str, *, agreed: bool) -> None:
        """A line is on the disk; ``agreed`` where the ledger said the same already."""
        self._stored[person_id] = agreed

    def give_back(self, person_id: str) -> None:
        """A line is not on the disk: it waits as it was typed, and nobody's next keys fall on it."""
        typed = self._asked.pop(person_id, "")
        if typed and person_id not in self._typed:
            self._typed[person_id] = typed
        self._again.add(person_id)
