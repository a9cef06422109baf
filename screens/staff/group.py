"""The group picture: how a half-day's people, or the whole corner's, stand by area; no names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import hours
from models.assessment.group import GroupPicture, GroupPictureOf
from models.requests import Request
from screens.staff.frame import Frame, StaffScreen
from screens.staff.group_board import GroupBoard
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.wording import what


class GroupScreen(StaffScreen):
    """Before and after side by side; for a projector alone on the screen, without small counts."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    BINDINGS = [("r", "touch('whole')"), ("p", "touch('project')")]
    DEFAULT_CSS = """
    GroupScreen.-tall #title { margin: 1 0; }
    GroupScreen.-short #said { display: none; }
    GroupScreen .actions > Key { margin: 0 1 0 0; padding: 0 1; }
    GroupScreen .actions > #back { margin: 0; }
    GroupScreen.-narrow .actions > Key { min-width: 12; padding: 0; }
    GroupScreen.-projected Header, GroupScreen.-projected #title, GroupScreen.-projected #said,
    GroupScreen.-projected .actions { display: none; }
    GroupScreen.-projected #board { padding: 0 3; }
    GroupScreen.-projected.-narrow #board { padding: 0 1; }
    """

    def __init__(self, frame: Frame, half_day_id: str) -> None:
        super().__init__(frame)
        self._half_day_id = half_day_id
        self._wanted = GroupPictureOf(half_day_id)
        """What is shown, or asked for."""
        self._title = Static("", id="title", markup=False)
        self._board = GroupBoard(self.language)
        self._whole = LetteredKey(self.translate("Tout le SmartCorner"), "r", id="whole")

    def parts(self) -> Iterable[Widget]:
        """Whose picture it is, the picture, and what can be done."""
        self._whole.display = bool(self._half_day_id)
        yield self._title
        yield self._board
        yield self.said
        with Horizontal(classes="actions"):
            yield self._whole
            yield LetteredKey(self.translate("Projeter"), "p", id="project")
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the picture."""
        self.changed()

    def changed(self) -> None:
        """Somebody may have taken stock meanwhile."""
        if not self.wiped:
            self.ask(self._wanted)

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show it, unless something else is wanted by now."""
        if request == self._wanted and not self.wiped:
            self._show(result)

    def _show(self, picture: GroupPicture) -> None:
        self._board.show(picture, alone=self._wanted.projected)
        sitting, language = picture.half_day, self.language
        if sitting is None:
            self._title.update(self.translate("Tout le SmartCorner"), layout=False)
        else:
            told = f"{what(sitting, language)} · {hours(sitting.starts_at, sitting.ends_at, language)}"
            self._title.update(told, layout=False)
        if not picture.before.people and not picture.masked:
            self.say(self.translate("Personne ici n'a encore fait le point."))

    # ---- keys

    def _want(self, half_day_id: str, *, projected: bool) -> None:
        self._wanted = GroupPictureOf(half_day_id, projected)
        # Nothing of what the team alone may see stays while the other picture is on its way.
        self._board.show(None)
        self.say("")
        self.set_class(projected, "-projected")
        label = self.translate("Tout le SmartCorner") if half_day_id else self.translate("Ce groupe")
        self._whole.say(label)
        self.changed()

    def action_touch(self, name: str) -> None:
        """A letter presses its key."""
        self._do(name)

    @on(Key.Pressed, ".actions Key")
    def _touched(self, event: Key.Pressed) -> None:
        if event.key.id != "back":
            event.stop()
            self._do(event.key.id or "")

    def _do(self, name: str) -> None:
        wanted = self._wanted
        if name == "project":
            self.set_focus(None)
            self._want(wanted.half_day_id, projected=not wanted.projected)
        elif name == "whole" and self._half_day_id:
            self._want("" if wanted.half_day_id else self._half_day_id, projected=wanted.projected)

    def on_click(self, event: events.Click) -> None:
        """While it is projected there are no keys: a touch anywhere ends that."""
        if self._wanted.projected:
            event.stop()
            self._do("project")

    def go_back(self) -> None:
        """From the projector to the screen, and from there back."""
        if self._wanted.projected:
            self._do("project")
        else:
            super().go_back()

    def wipe(self) -> None:
        """Forget the picture."""
        super().wipe()
        self._board.show(None)
        self._title.update("")
