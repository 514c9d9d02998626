"""The last day to pay, in every list that says it: of the oldest invoice that nothing covers.

A customer orders on 2026-01-01 and on the 3rd: due on the 8th and on the 10th. `pay_by_on` of a
list is the day after which a mailbox is suspended (rules 9).
"""

from __future__ import annotations

import pytest

from tests.helpers import Cli

ANN = "ann@acme.example"


@pytest.fixture
def owing(store: Cli) -> Cli:
    """Ann's mailbox is on two open invoices: its order, and an extension."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme", ANN, "-y")
    store.ok("tick", "--days", "2")
    store.ok("account", "extend", ANN, "-y")
    return store


def days(cli: Cli) -> dict[str, object]:
    """The day as each list and thing has it."""
    return {
        "account": cli.ok("account", "show", ANN)["pay_by_on"],
        "account list": cli.ok("account", "list")["items"][0]["pay_by_on"],
        "customer": cli.ok("customer", "show", "acme")["pay_by_on"],
        "customer list": cli.ok("customer", "list")["items"][0]["pay_by_on"],
        "prepaid": cli.ok("prepaid", "show", "acme")["pay_by_on"],
    }


def invoices(cli: Cli) -> list[object]:
    """The day of each invoice."""
    return [row["pay_by_on"] for row in cli.ok("invoice", "list")["items"]]


def test_it_is_the_day_of_the_oldest_open_invoice(owing: Cli) -> None:
    assert invoices(owing) == ["2026-01-08", "2026-01-10"]
    assert set(days(owing).values()) == {"2026-01-08"}


def test_once_the_older_one_is_paid_it_is_that_of_the_next(owing: Cli) -> None:
    owing.ok("prepaid", "credit", "acme", "1.91", "--received")
    assert invoices(owing) == [None, "2026-01-10"]
    assert set(days(owing).values()) == {"2026-01-10"}


def test_a_grace_moves_it(owing: Cli) -> None:
    """Everywhere to its last day."""
    owing.ok("prepaid", "grace", "acme", "--until", "2026-02-01", "--reason", "promised")
    assert invoices(owing) == ["2026-02-01"] * 2
    assert set(days(owing).values()) == {"2026-02-01"}


def test_where_nothing_is_owed_there_is_none(owing: Cli) -> None:
    """Null, in every one of them."""
    owing.ok("prepaid", "credit", "acme", "100")
    assert invoices(owing) == [None, None]
    assert set(days(owing).values()) == {None}


def test_what_a_pending_payment_covers_is_not_to_be_paid(owing: Cli) -> None:
    owing.ok("method", "add", "paypal", "acme", "--agreement", "B-1")
    assert invoices(owing) == [None, None]
    assert set(days(owing).values()) == {None}
