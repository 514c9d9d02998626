"""Mandates and bank accounts: looked at when they are given, and nobody waits for another's."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from shlex import split
from xml.etree import ElementTree as ET

import pytest

from tests.helpers import Cli, Outcome, contents
from tests.store.plain import opened

PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.008.001.08}"
HOST = """
init --clock 2026-01-12 --timezone Europe/Paris --seller-name Mail
settings set seller-iban FR7630006000011234567890189
settings set seller-creditor-id FR72ZZZ123456
"""
FRENCH = "FR7630006000011234567890189"
SWISS = "CH9300762011623852957"
SEPA = ("payment", "export", "--kind", "bank", "--format", "sepa")


@pytest.fixture
def host(cli: Cli) -> Cli:
    """acme and bolt, each with a platform, neither with a method."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    for name in ("acme", "bolt"):
        cli.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
        cli.ok("platform", "add", f"{name}-hx", "--customer", name, "--offer", "hosted-exchange")
    return cli


def add_bank(host: Cli, customer: str, **changes: str) -> Outcome:
    """Add a bank account with its mandate; `iban`, `bic`, `mandate` as given."""
    given = {"iban": FRENCH, "holder": "Zoé", "mandate": f"M-{customer}", "signed": "2026-01-02"}
    words = [word for name, value in (given | changes).items() for word in (f"--{name}", value)]
    return host("method", "add", "bank", customer, *words, "-o", "json")


def texts(document: str, name: str) -> list[str]:
    """The texts of all elements of a name."""
    return [str(element.text) for element in ET.fromstring(document).iter(f"{PAIN}{name}")]


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("CUST_0002", "characters that banks do not accept"),
        ("Mandat-é", "characters that banks do not accept"),
        ("M" * 36, "has 36 characters"),
        ("/M-1", "a slash at its beginning or end"),
        ("M-1/", "a slash at its beginning or end"),
        ("M//1", "two together"),
    ],
)
def test_a_mandate_that_banks_do_not_take_is_refused_when_it_is_given(
    reference: str, why: str, host: Cli
) -> None:
    """Not on the day when everybody's file is written; nothing is kept of it."""
    before = contents(host.store)
    refused = add_bank(host, "acme", mandate=reference)
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert why in refused.error()["message"]
    assert contents(host.store) == before


@pytest.mark.parametrize("reference", ["M-1/2026 (a):b,c.d'e+f?", "A" * 35, "m"])
def test_every_character_that_banks_take_may_be_in_a_mandate(reference: str, host: Cli) -> None:
    """The set of the European Payments Council, up to 35 characters."""
    assert add_bank(host, "acme", mandate=reference).status == 0


def test_a_mandate_is_one_customers_alone(host: Cli) -> None:
    """Banks tell mandates by their reference, whatever its case; the first holder keeps it."""
    assert add_bank(host, "acme", mandate="M-17").status == 0
    for same in ("M-17", "m-17", "M- 17"):
        refused = add_bank(host, "bolt", mandate=same)
        assert (refused.status, refused.error()["code"]) == (1, "already-exists")
        assert "acme" in refused.error()["message"]
    # Another account of the same customer may go on under it, also once the first is removed.
    assert add_bank(host, "acme", mandate="M-17", iban="BE68539007547034").status == 0
    for method in ("2", "1"):
        host.ok("method", "remove", method)
    assert add_bank(host, "bolt", mandate="M-17").status == 1
    assert add_bank(host, "bolt", mandate="M-18").status == 0


@pytest.mark.parametrize(
    ("iban", "bic", "why"),
    [
        ("TR330006100519786457841326", None, "IBANs of TR cannot be debited"),
        ("SA0380000000608010167519", None, "IBANs of SA cannot be debited"),
        (FRENCH, "DEUTDEFF", "the BIC DEUTDEFF is of a bank in DE, the IBAN of one in FR"),
        ("DE89370400440532013000", "AGRIFRPP", "the BIC AGRIFRPP is of a bank in FR"),
        (SWISS, "AGRIFRPP", "the BIC AGRIFRPP is of a bank in FR"),
        (SWISS, "UBSWCHZH80A", "banks in CH require the debtor's address, and no city is known"),
    ],
)
def test_an_account_that_cannot_be_debited_is_refused(
    iban: str, bic: str | None, why: str, host: Cli
) -> None:
    """Countries that SEPA does not reach, banks of another country, addresses that are missing."""
    before = contents(host.store)
    refused = add_bank(host, "acme", iban=iban, **({"bic": bic} if bic else {}))
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert why in refused.error()["message"]
    assert contents(host.store) == before


