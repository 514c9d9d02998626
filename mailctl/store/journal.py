"""The journal: who changed what, when, chained so that no row can change unseen (SPEC 13).

Rows are gathered in batches, one for each command and for each day that a tick lives. A batch's
digest covers its new rows of journal, ledger, documents and their lines, and the digest before.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mailctl import clock

# Input never holds control characters, so these tell NULL from text and one column from the next.
_NULL = "\x1e"
_NEXT = "\x1f"
_FETCH = 1000
_LONGEST_ACTOR = 100

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
            "invoice_id? payment_id? reverses_id? reason? reference? value_on?"
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


@dataclass(frozen=True, slots=True)
class Ends:
    """The highest keys that a batch covers."""

    seq: int
    ledger_id: int
    invoice_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `journal verify` found; `broken` is the first broken batch."""

    transactions: int
    rows: int
    head: str
    broken: int | None = None
    reason: str | None = None


def actor() -> str:
    """The login name of the person at work: behind sudo, who called it; else the user's number."""
    from getpass import getuser

    try:
        name = os.environ.get("SUDO_USER") or getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    # The name comes from the environment, where anything may stand.
    return "".join(part if part.isprintable() else "?" for part in name)[:_LONGEST_ACTOR]


def compact(details: Mapping[str, object]) -> str:
    """Details as JSON text, always the same for the same details."""
    return json.dumps(
        details, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str
    )


class Batch:
    """The journal rows of one transaction that are not chained yet."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._begin()

    def _begin(self) -> None:
        row = self._connection.execute(
            "SELECT id, digest FROM batch ORDER BY id DESC LIMIT 1"
        ).fetchone()
        self.id: int = row[0] + 1 if row else 1
        self._digest: str = row[1] if row else ""
        # From what is there, not from where the last batch ended: rows that somebody added past
        # mailctl belong to no batch, and are found.
        self._start = self._ends()

    def _ends(self) -> Ends:
        return Ends(
            *self._connection.execute(
                "SELECT (SELECT coalesce(max(seq), 0) FROM journal), "
                "(SELECT coalesce(max(id), 0) FROM ledger), "
                "(SELECT coalesce(max(id), 0) FROM invoice)"
            ).fetchone()
        )

    @property
    def next_seq(self) -> int:
        """The key of the next journal row."""
        (seq,) = self._connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
        return int(seq) + 1

    def is_open(self) -> bool:
        """Whether rows wait to be chained."""
        return self.next_seq > self._start.seq + 1

    def record(
        self,
        day: date,
        kind: str,
        subject: str,
        details: Mapping[str, object],
        personal: Mapping[str, object],
    ) -> None:
        """Add one row; personal details go beside it, and their salted digest into it."""
        seq = self.next_seq
        salt, kept = os.urandom(16).hex(), compact(personal)
        self._connection.execute(
            "INSERT INTO journal (seq, batch, happened_on, kind, subject, details, "
            "personal_digest) VALUES (:seq, :batch, :day, :kind, :subject, :details, :digest)",
            {
                "seq": seq,
                "batch": self.id,
                "day": day.isoformat(),
                "kind": kind,
                "subject": subject,
                "details": compact(details) if details else None,
                "digest": personal_digest(salt, kept) if personal else None,
            },
        )
        if personal:
            self._connection.execute(
                "INSERT INTO journal_personal (seq, salt, details) VALUES (:seq, :salt, :details)",
                {"seq": seq, "salt": salt, "details": kept},
            )

    def close(self, day: date, command: str) -> None:
        """Chain the open rows, if there are any."""
        if not self.is_open():
            return
        ends = self._ends()
        facts = {
            "id": self.id,
            "day": day.isoformat(),
            "at": clock.stamp(),
            "actor": actor(),
            "command": command,
        }
        digest = _digest(self._connection, self._digest, facts, self._start, ends)
        self._connection.execute(
            "INSERT INTO batch (id, happened_on, recorded_at, actor, command, last_seq, "
            "last_ledger_id, last_invoice_id, digest) VALUES (:id, :day, :at, :actor, :command, "
            ":seq, :ledger_id, :invoice_id, :digest)",
            {
                **facts,
                "seq": ends.seq,
                "ledger_id": ends.ledger_id,
                "invoice_id": ends.invoice_id,
                "digest": digest,
            },
        )
        self._begin()


def personal_digest(salt: str, details: str) -> str:
    """The digest that stands in the journal for erasable details."""
    from hashlib import sha256

    return sha256(f"{salt}{details}".encode()).hexdigest()


def _digest(
    connection: sqlite3.Connection,
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
        cursor = connection.execute(f"SELECT {text} FROM {table} t {which}", used)
        while rows := cursor.fetchmany(_FETCH):
            digest.update("\n".join([row[0] for row in rows]).encode())
            digest.update(b"\n")
    return digest.hexdigest()


def _as_text(column: str) -> str:
    name = column.removesuffix("?")
    return f"coalesce('' || t.{name}, '{_NULL}')" if name != column else f"t.{name}"


def verify(connection: sqlite3.Connection) -> Verification:
    """Compute the whole chain again; name the first batch that does not fit (SPEC 13)."""
    head, start, count = "", Ends(0, 0, 0), 0
    batches = connection.execute(
        "SELECT id, happened_on, recorded_at, actor, command, last_seq, last_ledger_id, "
        "last_invoice_id, digest FROM batch ORDER BY id"
    ).fetchall()
    for row in batches:
        count += 1
        ends = Ends(*row[5:8])
        facts = dict(zip(("id", "day", "at", "actor", "command"), row, strict=False))
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


def _loose(connection: sqlite3.Connection, ends: Ends) -> Iterator[str]:
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


def _wrong_details(connection: sqlite3.Connection) -> Iterator[tuple[int, int | None]]:
    for seq, batch, digest, salt, details in connection.execute(
        "SELECT p.seq, j.batch, j.personal_digest, p.salt, p.details FROM journal_personal p "
        "LEFT JOIN journal j ON j.seq = p.seq ORDER BY p.seq"
    ):
        if personal_digest(salt, details) != digest:
            yield seq, batch
