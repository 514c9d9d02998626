"""Payment methods: add, choose and remove; a new default collects a shortfall (rules 10)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mailctl.actions import undo, undo_money
from mailctl.actions.customers import find_open
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.billing import balance
from mailctl.domain.debits import address_obstacle
from mailctl.domain.methods import check_detail as check_one
from mailctl.domain.payments import MethodDetails, MethodKind, can_be_charged
from mailctl.domain.several import all_or_none
from mailctl.effects import money_reminders
from mailctl.errors import AlreadyExistsError, AlreadyExpiredError, MethodInUseError, UsageError
from mailctl.hints import command
from mailctl.store import customers, methods, payments
from mailctl.store.customers import Customer
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.methods import Method
from mailctl.values import Value, replace


class MethodChanged(Result):
    """A payment method, and what its choice caused: payments made, accounts active again."""

    thing: str = "method"
    payments: int = 0
    reopened: int = 0


def add(
    transaction: Transaction, *, customer: str, method: MethodDetails, as_default: bool = False
) -> MethodChanged:
    """Keep a method; the customer's first is the default, and collects what is missing.

    Any other collects nothing, unless it is added `as_default` (rules 10). UsageError for a bank
    account that cannot be debited without the customer's address, AlreadyExistsError for another
    customer's mandate.
    """
    who = find_open(transaction, customer)
    if method.kind is MethodKind.BANK:
        _check_debits(transaction, who, method)
    before = methods.default_of(transaction, who.id)
    method_id = methods.add(transaction, who.id, method)
    transaction.record(
        "method-added", f"customer/{customer}", {"method": method_id, "kind": method.kind.value}
    )
    result = _result(transaction, method_id)
    if methods.find(transaction, method_id).is_default:
        result = _with_consequences(transaction, method_id, who.id)
    elif as_default:
        result = choose(transaction, id=method_id)
    return replace(result, undo=_undo_adding(transaction, method_id, before, result))


def _undo_adding(reader: Reader, method_id: int, before: int | None, result: MethodChanged) -> Undo:
    """Remove the method again; where another was the default before it, that one first."""
    cancelled = "payments by it that nobody was asked for yet are cancelled"
    left = (cancelled if result.payments else "", undo_money.what_stays(result.reopened))
    note = "; ".join(filter(None, left))
    away = command("method", "remove", method_id, "--yes")
    if before is None or not result.item["default"]:
        return undo.by_all([away], note=note)
    if not _can_collect(reader, before):
        return undo.never("the card that was the default one before has expired")
    return undo.by_all([command("method", "default", before), away], note=note)


def _can_collect(reader: Reader, method_id: int) -> bool:
    return can_be_charged(methods.find(reader, method_id).expires_on, reader.today)


def check_customer(reader: Reader, customer: str) -> None:
    """CustomerNotFoundError, CustomerClosedError: nobody to whom a method could be added."""
    find_open(reader, customer)


def check_detail(reader: Reader, *, customer: str, name: str, value: object) -> None:
    """Check one detail of a method to be added, as far as that goes before the others are known."""
    who = find_open(reader, customer)
    text = str(value)
    check_one(name, text, reader.today)
    if name == "mandate":
        _check_mandate_free(reader, who, text)


def choose(transaction: Transaction, *, id: int) -> MethodChanged:
    """Make a method the default; what is missing is collected by it.

    Payments by another method that nobody was asked for yet move to it. AlreadyExpiredError for a
    card past its month.
    """
    method = methods.find(transaction, id)
    if not can_be_charged(method.expires_on, transaction.today):
        raise AlreadyExpiredError(
            f"the card of method {id} expired with {method.expires_on}: nothing can be collected "
            "by it",
            hint=f"choose another: mailctl method list --customer {method.customer}",
        )
    before = methods.default_of(transaction, method.customer_id)
    moved = _move_payments(transaction, method)
    if method.is_default and not moved:
        return replace(_result(transaction, id), changed=False)
    methods.choose(transaction, method)
    transaction.record("method-chosen", f"customer/{method.customer}", {"method": id})
    result = _with_consequences(transaction, id, method.customer_id)
    return replace(result, undo=_undo_choosing(transaction, id, before, result.reopened))


def _undo_choosing(reader: Reader, method_id: int, before: int | None, reopened: int) -> Undo:
    if before is None or before == method_id:
        return undo.never("payments that nobody was asked for yet have moved to it")
    if not _can_collect(reader, before):
        return undo.never(f"the card of method {before} has expired")
    return undo.by("method", "default", before, note=undo_money.what_stays(reopened))


def _check_mandate_free(reader: Reader, who: Customer, mandate: str) -> None:
    taken_by = methods.mandate_taken_by(reader, mandate, who.id)
    if taken_by:
        raise AlreadyExistsError(
            f"the mandate {mandate} is or was one of {taken_by}: each customer's mandates have "
            "references of their own",
            hint=f"mailctl method list --customer {taken_by}",
        )


def _check_debits(transaction: Transaction, who: Customer, method: MethodDetails) -> None:
    details = method.details
    _check_mandate_free(transaction, who, str(details["mandate"]))
    city = customers.show(transaction, who.slug)["city"]
    found = address_obstacle(str(details["iban"]), details["bic"], str(city) if city else None)
    if found:
        raise UsageError(
            f"{who.slug} cannot be debited: {found.reason}",
            hint=f"mailctl customer edit {who.slug} --city -",
        )


def _move_payments(transaction: Transaction, method: Method) -> bool:
    """Move payments that nobody was asked for yet to this method; whether there were any."""
    moved = payments.move_unexported(transaction, method.customer_id, method.id)
    for payment_id in moved:
        transaction.record(
            "payment-moved",
            f"customer/{method.customer}",
            {"payment": payment_id, "method": method.id},
        )
    return bool(moved)


def _with_consequences(transaction: Transaction, method_id: int, customer_id: int) -> MethodChanged:
    methods.collect_again(transaction, customer_id)
    followed = balance.changed(transaction, customer_id)
    money_reminders.remind_of_cards(transaction, None, customer_id)
    return replace(
        _result(transaction, method_id),
        payments=followed.payments_created,
        reopened=followed.reopened,
    )


def _result(transaction: Transaction, method_id: int) -> MethodChanged:
    return MethodChanged(items=(methods.show(transaction, method_id),))


class RemovalPlan(Value):
    """Methods to be removed, each once and in the order given; with `many` shown as a list."""

    methods: tuple[Method, ...]
    many: bool = False

    @property
    def in_order(self) -> tuple[Method, ...]:
        """The methods as they are removed: a customer's default one after the others."""
        return tuple(sorted(self.methods, key=lambda method: method.is_default))


