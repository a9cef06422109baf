"""What the app does with a person's name: shows it as it is, confirms only what is stored, and forgets it."""

from __future__ import annotations

import pytest
from hands import TO_LAST
from textual.widget import Widget


@pytest.mark.parametrize("name", ["[/b]", "[@click=app.quit]x[/]", "{0}", "{name}", "%s", "\\[b]"])
async def test_a_name_is_text_and_nothing_else(play, invite, name):
    """Drawn literally: no markup, no clickable text, no format."""
    (token,) = invite([name], room="[/i]")
    async with play() as played:
        await played.shows("[/i]")  # the room, on the welcome
        played.burst(token)
        await played.answered(f"Bonjour {name} Z.")
        strips = played.app.screen._compositor.render_strips()
        metas = [segment.style.meta for strip in strips for segment in strip if segment.style]
        assert not any(name.startswith("@") for meta in metas for name in meta)
        assert "[/i]" in played.text


async def test_a_choice_of_two_rooms_is_text_too(play, invite):
    """Labels of keys come from files: they are drawn as they stand."""
    invite(["Ana"], room="[/b]")
    (token,) = invite(["Ana"], room="[@click=app.quit]q[/]", programme="digital-skills")
    async with play() as played:
        played.burst(token)
        await played.answered("Touchez le vôtre.")
        await played.shows("[/b]")
        await played.shows("[@click=app.quit]q[/]")
        await played.press("tab", "enter")
        await played.answered("Votre présence est notée.")


def kept_strings(*roots: object) -> list[str]:
    """Every text that screens and widgets hold, however deep."""
    found, seen, waiting = [], set(), list(roots)
    ours = ("screens", "textual", "rich", "kiosk", "models")
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type):
            continue
        seen.add(id(thing))
        if isinstance(thing, str):
            found.append(thing)
        elif isinstance(thing, dict):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting += list(thing)
        elif type(thing).__module__.split(".")[0] in ours:
            waiting += list(getattr(thing, "__dict__", {}).values())
            slots = [name for base in type(thing).__mro__ for name in getattr(base, "__slots__", ())]
            waiting += [getattr(thing, name) for name in slots if hasattr(thing, name)]
            if isinstance(thing, Widget):
                waiting += list(thing.walk_children())
    return found


@pytest.mark.parametrize("way", ["finished", "next card", "idle"])
async def test_nothing_of_a_person_stays(play, day, way):
    """P-03, P-05: after going home the name is neither on the screen nor in any widget's state."""
    async with play() as played:
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        app = played.app
        assert any("Binta" in text for text in kept_strings(app.reception)), "the search finds nothing"
        if way == "next card":
            played.burst(day.people[1].token)
            await played.answered("Bonjour Ștefan I.")
        elif way == "idle":
            played.time_passes(100)
        else:
            await played.press(*TO_LAST, "enter")
        if way != "next card":
            await played.home()
            assert "Binta" not in played.text
        await played.rest()
        token = day.people[0].token
        kept = [t for t in kept_strings(app) if "Binta" in t or token in t]
        assert kept == []


async def test_an_answer_that_could_not_be_stored_says_so(play, day, caplog):
    """Only what is committed is confirmed: the log names a place and no person (P-32)."""
    async with play() as played:
        await played.asked(
            "create temp trigger full before insert on main.change begin select raise(abort, 'Binta'); end"
        )
        played.burst(day.people[0].token)
        await played.answered("Votre présence n'est pas encore notée.")
        assert "Bonjour Binta" not in played.text
        await played.asked("drop trigger full")
        assert await played.arrived() == []
        played.burst(day.people[1].token)
        await played.answered("Bonjour Ștefan I.")
    assert "Binta" not in caplog.text
    assert day.people[0].token not in caplog.text
