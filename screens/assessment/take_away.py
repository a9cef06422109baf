"""The result to take along: a code that holds it, and paper where there is a printer."""

from __future__ import annotations

from collections.abc import Callable

from assets.languages import translator
from screens.assessment.messages import PrintWanted
from screens.code_screen import CodeScreen
from screens.widgets.qr import Modules


class TakeAwayScreen(CodeScreen):
    """The code of a result."""

    called = "point"

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        code: Callable[[int], Modules | None],
        *,
        can_print: bool,
    ) -> None:
        translate = translator(language)
        says = (translate("Photographiez ce carré."), translate("Votre résultat est dedans."))
        super().__init__(place, language, banner, code, says, prints=PrintWanted if can_print else None)
