"""The chain of digests over the books: what each covers, and whether they still fit (rules 13).

A batch's digest is the SHA-256 of one JSON document: the digest before, the batch's new rows table
by table, and the batch itself, with how many rows of each table it has and what the other tables
held (seals.py). JSON distinguishes text from NULL, and marks where each value ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailctl.store.engine import seals

NO_TEXT = "Could not decode to UTF-8"
"""How SQLite's message begins where bytes are not text."""
_FETCH = 1000
_DELETE = b"\x7f"
"""The one letter of ASCII that Python escapes and SQLite does not."""
_NO_JSON = "JSON cannot hold"
"""How SQLite's message begins where a value is neither a number nor text, as all columns are."""
SALT_LENGTH = 32
"""The length of the salt before personal details: being fixed, it marks where they begin."""

COVERED = {
    "journal": "seq batch happened_on kind subject details personal_digest",
    "ledger": (
        "id customer_id seq moved_on kind amount_cents before_cents after_cents order_number "
        "invoice_id payment_id reverses_id reason reference value_on"
    ),
    "invoice": (
        "id series year seq customer_id order_number corrects_id issued_on net_cents tax_rate "
        "tax_cents total_cents tax_note seller buyer_name buyer_street buyer_postcode buyer_city "
        "buyer_country buyer_vat_number reason"
    ),
    "credit_line": "account_id period_start_on invoice_id",
    "invoice_line": (
        "account_id period_start_on invoice_id period_end_on offer_id address period unit_cents"
    ),
}
"""The tables of the books, and all of their columns in the order in which they are digested; rows
are in order of the first two."""