@pytest.mark.parametrize(
    ("iban", "bic"),
    [
        ("BE68 5390 0754 7034", None),
        (FRENCH, "AGRIFRPP"),
        # French overseas, Jersey, Monaco by a French bank.
        (FRENCH, "SOGEGPGP"),
        (FRENCH, "BRMEREPA"),
        ("GB29NWBK60161331926819", "RBOSJESX"),
        ("MC5811222000010123456789030", "AGRIFRPP"),
    ],
)
def test_an_account_that_can_be_debited_is_taken(iban: str, bic: str | None, host: Cli) -> None:
    """Right check digits suffice: a bank that no list knows yet is a bank. (acme has a town.)"""
    host.ok("customer", "edit", "acme", "--city", "Paris")
    got = add_bank(host, "acme", iban=iban, **({"bic": bic} if bic else {}))
    assert (got.status, got.err) == (0, "")


def test_the_sellers_iban_need_not_be_in_a_list_of_banks(host: Cli) -> None:
    """Check digits are right, so it is one; wrong ones are not."""
    assert host.ok("settings", "set", "seller-iban", "BE68 5390 0754 7034")
    refused = host("settings", "set", "seller-iban", "BE69 5390 0754 7034", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (2, "usage")


def test_a_sellers_account_that_sepa_does_not_reach_collects_nothing(host: Cli) -> None:
    """Customers may pay into it, but no bank takes a file for it: nothing counts as handed over."""
    host.ok("settings", "set", "seller-iban", "TR330006100519786457841326")
    add_bank(host, "acme")
    host.ok("account", "order", "acme-hx", "-y")
    before = contents(host.store)

    refused = host(*SEPA, "--to", "debits.xml", "-o", "json")

    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert "do not reach TR" in refused.error()["message"]
    assert contents(host.store) == before


def test_a_swiss_bank_gets_the_debtors_town_and_country(host: Cli) -> None:
    """In fields of their own; an account within the EEA needs no address, so none is given away."""
    host.ok("customer", "edit", "acme", "--country", "CH", "--city", "Genève")
    host.ok("customer", "edit", "bolt", "--city", "Lyon")
    add_bank(host, "acme", iban=SWISS, bic="UBSWCHZH80A")
    add_bank(host, "bolt")
    for name in ("acme", "bolt"):
        host.ok("account", "order", f"{name}-hx", "-y")

    document = host(*SEPA).out

    assert texts(document, "TwnNm") == ["Geneve"]
    assert texts(document, "Ctry") == ["CH"]
    assert texts(document, "AdrLine") == []


def spoil(store: Path, method: int, **changes: str | None) -> None:
    """Keep a method as an older mailctl let it be given."""
    with opened(store) as base:
        ((text,),) = base.execute("SELECT details FROM method WHERE id = ?", (method,)).fetchall()
        details = {**json.loads(text), **changes}
        key = str(details["mandate"]).upper()
        base.execute(
            "UPDATE method SET details = ?, mandate_key = ? WHERE id = ?",
            (json.dumps(details), key, method),
        )


@pytest.fixture
def both(host: Cli) -> Cli:
    """acme (method 1, payment 1) and bolt (method 2, payment 2) are to be debited 4.79 each."""
    for name in ("acme", "bolt"):
        assert add_bank(host, name).status == 0
        host.ok("account", "order", f"{name}-hx", "-y")
    return host


def run_as_printed(host: Cli, command: str, *typed: str) -> Outcome:
    """Run a printed command; what it asks for is typed."""
    program, *words = shlex.split(command)
    assert program == "mailctl"
    return host(*words, stdin="".join(f"{line}\n" for line in typed))


def test_one_customers_mandate_stops_nobody_elses_collection(both: Cli, tmp_path: Path) -> None:
    """Left out and named, with the command that helps; so fixed, it goes with the next file."""
    spoil(both.store, 2, mandate="CUST_0002")
    path = tmp_path / "debits.xml"

    got = both(*SEPA, "--to", str(path), "-o", "json")

    assert got.status == 0
    assert [item["id"] for item in got.json()["items"]] == [1]
    assert texts(path.read_text(encoding="utf-8"), "EndToEndId") == ["payment-1-1"]
    (left,) = got.json()["left_out"]
    assert (left["payment"], left["customer"], left["amount_cents"]) == (2, "bolt", 479)
    assert left["reason"] == "the mandate 'CUST_0002' has characters that banks do not accept"
    assert "warning: payment 2 of bolt, 4.79 EUR, is left out: the mandate" in got.err
    assert left["command"] in " ".join(got.err.split())
    advised = both.ok("advise")["items"]
    (finding,) = [one for one in advised if one["code"] == "method-not-debitable"]
    assert (finding["customer"], finding["command"]) == ("bolt", left["command"])

    mended = run_as_printed(both, left["command"], FRENCH, "Bolt", "M-2", "2026-01-02")

    assert mended.status == 0
    document = both(*SEPA).out
    # The same payment by the new mandate, and nothing else.
    assert texts(document, "EndToEndId") == ["payment-2-1"]
    assert texts(document, "MndtId") == ["M-2"]
    assert [one["method"] for one in both.ok("payment", "list")["items"]] == [1, 3]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"iban": "TR330006100519786457841326", "bic": None}, "IBANs of TR cannot be debited"),
        ({"bic": "DEUTDEFF"}, "the BIC DEUTDEFF is of a bank in DE"),
        ({"iban": SWISS, "bic": None}, "by the BIC of their bank"),
        ({"mandate": "M-acme"}, "is that of acme"),
    ],
)
def test_what_an_older_mailctl_took_is_left_out_of_the_file(
    changes: dict[str, str | None], why: str, both: Cli
) -> None:
    """The bank would return it, or refuse the file; of two who share a mandate one is asked."""
    spoil(both.store, 2, **changes)
    got = both(*SEPA)
    assert texts(got.out, "EndToEndId") == ["payment-1-1"]
    assert why in " ".join(got.err.split())


