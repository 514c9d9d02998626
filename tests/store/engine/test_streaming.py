"""Lists stream: their memory does not grow with their length, and nothing is left out of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailctl
from tests.helpers import Cli, environment
from tests.store.plain import opened

FEW, MANY = 1_000, 200_000
MOST_MORE_KIB = 10 * 1024

# Runs a command and says on stderr how much memory the process had at the most, in KiB.
MEASURED = """
import sys
from mailctl.__main__ import main
status = main(sys.argv[1:])
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
sys.stderr.write("\\n" + peak[0].split()[1])
sys.exit(status)
"""


def filled(cli: Cli, accounts: int) -> Cli:
    """A store with so many accounts on one platform, put there by plain SQL."""
    cli.ok("init", "--clock", "2026-01-01")
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    with opened(cli.store) as base:
        base.execute(
            "INSERT INTO domain (id, name, customer_id, claimed_on) "
            "VALUES (1, 'acme.example', 1, '2026-01-01')"
        )
        base.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
            "INSERT INTO account (platform_id, address, domain_id, period, renewal, ordered_on, "
            "anchor_day, expires_on) SELECT 1, 'mailbox-' || i || '@acme.example', 1, 'monthly', "
            "'monthly', '2026-01-01', 1, '2026-02-01' FROM n",
            {"count": accounts},
        )
    return cli


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cli, Cli]]:
    """A store with few accounts, and one with many."""
    folder = tmp_path_factory.mktemp("volume")
    few, many = Cli(folder / "few.db"), Cli(folder / "many.db")
    yield filled(few, FEW), filled(many, MANY)
    many.store.unlink()


def measured(cli: Cli, out: Path, *argv: str) -> int:
    """The most memory, in KiB, of a command that writes to a file."""
    home = str(Path(mailctl.__file__).parent.parent)
    with out.open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *argv],
            env=environment(cli.store) | {"PYTHONPATH": home},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, argv) == (0, argv)
    return int(done.stderr.split()[-1])


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "tsv", "name"])
def test_a_long_list_needs_no_more_memory_than_a_short_one(
    form: str, stores: tuple[Cli, Cli], tmp_path: Path
) -> None:
    """200,000 accounts within 10 MB of 1,000, and all of them are there."""
    few, many = stores
    argv = ("account", "list", "-o", form)
    before = measured(few, tmp_path / "few", *argv)
    after = measured(many, tmp_path / "many", *argv)
    lines = (tmp_path / "many").read_bytes().count(b"\n")
    assert lines == MANY + {"json": 2, "csv": 1, "tsv": 1}.get(form, 0)
    assert max(0, after - before - MOST_MORE_KIB) == 0
