"""What goes along from the path: the next date for a phone's calendar, and the Forem's site."""

from __future__ import annotations

from collections.abc import Callable

from assets.facts import hotline
from assets.languages import day, hour, translator
from assets.page_steps import forem_site_said
from models.answers import Sitting
from screens.code_screen import CodeScreen
from screens.path.messages import PathPrintWanted
from screens.widgets.qr import Modules


class DateScreen(CodeScreen):
    """A date as a code: it holds the calendar entry itself."""

    stays = 120
    called = "path"

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        code: Callable[[int], Modules | None],
        sitting: Sitting,
    ) -> None:
        translate = translator(language)
        on = f"{day(sitting.starts_at, language)}, {hour(sitting.starts_at, language)}"
        says = (translate("Photographiez ce carré."), translate("Il met dans votre agenda :"), on)
        super().__init__(place, language, banner, code, says)


class SiteScreen(CodeScreen):
    """The address of the Forem's site as a code, the number to call, and the path on paper."""

    stays = 120
    called = "path"

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
        says = (
            translate("Photographiez ce carré."),
            forem_site_said(),
            hotline() if can_print else translate("Appel gratuit : {hotline}.", hotline=hotline()),
        )
        super().__init__(place, language, banner, code, says, prints=PathPrintWanted if can_print else None)
