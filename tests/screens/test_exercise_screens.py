"""The two small exercises at the screen: by touch and by keys, always with a way back and a way past."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from stage import GRIDS, PLACE, Stage, keys_of, stage
from textual import events
from textual.message import Message

from assets.exercises import exercises
from assets.languages import LANGUAGES
from models.assessment.checks import Check, Done
from screens import settling
from screens.assessment.announce import AnnounceScreen
from screens.assessment.copying import LONGEST
from screens.assessment.exercise import ExerciseScreen
from screens.assessment.folder import FolderScreen
from screens.assessment.messages import CheckDone, ExercisesBegun, ResultWanted, Spoken
from screens.assessment.spot import MessageKey, SpotScreen, evenly
from screens.messages import BackWanted
from screens.public import PublicScreen
from screens.settling import PAUSE, Settling
from screens.widgets.key import Key
from screens.widgets.poster import Line, wrapped

ADDRESSES = exercises().addresses
WORD = "Léa42"


class Hands:
    """A person before one screen; what the screen asks the app for is written down."""

    def __init__(self, shown: Stage, asked: list[Message]) -> None:
        self.shown = shown
        self.asked = asked

    @property
    def screen(self) -> PublicScreen:
        return self.shown.screen

    async def touch(self, label: str) -> None:
        """A finger on the key that says so: down and up."""
        keys = [key for key in keys_of(self.screen) if key.label.replace("\n", " ").startswith(label)]
        assert keys, f"no key says {label!r}"
        keys[0]._last_press = float("-inf")
        x, y = map(int, keys[0].region.center)
        assert self.screen.get_widget_at(x, y)[0] is keys[0]
        for kind in (events.MouseDown, events.MouseUp):
            self.shown.app.post_message(
                kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
            )
        await self.settled()

    async def press(self, *keys: str) -> None:
        """Keys of a real keyboard, one after the other."""
        for key in keys:
            if len(key) == 1 or key == "space":
                # Past the ear for scanners, which would wait whether more follows.
                target = self.screen.focused or self.screen
                target.post_message(events.Key(key, " " if key == "space" else key))
            else:
                await self.settled()
                self.shown.app.post_message(events.Key(key, None))
                await self.settled()
        await self.settled()

    async def settled(self) -> None:
        await self.shown.settled()
        # A letter may be the first of a scanner's burst for a moment: what came with it would be dropped.
        while self.shown.app._scanner.holding:
            await asyncio.sleep(0.005)
        await self.shown.settled()

    def outcome(self) -> list[tuple[Check, Done]]:
        return [(one.check, one.done) for one in self.asked if isinstance(one, CheckDone)]

    def kinds(self) -> list[type[Message]]:
        return [type(one) for one in self.asked if not isinstance(one, Spoken)]

    def on_screen(self, text: str) -> bool:
        return text in self.shown.text


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(Settling, "PAUSE", 0)


@asynccontextmanager
async def before(screen: PublicScreen, size=(56, 16), language="fr") -> AsyncIterator[Hands]:
    """Somebody before a screen over the reception."""
    asked: list[Message] = []
    real = screen.post_message

    def heard(message: Message) -> bool:
        if message.is_forwarded or not isinstance(
            message, CheckDone | ExercisesBegun | ResultWanted | BackWanted | Spoken
        ):
            return real(message)
        asked.append(message)
        return True

    screen.post_message = heard
    async with stage(size, language=language) as shown:
        await shown.app.push_screen(screen)
        await shown.settled()
        yield Hands(shown, asked)


def first_words(number: int, place: int, language: str = "fr") -> str:
    message = exercises().sets[number].messages[place]
    return f"{message.sender[language]} {message.text[language]}"


def right(number: int) -> str:
    return first_words(number, exercises().sets[number].dangerous)


def wrong(number: int) -> str:
    return first_words(number, (exercises().sets[number].dangerous + 1) % 4)


# ---- what comes


async def test_the_announcement_leads_on_or_past():
    async with before(AnnounceScreen(PLACE, "fr")) as hands:
        await hands.touch("Commencer")
        await hands.touch("Passer")
        await hands.press("escape")
        assert hands.kinds() == [ExercisesBegun, ResultWanted, BackWanted]


# ---- the dangerous message


@pytest.mark.parametrize(
    ("picks", "done"),
    [
        ("rr", Done.PASSED),
        ("wrr", Done.PASSED),
        ("rwrr", Done.PASSED),
        ("ww", Done.FAILED),
        ("wrw", Done.FAILED),
        ("rwrw", Done.FAILED),
    ],
)
@pytest.mark.parametrize("by", ["touch", "keys"])
async def test_a_touch_chooses_until_it_is_over(picks, done, by):
    async with before(SpotScreen(PLACE, "fr")) as hands:
        for number, pick in enumerate(picks):
            assert hands.outcome() == []
            label = right(number) if pick == "r" else wrong(number)
            if by == "touch":
                await hands.touch(label)
            else:
                (key,) = [key for key in keys_of(hands.screen) if key.label.replace("\n", " ") == label]
                assert hands.screen.focused is None
                while hands.screen.focused is not key:
                    await hands.press("tab")
                key._last_press = float("-inf")
                await hands.press("enter")
        assert hands.outcome() == [(Check.SPOT, done)]


@pytest.mark.parametrize("choose", [right, wrong])
async def test_what_is_said_next_does_not_tell_what_was_right(choose):
    async with before(SpotScreen(PLACE, "fr")) as hands:
        await hands.touch(choose(0))
        assert hands.on_screen("Merci. Et ici, quel message est dangereux ?")
        said = {key.label.replace("\n", " ") for key in hands.screen.query(MessageKey)}
        assert said == {first_words(1, place) for place in range(4)}


async def test_a_touch_after_the_end_changes_nothing():
    async with before(SpotScreen(PLACE, "fr", "", (True, False, True))) as hands:
        for _ in range(3):
            await hands.touch(right(3))
        await hands.touch("Passer")
        hands.screen.take(right=False)
        assert hands.outcome() == [(Check.SPOT, Done.PASSED)]


async def test_back_takes_the_last_choice_back():
    """A slip of the finger: the same messages stand there again; only then one leaves."""
    async with before(SpotScreen(PLACE, "fr")) as hands:
        await hands.touch(wrong(0))
        await hands.touch("Retour")
        await hands.touch(right(0))
        await hands.touch(right(1))
        assert hands.outcome() == [(Check.SPOT, Done.PASSED)]
        await hands.press("escape", "escape")
        assert hands.kinds() == [CheckDone]
        await hands.press("escape")
        assert hands.kinds() == [CheckDone, BackWanted]


async def test_whoever_comes_back_from_what_follows_finds_the_last_messages():
    async with before(SpotScreen(PLACE, "fr")) as hands:
        await hands.touch(right(0))
        await hands.touch(right(1))
        await hands.shown.app.push_screen(FolderScreen(PLACE, "fr"))
        await hands.settled()
        hands.shown.app.pop_screen()
        await hands.settled()
        await hands.touch(wrong(1))
        await hands.touch(wrong(2))
        assert hands.outcome() == [(Check.SPOT, Done.PASSED), (Check.SPOT, Done.FAILED)]


async def test_help_in_between_costs_no_step():
    async with before(SpotScreen(PLACE, "fr")) as hands:
        await hands.touch(right(0))
        await hands.shown.app.push_screen(AnnounceScreen(PLACE, "fr"))
        await hands.settled()
        hands.shown.app.pop_screen()
        await hands.settled()
        await hands.touch(right(1))
        assert hands.outcome() == [(Check.SPOT, Done.PASSED)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", GRIDS)
async def test_every_message_stands_there_whole(size, language):
    """A-04, A-17: all sets at every grid; not a word is cut, none breaks."""
    steps = (True, False, True)
    async with before(SpotScreen(PLACE, language, "Exercice, rien n'est vrai"), size, language) as hands:
        for number, one in enumerate(exercises().sets):
            screen = hands.screen
            assert isinstance(screen, SpotScreen)
            for key, message in zip(screen.query(MessageKey), one.messages, strict=True):
                region = key.region
                drawn = [
                    s.crop(region.x, region.right).text for s in hands.shown.strips[region.y : region.bottom]
                ]
                words = " ".join("".join(c if c < "─" or c > "◿" else " " for c in " ".join(drawn)).split())
                assert words == f"{message.sender[language]} {message.text[language]}"
            assert screen._poster.size.height >= 1
            if number < len(steps):
                screen.take(right=steps[number])
                await hands.settled()


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_fit_a_key_of_two_rows(language):
    """At 56 columns a key has 22 columns within its frame and its left blank, one of them kept free."""
    for one in exercises().sets:
        for message in one.messages:
            assert len(wrapped(Line(message.text[language]), 21)) <= 2, message.text[language]
            assert cell_len(message.sender[language]) <= 18
    for folder in exercises().folders:
        assert all(cell_len(file[language]) <= 20 for file in folder.files)


def test_rows_are_of_about_the_same_length():
    assert evenly("Rendez-vous mardi à 9 h, salle 2.", 30) == ["Rendez-vous mardi", "à 9 h, salle 2."]
    assert evenly("Bon.", 30) == ["Bon."]
    assert evenly("", 30) == [""]
    assert evenly("Anticonstitutionnellement non", 10)[0] == "Anticonsti"


# ---- the file and the address


async def copy(hands: Hands, text: str, by: str) -> None:
    if by == "keys":
        await hands.press(*text, "enter")
        return
    for sign in text:
        await hands.touch(sign.upper())
    await hands.touch("C'est fait")


def file(number: int, *, wanted: bool) -> str:
    folder = exercises().folders[number]
    return folder.files[folder.wanted if wanted else folder.wanted - 1]["fr"]


@pytest.mark.parametrize("by", ["touch", "keys"])
@pytest.mark.parametrize(
    ("tries", "done"),
    [
        ([(True, ADDRESSES[0])], Done.PASSED),
        ([(False, ADDRESSES[0]), (True, ADDRESSES[1])], Done.PASSED),
        ([(True, "lea.example"), (True, ADDRESSES[1])], Done.PASSED),
        ([(True, "lea"), (True, ADDRESSES[0])], Done.FAILED),
        ([(False, ADDRESSES[0]), (False, ADDRESSES[1])], Done.FAILED),
    ],
)
async def test_a_file_and_an_address_with_one_more_try(tries, done, by):
    async with before(FolderScreen(PLACE, "fr")) as hands:
        for number, (found, typed) in enumerate(tries):
            assert hands.outcome() == []
            assert hands.on_screen(f"Ouvrez le fichier « {file(number, wanted=True)} ».")
            assert hands.on_screen("Encore une fois") == bool(number)
            await hands.touch(file(number, wanted=found))
            assert hands.on_screen(ADDRESSES[number])
            await copy(hands, typed, by)
        assert hands.outcome() == [(Check.COPY, done)]


@pytest.mark.parametrize("typed", ["LEA@EXAMPLE.ORG", " lea@example.org "])
async def test_case_and_blanks_do_not_matter(typed):
    async with before(FolderScreen(PLACE, "fr", "", (True,))) as hands:
        await hands.press(*("space" if sign == " " else sign for sign in typed), "enter")
        assert hands.outcome() == [(Check.COPY, Done.PASSED)]


async def test_signs_can_be_taken_away():
    async with before(FolderScreen(PLACE, "fr", "", (True,))) as hands:
        await hands.press(*"leo", "backspace")
        await hands.touch("X")
        await hands.touch("Effacer")
        await hands.press(*ADDRESSES[0][2:])
        assert hands.on_screen(ADDRESSES[0])
        await hands.touch("C'est fait")
        assert hands.outcome() == [(Check.COPY, Done.PASSED)]


async def test_what_is_typed_stands_under_what_is_asked():
    """Sign under sign, whatever is typed: who compares sees where it differs."""
    async with before(FolderScreen(PLACE, "fr", "", (True,))) as hands:
        for typed in ("", "l", "lea2", "lea2example.org", "x" * LONGEST, "x" * (LONGEST + 9)):
            hands.screen._copying.wipe()
            await hands.press(*typed)
            rows = hands.shown.text.split("\n")
            (above,) = [number for number, row in enumerate(rows) if ADDRESSES[0] in row]
            given = rows[above + 1].strip()
            assert given.rstrip("_") == typed[:LONGEST]
            assert rows[above + 1].index(given) == rows[above].index(ADDRESSES[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", GRIDS)
async def test_the_copy_screen_says_everything(size, language):
    """A-04, with the banner of a rehearsal as well."""
    banner = "Exercice, rien n'est vrai"
    async with before(FolderScreen(PLACE, language, banner, (True,)), size, language) as hands:
        await hands.press(*ADDRESSES[0][:5])
        translate = hands.screen.translate
        for wanted in (translate("Copiez cette adresse :"), ADDRESSES[0], f"{ADDRESSES[0][:5]}_", banner):
            assert hands.on_screen(wanted), wanted
        for key in keys_of(hands.screen):
            assert hands.screen.region.contains_region(key.region), key.label
            assert key.region.height == 3
            assert key.region.width >= 5


async def test_the_middle_key_passes_until_something_is_typed():
    async with before(FolderScreen(PLACE, "fr", "", (True,))) as hands:
        middle = hands.screen.query_one("#skip", Key)
        said = [middle.label]
        for key in ("l", "backspace"):
            await hands.press(key)
            said.append(middle.label)
        assert said == ["Passer", "C'est fait", "Passer"]
        await hands.press("enter")
        assert hands.outcome() == []
        await hands.touch("Passer")
        assert hands.outcome() == [(Check.COPY, Done.SKIPPED)]


async def test_back_goes_one_step_and_forgets_what_was_typed():
    async with before(FolderScreen(PLACE, "fr")) as hands:
        await hands.touch(file(0, wanted=False))
        await hands.press(*WORD)
        assert hands.on_screen(WORD.lower())
        await hands.press("escape")
        assert hands.on_screen("Ouvrez le fichier")
        assert hands.on_screen("Passer")
        await hands.touch(file(0, wanted=True))
        assert not hands.on_screen(WORD.lower())
        await copy(hands, ADDRESSES[0], "keys")
        assert hands.outcome() == [(Check.COPY, Done.PASSED)]


async def test_letters_belong_to_no_file():
    """Whoever types before the address stands there has typed nothing."""
    async with before(FolderScreen(PLACE, "fr")) as hands:
        await hands.press(*"lea", "enter")
        await hands.touch(file(0, wanted=True))
        assert hands.screen._copying.letters == ""
        assert hands.outcome() == []


# ---- both


@pytest.mark.parametrize("kind", [SpotScreen, FolderScreen])
async def test_one_may_always_pass(kind):
    async with before(kind(PLACE, "fr")) as hands:
        await hands.touch("Passer")
        assert hands.outcome() == [(kind.check, Done.SKIPPED)]


@pytest.mark.parametrize(
    ("made", "touches"),
    [
        (lambda: AnnounceScreen(PLACE, "fr"), ("Commencer", "Passer")),
        (lambda: SpotScreen(PLACE, "fr"), (right(0), "Passer")),
        (lambda: FolderScreen(PLACE, "fr"), (file(0, wanted=True), "Passer")),
        (lambda: FolderScreen(PLACE, "fr", "", (True,)), ("A", "Effacer", "Passer")),
    ],
)
async def test_nothing_is_heard_for_half_a_second(made, touches, monkeypatch):
    """A touch that was meant for the screen before does nothing here; then it does, also at each new step."""
    now = [100.0]
    monkeypatch.setattr(settling, "monotonic", lambda: now[0])
    monkeypatch.setattr(Settling, "PAUSE", PAUSE)
    async with before(made()) as hands:
        first = hands.shown.text
        now[0] += PAUSE - 0.01
        for label in touches:
            await hands.touch(label)
        await hands.press("escape", "x")
        assert hands.kinds() == []
        assert hands.shown.text == first
        now[0] += 0.02
        await hands.touch(touches[0])
        assert hands.kinds() or hands.shown.text != first
        if isinstance(hands.screen, ExerciseScreen) and hands.screen._steps and touches[0] != "A":
            await hands.press("escape")
            assert len(hands.screen._steps) == 1
            now[0] += PAUSE
            await hands.press("escape")
            assert hands.screen._steps == ()


@pytest.mark.parametrize(
    "made",
    [
        lambda: SpotScreen(PLACE, "fr", "", (True,)),
        lambda: FolderScreen(PLACE, "fr", "", (True, False)),
        lambda: FolderScreen(PLACE, "fr", "", (True, False, True)),
    ],
)
async def test_wiped_nothing_of_anybody_is_left(made):
    async with before(made()) as hands:
        screen = hands.screen
        await hands.press(*WORD)
        screen.wipe()
        await hands.settled()
        assert screen._steps == ()
        assert WORD.lower() not in hands.shown.text
        if isinstance(screen, FolderScreen):
            assert screen._copying.letters == ""
            assert WORD.lower() not in repr(screen._copying._typed.content)
        left = [key.label for key in screen.query("MessageKey, #files Key").results(Key) if key.label]
        assert left == []
        for key in screen.query("MessageKey, #files Key").results(Key):
            key._last_press = float("-inf")
            key.post_message(Key.Pressed(key))
        await hands.settled()
        assert hands.kinds() == []


async def test_what_is_read_aloud_is_written_there():
    """A-31: the question, and each message with who wrote it."""
    async with before(SpotScreen(PLACE, "fr")) as hands:
        spoken = [one.text for one in hands.asked if isinstance(one, Spoken)][-1]
        assert "Un message est dangereux. Lequel ?" in spoken
        for message in exercises().sets[0].messages:
            assert message.sender["fr"] in spoken
            assert message.text["fr"] in spoken
