"""Papers: kept whole for this user only, then handed to the printer; nobody waits for either."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import printing
from kiosk.clock import monotonic
from kiosk.home import Home
from kiosk.printing import KEPT, NOWHERE, Papers
from kiosk.start import _printer

NOW = datetime(2022, 11, 3, 12, 0, tzinfo=UTC)
NAME = "feuille-2022-11-03-0830-awareness.pdf"


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """``programs(lp="…")``: the PATH holds nothing but these invented programs of the printing system."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def invented(**scripts: str) -> Path:
        for name, does in scripts.items():
            file = folder / name
            file.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
            file.chmod(0o700)
        return folder

    return invented


@pytest.fixture
def papers(tmp_path):
    """``papers(printer)``: a folder that is not there yet, and what the settings say."""

    def with_printer(printer: str = "") -> Papers:
        return Papers(tmp_path / "papers", lambda: printer)

    return with_printer


def lp(folder: Path) -> str:
    """A printer that writes down how it was called, and keeps what it was given."""
    return f'echo "$*" >> "{folder}/called.txt"\nread line < "$3"\necho "$line" > "{folder}/paper.txt"'


def sent(papers: Papers, data: bytes = b"%PDF one\n"):
    return papers.send(papers.keep(NAME, data, NOW)).result(timeout=20)


def test_a_paper_goes_to_the_printer_that_the_settings_name(programs, papers):
    folder = programs()
    programs(lp=lp(folder), lpstat="echo 'system default destination: Other'")
    done = sent(papers("Laser_2"))
    assert (done.printed, done.printer) == (True, "Laser_2")
    assert (folder / "called.txt").read_text() == f"-d Laser_2 {done.path}\n"
    assert (folder / "paper.txt").read_text() == "%PDF one\n"


def test_where_the_settings_say_nothing_it_goes_to_the_systems_own(programs, papers):
    folder = programs()
    programs(lp=lp(folder), lpstat='[ "$LC_ALL" = C ] && echo "system default destination: Laser 3"')
    done = sent(papers())
    assert (done.printed, done.printer) == (True, "Laser 3")
    assert (folder / "called.txt").read_text().startswith("-d Laser 3 ")


@pytest.mark.parametrize(
    "lpstat", ["echo 'no system default destination'", "echo 'lpstat: no scheduler' >&2; exit 1"]
)
def test_without_any_printer_the_paper_is_kept(programs, papers, lpstat):
    folder = programs()
    programs(lp=lp(folder), lpstat=lpstat)
    done = sent(papers())
    assert (done.printed, done.printer) == (False, "")
    assert done.path.read_bytes() == b"%PDF one\n"
    assert not (folder / "called.txt").exists()


def test_without_a_printing_system_the_paper_is_kept(programs, papers):
    programs()
    assert sent(papers()).printer == sent(papers("Laser")).printer == ""


def test_a_setting_keeps_every_paper_from_the_printer(programs, papers):
    folder = programs()
    programs(lp=lp(folder), lpstat="echo 'system default destination: Laser'")
    assert not sent(papers(NOWHERE)).printed
    assert not (folder / "called.txt").exists()


def test_a_printer_that_refuses_is_named(programs, papers):
    programs(lp="exit 1")
    done = sent(papers("Laser"))
    assert (done.printed, done.printer) == (False, "Laser")


def test_a_printer_that_hangs_holds_up_nobody_and_is_ended(programs, papers, monkeypatch):
    """Also what it has started: nothing of it is left."""
    monkeypatch.setattr(printing, "PATIENCE", 0.3)
    folder = programs()
    programs(lp=f'echo $$ > "{folder}/pid"\n/bin/sleep 60 &\necho $! > "{folder}/child"\nwait')
    began = monotonic()
    waiting = papers("Laser").send(papers().keep(NAME, b"%PDF", NOW))
    assert monotonic() - began < 0.25 and not waiting.done()
    done = waiting.result(timeout=20)
    assert (done.printed, done.printer) == (False, "Laser")
    with pytest.raises(ProcessLookupError):
        os.kill(int((folder / "pid").read_text()), 0)


def test_settings_that_cannot_be_read_are_told_to_whoever_asked(programs, tmp_path):
    programs(lp="exit 0")

    def wrong() -> str:
        raise ValueError("settings")

    papers = Papers(tmp_path / "papers", wrong)
    with pytest.raises(ValueError, match="settings"):
        papers.send(papers.keep(NAME, b"%PDF", NOW)).result(timeout=20)


# ---- keeping


def test_papers_are_for_this_user_only(papers):
    """P-33."""
    path = papers().keep(NAME, b"%PDF", NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == [NAME]


def test_another_paper_of_that_name_stays(papers):
    names = [papers().keep(NAME, data, NOW).name for data in (b"one", b"two", b"one", b"three")]
    assert names == [NAME, NAME.replace(".pdf", "-2.pdf"), NAME, NAME.replace(".pdf", "-3.pdf")]


def test_papers_go_after_a_month(papers):
    """P-28: nothing is kept for longer than somebody may look for it."""
    first = papers().keep("attestation-1.pdf", b"old", NOW - KEPT - timedelta(minutes=1))
    second = papers().keep("attestation-2.pdf", b"new", NOW - KEPT + timedelta(minutes=1))
    (first.parent / "notes.txt").write_text("not ours")
    os.utime(first.parent / "notes.txt", (0, 0))
    third = papers().keep(NAME, b"now", NOW)
    left = {"notes.txt", second.name, third.name}
    assert {file.name for file in first.parent.iterdir()} == left


def test_a_disk_that_takes_nothing_leaves_nothing_half_done(papers, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    folder = papers().keep(NAME, b"one", NOW).parent
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        papers().keep(NAME, b"two", NOW)
    assert [(file.name, file.read_bytes()) for file in folder.iterdir()] == [(NAME, b"one")]


def test_a_folder_that_has_gone_does_not_come_back(tmp_path):
    """A rehearsal that is over leaves nothing, not even for a paper that was on its way."""
    with pytest.raises(FileNotFoundError):
        Papers(tmp_path / "gone" / "papers", lambda: NOWHERE).keep(NAME, b"%PDF", NOW)
    assert not (tmp_path / "gone").exists()


# ---- what the settings say


def test_the_printer_is_asked_for_when_something_is_printed(installed):
    """Nobody has to start the kiosk anew for another printer."""
    home = Home(installed.home)
    assert _printer(home) == ""
    settings = home.settings_file.read_text("utf-8")
    home.settings_file.write_text(f'printer = "Étage 2"\n{settings}', "utf-8")
    assert _printer(home) == "Étage 2"


@pytest.mark.parametrize("wrong", ['"a\\nb"', f'"{"x" * 128}"', "7"])
def test_a_printer_that_cannot_be_one_is_named_with_its_line(installed, wrong):
    file = Home(installed.home).settings_file
    file.write_text(f"printer = {wrong}\n{file.read_text('utf-8')}", "utf-8")
    ran = installed("roster")
    assert ran.refused and "settings.toml, ligne 1" in ran.err and "printer" in ran.err


def test_a_folder_of_papers_that_others_can_read_is_found(installed):
    """P-33."""
    folder = Home(installed.home).papers
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    ran = installed("doctor")
    assert ran.code == 1 and "papers" in ran.out
