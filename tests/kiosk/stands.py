"""Where something of a person can be seen, and every way in which it has to go.

A new screen that shows something of a person needs a line in ``STANDS``, and a new way of leaving one in
``WIPES``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from hands import Played, spell, tap, time_between_touches, touch, until
from routes import (
    BINTA,
    ENDED,
    FULL,
    GIUSEPPE,
    KOFI,
    MEHDI,
    NADINE,
    OKSANA,
    STARTED,
    TO_ANNOUNCE,
    TO_ASKED,
    TO_DATE,
    TO_OPENING,
    TO_PAD,
    TO_PAGE,
    TO_PARTIAL,
    TO_PATH,
    TO_PATH_NEXT,
    TO_PIN,
    TO_PLACE,
    TO_QUESTION,
    TO_READY,
    TO_RECAP,
    TO_RESULT,
    TO_SCRIPT,
    TO_SENTENCE,
    TO_SITE,
    Step,
    code_of,
    give,
    press,
    show,
    way_back,
)
from textual import events

from assets.letters import big
from kiosk.rehearsal import SECOND, Rehearsal
from models.words import Answer
from screens.assessment.folder import FolderScreen
from screens.assessment.next_step import NextStepScreen
from screens.assessment.recap import ReviewScreen
from screens.assessment.spot import SpotScreen
from screens.assessment.take_away import TakeAwayScreen
from screens.booth.prompter import PrompterScreen
from screens.choices import AudienceScreen, ConfirmScreen, HelpScreen, NamesScreen
from screens.code_pad import CodePadScreen
from screens.dates import DatesScreen
from screens.day import DayScreen
from screens.first_name import FindNameScreen, WalkInNameScreen
from screens.path.page import PageScreen
from screens.pin import PinScreen
from screens.reception import ReceptionScreen
from screens.still_there import StillThereScreen
from screens.ways import WaysScreen
from screens.who import WhoScreen
from screens.widgets.answer_keys import AnswerKeys

MARKED = "eniwxyZ"[::-1]
"""Not spelt out: Python keeps the lines of this file for its tracebacks."""
LETTERS = "XV" * 2 + "X"
"""Letters of a code that nobody has."""

NOBODY = "wzxyQ"[::-1]
"""A first name that nobody has."""

PIN = "372819"[::-1]

NEXT = 1
"""The invented person who comes after."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a person stands when something of them can be seen."""

    name: str
    steps: Sequence[Step]
    who: int = BINTA
    """Who of the invented people bears the marked name."""
    marks: Sequence[str] = (MARKED,)
    """What must be gone afterwards."""
    before: Sequence[str] = ()
    """What is made true in the database first."""


_TWO = (
    "insert into participant (id, reference, first_name, last_name)"
    f" values ('z2', 'T-2', '{MARKED}', 'Orban')",
    "insert into booking (id, participant_id, half_day_id) select 'b2', 'z2', half_day_id from booking b"
    " join participant p on p.id = b.participant_id where p.reference = 'DEMO-00' limit 1",
)

TO_FIND = (press("Je suis là", WaysScreen), press("Chercher mon nom", FindNameScreen))
TO_NAMES = (*TO_FIND, give("Z", NamesScreen))
TO_CONFIRM = (*TO_NAMES, press(MARKED, ConfirmScreen))
TO_WALK_IN = (
    press("Je suis là", WaysScreen),
    press("Je n'ai pas réservé", WalkInNameScreen),
    give(MARKED.upper(), WalkInNameScreen),
)
TO_AUDIENCE = (*TO_WALK_IN, press("Continuer", AudienceScreen))
COLLEAGUE = (f"update staff_member set name = '{MARKED}' where name = '{SECOND}'",)
TO_COLLEAGUES_PIN = (press("Équipe", WhoScreen), press(MARKED, PinScreen))
WELCOME = show(BINTA, Answer.WELCOME)
GONE = Step(StillThereScreen, waits=61)
"""Nobody touches anything until the kiosk asks."""

CODE_MARKS = (LETTERS, "   ".join(LETTERS))
NAME_MARKS = (MARKED, MARKED[:3], f"{MARKED[:5]}_")
NOBODY_MARKS = (NOBODY, NOBODY[:3], f"{NOBODY[:4]}_")

TO_NEXT = (*TO_RESULT, press("Voir la suite", NextStepScreen))
TAKEN_MARKS = (MARKED, " / ".join(("COMMUNIQUER", "CHERCHER", "CREER")))
"""The name, and the text that the code holds."""

