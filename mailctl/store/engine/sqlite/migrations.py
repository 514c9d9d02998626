"""The schema's versions: how a new store is made, and how an older one is upgraded.

Migrations are append-only, one idea each; each runs in the transaction that records it. They end in
schema.sql, and a test compares the two.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date
from typing import TYPE_CHECKING, cast

from mailctl.store.engine.sqlite.connection import LITESTREAMS

if TYPE_CHECKING:
    from sqlite_utils import Database

    from mailctl.store.engine.seals import Framed
    from mailctl.store.engine.sqlite.connection import Connection


def _by_sql(version: int) -> Callable[[Database], None]:
    """The migration to a version that is a file of SQL in `upgrades/`."""

    def migrate(database: Database) -> None:
        # A statement at a time: a script would end the transaction that the upgrade is in.
        for statement in _text(f"upgrades/{version}.sql").split(";\n"):
            if statement.strip():
                database.execute(statement)

    return migrate


def _rebuild(version: int, filled: Mapping[str, str]) -> Callable[[Database], None]:
    """The migration that makes every table again as that version has it, with its rows.

    SQLite cannot add a CHECK to an existing table. `filled` has SQL over the old row for columns
    (`table.column`) that are new or whose values change; other new ones get their default.
    """

    def migrate(database: Database) -> None:
        # The newest version is schema(); when another follows it, its text is kept beside 2.sql.
        newest = version == VERSION
        texts = statements(schema() if newest else _text(f"upgrades/{version}.sql"))
        tables = [text for text in texts if text.startswith("CREATE TABLE")]
        # Otherwise the references of the other tables would follow a renamed one.
        database.execute("PRAGMA legacy_alter_table = ON")
        for kind in ("trigger", "index"):
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", [kind]
            ).fetchall():
                database.execute(f"DROP {kind} {name}")
        held = [
            str(name)
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            if name not in LITESTREAMS
        ]
        _check_ours(held, tables)
        for name in held:
            database.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
        for text in tables:
            database.execute(text)
        for name in held:
            _copy_rows(database, name, filled)
            database.execute(f"DROP TABLE old_{name}")
        for text in texts:
            if text not in tables:
                database.execute(text)
        database.execute("PRAGMA legacy_alter_table = OFF")

    return migrate


def _check_ours(held: list[str], tables: list[str]) -> None:
    """Refuse to upgrade a store with tables that mailctl did not make: they would be lost."""
    ours = {text.split()[2] for text in tables}
    strange = [name for name in held if name not in ours]
    if strange:
        raise sqlite3.IntegrityError(f"it has a table {strange[0]} that mailctl did not make")


def _copy_rows(database: Database, table: str, filled: Mapping[str, str]) -> None:
    old = {str(row[1]) for row in database.execute(f"PRAGMA table_info(old_{table})").fetchall()}
    # Without the generated ones, which table_info leaves out.
    new = [str(row[1]) for row in database.execute(f"PRAGMA table_info({table})").fetchall()]
    copied = {
        name: filled.get(f"{table}.{name}", name)
        for name in new
        if name in old or f"{table}.{name}" in filled
    }
    if not copied:
        return
    try:
        database.execute(
            f"""
            INSERT INTO {table} ({", ".join(copied)})
            SELECT {", ".join(copied.values())}
            FROM old_{table}
            """
        )
    except sqlite3.IntegrityError as error:
        raise sqlite3.IntegrityError(
            f"its {table} has a row of another's making: {error}"
        ) from error


def statements(script: str) -> list[str]:
    """The statements of a script, without the comments before them."""
    found, text = [], ""
    for line in script.splitlines(keepends=True):
        if text or not line.startswith(("--", "\n")):
            text += line
        if text and sqlite3.complete_statement(text):
            found.append(text.strip().removesuffix(";"))
            text = ""
    return found


_FILLED_3: dict[str, str] = {
    # Money that came back was only a reversal of its payment's row.
    "payment.status": """
        CASE
            WHEN status = 'succeeded' AND id IN (
                SELECT l.payment_id
                FROM ledger r
                JOIN ledger l ON l.id = r.reverses_id
                WHERE l.kind = 'payment'
            ) THEN 'returned'
            ELSE status
        END
    """,
    **{
        f"batch.{table}_rows": "0"
        for table in ("journal", "ledger", "invoice", "credit_line", "invoice_line")
    },
    "batch.state": "''",
    "method.mandate_key": "upper(replace(json_extract(details, '$.mandate'), ' ', ''))",
}
"""What columns that are new in version 3 hold for the rows of older stores."""

# The last journal row of a kind and format is that of the file that an older store kept.
_FILES_ENTRIES = """
    SELECT e.id AS export_id, j.details
    FROM payment_export e
    JOIN journal j ON j.seq = (
        SELECT max(k.seq)
        FROM journal k
        WHERE k.kind = 'payments-exported'
            AND k.subject = 'export/' || e.kind
            AND json_extract(k.details, '$.format') = e.format
    )
