"""The equipment screen: lend and bring back with one touch each, and see it at once."""

from __future__ import annotations

import pytest
from hands import AT, on, time_between_touches, touch, until
from staff import cut_keys
from staff_hands import at_screen, elsewhere, half_day_of

from kiosk.full_screen import LEFT
from models.equipment import AddEquipment, Lend, Return
from models.log import Author, record
from models.rights import RIGHTS, Action
from models.words import SYSTEM
from screens.leave import LeaveScreen
from screens.messages import CloseWanted, LeaveWanted
from screens.staff.borrower import BorrowerScreen
from screens.staff.choosing import ChoiceScreen
from screens.staff.equipment import EquipmentScreen
from screens.staff.pieces import PieceKey
from screens.widgets.key import Key


async def at_equipment(played, role="facilitator", half_day=None):
    half_day = await half_day_of(played) if half_day is None else half_day
    screen = await at_screen(played, lambda: EquipmentScreen(played.app.staff_frame, half_day), role)
    await until(lambda: screen.query(PieceKey) and all(key.region.area for key in screen.query(PieceKey)))
    await played.rest()
    return screen


def keys(played) -> list[str]:
    return [key.label for key in played.app.screen.query(".actions Key").results(Key) if key.display]


async def loans(played) -> list[tuple]:
    return await played.asked(
        "select e.name, l.kind, p.first_name from loan l join equipment e on e.id = l.equipment_id"
        " left join participant p on p.id = l.participant_id order by l.at, l.id"
    )


async def piece(played, name: str) -> str:
    ((piece_id,),) = await played.asked(f"select id from equipment where name = '{name}'")
    return piece_id


async def test_every_piece_of_the_corner_is_on_one_screen(play, day):
    async with play() as played:
        await at_equipment(played)
        for name in ("Tablette 1", "Tablette 4", "Smartphone 2", "Télévision 1", "Caméra 1"):
            await played.shows(name)
        await played.shows("Matériel : tout est là.")


async def test_two_touches_lend_and_one_brings_back(play, day):
    async with play() as played:
        await at_equipment(played)
        await touch(played, "Tablette 2")
        await on(played, BorrowerScreen)
        await touch(played, "1  Binta O.")
        await on(played, EquipmentScreen)
        await played.shows("Tablette 2 : prêt noté (Binta O.).")
        await played.shows("Matériel : 1 pièce sortie sur 8")
        time_between_touches(played)
        await touch(played, "Tablette 2 Binta O.")
        await played.shows("Tablette 2 : retour noté.")
        await played.shows("Matériel : tout est là.")
        assert await loans(played) == [
            ("Tablette 2", "lent", "Binta"), ("Tablette 2", "returned", "Binta"),
        ]  # fmt: skip


async def test_the_keyboard_alone_lends_and_brings_back(play, day):
    async with play() as played:
        screen = await at_equipment(played)
        await played.press("tab", "right", "down")
        assert screen.focused.piece.name == "Smartphone 2"
        await played.press("enter")
        await on(played, BorrowerScreen)
        await played.press("g")
        await on(played, EquipmentScreen)
        await played.shows("Smartphone 2 : prêt noté (Le groupe).")
        await until(lambda: screen.focused and screen.focused.piece.loan)
        await played.press("up")
        assert screen.focused.piece.name == "Tablette 2"
        time_between_touches(played)
        await played.press("down", "enter")
        await played.shows("Smartphone 2 : retour noté.")


async def test_who_is_there_comes_first_among_the_people(play, day):
    async with play() as played:
        played.burst(day.people[2].token)
        await played.answered("Marie-Laure D.")
        await played.press("escape")
        await at_equipment(played)
        await touch(played, "Caméra 1")
        await on(played, BorrowerScreen)
        await played.shows("1  Marie-Laure D.")
        await played.shows("(pas là)")
        await played.press("1")
        await played.shows("Caméra 1 : prêt noté (Marie-Laure D.).")


