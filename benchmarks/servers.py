"""What a tick with everything due costs on a PostgreSQL server, as a ratio to the same in a file.

A new store of many accounts is copied to a schema of the server, made anew each round; then both
are ticked in turn. Wall time is compared: on the server, most of the work is another process's. The
server should have nothing else to do, and `shared_buffers` that hold the store.

    python benchmarks/servers.py 'postgresql:///postgres' --accounts 100000 --rounds 3
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from renewals import DUE, populate

SCHEMA = "mailctl_benchmark"


def mailctl(store: str | Path, *words: str) -> float:
    """How many seconds a command takes, as a process of its own."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "mailctl", "--store", str(store), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Print the seconds of each round, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="a database of a server, without ?schema=")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    on_server = f"{given.url}{'&' if '?' in given.url else '?'}schema={SCHEMA}"
    tick = ("tick", "--to", DUE.isoformat(), "--accept-mass")
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        due, file = Path(folder) / "due.db", Path(folder) / "file.db"
        populate(due, given.accounts, 1)
        for number in range(1, given.rounds + 1):
            shutil.copy(due, file)
            with psycopg.connect(given.url, autocommit=True) as connection:
                connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            copied = mailctl(file, "store", "copy", str(file), on_server, "--keep", "--quiet")
            mailctl(on_server, "store", "reopen", "--confirm", on_server)
            here, there = mailctl(file, *tick), mailctl(on_server, *tick)
            ratios.append(there / here)
            print(
                f"round {number}: copied in {copied:.1f} s; file {here:.1f} s, server {there:.1f} s"
            )
        with psycopg.connect(given.url, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    print(f"a tick of {given.accounts:,} due: {statistics.median(ratios):.1f} x the file's")


if __name__ == "__main__":
    main()
