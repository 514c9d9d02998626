"""What every order of terms has in common: planned and priced, placed, paid and delivered (SPEC 7).

Accounts, extensions and reopenings differ in the terms that they ask for and in what delivery does
to the accounts; each gives both, and this module does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mailctl.actions.customers import check_open as check_customer_open
from mailctl.actions.result import Changed
from mailctl.billing.bill import Term, bill_terms
from mailctl.domain.lifecycle import Platform
from mailctl.domain.money import format_amount, tax_cents
from mailctl.effects import money_reminders, reminders
from mailctl.errors import CustomerInDebtError
from mailctl.store import customers, invoices, ledger, notices, orders, platforms, prices
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlan:
    """What an order will bill, net, tax and total in cents, and the balance before and after.

    `repeats` is the order that the same key made before: nothing is done again. An order that
    `awaits` its payment is kept, and has no effect until it is paid. `renewal` is what a reopening
    makes of it.
    """

    kind: str
    platform: str
    customer: str
    lines: tuple[OrderLine, ...]
    net_cents: int
    tax_rate: int
    tax_cents: int
    total_cents: int
    before_cents: int
    due_on: date
    awaits: bool = False
    repeats: int | None = None
    renewal: str | None = None
    key: str | None = None
    arguments: Mapping[str, object] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether the order was made before, under the same key."""
        return self.repeats is not None

    @property
    def after_cents(self) -> int:
        """The balance that the order leaves."""
        return self.before_cents if self.awaits else self.before_cents - self.total_cents


Deliver = Callable[[Transaction, OrderPlan, int], list[int]]


def check_customer(where: Platform) -> None:
    """CustomerClosedError where the platform's customer is closed."""
    check_customer_open(where.customer, where.customer_state)


def check_money(reader: Reader, where: Platform) -> None:
    """CustomerInDebtError while an invoice of the customer is overdue (SPEC 7)."""
    if ledger.has_overdue_invoice(reader, where.customer_id):
        raise CustomerInDebtError(
            f"an invoice of {where.customer} is overdue; nothing is ordered until it is paid",
            hint=f"mailctl prepaid credit {where.customer} AMOUNT",
        )


def pricer(
    reader: Reader, where: Platform, account_id: int | None = None
) -> Callable[[str, date], int]:
    """Net cents of a term of a platform's offer for its customer, by period and first day.

    Of an account that is there already its own terms, which may keep an older price.
    """
    known: dict[tuple[str, date], int] = {}

    def price(period: str, day: date) -> int:
        if (period, day) not in known:
            known[period, day] = prices.term_price(
                reader, account_id, where.offer_id, period, day, customer_id=where.customer_id
            )
        return known[period, day]

    return price


def priced(
    reader: Reader,
    where: Platform,
    kind: str,
    lines: tuple[OrderLine, ...],
    *,
    awaits: bool = False,
    renewal: str | None = None,
    key: str | None = None,
    arguments: Mapping[str, object] | None = None,
) -> OrderPlan:
    """A plan of these lines, with its tax and what it leaves of the balance."""
    customer = customers.find(reader, where.customer)
    net = sum(line.unit_cents for line in lines)
    tax = prices.tax_on(
        reader, customer.country, reader.today, has_vat_number=customer.has_vat_number
    )
    days = customer.payment_days or reader.setting_number("payment-days")
    taxed = tax_cents(net, tax.rate)
    return OrderPlan(
        kind=kind,
        platform=where.name,
        customer=where.customer,
        lines=lines,
        net_cents=net,
        tax_rate=tax.rate,
        tax_cents=taxed,
        total_cents=net + taxed,
        before_cents=customer.balance_cents,
        due_on=reader.today + timedelta(days=days),
        awaits=awaits,
        renewal=renewal,
        key=key,
        arguments=arguments or {},
    )


def repeated(reader: Reader, where: Platform, kind: str, number: int) -> OrderPlan:
    """The plan of a command that was given before under the same key: nothing."""
    return replace(priced(reader, where, kind, ()), repeats=number)


def place(transaction: Transaction, plan: OrderPlan, deliver: Deliver, *, command: str) -> Changed:
    """Keep an order; unless it awaits its payment, bill and deliver it in the same breath."""
    if plan.repeats is not None:
        return result(transaction, plan, plan.repeats)
    where = platforms.find(transaction, plan.platform)
    number = orders.add(
        transaction,
        customer_id=where.customer_id,
        platform_id=where.id,
        kind=plan.kind,
        net_cents=plan.net_cents,
        tax_cents=plan.tax_cents,
        awaits=plan.awaits,
    )
    if plan.awaits:
        orders.set_lines(transaction, number, plan.lines)
        transaction.record(
            "order-kept", f"order/{number}", {"kind": plan.kind, "total_cents": plan.total_cents}
        )
        notices.queue(
            transaction,
            where.customer_id,
            "order-awaiting-payment",
            order_number=number,
            amount_cents=plan.total_cents,
        )
    else:
        carry_out(transaction, plan, deliver, number)
    if plan.key is not None:
        orders.keep_key(transaction, command, where.customer_id, plan.key, plan.arguments, number)
    return result(transaction, plan, number)


def carry_out(transaction: Transaction, plan: OrderPlan, deliver: Deliver, number: int) -> None:
    """Deliver an order and bill it, on one invoice of today."""
    where = platforms.find(transaction, plan.platform)
    ids = deliver(transaction, plan, number)
    lines = tuple(
        replace(line, account_id=account_id)
        for line, account_id in zip(plan.lines, ids, strict=True)
    )
    orders.set_lines(transaction, number, lines)
    transaction.record(
        "ordered",
        f"order/{number}",
        {
            "accounts": len(set(ids)),
            "kind": plan.kind,
            "platform": where.name,
            "total_cents": plan.total_cents,
        },
    )
    account_ids = tuple(dict.fromkeys(ids))
    # Told before what follows from the bill, such as a debt; by when to pay is known after it.
    notice_id = notices.queue(
        transaction,
        where.customer_id,
        "order-confirmed",
        order_number=number,
        amount_cents=plan.total_cents,
        account_ids=account_ids,
    )
    billed = bill_terms(transaction, _terms(where, ids, lines), order_number=number)
    assert billed.total_cents == plan.total_cents, "the invoice is not what the order said"
    due_on = invoices.payable_until(transaction, where.customer_id, number)
    notices.set_due(transaction, notice_id, due_on)
    reminders.tell_of(transaction, account_ids)
    money_reminders.remind_of_cards(transaction, None, where.customer_id)


def _terms(where: Platform, ids: list[int], lines: tuple[OrderLine, ...]) -> list[Term]:
    """What is to be billed of an order that was delivered."""
    return [
        Term(
            account_id=account_id,
            customer_id=where.customer_id,
            offer_id=where.offer_id,
            address=line.address,
            period=line.period,
            starts_on=line.period_start_on,
            ends_on=line.period_end_on,
        )
        for account_id, line in zip(ids, lines, strict=True)
    ]


def result(transaction: Transaction, plan: OrderPlan, number: int) -> Changed:
    """What the command prints: the order, and a warning where it made a debt."""
    warnings: tuple[str, ...] = ()
    if plan.after_cents < 0 and plan.repeats is None:
        warnings = (
            (
                f"{plan.customer} is {format_amount(-plan.after_cents)} short now; "
                f"the invoice is due on {plan.due_on}"
            ),
        )
    return Changed(
        thing="order",
        items=(orders.show(transaction, number),),
        changed=plan.repeats is None,
        facts={"plan": plan, "balance_cents": plan.after_cents},
        warnings=warnings,
    )
