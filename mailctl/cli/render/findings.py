"""Findings on a terminal: those of one code together, or each with its sentence (rules 14)."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import indent
from typing import TYPE_CHECKING

from mailctl.cli.render.colors import Style, styled
from mailctl.cli.render.printed_commands import complete
from mailctl.cli.render.text import clean, width_of, wrapped
from mailctl.domain.advice_codes import GROUPS
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from mailctl.insight.advice.finding import Finding, Severity
    from mailctl.insight.advice.summary import Tally

HEADINGS = {"urgent": "Urgent", "warning": "Warnings", "info": "Worth knowing"}
INDENT = 2
WORD = len("warning") + 2
ADJECTIVES = {"urgent": "urgent", "warning": "pressing"}
STYLES = {"urgent": Style.BOLD_RED, "warning": Style.YELLOW, "info": Style.CYAN}
_LEADING = re.compile(r"\.[^.:]*:$|:$")
"""A last sentence such as "Once they are done:", which the command ends."""
LINES_BESIDE = 3
"""What the screen has besides the findings: the command typed, the last sentence, the prompt."""


def each(found: Sequence[Finding]) -> Iterator[str]:
    """Every finding by severity; each command is whole on a line of its own, to be copied."""
    wide = width_of(sys.stdout) - INDENT
    for position, (severity, group) in enumerate(groupby(found, lambda one: one.severity)):
        yield f"{chr(10) if position else ''}{HEADINGS[severity.value]}\n\n"
        for finding in group:
            text = wrapped(f"{finding.code}: {complete(finding.message)}", wide)
            yield indent(text, " " * INDENT) + f"{'':{2 * INDENT}}{_command(finding)}\n"


def by_code(tallies: Sequence[Tally], *, is_colored: bool) -> Iterator[str]:
    """The findings of one code together, with the commands of the most urgent ones.

    On a terminal there are as many commands as fit the screen: first one of each code.
    """
    room = _room() - sum(len(_head(tally, leads_on=True)) for tally in tallies)
    shown = _shares(tallies, room)
    heads = [_head(tally, leads_on=count > 0) for tally, count in zip(tallies, shown, strict=True)]
    before = None
    for tally, head, count in zip(tallies, heads, shown, strict=True):
        severity = tally.severity
        word = "" if severity is before else severity.value
        before = severity
        for line in head:
            yield f"{_styled(word, severity, is_colored=is_colored)}{line}\n"
            word = ""
        for finding in tally.first[:count]:
            yield f"{'':{WORD + INDENT}}{_command(finding)}\n"


def _command(finding: Finding) -> str:
    return clean(complete(finding.command))


def _head(tally: Tally, *, leads_on: bool) -> list[str]:
    """One finding's sentence, or what several are and when the first is due.

    Where no command follows, the words that lead to it are left out.
    """
    first = tally.first[0]
    if tally.findings == 1:
        text = complete(first.message if leads_on else _LEADING.sub(".", first.message))
    else:
        text = counted(tally.findings, *GROUPS[first.code])
        if tally.alike < tally.findings:
            text += f", {tally.alike:,} of them {ADJECTIVES[first.severity.value]}"
        text += f", the first on {first.due_on}" if first.due_on else ""
    return wrapped(f"{first.code}: {text}", width_of(sys.stdout) - WORD).splitlines()


def _styled(word: str, severity: Severity, *, is_colored: bool) -> str:
    padded = f"{word:{WORD}}"
    return styled(padded, STYLES[severity.value], is_colored=is_colored) if word else padded


def _room() -> int:
    if not sys.stdout.isatty():
        return sys.maxsize
    return shutil.get_terminal_size().lines - LINES_BESIDE


def _shares(tallies: Sequence[Tally], room: int) -> list[int]:
    """How many commands of each code are shown: the most urgent codes come first."""
    lines = [[_height(_command(finding)) for finding in tally.first] for tally in tallies]
    shown = [0] * len(tallies)
    order = sorted(
        (number, position)
        for position, tally in enumerate(tallies)
        for number in range(len(tally.first))
    )
    # The sentence of one finding leads to its command. Then what is urgent has all of its own.
    order.sort(key=lambda place: (not _is_needed(tallies, place), not _is_urgent(tallies, place)))
    for number, position in order:
        if shown[position] == number and lines[position][number] <= room:
            room -= lines[position][number]
            shown[position] += 1
    return shown


def _is_urgent(tallies: Sequence[Tally], place: tuple[int, int]) -> bool:
    return tallies[place[1]].severity.value == "urgent"


def _is_needed(tallies: Sequence[Tally], place: tuple[int, int]) -> bool:
    number, position = place
    return number == 0 and (tallies[position].findings == 1 or _is_urgent(tallies, place))


def _height(command: str) -> int:
    """How many lines of the terminal a command takes, which is never broken."""
    return -(-(WORD + INDENT + len(command)) // width_of(sys.stdout))
