"""The team finds, merges, adds and orients people, and gives them cards: by touch and by keys alone."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Event

import pysqlite3
import pytest
from hands import AT, on, time_between_touches, touch, until
from memory import Memory

from assets.facts import programmes, use_own
from kiosk.card_side import card_paper
from kiosk.clock import Clock
from kiosk.paper.qr import token_modules
from models import issuing
from models.arrival import Wish
from models.cards import EndCodes, NewCard, NewShortCode
from models.codes import Form, new_token
from models.issued import IssuedCode
from models.log import Author
from models.registers import set_fields
from models.walk_in import Guest, walk_in
from screens.staff.adding import AddScreen
from screens.staff.cards import CardsScreen, NewCardScreen, ShortCodeScreen
from screens.staff.choosing import ChoiceScreen
from screens.staff.finding import FindScreen
from screens.staff.merging import MergeScreen
from screens.staff.messages import CodeWanted
from screens.staff.orientation import NoteScreen, OrientationScreen
from screens.staff.roster import RosterScreen
from screens.staff.time_entry import TimeScreen
from screens.widgets.key import Key

WALKED_IN = "Zyxwine"
"""A first name that nobody else has."""

MARKS = (WALKED_IN, "Binta O.", "DEMO-00", "Bin_")


@pytest.fixture
def team(day):
    """Sam leads workshops: ``await team(played, lambda frame: SomeScreen(frame, …))``."""
    conn = pysqlite3.connect(str(day.database.path))
    (staff,) = conn.execute("select id from staff_member where name = 'Sam'").fetchone()
    conn.execute("update staff_member set role = 'facilitator'")
    conn.commit()
    conn.close()

    async def opened(played, screen):
        played.app.call_later(played.app.open_staff_side, staff)
        await on(played, RosterScreen)
        made = screen(played.app.staff_frame)
        played.app.screen.open(made)
        await until(lambda: played.app.screen is made)
        await played.rest()
        return made

    return opened


async def who(played, reference="DEMO-00"):
    return (await played.asked(f"select id from participant where reference = '{reference}'"))[0][0]


async def half_day_of(played, reference="DEMO-00"):
    found = await played.asked(
        "select b.half_day_id from booking b join participant p on p.id = b.participant_id"
        f" where p.reference = '{reference}'"
    )
    return found[0][0]


async def come(played, day, half_day):
    """Somebody comes without a booking."""
    guest = Guest(WALKED_IN, "jobseeker", "fr")
    future = played.app.database.write(walk_in, day.desk, guest, AT, Wish(half_day))
    await until(future.done)
    return future.result().person.id


async def press(played, label):
    time_between_touches(played)
    await touch(played, label)


async def write(played, letters):
    await played.press(*letters)


async def codes(played, person, form, *, ended=False):
    """How many codes of a form work, or have ended."""
    state = "not null" if ended else "null"
    return (
        await played.asked(
            f"select count(*) from code where participant_id = '{person}' and form = '{form}'"
            f" and revoked_at is {state}"
        )
    )[0][0]


async def ended(played, person, form):
    """Wait until one code of a form has ended."""
    for _ in range(500):
        if await codes(played, person, form, ended=True) == 1:
            return
    raise AssertionError("never ended")


def written(played, sql):
    """Make something true in the database."""
    conn = pysqlite3.connect(str(played.app.database.path))
    conn.execute(sql)
    conn.commit()
    conn.close()


def labels(played):
    return [key.label for key in played.app.screen.query(Key) if key.region.area]


# ---- finding


async def test_letters_by_keys_lead_to_whom_they_begin(play, team):
    chosen = []
    async with play() as played:
        screen = await team(played, lambda frame: FindScreen(frame, "Qui ?", chosen.append))
        await write(played, "b")
        assert screen._people == ()
        await write(played, "in")
        await until(lambda: screen._people)
        await played.shows("Binta O. · DEMO-00")
        await played.press("enter")
        await until(lambda: chosen)
        assert chosen[0].reference == "DEMO-00"


@pytest.mark.parametrize("size", [(56, 16), (80, 24), (132, 43)])
async def test_letters_by_touch_lead_there_at_every_grid(play, team, size):
    """On the smallest one the names take the place of the letters, and the letters come back."""
    chosen = []
    async with play(size=size) as played:
        screen = await team(played, lambda frame: FindScreen(frame, "Qui ?", chosen.append))
        await press(played, "B")
        await press(played, "I")
        await until(lambda: screen._people)
        await played.rest()
        if size[1] < 24:
            await until(lambda: "A" not in labels(played))
            await press(played, "Lettres")
            await until(lambda: "A" in labels(played))
            await press(played, "N")
            await until(lambda: "A" not in labels(played))
        await press(played, "Binta O.")
        await until(lambda: chosen)


async def test_whoever_becomes_known_elsewhere_appears(play, team, day):
    """Another kiosk on the same database imports a file: the list follows by itself."""
    async with play() as played:
        await team(played, lambda frame: FindScreen(frame, "Qui ?", lambda _: None))
        await write(played, "xyl")
        await played.rest()

        def new(conn):
            values = {"reference": "T-1", "first_name": "Xylia", "last_name": "Orban"}
            author = Author(day.desk.kiosk_id, "import", AT)
            set_fields(conn, author, "participant", "x", values, new=True)

        played.app.database.write(new)
        await played.shows("Xylia O. · T-1")


# ---- merging


async def test_a_walk_in_is_merged_after_one_question_and_separated(play, team, day):
    """P-24: both acts are in the log with who did them; nothing is done before the question is answered."""
    async with play() as played:
        half_day, known = await half_day_of(played), await who(played)
        guest = await come(played, day, half_day)
        merged = f"select merged_into from participant where id = '{guest}'"
        screen = await team(played, lambda frame: MergeScreen(frame, half_day, guest))
        await played.shows(f"{WALKED_IN}, sans réservation, c'est :")
        await write(played, "bin")
        await press(played, "Binta O.")
        await on(played, ChoiceScreen)
        for words in ("C'est la même personne ?", f"{WALKED_IN} · sans réservation", "Binta O. · DEMO-00"):
            assert words in played.text
        await played.press("2")
        await on(played, MergeScreen)
        assert await played.asked(merged) == [("",)]
        await press(played, "Binta O.")
        await on(played, ChoiceScreen)
        await played.press("1")
        await played.shows("C'est la même personne : Binta O. · DEMO-00.")
        assert await played.asked(merged) == [(known,)]
        assert played.app.screen is screen
        await press(played, "Séparer")
        await played.shows("Ce sont de nouveau deux personnes.")
        assert await played.asked(merged) == [("",)]
        acts = await played.asked("select actor from change where kind glob 'participant.*ed'")
        assert len(acts) == 2
        assert acts[0] == acts[1] != ("participant",)


# ---- adding


async def test_a_known_person_is_added_and_is_there(play, team):
    async with play() as played:
        half_day = await half_day_of(played)
        await team(played, lambda frame: AddScreen(frame, half_day))
        await write(played, "nad")
        await press(played, "Nadine")
        await played.shows("présence notée.")
        assert "Nadine" in (await played.arrived())[0]
        assert "Nadine D. · DEMO" not in played.text


async def test_a_new_person_is_added_beyond_the_capacity(play, team):
    """Nobody is sent away by a number; it is said in words."""
    async with play() as played:
        half_day = await half_day_of(played)
        written(played, "update half_day set capacity = 1")
        await team(played, lambda frame: AddScreen(frame, half_day))
        await press(played, "Nouvelle personne")
        await played.shows("Écrivez d'abord un prénom.")
        await write(played, WALKED_IN.lower())
        for question in ("Qu'est-ce qui amène cette personne ?", "Est-ce une autre personne ?"):
            if "autre" in question:
                await write(played, WALKED_IN.lower())
            await press(played, "Nouvelle personne")
            await on(played, ChoiceScreen)
            await played.press("3")
            if "autre" in question:
                await played.shows(question)
                await played.press("1")
            await played.shows("pour 1 place.")
            await on(played, AddScreen)
        assert await played.arrived() == [WALKED_IN] * 2


async def test_a_closed_half_day_asks_why(play, team):
    """P-26."""
    async with play() as played:
        half_day = await half_day_of(played)
        written(
            played,
            "insert into settlement (id, half_day_id, at, actor, figures, hash) values"
            f" ('s', '{half_day}', '2022-11-03 07:00:00.000000', 'sam', '', '')",
        )
        await team(played, lambda frame: AddScreen(frame, half_day))
        await write(played, "nad")
        await press(played, "Nadine")
        await played.shows("Pourquoi ce changement ?")
        await played.press("3")
        await played.shows("présence notée.")


async def test_after_a_closed_half_day_is_over_it_asks_why_and_when(play, team):
    """P-26: the arrival is written with its time and its reason."""
    async with play() as played:
        half_day = await half_day_of(played)
        written(
            played,
            "insert into settlement (id, half_day_id, at, actor, figures, hash) values"
            f" ('s', '{half_day}', '2022-11-03 07:00:00.000000', 'sam', '', '')",
        )
        written(
            played,
            "update half_day set starts_at = '2022-11-03 06:30:00.000000',"
            f" ends_at = '2022-11-03 07:20:00.000000' where id = '{half_day}'",
        )
        await team(played, lambda frame: AddScreen(frame, half_day))
        await write(played, "nad")
        await press(played, "Nadine")
        await on(played, ChoiceScreen)
        await played.press("3")
        await on(played, TimeScreen)
        await played.shows("À quelle heure est l'arrivée ?")
        await played.press("0", "8", "1", "5")
        await played.press("enter")
        await played.shows("présence notée.")


# ---- cards


async def test_a_new_card_is_shown_and_works_and_the_one_before_does_not(play, team, day):
    """P-10."""
    async with play() as played:
        person = await who(played)
        await team(played, lambda frame: CardsScreen(frame, person))
        await played.shows("Carte donnée le")
        await press(played, "Nouvelle carte")
        await played.shows("La carte d'avant ne marchera plus.")
        await played.press("1")
        await on(played, NewCardScreen)
        await played.shows("La nouvelle carte de Binta O.")
        await ended(played, person, "card")
        assert await codes(played, person, "card") == 1
        await played.press("x")
        await on(played, CardsScreen)
        played.burst(day.people[0].token)
        await played.answered("ne marche pas ici")
        assert await played.arrived() == []


FORMS = [(NewCard, "card"), (NewShortCode, "short")]


@pytest.mark.parametrize(("asked", "form"), FORMS)
async def test_a_code_that_nobody_is_there_to_see_ends_at_once(play, team, asked, form):
    """The one before stays good: nobody is locked out."""
    async with play() as played:
        person = await who(played)
        before = await codes(played, person, form)
        await team(played, lambda frame: CardsScreen(frame, person))
        screen = played.app.screen
        await played.shows("Carte donnée le")
        await press(played, "Désactiver")
        await on(played, ChoiceScreen)
        screen.post_message(CodeWanted(screen, asked(person)))
        await ended(played, person, form)
        assert await codes(played, person, form) == before
        assert isinstance(played.app.screen, ChoiceScreen)


@pytest.mark.parametrize(("asked", "form"), FORMS)
async def test_a_code_ends_too_where_whoever_wanted_it_has_signed_out(play, team, asked, form):
    """While it was being issued: it is ended in their name."""
    async with play() as played:
        person = await who(played)
        before = await codes(played, person, form)
        screen = await team(played, lambda frame: CardsScreen(frame, person))
        held = Event()
        played.app.database.write(lambda _: held.wait(10))
        screen.post_message(CodeWanted(screen, asked(person)))
        await played.rest()
        played.app._close_screens()
        await played.home()
        held.set()
        await ended(played, person, form)
        assert await codes(played, person, form) == before
        rows = await played.asked(
            "select s.name from change c join staff_member s on s.id = c.actor where c.kind = 'code.set'"
        )
        assert rows == [("Sam",), ("Sam",)]


@pytest.mark.parametrize(("asked", "form"), FORMS)
async def test_a_code_before_that_could_not_be_ended_is_said(play, team, monkeypatch, asked, form):
    """Whoever has lost a card must not believe that it opens nothing any more."""

    def broken(*_):
        raise OSError("full")

    async with play() as played:
        person = await who(played)
        screen = await team(played, lambda frame: CardsScreen(frame, person))
        monkeypatch.setattr(EndCodes, "do", broken)
        screen.post_message(CodeWanted(screen, asked(person)))
        await until(lambda: "marche encore" in str(screen.said.content))
        if form == "short":
            await played.shows("Un autre code marche encore")
        await played.press("escape")
        await on(played, CardsScreen)
        await played.shows("marche encore : refaites-en un")


async def test_a_revoked_card_is_refused_on_this_kiosk(play, team, day):
    """P-10: at once, and told nothing of the person; P-24: with who and why in the log."""
    async with play() as played:
        person = await who(played)
        await team(played, lambda frame: CardsScreen(frame, person))
        await played.shows("Carte donnée le")
        await press(played, "Désactiver")
        await on(played, ChoiceScreen)
        await press(played, "1")
        await played.shows("La carte est désactivée.")
        await played.shows("Pas de carte")
        played.burst(day.people[0].token)
        await played.answered("ne marche pas ici")
        assert "Binta" not in played.text
        rows = await played.asked(
            "select s.name, json_extract(c.body, '$.reason') from change c"
            " join staff_member s on s.id = c.actor where c.kind = 'cards.revoked'"
        )
        assert rows == [("Sam", "lost")]


async def test_a_new_code_is_shown_once(play, team):
    async with play() as played:
        person = await who(played)
        await team(played, lambda frame: CardsScreen(frame, person))
        await played.shows("Code court donné le")
        await press(played, "Nouveau code")
        await on(played, ChoiceScreen)
        await played.press("1")
        await on(played, ShortCodeScreen)
        letters = played.app.screen._poster._plan.big
        assert len(letters) == 6
        await played.shows("Celui d'avant ne marche plus.")
        await played.press("escape")
        await on(played, CardsScreen)
        assert letters not in played.text
        await ended(played, person, "short")
        assert await codes(played, person, "short") == 1


async def test_nothing_of_a_new_code_stays_in_memory(play, team, monkeypatch):
    """P-09: its letters were on one screen, and have gone with it."""
    letters = "".join(reversed("KJHGFC"))
    async with play() as played:
        person = await who(played)
        await team(played, lambda frame: CardsScreen(frame, person))
        memory = Memory(letters)
        monkeypatch.setattr(issuing, "new_short_code", lambda: "".join(reversed("KJHGFC")))
        await press(played, "Nouveau code")
        await on(played, ChoiceScreen)
        await played.press("1")
        await on(played, ShortCodeScreen)
        await played.shows("Celui d'avant ne marche plus.")
        assert memory.holds(), "the search finds nothing"
        await played.press("escape")
        await on(played, CardsScreen)
        played.app._close_screens()
        await played.home()
        await played.asked("select 1")
        await played.rest()
        assert memory.kept() == []


def test_a_card_goes_on_paper_alone_and_leaves_no_token_behind():
    code = IssuedCode("c", Form.CARD, new_token(), "T-1", "Ana", "Orban", "fr", (), ())
    paper = card_paper(code, "SmartCorner de Charleroi", Clock(AT).now())
    assert paper.startswith(b"%PDF")
    assert token_modules.cache_info().currsize == 0


# ---- orientation


async def test_an_orientation_with_a_note_is_kept_with_who_and_when(play, team):
    async with play() as played:
        person = await who(played)
        await team(played, lambda frame: OrientationScreen(frame, person))
        await played.shows("Rien n'est encore décidé")
        await press(played, "Enregistrer")
        await played.shows("Choisissez d'abord une des trois touches.")
        await press(played, "40 h")
        await press(played, "Écrire une note")
        await on(played, NoteScreen)
        await played.shows("Rien sur la santé ou la famille, aucun numéro.")
        await write(played, "Le matin")
        await played.shows("8/200")
        await played.press("enter")
        await on(played, OrientationScreen)
        await played.shows("À enregistrer : Formation SmartJob, 40 heures · Le matin")
        await press(played, "Enregistrer")
        await played.shows("Sam · jeudi 3 novembre")
        rows = await played.asked("select body from change where kind = 'orientation.decided'")
        assert [json.loads(body)["note"] for (body,) in rows] == ["Le matin"]


async def test_a_workshop_of_the_catalogue_is_chosen_by_its_name(play, team):
    async with play() as played:
        person = await who(played)
        await team(played, lambda frame: OrientationScreen(frame, person))
        await press(played, "Atelier précis")
        await on(played, ChoiceScreen)
        await press(played, "2  Les gestes")
        await on(played, OrientationScreen)
        await press(played, "Enregistrer")
        await played.shows("C'est noté.")
        assert await played.asked("select programme from orientation") == [("digital-skills",)]


@pytest.mark.parametrize("more", [1, 2, 9])
async def test_a_workshop_that_the_corner_has_added_is_found_on_a_further_page(play, team, more):
    """However many: six keys at one time, and the next page behind the last of them."""
    kind = programmes()["job-search"]
    added = {f"own-{n}": replace(kind, id=f"own-{n}", names={"fr": f"Atelier {n}"}) for n in range(more)}
    use_own(programmes=added)
    async with play() as played:
        person = await who(played)
        await team(played, lambda frame: OrientationScreen(frame, person))
        await press(played, "Atelier précis")
        await on(played, ChoiceScreen)
        last = len(programmes()) - 2 - 1  # two courses have a key of their own
        for _ in range(last // 5 if more > 1 else 0):
            before = played.app.screen
            await press(played, "6  Suite")
            await until(lambda before=before: played.app.screen is not before)
            await on(played, ChoiceScreen)
        await press(played, f"{last % 5 + 1 if more > 1 else last + 1}  Atelier {more - 1}")
        await on(played, OrientationScreen)
        await press(played, "Enregistrer")
        await played.shows("C'est noté.")
        assert await played.asked("select programme from orientation") == [(f"own-{more - 1}",)]


async def test_a_note_by_touch_with_a_capital_and_a_blank_holds_200_signs(play, team):
    """P-27."""
    given = []
    async with play() as played:
        screen = await team(played, lambda frame: NoteScreen(frame, "", given.append))
        for label in ("L", "E", "Espace", "M", "A", "Effacer"):
            await press(played, label)
        await played.shows("Le m_")
        screen._note = "x" * 199
        await write(played, "yz")
        await played.shows("200/200")
        await press(played, "Entrer")
        await until(lambda: given)
        assert given == ["x" * 199 + "y"]


async def test_the_end_of_a_long_note_is_seen_on_the_smallest_grid(play, team):
    """What is being written is never out of sight."""
    async with play(size=(56, 16)) as played:
        await team(played, lambda frame: NoteScreen(frame, "mots " * 38, lambda _: None))
        await write(played, "fin")
        await played.shows("fin_")


async def test_a_national_number_in_a_note_is_refused_and_not_repeated(play, team):
    """P-27."""
    async with play() as played:
        person = await who(played)
        screen = await team(played, lambda frame: OrientationScreen(frame, person))
        screen._noted("85.07.30-033.28")
        await press(played, "24 h")
        await press(played, "Enregistrer")
        await played.shows("La note ressemble à un numéro national : retirez-le.")
        assert await played.asked("select count(*) from orientation") == [(0,)]


# ---- every screen


async def test_nothing_of_a_person_stays_on_a_screen_that_was_wiped(play, team, day):
    """P-18: names, references, letters, codes and notes go with the screen."""
    async with play() as played:
        half_day, known = await half_day_of(played), await who(played)
        guest = await come(played, day, half_day)
        screens = [
            await team(played, lambda frame: MergeScreen(frame, half_day, guest)),
            AddScreen(played.app.staff_frame, half_day),
            CardsScreen(played.app.staff_frame, known),
            OrientationScreen(played.app.staff_frame, known),
            NoteScreen(played.app.staff_frame, WALKED_IN, lambda _: None),
        ]
        for screen in screens:
            if screen is not played.app.screen:
                played.app.screen.open(screen)
                await until(lambda screen=screen: played.app.screen is screen)
            if isinstance(screen, FindScreen):
                screen.type("Bin")
                await until(lambda screen=screen: screen._people)
            await until(lambda: [mark for mark in MARKS if mark in played.text], f"{type(screen)}")
            marks = [mark for mark in MARKS if mark in played.text]
            screen.wipe()
            await played.rest()
            assert not [mark for mark in marks if mark in played.text], type(screen)
            assert known not in vars(screen).values()
            assert guest not in vars(screen).values()
            played.app.pop_screen()
            await until(lambda screen=screen: played.app.screen is not screen)


@pytest.mark.parametrize("size", [(56, 16), (80, 24), (132, 43)])
@pytest.mark.parametrize("theme", ["jour", "contraste"])
async def test_every_key_is_whole_and_reached_by_keys(play, team, day, size, theme):
    """A-06, A-22: three rows high and inside the screen; Tab goes through all of them."""
    async with play(size=size, theme=theme) as played:
        half_day, known = await half_day_of(played), await who(played)
        guest = await come(played, day, half_day)
        await team(played, lambda frame: MergeScreen(frame, half_day, guest))
        for screen in (
            None,
            AddScreen(played.app.staff_frame, half_day),
            CardsScreen(played.app.staff_frame, known),
            OrientationScreen(played.app.staff_frame, known),
            NoteScreen(played.app.staff_frame, "", lambda _: None),
        ):
            if screen is not None:
                played.app.screen.open(screen)
                await until(lambda screen=screen: played.app.screen is screen)
                await played.rest()
            screen = played.app.screen
            if isinstance(screen, FindScreen):
                screen.type("Bin")
                await until(lambda screen=screen: screen.query_one("#person-0").region.area)
                await played.rest()
            keys = [key for key in screen.query(Key) if key.display and key.region.area]
            for key in keys:
                assert key.region.height == 3, key.label
                assert screen.find_widget(key).visible_region == key.region, (type(screen), key.label)
                assert key.region.width - 2 >= len(key.label), (type(screen), key.label)
            reached = set()
            for _ in keys:
                await played.press("tab")
                reached.add(screen.focused)
            assert reached == set(keys), type(screen)
