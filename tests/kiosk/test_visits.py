"""Everybody gets in: the ways without a card, in the running app, by keys and by touch."""

import re
from threading import Event

import pytest
from hands import on, signed_in, spell, touch, until

from assets.languages import LANGUAGES
from kiosk import asking
from models.codes import new_short_code
from screens.choices import AudienceScreen, ConfirmScreen, HelpScreen, NamesScreen
from screens.code_pad import CodePadScreen
from screens.day import DayScreen
from screens.first_name import FindNameScreen, WalkInNameScreen
from screens.messages import AudienceGiven, Wished
from screens.still_there import StillThereScreen
from screens.ways import ROUNDS, WaysScreen


async def test_a_code_by_touch_alone(play, day):
    """A-22, A-32: "Je suis là", "Taper mon code", six letters; double letters too."""
    async with play(size=(56, 16)) as played:
        await touch(played, "Je suis là")
        await on(played, WaysScreen)
        await touch(played, "Taper mon code")
        await on(played, CodePadScreen)
        await spell(played, day.people[0].code)
        await played.answered("Bonjour Binta O.")
        assert await played.asked("select way from attendance_event") == [("code",)]


async def test_a_slip_of_the_finger_is_mended_on_the_pad(play, day):
    """The letters stay; one is taken back and the right one comes in its place."""
    code = day.people[0].code
    wrong = code[:5] + next(letter for letter in "BCDF" if letter != code[5])
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Taper mon code")
        await on(played, CodePadScreen)
        await spell(played, wrong)
        await played.shows("Une lettre n'est pas juste.")
        assert "   ".join(wrong) in played.text
        await touch(played, "Effacer")
        await spell(played, code[5])
        await played.answered("Bonjour Binta O.")


async def test_a_name_by_touch_alone(play):
    """P-02: a letter, a name, "C'est moi"."""
    async with play(size=(56, 16)) as played:
        await touch(played, "Je suis là")
        await touch(played, "Chercher mon nom")
        await on(played, FindNameScreen)
        await spell(played, "B")
        await on(played, NamesScreen)
        await touch(played, "Binta O.")
        await on(played, ConfirmScreen)
        assert await played.arrived() == []
        await touch(played, "C'est moi")
        await played.answered("Bonjour Binta O.")
        assert await played.asked("select way from attendance_event") == [("name",)]


async def test_a_wrong_name_is_left_before_anything_is_stored(play):
    """ "Ce n'est pas moi" goes back to the names, and on to the letters."""
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Chercher mon nom")
        await on(played, FindNameScreen)
        await played.press("m")
        await on(played, NamesScreen)
        await touch(played, "Marie-Laure D.")
        await touch(played, "Ce n'est pas moi")
        await on(played, NamesScreen)
        await touch(played, "Retour")
        await on(played, FindNameScreen)
        await played.press("x")
        await played.shows("n'est pas attendu maintenant")
        assert await played.arrived() == []


async def test_two_people_who_read_the_same_are_for_the_team(play, day, invite):
    """Homonyms are never resolved by guess: the team is called, and chooses behind its PIN."""
    invite(["Zita"])
    lines = "update participant set last_name = 'Zola' where reference = 'T-0001'"
    async with play() as played:
        await played.asked(lines)
        await played.asked(
            "insert into participant (id, reference, first_name, last_name)"
            " values ('z2', 'T-2', 'Zita', 'Zorn')"
        )
        await played.asked(
            "insert into booking (id, participant_id, half_day_id) select 'b2', 'z2', half_day_id"
            " from booking b join participant p on p.id = b.participant_id"
            " where p.reference = 'T-0001' limit 1"
        )
        await touch(played, "Je suis là")
        await touch(played, "Chercher mon nom")
        await on(played, FindNameScreen)
        await played.press("z")
        await touch(played, "Zita Z.")
        await touch(played, "C'est moi")
        await on(played, HelpScreen)
        await played.shows("Deux personnes ont ce nom.")
        assert await played.arrived() == []
        await touch(played, "Terminé")
        await signed_in(played, day)
        await played.press("r")
        await played.shows("Zita Zola")
        await played.shows("Zita Zorn")


async def test_a_walk_in_is_asked_for_a_choice_and_admitted(play, day):
    """Two workshops are open on the invented day; the place waits for a word of the team."""
    async with play(size=(56, 16)) as played:
        await touch(played, "Je suis là")
        await touch(played, "Je n'ai pas réservé")
        await on(played, WalkInNameScreen)
        await spell(played, "ZO")
        await touch(played, "é è")
        await spell(played, "É")
        await played.shows("Zoé_")
        await touch(played, "Continuer")
        await on(played, AudienceScreen)
        await touch(played, "Je finis mes études")
        await played.answered("Plusieurs ateliers sont ouverts.")
        assert await played.asked("select 1 from participant where first_name = 'Zoé'") == []
        await touch(played, "Atelier SmartJob")
        await played.answered("Votre présence est notée.")
        assert await played.asked(
            "select first_name, language, audience, last_name from participant where first_name = 'Zoé'"
        ) == [("Zoé", "fr", "student", None)]
        await touch(played, "Terminé")
        await signed_in(played, day)
        await played.press("r")
        await played.shows("Sans réservation")
        await touch(played, "Confirmer")
        await played.shows("Rien à régler.")
        assert await played.asked("select count(*) from booking where confirmed_at is not null") == [(1,)]


