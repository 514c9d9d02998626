"""What a file of a bank says, made without the file: for tests of what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from mailctl.domain.statements import FileKind, ReadEntry, ReadStatus, StatementHead
from mailctl.statements.reading import Reading
from mailctl.statements.spool import Spool
from mailctl.statements.words import NOTHING

ACCOUNT = "FR7630006000011234567890189"
Page = tuple[StatementHead, Sequence[ReadEntry]]


@dataclass(frozen=True)
class _Source:
    name: str
    digest: str


def entry(cents: int, day: str = "2026-02-02", **said: Any) -> ReadEntry:
    """One movement; what is not given the bank did not write."""
    plain = NOTHING._replace(
        entry_cents=cents, booked_on=day, value_on=day, amount_cents=cents, currency="EUR"
    )
    return plain._replace(**said)


def referred(cents: int, reference: str, day: str = "2026-02-02", **said: Any) -> ReadEntry:
    """One movement with the bank's own reference."""
    return entry(cents, day, entry_reference=reference, reference=reference, **said)


def batch(reference: str, *parts: ReadEntry) -> list[ReadEntry]:
    """A batch with its parts."""
    total = sum(part.amount_cents for part in parts)
    return [
        part._replace(
            entry_reference=reference,
            reference=part.reference or reference,
            part=at,
            parts=len(parts),
            entry_cents=total,
        )
        for at, part in enumerate(parts, start=1)
    ]


def head(account: str = ACCOUNT, **said: Any) -> StatementHead:
    """A statement without balances."""
    plain = StatementHead(
        account=account,
        currency="EUR",
        identification="S",
        number=None,
        from_on=None,
        to_on=None,
        opening_on=None,
        opening_cents=None,
        closing_on=None,
        closing_cents=None,
    )
    return plain._replace(**said)


def reading(
    kind: str, *entries: ReadEntry, name: str = "bank.xml", pages: Sequence[Page] = ()
) -> Reading:
    """A file of one statement with these entries, or of several `pages`."""
    spool = Spool(FileKind(kind))
    pages = pages or [(head(), entries)]
    for of_page, its_entries in pages:
        for one in its_entries:
            spool.add_entry(one)
        spool.end_statement(of_page)
    return _reading(spool, name, repr((kind, pages)))


def report(*statuses: ReadStatus, name: str = "answer.xml") -> Reading:
    """A status report."""
    spool = Spool(FileKind.STATUS)
    for one in statuses:
        spool.add_status(one)
    return _reading(spool, name, repr(statuses))


def _reading(spool: Spool, name: str, content: str) -> Reading:
    source = _Source(name, sha256(content.encode()).hexdigest())
    return Reading(cast("Any", source), spool)
