"""A terminal of 80 columns and 24 lines, without a pager: mailctl in this process, others in bash.

A line is a pipeline. Where all its parts are mailctl and plain programs, mailctl's parts run in
this process, which is what keeps these tests fast; a line that needs more of a shell (`;`, `$(…)`)
goes to bash whole.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, chdir
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from mailctl.__main__ import main
from tests.docs.pages import ROOT

# Where the machine has no jq, its engine from the test extra answers in its place.
JQ = """#!{python}
import sys, jq
arguments = sys.argv[1:]
flags = [word for word in arguments if word.startswith("-")]
(program,) = [word for word in arguments if not word.startswith("-")]
compiled = jq.compile(program)
text = sys.stdin.read()
found = compiled.input_text(text, slurp="-s" in flags)
for value in found:
    is_raw = "-r" in flags and isinstance(value, str)
    print(value if is_raw else jq.compile(".").input_value(value).text())
"""
CRONTAB = """#!/bin/sh
case "$1" in -l) [ ! -f "$HOME/crontab" ] || cat "$HOME/crontab" ;; -) cat > "$HOME/crontab" ;; esac
"""
# Where the machine has no sqlite3, Python's makes the copy.
SQLITE = """#!{python}
import sqlite3, sys
source, command = sys.argv[1:]
copy = sqlite3.connect(command.removeprefix(".backup "))
sqlite3.connect(source).backup(copy)
"""
ASKS_STATUS = '; echo "exit status $?"'
# Folders of the system that pages speak of; here they are below the page's own.
SYSTEM = ("/etc/mailctl", "/var/lib/mailctl", "/var/backups/mailctl", "/var/log/mailctl")
WIDTH = 80
STORE = "MAILCTL_STORE"
MAILCTL = re.compile(r"(?<![\w/.])mailctl ")
# What only a shell understands: lists, substitutions, background, input from a file.
NEEDS_SHELL = re.compile(r";|&|\$\(|`|<|\bfor\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a line left behind: its status, and what the reader saw of both streams.

    `rewrapped` where the folder's name was replaced by a shorter one after lines were broken.
    """

    status: int
    seen: str
    rewrapped: bool = False


class _Stream(io.TextIOWrapper):
    """A stream that may be a terminal."""

    def __init__(self, raw: io.BytesIO, *, is_terminal: bool) -> None:
        super().__init__(raw, encoding="utf-8", newline="", write_through=True)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


class _KeptBytes(io.BytesIO):
    """Bytes that can still be read after the program has closed its stream."""

    def close(self) -> None:
        """Keep what was written."""


class _Answers(io.StringIO):
    """What somebody types, seen on the screen as it is typed."""

    def __init__(self, answers: list[str], screen: io.BytesIO) -> None:
        super().__init__("".join(f"{answer}\n" for answer in answers))
        self._screen = screen

    def isatty(self) -> bool:
        return True

    def readline(self, size: int = -1, /) -> str:
        line = super().readline(size)
        self._screen.write(line.encode())
        return line


