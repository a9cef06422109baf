"""The questions of the self-assessment, and the lists that the engine goes by: whole, plain, and in step."""

import re
import string
from itertools import chain
from textwrap import wrap

import pytest
from plain_french import counted_words, ease

from assets.assessment import _suggested, bank, framework, thresholds
from assets.facts import programmes
from assets.languages import LANGUAGES
from models.assessment.status import Step

OPENS = {"fr": "Savez-vous ", "nl": "Kunt u ", "de": "Können Sie ", "en": "Can you "}
WARMS_UP = {"fr": "Avez-vous ", "nl": "Hebt u ", "de": "Haben Sie ", "en": "Do you have "}
ENDS = {"fr": " ?", "nl": "?", "de": "?", "en": "?"}

JOINED = {"fr": ("ou", "et"), "nl": ("of", "en"), "de": ("oder", "und"), "en": ("or", "and")}
"""What would make one question two."""

COLUMNS, LINES, SIGNS = 50, 2, 96
"""What a question has on the smallest screen."""

OFFICE = {
    "fr": (
        *("compétence", "navigateur", "profil", "identifiant", "authentification", "fichier", "pièce jointe"),
        *("interface", "numérique", "hameçonnage", "télécharger", "notification", "paramètre", "cliquer"),
        *("valider", "erreur", "échec", "niveau", "logiciel", "support", "licence", "données", "courriel"),
        *("mail", "chat", "app", "online", "link", "smartphone", "web", "check", "update", "scroll", "post"),
    ),
    "nl": (
        *("competentie", "browser", "profiel", "bestand", "bijlage", "software", "digitaal", "digitale"),
        *("inloggen", "downloaden", "uploaden", "notificatie", "klikken", "niveau", "mail"),
        *(
            "licentie",
            "gegevens",
            "identificatie",
            "authenticatie",
            "chat",
            "updaten",
            "smartphone",
            "online",
        ),
    ),
    "de": (
        *(
            "Kompetenz",
            "Browser",
            "Profil",
            "Datei",
            "Anhang",
            "Software",
            "digital",
            "digitale",
            "einloggen",
        ),
        *("herunterladen", "hochladen", "klicken", "Niveau", "Lizenz", "Daten", "Authentifizierung", "Chat"),
        *("Update", "Smartphone", "online", "WLAN", "Mail"),
    ),
    "en": (
        *("competence", "skill", "browser", "profile", "attachment", "software", "digital", "download"),
        *("upload", "notification", "click", "level", "licence", "data", "authentication"),
        *("username", "settings", "smartphone", "online", "mail"),
    ),
}
"""Words of the office and of the trade, in each language."""

EVERYWHERE = (
    *("DigComp", "URL", "cloud", "spam", "phishing", "login", "PDF", "USB", "QR", "VPN", "HTML", "cookie"),
    *("cookies", "malware", "hashtag", "streaming"),
)
BRANDS = (
    *("Google", "Gmail", "WhatsApp", "Facebook", "Messenger", "Instagram", "TikTok", "YouTube", "LinkedIn"),
    *("Word", "Excel", "Outlook", "Teams", "Zoom", "Skype", "Windows", "Android", "Apple", "iPhone"),
    *("Chrome", "Firefox", "Edge", "Safari", "Microsoft", "OneDrive", "Dropbox", "WeTransfer", "Waze"),
    *("Itsme", "itsme", "Doccle", "eBox", "Forem", "VDAB", "Actiris", "TEC", "STIB", "SNCB", "De Lijn"),
)
"""Names of makers, applications and offices: as they are written, so that "a word" is not one."""

SHORT_FORMS = {"CV"}
"""The one that everybody at the corner says, and nobody says in full."""


def asked(language):
    """Every question in both wordings."""
    return [words[language] for item in bank().items.values() for words in (item.ask, item.plainly)]


def warming_up(language):
    return [starter.ask[language] for starter in bank().starters]


def says(text, word, flags=re.IGNORECASE):
    return re.search(rf"(?<![\w-]){re.escape(word)}(?:s|n|en)?(?![\w-])", text, flags)


# ---- property 16: the bank


def test_property_16_every_competence_has_a_simple_and_a_defined_task():
    """Twenty-one ids, each with one S and one W, under the id that says so."""
    assert len(framework().ids) == len(set(framework().ids)) == 21
    items = bank().items
    assert list(items) == [f"{one}{kind}" for one in framework().ids for kind in "SW"]
    assert all(item.id == key == item.competence + item.kind for key, item in items.items())


def test_property_16_the_core_is_in_the_bank():
    assert {f"{one}S" for listed in thresholds().core.values() for one in listed} <= bank().items.keys()


