"""Equipment: what is out, who has it, since when; all of it derived from what was lent and returned."""

from datetime import timedelta

import pytest
from colleagues import asks
from hypothesis import given, settings
from hypothesis import strategies as st

from models import rights
from models.equipment import (
    AddEquipment,
    Lend,
    Refused,
    RetireEquipment,
    Return,
    ReturnAll,
    SeeEquipment,
    everything_out,
    open_loans,
    pieces_of,
)
from models.log import record
from models.person_file import person_file
from models.projections import rebuild
from models.registers import set_fields
from models.requests import NotAllowed
from models.words import EQUIPMENT_KINDS, ROLES

some = settings(derandomize=True, deadline=None, max_examples=60)


def given_pieces(corner, *kinds):
    """Pieces that the staff has added; returns their ids."""
    return [asks(corner, "staff", AddEquipment(kind), "08:00").id for kind in kinds]


def shelf(corner):
    """Every piece as people say it: ``Tablette 1: Binta O.``, ``Tablette 2: in``."""
    return [
        f"{piece.name}: {(piece.loan.person or 'group') if piece.loan else 'in'}"
        for piece in pieces_of(corner.conn, "charleroi")
    ]


@pytest.fixture
def half_day(corner):
    return corner.book("Binta", "Łukasz", "Zoé")


@pytest.fixture
def tablets(corner):
    return given_pieces(corner, "tablet", "tablet")


def lend(corner, piece, name, half_day, when="09:00"):
    person = corner.person(name) if name else ""
    return asks(corner, "facilitator", Lend(piece, person, half_day), when)


facts = st.lists(
    st.tuples(
        st.sampled_from(["e1", "e2", "e3"]),
        st.sampled_from(["lent", "returned"]),
        st.sampled_from(["Binta", "Łukasz", None]),
        st.integers(0, 4),
    ),
    max_size=8,
)
"""What happened to three pieces: piece, fact, person, minutes after the start."""


def logged(corner, told):
    """Let things happen, each under a kiosk's own row of the log; returns the rows."""
    rows = []
    with corner.transaction():
        for piece in ("e1", "e2", "e3"):
            values = {"corner_id": "charleroi", "kind": "tablet", "name": f"Tablette {piece[1]}"}
            set_fields(corner.conn, corner.author(), "equipment", piece, values, new=True)
        for piece, kind, name, minutes in told:
            at = (corner.at("08:30") + timedelta(minutes=minutes)).replace(tzinfo=None)
            body = {"at": f"{at.isoformat('T', 'microseconds')}Z", "half_day": "h1"}
            body["participant"] = corner.person(name) if name else ""
            rows.append(record(corner.conn, corner.author(), f"equipment.{kind}", "equipment", piece, body))
    return rows


@some
@given(facts, st.randoms(use_true_random=False))
def test_any_order_of_the_same_facts_gives_the_same_list(new_corner, told, chance):
    corner = new_corner()
    corner.book("Binta", "Łukasz")
    logged(corner, told)
    before = pieces_of(corner.conn, "charleroi")
    rows = corner.ask("select * from loan")
    chance.shuffle(rows)
    corner.conn.execute("delete from loan")
    for row in rows:
        corner.conn.execute(f"insert into loan values ({', '.join('?' * len(row))})", row)
    assert pieces_of(corner.conn, "charleroi") == before
    corner.conn.close()


@some
@given(facts)
def test_nothing_is_out_and_in_at_once_and_the_last_fact_counts(new_corner, told):
    corner = new_corner()
    corner.book("Binta", "Łukasz")
    rows = logged(corner, told)
    pieces = pieces_of(corner.conn, "charleroi")
    assert [piece.id for piece in pieces] == ["e1", "e2", "e3"]
    in_order = sorted(zip(rows, told, strict=True), key=lambda pair: (pair[1][3], pair[0].id))
    last = {piece: kind for _, (piece, kind, *_) in in_order}
    assert {piece.id for piece in pieces if piece.loan} == {p for p, kind in last.items() if kind == "lent"}
    assert everything_out(corner.conn, "charleroi") == tuple(p.loan for p in pieces if p.loan)
    corner.conn.close()


