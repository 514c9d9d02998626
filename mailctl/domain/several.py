"""Several things in one command: all of them, or none, and the reason for each that is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from mailctl.domain.lifecycle import first_refusal, tried
from mailctl.domain.text import counted, listed
from mailctl.errors import MailctlError

Made = TypeVar("Made")
NAMED = 10
"""The most things, and the most reasons, that one refusal names."""
_MANY = {"entry": "entries"}


def all_or_none(noun: str, works: Iterable[tuple[object, Callable[[], Made]]]) -> list[Made]:
    """What every work makes, or one refusal that names each thing refused and says why.

    A work goes with the id or name of its thing. The refusal has the code of the one that comes
    first (CLI, Exit statuses); where only one is refused it is that one, as it is.
    """
    made = [(str(name), tried(work)) for name, work in works]
    refused = [(name, one) for name, one in made if isinstance(one, MailctlError)]
    first = first_refusal(one for _, one in refused)
    if first is not None:
        names = list(dict.fromkeys(name for name, _ in refused))
        if len(names) > 1:
            things = counted(len({name for name, _ in made}), noun, _MANY.get(noun))
            first.lines = _reasons(noun, refused)
            first.message = (
                f"{len(names):,} of {things} are refused, so nothing was done: {named(noun, names)}"
            )
            first.args = (first.message,)
        raise first
    return [one for _, one in made if not isinstance(one, MailctlError)]


def named(noun: str, names: Sequence[str]) -> str:
    """Things as a refusal lists them, the first few of many.

    Each number has its noun: figures alone, one after the other, may look like a card's number.
    """
    return listed([f"{noun} {name}" if name.isdigit() else name for name in names], most=NAMED)


def _reasons(noun: str, refused: Iterable[tuple[str, MailctlError]]) -> tuple[str, ...]:
    """Each reason once, in the words of the first thing that has it, with the others named."""
    by_reason: dict[str, dict[str, str]] = {}
    for name, error in refused:
        reason = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\0", error.message)
        by_reason.setdefault(reason, {}).setdefault(name, error.message)
    lines = [_line(noun, things) for things in by_reason.values()]
    more = len(lines) - NAMED
    return (*lines[:NAMED], *((f"and {counted(more, 'more reason')}",) if more > 0 else ()))


def _line(noun: str, things: dict[str, str]) -> str:
    names, message = list(things), next(iter(things.values()))
    return message + (f" (the same: {named(noun, names[1:])})" if names[1:] else "")
