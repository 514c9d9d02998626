"""Domains of customers, handed over on request (rules 4)."""

from __future__ import annotations

from mailctl.actions import undo
from mailctl.actions.customers import find_open
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.domain.addresses import domain_of, normal_address
from mailctl.domain.states import CustomerState
from mailctl.errors import DomainTakenError, InvalidAddressError
from mailctl.hints import named
from mailctl.store import customers, domains
from mailctl.store.engine.transaction import Transaction


class DomainMoved(Result):
    """A domain that was moved, and the customer who had it."""

    thing: str = "domain"
    old_customer: str


def move(transaction: Transaction, *, domain: str, customer: str) -> DomainMoved:
    """Give a domain to another customer, once its customer has no address in it (rules 4)."""
    try:
        name = domain_of(normal_address(f"postmaster@{domain}"))
    except InvalidAddressError:
        raise InvalidAddressError(
            f"{domain!r} is not a mail domain", hint="mailctl domain move acme.example CUSTOMER"
        ) from None
    found = domains.find(transaction, name)
    to = find_open(transaction, customer)
    if found.customer_id != to.id:
        count = domains.addresses(transaction, found.id)
        if count:
            raise DomainTakenError(
                f"{found.customer} still has {count} address{'es' if count > 1 else ''} in {name}",
                hint=f"mailctl account list --customer {found.customer} --search {name}",
            )
        domains.hand_over(transaction, found.id, to.id)
        for slug in (found.customer, to.slug):
            transaction.record(
                "domain-moved",
                f"customer/{slug}",
                {"from": found.customer, "to": to.slug},
                {"domain": name},
            )
    return DomainMoved(
        items=(domains.show(transaction, name),),
        changed=found.customer_id != to.id,
        old_customer=found.customer,
        undo=_undo_move(transaction, name, found.customer),
    )


def _undo_move(transaction: Transaction, name: str, old: str) -> Undo:
    state = customers.find(transaction, old).state
    if state == CustomerState.OPEN:
        return undo.by("domain", "move", name, named("customer", old))
    helps = [undo.help_to("open it again", "customer", "reopen", named("customer", old))]
    return undo.never(f"{old} is {state}", *(helps if state == CustomerState.CLOSED else []))
