"""Ordering accounts: planned, shown, then billed for their first term and delivered at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from mailctl.actions import domains, purchase
from mailctl.actions.purchase import OrderPlan
from mailctl.actions.result import Changed
from mailctl.domain.addresses import normal_address
from mailctl.domain.lifecycle import Platform, check_open, first_refusal, tried
from mailctl.domain.offers import ExpiryOf, check_period
from mailctl.domain.records import Record
from mailctl.domain.terms import Period, next_monthly_on, term_end
from mailctl.errors import AddressTakenError, LinesRefusedError, MailctlError, UsageError
from mailctl.store import accounts, orders, platforms
from mailctl.store.accounts import NewAccount
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine

COMMAND = "account order"
MOST_AT_ONCE = 100
FILE_COLUMNS = ("address", "period")
EXAMPLE = "mailctl account order PLATFORM --count 10"


def plan_order(
    reader: Reader,
    *,
    platform: str,
    addresses: tuple[str, ...] = (),
    count: int | None = None,
    period: Period | None = None,
    records: tuple[Record, ...] | None = None,
    await_payment: bool = False,
    key: str | None = None,
) -> OrderPlan:
    """Check an order and compute it (SPEC 6): 1 to 100 accounts a call, any number from a file.

    Without a period it is that of the platform's first order, else monthly. With `await_payment` it
    is only kept, to be paid later (SPEC 7).
    """
    where = platforms.find(reader, platform)
    asked = _asked(addresses, count, records)
    said = None if key is None else _arguments(where, asked, period, records, await_payment)
    repeats = key and orders.kept_under(reader, COMMAND, where.customer_id, key, said or {})
    if repeats:
        return purchase.repeated(reader, where, "accounts", repeats)
    purchase.check_customer(where)
    check_open(where)
    usual = period or Period(accounts.first_ordered_period(reader, where.id) or Period.MONTHLY)
    lines = _lines(reader, where, asked, usual, from_file=records is not None)
    purchase.check_money(reader, where)
    return purchase.priced(
        reader, where, "accounts", lines, awaits=await_payment, key=key, arguments=said
    )


def replan(reader: Reader, where: Platform, kept: tuple[OrderLine, ...]) -> OrderPlan:
    """Check the lines of an order that awaits its payment again, as if it were given today."""
    purchase.check_customer(where)
    check_open(where)
    asked = tuple(
        Record(n, {"address": line.address or "", "period": line.period})
        for n, line in enumerate(kept, start=1)
    )
    lines = _lines(reader, where, asked, Period.MONTHLY, from_file=False)
    return purchase.priced(reader, where, "accounts", lines)


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
    await_payment: bool,  # noqa: FBT001
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
        "await": await_payment,
    }


def _lines(
    reader: Reader, where: Platform, asked: tuple[Record, ...], usual: Period, *, from_file: bool
) -> tuple[OrderLine, ...]:
    """The first terms; a file's wrong lines are all named at once, a call's first is enough."""
    seen: dict[str, int] = {}
    price = purchase.pricer(reader, where)
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


def _line(
    reader: Reader,
    where: Platform,
    record: Record,
    usual: Period,
    seen: dict[str, int],
    price: Callable[[str, date], int],
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
        unit_cents=price(period.value, reader.today),
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


def order(transaction: Transaction, plan: OrderPlan) -> Changed:
    """Carry out a plan: accounts, order, invoice, debit, tasks and the notice, or nothing."""
    return purchase.place(transaction, plan, deliver, command=COMMAND)


def deliver(transaction: Transaction, plan: OrderPlan, number: int) -> list[int]:
    """Make the accounts of an order; their ids, one for each line."""
    where = platforms.find(transaction, plan.platform)
    return [_deliver(transaction, where, number, line) for line in plan.lines]


def _deliver(transaction: Transaction, where: Platform, number: int, line: OrderLine) -> int:
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
    if line.address:
        accounts.add_task(transaction, account_id, "create", line.address)
    transaction.record(
        "ordered",
        f"account/{account_id}",
        {"order": number, "period": line.period, "expires_on": line.period_end_on.isoformat()},
        {"address": line.address} if line.address else None,
    )
    return account_id
