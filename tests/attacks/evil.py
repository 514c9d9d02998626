"""Texts that harm whoever prints, evaluates or hands them on, in every column that has free text.

mailctl refuses most of them: they are written by another program, which makes the chain of digests
anew, so that nothing but the texts is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mailctl.store.engine import chain
from mailctl.store.engine.chain import personal_digest
from mailctl.store.engine.sqlite import rechaining
from tests.store.plain import rows, unguarded

RESULT = "1337"
"""What a template would make of 7 * 191."""
TEXTS = {
    "markup": "[red]PAID[/red] [/]boom [bold",
    "escapes": "a\x1b]0;own\x07\x1b[2Jb\x9b31m\x7f\x08\x85c\x1bc",
    "direction": "a\u202egpj\u2066x\u2069\u200b\ufeff\u00ad\u2028\u2029\U000e0041",
    "formula": "=HYPERLINK(\"http://x\")|'/C calc'!A0",
    "tab": "\t=1+1\tx",
    "return": "\r=1+1",
    "sql": "x'; DROP TABLE customer; -- \" \\",
    "lines": "a\r\nBcc: evil@evil.example\r\n\r\nbody\n",
    "template": "{{7*191}} ${7*191} #{7*191} %s %(x)s {0} { $x } {x} {% raw %} <%= 7*191 %>",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>\" onx='1' &lt; ]]> <!--",
    "xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
    "tex": "\\input{/etc/passwd} $\\write18{x}$ %",
    "path": "../../../etc/passwd",
    "option": "-rf --store=/nowhere",
    "shell": "$(touch run-me) `touch run-me`; touch run-me",
    "long": "x" * 100_000,
    "zero": "a\0b",
    "empty": "",
    "blank": "   ",
    "quotes": "\"'\\",
    "accents": "日本語" + "a" + "\u0300" * 300,
    "calendar": "x;y,z:BEGIN:VEVENT\\n",
    "books": "a  b | c ; d) e\n2026-01-01 x\n  a  1\n  b",
}
ALL = " ".join(TEXTS[name] for name in TEXTS if name not in ("long", "empty", "blank"))
"""Most of them in one text."""

_SEEN_BY_NOBODY = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)

# What a program has to understand: states, kinds, digests. Those of the store itself are few.
_NO_TEXT = re.compile(
    r"(state|kind|series|.*digest|salt|hash|.*_(on|at|until)|mandate_key|entry_key|matched_by|content|logo)"
)
_NO_TABLES = (
    *("store", "clock", "moved", "seal", "seal_key", "tax_rate", "price", "customer_price"),
    *("kept_price", "payment_export_entry", "platform_deletion", "backup"),
)
_JSON = (
    *("journal.details", "journal_personal.details", "invoice.seller", "method.details"),
    *("seller.details", "bank_entry.details"),
)
_UNIQUE = (
    *("account.address", "domain.name", "mailbox.name", "word.word", "command_key.key"),
    "command_key.command",
    *("offer.name", "platform.name", "customer.slug"),
)
# The commands name these things: theirs are left as they are.
_NAMED = {
    "customer": "slug <> 'acme'",
    "platform": "name <> 'acme-hx'",
    "offer": "name <> 'email-pro'",
    "domain": "name <> 'acme.example'",
}


def hidden(text: str, *, allowed: str = "") -> str | None:
    """The first byte that a terminal obeys or a person cannot see, with what is around it."""
    for found in _SEEN_BY_NOBODY.finditer(text):
        if found[0] not in allowed:
            return repr(text[max(found.start() - 60, 0) : found.end() + 40])
    return None


def plant(store: Path, text: str) -> set[str]:
    """Put a text into every column that holds free text; the columns, as `customer.name`."""
    guards = [sql for (sql,) in rows(store, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    with unguarded(store) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        planted = {f"{table}.{one}" for table, one in list(_free_texts(connection))}
        for name in planted:
            _fill(connection, *name.split("."), text)
        for name in _JSON:
            _fill_json(connection, *name.split("."), text)
        personal = "SELECT seq, salt, details FROM journal_personal"
        for seq, salt, details in connection.execute(personal).fetchall():
            connection.execute(
                "UPDATE journal SET personal_digest = :digest WHERE seq = :seq",
                {"digest": personal_digest(salt, details), "seq": seq},
            )
        for guard in guards:
            connection.execute(guard)
        make_anew(connection)
        connection.execute("COMMIT")
    return planted


def make_anew(connection: Any) -> None:
    """Have the digests of the journal and the seals fit what the tables hold now."""
    connection.execute("DELETE FROM seal")
    connection.execute("DELETE FROM seal_key")
    rechaining.rechain(connection, chain.SINCE_4)


def _free_texts(connection: Any) -> Iterator[tuple[str, str]]:
    tables = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
    for table, made in connection.execute(tables).fetchall():
        if table in _NO_TABLES or table.startswith("sqlite_"):
            continue
        for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
            # A column with a check holds one of a few words.
            is_word = re.search(rf"^\s+{column} TEXT[^,]*CHECK", made, re.MULTILINE)
            is_free = kind == "TEXT" and not is_word and not _NO_TEXT.fullmatch(column)
            if is_free and f"{table}.{column}" not in _JSON:
                yield table, column


def _fill(connection: Any, table: str, column: str, text: str) -> None:
    value, where = ":text", f"{column} IS NOT NULL"
    if f"{table}.{column}" in _UNIQUE:
        # A text that nothing else is, whatever the row was called.
        value = f"lower(:text) || {column}" if column == "address" else f":text || {column}"
        where += f" AND {_NAMED.get(table, '1 = 1')}" if column in ("slug", "name") else ""
    elif (table, column) == ("setting", "name"):
        return
    elif table == "setting":
        names = "'seller-name', 'seller-street', 'seller-contact', 'seller-bank', 'mentions-fr'"
        where = f"name IN ({names})"
    connection.execute(f"UPDATE {table} SET {column} = {value} WHERE {where}", {"text": text})


def _fill_json(connection: Any, table: str, column: str, text: str) -> None:
    found = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {column} <> ''")
    for row, known in found.fetchall():
        connection.execute(
            f"UPDATE {table} SET {column} = :text WHERE rowid = :row",
            {"text": json.dumps(_replaced(json.loads(known), text)), "row": row},
        )


def _replaced(known: Any, text: str) -> Any:
    """The same with this in place of every text that is neither a day nor a word."""
    if isinstance(known, dict):
        return {key: _replaced(value, text) for key, value in known.items()}
    if isinstance(known, list):
        return [_replaced(value, text) for value in known]
    if isinstance(known, str) and not re.fullmatch(r"[\d-]+|[a-z-]+", known):
        return text
    return known
