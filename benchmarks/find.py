"""How long `find` takes as a whole process, as a ratio to `python -c 'import sqlite3'`.

The same questions are asked of a store of ten accounts and of one of many: what is looked for by
index takes as long on both. The commands take turns, round after round; the figures are medians of
the ratios within a round.

    python benchmarks/find.py --accounts 1000000 --rounds 9
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
from pathlib import Path

from renewals import START
from startup import FLOOR, MAILCTL, seconds

from mailctl.actions import stores
from mailctl.store.engine.sqlite.connection import configure
from mailctl.store.engine.sqlite.migrations import fill_words

FIRST_NAMES, LAST_NAMES = 1_000, 5_000
QUESTIONS = {
    "a phone number": ("find", "01 40 00 00 07"),
    "a whole address": ("find", "first7.last7@d1.example"),
    "a first name": ("find", "first7"),
    "a family name": ("find", "last7"),
    "two names": ("find", "last7", "first7"),
    "a street that all have": ("find", "rue", "de", "la", "paix"),
    "a customer": ("find", "Société n° 1"),
    "an invoice": ("find", "2026-000001"),
    "nothing": ("find", "lats7"),
    "an unknown address (account show)": ("account", "show", "first7.lats7@d1.example"),
}


def populate(path: Path, accounts: int) -> None:
    """A store of so many accounts, fifty of each customer, with the words of all rows."""
    stores.init(path, clock_on=START, timezone="UTC")
    rng, customers = random.Random(20261127), max(1, accounts // 50)
    connection = sqlite3.connect(path, isolation_level=None)
    configure(connection)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO customer (id, slug, name, email, phone, street, postcode, city, country, "
        "language, created_on) VALUES (?, ?, ?, ?, ?, ?, ?, 'Paris', 'FR', 'fr', '2026-01-01')",
        (
            (n, f"c{n}", f"Société n° {n}", f"c{n}@d{n}.example", f"+3314{n:07d}",
             f"{n} rue de la Paix", f"75{n % 20:03d}")
            for n in range(1, customers + 1)
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO domain (id, name, customer_id, claimed_on) VALUES (?, ?, ?, '2026-01-01')",
        ((n, f"d{n}.example", n) for n in range(1, customers + 1)),
    )
    connection.executemany(
        "INSERT INTO platform (id, name, customer_id, offer_id, created_on) "
        "VALUES (?, ?, ?, 1, '2026-01-01')",
        ((n, f"p{n}", n) for n in range(1, customers + 1)),
    )
    connection.executemany(
        "INSERT INTO account (platform_id, address, domain_id, period, renewal, ordered_on, "
        "anchor_day, expires_on) VALUES (?, ?, ?, 'monthly', 'monthly', '2026-01-01', 15, "
        "'2026-02-15') ON CONFLICT DO NOTHING",
        (_account(n, rng, customers) for n in range(accounts)),
    )
    fill_words(connection)
    connection.execute("COMMIT")
    connection.close()


def _account(n: int, rng: random.Random, customers: int) -> tuple[object, ...]:
    first, last = (7, 7) if n == 0 else (rng.randrange(FIRST_NAMES), rng.randrange(LAST_NAMES))
    owner = n % customers + 1
    return owner, f"first{first}.last{last}@d{owner}.example", owner


def main() -> None:
    parser = argparse.ArgumentParser(description="find, as a ratio to importing sqlite3.")
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{count}.db" for count in (10, options.accounts)]
        for path in paths:
            populate(path, int(path.stem))
        ratios: dict[str, list[list[float]]] = {name: [[], []] for name in QUESTIONS}
        for _ in range(options.rounds):
            floor = seconds(FLOOR, dict(os.environ))
            for name, words in QUESTIONS.items():
                for place, path in enumerate(paths):
                    here = {**os.environ, "MAILCTL_STORE": str(path)}
                    took = seconds((*MAILCTL, *words), here, check=False)
                    ratios[name][place].append(took / floor)
    for name, (few, many) in ratios.items():
        print(
            f"{statistics.median(few):5.2f} with 10 accounts, {statistics.median(many):5.2f} with "
            f"{options.accounts:,}  {name}"
        )


if __name__ == "__main__":
    main()
