"""A person's self-assessments, and the group's, before somebody of the team: by keys and by touch."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from types import ModuleType

import pysqlite3
import pytest
from hands import AT, on, tap, time_between_touches, touch, until
from sittings import BOTH, draft
from staff import cut_keys, roster
from staff_hands import at_screen, elsewhere, half_day_of

from assets.assessment import framework
from models.assessment.draft import Part
from models.assessment.group import GroupPictureOf
from models.assessment.observing import Observe
from models.assessment.taking import take
from models.log import Author
from screens.staff.assessment import AssessmentScreen
from screens.staff.change import ChangeScreen
from screens.staff.group import GroupScreen
from screens.staff.menu import MenuScreen
from screens.staff.person import PersonScreen
from screens.staff.roster import RosterScreen


@pytest.fixture(autouse=True)
def nobody_before(day):
    """Only what a test keeps is there: the invented people of the day have assessed themselves already."""
    conn = pysqlite3.connect(str(day.database.path))
    conn.execute("delete from assessment")
    conn.commit()
    conn.close()


async def keep(played, given, person: str = "Binta", days: float = 0) -> str:
    """Somebody has kept a sitting, so many days ago; returns its id."""
    ((person_id,),) = await played.asked(f"select id from participant where first_name = '{person}'")
    author = Author(played.app._desk.kiosk_id, person_id, AT - timedelta(days=days))
    made = draft(given) if isinstance(given, int) else given
    kept = played.app.database.write(take, author, "charleroi", person_id, made)
    return await asyncio.wrap_future(kept)


async def binta(played) -> str:
    return (await played.asked("select id from participant where first_name = 'Binta'"))[0][0]


@asynccontextmanager
async def point(play, *sittings, **given):
    """Binta's self-assessments on the screen, the last given one the newest."""
    async with play(**given) as played:
        await played.home()
        ids = [await keep(played, one, days=len(sittings) - n) for n, one in enumerate(sittings, 1)]
        person = await binta(played)
        await at_screen(played, lambda: AssessmentScreen(played.app.staff_frame, person))
        await played.shows("Binta O.")
        yield played, ids


async def test_who_has_kept_nothing_is_said(play, day):
    async with point(play) as (played, _):
        await played.shows("Cette personne n'a pas encore fait le point.")
        assert "Confirmé" not in played.text
        await played.press("c", "i", "v", "p", "r", "s", "up", "down", "left", "right")
        await on(played, AssessmentScreen)


async def test_status_areas_and_competences_stand_there(play, day):
    made = draft({**draft(1).answers, "1.2S": None})
    async with point(play, made.done(*next(iter(BOTH.items())))) as (played, _):
        await played.shows("Premier niveau : en chemin")
        for wanted in ("complet", "jeudi 3 novembre", "██░ avec de l'aide", "1.3  Retrouver un document"):
            assert wanted in played.text, played.text
        assert "pas compris" in played.text
        await played.press("down", "down", "down")
        await played.shows("4.2  Reconnaître un piège")
        await played.shows("avec de l'aide · peut-être sous-estimé")
        assert "pas demandé" in played.text


async def test_an_area_is_chosen_by_touch(play, day):
    async with point(play, 2) as (played, _):
        areas = played.app.screen.query_one("#areas")
        await tap(played, areas.region.x + 3, areas.region.y + 2 * areas._pitch)
        await played.shows("3.1  Taper un texte")


async def test_a_tick_confirms_and_a_second_one_takes_it_back(play, day):
    """In the log, with who it was."""
    async with point(play, 2) as (played, (taken,)):
        await played.shows("atteint (déclaré)")
        await touch(played, "Confirmé : je l'ai vu")
        await played.shows("atteint (confirmé) · vu par Noor, jeudi 3 nov.")
        await played.shows("✓ Confirmé")
        assert "C'est noté : vous l'avez vu." in played.text
        time_between_touches(played)
        await played.press("c")
        await played.shows("atteint (déclaré)")
        kinds = "select kind, entity_id, actor from change where kind like 'observation.%'"
        assert await played.asked(kinds) == [
            ("observation.confirmed", taken, "facilitator"),
            ("observation.withdrawn", taken, "facilitator"),
        ]


async def test_what_a_colleague_has_seen_is_seen_at_once(play, day):
    async with point(play, 2) as (played, (taken,)):
        await elsewhere(played, Observe(taken, await binta(played), seen=True))
        await played.shows("vu par Noor")


