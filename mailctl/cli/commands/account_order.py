"""`mailctl account order`: accounts ordered, billed for their first term and delivered at once.

What all orders of terms show before they ask is here too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.input_files import note_unread, records_of, unread_columns
from mailctl.cli.input.options import (
    AllErrors,
    AwaitPayment,
    FromFile,
    IdempotencyKey,
    PlatformArgument,
)
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.money import money
from mailctl.domain.orders import OrderStatus
from mailctl.domain.terms import last_day
from mailctl.domain.text import counted, listed
from mailctl.errors import InvalidAddressError, PlatformNotFoundError

if TYPE_CHECKING:
    from mailctl.actions.placing import OrderPlaced
    from mailctl.billing.order_plans import OrderPlan
    from mailctl.store.orders import OrderLine

Addresses = Annotated[
    list[str] | None, typer.Argument(metavar="[ADDRESS...]", help="The mailboxes' addresses.")
]
Count = Annotated[
    int | None,
    typer.Option(
        "--count",
        metavar="N",
        help="How many accounts, 1 to 100; those without an address are blank.",
        parser=parse.whole(1, 100),
    ),
]
Period = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="monthly or yearly; that of the platform's first order unless given.",
        parser=parse.choice(*parse.PERIODS),
        autocompletion=completers.among(*parse.PERIODS),
    ),
]


@changing("order")
def order(
    run: Run,
    platform: PlatformArgument,
    addresses: Addresses = None,
    *,
    count: Count = None,
    period: Period = None,
    from_: FromFile = None,
    await_payment: AwaitPayment = False,
    all_errors: AllErrors = False,
    key: IdempotencyKey = None,
) -> None:
    """Order accounts on a platform; the first term is billed and debited at once.

    Shows lines, net, tax, total and the balance after, then asks. Up to 100 at once; more come
    from a file with the columns address,period, as a list of accounts has them. With
    --await-payment the order waits for `mailctl order pay` and has no effect before.

    Examples:
      mailctl account order exchange-1 alice@acme.example bob@acme.example
      mailctl account order exchange-1 --count 10 --period yearly --yes

    """
    from mailctl.actions import account_orders

    _check_words(platform, addresses or [])
    asked = _asked(addresses, count, period, from_, key, await_payment=await_payment)
    asked["every_error"] = all_errors or run.output.is_json
    note_unread(run.output, unread_columns(asked["records"] or (), account_orders.COLUMNS))
    run.change_as_planned(
        lambda db: account_orders.plan_order(db, platform=platform, **asked),
        account_orders.order,
        show=_show,
        say=_ordered,
    )


def _check_words(platform: str, addresses: list[str]) -> None:
    """Point out the option that was meant where a word cannot be a platform or an address."""
    command = "mailctl account order"
    if "@" in platform:
        words = " ".join((platform, *addresses))
        raise PlatformNotFoundError(platform, hint=f"{command} PLATFORM {words}")
    if platform.isdigit() and addresses and "@" not in addresses[0]:
        # `account order 3 exchange-1`: the count stands where the platform should.
        words = " ".join((addresses[0], "--count", platform, *addresses[1:]))
        raise PlatformNotFoundError(platform, hint=f"{command} {words}")
    for word in addresses:
        option = "--count" if word.isdigit() else "--period" if word in parse.PERIODS else None
        if option is not None:
            raise InvalidAddressError(
                f"{word!r} is not a mailbox address", hint=f"{command} {platform} {option} {word}"
            )


def _asked(
    addresses: list[str] | None,
    count: int | None,
    period: str | None,
    file: str | None,
    key: str | None,
    *,
    await_payment: bool,
) -> dict[str, Any]:
    from mailctl.actions.account_orders import COLUMNS
    from mailctl.domain import terms

    return {
        "addresses": tuple(addresses or ()),
        "count": count,
        "period": None if period is None else terms.Period(period),
        "records": records_of(file, COLUMNS),
        "await_payment": await_payment,
        "key": key,
    }


def _show(plan: OrderPlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    show_terms(plan, output)
    return f"Order {counted(len(plan.lines), 'account')} on {plan.platform} for {plan.customer}?"


def show_terms(plan: OrderPlan, output: Output) -> None:
    """What will be billed, the sums, and the debt that this makes."""
    output.plan(_lines(plan))
    output.note(_sums(plan, output.currency))
    if plan.awaits:
        output.note("It has no effect until it is paid.")
    elif plan.after_cents < 0:
        short = money(-plan.after_cents, output.currency)
        output.warn(f"this makes a debt of {short}; the invoice is due on {plan.due_on}")


def _lines(plan: OrderPlan) -> list[dict[str, object]]:
    """What is billed; equal terms share a row."""
    alike = Counter(
        (line.period, line.period_start_on, line.period_end_on, line.unit_cents)
        for line in plan.lines
    )
    return [
        {
            "accounts": count,
            "period": period,
            "period_start_on": start.isoformat(),
            "period_end_on": end.isoformat(),
            "unit_cents": cents,
            "net_cents": count * cents,
        }
        for (period, start, end, cents), count in alike.items()
    ]


def _sums(plan: OrderPlan, currency: str) -> str:
    from mailctl.domain.money import format_rate

    return (
        f"net {money(plan.net_cents, currency)}, tax {format_rate(plan.tax_rate)} % "
        f"{money(plan.tax_cents, currency)}, total {money(plan.total_cents, currency)}; "
        f"balance {money(plan.before_cents, currency)}, "
        f"after it {money(plan.after_cents, currency)}"
    )


def _ordered(result: OrderPlaced, did: Tense) -> str:
    if text := kept(result, did):
        return text
    until = listed(sorted({str(last_day(line.period_end_on)) for line in result.lines}), most=5)
    return (
        f"{did('Ordered', 'order')} {counted(len(result.lines), 'account')} on "
        f"{result.order.platform} ({_spans(result.lines)}), paid until {until}: "
        f"{billed(result, did)}"
    )


def kept(result: OrderPlaced, did: Tense) -> str | None:
    """The sentence about an order that was only kept, or given before; None for any other."""
    order = result.order
    if not result.changed:
        return f"The key was given before: order {order.number} stands, and nothing was changed."
    if order.status != OrderStatus.NOT_PAID:
        return None
    return (
        f"{did('Kept', 'keep')} order {order.number} of {did.money(order.total_cents)}, valid "
        f"until {order.valid_until_on}. To carry it out: mailctl order pay {order.number}"
    )


def billed(result: OrderPlaced, did: Tense) -> str:
    """Which order and invoice, how much, and what is left."""
    order = result.order
    return (
        f"order {order.number}, invoice {order.invoice}, {did.money(order.total_cents)} with tax. "
        f"The balance of {order.customer} is {did.money(result.balance_cents)}."
    )


def _spans(lines: Sequence[OrderLine]) -> str:
    """Ids of new accounts, which follow each other: `id 7` or `ids 7 to 16`."""
    first, last = lines[0].account_id, lines[-1].account_id
    return f"id {first}" if first == last else f"ids {first} to {last}"
