"""Faire le point in the running app: what is kept, of whom, and what leaves no trace."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import pytest
from hands import Played, on, time_between_touches, touch, until
from point_hands import answered, begun, finished, opened, recapped, shown_a_card, went_on

from models.assessment.draft import from_text
from screens.assessment.announce import AnnounceScreen
from screens.assessment.folder import FolderScreen
from screens.assessment.opening import OpeningScreen
from screens.assessment.question import QuestionScreen, StarterScreen
from screens.assessment.recap import RecapScreen, ReviewScreen
from screens.assessment.result import ResultScreen
from screens.assessment.spot import SpotScreen
from screens.assessment.take_away import TakeAwayScreen
from screens.reception import ReceptionScreen
from screens.settling import Settling

A, B = 0, 1
"""Two invented people."""

ALL_ALONE = {f"{one}S": 2 for one in ("2.1", "2.2", "1.1", "1.3", "3.1", "3.2", "5.1", "5.2", "4.1", "4.2")}


async def kept(played: Played) -> list[tuple[str, dict]]:
    """What the log holds of assessments of A and B: whose, and the answers."""
    rows = await played.asked(
        "select p.first_name, c.body from change c join participant p on p.id = c.entity_id"
        " where c.kind = 'assessment.taken' and p.reference in ('DEMO-00', 'DEMO-01') order by c.n"
    )
    return [(name, json.loads(body)) for name, body in rows]


async def broken_off(played: Played) -> dict[str, dict]:
    """What waits for its person's card: by first name, the answers."""
    rows = await played.asked(
        "select p.first_name, u.draft from unfinished u join participant p on p.id = u.participant_id"
    )
    return {name: from_text(draft).answers for name, draft in rows}


async def everything(played: Played) -> list[tuple]:
    rows = await played.asked("select count(*), max(n) from change")
    return rows + await played.asked("select count(*) from unfinished")


# ---- with and without a card


async def test_without_a_card_nothing_is_stored(play):
    """Not one row of the log, and nothing unfinished, from the first question to the result."""
    async with play(size=(56, 16)) as played:
        before = await everything(played)
        await finished(played)
        await went_on(played)
        await played.shows("Rien n'est gardé")
        assert await everything(played) == before
        await touch(played, "Terminé")
        await played.home()
        assert await everything(played) == before


async def test_with_a_card_one_row_holds_what_was_said(play, day):
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day)
        asked = await finished(played)
        (name, body), *more = await kept(played)
        assert not more
        assert name == "Binta"
        assert body["answers"] == ALL_ALONE
        assert list(body["answers"]) == sorted(asked)
        assert (body["framework"], body["part"], body["checks"]) == ("3.0", "core", {})
        assert await broken_off(played) == {}
        await went_on(played)
        await played.shows("Vos réponses sont gardées.")
        await touch(played, "Terminé")
        await played.home()
        assert len(await kept(played)) == 1


async def test_whoever_stops_has_a_partial_result_and_may_go_on(play, day):
    """Stopping shows what there is; it is final only when the person goes."""
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day)
        await begun(played)
        await answered(played, "332")
        await touch(played, "Arrêter ici")
        await on(played, ResultScreen)
        assert await kept(played) == []
        await went_on(played)
        await touch(played, "Continuer")
        await on(played, QuestionScreen)
        await answered(played, "1")
        time_between_touches(played)
        await touch(played, "Arrêter ici")
        await on(played, ResultScreen)
        await went_on(played)
        await touch(played, "Terminé")
        await played.home()
        ((name, body),) = await kept(played)
        assert (name, len(body["answers"])) == ("Binta", 4)
        assert await broken_off(played) == {}


async def test_stopping_before_the_first_answer_keeps_nothing(play, day):
    async with play() as played:
        await shown_a_card(played, day)
        await begun(played)
        await touch(played, "Arrêter ici")
        await played.home()
        assert await kept(played) == []
        assert await broken_off(played) == {}


# ---- changing one's mind


