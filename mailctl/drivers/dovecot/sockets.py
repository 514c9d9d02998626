"""Dovecot's own sockets: sessions are ended, mail is read and homes are removed by Dovecot itself.

Both are open to mailctl's user alone. At the first listens Dovecot's doveadm server, in its own
protocol (version 1.0, which 2.3 and 2.4 both speak); at the second the script of the printed
configuration, which removes homes. One connection serves a whole run.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

from mailctl.drivers.answering import LaterError, RefusedError

DOVEADM = "mailctl-doveadm"
HOMES = "mailctl-homes"
ANSWERS_IN_SECONDS = 50.0
"""Less than mailctl waits, unless it is set to wait less."""
_GREETING = b"VERSION\tdoveadm-server\t1\t0"
_SESSIONS_END_IN_SECONDS = 3.0
_AT_ONCE = 65536
_ESCAPED = {b"0": b"\0", b"1": b"\1", b"t": b"\t", b"r": b"\r", b"n": b"\n"}
_ESCAPE = re.compile(rb"\x01([01trn])")
_NOBODY = b"-NOTFOUND"


class Line:
    """A connection to one of the sockets; LaterError where Dovecot does not answer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket: socket.socket | None = None
        self._rest = b""

    def send(self, line: bytes) -> None:
        """Send a line; a connection that was lost since the last one is made again."""
        try:
            self._connected().sendall(line + b"\n")
        except OSError as error:
            raise self._lost(error) from None

    def line(self) -> bytes:
        """The next line, without its end."""
        while b"\n" not in self._rest:
            self._rest += self._part()
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def field(self) -> Iterator[bytes] | None:
        """The next field up to a tab, in pieces; None where the line ends instead."""
        while not self._rest:
            self._rest = self._part()
        if self._rest.startswith(b"\n"):
            self._rest = self._rest[1:]
            return None
        return self._pieces()

    def close(self) -> None:
        """End the connection; the next request makes another."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
        self._socket, self._rest = None, b""

    def greet(self) -> None:
        """What is said first on a new connection."""

    def _pieces(self) -> Iterator[bytes]:
        held = b""
        while True:
            piece, tab, rest = (held + self._rest).partition(b"\t")
            if tab:
                self._rest = rest
                yield _ESCAPE.sub(_unescaped, piece)
                return
            # An escaped byte may be cut in two.
            held = piece[-1:] if piece.endswith(b"\1") else b""
            if whole := piece[: len(piece) - len(held)]:
                yield _ESCAPE.sub(_unescaped, whole)
            self._rest = self._part()

    def _part(self) -> bytes:
        try:
            part = self._connected().recv(_AT_ONCE)
        except OSError as error:
            raise self._lost(error) from None
        if not part:
            raise self._lost(None)
        return part

    def _connected(self) -> socket.socket:
        if self._socket is None:
            found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            found.settimeout(ANSWERS_IN_SECONDS)
            try:
                found.connect(str(self._path))
            except OSError:
                found.close()
                raise
            self._socket, self._rest = found, b""
            self.greet()
        return self._socket

    def _lost(self, error: OSError | None) -> LaterError:
        self.close()
        why = (error.strerror or str(error)) if error else "it ended the connection; see its log"
        return LaterError(f"Dovecot does not answer at {self._path}: {why}")


class Doveadm(Line):
    """Dovecot's doveadm server."""

    def greet(self) -> None:
        """Say which version we speak; on a socket of mode 0600 no password is asked for."""
        self.send(_GREETING)
        if self.line() != b"+":
            self.close()
            raise LaterError(f"{self._path} asks for a password: its mode must be 0600")

    def ask(self, user: str, *words: str) -> None:
        """Have a command run, for a user's mail or for nobody's."""
        self.send("\t".join(("", user, *words)).encode())


class Sessions(Doveadm):
    """The sessions that are open; 2.4 tells how many it ended only after its verdict.

    So this connection is asked nothing else, and what it says is only searched for names.
    """

    def end(self, user: str) -> None:
        """End every open session of a user, and see that they have ended; LaterError."""
        until = monotonic() + _SESSIONS_END_IN_SECONDS
        while self.kick(user) and user.encode() in self.users(user):
            if monotonic() > until:
                raise LaterError(f"Dovecot did not end the sessions of {user}")
            sleep(0.005)

    def kick(self, user: str) -> bool:
        """Have a user's sessions end; whether there may have been some."""
        return self._said("kick", user) is not None

    def users(self, *masks: str) -> frozenset[bytes]:
        """Whoever has a session, as Dovecot calls them; other words that it says are among them."""
        return frozenset((self._said("who", *masks) or b"").split(b"\t"))

    def _said(self, command: str, *masks: str) -> bytes | None:
        self.ask("", command, *masks)
        said, verdict = self.line(), self.line()
        if verdict == _NOBODY:
            return None
        if verdict != b"+":
            raise LaterError(f"doveadm {command} failed: {verdict.decode('ascii', 'replace')}")
        return said


class Mail(Doveadm):
    """The mail of users."""

    def fields(self, user: str, *words: str) -> Iterator[Iterator[bytes]]:
        """What a command about a user's mail says, field by field; each is read before the next.

        LaterError where the command fails.
        """
        self.ask(user, *words)
        while (field := self.field()) is not None:
            yield field
        verdict = self.line()
        if verdict != b"+":
            raise LaterError(
                f"doveadm {words[0]} of {user} failed ({verdict[1:].decode('ascii', 'replace')}): "
                "Dovecot's log says why"
            )


class Homes(Line):
    """The script that removes homes, as the mail's user."""

    def remove(self, name: str) -> None:
        """Have a home gone for good; RefusedError, LaterError."""
        self.send(name.encode())
        said = self.line()
        if said.startswith(b"refused"):
            raise RefusedError(f"the home {name} may not be removed: {_words(said)}")
        if said != b"gone":
            raise LaterError(f"the home {name} could not be removed: {_words(said)}")


def _words(said: bytes) -> str:
    return said.partition(b" ")[2].decode("utf-8", "replace") or "Dovecot's log says why"


def _unescaped(found: re.Match[bytes]) -> bytes:
    return _ESCAPED[found[1]]