_KEY = {"journal": "seq", "ledger": "id", "invoice": "id"}
_LINES_KEY = "invoice_id"
_MANY = 1_000
_PART = 4
"""A batch with more invoices than `_MANY`, and more than a fourth of all, has most of the lines."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The highest keys that a batch covers."""

    seq: int
    ledger_id: int
    invoice_id: int

    def of(self, table: str) -> int:
        """The highest one of a table."""
        return {"journal": self.seq, "ledger": self.ledger_id}.get(table, self.invoice_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a batch says about itself; `state` is the digest of the other tables' seals."""

    id: int
    happened_on: str
    recorded_at: str
    actor: str
    command: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `journal verify` found; `broken` is the first broken batch."""

    transactions: int
    rows: int
    head: str
    broken: int | None = None
    reason: str | None = None


def personal_digest(salt: str, details: str) -> str:
    """The digest that represents erasable details in the journal."""
    from hashlib import sha256

    return sha256(f"{salt}{details}".encode()).hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _texts(cursor: sqlite3.Cursor) -> Iterator[tuple[int, bytes]]:
    """Rows that the database made JSON of, many at a time: how many, and their text.

    It is the text that Python makes of the same rows, where all letters but those of ASCII are
    escaped.
    """
    while rows := cursor.fetchmany(_FETCH):
        text = b",".join([row for (row,) in rows])
        if not text.isascii() or _DELETE in text:
            text = _json(json.loads(f"[{_decoded(text)}]"))[1:-1]
        yield len(rows), text


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise sqlite3.OperationalError(NO_TEXT) from error


def digest(
    connection: sqlite3.Connection, before: str, facts: Facts, start: Ends, ends: Ends
) -> tuple[str, dict[str, int]]:
    """A batch's digest, over the rows after `start` up to `ends`; and how many of each table."""
    from hashlib import sha256

    (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM invoice").fetchone()
    document = sha256(b'{"before":' + _json(before))
    counts: dict[str, int] = {}
    for table, columns in COVERED.items():
        counts[table] = 0
        document.update(b"," + _json(table) + b":[")
        names = columns.split()
        cursor = connection.execute(
            f"""
            SELECT CAST(json_array({", ".join(names)}) AS BLOB)
            FROM {table}
            WHERE {_which(table, start, ends, newest)}
            ORDER BY {", ".join(names[:2])}
            """,
            {"start": start.of(table), "end": ends.of(table)},
        )
        for rows, text in _texts(cursor):
            document.update(b"," if counts[table] else b"")
            document.update(text)
            counts[table] += rows
        document.update(b"]")
    batch = (
        *(facts.id, facts.happened_on, facts.recorded_at, facts.actor, facts.command),
        *(ends.seq, ends.ledger_id, ends.invoice_id),
        *counts.values(),
        facts.state,
    )
    document.update(b',"batch":' + _json(batch) + b"}")
    return document.hexdigest(), counts


def _which(table: str, start: Ends, ends: Ends, newest: int) -> str:
    """SQL for the rows of a batch; `newest` is the highest key of all invoices."""
    key = _KEY.get(table, _LINES_KEY)
    # A large part of all lines is read faster through the table, in its own order, than through an
    # index; the sign keeps the index from being used.
    invoices = ends.invoice_id - start.invoice_id
    if key == _LINES_KEY and invoices > _MANY and invoices * _PART > newest:
        key = f"+{key}"
    return f"{key} > :start AND {key} <= :end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A batch as it stands in the store."""

    facts: Facts
    ends: Ends
    counts: dict[str, int]
    digest: str


_BATCHES = f"""
SELECT id, happened_on, recorded_at, actor, command, state, digest,
    last_seq, last_ledger_id, last_invoice_id, {", ".join(f"{table}_rows" for table in COVERED)}
FROM batch
ORDER BY id
"""


def batches(connection: sqlite3.Connection) -> Iterator[Written]:
    """Every batch, in order."""
    for row in connection.execute(_BATCHES).fetchall():
        yield Written(
            facts=Facts(
                id=row[0],
                happened_on=row[1],
                recorded_at=row[2],
                actor=row[3],
                command=row[4],
                state=row[5],
            ),
            digest=row[6],
            ends=Ends(*row[7:10]),
            counts=dict(zip(COVERED, row[10:], strict=True)),
        )


def verify(connection: sqlite3.Connection) -> Verification:
    """Compute the whole chain again; name the first batch that does not fit (rules 13)."""
    head, start, count, state = "", Ends(0, 0, 0), 0, ""
    in_batches = dict.fromkeys(COVERED, 0)
    for batch in batches(connection):
        count += 1
        reason = _reason(connection, head, start, count, batch)
        if reason is not None:
            return _broken(count, head, start, count, reason)
        head, start, state = batch.digest, batch.ends, batch.facts.state
        for table, rows in batch.counts.items():
            in_batches[table] += rows
    for table in _loose(connection, in_batches):
        return _broken(count, head, start, count + 1, f"rows of {table} belong to no batch")
    if count and state != seals.state(connection):
        reason = "what it says of the other tables, or their sums, were changed"
        return _broken(count, head, start, count, reason)
    for seq, of_batch in _wrong_details(connection):
        reason = f"the personal details of journal row {seq} were changed"
        return _broken(count, head, start, of_batch or count + 1, reason)
    return Verification(transactions=count, rows=start.seq, head=head)


def _reason(
    connection: sqlite3.Connection, head: str, start: Ends, number: int, batch: Written
) -> str | None:
    """Why the `number`th batch does not follow the head and keys before it; None if it does."""
    if batch.facts.id != number:
        return "the batch is missing"
    try:
        found, counts = digest(connection, head, batch.facts, start, batch.ends)
    except sqlite3.OperationalError as error:
        if str(error).startswith(NO_TEXT):
            return "a text of its rows is not UTF-8"
        if str(error).startswith(_NO_JSON):
            return "a value of its rows is neither a number nor text"
        raise
    for table, rows in batch.counts.items():
        if counts[table] != rows:
            return f"it has {counts[table]} rows of {table}, and was written with {rows}"
    return None if found == batch.digest else "its rows or its digest were changed"


def _broken(count: int, head: str, start: Ends, batch: int, reason: str) -> Verification:
    return Verification(transactions=count, rows=start.seq, head=head, broken=batch, reason=reason)


def _loose(connection: sqlite3.Connection, in_batches: Mapping[str, int]) -> Iterator[str]:
    """Tables with rows that no batch covers, whatever their keys."""
    for table, rows in in_batches.items():
        (there,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if there != rows:
            yield table


PERSONAL = """
    SELECT p.seq, j.batch, j.personal_digest, p.salt, p.details
    FROM journal_personal p
    LEFT JOIN journal j ON j.seq = p.seq
    ORDER BY p.seq
"""


def _wrong_details(connection: sqlite3.Connection) -> Iterator[tuple[int, int | None]]:
    """The journal rows whose personal details do not fit, with their batches."""
    for seq, batch, there, salt, details in connection.execute(PERSONAL):
        if len(salt) != SALT_LENGTH or personal_digest(salt, details) != there:
            yield seq, batch
