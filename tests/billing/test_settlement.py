"""Which invoices the money has paid: the oldest first, so what is missing lies on the newest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import accumulate, product

from mailctl.domain import settlement
from mailctl.store import expressions
from tests.helpers import Cli
from tests.store.plain import rows

CARD = (
    "method", "add", "card", "acme", "--token", "tok_1", "--brand", "Visa", "--last4", "4242",
    "--expires", "2030-01",
)  # fmt: skip


def test_sql_and_python_know_the_same_rule() -> None:
    """Over every small case: up to four invoices of 0 to 3 cents, and 0 to 13 cents missing."""
    sql = f"SELECT {expressions.open_cents(':missing', ':newer', ':asked')}"
    with closing(sqlite3.connect(":memory:")) as base:
        for count, missing in product(range(5), range(14)):
            for asked in product(range(4), repeat=count):
                newer = accumulate(asked, initial=0)
                found = [
                    base.execute(
                        sql, {"missing": missing, "newer": before, "asked": cents}
                    ).fetchone()[0]
                    for before, cents in zip(newer, asked, strict=False)
                ]
                assert found == settlement.open_cents(missing, asked), (missing, asked)


def customer_with_three_invoices(cli: Cli) -> None:
    """acme owes three equal invoices of three days."""
    cli.ok("settings", "set", "minimum-credit", "0.01")
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    cli.ok("platform", "add", "acme-hx", "--customer", "acme", "--offer", "hosted-exchange")
    for _ in range(3):
        cli.ok("account", "order", "acme-hx", "-y")
        cli.ok("tick")


def opened(cli: Cli) -> list[int]:
    """What is open of each invoice, the oldest first."""
    return [item["open_cents"] for item in cli.ok("invoice", "list")["items"]]


def test_money_pays_the_oldest_invoice_first(store: Cli) -> None:
    """The first of three invoices whole, and a part of the second."""
    customer_with_three_invoices(store)
    (price, *_) = opened(store)
    store.ok("prepaid", "credit", "acme", f"{(price + 40) / 100:.2f}")
    assert opened(store) == [0, price - 40, price]


def test_money_taken_back_opens_the_newest_invoices_again(store: Cli) -> None:
    """What was paid first stays paid as long as any money is left for it."""
    customer_with_three_invoices(store)
    (price, *_) = opened(store)
    store.ok("prepaid", "credit", "acme", f"{price / 100:.2f}")
    store.ok("prepaid", "credit", "acme", f"{2 * price / 100:.2f}")
    assert opened(store) == [0, 0, 0]
    row = store.ok("prepaid", "statement", "acme")["items"][-1]["seq"]
    store.ok("prepaid", "reverse", "acme", str(row), "--reason", "a typing error", "-y")
    assert opened(store) == [0, price, price]


def test_an_invoice_that_a_payment_covers_is_not_overdue(store: Cli) -> None:
    """While the bank is asked, the due date passes without a suspension."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok(*CARD)
    store.ok("platform", "add", "acme-hx", "--customer", "acme", "--offer", "hosted-exchange")
    store.ok("account", "order", "acme-hx", "-y")
    store.ok("tick", "--days", "14")
    assert rows(store.store, "SELECT is_covered, open_cents > 0 FROM invoice_open") == [(1, 1)]
    assert store.ok("account", "show", "1")["state"] == "active"
