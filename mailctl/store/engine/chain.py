"""The chain of digests over the books: what each covers (rules 13); verification.py checks it.

A batch's digest is the SHA-256 of one JSON document: the digest before, the batch's new rows table
by table, and the batch itself, with how many rows of each table it has and what the other tables
held (seals.py). JSON distinguishes text from NULL, and marks where each value ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mailctl.store.engine import sha256
from mailctl.store.engine.connection import Connection, Cursor
from mailctl.store.engine.no_text import NoTextError
from mailctl.values import Value

_FETCH = 1000
_DELETE = b"\x7f"
"""The one letter of ASCII that Python escapes and SQLite does not."""
NO_JSON = "JSON cannot hold"
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

SINCE_4 = {
    "invoice": (
        *("tax_category", "seller_id", "language", "due_on"),
        *("buyer_legal_id", "buyer_endpoint", "buyer_reference"),
    ),
}
"""Columns that follow these in rows where any but the first says something. Older rows are digested
without them, so that their digests hold; the first follows from the others (`store check`)."""

_KEY = {"journal": "seq", "ledger": "id", "invoice": "id"}
_LINES_KEY = "invoice_id"
_MANY = 1_000
_PART = 4
"""More invoices than `_MANY`, and more than a fourth of all, have most of the lines."""


class Ends(Value):
    """The highest keys that a batch covers."""

    seq: int = 0
    ledger_id: int = 0
    invoice_id: int = 0

    @classmethod
    def at(cls, seq: int, ledger_id: int, invoice_id: int) -> Ends:
        """These three."""
        return cls(seq=seq, ledger_id=ledger_id, invoice_id=invoice_id)

    def of(self, table: str) -> int:
        """The highest one of a table."""
        return {"journal": self.seq, "ledger": self.ledger_id}.get(table, self.invoice_id)


class Facts(Value):
    """What a batch says about itself; `state` is the digest of the other tables' seals."""

    id: int
    happened_on: str
    recorded_at: str
    actor: str
    command: str
    state: str


def personal_digest(salt: str, details: str) -> str:
    """The digest that represents erasable details in the journal."""
    return sha256.of_text(f"{salt}{details}")


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _texts(cursor: Cursor) -> Iterator[tuple[int, bytes]]:
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
        raise NoTextError from error


def digest(
    connection: Connection,
    before: str,
    facts: Facts,
    start: Ends,
    ends: Ends,
    since_4: Mapping[str, tuple[str, ...]] = SINCE_4,
) -> tuple[str, dict[str, int]]:
    """A batch's digest, over the rows after `start` up to `ends`; and how many of each table.

    `since_4` are the columns that later versions added, in a store that has them.
    """
    newest = ends.invoice_id
    if ends.invoice_id > start.invoice_id:
        (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM invoice").fetchone()
    is_much = ends.seq - start.seq > _FETCH
    document = sha256.begun(b'{"before":' + _json(before), is_much=is_much)
    counts: dict[str, int] = {}
    for table, columns in COVERED.items():
        counts[table] = 0
        document.update(b"," + _json(table) + b":[")
        if ends.of(table) > start.of(table):
            row = _row(connection, columns.split(), since_4.get(table))
            for rows, text in _texts(_new_rows(connection, table, row, start, ends, newest)):
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


def _new_rows(
    connection: Connection, table: str, row: str, start: Ends, ends: Ends, newest: int
) -> Cursor:
    return connection.stream(
        f"""
        SELECT {row}
        FROM {table}
        WHERE {_which(table, start, ends, newest)}
        ORDER BY {", ".join(COVERED[table].split()[:2])}
        """,
        {"start": start.of(table), "end": ends.of(table)},
    )


def _row(connection: Connection, names: list[str], added: tuple[str, ...] | None) -> str:
    """SQL for a row as the bytes of one JSON array."""
    if not added:
        return connection.json_array(names)
    is_older = " AND ".join(f"{name} IS NULL" for name in added[1:])
    return f"""
        CASE
            WHEN {is_older} THEN {connection.json_array(names)}
            ELSE {connection.json_array([*names, *added])}
        END
    """


def _which(table: str, start: Ends, ends: Ends, newest: int) -> str:
    """SQL for the rows of a batch; `newest` is the highest key of all invoices."""
    key = _KEY.get(table, _LINES_KEY)
    # A large part of all lines is read faster through the table, in its own order, than through an
    # index; the sign keeps the index from being used.
    if key == _LINES_KEY and has_most_lines(start.invoice_id, ends.invoice_id, newest):
        key = f"+{key}"
    return f"{key} > :start AND {key} <= :end"


def has_most_lines(after: int, until: int, newest: int) -> bool:
    """Whether the invoices after one up to another, of all up to the `newest`, are a large part."""
    invoices = until - after
    return invoices > _MANY and invoices * _PART > newest
