"""What is longer than the screen goes through a pager: $MAILCTL_PAGER, $PAGER, else `less -FRX`.

Loaded on a terminal alone. What a command writes is kept back until it fills the screen; from then
on it goes through an unlinked file to the pager, so that a person who reads slowly keeps no store
open. What is said on stderr meanwhile comes after the pager ended.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from tempfile import TemporaryFile
from threading import Condition, Thread
from typing import TextIO

DEFAULT = "less -FRX"
PART = 65_536
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

Warn = Callable[[str], object]


def wanted(environment: Mapping[str, str]) -> str:
    """The pager's command line as it was chosen; empty for none."""
    if environment.get("TERM") == "dumb":
        return ""
    command = environment.get("MAILCTL_PAGER", environment.get("PAGER", DEFAULT)).strip()
    return "" if command == "cat" else command


@contextmanager
def paging(command: str, warn: Warn) -> Iterator[None]:
    """Show what is written on stdout through the pager, where it is longer than the screen."""
    if not command or isinstance(sys.stdout, PagedStream):
        yield
        return
    terminal = sys.stdout
    stream = PagedStream(terminal, command, warn)
    sys.stdout = stream
    try:
        yield
    except BrokenPipeError:
        # Who leaves the pager has seen enough: nothing went wrong.
        if not stream.has_quit:
            raise
    finally:
        sys.stdout = terminal
        stream.end()


class PagedStream:
    """Standard output that becomes a pager's input once it is longer than the screen."""

    encoding = "utf-8"

    def __init__(self, terminal: TextIO, command: str, warn: Warn) -> None:
        self._terminal = terminal
        self._command = command
        self._warn = warn
        size = get_terminal_size()
        self._width, self._room = max(size.columns, 1), size.lines - 1
        self._held: list[str] = []
        self._notes: list[str] = []
        self._pager: _Pager | None = None
        self._is_plain = False

    @property
    def has_quit(self) -> bool:
        """Whether the person left the pager before the end."""
        return self._pager is not None and self._pager.has_quit

    def isatty(self) -> bool:
        """It stands for a terminal."""
        return True

    def fileno(self) -> int:
        """The terminal's own."""
        return self._terminal.fileno()

    def flush(self) -> None:
        """Nothing to do: what is kept back is written at the end."""

    def write(self, text: str) -> int:
        """Keep text, or hand it on; BrokenPipeError once the pager was left."""
        if self._is_plain:
            return self._terminal.write(text)
        if self._pager:
            self._pager.add(text)
            return len(text)
        self._held.append(text)
        self._room -= self._lines_of(text)
        if self._room < 0:
            self._start()
        return len(text)

    def say_after(self, text: str) -> None:
        """A message on stderr that follows what was written, and comes after the pager."""
        if self._held or self._pager:
            self._notes.append(text)
        else:
            sys.stderr.write(text)

    def end(self) -> None:
        """Write what was kept back, or wait until the person left the pager; then the messages."""
        if self._pager:
            if failed := self._pager.wait():
                self._warn(
                    f"the pager {self._command} {failed}, perhaps before all was shown; choose "
                    "another by MAILCTL_PAGER, or none by --no-pager"
                )
        else:
            self._write_held()
        sys.stderr.write("".join(self._notes))

    def _lines_of(self, text: str) -> int:
        """How many lines of the screen a text takes."""
        ends = text.count("\n")
        if len(text) > self._width:
            for line in text.split("\n"):
                if len(line) > self._width:
                    ends += max(len(_COLOUR.sub("", line)) - 1, 0) // self._width
        return ends

    def _start(self) -> None:
        try:
            words = shlex.split(self._command)
            self._pager = _Pager(words)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._is_plain = True
            self._write_held()
            # Nobody chose the default: where there is no less, plain output is what is expected.
            if self._command != DEFAULT:
                self._warn(
                    f"the pager {self._command} cannot be run: {reason}; choose another by "
                    "MAILCTL_PAGER, or none by --no-pager"
                )
            return
        for text in self._held:
            self._pager.add(text)

    def _write_held(self) -> None:
        self._terminal.write("".join(self._held))
        self._terminal.flush()
        self._held.clear()


class _Pager:
    """A pager at work, and the file from which it is fed as fast as it reads."""

    def __init__(self, words: list[str]) -> None:
        self.has_quit = False
        self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the pager
        # As git does: where a person has set no options of less, colours are shown as such.
        environment = {"LESS": "FRX", **os.environ}
        try:
            # No shell reads the words: whoever sets the variable may run what it names anyway.
            self._process = subprocess.Popen(  # noqa: S603
                words, stdin=subprocess.PIPE, env=environment
            )
        except BaseException:
            self._file.close()
            raise
        self._interrupt = None
        # Ctrl-C is the pager's now; only the main thread may say so.
        with suppress(ValueError):
            self._interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._changed = Condition()
        self._size = 0
        self._is_complete = False
        self._feeder = Thread(target=self._feed, daemon=True)
        self._feeder.start()

    def add(self, text: str) -> None:
        """Text for the pager; BrokenPipeError once it was left."""
        if self.has_quit:
            raise BrokenPipeError
        part = text.encode("utf-8", errors="backslashreplace")
        self._file.write(part)
        self._file.flush()
        with self._changed:
            self._size += len(part)
            self._changed.notify()

    def wait(self) -> str:
        """Hand over the rest and wait until the pager ends; how it failed, if it did."""
        try:
            with self._changed:
                self._is_complete = True
                self._changed.notify()
            status = self._process.wait()
            self._feeder.join()
            self._file.close()
        except BaseException:
            self._process.terminate()
            raise
        finally:
            if self._interrupt is not None:
                signal.signal(signal.SIGINT, self._interrupt)
        # Whoever leaves a pager early ends it with 0, or by Ctrl-C (2 of less -K).
        if status in (0, 2, -signal.SIGINT):
            return ""
        return f"ended with status {status}" if status > 0 else f"was ended by signal {-status}"

    def _feed(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        sent = 0
        with suppress(BrokenPipeError), pipe:
            while self._has_more(sent):
                part = os.pread(self._file.fileno(), PART, sent)
                pipe.write(part)
                pipe.flush()
                sent += len(part)
            return
        self.has_quit = True

    def _has_more(self, sent: int) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._size > sent or self._is_complete)
            return self._size > sent
