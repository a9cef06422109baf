"""The line to a hub on another machine: whoever answers proves who it is, or hears nothing of a kiosk.

The servers of wheels are built without TLS: these tests want that of the system.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import postgres
import psycopg
import pytest
from authority import Authority, Pair
from hubs import assert_all_is_there, trouble_of, with_hub

from bench.road import Road
from kiosk.sync.enrolment import keep_certificate
from kiosk.sync.trouble import HubProblem, HubTrouble

PORT = 5432
_ASK_FOR_TLS = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"

pytestmark = pytest.mark.skipif(
    postgres.of_the_system() is None, reason="a PostgreSQL with TLS: install that of the system"
)


@dataclass(frozen=True, slots=True)
class Guard:
    """The certificate of a server, and who vouches for it."""

    server: postgres.Server
    host: str
    other: str
    """Another address of the same server, which its certificate does not name."""
    own: Authority
    foreign: Authority
    shown: Pair
    """The files of the certificate that the server shows."""

    def show(self, pair: Pair) -> None:
        """Show this certificate from now on."""
        shutil.copyfile(pair.certificate, self.shown.certificate)
        shutil.copyfile(pair.key, self.shown.key)
        self.set("on")

    def set(self, tls: str) -> None:
        """With TLS, or without; returns when the server does as it was told."""
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as admin:
            admin.execute(f"alter system set ssl = {tls}")
            admin.execute("select pg_reload_conf()")
        wanted = ssl.PEM_cert_to_DER_cert(self.shown.certificate.read_text()) if tls == "on" else None
        while self._seen() != wanted:
            pass

    def _seen(self) -> bytes | None:
        """The certificate that the server shows now; ``None`` where it speaks without TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection((self.host, PORT)) as line:
            line.sendall(_ASK_FOR_TLS)
            if line.recv(1) != b"S":
                return None
            with context.wrap_socket(line) as guarded:
                return guarded.getpeercert(binary_form=True)


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    """A server with TLS, on addresses of its own: a kiosk takes it for another machine."""
    chance = os.urandom(2)
    host, other = (f"127.{last}.{chance[0]}.{chance[1]}" for last in (2, 3))
    folder = Path(tempfile.mkdtemp(prefix="tls-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        own, foreign = Authority(folder, "own"), Authority(folder, "foreign")
        shown = Pair(folder / "shown.crt", folder / "shown.key")
        right = own.certify(host)
        shutil.copy(right.certificate, shown.certificate)
        shutil.copy(right.key, shown.key)
        if os.getuid() == 0:
            shutil.chown(shown.key, postgres.NOBODY)
        with with_hub(
            f"listen_addresses = '{host},{other}'",
            "ssl = on",
            f"ssl_cert_file = '{shown.certificate}'",
            f"ssl_key_file = '{shown.key}'",
            binaries=postgres.of_the_system(),
        ) as server:
            yield Guard(server, host, other, own, foreign, shown)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(guard: Guard) -> postgres.Server:
    """The server of this file."""
    return guard.server


@pytest.fixture
def tablet(guard: Guard, stations) -> Iterator:
    """A kiosk that reaches the hub over a network, with something to send."""
    one = stations()
    move(one, guard, guard.host)
    one.note(3)
    yield one
    guard.show(guard.own.certify(guard.host))


def move(station, guard: Guard, host: str, port: int = PORT) -> None:
    """Let a kiosk look for its hub at an address."""
    ca = guard.own.certificate.read_text()
    station.enrolment = replace(station.enrolment, host=host, port=port, ca=ca)
    keep_certificate(station.home, station.enrolment)


def test_the_right_certificate(tablet, address):
    tablet.sync()
    assert_all_is_there(tablet, address)


def test_a_certificate_that_another_authority_has_signed(guard, tablet, address):
    guard.show(guard.foreign.certify(guard.host))
    assert trouble_of(tablet) == HubProblem.TLS
    guard.show(guard.own.certify(guard.host))
    tablet.sync()
    assert_all_is_there(tablet, address)


def test_a_certificate_of_another_host(guard, tablet, address):
    guard.show(guard.own.certify("elsewhere.example"))
    assert trouble_of(tablet) == HubProblem.TLS
    guard.show(guard.own.certify(guard.host))
    tablet.sync()
    assert_all_is_there(tablet, address)


def test_a_hub_at_another_name_than_its_certificates(guard, tablet, address):
    move(tablet, guard, guard.other)
    assert trouble_of(tablet) == HubProblem.TLS
    move(tablet, guard, guard.host)
    tablet.sync()
    assert_all_is_there(tablet, address)


def test_a_certificate_that_has_run_out(guard, tablet, address):
    guard.show(guard.own.certify(guard.host, days=-1))
    assert trouble_of(tablet) == HubProblem.TLS
    guard.show(guard.own.certify(guard.host))
    tablet.sync()
    assert_all_is_there(tablet, address)


def test_a_hub_that_speaks_without_tls(guard, tablet, address):
    guard.set("off")
    assert trouble_of(tablet) == HubProblem.TLS
    guard.set("on")
    tablet.sync()
    assert_all_is_there(tablet, address)


@pytest.mark.parametrize("answered", [0, 600, 5000])
def test_a_line_that_is_cut_says_nothing_of_a_certificate(guard, tablet, address, answered):
    """In the middle of the greeting, or of an answer: the hub is away, and nobody is to be called for it."""
    tablet.note(100)
    with Road((guard.host, PORT), guard.host) as road:
        move(tablet, guard, guard.host, road.port)
        road.cut_after(answered)
        assert trouble_of(tablet) == HubProblem.AWAY
        tablet.sync()
    assert_all_is_there(tablet, address)


def test_a_line_that_is_cut_in_the_middle_of_a_round(guard, tablet, address):
    tablet.note(100)
    with Road((guard.host, PORT), guard.host) as road:
        move(tablet, guard, guard.host, road.port)
        hub = tablet.connect()
        road.cut()
        with pytest.raises(HubTrouble) as caught:
            tablet.joined.round(hub, tablet.now)
        hub.close()
        assert caught.value.problem == HubProblem.AWAY
        tablet.sync()
    assert_all_is_there(tablet, address)
