"""MT940 and a bank's CSV are taken in as camt is, and the setting that CSV needs is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.statements.mt940_files import german, line, mt940

SELLER = "FR1420041010050500013M02606"
SAID = "date=Datum amount=Betrag text=Zweck dates=DD.MM.YYYY decimal=,"


@pytest.fixture
def bank(store):
    """A store that knows the seller's account."""
    store.ok("settings", "set", "seller-iban", SELLER)
    return store


def states(bank) -> list[tuple[int, str]]:
    return [(row["amount_cents"], row["state"]) for row in bank.ok("bank", "list")["items"]]


def test_an_mt940_is_taken_in_once(bank, tmp_path: Path):
    path = tmp_path / "statement.sta"
    text = german("166", "SVWZ+Danke")
    path.write_text(mt940(line(1840, text=text), line(-250), account=SELLER), encoding="utf-8")
    bank.ok("bank", "import", str(path))
    assert sorted(states(bank)) == [(-250, "unmatched"), (1840, "unmatched")]
    bank.ok("bank", "import", str(path))
    assert len(states(bank)) == 2


def test_an_mt940_of_another_account_is_ignored(bank, tmp_path: Path):
    path = tmp_path / "statement.sta"
    path.write_text(mt940(line(1840), account="37040044/532013000"), encoding="utf-8")
    bank.ok("bank", "import", str(path))
    assert states(bank) == [(1840, "ignored")]


def test_a_csv_is_taken_in_by_the_setting(bank, tmp_path: Path):
    path = tmp_path / "march.csv"
    path.write_text("Datum;Betrag;Zweck\n02.03.2026;18,40;x\n02.03.2026;18,40;x\n", "utf-8")
    refused = bank("bank", "import", str(path))
    assert refused.status != 0
    assert "mailctl settings set bank-csv" in refused.err
    bank.ok("settings", "set", "bank-csv", SAID)
    bank.ok("bank", "import", str(path))
    assert states(bank) == [(1840, "unmatched"), (1840, "unmatched")]


def test_a_setting_that_says_too_little_is_refused(bank):
    refused = bank("settings", "set", "bank-csv", "date=Datum amount=Betrag")
    assert refused.status == 2
    assert "bank-csv does not say dates=" in refused.err
    assert "for example date=" in refused.err
