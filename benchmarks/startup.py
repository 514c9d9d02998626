"""What a whole command costs, as a ratio to `python -c 'import sqlite3'`, in processor time.

Before each run of a command comes one of the floor, and the figures are medians of the ratios of
such pairs: a machine that slows down, or is shared, slows both.

    python benchmarks/startup.py --rounds 15
    python benchmarks/startup.py --store million.db       # the same commands on a copy of a store
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHON = (sys.executable, "-c")
MAILCTL = (sys.executable, "-m", "mailctl")
FLOOR = (*PYTHON, "import sqlite3")
SMALLEST = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
@app.command()
def main(name: str, limit: int = 3, yes: bool = False) -> None: print(name)
app()
"""
PREPARE = (
    ("init", "--timezone", "UTC"),
    ("customer", "add", "acme", "--name", "Acme", "--email", "office@acme.example"),
    ("platform", "add", "acme-mail", "--customer", "acme", "--offer", "email-pro"),
    ("account", "order", "acme-mail", "--count", "20", "--yes"),
)
COMPLETION = {
    "_MAILCTL_COMPLETE": "complete_bash",
    "COMP_WORDS": "mailctl platform show ",
    "COMP_CWORD": "3",
}
Case = tuple[tuple[str, ...], float | None]


def seconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    """The processor time of a process and of those that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def first(noun: str, environment: dict[str, str]) -> str:
    """The name of the first thing of a list."""
    command = (*MAILCTL, noun, "list", "--limit", "1", "-o", "name")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().partition("/")[2] or "0"


def today(environment: dict[str, str]) -> str | None:
    """Where a manual clock stands: a tick without a date would process the next day."""
    command = (*MAILCTL, "store", "info", "--json")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return str(found["clock_on"]) if found["clock"] == "manual" else None


def cases(environment: dict[str, str], day: str | None) -> dict[str, Case]:
    """The commands by what is printed of each, with the most that each may cost."""
    customer, platform = first("customer", environment), first("platform", environment)
    account, invoice = first("account", environment), first("invoice", environment)
    found = {
        "--version": ("--version",),
        "--help": ("--help",),
        "account --help": ("account", "--help"),
        "account list --json --limit 20": ("account", "list", "--json", "--limit", "20"),
        "account show --json": ("account", "show", account, "--json"),
        "platform list --json --limit 20": ("platform", "list", "--json", "--limit", "20"),
        "customer list --json --limit 20": ("customer", "list", "--json", "--limit", "20"),
        "customer show --json": ("customer", "show", customer, "--json"),
        "invoice show --json": ("invoice", "show", invoice, "--json"),
        "find --json": ("find", customer, "--json"),
        "status --json": ("status", "--json"),
        "complete a platform": (),
        "account order --json --yes": ("account", "order", platform, "--json", "--yes"),
        "tick with nothing due": ("tick", *(("--to", day) if day else ())),
    }
    most = {"--version": 1.0, "account order --json --yes": 5.5, "tick with nothing due": 5.0}
    typer: dict[str, Case] = {
        "Typer alone: import typer": ((*PYTHON, "import typer"), None),
        "Typer alone: its smallest program": ((*PYTHON, SMALLEST, "name"), None),
    }
    if invoice == "0":
        del found["invoice show --json"]
    return typer | {
        name: ((*MAILCTL, *words), most.get(name, 4.5)) for name, words in found.items()
    }


def main() -> None:
    """Print the ratio of every command to the floor, and the most that it may be."""
    parser = argparse.ArgumentParser(description="Commands, as ratios to importing sqlite3.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--store", type=Path, help="a store to copy; else a small one is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "mailctl.db"
        here = {**os.environ, "MAILCTL_STORE": str(store)}
        if given.store:
            shutil.copyfile(given.store, store)
            store.chmod(0o600)
        for words in (("store", "upgrade"),) if given.store else PREPARE:
            seconds((*MAILCTL, *words), here)
        found = cases(here, today(here) if given.store else None)
        ratios: dict[str, list[float]] = {name: [] for name in found}
        for _ in range(given.rounds):
            for name, (command, _) in found.items():
                environment = {**here, **COMPLETION} if name.startswith("complete") else here
                floor = seconds(FLOOR, here)
                ratios[name].append(seconds(command, environment) / floor)
    for name, values in ratios.items():
        most = found[name][1]
        print(
            f"{statistics.median(values):5.2f}  ({min(values):.2f} to {max(values):.2f})  {name}"
            + (f", at most {most}" if most else "")
        )


if __name__ == "__main__":
    main()
