"""Both schemas say the same: read from the catalogues of a SQLite and of a PostgreSQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest

from mailctl.store.engine.sqlite import migrations
from tests.postgresql.server import Server

KINDS = {"INTEGER": "number", "TEXT": "text", "bigint": "number", "integer": "number"}
OURS = "c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"


@pytest.fixture(scope="module")
def sqlite() -> Iterator[sqlite3.Connection]:
    """The tables of a new store."""
    base = sqlite3.connect(":memory:")
    base.executescript(migrations.schema())
    yield base
    base.close()


def tables(base: sqlite3.Connection) -> list[str]:
    """The names of all tables, in order."""
    found = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found]


def plain(expression: str | None) -> str:
    """An expression without what only one of the two writes: parentheses, casts, line breaks."""
    text = re.sub(r"::\w+(\[\])?|COLLATE \"C\"", "", expression or "")
    text = re.sub(r"(\w+) BETWEEN (\d+) AND (\d+)", r"\1 >= \2 AND \1 <= \3", text)
    text = text.replace("NOT GLOB '*[A-Z]*'", "!~ '[A-Z]'")
    text = re.sub(r"= ANY \(+ARRAY\[(.*?)\]\)+", r" IN \1", text)
    return " ".join(re.sub(r"[()]", " ", text).split()).replace(" ,", ",")


def test_tables_and_columns_are_the_same(sqlite: sqlite3.Connection, postgresql: Server) -> None:
    """Names, order, kinds, which may be empty, defaults, and which are computed."""
    wanted = [
        (table, name, KINDS[kind], bool(not_null or key), plain(default), hidden != 0)
        for table in tables(sqlite)
        for _, name, kind, not_null, default, key, hidden in sqlite.execute(
            f"PRAGMA table_xinfo({table})"
        )
    ]
    found = [
        (table, name, KINDS.get(kind, kind), not_null == "t", plain(default), generated == "s")
        for table, name, kind, not_null, default, generated in postgresql.rows(f"""
            SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull,
                CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
                a.attgenerated
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE {OURS}
            ORDER BY c.relname COLLATE "C", a.attnum
        """)
    ]
    assert found == wanted


def test_keys_and_indexes_are_the_same(sqlite: sqlite3.Connection, postgresql: Server) -> None:
    """Columns in their order, which are unique, and which rows they are for."""
    wanted: set[tuple[str, ...]] = set()
    for table in tables(sqlite):
        columns = sqlite.execute(f"PRAGMA table_info({table})").fetchall()
        primary = sorted((column for column in columns if column[5]), key=lambda column: column[5])
        wanted.add((table, "key", ",".join(column[1] for column in primary), "t", ""))
        for _, name, unique, origin, _ in sqlite.execute(f"PRAGMA index_list({table})"):
            if origin == "c":
                parts = sqlite.execute(f"PRAGMA index_info({name})").fetchall()
                (sql,) = sqlite.execute(
                    "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
                ).fetchone()
                rows = plain(sql.partition(" WHERE ")[2])
                taken = ",".join(part[2] for part in parts)
                wanted.add((table, name, taken, "t" if unique else "f", rows))
    found = {
        (table, "key" if primary == "t" else name, taken, unique, plain(rows))
        for table, name, primary, taken, unique, rows in postgresql.rows(f"""
            SELECT c.relname, n.relname, i.indisprimary, (
                SELECT string_agg(a.attname, ',' ORDER BY k.place)
                FROM unnest(i.indkey) WITH ORDINALITY k (number, place)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
            ), i.indisunique, pg_get_expr(i.indpred, i.indrelid)
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_class n ON n.oid = i.indexrelid
            WHERE {OURS}
        """)
    }
    assert found == wanted


def test_references_are_the_same(sqlite: sqlite3.Connection, postgresql: Server) -> None:
    """Which columns name a row of which table."""
    wanted: set[tuple[str, str, str, str]] = set()
    for table in tables(sqlite):
        keys: dict[int, list[tuple[str, str, str]]] = {}
        for number, _, other, own, theirs, *_ in sqlite.execute(
            f"PRAGMA foreign_key_list({table})"
        ):
            keys.setdefault(number, []).append((other, own, theirs))
        for key in keys.values():
            own, theirs = (",".join(part[place] for part in key) for place in (1, 2))
            wanted.add((table, own, key[0][0], theirs))
    names = """(
        SELECT string_agg(a.attname, ',' ORDER BY k.place)
        FROM unnest({0}) WITH ORDINALITY k (number, place)
        JOIN pg_attribute a ON a.attrelid = {1} AND a.attnum = k.number
    )"""
    found = set(
        postgresql.rows(f"""
            SELECT c.relname, {names.format("r.conkey", "r.conrelid")}, o.relname,
                {names.format("r.confkey", "r.confrelid")}
            FROM pg_constraint r
            JOIN pg_class c ON c.oid = r.conrelid
            JOIN pg_class o ON o.oid = r.confrelid
            WHERE r.contype = 'f' AND {OURS}
        """)
    )
    guarded = {
        (table, *bytes.fromhex(given.removeprefix("\\x")).decode().split("\0")[:2], "id")
        for table, given in postgresql.rows(f"""
            SELECT c.relname, t.tgargs
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid
            WHERE t.tgfoid::regproc::text = 'refuse_lost_reference' AND {OURS}
        """)
    }
    assert len(guarded) == 3
    assert found | guarded == wanted


def checks(sql: str) -> Iterator[str]:
    """The conditions of a table's CHECKs."""
    text = re.sub(r"--.*", "", sql)
    for start in re.finditer(r"\bCHECK \(", text):
        depth, end = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        yield plain(text[start.end() : end - 1])


