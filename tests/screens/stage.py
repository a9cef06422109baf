"""Every participant screen on a stage: the real app without its database, and ways to look at it."""

from __future__ import annotations

import asyncio
import pathlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from textual.strip import Strip

from assets.assessment import Item, bank, thresholds
from assets.booth import guide
from assets.languages import hour, translator
from assets.meeting import story
from assets.page_steps import forem_site, page_steps
from kiosk.app import Kiosk
from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.film_side import NO_ROOM, NOT_TAKEN, OVER
from kiosk.home import FirstLook
from kiosk.rooms import Front
from kiosk.sticks import Taken
from kiosk.text_code import largest_that_fits
from models.accounts import Account
from models.answers import Outcome, Person, Sitting
from models.assessment.checks import Check, Done
from models.assessment.result import result
from models.assessment.shown import Shown
from models.assessment.status import Step
from models.booth import LONGEST, sentences
from models.meeting import Control, Meeting, Said
from models.names import Named
from models.path.course import Course
from models.path.page import Page
from models.path.path import Followed, Level, Path
from models.places import Asked as WhatBecame
from models.places import Edition, NotAsked
from models.words import Answer
from screens.assessment.announce import AnnounceScreen
from screens.assessment.folder import FolderScreen
from screens.assessment.next_step import Kept, NextStepScreen
from screens.assessment.opening import OpeningScreen
from screens.assessment.question import UNASKED, Asked, QuestionScreen, StarterScreen
from screens.assessment.recap import Given, RecapScreen, ReviewScreen
from screens.assessment.result import ResultScreen
from screens.assessment.spot import SpotScreen
from screens.assessment.take_away import TakeAwayScreen
from screens.assessment.take_away_text import take_away_texts
from screens.booth.opening import BoothScreen
from screens.booth.prompter import Moment, PrompterScreen
from screens.booth.ready import ReadyScreen
from screens.booth.script import PartSaid, ScriptScreen
from screens.booth.sentence import PartAsked, SentenceScreen
from screens.booth.video import Video, VideoScreen
from screens.choices import AudienceScreen, ConfirmScreen, HelpScreen, NamesScreen
from screens.code_pad import CodePadScreen
from screens.dates import DatesScreen
from screens.day import DayScreen
from screens.first_name import FindNameScreen, WalkInNameScreen
from screens.first_start import AccountNameScreen, BeginScreen, CornerScreen, PinShownScreen
from screens.leave import LeaveScreen
from screens.meeting import MeetingScreen
from screens.path.calendar_text import calendar_texts
from screens.path.codes import DateScreen, SiteScreen
from screens.path.next import PathNextScreen
from screens.path.page import PageScreen
from screens.path.places import AskedScreen, PlaceScreen
from screens.path.steps import PathScreen
from screens.pin import PinScreen
from screens.practice import PracticeScreen
from screens.public import PublicScreen
from screens.still_there import StillThereScreen
from screens.ways import WaysScreen
from screens.who import WhoScreen
from screens.widgets.key import Key

AT = datetime(2022, 11, 3, 7, 22, tzinfo=UTC)
GRIDS = ((56, 16), (80, 24), (100, 30), (132, 43))
THEMES = ("jour", "soir", "contraste")
PLACE = "SmartCorner de Charleroi"


def sitting(number: int, programme: str = "awareness", *, days: int = 0, hours: float = 0.0) -> Sitting:
    start = AT.replace(minute=30) + timedelta(days=days, hours=hours)
    end = start + timedelta(hours=3, minutes=30)
    return Sitting(f"s{number}", programme, "charleroi", start, end, str(number), "Maria-Fernanda, Yves")


HERE = sitting(2)
OTHERS = (sitting(1, "digital-skills"), sitting(3, "course-24"))
LATER = sitting(4, "video-cv", days=20, hours=4)
FAR = replace(LATER, corner_id="libramont", starts_at=datetime(2022, 9, 28, 7, 30, tzinfo=UTC))
PAST = sitting(5, "job-search", days=-8)

