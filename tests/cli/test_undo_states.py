"""What undoes a change depends on the state that the change left."""

from __future__ import annotations

from shlex import split

import pytest

from tests.cli.test_undo import commands_of, said_of_undoing
from tests.helpers import Cli

STAY = "accounts that it reopened stay active until their debt is overdue"


def undone(cli: Cli, command: str) -> str:
    """Run a command and its undo, as printed; what the undo said that it leaves."""
    left, _, printed = said_of_undoing(cli, command).strip().partition(": ")
    for words in commands_of(printed):
        outcome = cli(*words)
        assert outcome.status == 0, (words, outcome.err)
    return left.removeprefix("Undo").strip(" ()")


def test_a_customer_with_money_cannot_be_closed_again(busy: Cli) -> None:
    """Money came after they had left: no undo is promised that would be refused."""
    busy.ok("customer", "add", "past", "--name", "Past", "--email", "it@past.example")
    busy.ok("customer", "close", "past", "-y")
    assert undone(busy, "customer reopen past") == ""
    busy.ok("prepaid", "credit", "past", "5", "--received")

    assert said_of_undoing(busy, "customer reopen past").splitlines() == [
        "This cannot be undone: a customer is closed once nothing is open.",
        "To see what must be settled first: mailctl customer show past",
    ]


CANCELLED = "payments by it that nobody was asked for yet are cancelled"


@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("order pay 13 -y", f"order 13 stays paid; {STAY}"),
        ("invoice pay 2026-000009", STAY),
        ("method add paypal late --agreement B-1", f"{CANCELLED}; {STAY}"),
        ("prepaid grace late --until 2026-03-01 --reason x", f"it then ends with today; {STAY}"),
    ],
)
def test_accounts_that_stay_active_are_told(busy: Cli, command: str, left: str) -> None:
    """Whatever ended their suspension for debt; the undo does not suspend them again."""
    assert busy.ok("account", "show", "10")["suspended_for"] == "debt"

    assert undone(busy, command) == left

    assert busy.ok("account", "show", "10")["state"] == "active"


def test_accounts_that_a_settlement_reopened_are_told(busy: Cli) -> None:
    """Its payment had failed for good, and the accounts were suspended."""
    busy.ok("method", "add", "paypal", "late", "--agreement", "B-1")
    for _ in range(4):
        busy("payment", "fail", "1", "--reason", "x")
        busy.ok("tick", "--days", "5")
    busy.ok("tick", "--days", "10", "--accept-gap")
    assert busy.ok("account", "show", "10")["suspended_for"] == "debt"

    left = undone(busy, "payment settle 1")

    assert left == STAY
    assert busy.ok("account", "show", "10")["state"] == "active"


def test_money_of_a_payment_that_is_recorded_again_stays_the_payments(busy: Cli) -> None:
    """The bank's file, read once more, then counts nothing twice."""
    busy.ok("method", "add", "paypal", "slow", "--agreement", "B-1")
    busy.ok("account", "order", "slow-pro", "--count", "10", "-y")
    payment = busy.ok("payment", "list", "--customer", "slow")["items"][0]["id"]
    busy.ok("payment", "settle", str(payment))
    busy.ok("payment", "return", str(payment), "--reason", "MD06")
    busy.ok("payment", "settle", str(payment), "--reference", "R-2")
    row = busy.ok("prepaid", "statement", "slow")["items"][-1]
    before = busy.ok("prepaid", "show", "slow")["balance_cents"]

    undone(busy, f"prepaid reverse slow {row['seq']} --reason x -y")
    again = busy.ok("payment", "settle", str(payment), "--reference", "R-2")

    assert again["changed"] is False
    assert busy.ok("prepaid", "show", "slow")["balance_cents"] == before
    assert busy.ok("prepaid", "statement", "slow")["items"][-1]["payment"] == payment


def test_money_for_an_order_that_is_recorded_again_is_for_it(busy: Cli) -> None:
    """Half of an order's money came and was reversed: with the other half the order is paid."""
    busy.ok("account", "order", "acme-pro", "--count", "4", "--await-payment", "-y")
    order = busy.ok("order", "list", "--customer", "acme", "--open")["items"][-1]
    busy.ok(*split(f"prepaid credit acme 6 --received --order {order['number']}"))
    row = busy.ok("prepaid", "statement", "acme")["items"][-1]

    undone(busy, f"prepaid reverse acme {row['seq']} --reason x -y")

    assert busy.ok("prepaid", "statement", "acme")["items"][-1]["order"] == order["number"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("settings set seller-name=-x", "settings set seller-name Host"),
        ("account rename 3 -- -x@acme.example", "account rename 3 hugo@acme.example"),
    ],
)
def test_a_value_with_a_leading_dash_is_no_option(busy: Cli, first: str, then: str) -> None:
    """The undo that sets it again can be run as printed."""
    assert busy(*split(first)).status == 0
    before = busy.ok("settings", "list"), busy.ok("account", "show", "3")["address"]

    undone(busy, then)

    assert (busy.ok("settings", "list"), busy.ok("account", "show", "3")["address"]) == before


def test_an_address_with_a_leading_dash_is_used_again(busy: Cli) -> None:
    """What helps after a reset can be run too."""
    assert busy("account", "rename", "3", "--", "-x@acme.example").status == 0

    helped = said_of_undoing(busy, "account reset 3 -y").splitlines()[1].partition(": ")[2]

    assert busy(*split(helped)[1:]).status == 0
    assert busy.ok("account", "show", "3")["address"] == "-x@acme.example"
