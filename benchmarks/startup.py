"""How long a whole command takes, as a ratio to `python -c 'import sqlite3'`.

The commands take turns, round after round, so that a machine that slows down slows all of them; the
figures are medians of the ratios within a round.

    python benchmarks/startup.py --rounds 15
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAILCTL = (sys.executable, "-m", "mailctl")
FLOOR = (sys.executable, "-c", "import sqlite3")
COMMANDS = {
    "--version (at most 1.5)": ("--version",),
    "--help (at most 5)": ("--help",),
    "account --help (at most 5)": ("account", "--help"),
    "account list --json (at most 5)": ("account", "list", "--json"),
    "platform list --json (at most 5)": ("platform", "list", "--json"),
    "find acme --json (at most 5)": ("find", "acme", "--json"),
    "invoice show --json (at most 5)": ("invoice", "show", "2026-000001", "--json"),
    "tick, with nothing due (at most 5)": ("tick", "--to", "2026-01-31"),
    "complete a platform (at most 5)": None,
}
PREPARE = (
    ("init", "--clock", "2026-01-31", "--timezone", "UTC"),
    ("customer", "add", "acme", "--name", "Acme", "--email", "office@acme.example"),
    ("platform", "add", "acme-mail", "--customer", "acme", "--offer", "email-pro"),
    ("account", "order", "acme-mail", "--count", "20", "--yes"),
)
COMPLETION = {
    "_MAILCTL_COMPLETE": "complete_bash",
    "COMP_WORDS": "mailctl platform show ",
    "COMP_CWORD": "3",
}


def seconds(command: tuple[str, ...], environment: dict[str, str], *, check: bool = True) -> float:
    began = time.perf_counter()
    subprocess.run(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=None if check else subprocess.DEVNULL,
        check=check,
    )
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description="Commands, as ratios to importing sqlite3.")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        here = {**os.environ, "MAILCTL_STORE": str(Path(folder) / "mailctl.db")}
        for words in PREPARE:
            seconds((*MAILCTL, *words), here)
        ratios: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(rounds):
            floor = seconds(FLOOR, here)
            for name, words in COMMANDS.items():
                environment = here if words else {**here, **COMPLETION}
                ratios[name].append(seconds((*MAILCTL, *(words or ())), environment) / floor)
    for name, found in ratios.items():
        print(f"{statistics.median(found):5.2f}  ({min(found):.2f} to {max(found):.2f})  {name}")


if __name__ == "__main__":
    main()
