"""Restoring the store from a backup: nothing is numbered, asked for or told twice (rules 18).

With nobody in the store that is at the place it is looked at once more, and replaced at one stroke.
"""

from __future__ import annotations

from mailctl.actions import erasing_again, restore_steps, undo
from mailctl.actions.restore_plan import RestorePlan, Work
from mailctl.actions.restore_steps import Made, Step
from mailctl.actions.result import Result
from mailctl.errors import GapTooLongError, PlanChangedError
from mailctl.store import lost_stores, restorations, restored_rows, since_backup
from mailctl.store.engine import moved, replaced, restores
from mailctl.store.engine.sqlite import restored_file
from mailctl.store.engine.sqlite.lost_file import Salvage
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.restorations import Head, Wait
from mailctl.store.since_backup import Since
from mailctl.values import fields

COMMAND = "store restore"


class Restored(Result):
    """The store, restored, and what is left for a person to do."""

    thing: str = "restore"
    steps: tuple[Step, ...] = ()


def restore(
    work: Work, plan: RestorePlan, *, wait: float, dry_run: bool, accept_gap: bool
) -> Restored:
    """Give the backup the place of the store, with all that goes on from what was lost.

    Raises StoreBusyError where somebody has the store open, PlanChangedError where it has changed
    since it was looked at, and GapTooLongError where the system's clock may be wrong.
    """
    _check_gap(work, accept_gap=accept_gap)
    store = restored_file.store_of(work.draft)
    before = Store.committed
    try:
        if dry_run:
            with store.write(COMMAND, dry_run=True, accept_gap=True, takes_moved=True) as tx:
                return _restored(work, plan, _made(tx, work, plan), None)
        with replaced.held(work.path, wait) as held:
            _check_unchanged(work, held.salvage, is_there=held.is_there)
            with store.write(COMMAND, accept_gap=True, takes_moved=True) as tx:
                made = _made(tx, work, plan)
            if not work.lost.is_proof:
                highest = max(plan.last_ids.values())
                restores.note(work.folders, work.backup.origin, highest)
            kept = held.replace(work.draft)
    except BaseException:
        # What was committed to the draft is thrown away with it.
        Store.committed = before
        raise
    return _restored(work, plan, made, kept)


def _check_gap(work: Work, *, accept_gap: bool) -> None:
    """Raise GapTooLongError where today is long after anything that is known (rules 2)."""
    last = max(work.backup.reached_on, work.lost.reached_on or work.backup.reached_on)
    days = (work.today - last).days
    if days > work.gap_days and not accept_gap:
        raise GapTooLongError(
            f"today is {work.today}, {days} days after the last day of the backup or the store, "
            f"{last}",
            hint="check the system's clock (date); if it is right, the same with --accept-gap",
        )


def _check_unchanged(work: Work, salvage: Salvage | None, *, is_there: bool) -> None:
    """Raise PlanChangedError where the store at the place is not as it was looked at."""
    is_same = is_there == work.lost.is_there
    if is_same and salvage is not None:
        lost = lost_stores.lost_of(salvage, work.backup, fault=work.lost.fault)
        since = since_backup.since(salvage, work.backup, lost)
        is_same = (lost, since) == (work.lost, work.since)
    if not is_same:
        raise PlanChangedError(
            f"the store at {work.path} has changed since it was looked at; nothing was done",
            hint="stop what runs by itself (cron, the timers), then the same command again",
        )


def _made(tx: Transaction, work: Work, plan: RestorePlan) -> Made:
    """Make a store that goes on of a backup, in one transaction of its draft."""
    if tx.moved is not None:
        moved.clear(tx)
        tx.moved = None
    # Documents are in the order of their dates, those that were lost too.
    if work.lost.reached_on is not None and work.lost.reached_on > tx.today:
        tx.move_clock(work.lost.reached_on)
    restoration = restorations.record(
        tx,
        backup_at=work.backup.at,
        backup=work.backup.head,
        lost=_known_head(work),
        last_numbers=plan.last_numbers,
        last_ids=plan.last_ids,
        waiting=tuple(Wait),
    )
    proof = work.since if work.lost.is_proof else Since()
    exported = restored_rows.count_as_exported(tx, proof)
    restored_rows.count_as_begun(tx)
    has_driver = bool(tx.setting("driver"))
    done, held = restored_rows.count_as_done(
        tx, proof, is_proven=work.lost.is_proof, has_driver=has_driver
    )
    told = restored_rows.count_as_told(tx, proof)
    repeated = erasing_again.repeat(tx, work.path, work.file, proof.erased)
    tx.close_batch()
    return Made(
        restored_on=restoration.restored_on,
        head=moved.head(tx),
        exported=tuple(exported),
        told=tuple(told),
        repeated=repeated,
        done=tuple(done),
        held=tuple(held),
        has_driver=has_driver,
    )


def _known_head(work: Work) -> Head | None:
    """The lost store's last transaction, if no later one was lost before, or with the disk."""
    head = work.lost.head
    is_before = head is not None and head.batch_id <= work.backup.head.batch_id
    is_last = work.lost.follows or is_before
    return head if work.lost.fault is None and is_last else None


def _restored(work: Work, plan: RestorePlan, made: Made, kept: str | None) -> Restored:
    place = kept or str(work.path)
    steps = restore_steps.steps(work.backup, work.lost, work.since, made, work.currency, place)
    item: dict[str, object] = {
        "path": str(work.path),
        "file": str(work.file),
        "backup_at": work.backup.at,
        "restored_on": made.restored_on.isoformat(),
        "journal_head": made.head,
        "replaced": kept,
        "lost_numbers": [str(one) for one in plan.lost_numbers],
        "steps": [fields(step) for step in steps],
    }
    why = f"the store as it was is kept in {kept}" if kept else "there was no other store"
    return Restored(items=(item,), steps=steps, undo=undo.never(why))


def already(work: Work) -> Restored:
    """What is said where the store at the place is the backup, restored a moment ago."""
    item: dict[str, object] = {
        "path": str(work.path),
        "file": str(work.file),
        "backup_at": work.backup.at,
        "restored_on": None,
        "journal_head": work.lost.head and work.lost.head.head,
        "replaced": None,
        "lost_numbers": [],
        "steps": [],
    }
    return Restored(items=(item,), changed=False)
