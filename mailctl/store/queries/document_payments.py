"""How invoices were covered on their day: told by the journal, whose rows never change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mailctl.domain.payments import MethodKind
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import among, numbered
from mailctl.values import Value

_ENDS = ("payment-settled", "payment-cancelled", "payment-returned")
_KINDS = (
    *("invoiced", "payment-created", "payment-moved", "payment-unsettled", "payment-try-failed"),
    *_ENDS,
)


class Asked(Value):
    """An invoice that its customer's balance did not cover; what was missing after it, in cents."""

    number: str
    customer: str
    issued_on: date
    missing_cents: int


class Covering(Value):
    """The payment that covered an invoice; `begun_with_it` in the step that issued the invoice."""

    method_id: int
    begun_with_it: bool


class Method(Value):
    """What documents say of a method."""

    id: int
    kind: MethodKind
    label: str
    details: dict[str, str | None]


def methods(reader: Reader, ids: Sequence[int]) -> dict[int, Method]:
    """The methods with these keys, removed ones too."""
    if not ids:
        return {}
    found = reader.each(
        Method,
        f"SELECT id, kind, label, details FROM method WHERE id IN {among('id', ids)}",
        numbered("id", ids),
    )
    return {method.id: method for method in found}


class _Entry(Value):
    batch: int
    kind: str
    subject: str
    details: str


def covering(reader: Reader, asked: Sequence[Asked]) -> dict[str, Covering]:
    """By invoice the payment that covered it when its step was done, where one did.

    It is covered where what is pending brings all that is missing (rules 9).
    """
    wanted = {(one.customer, one.number): one for one in asked}
    of_customer: dict[str, _Account] = {}
    for entry in _entries(reader, asked):
        customer = entry.subject.removeprefix("customer/")
        account = of_customer.setdefault(customer, _Account())
        account.take(entry, wanted.get((customer, json.loads(entry.details).get("invoice", ""))))
    for account in of_customer.values():
        account.end_step()
    return {number: found for account in of_customer.values() for number, found in account.covered}


def _entries(reader: Reader, asked: Sequence[Asked]) -> Iterator[_Entry]:
    """What happened to the payments of these customers, and when the invoices were issued."""
    subjects = sorted({f"customer/{one.customer}" for one in asked})
    days = sorted({one.issued_on.isoformat() for one in asked})
    return reader.each(
        _Entry,
        f"""
        SELECT j.batch, j.kind, j.subject, j.details
        FROM journal j
        WHERE j.subject IN {among("subject", subjects)}
            AND j.kind IN {among("kind", _KINDS)}
            AND (j.kind <> 'invoiced' OR j.happened_on IN {among("day", days)})
        ORDER BY j.seq
        """,
        {
            **numbered("subject", subjects),
            **numbered("kind", _KINDS),
            **numbered("day", days),
        },
    )


class _Account:
    """The pending payments of one customer, as the journal tells of them step by step."""

    def __init__(self) -> None:
        self.covered: list[tuple[str, Covering]] = []
        self._batch = 0
        self._issued: list[Asked] = []
        self._begun: list[int] = []
        self._pending: dict[int, int] = {}
        self._methods: dict[int, int] = {}

    def take(self, entry: _Entry, invoice: Asked | None) -> None:
        """What happened next; the invoice, where it is that of one that is asked for."""
        if entry.batch != self._batch:
            self.end_step()
            self._batch = entry.batch
        if entry.kind == "invoiced":
            if invoice is not None:
                self._issued.append(invoice)
            return
        details: Mapping[str, int] = json.loads(entry.details)
        payment = details["payment"]
        if entry.kind == "payment-created":
            self._begun.append(payment)
        if entry.kind in ("payment-created", "payment-unsettled"):
            self._pending[payment] = details["cents"]
        if entry.kind in ("payment-created", "payment-moved"):
            self._methods[payment] = details["method"]
        has_ended = entry.kind in _ENDS
        if has_ended or (entry.kind == "payment-try-failed" and not details["next_try_on"]):
            self._pending.pop(payment, None)

    def end_step(self) -> None:
        """Look at what is pending now for each invoice of the step."""
        for invoice in self._issued:
            if self._pending and sum(self._pending.values()) >= invoice.missing_cents:
                payment = max(self._pending)
                found = Covering(
                    method_id=self._methods[payment], begun_with_it=payment in self._begun
                )
                self.covered.append((invoice.number, found))
        self._issued, self._begun = [], []
