"""The lines of a file of heads that were kept outside the store."""

from __future__ import annotations

import shlex

from mailctl.cli.input.input_files import LONGEST_SHOWN, STDIN, shown_name, text_of
from mailctl.domain.kept_heads import KeptHead
from mailctl.errors import UsageError
from mailctl.values import Value

_CUT_OFF = "if a crash cut it off: mailctl journal head --to {}, which writes it anew"
_WHOLE = "a line has a day, a transaction and its digest: mailctl journal head --to FILE"


class HeadLine(Value):
    """A head, and the number of its line."""

    line: int
    head: KeptHead


def heads_in(name: str) -> tuple[HeadLine, ...]:
    """The heads that a file keeps, a line each; blank lines are left out.

    UsageError for a line that is no head, or where there is none: what was emptied proves nothing.
    """
    found = []
    lines = text_of(name).split("\n")
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        head = KeptHead.of(line.strip())
        if head is None:
            shown = line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
            raise UsageError(
                f"line {at:,} of {shown_name(name)}, {shown!r}, is no head of a journal",
                hint=_CUT_OFF.format(shlex.quote(name))
                if at == len(lines) and name != STDIN
                else _WHOLE,
            )
        found.append(HeadLine(line=at, head=head))
    if not found:
        raise UsageError(
            f"{shown_name(name)} has no heads", hint="mailctl journal head --to FILE adds one"
        )
    return tuple(found)