hands = st.lists(
    st.tuples(
        st.sampled_from(["lend", "return", "retire", "add", "all"]),
        st.integers(0, 3),
        st.sampled_from(["Binta", "Zoé", "Kofi", None]),
        st.integers(-30, 30),
    ),
    max_size=12,
)
"""What hands do: the deed, which piece, who, and minutes after nine; the clock may go back."""


@some
@given(hands)
def test_after_any_deeds_a_rebuild_gives_the_same_and_the_log_is_whole(new_corner, deeds):
    corner = new_corner()
    half_day = corner.book("Binta", "Zoé")
    given_pieces(corner, "tablet", "camera")
    for deed, number, name, minutes in deeds:
        when = corner.at("09:00") + timedelta(minutes=minutes)
        known = [piece_id for (piece_id,) in corner.ask("select id from equipment order by id")]
        piece = known[number % len(known)]
        was_out = {loan.equipment_id for loan in everything_out(corner.conn, "charleroi")}
        person = corner.person(name) if name else ""
        match deed:
            case "lend":
                answer = asks(corner, "facilitator", Lend(piece, person, half_day), when)
                assert (answer.refused is None) == (answer.piece.loan is not None and piece not in was_out)
            case "return":
                answer = asks(corner, "facilitator", Return(piece), when)
                assert (answer.refused is None) == (piece in was_out)
                assert answer.piece.loan is None
            case "retire":
                answer = asks(corner, "technician", RetireEquipment(piece), when)
                assert (answer.refused is Refused.OUT) == (piece in was_out)
            case "add":
                asks(corner, "technician", AddEquipment(EQUIPMENT_KINDS[number]), when)
            case "all":
                assert {p.id for p in asks(corner, "facilitator", ReturnAll(half_day), when)} == was_out
                assert open_loans(corner.conn, half_day) == ()
    before, seen = corner.projections(), pieces_of(corner.conn, "charleroi")
    with corner.transaction():
        rebuild(corner.conn)
    assert (corner.projections(), pieces_of(corner.conn, "charleroi")) == (before, seen)
    assert corner.flaws() == []
    corner.conn.close()


def test_a_piece_goes_out_to_somebody_and_comes_back(corner, half_day, tablets):
    answer = lend(corner, tablets[0], "Binta", half_day, "09:12")
    assert (answer.piece.loan.person, answer.piece.loan.since) == ("Binta O.", corner.at("09:12"))
    assert shelf(corner) == ["Tablette 1: Binta O.", "Tablette 2: in"]
    assert asks(corner, "facilitator", Return(tablets[0]), "11:50").piece.loan is None
    assert shelf(corner) == ["Tablette 1: in", "Tablette 2: in"]


def test_the_group_may_have_a_piece(corner, half_day):
    (television,) = given_pieces(corner, "television")
    assert lend(corner, television, None, half_day).refused is None
    assert shelf(corner) == ["Télévision 1: group"]


def test_what_is_out_is_not_lent_and_the_answer_says_who_has_it(corner, half_day, tablets):
    lend(corner, tablets[0], "Binta", half_day)
    answer = lend(corner, tablets[0], "Zoé", half_day, "09:30")
    assert (answer.refused, answer.piece.loan.person) == (Refused.OUT, "Binta O.")
    assert shelf(corner)[0] == "Tablette 1: Binta O."


def test_a_piece_goes_only_to_somebody_of_the_list(corner, half_day, tablets):
    corner.book("Kofi", start="13:00")
    assert lend(corner, tablets[0], "Kofi", half_day).refused is Refused.GONE
    assert lend(corner, "e" * 32, "Binta", half_day).refused is Refused.GONE
    assert "equipment.lent" not in corner.log()


def test_a_piece_of_another_corner_is_not_here(corner, half_day):
    with corner.transaction():
        values = {"corner_id": "mons", "kind": "tablet", "name": "Tablette 1"}
        set_fields(corner.conn, corner.author(), "equipment", "m1", values, new=True)
    assert shelf(corner) == []
    for request in (Lend("m1", "", half_day), Return("m1")):
        assert asks(corner, "facilitator", request, "09:00").refused is Refused.GONE
    assert asks(corner, "technician", RetireEquipment("m1"), "09:00").refused is Refused.GONE