async def test_another_answer_after_going_back_is_as_if_it_had_been_the_first(play, day):
    """Property 11: answer, back, other answer equals answering that directly."""
    async with play() as played:
        await shown_a_card(played, day)
        await begun(played)
        await answered(played, "13")
        await played.press("escape")
        await played.press("escape")
        assert played.app.screen.asked.id == "2.1S"
        await answered(played, lambda _: "3")
        await on(played, RecapScreen)
        assert played.app.sides["point"].point.draft.answers == ALL_ALONE


async def test_an_answer_is_changed_from_the_recapitulation(play, day):
    """The change is asked as any question; where it leaves an area open, that one goes on."""
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day)
        await recapped(played)
        await touch(played, "Revoir mes réponses")
        await on(played, ReviewScreen)
        await touch(played, "Envoyer un e-mail")
        await on(played, QuestionScreen)
        assert "✓ Oui, sans" in played.text
        await played.press("1", "enter")
        assert played.app.screen.asked.id == "2.3S"
        await played.press("2", "enter")
        await on(played, RecapScreen)
        assert played.app.sides["point"].point.draft.answers == {**ALL_ALONE, "2.1S": 0, "2.3S": 1}


async def test_what_is_not_understood_is_said_again_and_then_left_open(play):
    """Once in simpler words, then missing: never zero."""
    async with play(size=(56, 16)) as played:
        await begun(played)
        await played.press("?")
        await played.shows("Autrement dit")
        await played.press("enter")
        await played.shows("Touchez d'abord une réponse.")
        await played.press("?", "enter")
        assert played.app.sides["point"].point.draft.answers == {"2.1S": None}
        assert played.app.screen.asked.id == "2.2S"


async def test_a_first_touch_right_after_a_question_is_passed_over(play, monkeypatch):
    """Input is ignored for half a second: a second tap is not an answer to the next question."""
    async with play() as played:
        await begun(played)
        monkeypatch.setattr(Settling, "PAUSE", 3600.0)
        played.app.screen.settling.renewed()
        await played.press("3", "enter", "escape")
        assert played.app.screen.asked.id == "2.1S"
        assert played.app.sides["point"].point.draft.answers == {}
        assert "✓" not in played.text


# ---- breaking off


async def test_the_same_card_goes_on_where_it_was_and_no_other_does(play, day):
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day, A)
        await begun(played)
        await answered(played, "321")
        await shown_a_card(played, day, B)
        await opened(played)
        assert "Recommencer" not in played.text
        await shown_a_card(played, day, A)
        await opened(played)
        await touch(played, "Continuer")
        await on(played, QuestionScreen)
        assert played.app.sides["point"].point.draft.answers == {"2.1S": 2, "2.2S": 1, "2.3S": 0}
        assert played.app.screen.asked.id == "1.1S"


async def test_what_is_begun_anew_forgets_what_was(play, day):
    async with play() as played:
        await shown_a_card(played, day, A)
        await begun(played)
        await answered(played, "32")
        await shown_a_card(played, day, A)
        await opened(played)
        await touch(played, "Recommencer")
        await on(played, StarterScreen)
        assert await broken_off(played) == {"Binta": {"2.1S": 2, "2.2S": 1}}
        for _ in range(3):
            await played.press("1", "enter")
        await answered(played, "1")
        assert await broken_off(played) == {"Binta": {"2.1S": 0}}


async def test_what_is_called_off_leaves_no_trace_on_the_disk(play, day):
    """Property 11: whoever goes back over the beginning, or says so, was never here."""
    async with play() as played:
        for call_off in (_back_out, _erase):
            await shown_a_card(played, day, A)
            await begun(played)
            await answered(played, "31")
            assert await broken_off(played) == {"Binta": {"2.1S": 2, "2.2S": 0}}
            assert ONLY_IN_DRAFTS in _files(day)
            await call_off(played)
            await until(lambda: ONLY_IN_DRAFTS not in _files(day), "still on the disk")
            assert await broken_off(played) == {}
            assert await kept(played) == []
            await played.press("escape")
            await played.home()