def test_property_16_complete_in_four_languages():
    texts = [*bank().areas.values(), *(starter.ask for starter in bank().starters)]
    texts += chain.from_iterable((item.ask, item.plainly, item.short) for item in bank().items.values())
    assert len(texts) == 5 + 3 + 42 * 3
    for text in texts:
        assert list(text) == ["fr", "nl", "de", "en"] == sorted(text, key=list(LANGUAGES).index)
        assert all(said == said.strip() != "" for said in text.values()), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_at_most_twelve_words(language):
    assert [one for one in asked(language) + warming_up(language) if len(counted_words(one)) > 12] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_fits_two_lines(language):
    """The smallest screen has fifty columns for it."""
    for one in asked(language) + warming_up(language):
        assert len(one) <= SIGNS, one
        assert len(wrap(one, COLUMNS)) <= LINES, one


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_unique(language):
    """No two questions alike, in either wording, and no two short ones."""
    for texts in (asked(language), [item.short[language] for item in bank().items.values()]):
        folded = [one.casefold() for one in texts]
        assert sorted(folded) == sorted(set(folded))


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_opens_and_ends_as_always(language):
    """Whether somebody can do something: "no", "with help" and "alone" all fit; the question ends once."""
    for texts, opening in ((asked(language), OPENS), (warming_up(language), WARMS_UP)):
        for one in texts:
            assert one.startswith(opening[language]), one
            assert one.endswith(ENDS[language]), one
            assert one.count("?") == 1, one
            assert re.search(r"[\w]$", one.removesuffix(ENDS[language])), one
            assert "  " not in one


def test_property_16_the_verb_names_an_action():
    """After the opening: in French an infinitive comes first, in Dutch and German it ends the main clause."""
    first = re.compile(r"(?:bien )?(?:faire|\w+(?:er|ir|re))\b")
    for one in asked("fr"):
        assert first.match(one.removeprefix(OPENS["fr"])), one
    for language in ("nl", "de"):
        for one in asked(language):
            assert one.rstrip("?").partition(",")[0].split()[-1].endswith("n"), one


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_one_act(language):
    """Nothing is joined to anything, and nothing is listed."""
    for one in asked(language):
        assert not any(says(one, word) for word in JOINED[language] if f" {word} " in one.lower()), one
        assert not re.search(r"[;:/()+&]", one), one
        assert "," not in one or (language == "de" and one.count(",") == 1), one  # a German clause has one


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_no_banned_jargon(language):
    for one in [*asked(language), *warming_up(language), *_short_texts(language)]:
        hits = [word for word in (*OFFICE[language], *EVERYWHERE) if says(one, word)]
        hits += [word for word in BRANDS if re.search(rf"\b{word}\b", one)]
        assert hits == [], one


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_the_wording_is_ours(language):
    """No official title in anything that is shown; the data says so too."""
    official = {title.casefold() for titles in framework().titles.values() for title in titles.values()}
    assert official.isdisjoint(one.casefold() for one in [*asked(language), *_short_texts(language)])


def test_property_16_no_capitals_and_no_short_forms():
    """A-16, but for the one short form that is a word."""
    for language in LANGUAGES:
        for one in [*asked(language), *warming_up(language), *_short_texts(language)]:
            assert set(re.findall(r"\b[A-ZÀ-Þ]{2,}\b", one)) <= SHORT_FORMS, one
            assert not re.search(r"\b(etc|svp|n°|tel|tél|min|max|ex|cf|bv|z\.B|usw|e\.g)\b|\.", one), one
            assert not set(one) & set(string.punctuation + "«»") - set("'-?,"), one


def test_property_16_people_are_said_vous():
    """Adult: the polite form in each language that has one."""
    familiar = {
        "fr": ("tu", "ton", "ta", "tes", "te", "toi"),
        "nl": ("je", "jij", "jou", "jouw", "ge", "gij"),
        "de": ("du", "dein", "deine", "deinen", "dir", "dich", "ihr"),
    }
    for language, words in familiar.items():
        for one in [*asked(language), *warming_up(language), *_short_texts(language)]:
            # "Ihr" with its capital is polite.
            assert not any(re.search(rf"\b{word}\b", one) for word in words), one


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_a_simpler_wording_for_each(language):
    """Another one, and at most three words longer."""
    for item in bank().items.values():
        ask, plainly = item.ask[language], item.plainly[language]
        assert ask != plainly
        assert len(counted_words(plainly)) <= len(counted_words(ask)) + 3, plainly


@pytest.mark.parametrize("wording", ["ask", "plainly"])
def test_property_16_the_french_is_easy(wording):
    """A-15: Kandel-Moles at least 70, the first wording as the simpler one."""
    assert ease([getattr(item, wording)["fr"] for item in bank().items.values()]) >= 70


