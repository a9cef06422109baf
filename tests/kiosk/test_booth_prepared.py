"""The video CV as it is prepared: sentences, a text, and a page that turns at a steady pace."""

from __future__ import annotations

import asyncio

import pytest
from booth_hands import chosen, opened, read_through, reading, ready
from hands import Played, on, time_between_touches, touch

from assets.booth import guide
from assets.languages import LANGUAGES
from kiosk.camera import Devices
from models.booth import durations
from models.team_list import team_list
from screens.booth.opening import BoothScreen
from screens.booth.prompter import Moment
from screens.booth.ready import ReadyScreen
from screens.booth.script import ScriptScreen
from screens.booth.sentence import SentenceScreen
from screens.choices import HelpScreen
from screens.messages import BoothWanted
from screens.practice import PracticeScreen
from screens.settling import Settling
from screens.staff.to_see import line_said

PARTS = guide().parts


def text(played: Played) -> tuple[str, ...]:
    return played.app.sides["booth"].lines


async def test_nothing_of_it_is_stored(play, day):
    """From a card to the last word, and not a row is written."""
    async with play(size=(56, 16)) as played:
        played.burst(day.people[0].token)
        await played.answered("Binta O.")
        before = await played.asked("select count(*), max(n) from change")
        await ready(played)
        time_between_touches(played)
        await touch(played, "M'exercer à lire")
        screen = await reading(played)
        await read_through(screen)
        await played.shows("Touchez « Recommencer »")
        assert await played.asked("select count(*), max(n) from change") == before
        assert await played.asked("select count(*) from unfinished") == [(0,)]
        assert not played.app.videos.exists()


async def test_without_a_camera_it_says_so_and_the_guide_works(play):
    """No ffmpeg and no camera, said before anything begins."""
    async with play() as played:
        await opened(played)
        await played.shows("Pas de caméra ici : exercez-vous à lire.")
        await chosen(played)
        for _ in range(2):
            time_between_touches(played)
            await touch(played, "Continuer")
        await on(played, ReadyScreen)
        await played.shows("Pas de caméra ici : exercez-vous à lire.")
        assert "Filmer" not in played.text
        await touch(played, "M'exercer à lire")
        await reading(played)
        await played.shows("Lisez à voix haute.")


