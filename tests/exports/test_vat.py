"""The quarter's sales and tax for the tax office, equal to the documents to the cent."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest

from mailctl.domain.quarters import Quarter, last_complete, parse_quarter
from tests.conftest import copied
from tests.exports.year import year_2026
from tests.helpers import Cli


@pytest.fixture
def year(cli: Cli) -> Cli:
    """A year with invoices and credit notes of several countries."""
    return copied(year_2026(), cli)


@pytest.fixture
def documents(year: Cli) -> list[dict[str, Any]]:
    """Every document of the year, with its sign."""
    return [
        row | {"sign": sign}
        for kind, sign in (("invoice", 1), ("credit-note", -1))
        for row in year("invoice", "list", "--kind", kind, "-o", "jsonl").jsonl()
    ]


def quarter_of(day: str) -> str:
    return f"{day[:4]}Q{(int(day[5:7]) + 2) // 3}"


@pytest.mark.parametrize("quarter", ["2026Q1", "2026Q2", "2026Q3", "2026Q4"])
def test_a_quarter_is_the_sum_of_its_documents(
    quarter: str, year: Cli, documents: list[dict[str, Any]]
) -> None:
    """By country and rate, credit notes deducted, every document counted once."""
    expected: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in documents:
        if quarter_of(row["issued_on"]) == quarter:
            (tax,) = year.ok("invoice", "show", row["number"])["taxes"]
            sums = expected[row["buyer"]["country"], tax["rate"]]
            for place, key in enumerate(("net_cents", "tax_cents", "total_cents")):
                sums[place] += row["sign"] * row[key]
            sums[3] += 1

    items = year.ok("report", "vat", "--quarter", quarter)["items"]

    assert {
        (item["country"], item["rate"]): [
            item["net_cents"],
            item["tax_cents"],
            item["total_cents"],
            item["documents"],
        ]
        for item in items
    } == dict(expected)
    assert {(item["quarter"], item["currency"]) for item in items} == {(quarter, "EUR")}
    assert [(item["country"], item["rate"]) for item in items] == sorted(expected)


def test_the_quarters_of_a_year_have_all_its_documents(
    year: Cli, documents: list[dict[str, Any]]
) -> None:
    """Nothing falls between two quarters."""
    quarters = ("2026Q1", "2026Q2", "2026Q3", "2026Q4", "2027Q1")
    found = [year.ok("report", "vat", "--quarter", name)["items"] for name in quarters]
    assert sum(item["documents"] for items in found for item in items) == len(documents)
    assert any(row["sign"] < 0 for row in documents)
    assert len({item["country"] for items in found for item in items}) >= 4


def test_each_row_says_how_it_is_taxed_and_where_it_is_declared(year: Cli) -> None:
    """By the buyer: at home, a business or a person in another member state, elsewhere."""
    quarters = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
    items = [row for one in quarters for row in year.ok("report", "vat", "--quarter", one)["items"]]

    assert {(row["country"], row["rate"], row["category"], row["declared"]) for row in items} == {
        ("BE", "21", "S", "oss"),
        ("CH", "0", "O", "outside"),
        ("DE", "0", "AE", "reverse-charge"),
        ("DE", "19", "S", "oss"),
        ("FI", "25.5", "S", "oss"),
        ("FR", "20", "S", "home"),
    }


def test_three_months_are_their_quarter(year: Cli) -> None:
    """For offices that want a return each month; a row says which days it is of."""
    sums = ("net_cents", "tax_cents", "total_cents", "documents")
    added: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for month, last in (("2026-04", "30"), ("2026-05", "31"), ("2026-06", "30")):
        for row in year.ok("report", "vat", "--month", month)["items"]:
            days = (row["quarter"], row["since_on"], row["until_on"])
            assert days == ("2026Q2", f"{month}-01", f"{month}-{last}")
            for place, key in enumerate(sums):
                added[row["country"], row["rate"], row["category"]][place] += row[key]

    assert added == {
        (row["country"], row["rate"], row["category"]): [row[key] for key in sums]
        for row in year.ok("report", "vat", "--quarter", "2026Q2")["items"]
    }


HOST = """id,name,email,country,vat_number,balance_cents
at,Huber GmbH,a@b.example,AT,ATU00090338,100000
at2,Huber Filiale,a@b.example,AT,ATU00090338,100000
mc,Monaco,a@b.example,MC,,100000
be,Peeters,a@b.example,BE,,100000
ch,Keller,a@b.example,CH,,100000
gf,Cayenne,a@b.example,GF,,100000
gp,Pointe,a@b.example,GP,,100000
"""


@pytest.fixture
def abroad(cli: Cli) -> Cli:
    """A seller in France whose customers are everywhere, with a term each on 2026-03-20."""
    cli.ok("init", "--clock", "2026-03-20", "--timezone", "UTC")
    cli.ok("import", "customers", "-", stdin=HOST)
    for slug in ("at", "at2", "mc", "be", "ch", "gf", "gp"):
        cli.ok("platform", "add", slug, "--customer", slug, "--offer", "email-pro")
        cli.ok("account", "order", slug, f"a@{slug}.example", "--period", "monthly", "-y")
    return cli


def test_territories_are_declared_where_their_tax_is(abroad: Cli) -> None:
    """Monaco and Guadeloupe at home; French Guiana outside; each with its own rate."""
    items = abroad.ok("report", "vat", "--quarter", "2026Q1")["items"]

    assert [(row["country"], row["rate"], row["category"], row["declared"]) for row in items] == [
        ("AT", "0", "AE", "reverse-charge"),
        ("BE", "21", "S", "oss"),
        ("CH", "0", "O", "outside"),
        ("GF", "0", "O", "outside"),
        ("GP", "8.5", "S", "home"),
        ("MC", "20", "S", "home"),
    ]


def test_services_to_eu_businesses_are_by_vat_number(abroad: Cli) -> None:
    """Two customers with one number are one business; a credit note counts when it is issued."""
    services = ("report", "vat", "--eu-services")
    (before,) = abroad.ok(*services, "--quarter", "2026Q1")["items"]
    (at, *_) = abroad.ok("invoice", "list")["items"]
    abroad.ok("tick", "--to", "2026-04-02")
    abroad.ok("invoice", "credit", at["number"], "--reason", "r", "-y")

    (april,) = abroad.ok(*services, "--month", "2026-04")["items"]

    assert before == {
        "quarter": "2026Q1",
        "vat_number": "ATU00090338",
        "country": "AT",
        "name": "Huber Filiale",
        "net_cents": 318,
        "currency": "EUR",
        "documents": 2,
        "since_on": "2026-01-01",
        "until_on": "2026-03-31",
    }
    assert abroad.ok(*services, "--quarter", "2026Q1")["items"] == [before]
    assert (april["name"], april["net_cents"]) == ("Huber GmbH", -159)


def test_the_one_stop_shop_corrects_the_quarter_that_a_credit_note_is_about(abroad: Cli) -> None:
    """Its own sales first; what a credit note gives back is a row of the invoice's quarter."""
    invoices = {row["customer"]: row["number"] for row in abroad.ok("invoice", "list")["items"]}
    abroad.ok("tick", "--to", "2026-04-20")
    abroad.ok("invoice", "credit", invoices["be"], "--reason", "r", "-y")

    items = abroad.ok("report", "vat", "--oss", "--quarter", "2026Q2")["items"]

    keys = ("of_quarter", "country", "rate", "net_cents", "tax_cents", "documents")
    assert [tuple(row[key] for key in keys) for row in items] == [
        ("2026Q2", "BE", "21", 159, 33, 1),
        ("2026Q1", "BE", "21", -159, -33, 1),
    ]
    assert {row["quarter"] for row in items} == {"2026Q2"}


