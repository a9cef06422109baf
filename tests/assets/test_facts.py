"""The facts that the kiosk ships with: only what is published, nothing guessed."""

import json
import re
from dataclasses import replace

import pytest
from plain_french import counted_words, ease

from assets.facts import corners, hotline, programmes, read_asset, shipped_programmes, use_own
from assets.languages import LANGUAGES
from models.words import EQUIPMENT_KINDS

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


def test_every_programme_has_its_words_in_every_language():
    for programme in programmes().values():
        for words in (programme.names, programme.activity, programme.description):
            assert set(words) == set(LANGUAGES)
            assert all(text.strip() == text != "" for text in words.values())
        assert programme.name("pl") == programme.names["fr"]


def test_groups_are_as_large_as_was_published():
    """Five to eight; how many places a half-day has is for the corner to say."""
    assert {(one.least, one.most, one.places) for one in programmes().values()} == {(5, 8, None)}


def test_equipment_is_named_only_where_the_workshop_is_nothing_without_it():
    """No source says what any workshop uses; being filmed needs a camera."""
    known = {id: one.equipment for id, one in programmes().items() if one.equipment is not None}
    assert known == {"video-meeting": ("camera",), "video-cv": ("camera",)}
    assert all(set(kinds) <= set(EQUIPMENT_KINDS) for kinds in known.values())


BANNED = (
    *("émargement", "authentification", "badge", "valider", "session", "compétence", "digcomp", "profil"),
    *("erreur", "échec", "inscrit", "inscrite", "impossible", "interdit", "refusé", "facile", "simplement"),
)
OPENS = {"fr": "Vous ", "nl": "U ", "de": "Sie ", "en": "You "}


def sentences(text):
    return [part for part in re.split(r"(?<=\.)\s+", text) if part]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_description_is_short_and_said_to_the_person(language):
    """A-12, A-13: one or two sentences, twelve words each, twenty in all."""
    for programme in programmes().values():
        said = programme.description[language]
        assert len(sentences(said)) in (1, 2), said
        assert all(one.endswith(".") and len(counted_words(one)) <= 12 for one in sentences(said)), said
        assert len(counted_words(said)) <= 20, said
        assert said.startswith(OPENS[language]), said


def test_a_description_is_in_plain_french():
    """A-15 and A-16: easy, without the words of the office and without capitals."""
    said = [programme.description["fr"] for programme in programmes().values()]
    assert ease([one for text in said for one in sentences(text)]) >= 70
    for text in said:
        assert not any(re.search(rf"\b{word}s?\b", text, re.IGNORECASE) for word in BANNED), text
        assert set(re.findall(r"\b[A-ZÉÈÀ]{2,}\b", text)) <= {"CV"}, text
        assert not re.search(r"[/&@#%*_<>{}\[\]|\\+=;:()]", text), text


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
        assert corner.municipality
        assert corner.province in {"Hainaut", "Liège", "Luxembourg", "Namur"}


def test_no_address_is_invented():
    """None was found in any source."""
    raw = json.loads(read_asset("corners.json"))["corners"]
    assert {row["address"] for row in raw} == {None} == {one.address for one in corners().values()}


def test_the_number_where_places_are_booked():
    assert hotline() == "0800/93 947"


def test_what_a_corner_says_itself_takes_the_place_of_what_ships():
    """In its place in the list; with nothing said, only what ships is in force."""
    own = {
        "course-24": replace(programmes()["course-24"], places=6),
        "sewing": replace(programmes()["job-search"], id="sewing"),
    }
    use_own(programmes=own)
    assert list(programmes()) == [*shipped_programmes(), "sewing"]
    assert programmes()["course-24"].places == 6
    assert shipped_programmes()["course-24"].places is None
    use_own(corners={"dinant": replace(corners()["mons"], id="dinant")})
    assert "sewing" in programmes(), "one does not undo the other"
    assert list(corners())[-1] == "dinant"
    use_own(programmes={}, corners={})
    assert programmes() == shipped_programmes()
    assert "dinant" not in corners()
