"""`customer show`: the whole of a customer at once, and what comes next (rules 13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from mailctl.billing.projection import projections
from mailctl.billing.renewal_steps import next_step_on
from mailctl.domain.money import LARGEST_CENTS, typed_amount
from mailctl.domain.orders import OrderKind
from mailctl.domain.payments import last_day_of_month
from mailctl.domain.tasks import TaskStatus
from mailctl.hints import command, named
from mailctl.store import customers, methods
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import customer_picture as facts
from mailctl.store.queries.customer_picture import (
    Counted,
    Money,
    OpenInvoice,
    OpenOrder,
    PendingPayment,
    PlatformFigures,
    StuckNotice,
    WaitingTask,
)
from mailctl.values import Value, fields, replace

if TYPE_CHECKING:
    from mailctl.actions.result import Result

MOST = 10
"""How many of each list a picture has, the most urgent; their number is beside them."""
CARD_DAYS = 60
"""How many days ahead the end of the card that is charged counts among what comes next."""

ResultT = TypeVar("ResultT", bound="Result")


class Coming(Value):
    """What happens on a day: to how many accounts, and for how many cents, where it is about money.

    A `renewal` is what is billed to the customer on that day if debts are paid; `pay-by` is the
    last day to pay, and the accounts are those that are suspended after it.
    """

    on: date
    event: str
    accounts: int | None = None
    amount_cents: int | None = None
    subject: str | None = None


class Helpful(Value):
    """A command that is likely to be the next, and what it is for."""

    text: str
    command: str


class Picture(Value):
    """All that a person needs to know of a customer; each list with its most urgent alone."""

    profile: Row
    pending_cents: int
    last_money: Money | None
    platforms: tuple[PlatformFigures, ...]
    open_invoices: tuple[OpenInvoice, ...]
    methods: tuple[Row, ...]
    payments: tuple[PendingPayment, ...]
    orders: tuple[OpenOrder, ...]
    notices: tuple[StuckNotice, ...]
    tasks: tuple[WaitingTask, ...]
    counted: Counted
    first_suspended: int | None
    coming: tuple[Coming, ...]
    commands: tuple[Helpful, ...]

    def count(self, name: str) -> int:
        """How many accounts of a state the platforms have together (`accounts_active`)."""
        return sum(getattr(platform, name) for platform in self.platforms)

    def item(self) -> Row:
        """The keys of the public contract."""
        came = self.last_money
        return {
            **self.profile,
            "pending_cents": self.pending_cents,
            "last_money_on": came.on.isoformat() if came else None,
            "last_money_cents": came.cents if came else None,
            "last_money_kind": came.kind if came else None,
            "last_money_by": came.method if came else None,
            "last_money_reference": came.reference if came else None,
            "last_money_entry": came.entry if came else None,
            **{name: self.count(name) for name in _STATES},
            "platforms_live": len(self.platforms),
            "invoices_open": len(self.open_invoices),
            "payments_pending": len(self.payments),
            "orders_open": len(self.orders),
            **fields(self.counted),
            "platforms": _rows(self.platforms),
            "open_invoices": _rows(self.open_invoices),
            "methods": [dict(row) for row in self.methods[:MOST]],
            "payments": _rows(self.payments),
            "orders": _rows(self.orders),
            "notices": _rows(self.notices),
            "tasks": _rows(self.tasks),
            "next": _rows(self.coming),
            "commands": _rows(self.commands),
        }


_STATES = ("accounts_active", "accounts_suspended", "accounts_suspended_debt", "accounts_blank")


def _rows(found: Iterable[Any]) -> list[Row]:
    """The first few facts with the keys of the contract: dates as text."""
    return [
        {name: str(value) if isinstance(value, date) else value for name, value in pairs}
        for pairs in (fields(one).items() for one in islice(found, MOST))
    ]


def picture(reader: Reader, slug: str) -> Picture:
    """All about one customer; CustomerNotFoundError with close ids."""
    profile = customers.show(reader, slug)
    key = customers.find(reader, slug).id
    kept = [
        {**{name: row[name] for name in _METHOD}, "valid_through": row["expires_on"]}
        for row in methods.listing(reader, customer=slug).dicts()
    ]
    pending = facts.pending_payments(reader, key)
    drawn = Picture(
        profile=profile,
        pending_cents=sum(payment.amount_cents for payment in pending),
        last_money=facts.last_money(reader, key),
        platforms=tuple(facts.platforms(reader, key)),
        open_invoices=tuple(facts.open_invoices(reader, key)),
        methods=tuple(sorted(kept, key=lambda row: not row["default"])),
        payments=tuple(pending),
        orders=tuple(facts.open_orders(reader, key)),
        notices=tuple(facts.stuck_notices(reader, key, MOST)),
        tasks=tuple(facts.waiting_tasks(reader, key, MOST)),
        counted=facts.counted(reader, key),
        first_suspended=facts.first_suspended(reader, key),
        coming=(),
        commands=(),
    )
    coming = sorted(_coming(reader, key, drawn), key=lambda one: (one.on, one.event))
    return replace(
        drawn,
        coming=tuple(coming[:MOST]),
        commands=tuple(_commands(drawn, has_driver=bool(reader.setting("driver")))),
    )


_METHOD = ("id", "kind", "label", "default", "status")


def pictured(reader: Reader, result: ResultT) -> ResultT:
    """The result of a change to customers, each with every key that `customer show` gives."""
    items = tuple(picture(reader, str(item["id"])).item() for item in result.items)
    return replace(result, items=items)


# What comes next


def _coming(reader: Reader, key: int, drawn: Picture) -> Iterator[Coming]:
    """The next dated events: those of accounts, debts, payments, orders, and the card's end."""
    first = next_step_on(reader)
    ahead = [
        replace(one, on=max(one.on, first)) for one in facts.accounts_coming(reader, key, MOST)
    ]
    for one in ahead:
        if one.event != "renewal":
            yield Coming(on=one.on, event=one.event, accounts=one.accounts)
    renewals = [one.on for one in ahead if one.event == "renewal"]
    if renewals:
        yield from _renewals(reader, max(renewals), str(drawn.profile["id"]))
    for due in facts.to_pay(reader, key):
        if due.on < reader.today and not due.accounts:
            continue
        yield Coming(
            on=due.on,
            event="pay-by",
            accounts=due.accounts,
            amount_cents=due.cents,
            subject=_invoice_to_pay(drawn, due.on),
        )
    for payment in drawn.payments:
        if payment.exported_on is None and payment.next_try_on is not None:
            yield Coming(
                on=max(payment.next_try_on, reader.today),
                event="debit",
                amount_cents=payment.amount_cents,
                subject=f"payment/{payment.id}",
            )
    for order in drawn.orders:
        if order.valid_until_on is not None:
            yield Coming(
                on=order.valid_until_on,
                event="order-end",
                amount_cents=order.total_cents,
                subject=f"order/{order.number}",
            )
    yield from _card_end(reader.today, drawn.methods)


