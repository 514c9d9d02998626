"""Ordering accounts: planned, shown, then billed for their first term and delivered at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from mailctl.actions import domains
from mailctl.actions.customers import check_open as check_customer_open
from mailctl.actions.result import Changed
from mailctl.billing.bill import Term, bill_terms
from mailctl.domain.addresses import normal_address
from mailctl.domain.lifecycle import Platform, check_open, first_refusal, tried
from mailctl.domain.money import format_amount, tax_cents
from mailctl.domain.offers import ExpiryOf, check_period
from mailctl.domain.records import Record
from mailctl.domain.terms import Period, next_monthly_on, term_end
from mailctl.errors import (
    AddressTakenError,
    CustomerInDebtError,
    LinesRefusedError,
    MailctlError,
    UsageError,
)
from mailctl.store import accounts, customers, ledger, notices, orders, platforms, prices
from mailctl.store.accounts import NewAccount
from mailctl.store.connection import Reader, Transaction
from mailctl.store.orders import OrderLine

COMMAND = "account order"
MOST_AT_ONCE = 100
FILE_COLUMNS = ("address", "period")
EXAMPLE = "mailctl account order PLATFORM --count 10"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlan:
    """What an order will bill, net, tax and total in cents, and the balance before and after.

    `repeats` is the order that the same key made before: nothing is done again.
    """

    platform: str
    customer: str
    lines: tuple[OrderLine, ...]
    net_cents: int
    tax_rate: int
    tax_cents: int
    total_cents: int
    before_cents: int
    due_on: date
    repeats: int | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the order was made before, under the same key."""
        return self.repeats is not None

    @property
    def after_cents(self) -> int:
        """The balance that the order leaves."""
        return self.before_cents - self.total_cents


def plan_order(
    reader: Reader,
    *,
    platform: str,
    addresses: tuple[str, ...] = (),
    count: int | None = None,
    period: Period | None = None,
    records: tuple[Record, ...] | None = None,
    key: str | None = None,
) -> OrderPlan:
    """Check an order and reckon it (SPEC 6): 1 to 100 accounts a call, any number from a file.

    Without a period it is that of the platform's first order, else monthly.
    """
    where = platforms.find(reader, platform)
    asked = _asked(addresses, count, records)
    repeats = None
    if key is not None:
        repeats = orders.kept_under(
            reader, COMMAND, where.customer_id, key, _arguments(where, asked, period, records)
        )
    if repeats is None:
        _check_customer(where)
        check_open(where)
    usual = period or Period(accounts.first_ordered_period(reader, where.id) or Period.MONTHLY)
    lines = () if repeats else _lines(reader, where, asked, usual, from_file=records is not None)
    if repeats is None and ledger.has_overdue_invoice(reader, where.customer_id):
        raise CustomerInDebtError(
            f"an invoice of {where.customer} is overdue; nothing is ordered until it is paid",
            hint=f"mailctl prepaid credit {where.customer} AMOUNT",
        )
    return _priced(reader, where, lines, repeats)


def _check_customer(where: Platform) -> None:
    check_customer_open(where.customer, where.customer_state)


def _asked(
    addresses: tuple[str, ...], count: int | None, records: tuple[Record, ...] | None
) -> tuple[Record, ...]:
    """What is asked for, line by line, as if it came from a file."""
    if records is not None:
        if addresses or count is not None:
            raise UsageError(
                "give a file, or addresses and a count, not both",
                hint="mailctl account order PLATFORM --from FILE",
            )
        if not records:
            raise UsageError("the file has no accounts in it", hint=EXAMPLE)
        return records
    number = count if count is not None else max(1, len(addresses))
    if not 1 <= number <= MOST_AT_ONCE or len(addresses) > MOST_AT_ONCE:
        raise UsageError(
            f"1 to {MOST_AT_ONCE} accounts can be ordered at once, not "
            f"{max(number, len(addresses)) if number > 0 else number}",
            hint="more come from a file: mailctl account order PLATFORM --from FILE",
        )
    if len(addresses) > number:
        raise UsageError(
            f"{len(addresses)} addresses were given for {number} "
            f"account{'s' if number > 1 else ''}",
            hint=EXAMPLE,
        )
    # An empty word is somebody's empty variable, and no address; a blank account is not named.
    for text in addresses:
        if not text.strip():
            normal_address(text)
    padded = (*addresses, *("" for _ in range(number - len(addresses))))
    return tuple(Record(n, {"address": text}) for n, text in enumerate(padded, start=1))


def _arguments(
    where: Platform,
    asked: tuple[Record, ...],
    period: Period | None,
    records: tuple[Record, ...] | None,
) -> dict[str, object]:
    return {
        "platform": where.name,
        "period": period,
        "lines": [
            [
                record.get("address") and normal_address(record.values["address"]),
                record.get("period"),
            ]
            for record in asked
        ],
        "file": records is not None,
    }


def _lines(
    reader: Reader, where: Platform, asked: tuple[Record, ...], usual: Period, *, from_file: bool
) -> tuple[OrderLine, ...]:
    """The first terms; a file's wrong lines are all named at once, a call's first is enough."""
    seen: dict[str, int] = {}
    price = _pricer(reader, where)
    tries = [
        (record, tried(partial(_line, reader, where, record, usual, seen, price)))
        for record in asked
    ]
    refused = [(record, one) for record, one in tries if isinstance(one, MailctlError)]
    if refused and not from_file:
        first = first_refusal(error for _, error in refused)
        assert first is not None
        raise first
    bad = [f"line {record.line}: {error.message}" for record, error in refused]
    if bad:
        raise LinesRefusedError(
            f"{len(bad)} line{'s' if len(bad) > 1 else ''} of the file cannot be ordered; "
            "nothing was",
            lines=tuple(bad),
            hint="mend the lines and run the command again",
        )
    return tuple(one for _, one in tries if isinstance(one, OrderLine))


