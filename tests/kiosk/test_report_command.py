"""``kiosk report``: the figures of a period as a table and as files, each noted in the log."""

from __future__ import annotations

import hashlib
import json

import pysqlite3
import pytest
from command_line import MORNING

from kiosk.commands import handing

LATER = "2022-12-05T10:00"


@pytest.fixture
def noted(booked):
    """Two of three came on 3 November 2022."""
    for reference in ("R-1", "R-2"):
        code = booked(
            "invite", "--reference", reference, "--format", "json", "-o", "-", "--at", MORNING
        ).json[0]
        assert booked("checkin", code["code"], "--at", MORNING).code == 0
    return booked


def exported(line) -> list[dict]:
    conn = pysqlite3.connect(str(line.home / "kiosk.db"))
    found = conn.execute(
        "select body, actor from change where kind = 'report.exported' order by n"
    ).fetchall()
    conn.close()
    return [json.loads(body) | {"actor": actor} for body, actor in found]


def test_a_table_says_the_figures_of_the_period(noted):
    told = noted("report", "--from", "2022-11-01", "--to", "2022-11-30", "--at", LATER)
    assert told.code == 0
    assert "Toute la période · novembre 2022" in told.out
    assert "2  Présences" in told.out
    assert exported(noted) == []


@pytest.mark.parametrize("format_", ["csv", "xlsx", "pdf", "json"])
def test_a_file_is_noted_with_its_rows_and_its_hash(noted, format_):
    """P-21, P-24"""
    file = noted.home / f"out.{format_}"
    args = (
        "report",
        "--from",
        "2022-11-01",
        "--to",
        "2022-11-30",
        "--format",
        format_,
        "-o",
        file,
        "--at",
        LATER,
    )
    assert noted(*args).code == 0
    (body,) = exported(noted)
    assert body["hash"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (body["format"], body["first"], body["last"], body["masked"]) == (
        format_,
        "2022-11-01",
        "2022-11-30",
        False,
    )
    assert body["rows"] >= 6 and body["actor"] == "system"
    first = file.read_bytes()
    assert noted(*args).code == 0
    assert file.read_bytes() == first
    assert noted("verify").code == 0


def test_the_end_of_the_files_name_is_its_format(noted):
    file = noted.home / "bilan.PDF"
    assert noted("report", "-o", file, "--at", LATER).code == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert exported(noted)[0]["format"] == "pdf"


def test_the_whole_says_also_what_is_nought(noted):
    """Nobody excused is not "nothing known"."""
    told = noted("report", "--at", LATER)
    assert "         0  Absences excusées" in told.out.split("\n\n")[0]


def test_json_on_the_screen_is_the_day_and_the_report_alike(noted):
    report = noted("report", "--from", "2022-11-03", "--to", "2022-11-03", "--json", "--at", LATER).json
    day = noted("day", "--date", "2022-11-03", "--json", "--at", LATER).json
    assert report["period"]["kind"] == "own"
    assert {id_: report["figures"][id_] for id_ in day["figures"]} == day["figures"]
    assert report["figures"]["came"] == 2 and report["figures"]["minutes"] == 420


def test_without_dates_it_is_the_month_before(noted):
    told = noted("report", "--json", "--at", LATER).json["period"]
    assert told == {"kind": "month", "first": "2022-11-01", "last": "2022-11-30"}


def test_what_leaves_the_corner_is_masked_and_of_whole_months(noted):
    told = noted("report", "--from", "2022-11-01", "--to", "2022-11-30", "--outside", "--json", "--at", LATER)
    assert told.json["masked"] and told.json["figures"]["came"] is None
    assert exported(noted)[-1]["masked"]
    assert noted("report", "--from", "2022-11-02", "--to", "2022-11-30", "--outside", "--at", LATER).refused
    assert noted("report", "--from", "2022-12-01", "--to", "2022-12-31", "--outside", "--at", LATER).refused


@pytest.mark.parametrize(
    "wrong",
    [
        ("--from", "2022-11-30", "--to", "2022-11-01"),
        ("--from", "tomorrow"),
        ("--format", "docx"),
        ("--format", "csv", "--json"),
        ("--format", "table", "-o", "bilan.csv"),
        ("-o", "bilan.txt"),
        ("--from", "2022-11-01", "--to", "2022-11-30", "--format", "csv", "-o", "/nowhere/at/all.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(noted, wrong):
    assert noted("report", *wrong, "--at", LATER).refused
    assert exported(noted) == []


def test_a_file_that_cannot_be_noted_does_not_stay(noted, monkeypatch):
    file = noted.home / "out.csv"
    file.write_bytes(b"before")
    monkeypatch.setattr(handing.hashlib, "sha256", lambda data: 1 / 0)
    assert noted(
        "report", "--from", "2022-11-01", "--to", "2022-11-30", "--format", "csv", "-o", file
    ).refused
    assert file.read_bytes() == b"before"
    assert noted("report", "--format", "csv", "-o", "-").refused
    assert noted("report", "--json").out == ""
