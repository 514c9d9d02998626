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


def test_money_that_was_typed_anew_after_the_restoration_is_there_once(
    busy: Cli, tmp_path: Path
) -> None:
    """With the bank's reference it is linked by itself, without one once a person accepts it."""
    busy.ok("settings", "set", "seller-iban", ACCOUNT)
    invoice = busy.ok("invoice", "list")["items"][0]
    number, name = invoice["number"], invoice["customer"]
    ((day,),) = rows(busy.store, "SELECT max(issued_on) FROM invoice")
    cents = (12_301, 12_302, 12_303)
    files = []
    for at, each in enumerate(cents):
        file = tmp_path / f"day-{at}.xml"
        told = entry(each, day=day, value_on=day, reference=f"R{at}", text=number)
        said = {"from_on": day, "to_on": day, "opening_on": day, "closing_on": day}
        file.write_bytes(
            camt053(told, account=ACCOUNT, identification=f"S{at}", opening=sum(cents[:at]), **said)
        )
        files.append(str(file))
    backup = backed_up(busy)
    before = _balance(busy, name)
    busy.ok("bank", "import", *files)
    assert _balance(busy, name) == before + sum(cents)

    restored(busy, backup)
    busy.ok("prepaid", "credit", name, "123.01", "--received", "--reference", "R0")
    busy.ok("prepaid", "credit", name, "123.02", "--received")
    busy.ok("bank", "import", *files)

    assert _balance(busy, name) == before + sum(cents)
    found = busy.ok("bank", "list")["items"]
    assert [one["state"] for one in found] == ["booked", "proposed", "booked"]
    busy.ok("bank", "accept", str(found[1]["id"]), "-y")
    busy.ok("bank", "import", *reversed(files))
    assert _balance(busy, name) == before + sum(cents)
    assert {one["state"] for one in busy.ok("bank", "list")["items"]} == {"booked"}


def _balance(cli: Cli, name: str) -> int:
    cents: int = cli.ok("customer", "show", name)["balance_cents"]
    return cents
