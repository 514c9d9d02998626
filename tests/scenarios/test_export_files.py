"""Files for the bank and the gateways: whole, private, each try once, and repeated unchanged."""

from __future__ import annotations

import stat
from pathlib import Path
from shlex import split
from xml.etree import ElementTree as ET

import pytest
from sepaxml.validation import try_valid_xml

from tests.helpers import Cli, contents

PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.008.001.08}"
HOST = """
init --clock 2026-03-26 --seller-name "Hébergeur & Cie"
settings set seller-iban FR7630006000011234567890189
settings set seller-creditor-id FR72ZZZ123456
customer add acme --name "Acme SARL" --email it@acme.example
customer add bolt --name "Bolt SA" --email it@bolt.example
platform add acme-hx --customer acme --offer hosted-exchange
platform add bolt-hx --customer bolt --offer hosted-exchange
method add bank acme --iban DE89370400440532013000 --holder "Zoé & Söhne" --mandate M-17 --signed 2026-01-15
method add card bolt --token tok_77 --brand Visa --last4 4242 --expires 2028-09
account order acme-hx --count 2 -y
account order bolt-hx -y
"""  # noqa: E501 - a command line
SEPA = ("payment", "export", "--kind", "bank", "--format", "sepa")
CARD = ("payment", "export", "--kind", "card", "--format", "csv")


@pytest.fixture
def host(cli: Cli) -> Cli:
    """acme pays 9.58 by direct debit (payment 1), bolt 4.79 by card (payment 2)."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    return cli


def texts(document: ET.Element, name: str) -> list[str]:
    """The texts of all elements of a name."""
    return [str(element.text) for element in document.iter(f"{PAIN}{name}")]


def test_a_direct_debit_is_what_the_bank_must_know(host: Cli) -> None:
    """Valid by its schema; Good Friday is 3 April and Easter Monday 6 April 2026."""
    got = host(*SEPA)

    assert got.status == 0
    try_valid_xml(got.out.encode(), "pain.008.001.08")
    document = ET.fromstring(got.out)
    assert texts(document, "CtrlSum") == ["9.58", "9.58"]
    assert texts(document, "InstdAmt") == ["9.58"]
    assert texts(document, "Nm")[-2:] == ["Hebergeur + Cie", "Zoe + Sohne"]
    assert texts(document, "IBAN") == ["FR7630006000011234567890189", "DE89370400440532013000"]
    assert texts(document, "MndtId") == ["M-17"]
    assert texts(document, "DtOfSgntr") == ["2026-01-15"]
    assert texts(document, "SeqTp") == ["FRST"]
    assert texts(document, "EndToEndId") == ["payment-1-1"]
    # Thursday 26 March + 2 days is a Saturday.
    assert texts(document, "ReqdColltnDt") == ["2026-03-30"]
    assert got.err == (
        "Exported 1 payment, 9.58 EUR. To be collected on 2026-03-30.\n"
        "This cannot be undone: each try is handed over once.\n"
        "To write the file again: mailctl payment export --again --file 1\n"
    )


def test_a_mandate_that_brought_money_is_recurrent(host: Cli) -> None:
    """And a collection never falls on Easter."""
    assert host(*SEPA).status == 0
    host.ok("payment", "settle", "1")
    host.ok("tick", "--to", "2026-04-01")
    host.ok("account", "order", "acme-hx", "-y")

    document = ET.fromstring(host(*SEPA).out)

    assert texts(document, "SeqTp") == ["RCUR"]
    # 3 April is Good Friday, the 6th is Easter Monday.
    assert texts(document, "ReqdColltnDt") == ["2026-04-07"]


def test_a_gateway_gets_tokens_and_amounts(host: Cli) -> None:
    """As CSV; never a card's number, for there is none."""
    got = host(*CARD)

    assert got.out.splitlines() == [
        "payment,customer,amount,currency,reference,description",
        '2,bolt,4.79,EUR,tok_77,"bolt, payment 2"',
    ]
    assert got.err.startswith("Exported 1 payment, 4.79 EUR.\n")


def test_each_try_is_handed_over_once_and_the_last_file_repeated_unchanged(host: Cli) -> None:
    """A second export has nothing to say; `--again` is the same, byte for byte."""
    first = host(*CARD)
    head = host.ok("journal", "head")

    second, again = host(*CARD), host(*CARD, "--again")

    assert (second.status, second.out) == (0, "")
    assert second.err == (
        "There is no payment to export. The last file is number 1, of 2026-03-26: "
        "mailctl payment export --again --file 1\n"
    )
    assert (again.status, again.out) == (0, first.out)
    assert again.err == "Repeated file 1 of 2026-03-26; nothing was changed.\n"
    assert host.ok("journal", "head") == head


def test_dates_in_the_name_of_a_file_are_no_card_number(
    host: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As DATEV calls its files; a card's number as a name is refused all the same."""
    monkeypatch.chdir(tmp_path)
    name = "EXTF_Buchungsstapel_20300801_20310731.csv"
    assert host(*CARD, "--to", name).status == 0
    read = host("import", "customers", name, "-o", "json")
    assert (read.status, read.error()["code"]) == (2, "usage")
    refused = host(*CARD, "--again", "--to", "4242424242424242.csv", "-o", "json")
    assert refused.error()["code"] == "card-number-refused"


def test_a_file_is_new_and_its_owners_alone(host: Cli, tmp_path: Path) -> None:
    """Mode 0600, never written over, and nothing is handed over where it cannot be made."""
    path = tmp_path / "debits.xml"
    host.ok(*SEPA, "--to", str(path))
    text = path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert host(*SEPA, "--again").out == text

    before = contents(host.store)
    refused = host(*CARD, "--to", str(path), "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "already-exists")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "elsewhere.csv")
    assert host(*CARD, "--to", str(link)).status == 1
    assert host(*CARD, "--to", str(tmp_path / "no" / "cards.csv")).status == 2
    assert path.read_text(encoding="utf-8") == text
    assert contents(host.store) == before


def test_a_refused_or_dry_export_leaves_no_file_and_asks_nobody(host: Cli, tmp_path: Path) -> None:
    """The settings that are missing are named, with the commands."""
    path = tmp_path / "debits.xml"
    host.ok("settings", "set", "seller-creditor-id", "")
    before = contents(host.store)

    refused = host(*SEPA, "--to", str(path), "-o", "json")
    dry = host(*CARD, "--to", str(path), "--dry-run")

    assert refused.error()["message"] == "the bank must know the seller's seller-creditor-id"
    assert refused.error()["hint"] == "mailctl settings set seller-creditor-id VALUE"
    assert (dry.status, dry.err) == (0, f"Would export 1 payment, 4.79 EUR into {path}.\n")
    assert not path.exists()
    assert contents(host.store) == before


def test_a_payment_whose_method_was_removed_is_not_tried_again(host: Cli) -> None:
    """Its details are gone: the answer to its last try is the end of it."""
    assert host(*CARD).status == 0
    host.ok("method", "remove", "2")

    failed = host.ok("payment", "fail", "2", "--reason", "refused")

    assert (failed["status"], failed["next_try_on"]) == ("failed", None)
    assert host(*CARD).out == ""


def test_the_journal_records_which_payments_were_handed_over(host: Cli) -> None:
    """Ids, cents and the day of collection, and no account's number."""
    assert host(*SEPA).status == 0

    row = host.ok("journal", "list")["items"][-1]

    assert (row["kind"], row["subject"]) == ("payments-exported", "export/bank")
    assert row["details"] == {
        "format": "sepa",
        "file": 1,
        "payments": [1],
        "cents": 958,
        "collect_on": "2026-03-30",
    }
