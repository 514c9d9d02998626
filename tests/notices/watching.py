"""What a life shows whoever looks after each command and each step: accounts, debts, cards.

A look is taken from the tables alone, with the rules for what is ahead written down a second time.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

LISTS = {
    "renewal-coming": ("renewal-reminder-days", "40 15"),
    "expiry-coming": ("expiry-reminder-days", "15 3"),
    "deletion-coming": ("deletion-reminder-days", "7 2"),
    "debt-reminder": ("debt-reminder-days", "2"),
    "card-expiring": ("card-reminder-days", "30"),
}
"""The reminders, the settings with their days, and what those are without a change."""

TELLING = {
    "renewal-coming": ("renewal-coming",),
    "expiry-coming": ("expiry-coming", "cancel-recorded"),
    "deletion-coming": ("deletion-coming", "cancel-recorded", "accounts-suspended"),
    "debt-reminder": ("debt-reminder", "debt-opened", "invoice-issued", "order-confirmed"),
    "card-expiring": ("card-expiring",),
}
"""By reminder: the notices that tell of its event as well as it does."""

Event = tuple[str, int, date]
"""A reminder's kind, the account, customer or method that it is about, and the day of the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice that a look found new, with the events that it names."""

    id: int
    kind: str
    queued_on: date
    named: frozenset[tuple[int, date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as it is kept."""

    customer: int
    state: str
    why: str | None
    ends: str | None
    expires_on: date
    deletes_on: date | None

    @property
    def ahead(self) -> tuple[str, date] | None:
        """Which reminder is about the account's next event, and the day of that."""
        if self.state == "suspended":
            assert self.deletes_on is not None
            return "deletion-coming", self.deletes_on
        if self.state == "active" and self.ends is not None:
            return self.ends, self.expires_on
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An open invoice; a grace gives longer to pay it than its due date says."""

    customer: int
    due_on: date
    last_on: date
    is_covered: bool


@dataclass(slots=True, kw_only=True)
class Look:
    """The store after a command, or after a step of the tick."""

    day: date
    tick: bool
    said: str
    days: dict[str, list[int]]
    accounts: dict[int, Account]
    invoices: dict[int, Invoice]
    cards: dict[int, tuple[int, date]]
    new: list[Notice] = field(default_factory=list)

    @property
    def debts(self) -> list[Invoice]:
        """The open invoices that no payment covers."""
        return [invoice for invoice in self.invoices.values() if not invoice.is_covered]

    def events(self) -> set[Event]:
        """All that is ahead and is to be told: of accounts, debtors and cards."""
        found: set[Event] = set()
        for number, account in self.accounts.items():
            if account.ahead:
                found.add((account.ahead[0], number, account.ahead[1]))
        found |= {("debt-reminder", debt.customer, debt.last_on) for debt in self.debts}
        found |= {("card-expiring", method, last) for method, (_, last) in self.cards.items()}
        return {event for event in found if event[2] > self.day}

    def since(self, event: Event) -> date | None:
        """The day on which the event's latest reminder fell due; None while none has."""
        left = (event[2] - self.day).days
        due = [days for days in self.days[event[0]] if days >= left]
        return date.fromordinal(event[2].toordinal() - min(due)) if due else None


def look(base: sqlite3.Connection, day: date, said: str, after_id: int) -> Look:
    """Look at the store as it is now; new are the notices after one."""
    invoices = _invoices(base)
    settings = dict(base.execute("SELECT name, value FROM setting"))
    return Look(
        day=day,
        tick=said == "tick",
        said=said,
        days={
            kind: [int(word) for word in settings.get(name, usual).split()]
            for kind, (name, usual) in LISTS.items()
        },
        accounts=_accounts(base),
        invoices=invoices,
        cards=_cards(base),
        new=_notices(base, after_id, invoices),
    )


def _accounts(base: sqlite3.Connection) -> dict[int, Account]:
    rows = base.execute(
        "SELECT a.id, p.customer_id, a.state, a.suspended_for, a.renewal, p.renewal, a.expires_on, "
        "a.deletes_on FROM account a JOIN platform p ON p.id = a.platform_id"
    )
    return {
        number: Account(
            customer=customer,
            state=state,
            why=why,
            ends="expiry-coming"
            if renewal == "none" or mode == "manual"
            else {"yearly": "renewal-coming"}.get(renewal),
            expires_on=date.fromisoformat(expires_on),
            deletes_on=None if deletes_on is None else date.fromisoformat(deletes_on),
        )
        for number, customer, state, why, renewal, mode, expires_on, deletes_on in rows
    }


def _invoices(base: sqlite3.Connection) -> dict[int, Invoice]:
    rows = base.execute(
        "SELECT o.invoice_id, o.customer_id, o.due_on, c.grace_until_on, o.is_covered "
        "FROM invoice_open o JOIN customer c ON c.id = o.customer_id WHERE o.open_cents > 0 "
        "ORDER BY o.invoice_id"
    )
    return {
        number: Invoice(
            customer=customer,
            due_on=date.fromisoformat(due),
            last_on=date.fromisoformat(max(due, grace or due)),
            is_covered=bool(covered),
        )
        for number, customer, due, grace, covered in rows
    }


def _cards(base: sqlite3.Connection) -> dict[int, tuple[int, date]]:
    """The default cards of open customers who have an account: customer, last valid day."""
    rows = base.execute(
        "SELECT m.id, c.id, m.expires_on FROM method m JOIN customer c ON c.id = m.customer_id "
        "WHERE m.is_default = 1 AND m.expires_on IS NOT NULL AND c.state = 'open' AND c.id IN "
        "(SELECT p.customer_id FROM account a JOIN platform p ON p.id = a.platform_id "
        "WHERE a.state IN ('active', 'suspended'))"
    )
    return {method: (customer, _month_end(month)) for method, customer, month in rows}


def _month_end(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])


def _notices(base: sqlite3.Connection, after_id: int, invoices: dict[int, Invoice]) -> list[Notice]:
    """The new notices, each with the accounts, the customer and the method that it names."""
    named: dict[int, set[tuple[int, date]]] = {}
    for notice, number, day in base.execute(
        "SELECT notice_id, account_id, happens_on FROM notice_account "
        "WHERE notice_id > :after AND happens_on IS NOT NULL",
        {"after": after_id},
    ):
        named.setdefault(notice, set()).add((number, date.fromisoformat(day)))
    found = []
    for number, kind, customer, queued_on, method, due_on in base.execute(
        "SELECT id, kind, customer_id, queued_on, method_id, due_on FROM notice WHERE id > :after "
        "ORDER BY id",
        {"after": after_id},
    ):
        events = named.get(number, set())
        if kind == "card-expiring":
            events = {(method, date.fromisoformat(due_on))}
        elif kind in TELLING["debt-reminder"]:
            events = {(customer, date.fromisoformat(due_on))} if due_on else set()
        elif kind == "payment-failed":
            # Its letter says by when to pay what nothing covers now, else what it was about.
            mine = [invoice for invoice in invoices.values() if invoice.customer == customer]
            mine = [invoice for invoice in mine if not invoice.is_covered] or mine
            events = {(customer, min(invoice.last_on for invoice in mine))} if mine else set()
        found.append(
            Notice(
                id=number,
                kind=kind,
                queued_on=date.fromisoformat(queued_on),
                named=frozenset(events),
            )
        )
    return found
