"""What is written is recorded for the seals, by triggers that every store has.

They write to a temporary table that mailctl makes in each of its sessions. Where there is none,
another program is at work: nothing is recorded then, and the seals tell.

What is added or removed is recorded once for each statement. What is changed, once for each row,
and only where a sealed column is set and differs: a mass renewal sets none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mailctl.store.engine.connection import Columns

TABLE = """
    CREATE TEMP TABLE IF NOT EXISTS touched (
        part INTEGER NOT NULL, sign INTEGER NOT NULL, content BYTEA NOT NULL
    )
    ON COMMIT DELETE ROWS
"""
"""SQL that makes the table of a session; it is empty at the beginning of each transaction."""


def json_array(columns: Iterable[str]) -> str:
    """SQL for a row as the bytes of one JSON array."""
    values = (f"coalesce(to_json({one})::text, 'null')" for one in columns)
    row = " || ',' || ".join(values)
    return f"convert_to('[' || {row} || ']', 'UTF8')"


def triggers(parts: Sequence[Columns]) -> Iterator[str]:
    """SQL that makes the functions and triggers of a new store."""
    for number, part in enumerate(parts):
        name = f"touch_{part.name.replace('.', '_')}"
        yield _function(name, number, part)
        for kind, rows in (
            ("INSERT", "NEW TABLE AS new_rows"),
            ("DELETE", "OLD TABLE AS old_rows"),
        ):
            yield f"""
                CREATE TRIGGER {name}_{kind[0].lower()} AFTER {kind} ON {part.table}
                REFERENCING {rows}
                FOR EACH STATEMENT EXECUTE FUNCTION {name}()
            """
        old, new = (
            ", ".join(f"{row}.{column}" for column in part.columns) for row in ("OLD", "NEW")
        )
        yield f"""
            CREATE TRIGGER {name}_u AFTER UPDATE OF {", ".join(part.columns)} ON {part.table}
            FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))
            EXECUTE FUNCTION {name}()
        """


def _function(name: str, number: int, part: Columns) -> str:
    into = "INSERT INTO pg_temp.touched (part, sign, content)"

    def values(sign: int, row: str) -> str:
        return f"SELECT {number}, {sign}, {json_array(f'{row}{one}' for one in part.columns)}"

    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF to_regclass('pg_temp.touched') IS NULL THEN
                RETURN NULL;
            ELSIF TG_OP = 'INSERT' THEN
                {into} {values(1, "")} FROM new_rows WHERE {part.counted("")};
            ELSIF TG_OP = 'DELETE' THEN
                {into} {values(-1, "")} FROM old_rows WHERE {part.counted("")};
            ELSE
                {into}
                {values(-1, "OLD.")} WHERE {part.counted("OLD.")}
                UNION ALL
                {values(1, "NEW.")} WHERE {part.counted("NEW.")};
            END IF;
            RETURN NULL;
        END $$
    """
