"""The three half-days that the press announced, from one file to the last card, in a real terminal.

Thursday 3, Friday 4 and Saturday 5 November 2022, 08:30 to 12:00, Charleroi; the people are invented.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from driver import Terminal, kiosk

BEFORE = "2022-11-01T09:00"
DAYS = {"2022-11-03": 8, "2022-11-04": 5, "2022-11-05": 6}
"""Each day with the size of its group."""

NAMES = (
    *("Binta", "Ștefan", "Marie-Laure", "Çağla", "Łukasz", "Hoa", "Mehdi", "Heike"),
    *("Giuseppe", "Oksana", "Joris", "Kofi", "Rachida"),
    *("Tenzin", "Zoé", "Yusuf", "Ilse", "Amadou", "Dominique"),
)

HEADER = "référence;prénom;nom;lieu;programme;date;début;fin;local;places;statut\n"

MORE = """X-mons;Farid;Haddad;mons;awareness;2022-11-03;08:30;12:00;1;8;booked
X-cancelled;Nadine;Willems;charleroi;awareness;2022-11-03;08:30;12:00;2;8;cancelled
X-waiting;Pavel;Novák;charleroi;awareness;2022-11-03;08:30;12:00;2;8;waiting
"""


def bookings() -> str:
    """One file for the three half-days and for those who come to the wrong place."""
    names = iter(NAMES)
    lines = [
        f"{day}-{number};{next(names)};Vermeulen;charleroi;awareness;{day};08:30;12:00;2;8;booked\n"
        for day, size in DAYS.items()
        for number in range(size)
    ]
    return HEADER + "".join(lines) + MORE


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A kiosk with the file, and everybody's card by reference."""
    folder = tmp_path_factory.mktemp("press")
    home, file = folder / "home", folder / "novembre.csv"
    file.write_text(bookings(), "utf-8")
    assert kiosk(home, "init", "--corner", "charleroi", "--yes").returncode == 0
    said = kiosk(home, "import", str(file), "--json", "--at", BEFORE)
    assert json.loads(said.stdout)["added"] == len(NAMES) + 3, said.stderr
    references = [line.split(";")[0] for line in bookings().splitlines()[1:]]
    asked = [part for reference in references for part in ("--reference", reference)]
    rows = json.loads(kiosk(home, "cards", *asked, "--format", "json", "-o", "-", "--at", BEFORE).stdout)
    return home, {row["reference"]: row["token"] for row in rows}


def test_the_three_half_days_are_played_through(imported):
    """Early, on time, at the tolerance, late, over, other day, other corner, cancelled, full, twice."""
    home, cards = imported
    thursday = "2022-11-03"
    plays = [
        (f"{thursday}T07:20", (56, 16), [(f"{thursday}-0", "Les portes ouvrent à 7 h 30.")]),
        (
            f"{thursday}T08:20",
            (80, 24),
            [
                (f"{thursday}-0", "Votre présence est notée."),
                ("2022-11-04-0", "Votre atelier est le vendredi 4 novembre"),
                ("X-mons", "à Mons"),
                ("X-cancelled", "Votre réservation a été annulée."),
                ("X-waiting", "Toutes les places sont prises."),
                (f"{thursday}-0", "Votre présence est déjà notée, depuis 8 h 20."),
            ],
        ),
        (f"{thursday}T08:45", (100, 30), [(f"{thursday}-1", "Votre présence est notée.")]),
        (f"{thursday}T09:12", (132, 43), [(f"{thursday}-2", "Votre présence est notée.")]),
        (f"{thursday}T12:05", (56, 16), [(f"{thursday}-3", "Votre atelier est fini depuis 12 h.")]),
        ("2022-11-04T08:29", (80, 24), [("2022-11-04-0", "Votre présence est notée.")]),
        ("2022-11-05T07:30", (100, 30), [("2022-11-05-0", "Votre présence est notée.")]),
    ]
    for at, (columns, rows), people in plays:
        with Terminal("--at", at, home=home, columns=columns, rows=rows).ready() as term:
            for reference, wanted in people:
                term.show_card(cards[reference], 0.002)
                term.wait_for(lambda text, wanted=wanted: wanted in " ".join(text.split()))
                term.settle()
    listed = json.loads(
        kiosk(home, "roster", "--date", thursday, "--json", "--at", f"{thursday}T12:00").stdout
    )
    (morning,) = listed
    states = {person["reference"]: (person["state"], person["minutes"]) for person in morning["people"]}
    assert (morning["booked"], morning["capacity"]) == (8, 8)
    assert states[f"{thursday}-0"] == ("present", 210)
    assert states[f"{thursday}-1"] == ("present", 195)
    assert states[f"{thursday}-2"] == ("late", 168)
    assert {states[f"{thursday}-{number}"] for number in range(3, 8)} == {("expected", 0)}
    assert [person["reference"] for person in morning["waiting"]] == ["X-waiting"]
    assert kiosk(home, "verify").returncode == 0
