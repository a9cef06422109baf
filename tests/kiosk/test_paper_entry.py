"""The paper sheet typed in: eight digits and Enter a person, on the disk line by line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hands import AT, on, tap, time_between_touches, touch, until
from staff_hands import at_screen, elsewhere, half_day_of

from kiosk.clock import Clock
from models.marking import Mark, MarkPerson
from models.paper_entry import EnterFromPaper
from screens.staff.choosing import ChoiceScreen
from screens.staff.paper_entry import PaperEntryScreen
from screens.staff.sheet_lines import SheetLines
from screens.widgets.key import Key

NOON = AT + timedelta(hours=5)
"""Twenty-two minutes past one in Charleroi: the half-day is over."""


async def at_sheet(played, name="Binta", now=NOON):
    played.app.clock = Clock(now)
    half_day = await half_day_of(played, name)
    screen = await at_screen(played, lambda: PaperEntryScreen(played.app.staff_frame, half_day))
    await until(lambda: screen._draft.lines)
    await played.rest()
    return screen


async def stands(played) -> list[tuple]:
    """What stands in the ledger: who, what, when, how."""
    return await played.asked(
        "select p.first_name, e.kind, time(e.at, '+1 hour'), e.way from attendance_event e"
        " join participant p on p.id = e.person_id where e.kind <> 'annulled'"
        " and not exists (select 1 from attendance_event a where a.annuls = e.id)"
        " order by p.first_name, e.at, e.id"
    )


def row(played, name: str) -> str:
    return next(line for line in played.text.splitlines() if name in line)


async def test_a_line_is_eight_digits_and_enter_and_shows_that_it_is_on_the_disk(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press(*"08271200", "enter")
        await until(lambda: "8 h 27 – 12 h" in row(played, "Kofi A."))
        assert "✓ d'après la feuille" in row(played, "Kofi A.")
        assert screen._draft.person.name == "Marie-Laure D."
        assert await stands(played) == [
            ("Kofi", "arrived", "08:27:00", "paper"), ("Kofi", "left", "12:00:00", "paper"),
        ]  # fmt: skip


async def test_a_group_of_eight_takes_seventy_two_keystrokes(play, day, invite):
    """Well under two minutes of typing, at one keystroke a second."""
    invite(["Ana"])
    async with play() as played:
        screen = await at_sheet(played)
        assert len(screen._draft.lines) == 8
        strokes = [key for n in range(8) for key in (*f"08{30 + n}1200", "enter")]
        assert len(strokes) <= 72
        await played.press(*strokes)
        await played.shows("Toute la feuille est notée.")
        await played.shows("8 sur 8")
        assert len(await stands(played)) == 16


async def test_as_planned_is_a_key_of_its_own_and_enter_alone_notes_nothing(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press("enter", "enter")
        assert screen._draft.active == 2
        assert await stands(played) == []
        await played.press("d")
        await until(lambda: "8 h 30 – 12 h" in row(played, "Ștefan I."))
        assert [event[0] for event in await stands(played)] == ["Ștefan", "Ștefan"]


async def test_everything_by_touch(play, day):
    async with play() as played:
        await at_sheet(played)
        for digit in "08271":
            await touch(played, digit)
        await touch(played, "Effacer")
        for digit in "0910":
            await touch(played, digit)
        await touch(played, "Suivant")
        await played.shows("Et le départ ?")
        time_between_touches(played)
        await touch(played, "Suivant")
        await until(lambda: "9 h 10 –" in row(played, "Kofi A."))
        await touch(played, "Début à fin")
        await until(lambda: "8 h 30 – 12 h" in row(played, "Marie-Laure D."))
        await touch(played, "Absence")
        await until(lambda: "Absence" in row(played, "Ștefan I."))
        await touch(played, "Excuse")
        await on(played, ChoiceScreen)
        await played.shows("Binta O. : pourquoi ?")
        await touch(played, "4  Transport")
        await on(played, PaperEntryScreen)
        await until(lambda: "Excuse · Transport" in row(played, "Binta O."))
        await touch(played, "▲")
        await touch(played, "▲")
        assert played.app.screen._draft.person.name == "Ștefan I."


async def test_a_finger_on_a_line_makes_it_the_active_one(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        lines = screen.query_one(SheetLines)
        await tap(played, lines.region.x + 5, lines.region.y + 3)
        await until(lambda: screen._draft.person.name == "Binta O.")
        await played.press("up", "up")
        assert screen._draft.person.name == "Marie-Laure D."


async def test_typed_times_wait_on_their_line_and_going_back_says_so_once(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press(*"0827", "down")
        await played.shows("pas encore noté")
        await played.press("escape")
        await played.shows("Des heures ne sont pas encore notées : « Retour » les oublie.")
        assert played.app.screen is screen
        await played.press("up", "enter", "enter")
        await until(lambda: "8 h 27 –" in row(played, "Kofi A."))
        await played.press("escape")
        await until(lambda: played.app.screen is not screen)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("082", "Écrivez quatre chiffres pour chaque heure"),
        ("08271", "Écrivez quatre chiffres pour chaque heure"),
        ("2460", "Écrivez quatre chiffres pour chaque heure"),
        ("10000930", "Le départ est avant l'arrivée"),
    ],
)
async def test_what_cannot_be_a_time_stays_to_be_mended(play, day, keys, said):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press(*keys, "enter")
        await played.shows(said)
        assert (screen._draft.digits, screen._draft.active) == (keys, 0)
        assert await stands(played) == []


async def test_a_line_that_is_refused_is_marked_and_the_next_keys_do_not_fall_on_it(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press(*"08271700", "enter")
        await played.shows("Kofi A. : heures hors de la demi-journée ou à venir, à revoir.")
        assert "à revoir" in row(played, "Kofi A.  ")
        await played.press(*"0830", "enter", "enter")
        await until(lambda: "8 h 30 –" in row(played, "Marie-Laure D."))
        await played.press("up", "up", "backspace")
        assert screen._draft.digits == "0827170"


async def test_while_the_half_day_runs_nobody_stayed_to_its_end(play, day):
    async with play() as played:
        await at_sheet(played, now=AT + timedelta(hours=1))
        await played.press("d")
        await played.shows("La demi-journée n'est pas finie : écrivez l'heure d'arrivée.")
        assert await stands(played) == []


async def test_what_the_kiosk_knew_to_the_minute_is_agreed_and_not_noted_twice(play, day):
    async with play() as played:
        played.burst(day.people[0].token)
        await played.answered("Binta O.")
        await played.press("escape")
        before = await stands(played)
        await at_sheet(played)
        assert "✓" not in row(played, "Binta O.")
        await played.press("down", "down", "down", *"0822", "enter", "enter")
        await until(lambda: "✓ d'après la feuille" in row(played, "Binta O."))
        assert await stands(played) == before


async def test_what_another_kiosk_notes_is_seen_and_the_line_stays_active(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press("down", *"08")
        ((kofi,),) = await played.asked("select id from participant where first_name = 'Kofi'")
        await elsewhere(played, MarkPerson(screen._half_day_id, kofi, Mark.ABSENT))
        await until(lambda: "Absence" in row(played, "Kofi A."))
        await elsewhere(played, EnterFromPaper(screen._half_day_id, kofi, absent=True))
        assert (screen._draft.person.name, screen._draft.digits) == ("Marie-Laure D.", "08")


async def test_the_digits_may_be_typed_on_an_azerty_keyboard(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press("à", "ç", "&", "à")
        assert screen._draft.digits == "0910"


async def test_a_scanner_never_types_here(play, day):
    """Ten characters in a burst are a card, whatever they are."""
    async with play() as played:
        screen = await at_sheet(played)
        played.burst("0827120008")
        await played.rest()
        assert screen._draft.digits == ""
        assert await stands(played) == []


@pytest.mark.parametrize("size", [(80, 24), (132, 43), (56, 16)])
async def test_every_key_and_the_active_line_can_be_seen(play, day, size):
    async with play(size=size) as played:
        screen = await at_sheet(played)
        shown = [key for key in screen.query(Key) if key.display]
        assert all(
            not key.region.area or screen.find_widget(key).visible_region == key.region for key in shown
        )
        assert {"1", "0", "Suivant", "Absence", "Retour"} <= {key.label for key in shown if key.region.area}
        for _ in screen._draft.lines:
            assert f"▸ {screen._draft.person.name}" in played.text
            await played.press("down")


async def test_the_screen_forgets_the_people_and_what_was_typed(play, day):
    async with play() as played:
        screen = await at_sheet(played)
        await played.press(*"0827")
        screen.wipe()
        await played.rest()
        assert "Kofi" not in played.text
        assert "08:27" not in played.text
        assert screen._draft.sheet is None
