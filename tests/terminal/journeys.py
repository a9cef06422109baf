"""Every way of arriving, walked through by invented people in a real terminal, with a finger and a card.

The tests walk them, and ``docs/terminal_pictures.py`` draws what they pass: one story, looked at twice.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from driver import PATIENCE, Terminal
from guests import Corner, Guest, found

from assets.facts import programmes
from assets.languages import own_name, room_name, translator
from models.codes import ALPHABET
from models.lines import BookingLine
from screens.choices import AUDIENCES
from screens.widgets.key import SAME_TOUCH
from screens.widgets.keyboard import pages

GRIDS = ((56, 16), (80, 24), (100, 30), (132, 43))
LANGUAGE = "de"
"""The language with the longest texts, as ``test_ways`` measures; chosen on the welcome by its own key."""

MORNING = (str(Path(__file__).with_name("morning.py")),)
"""The program, ten minutes before the first workshop begins."""
PLACE = "SmartCorner de Charleroi"
WALK_IN = "Zoé"
PEOPLE = (
    *(("Maximilienne", "Wouters"), ("Çağla", "Yıldız"), ("Maria-Fernanda", "Wauters"), ("Ștefan", "Ionescu")),
    *(("Marie-Laure", "Delvaux"), ("Mohamed-Amine", "Wahbi")),
)
CARD, CODE, NAME, BACK = range(4)
"""Who of them comes which way; the last two are only there to be chosen from."""


def corner_of(path: Path) -> Corner:
    """A home with a morning that is about to begin, and an afternoon that is not open yet."""
    morning = datetime(2022, 11, 3, 7, 30, tzinfo=UTC), datetime(2022, 11, 3, 11, 0, tzinfo=UTC)
    afternoon = datetime(2022, 11, 3, 12, 30, tzinfo=UTC), datetime(2022, 11, 3, 16, 0, tzinfo=UTC)
    lines = []
    for number, (first_name, last_name) in enumerate((*PEOPLE, ("Kofi", "Adjei"))):
        later = number == len(PEOPLE)
        starts, ends = afternoon if later else morning
        lines.append(
            BookingLine(
                line=number + 1,
                corner="charleroi",
                programme="digital-skills" if later else "awareness",
                starts_at=starts,
                ends_at=ends,
                room="1" if later else "2",
                reference=f"W-{number}",
                first_name=first_name,
                last_name=last_name,
                language="fr",
                status="booked",
            )
        )
    return found(path, lines, datetime(2022, 11, 1, 9, tzinfo=UTC))


def whole_keys(screen: Sequence[str]) -> list[tuple[str, int, int]]:
    """Label, row and column (from 1) of every key whose frame is closed; a broken frame says so."""
    keys = []
    for top, line in enumerate(screen):
        for frame in re.finditer("╭─+╮", line):
            left, right = frame.span()
            floor = f"╰{'─' * (right - left - 2)}╯"
            inside = []
            for below in screen[top + 1 :]:
                side = below[left:right]
                if side == floor or (side[0], side[-1]) != ("│", "│"):
                    break
                inside.append(side[1:-1])
            # "Équipe · 2" says how many wait for the team.
            label = re.sub(r" · \d+$", "", " ".join(" ".join(inside).split()))
            if side != floor:
                keys.append((f"broken: {label}", top + 1, left + 1))
            elif len(inside) <= 2 and not re.search("[\u2580-\u259f]", label):  # else a card or its reader
                keys.append((label, top + 2, (left + right) // 2 + 1))
    return keys


def spoken(screen: Sequence[str]) -> str:
    """The words on a screen, without frames, drawings and line breaks."""
    return " ".join(re.sub("[\u2500-\u25ff]", " ", "\n".join(screen)).split())


class Walk:
    """Somebody at the kiosk, who goes on only when everything that should be there is there, whole."""

    def __init__(self, term: Terminal, look: Callable[[str, str], None]) -> None:
        self.term = term
        self.look = look
        """Called at every stop with the way and the step, while the screen stands."""
        self.way = ""
        self._pending = ""
        self._touched: dict[str, float] = {}

    def stop(self, step: str, says: Sequence[str], keys: Sequence[str]) -> None:
        """Wait for exactly these keys and all these sentences; fails with the screen."""

        until = time.monotonic() + PATIENCE
        while lost := self._missing(says, keys):
            shown = f"{self.way}, {step}: {lost}; screen:\n{self.term.text}"
            assert time.monotonic() < until and self.term.alive, shown
            self.term.pump(0.02)
            self.term.settle(0.01)
        self._touched[self._pending] = time.monotonic()
        self.look(self.way, step)

    def _missing(self, says: Sequence[str], keys: Sequence[str]) -> list[str]:
        """What the screen should show and does not, or the other way round."""
        screen = self.term.screen.display
        text, labels = spoken(screen), sorted(label for label, _, _ in whole_keys(screen))
        lost = [sentence for sentence in says if sentence not in text]
        lost += [] if labels == sorted(keys) else [f"keys {sorted(keys)}, not {labels}"]
        return lost + ([] if PLACE in screen[0] else [PLACE])

    def touch(self, label: str) -> None:
        """A finger on this key; a second touch of one key waits until it counts as another (A-24)."""
        while time.monotonic() - self._touched.get(label, float("-inf")) < SAME_TOUCH:
            self.term.pump(0.01)
        row, column = next((y, x) for name, y, x in whole_keys(self.term.screen.display) if name == label)
        self.term.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
        self._pending = label


def walk(term: Terminal, guests: Sequence[Guest], look: Callable[[str, str], None]) -> None:
    """All the ways, one after the other, on one kiosk that stands on its French welcome."""
    t = translator(LANGUAGE)
    person = Walk(term, look)
    names = [f"{first} {last[0]}." for first, last in PEOPLE]
    done, back, aid = t("Terminé"), t("Retour"), t("Aide")
    morning = f"{programmes()['awareness'].name(LANGUAGE)} · {room_name('2', LANGUAGE)}"

    def welcome(language: str, step: str) -> None:
        say = translator(language)
        others = [own_name(other) for other in ("fr", "nl", "de", "en") if other != language]
        labels = ("Je suis là", "Voir la journée", "Faire le point", "Aide", "Équipe")
        greeting = programmes()["awareness"].name(language), say("Montrez votre carte.")
        person.stop(step, greeting, [*map(say, labels), *others])

    def arrive() -> None:
        """From the French welcome to the choice of ways, in the language that was asked for."""
        welcome("fr", "welcome")
        person.touch(own_name(LANGUAGE))
        welcome(LANGUAGE, "the language chosen")
        if person.way != "card":
            person.touch(t("Je suis là"))
            ways("ways")

    def ways(step: str) -> None:
        said = t("Passez votre carte sous le lecteur."), t("Pas de carte ? Choisissez ici.")
        labels = ("Taper mon code", "Chercher mon nom", "Je n'ai pas réservé", "Aide", "Retour")
        person.stop(step, said, [t(label) for label in labels])

    def pad(step: str, letters: str) -> None:
        shown = " ".join(letters.ljust(6, "_"))
        keys = [*ALPHABET, aid, t("Effacer"), back]
        person.stop(step, (t("Les six lettres de votre invitation"), shown), keys)

    def keyboard(step: str, question: str, name: str, page: str, *more: str) -> None:
        turn = {"letters": "é è", "accents": "š ț"}[page]
        keys = [*"".join(pages()[page]), turn, t("Effacer"), aid, back, *more]
        person.stop(step, (t(question), f"{name}_"), keys)

    def answer(name: str, *, own: bool = False) -> None:
        """Their path is offered to whoever has shown a card or given a code."""
        hello = f"✓ {t('Bonjour {name}', name=name)}"
        noted = t("Votre présence est notée. Installez-vous.")
        keys = [aid, t("Voir la journée"), t("Faire le point"), done]
        person.stop("answer", (hello, morning, noted), [*keys, t("Mon parcours")] if own else keys)

    def visits() -> Iterator[str]:
        yield "card"
        arrive()
        term.show_card(guests[CARD].token)
        answer(names[CARD], own=True)
        person.touch(done)

        yield "code"
        arrive()
        person.touch(t("Taper mon code"))
        for number, letter in enumerate(guests[CODE].code):
            pad("code begun", guests[CODE].code[:number])
            person.touch(letter)
        answer(names[CODE], own=True)
        person.touch(done)

        yield "name"
        arrive()
        person.touch(t("Chercher mon nom"))
        keyboard("first letter", "La première lettre de votre prénom ?", "", "letters")
        person.touch("M")
        like = [name for name in names if name.startswith("M") and name != names[CARD]]
        person.stop("names", (t("Touchez votre nom."),), [*like, aid, back])
        person.touch(names[NAME])
        asked = t("Êtes-vous {name} ?", name=names[NAME])
        person.stop("is it you?", (asked,), [t("C'est moi"), t("Ce n'est pas moi"), aid, back])
        person.touch(t("C'est moi"))
        answer(names[NAME])
        person.touch(done)

        yield "walk-in"
        arrive()
        person.touch(t("Je n'ai pas réservé"))
        question, go_on = "Votre prénom, pour vous accueillir", t("Continuer")
        for number, key in enumerate("ZO"):
            keyboard("first name", question, WALK_IN[:number], "letters", go_on)
            person.touch(key)
        keyboard("first name", question, "Zo", "letters", go_on)
        person.touch("é è")
        keyboard("first name", question, "Zo", "accents", go_on)
        person.touch("É")
        keyboard("first name", question, WALK_IN, "accents", go_on)
        person.touch(go_on)
        keys = [*map(t, AUDIENCES.values()), aid, back]
        person.stop("audience", (t("Qu'est-ce qui vous amène ?"),), keys)
        person.touch(t(AUDIENCES["student"]))
        answer(WALK_IN)
        person.touch(done)

        yield "help"
        arrive()
        person.touch(aid)
        said = ("On vient vous aider.", "L'équipe sait que vous êtes là.")
        said = (*said, "Vous pouvez rester ici, ou lever la main.")
        person.stop("help", [t(sentence) for sentence in said], [aid, done, back])
        person.touch(done)

        yield "back"
        arrive()
        person.touch(t("Taper mon code"))
        pad("code begun", "")
        person.touch(ALPHABET[0])
        pad("code begun", ALPHABET[0])
        person.touch(back)
        ways("back: ways")
        person.touch(back)
        welcome(LANGUAGE, "back: welcome")
        term.show_card(guests[BACK].token)
        answer(names[BACK], own=True)

    for way in (coming := visits()):
        person.way = way
    coming.close()
