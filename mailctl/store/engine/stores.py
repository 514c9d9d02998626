"""A store wherever it is: opened to read a snapshot of it, or to change it in one transaction.

Every change carries its journal rows inside; a dry run is the same transaction, rolled back. Which
database keeps the store is decided here, once; what only one of them needs is loaded for it alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from mailctl.clock import ClockKind
from mailctl.errors import ExtraMissingError, GapTooLongError, StoreNewerError, StoreOlderError
from mailctl.store.engine.location import Location

if TYPE_CHECKING:
    from datetime import date

    from mailctl.store.engine.connection import Connection
    from mailctl.store.engine.draft_store import Draft
    from mailctl.store.engine.reader import Reader, StoreInfo
    from mailctl.store.engine.sqlite.readable import Part
    from mailctl.store.engine.transaction import Transaction
    from mailctl.store.engine.upgraded import Upgrade


Made = TypeVar("Made")


class Store(ABC):
    """A store at a location; each use opens it, unless it is kept open."""

    committed: ClassVar[int] = 0
    """How many changes this process has committed: output that fails after one must say so."""

    def __init__(
        self,
        location: Location,
        *,
        wait: float = 10.0,
        upgraded: Callable[[Upgrade], None] | None = None,
    ) -> None:
        self.location = location
        self.wait = wait
        self._upgraded = upgraded
        self.traces_left = False
        """Set by `change`: others read the store, and what was erased is still in the file."""

    def patient(self, seconds: float) -> Self:
        """The same store, whose changes wait for its lock at least so long."""
        patient = copy(self)
        patient.wait = max(self.wait, seconds)
        return patient

    @abstractmethod
    def kept_open(self) -> AbstractContextManager[Store]:
        """The same store, which stays open from one use to the next, for a run of many short ones.

        Each use is a transaction of its own, with the checks and refusals of any other. A store
        that was replaced meanwhile, or a connection that was lost, is opened anew. Within the block
        this process uses the store in no other way.
        """

    @abstractmethod
    def read(self) -> AbstractContextManager[Reader]:
        """A consistent snapshot, for reading only.

        Raises StoreOlderError where the store is older than this program, unless a change is to
        follow: `upgraded` is given then, and called.
        """

    @abstractmethod
    def write(
        self,
        command: str,
        *,
        dry_run: bool = False,
        accept_gap: bool = False,
        takes_moved: bool = False,
    ) -> AbstractContextManager[Transaction]:
        """One transaction that changes the store; rolled back on an error and on a dry run.

        An older store is upgraded first; a dry run refuses it (StoreOlderError).
        Raises StoreBusyError when another command holds the store for longer than `wait` seconds,
        StoreMovedError when the store is elsewhere now, unless the change is about that
        (`takes_moved`), GapTooLongError when the real date is too far after the last write (rules
        2), and DiskFailedError when the commit fails: its outcome is then unknown.
        """

    def change(
        self,
        command: str,
        body: Callable[[Transaction], Made],
        *,
        dry_run: bool = False,
        accept_gap: bool = False,
        takes_moved: bool = False,
    ) -> Made:
        """What `body` makes in one transaction; on a server it may be begun several times.

        It holds no more of the store than the command needs (scopes.py). Raises as `write`.
        """
        with self.write(
            command, dry_run=dry_run, accept_gap=accept_gap, takes_moved=takes_moved
        ) as transaction:
            made = body(transaction)
        self.traces_left = transaction.traces_left
        return made

    @abstractmethod
    def upgrade(self, command: str, *, dry_run: bool) -> Upgrade:
        """Bring an older store to this version; a dry run tries it on a copy."""


def store_at(
    location: Location, *, wait: float = 10.0, upgraded: Callable[[Upgrade], None] | None = None
) -> Store:
    """The store at a location."""
    if isinstance(location, Path):
        from mailctl.store.engine.sqlite.file_store import FileStore

        return FileStore(location, wait=wait, upgraded=upgraded)
    check_driver()
    from mailctl.store.engine.postgresql.server_store import ServerStore

    return ServerStore(location, wait=wait, upgraded=upgraded)


def created(
    location: Location, info: StoreInfo, today: date
) -> AbstractContextManager[Transaction]:
    """A new store, open for its first change; it is there when that succeeds, or not at all.

    Raises AlreadyExistsError where something is at the location, DiskFailedError where no store can
    be made, StoreExposedError where others may write its folder or one above.
    """
    if isinstance(location, Path):
        from mailctl.store.engine.sqlite import creation

        return creation.created(location, info, today)
    check_driver()
    from mailctl.store.engine.postgresql import creation as on_server

    return on_server.created(location, info, today)


def check_free(location: Location) -> None:
    """Raise what `created` would raise before it makes anything."""
    if isinstance(location, Path):
        from mailctl.store.engine.sqlite import creation

        creation.check_free(location)
        return
    check_driver()
    from mailctl.store.engine.postgresql import creation as on_server

    on_server.check_free(location)


def copies(location: Location) -> list[Path]:
    """The copies of the store that upgrades have kept; a server keeps none."""
    if not isinstance(location, Path):
        return []
    from mailctl.store.engine.sqlite import upgrade

    return upgrade.copies(location)


def glimpsed(location: Location) -> AbstractContextManager[Connection]:
    """A connection for one quick look, without any check; RuntimeError where there is none."""
    if isinstance(location, Path):
        from mailctl.store.engine.sqlite.connection import glimpsed as of_file

        return of_file(location)
    check_driver()
    from mailctl.store.engine.postgresql.glimpse import glimpsed as on_server

    return on_server(location)


def check_driver() -> None:
    """ExtraMissingError where a server cannot be spoken to."""
    from importlib.util import find_spec

    if find_spec("psycopg") is None:
        raise ExtraMissingError(
            "a store on a server needs a library that is not installed",
            hint="pip install 'mailctl[postgresql]'",
        )


def draft(location: Location) -> AbstractContextManager[Draft]:
    """A store that is being made as a copy; AlreadyExistsError where something is there."""
    if isinstance(location, Path):
        from mailctl.store.engine.sqlite import draft_file

        return draft_file.draft_file(location)
    check_driver()
    from mailctl.store.engine.postgresql import draft_schema

    return draft_schema.draft_schema(location)


def clear_drafts(location: Location) -> None:
    """Remove what killed copies left; never while a store at the location is open."""
    if isinstance(location, Path):
        from mailctl.store.engine import drafts

        drafts.clear(location)


def readable(location: Location) -> tuple[list[Part], Path | None] | None:
    """What can still be read of a damaged store, and its newest backup; a server's is not known."""
    if not isinstance(location, Path):
        return None
    from mailctl.store.engine.sqlite import readable as file

    return list(file.parts(location)), file.newest_backup(location)


