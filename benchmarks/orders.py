"""What `account order --from` of many addresses costs, as a ratio to executemany of the same rows.

The floor gives the finished rows of every table that the order wrote, read from the store that it
made, to executemany in a copy of the store before: same pragmas, one transaction, no seals.

    python benchmarks/orders.py --addresses 100000 --rounds 3
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from imports import floor, run

TABLES = {
    "domain": "id",
    "purchase_order": "number",
    "account": "id",
    "order_line": None,
    "task": "id",
    "invoice": "id",
    "invoice_line": None,
    "journal": "seq",
    "journal_personal": "seq",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="An order, as a ratio to finished rows.")
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ratios, seconds, peaks = [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, made, work = (folder / f"{one}.db" for one in ("before", "made", "work"))
        asked = folder / "addresses.csv"
        lines = (f"first{n}.last@d{n % 50}.example" for n in range(options.addresses))
        asked.write_text("address\n" + "\n".join(lines) + "\n")
        run(before, "init", "--clock", "2026-01-31")
        run(before, "customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
        run(before, "prepaid", "credit", "acme", "9000000", "--yes")
        run(before, "platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
        for _ in range(options.rounds):
            shutil.copy(before, made)
            shutil.copy(before, work)
            took, peak = run(made, "account", "order", "acme-pro", "--from", str(asked), "--yes")
            seconds.append(took)
            peaks.append(peak)
            ratios.append(took / floor(made, work, TABLES))
    print(
        f"{options.addresses:,} addresses: {statistics.median(ratios):.2f} x the floor "
        f"({min(ratios):.2f} to {max(ratios):.2f}), {statistics.median(seconds):.1f} s of "
        f"processor time, {max(peaks)} MB"
    )


if __name__ == "__main__":
    main()
