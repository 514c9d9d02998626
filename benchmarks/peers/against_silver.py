"""Renewals per second of mailctl's tick and of django-silver, in turns on the same machine.

django-silver is made for one invoice a subscription, and keeps its time for each whatever their
number, so some hundreds are enough. It needs an environment of its own, as it wants Django 3.2:

    python -m venv /somewhere/silver
    /somewhere/silver/bin/pip install django-silver==0.11.1 typing_extensions
    python benchmarks/peers/against_silver.py /somewhere/silver/bin/python --accounts 1000000
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from mailctl.store.engine.stores import store_at

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import renewals

PEER = Path(__file__).with_name("silver_renewals.py")


def silver(python: str, subscriptions: int) -> float:
    """Renewals per second of django-silver."""
    done = subprocess.run(
        [python, str(PEER), str(subscriptions)], check=True, capture_output=True, text=True
    )
    count, seconds = done.stdout.split()[-2:]
    assert int(count) == subscriptions
    return int(count) / float(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Renewals per second, mailctl and django-silver.")
    parser.add_argument("python", help="the Python of django-silver's environment")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--subscriptions", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        before, work = Path(folder) / "before.db", Path(folder) / "work.db"
        renewals.populate(before, options.accounts, 1)
        for _ in range(options.rounds):
            theirs.append(silver(options.python, options.subscriptions))
            shutil.copy(before, work)
            seconds = renewals.tick(work).wall
            with store_at(work).read() as reader:
                ours.append(reader.number("SELECT count(*) FROM invoice_line") / seconds)
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    print(
        f"{statistics.median(ours):,.0f} renewals a second, {statistics.median(theirs):.0f} by "
        f"django-silver: {statistics.median(ratios):,.0f} times ({min(ratios):,.0f} to "
        f"{max(ratios):,.0f})"
    )


if __name__ == "__main__":
    main()
