"""The journal, read: all of it, or what concerns one account, platform or customer (rules 13)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from mailctl.close_words import close_words
from mailctl.contract import THINGS
from mailctl.domain.journal import summary
from mailctl.domain.journal_kinds import JournalKind
from mailctl.store import accounts, customers, platforms
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.verification import verify
from mailctl.store.queries import kept_heads
from mailctl.values import Value, fields

_ITEMS = """
    SELECT j.seq, j.batch, j.happened_on AS "on", b.recorded_at, b.actor, b.command, j.kind,
        j.subject, coalesce(j.details, '{}') AS details, NULL AS summary,
        q.details AS personal
    FROM journal j
    JOIN batch b ON b.id = j.batch
    LEFT JOIN journal_personal q ON q.seq = j.seq
"""

_KINDS = frozenset(JournalKind)


def _finished(row: Row, currency: str) -> Row:
    """A row with its personal details, as far as they are known, and what it says in a line."""
    personal = row.pop("personal")
    details = row["details"]
    assert isinstance(details, dict)
    if personal is not None:
        details.update(json.loads(str(personal)))
    row["summary"] = summary(str(row["kind"]), details, currency)
    return row


def listing(
    reader: Reader,
    *,
    after: int | None = None,
    since: date | None = None,
    until: date | None = None,
    kind: str | None = None,
    actor: str | None = None,
    command: str | None = None,
    subject: str | None = None,
    limit: int | None = None,
) -> Listing:
    """Journal rows in order; `after` a sequence number, from one day to another."""
    filters, values = where(
        after=("j.seq > :after", after),
        since=("j.happened_on >= :since", since),
        until=("j.happened_on <= :until", until),
        kind=("j.kind = :kind", kind),
        # No row says what no change can: not one of millions is looked at for it.
        never=("1 = 0", (kind is not None and kind not in _KINDS) or None),
        actor=(_by("actor"), actor),
        command=(_by("command"), command),
        subject=("j.subject = :subject", subject),
    )
    return _rows(reader, filters, values, limit)


def _by(column: str) -> str:
    """SQL for the rows of transactions with that value: from the first of these to the last."""
    return f"""
        b.{column} = :{column}
        AND j.seq <= (SELECT max(x.last_seq) FROM batch x WHERE x.{column} = :{column})
        AND j.seq > (
            SELECT coalesce(max(y.last_seq), 0)
            FROM batch y
            WHERE y.id < (SELECT min(x.id) FROM batch x WHERE x.{column} = :{column})
        )
    """


def _rows(reader: Reader, filters: str, values: dict[str, object], limit: int | None) -> Listing:
    return Listing(
        reader,
        THINGS["journal"],
        f"{_ITEMS} {filters}",
        values,
        order_by="seq",
        limit=limit,
        finish=lambda row: _finished(row, reader.info.currency),
        finishes=frozenset(("details", "summary")),
        sorts={"details": "t.details"},
    )


def unknown(reader: Reader, column: str, value: str) -> tuple[str, ...] | None:
    """Values like one that no transaction has in a column, or none; None where some has it."""
    values = reader.texts(f"SELECT DISTINCT {column} FROM batch")
    return None if value in values else close_words(value, values)


def _about(
    reader: Reader,
    condition: str,
    values: dict[str, object],
    since: date | None,
    until: date | None,
    limit: int | None,
) -> Listing:
    filters, days = where(
        about=(condition, True),
        since=("j.happened_on >= :since", since),
        until=("j.happened_on <= :until", until),
    )
    return _rows(reader, filters, {**values, **days}, limit)


def of_account(
    reader: Reader,
    word: str,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """What happened to an account, from one day to another."""
    account = accounts.find_also_deleted(reader, word)
    subject: dict[str, object] = {"subject": f"account/{account.id}"}
    return _about(reader, "j.subject = :subject", subject, since, until, limit)


_OF_PLATFORM = """
    (
        j.subject = 'platform/' || :name
        OR j.subject IN (SELECT 'account/' || a.id FROM account a WHERE a.platform_id = :id)
        OR j.subject IN (
            SELECT 'order/' || o.number FROM purchase_order o WHERE o.platform_id = :id
        )
    )
"""


def of_platform(
    reader: Reader,
    name: str,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """What happened to a platform, its accounts and its orders, from one day to another."""
    platform = platforms.find(reader, name)
    values: dict[str, object] = {"name": platform.name, "id": platform.id}
    return _about(reader, _OF_PLATFORM, values, since, until, limit)


_OF_CUSTOMER = """
    (
        j.subject = 'customer/' || :slug
        OR j.subject IN (SELECT 'platform/' || p.name FROM platform p WHERE p.customer_id = :id)
        OR j.subject IN (
            SELECT 'account/' || a.id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            WHERE p.customer_id = :id
        )
        OR j.subject IN (
            SELECT 'order/' || o.number FROM purchase_order o WHERE o.customer_id = :id
        )
        OR j.subject IN (SELECT 'entry/' || e.id FROM bank_entry e WHERE e.customer_id = :id)
    )
"""


def of_customer(
    reader: Reader,
    slug: str,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """What happened to a customer and to all that is theirs, from one day to another."""
    customer = customers.find(reader, slug)
    values: dict[str, object] = {"slug": customer.slug, "id": customer.id}
    return _about(reader, _OF_CUSTOMER, values, since, until, limit)


class Head(Value):
    """The newest batch of the chain, whose digest can be kept outside."""

    batch: int
    seq: int
    on: date
    recorded_at: str
    digest: str

    def item(self) -> Row:
        """The keys of the public contract."""
        return {**fields(self), "on": self.on.isoformat()}


def head(reader: Reader) -> Head:
    """The head of the chain as it is now."""
    (found,) = reader.facts(
        Head,
        """
        SELECT id AS batch, last_seq AS seq, happened_on AS "on", recorded_at, digest
        FROM batch
        ORDER BY id DESC LIMIT 1
        """,
    )
    return found


def has_digest(reader: Reader, digest: str) -> bool:
    """Whether a head that was kept outside is part of this chain.

    A head that was kept before an upgrade computed the chain again is looked for in the old chain.
    """
    if reader.exists("SELECT 1 FROM batch WHERE digest = :digest", {"digest": digest}):
        return True
    return digest in kept_heads.old_digests(reader)


class Verification(Value):
    """What a check of the whole chain found: how far it goes, and the first broken transaction.

    `heads` of those kept outside are in it, and `heads_lost` were lost in a restore; None unless
    they were looked for.
    """

    ok: bool
    transactions: int
    rows: int
    head: str | None
    broken: int | None
    reason: str | None
    heads: int | None = None
    heads_lost: int | None = None


def verification(
    reader: Reader, *, head: str | None = None, at: Callable[[int], object] = lambda _: None
) -> Verification:
    """Check the whole chain; `head` is a digest kept outside that must be in it.

    `at` is called with the number of each transaction before it is checked.
    """
    found = verify(reader.connection, at)
    broken, reason = found.broken, found.reason
    if broken is None and head is not None and not has_digest(reader, head):
        broken, reason = found.transactions + 1, "the head that was kept outside is not in it"
    return Verification(
        ok=broken is None,
        transactions=found.transactions,
        rows=found.rows,
        head=found.head,
        broken=broken,
        reason=reason,
    )