def _pricer(reader: Reader, where: Platform) -> Callable[[Period], int]:
    known: dict[Period, int] = {}

    def price(period: Period) -> int:
        if period not in known:
            known[period] = prices.price_on(
                reader,
                where.offer_id,
                period.value,
                reader.today,
                customer_id=where.customer_id,
            )
        return known[period]

    return price


def _line(
    reader: Reader,
    where: Platform,
    record: Record,
    usual: Period,
    seen: dict[str, int],
    price: Callable[[Period], int],
) -> OrderLine:
    record.check()
    period = _period(record.get("period"), usual)
    address = normal_address(record.values["address"]) if record.get("address") else None
    check_period(where.offer, where.expiry_of, period)
    if address is not None:
        if address in seen:
            raise AddressTakenError(f"{address} is asked for twice", hint="give each address once")
        seen[address] = record.line
        domains.check_address(reader, where, address)
    return OrderLine(
        address=address,
        period=period.value,
        period_start_on=reader.today,
        period_end_on=_first_expiry(where, period, reader.today),
        unit_cents=price(period),
    )


def _period(text: str | None, usual: Period) -> Period:
    if text is None:
        return usual
    try:
        return Period(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a period", hint="monthly or yearly") from None


def _first_expiry(where: Platform, period: Period, today: date) -> date:
    """Today and a period; on private-exchange the platform's next monthly date (SPEC 6)."""
    if where.expiry_of is ExpiryOf.PLATFORM:
        return next_monthly_on(where.created_on, today)
    return term_end(today, period, today.day)


def _priced(
    reader: Reader, where: Platform, lines: tuple[OrderLine, ...], repeats: int | None
) -> OrderPlan:
    customer = customers.find(reader, where.customer)
    net = sum(line.unit_cents for line in lines)
    rate = prices.tax_on(
        reader, customer.country, reader.today, has_vat_number=customer.has_vat_number
    ).rate
    tax = tax_cents(net, rate)
    days = customer.payment_days or reader.setting_number("payment-days")
    return OrderPlan(
        platform=where.name,
        customer=where.customer,
        lines=lines,
        net_cents=net,
        tax_rate=rate,
        tax_cents=tax,
        total_cents=net + tax,
        before_cents=customer.balance_cents,
        due_on=reader.today + timedelta(days=days),
        repeats=repeats,
    )


def order(
    transaction: Transaction,
    plan: OrderPlan,
    *,
    addresses: tuple[str, ...] = (),
    count: int | None = None,
    period: Period | None = None,
    records: tuple[Record, ...] | None = None,
    key: str | None = None,
) -> Changed:
    """Carry out a plan: accounts, order, invoice, debit, tasks and the notice, or nothing."""
    if plan.repeats is not None:
        return _result(transaction, plan, plan.repeats)
    where = platforms.find(transaction, plan.platform)
    number = orders.add(
        transaction,
        customer_id=where.customer_id,
        platform_id=where.id,
        kind="accounts",
        net_cents=plan.net_cents,
        tax_cents=plan.tax_cents,
    )
    ids = [
        _deliver(transaction, where, number, line, position)
        for position, line in enumerate(plan.lines, start=1)
    ]
    transaction.record(
        "ordered",
        f"order/{number}",
        {"accounts": len(ids), "platform": where.name, "total_cents": plan.total_cents},
    )
    _bill(transaction, where, plan, number, ids)
    notices.queue(
        transaction,
        where.customer_id,
        "order-confirmed",
        order_number=number,
        amount_cents=plan.total_cents,
        account_ids=tuple(ids),
    )
    if key is not None:
        asked = _asked(addresses, count, records)
        orders.keep_key(
            transaction,
            COMMAND,
            where.customer_id,
            key,
            _arguments(where, asked, period, records),
            number,
        )
    return _result(transaction, plan, number)


def _deliver(
    transaction: Transaction, where: Platform, number: int, line: OrderLine, position: int
) -> int:
    """Make one account of an order; its id."""
    domain_id = domains.claim(transaction, where, line.address) if line.address else None
    anchor = where.created_on if where.expiry_of is ExpiryOf.PLATFORM else transaction.today
    account_id = accounts.add(
        transaction,
        NewAccount(
            platform_id=where.id,
            address=line.address,
            domain_id=domain_id,
            period=line.period,
            renewal=line.period,
            order_number=number,
            anchor_day=anchor.day,
            expires_on=line.period_end_on,
        ),
    )
    orders.add_line(transaction, number, position, line, account_id)
    if line.address:
        accounts.add_task(transaction, account_id, "create", line.address)
    transaction.record(
        "ordered",
        f"account/{account_id}",
        {"order": number, "period": line.period, "expires_on": line.period_end_on.isoformat()},
        {"address": line.address} if line.address else None,
    )
    return account_id


def _bill(
    transaction: Transaction, where: Platform, plan: OrderPlan, number: int, ids: list[int]
) -> None:
    terms = (
        Term(
            account_id=account_id,
            customer_id=where.customer_id,
            offer_id=where.offer_id,
            address=line.address,
            period=line.period,
            starts_on=line.period_start_on,
            ends_on=line.period_end_on,
        )
        for account_id, line in zip(ids, plan.lines, strict=True)
    )
    billed = bill_terms(transaction, terms, order_number=number)
    assert billed.total_cents == plan.total_cents, "the invoice is not what the order said"


def _result(transaction: Transaction, plan: OrderPlan, number: int) -> Changed:
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
