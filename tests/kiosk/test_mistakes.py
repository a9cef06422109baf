"""Whoever makes every mistake there is always has a next step on the screen, and it leads somewhere."""

from __future__ import annotations

import pytest
from hands import AT, on, spell, touch, until

from models import issuing
from models.codes import Form, new_short_code
from models.log import Author
from models.words import SYSTEM
from screens import reception
from screens.choices import HelpScreen
from screens.code_pad import CodePadScreen
from screens.dates import DatesScreen
from screens.day import DayScreen
from screens.first_name import FindNameScreen
from screens.widgets.key import Key


async def offered(played, *wanted: str) -> None:
    """These keys can be seen."""

    def seen() -> set[str]:
        keys = played.app.screen.query(Key)
        return {key.label.replace("\n", " ") for key in keys if key.region.area and key.label}

    await until(lambda: seen() >= set(wanted), f"{wanted} are not all offered")


async def next_step(played, label: str, leads_to: type) -> None:
    """Help is there, and so is a key that goes on; it opens what it says."""
    await offered(played, "Aide")
    await touch(played, label)
    await on(played, leads_to)


FRENCH = "update participant set language = 'fr'"


def person(day, case: str):
    return next(one for one in day.people if one.case == case)


async def test_a_wrong_letter_at_the_welcome(play, day):
    code = day.people[0].code
    wrong = code[:5] + next(letter for letter in "BCDF" if letter != code[5])
    async with play() as played:
        await played.press(*wrong)
        await played.answered("Une lettre n'est pas juste.")
        await offered(played, "Chercher mon nom", "Terminé")
        await next_step(played, "Taper mon code", CodePadScreen)
        await spell(played, code)
        await played.answered("Bonjour Binta O.")


async def test_a_name_that_nobody_has(play):
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Chercher mon nom")
        await on(played, FindNameScreen)
        await played.press("x")
        await played.shows("n'est pas attendu maintenant")
        await offered(played, "Aide", "Retour", "Effacer")
        await next_step(played, "Aide", HelpScreen)


@pytest.mark.parametrize(
    ("case", "said", "step", "leads_to"),
    [
        ("later", "Les portes ouvrent à", "Voir la journée", DayScreen),
        ("tomorrow", "Une place est libre aujourd'hui", "Aide", HelpScreen),
        ("elsewhere", "est à Mons", "Aide", HelpScreen),
        ("cancelled", "a été annulée", "Aide", HelpScreen),
    ],
)
async def test_the_wrong_hour_day_or_place(play, day, case, said, step, leads_to):
    async with play() as played:
        await played.asked(FRENCH)
        played.burst(person(day, case).token)
        await played.answered(said)
        await offered(played, "Terminé")
        await next_step(played, step, leads_to)


async def test_the_wrong_day_and_a_free_place(play, day):
    """ "Rester", or one of two workshops, and then the welcome."""
    async with play() as played:
        await played.asked(FRENCH)
        played.burst(person(day, "tomorrow").token)
        await played.answered("Une place est libre aujourd'hui")
        await touch(played, "Atelier SmartJob")
        await played.answered("Votre présence est notée.")


async def test_no_place_is_left(play, day):
    """The waiting list, the next dates and 0800/93 947."""
    async with play() as played:
        await played.asked(FRENCH)
        await played.asked("update half_day set capacity = 0 where starts_at < '2022-11-04'")
        played.burst(person(day, "tomorrow").token)
        await played.answered("Votre atelier est le")
        await played.press("escape")
        await played.home()
        await touch(played, "Je suis là")
        await touch(played, "Je n'ai pas réservé")
        await spell(played, "ZO")
        await touch(played, "Continuer")
        await touch(played, "Je change de métier")
        await played.answered("Vous êtes sur la liste d'attente.")
        await next_step(played, "Voir les dates", DatesScreen)
        await played.shows("Appel gratuit : 0800/93 947.")
        await touch(played, "Retour")
        await played.answered("Vous êtes sur la liste d'attente.")
        await touch(played, "Voir les dates")
        await touch(played, "Terminé")
        await played.home()


async def test_a_card_that_was_replaced(play, day):
    """Nothing is said of the person; the name is a way, and a human is another."""
    old = person(day, "now")
    async with play() as played:
        author = Author(day.desk.kiosk_id, SYSTEM, AT)

        def replaced(conn):
            rows = conn.execute("select id from participant where first_name = 'Binta'").fetchall()
            (new,) = issuing.issue(conn, author, day.desk.key, Form.CARD, [row[0] for row in rows])
            issuing.revoke(conn, author, new.earlier)

        played.app.database.write(replaced).result()
        played.burst(old.token)
        await played.answered("Cette carte ou ce code ne marche pas ici.")
        assert "Binta" not in played.text
        await offered(played, "Taper mon code", "Chercher mon nom", "Terminé")
        await next_step(played, "Chercher mon nom", FindNameScreen)


async def test_five_wrong_codes(play, day):
    """The pause counts down; the name and the card still open the door."""
    async with play() as played:
        for _ in range(5):
            await played.press(*new_short_code())
            await played.answered("ne marche pas ici")
        await played.press(*new_short_code())
        await played.answered("vous pourrez taper un code")
        await next_step(played, "Chercher mon nom", FindNameScreen)
        played.burst(person(day, "now").token)
        await played.answered("Bonjour Binta O.")


async def test_the_end_of_the_pause_is_said(play, day, monkeypatch):
    """Nobody is left before a clock that has run down: the pad is a way again."""
    async with play() as played:
        for _ in range(5):
            await played.press(*new_short_code())
            await played.answered("ne marche pas ici")
        await played.press(*new_short_code())
        await played.answered("vous pourrez taper un code")
        now = reception.monotonic()
        monkeypatch.setattr(reception, "monotonic", lambda: now + 3600)
        await played.shows("Les codes marchent de nouveau.")
        await next_step(played, "Taper mon code", CodePadScreen)