FACTS: dict[str, dict[str, object]] = {
    "welcome": {"half_day": HERE},
    "welcome_late": {"half_day": HERE},
    "already_here": {"half_day": HERE, "arrived_at": AT - timedelta(minutes=10)},
    "too_early": {"half_day": LATER, "opens_at": LATER.starts_at - timedelta(hours=1)},
    "over": {"half_day": PAST, "next_dates": (LATER,)},
    "choose": {"choices": (HERE, *OTHERS)},
    "other_day": {"half_day": LATER, "next_dates": (LATER,)},
    "other_day, one free": {"half_day": LATER, "can_join": (HERE,)},
    "other_day, three free": {"half_day": LATER, "can_join": (HERE, *OTHERS)},
    "other_day, past": {"half_day": PAST},
    "other_corner": {"half_day": replace(HERE, corner_id="libramont")},
    "not_booked": {"next_dates": (LATER,)},
    "not_booked, one free": {"can_join": (HERE,)},
    "cancelled": {"half_day": HERE},
    "full": {"half_day": HERE, "next_dates": (LATER,)},
    "full, elsewhere free": {"half_day": HERE, "can_join": (OTHERS[0],)},
    "mistyped": {},
    "unknown": {},
    "pause": {"until": AT + timedelta(minutes=3)},
}
"""Each answer with the facts that the rule of arriving gives it; some in several cases."""

NOBODY = ("mistyped", "unknown", "pause")


def outcome(case: str, language: str, name: str = "Marie-Laure D.") -> Outcome:
    """One answer as the rule would give it to somebody of that language."""
    answer = Answer(case.partition(",")[0])
    person = None if case in NOBODY else Person("p", name, language)
    return Outcome(answer, AT, person, **FACTS[case])


LONGEST_ACCOUNT = "Marie-Antoinette Vandermeerschen-Dubois"
LONG = ("Marie-Laure", "Maria-Fernanda", "Mohamed-Amine", "Maximilienne", "Marguerite", "Mehdi")
NAMES = tuple(Named(f"{first} W.", (first,)) for first in LONG)
"""As long as names get, and as many as may be shown."""

TEAM = tuple(Account(first, first, "facilitator") for first in (LONGEST_ACCOUNT, *LONG, "Yves"))

MADE: dict[str, Callable[[str], PublicScreen]] = {
    "who": lambda language: WhoScreen(PLACE, language, "", TEAM[:6]),
    "who, two pages": lambda language: WhoScreen(PLACE, language, "", TEAM),
    "who, nobody": lambda language: WhoScreen(PLACE, language, "", ()),
    "pin": lambda language: PinScreen(PLACE, language, "", TEAM[0]),
    "leave": lambda language: LeaveScreen(PLACE, language),
    "ways": lambda language: WaysScreen(PLACE, language),
    "code": lambda language: CodePadScreen(PLACE, language),
    "find name": lambda language: FindNameScreen(PLACE, language),
    "names": lambda language: NamesScreen(PLACE, language, "", NAMES),
    "confirm": lambda language: ConfirmScreen(PLACE, language, "", NAMES[1]),
    "walk-in name": lambda language: WalkInNameScreen(PLACE, language),
    "audience": lambda language: AudienceScreen(PLACE, language, "", "Marie-Laure"),
    "day": lambda language: DayScreen(PLACE, language, "", (HERE, *OTHERS), AT),
    "day, nothing": lambda language: DayScreen(PLACE, language, "", (), AT),
    "dates": lambda language: DatesScreen(PLACE, language, "", "charleroi", (LATER, FAR, LATER)),
    "dates, none": lambda language: DatesScreen(PLACE, language, "", "charleroi", ()),
    "announce": lambda language: AnnounceScreen(PLACE, language),
    "spot": lambda language: SpotScreen(PLACE, language),
    "spot, last set": lambda language: SpotScreen(PLACE, language, "", (True, False, True)),
    "folder": lambda language: FolderScreen(PLACE, language),
    "folder, once more": lambda language: FolderScreen(PLACE, language, "", (True, False)),
    "copy": lambda language: FolderScreen(PLACE, language, "", (True,)),
    "still there": lambda language: StillThereScreen(PLACE, language),
    "help": lambda language: HelpScreen(PLACE, language, ""),
    "help, not told": lambda language: HelpScreen(PLACE, language, "", told=False),
    "help, same name": lambda language: HelpScreen(
        PLACE, language, "", translator(language)("Deux personnes ont ce nom.")
    ),
}
"""The screens over the reception."""