@pytest.mark.parametrize("walk", [(), ("Je suis là",), ("Je suis là", "Taper mon code")])
async def test_help_is_everywhere_and_tells_the_team_from_where(play, day, walk):
    """A-35: one touch, silent, said on the screen, and on the team's list until it is settled."""
    async with play(size=(56, 16)) as played:
        for label in walk:
            await touch(played, label)
        await touch(played, "Aide")
        await on(played, HelpScreen)
        await played.shows("On vient vous aider.")
        screen = {0: "welcome", 1: "ways", 2: "code"}[len(walk)]
        assert await played.asked("select why, screen from help_call") == [("asked", screen)]
        await touch(played, "Terminé")
        await signed_in(played, day)
        await played.press("r")
        await touch(played, "Réglé")
        await played.shows("Rien à régler.")


async def test_help_after_an_answer_says_who_needs_it(play, day):
    async with play() as played:
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        await touch(played, "Aide")
        await on(played, HelpScreen)
        found = await played.asked("select first_name from help_call c join participant p on p.id = c.people")
        assert found == [("Binta",)]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "fr"])
async def test_a_language_is_chosen_for_one_visit(play, day, language):
    """The choice wins over the booking, goes on over the screens, and goes with the person."""
    from assets.languages import own_name, translator

    translate = translator(language)
    async with play(size=(56, 16)) as played:
        await touch(played, own_name(language))
        await played.shows(translate("Je suis là"))
        await touch(played, translate("Je suis là"))
        await on(played, WaysScreen)
        await until(
            lambda: one_line(translate("Passez votre carte sous le lecteur.")) in one_line(played.text)
        )
        played.burst(day.people[0].token)
        await played.answered(translate("Votre présence est notée. Installez-vous."))
        await touch(played, translate("Terminé"))
        await played.home()
        await played.shows("Je suis là")


def one_line(text: str) -> str:
    """The words without line breaks and drawings."""
    return " ".join(re.sub(r"[\u2500-\u25ff]", " ", text).split())


@pytest.mark.parametrize("kind", ["ways", "code", "names", "audience", "help"])
async def test_another_card_closes_whatever_is_open(play, day, kind):
    """The next person never sees what the one before had begun."""
    labels = {
        "ways": (),
        "code": ("Taper mon code", "B", "C"),
        "names": ("Chercher mon nom", "M"),
        "audience": ("Je n'ai pas réservé", "Z", "Continuer"),
        "help": ("Aide",),
    }[kind]
    async with play() as played:
        await touch(played, "Je suis là")
        for label in labels:
            await touch(played, label)
        open_screens = list(played.app.screen_stack[2:])
        assert open_screens
        played.burst(day.people[1].token)
        await played.answered("Bonjour Ștefan I.")
        assert played.app.screen_stack[2:] == []
        await until(lambda: not any(screen.is_running for screen in open_screens))


async def test_an_unknown_code_has_other_ways_to_go(play):
    """Never a dead end: the pad and the name are one touch away."""
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Taper mon code")
        await on(played, CodePadScreen)
        await spell(played, new_short_code())
        await played.answered("Cette carte ou ce code ne marche pas ici.")
        await touch(played, "Chercher mon nom")
        await on(played, FindNameScreen)


async def test_idle_asks_once_and_then_wipes(play, day):
    """A-19, A-20, P-03: after half a minute the names are hidden, twenty seconds later they are gone."""
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Chercher mon nom")
        await on(played, FindNameScreen)
        await played.press("m")
        await on(played, NamesScreen)
        played.time_passes(29)
        await played.rest()
        assert isinstance(played.app.screen, NamesScreen)
        played.time_passes(2)
        await on(played, StillThereScreen)
        assert "Marie" not in played.text
        played.time_passes(19)
        await played.rest()
        assert isinstance(played.app.screen, StillThereScreen)
        played.time_passes(2)
        await played.home()
        assert "Marie" not in played.text


@pytest.mark.parametrize("answer", ["touch", "key", "anywhere"])
async def test_one_simple_action_is_enough_to_stay(play, day, answer):
    """A-19: at least ten times, and nothing that was given in is lost."""
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Je n'ai pas réservé")
        await on(played, WalkInNameScreen)
        await spell(played, "ZO")
        for _ in range(10):
            played.time_passes(61)
            await on(played, StillThereScreen)
            if answer == "touch":
                await touch(played, "J'ai besoin de temps")
            elif answer == "key":
                await played.press("space")
            else:
                await played.app.screen.run_action("back")
            await on(played, WalkInNameScreen)
        await played.shows("Zo_")


