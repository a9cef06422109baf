"""The equipment of the corner: one touch lends a piece, one brings it back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, Counted, hour
from models.equipment import (
    AddEquipment,
    Handled,
    Lend,
    OpenLoan,
    Piece,
    Refused,
    RetireEquipment,
    Return,
    ReturnAll,
    SeeEquipment,
    Shelf,
)
from screens.messages import CloseWanted
from screens.staff.borrower import BorrowerScreen
from screens.staff.choosing import ChoiceScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.pieces import PieceKey, Pieces
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey

if TYPE_CHECKING:
    from models.requests import Request

KINDS = {
    "tablet": N_("Tablette"),
    "smartphone": N_("Smartphone"),
    "television": N_("Télévision"),
    "camera": N_("Caméra"),
}
"""The words of ``models.words.EQUIPMENT_KINDS``."""


class EquipmentScreen(StaffScreen):
    """Every piece of the corner, page by page; what is out says with whom.

    It is the first screen of whoever looks after devices: with ``may_close`` it closes the kiosk too.
    """

    BINDINGS = [
        ("down", "row(1)"),
        ("up", "row(-1)"),
        ("t", "return_all"),
        ("pagedown", "more"),
        ("a", "add"),
        ("r", "retire"),
        ("f", "close_kiosk"),
    ]
    DEFAULT_CSS = """
    EquipmentScreen.-tall #title { margin: 1 0 0 0; }
    EquipmentScreen .actions > Key { padding: 0; min-width: 12; margin: 0 1 0 0; }
    EquipmentScreen .actions > #all, EquipmentScreen .actions > #kiosk { min-width: 18; }
    EquipmentScreen .actions > #back { margin: 0; }
    EquipmentScreen.-narrow .actions > Key { min-width: 8; margin: 0; }
    EquipmentScreen.-narrow .actions > #all { min-width: 17; }
    EquipmentScreen.-narrow .actions > #kiosk { min-width: 8; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    def __init__(self, frame: Frame, half_day_id: str = "", *, may_close: bool = False) -> None:
        super().__init__(frame)
        self._half_day_id = half_day_id
        self._shelf = Shelf(())
        self._page = 0
        self._retiring = False
        """The next piece that is touched is to be retired."""
        self._title = Static("", id="title", markup=False)
        self._pieces = Pieces()
        translate = self.translate
        self._keys: dict[str, Key] = {
            "all": LetteredKey(translate("Tout est rentré"), "t", id="all"),
            "add": LetteredKey(translate("Ajouter"), "a", id="add"),
            "retire": LetteredKey(translate("Retirer"), "r", id="retire"),
            "more": Key(translate("Suite"), id="more"),
        }
        for key in self._keys.values():
            key.display = False
        self._close = LetteredKey("", "f", id="kiosk")
        self._close.display = may_close
        self._drawing = asyncio.Lock()
        """An answer and a new size may come at the same time."""

    def parts(self) -> Iterable[Widget]:
        """How much is out, the pieces, what was said, the keys of this role."""
        yield self._title
        yield self._pieces
        yield self.said
        with Horizontal(classes="actions"):
            yield from self._keys.values()
            yield self._close
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the pieces."""
        self.changed()

    async def on_resize(self) -> None:
        """As many pieces as fit."""
        await self._draw()

    def changed(self) -> None:
        """Somebody may have lent or brought back something."""
        self.ask(SeeEquipment(self._half_day_id))

    async def _draw(self) -> None:
        async with self._drawing:
            if not self._pieces.is_attached:
                return
            width, height = self.app.size
            room = (width, height - 6 - (height >= 20) - bool(self.frame[2]))
            shelf, translate = self._shelf, self.translate
            self._close.say(translate("Fermer la borne") if width >= 80 else translate("Fermer"))
            where = [self._where(piece, room) for piece in shelf.pieces]
            self._page = await self._pieces.draw(shelf.pieces, where, self._page, room)
            mine = any(one.loan and one.loan.half_day_id == self._half_day_id for one in shelf.pieces)
            shown = {
                "all": shelf.may_lend and mine,
                "add": shelf.may_keep,
                "retire": shelf.may_keep,
                "more": self._pieces.pages > 1,
            }
            for name, display in shown.items():
                self._keys[name].display = display
            self._title.update(self._summary(), layout=False)

    def _summary(self) -> str:
        translate, pieces = self.translate, self._shelf.pieces
        odd = next((one.loan for one in pieces if one.loan and one.loan.twice), None)
        if odd is not None:
            return translate("{piece} : prêt noté deux fois, vérifiez qui l'a.", piece=odd.equipment)
        if not pieces:
            return translate("Matériel : rien n'est inscrit pour ce SmartCorner.")
        out = sum(piece.loan is not None for piece in pieces)
        if not out:
            return translate("Matériel : tout est là.")
        return translate(
            Counted("Matériel : {n} pièce sortie sur {all}", "Matériel : {n} pièces sorties sur {all}"),
            n=out,
            all=len(pieces),
        )

    def _where(self, piece: Piece, room: tuple[int, int]) -> str:
        """Where a piece is, in one line, or two where there is room."""
        if piece.loan is None:
            return self.translate("disponible")
        who, since = self._holder(piece.loan), hour(piece.loan.since, self.language)
        if room[1] >= 30:
            return "\n".join((who, self.translate("depuis {hour}", hour=since)))
        return f"{who} · {since}" if len(who) + len(since) <= 13 else who

    def _holder(self, loan: OpenLoan) -> str:
        if loan.person:
            return loan.person
        named = self._shelf.may_lend and not loan.person_id
        return self.translate("Le groupe") if named else self.translate("dehors")

    # ---- touches

    @on(Key.Pressed, "PieceKey")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        if isinstance(event.key, PieceKey):
            self._handle(event.key.piece)

    def _handle(self, piece: Piece) -> None:
        if self._retiring:
            self._retiring = False
            self._ask_to_retire(piece)
        elif not self._shelf.may_lend:
            self.refused(Return(piece.id))
        elif piece.loan is not None:
            self.ask(Return(piece.id))
        else:

            def chosen(person_id: str) -> None:
                self.ask(Lend(piece.id, person_id, self._half_day_id))

            self.open(BorrowerScreen(self.frame, piece.name, self._shelf.borrowers, chosen))

    @on(Key.Pressed, "#all")
    def action_return_all(self) -> None:
        """Everything of this half-day has come back."""
        if self._keys["all"].display:
            self.ask(ReturnAll(self._half_day_id))

    @on(Key.Pressed, "#more")
    async def action_more(self) -> None:
        """The next page."""
        self._page += 1
        await self._draw()

    @on(Key.Pressed, "#add")
    def action_add(self) -> None:
        """One more piece: of which kind?"""
        if self._shelf.may_keep:
            kinds = {kind: self.translate(label) for kind, label in KINDS.items()}
            question = [self.translate("Que voulez-vous ajouter ?")]
            self.open(ChoiceScreen(self.frame, question, kinds, lambda kind: self.ask(AddEquipment(kind))))

    @on(Key.Pressed, "#retire")
    def action_retire(self) -> None:
        """The next piece that is touched is not the corner's any more."""
        if self._shelf.may_keep:
            self._retiring = not self._retiring
            self.say(self.translate("Touchez ce que vous voulez retirer.") if self._retiring else "")

    @on(Key.Pressed, "#kiosk")
    def action_close_kiosk(self) -> None:
        """Ask once before the kiosk closes."""
        if self._close.display:
            self.post_message(CloseWanted())

    def _ask_to_retire(self, piece: Piece) -> None:
        answers = {"yes": self.translate("Oui, retirer"), "no": self.translate("Non, garder")}

        def chosen(word: str) -> None:
            if word == "yes":
                self.ask(RetireEquipment(piece.id))

        self.say("")
        question = [self.translate("Retirer {piece} de ce SmartCorner ?", piece=piece.name)]
        self.open(ChoiceScreen(self.frame, question, answers, chosen))

    def action_row(self, step: int) -> None:
        """Up or down: to the nearest piece of the next row, else to the next key."""
        here = self.focused
        rows = [key for key in self.query(PieceKey) if isinstance(here, PieceKey)]
        there = [key for key in rows if here and (key.region.y - here.region.y) * step > 0]
        if here is not None and there:
            nearest = min(
                there,
                key=lambda key: (abs(key.region.y - here.region.y), abs(key.region.x - here.region.x)),
            )
            self.set_focus(nearest)
        elif step > 0:
            self.action_next_key()
        else:
            self.action_previous_key()

    # ---- answers

    async def _show(self, shelf: Shelf) -> None:
        self._shelf = shelf
        await self._draw()

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401
        """Show the pieces, or say what became of the touch."""
        if isinstance(result, Shelf):
            self.call_later(self._show, result)
            return
        if isinstance(request, ReturnAll):
            self.say(
                self.translate(
                    Counted("Retour noté pour {n} pièce.", "Retour noté pour {n} pièces."), n=len(result)
                )
            )
        elif isinstance(request, AddEquipment):
            self.say(self.translate("Écrivez « {piece} » dessus : c'est son nom.", piece=result.name))
        elif isinstance(result, Handled):
            self.say(self._became(request, result))
        self.changed()

    def _became(self, request: Request[Any], handled: Handled) -> str:
        translate, piece = self.translate, handled.piece
        name = piece.name if piece else ""
        holder = self._holder(piece.loan) if piece and piece.loan else ""
        match handled.refused:
            case Refused.OUT if isinstance(request, RetireEquipment):
                return translate("{piece} n'est pas là : notez d'abord le retour.", piece=name)
            case Refused.OUT:
                return translate(
                    "{piece} : prêt déjà noté ({who}). Notez d'abord le retour.", piece=name, who=holder
                )
            case Refused.NOT_OUT:
                return translate("{piece} : le retour était déjà noté.", piece=name)
            case Refused.RETIRED:
                return translate("{piece} n'est plus ici : choisissez une autre pièce.", piece=name)
            case Refused.GONE:
                return translate("Cette personne n'est plus sur la liste : choisissez encore.")
        if isinstance(request, Lend):
            return translate("{piece} : prêt noté ({who}).", piece=name, who=holder)
        if isinstance(request, Return):
            return translate("{piece} : retour noté.", piece=name)
        return translate("{piece} : retrait noté.", piece=name)

    def wipe(self) -> None:
        """Forget who has what."""
        super().wipe()
        self._shelf = Shelf(())
        self._title.update("")
        for key in self.query(PieceKey):
            key.show(Piece(key.piece.id, key.piece.kind, ""), "")
