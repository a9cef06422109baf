"""What holds whatever anybody does at the kiosk: no way out, no traceback, no menu, no row unasked."""

from __future__ import annotations

import json
import re
from collections import Counter

from crowd import FAMILY, PIN, Crowd
from driver import ALTERNATE_OFF, Terminal, kiosk
from guests import Guest

from assets.languages import LANGUAGES, translator
from models.issuing import participant_id

NEVER_DRAWN = (
    ALTERNATE_OFF,
    *(b"\x1b[?1003l", b"\x1b[?2004l", b"\x1bc"),  # mouse and pastes stay on, the terminal is not reset
    *(b"\x1b]0;", b"\x1b]1;", b"\x1b]2;", b"\x1b]8;", b"\x1b]52;"),  # titles, links, the clipboard
    *(b"Traceback", b"Exception", b"command palette", b"Search for commands", b"Screenshot", b"screenshot"),
    *(b"to quit", b"Maximize", b"Quit the application", b"Keys and Help", b"^p ", b"^q "),
    *(f"{translator(language)('Fermer la borne')}".encode() for language in LANGUAGES),
    FAMILY.encode(),
    PIN.encode(),
)
ALLOWED_FILES = re.compile(
    r"settings\.toml|kiosk\.db(-wal|-shm|\.lock)?|secrets/code\.key|logs/kiosk\.log(\.\d)?"
)
BY_THEMSELVES = {"code.refused", "code.paused", "pin.tried", "help.called"}
"""Kinds of rows that say nothing of anybody's presence."""


def said(sentence: str, **values: str) -> list[bytes]:
    """A sentence in every language, as it is drawn."""
    return [translator(language)(sentence, **values).encode() for language in LANGUAGES]


