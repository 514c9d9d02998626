"""A store after a restore, without one: what another store is thought to have given is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mailctl.domain.invoices import document_number
from mailctl.store import restorations
from mailctl.store.engine.stores import store_at
from mailctl.store.restorations import Head, Restoration, Wait
from tests.helpers import Cli

BACKUP_AT = "2026-02-04T09:00:00Z"
BACKUP = Head(batch_id=3, head="b" * 64)
LOST = Head(batch_id=9, head="c" * 64)


def restored(
    cli: Cli,
    *last_numbers: str,
    lost: Head | None = LOST,
    waiting: Collection[Wait] = (),
    **last_ids: int,
) -> Restoration:
    """Let a store go on after these numbers of documents, and these ids by table."""
    numbers = [number for text in last_numbers if (number := document_number(text))]
    assert len(numbers) == len(last_numbers)
    return store_at(cli.store).change(
        "store restore",
        lambda transaction: restorations.record(
            transaction,
            backup_at=BACKUP_AT,
            backup=BACKUP,
            lost=lost,
            last_numbers=numbers,
            last_ids=last_ids,
            waiting=waiting,
        ),
        accept_gap=True,
    )


def highest(cli: Cli) -> Mapping[str, int]:
    """The next id of each table whose ids leave a store, less one."""
    return store_at(cli.store).change(
        "test",
        lambda transaction: {table: transaction.last_key(table) for table in restorations.LEAVING},
        dry_run=True,
    )