def test_property_16_the_simpler_french_is_simpler():
    """All together, by the same measure."""
    items = bank().items.values()
    assert ease([item.plainly["fr"] for item in items]) > ease([item.ask["fr"] for item in items])


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_what_is_short_is_short(language):
    """At most four words and 26 signs, a verb first, or last where the language has it there."""
    for item in bank().items.values():
        short = item.short[language]
        assert len(short.split()) <= 4, short
        assert len(short) <= 26, short
        assert short[0].isupper(), short
        if language == "fr":
            assert re.search(r"(er|ir|re)$", short.split()[0]), short
        elif language in ("nl", "de"):
            assert short.endswith("n"), short
    assert all(len(texts[language]) <= 16 for texts in bank().areas.values())


def _short_texts(language):
    texts = [item.short[language] for item in bank().items.values()]
    return [*texts, *(names[language] for names in bank().areas.values())]


# ---- property 14: the mapping of the versions


def test_property_14_the_mapping_is_total():
    """Five areas and twenty-one ids, each with a title in both versions, and nothing else."""
    areas = framework().competences
    assert list(areas) == ["1", "2", "3", "4", "5"]
    assert [len(listed) for listed in areas.values()] == [3, 6, 4, 4, 4]
    assert all(framework().area_of(one) == area for area, listed in areas.items() for one in listed)
    for version in ("2.2", "3.0"):
        titles = framework().titles[version]
        assert titles.keys() == {*areas, *framework().ids}
        assert len(set(titles.values())) == 26
        assert all(title.strip() for title in titles.values())
    assert framework().titles.keys() == framework().bands.keys() == {"2.2", "3.0"}


def test_property_14_the_version_is_one_that_is_known():
    assert framework().version == "3.0"


def test_property_14_bands_of_all_levels():
    """Two levels a band, in both versions: the bands are named anew, never cut anew."""
    for version in ("2.2", "3.0"):
        bands = framework().bands[version]
        assert list(bands) == [1, 2, 3, 4, 5, 6, 7, 8]
        names = list(bands.values())
        assert names[::2] == names[1::2]
        assert len(set(names)) == 4


def test_property_14_basic_is_levels_1_and_2():
    """The first level of DigComp: Basic in 3.0 is Foundation in 2.2."""
    basic = [level for level, band in framework().bands["3.0"].items() if band == "Basic"]
    foundation = [level for level, band in framework().bands["2.2"].items() if band == "Foundation"]
    assert basic == foundation == [1, 2]


# ---- the numbers and lists of the house


def test_all_five_areas_are_asked_once():
    assert thresholds().order == ("2", "1", "3", "5", "4")
    assert sorted(thresholds().order) == sorted(framework().competences)


def test_the_core_is_three_competences_of_each_area():
    core = thresholds().core
    assert core.keys() == set(framework().competences)
    for area, listed in core.items():
        assert len(listed) == len(set(listed)) == 3
        assert set(listed) <= set(framework().competences[area])


def test_the_levels_are_in_their_order():
    """Two of three is their median; the first level is above the way to it."""
    assert thresholds().needed == 2
    assert (thresholds().on_the_way, thresholds().reached) == (1, 2)


def test_what_the_exercises_are_held_against_is_always_asked():
    """The first two of an area are asked of everybody: no exercise stands beside no answer."""
    assert thresholds().checks == {"spot": ("4.2",), "copy": ("1.3", "3.1")}
    for competence in chain.from_iterable(thresholds().checks.values()):
        assert competence in thresholds().core[framework().area_of(competence)][:2]


def test_the_proposals_are_programmes():
    """Each area has some, and so has who is through; each is in the catalogue."""
    proposals = thresholds().proposals
    assert proposals.keys() == {*framework().competences, "reached"}
    assert all(listed and len(set(listed)) == len(listed) for listed in proposals.values())
    assert set(chain.from_iterable(proposals.values())) <= programmes().keys()


def test_small_counts_are_hidden_as_everywhere():
    """P-23."""
    assert thresholds().smallest_count == 5


def test_each_status_suggests_a_programme_and_what_is_open_none():
    """It suggests: the team decides. The first level is reached: a workshop that is none of the courses."""
    suggested = thresholds().orientation
    assert suggested.keys() == {step.name.lower() for step in Step}
    assert set(suggested.values()) <= programmes().keys()
    assert (suggested["not_yet"], suggested["on_the_way"]) == ("course-40", "course-24")
    for status in ("declared", "confirmed"):
        assert suggested[status] == thresholds().proposals["reached"][0]
        assert programmes()[suggested[status]].stage == "module"


def test_a_suggestion_that_is_no_programme_is_refused():
    with pytest.raises(ValueError, match="course-12"):
        _suggested({"not_yet": "course-12", "declared": "reached"}, {"reached": ["job-search"]})
