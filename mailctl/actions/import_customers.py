"""Taking in the customers of an existing host, with their opening balances (rules 6)."""

from __future__ import annotations

from mailctl.actions.customers import COMPANY_NUMBERS, check_makeable, normal_profile, taken
from mailctl.actions.import_lines import Refusals, check_state
from mailctl.billing import balance as balances
from mailctl.domain.names import check_name
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.records import Record, in_column, refused_value
from mailctl.errors import MailctlError
from mailctl.store import customers, ledger
from mailctl.store.engine.journal import Entry, compact
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class _New(Value):
    slug: str
    profile: dict[str, object]
    balance_cents: int


class CustomersTaker:
    """Takes in customers; the opening balances are summed up, in cents."""

    def __init__(self, transaction: Transaction, refusals: Refusals) -> None:
        self._transaction = transaction
        self._refusals = refusals
        self.written = 0
        self.credited_cents = 0
        self.owed_cents = 0

    def check(self, records: list[Record], file: str) -> list[_New]:
        """The customers to be written; the names of refused ones are kept."""
        slugs = {slug for record in records if (slug := record.get("id"))}
        known = customers.existing(self._transaction, slugs)
        found: list[_New] = []
        for record in records:
            try:
                record.check()
                found.append(self._checked(record, known))
            except MailctlError as error:
                self._refusals.add(record, error, file)
        return found

    def _checked(self, record: Record, known: set[str]) -> _New:
        slug = record.need("id")
        refused = self._refusals.names["customer"]
        refused.add(slug)
        balance = _balance(record.get("balance_cents"))
        self._check_currency(record)
        check_state(record, "customers")
        with in_column("id"):
            check_name(slug, "id of a customer")
            if slug in known:
                raise taken(slug)
        given = {name: record.get(name) for name in (*customers.PROFILE, *COMPANY_NUMBERS)}
        seller = self._transaction.info.seller_country
        profile = normal_profile({**given, "country": given["country"] or seller})
        check_makeable(profile)
        known.add(slug)
        refused.discard(slug)
        return _New(slug=slug, profile=profile, balance_cents=balance)

    def _check_currency(self, record: Record) -> None:
        ours = self._transaction.info.currency
        if (currency := record.get("currency")) not in (None, ours):
            raise refused_value(
                "currency",
                f"is not the store's, {ours}",
                f"the store's currency is {ours}, not {currency}",
            )

    def write(self, checked: list[_New]) -> None:
        """Write customers with what the journal says of them, and their opening balances."""
        waiting: list[_New] = []
        for new in checked:
            waiting.append(new)
            if new.balance_cents:
                # What follows from the balance is written right behind its customer.
                self._add(waiting)
                waiting = []
                self._open(new)
        self._add(waiting)

    def _add(self, waiting: list[_New]) -> None:
        customers.add_all(self._transaction, [(new.slug, new.profile) for new in waiting])
        self._transaction.record_all(
            [
                Entry(
                    kind="customer-added",
                    subject=f"customer/{new.slug}",
                    personal=compact(
                        {name: value for name, value in new.profile.items() if value is not None}
                    ),
                )
                for new in waiting
            ]
        )
        self.written += len(waiting)

    def _open(self, new: _New) -> None:
        customer, cents = customers.find(self._transaction, new.slug), new.balance_cents
        kind = MovementKind.CREDIT if cents > 0 else MovementKind.REVERSAL
        ledger.add(self._transaction, customer, kind, cents, reason="opening balance")
        self._transaction.record("opened", f"customer/{new.slug}", {"balance_cents": cents})
        balances.changed(self._transaction, customer.id)
        self.credited_cents += max(0, cents)
        self.owed_cents += max(0, -cents)


def _balance(text: str | None) -> int:
    digits = (text or "0").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise refused_value(
            "balance_cents", "is not whole cents", f"balance_cents is {text!r}, not whole cents"
        )
    return int(text or "0")
