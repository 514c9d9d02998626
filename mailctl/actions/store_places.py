"""Where a store is: moving it to another place, keeping a copy of it, taking one up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailctl.actions import undo
from mailctl.actions.result import Result
from mailctl.store.engine import copying, moved
from mailctl.store.engine.location import place_of
from mailctl.store.queries import overview
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.store.engine.location import Location
    from mailctl.store.engine.reader import Reader
    from mailctl.store.engine.stores import Store
    from mailctl.store.engine.transaction import Transaction


class StoreCopied(Result):
    """A store and its equal; one of the two takes no changes."""

    thing: str = "copy"


class ReopenPlan(Value):
    """What is known of a store that is to be taken up again; None: it takes changes already."""

    said: str | None


def copy(
    source: Store, target: Location, *, keep: bool, dry_run: bool, told: copying.Told
) -> StoreCopied:
    """Move a store to a place where none is; with `keep` the store stays, and the copy waits."""
    work = copying.keep if keep else copying.move
    done = work(source, target, dry_run=dry_run, told=told)
    here, there = place_of(source.location), place_of(target)
    item = {
        "from": here,
        "to": there,
        "closed": there if keep else here,
        "journal_head": done.head,
        "rows": sum(table.rows for table in done.tables),
        "tables": [
            {"name": table.name, "rows": table.rows, "digest": table.digest}
            for table in done.tables
        ],
    }
    back = None if keep else undo.by("store", "copy", there, here)
    return StoreCopied(items=(item,), changed=done.changed, undo=back)


def plan_reopen(db: Reader) -> ReopenPlan:
    """What a person should know before."""
    return ReopenPlan(said=db.moved.described(db.location) if db.moved else None)


def reopen(transaction: Transaction, plan: ReopenPlan) -> Result:
    """Let a store that was moved, or a copy, take changes again; the journal tells of it."""
    if transaction.moved is not None:
        transaction.record("store-reopened", "store", {"elsewhere": transaction.moved.place})
        moved.clear(transaction)
        transaction.close_batch()
    back = undo.never("its numbers are its own from now on")
    return Result(
        thing="store",
        items=(overview.info(transaction),),
        changed=plan.said is not None,
        undo=back,
    )
