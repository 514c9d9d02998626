"""Stories of explanations: commands as they are typed, and the sentences that follow.

A line that begins with `$` is a command, ` <<< ` stands before its standard input (` | ` is a line
end there). After a line that begins with `?` stands what it explains: each sentence behind its date
or a dash, what is to come under `Next:`, and what helps under `Ways out:`.
"""

from __future__ import annotations

import os
from shlex import split
from unittest.mock import patch

from tests.helpers import Cli

Row = tuple[str, str, str]
SECTIONS = {"next": "Next:", "way-out": "Ways out:"}


def tell(cli: Cli, story: str) -> None:
    """Live a story as the person `root`, and compare every explanation with the sentences told."""
    lines = story.strip().splitlines()
    with patch.dict(os.environ, {"LOGNAME": "root"}):
        while lines:
            sign, _, command = lines.pop(0).partition(" ")
            if sign == "?":
                expected: list[str] = []
                while lines and lines[0][0] not in "$?":
                    expected.append(lines.pop(0))
                assert explained(cli, command) == rows(expected)
            else:
                words, _, given = command.partition(" <<< ")
                outcome = cli(*split(words), stdin=given.replace(" | ", "\n"))
                assert (outcome.status, command, outcome.err if outcome.status else "") == (
                    0,
                    command,
                    "",
                )


def explained(cli: Cli, command: str) -> list[Row]:
    """The sentences of an explanation as TSV: date, the section, text.

    Without what was asked of the mail server, which `test_explain_tasks` tells.
    """
    outcome = cli(*split(command), "-o", "tsv")
    assert outcome.status == 0
    head, *found = [line.split("\t") for line in outcome.out.splitlines()]
    assert head == ["on", "kind", "text"]
    return [
        (on or "-", SECTIONS.get(kind, ""), text)
        for on, kind, text in found
        if kind not in ("task", "mail-server")
    ]


def rows(lines: list[str]) -> list[Row]:
    """The sentences as a story writes them, broken into lines."""
    found: list[Row] = []
    section = ""
    for line in lines:
        if line in SECTIONS.values():
            section = line
        elif line.startswith(" "):
            on, coming, text = found[-1]
            found[-1] = (on, coming, f"{text} {line.strip()}")
        else:
            on, text = line.split(maxsplit=1)
            found.append((on, section, text))
    return found
