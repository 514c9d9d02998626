"""The file for DATEV, read again by a checker of its own, is the ledger and the taxes."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from mailctl.domain.money import tax_cents
from mailctl.exports.datev import MOST_ROWS, tax_in
from tests.conftest import copied
from tests.exports import datev_reader, fec_reader
from tests.exports.datev_reader import Batch, Row, read
from tests.exports.year import year_2026
from tests.helpers import Cli
from tests.originals import made_once
from tests.scenarios.host import HOST, grown_host
from tests.store.plain import rows

CUSTOMERS = """id,name,email,country,vat_number,balance_cents
meier,Meier & Söhne,a@b.example,DE,,5000
dupont,"Dupont ""Fils""; SARL",a@b.example,FR,FR40303265045,0
huber,Huber,a@b.example,AT,,-300
virtanen,Virtanen,a@b.example,FI,,0
pappas,Παππάς,a@b.example,GR,,1000
keller,Keller,a@b.example,CH,,0
ile,Île,a@b.example,GP,,0
"""
QUARTERS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
# Rates of the accounts that compute a tax by themselves.
AUTOMATIC = {"8400": "19,00", "4400": "19,00"}
DECLARED = {
    "8400": "home", "8200": "home", "8320": "oss", "8339": "oss", "8336": "reverse-charge",
    "8338": "outside",
}  # fmt: skip
TAX = {"1770": "home", "1768": "oss"}


def german_host() -> Path:
    """The example host of a seller in Germany, half a year later."""

    def make(folder: Path) -> None:
        cli = Cli(folder / "mailctl.db")
        cli.ok("init", "--clock", "2026-01-15", "--seller-country", "DE")
        cli.ok("import", "--dir", str(HOST))
        cli.ok("tick", "--to", "2026-06-30")

    return made_once("german-host", make) / "mailctl.db"


@pytest.fixture
def small(cli: Cli) -> Cli:
    """A seller in Germany with a customer of each sort, and credit notes of single lines."""
    cli.ok("init", "--clock", "2026-01-15", "--seller-country", "DE")
    cli.ok("import", "customers", "-", stdin=CUSTOMERS)
    cli.ok("offer", "price", "email-pro", "monthly", "0.02")
    for slug in ("meier", "dupont", "huber", "virtanen", "pappas", "keller", "ile"):
        cli.ok("platform", "add", slug, "--customer", slug, "--offer", "email-pro")
        cli.ok("account", "order", slug, "--count", "5", "--period", "monthly", "-y")
    invoices = {row["customer"]: row["number"] for row in cli.ok("invoice", "list")["items"]}
    for slug in ("meier", "huber"):
        for line in range(1, 6):
            cli.ok("invoice", "credit", invoices[slug], f"--line={line}", "--reason", "r", "-y")
    cli.ok("tick", "--days", "40")
    return cli


@pytest.fixture(params=["host", "german_host", "random_year", "small"])
def any_store(request: pytest.FixtureRequest, cli: Cli) -> Cli:
    """Sellers in France and in Germany, and a year with every kind of movement."""
    if request.param == "small":
        made: Cli = request.getfixturevalue("small")
        return made
    of = {"host": lambda: grown_host() / "mailctl.db", "german_host": german_host}
    return copied(of.get(request.param, year_2026)(), cli)


def file_of(cli: Cli, folder: Path, *more: str) -> bytes:
    place = folder / "one.csv"
    done = cli("export", "books", "--format", "datev", "--to", str(place), *more)
    assert (done.status, done.out) == (0, f"Wrote {place}.\n"), done.err
    content = place.read_bytes()
    place.unlink()
    return content


def of_2026(cli: Cli, folder: Path) -> Batch:
    return read(file_of(cli, folder, "--since", "2026-01-01", "--until", "2026-12-31"))


def taxes(cli: Cli) -> list[dict[str, Any]]:
    return [row for one in QUARTERS for row in cli.ok("report", "vat", "--quarter", one)["items"]]


def movements(batch: Batch) -> list[tuple[str, str, int]]:
    """Day, customer's account and cents of each document and movement, in the file's order."""
    found: list[tuple[str, str, str, int]] = []
    for row in batch.rows:
        key = (row.day.isoformat(), row.customer, row.document)
        if found and found[-1][:3] == key:
            found[-1] = (*key, found[-1][3] + row.cents)
        else:
            found.append((*key, row.cents))
    return [(day, customer, cents) for day, customer, _, cents in found]


def test_the_rows_are_the_ledger(any_store: Cli, tmp_path: Path) -> None:
    """Each movement, money too, in its order and gross; a customer's account is theirs for good."""
    batch = of_2026(any_store, tmp_path)

    assert movements(batch) == [
        (day, str(10_000 + customer), -cents)
        for day, customer, cents in rows(
            any_store.store,
            "SELECT moved_on, customer_id, amount_cents FROM ledger "
            "WHERE amount_cents <> 0 AND moved_on <= '2026-12-31' ORDER BY id",
        )
    ]


