"""A server behind a wire that is cut at a chosen statement: before it arrives, or its answer.

mailctl connects to a socket of the wire's own. Each message that ends a statement is counted: a
query, a synchronisation, the end of a COPY. At the chosen one the wire is cut once, or for good.
"""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from struct import unpack

from mailctl.store.engine.postgresql.server import Server, named

SOCKET = ".s.PGSQL.5432"
_ENDING = b"QSc"
_READY = b"Z"


@dataclass(slots=True)
class Wire:
    """What passes from mailctl to a server."""

    url: str
    """The server's, without a schema."""
    folder: Path
    cut_at: int = 0
    """The statement at which it is cut; 0 for never."""
    is_answer_cut: bool = False
    """Whether the server gets that statement, and carries it out."""
    for_good: bool = False
    """Whether nobody gets through from then on."""
    only: bytes = b""
    """Count only statements with this in them."""
    statements: int = 0
    is_cut: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def store(self, store: Server) -> Server:
        """A store of the server, through the wire."""
        behind = self.url.partition("host=")[2].partition("&")[0]
        return named(store.text.replace(behind.replace("/", "%2F"), str(self.folder)).replace(
            behind, str(self.folder)
        ))  # fmt: skip

    def passes(self, message: bytes) -> bool:
        """Count a message of mailctl's; whether the wire is whole."""
        if message[:1] not in _ENDING or self.only not in message:
            return True
        with self.lock:
            self.statements += 1
            if self.statements != self.cut_at:
                return True
            self.is_cut = True
            return False


@contextmanager
def wired(url: str) -> Iterator[Wire]:
    """A wire to the server of a URL."""
    behind = url.partition("host=")[2].partition("&")[0]
    with tempfile.TemporaryDirectory(prefix="mailctl-wire-") as folder:
        wire = Wire(url, Path(folder))
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(wire.folder / SOCKET))
            listener.listen()
            threading.Thread(target=_accept, args=(wire, listener, behind), daemon=True).start()
            yield wire


def _accept(wire: Wire, listener: socket.socket, behind: str) -> None:
    with suppress(OSError):
        while True:
            near, _ = listener.accept()
            if wire.is_cut and wire.for_good:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(f"{behind}/{SOCKET}")
            threading.Thread(target=_serve, args=(wire, near, far), daemon=True).start()


def _serve(wire: Wire, near: socket.socket, far: socket.socket) -> None:
    """Pass everything on until either side ends, or the wire is cut."""
    muted = threading.Event()
    answered = threading.Event()
    back = threading.Thread(target=_pass_back, args=(near, far, muted, answered), daemon=True)
    back.start()
    with suppress(OSError):
        for message in _messages(near):
            if wire.passes(message):
                far.sendall(message)
                continue
            if wire.is_answer_cut:
                muted.set()
                far.sendall(message)
                answered.wait(30)
            break
    for side in (near, far):
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
    back.join()
    near.close()
    far.close()


def _pass_back(
    near: socket.socket, far: socket.socket, muted: threading.Event, answered: threading.Event
) -> None:
    """Pass the server's messages on; what it says after the cut is heard by nobody."""
    with suppress(OSError):
        while data := far.recv(65_536):
            if not muted.is_set():
                near.sendall(data)
            elif _READY + b"\0\0\0\5" in data:
                break
    answered.set()
    with suppress(OSError):
        near.shutdown(socket.SHUT_RDWR)


def _messages(near: socket.socket) -> Iterator[bytes]:
    """The messages of a client: the first has no letter; one of its kind may follow (SSL)."""
    first = _exactly(near, 4)
    yield first + _exactly(near, unpack("!I", first)[0] - 4)
    while True:
        head = _exactly(near, 5)
        yield head + _exactly(near, unpack("!I", head[1:])[0] - 4)


def _exactly(near: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        data = near.recv(size - len(found))
        if not data:
            raise ConnectionError
        found += data
    return found
