"""Who may have an address in a domain, and who gets the domain with its first address (rules 4)."""

from __future__ import annotations

from mailctl.domain.addresses import domain_of
from mailctl.domain.lifecycle import Platform
from mailctl.errors import AddressTakenError, DomainTakenError
from mailctl.hints import command, named
from mailctl.store import accounts, domains
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


def check_address(reader: Reader, platform: Platform, address: str) -> None:
    """DomainTakenError or AddressTakenError where a platform's customer cannot have an address."""
    owner = domains.get(reader, domain_of(address))
    if owner is not None and owner.customer_id != platform.customer_id:
        refused = domain_taken(address, owner.customer)
        refused.hint = (
            command("account", "list", "--domain", owner.name)
            if domains.addresses(reader, owner.id)
            else command("domain", "move", owner.name, named("customer", platform.customer))
        )
        raise refused
    holder = accounts.holder_of(reader, address)
    if holder is not None:
        raise address_taken(address, holder)


def domain_taken(address: str, customer: str) -> DomainTakenError:
    """The refusal of an address in a domain that is another customer's."""
    return DomainTakenError(f"the domain of {address} belongs to the customer {customer}")


def address_taken(address: str, holder: int) -> AddressTakenError:
    """The refusal of an address that an account has."""
    return AddressTakenError(
        f"{address} is the address of account {holder}", hint=f"mailctl account show {holder}"
    )


def claim(transaction: Transaction, platform: Platform, address: str) -> int:
    """The key of an address's domain; the customer gets the domain if nobody has it."""
    name = domain_of(address)
    owner = domains.get(transaction, name)
    if owner is not None:
        return owner.id
    transaction.record("domain-claimed", f"customer/{platform.customer}", personal={"domain": name})
    return domains.claim(transaction, name, platform.customer_id)
