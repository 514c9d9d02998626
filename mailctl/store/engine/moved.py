"""A store that was moved to another place, or is a copy of one: it is read, and never changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mailctl import clock
from mailctl.errors import StoreMovedError
from mailctl.store.engine.location import Location, is_at, location_of
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.store.engine.reader import Reader
    from mailctl.store.engine.transaction import Transaction

TABLE = "moved"
"""It tells of one store alone: a copy has another, whatever else is equal."""
REPLACED = ".replaced-"
"""What the name of a store goes on with that is kept beside the one that a backup became."""
REPLACED_SCHEMA = "_replaced_"
"""The same on a server."""


class Moved(Value):
    """Where the store is now; `is_copy` where this one was copied from there and never used."""

    place: str
    is_copy: bool
    moved_at: str

    def was_replaced(self, location: Location) -> bool:
        """Whether this is a store whose place a backup has taken."""
        if self.is_copy:
            return False
        place = location_of(self.place)
        if isinstance(location, Path) or isinstance(place, Path):
            return Path(str(location)).name.startswith(f"{Path(self.place).name}{REPLACED}")
        # A name that is long was cut off, to have room for the end.
        name, end, _ = location.schema.rpartition(REPLACED_SCHEMA)
        return bool(end) and place.schema.startswith(name)

    def described(self, location: Location) -> str:
        """`is a copy of PLACE, made at …`: what a person must know of what is read here."""
        if self.was_replaced(location):
            return f"was the store at {self.place} until a backup took its place at {self.moved_at}"
        if self.is_copy:
            return f"is a copy of {self.place}, made at {self.moved_at}"
        return f"was moved to {self.place} at {self.moved_at}"


def of(db: Reader) -> Moved | None:
    """Where a store is, if it is not here."""
    row = db.execute("SELECT place, is_copy, moved_at FROM moved").fetchone()
    return row and Moved(place=row[0], is_copy=bool(row[1]), moved_at=row[2])


def is_void(found: Moved, location: Location) -> bool:
    """Whether a store is where its mark says that it has gone: there is no other."""
    return not found.is_copy and is_at(found.place, location)


def head(db: Reader) -> str:
    """The digest of the journal's last transaction; '' where there is none."""
    return db.text("SELECT digest FROM batch ORDER BY id DESC LIMIT 1") or ""


def mark(
    transaction: Transaction, place: str, *, is_copy: bool, moved_at: str | None = None
) -> None:
    """Let no later transaction change this store: it is at that place, since now if not said."""
    transaction.execute(
        """
        INSERT INTO moved (id, place, is_copy, moved_at)
        VALUES (1, :place, :is_copy, :at)
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place,
            is_copy = excluded.is_copy,
            moved_at = excluded.moved_at
        """,
        {"place": place, "is_copy": int(is_copy), "at": moved_at or clock.stamp()},
    )


def clear(transaction: Transaction) -> None:
    """Let this store be changed again."""
    transaction.execute("DELETE FROM moved WHERE id = 1")


def refusal(path: Location, moved: Moved) -> StoreMovedError:
    """The refusal of a change of a store that is elsewhere."""
    import shlex

    place = shlex.quote(moved.place)
    if moved.is_copy:
        # To take a copy up as it is would give numbers that the lost one gave.
        back = "restore --help" if isinstance(path, Path) else "reopen"
        hint = f"give --store {place}; if that one is lost: mailctl store {back}"
    else:
        back = "restore" if moved.was_replaced(path) else "copy"
        hint = f"give --store {place}; to come back: mailctl store {back} --help"
    return StoreMovedError(f"{path} {moved.described(path)}, and takes no changes", hint=hint)