async def test_a_card_answers_the_warning_too(play, day):
    async with play() as played:
        await touch(played, "Je suis là")
        played.time_passes(61)
        await on(played, StillThereScreen)
        played.burst(day.people[1].token)
        await played.answered("Bonjour Ștefan I.")


@pytest.mark.parametrize("from_where", ["welcome", "answer"])
async def test_the_day_says_what_is_on_and_comes_back(play, day, from_where):
    """The steps one after the other, in the person's language; "Retour" leads back to what stood there."""
    async with play(size=(56, 16)) as played:
        if from_where == "answer":
            played.burst(day.people[0].token)
            await played.answered("Bonjour Binta O.")
        await touch(played, "Voir la journée")
        await on(played, DayScreen)
        first = played.text
        assert "8 h 30 à 12 h" in first
        assert "Binta" not in first
        await touch(played, "Voir la suite")
        await until(lambda: played.text != first)
        await touch(played, "Retour")
        await played.shows("Bonjour Binta O." if from_where == "answer" else "Montrez votre carte.")


def full(*_):
    """A disk without room."""
    raise OSError("full")


async def test_a_call_that_could_not_be_stored_is_not_promised(play, monkeypatch):
    """Only what is on the disk is confirmed; there is still something to do."""
    from models import help as calls

    monkeypatch.setattr(calls, "call_help", full)
    async with play() as played:
        await touch(played, "Aide")
        await on(played, HelpScreen)
        await played.shows("Levez la main")
        assert "On vient vous aider" not in played.text


async def test_a_card_that_was_misread_is_no_slip_of_the_pad(play, day):
    """Another card closes what was open, also one that the scanner has read badly."""
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Taper mon code")
        await on(played, CodePadScreen)
        token = day.people[0].token
        played.burst(token[:-1] + next(letter for letter in "BCDF" if letter != token[-1]))
        await played.answered("Une lettre n'est pas juste.")


async def test_names_that_cannot_be_read_leave_something_to_do(play, monkeypatch):
    from models import names

    monkeypatch.setattr(names, "find_names", full)
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Chercher mon nom")
        await on(played, FindNameScreen)
        await played.press("b")
        await on(played, HelpScreen)
        await played.shows("Levez la main")


async def test_the_card_rests_under_the_reader(play):
    """The drawing moves a few seconds, then its last frame stays: nothing moves for ever."""
    async with play() as played:
        await touch(played, "Je suis là")
        await on(played, WaysScreen)
        screen = played.app.screen
        for _ in range(len(screen._plans) * ROUNDS - screen._drawn):
            screen.next_frame()
        assert screen._poster._plan == screen._plans[-1]
        assert not screen._moving._active.is_set() or screen._moving._task is None


async def test_several_touches_while_the_answer_is_on_its_way_are_one(play):
    """Two keys in one burst, or an impatient finger: one person, one place."""
    async with play() as played:
        await touch(played, "Je suis là")
        await touch(played, "Je n'ai pas réservé")
        await spell(played, "ZO")
        await touch(played, "Continuer")
        await on(played, AudienceScreen)
        for audience in ("jobseeker", "student", "retraining"):
            played.app.screen.post_message(AudienceGiven("Zo", audience))
        await played.answered("Plusieurs ateliers sont ouverts.")
        for half_day in [key[1].args[0] for key in played.app.reception._offered]:
            played.app.reception.post_message(Wished(half_day, join=True))
        await played.answered("Votre présence est notée.")
        assert await played.asked("select count(*) from participant where reference = ''") == [(1,)]
        assert len(await played.arrived()) == 1


async def test_a_database_that_keeps_somebody_waiting_is_said(play, day, monkeypatch):
    """Nothing for a second: "un instant", without a name; then the answer, to whoever has waited."""
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    held = Event()
    async with play() as played:
        played.app.database.write(lambda _: held.wait(10))
        played.burst(day.people[0].token)
        await played.shows("La borne cherche encore.")
        assert "Binta" not in played.text
        held.set()
        await played.answered("Bonjour Binta O.")


async def test_an_answer_that_comes_too_late_is_shown_to_nobody_else(play, day, monkeypatch):
    """The person has gone home, the next one has begun: no name closes what they do; the arrival stands."""
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    monkeypatch.setattr(asking, "LATE", 0.0)
    monkeypatch.setattr(asking, "SAME_HAND", 0.0)
    held = Event()
    async with play() as played:
        played.app.database.write(lambda _: held.wait(10))
        played.burst(day.people[0].token)
        await played.shows("La borne cherche encore.")
        await played.press("escape")
        await played.home()
        await touch(played, "Je suis là")
        await on(played, WaysScreen)
        held.set()
        assert await played.arrived() == ["Binta"]
        await played.rest()
        assert isinstance(played.app.screen, WaysScreen)
        assert "Binta" not in played.text


async def test_the_key_of_the_team_says_how_many_wait(play):
    """Whoever has called is waited for by a number, and by nobody's name."""
    async with play() as played:
        await touch(played, "Aide")
        await on(played, HelpScreen)
        await touch(played, "Terminé")
        await played.shows("Équipe · 1")