def longest(language: str, what: str) -> Item:
    """The item whose words are the longest in a language."""
    return max(bank().items.values(), key=lambda item: len(getattr(item, what)[language]))


def asked(language: str, what: str = "ask", chosen: int | None = UNASKED) -> Asked:
    """The longest question that there is, as the fifteenth of fifteen."""
    translate = translator(language)
    where = translate("Question {n} · {most}", n=15, most=translate("15 au plus"))
    item = longest(language, what)
    return Asked(item.id, where, item.ask[language], item.plainly[language], chosen)


def puzzled(language: str) -> QuestionScreen:
    """After somebody has not understood: the longest of the simpler wordings."""
    screen = QuestionScreen(PLACE, language, "", asked(language, "plainly"))
    screen.settling.PAUSE = 0
    screen._puzzle()
    return screen


def starter(language: str) -> StarterScreen:
    """The longest question that counts for nothing."""
    ask = max((one.ask[language] for one in bank().starters), key=len)
    where = translator(language)("Pour commencer · {number} sur {all}", number=3, all=3)
    return StarterScreen(PLACE, language, "", Asked("s", where, ask))


def reviewed(language: str) -> ReviewScreen:
    """Three answers with the longest names."""
    by_length = sorted(bank().items.values(), key=lambda item: len(item.short[language]))
    values = (0, 1, 2, None)
    given = [
        Given(item.id, item.short[language], value)
        for item, value in zip(by_length[-4:], values, strict=True)
    ]
    return ReviewScreen(PLACE, language, "", given)


def shown_of(values: str, *, passed: bool = False, proposal: bool = True) -> Shown:
    """A result by its answers, as they are asked; ``-`` is not asked, ``?`` not understood."""
    numbers = thresholds()
    items = [f"{competence}S" for area in numbers.order for competence in numbers.core[area]]
    answers = {
        item: None if value == "?" else int(value)
        for item, value in zip(items, values.ljust(len(items), "-"), strict=True)
        if value != "-"
    }
    checks = dict.fromkeys(Check, Done.PASSED) if passed else {}
    found = result(answers, checks, numbers)
    return Shown(found, checks, AT, "Maria-Fernanda W.", LATER if proposal else None)


MIXED = shown_of("2112221011?2000", passed=True)
NOTHING = shown_of("0" * 15, proposal=False)
PARTLY = shown_of("22111")


def taken_away(language: str, *, can_print: bool) -> TakeAwayScreen:
    """The result as a code."""
    code = partial(largest_that_fits, take_away_texts(MIXED, language))
    return TakeAwayScreen(PLACE, language, "", code, can_print=can_print)


def meeting(language: str, moment: int, said: Said, *, left: bool = False) -> MeetingScreen:
    """The meeting to practise with, at one moment; below zero at the one with the most to read."""
    if moment < 0:
        moments = story().moments

        def length(at: int) -> int:
            beside = {Said.HINT: moments[at].hint, Said.PRAISE: moments[at - 1].praise}.get(said)
            return len(moments[at].said[language]) + (len(beside[language]) if beside else 0)

        moment = max(range(1, len(moments)), key=length)
    screen = MeetingScreen(PLACE, language)
    # What takes the most words to say: a hand that is up.
    screen._meeting = Meeting(moment, frozenset({Control.CAMERA, Control.HAND}), said, left)
    return screen


MEETINGS: dict[str, Callable[[str], PublicScreen]] = {
    f"meeting, {said}": partial(meeting, moment=-1, said=said) for said in (Said.HINT, Said.SURE, Said.PRAISE)
}
"""Its six controls are always there: finding the right one is what is practised (A-11)."""

