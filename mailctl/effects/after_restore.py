"""What waits for a person after the store was restored from a backup (rules 18).

Money that came since the backup is not in the books yet: a tick would begin debts and suspend, a
file for the bank would ask again for what is paid, and letters would be sent twice.
"""

from __future__ import annotations

from mailctl.errors import ConfirmationNeededError, UsageError
from mailctl.store import restorations
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.restorations import Wait

TICK = "mailctl tick --after-restore"
EXPORT = "mailctl payment export --kind bank --format sepa --to debits.xml --after-restore"


def let_go(transaction: Transaction, what: Wait, *, confirmed: bool) -> None:
    """Go on with the first tick or payment file after a restore, which a person confirms.

    With the tick deletions wait for a week. A dry run needs nobody. Raises ConfirmationNeededError,
    and UsageError where nothing waits: what runs by itself must not confirm the next restore.
    """
    if not restorations.waits(transaction, what):
        if confirmed:
            raise UsageError(
                "--after-restore is for the first time after a restore, and nothing waits",
                hint="the same command without --after-restore",
            )
        return
    if not confirmed and not transaction.dry_run:
        raise ConfirmationNeededError(
            f"{restored(transaction)}: the first {_WHAT[what]} after that waits for a person",
            hint="enter first what the bank and the gateways say since the backup, then: "
            f"{TICK if what is Wait.TICK else EXPORT}",
        )
    restorations.release(transaction, what)
    if what is Wait.TICK:
        # Every tick comes by here, and hardly any is the first after a restore.
        from mailctl.effects import held_deletions

        held_deletions.postpone_after_restore(transaction)


_WHAT = {Wait.TICK: "tick", Wait.PAYMENT_EXPORT: "payment file"}


def check_letters(reader: Reader) -> None:
    """ConfirmationNeededError while the first tick after a restore waits: letters wait with it."""
    if restorations.waits(reader, Wait.TICK):
        raise ConfirmationNeededError(
            f"{restored(reader)}: no letter is sent before the first tick after that",
            hint=f"enter first what the bank and the gateways say since the backup, then: {TICK}",
        )


def restored(reader: Reader) -> str:
    """`the store was restored on 2026-11-28 from a backup of 2026-11-28T06:00:00Z`."""
    last = restorations.every(reader)[-1]
    return f"the store was restored on {last.restored_on} from a backup of {last.backup_at}"
