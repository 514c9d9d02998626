"""What a disk may hold after a power cut: every prefix of the calls that a command made.

What was synced is there. Of what was written since, a disk keeps what it likes: all of it, none of
it, some sectors of 512 bytes, the last write without those before; and the same for names in a
folder whose folder was not synced. The index beside a log (-shm) is memory, and gone.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.faulty import spread
from tests.faults.forked import CHANGING, run
from tests.helpers import Cli, Outcome

SECTOR = 512
_LINE = re.compile(r"^(?P<name>[a-z0-9_]+)\((?P<rest>.*)\) += (?P<got>-?\d+)")
_ESCAPED = re.compile(r"(?:\\x[0-9a-f]{2})+")
_STRING = re.compile(r'"([^"]*)"')
_HELD = re.compile(r"^(\d+)<([^>]*)>")

Image = dict[str, bytes]
"""By its name in the folder the content of each file."""


def _plain(text: str) -> str:
    """What strace wrote in hexadecimal."""
    return _ESCAPED.sub(
        lambda found: bytes.fromhex(found[0].replace("\\x", "")).decode("latin-1"), text
    )


@dataclass(slots=True)
class File:
    """What the disk has of a file, and what was written since: places and bytes, or a length."""

    synced: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def content(self, chosen: list[tuple[int, bytes | None]]) -> bytes:
        """The content when the disk has kept some of what was waiting."""
        if not chosen:
            return self.synced
        held = bytearray(self.synced)
        for at, data in chosen:
            if data is None:
                held[at:] = bytes(max(0, at - len(held)))
                continue
            held.extend(bytes(max(0, at - len(held))))
            held[at : at + len(data)] = data
        return bytes(held)


@dataclass(slots=True)
class Disk:
    """The files of a folder, as a command changes them call by call."""

    names: dict[str, File]
    kept_names: dict[str, File]
    offsets: dict[int, int] = field(default_factory=dict)
    acknowledged: bool = False

    def apply(self, name: str, rest: str, got: int, folder: str) -> None:
        """Do what a call did."""
        held = _HELD.match(rest)
        strings = [_plain(one) for one in _STRING.findall(rest)]
        if name == "openat":
            path = _in(folder, strings[0])
            self.offsets[got] = 0
            if path and "O_CREAT" in rest and path not in self.names:
                self.names[path] = File()
            if path and "O_TRUNC" in rest:
                self.names[path].waiting.append((0, None))
        elif name in ("rename", "link", "linkat", "renameat2", "renameat"):
            one, other = (_in(folder, text) for text in strings[:2])
            if one and other:
                self.names[other] = self.names[one]
                if name.startswith("rename"):
                    del self.names[one]
        elif name in ("unlink", "unlinkat"):
            self.names.pop(_in(folder, strings[0]) or "", None)
        elif held is not None:
            self._held(name, held, rest, strings, folder)

    def _held(
        self, name: str, held: re.Match[str], rest: str, strings: list[str], folder: str
    ) -> None:
        number, path = int(held[1]), _plain(held[2])
        if name == "write" and number == 1:
            self.acknowledged = True
            return
        if path == folder and name in ("fsync", "fdatasync"):
            self.kept_names = dict(self.names)
            return
        file = self.names.get(_in(folder, path) or "")
        if file is None:
            return
        if name in ("fsync", "fdatasync"):
            file.synced, file.waiting = file.content(file.waiting), []
        elif name == "ftruncate":
            file.waiting.append((int(rest.rpartition(", ")[2]), None))
        elif name in ("pwrite64", "write"):
            data = strings[0].encode("latin-1")
            at = int(rest.rpartition(", ")[2]) if name == "pwrite64" else self.offsets[number]
            file.waiting.append((at, data))
            self.offsets[number] = at + len(data)

    def images(self, dice: random.Random) -> Iterator[Image]:
        """What the disk may hold if the power goes now."""
        for names in (self.kept_names, self.names):
            for way in (_none, _all, _torn, _last, _first_sectors):
                yield _image(names, way)
            yield _image(names, lambda waiting: _some(waiting, dice))


Waiting = list[tuple[int, bytes | None]]


def _none(_: Waiting) -> Waiting:
    return []


def _all(waiting: Waiting) -> Waiting:
    return waiting


def _torn(waiting: Waiting) -> Waiting:
    """All but the end of the last write."""
    return [*waiting[:-1], *_first_sectors(waiting[-1:])]


def _last(waiting: Waiting) -> Waiting:
    return waiting[-1:]


def _first_sectors(waiting: Waiting) -> Waiting:
    return [(at, data and data[: SECTOR - at % SECTOR]) for at, data in waiting]


def _some(waiting: Waiting, dice: random.Random) -> Waiting:
    """Any sectors of any writes."""
    found: Waiting = []
    for at, data in waiting:
        if data is None:
            found += [(at, data)] if dice.random() < 0.5 else []
            continue
        start = 0
        while start < len(data):
            end = min(len(data), start + SECTOR - (at + start) % SECTOR)
            if dice.random() < 0.5:
                found.append((at + start, data[start:end]))
            start = end
    return found


def _image(names: dict[str, File], way: object) -> Image:
    return {
        name: file.content(way(file.waiting))  # type: ignore[operator]
        for name, file in names.items()
        if not name.endswith("-shm")
    }


def _in(folder: str, path: str) -> str | None:
    """The name of a file in the folder."""
    inside = path.removeprefix(f"{folder}/")
    return inside if inside != path and "/" not in inside else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A command whose calls were written down, and the files as they were before it."""

    outcome: Outcome
    _calls: list[re.Match[str]]
    _folder: str
    _files: dict[str, bytes]

    def images(self, points: int) -> Iterator[tuple[bool, Image]]:
        """Each image that a power cut may leave at so many points; whether it had answered then."""
        files = {name: File(content) for name, content in self._files.items()}
        disk = Disk(names=dict(files), kept_names=dict(files))
        chosen = set(spread(len(self._calls), points))
        dice, seen = random.Random(20_260_101), set[int]()
        for number, call in enumerate(self._calls, start=1):
            disk.apply(call["name"], call["rest"], int(call["got"]), self._folder)
            if number not in chosen:
                continue
            for image in disk.images(dice):
                key = hash((disk.acknowledged, tuple(sorted(image.items()))))
                if key not in seen:
                    seen.add(key)
                    yield disk.acknowledged, image


def cut(cli: Cli, argv: tuple[str, ...]) -> Cut:
    """Run a command, and write down every call by which it changes files."""
    folder = cli.store.parent
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with tempfile.NamedTemporaryFile("r", encoding="latin-1") as log:
        options = ["-y", "-xx", "-s", "10000000", "-o", log.name, "-e", f"trace={CHANGING}"]
        outcome = run(cli, options, argv)
        found = map(_LINE.match, log.read().splitlines())
        calls = [call for call in found if call is not None and int(call["got"]) >= 0]
    return Cut(outcome=outcome, _calls=calls, _folder=str(folder), _files=files)


def put(image: Image, folder: Path) -> None:
    """Have the files of an image in a folder, and nothing else."""
    for path in folder.iterdir():
        path.unlink()
    for name, content in image.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
