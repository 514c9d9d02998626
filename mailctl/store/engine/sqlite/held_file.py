"""The place of a store's file while nobody else has it open, so that a draft can take it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from mailctl.store.engine.sqlite import replacing, restored_file
from mailctl.store.engine.sqlite.connection import Connection
from mailctl.store.engine.sqlite.lost_file import Salvage
from mailctl.store.engine.sqlite.store_file import beside
from mailctl.store.engine.sqlite.writer_lock import WriterNote


class HeldFile:
    """A store's file that nobody else has open, or a place where none is."""

    def __init__(self, path: Path, connection: Connection | None, wait: float) -> None:
        self._path = path
        self._connection = connection
        self._wait = wait
        self.is_there = beside(path, "").exists()
        self.salvage = Salvage(connection) if connection else None

    def replace(self, draft: Path) -> str | None:
        """Give a complete draft the place of the store; where that is kept, if there was one."""
        restored_file.complete(draft)
        left = replacing.take_leave(self._path, self._connection)
        kept = replacing.replace(self._path, draft, left, self._wait)
        return str(kept) if kept else None


@contextmanager
def held(path: Path, wait: float) -> Iterator[HeldFile]:
    """A store's place, once nobody else has it open; StoreBusyError after `wait` seconds."""
    is_there = beside(path, "").exists()
    with (
        replacing.alone(path, wait) if is_there else nullcontext() as connection,
        WriterNote(path).named("store restore"),
    ):
        yield HeldFile(path, connection, wait)
