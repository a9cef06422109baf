"""To whom does a piece go? Who is there first; the group has its key on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil

from textual import events, on
from textual.containers import Container, Horizontal
from textual.widget import Widget
from textual.widgets import Static

from models.equipment import Borrower
from screens.messages import BackWanted
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.digits import digit_of
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey


class BorrowerScreen(StaffScreen):
    """One touch says who has the piece; digits say it as well."""

    BINDINGS = [("g", "group"), ("pagedown", "more")]
    DEFAULT_CSS = """
    BorrowerScreen.-tall #title { margin: 1 0; }
    BorrowerScreen #people {
        layout: grid; grid-size: 2; grid-rows: 3; grid-gutter: 0 2; width: 100%; height: 1fr; padding: 0 1;
    }
    BorrowerScreen #people Key { width: 100%; padding: 0; }
    BorrowerScreen .-away { color: $quiet; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    def __init__(
        self, frame: Frame, piece: str, people: Sequence[Borrower], chosen: Callable[[str], None]
    ) -> None:
        super().__init__(frame)
        self._people = list(people)
        self._chosen: Callable[[str], None] | None = chosen
        self._page = 0
        self._title = Static(
            self.translate("Prêter {piece} : à qui ?", piece=piece), id="title", markup=False
        )
        self._more = Key(self.translate("Suite"), id="more")

    def parts(self) -> Iterable[Widget]:
        """The question, the people, the group, the way back."""
        yield self._title
        yield Container(id="people")
        yield self.said
        with Horizontal(classes="actions"):
            yield LetteredKey(self.translate("Le groupe"), "g", id="group")
            yield Static(classes="gap")
            yield self._more
            yield Static(classes="gap")
            yield self.back_key()

    async def on_mount(self) -> None:
        """Show the first page."""
        await self._draw()

    @property
    def _room(self) -> int:
        """How many people a page has; never more than digits."""
        height = self.app.size.height - bool(self.frame[2])
        rows = (height - (9 if height >= 20 else 6)) // 3
        return max(2, min(8, 2 * rows))

    @property
    def _shown(self) -> list[Borrower]:
        return self._people[self._page * self._room :][: self._room]

    async def _draw(self) -> None:
        pages = max(1, ceil(len(self._people) / self._room))
        self._page %= pages
        self._more.display = pages > 1
        for box in self.query("#people").results(Container):
            await box.remove_children()
            if box.is_attached:
                await box.mount_all(self._key(number, one) for number, one in enumerate(self._shown, 1))
        if not self._people:
            self.say(self.translate("Personne n'est sur la liste : il reste le groupe."))

    def _key(self, number: int, one: Borrower) -> Key:
        name = one.name if one.present else self.translate("{name} (pas là)", name=one.name)
        key = Key(f"{number}  {name}", id=f"person-{number}")
        key.set_class(not one.present, "-away")
        return key

    def on_key(self, event: events.Key) -> None:
        """Digits, on any keyboard."""
        digit = digit_of(event)
        if digit and 0 < int(digit) <= len(self._shown):
            event.stop()
            event.prevent_default()
            self._choose(self._shown[int(digit) - 1].person_id)

    @on(Key.Pressed, "#people Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        number = int((event.key.id or "").removeprefix("person-"))
        if number <= len(self._shown):
            self._choose(self._shown[number - 1].person_id)

    @on(Key.Pressed, "#group")
    def action_group(self) -> None:
        """The piece is for everybody."""
        self._choose("")

    @on(Key.Pressed, "#more")
    async def action_more(self) -> None:
        """The next page of people."""
        self._page += 1
        await self._draw()

    def _choose(self, person_id: str) -> None:
        chosen, self._chosen = self._chosen, None
        if chosen is not None:
            self.post_message(BackWanted())
            chosen(person_id)

    def wipe(self) -> None:
        """Forget the people, and who asked."""
        super().wipe()
        self._people = []
        self._chosen = None
        for key in self.query("#people Key").results(Key):
            key.say("")
