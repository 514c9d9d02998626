"""What differs between databases: a statement as PostgreSQL takes it, and JSON with one text."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from mailctl.store.engine.dialect import json_object
from mailctl.store.engine.postgresql.dialect import for_postgresql


@pytest.mark.parametrize(
    ("sql", "text", "names"),
    [
        ("SELECT :a, :b_2", "SELECT $1, $2", ("a", "b_2")),
        ("x > :day AND y < :id AND z = :day", "x > $1 AND y < $2 AND z = $1", ("day", "id")),
        ("SELECT ':a', 'it''s :b', \":c\"", "SELECT ':a', 'it''s :b', \":c\"", ()),
        ("SELECT x::text, :a::bigint", "SELECT x::text, $1::bigint", ("a",)),
        ("SELECT 1 -- that's :a\n, :b", "SELECT 1 -- that's :a\n, $1", ("b",)),
        ("coalesce(sum(x), (:a)) IN (1, 2)", "coalesce(sum(x), ($1)) IN (1, 2)", ("a",)),
        ("SELECT CAST(x AS INTEGER)", "SELECT CAST(x AS INTEGER)", ()),
        (
            "CREATE TEMP TABLE x (id INTEGER PRIMARY KEY, day TEXT)",
            'CREATE TEMP TABLE x (id BIGINT PRIMARY KEY, day TEXT COLLATE "C")',
            (),
        ),
        (
            "SELECT iif(t.x, 'yes', :no)",
            "SELECT CASE WHEN CAST(t.x AS TEXT) IN ('1', 'true') THEN 'yes' ELSE $1 END",
            ("no",),
        ),
        (
            "SELECT json_object('id', f(x, :a), 'b, (', json(y))",
            (
                'SELECT CAST((SELECT row_to_json(r) FROM (SELECT f(x, $1) AS "id", '
                'CAST(y AS JSON) AS "b, (") r) AS TEXT)'
            ),
            ("a",),
        ),
    ],
)  # fmt: skip
def test_a_statement_as_postgresql_takes_it(sql: str, text: str, names: tuple[str, ...]) -> None:
    """Parameters have numbers; strings, names in quotes, casts and comments are left alone."""
    assert for_postgresql(sql) == (text, names)


def test_a_json_object_is_made_by_the_database() -> None:
    """Which is faster than to make it in Python."""
    with closing(sqlite3.connect(":memory:")) as base:
        made = base.execute(f"SELECT {json_object({'a': '1', 'b': ':b'})}", {"b": 'ü"'}).fetchone()
    assert made == ('{"a":1,"b":"ü\\""}',)
