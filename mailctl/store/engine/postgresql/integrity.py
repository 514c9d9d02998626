"""What a server can say of a store's rows and indexes, for `store check`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import psycopg

_CHECKS = """
    SELECT c.relname, r.conname, pg_get_constraintdef(r.oid), r.convalidated
    FROM pg_constraint r
    JOIN pg_class c ON c.oid = r.conrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND r.contype = 'c'
    ORDER BY c.relname, r.conname
"""
_INVALID = """
    SELECT n.relname
    FROM pg_index i
    JOIN pg_class n ON n.oid = i.indexrelid
    WHERE n.relnamespace = current_schema()::regnamespace
        AND NOT (i.indisvalid AND i.indisready AND i.indislive)
    ORDER BY n.relname
"""
_REFERENCES = """
    SELECT c.relname, o.relname,
        ARRAY(
            SELECT a.attname::text
            FROM unnest(r.conkey) WITH ORDINALITY k (number, place)
            JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = k.number
            ORDER BY k.place
        ),
        ARRAY(
            SELECT a.attname::text
            FROM unnest(r.confkey) WITH ORDINALITY k (number, place)
            JOIN pg_attribute a ON a.attrelid = r.confrelid AND a.attnum = k.number
            ORDER BY k.place
        )
    FROM pg_constraint r
    JOIN pg_class c ON c.oid = r.conrelid
    JOIN pg_class o ON o.oid = r.confrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND r.contype = 'f'
    ORDER BY c.relname, r.conname
"""
_GUARDED = """
    SELECT c.relname, t.tgargs
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relnamespace = current_schema()::regnamespace AND p.proname = 'refuse_lost_reference'
    ORDER BY c.relname, t.tgname
"""
_AMCHECK = """
    SELECT n.nspname
    FROM pg_extension e
    JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'amcheck'
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text
    FROM pg_index i
    JOIN pg_class n ON n.oid = i.indexrelid
    JOIN pg_am m ON m.oid = n.relam AND m.amname = 'btree'
    WHERE n.relnamespace = current_schema()::regnamespace AND i.indisvalid
    ORDER BY n.relname
"""


def faults(raw: psycopg.Connection) -> Iterator[str]:
    """Rows that break a condition of their table, and indexes that lack rows or are not used.

    An index is compared with its table by the extension `amcheck`, where the database has it and
    this role may use it.
    """
    for table, name, condition, is_valid in raw.execute(_CHECKS).fetchall():
        found = re.match(r"CHECK \((?P<condition>.*)\)(?: NOT VALID)?$", condition, re.DOTALL)
        assert found is not None, condition
        (count,) = raw.execute(
            f"SELECT count(*) FROM {table} WHERE NOT ({found['condition']})"
        ).fetchone() or (0,)
        if count:
            yield f"{count} rows of {table} are not as {name} demands"
        elif not is_valid:
            yield f"{name} of {table} was never checked"
    for (index,) in raw.execute(_INVALID).fetchall():
        yield f"the index {index} is not valid"
    yield from _of_indexes(raw)


def can_compare_schema(raw: psycopg.Connection) -> bool:
    """Whether temporary tables can be made: not on a standby, nor without the right to."""
    (can,) = raw.execute(
        """
        SELECT NOT pg_is_in_recovery()
            AND has_database_privilege(current_database(), 'TEMPORARY')
        """
    ).fetchone() or (0,)
    return bool(can)


def can_compare_indexes(raw: psycopg.Connection) -> bool:
    """Whether the database has `amcheck`, and this role may use it."""
    row = raw.execute(_AMCHECK).fetchone()
    if row is None:
        return False
    (may,) = raw.execute(
        "SELECT has_function_privilege($1, 'execute')",
        [f'"{row[0]}".bt_index_check(regclass, boolean)'],
    ).fetchone() or (0,)
    return bool(may)


def _of_indexes(raw: psycopg.Connection) -> Iterator[str]:
    if not can_compare_indexes(raw):
        return
    (home,) = raw.execute(_AMCHECK).fetchone() or ("",)
    for (index,) in raw.execute(_INDEXES).fetchall():
        raw.execute("SAVEPOINT comparing")
        try:
            raw.execute(f'SELECT "{home}".bt_index_check($1::regclass, true)', [index])
        except psycopg.errors.DataError as error:
            yield f"the index {index} does not fit its table: {error.diag.message_primary}"
        except psycopg.errors.InternalError_ as error:
            yield f"the index {index} is damaged: {error.diag.message_primary}"
        raw.execute("ROLLBACK TO SAVEPOINT comparing")


def lost_references(raw: psycopg.Connection) -> Iterator[str]:
    """Rows that name one that is not there."""
    for table, other, own, theirs in raw.execute(_REFERENCES).fetchall():
        yield from _lost(raw, table, other, own, theirs)
    yield from lost_of_guarded(raw)


def lost_of_guarded(raw: psycopg.Connection) -> Iterator[str]:
    """Those whose references are guards of the table, which say nothing of rows before them."""
    for table, arguments in raw.execute(_GUARDED).fetchall():
        column, other = bytes(arguments).decode().split("\0")[:2]
        yield from _lost(raw, table, other, [column], ["id"])


def _lost(
    raw: psycopg.Connection, table: str, other: str, own: Sequence[str], theirs: Sequence[str]
) -> Iterator[str]:
    same = " AND ".join(f"o.{there} = t.{here}" for here, there in zip(own, theirs, strict=True))
    given = " AND ".join(f"t.{here} IS NOT NULL" for here in own)
    (count,) = raw.execute(
        f"""
        SELECT count(*)
        FROM {table} t
        WHERE {given} AND NOT EXISTS (SELECT 1 FROM {other} o WHERE {same})
        """
    ).fetchone() or (0,)
    if count:
        yield f"{count} rows of {table} name a {other} that is not there"
