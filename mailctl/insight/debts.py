"""Debts by age: who lacks how much, since when, and what of it is being collected."""

from __future__ import annotations

from datetime import date

from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.reports import debts as stored

NOT_DUE = "not-due"
OLDEST = "over-90"
AGES = ((0, NOT_DUE), (7, "1-7"), (30, "8-30"), (90, "31-90"))
"""The most days that each class of age holds; what is older is `over-90`."""
AGE_NAMES = (*(name for _, name in AGES), OLDEST)


def debts(reader: Reader) -> list[Row]:
    """A row for each debtor, the longest overdue first; the debts add up to those of `status`.

    Days count from the due date of the oldest invoice that is overdue: what pending payments cover
    and whom a grace protects is not (SPEC 9). `uncovered_cents` is what no pending payment brings.
    """
    return [_debt(row, reader) for row in stored.debtors(reader)]


def _debt(row: Row, reader: Reader) -> Row:
    from_on = row["overdue_from_on"]
    days = 0 if from_on is None else (reader.today - date.fromisoformat(str(from_on))).days
    debt, pending = int(str(row["debt_cents"])), int(str(row["pending_cents"]))
    return {
        "customer": row["customer"],
        "name": row["name"],
        "debt_cents": debt,
        "pending_cents": pending,
        "uncovered_cents": max(debt - pending, 0),
        "since_on": row["since_on"],
        "due_on": row["due_on"],
        "days_overdue": days,
        "age": age_of(days),
        "accounts_suspended": row["accounts_suspended"],
        "grace_until_on": row["grace_until_on"],
        "currency": reader.info.currency,
    }


def owing(reader: Reader, customer: str | None = None) -> tuple[int, int]:
    """How many owe money today, all or that one, and how many cents together."""
    rows = [row for row in debts(reader) if customer in (None, row["customer"])]
    return len(rows), sum(int(str(row["debt_cents"])) for row in rows)


def age_of(days_overdue: int) -> str:
    """The class of age that so many days overdue fall into."""
    return next((name for most, name in AGES if days_overdue <= most), OLDEST)


def by_age(rows: list[Row]) -> dict[str, tuple[int, int]]:
    """How many debtors each class of age has, and what they lack in cents; every class is there."""
    found = dict.fromkeys(AGE_NAMES, (0, 0))
    for row in rows:
        debtors, cents = found[str(row["age"])]
        found[str(row["age"])] = (debtors + 1, cents + int(str(row["debt_cents"])))
    return found
