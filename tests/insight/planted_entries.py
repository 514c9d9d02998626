"""Bank entries as an import leaves them, put into a store beside mailctl."""

from __future__ import annotations

from pathlib import Path

from mailctl.store import words
from mailctl.store.engine.stores import store_at
from tests.store.plain import literal, opened

USUAL = {
    "statement_id": 1,
    "occurrence": 1,
    "part": 1,
    "parts": 1,
    "account": "FR7630006000011234567890189",
    "booked_on": "2026-01-01",
    "amount_cents": 1840,
    "currency": "EUR",
    "details": "{}",
    "state": "unmatched",
}


def plant(store: Path, *entries: dict[str, object]) -> None:
    """Add entries, numbered from 1 on, of one statement of 2026-01-01."""
    with opened(store) as base:
        base.execute(
            "INSERT INTO bank_file (id, digest, kind, name, imported_on) "
            f"VALUES (1, '{'0' * 64}', 'camt.053', 'statement.xml', '2026-01-01')"
        )
        base.execute(
            "INSERT INTO bank_statement (id, file_id, kind, account, currency, identification) "
            f"VALUES (1, 1, 'camt.053', '{USUAL['account']}', 'EUR', 'S-1')"
        )
        for key, entry in enumerate(entries, 1):
            row = {"id": key, "entry_key": f"ref:{key}", **USUAL, **entry}
            values = ", ".join(map(literal, row.values()))
            base.execute(f"INSERT INTO bank_entry ({', '.join(row)}) VALUES ({values})")
    with store_at(store).write("test") as transaction:
        words.learn_new(transaction, "entry", 1)