MADE |= MEETINGS | {
    "meeting, before": lambda language: MeetingScreen(PLACE, language),
    "meeting, after": lambda language: meeting(language, len(story().moments), Said.NOTHING, left=True),
    "meeting, left": lambda language: meeting(language, 0, Said.NOTHING, left=True),
    "result": lambda language: ResultScreen(PLACE, language, "", MIXED),
    "result, nothing yet": lambda language: ResultScreen(PLACE, language, "", NOTHING),
    "result, partial": lambda language: ResultScreen(PLACE, language, "", PARTLY),
    "next step": lambda language: NextStepScreen(
        PLACE, language, "", MIXED, kept=Kept.YES, offers_further=True
    ),
    "next step, not kept": lambda language: NextStepScreen(PLACE, language, "", MIXED, kept=Kept.FAILED),
    "next step, nobody": lambda language: NextStepScreen(PLACE, language, "", NOTHING, kept=Kept.NOTHING),
    "next step, partial": lambda language: NextStepScreen(PLACE, language, "", PARTLY, kept=Kept.WHEN_DONE),
    "take away": lambda language: taken_away(language, can_print=True),
    "take away, no printer": lambda language: taken_away(language, can_print=False),
    "opening": lambda language: OpeningScreen(PLACE, language, "", voice=True),
    "opening, kept": lambda language: OpeningScreen(PLACE, language, "", name=LONG[1] + " W."),
    "opening, unfinished": lambda language: OpeningScreen(
        PLACE, language, "", name=LONG[1] + " W.", unfinished=True, voice=False
    ),
    "starter": starter,
    "question": lambda language: QuestionScreen(PLACE, language, "", asked(language)),
    "question, answered": lambda language: QuestionScreen(PLACE, language, "", asked(language, chosen=1)),
    "question, simpler": puzzled,
    "question, rehearsal": lambda language: QuestionScreen(PLACE, language, "Démonstration", asked(language)),
    "recap": lambda language: RecapScreen(PLACE, language, "", 15),
    "review": reviewed,
}
"""The screens of the self-assessment."""

SENTENCES = {
    language: tuple(max(sentences(part, language), key=len) for part in guide().parts)
    for language in ("fr", "nl", "de", "en")
}
"""The longest of each part."""


def part_asked(language: str) -> SentenceScreen:
    """A part with the longest question, one of its sentences as long as they may be."""
    part = max(guide().parts, key=lambda part: len(part.ask[language]))
    where = translator(language)("Phrase {number} sur {all}", number=6, all=6)
    long = (("Ik heet Maria-Fernanda " * 3)[:LONGEST], *sentences(part, language)[1:])
    return SentenceScreen(PLACE, language, "", PartAsked(part.id, where, part.ask[language], long, 1))


def said_text(language: str, number: int) -> ScriptScreen:
    """A page of the text; one part of it is passed over."""
    said = [PartSaid(part.id, SENTENCES[language][at]) for at, part in enumerate(guide().parts)]
    screen = ScriptScreen(PLACE, language, "", [*said[:4], PartSaid("x", ""), *said[5:]])
    screen._page = number
    return screen


def ready(language: str, *, camera: bool, video: bool = False, hint: str = "") -> ReadyScreen:
    """The middle of the booth."""
    screen = ReadyScreen(PLACE, language, "", camera=camera)
    screen.show(camera=camera, video=video, hint=hint and translator(language)(hint))
    return screen


def prompter(language: str, moment: Moment, *, filming: bool = False, paused: bool = False) -> PrompterScreen:
    """The prompter at one moment: the longest sentence, and the longest after it; no time goes by there."""
    lines = sorted(SENTENCES[language], key=len)[-2:]
    # One word is left: what comes after can be seen at every grid.
    said = len(lines[0].split()) - 1 if moment is Moment.READING else 0
    screen = PrompterScreen(PLACE, language, "", lines, filming=filming)
    screen._moment, screen._reading = moment, replace(screen._reading, said=float(said))
    if paused:
        screen._reading = screen._reading.pause()
    screen._tick = lambda: None
    return screen


def video(language: str, where: Video, hint: str = "") -> VideoScreen:
    """A video, and when it goes."""
    translate = translator(language)
    until = translate("Sinon, personne ne la voit, et elle est effacée à {hour}.", hour=hour(AT, language))
    screen = VideoScreen(PLACE, language, "", until)
    screen.show(where, hint and translate(hint))
    return screen


