"""`store backup` while others work, as processes of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers import Cli
from tests.process.running import ended, started

LINES = "id,name,email\n" + "".join(f"n{n},Name {n},n{n}@n{n}.example\n" for n in range(300))


@pytest.mark.files_only("a server's snapshots are its own; tests/postgresql has its backups")
def test_each_backup_is_one_moment_while_ticks_orders_and_imports_go_on(
    busy: Cli, tmp_path: Path
) -> None:
    """None waits for another, every one passes all checks, and their journals only grow."""
    folder = tmp_path / "backups"
    folder.mkdir(mode=0o700)
    people = tmp_path / "people.csv"
    people.write_text(LINES, encoding="utf-8")
    work = [
        ("tick", "--to", "2026-12-31"),
        ("account", "order", "acme-pro", "--count", "100", "-y"),
        ("import", "customers", str(people)),
        ("prepaid", "credit", "acme", "10"),
    ]
    running = [started(busy, *words, "--wait", "60") for words in work]
    heads = []
    for _ in range(3):
        made = ended(started(busy, "store", "backup", str(folder), "-o", "json"))
        assert made.status == 0, made.err
        heads.append(made.json()["batch"])
    for process in running:
        outcome = ended(process, 90)
        assert outcome.status == 0, outcome.err
    assert heads == sorted(heads)
    assert len(list(folder.iterdir())) == 3
    for path in folder.iterdir():
        backup = Cli(path)
        assert backup("store", "check").status == 0
        assert backup("journal", "verify").status == 0
    assert busy("store", "check").status == 0


def test_nobody_else_may_open_a_backup_whatever_the_umask(busy: Cli, tmp_path: Path) -> None:
    """0600 from its first moment, as the file that says who was erased."""
    folder = tmp_path / "backups"
    folder.mkdir(mode=0o700)
    before = os.umask(0)
    try:
        busy.ok("store", "backup", str(folder))
        busy.ok("customer", "add", "anna", "--name", "A", "--email", "a@a.example")
        busy.ok("customer", "close", "anna", "-y")
        busy.ok("customer", "erase", "anna", "--confirm", "anna")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert (len(modes), set(modes.values())) == (2, {0o600})
