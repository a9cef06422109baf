"""What the team reads of the hub at every grid: a quiet line, a whole sentence, a list to decide on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich.cells import cell_len
from stage import AT, GRIDS, THEMES, stage
from test_assessment_layout import flaws
from test_odd_layout import put
from test_odd_layout import signals as other_signals
from test_review_layout import DAY_SHOWN

from assets.languages import LANGUAGES, translator
from models import event_rows
from models.projections import REGISTERS
from models.sync.outbox import Pending
from models.sync.refusals import RefusedRow, SeeRefused
from models.sync.sharing import Sharing, Standing
from models.sync.state import PASSING, SyncState
from models.words import IMPORT, PARTICIPANT, SYSTEM
from screens.staff.day_review import DayScreen
from screens.staff.ready_today import ReadyTodayScreen
from screens.staff.ready_words import Light, Signal
from screens.staff.refused import KINDS, WHY, RefusedScreen
from screens.staff.roster import RosterScreen
from screens.staff.sharing_line import SharingLine
from screens.staff.sharing_words import TROUBLES, Standpoint, sharing_line, sharing_said, sharing_signal

ONE_ROW = 76
"""Cells of the line at 80 columns."""


def shares(number=0, *, refused=0, ago=timedelta(minutes=20), skew=timedelta(), revoked=False, trouble=""):
    """A kiosk that last heard of its hub some time ago, and has written since."""
    then = AT - ago
    state = SyncState("t", 7, then, skew, revoked, trouble, None)
    return Sharing(state, Pending(number, then if number else None, refused), refused, AT)


LATE = shares(1200, ago=timedelta(days=6))
STANDINGS = {
    Standing.FINE: shares(3),
    Standing.LATE: LATE,
    Standing.CLOCK: shares(skew=timedelta(minutes=117)),
    Standing.REFUSED: shares(refused=12),
    Standing.REVOKED: shares(revoked=True),
    Standing.TROUBLE: shares(trouble="no_entry"),
}
ROWS = tuple(
    RefusedRow(f"{number:032}", kind, "x", AT - timedelta(minutes=number), who, actor, why, AT)
    for number, (kind, who, actor, why) in enumerate(
        [
            ("attendance.arrived", "", PARTICIPANT, "changed"),
            ("booking.set", "", IMPORT, "other_content"),
            ("participant.erased", "Maximilienne", "m", "may_not_erase"),
            ("staff_member.set", "", SYSTEM, "unreadable"),
            ("weather.seen", "", "x", "too_warm"),
        ]
    )
)


def screens(language: str):
    frame = ("SmartCorner de Charleroi", language, "")

    def line_shown(screen, sharing) -> None:
        screen.query_one(SharingLine).show(sharing)

    def day_shown(screen) -> None:
        screen._show(DAY_SHOWN)
        line_shown(screen, LATE)

    for sharing in (STANDINGS[Standing.FINE], LATE):
        yield RosterScreen(frame, "Noor"), lambda screen, one=sharing: line_shown(screen, one)
    yield DayScreen(frame, "Noor"), day_shown
    signals = [*other_signals(language), sharing_signal(LATE, language)]
    yield ReadyTodayScreen(frame), lambda screen: screen.show_light(signals)

    def refused_too(screen) -> None:
        screen.show_light(signals)
        screen.answered(SeeRefused(), ROWS)

    yield ReadyTodayScreen(frame), refused_too
    yield RefusedScreen(frame), lambda screen: screen.answered(SeeRefused(), ROWS)


@pytest.mark.parametrize(
    ("size", "theme", "language"),
    [
        *((size, theme, "fr") for size, theme in zip(GRIDS[:3], THEMES, strict=True)),
        *((GRIDS[0], "jour", language) for language in LANGUAGES[1:]),
    ],
)
async def test_everything_can_be_read(size, theme, language):
    """A-08, A-09, A-10."""
    async with stage(size, theme, language) as shown:
        for screen, show in screens(language):
            await put(shown, screen, show)
            assert flaws(shown) == [], shown.text
            await shown.app.pop_screen()


@pytest.mark.parametrize(("size", "language"), [(GRIDS[1], "nl"), (GRIDS[1], "de"), (GRIDS[0], "en")])
async def test_no_row_of_the_list_is_cut(size, language):
    async with stage(size, language=language) as shown:
        screen = RefusedScreen(("SmartCorner de Charleroi", language, ""))
        await put(shown, screen, lambda one: one.answered(SeeRefused(), ROWS))
        for _ in range(2):
            assert flaws(shown) == [], shown.text
            assert "…" not in shown.text
            screen._page += 1
            await screen._draw()
            await shown.settled()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_in_one_row_at_80_columns(language):
    """Whatever the hub's trouble is."""
    said = [sharing_said(one, language, at) for one in STANDINGS.values() for at in Standpoint]
    troubles = [shares(trouble=word) for word in (*TROUBLES, "of a newer program")]
    said += [sharing_said(one, language, Standpoint.DAY) for one in troubles]
    said.append(sharing_line(shares(100, ago=timedelta(days=30)), language))
    assert [one for one in said if cell_len(one) > ONE_ROW] == []


