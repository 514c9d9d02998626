"""How a driver that comes with mailctl speaks: requests are read, each is answered by its kind.

A driver gives its first line and a function for each kind; `serve` does the rest until its input
ends. What is printed meanwhile, by a library or a program that the driver runs, goes to standard
error, where it disturbs no answer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from mailctl.drivers.protocol import LONGEST_LINE, PROTOCOL, Hello, Verdict, line_of
from mailctl.values import Value

MOST_LISTED = 1000
_MOST_LISTED_BYTES = LONGEST_LINE // 10 * 9
_NOTHING: Mapping[str, object] = MappingProxyType({})


class Request(Value, unshown=("more",)):
    """What a driver is asked; `more` has every key of the line, as JSON gives it."""

    id: int
    kind: str
    mailbox: str
    address: str | None
    attempt: int
    dry_run: bool
    more: Mapping[str, object]

    def text(self, key: str) -> str:
        """The text of a key; RefusedError where there is none."""
        found = self.more.get(key)
        if not isinstance(found, str):
            raise RefusedError(f"the request has no {key}")
        return found


class Reply(Value):
    """What a driver answers; `more` are keys beside the usual ones."""

    verdict: Verdict
    changed: bool = False
    detail: str = ""
    more: Mapping[str, object] = _NOTHING


class RefusedError(Exception):
    """The request cannot be done until a person acts; its text says why."""


class LaterError(Exception):
    """The request cannot be done now; its text says why."""


Handler: TypeAlias = Callable[[Request], Reply]


def serve(hello: Hello, handlers: Mapping[str, Handler]) -> int:
    """Say who we are, then answer until the input ends; gives the exit status.

    `handlers` has one for `settings` and one for each kind that is offered. A handler may raise
    RefusedError and LaterError; any other error ends the driver, and is told on standard error.
    """
    with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb", 0) as answers:
        _turn_away_standard_streams()
        try:
            _write(answers.fileno(), _first_line(hello))
            # A line that the end of the input cut off was not asked.
            while (line := requests.readline(LONGEST_LINE + 1)).endswith(b"\n"):
                _write(answers.fileno(), _answered(line, handlers))
        except BrokenPipeError:
            return 0
    return 1 if len(line) > LONGEST_LINE else 0


def listed(mailboxes: Iterable[Mapping[str, object]]) -> Reply:
    """The answer to `list`: of mailboxes sorted by name as bytes as many as one answer may have.

    `mailboxes` begin after the one that was asked for.
    """
    found: list[Mapping[str, object]] = []
    size, has_more = 0, False
    for mailbox in mailboxes:
        size += len(line_of(mailbox)) + 1
        if len(found) == MOST_LISTED or (found and size > _MOST_LISTED_BYTES):
            has_more = True
            break
        found.append(mailbox)
    return Reply(verdict=Verdict.DONE, more={"mailboxes": found, "more": has_more})


def _answered(line: bytes, handlers: Mapping[str, Handler]) -> bytes:
    request = _request_of(line)
    try:
        reply = handlers.get(request.kind, _unknown)(request)
    except RefusedError as error:
        reply = Reply(verdict=Verdict.REFUSED, detail=str(error))
    except LaterError as error:
        reply = Reply(verdict=Verdict.LATER, detail=str(error))
    usual = {"id": request.id, "result": reply.verdict, "changed": reply.changed}
    return line_of({**usual, "detail": reply.detail, **reply.more})


def _unknown(request: Request) -> Reply:
    raise RefusedError(f"this driver does not know {request.kind!r}")


def _request_of(line: bytes) -> Request:
    """A request, read; what a key of another type says is as if it was not there."""
    found = json.loads(line)
    id, kind, mailbox = found["id"], found.get("kind"), found.get("mailbox")
    address, attempt = found.get("address"), found.get("attempt")
    return Request(
        id=id,
        kind=kind if isinstance(kind, str) else "",
        mailbox=mailbox if isinstance(mailbox, str) else "",
        address=address if isinstance(address, str) else None,
        attempt=attempt if type(attempt) is int else 1,
        # In doubt nothing is changed.
        dry_run=found.get("dry_run", False) is not False,
        more=found,
    )


def _first_line(hello: Hello) -> bytes:
    return line_of(
        {
            "protocol": PROTOCOL,
            "name": hello.name,
            "version": hello.version,
            "capabilities": sorted(hello.capabilities),
            "delivery_while_suspended": hello.delivery_while_suspended,
        }
    )


def _turn_away_standard_streams() -> None:
    """Let nothing else read requests or write among the answers."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)


def _write(number: int, line: bytes) -> None:
    left = memoryview(line)
    while left:
        left = left[os.write(number, left) :]
