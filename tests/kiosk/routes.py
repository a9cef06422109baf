"""The ways through the public screens, as data: what is pressed, typed or shown, and where it leads.

A new screen needs a line in ``ROUTES`` that reaches it; ``test_walks`` says so where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hands import Played

from kiosk.rehearsal import FIRST, Rehearsal
from models.words import Answer
from screens.assessment.announce import AnnounceScreen
from screens.assessment.folder import FolderScreen
from screens.assessment.next_step import NextStepScreen
from screens.assessment.opening import OpeningScreen
from screens.assessment.question import QuestionScreen, StarterScreen
from screens.assessment.recap import RecapScreen, ReviewScreen
from screens.assessment.result import ResultScreen
from screens.assessment.spot import SpotScreen
from screens.assessment.take_away import TakeAwayScreen
from screens.booth.opening import BoothScreen
from screens.booth.prompter import PrompterScreen
from screens.booth.ready import ReadyScreen
from screens.booth.script import ScriptScreen
from screens.booth.sentence import SentenceScreen
from screens.card import CardScreen
from screens.choices import AudienceScreen, ConfirmScreen, HelpScreen, NamesScreen
from screens.code_pad import CodePadScreen
from screens.code_screen import CodeScreen
from screens.dates import DatesScreen
from screens.day import DayScreen
from screens.first_name import FindNameScreen, WalkInNameScreen
from screens.meeting import MeetingScreen
from screens.path.codes import DateScreen, SiteScreen
from screens.path.next import PathNextScreen
from screens.path.page import PageScreen
from screens.path.places import AskedScreen, PlaceScreen
from screens.path.steps import PathScreen
from screens.pin import PinScreen
from screens.practice import PracticeScreen
from screens.public import PublicScreen
from screens.reception import ReceptionScreen
from screens.still_there import StillThereScreen
from screens.ways import WaysScreen
from screens.who import WhoScreen
from screens.widgets.key import Key

UNKNOWN_CODE = "XVXVXV"
"""Well formed, and nobody's."""

SLIP = "XVXVXB"
"""A code whose last letter is wrong."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does, and the screen that they are on after it."""

    lands: type[PublicScreen]
    key: str = ""
    """Presses the key that begins so."""
    letters: str | Callable[[Rehearsal], str] = ""
    """Gives these letters."""
    card: int | None = None
    """Shows the card of this invented person."""
    waits: float = 0
    """Touches nothing for so many seconds."""
    answer: Answer | None = None
    """What the rule of arriving answers."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way from the welcome to somewhere."""

    name: str
    steps: Sequence[Step]
    before: Sequence[str] = field(default=())
    """What is made true in the database first."""


def press(key: str, lands: type[PublicScreen], answer: Answer | None = None) -> Step:
    return Step(lands, key=key, answer=answer)


def give(
    letters: str | Callable[[Rehearsal], str], lands: type[PublicScreen], answer: Answer | None = None
) -> Step:
    return Step(lands, letters=letters, answer=answer)


def show(card: int, answer: Answer) -> Step:
    return Step(ReceptionScreen, card=card, answer=answer)


def said(answer: str, at: type[PublicScreen], lands: type[PublicScreen]) -> tuple[Step, ...]:
    """An answer is chosen, then confirmed."""
    return (press(answer, at), press("Continuer", lands))


def code_of(person: int) -> Callable[[Rehearsal], str]:
    return lambda day: day.people[person].code


BINTA, GIUSEPPE, OKSANA, MEHDI, NADINE, KOFI = 0, 6, 7, 8, 9, 10

TO_WAYS = (press("Je suis là", WaysScreen),)
TO_PIN = (press("Équipe", WhoScreen), press(FIRST, PinScreen))
TO_PAD = (*TO_WAYS, press("Taper mon code", CodePadScreen))
TO_NAMES = (*TO_WAYS, press("Chercher mon nom", FindNameScreen), give("B", NamesScreen))
TO_CONFIRM = (*TO_NAMES, press("Binta O.", ConfirmScreen))
TO_WALK_IN = (*TO_WAYS, press("Je n'ai pas réservé", WalkInNameScreen), give("ZO", WalkInNameScreen))
TO_AUDIENCE = (*TO_WALK_IN, press("Continuer", AudienceScreen))

STARTED = "update half_day set starts_at = '2022-11-03 07:00:00.000000'"
ENDED = "update half_day set ends_at = '2022-11-03 07:20:00.000000', starts_at = '2022-11-03 05:00:00.000000'"
FULL = "update half_day set capacity = 0"
PAUSED = (
    "insert into code_pause (id, kiosk_id, at, until, why) select 'p', kiosk_id,"
    " '2022-11-03 07:21:00.000000', '2022-11-03 07:26:00.000000', 'unknown' from identity"
)
NO_BOOKINGS = "delete from booking"