async def test_eight_signals_stand_on_one_screen():
    """Without air between them at 80 x 24; on the lowest grid what is to be done comes first."""
    signals = [*other_signals("fr"), sharing_signal(LATE, "fr")]
    for size in GRIDS[:3]:
        async with stage(size) as shown:
            screen = ReadyTodayScreen(("SmartCorner de Charleroi", "fr", ""))
            await put(shown, screen, lambda one: one.show_light(signals))
            assert "lignes à envoyer depuis" in shown.text, shown.text
            assert "horloge de l'appareil" in shown.text


@pytest.mark.parametrize("size", GRIDS[:3])
async def test_what_goes_on_in_a_second_row_hangs_under_its_own_words(size):
    long = "Le serveur ne laisse pas entrer cette borne : appelez « Service technique », poste 12."
    signals = [*other_signals("fr")[:3], Signal("sync", Light.ACT, long)]
    async with stage(size) as shown:
        screen = ReadyTodayScreen(("SmartCorner de Charleroi", "fr", ""))
        await put(shown, screen, lambda one: one.show_light(signals))
        rows = [row.rstrip() for row in str(screen._signals.content).split("\n") if row.strip()]
        (first,) = (number for number, row in enumerate(rows) if "Le serveur ne" in row)
        begins = rows[first].index("Le serveur ne")
        if len(rows) > len(signals):
            assert rows[first + 1][:begins].strip() == "" and rows[first + 1][begins] != " "
        assert all(cell_len(row) <= screen._signals.size.width for row in rows)
        assert len(rows) > len(signals) or size[0] >= 130
        assert not any(row.strip()[0] in "»:;" for row in rows)


async def test_the_lowest_grid_leaves_the_day_its_hours():
    async with stage(GRIDS[0]) as shown:
        for screen, show in screens("fr"):
            if isinstance(screen, DayScreen):
                await put(shown, screen, show)
                assert "Heures" in shown.text
                assert "serveur" not in shown.text


# ---- words


def test_the_way_to_what_was_refused_begins_where_the_sentence_stands():
    """The roster's key "À régler" leads to another list; on the kiosk's own screen one key is enough."""
    said = {at: sharing_said(STANDINGS[Standing.REFUSED], "fr", at) for at in Standpoint}
    assert said[Standpoint.ROSTER].endswith(": Menu, Le jour, À régler, La borne.")
    assert said[Standpoint.OFFICE].endswith(": dites-le au bureau.")
    assert said[Standpoint.DAY].endswith(": regardez « À régler », puis « La borne ».")
    assert said[Standpoint.KIOSK].endswith(": regardez « Refusées ».")
    frame = ("SmartCorner de Charleroi", "fr", "")
    assert RosterScreen(frame, "Noor", reviews=True).standpoint is Standpoint.ROSTER
    assert RosterScreen(frame, "Noor").standpoint is Standpoint.OFFICE


def test_a_quiet_line_says_how_much_is_left_and_since_when():
    assert sharing_line(shares(3), "fr") == "3 à envoyer · dernière synchronisation 8 h 02"
    assert sharing_line(shares(), "fr") == "Tout est envoyé · dernière synchronisation 8 h 02"
    friday = shares(1, ago=timedelta(days=6))
    assert (
        sharing_line(friday, "fr") == "1 à envoyer · dernière synchronisation vendredi 28 oct. 9 h 22"
    )  # summer time


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_light_asks_for_something_only_where_somebody_has_to_do_it(standing):
    sharing = STANDINGS[standing]
    assert sharing.standing is standing
    light = sharing_signal(sharing, "fr").light
    assert light is (Light.GOOD if standing is Standing.FINE else Light.ACT)


def test_a_hub_that_has_not_been_heard_of_today_is_a_note():
    """The doors can open."""
    away = shares(ago=timedelta(hours=20), trouble="away")
    assert sharing_signal(away, "fr").light is Light.NOTE
    assert sharing_signal(away, "fr").told(translator("fr")) == (
        "Tout est envoyé · dernière synchronisation mercredi 2 nov. 12 h 22."
    )


def test_every_trouble_that_does_not_pass_has_words_of_its_own():
    from kiosk.sync.trouble import HubProblem

    problems = {str(problem) for problem in HubProblem}
    assert set(PASSING) < problems
    assert problems - set(PASSING) == set(TROUBLES)


def test_every_kind_of_row_that_this_program_writes_has_words():
    written = {kind.partition(".")[0] for kind in event_rows._KEEPINGS} | set(REGISTERS)
    assert written - {kind.partition(".")[0] for kind in KINDS} == set()


def test_every_word_for_why_a_row_is_refused_has_a_sentence():
    """As the hub's own functions and the round say them."""
    from pathlib import Path

    import models.hub

    said = "".join(file.read_text() for file in Path(models.hub.__file__).parent.rglob("*.sql"))
    assert {word for word in WHY if f"'{word}'" in said} == set(WHY)