def net_and_tax(row: Row) -> tuple[int, int]:
    """What DATEV makes of a row: by the account, or by the tax key and the rate beside it."""
    if row.account in TAX:
        return 0, row.cents
    percent = AUTOMATIC.get(row.account) or (row.rate if row.key == "0240" else None)
    tax = datev_reader.tax_in(row.cents, percent) if percent else 0
    return row.cents - tax, tax


def test_the_tax_that_datev_computes_is_that_of_report_vat(any_store: Cli, tmp_path: Path) -> None:
    """By where a sale is declared, to the cent: out of gross amounts, or as rows of their own."""
    batch = of_2026(any_store, tmp_path)
    got: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in batch.rows:
        declared = DECLARED.get(row.account) or TAX.get(row.account)
        if declared:
            for place, cents in enumerate(net_and_tax(row)):
                got[declared][place] += cents

    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in taxes(any_store):
        expected[row["declared"]][0] += row["net_cents"]
        expected[row["declared"]][1] += row["tax_cents"]
    assert dict(got) == dict(expected)


def test_a_german_sale_is_one_gross_row(cli: Cli, tmp_path: Path) -> None:
    """Of the example host of a seller in Germany every document is, at home and abroad."""
    host = copied(german_host(), cli)
    totals = {row["number"]: row["total_cents"] for row in host.ok("invoice", "list")["items"]}

    found = [row for row in of_2026(host, tmp_path).rows if row.document in totals]

    assert {row.document: row.cents for row in found} == totals
    assert len(found) == len(totals)
    assert {row.account for row in found} == {"8400", "8336", "8338", "8320"}


def test_the_oss_rows_of_a_country_and_rate_are_those_of_the_report(
    small: Cli, tmp_path: Path
) -> None:
    """The country of the tax and its rate stand beside each; Greece is EL there."""
    got: dict[tuple[str, str], int] = defaultdict(int)
    for row in of_2026(small, tmp_path).rows:
        if DECLARED.get(row.account) == "oss" or TAX.get(row.account) == "oss":
            got[row.vat_number, row.rate] += row.cents

    expected = {
        ({"GR": "EL"}.get(row["country"], row["country"]), f"{float(row['rate']):05.2f}"): row
        for row in small.ok("report", "vat", "--oss", "--quarter", "2026Q1")["items"]
    }
    assert {(country, rate.replace(",", ".")): cents for (country, rate), cents in got.items()} == {
        place: row["total_cents"] for place, row in expected.items()
    }
    assert ("EL", "24,00") in got


def test_a_business_abroad_is_named_by_its_vat_number(small: Cli, tmp_path: Path) -> None:
    """Where DATEV makes the recapitulative statement from."""
    sold = [row for row in of_2026(small, tmp_path).rows if row.account == "8336"]

    assert {row.vat_number for row in sold} == {"FR40303265045"}
    (service,) = small.ok("report", "vat", "--eu-services", "--quarter", "2026Q1")["items"]
    assert sum(row.cents for row in sold) == service["net_cents"]


def test_a_tax_that_datev_would_compute_otherwise_is_a_row_of_its_own(
    small: Cli, tmp_path: Path
) -> None:
    """The credit note for the last line takes the tax that is left: net and tax are two rows."""
    batch = of_2026(small, tmp_path)

    split = defaultdict(list)
    for row in batch.rows:
        if row.document.startswith("AV"):
            split[row.document].append((row.account, row.cents))

    assert ("8400", -2) in split["AV2026-000001"]
    assert split["AV2026-000005"] == [("8200", -2), ("1770", -2)]


def test_tax_out_of_a_gross_amount_is_the_tax_on_the_net_one() -> None:
    """At every rate of the EU, for every net amount up to 200.00."""
    for rate in (1700, 1800, 1900, 2000, 2100, 2200, 2300, 2400, 2500, 2550, 2700, 850):
        for net in range(20_001):
            tax = tax_cents(net, rate)
            assert tax_in(net + tax, rate) == tax


def test_the_header_says_whose_it_is_and_of_when(busy: Cli, tmp_path: Path) -> None:
    """The adviser's and the client's numbers, the fiscal year, the chart, all settings."""
    busy.ok(
        *("settings", "set", "datev-consultant=29098", "datev-client=55003", "datev-chart=SKR04"),
        "fiscal-year-month=7",
    )

    batch = read(file_of(busy, tmp_path, "--since", "2026-01-01", "--until", "2026-01-31"))

    assert (batch.consultant, batch.client, batch.chart) == (29098, 55003, "04")
    assert [one.isoformat() for one in (batch.fiscal_year, batch.since, batch.until)] == [
        "2025-07-01", "2026-01-01", "2026-01-31",
    ]  # fmt: skip
    assert "1800" in {row.account for row in batch.rows}


def test_longer_accounts_are_filled_up_on_the_right(busy: Cli, tmp_path: Path) -> None:
    """As DATEV does; a customer's has a digit more. An account that is too long is refused."""
    busy.ok("settings", "set", "datev-account-length=6", "datev-accounts=bank=120500")

    accounts = {(row.customer[:3], row.account) for row in read(file_of(busy, tmp_path)).rows}

    assert ("100", "120500") in accounts
    assert all(len(account) == 6 for _, account in accounts)
    busy.ok("settings", "set", "datev-account-length=4")
    refused = busy("export", "books", "--format", "datev")
    assert refused.status == 2
    assert "mailctl settings set datev-account-length 6" in refused.err