TO_PRACTICE = (press("Voir la journée", DayScreen), press("M'exercer", PracticeScreen))
TO_MEETING = (*TO_PRACTICE, press("Essayer l'appel", MeetingScreen))
TO_BOOTH = (*TO_PRACTICE, press("Préparer mon CV", BoothScreen))
TO_SENTENCE = (*TO_BOOTH, press("Commencer", SentenceScreen))
TO_SCRIPT = (*TO_SENTENCE, *(press("1 ·", SentenceScreen) for _ in range(5)), press("1 ·", ScriptScreen))
TO_READY = (*TO_SCRIPT, press("Continuer", ScriptScreen), press("Continuer", ReadyScreen))
TO_OPENING = (press("Faire le point", OpeningScreen),)
TO_STARTER = (*TO_OPENING, press("Commencer", StarterScreen))
STARTED_UP = (*TO_STARTER, *(step for _ in range(2) for step in said("○ Oui", StarterScreen, StarterScreen)))
TO_QUESTION = (*STARTED_UP, *said("○ Oui", StarterScreen, QuestionScreen))
TO_PARTIAL = (
    *TO_QUESTION,
    *said("○ Oui, avec", QuestionScreen, QuestionScreen),
    press("Arrêter ici", ResultScreen),
    press("Voir la suite", NextStepScreen),
)
TO_RECAP = (
    *TO_QUESTION,
    *(step for _ in range(9) for step in said("○ Oui, sans", QuestionScreen, QuestionScreen)),
    *said("○ Oui, sans", QuestionScreen, RecapScreen),
)
TO_ANNOUNCE = (*TO_RECAP, press("Continuer", AnnounceScreen))
TO_RESULT = (*TO_ANNOUNCE, press("Passer", ResultScreen))

TO_PATH = (show(GIUSEPPE, Answer.TOO_EARLY), press("Mon parcours", PathScreen))
TO_PATH_NEXT = (*TO_PATH, press("Voir la suite", PathNextScreen))
TO_DATE = (*TO_PATH_NEXT, press("Noter la date", DateScreen))
TO_SITE = (*TO_PATH_NEXT, press("Emporter", SiteScreen))
TO_PAGE = (*TO_PATH_NEXT, press("Préparer ma page", PageScreen))
TO_PLACE = (*TO_PATH_NEXT, press("Demander une place", PlaceScreen))
TO_ASKED = (*TO_PLACE, press("Demander une place", AskedScreen))
OTHER_PLACE = press("Voir un autre atelier", PlaceScreen)
TO_FULL_PLACE = (*TO_PLACE, OTHER_PLACE, OTHER_PLACE)