def test_what_is_in_cannot_come_back(corner, half_day, tablets):
    assert asks(corner, "facilitator", Return(tablets[0]), "09:00").refused is Refused.NOT_OUT
    assert "equipment.returned" not in corner.log()


def test_a_clock_that_goes_back_turns_nothing_round(corner, half_day, tablets):
    """A return that the clock puts before the loan is still a return."""
    lend(corner, tablets[0], "Binta", half_day, "10:00")
    assert asks(corner, "facilitator", Return(tablets[0]), "09:00").piece.loan is None
    assert lend(corner, tablets[0], "Zoé", half_day, "09:00").piece.loan.person == "Zoé D."


def test_lent_apart_on_two_kiosks_both_facts_stay_and_the_later_one_is_shown_as_odd(corner, half_day):
    (tablet,) = given_pieces(corner, "tablet")
    lend(corner, tablet, "Binta", half_day, "09:00")
    with corner.transaction():
        body = {
            "participant": corner.person("Zoé"),
            "half_day": half_day,
            "at": "2022-11-03T08:05:00.000000Z",
        }
        record(corner.conn, corner.author(), "equipment.lent", "equipment", tablet, body)
    (loan,) = everything_out(corner.conn, "charleroi")
    assert (loan.person, loan.twice) == ("Zoé D.", True)
    assert corner.log().count("equipment.lent") == 2
    asks(corner, "facilitator", Return(tablet), "10:00")
    lend(corner, tablet, "Binta", half_day, "10:30")
    assert [loan.twice for loan in everything_out(corner.conn, "charleroi")] == [False]


def test_a_walk_in_who_is_a_known_person_has_the_piece_as_that_person(corner, half_day, tablets):
    with corner.transaction():
        known = {"first_name": "Bin", "reference": "", "language": "fr", "merged_into": ""}
        set_fields(corner.conn, corner.author(), "participant", "w1", known, new=True, subject="w1")
        booking = {"participant_id": "w1", "half_day_id": half_day, "source": "walk_in", "status": "booked"}
        set_fields(corner.conn, corner.author(), "booking", "wb", booking, new=True, subject="w1")
    asks(corner, "facilitator", Lend(tablets[0], "w1", half_day), "09:00")
    assert shelf(corner)[0] == "Tablette 1: Bin"
    with corner.transaction():
        merged = {"merged_into": corner.person("Binta")}
        set_fields(corner.conn, corner.author(), "participant", "w1", merged, new=False, subject="w1")
    (loan,) = open_loans(corner.conn, half_day)
    assert (loan.person, loan.person_id) == ("Binta O.", corner.person("Binta"))


def test_at_closing_only_what_this_half_day_has_taken_is_asked_for(corner, half_day, tablets):
    afternoon = corner.book("Kofi", start="13:00")
    lend(corner, tablets[0], "Binta", half_day)
    lend(corner, tablets[1], "Kofi", afternoon, "12:30")
    assert [loan.equipment for loan in open_loans(corner.conn, half_day)] == ["Tablette 1"]
    assert [loan.equipment for loan in everything_out(corner.conn, "charleroi")] == [
        "Tablette 1",
        "Tablette 2",
    ]
    asks(corner, "facilitator", ReturnAll(half_day), "13:00")
    assert open_loans(corner.conn, half_day) == ()
    assert [loan.person for loan in open_loans(corner.conn, afternoon)] == ["Kofi A."]
    assert open_loans(corner.conn, "h" * 32) == ()


def test_nothing_is_lent_without_a_half_day_at_whose_closing_it_is_asked_for(corner, half_day, tablets):
    assert asks(corner, "facilitator", Lend(tablets[0], "", ""), "09:00").refused is Refused.GONE
    assert everything_out(corner.conn, "charleroi") == ()


