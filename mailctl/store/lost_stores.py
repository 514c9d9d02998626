"""A backup, and the store that it is to replace: what that had given out since (rules 18).

The lost store is read as far as it can be. What it shows is always a least: nothing that it gave
out is given again. It is proof only where it is whole and goes on from the very backup.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from mailctl.domain.invoices import DocumentNumber, Series
from mailctl.store import restorations
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite.lost_file import Rows, Salvage, as_int, as_text
from mailctl.store.engine.transaction import key_of
from mailctl.store.restorations import Head
from mailctl.values import Value

Ids = Mapping[str, int]
EMPTY: Ids = MappingProxyType({})


class Backup(Value):
    """What a backup holds; `ids` are by table the highest that it has, or goes on from.

    `at` is the instant at which it was made, as far as it says so; `place` where the store was.
    `numbers` are the last of each series and year; `pending` the payments, with how many of their
    tries failed. `origin` is what no other store shares.
    """

    at: str
    place: str | None
    head: Head
    origin: tuple[str, str]
    reached_on: date
    numbers: tuple[DocumentNumber, ...]
    ids: Ids
    last_ledger_id: int
    unsent: frozenset[int]
    tasks_to_do: frozenset[int]
    pending: Mapping[int, int]
    is_empty: bool


class Lost(Value):
    """What can be read of a lost store; `fault` is why it is not whole, None where it is.

    `follows`: its journal goes on from the backup's. What cannot be read is None, or left out.
    """

    is_there: bool
    fault: str | None
    origin: tuple[str, str] | None = None
    head: Head | None = None
    at: str | None = None
    """When its last transaction was."""
    follows: bool = False
    reached_on: date | None = None
    numbers: tuple[DocumentNumber, ...] = ()
    ids: Ids = EMPTY

    @property
    def is_proof(self) -> bool:
        """Whether it shows all that was given out since the backup."""
        return self.is_there and self.fault is None and self.follows


NOTHING = Lost(is_there=False, fault="there is nothing")

_NUMBERS = """
    SELECT series, year, max(seq) FROM invoice GROUP BY series, year
    UNION ALL
    SELECT series, year, max(last_seq) FROM lost_number GROUP BY series, year
"""


def backup_of(reader: Reader, head: Head) -> Backup:
    """What a backup holds, of which this was the last transaction; read in a draft of it."""
    at = reader.text("SELECT recorded_at FROM batch WHERE id = :id", {"id": head.batch_id})
    ids = {
        table: reader.number(
            f"""
            SELECT max(n)
            FROM (
                SELECT max({key_of(table)}) AS n FROM {table}
                UNION ALL
                SELECT last_id FROM lost_id WHERE name = :table
            ) given
            """,
            {"table": table},
        )
        for table in restorations.LEAVING
    }
    first = reader.text("SELECT digest FROM batch ORDER BY id LIMIT 1")
    moved = reader.moved
    return Backup(
        at=moved.moved_at if moved and moved.is_copy else str(at),
        place=moved.place if moved else None,
        head=head,
        origin=(reader.info.created_at, str(first)),
        reached_on=reader.reached_on,
        numbers=_last_of_each(reader.execute(_NUMBERS).fetchall()),
        ids=ids,
        last_ledger_id=reader.number("SELECT max(id) FROM ledger"),
        unsent=frozenset(
            reader.numbers("SELECT id FROM notice WHERE sent_at IS NULL AND ended_at IS NULL")
        ),
        tasks_to_do=frozenset(reader.numbers("SELECT id FROM task WHERE status = 'todo'")),
        pending={
            as_int(id): as_int(tries)
            for id, tries in reader.execute(
                "SELECT id, tries FROM payment WHERE status = 'pending'"
            ).fetchall()
        },
        is_empty=not reader.exists("SELECT 1 FROM invoice LIMIT 1"),
    )


def lost_of(salvage: Salvage | str, backup: Backup, *, fault: str | None) -> Lost:
    """What can be read of a store; `fault` as it was found before, where that takes long."""
    if isinstance(salvage, str):
        return Lost(is_there=True, fault=salvage)
    head = _one(salvage, "SELECT id, digest, recorded_at FROM batch ORDER BY id DESC LIMIT 1")
    same = _one(
        salvage,
        "SELECT digest FROM batch WHERE id = :id",
        "SELECT digest FROM batch NOT INDEXED WHERE id = :id",
        id=backup.head.batch_id,
    )
    made = _one(salvage, "SELECT created_at FROM store")
    first = _one(salvage, "SELECT digest FROM batch ORDER BY id LIMIT 1")
    return Lost(
        is_there=True,
        fault=fault,
        origin=(str(made[0]), str(first[0])) if made and first else None,
        head=Head(batch_id=as_int(head[0]), head=str(head[1])) if head else None,
        at=as_text(head[2]) if head else None,
        follows=bool(same and same[0] == backup.head.head),
        reached_on=_day(_one(salvage, "SELECT reached_on FROM clock")),
        numbers=_numbers_of(salvage),
        ids=_ids_of(salvage),
    )


def _one(salvage: Salvage, *ways: str, **parameters: object) -> tuple[object, ...] | None:
    rows = salvage.rows(*ways, parameters=parameters)
    return rows[0] if rows and rows[0][0] is not None else None


def _day(row: tuple[object, ...] | None) -> date | None:
    try:
        return date.fromisoformat(str(row[0])) if row else None
    except ValueError:
        return None


def _numbers_of(salvage: Salvage) -> tuple[DocumentNumber, ...]:
    """The highest number of each series and year that can be read, wherever it stands."""
    found = salvage.rows(_NUMBERS)
    if found is None:
        found = [
            *salvage.up_to_fault("SELECT series, year, seq FROM invoice NOT INDEXED ORDER BY id"),
            *salvage.up_to_fault(
                "SELECT series, year, seq FROM invoice NOT INDEXED ORDER BY id DESC"
            ),
            *salvage.up_to_fault(
                """
                SELECT series, year, seq
                FROM invoice INDEXED BY invoice_number
                ORDER BY series DESC, year DESC, seq DESC
                """
            ),
            *salvage.up_to_fault("SELECT series, year, last_seq FROM lost_number"),
        ]
    return _last_of_each(found)


def _last_of_each(rows: Rows) -> tuple[DocumentNumber, ...]:
    last: dict[tuple[Series, int], int] = {}
    for series, year, seq in rows:
        # What damage has made of a number is none.
        if series in ("", "AV") and isinstance(year, int) and isinstance(seq, int):
            key = Series(series), year
            last[key] = max(seq, last.get(key, 0))
    return tuple(
        DocumentNumber(series=series, year=year, seq=seq)
        for (series, year), seq in sorted(last.items())
    )


def _ids_of(salvage: Salvage) -> Ids:
    found: dict[str, int] = {}
    lost = salvage.rows("SELECT name, last_id FROM lost_id") or []
    for table in restorations.LEAVING:
        key = key_of(table)
        rows = salvage.rows(f"SELECT max({key}) FROM {table}")
        if rows is None:
            rows = salvage.up_to_fault(f"SELECT {key} FROM {table} NOT INDEXED ORDER BY {key}")
        known = [*rows, *((last,) for name, last in lost if name == table)]
        highest = max((as_int(value) for (value,) in known), default=0)
        if highest:
            found[table] = highest
    return found