ROUTES = (
    Route("path-date", TO_DATE),
    Route("path-site", TO_SITE),
    Route("path-page", (*TO_PAGE, press("C'est fait", PageScreen), press("Pas encore", PageScreen))),
    Route("path-place", TO_ASKED),
    Route("path-waits", (*TO_FULL_PLACE, press("Attendre une place", AskedScreen))),
    Route("path-full", (*TO_FULL_PLACE, press("Voir les dates", DatesScreen))),
    Route(
        "day-then-place",
        (
            show(BINTA, Answer.WELCOME),
            press("Voir la journée", DayScreen),
            press("Demander une place", PlaceScreen),
        ),
    ),
    Route("meeting", TO_MEETING),
    Route(
        "meeting-in-it",
        (
            *TO_MEETING,
            press("Commencer", MeetingScreen),
            *(press(label, MeetingScreen) for label in ("○ Caméra", "○ Micro", "Quitter")),
        ),
    ),
    Route(
        "meeting-left",
        (
            *TO_MEETING,
            press("Commencer", MeetingScreen),
            *(press(label, MeetingScreen) for label in ("Quitter", "Quitter", "Recommencer")),
        ),
    ),
    Route("booth-camera", (*TO_BOOTH, press("Demander la caméra", HelpScreen))),
    Route(
        "booth-sentences",
        (*TO_SENTENCE, press("2 ·", SentenceScreen), *(press("Passer", SentenceScreen),) * 2),
    ),
    Route(
        "booth-change",
        (*TO_SCRIPT, press("2 ·", SentenceScreen), press("3 ·", ScriptScreen)),
    ),
    Route("booth-reading", (*TO_READY, press("M'exercer à lire", PrompterScreen))),
    Route("point-starter", (*TO_STARTER, press("○ Non", StarterScreen))),
    Route("point-question", (*TO_QUESTION, press("? Je ne", QuestionScreen))),
    Route("point-partial", TO_PARTIAL),
    Route(
        "point-review",
        (*TO_RECAP, press("Revoir mes réponses", ReviewScreen), press("Continuer", ReviewScreen)),
    ),
    Route("point-spot", (*TO_ANNOUNCE, press("Commencer", SpotScreen))),
    Route("point-folder", (*TO_ANNOUNCE, press("Commencer", SpotScreen), press("Passer", FolderScreen))),
    Route(
        "point-take-away",
        (*TO_RESULT, press("Voir la suite", NextStepScreen), press("Emporter", TakeAwayScreen)),
    ),
    Route("welcome", ()),
    Route(
        "day",
        (press("Voir la journée", DayScreen), Step(DayScreen, waits=5), press("Voir la suite", DayScreen)),
    ),
    Route("help", (press("Aide", HelpScreen),)),
    Route("help-from-the-ways", (*TO_WAYS, press("Aide", HelpScreen))),
    Route("pin", (*TO_PIN, give("12", PinScreen))),
    Route("team-help", (press("Équipe", WhoScreen), press("Aide", HelpScreen))),
    Route("sample-card", (press("Carte d'essai", CardScreen),)),
    Route("still-there", (*TO_PAD, give("BC", CodePadScreen), Step(StillThereScreen, waits=61))),
    Route("code", (*TO_PAD, give(code_of(BINTA), ReceptionScreen, Answer.WELCOME))),
    Route("slip", (*TO_PAD, give(SLIP, CodePadScreen, Answer.MISTYPED))),
    Route(
        "unknown-then-name",
        (
            *TO_PAD,
            give(UNKNOWN_CODE, ReceptionScreen, Answer.UNKNOWN),
            press("Chercher mon nom", FindNameScreen),
        ),
    ),
    Route("pause", (*TO_PAD, give(UNKNOWN_CODE, ReceptionScreen, Answer.PAUSE)), (PAUSED,)),
    Route("name", (*TO_CONFIRM, press("C'est moi", ReceptionScreen, Answer.WELCOME))),
    Route("not-me", (*TO_CONFIRM, press("Ce n'est pas moi", NamesScreen))),
    Route(
        "walk-in-chooses",
        (
            *TO_AUDIENCE,
            press("Je finis mes études", ReceptionScreen, Answer.CHOOSE),
            press("Atelier SmartJob", ReceptionScreen, Answer.WELCOME),
        ),
    ),
    Route(
        "walk-in-when-full",
        (
            *TO_AUDIENCE,
            press("Je change de métier", ReceptionScreen, Answer.FULL),
            press("Voir les dates", DatesScreen),
        ),
        (FULL,),
    ),
    Route("card-then-day", (show(BINTA, Answer.WELCOME), press("Voir la journée", DayScreen))),
    Route("late", (show(BINTA, Answer.WELCOME_LATE),), (STARTED,)),
    Route(
        "twice",
        (
            show(BINTA, Answer.WELCOME),
            press("Terminé", ReceptionScreen),
            show(BINTA, Answer.ALREADY_HERE),
            press("Aide", HelpScreen),
        ),
    ),
    Route("early", (show(GIUSEPPE, Answer.TOO_EARLY), press("Voir la journée", DayScreen))),
    Route("over", (show(BINTA, Answer.OVER),), (ENDED,)),
    Route("other-day", (show(OKSANA, Answer.OTHER_DAY),)),
    Route("other-corner", (show(MEHDI, Answer.OTHER_CORNER),)),
    Route("cancelled", (show(NADINE, Answer.CANCELLED),)),
    Route("not-booked", (show(BINTA, Answer.NOT_BOOKED),), (NO_BOOKINGS,)),
    Route("choose", (show(KOFI, Answer.CHOOSE), press("SmartJob", ReceptionScreen, Answer.WELCOME))),
)


def asked_of(played: Played) -> list[Answer]:
    """Every answer of the rule of arriving from now on, also one that is said on the pad."""
    given: list[Answer] = []
    app = played.app
    show_answer = app._show_answer

    def noted(finished, rule, *, own, typed) -> None:
        if finished.exception() is None:
            given.append(finished.result().answer)
        show_answer(finished, rule, own=own, typed=typed)

    app._show_answer = noted
    return given


def way_back(played: Played) -> Key | None:
    """The key at the right end of the lowest row."""
    keys = [key for key in played.app.screen.query(Key) if key.region.area]
    if isinstance(played.app.screen, CodeScreen):
        return next((key for key in keys if key.id == "back"), None)
    return max(keys, key=lambda key: (key.region.bottom, key.region.right), default=None)
