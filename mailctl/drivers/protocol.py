"""The protocol `mailctl-driver/1`: what a driver says first, what it is asked, what it answers.

Both sides write JSON Lines. docs/drivers.md is the text for those who write a driver (rules 16).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum

from mailctl.domain.tasks import TaskKind
from mailctl.errors import DriverFailedError
from mailctl.values import Value

PROTOCOL = "mailctl-driver/1"
LONGEST_LINE = 1_000_000
"""So many bytes a line may have, its end included."""


class AskedFor(StrEnum):
    """What a driver is asked beside the kinds of tasks."""

    SETTINGS = "settings"
    STATE = "state"
    LIST = "list"


class MailboxState(StrEnum):
    """What a mailbox does on the mail server."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ABSENT = "absent"


class Verdict(StrEnum):
    """How a driver answers a request."""

    DONE = "done"
    ALREADY = "already"
    ABSENT = "absent"
    LATER = "later"
    REFUSED = "refused"


CAPABILITIES = frozenset((*map(str, TaskKind), AskedFor.STATE, AskedFor.LIST))


class Hello(Value):
    """A driver's first line: who it is, and what it can do."""

    name: str
    version: str
    capabilities: frozenset[str]
    delivery_while_suspended: bool


class Answer(Value):
    """What became of a request; `more` are the other keys: state, address, mailboxes, messages."""

    verdict: Verdict
    changed: bool
    detail: str
    more: Mapping[str, object]


def hello_of(line: bytes) -> Hello:
    """A driver's first line, read; DriverFailedError where it is none."""
    found = _object(line)
    if found.get("protocol") != PROTOCOL:
        raise _wrong(f"its first line does not say {PROTOCOL}", line)
    name, version = found.get("name"), found.get("version")
    if not (_is_word(name) and _is_word(version)):
        raise _wrong("its first line has no name and version", line)
    return Hello(
        name=str(name),
        version=str(version),
        capabilities=capabilities_of(found.get("capabilities"), line),
        delivery_while_suspended=found.get("delivery_while_suspended") is True,
    )


def capabilities_of(given: object, line: bytes) -> frozenset[str]:
    """The capabilities that mailctl knows; a newer driver may have others."""
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise _wrong("its capabilities are no list of words", line)
    return CAPABILITIES & frozenset(given)


def answer_of(line: bytes, id: int) -> Answer:
    """The answer to the request of that id, read; DriverFailedError where it is none."""
    found = _object(line)
    given = found.get("id")
    if type(given) is not int or given != id:
        raise _wrong(f"it answered something else than request {id}", line)
    try:
        verdict = Verdict(str(found.get("result")))
    except ValueError:
        raise _wrong("its answer has no result that the protocol knows", line) from None
    changed, detail = found.get("changed", False), found.get("detail", "")
    if type(changed) is not bool or not isinstance(detail, str):
        raise _wrong("its answer has no changed and detail as the protocol wants them", line)
    usual = ("id", "result", "changed", "detail")
    return Answer(
        verdict=verdict,
        changed=changed,
        detail=shortened(detail),
        more={key: value for key, value in found.items() if key not in usual},
    )


def line_of(request: Mapping[str, object]) -> bytes:
    """A request as it is written."""
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def shortened(text: str, most: int = 200) -> str:
    """A driver's words in one line, without what could move a terminal's cursor."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _object(line: bytes) -> dict[str, object]:
    if not line.endswith(b"\n"):
        raise _wrong("its line does not end", line)
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise _wrong("it said something that is not JSON", line) from None
    if not isinstance(found, dict):
        raise _wrong("it said something that is no JSON object", line)
    return found


def _is_word(given: object) -> bool:
    return isinstance(given, str) and bool(given) and given == shortened(given, 64)


def _wrong(what: str, line: bytes) -> DriverFailedError:
    said = shortened(line.decode("utf-8", "replace"))
    return DriverFailedError(
        f"the driver failed: {what}" + (f": {said}" if said else ""), hint="mailctl driver check"
    )
