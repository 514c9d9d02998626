"""What a tick costs to renew many accounts, as ratios to the least that the database could do.

There are two floors, both INSERT ... SELECT and UPDATE out of temporary tables, with the same
pragmas and in one transaction:

- finished rows: the very rows that the tick wrote, into a copy of the same store without triggers;
- lean: as many lines, journal rows, ledger rows and invoices, and the change of as many accounts,
  in tables with their keys and no other index than that of what comes next.

All are run in turn, round after round, the tick in a process of its own. Processor time is
compared; quote the ratios, the seconds are this machine's.

    python benchmarks/renewals.py --accounts 1000000 --rounds 3
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from mailctl.actions import stores
from mailctl.store.engine.sqlite.connection import configure
from mailctl.store.engine.stores import store_at
from mailctl.tick.run import run

START = date(2026, 1, 14)
DUE = date(2026, 1, 15)
WRITTEN = ("invoice", "invoice_open", "invoice_line", "ledger", "notice", "journal", "batch")
CHANGED = ("account", "customer")


def populate(path: Path, accounts: int, days: int) -> None:
    """A store of so many accounts whose expiries lie evenly over so many days from DUE on."""
    stores.init(path, clock_on=START, timezone="UTC")
    rng = random.Random(20260115)
    customers, platforms = max(1, accounts // 50), max(1, accounts // 20)
    connection = sqlite3.connect(path, isolation_level=None)
    configure(connection)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO customer (id, slug, name, email, country, language, created_on, "
        "balance_cents) VALUES (?, ?, ?, ?, 'FR', 'fr', '2026-01-01', 100000000)",
        [(n, f"c{n}", f"Customer {n}", f"c{n}@acme.example") for n in range(1, customers + 1)],
    )
    connection.executemany(
        "INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents, "
        "after_cents) VALUES (?, ?, 1, '2026-01-01', 'credit', 100000000, 0, 100000000)",
        [(n, n) for n in range(1, customers + 1)],
    )
    connection.executemany(
        "INSERT INTO domain (id, name, customer_id, claimed_on) VALUES (?, ?, ?, '2026-01-01')",
        [(n, f"d{n}.example", n) for n in range(1, customers + 1)],
    )
    owners = [rng.randint(1, customers) for _ in range(platforms)]
    connection.executemany(
        "INSERT INTO platform (id, name, customer_id, offer_id, created_on) "
        "VALUES (?, ?, ?, ?, '2026-01-01')",
        [(n, f"p{n}", owner, rng.choice((1, 2))) for n, owner in enumerate(owners, start=1)],
    )
    connection.executemany(
        "INSERT INTO account (id, platform_id, address, domain_id, period, renewal, ordered_on, "
        "anchor_day, expires_on) VALUES (?, ?, ?, ?, ?, ?, '2026-01-01', ?, ?)",
        (_account(n, rng, owners, days) for n in range(1, accounts + 1)),
    )
    connection.execute("COMMIT")
    connection.close()


def _account(n: int, rng: random.Random, owners: list[int], days: int) -> tuple[object, ...]:
    platform = rng.randint(1, len(owners))
    owner = owners[platform - 1]
    renewal = rng.choices(("monthly", "yearly", "none"), (60, 30, 10))[0]
    expires_on = DUE + timedelta(days=rng.randrange(days))
    period = "monthly" if renewal == "none" else renewal
    address = f"user{n}@d{owner}.example"
    return (n, platform, address, owner, period, renewal, expires_on.day, expires_on.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of processor and of wall time, and megabytes at the peak."""

    processor: float
    wall: float
    memory: float


def tick(path: Path) -> Cost:
    """A tick in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--tick", str(path)], check=True, capture_output=True, text=True
    )
    return Cost(**json.loads(done.stdout))


def _tick_here(path: Path) -> Cost:
    began, at = time.process_time(), time.perf_counter()
    run(store_at(path), to=DUE)
    return Cost(
        processor=time.process_time() - began,
        wall=time.perf_counter() - at,
        memory=_peak_memory(),
    )


def _peak_memory() -> float:
    """The most megabytes of this process since it began: getrusage would count its parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def _timed(connection: sqlite3.Connection, spent: list[float]) -> Iterator[None]:
    """A transaction, with its seconds of processor time."""
    began = time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")
    spent.append(time.process_time() - began)