MADE |= {
    "practice": lambda language: PracticeScreen(PLACE, language),
    "booth": lambda language: BoothScreen(PLACE, language, "", camera=False),
    "booth, camera": lambda language: BoothScreen(PLACE, language, "", camera=True),
    "sentence": part_asked,
    "script": partial(said_text, number=0),
    "script, second page": partial(said_text, number=1),
    "ready": partial(ready, camera=False),
    "ready, camera": partial(ready, camera=True),
    "ready, video": partial(ready, camera=True, video=True),
    "ready, no room": partial(ready, camera=True, video=True, hint=NO_ROOM),
    "video": partial(video, where=Video.HERE),
    "video, no stick": partial(video, where=Video.HERE, hint=NOT_TAKEN[Taken.NO_STICK]),
    "video, copied": partial(video, where=Video.COPIED),
    "video, taken": partial(video, where=Video.TAKEN),
    "video, over": partial(video, where=Video.DROPPED, hint=OVER),
    "prompter, waiting": partial(prompter, moment=Moment.WAITING, filming=True),
    "prompter, counting": partial(prompter, moment=Moment.COUNTING, filming=True),
    "prompter, reading": partial(prompter, moment=Moment.READING, filming=True),
    "prompter, pause": partial(prompter, moment=Moment.READING, paused=True),
    "prompter, over": partial(prompter, moment=Moment.OVER),
    "prompter, broken": partial(prompter, moment=Moment.BROKEN, filming=True),
}
"""The screens of the video CV."""


HALF_DAYS = tuple(sitting(n, "course-24", days=14 + n) for n in range(6))


def path_of_six_months(*, coming: int = 2, **more) -> Path:
    """Somebody in the middle of a course, with the longest name."""
    course = Course("course-24", 24, minutes=18 * 60 + 30, to_come=coming, reached_at=None)
    ticked = frozenset(step.id for step in page_steps()[:3])
    person = Person("p", "Maria-Fernanda W.", "fr")
    followed = (Followed("course-24", 1110, 5, coming, AT, LATER.starts_at),)
    told = {
        "person": person, "at": AT, "awareness_at": AT - timedelta(days=50), "course": course,
        "level": Level(Step.DECLARED, AT - timedelta(days=3)), "page": Page(ticked), "followed": followed,
        "coming": HALF_DAYS[:coming], "asked": (), "decided": None, "minutes": 1320,
    }  # fmt: skip
    return Path(**told | more)


PATH = path_of_six_months()
PATH_BEGUN = path_of_six_months(
    awareness_at=None, course=None, level=Level(), page=Page(), coming=0, asked=(LATER,), minutes=0
)
PATH_DONE = path_of_six_months(
    level=Level(Step.CONFIRMED, AT),
    course=Course("course-40", 40, minutes=2430, to_come=0, reached_at=AT),
    page=Page(frozenset(step.id for step in page_steps()), AT - timedelta(days=365)),
)
FREE = Edition(HALF_DAYS, capacity=8, booked=5, waiting=())
FULL = Edition((LATER,), capacity=8, booked=8, waiting=("a", "b"))
MINE = Edition((LATER,), capacity=8, booked=8, waiting=("a", "b", "p"))


def placed(language: str, *editions: Edition) -> PlaceScreen:
    return PlaceScreen(PLACE, language, "", editions, "p")


def date_code(language: str) -> DateScreen:
    """The next date as a code."""
    code = partial(largest_that_fits, calendar_texts(HALF_DAYS[0], PLACE, AT, language))
    return DateScreen(PLACE, language, "", code, HALF_DAYS[0])


def site_code(language: str, *, can_print: bool = True) -> SiteScreen:
    """The Forem's site as a code."""
    code = partial(largest_that_fits, (forem_site(),))
    return SiteScreen(PLACE, language, "", code, can_print=can_print)


MADE |= {
    "path": lambda language: PathScreen(PLACE, language, "", PATH),
    "path, begun": lambda language: PathScreen(PLACE, language, "", PATH_BEGUN),
    "path, done": lambda language: PathScreen(PLACE, language, "", PATH_DONE),
    "path next": lambda language: PathNextScreen(PLACE, language, "", PATH),
    "path next, no date": lambda language: PathNextScreen(PLACE, language, "", PATH_BEGUN),
    "date": date_code,
    "site": site_code,
    "site, no printer": partial(site_code, can_print=False),
    "place": lambda language: placed(language, FREE, FULL),
    "place, full": lambda language: placed(language, FULL, FREE),
    "place, asked": lambda language: placed(language, MINE, FREE),
    "place, none": lambda language: placed(language),
    "asked": lambda language: AskedScreen(PLACE, language, "", WhatBecame(FREE, 1)),
    "asked, full": lambda language: AskedScreen(PLACE, language, "", WhatBecame(MINE, 3)),
    "asked, has one": lambda language: AskedScreen(
        PLACE, language, "", WhatBecame(FREE, refused=NotAsked.HAS_PLACE)
    ),
    "asked, gone": lambda language: AskedScreen(PLACE, language, "", WhatBecame(None, refused=NotAsked.GONE)),
    "page": lambda language: PageScreen(PLACE, language, "", ()),
    "page, going on": lambda language: PageScreen(PLACE, language, "", PATH.page.ticked),
    "page, last": lambda language: PageScreen(PLACE, language, "", {s.id for s in page_steps()[:-1]}),
    "day, known": lambda language: DayScreen(PLACE, language, "", (HERE, *OTHERS), AT, asks=True),
    "next step, known": lambda language: NextStepScreen(
        PLACE, language, "", MIXED, kept=Kept.YES, offers_further=True, asks=True
    ),
}
"""The screens of "Mon parcours"."""

