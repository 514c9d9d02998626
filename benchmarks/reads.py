"""What reading a large store costs, in processor time, as a ratio to the least that it could cost.

Short commands are compared with `python -c 'import sqlite3'`, whole lists with a Python program
that goes through the same rows and prints nothing; `store check` is in seconds. They take turns,
and the figures are medians of the ratios within a round.

    python benchmarks/reads.py /path/to/mailctl.db --rounds 7
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MAILCTL = (sys.executable, "-m", "mailctl")
START = (sys.executable, "-c", "import sqlite3")
ROWS = """
import sqlite3, sys
rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute('''
    SELECT a.id, a.address, p.name, c.slug, o.name, a.state, a.address IS NOT NULL, a.period,
        a.renewal, 'ok', a.ordered_on, a.anchor_day, a.expires_on, a.reset_on, a.suspended_on,
        a.suspended_for, a.deletes_on, a.deleted_on, 'renewal', a.next_on, NULL, p.renewal
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
    JOIN offer o ON o.id = p.offer_id
    WHERE a.state <> 'deleted'
    ORDER BY a.id
''')
for row in rows:
    pass
"""


def cost(command: Sequence[str]) -> tuple[float, int]:
    """The processor seconds of a command, and how many MB it needed at most."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def names(store: Path) -> tuple[str, str, str]:
    """An address, a customer and a platform of the store."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        found: tuple[str, str, str] = connection.execute(
            """
            SELECT a.address, c.slug, p.name
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            JOIN customer c ON c.id = p.customer_id
            WHERE a.address IS NOT NULL
            ORDER BY a.id LIMIT 1
            """
        ).fetchone()
    return found


def short(store: Path) -> list[tuple[str, ...]]:
    """Commands that look at a few rows."""
    address, customer, platform = names(store)
    return [
        ("platform", "list", "--limit", "20"),
        ("customer", "list", "--limit", "20"),
        ("account", "list", "--limit", "20"),
        ("account", "list", "--limit", "20", "--state", "suspended"),
        ("account", "list", "--limit", "20", "--sort", "next_on"),
        ("account", "list", "--limit", "20", "--customer", customer),
        ("account", "show", "1"),
        ("account", "show", address),
        ("account", "show", "nobody@nowhere.example"),
        ("customer", "show", customer),
        ("platform", "show", platform),
        ("find", customer),
        ("find", address),
        ("task", "list", "--limit", "20"),
        ("notice", "list", "--limit", "20"),
        ("invoice", "list", "--limit", "20"),
        ("payment", "list", "--limit", "20"),
        ("invoice", "list", "--limit", "20", "--open"),
        ("order", "list", "--limit", "20"),
        ("order", "list", "--limit", "20", "--sort", "number"),
        ("prepaid", "statement", customer, "--limit", "20"),
        ("journal", "list", "--limit", "20", "--kind", "no-such-kind"),
        ("journal", "list", "--limit", "20", "--command", "no such command"),
    ]


def ratios(store: Path, floor: Sequence[str], words: Sequence[str], rounds: int) -> str:
    """The median ratio of a command to its floor, with its memory."""
    found, memory = [], 0
    for _ in range(rounds):
        least, _ = cost(floor)
        seconds, needed = cost((*MAILCTL, "--store", str(store), *words))
        found.append(seconds / least)
        memory = max(memory, needed)
    return f"{statistics.median(found):6.2f} x  {memory:5} MB  {' '.join(words)}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Reading a store, as ratios to the least cost.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    store, rounds = given.store.resolve(), given.rounds
    print("to python -c 'import sqlite3' (at most 5)")
    for words in short(store):
        print(ratios(store, START, words, rounds), flush=True)
    print("to going through the same rows in Python (at most 1.2)")
    through = (sys.executable, "-c", ROWS, str(store))
    for form in ("jsonl", "json", "csv", "tsv"):
        words = ("account", "list", "-o", form)
        print(ratios(store, through, words, max(1, rounds // 3)), flush=True)
    print("processor seconds")
    for words in (
        ("account", "list", "--limit", "20", "--sort", "expires_on"),
        ("journal", "verify"),
        ("store", "check"),
    ):
        seconds, memory = cost((*MAILCTL, "--store", str(store), *words))
        print(f"{seconds:6.2f} s  {memory:5} MB  {' '.join(words)}", flush=True)


if __name__ == "__main__":
    main()
