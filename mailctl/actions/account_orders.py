"""Ordering accounts: planned, shown, then billed for their first term and delivered at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailctl.actions import placing
from mailctl.actions.placing import OrderPlaced
from mailctl.billing import new_accounts, order_plans
from mailctl.billing.new_accounts import LineMaker
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.addresses import kept_spelling, normal_address
from mailctl.domain.lifecycle import Platform, check_open
from mailctl.domain.orders import OrderKind
from mailctl.domain.records import Columns, Record, collect, refused_value
from mailctl.domain.several import all_or_none
from mailctl.domain.terms import Period
from mailctl.errors import LinesRefusedError, MailctlError, NoPeriodicityError, UsageError
from mailctl.store import accounts, command_keys, platforms
from mailctl.store.command_keys import CommandKey
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine

if TYPE_CHECKING:
    from mailctl.wrong_lines import WrongLines

COMMAND = "account order"
MOST_AT_ONCE = 100
FILE_COLUMNS = ("address", "period")
COLUMNS = Columns(read=FILE_COLUMNS, needed=("address",))
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
    every_error: bool = False,
) -> OrderPlan:
    """Check an order and compute its totals (rules 6): up to 100 accounts, more from a file.

    LinesRefusedError has a file's wrong lines by cause, with `every_error` each of them. Without a
    period it is that of the platform's first order, else monthly. With `await_payment` it
    is only kept, to be paid later (rules 7).
    """
    where = platforms.find(reader, platform)
    asked = _asked(addresses, count, records)
    given = None
    if key is not None:
        arguments = _arguments(where, asked, period, records, await_payment)
        given = CommandKey(
            command=COMMAND, customer_id=where.customer_id, key=key, arguments=arguments
        )
    if repeats := command_keys.result_under(reader, given):
        return placing.repeated(reader, where, OrderKind.ACCOUNTS, repeats)
    order_plans.check_customer(where)
    check_open(where)
    usual = period or Period(accounts.first_ordered_period(reader, where.id) or Period.MONTHLY)
    wrong = None if records is None else _nothing_wrong(every=every_error)
    lines = _lines(reader, where, asked, usual, wrong)
    order_plans.check_money(reader, where)
    return order_plans.priced(
        reader, where, OrderKind.ACCOUNTS, lines, awaits=await_payment, key=given
    )


def _nothing_wrong(*, every: bool) -> WrongLines:
    from mailctl.wrong_lines import WrongLines

    return WrongLines(every=every)


def _asked(
    addresses: tuple[str, ...], count: int | None, records: tuple[Record, ...] | None
) -> tuple[Record, ...]:
    """The lines asked for, as if they came from a file."""
    if records is None:
        return _words(addresses, max(1, len(addresses)) if count is None else count)
    if addresses or count is not None:
        raise UsageError(
            "give a file, or addresses and a count, not both",
            hint="mailctl account order PLATFORM --from FILE",
        )
    if not records:
        raise UsageError("the file has no accounts in it", hint=EXAMPLE)
    return records


def _words(addresses: tuple[str, ...], count: int) -> tuple[Record, ...]:
    """That many accounts: the first ones with these addresses, the others blank."""
    most = max(count, len(addresses))
    if count < 1 or most > MOST_AT_ONCE:
        raise UsageError(
            f"1 to {MOST_AT_ONCE} accounts can be ordered at once, not "
            f"{most if count > 0 else count}",
            hint="more come from a file: mailctl account order PLATFORM --from FILE",
        )
    if len(addresses) > count:
        raise UsageError(
            f"{len(addresses)} addresses were given for {count} account{'s' if count > 1 else ''}",
            hint=EXAMPLE,
        )
    # An empty argument is an unset variable of a script; blank accounts are asked for by number.
    for text in addresses:
        if not text.strip():
            normal_address(text)
    padded = (*addresses, *[""] * (count - len(addresses)))
    return tuple(Record(line=n, values={"address": text}) for n, text in enumerate(padded, start=1))


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
                record.get("address") and kept_spelling(record.values["address"]),
                record.get("period"),
            ]
            for record in asked
        ],
        "file": records is not None,
        "await": await_payment,
    }


def _lines(
    reader: Reader,
    where: Platform,
    asked: tuple[Record, ...],
    usual: Period,
    wrong: WrongLines | None,
) -> tuple[OrderLine, ...]:
    """The first terms; `wrong` takes a file's wrong lines, of arguments there are none."""
    make = new_accounts.line_maker(reader, where)
    works = [partial(_line, make, record, usual) for record in asked]
    if wrong is None:
        names = (record.get("address") or "a blank account" for record in asked)
        return tuple(all_or_none("account", zip(names, works, strict=True)))
    made: list[OrderLine] = []
    for record, work in zip(asked, works, strict=True):
        try:
            made.append(work())
        except MailctlError as refused:
            collect(wrong, record, refused)
    if wrong.count:
        raise LinesRefusedError(wrong, "ordered")
    return tuple(made)


def _line(make: LineMaker, record: Record, usual: Period) -> OrderLine:
    record.check()
    period = _period(record.get("period"), usual)
    try:
        return make(record.get("address"), period)
    except NoPeriodicityError as refused:
        refused.column = "period"
        raise
    except MailctlError as refused:
        refused.column = "address"
        raise


def _period(text: str | None, usual: Period) -> Period:
    if text is None:
        return usual
    try:
        return Period(text)
    except ValueError:
        raise refused_value(
            "period",
            "is not monthly or yearly",
            f"{text!r} is not a period: it is monthly or yearly",
        ) from None


def order(transaction: Transaction, plan: OrderPlan) -> OrderPlaced:
    """Carry out a plan: accounts, order, invoice, debit, tasks and the notice, or nothing."""
    return placing.place(transaction, plan)