def _renewals(reader: Reader, until: date, slug: str) -> Iterator[Coming]:
    """What will be billed on the coming days, if debts are paid."""
    (ahead,) = projections(reader, until, slug)
    for invoice in ahead.invoices:
        yield Coming(
            on=invoice.on,
            event="renewal",
            accounts=invoice.accounts,
            amount_cents=invoice.total_cents,
        )


def _invoice_to_pay(drawn: Picture, day: date) -> str | None:
    """The newest invoice to be paid by a day: once it is paid, so are all older ones."""
    numbers = [one.invoice for one in drawn.open_invoices if one.pay_by_on == day]
    return f"invoice/{numbers[-1]}" if numbers else None


def _card_end(today: date, kept: Iterable[Row]) -> Iterator[Coming]:
    for method in kept:
        if method["default"] and method["kind"] == "card":
            last_on = last_day_of_month(str(method["valid_through"]))
            if 0 <= (last_on - today).days <= CARD_DAYS:
                yield Coming(on=last_on, event="card-end", subject=f"method/{method['id']}")


# The commands that help next


def _commands(drawn: Picture, *, has_driver: bool) -> Iterator[Helpful]:
    """What is likely to be done next, the most urgent first."""
    who = named("customer", str(drawn.profile["id"]))
    balance = int(str(drawn.profile["balance_cents"]))
    missing = -balance
    if missing > 0:
        amount = typed_amount(min(missing, LARGEST_CENTS))
        yield Helpful(
            text="money that came for all of it",
            command=command("prepaid", "credit", who, amount, "--received"),
        )
    for order in [one for one in drawn.orders if one.kind is not OrderKind.DEBT][:1]:
        yield Helpful(
            text=f"money that came for order {order.number}",
            command=command("order", "pay", order.number, "--received"),
        )
    for payment in [one for one in drawn.payments if one.exported_on is not None][:1]:
        yield Helpful(
            text=f"payment {payment.id} arrived",
            command=command("payment", "settle", payment.id),
        )
    for task in [one for one in drawn.tasks if one.status is TaskStatus.FAILED][:1]:
        if has_driver:
            yield Helpful(
                text=f"why task {task.id} failed is mended",
                command=command("task", "run", "--retry"),
            )
        else:
            yield Helpful(text=f"task {task.id} is done", command=command("task", "done", task.id))
    if drawn.first_suspended is not None:
        yield Helpful(
            text="why it is suspended, and every way out",
            command=command("account", "explain", drawn.first_suspended),
        )
        yield Helpful(
            text="the suspended accounts",
            command=command("account", "list", "--customer", who, "--state", "suspended"),
        )
    else:
        yield Helpful(text="all accounts", command=command("account", "list", "--customer", who))
    yield Helpful(text="what happened", command=command("customer", "history", who))
    yield Helpful(text="what to improve", command=command("advise", who))
