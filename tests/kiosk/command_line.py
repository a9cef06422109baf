"""Running commands inside the test, as ``python -m kiosk`` would."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pysqlite3
import pytest

from kiosk.__main__ import main

MORNING = "2022-11-03T08:20"
WITHIN = "2022-11-03T08:20:00+01:00"

BOOKINGS = """référence;prénom;nom;programme;date;début;fin
R-1;Binta;Ouédraogo;awareness;2022-11-03;08:30;12:00
R-2;Joris;Peeters;awareness;2022-11-03;8h30;12h00
R-3;Ștefan;Ionescu;awareness;03/11/2022;08:30;12:00
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def refused(self) -> bool:
        """Refused as a person can read it: code 1 or 2, words on stderr, no traceback."""
        words = self.err.strip()
        assert "Traceback" not in self.err + self.out, self.err
        assert "Error:" not in words.split("\n")[0], words
        return self.code in (1, 2) and bool(words) and words[-1] in ".!?)╯"


class CommandLine:
    """The commands on one home."""

    def __init__(self, home: Path, folder: Path, patch: pytest.MonkeyPatch, capture) -> None:
        self.home = home
        self._folder = folder
        self._patch = patch
        self._capture = capture

    def __call__(self, *arguments: object) -> Ran:
        self._patch.setattr(sys, "argv", ["kiosk", *map(str, arguments)])
        self._capture.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        said = self._capture.readouterr()
        assert "Traceback" not in said.err + said.out
        return Ran(code if isinstance(code, int) else 0, said.out, said.err)

    def file(self, name: str, text: str) -> Path:
        path = self._folder / name
        path.write_text(text, "utf-8")
        return path

    def asked(self, sql: str) -> list[tuple]:
        conn = pysqlite3.connect(str(self.home / "kiosk.db"))
        try:
            return conn.execute(sql).fetchall()
        finally:
            conn.close()

    def sql(self, sql: str) -> None:
        conn = pysqlite3.connect(str(self.home / "kiosk.db"))
        try:
            conn.execute(sql)
            conn.commit()
        finally:
            conn.close()

    def rows(self, table: str) -> int:
        return self.asked(f"select count(*) from {table}")[0][0]
