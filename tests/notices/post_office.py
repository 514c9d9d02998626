"""A real mail server on this machine that misbehaves as it is told to."""

# ruff: noqa: N802, ARG002 - the names and arguments are those that aiosmtpd calls

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.helpers import Cli

DROP = "drop"
"""The connection ends without an answer."""
TAKE_AND_DROP = "take and drop"
"""The message is kept, and the connection ends without an answer."""
HANG = "hang"
"""No answer comes."""
TAKE_AND_HANG = "take and hang"
"""The message is kept, and no answer comes."""
USER, PASSWORD = "mailctl", "Correct-Horse-7"


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A message that the server has taken."""

    to: str
    message: EmailMessage
    raw: bytes

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass(kw_only=True)
class PostOffice:
    """`rcpt` and `data` are the answers to come, by recipient; then, and else, all is taken.

    `seconds` is how long it takes over each message.
    """

    port: int = 0
    rcpt: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    data: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    mail: list[str] = field(default_factory=list)
    taken: list[Delivered] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    connections: int = 0
    resets: int = 0
    names: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    peers: set[Any] = field(default_factory=set)
    seconds: float = 0
    hanging: threading.Event = field(default_factory=threading.Event)

    def ids(self) -> Counter[str]:
        """How often each message was taken."""
        return Counter(mail.message_id for mail in self.taken)

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.names.append(hostname)
        session.host_name = hostname
        self.encrypted.append(session.ssl is not None)
        return responses

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.mail.pop(0) if self.mail else "250 OK"
        if answer == DROP:
            server.transport.abort()
        elif answer.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.asked.append(address)
        answer = await self._answer(server, self.rcpt[address])
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (address,) = envelope.rcpt_tos
        await asyncio.sleep(self.seconds)
        if self.data[address][:1] in ([TAKE_AND_DROP], [TAKE_AND_HANG]):
            self._take(address, envelope.content)
        self.peers.add(session.peer)
        answer = await self._answer(server, self.data[address])
        if answer.startswith("2"):
            self._take(address, envelope.content)
        return answer

    async def handle_RSET(self, server: Any, session: Any, envelope: Any) -> str:
        self.resets += 1
        return "250 OK"

    async def _answer(self, server: Any, answers: list[str]) -> str:
        answer = answers.pop(0) if answers else "250 OK"
        if answer in (HANG, TAKE_AND_HANG):
            self.hanging.set()
            await asyncio.sleep(3600)
        if answer in (DROP, TAKE_AND_DROP):
            server.transport.abort()
        return answer

    def _take(self, address: str, raw: bytes) -> None:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(Delivered(to=address, message=message, raw=raw))

    def authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        login = (data.login.decode(), data.password.decode())
        self.logins.append(login)
        return AuthResult(success=login == (USER, PASSWORD), handled=False)


class _Counting(Controller):
    """A controller that counts who comes in."""

    def factory(self) -> Any:
        self.handler.connections += 1
        return super().factory()


@contextmanager
def open_office(**options: Any) -> Iterator[PostOffice]:
    """A server on a free port of this machine; options as aiosmtpd's."""
    office = PostOffice()
    with socket.create_server(("127.0.0.1", 0)) as found:
        office.port = found.getsockname()[1]
    controller = _Counting(
        office,
        hostname="127.0.0.1",
        port=office.port,
        server_hostname="post.example",
        authenticator=office.authenticate,
        **options,
    )
    controller.start()
    # Starting looks whether it answers.
    office.connections = 0
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def saying(greeting: bytes, *, drip: bytes = b"") -> Iterator[int]:
    """A port where each that connects is greeted so; then `drip` comes, twenty times a second."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        ended = threading.Event()

        def serve() -> None:
            kept: list[socket.socket] = []
            while not ended.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    for connection in kept:
                        with suppress(OSError):
                            connection.sendall(drip)
                    continue
                kept.append(connection)
                connection.sendall(greeting)
            for connection in kept:
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            ended.set()
            thread.join()


def configure(cli: Cli, port: int, **settings: str) -> None:
    """Let the store's mail go to that port of this machine."""
    chosen = {
        "mail_host": "127.0.0.1",
        "mail_port": str(port),
        "mail_tls": "none",
        "mail_from": "billing@host.example",
        "seller_name": "Mail & Co",
    }
    for name, value in (chosen | settings).items():
        cli.ok("settings", "set", name.replace("_", "-"), value)
