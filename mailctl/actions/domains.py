"""Domains of customers: claimed with the first address, handed over on request (SPEC 4)."""

from __future__ import annotations

from mailctl.actions.customers import find_open
from mailctl.actions.result import Changed
from mailctl.domain.addresses import domain_of, normal_address
from mailctl.domain.lifecycle import Platform
from mailctl.errors import AddressTakenError, DomainTakenError, InvalidAddressError
from mailctl.store import accounts, domains
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


def check_address(reader: Reader, platform: Platform, address: str) -> None:
    """DomainTakenError or AddressTakenError where a platform's customer cannot have an address."""
    owner = domains.get(reader, domain_of(address))
    if owner is not None and owner.customer_id != platform.customer_id:
        raise DomainTakenError(
            f"the domain of {address} belongs to the customer {owner.customer}",
            hint=f"mailctl domain move {owner.name} {platform.customer}",
        )
    holder = accounts.holder_of(reader, address)
    if holder is not None:
        raise AddressTakenError(
            f"{address} is the address of account {holder}", hint=f"mailctl account show {holder}"
        )


def claim(transaction: Transaction, platform: Platform, address: str) -> int:
    """The key of an address's domain, which becomes the customer's if it was nobody's."""
    name = domain_of(address)
    owner = domains.get(transaction, name)
    if owner is not None:
        return owner.id
    transaction.record("domain-claimed", f"customer/{platform.customer}", personal={"domain": name})
    return domains.claim(transaction, name, platform.customer_id)


def move(transaction: Transaction, *, domain: str, customer: str) -> Changed:
    """Hand a domain over, once its customer has no address in it (SPEC 4)."""
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
    return Changed(
        thing="domain",
        items=(domains.show(transaction, name),),
        changed=found.customer_id != to.id,
        facts={"from": found.customer},
    )