SAID_MARKS = (MARKED, f"'appelle {MARKED}")
"""The name, and the sentence of a video CV that says it."""

STANDS = (
    Stand("card", (WELCOME,)),
    Stand("code", (*TO_PAD, give(code_of(BINTA), ReceptionScreen))),
    Stand("name", (*TO_CONFIRM, press("C'est moi", ReceptionScreen))),
    Stand("late", (show(BINTA, Answer.WELCOME_LATE),), before=(STARTED,)),
    Stand("over", (show(BINTA, Answer.OVER),), before=(ENDED,)),
    Stand("choose", (show(KOFI, Answer.CHOOSE),), KOFI),
    Stand("other-day", (show(OKSANA, Answer.OTHER_DAY),), OKSANA),
    Stand("other-corner", (show(MEHDI, Answer.OTHER_CORNER),), MEHDI),
    Stand("cancelled", (show(NADINE, Answer.CANCELLED),), NADINE),
    Stand("walk-in", (*TO_AUDIENCE, press("Je finis", ReceptionScreen)), marks=NAME_MARKS),
    Stand("full", (*TO_AUDIENCE, press("Je finis", ReceptionScreen)), marks=NAME_MARKS, before=(FULL,)),
    Stand(
        "dates",
        (*TO_AUDIENCE, press("Je finis", ReceptionScreen), press("Voir les dates", DatesScreen)),
        marks=NAME_MARKS,
        before=(FULL,),
    ),
    Stand("day", (WELCOME, press("Voir la journée", DayScreen))),
    Stand("help", (WELCOME, press("Aide", HelpScreen))),
    Stand("same-name", (*TO_CONFIRM, press("C'est moi", HelpScreen)), before=_TWO),
    Stand("letters", (*TO_FIND, give(NOBODY.upper(), FindNameScreen)), marks=NOBODY_MARKS),
    Stand("names", TO_NAMES),
    Stand("confirm", TO_CONFIRM),
    Stand("first-name", TO_WALK_IN, marks=NAME_MARKS),
    Stand("audience", TO_AUDIENCE, marks=NAME_MARKS),
    Stand("pad", (*TO_PAD, give(LETTERS, CodePadScreen)), marks=CODE_MARKS),
    Stand("point-opening", (WELCOME, *TO_OPENING)),
    Stand("point-question", (WELCOME, *TO_QUESTION)),
    Stand("point-partial", (WELCOME, *TO_PARTIAL)),
    Stand("point-review", (WELCOME, *TO_RECAP, press("Revoir", ReviewScreen))),
    Stand(
        "point-folder", (WELCOME, *TO_ANNOUNCE, press("Commencer", SpotScreen), press("Passer", FolderScreen))
    ),
    Stand("point-result", (WELCOME, *TO_RESULT)),
    Stand("point-next", (WELCOME, *TO_NEXT)),
    Stand("point-take-away", (WELCOME, *TO_NEXT, press("Emporter", TakeAwayScreen)), marks=TAKEN_MARKS),
    Stand("asked-point", (WELCOME, *TO_QUESTION, Step(StillThereScreen, waits=121))),
    Stand("booth-sentence", (WELCOME, *TO_SENTENCE), marks=SAID_MARKS),
    Stand("booth-script", (WELCOME, *TO_SCRIPT), marks=SAID_MARKS),
    Stand("booth-reading", (WELCOME, *TO_READY, press("M'exercer", PrompterScreen)), marks=SAID_MARKS),
    Stand("asked-booth", (WELCOME, *TO_SCRIPT, Step(StillThereScreen, waits=121)), marks=SAID_MARKS),
    Stand("path", TO_PATH, GIUSEPPE),
    Stand("path-next", TO_PATH_NEXT, GIUSEPPE),
    Stand("path-date", TO_DATE, GIUSEPPE),
    Stand("path-site", TO_SITE, GIUSEPPE),
    Stand("path-page", (*TO_PAGE, press("C'est fait", PageScreen)), GIUSEPPE),
    Stand("path-place", TO_PLACE, GIUSEPPE),
    Stand("path-asked", TO_ASKED, GIUSEPPE),
    Stand("who", (press("Équipe", WhoScreen),), before=COLLEAGUE),
    Stand("pin", (*TO_PIN, give(PIN, PinScreen)), marks=(PIN,)),
    Stand("whose-pin", TO_COLLEAGUES_PIN, before=COLLEAGUE),
    Stand("asked-choose", (show(KOFI, Answer.CHOOSE), GONE), KOFI),
    Stand("asked-letters", (*TO_FIND, give(NOBODY.upper(), FindNameScreen), GONE), marks=NOBODY_MARKS),
    Stand("asked-names", (*TO_NAMES, GONE)),
    Stand("asked-confirm", (*TO_CONFIRM, GONE)),
    Stand("asked-first-name", (*TO_WALK_IN, GONE), marks=NAME_MARKS),
    Stand("asked-audience", (*TO_AUDIENCE, GONE), marks=NAME_MARKS),
    Stand("asked-pad", (*TO_PAD, give(LETTERS, CodePadScreen), GONE), marks=CODE_MARKS),
)


