"""The catalogues: every French sentence has its Dutch, German and English one, with the same places in it."""

import re
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import assets
from assets.facts import hotline
from assets.languages import LANGUAGES, day, hour, hours
from assets.outcomes import OUTCOMES

HERE = Path(assets.__file__).parent / "languages"
ROOT = HERE.parent.parent
FOLDERS = ("assets", "kiosk", "screens", "models")
"""Where the Makefile collects texts."""

OTHERS = [language for language in LANGUAGES if language != "fr"]
MOST_WORDS = 12
STARTS = datetime(2022, 11, 30, 7, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3.5)


@pytest.fixture(scope="session")
def source():
    """Every sentence that the source marks for translation."""
    keywords = {"translate": None, "N_": None}
    return {
        message
        for folder in FOLDERS
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords=keywords)
    }


@pytest.fixture(scope="session", params=OTHERS)
def catalogue(request):
    return read(HERE / request.param / "LC_MESSAGES" / "kiosk.po")


def read(path):
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(catalogue):
    return {message.id: message for message in catalogue if message.id}


def places(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def edges(text):
    """The blanks before and after a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def filled_in(language):
    """What a person's answer may hold, as long as it comes."""
    values = {
        "name": "Marie-Laure D.",
        "hotline": hotline(),
        "where": "",
        "hours": hours(STARTS, ENDS, language),
        "day": day(STARTS, language),
        "locality": "Marche-en-Famenne",
        "next": f"{day(STARTS, language)}, {hour(STARTS, language)}",
        "left": "45 secondes",
    }
    return values | dict.fromkeys(("start", "end", "opens", "since"), hour(STARTS, language))


def public_sentences():
    """Every sentence of the answers that has words of its own."""
    for text in OUTCOMES.values():
        for sentence in (text.title, *text.says, *text.then, text.join):
            if re.sub(r"\{\w+\}", "", sentence).strip():
                yield sentence


def too_long(text):
    """The parts of a text, each one sentence, that have more words than can be read at a glance."""
    sentences = re.split(r"(?<=[.!?])\s", text)
    return [
        sentence
        for sentence in sentences
        if len([word for word in sentence.split() if any(sign.isalnum() for sign in word)]) > MOST_WORDS
    ]


def test_the_template_is_current(source):
    template = set(messages(read(HERE / "kiosk.pot")))
    assert (source - template, template - source) == (set(), set()), "run `make messages`"


def test_every_sentence_is_translated(source, catalogue):
    known = messages(catalogue)
    assert source - known.keys() == set()
    assert [text for text in source if not known[text].string] == []
    assert [text for text in source if known[text].fuzzy] == []
    assert not catalogue.fuzzy


def test_the_places_of_a_sentence_are_kept(source, catalogue):
    known = messages(catalogue)
    assert [text for text in source if places(text) != places(known[text].string)] == []


def test_no_blank_is_lost_or_won_at_the_edges(source, catalogue):
    known = messages(catalogue)
    assert [text for text in source if edges(text) != edges(known[text].string)] == []


def test_french_signs_stay_in_french(source, catalogue):
    known = messages(catalogue)
    assert [text for text in source if re.search(r"[«»]|[\s\u202f][:;?!]", known[text].string)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_sentences_are_short(language):
    known = {} if language == "fr" else messages(read(HERE / language / "LC_MESSAGES" / "kiosk.po"))
    values = filled_in(language)
    said = [
        (known[sentence].string if known else sentence).format(**values) for sentence in public_sentences()
    ]
    assert said
    assert [part for text in said for part in too_long(text)] == []


def test_the_header_holds_no_address_and_no_gap(catalogue):
    header = "\n".join(
        [catalogue.header_comment, *(f"{name}: {value}" for name, value in catalogue.mime_headers)]
    )
    assert re.findall(r"@|ORGANIZATION|FULL NAME|FIRST AUTHOR", header) == []
