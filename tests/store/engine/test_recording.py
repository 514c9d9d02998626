"""What a change writes to is known from its statements."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from mailctl.store.engine import seals
from mailctl.store.engine.sqlite.connection import configure
from mailctl.store.engine.sqlite.recording import RecordingConnection
from tests.helpers import Cli

SCHEMA = Path(seals.__file__).parent / "sqlite" / "schema.sql"


def test_no_table_is_written_to_because_of_another() -> None:
    """References and guards only refuse: a statement changes rows of the table it names."""
    schema = SCHEMA.read_text()

    assert re.findall(r"CASCADE|SET NULL|SET DEFAULT|OR REPLACE", schema) == [
        "OR REPLACE"
    ]  # a remark
    bodies = re.findall(r"\bBEGIN\b(.*?)\bEND;", schema, re.DOTALL)
    assert len(bodies) > 10
    assert [body for body in bodies if not body.strip().startswith("SELECT RAISE(")] == []


@pytest.mark.files_only("a server records by triggers that are always there")
@pytest.mark.parametrize(
    ("statements", "sums"),
    [
        (["INSERT INTO tax_rate (country, from_on, rate) VALUES ('XX', '2026-01-01', 1)"], 1),
        (["UPDATE offer SET label = 'New' WHERE id = 1"], 2),
        (["UPDATE offer\n   SET label = label WHERE id = 1"], 0),
        (["DELETE FROM tax_rate WHERE country = 'FR'"], None),
        (
            [
                "INSERT INTO tax_rate (country, from_on, rate) VALUES ('FR', '2013-12-01', 1)",
                (
                    "INSERT INTO tax_rate (country, from_on, rate) VALUES ('FR', '2013-12-01', 7)"
                    " ON CONFLICT (country, from_on)\nDO\nUPDATE SET rate = excluded.rate"
                ),
            ],
            3,
        ),
        (["WITH one AS (SELECT 1) UPDATE main.offer SET label = 'New' WHERE id = 1"], 2),
        (["INSERT INTO offer SELECT * FROM offer WHERE id < 0", "SELECT 'UPDATE offer'"], 0),
    ],
)
def test_every_row_that_a_statement_changes_is_recorded(
    store: Cli, statements: list[str], sums: int | None
) -> None:
    """Rows that come, that go, and both for one that is changed; nothing where all is the same."""
    connection = sqlite3.connect(store.store, isolation_level=None, factory=RecordingConnection)
    configure(connection)
    connection.execute("BEGIN IMMEDIATE")
    before = connection.execute("SELECT count(*) FROM tax_rate WHERE country = 'FR'").fetchone()[0]
    connection.record_changes(seals.parts(connection))
    for statement in statements:
        connection.execute(statement)
    (found,) = connection.execute("SELECT count(*) FROM touched").fetchone()
    connection.close()

    assert found == (before if sums is None else sums)
