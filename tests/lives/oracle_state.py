"""What the oracle keeps, and how it shows it: under the keys of the program's own JSON.

Money is integer cents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

EPOCH = date(2000, 1, 1)
SHIPPED_PRICES = (
    ("email-pro", "monthly", 159),
    ("email-pro", "yearly", 1788),
    ("hosted-exchange", "monthly", 399),
    ("hosted-exchange", "yearly", 4308),
    ("private-exchange", "monthly", 299),
)
SHIPPED_RATES = {"FR": 2000, "DE": 1900, "BE": 2100, "LU": 1700, "RE": 850}


# CLI.md, "Where several fit, the first of".
PRECEDENCE = (
    "customer-not-found", "offer-not-found", "platform-not-found", "account-not-found",
    "already-exists", "platform-closed", "platform-cancelled",
    "no-periodicity", "not-resettable", "not-deletable",
    "not-active", "already-expired", "not-configured", "already-configured",
    "domain-taken", "address-taken", "customer-in-debt", "amount-too-small", "amount-too-large",
)  # fmt: skip


class RefusedError(Exception):
    """A command that a rule refuses; `code` is the program's error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """One paid mailbox slot; `earlier` is the renewal that `resume` gives back."""

    id: int
    platform: Platform
    address: str | None
    period: str
    renewal: str
    anchor_day: int
    expires_on: date
    ordered_on: date
    earlier: str | None = None
    state: str = "active"
    reset_on: date | None = None
    suspended_on: date | None = None
    suspended_for: str | None = None
    deletes_on: date | None = None
    deleted_on: date | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Platform:
    """One subscribed service; `default_period` is that of its first order."""

    name: str
    customer: Customer
    offer: str
    created_on: date
    default_period: str | None = None
    state: str = "active"
    cancelled_on: date | None = None
    closed_on: date | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Customer:
    """Who pays; a ledger row is (on, kind, amount, before, after, invoice number)."""

    id: str
    country: str
    payment_days: int
    ledger: list[tuple[date, str, int, int, int, str | None]] = field(default_factory=list)

    @property
    def balance(self) -> int:
        """The sum of every movement, in cents."""
        return sum(row[2] for row in self.ledger)


