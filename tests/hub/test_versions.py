"""Kiosks of different versions at one hub: an older one keeps and passes on what it does not understand."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from kiosk.sync.trouble import HubProblem, HubTrouble
from models import event_rows
from models.connection import body_time
from models.hub import schema
from models.log import record
from models.projections import rebuild
from models.registers import set_fields
from models.words import Way

PERSON, HALF_DAY = "a" * 32, "b" * 32


def of_tomorrow(station) -> list[str]:
    """What a newer version writes: a kind, a field, a word and an entity that this one has never heard of."""
    at = body_time(station.now())
    body = {
        "participant": PERSON,
        "half_day": HALF_DAY,
        "at": at,
        "stored": at,
        "way": Way.CARD,
        "mood": "😀",
    }
    rows = [
        station.write(
            record, station.author, "attendance.rested", "half_day", HALF_DAY, body, subject=PERSON
        ),
        station.write(
            set_fields,
            station.author,
            "participant",
            PERSON,
            {"first_name": "Tenzin", "pronoun": "\u0000"},
            new=True,
        ),
        station.write(set_fields, station.author, "participant", PERSON, {"audience": "retired"}, new=False),
        station.write(set_fields, station.author, "bicycle", "c" * 32, {"colour": "green"}, new=True),
    ]
    return [row.id for row in rows]


def test_an_older_kiosk_keeps_what_it_does_not_understand_and_passes_it_on(stations, address):
    """The hub has lost everything, and the newer kiosk is gone: the older one brings it back."""
    newer, older = stations("nouvelle"), stations("ancienne")
    ids = of_tomorrow(newer)
    newer.sync()
    older.sync()
    assert set(ids) <= older.log().keys()
    assert older.ask("select first_name, audience from participant where id = ?", PERSON) == [
        ("Tenzin", "jobseeker")
    ]
    assert older.verify().flaws == ()
    with psycopg.connect(address) as admin:
        before = dict(admin.execute("select id, body from hub.change").fetchall())
        admin.execute("truncate hub.change")
        admin.execute("update hub.feed set head = 0")
        admin.execute("update hub.about set timeline = 'another'")
    older.sync()
    with psycopg.connect(address) as admin:
        after = dict(admin.execute("select id, body from hub.change").fetchall())
    assert {id_: after[id_] for id_ in ids} == {id_: before[id_] for id_ in ids}


def test_after_its_upgrade_it_reads_what_it_has_kept(stations, monkeypatch):
    newer, older = stations("nouvelle"), stations("ancienne")
    of_tomorrow(newer)
    newer.sync()
    older.sync()
    assert older.ask("select kind from attendance_event") == []
    left = event_rows._KEEPINGS["attendance.left"]
    as_left = replace(
        left, values=lambda entry, body: left.values(entry._replace(kind="attendance.left"), body)
    )
    monkeypatch.setitem(event_rows._KEEPINGS, "attendance.rested", as_left)
    older.write(rebuild)
    assert older.ask("select kind from attendance_event") == [("left",)]


def test_a_kiosk_that_is_too_old_for_the_hub_sends_and_receives_nothing(stations, address):
    newer, older = stations("nouvelle"), stations("ancienne")
    theirs = newer.note()
    newer.sync()
    mine = older.note()
    with psycopg.connect(address) as admin:
        admin.execute("update hub.about set min_schema = 99")
    with pytest.raises(HubTrouble) as refused:
        older.sync()
    assert refused.value.problem == HubProblem.TOO_OLD
    assert not set(theirs) & older.log().keys()
    with psycopg.connect(address) as admin:
        assert set(mine) <= {row[0] for row in admin.execute("select id from hub.change")}


def test_a_hub_may_say_more_than_a_kiosk_knows(stations):
    """What is added to an answer breaks no older kiosk."""
    station = stations()
    station.note()
    hub = station.connect()

    class Newer:
        def hello(self, said):
            return hub.hello(said | {"weather": "rain"})

        push, pull = hub.push, hub.pull

    assert station.cycle(Newer()).run().left.number == 0
    hub.close()


def test_a_body_that_this_version_cannot_read_is_kept_to_the_byte(stations):
    """Not even JSON: it is carried as text."""
    newer, older = stations("nouvelle"), stations("ancienne")
    from models.log import GENESIS, body_digest, link
    from models.sync.rows import SharedRow
    from models.sync.taking import take_in

    (sample,) = newer.ask(
        "select id, origin, seq, hlc, kind, entity, entity_id, subject, body, actor, schema_v, redacted,"
        " salt, digest, chain from change limit 1"
    )
    from models.log import Row

    text = "<not json>\n\ttabs, ‘quotes’, 😀"
    row = Row(*sample)._replace(
        id="d" * 32, origin="e" * 32, seq=1, kind="weather.seen", body=text,
        digest=body_digest(Row(*sample).salt, text), schema_v=9, redacted=0,
    )  # fmt: skip
    row = row._replace(chain=link(GENESIS, row))
    newer.write(take_in, [SharedRow(row)], newer.now())
    newer.sync()
    older.sync()
    assert older.ask("select body from change where id = ?", row.id) == [(text,)]
    assert older.verify().flaws == ()


def test_the_hub_s_last_steps_can_be_taken_back_and_done_again(address):
    """The newest leaves the functions as the version before had them; that one at least their names."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))

    def functions(connection) -> dict[str, str]:
        asked = "select oid::regprocedure::text, pg_get_functiondef(oid) from pg_proc"
        return dict(list(connection.execute(text(f"{asked} where pronamespace = 'hub'::regnamespace"))))

    with engine.begin() as connection:
        config.attributes["connection"] = connection
        newest = functions(connection)
        command.downgrade(config, "h0003")
        before = functions(connection)
        command.downgrade(config, "h0002")
        assert functions(connection).keys() == newest.keys() - {"hub.tell_all(text)", "hub.grow()"}
        command.upgrade(config, "h0003")
        assert functions(connection) == before
        command.upgrade(config, "head")
        assert functions(connection) == newest
    engine.dispose()