ONLY_IN_DRAFTS = b'"again":['
"""Stands in every unfinished assessment, and in no finished one."""


async def _back_out(played: Played) -> None:
    while not isinstance(played.app.screen, ReceptionScreen):
        await played.press("escape")


async def _erase(played: Played) -> None:
    await touch(played, "Arrêter ici")
    await on(played, ResultScreen)
    await went_on(played)
    await touch(played, "Effacer mes réponses")


def _files(day) -> bytes:
    """Everything beside the database, as it lies on the disk."""
    folder = day.database.path.parent
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


# ---- the next person


async def _to_opening(played: Played) -> None:
    await opened(played)


async def _to_question(played: Played) -> None:
    await begun(played)
    await answered(played, "31")


async def _to_recap(played: Played) -> None:
    await recapped(played)


async def _to_review(played: Played) -> None:
    await recapped(played)
    await touch(played, "Revoir mes réponses")
    await on(played, ReviewScreen)


async def _to_announce(played: Played) -> None:
    await recapped(played)
    time_between_touches(played)
    await touch(played, "Continuer")
    await on(played, AnnounceScreen)


async def _to_spot(played: Played) -> None:
    await _to_announce(played)
    await touch(played, "Commencer")
    await on(played, SpotScreen)


async def _to_folder(played: Played) -> None:
    await _to_spot(played)
    await touch(played, "Passer")
    await on(played, FolderScreen)


async def _to_partial(played: Played) -> None:
    await _to_question(played)
    await touch(played, "Arrêter ici")
    await on(played, ResultScreen)


async def _to_result(played: Played) -> None:
    await finished(played)


async def _to_next_step(played: Played) -> None:
    await finished(played)
    await went_on(played)


async def _to_take_away(played: Played) -> None:
    await finished(played)
    await went_on(played)
    await touch(played, "Emporter")
    await on(played, TakeAwayScreen)


async def _to_further(played: Played) -> None:
    await finished(played)
    await went_on(played)
    await touch(played, "Aller plus loin")
    await on(played, QuestionScreen)
    await answered(played, "2")


PLACES: dict[str, Callable[[Played], Awaitable[None]]] = {
    "opening": _to_opening,
    "question": _to_question,
    "recap": _to_recap,
    "review": _to_review,
    "announce": _to_announce,
    "spot": _to_spot,
    "folder": _to_folder,
    "partial": _to_partial,
    "result": _to_result,
    "next step": _to_next_step,
    "take-away": _to_take_away,
    "further": _to_further,
}


@pytest.mark.parametrize("place", PLACES)
async def test_the_next_card_ends_it_and_nothing_of_it_is_ever_the_next_ones(play, day, place):
    """A answers "sans aide" and "Non", B "avec de l'aide" only: B has no other answer, A none of B's."""
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day, A)
        await PLACES[place](played)
        of_a = await kept(played), await broken_off(played)
        await shown_a_card(played, day, B)
        assert played.app.sides["point"].point is None
        assert len(played.app.screen_stack) == 2
        assert (await kept(played), await broken_off(played)) == of_a
        assert all(name == "Binta" for name, _ in of_a[0])
        assert set(of_a[1]) <= {"Binta"}
        asked = await finished(played, "2")
        (name, body) = (await kept(played))[-1]
        assert name == day.people[B].name.partition(" ")[0]
        assert body["answers"] == dict.fromkeys(asked, 1)
        assert (await kept(played))[:-1] == of_a[0]
        assert await broken_off(played) == of_a[1]


@pytest.mark.parametrize("place", PLACES)
async def test_a_way_back_leads_home_from_everywhere(play, day, place):
    """One screen at a time, by Escape alone."""
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day, A)
        await PLACES[place](played)
        for _ in range(60):
            if played.app.screen is played.app.reception:
                break
            await played.press("escape")
        assert played.app.screen is played.app.reception


