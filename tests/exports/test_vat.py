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
