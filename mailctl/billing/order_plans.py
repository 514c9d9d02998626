"""What an order of terms will bill: its lines with their prices, the tax, the balance after it.

An order is priced here once: what it shows is what it bills (rules 7).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from mailctl.domain.lifecycle import Platform, check_customer_open
from mailctl.domain.money import tax_cents
from mailctl.domain.orders import OrderKind
from mailctl.domain.terms import Period, Renewal
from mailctl.errors import CustomerInDebtError
from mailctl.store import customers, ledger, prices
from mailctl.store.command_keys import CommandKey
from mailctl.store.engine.reader import Reader
from mailctl.store.orders import OrderLine
from mailctl.values import Value


class OrderPlan(Value):
    """What an order will bill, net, tax and total in cents, and the balance before and after.

    `repeats` is the order that the same key made before: nothing is done again. An order that
    `awaits` its payment is kept, and has no effect until it is paid. `renewal` is the account's
    renewal after a reopening.
    """

    kind: OrderKind
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
    renewal: Renewal | None = None
    key: CommandKey | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the order was made before, under the same key."""
        return self.repeats is not None

    @property
    def after_cents(self) -> int:
        """The balance that the order leaves."""
        return self.before_cents if self.awaits else self.before_cents - self.total_cents


def check_customer(where: Platform) -> None:
    """CustomerClosedError where the platform's customer is closed."""
    check_customer_open(where.customer, where.customer_state)


def check_money(reader: Reader, where: Platform) -> None:
    """CustomerInDebtError while an invoice of the customer is overdue (rules 7)."""
    if ledger.has_overdue_invoice(reader, where.customer_id):
        raise CustomerInDebtError(
            f"an invoice of {where.customer} is overdue; nothing is ordered until it is paid",
            hint=f"mailctl prepaid credit {where.customer} AMOUNT",
        )


def pricer(
    reader: Reader, where: Platform, account_id: int | None = None
) -> Callable[[Period, date], int]:
    """Net cents of a term of a platform's offer for its customer, by period and first day.

    An account that exists may keep an older price.
    """
    known: dict[tuple[Period, date], int] = {}

    def price(period: Period, day: date) -> int:
        if (period, day) not in known:
            known[period, day] = prices.term_price(
                reader, account_id, where.offer_id, period, day, customer_id=where.customer_id
            )
        return known[period, day]

    return price


def priced(
    reader: Reader,
    where: Platform,
    kind: OrderKind,
    lines: tuple[OrderLine, ...],
    *,
    awaits: bool = False,
    repeats: int | None = None,
    renewal: Renewal | None = None,
    key: CommandKey | None = None,
) -> OrderPlan:
    """A plan of these lines, with its tax and the balance that it leaves."""
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
        repeats=repeats,
        renewal=renewal,
        key=key,
    )
