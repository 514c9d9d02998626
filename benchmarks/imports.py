"""What the import of a host costs in processor time, as a ratio to executemany of the same rows.

The floor gives the finished rows of the accounts, of the journal and of the words, read from the
store that the import made, to executemany in an empty store: same pragmas, one transaction, no
seals. `--wrong` imports as many lines that are wrong, each in its own way, instead.

    python benchmarks/imports.py --accounts 100000
    python benchmarks/imports.py --accounts 1000000 --rounds 1 [--wrong]
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mailctl.store.engine.sqlite.connection import configure

MAILCTL = (sys.executable, "-m", "mailctl")
TABLES = {
    "customer": "id",
    "platform": "id",
    "domain": "id",
    "account": "id",
    "journal": "seq",
    "journal_personal": "seq",
    "word": None,
}
FIRST_NAMES = ("anna", "hugo", "olga", "jean-luc", "zoe", "max", "info", "office")
# A process begins with the peak of the one that started it: a small one stands between.
_MEASURE = """
import resource, subprocess, sys
quiet = subprocess.DEVNULL
status = subprocess.call(sys.argv[1:], stdout=quiet, stderr=quiet)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
LAST_NAMES = ("rossi", "costa", "martin", "muller", "dupont", "lambert", "moreau")


def write_host(folder: Path, accounts: int, *, wrong: bool) -> None:
    """A host of so many accounts, fifty of each customer and twenty of each platform."""
    customers, platforms = max(1, accounts // 50), max(1, accounts // 20)
    with (folder / "customers.csv").open("w") as file:
        file.write("id,name,email,phone,street,postcode,city,country\n")
        for n in range(customers):
            file.write(
                f"c{n},Cabinet {n},office@c{n}.example,+3314{n % 10_000_000:07d},"
                f"{n} rue de la Paix,75001,Paris,FR\n"
            )
    with (folder / "platforms.csv").open("w") as file:
        file.write("name,customer,offer,created_on\n")
        for n in range(platforms):
            file.write(f"p{n},c{n % customers},email-pro,2025-01-01\n")
    with (folder / "accounts.csv").open("w") as file:
        file.write("platform,address,period,expires_on,anchor_day\n")
        for n in range(accounts):
            local = f"{FIRST_NAMES[n % 8]}.{LAST_NAMES[n % 7]}{n}"
            address = f"{local}..@" if wrong else f"{local}@p{n % platforms}.example"
            day = n % 27 + 1
            file.write(f"p{n % platforms},{address},monthly,2026-02-{day:02d},{day}\n")


def run(store: Path, *words: str, status: int = 0) -> tuple[float, int]:
    """A command as a process: processor seconds, and the peak of its memory in MB."""
    measured = subprocess.run(
        (sys.executable, "-S", "-c", _MEASURE, *MAILCTL, "--store", store, *words),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    ended, seconds, peak_kib = measured.stdout.split()
    assert int(ended) == status, words
    return float(seconds), int(peak_kib) // 1024


def floor(made: Path, store: Path, tables: dict[str, str | None]) -> float:
    """Processor seconds to write the rows of a store that was made into another one."""
    source = sqlite3.connect(f"{made.as_uri()}?mode=ro", uri=True)
    connection = sqlite3.connect(store, isolation_level=None)
    configure(connection)
    rows = {table: _new_rows(source, connection, table, key) for table, key in tables.items()}
    began = time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    # Rolled back: the batch that the journal rows name is never there.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for insert, found in rows.values():
        connection.executemany(insert, found)
    took = time.process_time() - began
    connection.execute("ROLLBACK")
    connection.close()
    source.close()
    return took


def _new_rows(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, key: str | None
) -> tuple[str, sqlite3.Cursor]:
    columns = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
    last = 0
    if key is not None:
        (last,) = target.execute(f"SELECT coalesce(max({key}), 0) FROM {table}").fetchone()
    names = ", ".join(columns)
    which = f"WHERE {key} > {last}" if key else ""
    insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
    return insert, source.execute(f"SELECT {names} FROM {table} {which}")


def main() -> None:
    parser = argparse.ArgumentParser(description="An import, as a ratio to finished rows.")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--wrong", action="store_true", help="All lines of accounts are wrong.")
    options = parser.parse_args()
    ratios, seconds, peaks = [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_host(folder, options.accounts, wrong=options.wrong)
        for number in range(options.rounds):
            made, empty = folder / f"made-{number}.db", folder / f"empty-{number}.db"
            for store in (made, empty):
                run(store, "init", "--clock", "2026-01-31")
            expected = 1 if options.wrong else 0
            took, peak = run(made, "import", "--dir", str(folder), status=expected)
            seconds.append(took)
            peaks.append(peak)
            if not options.wrong:
                ratios.append(took / floor(made, empty, TABLES))
            made.unlink()
    ratio = f"{statistics.median(ratios):.2f} x the floor, " if ratios else ""
    print(
        f"{options.accounts:,} {'wrong lines' if options.wrong else 'accounts'}: {ratio}"
        f"{statistics.median(seconds):.1f} s of processor time, {max(peaks)} MB"
    )


if __name__ == "__main__":
    main()
