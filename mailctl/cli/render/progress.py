"""The progress of long work: a line on a terminal's stderr, gone when it is done (CLI, Form)."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from mailctl.cli.render.text import clean, width_of

PATIENCE_SECONDS = 0.5
"""Work that is over sooner needs no line."""
PAUSE_SECONDS = 0.1
"""How long a line stands at least."""


class Progress:
    """The line; used as a context, it is wiped at the end, also of an error."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._shows = sys.stderr.isatty() and not quiet
        self._next = monotonic() + PATIENCE_SECONDS
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """Wipe the line: something else is written now."""
        if self._length:
            sys.stderr.write(f"\r{' ' * self._length}\r")
            sys.stderr.flush()
            self._length = 0

    def at(self, text: str) -> None:
        """Show how far the work has come, if it is time to."""
        if not self._shows or monotonic() < self._next:
            return
        shown = clean(text)[: width_of(sys.stderr) - 1]
        sys.stderr.write(f"\r{shown.ljust(self._length)}")
        sys.stderr.flush()
        self._length = len(shown)
        self._next = monotonic() + PAUSE_SECONDS