@pytest.mark.parametrize("quarter", ["2026Q1", "2026Q3", "2026Q4"])
def test_the_three_lists_agree(quarter: str, year: Cli) -> None:
    """What is for the one-stop shop, or by VAT number, is what the first list says of it."""
    items = year.ok("report", "vat", "--quarter", quarter)["items"]
    oss = year.ok("report", "vat", "--oss", "--quarter", quarter)["items"]
    services = year.ok("report", "vat", "--eu-services", "--quarter", quarter)["items"]

    for key in ("net_cents", "tax_cents", "documents"):
        found = [row for row in items if row["declared"] == "oss"]
        assert sum(row[key] for row in oss) == sum(row[key] for row in found)
    for key in ("net_cents", "documents"):
        found = [row for row in items if row["declared"] == "reverse-charge"]
        assert sum(row[key] for row in services) == sum(row[key] for row in found)


def test_the_lists_are_csv_too(abroad: Cli) -> None:
    """With a header each; the columns of before stay where they were."""
    heads = [
        abroad("report", "vat", "--quarter", "2026Q1", *more, "-o", "csv").out.splitlines()[0]
        for more in ((), ("--eu-services",), ("--oss",))
    ]

    assert heads == [
        "quarter,country,rate,net_cents,tax_cents,total_cents,documents,category,declared",
        "quarter,vat_number,country,name,net_cents,documents",
        "quarter,of_quarter,country,rate,net_cents,tax_cents,total_cents,documents",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--month 2026-01 --quarter 2026Q1", "--quarter or --month"),
        ("--oss --month 2026-01", "the one-stop shop wants quarters"),
        ("--oss --eu-services", "--oss or --eu-services"),
        ("--oss --fields vat_number", "oss has no field 'vat_number'"),
        ("--month 2026-13", "is not a month"),
    ],
)
def test_lists_that_do_not_go_together_are_refused(words: str, said: str, store: Cli) -> None:
    """A usage error says which it must be."""
    refused = store("report", "vat", *words.split())

    assert refused.status == 2
    assert said in refused.err