async def test_earlier_ones_are_a_page_each_and_the_page_stays(play, day):
    """Also when another one is kept meanwhile."""
    core = draft(2)
    further = draft(2, part=Part.FURTHER, core=core.answers)
    async with point(play, 0, core, further) as (played, _):
        await played.shows("3 de 3 · jeudi 3 novembre · partie facultative")
        await played.shows("sait aller plus loin")
        assert "Confirmé" not in played.text
        await touch(played, "Plus ancien")
        await played.shows("2 de 3 · mercredi 2 novembre · complet")
        await played.press("left", "left")
        await played.shows("1 de 3 · mardi 1er novembre · complet")
        await played.shows("pas encore")
        await keep(played, draft({"2.1S": 1}), days=-0.01)
        await played.shows("1 de 4")
        await played.press("r", "right", "right")
        await played.shows("4 de 4 · jeudi 3 novembre · pas terminé")


async def test_before_and_after_say_what_has_changed(play, day):
    """A step down is no loss, and nothing is red."""
    async with point(play, 1, draft({**draft(2).answers, "3.1S": 0, "3.2S": 0})) as (played, _):
        await played.press("v")
        await on(played, ChangeScreen)
        await played.shows("mercredi 2 nov. → jeudi 3 nov.")
        for wanted in ("1 étape de plus", "██░ avec de l'aide → ███ sans aide", "vous êtes plus exigeant(e)"):
            await played.shows(wanted)
        await played.shows("Progrès · ")
        assert "8 pour 2" in " ".join(played.text.split())
        await played.press("escape")
        await on(played, AssessmentScreen)


async def test_other_words_are_not_compared(play, day):
    async with point(play, replace(draft(1), bank="2020-01"), 2) as (played, _):
        await touch(played, "Avant / après")
        await played.shows("rien n'est comparé")


async def test_one_alone_has_no_before(play, day):
    async with point(play, 1) as (played, _):
        await played.press("v")
        await on(played, AssessmentScreen)
        assert "Avant / après" not in played.text


async def test_the_result_is_printed_for_the_person(play, day, monkeypatch):
    """P-24: the paper's own row in the log; its name tells nobody's name."""
    made = ModuleType("kiosk.paper.result")
    shown = []

    def result_pdf(one, *, corner_name, made_at, language):
        shown.append((one, corner_name, made_at, language))
        return b"%PDF invented"

    made.result_pdf = result_pdf
    monkeypatch.setitem(sys.modules, "kiosk.paper.result", made)
    async with point(play, 0, 2) as (played, _):
        person = await binta(played)
        await played.press("i")
        await played.shows(f"Pas d'imprimante. Voir papers/point-{person[-8:]}-2022-11-03.pdf")
        ((one, corner, _, language),) = shown
        assert (one.name, corner, language) == ("Binta O.", "SmartCorner de Charleroi", "fr")
        assert one.result.status.word == "declared"
        found = await played.asked("select kind, subject_id, actor from document")
        assert found == [("result", person, "facilitator")]


async def test_the_person_page_leads_there_by_a_key_and_by_the_file(play, day):
    async with play() as played:
        await played.home()
        half_day, person = await half_day_of(played), await binta(played)
        await at_screen(played, lambda: PersonScreen(played.app.staff_frame, half_day, person))
        await played.shows("Binta O.")
        await touch(played, "Le point")
        await on(played, AssessmentScreen)
        await played.press("escape")
        await on(played, PersonScreen)
        await played.press("f")
        await touch(played, "3  Le point")
        await on(played, AssessmentScreen)


@pytest.mark.parametrize("size", [(56, 16), (80, 24), (132, 43)], ids=str)
async def test_every_competence_is_reached(play, day, size):
    """By touch alone, also where areas have no list of their own."""
    async with point(play, 1, size=size) as (played, _):
        seen = set()
        for area in framework().competences:
            await played.shows(f"{area}.1  ")
            seen |= {one for one in framework().ids if f"{one}  " in played.text}
            assert cut_keys(played.app.screen) == []
            if size == (56, 16):
                time_between_touches(played)
                await touch(played, "Suite")
            else:
                await played.press("down")
        assert seen == set(framework().ids)


# ---- the group


EIGHT = (0, 0, 0, 1, 1, 1, 2, 2)
MANY = (0,) * 6 + (1,) * 8 + (2,) * 10