def test_without_a_tax_key_sales_abroad_are_net_and_tax(small: Cli, tmp_path: Path) -> None:
    """For a tax adviser who books them by hand; the sums stay."""
    before = movements(of_2026(small, tmp_path))
    small.ok("settings", "set", "datev-accounts", "oss-key=0")

    batch = of_2026(small, tmp_path)

    assert movements(batch) == before
    assert {row.key for row in batch.rows} == {""}


def test_names_stay_inside_their_field(small: Cli, tmp_path: Path) -> None:
    """Quotes and semicolons are data; what Windows-1252 lacks is written near it, and said."""
    small.ok("customer", "edit", "keller", "--name", "K" * 100)
    done = small("export", "books", "--format", "datev", "--to", str(tmp_path / "b"))

    texts = {row.text for row in read((tmp_path / "b").read_bytes()).rows}

    assert any(text.endswith('Dupont "Fils"; SARL') for text in texts)
    assert re.search(r"1 text has letters that\s+Windows-1252 lacks", done.err)
    assert max(len(text) for text in texts) == 60


def test_a_store_without_movements_has_files_without_rows(store: Cli, tmp_path: Path) -> None:
    """Both formats begin as ever; what is of 0.00 alone is no row either."""
    store.ok("offer", "price", "email-pro", "monthly", "0")
    store.ok("customer", "add", "free", "--name", "Free", "--email", "a@b.example")
    store.ok("platform", "add", "free", "--customer", "free", "--offer", "email-pro")
    store.ok("account", "order", "free", "a@free.example", "--period", "monthly", "-y")
    assert store.ok("invoice", "list")["items"]

    assert read(file_of(store, tmp_path)).rows == []
    assert store("export", "books", "--format=fec", "--to", str(tmp_path / "fec")).status == 0
    assert fec_reader.read((tmp_path / "fec").read_bytes()) == []


def test_more_rows_than_datev_takes_are_refused(
    busy: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a shorter time that helps; nothing is written."""
    assert MOST_ROWS == 99_999
    monkeypatch.setattr("mailctl.exports.datev.MOST_ROWS", 3)

    refused = busy("export", "books", "--format", "datev", "--to", str(tmp_path / "c"))

    assert refused.status == 2
    assert "more than 3 rows" in refused.err
    assert not (tmp_path / "c").exists()


def test_a_folder_gets_the_file_under_datevs_name(busy: Cli, tmp_path: Path) -> None:
    """It begins with EXTF_ and ends in .csv."""
    done = busy(
        *("export", "books", "--format=datev", "--since=2026-01-01", "--until=2026-03-31"),
        f"--to={tmp_path}",
    )

    assert done.out == f"Wrote {tmp_path}/EXTF_Buchungsstapel_20260101_20260331.csv.\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb'\r\n\d+,(\d\d);"S"', rb'\r\n-1,\1;"S"'),  # a negative amount
        (rb'\r\n[\d,]+;"S"', rb'\r\n0,00;"S"'),  # none
        (rb'"EUR";;;"";(\d{5});', rb'"EUR";;;"";7\1;'),  # an account that is too long
        (rb'"EUR";;;"";1', rb'"EUR";;;"";7'),  # a supplier's account
        (rb'"0240"', rb'"240"'),  # a tax key of three digits
        (rb'"(2026-0)', rb'"\1 '),  # a space in the number of a document
        (rb";(\d\d)\d\d;(\"2026-)", rb";\g<1>13;\2"),  # a month that is none
        (rb";1001;1;", rb";999;1;"),  # no adviser
        (rb";13;20", rb";9;20"),  # another version of the format
        (rb"Abw. Skontokonto\r\n", rb"\r\n"),  # a column that is missing
        (rb'Rechnung [^"]*"', rb'Rechnung "x"'),  # a quote that ends the text
        (rb'Rechnung [^"]*"', rb'Rechnung a\nb"'),  # a line end in a text
        (rb"Rechnung ", b"R" * 60),  # a text that is too long
        (rb"\r\n", rb"\n"),  # another end of a line
    ],
)
def test_the_reader_finds_what_is_wrong(old: bytes, new: bytes, german_file: bytes) -> None:
    """One thing of the file is changed, and the checker that accepts it must refuse it."""
    harmed, count = re.subn(old, new, german_file, count=1)
    assert count == 1

    with pytest.raises((AssertionError, ValueError)):
        read(harmed)


@pytest.fixture(scope="module")
def german_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two months of the example host of a seller in Germany."""
    folder = tmp_path_factory.mktemp("datev")
    cli = copied(german_host(), Cli(folder / "mailctl.db"))
    content = file_of(cli, folder, "--since", "2026-01-01", "--until", "2026-03-15")
    assert read(content).rows
    return content
