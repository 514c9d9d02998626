"""Revenue: recomputed one account at a time from the lists, and to the cent."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_imports import ACTIONS, HEAVY, loaded
from tests.helpers import Cli
from tests.insight.aged_host import aged_host
from tests.store.plain import rows


def report(cli: Cli, *argv: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows by offer and period."""
    items = cli.ok("report", "revenue", *argv)["items"]
    return {(item["offer"], item["period"]): item for item in items}


def bought(cli: Cli, platform: str, offer: str, *argv: str, customer: str = "acme") -> None:
    cli.ok("platform", "add", platform, "--customer", customer, "--offer", offer)
    cli.ok("account", "order", platform, *argv, "-y")


@pytest.fixture
def shop(store: Cli) -> Cli:
    """Two customers with money."""
    for name in ("acme", "bolt"):
        email = f"it@{name}.example"
        store.ok("customer", "add", name, "--name", name.title(), "--email", email)
        store.ok("prepaid", "credit", name, "1000")
    return store


def test_the_busy_host_in_figures(busy: Cli) -> None:
    """Three of email-pro, two of hosted-exchange and one private one renew; three are suspended."""
    got = busy("report", "revenue", "-o", "csv")

    assert got.out.splitlines() == [
        "offer,period,active,ending,suspended,recurring_cents,won,lost",
        "email-pro,monthly,3,0,1,477,1,0",
        "hosted-exchange,monthly,2,0,2,798,0,0",
        "private-exchange,monthly,1,0,0,299,0,0",
    ]
    assert got.err == "Recurring: 15.74 EUR a month, net.\n"


