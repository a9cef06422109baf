"""The certificate as PDF: every half-day, one sum rounded once, and nothing taken for twice the hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.languages import LANGUAGES
from kiosk.paper.certificates import certificate_pdf
from models.answers import Sitting
from models.documents import Certificate, CertificateLine
from models.reckoning import Part

CORNER = "SmartCorner de Charleroi"
START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
MADE_AT = START + timedelta(hours=8)


def attended(days=0, *spans, programme="awareness", settled=True):
    """A half-day so many days before 3 November; spans are minutes after its start."""
    start = START - timedelta(days=days)
    parts = tuple(
        Part(start + timedelta(minutes=a), start + timedelta(minutes=b)) for a, b in spans or [(0, 210)]
    )
    minutes = sum(int(part.length.total_seconds() // 60) for part in parts)
    sitting = Sitting(f"h{days}", programme, "charleroi", start, start + timedelta(hours=3.5), "2")
    return CertificateLine(sitting, parts, minutes, settled)


def certificate(*lines, **more):
    given = {
        "person_id": "p",
        "first_name": "Maria-Fernanda",
        "last_name": "Vandenbroucke-Szymański",
        "reference": "FX-012",
        "first": date(2022, 10, 3),
        "last": date(2022, 11, 3),
        "lines": lines,
        "quarter": 15,
        "duplicate": False,
    }
    return Certificate(**given | more)


@pytest.fixture
def printed(look):
    def print_and_look(*lines, language="fr", **more):
        told = certificate(*(lines or [attended()]), **more)
        return look(certificate_pdf(told, corner_name=CORNER, made_at=MADE_AT, language=language), draw=False)

    return print_and_look


def words(file):
    return " ".join(file.text.replace("\u00a0", " ").split())


def stays_on_the_page(file):
    for page in file.pages:
        assert page.overlaps() == []
        for line in page.lines:
            assert line.left > 19.5 and line.right < 210 - 19.5
            assert line.top > 12 and line.bottom < 297 - 13


def test_a_certificate_says_who_took_part_when_and_how_long(printed):
    text = words(printed(attended(3), attended(0, (17, 90), programme="video-cv")))
    for said in (
        "Attestation de présence",
        "Nous attestons que Maria-Fernanda Vandenbroucke-Szymański",
        "a participé à 2 demi-journées, du lundi 3 octobre 2022 au jeudi 3 novembre 2022.",
        "Lundi 31 octobre 2022 Atelier SmartJob 8 h 30 à 12 h 3 h 30",
        "Jeudi 3 novembre 2022 Le CV vidéo 8 h 47 à 10 h 1 h 13",
        "Total 4 h 45",
        "Total exact : 4 h 43, arrondi une fois au quart d'heure.",
        "Fait à Charleroi, le",
        "Signature pour le SmartCorner",
        "Imprimée le jeudi 3 novembre 2022 à 16 h 30.",
    ):
        assert said in text
    assert "Duplicata" not in text and "*" not in text


def test_who_left_and_came_back_has_both_times(printed):
    text = words(printed(attended(0, (0, 60), (75, 210))))
    assert "8 h 30 à 9 h 30, 9 h 45 à 12 h 3 h 15" in text


def test_one_day_is_said_as_one_day(printed):
    on = date(2022, 11, 3)
    text = words(printed(first=on, last=on))
    assert "a participé à 1 demi-journée, le jeudi 3 novembre 2022." in text


def test_printed_again_every_page_says_so(printed):
    file = printed(*(attended(day) for day in range(30, 0, -1)), duplicate=True)
    assert len(file.pages) == 2 and all("Duplicata" in page.text for page in file.pages)
    assert "Duplicata : une attestation existe déjà pour ces jours." in words(file)


def test_a_half_day_that_is_not_closed_is_marked(printed):
    text = words(printed(attended(2), attended(1, settled=False)))
    assert text.count("* 3 h 30") == 1
    assert "* Demi-journée pas encore clôturée" in text


def test_without_rounding_nothing_is_said_of_it(printed):
    text = words(printed(attended(0, (0, 202)), quarter=1))
    assert "Total 3 h 22" in text and "arrondi" not in text
    assert "arrondi une fois à 30 minutes" in words(printed(attended(0, (0, 202)), quarter=30))


@pytest.mark.parametrize("half_days", [1, 8, 12, 13, 14, 15, 16, 17, 18, 19, 20, 30, 60])
def test_any_number_of_half_days_has_its_lines_and_one_foot(printed, half_days):
    file = printed(*(attended(day) for day in range(half_days, 0, -1)))
    text = words(file)
    assert text.count("8 h 30 à 12 h") + text.count("9 h 30 à 13 h") == half_days
    assert text.count("Total exact") == text.count("Fait à") == 1
    assert "Fait à" in file.pages[-1].text and "Atelier SmartJob" in file.pages[-1].text
    assert all("Vandenbroucke-Szymański" in page.text and "Durée" in page.text for page in file.pages)
    stays_on_the_page(file)


def test_title_language_fonts_and_tags_are_set(printed):
    """The title is shown by whatever lists files, so it names nobody."""
    file = printed()
    assert file.title == f"Attestation de présence, {CORNER}"
    assert (file.language, file.tagged) == ("fr", True)
    assert set(file.fonts.values()) == {True}
    assert [kind for kind, _ in file.pages[0].tags if kind != "P"] == ["H1", "H2"]


def test_nothing_on_it_tells_whether_a_man_or_a_woman_came(printed):
    text = words(printed())
    for word in ("présent ", "présente ", "venu", "inscrit", "Monsieur", "Madame", "né "):
        assert word not in text


def test_the_same_certificate_gives_the_same_bytes():
    one, two = (
        certificate_pdf(certificate(attended()), corner_name=CORNER, made_at=MADE_AT) for _ in range(2)
    )
    assert one == two


def test_no_half_day_no_certificate():
    with pytest.raises(ValueError, match="no half-day"):
        certificate_pdf(certificate(), corner_name=CORNER, made_at=MADE_AT)


@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=st.one_of(st.text(min_size=1, max_size=60), st.text("W -", min_size=1, max_size=60)),
    last=st.text(max_size=60),
    reference=st.text(max_size=60),
    corner=st.text(min_size=1, max_size=80),
    language=st.sampled_from(LANGUAGES),
    half_days=st.integers(1, 50),
    pieces=st.integers(1, 3),
    duplicate=st.booleans(),
)
def test_no_name_and_no_number_of_half_days_breaks_a_page(
    look, first, last, reference, corner, language, half_days, pieces, duplicate
):
    spans = [(60 * n, 60 * n + 40) for n in range(pieces)]
    lines = [attended(day, *spans, programme="course-40", settled=day > 1) for day in range(half_days, 0, -1)]
    told = certificate(*lines, first_name=first, last_name=last, reference=reference, duplicate=duplicate)
    data = certificate_pdf(told, corner_name=corner, made_at=MADE_AT, language=language)
    stays_on_the_page(look(data, draw=False))