"""
_AFTER_3 = (
    # Ten days without an answer counted as a failed try, though the money may have come: such a try
    # waits for its answer again, and no second debit asks for it.
    """
    UPDATE payment SET
        exported_on = (
            SELECT max(j.happened_on)
            FROM journal j, json_each(j.details, '$.payments') g
            WHERE j.kind = 'payments-exported' AND g.value = payment.id
        ),
        tries = tries - 1,
        first_failed_on = CASE WHEN tries > 1 THEN first_failed_on END,
        next_try_on = NULL,
        reason = NULL
    WHERE status = 'pending' AND exported_on IS NULL AND reason = 'no answer for 10 days'
    """,
    f"""
    UPDATE payment_export SET collect_on = json_extract(f.details, '$.collect_on')
    FROM ({_FILES_ENTRIES}) f
    WHERE f.export_id = payment_export.id
    """,
    f"""
    INSERT INTO payment_export_entry (export_id, payment_id, try)
    SELECT f.export_id, y.id, CASE
        WHEN y.status = 'pending' AND y.exported_on IS NOT NULL THEN y.tries + 1
        ELSE max(y.tries, 1)
    END
    FROM ({_FILES_ENTRIES}) f, json_each(f.details, '$.payments') g, payment y
    WHERE y.id = g.value
    """,
    # The rates of territories, which older stores lack.
    """
    INSERT INTO tax_rate (country, from_on, rate)
    VALUES ('GP', '2000-01-01', 850), ('MQ', '2000-01-01', 850), ('RE', '2000-01-01', 850)
    ON CONFLICT (country, from_on) DO NOTHING
    """,
    # Labels said that their price was an example, and documents repeated it.
    "UPDATE offer SET label = replace(label, ' (example price)', '')",
    # Every permanent refusal was blamed on the recipient, and ended the notice. Those of suspended
    # accounts are tried once more: where our own server was refused, nobody was notified, and no
    # mailbox may be deleted for that.
    """
    UPDATE notice SET ended_at = NULL, ended_for = NULL, next_try_at = NULL, is_at_backup = 0
    WHERE ended_for = 'refused' AND id IN (
        SELECT a.suspension_notice_id FROM account a WHERE a.state = 'suspended'
    )
    """,
)


def _to_3(database: Database) -> None:
    _rebuild(3, _FILLED_3)(database)
    for statement in _AFTER_3:
        database.execute(statement)
    fill_words(database.conn)


def fill_words(connection: sqlite3.Connection) -> None:
    """Make the words of every row, in an empty table.

    A text that is not UTF-8, which `store check` finds, does not stop it.
    """
    from functools import partial

    from mailctl.store.engine import word_rows

    columns = connection.execute("PRAGMA table_info(customer)").fetchall()
    has_legal_ids = any(row[1] == "legal_id" for row in columns)
    usual = connection.text_factory
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    has_entries = bool(connection.execute("PRAGMA table_info(bank_entry)").fetchall())
    for kind, source in word_rows.SOURCES.items():
        if kind == "entry" and not has_entries:
            continue
        # No customer has a legal id before version 4.
        select = source.select if has_legal_ids else source.select.replace("c.legal_id", "NULL")
        connection.executemany(word_rows.INSERT, word_rows.rows(kind, connection.execute(select)))
    connection.text_factory = usual


def _rechained(rebuild: Callable[[Database], None]) -> Callable[[Database], None]:
    """The migration that also gives each batch of the journal an unambiguous digest."""

    def migrate(database: Database) -> None:
        from mailctl.store.engine.sqlite import rechaining

        connection = cast("Connection", database.conn)
        rechaining.check_old(connection)
        rebuild(database)
        rechaining.rechain(connection)

    return migrate


MIGRATIONS: tuple[Callable[[Database], None], ...] = (_by_sql(2), _rechained(_to_3), _by_sql(4))
"""Entry i brings a store of version i + 1 to version i + 2."""

VERSION = 1 + len(MIGRATIONS)
_SEALED = 3
"""The version since which tables are sealed: later migrations carry the seals over."""

_NEWS: dict[int, str] = {
    3: "from now on a suspended account is deleted only once its customer was notified by mail; "
    "where customers are notified by other means: mailctl settings set mail-host none"
}
"""What a version changes for a store that nobody touches; the upgrade says so."""


def news(from_version: int, version: int) -> tuple[str, ...]:
    """What is new for a store that was upgraded from one version to another, in sentences."""
    return tuple(text for number, text in _NEWS.items() if from_version < number <= version)


TABLES = 53
"""How many tables the schema has: a store with fewer is damaged."""


def schema() -> str:
    """The SQL of a new store's tables."""
    return _text("schema.sql")


