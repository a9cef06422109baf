"""Random input at the real program, with a seed: ``make random``, or a short run of it in the suite.

The actions follow from the seed; what they meet depends on how fast the machine draws. A failure names
the seed and the last actions with every byte they sent.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from crowd import Crowd, gather
from driver import Terminal
from guests import Guest
from promises import Promises
from random_hands import USUAL_FROM, Action, Hands

from assets.languages import LANGUAGES, translator

SEED = 20221103
SECONDS = 300.0
BETWEEN_COUNTS = 60
"""Actions after which somebody with a card comes, and the log is looked at."""
KEPT = 30
"""Actions that a failure shows."""
SILENCE = 0.7
"""Seconds after which a paste that nobody ended is over: nobody shows a card faster after another."""

SIGHTS = {
    "welcome": "Montrez votre carte.",
    "ways": "Passez votre carte sous le lecteur.",
    "code pad": "Les six lettres de votre invitation",
    "name pad": "La première lettre de votre prénom ?",
    "names": "Touchez votre nom.",
    "is it you": "Ce n'est pas moi",
    "first name": "Votre prénom, pour vous accueillir",
    "audience": "Qu'est-ce qui vous amène ?",
    "help": "On vient vous aider.",
    "same name": "Deux personnes ont ce nom.",
    "day": "À prendre : carte ou invitation.",
    "PIN": "Entrer",
    "PIN delay": "Trop d'essais.",
    "noted": "Votre présence est notée. Installez-vous.",
    "choice": "Touchez le vôtre.",
    "full": "Toutes les places sont prises.",
    "a free place": "Rester",
    "unknown code": "Cette carte ou ce code ne marche pas ici.",
    "mistyped": "Regardez encore",
}
_SIGHTS = {name: [translator(language)(text) for language in LANGUAGES] for name, text in SIGHTS.items()}


@dataclass(slots=True)
class Run:
    """One run: what was done, what was seen, what was written."""

    seed: int
    crowd: Crowd
    term: Terminal
    done: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT))
    shown_again: int = 0
    """Cards that had to be shown a second time."""
    held: list[int] = field(default_factory=list)
    """Kilobytes that the program held at each count."""
    _small: bool = False

    def play(self, actions: int | None, seconds: float) -> Promises:
        """Act until so many actions or seconds have gone by, with all promises kept.

        Raises:
            AssertionError: one was not; the message says how to see it again.
        """
        promises = Promises(self.crowd, self.term)
        hands, probes = Hands(self.seed, self.crowd), iter(self.crowd.probes)
        until, number = time.monotonic() + seconds, 0
        try:
            while number != actions and time.monotonic() < until:
                action = hands.action(number, self.term.screen.display)
                self.last.append(f"{number} {action}")
                self.done[action.kind] += 1
                if action.gives:
                    promises.given(action.gives)
                self.act(action)
                promises.look()
                self.sight()
                number += 1
                if number % BETWEEN_COUNTS == 0:
                    self.count(promises, next(probes, self.crowd.probes[-1]))
            if number % BETWEEN_COUNTS:
                self.count(promises, self.crowd.probes[-1])
            self.go_home()
            promises.look()
            promises.end()
        except Exception as broken:
            raise AssertionError(f"{broken!r}\n{self.story()}") from broken
        return promises

    def act(self, action: Action) -> None:
        """Do it, and wait as long as it says."""
        if action.size:
            self.term.resize(*action.size)
            self._small |= action.size[0] < USUAL_FROM[0] or action.size[1] < USUAL_FROM[1]
        if action.signal:
            self.term.signal(action.signal)
        if action.gap:
            self.term.type(action.sends.decode(), action.gap)
        else:
            self.term.send(action.sends)
        if action.then:
            self.term.settle(action.then)
        else:
            self.term.pump()

    def sight(self) -> None:
        """Note which screens are met."""
        text = self.term.text
        self.seen.update(name for name, texts in _SIGHTS.items() if any(said in text for said in texts))

    def count(self, promises: Promises, guest: Guest) -> None:
        """Somebody with a card is welcomed, whatever went before; then the log is looked at."""
        self.term.resize(80, 24)
        self.term.settle(SILENCE)
        promises.given(guest)
        self.last.append(f"a card that must work, of {guest.name}")
        for _ in range(3):
            self.term.show_card(guest.token)
            with suppress(AssertionError):
                self.term.wait_for(lambda text: guest.name in text and "✓" in text, 5)
                break
            self.shown_again += 1
        else:
            raise AssertionError("a known card is not welcomed")
        self.held.append(self.memory)
        promises.look()
        promises.count(small=self._small)
        self._small = False

    def go_home(self) -> None:
        """The person touches the key that ends the visit, and the welcome of the house is back."""
        done = {translator(language)("Terminé") for language in LANGUAGES}
        self.term.settle(SILENCE)  # the keys follow the words
        shown = self.term.wait_for(lambda text: any(label in text for label in done))
        self.term.touch(next(label for label in done if label in shown))
        self.term.wait_for("Montrez votre carte.")

    def story(self) -> str:
        """How to see it again."""
        told = "\n".join(self.last)
        return (
            f"seed {self.seed}, the last of {self.done.total()} actions:\n{told}\nscreen:\n{self.term.text}"
        )

    @property
    def memory(self) -> int:
        """Kilobytes that the program holds now."""
        status = Path(f"/proc/{self.term.process.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0])


def tell(run: Run, promises: Promises) -> None:
    """What was done, met and written: whether the run went deep enough to say anything."""
    print(f"seed {run.seed}: {run.done.total()} actions, all promises kept.")
    print(f"  memory: {run.held[0]} -> {run.held[-1]} kB, at most {max(run.held)} kB")
    print(f"  drawn: {len(run.term.raw)} bytes; cards that had to be shown again: {run.shown_again}")
    for title, counted in (("done", run.done), ("seen", run.seen), ("written", promises.new_rows)):
        print(f"  {title}: " + ", ".join(f"{name} {times}" for name, times in counted.most_common()))
    print("  never seen: " + (", ".join(sorted(SIGHTS.keys() - run.seen.keys())) or "nothing"))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--actions", type=int, help="so many actions, however long they take")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kiosk-random-") as folder:
        crowd = gather(Path(folder) / "home")
        empty = Path(folder) / "user"
        empty.mkdir()
        with Terminal(home=crowd.corner.path, HOME=str(empty)).ready() as term:
            run = Run(asked.seed, crowd, term)
            try:
                promises = run.play(asked.actions, float("inf") if asked.actions else asked.seconds)
                assert not list(empty.iterdir()), "something was written into the user's own folder"
            except AssertionError as broken:
                traceback.print_exception(broken.__cause__)
                print(broken, file=sys.stderr)
                return 1
            tell(run, promises)
    return 0


if __name__ == "__main__":
    sys.exit(main())
