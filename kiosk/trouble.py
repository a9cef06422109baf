"""What can go wrong outside, as one sentence that says what happened and what to do."""

from __future__ import annotations

from assets.languages import Counted, Translate


class Trouble(Exception):
    """A failure that a person is told about; never a traceback.

    The sentence is French source text (marked with ``N_``, or a ``Counted``); it is translated where it
    is shown.
    """

    def __init__(self, sentence: str | Counted, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def told(self, translate: Translate) -> str:
        """The sentence in the operator's language."""
        return translate(self.sentence, **self.values)