def _text(name: str) -> str:
    from importlib.resources import files

    return files("mailctl.store.engine.sqlite").joinpath(name).read_text(encoding="utf-8")


def build(connection: sqlite3.Connection, application_id: int) -> None:
    """Make the tables of a new store in an empty database."""
    database = _database(connection)
    database.enable_wal()
    database.executescript(
        f"PRAGMA application_id = {application_id}; PRAGMA user_version = {VERSION};\n{schema()}"
    )


def difference(connection: sqlite3.Connection) -> str | None:
    """The first of `differences`; None where there is none."""
    return next(differences(connection), None)


def differences(connection: sqlite3.Connection) -> Iterator[str]:
    """Every table, index and guard that differs from those of a new store, as a sentence."""
    objects = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    fresh = sqlite3.connect(":memory:")
    try:
        fresh.executescript(schema())
        wanted = {(kind, name): sql for kind, name, sql in fresh.execute(objects)}
    finally:
        fresh.close()
    found = {(kind, name): sql for kind, name, sql in connection.execute(objects)}
    for (kind, name), sql in wanted.items():
        if (kind, name) not in found:
            yield f"the {kind} {name} is missing"
        elif _bare(found[kind, name]) != _bare(sql):
            yield f"the {kind} {name} is not as mailctl made it"
    others = {("table", name) for name in LITESTREAMS}
    for kind, name in sorted(found.keys() - wanted.keys() - others):
        # ANALYZE leaves tables of SQLite's own.
        if not name.startswith("sqlite_"):
            yield f"the {kind} {name} is not mailctl's"


def lost_tables(connection: sqlite3.Connection) -> Iterator[str]:
    """The tables of this schema that a store does not have."""
    there = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    for text in statements(schema()):
        if text.startswith("CREATE TABLE") and (name := text.split()[2]) not in there:
            yield name


def _bare(sql: str) -> str:
    """SQL without comments and line breaks: an upgraded store has other comments than a new one."""
    return " ".join(re.sub(r"--.*", "", sql).split())


def migrate(connection: Connection) -> None:
    """Bring an older store to this version; the caller has begun the transaction, and ends it."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    database = _database(connection)
    for step in MIGRATIONS[version - 1 : _SEALED - 1]:
        step(database)
    before = _framed_by_length if version == _SEALED else None
    with _resealed(connection, before) if VERSION > _SEALED else nullcontext():
        for step in MIGRATIONS[max(version, _SEALED) - 1 :]:
            step(database)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _framed_by_length(columns: Iterable[str]) -> str:
    """SQL for a row as version 3 sealed it: each value after its length."""
    values = (f"coalesce(length(CAST({name} AS BLOB)) || ':' || {name}, '-')" for name in columns)
    return f"CAST({' || '.join(values)} AS BLOB)"


@contextmanager
def _resealed(connection: Connection, before: Framed | None) -> Iterator[None]:
    """Carry the seals over what migrations change, and record that in the journal."""
    from mailctl.store.engine import journal, seals

    with seals.carried_over(connection, before):
        yield
    day = connection.execute("SELECT reached_on FROM clock").fetchone()
    if day is None:
        return
    batch = journal.Batch(connection)
    batch.record(date.fromisoformat(day[0]), "store-upgraded", "store", {"schema": VERSION}, {})
    batch.close(date.fromisoformat(day[0]), "upgrade")


def _database(connection: sqlite3.Connection) -> Database:
    # Costs more to import than a whole command takes, and only creation and migrations need it.
    from sqlite_utils import Database

    # No plug-in that is installed may change the database.
    return Database(connection, execute_plugins=False)