_LEAN = """
    CREATE TABLE customer (id INTEGER PRIMARY KEY, balance_cents INTEGER NOT NULL) STRICT;
    CREATE TABLE account (
        id INTEGER PRIMARY KEY, platform_id INTEGER NOT NULL, address TEXT, state TEXT NOT NULL,
        period TEXT NOT NULL, renewal TEXT NOT NULL, anchor_day INTEGER NOT NULL,
        expires_on TEXT NOT NULL, next_on TEXT
    ) STRICT;
    CREATE TABLE invoice (
        id INTEGER PRIMARY KEY, year INTEGER NOT NULL, seq INTEGER NOT NULL,
        customer_id INTEGER NOT NULL REFERENCES customer (id), issued_on TEXT NOT NULL,
        net_cents INTEGER NOT NULL, tax_cents INTEGER NOT NULL, total_cents INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE invoice_line (
        account_id INTEGER NOT NULL REFERENCES account (id), period_start_on TEXT NOT NULL,
        period_end_on TEXT NOT NULL, invoice_id INTEGER NOT NULL REFERENCES invoice (id),
        unit_cents INTEGER NOT NULL, PRIMARY KEY (account_id, period_start_on)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id),
        moved_on TEXT NOT NULL, kind TEXT NOT NULL, amount_cents INTEGER NOT NULL,
        after_cents INTEGER NOT NULL, invoice_id INTEGER
    ) STRICT;
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY, happened_on TEXT NOT NULL, kind TEXT NOT NULL,
        subject TEXT NOT NULL, details TEXT
    ) STRICT;
    INSERT INTO customer SELECT id, balance_cents FROM done.customer;
    INSERT INTO account
        SELECT id, platform_id, address, state, period, renewal, anchor_day, expires_on, next_on
        FROM before.account;
    CREATE INDEX account_next ON account (next_on);
"""
_LEAN_ROWS = {
    "invoice": "id, year, seq, customer_id, issued_on, net_cents, tax_cents, total_cents",
    "invoice_line": "account_id, period_start_on, period_end_on, invoice_id, unit_cents",
    "ledger": "id, customer_id, moved_on, kind, amount_cents, after_cents, invoice_id",
    "journal": "seq, happened_on, kind, subject, details",
}


