"""Payment methods: added, chosen, removed; a shortfall is collected when one is there (SPEC 10)."""

from __future__ import annotations

from mailctl.actions.customers import find_open
from mailctl.actions.result import Changed
from mailctl.billing import balance
from mailctl.domain.methods import MethodDetails
from mailctl.errors import MethodInUseError
from mailctl.store import methods, money_reminders, payments
from mailctl.store.connection import Transaction


def add(transaction: Transaction, *, customer: str, method: MethodDetails) -> Changed:
    """Keep a method; the customer's first is the default, and collects what is missing.

    One that is not the default changes nothing else: what failed by the default is tried again
    once another is chosen (SPEC 10).
    """
    who = find_open(transaction, customer)
    method_id = methods.add(transaction, who.id, method)
    transaction.record(
        "method-added", f"customer/{customer}", {"method": method_id, "kind": method.kind.value}
    )
    if not methods.find(transaction, method_id).is_default:
        return Changed(
            thing="method",
            items=(methods.show(transaction, method_id),),
            facts={"payments": 0, "reopened": 0},
        )
    return _followed(transaction, method_id, who.id)


def choose(transaction: Transaction, *, id: int) -> Changed:
    """Make a method the default; what is missing is collected by it."""
    method = methods.find(transaction, id)
    if method.is_default:
        return Changed(thing="method", items=(methods.show(transaction, id),), changed=False)
    methods.choose(transaction, method)
    transaction.record("method-chosen", f"customer/{method.customer}", {"method": id})
    return _followed(transaction, id, method.customer_id)


def _followed(transaction: Transaction, method_id: int, customer_id: int) -> Changed:
    methods.collect_again(transaction, customer_id)
    followed = balance.changed(transaction, customer_id)
    money_reminders.remind_of_cards(transaction, None, customer_id)
    return Changed(
        thing="method",
        items=(methods.show(transaction, method_id),),
        facts={"payments": followed.payments_created, "reopened": followed.reopened},
    )


def remove(transaction: Transaction, *, id: int) -> Changed:
    """Forget a method; not the default one while there are others (MethodInUseError)."""
    method = methods.find(transaction, id)
    if method.is_default and methods.count(transaction, method.customer_id) > 1:
        raise MethodInUseError(
            f"method {id} is the default one of {method.customer}",
            hint=f"choose another first: mailctl method list --customer {method.customer}",
        )
    item = methods.show(transaction, id)
    payments.cancel_unexported(transaction, id)
    methods.remove(transaction, method)
    transaction.record("method-removed", f"customer/{method.customer}", {"method": id})
    balance.changed(transaction, method.customer_id)
    return Changed(thing="method", items=({**item, "default": False},))
