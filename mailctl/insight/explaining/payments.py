"""The payments that were begun for an invoice, and the results of their tries (rules 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mailctl.domain.money import money
from mailctl.insight.explaining.debt_history import open_after
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.explanations import Document, Event
from mailctl.store.queries.money_explanations import Movement

KINDS = (
    "payment-created",
    "payment-try-failed",
    "payment-cancelled",
    "payment-settled",
    "payment-returned",
    "payment-unsettled",
    "grace-given",
)
"""The rows of the journal that this module reads: what it explains, and what ends a payment."""


class Collection:
    """What was done to collect one invoice: payments, more time.

    A payment collects what was missing and not being collected yet, for the oldest invoices first.
    What failed for good is not collected again, and lies on the oldest of them.
    """

    def __init__(
        self,
        reader: Reader,
        document: Document,
        rows: Sequence[Event],
        movements: Sequence[Movement],
    ) -> None:
        self._currency = reader.info.currency
        self._labels = books.method_labels(reader, document.customer_id)
        self._rows = rows
        self.payments = frozenset(
            payment
            for payment, covered in _begun(reader, rows, movements)
            if document.id in covered
        )

    def texts(self) -> Iterator[tuple[Event, str]]:
        """Each row that concerned the invoice, in words."""
        for row in self._rows:
            if row.kind == "grace-given":
                yield row, f"{row.actor} gave more time to pay, until {row.text('until')}."
            elif row.kind != "payment-settled" and row.number("payment") in self.payments:
                yield row, self._text(row)

    def _text(self, row: Event) -> str:
        payment = row.number("payment")
        if row.kind == "payment-cancelled":
            return f"Payment {payment} was cancelled."
        if row.kind == "payment-created":
            method = row.number("method")
            through = self._labels.get(method, f"payment method {method}")
            amount = money(row.number("cents"), self._currency)
            text = f"Payment {payment} of {amount} was begun, through {through}"
            if row.text("next_try_on") is not None:
                return (
                    f"{text}, to be asked for on {row.text('next_try_on')}: it follows payment "
                    f"{row.number('follows')}."
                )
            return f"{text}."
        if row.kind == "payment-unsettled":
            return (
                f"Payment {payment} had been settled by mistake, {row.actor} recorded: its answer "
                "is awaited again."
            )
        reason = f" ({row.text('reason')})" if row.text("reason") else ""
        if row.kind == "payment-returned":
            return f"The money of payment {payment} was taken back{reason}."
        again = row.text("next_try_on")
        then = f"the next was set for {again}" if again else "it was the last"
        return f"Try {row.number('tries')} of payment {payment} failed{reason}; {then}."


def _begun(
    reader: Reader, rows: Iterable[Event], movements: Sequence[Movement]
) -> Iterator[tuple[int, Mapping[int, int]]]:
    """Each payment, and how many cents it was to collect for which invoices."""
    begun: dict[int, Mapping[int, int]] = {}
    running: dict[int, Mapping[int, int]] = {}
    for row in rows:
        if row.kind == "payment-created":
            until = books.last_ledger_id(reader, row.batch)
            left = open_after([one for one in movements if one.id <= until])
            covered = _covered(left, running.values(), row.number("cents"))
            running[row.number("payment")] = covered
            begun[row.number("payment")] = covered
            yield row.number("payment"), covered
        elif row.kind == "payment-unsettled" and row.number("payment") in begun:
            running[row.number("payment")] = begun[row.number("payment")]
        elif row.kind in ("payment-settled", "payment-cancelled") or (
            row.kind == "payment-try-failed" and row.text("next_try_on") is None
        ):
            running.pop(row.number("payment"), None)


def _covered(
    left: Mapping[int, int], running: Iterable[Mapping[int, int]], cents: int
) -> dict[int, int]:
    """What a payment covers: what is open, and not covered by another pending payment."""
    taken = Counter[int]()
    for covered in running:
        taken.update(covered)
    free = {invoice_id: max(0, left[invoice_id] - taken[invoice_id]) for invoice_id in left}
    if sum(free.values()) < cents:
        # Removing a method ends its payments without a row of their own.
        free = dict(left)
    failed = max(0, sum(free.values()) - cents)
    found: dict[int, int] = {}
    for invoice_id in sorted(free):
        passed = min(free[invoice_id], failed)
        failed -= passed
        if free[invoice_id] > passed:
            found[invoice_id] = free[invoice_id] - passed
    return found
