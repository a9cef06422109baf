"""``kiosk staff``: accounts of the team, each change in one sentence, each code shown once."""

from __future__ import annotations

import json

import pytest

from models.pins import is_pin

PIN_SHOWN = "Code : "


def pin_of(ran) -> str:
    """The code that a command has printed."""
    assert ran.code == 0, ran.err
    return ran.out.partition(PIN_SHOWN)[2].partition(".")[0]


def kept(installed, name: str) -> str:
    ((pin,),) = installed.asked(f"select pin from staff_member where name = '{name}' and closed_at is null")
    return pin


@pytest.fixture
def aïcha(installed):
    """A second account; gives its code."""
    return pin_of(installed("staff", "add", "Aïcha", "--role", "facilitator"))


def test_the_first_account_is_listed_without_its_code(installed):
    ran = installed("staff", "list")
    assert ran.out.split() == ["Coordination", "personnel"]
    (account,) = installed("staff", "list", "--json").json
    assert account.keys() == {"id", "name", "role", "closed_at"}
    assert account["role"] == "staff"
    assert "argon2" not in ran.out


@pytest.mark.parametrize("role", ["facilitator", "staff", "coordinator", "technician"])
def test_an_account_is_added_and_its_code_shown_once(installed, role):
    """P-16: six digits that the house has made, kept as Argon2id."""
    ran = installed("staff", "add", "Aïcha", "--role", role)
    pin = pin_of(ran)
    assert ran.out.startswith("Compte : Aïcha.")
    assert len(pin) == 6
    assert is_pin(kept(installed, "Aïcha"), pin)
    assert pin not in installed("staff", "list").out
    assert installed.asked("select role from staff_member where name = 'Aïcha'") == [(role,)]


def test_a_program_reads_the_code_as_json(installed):
    ran = installed("staff", "add", "Aïcha", "--role", "staff", "--digits", 9, "--json")
    assert ran.json.keys() == {"id", "name", "role", "closed_at", "pin"}
    assert len(ran.json["pin"]) == 9


@pytest.mark.parametrize("digits", [5, 13, 0, "six"])
def test_a_code_has_six_to_twelve_digits(installed, digits):
    assert installed("staff", "add", "Aïcha", "--role", "staff", "--digits", digits).refused
    assert installed.rows("staff_member") == 1


def test_a_new_code_ends_the_one_before(installed, aïcha):
    pin = pin_of(installed("staff", "pin", "aïcha"))
    assert is_pin(kept(installed, "Aïcha"), pin)
    assert not is_pin(kept(installed, "Aïcha"), aïcha)


def test_another_role_is_given(installed, aïcha):
    assert installed("staff", "role", "Aïcha", "technician").out == "Aïcha : technique.\n"
    assert ["Aïcha", "technique"] in [line.split() for line in installed("staff", "list").out.splitlines()]


def test_an_account_is_closed_and_opened_again_with_a_new_code(installed, aïcha):
    assert installed("staff", "close", "Aïcha", "--at", "2022-11-03T08:20").out == ("Compte fermé : Aïcha.\n")
    assert "fermé le jeudi 3 novembre 2022" in installed("staff", "list").out
    closed = installed("staff", "list", "--json").json[-1]
    assert closed["closed_at"] == "2022-11-03T08:20:00+01:00"
    pin = pin_of(installed("staff", "open", "Aïcha"))
    assert pin != aïcha
    assert is_pin(kept(installed, "Aïcha"), pin)
    assert installed("staff", "list", "--json").json[0]["closed_at"] is None


@pytest.mark.parametrize(
    "command",
    [
        ("add", "Aïcha", "--role", "staff"),
        ("add", "", "--role", "staff"),
        ("add", "x" * 41, "--role", "staff"),
        ("add", "Noor", "--role", "boss"),
        ("add", "Noor"),
        ("add",),
        ("pin", "Nobody"),
        ("role", "Nobody", "staff"),
        ("role", "Aïcha", "boss"),
        ("close", "Nobody"),
        ("open", "Nobody"),
        ("open", "Aïcha"),
        ("fire", "Aïcha"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_told_in_one_sentence_and_changes_nothing(installed, aïcha, command):
    before = installed.rows("change")
    ran = installed("staff", *command)
    assert ran.refused, ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert ran.out == ""
    assert installed.rows("change") == before


def test_the_last_one_who_can_run_a_half_day_stays(installed):
    for command in (("close", "Coordination"), ("role", "Coordination", "technician")):
        ran = installed("staff", *command)
        assert ran.refused
        assert "dernier compte" in ran.err


def test_every_change_is_a_row_of_the_log_by_the_system(installed, aïcha):
    """P-24: and ``kiosk verify`` finds it whole."""
    before = installed.rows("change")
    installed("staff", "pin", "Aïcha")
    installed("staff", "role", "Aïcha", "staff")
    installed("staff", "close", "Aïcha")
    installed("staff", "open", "Aïcha")
    rows = installed.asked(f"select kind, actor, entity_id from change where n > {before}")
    assert len(rows) == 4
    assert len(set(rows)) == 1
    assert rows[0][:2] == ("staff_member.set", "system")
    assert installed("verify").code == 0


def test_no_code_and_no_hash_is_said_or_logged(installed, aïcha, logged):
    """P-32"""
    log = logged(installed.home)
    said = [
        installed("staff", "list"),
        installed("staff", "list", "--json"),
        installed("staff", "close", "Aïcha"),
    ]
    told = "".join(ran.out + ran.err for ran in said) + log()
    assert aïcha not in told
    assert "argon2" not in told
    assert aïcha not in json.dumps(installed.asked("select body from change"))


def test_nothing_is_done_where_no_kiosk_is_installed(line):
    assert line("staff", "list").refused
    assert line("staff", "add", "Aïcha", "--role", "staff").refused


def test_the_first_account_is_given_a_proper_name(line):
    assert line("init", "--corner", "charleroi", "--name", "  ", "--yes").refused
    assert not (line.home / "kiosk.db").exists()