def test_the_busy_hosts_first_quarter_in_figures(busy: Cli) -> None:
    """bolt pays German tax of 19 %, the others French tax of 20 %."""
    busy.ok("tick", "--to", "2026-04-01")

    items = busy.ok("report", "vat")["items"]

    assert [(item["quarter"], item["country"], item["rate"]) for item in items] == [
        ("2026Q1", "DE", "19"),
        ("2026Q1", "FR", "20"),
    ]
    germany = items[0]
    assert (germany["net_cents"], germany["tax_cents"], germany["total_cents"]) == (1197, 228, 1425)
    assert germany["documents"] == 3


def test_a_quarter_without_sales_is_empty(busy: Cli) -> None:
    """The last complete quarter of February is the last of the year before."""
    assert busy.ok("report", "vat")["items"] == []


@pytest.mark.parametrize(
    "text", ["2026", "2026Q0", "2026Q5", "2026-Q1", "26Q1", "2026q1", "1999Q4", "2201Q1"]
)
def test_what_is_not_a_quarter_is_a_usage_error(text: str, store: Cli) -> None:
    """The refusal shows one that would be taken."""
    outcome = store("report", "vat", "--quarter", text)
    assert outcome.status == 2
    assert "2026Q1" in outcome.err


def test_quarters_join_without_a_gap() -> None:
    """From 2000 to 2200; and the last complete one is always the one before today's."""
    expected = date(2000, 1, 1)
    for year in range(2000, 2201):
        for number in range(1, 5):
            quarter = Quarter(year=year, number=number)
            assert parse_quarter(str(quarter)) == quarter
            assert quarter.first_on == expected
            expected = quarter.last_on + timedelta(days=1)
            assert last_complete(expected) == quarter
            if str(quarter) != "2000Q1":
                assert last_complete(quarter.last_on) != quarter
    assert expected == date(2201, 1, 1)