async def finished(played: Played, day: Rehearsal) -> None:
    """The key at the right of the foot, screen after screen."""
    app = played.app
    while app.screen is not app.reception or app.reception.answering:
        before = _place(played)
        time_between_touches(played)
        await until(lambda: way_back(played), "nothing leads back")
        await tap(played, *way_back(played).region.center)
        await until(lambda before=before: _place(played) != before)


def _place(played: Played) -> tuple[object, ...]:
    """What stands there: of a screen that asks one thing after the other, also which."""
    app = played.app
    shown = getattr(app.screen, "asked", None), getattr(app.screen, "_page", None)
    return (*app.screen_stack, app.reception.answering, *shown)


async def escaped(played: Played, day: Rehearsal) -> None:
    app = played.app
    await played.press("escape")
    while app.screen is not app.reception or app.reception.answering:
        await played.press("escape")


async def idle(played: Played, day: Rehearsal) -> None:
    app = played.app
    while app.screen is not app.reception or app.reception.answering:
        played.time_passes(61)
        await played.rest()


async def idle_letters(played: Played, day: Rehearsal) -> None:
    """Time goes by on the welcome, where only letters of a code stand."""
    played.time_passes(61)
    await until(lambda: isinstance(played.app.screen, StillThereScreen))
    played.time_passes(21)
    await until(lambda: played.app.screen is played.app.reception)


async def next_card(played: Played, day: Rehearsal) -> None:
    played.burst(day.people[NEXT].token)
    await played.answered(day.people[NEXT].name)


async def next_code(played: Played, day: Rehearsal) -> None:
    """A code that comes as a whole, wherever one is."""
    played.app.post_message(events.Paste(day.people[NEXT].code))
    await played.answered(day.people[NEXT].name)


async def next_letter(played: Played, day: Rehearsal) -> None:
    """Somebody begins to type a code; where letters mean something else, they have gone home before."""
    if not played.app.reception.answering or played.app.screen is not played.app.reception:
        await escaped(played, day)
    await played.press(day.people[NEXT].code[0])


async def language(played: Played, day: Rehearsal) -> None:
    """The next one chooses a language."""
    await escaped(played, day)
    time_between_touches(played)
    await touch(played, "Nederlands")
    await played.shows("Toon uw kaart.")


async def failure(played: Played, day: Rehearsal) -> None:
    """The screens are made anew."""
    reception = played.app.reception
    if played.app.screen is reception:
        await tap(played, 1, 0)  # Textual remembers what was touched last

    def fails() -> None:
        raise ZeroDivisionError

    played.app.call_later(fails)
    await until(lambda: played.app.reception is not reception)
    await played.home()


WIPES: tuple[Callable[[Played, Rehearsal], Awaitable[None]], ...] = (
    finished, escaped, idle, next_card, next_code, next_letter, language, failure,
)  # fmt: skip


async def reach(played: Played, day: Rehearsal, stand: Stand) -> None:
    for step in stand.steps:
        time_between_touches(played)
        if step.key:
            await touch(played, step.key)
        elif step.letters:
            await spell(played, step.letters if isinstance(step.letters, str) else step.letters(day))
        elif step.card is not None:
            played.burst(day.people[step.card].token)
        elif step.waits:
            played.time_passes(step.waits)
        await until(
            lambda step=step: isinstance(played.app.screen, step.lands),
            f"not on {step.lands.__name__}\n{played.text}",
        )
        if step.lands is ReceptionScreen:
            await until(lambda: played.app.reception.answering)
            await until(lambda: [keys for keys in played.app.reception.query(AnswerKeys) if keys.display])
            await played.drawn()  # what is touched in the frame that brings the keys is not heard
        await played.rest()
    assert played.app.screen is not played.app.reception or played.app.reception.answering


def drawn(name: str) -> list[str]:
    """A piece of the name in big letters, of each size."""
    return [big(name, 400, scale)[2 * scale].strip()[:24] for scale in (1, 2)]