FIRST: dict[str, Callable[[str], PublicScreen]] = {
    "begin": BeginScreen,
    "corner": CornerScreen,
    "account name": AccountNameScreen,
    "pin shown": lambda language: PinShownScreen(language, "Maria-Fernanda", "271828"),
}
"""The screens of the first start: somebody who installs is alone, so they have no "Aide"."""

MADE |= FIRST

PADS = ("pin", "code", "find name", "walk-in name", "account name", "copy")
"""Screens of many small keys, each at least 20 mm wide (A-05)."""

GREETINGS = ("greeting", "greeting, two")

BY_CARD = tuple(f"{case} by card" for case in ("welcome", "other_day", "not_booked", "cancelled"))
"""The same answers to whoever showed a card: their path is offered too, as one of three, of two, or alone."""

SCREENS = (*GREETINGS, "not_saved", *MADE, *FACTS, *BY_CARD)


class Stage:
    """A running app that shows one screen after the other."""

    def __init__(self, app: Kiosk, language: str) -> None:
        self.app = app
        self.language = language

    @property
    def screen(self) -> PublicScreen:
        return self.app.screen

    @property
    def strips(self) -> list[Strip]:
        return self.screen._compositor.render_strips()

    @property
    def text(self) -> str:
        return "\n".join(strip.text for strip in self.strips)

    async def show(self, name: str) -> None:
        """Bring a screen on, complete and laid out."""
        app = self.app
        while len(app.screen_stack) > 2:
            await app.pop_screen()
        if name in GREETINGS:
            app.reception.wipe()
            app.reception.show_day((HERE,) if name == "greeting" else (HERE, OTHERS[0]))
        elif name in MADE:
            await app.push_screen(MADE[name](self.language))
        else:
            case = name.removesuffix(" by card")
            own = name != case
            app.reception.answer(None if name == "not_saved" else outcome(case, self.language), own=own)
        self.screen.show_moment(moment(self.language))
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is waiting to be laid out or drawn."""
        until = time.monotonic() + 5
        calm = 0
        while calm < 3:
            assert time.monotonic() < until, "the screen never comes to rest"
            await asyncio.sleep(0.002)
            screen = self.screen
            busy = screen._layout_required or screen._dirty_widgets or not screen.size
            waiting = not (self.app._message_queue.empty() and screen._message_queue.empty())
            calm = 0 if busy or waiting else calm + 1


def keys_of(screen: PublicScreen) -> list[Key]:
    """The keys that can be seen."""
    return [key for key in screen.query(Key) if all(above.display for above in key.ancestors_with_self)]


def moment(language: str) -> str:
    """The longest day and hour of the header in a language."""
    from assets.languages import day, hour

    return f"{day(datetime(2022, 9, 28, 20, 58, tzinfo=UTC), language, short=True)} · {hour(AT, language)}"


@asynccontextmanager
async def stage(size: tuple[int, int], theme: str = "jour", language: str = "fr") -> AsyncIterator[Stage]:
    """The app at a grid, in a theme and a language."""
    path = pathlib.Path("none.db")
    front = Front(FirstLook(PLACE, theme, language, path))
    app = Kiosk(front, Clock(AT), Database(path), lambda conn: None)
    app._open = lambda: None
    async with app.run_test(size=size):
        await app.reception.prepare()
        yield Stage(app, language)
    assert app.failures == []