def test_a_debtor_whose_town_was_taken_away_is_left_out_until_it_is_known(both: Cli) -> None:
    """The command that is named asks for it."""
    both.ok("customer", "edit", "bolt", "--city", "Bern", "--country", "CH")
    run_as_printed(
        both,
        "mailctl method add bank bolt --iban - --bic - --holder - --mandate - --signed - --default",
        *(SWISS, "UBSWCHZH80A", "Bolt", "M-3", "2026-01-02"),
    )
    both.ok("customer", "edit", "bolt", "--city", "")
    got = both(*SEPA, "--to", str(both.store.parent / "one.xml"), "-o", "json")
    (left,) = got.json()["left_out"]

    assert run_as_printed(both, left["command"], "Bern").status == 0

    assert texts(both(*SEPA).out, "EndToEndId") == ["payment-2-1"]


def test_where_nothing_can_be_carried_there_is_no_file(both: Cli, tmp_path: Path) -> None:
    """And nobody counts as asked."""
    for method in (1, 2):
        spoil(both.store, method, mandate=f"C_{method}")
    path = tmp_path / "debits.xml"
    got = both(*SEPA, "--to", str(path))
    assert (got.status, path.exists()) == (0, False)
    assert got.err.count("is left out") == 2
    assert [one["exported_on"] for one in both.ok("payment", "list")["items"]] == [None, None]


def test_the_banks_text_names_the_invoices_that_a_payment_pays(both: Cli) -> None:
    """Each payment its own, in the customer's language."""
    both.ok("customer", "edit", "bolt", "--language", "de")
    both.ok("account", "order", "acme-hx", "-y")
    document = both(*SEPA).out
    assert dict(zip(texts(document, "EndToEndId"), texts(document, "Ustrd"), strict=True)) == {
        "payment-1-1": "Facture 2026-000001",
        "payment-2-1": "Rechnung 2026-000002",
        "payment-3-1": "Facture 2026-000003",
    }


def test_an_expired_card_is_refused(host: Cli) -> None:
    """When it is given, and when it is chosen: nothing could ever be collected by it."""
    card = ("--token", "t", "--brand", "Visa", "--last4", "4242", "--expires")
    refused = host("method", "add", "card", "acme", *card, "2025-12", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert refused.error()["message"].startswith("the card expired with 2025-12")
    # The month that runs is its last.
    host.ok("method", "add", "card", "acme", *card, "2026-01")
    host.ok("method", "add", "paypal", "acme", "--agreement", "B-1", "--default")
    host.ok("tick", "--to", "2026-02-01")
    before = contents(host.store)
    refused = host("method", "default", "1", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "already-expired")
    assert contents(host.store) == before