@asynccontextmanager
async def group(play, *levels: int, **given):
    """The picture of Binta's half-day: who has said this of everything a month ago, and "alone" today."""
    async with play(**given) as played:
        await played.home()
        half_day = await half_day_of(played)
        for number, level in enumerate(levels):
            await played.asked(
                "insert into participant (id, reference, first_name, last_name)"
                f" values ('g{number}', 'G-{number}', 'Nadia{number}', 'Maes')"
            )
            await played.asked(
                "insert into booking (id, participant_id, half_day_id, source, status)"
                f" values ('b{number}', 'g{number}', '{half_day}', 'counsellor', 'booked')"
            )
            await keep(played, level, f"Nadia{number}", days=30)
            await keep(played, 2, f"Nadia{number}")
        await at_screen(played, lambda: GroupScreen(played.app.staff_frame, half_day))
        yield played, half_day


async def test_the_group_stands_there_by_area_before_and_after_without_a_name(play, day):
    async with group(play, *EIGHT) as (played, _):
        await played.shows("Avant · 8 personnes")
        await played.shows("Après · 8 personnes")
        assert "Atelier SmartJob · 8 h 30 à 12 h" in played.text
        assert "█ 2   ▓ 3   ░ 3   ? 0" in played.text
        assert "█ 8   ▓ 0   ░ 0   ? 0" in played.text
        assert "Progrès : 6 personnes sur 8." in played.text
        assert "Nadia" not in played.text


async def test_the_corner_is_one_key_away_and_back(play, day):
    async with group(play, *EIGHT) as (played, _):
        await keep(played, 1)
        await keep(played, 1, "Oksana")
        await played.shows("Avant · 9 personnes")
        await touch(played, "Tout le SmartCorner")
        await played.shows("Avant · 10 personnes")
        time_between_touches(played)
        await played.press("r")
        await played.shows("Avant · 9 personnes")
        await played.shows("Atelier SmartJob")


async def test_on_the_projector_stands_nothing_but_the_picture_without_small_counts(play, day):
    """P-23: participants see it. Whatever ends it, a key or a touch, the team's picture is back."""
    async with group(play, *MANY) as (played, _):
        await played.shows("Avant · 24 personnes")
        await played.press("p")
        await until(lambda: played.app.screen._board._picture is not None)
        await until(lambda: "Retour" not in played.text)
        await played.shows("Avant · 24 personnes")
        assert "SmartCorner de Charleroi" not in played.text
        assert "Progrès" not in played.text
        assert "? –" in played.text and "? 0" not in played.text
        assert played.app.screen._board._picture.masked
        await played.press("escape")
        await played.shows("Progrès : 14 personnes sur 24.")
        time_between_touches(played)
        await touch(played, "Projeter")
        await until(lambda: "Retour" not in played.text)
        await tap(played, 20, 10)
        await played.shows("Retour")
        await on(played, GroupScreen)


async def test_a_small_group_is_not_projected(play, day):
    async with group(play, 0, 1, 1, 2) as (played, _):
        await played.press("p")
        await played.shows("Trop peu de personnes : rien n'est montré.")


async def test_an_answer_that_comes_late_is_not_shown_instead(play, day):
    """The team's own picture never stands on the projector."""
    async with group(play, *MANY) as (played, half_day):
        await played.shows("Avant · 24 personnes")
        screen = played.app.screen
        own = screen._board._picture
        await played.press("p")
        screen.answered(GroupPictureOf(half_day), own)
        await until(lambda: screen._board._picture is not None)
        assert screen._board._picture.masked


async def test_what_is_kept_meanwhile_is_counted_at_once(play, day):
    async with group(play, *EIGHT) as (played, _):
        await played.shows("Avant · 8 personnes")
        await keep(played, 1)
        await played.shows("Avant · 9 personnes")


async def test_the_menu_leads_to_the_group(play, day):
    async with play() as played:
        await roster(played)
        await played.press("m")
        await on(played, MenuScreen)
        await touch(played, "7  Le point du groupe")
        await on(played, GroupScreen)
        await played.shows("Personne ici n'a encore fait le point.")
        await played.press("escape")
        await played.press("escape")
        await on(played, RosterScreen)


@pytest.mark.parametrize("size", [(56, 16), (80, 24), (100, 30), (132, 43)], ids=str)
@pytest.mark.parametrize("redo", ["", "x"])
async def test_the_menu_is_whole(play, day, size, redo):
    """Every entry and the way back, on the smallest grid too."""
    async with play(size=size) as played:
        await played.home()
        half_day = await half_day_of(played)
        await at_screen(played, lambda: MenuScreen(played.app.staff_frame, half_day, redo))
        await played.shows("Retour")
        assert cut_keys(played.app.screen) == []
        digits = "1234567890" + ("Y" if redo else "")
        assert [one for one in digits if f"{one}  " not in played.text] == []
        await touch(played, "Retour")
        await played.home()
