"""A proxy between the driver and Modoboa: requests and answers are lost there as a test says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

Happening: TypeAlias = Callable[[str, str], object]
"""Called with method and path; if it raises, the connection ends there."""


class LostError(Exception):
    """Raised by a test: nothing more comes over this connection."""


def nothing(_method: str, _path: str) -> None:
    """Let it pass."""


class Proxy:
    """What happens before a request reaches Modoboa, and before its answer reaches the driver."""

    def __init__(self, url: str) -> None:
        self.to = url.removeprefix("http://")
        self.before: Happening = nothing
        self.after: Happening = nothing
        self.changes: list[tuple[str, str]] = []
        """Every request that changes something and reached Modoboa."""
        self.url = ""


@contextmanager
def proxied(url: str) -> Iterator[Proxy]:
    """A proxy before Modoboa."""
    proxy = Proxy(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            try:
                proxy.before(self.command, self.path)
                if self.command != "GET":
                    proxy.changes.append((self.command, self.path))
                with closing(HTTPConnection(proxy.to, timeout=60)) as connection:
                    connection.request(self.command, self.path, body or None, dict(self.headers))
                    with connection.getresponse() as response:
                        said = response.read()
                proxy.after(self.command, self.path)
            except LostError:
                self.close_connection = True
                return
            self.send_response(response.status)
            self.send_header("Content-Type", response.headers.get("Content-Type", "text/plain"))
            self.send_header("Content-Length", str(len(said)))
            if "Date" in response.headers:
                self.send_header("Date", response.headers["Date"])
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PATCH = do_PUT = pass_on  # noqa: N815 - so the library calls them

        def send_response(self, code: int, message: str | None = None) -> None:
            """Without a date of its own."""
            self.send_response_only(code, message)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """A driver that was killed is no matter here."""

    server = Server(("127.0.0.1", 0), Handler)
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