class Promises:
    """Follows one run; every method fails with what was broken."""

    def __init__(self, crowd: Crowd, term: Terminal) -> None:
        self._crowd, self._term = crowd, term
        self._rows = self._read()
        self._began = len(self._rows)
        self._files = self._kept()
        self._seen = self._counted = 0
        self._given: set[str] = set()
        self._ids = {guest: participant_id(f"sh-{number}") for number, guest in enumerate(crowd.shown)}
        self._ids |= {guest: participant_id(f"pro-{number}") for number, guest in enumerate(crowd.probes)}
        self._secrets = [PIN] + [
            text for guest in (*self._ids, *crowd.away.values()) for text in (guest.token, guest.code)
        ]
        self._never = [*NEVER_DRAWN]
        for guest in crowd.away.values():
            self._never += [guest.name.encode(), guest.token.encode()]
        self._never_drawn = re.compile(b"|".join(map(re.escape, self._never)))
        self.walked_in: set[str] = set()

    @property
    def new_rows(self) -> Counter[str]:
        """Rows that were written since the beginning, by kind."""
        return Counter(row[1] for row in self._rows[self._began :])

    def given(self, guest: Guest) -> None:
        """This person's card or code is shown from now on."""
        self._given.add(self._ids[guest])

    # ---- after every action

    def look(self) -> None:
        """The program lives, and has drawn nothing that it may not draw."""
        assert self._term.alive, f"the program ended with {self._term.process.poll()}"
        found = self._never_drawn.search(self._term.raw, max(self._seen - 64, 0))
        self._seen = len(self._term.raw)
        assert not found, f"drawn: {found.group()!r}"

    # ---- now and then

    def count(self, *, small: bool) -> None:
        """Every row since the last count was asked for; the earlier ones are as they were.

        Where the terminal was ``small`` meanwhile, a question may have been answered that was not drawn.
        """
        rows, known = self._read(), len(self._rows)
        assert rows[:known] == self._rows, "earlier rows have changed"
        drawn = bytes(self._term.raw[self._counted :])
        self._rows, self._counted = rows, len(self._term.raw)
        asked = sum(drawn.count(question) for question in said("Qu'est-ce qui vous amène ?"))
        came = 0
        for _, kind, entity_id, subject, actor, text, *_ in rows[known:]:
            body = json.loads(text)
            whom = f"{kind} of {subject}: {text}"
            assert actor == ("system" if kind == "pin.tried" else "participant"), f"{actor} wrote {whom}"
            assert not any(secret in text for secret in self._secrets), f"a secret in {kind}"
            assert not any(person in text or person == subject for person in self._crowd.away), whom
            if kind == "participant.set":
                came += 1
                self._walked_in(entity_id, body)
            elif kind == "attendance.arrived":
                self._asked_for(body["participant"], body["way"], whom, drawn, small)
            elif kind == "booking.set":
                status, source = body["set"].get("status"), body["set"].get("source")
                assert status in ("booked", "waiting", None), whom
                assert source in ("walk_in", None), whom
                self._asked_for(str(subject), "name", whom, drawn, small)
            else:
                assert kind in BY_THEMSELVES, whom
                assert not body.get("right"), whom
        assert small or came <= asked, f"{came} came without a booking, {asked} were asked what brings them"
        arrivals = Counter(
            (entity, subject) for _, kind, entity, subject, *_ in rows if kind.endswith("arrived")
        )
        assert not [twice for twice, times in arrivals.items() if times > 1], "somebody arrived twice"

    def _walked_in(self, person: str, body: dict) -> None:
        assert not any(person in (row[2], row[3]) for row in self._rows[: self._began]), "not a new person"
        said_of_them = body["set"]
        assert set(said_of_them) == {"first_name", "language", "audience", "reference"}, said_of_them
        assert not said_of_them["reference"], said_of_them
        assert len(said_of_them["first_name"]) <= 30, said_of_them
        self.walked_in.add(person)

    def _asked_for(self, person: str, way: str, whom: str, drawn: bytes, small: bool) -> None:
        """Somebody's card, code or name was given, or they came without a booking."""
        if person in self._given or person in self.walked_in:
            return
        assert way == "name" and person in self._crowd.named, f"nobody asked for {whom}"
        label = self._crowd.named[person]
        greeted = [drawn.find(hello) for hello in said("Bonjour {name}", name=label)]
        first = min((at for at in greeted if at >= 0), default=len(drawn))
        assert small or 0 <= drawn.find(label.encode()) < first, f"{label} was never asked: {whom}"

    # ---- at the end

    def end(self) -> None:
        """The log is whole, the files are those that were there, and the program's own log names nobody."""
        checked = kiosk(self._crowd.corner.path, "verify")
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert self._kept() == self._files, "settings or key have changed"
        home = self._crowd.corner.path
        names = [str(file.relative_to(home)) for file in home.rglob("*") if file.is_file()]
        strange = [name for name in names if not ALLOWED_FILES.fullmatch(name)]
        assert not strange, f"new files: {strange}"
        written = "".join(file.read_text("utf-8") for file in (home / "logs").glob("*"))
        people = [guest.name for guest in self._ids] + [
            label.split()[0] for label in self._crowd.named.values()
        ]
        people += [row[0] for row in self._crowd.corner.asked("select first_name from participant")]
        told = [name for name in people if len(name) > 4 and re.search(rf"\b{re.escape(name)}\b", written)]
        assert not told, f"names in the log: {told}"
        assert not any(secret in written for secret in self._secrets), "a code in the log"
        bad = [line for line in written.splitlines() if "input not understood" not in line]
        assert not bad, "failures in the log:\n" + "\n".join(bad[:20])

    def _read(self) -> list[tuple]:
        return self._crowd.corner.asked(
            "select n, kind, entity_id, subject, actor, body, id, seq, hlc, salt, digest, chain, redacted"
            " from change order by n"
        )

    def _kept(self) -> list[bytes]:
        home = self._crowd.corner.path
        return [(home / name).read_bytes() for name in ("settings.toml", "secrets/code.key")]
