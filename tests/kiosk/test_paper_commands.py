"""``kiosk sheet`` and ``kiosk certificate``: a file for this user only, and a row that says it was made."""

from __future__ import annotations

import hashlib
import stat

import pypdfium2
import pytest
from command_line import MORNING

from models.documents import CERTIFICATE

EVENING = "2022-11-03T18:00"

LATER = """référence;prénom;nom;programme;date;début;fin
R-1;Binta;Ouédraogo;video-cv;2022-11-03;13:30;17:00
"""


@pytest.fixture
def attended(booked):
    """Binta was there from the beginning; of the others nobody has said anything."""
    (code,) = booked("invite", "--reference", "R-1", "--format", "json", "--at", MORNING).json
    assert booked("checkin", code["code"], "--at", "2022-11-03T08:25").code == 0
    return booked


def pages(path) -> list[str]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [" ".join(text.replace("\u00a0", " ").split()) for text in texts]


def test_the_sheet_of_today_is_a_file_for_this_user_only(booked, tmp_path):
    ran = booked("sheet", "--at", MORNING)
    assert (ran.code, ran.err) == (0, "Fichier : feuille-2022-11-03.pdf.\n")
    path = tmp_path / "feuille-2022-11-03.pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (page,) = pages(path)
    for said in ("Ouédraogo Binta", "Peeters Joris", "Ionescu Ștefan", "8 h 30 à 12 h"):
        assert said in page


def test_every_half_day_of_the_day_has_its_page_and_its_row(booked, tmp_path):
    """P-24: actor, half-day and the hash of the file, for each."""
    booked("import", booked.file("more.csv", LATER), "--at", MORNING)
    assert booked("sheet", "--date", "2022-11-03", "-o", "day.pdf", "--at", MORNING).code == 0
    assert len(pages(tmp_path / "day.pdf")) == 2
    digest = hashlib.sha256((tmp_path / "day.pdf").read_bytes()).hexdigest()
    found = booked.asked("select kind, actor, hash from document")
    assert found == [("sheet", "system", digest)] * 2
    assert {row[0] for row in booked.asked("select subject_id from document")} == {
        row[0] for row in booked.asked("select id from half_day")
    }


def test_one_half_day_by_its_id(booked, tmp_path):
    booked("import", booked.file("more.csv", LATER), "--at", MORNING)
    (wanted,) = booked.asked("select id from half_day where programme = 'video-cv'")[0]
    assert booked("sheet", "--half-day", wanted, "--at", MORNING).code == 0
    (page,) = pages(tmp_path / "feuille-2022-11-03-1330-video-cv.pdf")
    assert "Le CV vidéo" in page


@pytest.mark.parametrize(
    "arguments",
    [
        ("sheet", "--date", "2022-12-24"),
        ("sheet", "--half-day", "0" * 32),
        ("sheet", "--date", "2022-11-03", "--half-day", "0" * 32),
        ("sheet", "--date", "yesterday"),
        ("certificate", "R-2"),
        ("certificate", "nobody"),
        ("certificate", "R-1", "--to", "2022-10-01"),
        ("certificate", "R-1", "--from", "2022-11-04", "--to", "2022-11-03"),
        ("sheet", "-o", "no/such/folder/sheet.pdf"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence_and_leaves_no_row(attended, arguments, tmp_path):
    before = set(tmp_path.iterdir())
    ran = attended(*arguments, "--at", EVENING)
    assert ran.code == 1 and ran.refused and ran.err.count("\n") == 1
    assert set(tmp_path.iterdir()) == before
    assert attended.rows("document") == 0


def test_a_certificate_until_today_and_then_its_duplicate(attended, tmp_path):
    assert attended("certificate", "R-1", "-o", "one.pdf", "--at", EVENING).code == 0
    assert attended("certificate", "R-1", "-o", "two.pdf", "--at", "2022-11-03T19:00").code == 0
    (one,), (two,) = pages(tmp_path / "one.pdf"), pages(tmp_path / "two.pdf")
    assert "Binta Ouédraogo" in one and "Total 3 h 30" in one and "8 h 30 à 12 h" in one
    assert "Duplicata" not in one and "Duplicata" in two
    digest = hashlib.sha256((tmp_path / "one.pdf").read_bytes()).hexdigest()
    days = ("2022-11-03", "2022-11-03")
    assert attended.asked("select kind, first_day, last_day, actor, hash from document")[0] == (
        CERTIFICATE,
        *days,
        "system",
        digest,
    )


def test_a_file_has_no_name_of_a_person(attended, tmp_path):
    assert attended("certificate", "R-1", "--at", EVENING).code == 0
    (path,) = tmp_path.glob("attestation-*.pdf")
    assert path.name.endswith("-2022-11-03.pdf")
    assert "Binta" not in path.name and "R-1" not in path.name


def test_another_period_is_another_certificate(attended, tmp_path):
    for first in ("2022-11-01", "2022-11-02"):
        ran = attended(
            "certificate", "R-1", "--from", first, "--to", "2022-11-03", "-o", "x.pdf", "--at", EVENING
        )
        assert ran.code == 0 and "Duplicata" not in pages(tmp_path / "x.pdf")[0]


def test_what_could_not_be_noted_does_not_stay(attended, tmp_path, monkeypatch):
    """P-24."""
    from kiosk.commands import paper

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device", "kiosk.db")

    monkeypatch.setattr(paper, "document_made", full)
    assert attended("sheet", "-o", "sheet.pdf", "--at", EVENING).code == 1
    assert not (tmp_path / "sheet.pdf").exists()


def test_the_log_still_fits_its_tables(attended):
    attended("sheet", "-o", "sheet.pdf", "--at", EVENING)
    attended("certificate", "R-1", "-o", "certificate.pdf", "--at", EVENING)
    assert attended("verify").code == 0
