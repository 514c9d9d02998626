"""What the tests of restoring share: a backup as another program makes it, a store that is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from mailctl.store.engine import copying
from mailctl.store.engine.stores import store_at
from tests import on_server
from tests.helpers import Cli, Outcome

NUMBERS = ("--last-invoice", "--last-credit-note")


def backed_up(cli: Cli, name: str = "backup.db") -> Path:
    """A copy of a store as SQLite makes it, or mailctl of a server's, in a folder of its own."""
    folder = cli.store.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    if isinstance(cli.store, on_server.Place):
        # As one that SQLite makes it replaces the one before, and the store knows nothing of it.
        path.unlink(missing_ok=True)
        copying.keep(store_at(cli.store), path, dry_run=False, told=lambda *_: None)
        return path
    with closing(sqlite3.connect(cli.store)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
    path.chmod(0o600)
    return path


def lose(cli: Cli) -> None:
    """The disk is dead: nothing of the store is left."""
    if isinstance(cli.store, on_server.Place):
        on_server.execute(cli.store, f"DROP SCHEMA {cli.store.schema} CASCADE")
        return
    for end in ("", "-wal", "-shm"):
        cli.store.with_name(cli.store.name + end).unlink(missing_ok=True)


def said(invoice: int, note: int = 0, year: int = 2026) -> tuple[str, ...]:
    """The options that say which numbers were given out last."""
    invoices, notes = NUMBERS
    return invoices, f"{year}-{invoice:06d}", notes, f"AV{year}-{note:06d}"


def restored(cli: Cli, backup: Path, *numbers: str) -> Any:
    """Restore a backup; what the command says in JSON."""
    return cli.ok("store", "restore", str(backup), *numbers, "--confirm", str(cli.store))


def tried(cli: Cli, backup: Path, *numbers: str) -> Outcome:
    """Restore a backup, or be refused."""
    return cli("store", "restore", str(backup), *numbers, "--confirm", str(cli.store), "-o", "json")


def kept(cli: Cli) -> list[Path]:
    """The stores that were replaced, and are kept beside."""
    if isinstance(store := cli.store, on_server.Place):
        return [on_server.named(store.with_schema(name)) for name in on_server.replaced(store)]
    return sorted(cli.store.parent.glob(f"{cli.store.name}.replaced-*"))


def damage(store: Path, table: str) -> None:
    """Fill the page at which a table begins with rubbish; on a server it is gone."""
    if isinstance(store, on_server.Place):
        on_server.execute(store, f"DROP TABLE {table} CASCADE")
        return
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table])
        ((size,),) = db.execute("PRAGMA page_size")
    with store.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def send_one(cli: Cli, notice: int) -> None:
    """Send a letter as `notice send` does, without a mail server."""
    from mailctl.store import notice_claims

    with store_at(cli.store).write("notice send") as tx:
        claimed = notice_claims.claim(tx, notice, "host.example")
        notice_claims.record_sent(tx, claimed, language="en", subject="S", body="said")
