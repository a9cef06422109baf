"""The video CV as it is seen: every sentence whole, the page large, and nothing that moves without need."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import GRIDS, PLACE, SENTENCES, stage, video
from test_layout import poster_text, spoken

from assets.booth import guide
from assets.languages import LANGUAGES, translator
from assets.letters import ROWS
from kiosk.film_side import CUT, NO_ROOM, NOT_FILMED, NOT_TAKEN, OVER
from models.booth import sentences
from screens.booth.prompt import Page, large_rows
from screens.booth.prompter import PrompterScreen
from screens.booth.ready import ReadyScreen
from screens.booth.sentence import PartAsked, SentenceScreen
from screens.booth.video import Video, VideoScreen

BLOCKS = re.compile(r"[▀-▟]")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_that_can_go_otherwise_is_said_in_full(language):
    """In the smallest grid, in short sentences, each with what to do."""
    translate = translator(language)
    async with stage((56, 16), language=language) as shown:
        for hint in (*NOT_TAKEN.values(), CUT, OVER, "Touchez encore « Effacer ma vidéo »."):
            await shown.app.push_screen(video(language, Video.DROPPED if hint is OVER else Video.HERE, hint))
            await shown.settled()
            assert spoken(translate(hint)) in poster_text(shown)
        tonight = translate("Sinon, personne ne la voit, et elle est effacée ce soir.")
        await shown.app.push_screen(VideoScreen(PLACE, language, "", tonight))
        await shown.settled()
        assert spoken(tonight) in poster_text(shown)
        screen = ReadyScreen(PLACE, language, "", camera=True)
        await shown.app.push_screen(screen)
        for hint in (NO_ROOM, *NOT_FILMED.values()):
            for film in (False, True):
                screen.show(camera=True, video=film, hint=translate(hint))
                await shown.settled()
                assert spoken(translate(hint)) in poster_text(shown)
    for hint in (*NOT_TAKEN.values(), CUT, OVER, NO_ROOM, *NOT_FILMED.values()):
        for sentence in re.split(r"(?<=[.!?:])\s+", translate(hint)):
            assert len(re.findall(r"[\w'’-]+", sentence)) <= 12, sentence


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_question_shows_its_sentences_whole(language):
    """In the smallest grid, with a name of a usual length, and whichever was chosen."""
    async with stage((56, 16), language=language) as shown:
        screen = SentenceScreen(PLACE, language, "Démonstration", PartAsked())
        await shown.app.push_screen(screen)
        for part in guide().parts:
            for chosen in (None, 0, 1, 2):
                said = sentences(part, language, "Maria-Fernanda")
                screen.ask(PartAsked(part.id, "6/6", part.ask[language], said, chosen))
                await shown.settled()
                text = spoken(shown.text)
                assert part.ask[language] in text
                for number, sentence in enumerate(said):
                    assert f"{'✓' if number == chosen else number + 1} · {sentence}" in text


async def turned(shown, page: Page) -> str:
    screen = PrompterScreen(PLACE, shown.language, "", (page.now,))
    screen._tick = lambda: None
    screen._page = lambda: page
    await shown.app.push_screen(screen)
    await shown.settled()
    return shown.text


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_is_read_is_large_where_that_fits_and_whole_where_not(size):
    """At the top, under the camera: the first row of it is one of the first four of the screen."""
    async with stage(size) as shown:
        for sentence in SENTENCES["fr"]:
            rows = (await turned(shown, Page(sentence, "Après.", "Lisez."))).split("\n")
            large = [number for number, row in enumerate(rows) if BLOCKS.search(row)]
            if size[0] >= 80:
                assert large and large[0] <= 3, sentence
            else:
                assert any(sentence in row for row in rows[1:4]), sentence


async def test_what_comes_is_not_shown_before_the_rest_of_a_long_sentence():
    """At 80 columns a sentence takes three rows of large letters, and two fit."""
    sentence = max(SENTENCES["fr"], key=len)
    words = sentence.split()
    async with stage((80, 24)) as shown:
        last = len(large_rows(words, 68, 1) or ())
        assert last > 2
        seen = []
        for word in range(len(words)):
            text = await turned(shown, Page(sentence, "Après.", "Lisez.", word=word))
            seen.append("Après." in text)
        assert seen[0] is False
        assert seen[-1] is True
        assert seen == sorted(seen)


WORDS = st.lists(
    st.sampled_from(["Je", "travaille", "l'équipe,", "où", "1", "Œuvre"]), min_size=1, max_size=14
)


@given(WORDS, st.integers(40, 140), st.sampled_from([1, 2]))
def test_large_rows_hold_every_word_once_and_fit(words, room, scale):
    rows = large_rows(words, room, scale)
    if rows is None:
        return
    assert [row.last for row in rows] == sorted({row.last for row in rows})
    assert rows[-1].last == len(words)
    for row in rows:
        assert len(row.drawn) == ROWS * scale
        assert all(len(line) <= room for line in row.drawn)


async def test_between_two_words_nothing_is_drawn(monkeypatch):
    """Five looks a second, and a screen that stands still."""
    async with stage((80, 24)) as shown:
        screen = PrompterScreen(PLACE, "fr", "", SENTENCES["fr"])
        screen._tick = lambda: None
        await shown.app.push_screen(screen)
        await shown.settled()
        drawn: list[object] = []
        monkeypatch.setattr(screen._prompt, "show", drawn.append)
        for _ in range(9):
            screen.passes(0.1)
        assert drawn == []
        screen.passes(0.2)
        assert len(drawn) == 1, "two"
