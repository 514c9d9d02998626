"""What a bank's statements brought is in the books of accountants as it is in the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.bank_readings import ACCOUNT
from tests.billing.bank_host import cli_host
from tests.exports import test_datev, test_fec
from tests.exports.test_books import beancount_balances, exported
from tests.helpers import Cli
from tests.statements.camt_files import camt053, entry
from tests.store.plain import rows

__all__ = ["cli_host"]
DAY = "2026-01-01"
OURS = {"end_to_end_id": "payment-1-1"}


@pytest.fixture
def month(cli_host: Cli, tmp_path: Path) -> Cli:
    """Transfers, a debit with its return and the money again, a charge, and what was undone."""
    cents = -cli_host.ok("prepaid", "show", "acme")["balance_cents"]
    moved = (
        entry(cents, text="Facture 2026-000002", reference="R-1", day=DAY, value_on=DAY),
        entry(cents // 2, text="Facture 2026-000003", reference="R-2", day=DAY, value_on=DAY),
        entry(cents, reference="R-3", day=DAY, value_on=DAY, **OURS),
        entry(-cents, return_code="MD06", reference="R-4", day=DAY, value_on=DAY, **OURS),
        entry(cents, reference="R-5", day=DAY, value_on=DAY, **OURS),
        entry(-350, text="fees", reference="R-6", day=DAY, value_on=DAY),
    )
    on = dict.fromkeys(("opening_on", "closing_on", "from_on", "to_on"), DAY)
    file = tmp_path / "month.xml"
    file.write_bytes(camt053(*moved, account=ACCOUNT, **on))
    done = cli_host.ok("bank", "import", str(file))
    assert (done["booked"], done["returned"], done["unmatched"]) == (4, 1, 1)
    cli_host.ok("bank", "undo", "2", "-y")
    cli_host.ok("bank", "match", "2", "--customer", "bolt")
    cli_host.ok("bank", "undo", "4", "-y")
    cli_host.ok("bank", "ignore", "6", "--reason", "fees")
    return cli_host


def test_the_accountants_files_are_the_ledger_after_a_bank_month(
    month: Cli, tmp_path: Path
) -> None:
    """FEC and DATEV row by row, beancount by its balances: of customers, and of the bank."""
    ledger = test_fec.ledger(month)
    fec = test_fec.of_2026(month, tmp_path)
    assert [(one.day.isoformat(), -one.on("41")) for one in fec] == [
        (day, cents) for day, _, cents, _ in ledger
    ]
    datev = test_datev.movements(test_datev.of_2026(month, tmp_path))
    assert [(day, -cents) for day, _, cents in datev] == [
        (day, cents) for day, _, cents, _ in ledger
    ]
    balances = beancount_balances(exported(month, "beancount"))
    for customer in month.ok("customer", "list")["items"]:
        name = f"Liabilities:Prepaid:{customer['id'].title()}"
        assert balances.get(name, 0) == -customer["balance_cents"]
    assert sum(balances.values()) == 0
    ((money,),) = rows(month.store, "SELECT sum(amount_cents) FROM ledger WHERE kind <> 'charge'")
    assert balances["Assets:Bank"] == money