@dataclass(slots=True, kw_only=True, eq=False)
class Invoice:
    """An invoice; a line is (account id, address, period start, period end, unit cents)."""

    number: str
    customer: Customer
    issued_on: date
    due_on: date
    lines: list[tuple[int, str | None, date, date, int]]
    net: int
    tax: int
    open_cents: int
    paid_on: date | None = None

    def holds(self, account: Account) -> bool:
        """Whether a line is for this account."""
        return any(line[0] == account.id for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether money is still missing for it."""
        return self.open_cents > 0


class OwnPrice:
    """What one customer pays instead, as a calendar that each setting paints over."""

    def __init__(self) -> None:
        self.painted: list[tuple[date, date, int | None]] = []
        self.firsts: set[date] = set()

    def set(self, cents: int, first: date, last: date | None) -> None:
        """Paint to a last day, or to the next day for which a price was set."""
        if last is None:
            end = min((day for day in self.firsts if day > first), default=date.max)
        else:
            end = last + timedelta(days=1)
            self.firsts = {day for day in self.firsts if not first < day <= last}
        self.firsts.add(first)
        self.painted.append((first, end, cents))

    def remove(self, today: date) -> None:
        """Take it away, from today on."""
        self.firsts = {day for day in self.firsts if day < today}
        self.painted.append((today, date.max, None))

    def on(self, day: date) -> int | None:
        """What it is on a day; None where there is none."""
        found = [cents for first, end, cents in self.painted if first <= day < end]
        return found[-1] if found else None


class Tariff:
    """Offers, and the dated prices and tax rates (rules 3); rates in hundredths of a percent."""

    def __init__(self) -> None:
        self.likes = {name: name for name, _, _ in SHIPPED_PRICES}
        self.prices: dict[tuple[str, str], list[tuple[date, int]]] = {
            (offer, period): [(EPOCH, cents)] for offer, period, cents in SHIPPED_PRICES
        }
        self.own: dict[tuple[str, str, str], OwnPrice] = {}
        self.rates = {country: [(EPOCH, rate)] for country, rate in SHIPPED_RATES.items()}

    def add_offer(self, name: str, like: str) -> None:
        """Make an offer of the provider's own."""
        self.likes[name] = like

    def set_price(
        self,
        offer: str,
        period: str,
        cents: int,
        from_on: date,
        customer: str | None = None,
        until: date | None = None,
    ) -> None:
        """Set a net price from a day on, for everybody or for one customer."""
        if customer is None:
            self.prices.setdefault((offer, period), []).append((from_on, cents))
        else:
            self.own_price(offer, period, customer).set(cents, from_on, until)

    def own_price(self, offer: str, period: str, customer: str) -> OwnPrice:
        """A customer's own price."""
        return self.own.setdefault((offer, period, customer), OwnPrice())

    def set_rate(self, country: str, rate: int, from_on: date) -> None:
        """Set a country's tax rate from a day on; none where no invoice from France has it."""
        if country not in SHIPPED_RATES:
            raise RefusedError("usage")
        self.rates.setdefault(country, []).append((from_on, rate))

    def price(self, offer: str, customer: str, period: str, on: date) -> int:
        """The net price of a term that starts on a day: the customer's own comes first."""
        own = self.own.get((offer, period, customer), OwnPrice()).on(on)
        cents = valid(self.prices.get((offer, period), []), on) if own is None else own
        if cents is not None:
            return cents
        return self.price(self.likes[offer], customer, period, on)

    def rate(self, country: str, on: date) -> int:
        """The tax rate of a country on a day; where none is known, 0. Monaco is taxed as France."""
        country = "FR" if country == "MC" else country
        return valid(self.rates.get(country, []), on) or 0


def valid(dated: list[tuple[date, int]], on: date) -> int | None:
    """The value in force on a day: of the latest date, the one that was set last."""
    begun = [
        (from_on, place, value) for place, (from_on, value) in enumerate(dated) if from_on <= on
    ]
    return max(begun)[2] if begun else None


def refuse_first(codes: Iterable[str]) -> None:
    """Refuse with the first code in the order of precedence, if there is any."""
    found = sorted(codes, key=PRECEDENCE.index)
    if found:
        raise RefusedError(found[0])


def normal(address: str) -> str:
    """An address as it is compared: lower case, its domain in NFC form (rules 6, Configure)."""
    local, _, domain = address.lower().partition("@")
    return f"{local}@{unicodedata.normalize('NFC', domain)}"


def text(day: date | None) -> str | None:
    """A date as the program prints it."""
    return None if day is None else day.isoformat()


def account_data(account: Account, held: list[Invoice], today: date) -> dict[str, object]:
    """An account as `account show` prints it; `held` are the open invoices with a line of it."""
    overdue = any(invoice.due_on < today for invoice in held)
    next_on = {"active": account.expires_on, "suspended": account.deletes_on}
    return {
        "id": account.id,
        "address": account.address,
        "platform": account.platform.name,
        "customer": account.platform.customer.id,
        "offer": account.platform.offer,
        "state": account.state,
        "configured": account.address is not None,
        "period": account.period,
        "renewal": account.renewal,
        "billing": "unpaid" if overdue else "pending-debt" if held else "ok",
        "ordered_on": text(account.ordered_on),
        "anchor_day": account.anchor_day,
        "expires_on": text(account.expires_on),
        "reset_on": text(account.reset_on),
        "suspended_on": text(account.suspended_on),
        "suspended_for": account.suspended_for,
        "deletes_on": text(account.deletes_on),
        "deleted_on": text(account.deleted_on),
        "next_on": text(next_on.get(account.state)),
    }


def customer_data(customer: Customer, still_open: list[Invoice]) -> dict[str, object]:
    """What a customer's open invoices and ledger come to."""
    since = [on for on, _, _, before, after, _ in customer.ledger if before >= 0 > after]
    in_debt = customer.balance < 0
    return {
        "balance_cents": customer.balance,
        "debt_due_on": text(still_open[0].due_on) if in_debt and still_open else None,
        "debt_since_on": text(since[-1]) if in_debt else None,
    }


def platform_data(platform: Platform, live: list[Account]) -> dict[str, object]:
    """A platform as `platform show` prints it; `live` are its accounts that are not deleted."""
    expiries = [account.expires_on for account in live if account.state == "active"]
    return {
        "customer": platform.customer.id,
        "offer": platform.offer,
        "state": platform.state,
        "created_on": text(platform.created_on),
        "cancelled_on": text(platform.cancelled_on),
        "closed_on": text(platform.closed_on),
        "accounts_active": sum(account.state == "active" for account in live),
        "accounts_suspended": sum(account.state == "suspended" for account in live),
        "next_expiry_on": text(min(expiries, default=None)),
        "last_expiry_on": text(max(expiries, default=None)),
        "accounts_blank": sum(account.address is None for account in live),
    }


def invoice_data(invoice: Invoice) -> dict[str, object]:
    """An invoice as `invoice show` prints it, its lines in the order of accounts and terms."""
    return {
        "customer": invoice.customer.id,
        "issued_on": text(invoice.issued_on),
        "due_on": text(invoice.due_on),
        "status": "open" if invoice.is_open else "paid",
        "paid_on": text(invoice.paid_on),
        "net_cents": invoice.net,
        "tax_cents": invoice.tax,
        "total_cents": invoice.net + invoice.tax,
        "open_cents": invoice.open_cents,
        "lines": [
            (account, address, text(start), text(end), unit)
            for account, address, start, end, unit in invoice.lines
        ],
    }
