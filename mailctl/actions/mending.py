"""Asking for what mends the differences between the mail server and the books (rules 16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailctl.actions import undo
from mailctl.actions.result import Items, Result
from mailctl.domain.differences import Comparison, Difference, DifferenceKind
from mailctl.domain.tasks import TaskKind
from mailctl.store import reconciliation
from mailctl.store.engine.journal import Entry, compact
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.reconciliation import Mend
from mailctl.values import Value


class MendingPlan(Value):
    """The differences that tasks mend, and how many no task does."""

    differences: tuple[Difference, ...]
    left: int


class Mended(Result):
    """Differences that the mail server is asked to mend."""

    thing: str = "difference"
    many: bool = True
    mailboxes: int = 0
    left: int = 0


def plan(reader: Reader, found: Comparison) -> MendingPlan:
    """What is to be mended of what was found, as far as it is still true."""
    differences = reconciliation.still_true(reader, found)
    mended = tuple(one for one in differences if one.is_mended)
    return MendingPlan(differences=mended, left=len(differences) - len(mended))


def mend(transaction: Transaction, plan: MendingPlan) -> Mended:
    """Ask for what mends each difference; the driver is given it by the next `task run`."""
    reconciliation.ask_to_mend(transaction, _mends(plan.differences))
    transaction.record_all(
        [
            Entry(
                kind="mending-asked",
                subject=f"account/{one.account}",
                details=compact({"found": one.kind.value}),
            )
            for one in plan.differences
        ]
    )
    return Mended(
        items=Items(plan.differences, Difference.item),
        changed=bool(plan.differences),
        mailboxes=len({one.account for one in plan.differences}),
        left=plan.left,
        undo=undo.never("the mail server is asked for what the books want anyway"),
    )


def _mends(differences: Sequence[Difference]) -> Iterator[Mend]:
    for one in differences:
        assert one.account is not None
        if one.kind is DifferenceKind.MISSING or (
            one.kind is DifferenceKind.ADDRESS and one.address is None
        ):
            # A mailbox without an address gets it as one that is made again does.
            yield Mend(account=one.account, kind=None)
        elif one.kind is DifferenceKind.ADDRESS:
            yield Mend(account=one.account, kind=TaskKind.RENAME, old_address=one.address)
        else:
            kind = TaskKind.SUSPEND if one.kind is DifferenceKind.WORKING else TaskKind.REOPEN
            yield Mend(account=one.account, kind=kind)