def lean(path: Path, before: Path, done: Path) -> float:
    """Write as many core rows as the tick did into a lean store at `path`; seconds of processor."""
    path.unlink(missing_ok=True)
    spent: list[float] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        configure(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ATTACH ? AS before", (str(before),))
        connection.execute("ATTACH ? AS done", (str(done),))
        connection.executescript(_LEAN)
        for table, columns in _LEAN_ROWS.items():
            connection.execute(
                f"CREATE TEMP TABLE new_{table} AS SELECT {columns} FROM done.{table} "
                f"EXCEPT SELECT {columns} FROM before.{table}"
            )
        connection.execute(
            "CREATE TEMP TABLE new_account AS SELECT d.id, d.state, d.period, d.expires_on, "
            "d.next_on FROM done.account d JOIN before.account a ON a.id = d.id "
            "WHERE d.next_on <> a.next_on ORDER BY d.id"
        )
        connection.execute("CREATE UNIQUE INDEX temp.new_account_id ON new_account (id)")
        connection.execute("DETACH before")
        connection.execute("DETACH done")
        connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        with _timed(connection, spent):
            for table in _LEAN_ROWS:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM new_{table}")
            connection.execute(
                "UPDATE account AS a SET state = n.state, period = n.period, "
                "expires_on = n.expires_on, next_on = n.next_on "
                "FROM new_account n WHERE n.id = a.id"
            )
    return spent[0]


def finished(path: Path, done: Path) -> float:
    """Write what the tick made of `done` into the store at `path`; seconds of processor."""
    spent: list[float] = []
    connection = sqlite3.connect(path, isolation_level=None)
    configure(connection)
    connection.execute("ATTACH ? AS done", (str(done),))
    for table in WRITTEN:
        key = {"invoice_open": "invoice_id", "journal": "seq"}.get(table, "id")
        if table == "invoice_line":
            connection.execute(f"CREATE TEMP TABLE new_{table} AS SELECT * FROM done.{table}")
        else:
            connection.execute(
                f"CREATE TEMP TABLE new_{table} AS SELECT * FROM done.{table} "
                f"WHERE {key} > (SELECT coalesce(max({key}), 0) FROM main.{table})"
            )
    connection.execute(
        "CREATE TEMP TABLE new_account AS SELECT d.id, d.period, d.expires_on, d.state, "
        "d.suspended_on, d.suspended_for, d.deletes_on, d.suspension_notice_id FROM done.account d "
        "JOIN main.account a ON a.id = d.id WHERE d.next_on <> a.next_on ORDER BY d.id"
    )
    connection.execute(
        "CREATE TEMP TABLE new_customer AS SELECT id, balance_cents FROM done.customer"
    )
    connection.execute("CREATE UNIQUE INDEX temp.new_customer_id ON new_customer (id)")
    connection.execute("CREATE UNIQUE INDEX temp.new_account_id ON new_account (id)")
    connection.execute(
        "CREATE TEMP TABLE new_task AS SELECT * FROM done.task "
        "WHERE id > (SELECT coalesce(max(id), 0) FROM main.task)"
    )
    connection.execute("CREATE TEMP TABLE new_notice_account AS SELECT * FROM done.notice_account")
    connection.execute("DETACH done")
    for (name,) in connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER main.{name}")
    with _timed(connection, spent):
        for table in (*WRITTEN, "task", "notice_account"):
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM new_{table}")
        connection.execute(
            "UPDATE account AS a SET period = n.period, expires_on = n.expires_on, "
            "state = n.state, suspended_on = n.suspended_on, suspended_for = n.suspended_for, "
            "deletes_on = n.deletes_on, suspension_notice_id = n.suspension_notice_id "
            "FROM new_account n WHERE n.id = a.id"
        )
        connection.execute(
            "UPDATE customer AS c SET balance_cents = n.balance_cents FROM new_customer n "
            "WHERE n.id = c.id AND n.balance_cents <> c.balance_cents"
        )
    connection.close()
    return spent[0]


def compare(accounts: int, days: int, rounds: int) -> float:
    """Print the ratios of a tick with 1/`days` of the accounts due; its seconds of processor."""
    with tempfile.TemporaryDirectory() as folder:
        before, done, work = (Path(folder) / name for name in ("before.db", "done.db", "work.db"))
        populate(before, accounts, days)
        shutil.copy(before, done)
        run(store_at(done), to=DUE)
        ticks: list[Cost] = []
        to_lean: list[float] = []
        to_finished: list[float] = []
        for _ in range(rounds):
            shutil.copy(before, work)
            ticks.append(tick(work))
            to_lean.append(ticks[-1].processor / lean(Path(folder) / "lean.db", before, done))
            shutil.copy(before, work)
            to_finished.append(ticks[-1].processor / finished(work, done))
    costs = {key: statistics.median(asdict(one)[key] for one in ticks) for key in asdict(ticks[0])}
    share = "all" if days == 1 else f"1/{days}"
    print(
        f"{accounts:>9,} accounts, {share:>4} due: {_shown(to_lean)} x the lean floor, "
        f"{_shown(to_finished)} x finished rows; {costs['processor']:.2f} s of processor, "
        f"{costs['wall']:.2f} s, {costs['memory']:.0f} MB"
    )
    return costs["processor"]


def _shown(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description="Renewals, as ratios to two floors.")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true", help="compare with a tenth of it, too")
    parser.add_argument("--tick", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tick:
        print(json.dumps(asdict(_tick_here(options.tick))))
        return
    for days in (1, 30):
        large = compare(options.accounts, days, options.rounds)
        if options.growth:
            small = compare(options.accounts // 10, days, options.rounds)
            print(f"          ten times the accounts: {large / small:.1f} x the processor time")


if __name__ == "__main__":
    main()
