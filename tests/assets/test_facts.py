"""The facts that the kiosk ships with: only what is published, nothing guessed."""

import json

from assets.facts import corners, hotline, programmes, read_asset
from assets.languages import LANGUAGES

CORNERS = [
    "tournai",
    "heusy",
    "mons",
    "jambes",
    "arlon",
    "charleroi",
    "marloie",
    "libramont",
    "marche-tourisme",
]


def test_the_programmes_are_those_of_the_contract():
    """Booking files name them by these ids, which stay as they are."""
    assert list(programmes()) == [
        *("awareness", "course-24", "course-40"),
        *("digital-skills", "job-search", "video-meeting", "video-cv"),
    ]


def test_a_length_is_given_only_where_it_was_published():
    assert {id: one.hours for id, one in programmes().items() if one.hours is not None} == {
        "awareness": 3.5,
        "course-24": 24,
        "course-40": 40,
    }


def test_every_programme_has_its_name_in_every_language():
    for programme in programmes().values():
        assert set(programme.names) == set(LANGUAGES)
        assert all(name.strip() == name != "" for name in programme.names.values())
        assert programme.name("pl") == programme.names["fr"]


def test_no_two_programmes_are_called_alike():
    """A booking file may use any of these names, in any case."""
    whose = {}
    for programme in programmes().values():
        for name in {programme.id, *programme.names.values(), *programme.also_called}:
            assert whose.setdefault(name.casefold(), programme.id) == programme.id


def test_the_nine_corners_that_are_named_in_public_and_no_other():
    assert sorted(corners()) == sorted(CORNERS)
    for id, corner in corners().items():
        assert (corner.id, corner.locality != "") == (id, True)
        assert corner.name.startswith("SmartCorner d")


def test_no_address_is_invented():
    """None was found in any source."""
    raw = json.loads(read_asset("corners.json"))["corners"]
    assert {row["address"] for row in raw} == {None}


def test_the_number_where_places_are_booked():
    assert hotline() == "0800/93 947"
