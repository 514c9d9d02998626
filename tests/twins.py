"""The same store in a file and on a server: a command runs on both, which must say the same.

The dice are loaded; where the time stands still too, keys of seals, salts and stamps are the same.
"""

from __future__ import annotations

import os
import random
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from unittest.mock import patch

from mailctl.store.engine import copying
from mailctl.store.engine.digests import TableDigest
from mailctl.store.engine.stores import store_at
from tests import on_server
from tests.helpers import Cli, Outcome


@contextmanager
def loaded(throw: int) -> Iterator[None]:
    """Random bytes that are the same for the same throw, however often they are asked for."""

    def dice(size: int) -> bytes:
        return random.Random(throw).randbytes(size)

    with patch.object(os, "urandom", dice), patch("random._urandom", dice):
        yield


class Twins(Cli):
    """The command line on the same store in a file and on a server; they must say the same."""

    __slots__ = ("folder", "there", "throws")

    there: Cli
    throws: Iterator[int]
    folder: Path | None
    """Where commands read and write files; each of both finds what the other found."""

    def __init__(self, store: Path, there: on_server.Place, folder: Path | None = None) -> None:
        super().__init__(store)
        object.__setattr__(self, "there", Cli(there))  # type: ignore[arg-type]
        object.__setattr__(self, "throws", count())
        object.__setattr__(self, "folder", folder)

    def __call__(self, *argv: str, stdin: str = "") -> Outcome:
        """Run a command on both."""
        throw = next(self.throws)
        found = self._files()
        with loaded(throw):
            here = super().__call__(*argv, stdin=stdin)
        written = self._files()
        self._put_back(found)
        with loaded(throw):
            there = self.there(*argv, stdin=stdin)
        assert self._files() == written, argv
        left, right = unplaced(here, self.store), unplaced(there, self.there.store)
        assert left == right, (argv, left, right)
        return here

    def _files(self) -> dict[str, bytes]:
        if self.folder is None:
            return {}
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}

    def _put_back(self, files: dict[str, bytes]) -> None:
        for name in self._files().keys() - files.keys():
            (self.folder or Path()).joinpath(name).unlink()
        for name, content in files.items():
            (self.folder or Path()).joinpath(name).write_bytes(content)

    def digests(self) -> list[tuple[TableDigest, ...]]:
        """What all tables hold, in the file and on the server."""
        found = []
        for store in (self.store, self.there.store):
            with store_at(store).read() as reader:
                found.append(copying.digested(reader, lambda *_: None))
        return found


# Its size and its database; that a server's user may not look at pages is said by a check.
_OF_THE_STORE = re.compile(r'"(?:store_bytes|database)": .*|.*\bamcheck\b.*\n?')


def unplaced(outcome: Outcome, store: object) -> tuple[int, str, str]:
    """What a command left, without the store's name, its size and its database."""
    out, err = (
        _OF_THE_STORE.sub("", text.replace(shlex.quote(str(store)), "STORE")).replace(
            str(store), "STORE"
        )
        for text in (outcome.out, outcome.err)
    )
    return outcome.status, out, err