def test_conditions_are_the_same(sqlite: sqlite3.Connection, postgresql: Server) -> None:
    """The words that a column knows, signs, sums, and what goes with what."""
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    wanted = sorted((table, check) for table, sql in sqlite.execute(made) for check in checks(sql))
    found = sorted(
        (table, plain(check.removeprefix("CHECK")))
        for table, check in postgresql.rows(f"""
            SELECT c.relname, pg_get_constraintdef(r.oid)
            FROM pg_constraint r
            JOIN pg_class c ON c.oid = r.conrelid
            WHERE r.contype = 'c' AND {OURS}
        """)
    )
    assert found == wanted


def test_guards_are_the_same(sqlite: sqlite3.Connection, postgresql: Server) -> None:
    """SQLite alone replaces rows; PostgreSQL empties tables, counts on, guards references."""
    wanted = {
        name for (name,) in sqlite.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    found = {
        name
        for (name,) in postgresql.rows(f"""
            SELECT t.tgname
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid
            WHERE NOT t.tgisinternal AND {OURS}
        """)
    }
    books = ("batch", "credit_line", "invoice", "invoice_line", "journal", "ledger")
    books += ("seller", "document_file")
    books += ("bank_file", "bank_statement", "bank_entry", "bank_booking", "bank_status")
    assert wanted - found == {f"{table}_kept_r" for table in books} - {"invoice_line_kept_r"}
    keyed = {table for table in tables(sqlite) if f"{table}_key" in found}
    assert len(keyed) == 14
    named = {f"invoice_line_names_{table}" for table in ("account", "invoice", "offer")}
    named |= {f"{table}_named_{what}" for table in ("account", "offer") for what in "dtu"}
    emptied = {f"{table}_kept_t" for table in books}
    assert found - wanted == emptied | {f"{t}_key" for t in keyed} | named


def test_dates_and_keys_are_sorted_alike(postgresql: Server) -> None:
    """Byte by byte, in whatever language the database is: a date, a name that is a key."""
    loose = postgresql.rows(f"""
        SELECT c.relname, a.attname
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_collation k ON k.oid = a.attcollation
        WHERE {OURS} AND t.typname = 'text' AND k.collname <> 'C'
            AND (
                a.attname ~ '_(on|at)$'
                OR EXISTS (
                    SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey)
                )
            )
        ORDER BY 1, 2
    """)
    assert loose == []
