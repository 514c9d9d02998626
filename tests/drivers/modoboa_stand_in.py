"""A web server that answers what a test tells it, in Modoboa's place."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "0123456789abcdef0123456789abcdef01234567"


@dataclass(slots=True)
class Said:
    """An answer: its status, its body, more headers; `before` is called before it is given."""

    status: int
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    before: Callable[[], object] = lambda: None
    hangs_up: bool = False
    """Whether the connection ends after it, without a word."""


@dataclass(slots=True)
class StandIn:
    """What it was asked, and what it answers, in turn; the last answer is repeated."""

    answers: list[Said]
    port: int = 0
    asked: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)

    def next(self) -> Said:
        """The next answer."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def standing_in(*answers: Said, context: ssl.SSLContext | None = None) -> Iterator[StandIn]:
    """A server on a port of its own."""
    stand_in = StandIn(list(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            stand_in.asked.append(
                (self.command, self.path, dict(self.headers), json.loads(body) if body else None)
            )
            said = stand_in.next()
            said.before()
            text = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", said.kind)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
            self.close_connection = said.hangs_up

        do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 - so the library calls them

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """A client that goes away is no matter here."""

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    stand_in.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
