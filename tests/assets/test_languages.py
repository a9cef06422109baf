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
from assets.languages import LANGUAGES, Counted, day, hour, hours, translator
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
    """Every sentence that the source marks for translation; one that counts as its two forms."""
    keywords = {"translate": None, "N_": None, "Counted": (1, 2)}
    return {
        message
        for folder in FOLDERS
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords=keywords)
    }


@pytest.fixture(scope="session", params=OTHERS)
def catalogue(request):
    return catalogue_of(request.param)


def catalogue_of(language):
    return read(HERE / language / "LC_MESSAGES" / "kiosk.po")


def read(path):
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(catalogue):
    return {message.id: message for message in catalogue if message.id}


def forms(text):
    """The one form of a sentence, or the two of one that counts."""
    return text if isinstance(text, tuple) else (text,)


def pairs(source, catalogue):
    """Every form of a sentence beside that in the other language."""
    known = messages(catalogue)
    return [pair for text in source for pair in zip(forms(text), forms(known[text].string), strict=True)]


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
    assert [text for text in source if not all(forms(known[text].string))] == []
    assert [text for text in source if known[text].fuzzy] == []
    assert not catalogue.fuzzy


def test_the_places_of_a_sentence_are_kept(source, catalogue):
    assert [here for here, there in pairs(source, catalogue) if places(here) != places(there)] == []


def test_no_blank_is_lost_or_won_at_the_edges(source, catalogue):
    assert [here for here, there in pairs(source, catalogue) if edges(here) != edges(there)] == []


def test_french_signs_stay_in_french(source, catalogue):
    told = [there for _, there in pairs(source, catalogue)]
    assert [text for text in told if re.search(r"[«»]|[\s\u202f][:;?!]", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_form(source, language):
    """One is singular everywhere, nought in French only; the sentence is whole for any number."""
    translate = translator(language)
    counted = [Counted(*text) for text in source if isinstance(text, tuple)]
    assert counted
    for sentence in counted:
        own = forms(messages(catalogue_of(language))[sentence].string) if language != "fr" else sentence
        values = dict.fromkeys(places(sentence.one) - {"n"}, "x")
        for n in (0, 1, 2, 5, 21, 1000):
            expected = own[0] if n == 1 or (n == 0 and language == "fr") else own[1]
            told = translate(sentence, n=n, **values)
            assert told == expected.format(n=n, **values)
            assert str(n) in told
            assert not re.search(r"[{}]", told)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("0 minute", "1 minute", "2 minutes", "5 minutes")),
        ("nl", ("0 minuten", "1 minuut", "2 minuten", "5 minuten")),
        ("de", ("0 Minuten", "1 Minute", "2 Minuten", "5 Minuten")),
        ("en", ("0 minutes", "1 minute", "2 minutes", "5 minutes")),
    ],
)
def test_minutes_are_counted_by_the_language(language, said):
    """The rules themselves, without the catalogue's own forms on both sides."""
    minutes = Counted("{n} minute", "{n} minutes")
    assert tuple(translator(language)(minutes, n=n) for n in (0, 1, 2, 5)) == said


def test_no_sentence_puts_a_noun_after_an_uncounted_number(source):
    """ "{n} lignes" is right from two on: such a sentence is a ``Counted``, or has its number at the end."""
    uncounted = [text for text in source if isinstance(text, str)]
    assert [text for text in uncounted if re.search(r"\{n\} \w", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_sentences_are_short(language):
    known = {} if language == "fr" else messages(catalogue_of(language))
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
