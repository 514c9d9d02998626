"""The books as an hledger journal, with the running balance after each row.

`hledger check --strict` accepts it: accounts and the currency are declared before their first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailctl.domain.text import printable
from mailctl.exports.entries import Entry, Posting, amount


def lines(entries: Iterable[Entry], *, currency: str) -> Iterator[str]:
    """The journal, a piece at a time; each piece ends its line."""
    yield f"commodity 1000.00 {currency}\n"
    declared: set[str] = set()
    for entry in entries:
        new = {posting.account for posting in entry.postings} - declared
        if new:
            declared |= new
            yield "\n" + "".join(f"account {account}\n" for account in sorted(new))
        yield _transaction(entry, currency)


def _transaction(entry: Entry, currency: str) -> str:
    head = f"\n{entry.day} ({_plain(entry.code)}) {_plain(entry.payee)} | {_plain(entry.text)}\n"
    return head + "".join(_posting(posting, currency) for posting in entry.postings)


def _posting(posting: Posting, currency: str) -> str:
    asserted = ""
    if posting.after_cents is not None:
        asserted = f" = {amount(posting.after_cents)} {currency}"
    return f"    {posting.account}  {amount(posting.cents)} {currency}{asserted}\n"


def _plain(text: str) -> str:
    """Free text; hledger has no quotes: `;` would begin a comment, `|` end the payee."""
    return printable(text).replace(";", ",").replace("|", "/")
