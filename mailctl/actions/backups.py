"""Backups of the store: made, counted, and told of wherever somebody must know (rules 18)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailctl.actions.result import Result
from mailctl.errors import MailctlError, UsageError
from mailctl.store import backups, erasures
from mailctl.store.backups import Backup
from mailctl.store.engine import backups as files
from mailctl.store.engine.location import place_of
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.stores import Store
from mailctl.values import Value


class StoreBackedUp(Result):
    """A backup, and what became of older ones."""

    thing: str = "backup"


class _Seen(Value):
    """What must be known of the store that was backed up."""

    mark: str
    erased: list[erasures.Erasure]
    is_moved: bool


def make(
    store: Store, to: str, *, keep: int | None, dry_run: bool, told: files.Told
) -> StoreBackedUp:
    """Back a store up while others write to it; a dry run makes and checks all of it, too.

    With `keep`, of the backups in a folder that have their names from here only so many stay.
    """
    place = files.target(to, store.location)
    if keep is not None and place.name is not None:
        raise UsageError(
            f"--keep counts the backups in a folder, and there is none at {to}",
            hint="see whether its disk is mounted, or make it: mkdir -m 700 FOLDER",
        )
    made_at = files.stamp()
    with store.read() as db, files.draft(place, store.location) as draft:
        rows = files.write(db, draft, made_at, told)
        held, seen = _held(db), _seen(db)
        size = draft.stat().st_size
        path = files.free_name(place, made_at) if dry_run else files.publish(draft, place, made_at)
    too_many = [] if keep is None else files.older(place, seen.mark, path.name)[keep - 1 :]
    warnings = [] if dry_run else [*_remembered(store, seen, path, made_at, held)]
    removed = []
    for old in too_many:
        try:
            if not dry_run:
                old.path.unlink(missing_ok=True)
            removed.append(str(old.path))
        except OSError as error:
            warnings.append(f"{old.path} could not be removed: {error.strerror or error}")
    item = {
        "path": str(path),
        "store": place_of(store.location),
        "made_at": made_at,
        **held,
        "rows": rows,
        "bytes": size,
        "removed": removed,
    }
    return StoreBackedUp(items=(item,), warnings=tuple(warnings))


def _held(db: Reader) -> dict[str, object]:
    """What a backup holds, as far as somebody must know who restores it."""
    batch, head = files.head(db)
    return {
        "clock_on": db.today.isoformat(),
        "batch": batch,
        "journal_head": head,
        "last_invoices": backups.last_numbers(db, ""),
        "last_credit_notes": backups.last_numbers(db, "AV"),
    }


def _seen(db: Reader) -> _Seen:
    return _Seen(mark=files.mark_of(db), erased=erasures.known(db), is_moved=db.moved is not None)


def _remembered(
    store: Store, seen: _Seen, path: Path, made_at: str, held: dict[str, object]
) -> Iterator[str]:
    """Note the backup in the store, and who was erased in its folder; what could not be done."""
    try:
        erasures.add(path.parent, store.location, seen.mark, seen.erased)
    except MailctlError as error:
        yield f"the backup is made, but {error.message}"
    if seen.is_moved:
        return
    backup = Backup(
        folder=str(path.parent),
        file=path.name,
        made_at=made_at,
        batch_id=int(str(held["batch"])),
        head=str(held["journal_head"]),
    )
    try:
        store.change(files.COMMAND, lambda tx: backups.record(tx, backup), accept_gap=True)
    except MailctlError as error:
        yield f"the backup is made, but the store could not take note of it: {error.message}"