@pytest.mark.parametrize("everything", [False, True])
def test_what_is_kept_of_a_person_says_that_they_gave_the_piece_back(corner, half_day, tablets, everything):
    """P-21."""
    lend(corner, tablets[0], "Binta", half_day)
    back = ReturnAll(half_day) if everything else Return(tablets[0])
    asks(corner, "facilitator", back, "10:00")
    binta = corner.person("Binta")
    kept = person_file(corner.conn, binta, corner.desk.policy, corner.at("11:00"), notes=False)
    told = [(one["equipment"], one["kind"]) for one in kept.tables["loans"]]
    assert told == [("Tablette 1", "lent"), ("Tablette 1", "returned")]


def test_a_new_piece_has_the_number_after_the_last_that_ever_was(corner):
    _, second = given_pieces(corner, "tablet", "tablet")
    asks(corner, "technician", RetireEquipment(second), "09:00")
    given_pieces(corner, "tablet", "camera")
    assert shelf(corner) == ["Tablette 1: in", "Tablette 3: in", "Caméra 1: in"]
    given_pieces(corner, *["tablet"] * 8)
    assert [piece.name for piece in pieces_of(corner.conn, "charleroi")][-3:] == [
        "Tablette 10", "Tablette 11", "Caméra 1",
    ]  # fmt: skip


def test_what_is_out_cannot_be_retired_and_what_is_retired_not_lent(corner, half_day, tablets):
    lend(corner, tablets[0], "Binta", half_day)
    refused = asks(corner, "technician", RetireEquipment(tablets[0]), "09:30")
    assert (refused.refused, refused.piece.loan.person) == (Refused.OUT, "")
    assert asks(corner, "staff", RetireEquipment(tablets[0]), "09:30").piece.loan.person == "Binta O."
    asks(corner, "facilitator", Return(tablets[0]), "09:40")
    assert asks(corner, "technician", RetireEquipment(tablets[0]), "09:45").refused is None
    assert lend(corner, tablets[0], "Binta", half_day, "09:50").refused is Refused.RETIRED
    assert asks(corner, "staff", RetireEquipment(tablets[0]), "09:55").refused is Refused.RETIRED
    assert shelf(corner) == ["Tablette 2: in"]


def test_who_is_there_is_first_among_those_to_whom_a_piece_can_go(corner, half_day, tablets):
    corner.arrive("Zoé", "08:25")
    seen = asks(corner, "facilitator", SeeEquipment(half_day), "09:00")
    assert [(one.name, one.present) for one in seen.borrowers] == [
        ("Zoé D.", True), ("Binta O.", False), ("Łukasz W.", False),
    ]  # fmt: skip


def test_whoever_looks_after_devices_sees_no_names(corner, half_day, tablets):
    """P-23: a technician sees that a piece is out and since when, not with whom."""
    lend(corner, tablets[0], "Binta", half_day)
    seen = asks(corner, "technician", SeeEquipment(half_day), "09:30")
    assert "Binta" not in repr(seen)
    assert corner.person("Binta") not in repr(seen)
    assert [bool(piece.loan) for piece in seen.pieces] == [True, False]
    assert (seen.may_lend, seen.may_keep, seen.borrowers) == (False, True, ())
    assert asks(corner, "facilitator", SeeEquipment(half_day), "09:30").pieces[0].loan.person == "Binta O."


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_the_table_says_and_no_more(corner, half_day, tablets, role):
    """P-19."""
    for request in (
        SeeEquipment(), Lend(tablets[0], "", half_day), Return(tablets[0]), ReturnAll(half_day),
        AddEquipment("camera"), RetireEquipment(tablets[1]),
    ):  # fmt: skip
        if rights.may(role, request.action):
            asks(corner, role, request, "09:00")
        else:
            with pytest.raises(NotAllowed):
                asks(corner, role, request, "09:00")


def test_a_piece_is_lent_only_for_a_half_day_in_reach(corner, tablets):
    """P-20."""
    far = corner.book("Binta", start="2022-11-07 08:30")
    with pytest.raises(NotAllowed):
        lend(corner, tablets[0], "Binta", far)
