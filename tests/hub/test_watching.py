"""``kiosk sync --watch``: sharing without a screen."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from kiosk.clock import monotonic
from kiosk.commands.watching import keep_sharing
from kiosk.sync import hub_admin
from kiosk.sync import worker as sharing
from kiosk.sync.joined import Joined
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble

PATIENCE = 20.0
"""Seconds that something may take on a busy machine."""


@contextmanager
def watching(station, **how):
    """Somebody has typed the command; at the end Ctrl+C."""
    ended, failed = threading.Event(), []

    def run() -> None:
        try:
            keep_sharing(station.joined, station.now, ended.wait, **how)
        except Trouble as trouble:
            failed.append(trouble)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread, failed
    finally:
        ended.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def until(said, is_there) -> str:
    """Wait for something among what is printed."""
    end, seen = monotonic() + PATIENCE, ""
    while not is_there(seen):
        assert monotonic() < end, seen
        threading.Event().wait(0.01)
        out, err = said.readouterr()
        seen += out + err
    return seen


def test_it_sends_and_receives_until_somebody_ends_it(stations, capsys):
    tablet, desk = stations("tablette"), stations("ordinateur")
    with watching(tablet):
        (mine,) = tablet.note()
        until(capsys, lambda seen: "envoyée" in seen)
        desk.sync()
        (theirs,) = desk.note()
        desk.sync()
        until(capsys, lambda seen: "1 ligne reçue" in seen)
    assert mine in desk.log()
    assert theirs in tablet.log()


def test_a_round_in_which_nothing_moved_says_nothing(stations, capsys, monkeypatch):
    monkeypatch.setattr(sharing, "POLL", 0.01)
    tablet = stations()
    tablet.sync()
    rounds = []
    honest = Joined.round
    monkeypatch.setattr(Joined, "round", lambda *given, **named: rounds.append(1) or honest(*given, **named))
    with watching(tablet):
        end = monotonic() + PATIENCE
        while len(rounds) < 5:
            assert monotonic() < end
            threading.Event().wait(0.01)
    assert capsys.readouterr().out == "Partage en cours. Ctrl+C pour arrêter.\n"


def test_a_trouble_is_said_once_and_what_comes_after_it_is_sent(stations, capsys, monkeypatch):
    monkeypatch.setattr(sharing, "pause_after", lambda *_: 0.01)
    tablet = stations()
    honest, tries = Joined.connect, iter(range(5))

    def connect(joined):
        if next(tries, None) is not None:
            raise HubTrouble(HubProblem.AWAY)
        return honest(joined)

    monkeypatch.setattr(Joined, "connect", connect)
    with watching(tablet):
        seen = until(capsys, lambda seen: "envoyées" in seen)
    assert seen.count("Le serveur ne répond pas") == 1


def test_for_a_program_each_round_is_a_line(stations, capsys):
    tablet = stations()
    with watching(tablet, as_json=True):
        tablet.note()
        seen = until(capsys, lambda seen: seen.endswith("}\n"))
    assert json.loads(seen.splitlines()[0])["sent"] > 0


def test_a_kiosk_that_is_withdrawn_wipes_itself_and_says_so(stations, address, capsys):
    tablet, desk = stations("tablette"), stations("ordinateur")
    tablet.sync()
    (mine,) = tablet.note()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=False)
    with watching(tablet) as (thread, failed):
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert "retirée du réseau" in str(failed[0])
    assert [path for path in tablet.home.path.rglob("*") if path.is_file()] == []
    desk.sync()
    assert mine in desk.log()


def test_another_trouble_after_one_is_said_too(stations, capsys, monkeypatch):
    monkeypatch.setattr(sharing, "pause_after", lambda *_: 0.01)
    tablet, problems = stations(), [HubProblem.AWAY, HubProblem.AWAY, HubProblem.TLS, HubProblem.AWAY]

    def connect(_joined):
        raise HubTrouble(problems.pop(0) if len(problems) > 1 else problems[0])

    monkeypatch.setattr(Joined, "connect", connect)
    with watching(tablet):
        seen = until(capsys, lambda seen: "certificat" in seen and seen.count("ne répond pas") == 2)
    assert seen.count("certificat") == 1


def test_a_kiosk_whose_enrolment_has_gone_says_so_and_ends(stations, monkeypatch):
    """Another program of it was withdrawn, and has wiped everything."""
    monkeypatch.setattr("kiosk.commands.watching.LOOK", 0.01)
    tablet = stations()
    monkeypatch.setattr(sharing, "enrolment_of", lambda _: None)
    with watching(tablet) as (thread, failed):
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert "inscrite à aucun réseau" in str(failed[0])


def test_where_nobody_reads_it_ends(stations, monkeypatch):
    monkeypatch.setattr("kiosk.commands.watching.LOOK", 0.01)

    def gone(*_given, **_named) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("typer.echo", gone)
    with watching(stations()) as (thread, failed):
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert failed == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_real_command_ends_well_when_it_is_told_to(stations, number):
    tablet = stations()
    tablet.note()
    command = [sys.executable, "-m", "kiosk", "sync", "--watch"]
    env = os.environ | {"KIOSK_HOME": str(tablet.home.path), "KIOSK_LANGUAGE": "fr"}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Partage en cours. Ctrl+C pour arrêter.\n"
        assert "envoyées" in process.stdout.readline()
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0
    assert tablet.ask("select count(*) from change where hub_seq is null") == [(0,)]