async def test_a_camera_without_ffmpeg_is_none(play, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    async with play(devices=lambda: Devices("lavfi:testsrc")) as played:
        await opened(played)
        await played.shows("Pas de caméra ici")


async def test_the_team_is_told_that_a_camera_is_wanted(play, day):
    """A silent call with a word of its own; by name where somebody was greeted."""
    async with play() as played:
        played.burst(day.people[0].token)
        await played.answered("Binta O.")
        await opened(played)
        await touch(played, "Demander la caméra")
        await on(played, HelpScreen)
        await played.shows("Vous demandez la caméra et une pièce calme.")
        called = (
            "select c.why, c.screen, p.first_name from help_call c left join participant p on p.id = c.people"
        )
        assert await played.asked(called) == [("booth", "booth", "Binta")]


async def test_the_team_reads_what_is_wanted_and_by_whom(play, day):
    """On the list of what waits, in words of its own."""
    async with play(size=(80, 24)) as played:
        played.burst(day.people[0].token)
        await played.answered("Binta O.")
        await opened(played)
        await touch(played, "Demander la caméra")
        await on(played, HelpScreen)
        found = await played.asked("select count(*) from help_call")
        assert found == [(1,)]
        lines = await asyncio.wrap_future(
            played.app.database.write(team_list, day.desk.corner_id, played.app.clock.now())
        )
        said = [line_said(line, "fr") for line in lines if line.why == "booth"]
        assert said == ["8 h 22 · Binta O. · Studio vidéo : caméra et pièce calme · écran du CV vidéo"]


async def test_a_call_without_a_card_names_nobody(play):
    async with play() as played:
        await opened(played)
        await touch(played, "Demander la caméra")
        await on(played, HelpScreen)
        assert await played.asked("select why, people from help_call") == [("booth", "")]


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_one_touch_chooses_and_the_next_part_is_asked(play, number):
    async with play(size=(56, 16)) as played:
        await opened(played)
        await chosen(played, number)
        wanted = tuple(part.sentences[number - 1]["fr"] for part in PARTS)
        assert text(played) == wanted
        for sentence in wanted[:3]:
            await played.shows(sentence)
        time_between_touches(played)
        await touch(played, "Continuer")
        for sentence in wanted[3:]:
            await played.shows(sentence)


async def test_the_keyboard_chooses_too(play):
    """A keyboard that types signs where others type digits is no other keyboard."""
    async with play() as played:
        await opened(played)
        await touch(played, "Commencer")
        await on(played, SentenceScreen)
        await played.press("2", "é", "3")
        await played.shows(f"Phrase 4 sur {len(PARTS)}")
        wanted = [part.sentences[at]["fr"] for part, at in zip(PARTS, (1, 1, 2), strict=False)]
        assert list(text(played)) == wanted


async def test_a_part_can_be_passed_over_and_a_sentence_changed(play):
    async with play(size=(56, 16)) as played:
        await opened(played)
        await touch(played, "Commencer")
        await on(played, SentenceScreen)
        await touch(played, "Passer")
        for _ in PARTS[1:]:
            time_between_touches(played)
            await touch(played, "1 ·")
        await on(played, ScriptScreen)
        await played.shows("1 · Ici, je ne dis rien.")
        time_between_touches(played)
        await touch(played, "2 ·")
        await on(played, SentenceScreen)
        await played.shows(f"✓ · {PARTS[1].sentences[0]['fr']}")
        await touch(played, "3 ·")
        await on(played, ScriptScreen)
        await played.shows(f"2 · {PARTS[1].sentences[2]['fr']}")
        assert text(played)[0] == PARTS[1].sentences[2]["fr"]


async def test_back_goes_to_the_part_before_with_what_was_chosen(play):
    async with play() as played:
        await opened(played)
        await touch(played, "Commencer")
        await on(played, SentenceScreen)
        await touch(played, "3 ·")
        await played.shows(f"Phrase 2 sur {len(PARTS)}")
        await played.press("escape")
        await played.shows(f"✓ · {PARTS[0].sentences[2]['fr']}")
        await played.press("escape")
        await on(played, BoothScreen)


async def test_a_text_without_a_sentence_is_none(play):
    async with play() as played:
        await opened(played)
        await touch(played, "Commencer")
        for _ in PARTS:
            time_between_touches(played)
            await touch(played, "Passer")
        await on(played, ScriptScreen)
        for _ in range(2):
            time_between_touches(played)
            await touch(played, "Continuer")
        await played.shows("Choisissez d'abord une phrase.")
        await on(played, ScriptScreen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_was_greeted_is_called_by_first_name(play, day, language):
    """Never a family name, and not by the initial."""
    async with play(size=(56, 16), language=language) as played:
        await played.asked(
            "update participant set first_name = 'Zélie', last_name = 'Orban', language = '' where id = id"
        )
        await played.asked(f"update participant set language = '{language}'")
        played.burst(day.people[0].token)
        await played.answered("Zélie")
        await opened(played)
        await touch(played, played.app.translate("Commencer"))
        await on(played, SentenceScreen)
        await played.shows(PARTS[0].named[language].replace("{name}", "Zélie"))
        assert "Zélie O." not in played.text


async def test_who_comes_next_begins_with_nothing(play):
    """Out by the way back, without a card and without "Terminé"."""
    async with play() as played:
        await ready(played)
        await played.press(*["escape"] * 20)
        await played.home()
        assert text(played) == ()
        await opened(played)
        await touch(played, "Commencer")
        await on(played, SentenceScreen)
        assert "✓" not in played.text


async def test_the_booth_that_is_opened_anew_is_empty(play):
    """Asked for from another place while the old one still stands below."""
    async with play() as played:
        await opened(played)
        await chosen(played)
        played.app.post_message(BoothWanted())
        await on(played, BoothScreen)
        assert text(played) == ()


async def test_a_double_tap_chooses_once(play, monkeypatch):
    """The sentence that comes in the same place is not touched by the second half of it."""
    async with play() as played:
        await opened(played)
        await touch(played, "Commencer")
        await on(played, SentenceScreen)
        monkeypatch.setattr(Settling, "PAUSE", 3600.0)
        played.app.screen.settling = Settling()
        await touch(played, "1 ·")
        await touch(played, "2 ·")
        await played.shows(f"Phrase 2 sur {len(PARTS)}")
        assert text(played) == (PARTS[0].sentences[0]["fr"],)


async def test_what_can_be_practised_stands_on_one_screen(play):
    async with play() as played:
        await touch(played, "Voir la journée")
        await touch(played, "M'exercer")
        await on(played, PracticeScreen)
        await touch(played, "Préparer mon CV")
        await on(played, BoothScreen)
        await touch(played, "Commencer")
        await on(played, SentenceScreen)
        await touch(played, "1 ·")
        await played.shows(f"Phrase 2 sur {len(PARTS)}")
        await played.press("escape", "escape", "escape")
        await on(played, PracticeScreen)
        assert text(played) == (), "it is kept outside the booth"


# ---- the page that turns


@pytest.fixture
def prompted(play):
    """A prompter on whose clock nothing passes by itself."""

    async def to(played: Played):
        await ready(played)
        time_between_touches(played)
        await touch(played, "M'exercer à lire")
        return await reading(played)

    return to


async def test_three_two_one_and_line_after_line(play, prompted):
    """Each line stands as long as its words take at the usual pace."""
    async with play(size=(56, 16)) as played:
        screen = await prompted(played)
        lines = text(played)
        for second in (3, 2, 1):
            await played.shows(f" {second} ")
            screen.passes(1.0)
        screen.passes(0.01)
        for now, following, seconds in zip(
            lines, (*lines[1:], ""), durations(lines, guide().pace.usual), strict=True
        ):
            await played.shows(now)
            assert following in played.text
            screen.passes(seconds - 0.02)
            assert screen.moment is Moment.READING
            await played.shows(now)
            screen.passes(0.02)
        assert screen.moment is Moment.OVER


@pytest.mark.parametrize(("key", "faster"), [("Accélérer", True), ("Ralentir", False)])
async def test_the_pace_is_the_readers(play, prompted, key, faster):
    async with play(size=(56, 16)) as played:
        screen = await prompted(played)
        screen.passes(3.01)
        usual = sum(durations(text(played), guide().pace.usual))
        await touch(played, key)
        screen.passes(usual - 0.01)
        assert (screen.moment is Moment.OVER) is faster
        screen.passes(0.02 if faster else usual)
        assert screen.moment is Moment.OVER


async def test_a_pause_stops_it_and_goes_on_where_it_was(play, prompted):
    async with play(size=(56, 16)) as played:
        screen = await prompted(played)
        screen.passes(3.01)
        await touch(played, "Faire une pause")
        await played.shows("Pause : prenez votre temps.")
        screen.passes(600)
        await played.shows(text(played)[0])
        time_between_touches(played)
        await touch(played, "Continuer")
        await played.shows("Lisez à voix haute.")
        screen.passes(durations(text(played), guide().pace.usual)[0] + 0.01)
        await played.shows(text(played)[1])


async def test_once_more_begins_with_the_countdown(play, prompted):
    async with play(size=(56, 16)) as played:
        screen = await prompted(played)
        await read_through(screen)
        assert screen.moment is Moment.OVER
        await touch(played, "Recommencer")
        await played.shows(" 3 ")
        assert screen.moment is Moment.COUNTING


async def test_help_on_the_way_loses_no_word(play, prompted):
    """What stands over it stops it; whoever comes back goes on when they want."""
    async with play(size=(56, 16)) as played:
        screen = await prompted(played)
        screen.passes(3.01)
        await touch(played, "Aide")
        await on(played, HelpScreen)
        screen.passes(600)
        await played.press("escape")
        await played.shows(text(played)[0])
        await played.shows("Pause : prenez votre temps.")


async def test_nobody_is_asked_whether_they_are_there_in_the_middle_of_a_film(play, prompted):
    """The screen stays longer than the longest text at the slowest pace."""
    async with play() as played:
        screen = await prompted(played)
        longest = max(
            sum(
                durations(
                    [max((one[language] for one in part.sentences), key=len) for part in PARTS],
                    guide().pace.slowest,
                )
            )
            for language in LANGUAGES
        )
        assert screen.stays > guide().longest >= longest + guide().countdown + guide().breath
        assert screen.stays >= 20
