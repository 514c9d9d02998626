"""A row is the same JSON, byte for byte, whichever database makes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from mailctl.contract import Key, Kind
from mailctl.store.engine.dialect import json_row
from mailctl.store.engine.postgresql.dialect import for_postgresql
from mailctl.store.engine.sqlite.connection import configure
from tests.postgresql.server import Server
from tests.postgresql.test_guards import literal

KEYS = (
    Key(name="number", kind=Kind.INTEGER),
    Key(name="order"),
    Key(name="open", kind=Kind.BOOLEAN),
    Key(name="parts", kind=Kind.LIST),
)
TEXTS = ["", 'Zoë\'s "café" 🏠', "\\ / </b>", "".join(map(chr, range(1, 32))), "\x7f\u2028", None]
SPACED = r'[ {"id" : 1,  "said": "a \"b : c\",  d\\"} , [1, 2]]'


def row(database: str, text: str | None, condition: str, parts: str) -> str:
    """SQL for a row as JSON; a condition is a number in SQLite, and has a type in PostgreSQL."""
    sql = f"""
        SELECT {json_row(KEYS)}
        FROM (
            SELECT 9007199254740993 AS number, {literal(text)} AS "order", {condition} AS open,
                {literal(parts)} AS parts
        ) t
    """
    return for_postgresql(sql)[0] if database == "postgresql" else sql


def test_a_row_is_the_same_json_in_both(postgresql: Server) -> None:
    """Quotes, control characters, letters of all kinds, large numbers, true and false, NULL."""
    rows = [
        (text, condition, parts)
        for text in TEXTS
        for condition in ("1", "0", "NULL", "(1 = 1)", "(1 = 2)")
        for parts in ("[]", '[{"id":1,"reason":null}]', SPACED)
    ]
    with closing(sqlite3.connect(":memory:")) as base:
        made = [base.execute(row("sqlite", *values)).fetchone() for values in rows]
    asked = " UNION ALL ".join(f"({row('postgresql', *values)})" for values in rows)
    assert postgresql.rows(asked) == made
    assert made[0] == ('{"number":9007199254740993,"order":"","open":true,"parts":[]}',)


def test_letters_have_the_same_small_ones_in_both(postgresql: Server) -> None:
    """Lists are sorted and searched by them: every letter of every alphabet."""
    there = {
        int(code): small
        for code, small in postgresql.rows(
            """
            SELECT code, lower(chr(code))
            FROM generate_series(1, 1114111) AS code
            WHERE code NOT BETWEEN 55296 AND 57343 AND lower(chr(code)) <> chr(code)
            """
        )
    }
    with closing(sqlite3.connect(":memory:")) as connection:
        configure(connection)
        here = {
            code: small
            for code in (*range(1, 0xD800), *range(0xE000, 0x110000))
            if (small := connection.execute("SELECT lower(?)", (chr(code),)).fetchone()[0])
            != chr(code)
        }
    assert here == there
