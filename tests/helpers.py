"""mailctl as a test types it: a store, a command line, and what came back."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import mailctl
from mailctl.__main__ import main

# What would change an answer from one machine to the next, or from a person's shell.
FOREIGN_VARIABLES = ("FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SUDO_USER", "GITHUB_ACTIONS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one command left behind: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    def jsonl(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def error(self) -> dict[str, Any]:
        """The error that the last line of standard error gives in JSON."""
        error: dict[str, Any] = json.loads(self.err.splitlines()[-1])["error"]
        return error


class _KeptBytes(io.BytesIO):
    """Bytes that can still be read after the program has closed its stream."""

    def close(self) -> None:
        """Keep what was written."""


def differences(store: Path) -> dict[str, str | None]:
    """What a command in a pipe has otherwise than this process; None where it has nothing."""
    left_out = [
        name for name in os.environ if name.startswith("MAILCTL_") or name in FOREIGN_VARIABLES
    ]
    own = {"MAILCTL_STORE": str(store), "NO_COLOR": "1", "COLUMNS": "120"}
    return {**dict.fromkeys(left_out), **own}


def environment(store: Path) -> dict[str, str]:
    """The environment of a command in a pipe: this process's, less what colours or redirects it."""
    whole = {**os.environ, **differences(store)}
    return {name: value for name, value in whole.items() if value is not None}


@contextmanager
def _variables(store: Path) -> Iterator[None]:
    """Have this process's environment be that of a command: all of it anew takes milliseconds."""
    wanted = differences(store)
    before = {name: os.environ.get(name) for name in wanted}
    _set(wanted)
    try:
        yield
    finally:
        _set(before)


def _set(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _text(raw: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)


@contextmanager
def _terminal_less(stdin: str) -> Iterator[tuple[_KeptBytes, _KeptBytes]]:
    """Standard streams that are no terminal; yields what is written to the last two."""
    out, err = _KeptBytes(), _KeptBytes()
    with (
        patch.object(sys, "stdin", _text(io.BytesIO(stdin.encode()))),
        patch.object(sys, "stdout", _text(out)),
        patch.object(sys, "stderr", _text(err)),
    ):
        yield out, err


@dataclass(frozen=True, slots=True)
class Cli:
    """The command line on one store: `cli("account", "list", "-o", "json")`."""

    store: Path

    def __call__(self, *argv: str, stdin: str = "") -> Outcome:
        """Run a command in this process, without a terminal."""
        mask = os.umask(0o022)
        try:
            with (
                _variables(self.store),
                _terminal_less(stdin) as (out, err),
            ):
                status = main(list(argv))
        finally:
            os.umask(mask)
        return Outcome(status=status, out=out.getvalue().decode(), err=err.getvalue().decode())

    def ok(self, *argv: str, stdin: str = "") -> Any:
        """Run a command that must succeed; its answer, parsed from JSON."""
        outcome = self(*argv, "-o", "json", stdin=stdin)
        assert (outcome.status, argv, outcome.err if outcome.status else "") == (0, argv, "")
        return outcome.json()

    def process(self, *argv: str, stdin: str = "") -> Outcome:
        """Run a command as a process of its own, with this interpreter."""
        home = str(Path(mailctl.__file__).parent.parent)
        done = subprocess.run(
            [sys.executable, "-m", "mailctl", *argv],
            env=environment(self.store) | {"PYTHONPATH": home},
            input=stdin.encode(),
            capture_output=True,
            check=False,
        )
        return Outcome(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def contents(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a store, to see that nothing changed."""
    if not isinstance(store, Path):
        from tests import on_server

        return on_server.contents(store)
    if not store.exists():
        return {}
    base = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(base.execute(f'SELECT * FROM "{name}"'), key=repr) for (name,) in tables
        }
    finally:
        base.close()
