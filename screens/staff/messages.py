"""What the team's screens ask the app for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

from screens.messages import SideMessage

if TYPE_CHECKING:
    from models.assessment.reading import ResultFor
    from models.cards import NewCard, NewShortCode
    from models.documents import CertificateFor, SheetFor
    from models.requests import Request
    from models.review.period import Period
    from screens.staff.export import ExportScreen
    from screens.staff.frame import StaffScreen
    from screens.staff.network import NetworkScreen
    from screens.staff.ready_line import ReadyLine
    from screens.staff.ready_today import ReadyTodayScreen
    from screens.staff.roster import RosterScreen
    from screens.staff.sharing_line import SharingLine
    from screens.staff.sign import SignScreen


class StaffAsks(Message):
    """Do this request; the answer goes to the screen's ``answered``."""

    def __init__(self, screen: StaffScreen, request: Request[Any], then: Request[Any] | None = None) -> None:
        super().__init__()
        self.screen = screen
        self.request = request
        self.then = then
        """What is asked in the same moment, after it: mostly what the screen shows."""


class StaffOpens(Message):
    """Put another screen of the team's side over this one."""

    def __init__(self, screen: StaffScreen) -> None:
        super().__init__()
        self.screen = screen


class PaperWanted(Message):
    """Print this document; the screen is told what became of it."""

    def __init__(self, screen: StaffScreen, document: SheetFor | CertificateFor | ResultFor) -> None:
        super().__init__()
        self.screen = screen
        self.document = document


class ExportWanted(SideMessage):
    """Take a report along as a file; the screen is told what became of it."""

    side = "export"

    def __init__(
        self, screen: ExportScreen, period: Period, format_: str, *, outside: bool, network: bool = False
    ) -> None:
        super().__init__()
        self.screen = screen
        self.period = period
        self.format = format_
        self.outside = outside
        self.network = network
        """Whether it is that of the whole network."""


class NetworkWanted(SideMessage):
    """What the hub tells of a span of days; the screen is told by ``show_network``, or why not."""

    side = "network"

    def __init__(self, screen: NetworkScreen, period: Period) -> None:
        super().__init__()
        self.screen = screen
        self.period = period


class SignWanted(Message):
    """Do this request once whoever is signed in has given their PIN; the answer goes to ``answered``."""

    def __init__(self, screen: StaffScreen, request: Request[Any], says: str) -> None:
        super().__init__()
        self.screen = screen
        self.request = request
        self.says = says
        """What the PIN is for."""


class SignatureGiven(Message):
    """A whole PIN was entered on the pad that signs."""

    def __init__(self, pad: SignScreen, pin: str) -> None:
        super().__init__()
        self.pad = pad
        self.pin = pin


class CodeWanted(Message):
    """Give somebody a new card or short code: show it, end the one before, and put a card on paper."""

    def __init__(self, screen: StaffScreen, request: NewCard | NewShortCode) -> None:
        super().__init__()
        self.screen = screen
        self.request = request


class LightWanted(SideMessage):
    """Is the kiosk ready for today? Whoever asks is told by ``show_light``."""

    side = "ready"

    def __init__(self, asker: ReadyLine | ReadyTodayScreen | RosterScreen) -> None:
        super().__init__()
        self.asker = asker


class SharingBegins(SideMessage):
    """The kiosk is ready, or another minute has gone by: share, where it is enrolled by now."""

    side = "sharing"


class SharingWanted(SideMessage):
    """How far are this kiosk and its hub? The line is told by ``show``."""

    side = "sharing"

    def __init__(self, line: SharingLine) -> None:
        super().__init__()
        self.line = line