@dataclass(slots=True, kw_only=True)
class Shell:
    """A person's folder and variables; `server` is the store that takes the place of their file."""

    home: Path
    server: str = ""
    today: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    file: str = ""

    def __post_init__(self) -> None:
        programs = self.home / ".programs"
        if not programs.exists():
            programs.mkdir()
            _executable(
                programs / "mailctl",
                f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m mailctl "$@"\n',
            )
            _executable(programs / "crontab", CRONTAB)
            (programs / "litestream").symlink_to(Path(sys.executable).with_name("litestream"))
            for name, text in (("jq", JQ), ("sqlite3", SQLITE)):
                if shutil.which(name) is None:
                    _executable(programs / name, text.format(python=sys.executable))
            (self.home / "examples").symlink_to(ROOT / "examples")
            for place in SYSTEM:
                (self.home / place.lstrip("/")).mkdir(parents=True)
            password = self.home / "etc" / "mailctl" / "password"
            password.write_text("secret\n", encoding="utf-8")
            password.chmod(0o600)
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
        own = {
            "HOME": str(self.home),
            "PWD": str(self.home),
            "PATH": f"{programs}:{os.environ['PATH']}",
            "SUDO_USER": "you",
            "NO_COLOR": "1",
            "COLUMNS": str(WIDTH),
            "LINES": "24",
            "MAILCTL_PAGER": "cat",
        }
        self.variables = {**kept, **own, **self.variables}

    def type(self, line: str, answers: list[str] | None = None) -> Typed:
        """Run a line, as it is typed."""
        line = self._placed(line)
        if line.endswith(ASKS_STATUS):
            typed = self.type(line.removesuffix(ASKS_STATUS), answers)
            return Typed(status=0, seen=f"{typed.seen}exit status {typed.status}\n")
        if exported := re.fullmatch(r"export (\w+)=(\S+)", line):
            self.variables[exported[1]] = self._expanded(exported[2]).strip("\"'")
            if self.server and exported[1] == STORE:
                self.file, self.variables[STORE] = self.variables[STORE], self.server
            return Typed(status=0, seen="")
        with ExitStack() as around:
            around.enter_context(chdir(self.home))
            if self.today:
                around.enter_context(freeze_time(f"{self.today} 09:00:00"))
            parts = [line] if NEEDS_SHELL.search(_unquoted(line)) else list(_parts(line))
            typed = self._piped(parts, answers or [])
        seen = typed.seen.replace(self.server, self.file) if self.server else typed.seen
        for place in SYSTEM:
            seen = seen.replace(str(self.home) + place, place)
        seen = seen.replace(str(self.home), "/home/you")
        return Typed(status=typed.status, seen=seen, rewrapped=seen != typed.seen)

    def _placed(self, line: str) -> str:
        """The line with the system's folders below one's own."""
        for place in SYSTEM:
            line = re.sub(rf"(?<![\w./-]){place}\b", str(self.home) + place, line)
        return line

    def _expanded(self, text: str) -> str:
        return re.sub(r"\$(\w+)", lambda name: self.variables.get(name[1], ""), text)

    def _piped(self, parts: list[str], answers: list[str]) -> Typed:
        screen = _KeptBytes()
        flowing, status = b"", 0
        for place, part in enumerate(parts):
            is_last = place == len(parts) - 1
            if _is_mailctl(part):
                ended, out = self._mailctl(
                    part, flowing if place else None, screen, answers, is_last=is_last
                )
            else:
                assert not (self.today and MAILCTL.search(part)), f"not on this date: {part}"
                done = subprocess.run(
                    ["bash", "-euo", "pipefail", "-c", part],
                    env=self.variables,
                    input=flowing,
                    capture_output=True,
                    check=False,
                )
                screen.write(done.stderr)
                ended, out = done.returncode, done.stdout
                if is_last:
                    screen.write(out)
            status = ended or status
            flowing = out
        return Typed(status=status, seen=_lasting(screen.getvalue().decode()))

    def _mailctl(
        self,
        part: str,
        piped: bytes | None,
        screen: _KeptBytes,
        answers: list[str],
        *,
        is_last: bool,
    ) -> tuple[int, bytes]:
        part, target = _redirected(self._expanded(part))
        words = shlex.split(part)
        variables = dict(self.variables)
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            variables[name] = value
        on_screen = is_last and target is None
        out = screen if on_screen else _KeptBytes()
        stdin = (
            _Answers(answers, screen)
            if answers
            else io.TextIOWrapper(io.BytesIO(piped or b""), encoding="utf-8", newline="")
        )
        mask = os.umask(0o022)
        try:
            with (
                patch.dict(os.environ, variables, clear=True),
                patch.object(sys, "stdin", stdin),
                patch.object(sys, "stdout", _Stream(out, is_terminal=on_screen)),
                patch.object(sys, "stderr", _Stream(screen, is_terminal=True)),
            ):
                status = main(words[1:])
        finally:
            os.umask(mask)
        if target is not None:
            (self.home / target).write_bytes(out.getvalue())
        return status, b"" if on_screen or target is not None else out.getvalue()


def _executable(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _is_mailctl(part: str) -> bool:
    return re.match(r"(\w+=\S+ )*mailctl ", part) is not None and not NEEDS_SHELL.search(
        _unquoted(part)
    )


def _unquoted(line: str) -> str:
    """A line without what stands in quotes."""
    return re.sub(r"'[^']*'|\"[^\"$`]*\"", "''", line)


def _parts(line: str) -> Iterator[str]:
    """The programs of a pipeline; a bar in quotes separates none."""
    begun, quote = "", ""
    for char in line:
        if char == "|" and not quote:
            yield begun.strip()
            begun = ""
            continue
        if char in "'\"" and quote in ("", char):
            quote = "" if quote else char
        begun += char
    yield begun.strip()


def _redirected(part: str) -> tuple[str, str | None]:
    found = re.fullmatch(r"(.+?) > (\S+)", part)
    return (found[1], found[2]) if found else (part, None)


def _lasting(text: str) -> str:
    """What remains on a screen: a line that is written over, such as a progress, is gone."""
    return re.sub(r"(?:\r[^\r\n]*)+\r", "", text)