def check_writable(transaction: Transaction, *, accept_gap: bool, takes_moved: bool) -> None:
    """Raise StoreMovedError where the store is elsewhere, GapTooLongError after a gap in time.

    A wrong system clock must not move the store's clock into the future (rules 2).
    """
    if transaction.moved is not None and not takes_moved:
        from mailctl.store.engine import copying

        copying.check_here(transaction, transaction.moved)
    if transaction.has_void_mark:
        from mailctl.store.engine import moved

        moved.clear(transaction)
    if accept_gap:
        return
    days = (transaction.today - transaction.reached_on).days
    if transaction.info.clock is ClockKind.WALL and days > transaction.setting_number("gap-days"):
        raise GapTooLongError(
            f"today is {transaction.today}, {days} days after the store's last write on "
            f"{transaction.reached_on}",
            hint="check the system's clock (date); if it is right: mailctl tick --accept-gap",
        )


def older(location: Location, version: int, known: int) -> StoreOlderError:
    """The refusal of an older store."""
    return StoreOlderError(
        f"{location} was written by an older mailctl (schema {version}, this one works on "
        f"{known}), and this command does not change it",
        hint="mailctl store upgrade --dry-run, then mailctl store upgrade",
    )


def refuse_newer(location: Location, version: int, known: int) -> None:
    """Raise StoreNewerError for a store of a version that this program does not know."""
    if version > known:
        raise StoreNewerError(
            f"{location} was written by a newer mailctl (schema {version}, this one knows {known})",
            hint="pip install --upgrade mailctl",
        )
