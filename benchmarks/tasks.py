"""What `task run` costs: for each task, with a driver that does nothing, and before it is asked.

    python benchmarks/tasks.py --tasks 10000 --waiting 100000

Processor time of mailctl and of the driver, which is a few lines of Python, and wall time; the
second part is a ratio to the start-up of `mailctl task list --limit 1`.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from insight import cost
from renewals import populate

DRIVER = """
import json, sys
first = {"protocol": "mailctl-driver/1", "name": "idle", "version": "1"}
print(json.dumps({**first, "capabilities": ["suspend"]}), flush=True)
for line in sys.stdin:
    print('{"id": %d, "result": "done"}' % json.loads(line)["id"], flush=True)
"""


def fill(store: Path, tasks: int, adopted: int) -> None:
    """So many tasks, of which the last ones are of adopted mailboxes."""
    with sqlite3.connect(store) as base:
        base.execute("DELETE FROM task")
        base.execute("DELETE FROM mailbox")
        base.execute(
            "INSERT INTO task (account_id, kind, address, asked_on) "
            "SELECT id, 'suspend', address, '2026-01-01' FROM account ORDER BY id LIMIT ?",
            (tasks,),
        )
        base.execute(
            "INSERT INTO mailbox (account_id, name, since_on) "
            "SELECT account_id, account_id, '2026-01-01' FROM task ORDER BY id DESC LIMIT ?",
            (adopted,),
        )
    base.close()


def median(runs: list[float]) -> float:
    return sorted(runs)[len(runs) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description="What tasks of the mail server cost.")
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--waiting", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store, driver = Path(folder) / "mailctl.db", Path(folder) / "driver"
        driver.write_text(f"#!{sys.executable} -IS\n{DRIVER}")
        driver.chmod(0o755)
        populate(store, max(given.tasks, given.waiting), 1)
        mailctl = (sys.executable, "-m", "mailctl", "--store", str(store))
        cost(*mailctl, "settings", "set", "driver", str(driver))
        fill(store, given.tasks, given.tasks)
        began = time.monotonic()
        spent = cost(*mailctl, "task", "run")
        seconds = time.monotonic() - began
        print(
            f"{given.tasks:,} tasks: {spent.seconds:.1f} s of processor, "
            f"{spent.seconds / given.tasks * 1000:.2f} ms each, {seconds:.1f} s of wall time, "
            f"{spent.memory} MiB"
        )
        for adopted in (given.waiting, 1_000):
            fill(store, given.waiting, adopted)
            floor, ours = [], []
            for _ in range(5):
                floor.append(cost(*mailctl, "task", "list", "--limit", "1").seconds)
                ours.append(cost(*mailctl, "task", "run", "--limit", "100", "--dry-run").seconds)
            print(
                f"{given.waiting:,} waiting, {adopted:,} adopted: --limit 100 --dry-run "
                f"{median(ours) * 1000:.0f} ms, {median(ours) / median(floor):.1f} x start-up"
            )


if __name__ == "__main__":
    main()
