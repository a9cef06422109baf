"""Every change of screen on the public side, as steps: which key, and what shows that it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.home import WELCOME, Person


@dataclass(frozen=True, slots=True)
class Step:
    """One key of the kiosk, and a plain program's act of the same size."""

    name: str
    """The screen that comes, or what changes on the present one."""
    label: str
    shows: str | tuple[str, ...]
    plain: str
    """``"8"``: opens a screen of eight buttons; ``"back"``; ``"say"``: a text changes in its place."""
    letter: bool = False
    """Typed where a keyboard is used; touched where it is not."""
    seen: str = ""
    """For a letter that leads on: how it stands on the screen before that."""
    last: bool = False
    """Nearer from the end, where a hand moves by keys."""

    @property
    def markers(self) -> tuple[str, ...]:
        """All that shows it."""
        return (self.shows,) if isinstance(self.shows, str) else self.shows


def _answer(name: str) -> tuple[str, str]:
    """An answer is whole once its keys stand below it."""
    return f"Bonjour {name}", "Terminé"


HOME = (WELCOME, "Je suis là")


def by_code(person: Person) -> Iterator[Step]:
    """From the welcome to the answer by the code of the invitation, past the day, and back."""
    yield _ARRIVE
    yield _PAD
    yield from _letters(person.code)
    whole = "   ".join(person.code)
    yield Step("answer to a code", person.code[-1], _answer(person.name), "4", letter=True, seen=whole)
    yield from _day("Voir la journée", _answer(person.name))
    yield _DONE


def slip(person: Person) -> Iterator[Step]:
    """A code with a wrong letter, and the way back by every "Retour"."""
    wrong = person.code[:-1] + ("B" if person.code[-1] != "B" else "C")
    yield _ARRIVE
    yield _PAD
    yield from _letters(wrong)
    yield Step("slip told", wrong[-1], "n'est pas juste", "say", letter=True, seen="   ".join(wrong))
    yield Step("letter erased", "Effacer", "   ".join(f"{wrong[:-1]}_"), "say", last=True)
    yield Step("ways again", "Retour", "Passez votre carte", "back", last=True)
    yield Step("welcome again", "Retour", HOME, "back", last=True)


def by_name(person: Person) -> Iterator[Step]:
    """From the welcome to the answer by the first letter of the name, with a "Ce n'est pas moi" between."""
    label = f"{person.name} T."
    asked, chosen = "Touchez votre nom", f"Êtes-vous {label} ?"
    yield _ARRIVE
    yield Step("keyboard", "Chercher mon nom", "première lettre", "32")
    for turned, sign in (("é è", "É"), ("š ț", "Á"), ("A B", "A")):
        yield Step("page of letters", turned, f" {sign} ", "say", last=True)
    yield Step("names", person.name[0], asked, "8", letter=True, seen=f"{person.name[0]}_")
    yield Step("is it you", label, chosen, "4")
    yield Step("names again", "Ce n'est pas moi", asked, "back")
    yield Step("is it you", label, chosen, "4")
    yield Step("answer to a name", "C'est moi", _answer(person.name), "4")
    yield _DONE


def walk_in() -> Iterator[Step]:
    """Somebody without a booking."""
    yield _ARRIVE
    yield Step("keyboard", "Je n'ai pas réservé", "pour vous accueillir", "32")
    yield Step("letter of a name", "A", "A_", "say", letter=True)
    yield Step("letter of a name", "L", "Al_", "say", letter=True)
    yield Step("what brings you", "Continuer", "Qu'est-ce qui vous amène", "8", last=True)
    yield Step("answer to a walk-in", "Je cherche un emploi", _answer("Al"), "4")
    yield _DONE


def round_about() -> Iterator[Step]:
    """What can be touched on the welcome beside "Je suis là"."""
    yield from _day("Voir la journée", HOME)
    yield Step("another language", "English", "Show your card", "say")
    yield Step("another language", "Français", HOME, "say")
    yield Step("help", "Aide", "On vient vous aider", "4", last=True)
    yield Step("welcome again", "Terminé", HOME, "back", last=True)
    yield Step("door of the team", "Équipe", "Votre code", "20", last=True)
    yield Step("welcome again", "Retour", HOME, "back", last=True)


def at_once(person: Person) -> Iterator[Step]:
    """A code that is typed on a keyboard before the welcome, where no screen asks for it."""
    for letter in person.code[:-1]:
        yield Step("letter at the welcome", letter, f"│ {letter} │", "say", letter=True)
    yield Step("answer to a code", person.code[-1], _answer(person.name), "4", letter=True)
    yield _DONE


def _day(label: str, before: tuple[str, ...]) -> Iterator[Step]:
    yield Step("day", label, "À prendre", "4")
    yield Step("day, next step", "Voir la suite", "13 h", "say")
    yield Step("back from the day", "Retour", before, "back", last=True)


def _letters(code: str) -> Iterator[Step]:
    """All letters but the last one."""
    for place, letter in enumerate(code[:-1], 1):
        shown = "   ".join(code[:place].ljust(6, "_"))
        yield Step("letter on the pad", letter, shown, "say", letter=True)


_ARRIVE = Step("ways", "Je suis là", "Passez votre carte", "8")
_PAD = Step("pad", "Taper mon code", "Les six lettres", "20")
_DONE = Step("welcome after an answer", "Terminé", HOME, "back", last=True)
