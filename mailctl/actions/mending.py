"""Tasks that put the differences between the mail server and the books right (rules 16)."""

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
    """Ask for a task against each difference; the next `task run` gives it to the driver."""
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
    moved = []
    for one in differences:
        account = _account(one)
        if one.kind is DifferenceKind.MISSING or (
            one.kind is DifferenceKind.ADDRESS and one.address is None
        ):
            # A mailbox without an address gets it as one that is made again does.
            yield Mend(account=account, kind=None)
        elif one.kind is DifferenceKind.ADDRESS:
            moved.append(one)
        else:
            kind = TaskKind.SUSPEND if one.kind is DifferenceKind.WORKING else TaskKind.REOPEN
            yield Mend(account=account, kind=kind)
    yield from _renames(moved)


def _renames(moved: Sequence[Difference]) -> Iterator[Mend]:
    """Give mailboxes their addresses: each after the mailbox that still has the address.

    Of those that wait for each other in a ring, one loses its address first, and gets its own last.
    """
    holders = {one.address: one for one in moved}
    waiting = {one.mailbox: one for one in moved}
    while waiting:
        chain = [next(iter(waiting.values()))]
        while (holder := holders.get(chain[-1].wanted_address)) and holder.mailbox in waiting:
            if holder in chain:
                yield _rename(holder, is_without_address=True)
                yield Mend(account=_account(holder), kind=None)
                del waiting[holder.mailbox]
                break
            chain.append(holder)
        for one in reversed(chain):
            if waiting.pop(one.mailbox, None):
                yield _rename(one)


def _rename(one: Difference, *, is_without_address: bool = False) -> Mend:
    return Mend(
        account=_account(one),
        kind=TaskKind.RENAME,
        old_address=one.address,
        is_without_address=is_without_address,
    )


def _account(one: Difference) -> int:
    assert one.account is not None
    return one.account
