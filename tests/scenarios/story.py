"""Stories: terminal sessions in plain text, with what each command must answer.

    # A comment says what happens and how the figures come about.
    $ mailctl prepaid credit acme 10          a command, as it is typed
    balance_cents = 1000                      a key of its JSON answer and the value there
    lines.0.net_cents = 159                   a key further inside, items by their place
    accounts = 1 2 3                          a list, in one line
    $ mailctl account list                    rows under a command are the whole list `items`:
      id state  expires_on                    the keys,
      1  active 2026-02-28                    and a row for each item, none left out
    lines                                     a path alone: the rows under it are that list
      account net_cents
      1       159
    $ mailctl account renew - --mode none -y
    | account/1                               a line of its standard input
    $ mailctl account order p a@b.example -y
    refused customer-in-debt 1                the code and the exit status; nothing on stdout
    file orders.csv                           the `|` lines that follow are written to this file
    | address,period

No value is `null`. Every command runs with `-o json`, in one store and one folder a story.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers import Cli, Outcome


@dataclass(slots=True, kw_only=True)
class Step:
    """One command (or one file to write) of a story, and what is said about it."""

    number: int
    command: str
    stdin: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)


def steps_of(text: str) -> list[Step]:
    """The steps of a story; a line that belongs to no step is an error of the story."""
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(("$ mailctl ", "file ")):
            steps.append(Step(number=number, command=line))
        elif line.startswith("|"):
            steps[-1].stdin.append(line.removeprefix("|").removeprefix(" "))
        elif line.strip() and not line.lstrip().startswith("#"):
            steps[-1].expected.append(line)
    return steps


def rendered(value: Any) -> str:
    """A JSON value as stories write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(rendered(item) for item in value)
    return str(value)


def at(answer: Any, path: str) -> Any:
    """What stands at a dotted path of a JSON answer."""
    for part in path.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


def answered(outcome: Outcome, expected: list[str]) -> list[str]:
    """What the command answered, said in the form of the lines expected of it."""
    if any(line.startswith("refused ") for line in expected) or outcome.status:
        error = outcome.error() if outcome.status else {"code": "nothing"}
        said = [outcome.out] if outcome.out else []
        return [f"refused {error['code']} {outcome.status}", *said]
    answer, path, keys, left, said = outcome.json(), "items", list[str](), list[Any](), list[str]()
    for line in expected:
        if " = " in line:
            path, _, _ = line.partition(" = ")
            said.append(f"{path} = {rendered(at(answer, path))}")
        elif not line.startswith(" "):
            path, keys = line.strip(), []
            said.append(path)
        elif not keys:
            keys, left = line.split(), list(at(answer, path))
            said.append(" ".join(keys))
            said += [" ".join(rendered(at(item, key)) for key in keys) for item in left]
    return said


def normal(line: str) -> str:
    """An expected line with its columns closed up."""
    return " ".join(line.split()) if line.startswith(" ") else line.rstrip()


def play(path: Path, cli: Cli, folder: Path) -> None:
    """Run a story in a folder; fails at the first command that answers otherwise."""
    for step in steps_of(path.read_text(encoding="utf-8")):
        stdin = "".join(f"{line}\n" for line in step.stdin)
        if step.command.startswith("file "):
            (folder / step.command.removeprefix("file ")).write_text(stdin, encoding="utf-8")
            continue
        argv = shlex.split(step.command)[2:]
        outcome = cli(*argv, "-o", "json", stdin=stdin)
        where = f"{path.name}:{step.number}: {step.command}"
        wanted = [normal(line) for line in step.expected]
        assert answered(outcome, step.expected) == wanted, f"{where}\n{outcome.err}"
