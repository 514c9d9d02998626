"""IMAP and LMTP for the mail server of the good driver: as much of them as a trial speaks."""

from __future__ import annotations

import json
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import argon2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the server does; a test breaks one of them."""

    suspended_are_refused: bool = True
    sessions_end: bool = True
    suspended_get_mail: bool = True
    passwords_are_checked: bool = True
    unknown: int = 550


class MailServer:
    """What it reads and writes is the file of the driver."""

    def __init__(self, file: Path, rules: Rules) -> None:
        self.file = file
        self.rules = rules

    def boxes(self) -> dict[str, Any]:
        """Every mailbox."""
        found: dict[str, Any] = json.loads(self.file.read_text()) if self.file.exists() else {}
        return found

    def box(self, address: str) -> Any:
        """The mailbox of an address, if there is one."""
        return next((one for one in self.boxes().values() if one["address"] == address), None)

    def lets_in(self, address: str, password: str) -> bool:
        """Whether somebody can log in."""
        box = self.box(address)
        if box is None or (box["state"] == "suspended" and self.rules.suspended_are_refused):
            return False
        if not self.rules.passwords_are_checked:
            return True
        try:
            return bool(box["hash"]) and argon2.PasswordHasher().verify(box["hash"], password)
        except argon2.exceptions.VerifyMismatchError:
            return False

    def keeps_open(self, address: str) -> bool:
        """Whether an open session goes on."""
        box = self.box(address)
        return not self.rules.sessions_end or (box is not None and box["state"] == "active")

    def deliver(self, address: str, letter: str) -> int:
        """Accept a letter, or give the status of the refusal."""
        boxes = self.boxes()
        box = next((one for one in boxes.values() if one["address"] == address), None)
        if box is None or (box["state"] == "suspended" and not self.rules.suspended_get_mail):
            return self.rules.unknown
        box["mail"].append(letter)
        self.file.write_text(json.dumps(boxes))
        return 250


def imap(server: MailServer) -> type[socketserver.StreamRequestHandler]:
    """A handler of sessions."""

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("* OK ready")
            user = None
            for raw in self.rfile:
                tag, word, *rest = raw.decode().split()
                if user and not server.keeps_open(user):
                    self.say("* BYE closed")
                    return
                if word == "CAPABILITY":
                    self.say("* CAPABILITY IMAP4rev1")
                if word == "LOGIN":
                    user = rest[0] if server.lets_in(rest[0], rest[1].strip('"')) else None
                    if user is None:
                        self.say(f"{tag} NO refused")
                        continue
                if word in ("SELECT", "EXAMINE") and user:
                    box = server.box(user)
                    self.say(f"* {len(box['mail'])} EXISTS")
                self.say(f"{tag} OK done")

    return Handler


def lmtp(server: MailServer) -> type[socketserver.StreamRequestHandler]:
    """A handler of deliveries."""

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 ready")
            to = ""
            for raw in self.rfile:
                line = raw.decode().strip()
                if found := re.match(r"RCPT TO:<(.*)>", line, re.IGNORECASE):
                    to = found[1]
                    status = 250 if server.box(to) else server.rules.unknown
                    self.say(f"{status} recipient")
                elif line.upper() == "DATA":
                    self.say("354 go on")
                    letter = "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
                    self.say(f"{server.deliver(to, letter)} letter")
                else:
                    self.say("250 fine")

    return Handler


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def running(file: Path, rules: Rules) -> Iterator[tuple[str, str]]:
    """Both servers at work; where IMAP and LMTP listen."""
    server = MailServer(file, rules)
    with ExitStack() as stack:
        places = []
        for handler in (imap(server), lmtp(server)):
            listener = stack.enter_context(_Listener(("127.0.0.1", 0), handler))
            threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
            stack.callback(listener.shutdown)
            places.append(f"127.0.0.1:{listener.server_address[1]}")
        yield places[0], places[1]
