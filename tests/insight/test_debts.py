"""Debts by age: they add up to those of `status`, and only what is overdue has an age."""

from __future__ import annotations

from typing import Any

import pytest

from mailctl.insight.debts import Owed, age_of, by_age
from mailctl.insight.debts import debts as found
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli
from tests.insight.aged_host import aged_host

KEYS = (
    "customer name debt_cents pending_cents uncovered_cents since_on due_on days_overdue age "
    "accounts_suspended grace_until_on currency pay_by_on"
).split()
CARD = ("--token", "tok_1", "--brand", "Visa", "--last4", "4242", "--expires", "2030-01")


def debts(cli: Cli) -> dict[str, dict[str, Any]]:
    """The rows by customer."""
    return {item["customer"]: item for item in cli.ok("report", "debts")["items"]}


@pytest.fixture
def debtor(store: Cli) -> Cli:
    """acme orders for 1.91 without money on 2026-01-01: due on 2026-01-08."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "pro", "a@acme.example", "-y")
    return store


def test_the_busy_host_in_figures(busy: Cli) -> None:
    """late is overdue since 2026-02-01, for four days."""
    got = busy("report", "debts", "-o", "csv", "--fields", "all")

    assert got.out.splitlines() == [
        ",".join(KEYS),
        "late,Late and Sons,191,0,191,2026-01-25,2026-02-01,4,1-7,1,,EUR,2026-02-01",
    ]
    assert got.err == (
        "1 customer owes 1.91 EUR, of which 0.00 EUR is being collected. 1 overdue.\n"
    )


def test_they_add_up_to_the_debts_of_status() -> None:
    """A host with debts of all ages: the same debtors, the same cents, the customers' own."""
    host = aged_host()
    status = host.ok("status")
    customers = host.ok("customer", "list")["items"]

    found = debts(host)

    assert sum(row["debt_cents"] for row in found.values()) == status["debt_cents"] > 0
    assert {name: -row["debt_cents"] for name, row in found.items()} == {
        item["id"]: item["balance_cents"] for item in customers if item["balance_cents"] < 0
    }
    for name, row in found.items():
        prepaid = host.ok("prepaid", "show", name)
        assert row["pending_cents"] == prepaid["pending_cents"]
        assert (row["since_on"], row["due_on"]) == (
            prepaid["debt_since_on"],
            prepaid["debt_due_on"],
        )
        assert row["uncovered_cents"] == max(row["debt_cents"] - row["pending_cents"], 0)


@pytest.mark.parametrize(
    ("day", "days", "age"),
    [
        ("2026-01-08", 0, "not-due"),
        ("2026-01-09", 1, "1-7"),
        ("2026-01-15", 7, "1-7"),
        ("2026-01-16", 8, "8-30"),
        ("2026-02-07", 30, "8-30"),
        ("2026-02-08", 31, "31-90"),
        ("2026-04-08", 90, "31-90"),
        ("2026-04-09", 91, "over-90"),
    ],
)
def test_a_debt_ages_from_its_due_date(debtor: Cli, day: str, days: int, age: str) -> None:
    """The last day to pay is not late yet; each class ends where the next begins."""
    debtor.ok("tick", "--to", day)

    row = debts(debtor)["acme"]

    assert (row["due_on"], row["days_overdue"], row["age"]) == ("2026-01-08", days, age)


def test_the_oldest_overdue_invoice_makes_the_age(debtor: Cli) -> None:
    """One is due on 2026-01-08, another on 2026-01-12."""
    debtor.ok("tick", "--to", "2026-01-05")
    debtor.ok("account", "order", "pro", "-y")
    debtor.ok("tick", "--to", "2026-01-20")

    row = debts(debtor)["acme"]

    assert (row["debt_cents"], row["days_overdue"], row["accounts_suspended"]) == (382, 12, 2)


def test_every_class_is_counted(debtor: Cli) -> None:
    """Those without a debtor too."""
    debtor.ok("tick", "--to", "2026-01-10")
    nobody = Owed(debtors=0, cents=0)

    with store_at(debtor.store).read() as reader:
        ages = by_age(found(reader))

    assert ages == {
        "not-due": nobody,
        "1-7": Owed(debtors=1, cents=191),
        "8-30": nobody,
        "31-90": nobody,
        "over-90": nobody,
    }
    assert age_of(10_000) == "over-90"


def test_what_is_being_collected_is_not_overdue(debtor: Cli) -> None:
    """A pending payment covers the invoice: the debt is there, and nobody is late."""
    debtor.ok("method", "add", "card", "acme", *CARD)
    debtor.ok("tick", "--to", "2026-01-20")

    row = debts(debtor)["acme"]

    assert [row[key] for key in ("debt_cents", "pending_cents", "uncovered_cents")] == [191, 191, 0]
    assert (row["days_overdue"], row["age"], row["accounts_suspended"]) == (0, "not-due", 0)


def test_a_grace_makes_nothing_overdue(debtor: Cli) -> None:
    """It is named; the day after it the debt is as old as it is."""
    debtor.ok("prepaid", "grace", "acme", "--until", "2026-01-20", "--reason", "asked")
    debtor.ok("tick", "--to", "2026-01-20")
    during = debts(debtor)["acme"]
    debtor.ok("tick")
    after = debts(debtor)["acme"]

    assert (during["grace_until_on"], during["age"]) == ("2026-01-20", "not-due")
    assert (after["days_overdue"], after["age"]) == (13, "8-30")


def test_an_imported_debt_has_no_due_date(store: Cli) -> None:
    """Nobody is suspended for it, so it is never overdue; since when it is there is shown."""
    store.ok("import", "customers", "-", stdin=(
        "id,name,email,balance_cents\nold,Old,it@old.example,-1250\n"
    ))  # fmt: skip

    row = debts(store)["old"]

    assert (row["debt_cents"], row["since_on"], row["due_on"]) == (1250, "2026-01-01", None)
    assert row["age"] == "not-due"


def test_the_longest_overdue_comes_first_then_the_largest(store: Cli) -> None:
    """a is late, b and c are not due yet and owe 1.91 and 3.82."""
    for name, count, day in (("a", 1, 1), ("b", 1, 8), ("c", 2, 8)):
        store.ok("tick", "--to", f"2026-01-{day:02d}")
        store.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
        store.ok("platform", "add", name, "--customer", name, "--offer", "email-pro")
        store.ok("account", "order", name, "--count", str(count), "-y")
    store.ok("tick", "--to", "2026-01-10")

    assert [(name, row["debt_cents"]) for name, row in debts(store).items()] == [
        ("a", 191),
        ("c", 382),
        ("b", 191),
    ]


def test_without_debts_there_is_nothing_to_list(store: Cli) -> None:
    """An empty list, and no sentence about sums."""
    assert store.ok("report", "debts")["items"] == []
    assert store("report", "debts", "-o", "table").err == "No debts match.\n"
