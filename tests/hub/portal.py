"""What a hotel's or a library's network answers in place of the hub: a login page, whatever one asks."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = b"<!doctype html><title>Wi-Fi</title><form action=/login><input name=code></form>"


class LoginPage(BaseHTTPRequestHandler):
    """Answers anything with the page, also what is no HTTP: as real ones do."""

    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Whatever the first bytes are."""
        self.raw_requestline = self.connection.recv(65536)
        self.request_version, self.requestline, self.command = "HTTP/1.1", "", "GET"
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: it is not ours."""


class _Portal(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever does not go on with it is not told of."""


@contextmanager
def portal(context: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a login page; behind TLS where a context is given."""
    server = _Portal(("127.0.0.1", 0), LoginPage)
    if context is not None:
        # The handshake belongs to the thread of its connection, or one caller would hold up all others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
