"""The books as a Beancount ledger, with the balance of each prepaid account after each day.

Beancount asserts no balance inside a day: a `balance` directive holds at the beginning of its day,
so it stands on the day after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from mailctl.domain.text import printable
from mailctl.exports.entries import Entry, amount


def lines(entries: Iterable[Entry], *, currency: str) -> Iterator[str]:
    """The ledger, a piece at a time; each piece ends its line."""
    yield f'option "title" "mailctl"\noption "operating_currency" "{currency}"\n'
    opened: set[str] = set()
    day: date | None = None
    held: dict[str, int] = {}
    for entry in entries:
        if day is not None and entry.day != day:
            yield from _balances(day, held, currency)
            held.clear()
        day = entry.day
        for posting in entry.postings:
            if posting.account not in opened:
                opened.add(posting.account)
                yield f"\n{day} open {posting.account} {currency}\n"
            if posting.after_cents is not None:
                held[posting.account] = posting.after_cents
        yield _transaction(entry, currency)
    if day is not None:
        yield from _balances(day, held, currency)


def _transaction(entry: Entry, currency: str) -> str:
    link = f" ^{entry.document}" if entry.document else ""
    head = f"\n{entry.day} * {_quoted(entry.payee)} {_quoted(entry.text)}{link}\n"
    return head + "".join(
        f"  {posting.account}  {amount(posting.cents)} {currency}\n" for posting in entry.postings
    )


def _balances(day: date, held: dict[str, int], currency: str) -> Iterator[str]:
    morning = day + timedelta(days=1)
    for account, cents in held.items():
        # Without an explicit tolerance Beancount accepts a difference of a cent.
        yield f"\n{morning} balance {account}  {amount(cents)} ~ 0 {currency}\n"


def _quoted(text: str) -> str:
    escaped = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
