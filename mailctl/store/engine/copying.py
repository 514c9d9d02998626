"""Moving a whole store to another place, or copying it: every row, proven by digests (CLI, store).

Two databases have no commit in common. So the copy comes first and takes no changes; then the
source says where the store is now; then the copy takes them. Whatever is killed in between, one of
the two is the store: a copy whose source has moved to it goes on at its first change
(`check_here`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from mailctl.errors import (
    AlreadyExistsError,
    MailctlError,
    StoreDamagedError,
    StoreMissingError,
    StoreMovedError,
)
from mailctl.store.engine import digests, moved, stores
from mailctl.store.engine.connection import Connection
from mailctl.store.engine.digests import Row, TableDigest
from mailctl.store.engine.draft_store import Draft
from mailctl.store.engine.location import Location, is_at, location_of, place_of
from mailctl.store.engine.moved import Moved
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite.tables import Table, tables
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value

COMMAND = "store copy"
_ANOTHER_PLACE = "copy to another place, or move away what is there"

Told = Callable[[str, int, int], None]
"""Is told how far the work is: `copied` or `compared`, so many rows, of how many."""


class Copied(Value):
    """A store and its copy, which hold the same; `changed` where anything was to be done."""

    tables: tuple[TableDigest, ...]
    head: str
    changed: bool = True


class _Work:
    """How many rows there are, and how many are done."""

    def __init__(self, what: str, total: int, told: Told) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._told = told

    def seen(self, rows: int) -> None:
        """So many more are done."""
        self._done += rows
        self._told(self._what, self._done, self._total)


def move(source: stores.Store, target: Location, *, dry_run: bool, told: Told) -> Copied:
    """Move a store: its copy at the target takes changes from now on, and the source none.

    An equal copy that is there already, and takes no changes, is let go on instead: of a move that
    was killed, or the store that this one was moved from a moment ago. Raises AlreadyExistsError
    where something else is there, StoreMovedError where the source has moved to another place.
    """
    _check_two(source.location, target)
    place = place_of(target)
    stores.clear_drafts(target)
    try:
        with source.write(COMMAND, dry_run=dry_run, accept_gap=True) as transaction:

            def close() -> None:
                moved.mark(transaction, place, is_copy=False)
                transaction.finish()

            done = _recognised(transaction, target, told, dry_run=dry_run)
            if done is None:
                # The source is marked first: once the copy is there, only the commit is left.
                done = _drafted(transaction, target, told, before=close, is_kept=not dry_run)
            else:
                close()
    except StoreMovedError:
        with source.read() as reader:
            if (
                reader.moved is None
                or reader.moved.is_copy
                or not is_at(reader.moved.place, target)
            ):
                raise
            done = Copied(tables=digested(reader, told), head=moved.head(reader), changed=False)
    if not dry_run:
        _take_up(target, source.wait)
    return done


def _take_up(target: Location, wait: float) -> None:
    """Let the copy find that its source has moved to it; where it cannot, it does so later."""
    try:
        with stores.store_at(target, wait=wait).write(COMMAND, accept_gap=True):
            pass
    except MailctlError as error:
        error.message = (
            f"the store is at {target} now, and its first change failed: {error.message}"
        )
        error.hint = "the same command again; nothing is copied twice"
        raise


def keep(source: stores.Store, target: Location, *, dry_run: bool, told: Told) -> Copied:
    """Make a copy that takes no changes, while the source goes on. AlreadyExistsError as above."""
    _check_two(source.location, target)
    with source.read() as reader:
        if reader.moved is not None:
            raise moved.refusal(source.location, reader.moved)
        return _drafted(reader, target, told, is_kept=not dry_run)


def _check_two(source: Location, target: Location) -> None:
    """Raise AlreadyExistsError where a store would be copied onto itself."""
    if is_at(place_of(target), source):
        raise AlreadyExistsError(
            f"FROM and TO are the same store, {target}", hint="copy to another place"
        )


@contextmanager
def _free(draft: AbstractContextManager[Draft]) -> Iterator[Draft]:
    """A draft, with a hint for who copies where something is: another place helps."""
    try:
        with draft as opened:
            yield opened
    except AlreadyExistsError as error:
        raise AlreadyExistsError(error.message, hint=_ANOTHER_PLACE) from None


def _drafted(
    source: Reader,
    target: Location,
    told: Told,
    *,
    is_kept: bool,
    before: Callable[[], None] = lambda: None,
) -> Copied:
    """A new copy, equal to the source; `before` is done before it is at the target.

    On a dry run it is thrown away.
    """
    with _free(stores.draft(target)) as draft:
        found = fill(source, draft, told)
        before()
        if is_kept:
            draft.publish(place_of(source.location))
    return Copied(tables=found, head=moved.head(source))


def fill(source: Reader, draft: Draft, told: Told = lambda *_: None) -> tuple[TableDigest, ...]:
    """Copy every row, and prove it; the digests. StoreDamagedError where a row does not fit."""
    total = _total(source)
    copying, comparing = (_Work(what, total, told) for what in ("copied", "compared"))
    found = tuple(_poured(source, draft, table, copying.seen) for table in _copied())
    draft.complete()
    _prove(found, draft.connection, comparing.seen)
    return found


def _poured(source: Reader, draft: Draft, table: Table, seen: Callable[[int], None]) -> TableDigest:
    """Copy a table; the digest of what was read."""
    running = digests.Running(table.name)

    def rows() -> Iterator[list[Row]]:
        for some in digests.rows_of(source.connection, table):
            running.add(some)
            yield some
            seen(len(some))

    draft.put(table, rows())
    return running.whole()


def _prove(wanted: tuple[TableDigest, ...], copy: Connection, seen: Callable[[int], None]) -> None:
    """Read the copy again: each table must have the digest of what was read from the source."""
    for digest, table in zip(wanted, _copied(), strict=True):
        if digests.of_table(copy, table, seen) != digest:
            raise StoreDamagedError(
                f"the copy of the table {table.name} is not equal to it; nothing was done",
                hint="mailctl store check",
            )


def _recognised(
    source: Transaction, target: Location, told: Told, *, dry_run: bool
) -> Copied | None:
    """The copy of the source at the target, if there is one: it takes no changes, and is equal.

    Raises AlreadyExistsError where it holds something else.
    """
    place = place_of(source.location)
    try:
        with stores.store_at(target).read() as there:
            if there.moved is None or not is_at(there.moved.place, source.location):
                return None
            mine, its = (digested(db, told) for db in (source, there))
    except MailctlError as error:
        if error.exit_status == StoreMissingError.exit_status:
            # Nothing, or nothing that could be the copy: a new one is refused there.
            return None
        raise
    if mine != its:
        raise AlreadyExistsError(
            f"at {target} is an older copy of the store, and the store has changed since",
            hint=_ANOTHER_PLACE,
        )
    with stores.store_at(target).write(COMMAND, dry_run=dry_run, takes_moved=True) as copy:
        moved.mark(copy, place, is_copy=True)
    return Copied(tables=mine, head=moved.head(source))


def digested(db: Reader, told: Told) -> tuple[TableDigest, ...]:
    """The digest of every table of a store, but of the mark of where it is."""
    work = _Work("compared", _total(db), told)
    return tuple(digests.of_table(db.connection, table, work.seen) for table in _copied())


def _total(db: Reader) -> int:
    return sum(digests.count_of(db.connection, table) for table in _copied())


def _copied() -> Iterator[Table]:
    return (table for table in tables() if table.name != moved.TABLE)


def check_here(transaction: Transaction, found: Moved) -> None:
    """Raise StoreMovedError where a store is elsewhere; a copy goes on once its source came here.

    A move that was killed before its last commit is thereby complete.
    """
    if not (found.is_copy and _came_here(transaction, found)):
        raise moved.refusal(transaction.location, found)
    moved.clear(transaction)
    transaction.moved = None


def _came_here(copy: Transaction, source: Moved) -> bool:
    """Whether the store that this is a copy of says that it is here, and ends as this one does."""
    try:
        with stores.store_at(location_of(source.place)).read() as reader:
            to = reader.moved
            return (
                to is not None
                and not to.is_copy
                and is_at(to.place, copy.location)
                and moved.head(reader) == moved.head(copy)
            )
    except MailctlError:
        return False
