"""Money that comes in to prepaid accounts (SPEC 9)."""

from __future__ import annotations

from mailctl.actions.customers import check_open
from mailctl.actions.result import Changed
from mailctl.billing.settle import money_came
from mailctl.domain.money import LARGEST_CENTS, format_amount, typed_amount
from mailctl.errors import AmountTooLargeError, AmountTooSmallError, OrderNotFoundError, UsageError
from mailctl.store import customers, ledger, orders
from mailctl.store.connection import Transaction
from mailctl.store.customers import Customer

COMMAND = "prepaid credit"


def credit(
    transaction: Transaction,
    *,
    customer: str,
    cents: int,
    order: int | None = None,
    key: str | None = None,
) -> Changed:
    """Record money received; it settles the oldest invoices first and lifts what debt suspended.

    `order` names the order that the money is for. AmountTooSmallError under the minimum unless it
    is exactly the debt, AmountTooLargeError over the limit, KeyReusedError (SPEC 9, CLI Form).
    """
    who = customers.find(transaction, customer)
    arguments = {"cents": cents, "order": order}
    if key is not None:
        number = orders.kept_under(transaction, COMMAND, who.id, key, arguments)
        if number is not None:
            return _result(transaction, customer, number, cents, changed=False)
    check_open(who.slug, who.state)
    _check_order(transaction, who, order)
    _check_amount(transaction, who, cents, order)
    number = order or orders.add(
        transaction,
        customer_id=who.id,
        platform_id=None,
        kind="prepaid-credit",
        net_cents=cents,
        tax_cents=0,
    )
    balance = ledger.add(transaction, who, "credit", cents, order_number=number)
    transaction.record(
        "credited",
        f"customer/{who.slug}",
        {"cents": cents, "order": number, "balance_cents": balance},
    )
    reopened = money_came(transaction, who.id, paid_order=order)
    if key is not None:
        orders.keep_key(transaction, COMMAND, who.id, key, arguments, number)
    return _result(transaction, customer, number, cents, changed=True, reopened=reopened)


def _check_order(transaction: Transaction, who: Customer, order: int | None) -> None:
    if order is not None and orders.customer_of(transaction, order) != who.id:
        raise OrderNotFoundError(f"{order} of {who.slug}")


def _check_amount(transaction: Transaction, who: Customer, cents: int, order: int | None) -> None:
    least = transaction.setting_number("minimum-credit")
    debt = max(0, -who.balance_cents)
    if cents == 0:
        raise AmountTooSmallError(
            "a credit is more than 0.00", hint=f"mailctl prepaid credit {who.slug} 10"
        )
    if order is None and cents < least and cents != debt:
        exactly = f", or exactly the debt of {format_amount(debt)}" if 0 < debt < least else ""
        raise AmountTooSmallError(
            f"a credit is at least {format_amount(least)}{exactly}",
            hint=f"mailctl prepaid credit {who.slug} {typed_amount(debt if exactly else least)}",
        )
    if cents > LARGEST_CENTS:
        raise AmountTooLargeError(
            f"a credit is at most {format_amount(LARGEST_CENTS)}",
            hint="record it in several credits",
        )
    if who.balance_cents + cents > ledger.LARGEST_BALANCE_CENTS:
        raise UsageError("the balance would be beyond what mailctl reckons with")


def _result(
    transaction: Transaction,
    customer: str,
    number: int,
    cents: int,
    *,
    changed: bool,
    reopened: int = 0,
) -> Changed:
    return Changed(
        thing="prepaid",
        items=({**ledger.show(transaction, customer), "order": number},),
        changed=changed,
        facts={"cents": cents, "order": number, "reopened": reopened},
    )