async def test_everything_of_this_half_day_comes_back_in_one_act(play, day):
    async with play() as played:
        half_day = await half_day_of(played)
        await at_equipment(played)
        for name in ("Tablette 1", "Tablette 2", "Smartphone 1"):
            await elsewhere(played, Lend(await piece(played, name), "", half_day))
        later = await half_day_of(played, "Giuseppe")
        await elsewhere(played, Lend(await piece(played, "Caméra 1"), "", later))
        await played.shows("Matériel : 4 pièces sorties sur 8")
        await touch(played, "Tout est rentré")
        await played.shows("Retour noté pour 3 pièces.")
        await played.shows("Matériel : 1 pièce sortie sur 8")
        await until(lambda: "Tout est rentré" not in keys(played))


async def test_what_another_kiosk_does_is_seen_within_a_second(play, day):
    async with play() as played:
        half_day = await half_day_of(played)
        await at_equipment(played)
        tablet = await piece(played, "Tablette 3")
        await elsewhere(played, Lend(tablet, "", half_day))
        await played.shows("Matériel : 1 pièce sortie sur 8")
        await elsewhere(played, Return(tablet))
        await played.shows("Matériel : tout est là.")


async def test_what_somebody_else_has_lent_meanwhile_is_said_with_who_has_it(play, day):
    async with play() as played:
        half_day = await half_day_of(played)
        screen = await at_equipment(played)
        await touch(played, "Tablette 1")
        await on(played, BorrowerScreen)
        await elsewhere(played, Lend(screen._shelf.pieces[0].id, "", half_day))
        await played.press("1")
        await played.shows("Tablette 1 : prêt déjà noté (Le groupe). Notez d'abord le retour.")


async def test_a_piece_that_was_lent_twice_is_shown_as_odd(play, day):
    async with play() as played:
        half_day = await half_day_of(played)
        await at_equipment(played)
        tablet = await piece(played, "Tablette 1")
        await elsewhere(played, Lend(tablet, "", half_day))
        author = Author("other-kiosk", SYSTEM, AT)
        body = {"participant": "", "half_day": half_day, "at": "2022-11-03T07:50:00.000000Z"}
        played.app.database.write(record, author, "equipment.lent", "equipment", tablet, body)
        await played.shows("Tablette 1 : prêt noté deux fois, vérifiez qui l'a.")


async def test_staff_adds_and_retires_pieces_and_a_facilitator_has_no_such_keys(play, day):
    """P-19: the keys of what a role may not do are not there."""
    async with play() as played:
        await at_equipment(played)
        assert keys(played) == ["Retour"]
        await played.press("a", "r")
        assert isinstance(played.app.screen, EquipmentScreen)
        assert played.app.screen.said.content == ""
    async with play() as played:
        await at_equipment(played, "staff")
        await touch(played, "Ajouter")
        await on(played, ChoiceScreen)
        await touch(played, "4  Caméra")
        await played.shows("Écrivez « Caméra 2 » dessus : c'est son nom.")
        await touch(played, "Retirer")
        await touch(played, "Caméra 2")
        await on(played, ChoiceScreen)
        await touch(played, "1  Oui, retirer")
        await played.shows("Caméra 2 : retrait noté.")
        await until(lambda: "Caméra 2 disponible" not in played.text and len(keys(played)) == 3)


async def test_whoever_looks_after_devices_sees_no_name(play, day):
    """P-23."""
    async with play() as played:
        half_day = await half_day_of(played)
        ((binta,),) = await played.asked("select id from participant where first_name = 'Binta'")
        await at_equipment(played)
        await elsewhere(played, Lend(await piece(played, "Tablette 1"), binta, half_day))
        await played.shows("Binta O.")
        await played.press("escape")
        await at_equipment(played, "technician", "")
        await played.shows("dehors")
        assert "Binta" not in played.text
        await touch(played, "Tablette 2")
        await played.shows("Votre compte ne permet pas cela.")


async def first_screen(played, role):
    """Sign Sam in with a role."""
    await played.home()
    await played.asked(f"update staff_member set role = '{role}' where name = 'Sam'")
    ((sam,),) = await played.asked("select id from staff_member where name = 'Sam'")
    played.app.open_staff_side(sam)
    await until(lambda: played.app.screen is not played.app.reception)


