"""Debts by age: who owes how much, since when, and how much of it is being collected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.reports import debts as stored
from mailctl.store.queries.reports.debts import Debtor
from mailctl.values import Value

NOT_DUE = "not-due"
OLDEST = "over-90"
AGES = ((0, NOT_DUE), (7, "1-7"), (30, "8-30"), (90, "31-90"))
"""The most days that each class of age holds; what is older is `over-90`."""
AGE_NAMES = (*(name for _, name in AGES), OLDEST)


class Debt(Value):
    """What a customer owes; money in cents.

    Days count from the due date of the oldest invoice that is overdue: what pending payments cover
    and whom a grace protects is not (rules 9). `uncovered_cents` is what no pending payment brings.
    """

    customer: str
    name: str
    debt_cents: int
    pending_cents: int
    uncovered_cents: int
    since_on: date | None
    due_on: date | None
    days_overdue: int
    age: str
    accounts_suspended: int
    grace_until_on: date | None
    pay_by_on: date | None

    def item(self, currency: str) -> Row:
        """The keys of the public contract."""
        return {
            "customer": self.customer,
            "name": self.name,
            "debt_cents": self.debt_cents,
            "pending_cents": self.pending_cents,
            "uncovered_cents": self.uncovered_cents,
            "since_on": _iso(self.since_on),
            "due_on": _iso(self.due_on),
            "days_overdue": self.days_overdue,
            "age": self.age,
            "accounts_suspended": self.accounts_suspended,
            "grace_until_on": _iso(self.grace_until_on),
            "currency": currency,
            "pay_by_on": _iso(self.pay_by_on),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def debts(reader: Reader) -> list[Debt]:
    """Each debtor, the longest overdue first; the debts add up to those of `status`."""
    return [_debt(debtor, reader.today) for debtor in stored.debtors(reader)]


def _debt(debtor: Debtor, today: date) -> Debt:
    from_on = debtor.overdue_from_on
    days = 0 if from_on is None else (today - from_on).days
    return Debt(
        customer=debtor.customer,
        name=debtor.name,
        debt_cents=debtor.debt_cents,
        pending_cents=debtor.pending_cents,
        uncovered_cents=max(debtor.debt_cents - debtor.pending_cents, 0),
        since_on=debtor.since_on,
        due_on=debtor.due_on,
        days_overdue=days,
        age=age_of(days),
        accounts_suspended=debtor.accounts_suspended,
        grace_until_on=debtor.grace_until_on,
        pay_by_on=debtor.pay_by_on,
    )


class Owed(Value):
    """How many customers owe money, and how many cents together."""

    debtors: int
    cents: int


def owed(debts: Iterable[Debt]) -> Owed:
    """What these debts add up to."""
    cents = [debt.debt_cents for debt in debts]
    return Owed(debtors=len(cents), cents=sum(cents))


def owing(reader: Reader, customer: str | None = None) -> Owed:
    """What all customers owe today, or one."""
    return owed(debt for debt in debts(reader) if customer in (None, debt.customer))


def age_of(days_overdue: int) -> str:
    """The class of age that so many days overdue fall into."""
    return next((name for most, name in AGES if days_overdue <= most), OLDEST)


def by_age(debts: Iterable[Debt]) -> dict[str, Owed]:
    """What each class of age owes; every class is there."""
    found = list(debts)
    return {name: owed(debt for debt in found if debt.age == name) for name in AGE_NAMES}
