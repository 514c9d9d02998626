"""The chain of digests as it was until version 2 of the schema.

It is computed for two reasons: a store is upgraded to version 3 only where its chain fits, and a
head that was kept outside before stays valid after it. Its text was ambiguous (a value could
contain what separates rows), which is why version 3 computes the chain in another way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailctl.store.engine.chain import Ends, personal_digest
from mailctl.store.engine.connection import Connection
from mailctl.store.engine.verification import PERSONAL, Verification

# Input never holds control characters, so these can stand for NULL and for the end of a column.
_NULL = "\x1e"
_NEXT = "\x1f"
_FETCH = 1000

# What a digest covers, in which order; `?` marks columns that may be NULL.
_COVERED = (
    (
        "journal",
        "seq batch happened_on kind subject details? personal_digest?",
        "WHERE t.seq > :seq AND t.seq <= :last_seq ORDER BY t.seq",
    ),
    (
        "ledger",
        (
            "id customer_id seq moved_on kind amount_cents before_cents after_cents order_number? "
            "invoice_id? payment_id? reverses_id? reason?"
        ),
        "WHERE t.id > :ledger_id AND t.id <= :last_ledger_id ORDER BY t.id",
    ),
    (
        "invoice",
        (
            "id series year seq customer_id order_number? corrects_id? issued_on net_cents "
            "tax_rate tax_cents total_cents tax_note? seller buyer_name buyer_street? "
            "buyer_postcode? buyer_city? buyer_country buyer_vat_number? reason?"
        ),
        "WHERE t.id > :invoice_id AND t.id <= :last_invoice_id ORDER BY t.id",
    ),
    (
        "credit_line",
        "invoice_id account_id period_start_on",
        (
            "WHERE t.invoice_id > :invoice_id AND t.invoice_id <= :last_invoice_id "
            "ORDER BY t.invoice_id, t.account_id, t.period_start_on"
        ),
    ),
    (
        "invoice_line",
        "invoice_id account_id period_start_on period_end_on offer_id address? period unit_cents",
        (
            "WHERE t.invoice_id > :invoice_id AND t.invoice_id <= :last_invoice_id "
            "ORDER BY t.invoice_id, t.account_id, t.period_start_on"
        ),
    ),
)


_FACTS = ("id", "day", "at", "actor", "command")
_BATCH = "id, happened_on, recorded_at, actor, command, last_seq, last_ledger_id, last_invoice_id"


def _digest(
    connection: Connection,
    before: str,
    facts: Mapping[str, object],
    start: Ends,
    ends: Ends,
) -> str:
    from hashlib import sha256

    digest = sha256(before.encode())
    digest.update(_NEXT.join(str(value) for value in facts.values()).encode())
    limits = {
        "seq": start.seq,
        "ledger_id": start.ledger_id,
        "invoice_id": start.invoice_id,
        "last_seq": ends.seq,
        "last_ledger_id": ends.ledger_id,
        "last_invoice_id": ends.invoice_id,
    }
    for table, columns, which in _COVERED:
        digest.update(f"\n{table}\n".encode())
        text = f" || '{_NEXT}' || ".join(_as_text(column) for column in columns.split())
        used = {name: value for name, value in limits.items() if f":{name} " in f"{which} "}
        cursor = connection.stream(f"SELECT {text} FROM {table} t {which}", used)
        while rows := cursor.fetchmany(_FETCH):
            digest.update("\n".join([row[0] for row in rows]).encode())
            digest.update(b"\n")
    return digest.hexdigest()


def _as_text(column: str) -> str:
    name = column.removesuffix("?")
    return f"coalesce('' || t.{name}, '{_NULL}')" if name != column else f"t.{name}"


def verify(connection: Connection) -> Verification:
    """Compute the whole chain of an older store; name the first batch that does not fit."""
    head, start, count = "", Ends(), 0
    batches = connection.execute(f"SELECT {_BATCH}, digest FROM batch ORDER BY id").fetchall()
    for row in batches:
        count += 1
        ends = Ends.at(*row[5:8])
        facts = dict(zip(_FACTS, row, strict=False))
        if row[0] != count:
            return _broken(count, head, start, count, "the batch is missing")
        if _digest(connection, head, facts, start, ends) != row[8]:
            return _broken(count, head, start, row[0], "its rows or its digest were changed")
        head, start = row[8], ends
    for reason in _loose(connection, start):
        return _broken(count, head, start, count + 1, reason)
    for seq, batch in _wrong_details(connection):
        return _broken(
            count,
            head,
            start,
            count + 1 if batch is None else batch,
            f"the personal details of journal row {seq} were changed",
        )
    return Verification(transactions=count, rows=start.seq, head=head)


def _broken(count: int, head: str, start: Ends, batch: int, reason: str) -> Verification:
    return Verification(transactions=count, rows=start.seq, head=head, broken=batch, reason=reason)


def _loose(connection: Connection, ends: Ends) -> Iterator[str]:
    """Rows that no batch covers."""
    for table, key, last in (
        ("journal", "seq", ends.seq),
        ("ledger", "id", ends.ledger_id),
        ("invoice", "id", ends.invoice_id),
        ("invoice_line", "invoice_id", ends.invoice_id),
        ("credit_line", "invoice_id", ends.invoice_id),
    ):
        row = connection.execute(
            f"SELECT 1 FROM {table} WHERE {key} > :last LIMIT 1", {"last": last}
        ).fetchone()
        if row:
            yield f"rows of {table} belong to no batch"


def _wrong_details(connection: Connection) -> Iterator[tuple[int, int | None]]:
    for seq, batch, digest, salt, details in connection.stream(PERSONAL):
        if personal_digest(salt, details) != digest:
            yield seq, batch


def heads(connection: Connection, before: int) -> Iterator[str]:
    """The digests that the batches before that one had, computed from their rows."""
    head, start = "", Ends()
    for row in connection.execute(
        f"SELECT {_BATCH} FROM batch WHERE id < :before ORDER BY id", {"before": before}
    ).fetchall():
        ends = Ends.at(*row[5:8])
        facts = dict(zip(_FACTS, row, strict=False))
        head, start = _digest(connection, head, facts, start, ends), ends
        yield head
