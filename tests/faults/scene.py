"""A folder with a store and what lies beside it, where a command is disturbed again and again."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.faults.changes import FILES, Change
from tests.helpers import Cli, Outcome
from tests.store.plain import settle
from tests.tick.dumps import dump

_BESIDE = re.compile(r".*-(wal|shm|journal|writer)")
_DRAFT = re.compile(r"\..*\.draft-[0-9a-f]{16}")
_MOMENT = re.compile(rb"\d{4}-?\d\d-?\d\dT\d\d:?\d\d:?\d\dZ")

State = dict[str, Any]
"""By its name each file: of a store its rows, of any other its bytes."""


class Scene:
    """Where a command is given; `fresh` puts everything back to what it was before."""

    def __init__(self, original: Path, folder: Path, change: Change, names: dict[str, str]) -> None:
        self.change = change
        self._kept, self.here, self._seen = (folder / name for name in ("kept", "here", "seen"))
        for place in (self.here, self._seen):
            place.mkdir()
        self.cli = Cli(self.here / change.at)
        self.argv = change.words(self.here)
        main = Cli(self.here / "mailctl.db")
        settle(original)
        for path in original.parent.iterdir():
            shutil.copy2(path, self.here)
        for name, text in FILES.items():
            (self.here / name).write_text(text, encoding="utf-8")
        for line in change.before:
            main.ok(*Change(line=line.format(here="{here}", **names)).words(self.here))
        for path in self.here.glob("*.db"):
            settle(path)
        shutil.copytree(self.here, self._kept)

    def fresh(self) -> None:
        """Have everything as it was before the command."""
        _refill(self.here, self._kept)

    def state(self) -> State:
        """What is there now, seen in a copy: how a killed command left its files they stay."""
        _refill(self._seen, self.here)
        found: State = {}
        for path in sorted(self._seen.iterdir()):
            if _BESIDE.fullmatch(path.name) or not path.exists():
                continue
            if path.read_bytes()[:15] != b"SQLite format 3":
                found[path.name] = _MOMENT.sub(b"", path.read_bytes())
            elif not _DRAFT.fullmatch(path.name):
                found[path.name] = self._rows(path)
        return {name: state for name, state in found.items() if not _DRAFT.fullmatch(name)}

    def is_untouched(self) -> bool:
        """Whether every file has the bytes that it had before the command."""
        return _bytes(self.here) == _bytes(self._kept)

    def drafts(self) -> list[str]:
        """What is left of files that are not complete."""
        return [path.name for path in self.here.iterdir() if _DRAFT.fullmatch(path.name)]

    def _rows(self, path: Path) -> object:
        with closing(sqlite3.connect(path)) as base:
            ((whole,),) = base.execute("PRAGMA integrity_check(1)").fetchall()
        if whole != "ok":
            return whole
        tables = dump(path)
        # Who it was is not known where the list of users cannot be read.
        for place in (*self.change.by_chance, "batch.actor"):
            table, _, column = place.partition(".")
            for row in tables.get(table, ()):
                row.pop(column, None)
        if self.change.by_chance:
            tables.pop("seal", None)
        return tables

    def given(self) -> Outcome:
        """The command, undisturbed."""
        return self.cli(*self.argv)


def difference(left: State, right: State) -> list[str]:
    """Where two states differ, for people."""
    found = []
    for name in sorted(left.keys() | right.keys()):
        one, other = left.get(name), right.get(name)
        if one == other:
            continue
        if not (isinstance(one, dict) and isinstance(other, dict)):
            found.append(name)
            continue
        found += [
            f"{name}: {table}"
            for table in sorted(one.keys() | other.keys())
            if one.get(table) != other.get(table)
        ]
    return found


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _refill(place: Path, source: Path) -> None:
    shutil.rmtree(place)
    shutil.copytree(source, place, symlinks=True)
