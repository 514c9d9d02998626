"""Invoices: settled by money that names them, and credited (rules 8, rules 9)."""

from __future__ import annotations

from mailctl.actions import prepaid, undo
from mailctl.actions.orders import paid_orders, refusal_warnings
from mailctl.actions.result import MoneyResult
from mailctl.billing import balance
from mailctl.billing.arrivals import check_new
from mailctl.billing.bank_words import Received, facts_of
from mailctl.billing.bill import seller
from mailctl.billing.order_payment import pay_named
from mailctl.billing.settlement import cents_to_settle
from mailctl.domain.money import tax_cents
from mailctl.domain.names import check_filled
from mailctl.domain.notices import NoticeKind
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.states import CustomerState
from mailctl.errors import InvoiceNotFoundError, NothingToCreditError, UsageError
from mailctl.store import customers, invoices, ledger, notices
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.invoices import Invoice, InvoiceLine
from mailctl.values import Value


class InvoicePaid(MoneyResult):
    """An invoice that is settled; `cents` was recorded for it and everything older."""

    thing: str = "invoice"
    cents: int


class InvoiceCredited(MoneyResult):
    """The credit note of an invoice, and the balance after everything that follows."""

    thing: str = "invoice"
    invoice: str
    cents: int
    balance_cents: int


def pay(transaction: Transaction, *, number: str, received: Received | None = None) -> InvoicePaid:
    """Record the money that settles an invoice and everything older; AlreadyRecordedError."""
    invoice = _find(transaction, number)
    customer = customers.find(transaction, invoice.customer)
    check_new(transaction, customer, received)
    cents = cents_to_settle(transaction, invoice) if invoice.open_cents else 0
    if cents > 0:
        came = prepaid.receive(transaction, customer, cents, received=received)
        return InvoicePaid(
            items=(invoices.show(transaction, invoice.number),),
            cents=cents,
            reopened=came.reopened,
            paid_orders=came.paid_orders,
            warnings=came.warnings,
            undo=came.undo,
        )
    warning = (
        "no money was recorded; to record money that did arrive: "
        f"mailctl prepaid credit {invoice.customer} AMOUNT --received"
    )
    return InvoicePaid(
        items=(invoices.show(transaction, invoice.number),),
        changed=False,
        cents=0,
        warnings=(warning,) if facts_of(received) else (),
    )


def _find(reader: Reader, number: str) -> Invoice:
    invoice = invoices.find(reader, number)
    if invoice.series:
        raise InvoiceNotFoundError(number, hint="mailctl invoice list")
    return invoice


class CreditPlan(Value):
    """What a credit note will give back, in cents."""

    invoice: Invoice
    lines: tuple[InvoiceLine, ...]
    net_cents: int
    tax_cents: int
    before_cents: int

    @property
    def total_cents(self) -> int:
        """Net and tax."""
        return self.net_cents + self.tax_cents


def plan_credit(
    reader: Reader, *, number: str, lines: tuple[int, ...] = (), reason: str
) -> CreditPlan:
    """Check and compute a credit note for a whole invoice, or the lines of these numbers (rules 8).

    Its tax is that of its lines, rounded, but at most the tax not yet credited; the note for the
    last line takes what is left. NothingToCreditError where a line is credited already.
    """
    check_filled(reason, "reason")
    invoice = _find(reader, number)
    customer = customers.find(reader, invoice.customer)
    kept = invoices.lines_of(reader, invoice.id)
    chosen = _chosen(invoice, kept, lines)
    net = sum(line.unit_cents for line in chosen)
    left = invoice.tax_cents - invoices.credited_tax(reader, invoice.id)
    is_last = len(chosen) == sum(not line.is_credited for line in kept)
    return CreditPlan(
        invoice=invoice,
        lines=chosen,
        net_cents=net,
        tax_cents=left if is_last else min(left, tax_cents(net, invoice.tax_rate)),
        before_cents=customer.balance_cents,
    )


def credit(
    transaction: Transaction, *, number: str, lines: tuple[int, ...] = (), reason: str
) -> InvoiceCredited:
    """Issue a credit note; what it gives back settles its invoice, then the oldest others."""
    plan = plan_credit(transaction, number=number, lines=lines, reason=reason)
    note = _issue(transaction, plan, check_filled(reason, "reason"))
    customer_id = plan.invoice.customer_id
    reopened = balance.changed(transaction, customer_id).reopened
    tried = pay_named(transaction, customer_id)
    return InvoiceCredited(
        items=(invoices.show(transaction, note),),
        invoice=plan.invoice.number,
        cents=plan.total_cents,
        balance_cents=customers.find(transaction, plan.invoice.customer).balance_cents,
        reopened=reopened,
        paid_orders=paid_orders(tried),
        warnings=refusal_warnings(tried),
        undo=undo.never("a credit note stays; what is to be billed again is ordered again"),
    )


def _issue(transaction: Transaction, plan: CreditPlan, reason: str) -> str:
    """Keep the credit note, its money and its notice; the note's number."""
    invoice = plan.invoice
    note_id = invoices.add_credit_note(
        transaction,
        invoice,
        plan.lines,
        net_cents=plan.net_cents,
        tax_cents=plan.tax_cents,
        reason=reason,
        seller=seller(transaction),
    )
    note = invoices.number_of(transaction, note_id)
    customer = customers.find(transaction, invoice.customer)
    after = ledger.add(
        transaction,
        customer,
        MovementKind.CREDIT_NOTE,
        plan.total_cents,
        invoice_id=note_id,
        reason=reason,
    )
    transaction.record(
        "invoice-credited",
        f"customer/{invoice.customer}",
        {
            "invoice": invoice.number,
            "credit_note": note,
            "total_cents": plan.total_cents,
            "balance_cents": after,
        },
    )
    # Queued before what follows from it, such as the notice of a settled debt.
    _notify(transaction, customer, note_id, plan.total_cents)
    return note


def _notify(transaction: Transaction, customer: Customer, note_id: int, cents: int) -> None:
    """Notify the customer, a closed one too; an erased one has no address."""
    if customer.state != CustomerState.ERASED:
        notices.queue(
            transaction,
            customer.id,
            NoticeKind.CREDIT_NOTE_ISSUED,
            invoice_id=note_id,
            amount_cents=cents,
        )


def _chosen(
    invoice: Invoice, kept: tuple[InvoiceLine, ...], lines: tuple[int, ...]
) -> tuple[InvoiceLine, ...]:
    """The lines to credit: those of the numbers, or all that are not credited yet."""
    for line in lines:
        if not 1 <= line <= len(kept):
            raise UsageError(
                f"{invoice.number} has no line {line}: it has {len(kept)}",
                hint=f"mailctl invoice show {invoice.number}",
            )
        if kept[line - 1].is_credited:
            raise NothingToCreditError(
                f"line {line} of {invoice.number} is credited already",
                hint=f"mailctl invoice show {invoice.number}",
            )
    chosen = [kept[line - 1] for line in sorted(set(lines))] if lines else list(kept)
    found = tuple(line for line in chosen if not line.is_credited)
    if not found:
        raise NothingToCreditError(
            f"{invoice.number} is credited already",
            hint=f"mailctl invoice list --kind credit-note --customer {invoice.customer}",
        )
    return found
