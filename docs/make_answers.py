"""Write ``docs/answers.md``: what each answer says and offers, in each language: ``make answers``.

The file is made from the rules and catalogues that the kiosk itself uses; a test compares the two and
fails where an answer leaves somebody without a next step.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(1, str(Path(__file__).parent.parent / "tests" / "screens"))

from stage import FACTS, outcome

from assets.languages import LANGUAGES, own_name, translator
from models.words import Answer
from screens.offers import offers
from screens.wording import not_saved, words

FILE = Path(__file__).parent / "answers.md"
NAME = "Ana B."

HEAD = """# Answers

Made by `make answers` from the texts of the kiosk; do not edit. Every answer of a check-in, in every
language, with an invented person: its sign and title, what is said, what to do next, and the keys below.
*Aide* (Hulp, Hilfe, Help) stands at the left of every foot and calls a person in silence.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in one language."""

    case: str
    sign: str
    title: str
    says: tuple[str, ...]
    then: tuple[str, ...]
    keys: tuple[str, ...]


def rows(language: str) -> list[Row]:
    """Every answer in one language; the last is the one that could not be stored."""
    translate = translator(language)
    always = (translate("Terminé"), translate("Aide"))
    found = []
    ended = outcome("pause", language, NAME)
    for case in (*FACTS, "not_saved"):
        told = None if case == "not_saved" else outcome(case, language, NAME)
        said = words(told, language) if told else not_saved(language)
        offered = [label.replace("\n", ", ") for label, _ in offers(told, language)] if told else []
        found.append(Row(case, said.sign, said.title, said.says, said.then, (*offered, *always)))
        if case == "pause":
            over = words(ended, language, 0)
            again = [label for label, _ in offers(replace(ended, answer=Answer.MISTYPED), language)]
            found.append(Row("pause, over", over.sign, over.title, over.says, over.then, (*again, *always)))
    return found


def table() -> str:
    """The whole file."""
    parts = [HEAD]
    for language in LANGUAGES:
        lines = [f"## {own_name(language)}", ""]
        lines += ["| Answer | Title | It says | What next | Keys |", "|---|---|---|---|---|"]
        for row in rows(language):
            cells = (
                f"`{row.case}`",
                f"{row.sign} {row.title}",
                " ".join(row.says),
                " ".join(row.then),
                " / ".join(row.keys),
            )
            lines.append("| " + " | ".join(cells) + " |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