@pytest.mark.parametrize("by", ["touch", "keys"])
async def test_whoever_looks_after_devices_keeps_the_equipment_and_closes_the_kiosk(play, day, by):
    """P-14, P-19: it is all that there is behind a technician's PIN."""
    async with play() as played:
        await first_screen(played, "technician")
        await on(played, EquipmentScreen)
        await until(lambda: len(keys(played)) == 4)
        assert keys(played) == ["Ajouter", "Retirer", "Fermer la borne", "Retour"]
        await touch(played, "Ajouter")
        await touch(played, "4  Caméra")
        await played.shows("Écrivez « Caméra 2 » dessus : c'est son nom.")
        await (played.press("f") if by == "keys" else touch(played, "Fermer la borne"))
        await on(played, LeaveScreen)
        await played.press("escape")
        await on(played, EquipmentScreen)
        time_between_touches(played)
        await (played.press("f") if by == "keys" else touch(played, "Fermer la borne"))
        await on(played, LeaveScreen)
        await touch(played, "Fermer la borne")
        await until(lambda: played.app.return_value == LEFT)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("size", [(80, 24), (132, 43), (56, 16)])
async def test_the_keys_of_a_technician_are_whole_at_every_grid(play, day, size, language):
    async with play(size=size, language=language) as played:
        await first_screen(played, "technician")
        await until(lambda: len(keys(played)) >= 4)
        shown = played.app.screen.query(Key)
        await until(lambda: all(key.region.area for key in shown if key.display))
        await played.rest()
        assert cut_keys(played.app.screen) == []


async def test_a_technician_goes_back_to_the_welcome_and_is_signed_out(play, day):
    """P-18"""
    async with play() as played:
        await first_screen(played, "technician")
        await played.press("escape")
        await played.home()
        assert (played.app._staff_id, played.app._role) == ("", "")


@pytest.mark.parametrize("role", ["coordinator", "technician", "facilitator"])
async def test_only_whoever_may_closes_the_kiosk(play, day, monkeypatch, role):
    """P-19: the screens are not believed; the role is asked for before the question and before the end."""
    monkeypatch.setitem(RIGHTS, Action.CLOSE_KIOSK, frozenset())
    async with play() as played:
        await played.home()
        await first_screen(played, role)
        screen = played.app.screen
        screen.post_message(CloseWanted())
        await played.shows("Votre compte ne permet pas cela.")
        assert "Fermer la borne" not in played.text
        screen.post_message(LeaveWanted())
        await played.rest()
        assert played.app.screen is screen
        assert played.app.is_running


@pytest.mark.parametrize("size", [(80, 24), (132, 43), (56, 16)])
async def test_a_full_corner_is_reached_page_by_page(play, day, size):
    async with play(size=size) as played:
        screen = await at_equipment(played, "staff")
        wanted = {"tablet": 4, "smartphone": 4, "television": 1, "camera": 1}
        for kind, number in wanted.items():
            for _ in range(number):
                await elsewhere(played, AddEquipment(kind), "staff")
        await until(lambda: len(screen._shelf.pieces) == 18)
        await played.rest()
        seen = set()
        for _ in range(screen._pieces.pages + 4):
            await until(lambda: all(key.region.area for key in screen.query(PieceKey)))
            shown = list(screen.query(PieceKey))
            assert all(screen.find_widget(key).visible_region == key.region for key in shown)
            assert not any(
                key.region.overlaps(foot.region) for key in shown for foot in screen.query(".actions Key")
            )
            seen |= {key.piece.name for key in shown}
            await screen.action_more()
            await played.rest()
        assert len(seen) == 18
        shown = [key for key in screen.query(".actions Key") if key.display]
        assert all(screen.find_widget(key).visible_region == key.region for key in shown)


async def test_the_screen_forgets_who_has_what(play, day):
    async with play() as played:
        half_day = await half_day_of(played)
        screen = await at_equipment(played)
        ((binta,),) = await played.asked("select id from participant where first_name = 'Binta'")
        await elsewhere(played, Lend(await piece(played, "Tablette 1"), binta, half_day))
        await played.shows("Binta O.")
        screen.wipe()
        await played.rest()
        assert "Binta" not in played.text
        assert "Binta" not in repr([screen._shelf, *(key.piece for key in screen.query(PieceKey))])


async def test_the_question_to_whom_forgets_the_people(play, day):
    async with play() as played:
        await at_equipment(played)
        await touch(played, "Tablette 1")
        await on(played, BorrowerScreen)
        screen = played.app.screen
        await played.shows("Binta O.")
        screen.wipe()
        await played.rest()
        assert "Binta" not in played.text
        await played.press("1")
        assert await loans(played) == []