def test_it_is_what_each_account_brings_by_itself() -> None:
    """A host of 1,500 accounts, counted one account at a time from `account list`."""
    host = aged_host()
    offers = {item["name"]: item for item in host.ok("offer", "list")["items"]}
    manual = {
        item["name"] for item in host.ok("platform", "list")["items"] if item["renewal"] == "manual"
    }
    own = {
        (customer, offer, period): cents
        for customer, offer, period, cents in rows(
            host.store,
            "SELECT c.slug, o.name, p.period, p.cents FROM customer_price p "
            "JOIN customer c ON c.id = p.customer_id JOIN offer o ON o.id = p.offer_id "
            "ORDER BY p.from_on",
        )
    }
    expected: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for item in host.ok("account", "list")["items"]:
        sums = expected[item["offer"], item["period"]]
        if item["state"] == "suspended":
            sums[2] += 1
            continue
        renews = item["renewal"] != "none" and item["platform"] not in manual
        sums[0 if renews else 1] += 1
        if renews:
            key = (item["customer"], item["offer"], item["period"])
            price = own.get(key, offers[item["offer"]][f"{item['period']}_cents"])
            sums[3] += price * (12 if item["period"] == "monthly" else 1)

    found = report(host)

    assert {
        key: [
            row["renewing"],
            row["ending"],
            row["suspended"],
            row["recurring_cents"],
        ]
        for key, row in found.items()
        if row["active"] or row["suspended"]
    } == {key: [*counts, (twelve + 6) // 12] for key, (*counts, twelve) in expected.items()}
    assert all(row["active"] == row["renewing"] + row["ending"] for row in found.values())
    assert len(manual) == len(own) == 1
    assert sum(row["renewing"] for row in found.values()) > 1000


def test_a_yearly_account_counts_a_twelfth_rounded_once_a_row(shop: Cli) -> None:
    """Three times 10.01 a year are 30.03: 2.5025 a month, so 2.50; one by one it would be 2.49."""
    shop.ok("offer", "price", "email-pro", "yearly", "10.01")
    bought(shop, "pro", "email-pro", "--count", "3", "--period", "yearly")

    assert report(shop)["email-pro", "yearly"]["recurring_cents"] == 250


def test_half_a_cent_counts_as_one(shop: Cli) -> None:
    """6 cents a year are half a cent a month."""
    shop.ok("offer", "price", "email-pro", "yearly", "0.06")
    bought(shop, "pro", "email-pro", "--period", "yearly")

    assert report(shop)["email-pro", "yearly"]["recurring_cents"] == 1


def test_prices_are_those_of_today_and_a_customers_own_comes_first(shop: Cli) -> None:
    """bolt pays 1.00, acme the offer's 1.59; what was set for tomorrow does not count today."""
    shop.ok("offer", "price", "email-pro", "monthly", "1", "--customer", "bolt")
    shop.ok("offer", "price", "email-pro", "monthly", "9", "--from", "2026-01-02")
    bought(shop, "acme-pro", "email-pro", "--count", "2")
    bought(shop, "bolt-pro", "email-pro", "--count", "3", customer="bolt")

    assert report(shop)["email-pro", "monthly"]["recurring_cents"] == 2 * 159 + 3 * 100
    shop.ok("tick")
    assert report(shop)["email-pro", "monthly"]["recurring_cents"] == 2 * 900 + 3 * 100


def test_what_does_not_renew_by_itself_does_not_recur(shop: Cli) -> None:
    """Renewal none, a cancelled platform and a manual one are ending; a suspended one is apart."""
    bought(shop, "pro", "email-pro", "--count", "4")
    shop.ok("account", "renew", "1", "--mode", "none", "-y")
    bought(shop, "gone", "email-pro")
    shop.ok("platform", "cancel", "gone", "-y")
    bought(shop, "hand", "email-pro")
    shop.ok("platform", "renewal", "hand", "--manual", "-y")

    before = report(shop)["email-pro", "monthly"]
    shop.ok("tick", "--to", "2026-02-01")
    after = report(shop)["email-pro", "monthly"]

    keys = ("active", "renewing", "ending", "suspended", "recurring_cents")
    assert [before[key] for key in keys] == [6, 3, 3, 0, 3 * 159]
    assert [after[key] for key in keys] == [3, 3, 0, 3, 3 * 159]


def test_live_accounts_are_those_of_before_and_won_less_lost(shop: Cli) -> None:
    """Nothing is counted twice, nothing is left out: ordered, imported and deleted accounts."""
    bought(shop, "priv", "private-exchange", "--count", "3")
    shop.ok("tick", "--to", "2026-01-20")
    bought(shop, "pro", "email-pro", "--count", "2")
    shop.ok("account", "delete", "1", "-y")
    shop.ok("import", "accounts", "-", stdin=(
        "platform,address,period,expires_on,anchor_day\npro,x@acme.example,monthly,2026-02-10,10\n"
    ))  # fmt: skip
    shop.ok("tick", "--to", "2026-01-30")

    first = report(shop, "--since", "2026-01-01", "--until", "2026-01-19")
    then = report(shop, "--since", "2026-01-20", "--until", "2026-01-30")

    assert [(row["won"], row["lost"]) for row in first.values()] == [(0, 0), (3, 0)]
    assert [(row["won"], row["lost"]) for row in then.values()] == [(3, 0), (0, 1)]
    assert [row["active"] for row in then.values()] == [3, 2]


def test_the_span_is_the_last_30_days_unless_given(busy: Cli) -> None:
    """Both days included: account 10 came on 2026-01-25, the others earlier."""
    row = report(busy)["email-pro", "monthly"]
    longer = report(busy, "--since", "2026-01-01")["email-pro", "monthly"]
    ended = report(busy, "--until", "2026-01-24")["email-pro", "monthly"]

    assert (row["since_on"], row["until_on"], row["won"]) == ("2026-01-07", "2026-02-05", 1)
    assert (longer["since_on"], longer["won"]) == ("2026-01-01", 4)
    assert (ended["since_on"], ended["until_on"], ended["won"]) == ("2025-12-26", "2026-01-24", 3)


def test_a_span_that_ends_before_it_begins_is_refused(busy: Cli) -> None:
    """The two days are named; without --until it ends today."""
    for argv, last in ((("--until", "2026-01-01"), "2026-01-01"), ((), "2026-02-05")):
        got = busy("report", "revenue", "--since", "2026-02-06", *argv, "--json")

        assert (got.status, got.error()["code"]) == (2, "usage")
        assert got.error()["message"] == f"the span ends on {last}, before it begins on 2026-02-06"


def test_without_accounts_there_is_nothing_to_list(store: Cli) -> None:
    """An empty list, in every form."""
    assert store.ok("report", "revenue")["items"] == []
    assert store("report", "revenue", "-o", "table").err.startswith("No accounts match.\n")


@pytest.mark.parametrize("command", ["report revenue", "report debts --json", "report vat"])
def test_figures_in_a_pipe_load_neither_charts_nor_actions(busy: Cli, command: str) -> None:
    """They are answered as soon as any list."""
    found = loaded(busy, *command.split())

    driver = set() if isinstance(busy.store, Path) else {"tempfile"}  # psycopg's own
    heavy = HEAVY | ACTIONS | {"icalendar", "jinja2", "babel", "tempfile"}
    assert found & (heavy - driver) == set()
