"""How long a tick takes to renew many accounts, as a ratio to the least that the database could do.

The floor inserts, with INSERT ... SELECT out of temporary tables, the very rows that the tick
wrote, into a copy of the same store, with the same pragmas, in one transaction, without triggers.
Both are timed in turn, round after round; quote the ratios, the seconds are this machine's.

    python benchmarks/renewals.py --accounts 100000 --rounds 5
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
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


def tick(path: Path) -> float:
    began = time.perf_counter()
    run(store_at(path), to=DUE)
    return time.perf_counter() - began


def floor(path: Path, done: Path) -> float:
    """Write what the tick made of the store at `done` into the one at `path`, as finished rows."""
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
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table in (*WRITTEN, "task", "notice_account"):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM new_{table}")
    connection.execute(
        "UPDATE account AS a SET period = n.period, expires_on = n.expires_on, state = n.state, "
        "suspended_on = n.suspended_on, suspended_for = n.suspended_for, "
        "deletes_on = n.deletes_on, suspension_notice_id = n.suspension_notice_id "
        "FROM new_account n WHERE n.id = a.id"
    )
    connection.execute(
        "UPDATE customer AS c SET balance_cents = n.balance_cents FROM new_customer n "
        "WHERE n.id = c.id AND n.balance_cents <> c.balance_cents"
    )
    connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - began


def compare(accounts: int, days: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        before, done, work = (Path(folder) / name for name in ("before.db", "done.db", "work.db"))
        populate(before, accounts, days)
        shutil.copy(before, done)
        run(store_at(done), to=DUE)
        ratios, ticks = [], []
        for _ in range(rounds):
            shutil.copy(before, work)
            ticks.append(tick(work))
            shutil.copy(before, work)
            ratios.append(ticks[-1] / floor(work, done))
    share = "all" if days == 1 else f"1/{days}"
    print(
        f"{accounts:>9,} accounts, {share:>4} due: {statistics.median(ratios):.2f} x the floor "
        f"({min(ratios):.2f} to {max(ratios):.2f}), {statistics.median(ticks):.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Renewals, as a ratio to finished rows.")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for days in (1, 30):
        compare(options.accounts, days, options.rounds)


if __name__ == "__main__":
    main()
