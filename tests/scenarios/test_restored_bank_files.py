"""Files of a bank that were taken after the backup are asked for again (rules 18, 20)."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import Cli
from tests.restoring import backed_up, restored
from tests.statements.camt_files import camt053, entry
from tests.store.plain import rows

ACCOUNT = "FR7630006000011234567890189"
DAY = "2026-02-05"


def test_the_bank_files_since_the_backup_are_taken_in_again(busy: Cli, tmp_path: Path) -> None:
    """A step says so, and what is on them is there once."""
    busy.ok("settings", "set", "seller-iban", ACCOUNT)
    file = tmp_path / "statement.xml"
    file.write_bytes(camt053(entry(700, day=DAY, reference="R1"), account=ACCOUNT))
    backup = backed_up(busy)
    busy.ok("bank", "import", str(file))

    done = restored(busy, backup)

    (step,) = [one for one in done["steps"] if one["subject"] == "bank-files"]
    assert step["command"].endswith("bank import FILE")
    busy.ok("bank", "import", str(file))
    assert rows(busy.store, "SELECT amount_cents FROM bank_entry") == [(700,)]
