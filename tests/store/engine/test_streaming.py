"""Lists stream: their memory does not grow with their length, and nothing is left out of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import mailctl
from tests.helpers import Cli, environment
from tests.store.plain import opened

FEW, MANY = 1_000, 200_000
MOST_MORE_KIB = 10 * 1024
FORMS = {"jsonl": 0, "json": 2, "csv": 1, "tsv": 1, "name": 0}
"""And the lines that are no account's."""

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
    add(cli, 1, accounts)
    return cli


def add(cli: Cli, first: int, last: int) -> None:
    """Add the accounts of these numbers."""
    with opened(cli.store) as base:
        base.execute(
            "WITH RECURSIVE n (i) AS (SELECT CAST(:first AS INTEGER) "
            "UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
            "INSERT INTO account (platform_id, address, domain_id, period, renewal, ordered_on, "
            "anchor_day, expires_on) SELECT 1, 'mailbox-' || i || '@acme.example', 1, 'monthly', "
            "'monthly', '2026-01-01', 1, '2026-02-01' FROM n",
            {"first": first, "last": last},
        )


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


def test_a_long_list_needs_no_more_memory_than_a_short_one(cli: Cli, tmp_path: Path) -> None:
    """200,000 accounts within 10 MB of 1,000 in every form, and all of them are there."""
    out = tmp_path / "out"
    filled(cli, FEW)
    before = {form: measured(cli, out, "account", "list", "-o", form) for form in FORMS}
    add(cli, FEW + 1, MANY)
    for form, heads in FORMS.items():
        after = measured(cli, out, "account", "list", "-o", form)
        assert (form, out.read_bytes().count(b"\n")) == (form, MANY + heads)
        assert (form, max(0, after - before[form] - MOST_MORE_KIB)) == (form, 0)
