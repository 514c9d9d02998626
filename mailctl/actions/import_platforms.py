"""Taking in the platforms of an existing host (rules 6)."""

from __future__ import annotations

from mailctl.actions.import_lines import Refusals, check_state, date_of
from mailctl.actions.platforms import name_taken
from mailctl.domain.lifecycle import check_customer_open
from mailctl.domain.names import check_name
from mailctl.domain.offers import ExpiryOf
from mailctl.domain.records import Record, in_column, refused_value
from mailctl.domain.states import PlatformRenewal
from mailctl.errors import MailctlError
from mailctl.store import customers, offers, platforms
from mailctl.store.customers import Customer
from mailctl.store.engine.journal import Entry, compact
from mailctl.store.engine.transaction import Transaction
from mailctl.store.offers import Offer
from mailctl.store.platforms import NewPlatform


class PlatformsTaker:
    """Takes in platforms, whose customers are there already."""

    def __init__(self, transaction: Transaction, refusals: Refusals) -> None:
        self._transaction = transaction
        self._refusals = refusals
        self._offers: dict[str, Offer] = {}
        self.written = 0

    def check(self, records: list[Record], file: str) -> list[NewPlatform]:
        """The platforms to be written; the names of refused ones are kept."""
        owners = customers.named(
            self._transaction, {slug for record in records if (slug := record.get("customer"))}
        )
        known = platforms.existing(
            self._transaction, {name for record in records if (name := record.get("name"))}
        )
        found: list[NewPlatform] = []
        for record in records:
            try:
                record.check()
                found.append(self._checked(record, owners, known))
            except MailctlError as error:
                self._refusals.add(record, error, file)
        return found

    def _checked(self, record: Record, owners: dict[str, Customer], known: set[str]) -> NewPlatform:
        with in_column("name"):
            name = check_name(record.need("name"), "name of a platform")
        slug = record.need("customer")
        refused = self._refusals.names["platform"]
        refused.add(name)
        self._refusals.check_follows("customer", slug)
        with in_column("customer"):
            customer = owners.get(slug) or customers.find(self._transaction, slug)
            check_customer_open(customer.slug, customer.state)
        with in_column("offer"):
            offer = self._offer(record.need("offer"))
        if name in known:
            with in_column("name"):
                raise name_taken(name)
        check_state(record, "platforms")
        created_on = date_of(record, "created_on")
        if created_on > self._transaction.today:
            reason = f"is after today, {self._transaction.today}"
            raise refused_value("created_on", reason, f"created_on is {created_on}, {reason[3:]}")
        renewal = _renewal(record, offer)
        known.add(name)
        refused.discard(name)
        return NewPlatform(
            name=name,
            customer_id=customer.id,
            offer_id=offer.id,
            created_on=created_on,
            renewal=renewal,
        )

    def _offer(self, name: str) -> Offer:
        if name not in self._offers:
            self._offers[name] = offers.find(self._transaction, name)
        return self._offers[name]

    def write(self, checked: list[NewPlatform]) -> None:
        """Write platforms with what the journal says of them."""
        platforms.add_all(self._transaction, checked)
        self._transaction.record_all(
            [
                Entry(
                    kind="imported",
                    subject=f"platform/{new.name}",
                    details=compact({"created_on": new.created_on.isoformat()}),
                )
                for new in checked
            ]
        )
        self.written += len(checked)


def _renewal(record: Record, offer: Offer) -> PlatformRenewal:
    text = record.get("renewal") or PlatformRenewal.AUTOMATIC
    try:
        renewal = PlatformRenewal(text)
    except ValueError:
        raise refused_value(
            "renewal",
            "is not automatic or manual",
            f"renewal is {text!r}, not automatic or manual",
        ) from None
    if renewal is PlatformRenewal.MANUAL and offer.expiry_of is ExpiryOf.PLATFORM:
        reason = f"is manual, but a platform of {offer.name} renews automatically"
        raise refused_value("renewal", reason, f"renewal {reason}")
    return renewal