def plan_remove(reader: Reader, *, ids: Sequence[int], many: bool = False) -> RemovalPlan:
    """Which methods are removed; a default one only with all others of its customer.

    MethodInUseError; of several methods all are removed, or none.
    """
    ids = tuple(dict.fromkeys(ids))
    works = ((id, partial(_removable, reader, id, frozenset(ids))) for id in ids)
    found = tuple(all_or_none("method", works))
    return RemovalPlan(methods=found, many=many or len(ids) != 1)


def _removable(reader: Reader, id: int, with_them: frozenset[int]) -> Method:
    method = methods.find(reader, id)
    if method.is_default and methods.ids_of(reader, method.customer_id) - with_them:
        raise MethodInUseError(
            f"method {id} is the default one of {method.customer}",
            hint=f"choose another first: mailctl method list --customer {method.customer}",
        )
    return method


def remove(transaction: Transaction, plan: RemovalPlan) -> MethodChanged:
    """Remove the methods of a plan, with the payments that nobody was asked for yet."""
    items = {method.id: _remove(transaction, method) for method in plan.in_order}
    return MethodChanged(
        items=tuple(items[method.id] for method in plan.methods),
        many=plan.many,
        changed=bool(items),
        undo=undo.never("the details are no longer kept; the customer has to give them again"),
    )


def _remove(transaction: Transaction, method: Method) -> Row:
    item = methods.show(transaction, method.id)
    payments.cancel_unexported(transaction, method.id)
    methods.remove(transaction, method)
    transaction.record("method-removed", f"customer/{method.customer}", {"method": method.id})
    balance.changed(transaction, method.customer_id)
    return {**item, "default": False}