async def test_somebody_who_does_not_come_back_is_asked_and_then_gone(play, day):
    """A-19, A-20: 120 seconds, a question, and then the welcome; what was said waits for the card."""
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day, A)
        await _to_question(played)
        played.time_passes(119)
        assert isinstance(played.app.screen, QuestionScreen)
        played.time_passes(2)
        await played.shows("Êtes-vous encore là ?")
        played.time_passes(21)
        await played.home()
        assert await broken_off(played) == {"Binta": {"2.1S": 2, "2.2S": 0}}
        assert await kept(played) == []


async def test_a_second_time_asks_again_what_was_answered_the_first_time(play, day):
    """So that there are pairs to compare: three answers of an area the first time are three again."""
    async with play() as played:
        await shown_a_card(played, day, A)
        await begun(played)
        first = await answered(played, lambda item: {"2.1S": "1", "2.2S": "3"}.get(item, "2"))
        await on(played, RecapScreen)
        await touch(played, "Continuer")
        await touch(played, "Passer")
        await on(played, ResultScreen)
        await went_on(played)
        await touch(played, "Terminé")
        await shown_a_card(played, day, A)
        second = await recapped(played)
        assert second == first


async def test_a_screen_that_stands_is_told_to_the_team_when_somebody_needs_help(play, day):
    """Who calls from a question is found there."""
    async with play() as played:
        await shown_a_card(played, day, A)
        await _to_question(played)
        await touch(played, "Aide")
        await played.shows("On vient vous aider.")
        assert await played.asked("select screen from help_call") == [("point",)]
        await played.press("escape")
        await on(played, QuestionScreen)


async def test_the_opening_speaks_another_language(play):
    async with play(size=(56, 16)) as played:
        await opened(played)
        await touch(played, "Deutsch")
        await played.shows("Anfangen")
        assert isinstance(played.app.screen, OpeningScreen)


async def test_whoever_goes_on_and_then_goes_back_loses_nothing(play, day):
    """The opening said that the answers are still there: going back over it does not take them away."""
    async with play() as played:
        await shown_a_card(played, day, A)
        await begun(played)
        await answered(played, "31")
        await shown_a_card(played, day, A)
        await opened(played)
        await played.shows("Binta O.")
        await touch(played, "Continuer")
        await on(played, QuestionScreen)
        await _back_out(played)
        assert await broken_off(played) == {"Binta": {"2.1S": 2, "2.2S": 0}}


@pytest.mark.parametrize("table", ["change", "unfinished"])
async def test_what_cannot_be_stored_or_erased_is_said(play, day, table):
    """Never a silent promise: the result says so, and erasing ends with a hand to raise."""
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day, A)
        await _to_partial(played)
        await went_on(played)
        verb = "insert" if table == "change" else "delete"
        await played.asked(
            f"create temp trigger full before {verb} on {table} begin select raise(abort, 'full'); end"
        )
        if table == "change":
            await touch(played, "Terminé")
            await played.shows("Vos réponses ne sont pas gardées.")
        else:
            await touch(played, "Effacer mes réponses")
            await played.shows("Levez la main")
        await played.asked("drop trigger full")
        assert await broken_off(played) == {"Binta": {"2.1S": 2, "2.2S": 0}}
        assert await kept(played) == []


async def test_a_result_that_was_not_stored_offers_no_more_questions(play, day):
    """They would take the place of the answers that still wait."""
    async with play(size=(56, 16)) as played:
        await shown_a_card(played, day, A)
        await recapped(played)
        await played.asked(
            "create temp trigger full before insert on change begin select raise(abort, 'full'); end"
        )
        time_between_touches(played)
        await touch(played, "Continuer")
        await touch(played, "Passer")
        await on(played, ResultScreen)
        await went_on(played)
        await played.shows("Vos réponses ne sont pas gardées.")
        assert "Aller plus loin" not in played.text
        await played.asked("drop trigger full")
        assert (await broken_off(played))["Binta"] == ALL_ALONE
