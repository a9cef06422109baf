"""Invitations as PDF: complete, plain, large, and in one piece whatever the name."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.facts import hotline
from assets.languages import LANGUAGES
from kiosk.paper.invitations import invitations_pdf
from models.codes import Form

CORNER = "SmartCorner de Charleroi"
MARGIN = 20


@pytest.fixture
def invite(issued, look, made_at):
    """Print invitations and look at them; short codes unless said otherwise."""

    def print_one(first="Binta", last="Ouédraogo", **how):
        codes = [issued(first, last, **{"form": Form.SHORT, **how})]
        return look(invitations_pdf(codes, corner_name=CORNER, made_at=made_at))

    return print_one


def words(file):
    return " ".join(file.text.replace("\u00a0", " ").split())


def stays_on_the_page(file):
    for page in file.pages:
        assert page.overlaps() == []
        for line in page.lines:
            assert line.left > MARGIN and line.right < 210 - MARGIN
            assert line.top > 12 and line.bottom < 297 - 12


def test_an_invitation_says_what_when_where_and_what_to_do(invite):
    text = words(invite())
    for sentence in (
        "Bonjour Binta,",
        "C'est gratuit.",
        "Quoi Atelier SmartJob",
        "Quand Jeudi 3 novembre 8 h 30 à 12 h",
        "Où SmartCorner de Charleroi, salle 2",
        "Votre code",
        "1 Allez à la borne.",
        "2 Tapez les six lettres de votre code.",
        "3 Lisez la réponse. Touchez « Terminé ».",
        f"Appelez le {hotline()}.",
    ):
        assert sentence in text


def test_everyone_has_a_page_of_their_own_on_a4(issued, look, made_at):
    codes = [issued(name, form=Form.SHORT) for name in ("Binta", "Łukasz", "Ștefan")]
    file = look(invitations_pdf(codes, corner_name=CORNER, made_at=made_at))
    assert [(round(page.width, 1), round(page.height, 1)) for page in file.pages] == [(210.0, 297.0)] * 3
    for page, code in zip(file.pages, codes, strict=True):
        assert f"Bonjour {code.first_name}," in page.text
        assert code.letters in re.sub(r"\s", "", page.text)


def test_the_code_is_in_large_letters_and_the_rest_is_not_small(invite):
    file = invite()
    sizes = sorted(line.size for line in file.pages[0].lines)
    assert sizes[0] >= 14
    assert len([size for size in sizes if size >= 40]) == 6


def test_an_invitation_holds_no_family_name_no_reference_and_no_year(invite):
    text = words(invite(reference="REF-9981"))
    for secret in ("Ouédraogo", "9981", "2022"):
        assert secret not in text


def test_a_short_code_has_no_qr_and_a_card_has_one(invite, issued, look, made_at):
    assert invite().pages[0].codes == []
    code = issued()
    page = look(invitations_pdf([code], corner_name=CORNER, made_at=made_at)).pages[0]
    assert [read.text for read in page.codes] == [code.letters]
    assert code.letters in re.sub(r"\s", "", page.text)
    assert "Montrez le carré noir et blanc à la borne." in page.text
    assert ("Figure", "Carte à montrer à la borne") in page.tags


def test_sentences_are_short_and_plain(invite, half_day):
    """A-13 (at most twelve words), A-15 (Kandel-Moles at least 70), A-16 (no capitals throughout)."""
    file = invite(half_days=[half_day(n, programme="course-40") for n in range(20)])
    text = words(file)
    printed = text[text.index("Nous gardons") : text.index("Quoi")] + text[text.index("Il y a") :]
    printed = re.sub(r"Votre code|Apportez|À votre arrivée", r". \g<0>", printed)
    sentences = [re.findall(r"[^\W\d_]+", part) for part in re.split(r"[.?…]", printed)]
    sentences = [[word for word in part if len(word) > 1 or word in "àay"] for part in sentences]
    sentences = [part for part in sentences if part]
    assert max(map(len, sentences)) <= 12
    every = [word for part in sentences for word in part]
    assert not [word for word in every if len(word) > 1 and word.isupper()]
    syllables = sum(
        max(1, len(re.findall(r"[aeiouyàâéèêëîïôûù]+", re.sub(r"(?<=\w)e(nt|s)?$", "", word.lower()))))
        for word in every
    )
    assert 207 - 1.015 * len(every) / len(sentences) - 73.6 * syllables / len(every) >= 70


@pytest.mark.parametrize(("programme", "sittings"), [("course-24", 7), ("course-40", 12)])
def test_every_half_day_of_a_whole_course_fits(invite, half_day, programme, sittings):
    file = invite(half_days=[half_day(n, programme=programme) for n in range(sittings)])
    assert words(file).count("8 h 30 à 12 h") == sittings
    assert "d'autres jours" not in words(file)
    stays_on_the_page(file)


def test_more_half_days_than_fit_are_announced_in_a_sentence(invite, half_day):
    file = invite(half_days=[half_day(n, programme="course-40") for n in range(30)])
    assert "… Il y a d'autres jours." in words(file)
    assert words(file).count("8 h 30 à 12 h") >= 10
    assert len(file.pages) == 1
    stays_on_the_page(file)


def test_half_days_are_in_order_and_local_time_follows_the_season(invite, half_day):
    file = invite(half_days=[half_day(200), half_day(0)])
    assert words(file).index("Jeudi 3 novembre 8 h 30 à 12 h") < words(file).index(
        "Lundi 22 mai 9 h 30 à 13 h"
    )


def test_several_workshops_and_places_are_told_apart(invite, half_day):
    file = invite(
        half_days=[
            half_day(0),
            half_day(7, programme="video-cv", corner="marche-tourisme", room="B12"),
            half_day(8, programme="unheard-of", corner="unheard-of", room=None),
        ]
    )
    text = words(file)
    assert "Quoi Le CV vidéo Quand Jeudi 10 novembre" in text
    assert "SmartCorner du Centre de compétence Tourisme" in text and "alle B12" in text
    assert "Quoi unheard-of" in text and text.count(f"Où {CORNER}") == 2
    stays_on_the_page(file)


def test_one_place_for_several_workshops_is_said_once(invite, half_day):
    text = words(invite(half_days=[half_day(0), half_day(1, programme="job-search")]))
    assert (text.count("Quoi"), text.count("Où")) == (2, 1)


def test_without_a_booking_the_page_gives_the_code_and_promises_no_place(invite):
    text = words(invite(half_days=[]))
    assert "Voici votre code." in text
    assert "Nous gardons une place" not in text and "Quand" not in text


def test_a_page_is_in_the_language_of_the_person(invite):
    file = invite(language="de")
    assert "Donnerstag, 3. November 8:30 Uhr bis 12 Uhr" in words(file)
    assert "SmartJob-Workshop" in words(file)
    assert file.language == "de"


def test_title_language_fonts_and_tags_are_set(invite):
    file = invite()
    assert (file.title, file.language, file.tagged) == (f"Invitations, {CORNER}", "fr", True)
    assert set(file.fonts.values()) == {True}
    kinds = [kind for kind, _ in file.pages[0].tags]
    assert kinds[:2] == ["P", "H1"] and kinds.count("H2") == 5


def test_the_same_codes_give_the_same_bytes(issued, made_at):
    codes = [issued(form=Form.SHORT), issued("Łukasz")]
    one, two = (invitations_pdf(codes, corner_name=CORNER, made_at=made_at) for _ in range(2))
    assert one == two


def test_no_codes_no_file(made_at):
    with pytest.raises(ValueError, match="no code"):
        invitations_pdf([], corner_name=CORNER, made_at=made_at)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.one_of(st.text(min_size=1, max_size=80), st.text("W -", min_size=1, max_size=80)),
    corner=st.text(min_size=1, max_size=80),
    room=st.one_of(st.none(), st.text(max_size=80)),
    language=st.sampled_from(LANGUAGES),
    form=st.sampled_from(list(Form)),
    sittings=st.integers(0, 15),
    places=st.integers(1, 3),
)
def test_no_name_and_no_number_of_days_breaks_a_page(
    issued, look, made_at, half_day, first, corner, room, language, form, sittings, places
):
    half_days = [
        half_day(n * 29, programme="video-meeting", corner=f"unheard-of-{n % places}", room=room, utc="09:40")
        for n in range(sittings)
    ]
    code = issued(first, form=form, language=language, half_days=half_days)
    file = look(invitations_pdf([code], corner_name=corner, made_at=made_at), draw=False)
    assert len(file.pages) == 1
    stays_on_the_page(file)
    kinds = [kind for kind, _ in file.pages[0].tags]
    assert kinds.count("H2") >= (5 if sittings else 2)
