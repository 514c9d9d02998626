"""Who may have an address in a domain, and who gets the domain with its first address (rules 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailctl.domain.addresses import domain_of
from mailctl.domain.lifecycle import Platform
from mailctl.errors import AddressTakenError, DomainTakenError
from mailctl.hints import command, named
from mailctl.store import accounts, domains
from mailctl.store.domains import Domain
from mailctl.store.engine.again import StartAgainError
from mailctl.store.engine.journal import Entry, compact_text
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


class Checker:
    """Checks addresses that a platform's customer is to have; each domain is looked up once."""

    def __init__(self, reader: Reader, platform: Platform) -> None:
        self._reader = reader
        self._platform = platform
        self._owners: dict[str, Domain | None] = {}

    def check(self, address: str) -> None:
        """DomainTakenError or AddressTakenError where the customer cannot have an address."""
        name, reader = domain_of(address), self._reader
        if name not in self._owners:
            self._owners[name] = domains.get(reader, name)
        owner = self._owners[name]
        if owner is None:
            # Nobody has an address in a domain that nobody has.
            return
        if owner.customer_id != self._platform.customer_id:
            refused = domain_taken(address, owner.customer)
            refused.hint = (
                command("account", "list", "--domain", owner.name)
                if domains.addresses(reader, owner.id)
                else command(
                    "domain", "move", owner.name, named("customer", self._platform.customer)
                )
            )
            raise refused
        holder = accounts.holder_of(reader, address)
        if holder is not None:
            raise address_taken(address, holder)


def check_address(reader: Reader, platform: Platform, address: str) -> None:
    """DomainTakenError or AddressTakenError where a platform's customer cannot have an address."""
    Checker(reader, platform).check(address)


def domain_taken(address: str, customer: str) -> DomainTakenError:
    """The refusal of an address in a domain that is another customer's."""
    return DomainTakenError(f"the domain of {address} belongs to the customer {customer}")


def address_taken(address: str, holder: int) -> AddressTakenError:
    """The refusal of an address that an account has."""
    return AddressTakenError(
        f"{address} is the address of account {holder}", hint=f"mailctl account show {holder}"
    )


def claim(transaction: Transaction, platform: Platform, address: str) -> int:
    """The key of an address's domain; the customer gets the domain if nobody has it.

    StartAgainError where another customer got it since the address was checked.
    """
    transaction.last_step()
    name = domain_of(address)
    owner = domains.get(transaction, name)
    if owner is not None:
        _check_own(platform, owner)
        return owner.id
    transaction.record("domain-claimed", f"customer/{platform.customer}", personal={"domain": name})
    return domains.claim(transaction, name, platform.customer_id)


def check_again(transaction: Transaction, platform: Platform, names: Iterable[str]) -> list[Domain]:
    """Those domains of the names that the customer has, when nobody else can get one any more.

    StartAgainError where another customer got one since the addresses were checked.
    """
    transaction.last_step()
    found = domains.named(transaction, names)
    for one in found:
        _check_own(platform, one)
    return found


def _check_own(platform: Platform, domain: Domain) -> None:
    if domain.customer_id != platform.customer_id:
        raise StartAgainError


class Claimed:
    """The keys of the domains of addresses; those that are new are journalled with the first."""

    def __init__(self, keys: Mapping[str, int], new: Iterable[str], customer: str) -> None:
        self.keys = keys
        self._new = set(new)
        self._customer = customer

    def first_of(self, address: str) -> Entry | None:
        """The journal row of a new domain, with the first address in it; else None."""
        name = domain_of(address)
        if name not in self._new:
            return None
        self._new.discard(name)
        return Entry(
            kind="domain-claimed",
            subject=f"customer/{self._customer}",
            personal=compact_text("domain", name),
        )


def claim_all(
    transaction: Transaction, platform: Platform, addresses: Iterable[str | None]
) -> Claimed:
    """The domains of addresses; the customer gets those that nobody has.

    StartAgainError where another customer got one since the addresses were checked.
    """
    names = dict.fromkeys(domain_of(address) for address in addresses if address)
    keys = {one.name: one.id for one in check_again(transaction, platform, names)}
    new = [name for name in names if name not in keys]
    made = domains.claim_all(transaction, [(name, platform.customer_id) for name in new])
    return Claimed({**keys, **dict(zip(new, made, strict=True))}, new, platform.customer)
