"""What can stand between a kiosk and its hub: one sentence for each, and nothing is lost."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from authority import Authority
from hubs import assert_all_is_there, feed, trouble_of
from portal import portal
from psycopg.conninfo import conninfo_to_dict
from small_disk import WAYS, full

from bench.road import Road
from kiosk.sync import hub_admin, hub_database, link
from kiosk.sync.hub_errors import guarded
from kiosk.sync.trouble import HubProblem, HubTrouble


@pytest.fixture
def road(server) -> Iterator[Road]:
    """A road to the hub that can be cut."""
    with Road(f"{server.folder}/.s.PGSQL.5432") as one:
        yield one


@pytest.fixture
def far(stations, road):
    """A kiosk that reaches its hub by the road."""
    one = stations()
    one.enrolment = replace(one.enrolment, host="127.0.0.1", port=road.port)
    return one


# ---- somebody else answers


@pytest.mark.parametrize("guarded", [False, True], ids=["http", "https"])
def test_a_login_page_in_place_of_the_hub(stations, address, tmp_path, guarded):
    """A captive portal: what it answers is no answer, and the next round goes to the hub again."""
    tablet = stations()
    context = None
    if guarded:
        pair = Authority(tmp_path, "wifi").certify("wifi.example")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair.certificate, pair.key)
    tablet.note(3)
    own = tablet.enrolment
    with portal(context) as port:
        tablet.enrolment = replace(own, host="127.0.0.1", port=port)
        # One that speaks TLS hangs up on what is none; nobody can tell it from a hub that is away.
        assert trouble_of(tablet) == (HubProblem.AWAY if guarded else HubProblem.NOT_OURS)
    tablet.enrolment = own
    tablet.sync()
    assert_all_is_there(tablet, address)


def test_nobody_answers(far, road, address):
    far.note(3)
    road.close()
    assert trouble_of(far) == HubProblem.AWAY
    road.open()
    far.sync()
    assert_all_is_there(far, address)


# ---- half an answer


@pytest.mark.parametrize("answered", [1, 3000, 20000])
def test_an_answer_that_is_cut_in_its_middle(far, road, address, answered):
    """Whether the hub had taken the page nobody knows: it is offered again, and taken once."""
    far.note(300)
    hub = far.connect()
    road.cut_after(answered)
    with pytest.raises(HubTrouble) as caught:
        far.joined.round(hub, far.now, page=100)
    hub.close()
    assert caught.value.problem == HubProblem.AWAY
    assert far.ask("select trouble from sync_state") == [("away",)]
    far.sync(page=100)
    assert_all_is_there(far, address)


def test_a_page_of_others_that_is_cut_in_its_middle(stations, far, road, address):
    """Nothing of it is here, and the cursor has not moved: the next round asks for the same page."""
    desk = stations("ordinateur")
    desk.note(300)
    desk.sync()
    far.sync(page=50)
    before = far.log()
    desk.note(300)
    desk.sync()
    hub = far.connect()
    road.cut_after(30_000)
    with pytest.raises(HubTrouble) as caught:
        far.joined.round(hub, far.now, page=400)
    hub.close()
    assert caught.value.problem == HubProblem.AWAY
    assert far.log().keys() == before.keys()
    far.sync()
    desk.sync()
    assert far.log() == desk.log()
    assert_all_is_there(far, address)


def test_everything_reaches_the_hub_twice_at_once(far, road, address):
    """A page that is sent again before its answer has come is numbered once, whichever was first."""
    far.note(200)
    with ThreadPoolExecutor(2) as both:
        hubs = [far.connect(), far.connect()]
        list(both.map(lambda hub: far.joined.round(hub, far.now, page=30), hubs))
        for hub in hubs:
            hub.close()
    assert_all_is_there(far, address)


@pytest.mark.parametrize("greeted", [False, True])
def test_an_answer_that_never_comes_is_waited_for_no_longer(far, road, address, monkeypatch, greeted):
    """The line stands, and nobody speaks: a round must not hang until somebody starts the kiosk anew."""
    far.note(3)
    hub = far.connect()
    hub.listen()
    monkeypatch.setattr(link, "ANSWER", 0.2)
    monkeypatch.setattr(link, "SILENCE", 0.1)
    listens = link.Hub._hear

    def in_silence(hub, channel: str) -> bool:
        road.silent = True
        return listens(hub, channel)

    if greeted:
        monkeypatch.setattr(link.Hub, "_hear", in_silence)
    road.silent = not greeted
    with pytest.raises(HubTrouble) as caught:
        far.joined.round(hub, far.now)
    hub.close()
    assert caught.value.problem == HubProblem.AWAY
    road.silent = False
    monkeypatch.undo()
    far.sync()
    assert_all_is_there(far, address)


def test_a_slow_road(far, road, address):
    road.delay = 0.01
    far.note(20)
    far.sync()
    assert_all_is_there(far, address)


# ---- the hub says no


def test_a_kiosk_that_is_revoked_keeps_what_it_has(stations, address):
    tablet = stations()
    ids = set(tablet.note(3))
    hub_admin.revoke(address, tablet.enrolment.node, at_once=True)
    assert trouble_of(tablet) == HubProblem.NO_ENTRY
    assert ids <= set(tablet.log())


def test_a_kiosk_that_is_revoked_at_once_in_the_middle_of_a_round(stations, address):
    """Its connection is gone at once, and it is told why when it comes again."""
    tablet = stations()
    ids = set(tablet.note(3))
    hub = tablet.connect()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=True)
    with pytest.raises(HubTrouble) as caught:
        tablet.joined.round(hub, tablet.now)
    hub.close()
    assert caught.value.problem == HubProblem.AWAY
    assert trouble_of(tablet) == HubProblem.NO_ENTRY
    assert ids <= set(tablet.log())


def test_too_many_at_once_is_no_reason_to_ask_for_another_enrolment(stations, address):
    tablet = stations()
    tablet.note(3)
    hubs = [tablet.connect() for _ in range(hub_admin.CONNECTIONS)]
    assert trouble_of(tablet) == HubProblem.AWAY
    for hub in hubs:
        hub.close()
    tablet.sync()
    assert_all_is_there(tablet, address)


@pytest.mark.parametrize("way", WAYS)
def test_the_disk_of_the_hub_is_full(server, stations, address, tmp_path, way):
    """A page is taken whole or not at all; when there is room again the same round goes through."""
    tablet = stations()
    tablet.sync()
    with full(server, address, way) as make_room:
        tablet.note(400)
        before = feed(address)
        assert trouble_of(tablet) == HubProblem.FULL
        assert feed(address) == before
        make_room()
        tablet.sync()
    assert_all_is_there(tablet, address)


# ---- the hub comes back from a backup


def test_a_hub_from_last_nights_backup(stations, server, address, tmp_path):
    """Dumped at night, lost by day, and put back: what was written since comes from the kiosks."""
    tablet, desk = stations("tablette"), stations("ordinateur")
    for one in (tablet, desk):
        one.note(30)
        one.sync()
    night = server.run("pg_dump", "-Fp", address)
    for one in (tablet, desk, tablet):
        one.note(30)
        one.sync()
    unsent = set(desk.note(5))
    name = conninfo_to_dict(address)["dbname"]
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"drop database {name} with (force)")
        assert trouble_of(tablet) == HubProblem.NO_HUB
        admin.execute(f"create database {name}")
    assert trouble_of(tablet) == HubProblem.NO_HUB
    dump = server.folder / f"{name}.sql"
    dump.write_text(night)
    server.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", address, "-f", str(dump))
    hub_database.begin_new_life(address)
    for one in (tablet, desk, tablet):
        one.sync()
    assert tablet.log() == desk.log()
    assert unsent <= set(tablet.log())
    assert tablet.state() == desk.state()
    assert_all_is_there(tablet, address)


# ---- a server that speaks another language


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("authentification par mot de passe échouée pour l'utilisateur « kiosk_1 »", HubProblem.NO_ENTRY),
        ("le rôle « kiosk_1 » n'est pas autorisé à se connecter", HubProblem.NO_ENTRY),
        ("le rôle « kiosk_1 » n'existe pas", HubProblem.NO_ENTRY),
        ("la base de données « hub » n'existe pas", HubProblem.NO_HUB),
        ("trop de connexions pour le rôle « kiosk_1 »", HubProblem.AWAY),
        ("Passwort-Authentifizierung für Benutzer »kiosk_1« fehlgeschlagen", HubProblem.NO_ENTRY),
        ("Rolle »kiosk_1« hat keine Berechtigung zum Einloggen", HubProblem.NO_ENTRY),
        ("Datenbank »hub« existiert nicht", HubProblem.NO_HUB),
        ("zu viele Verbindungen von Rolle »kiosk_1«", HubProblem.AWAY),
    ],
)
def test_what_is_said_before_a_line_is_open_is_understood_in_its_language(said, problem):
    """As PostgreSQL 15 says it: there is no number yet."""

    def fail():
        raise psycopg.OperationalError(f"connection failed: FATAL:  {said}")

    with pytest.raises(HubTrouble) as caught:
        guarded(fail)
    assert caught.value.problem == problem
