"""The schema of a store on a server: how it is made, and whether it still is as it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.connection import ServerConnection

_PATIENCE_SECONDS = 10.0
_COMMENT = re.compile(r"a store of mailctl, schema (?P<version>\d+)")
_MADE = re.compile(r"(?P<before>EXECUTE FUNCTION |CREATE FUNCTION )")
_TABLES = """
    SELECT 'table', c.relname,
        string_agg(
            concat_ws(
                ' ', a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN 'not null' END,
                a.attgenerated,
                pg_get_expr(d.adbin, d.adrelid),
                CASE WHEN k.collname <> 'default' THEN k.collname END
            ),
            ', ' ORDER BY a.attnum
        )
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    LEFT JOIN pg_collation k ON k.oid = a.attcollation
    WHERE c.relnamespace = $1::oid AND c.relkind = 'r' AND c.relname <> 'touched'
    GROUP BY c.relname
"""
_OTHERS = """
    SELECT 'relation', c.relname, c.relkind::text
    FROM pg_class c
    WHERE c.relnamespace = $1::oid AND c.relkind NOT IN ('r', 'i', 't')
    UNION ALL
    SELECT 'constraint', c.relname || '.' || r.conname, pg_get_constraintdef(r.oid)
    FROM pg_constraint r
    JOIN pg_class c ON c.oid = r.conrelid
    WHERE r.connamespace = $1::oid AND r.contype IN ('c', 'f', 'p', 'u', 'x', 't')
    UNION ALL
    SELECT 'index', n.relname, pg_get_indexdef(n.oid)
    FROM pg_class n
    WHERE n.relnamespace = $1::oid AND n.relkind = 'i'
    UNION ALL
    SELECT 'trigger', t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = $1::oid AND NOT t.tgisinternal
    UNION ALL
    SELECT 'function', p.proname, p.prosrc || ' ' || coalesce(array_to_string(p.proconfig, ','), '')
    FROM pg_proc p
    WHERE p.pronamespace = $1::oid
    UNION ALL
    SELECT 'switched-off reference', r.conname, t.tgenabled::text
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_constraint r ON r.oid = t.tgconstraint
    WHERE c.relnamespace = $1::oid AND t.tgisinternal AND t.tgenabled <> 'O'
    UNION ALL
    SELECT 'policy', c.relname || '.' || y.polname, ''
    FROM pg_policy y
    JOIN pg_class c ON c.oid = y.polrelid
    WHERE c.relnamespace = $1::oid
    UNION ALL
    SELECT 'row security of', c.relname, ''
    FROM pg_class c
    WHERE c.relnamespace = $1::oid AND (c.relrowsecurity OR c.relforcerowsecurity)
    UNION ALL
    SELECT 'unlogged table', c.relname, ''
    FROM pg_class c
    WHERE c.relnamespace = $1::oid AND c.relpersistence = 'u'
    UNION ALL
    SELECT 'rule', c.relname || '.' || r.rulename, pg_get_ruledef(r.oid)
    FROM pg_rewrite r
    JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relnamespace = $1::oid
"""


def version_of(comment: str | None) -> int | None:
    """The version of a store's schema, by its comment; None where it is not a store's."""
    found = _COMMENT.fullmatch(comment or "")
    return int(found["version"]) if found else None


def comment(version: int) -> str:
    """What the comment of a store's schema says."""
    return f"a store of mailctl, schema {version}"


def make(connection: ServerConnection, *, temporary: bool = False) -> None:
    """Make the tables and guards of a store, in the schema that is first in the search path."""
    from importlib.resources import files

    from mailctl.store.engine import seals
    from mailctl.store.engine.postgresql import recording

    def run(script: str) -> None:
        # A function of the temporary schema is found by its full name alone.
        connection.raw.execute(_MADE.sub(r"\g<before>pg_temp.", script) if temporary else script)

    tables = files("mailctl.store.engine.postgresql").joinpath("schema.sql")
    run(tables.read_text(encoding="utf-8"))
    for statement in recording.triggers(seals.parts(connection)):
        run(statement)


def differences(connection: ServerConnection) -> Iterator[str]:
    """Every table, index and guard that differs from those of a new store, as a sentence.

    A new one is made in the temporary schema of another connection, and undone.
    """
    found = _objects(connection.raw, "current_schema()::regnamespace")
    wanted = _fresh(connection)
    for (kind, name), text in wanted.items():
        if (kind, name) not in found:
            yield f"the {kind} {name} is missing"
        elif found[kind, name] != text:
            yield f"the {kind} {name} is not as mailctl made it"
    for kind, name in found:
        if (kind, name) not in wanted:
            yield f"the {kind} {name} is not mailctl's"


def _fresh(connection: ServerConnection) -> dict[tuple[str, str], str]:
    """What stands in the schema of a new store."""
    from mailctl.store.engine.postgresql.connection import ServerConnection, begin, connected

    server = connection.server
    with connected(server, application="mailctl", wait=_PATIENCE_SECONDS, attributes="any") as raw:
        # No change of the store's, for which its guards would have to work.
        begin(raw, server, "READ WRITE", wait=_PATIENCE_SECONDS)
        raw.execute("SET LOCAL search_path = pg_temp; SET LOCAL client_min_messages = error")
        # The temporary schema is there once something is in it.
        raw.execute("CREATE TEMP TABLE touched (id INTEGER); DROP TABLE touched")
        make(ServerConnection(raw, server, is_sealed=False), temporary=True)
        made = _objects(raw, "pg_my_temp_schema()")
        raw.execute("ROLLBACK")
    return made


def _objects(raw: psycopg.Connection, schema: str) -> dict[tuple[str, str], str]:
    """What stands in a schema: kind, name and definition, without the schema's own name."""
    row = raw.execute(f"SELECT nspname FROM pg_namespace WHERE oid = {schema}").fetchone()
    name = re.escape(row[0] if row else "")
    here = re.compile(rf"(?<![\w.])\"?(?:{name}|pg_temp)\"?\.|(?<=search_path=)\"?{name}\"?, ")
    found = {}
    for query in (_TABLES, _OTHERS):
        for kind, one, text in raw.execute(query.replace("$1::oid", schema)).fetchall():
            found[kind, one] = " ".join(here.sub("", text or "").split())
    return found
