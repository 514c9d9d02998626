"""What the check of statements finds, and those that it cannot see: completion uses no reader."""

from __future__ import annotations

from mailctl.store.queries.completion import QUERIES
from tests.postgresql.server import Server, refused


def test_postgresql_knows_what_completion_asks(postgresql: Server) -> None:
    """Every kind of name."""
    assert list(refused(postgresql, [f"{query} LIMIT 50" for query in QUERIES.values()])) == []


def test_a_statement_that_only_sqlite_knows_is_refused(postgresql: Server) -> None:
    """The check finds functions, conditions and types that PostgreSQL does not have."""
    wrong = [
        "SELECT ifnull(name, '') FROM customer",
        "SELECT id FROM method WHERE is_default",
        "INSERT OR IGNORE INTO setting (name, value) VALUES (:name, :value)",
        "SELECT :a + :b",
        "PRAGMA table_info(customer)",
        "CREATE TEMP TABLE x (id INTEGER) STRICT",
    ]
    right = ["SELECT name FROM customer WHERE id = :id"]
    assert len(list(refused(postgresql, wrong + right))) == len(wrong)
