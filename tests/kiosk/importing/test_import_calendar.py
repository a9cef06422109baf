"""iCalendar: events as half-days without people."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.importing import NotReadable

BRUSSELS = "TZID=Europe/Brussels"


def event(*lines: str, uid: str = "one@example.org") -> str:
    """An event of Thursday 3 November 2022, from 8:30 to 12:00, changed by further lines."""
    given_names = {line.partition(":")[0].partition(";")[0] for line in lines}
    usual = [
        f"UID:{uid}",
        "SUMMARY:Atelier SmartJob",
        "LOCATION:Local 2",
        f"DTSTART;{BRUSSELS}:20221103T083000",
        f"DTEND;{BRUSSELS}:20221103T120000",
    ]
    kept = [line for line in usual if line.partition(":")[0].partition(";")[0] not in given_names]
    return "\r\n".join(
        ["BEGIN:VEVENT", *kept, *(line for line in lines if not line.endswith(":-")), "END:VEVENT"]
    )


def calendar(*events: str, head: str = "") -> str:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *filter(None, [head]), *events, "END:VCALENDAR", ""]
    )


def first_lines(text: str) -> list[int]:
    """The lines on which the events of a calendar begin."""
    return [number for number, line in enumerate(text.split("\r\n"), 1) if line == "BEGIN:VEVENT"]


def utc(month: int, day: int, hour: int, minute: int = 0, year: int = 2022) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def starts(found) -> list[datetime]:
    return [line.starts_at for line in found.lines]


def test_an_event_is_a_half_day_without_people(read):
    found = read(calendar(event()), name="agenda.txt")
    (line,) = found.lines
    assert line.model_dump(exclude_none=True) == {
        "line": 4,
        "corner": "charleroi",
        "programme": "awareness",
        "starts_at": utc(11, 3, 7, 30),
        "ends_at": utc(11, 3, 11),
        "room": "Local 2",
        "uid": "one@example.org",
    }
    assert not found.refused


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20221103T083000",
        "DTSTART:20221103T073000Z",
        "DTSTART;TZID=Romance Standard Time:20221103T083000",
        "DTSTART;TZID=Europe/London:20221103T073000",
        "DTSTART;TZID=America/New_York:20221103T033000",
    ],
)
def test_time_zones(read, start):
    assert starts(read(calendar(event(start, "DTEND:-", "DURATION:PT3H30M")))) == [utc(11, 3, 7, 30)]


def test_a_zone_that_the_file_defines(read):
    zone = "\r\n".join(
        [
            "BEGIN:VTIMEZONE",
            "TZID:Ours",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0300",
            "TZOFFSETTO:+0300",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]
    )
    one = event("DTSTART;TZID=Ours:20221103T103000", "DTEND;TZID=Ours:20221103T140000")
    assert starts(read(calendar(one, head=zone))) == [utc(11, 3, 7, 30)]
    found = read(calendar(one))
    assert [refusal.column for refusal in found.refused] == ["DTSTART"]
    assert "fuseau" in found.refused[0].message


def test_the_zone_of_the_whole_calendar(read):
    one = event("DTSTART:20221103T073000", "DTEND:20221103T110000")
    assert starts(read(calendar(one, head="X-WR-TIMEZONE:Europe/London"))) == [utc(11, 3, 7, 30)]
    assert starts(read(calendar(one, head="X-WR-TIMEZONE:Nowhere/At all"))) == [utc(11, 3, 6, 30)]


def test_a_series_keeps_the_hour_on_the_wall(read):
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    found = read(
        calendar(event(f"DTSTART;{BRUSSELS}:20221020T083000", f"DTEND;{BRUSSELS}:20221020T120000", rule))
    )
    assert starts(found) == [utc(10, 20, 6, 30), utc(10, 27, 6, 30), utc(11, 3, 7, 30)]
    assert found.lines[0].uid == "one@example.org#20221020T063000Z"
    assert {line.line for line in found.lines} == {4}


@pytest.mark.parametrize("until", ["20221117", "20221117T073000Z", "20221117T083000"])
def test_the_last_day_of_a_series_belongs_to_it(read, until):
    assert len(read(calendar(event(f"RRULE:FREQ=WEEKLY;UNTIL={until}"))).lines) == 3


def test_an_endless_series_is_followed_from_a_year_ago_to_two_years_ahead(read):
    found = read(
        calendar(
            event(
                f"DTSTART;{BRUSSELS}:20150101T083000",
                f"DTEND;{BRUSSELS}:20150101T120000",
                "RRULE:FREQ=WEEKLY",
            )
        )
    )
    assert starts(found)[0] == utc(11, 4, 7, 30, year=2021)
    assert starts(found)[-1] == utc(10, 31, 7, 30, year=2024)


def test_what_has_an_end_is_followed_as_far_as_single_half_days(read):
    old = event(
        f"DTSTART;{BRUSSELS}:20190103T083000",
        f"DTEND;{BRUSSELS}:20190103T120000",
        "RRULE:FREQ=WEEKLY;COUNT=2",
    )
    assert len(read(calendar(old)).lines) == 2


def test_a_date_taken_out_of_a_series_is_no_half_day(read):
    found = read(calendar(event("RRULE:FREQ=WEEKLY;COUNT=3", f"EXDATE;{BRUSSELS}:20221110T083000")))
    assert starts(found) == [utc(11, 3, 7, 30), utc(11, 17, 7, 30)]


def test_a_date_of_a_series_is_moved_and_another_is_cancelled(read):
    found = read(
        calendar(
            event("RRULE:FREQ=WEEKLY;COUNT=3"),
            event(
                f"RECURRENCE-ID;{BRUSSELS}:20221110T083000",
                f"DTSTART;{BRUSSELS}:20221111T130000",
                f"DTEND;{BRUSSELS}:20221111T160000",
            ),
            event(
                f"RECURRENCE-ID;{BRUSSELS}:20221117T083000",
                f"DTSTART;{BRUSSELS}:20221117T083000",
                f"DTEND;{BRUSSELS}:20221117T120000",
                "STATUS:CANCELLED",
            ),
        )
    )
    assert [(line.line, line.starts_at, line.status, line.uid) for line in found.lines] == [
        (4, utc(11, 3, 7, 30), None, "one@example.org#20221103T073000Z"),
        (12, utc(11, 11, 12), None, "one@example.org#20221110T073000Z"),
        (20, utc(11, 17, 7, 30), "cancelled", "one@example.org#20221117T073000Z"),
    ]


def test_this_one_and_all_that_follow_keep_ids_of_their_own(read):
    found = read(
        calendar(
            event("RRULE:FREQ=WEEKLY;COUNT=4"),
            event(
                f"RECURRENCE-ID;RANGE=THISANDFUTURE;{BRUSSELS}:20221117T083000",
                f"DTSTART;{BRUSSELS}:20221117T130000",
                f"DTEND;{BRUSSELS}:20221117T160000",
            ),
        )
    )
    assert starts(found) == [utc(11, 3, 7, 30), utc(11, 10, 7, 30), utc(11, 17, 12), utc(11, 24, 12)]
    assert [line.uid.partition("#")[2] for line in found.lines] == [
        "20221103T073000Z",
        "20221110T073000Z",
        "20221117T073000Z",
        "20221124T073000Z",
    ]


def test_a_series_with_an_unreadable_date_is_not_half_taken(read):
    found = read(
        calendar(
            event("RRULE:FREQ=WEEKLY;COUNT=3"),
            event("RECURRENCE-ID;VALUE=DATE:20221110", "DTSTART;VALUE=DATE:20221111", "DTEND:-"),
            event(uid="two@example.org"),
        )
    )
    assert [line.line for line in found.lines] == [19]
    assert [refusal.line for refusal in found.refused] == [4, 12]


@pytest.mark.parametrize(
    ("status", "kept"), [("CANCELLED", "cancelled"), ("CONFIRMED", "booked"), ("TENTATIVE", None), ("", None)]
)
def test_status(read, status, kept):
    assert read(calendar(event(f"STATUS:{status}"))).lines[0].status == kept


def test_a_calendar_that_withdraws_its_events(read):
    assert read(calendar(event(), head="METHOD:CANCEL")).lines[0].status == "cancelled"


def test_the_newest_version_of_an_event_counts(read):
    found = read(calendar(event("SEQUENCE:2", "LOCATION:Local 7"), event("SEQUENCE:1")))
    assert [(line.line, line.room) for line in found.lines] == [(4, "Local 7")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("DTSTART;VALUE=DATE:20221103", "DTSTART"),
        ("DTSTART:-", "DTSTART"),
        ("DTSTART:soon", "DTSTART"),
        (f"DTSTART;{BRUSSELS}:20220327T023000", "DTSTART"),
        (f"DTSTART;{BRUSSELS}:20221030T023000", "DTSTART"),
        ("DTSTART:00010101T083000", "DTSTART"),
        ("DTSTART:99991231T235900", "DTSTART"),
        ("DTEND:-", "DTEND"),
        ("DTEND;VALUE=DATE:20221103", "DTEND"),
        (f"DTEND;{BRUSSELS}:20221103T083000", "DTEND"),
        (f"DTEND;{BRUSSELS}:20221103T073000", "DTEND"),
        (f"DTEND;{BRUSSELS}:20221105T120000", "DTEND"),
        ("SUMMARY:-", "SUMMARY"),
        ("SUMMARY:Poterie", "SUMMARY"),
        ("SUMMARY:Atelier 85.07.30-033.28", "SUMMARY"),
        ("LOCATION:" + "x" * 81, "LOCATION"),
        ("UID:85073003328", "UID"),
        ("UID:" + "x" * 290, "UID"),
        ("RRULE:FREQ=SECONDLY", "RRULE"),
        ("RRULE:FREQ=HOURLY;COUNT=3", "RRULE"),
        ("RRULE:FREQ=DAILY;BYHOUR=8,9,10", "RRULE"),
        ("RRULE:FREQ=DAILY;INTERVAL=0", "RRULE"),
        ("RRULE:FREQ=SOMETIMES", "RRULE"),
        ("RRULE:COUNT=3", "RRULE"),
        ("RDATE;VALUE=DATE:20221110", "RDATE"),
        ("EXDATE:never", "EXDATE"),
    ],
)
def test_an_event_that_is_no_half_day_is_refused_and_the_others_are_kept(read, line, column):
    bad = event("DTEND:-", line) if line.startswith("DTSTART") else event(line)
    text = calendar(bad, event(uid="two@example.org"))
    first, second = first_lines(text)
    found = read(text)
    assert [line.line for line in found.lines] == [second]
    assert [(refusal.line, refusal.column) for refusal in found.refused] == [(first, column)]
    assert "85" not in found.refused[0].message


def test_a_fault_of_a_series_is_said_once(read):
    found = read(calendar(event("SUMMARY:Poterie", "RRULE:FREQ=DAILY;COUNT=30")))
    assert len(found.refused) == 1


def test_one_date_of_a_series_in_the_night_the_clock_changes(read):
    found = read(
        calendar(
            event(
                f"DTSTART;{BRUSSELS}:20221023T023000",
                f"DTEND;{BRUSSELS}:20221023T043000",
                "RRULE:FREQ=WEEKLY;COUNT=3",
            )
        )
    )
    assert starts(found) == [utc(10, 23, 0, 30), utc(11, 6, 1, 30)]
    assert "deux fois" in found.refused[0].message


def test_who_is_invited_is_not_looked_at(read):
    found = read(
        calendar(
            event(
                "ATTENDEE;CN=Jean Dupont:mailto:jean@example.org", "DESCRIPTION:85073003328 né le 30/07/1985"
            )
        )
    )
    assert len(found.lines) == 1
    assert "Dupont" not in repr(found)


def test_two_calendars_in_one_file(read):
    text = calendar(event()) + calendar(event(uid="two@example.org"))
    assert [line.line for line in read(text).lines] == first_lines(text)


def test_an_event_without_a_uid(read):
    found = read(calendar(event("UID:-"), event("UID:-", "LOCATION:Local 3")))
    assert [(line.uid, line.room) for line in found.lines] == [(None, "Local 2"), (None, "Local 3")]


def test_windows_1252_and_folded_lines(read):
    text = calendar(event("SUMMARY:Les gestes nu\r\n mériques"))
    assert read(text.encode("cp1252")).lines[0].programme == "digital-skills"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (calendar(), "aucun rendez-vous"),
        (calendar(event())[:-40], "coupé"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nEND:VCALENDAR", "abîmé"),
    ],
)
def test_no_calendar(read, text, match):
    with pytest.raises(NotReadable, match=match):
        read(text)


def test_a_calendar_needs_a_corner(read):
    with pytest.raises(NotReadable, match="lieu"):
        read(calendar(event()), corner=None)


_NAMES = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "EXDATE",
    "RDATE",
    "RECURRENCE-ID",
    "SUMMARY",
    "UID",
    "STATUS",
]
_NAMES += ["SEQUENCE", "LOCATION"]
_PARAMETERS = [
    "",
    ";VALUE=DATE",
    ";VALUE=TEXT",
    ";VALUE=PERIOD",
    f";{BRUSSELS}",
    ";TZID=No/Zone",
    ";RANGE=THISANDFUTURE",
]
_VALUES = [
    "",
    "x",
    "20221103T083000",
    "20221103",
    "20221103T073000Z",
    "PT3H",
    "-P1D",
    "P1W",
    "3",
    "CANCELLED",
]
_VALUES += [
    "FREQ=WEEKLY;COUNT=2",
    "FREQ=DAILY;UNTIL=20221110",
    "FREQ=MONTHLY;BYDAY=5FR;COUNT=-1",
    "awareness",
]
_VALUES += [
    "20221103T083000/PT3H",
    "20221110T083000,20221117T083000",
    "FREQ=YEARLY;BYMONTH=13",
    "99991231T235959Z",
]
_LINES = st.builds(
    "{}{}:{}".format, st.sampled_from(_NAMES), st.sampled_from(_PARAMETERS), st.sampled_from(_VALUES)
)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(st.lists(_LINES, max_size=4), min_size=1, max_size=3))
def test_no_mixture_of_properties_raises_anything(read, events):
    text = calendar(*(event(*lines) for lines in events))
    found = read(text)
    numbers = {line.line for line in found.lines} | {refusal.line for refusal in found.refused}
    assert numbers <= set(first_lines(text))
