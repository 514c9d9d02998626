"""The journal: who changed what, when, chained so that no row can change unnoticed (rules 13).

Rows are grouped in batches, one for each command and for each day that a tick processes; each is
closed with a digest of `store/engine/chain.py`.
"""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import Mapping, Sequence
from datetime import date
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import NamedTuple

from mailctl import clock
from mailctl.domain.text import printable
from mailctl.store.engine import chain, seals
from mailctl.store.engine.connection import Connection
from mailctl.values import fields

_LONGEST_ACTOR = 100
# Those after the first are what getpass asks, which costs as much as ten statements to import.
_WHO = ("SUDO_USER", "LOGNAME", "USER", "LNAME", "USERNAME")
EMPTY: Mapping[str, str] = MappingProxyType({})


def actor() -> str:
    """The login name of the person at work (behind sudo, its caller), or the user's number."""
    names = filter(None, map(os.environ.get, _WHO))
    try:
        name = next(names, None) or pwd.getpwuid(os.getuid()).pw_name
    except (KeyError, OSError):
        name = str(os.getuid())
    # The name comes from the environment, which may hold anything.
    return printable(name, "?")[:_LONGEST_ACTOR]


def compact(details: Mapping[str, object]) -> str:
    """Details as JSON text, always the same for the same details."""
    return json.dumps(
        details, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str
    )


def compact_text(key: str, text: str) -> str:
    """The same as `compact` of one text."""
    return f'{{"{key}":{encode_basestring(text)}}}'


def details_sql(*, numbers: Mapping[str, str] = EMPTY, texts: Mapping[str, str] = EMPTY) -> str:
    """SQL that makes the same text as `compact` of expressions, by key.

    Texts are dates, numbers of documents, or words of an enum: nothing that JSON would escape.
    """
    values = {
        **{key: f":' || {number} || '" for key, number in numbers.items()},
        **{key: f":\"' || {text} || '\"" for key, text in texts.items()},
    }
    return "'{" + ",".join(f'"{key}"{value}' for key, value in sorted(values.items())) + "}'"


_ENDS = """
    SELECT
        (SELECT coalesce(max(seq), 0) FROM journal),
        (SELECT coalesce(max(id), 0) FROM ledger),
        (SELECT coalesce(max(id), 0) FROM invoice)
"""
_RECORD = """
    INSERT INTO journal (seq, batch, happened_on, kind, subject, details, personal_digest)
    VALUES (:seq, :batch, :day, :kind, :subject, :details, :digest)
"""


_COLUMNS = ("seq", "batch", "happened_on", "kind", "subject", "details", "personal_digest")


class Entry(NamedTuple):
    """A journal row to be added with others; details and personal ones as `compact` makes them."""

    kind: str
    subject: str
    details: str | None = None
    personal: str | None = None


class Batch:
    """What one transaction has written and not yet chained; `watch` sees the sealed tables."""

    def __init__(self, connection: Connection, watch: seals.Watch | None = None) -> None:
        self._connection = connection
        self._watch = watch
        row = self._connection.execute(
            "SELECT id, digest FROM batch ORDER BY id DESC LIMIT 1"
        ).fetchone()
        self.id: int = row[0] + 1 if row else 1
        self._digest: str = row[1] if row else ""
        # From the rows that exist, not from where the last batch ended: rows that another program
        # added belong to no batch, and are found.
        self._start = self._ends()

    def _ends(self) -> chain.Ends:
        return chain.Ends.at(*self._connection.execute(_ENDS).fetchone())

    @property
    def next_seq(self) -> int:
        """The key of the next journal row."""
        (seq,) = self._connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
        return int(seq) + 1

    def record(
        self,
        day: date,
        kind: str,
        subject: str,
        details: Mapping[str, object],
        personal: Mapping[str, object],
    ) -> None:
        """Add one row; personal details are kept apart, with their salted digest in the row."""
        seq = self.next_seq
        salt, kept = os.urandom(16).hex(), compact(personal)
        self._connection.execute(
            _RECORD,
            {
                "seq": seq,
                "batch": self.id,
                "day": day.isoformat(),
                "kind": kind,
                "subject": subject,
                "details": compact(details) if details else None,
                "digest": chain.personal_digest(salt, kept) if personal else None,
            },
        )
        if personal:
            self._connection.execute(
                "INSERT INTO journal_personal (seq, salt, details) VALUES (:seq, :salt, :details)",
                {"seq": seq, "salt": salt, "details": kept},
            )

    def record_all(self, day: date, entries: Sequence[Entry]) -> None:
        """Add many rows, in their order."""
        seq, of_day = self.next_seq, day.isoformat()
        salts = os.urandom(16 * len(entries)).hex()
        rows: list[tuple[object, ...]] = []
        kept: list[tuple[object, ...]] = []
        for at, entry in enumerate(entries):
            digest = None
            if entry.personal is not None:
                salt = salts[at * 32 : at * 32 + 32]
                digest = chain.personal_digest(salt, entry.personal)
                kept.append((seq + at, salt, entry.personal))
            rows.append(
                (seq + at, self.id, of_day, entry.kind, entry.subject, entry.details, digest)
            )
        self._connection.add_rows("journal", _COLUMNS, rows)
        self._connection.add_rows("journal_personal", ("seq", "salt", "details"), kept)

    def add_up(self) -> bool:
        """Bring the seals up to date; whether anything written belongs to a batch."""
        return self._watch is not None and self._watch.add_up()

    def close(self, day: date, command: str) -> bool:
        """Chain what was written; False where nothing of it belongs to a batch."""
        changed = self.add_up()
        ends = self._ends()
        if not (changed or ends.seq > self._start.seq):
            return False
        facts = chain.Facts(
            id=self.id,
            happened_on=day.isoformat(),
            recorded_at=clock.stamp(),
            actor=actor(),
            command=command,
            state=seals.state(self._connection),
        )
        digest, counts = chain.digest(self._connection, self._digest, facts, self._start, ends)
        values = {
            **fields(facts),
            "last_seq": ends.seq,
            "last_ledger_id": ends.ledger_id,
            "last_invoice_id": ends.invoice_id,
            **{f"{table}_rows": rows for table, rows in counts.items()},
            "digest": digest,
        }
        self._connection.execute(
            f"""
            INSERT INTO batch ({", ".join(values)})
            VALUES ({", ".join(f":{name}" for name in values)})
            """,
            values,
        )
        self.id, self._digest, self._start = self.id + 1, digest, ends
        return True
