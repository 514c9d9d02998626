"""Step 1 of a day: what has its money is paid, what is past its validity ends (rules 7, rules 9).

An order of 2026-01-01 is valid until the 2nd. email-pro monthly is 1.59 + 0.32 tax = 1.91.
"""

from __future__ import annotations

from typing import Any

import pytest

from mailctl.store import customers
from mailctl.store.engine.stores import store_at
from mailctl.store.temp_tables import CustomerSet
from mailctl.tick import cancel_orders
from mailctl.tick.cancel_orders import Ended
from tests.helpers import Cli
from tests.store.plain import rows


@pytest.fixture
def waiting(store: Cli) -> Cli:
    """acme and bolt, each with an order that awaits its payment."""
    for name in ("acme", "bolt"):
        store.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
        store.ok("platform", "add", name, "--customer", name, "--offer", "email-pro")
        store.ok("account", "order", name, "--await-payment", "-y")
    return store


def step(cli: Cli, today: str, *, aside: tuple[str, ...] = ()) -> Ended:
    """The step alone, on a day on which nothing was done before."""
    with store_at(cli.store).write("test") as transaction:
        transaction.execute(f"UPDATE clock SET reached_on = '{today}'")
    with (
        store_at(cli.store).write("test") as transaction,
        CustomerSet(
            transaction, "aside", [customers.find(transaction, name).id for name in aside]
        ) as excluded,
    ):
        return cancel_orders.run(transaction, excluded)


def statuses(cli: Cli) -> list[str]:
    """How acme's order and bolt's stand."""
    return [str(order["status"]) for order in cli.ok("order", "list")["items"]]


def expired(cli: Cli) -> list[tuple[Any, ...]]:
    """Whom a letter tells that an order ended, which, and what came for it."""
    return rows(
        cli.store,
        "SELECT c.slug, n.order_number, n.amount_cents FROM notice n "
        "JOIN customer c ON c.id = n.customer_id WHERE n.kind = 'order-expired' ORDER BY n.id",
    )


@pytest.mark.parametrize(
    ("today", "expected"), [("2026-01-02", "not-paid"), ("2026-01-03", "cancelled")]
)
def test_an_order_ends_on_the_day_after_its_last_valid_one(
    waiting: Cli, today: str, expected: str
) -> None:
    step(waiting, today)
    assert statuses(waiting) == [expected, expected]


def test_what_ended_is_counted_announced_and_in_the_history(waiting: Cli) -> None:
    """One letter to each customer, of their own order; no money came for it."""
    assert step(waiting, "2026-01-03") == Ended(cancelled=2)
    assert expired(waiting) == [("acme", 1, None), ("bolt", 2, None)]
    kinds = [row["kind"] for row in waiting.ok("customer", "history", "acme")["items"]]
    assert "order-expired" in kinds


def test_a_debt_has_no_end(store: Cli) -> None:
    store.ok("customer", "add", "acme", "--name", "acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme", "-y")
    assert step(store, "2026-01-30") == Ended()
    assert [one["kind"] for one in store.ok("order", "list", "--status", "not-paid")["items"]] == [
        "debt"
    ]


def resumed(cli: Cli) -> None:
    """acme's platform was cancelled when the money for its order came, and is resumed."""
    cli.ok("prepaid", "credit", "acme", "10")
    cli.ok("account", "order", "acme", "-y")
    cli.ok("platform", "cancel", "acme", "-y")
    cli.ok("prepaid", "credit", "acme", "1.91", "--received", "--order", "1")
    cli.ok("platform", "resume", "acme", "-y")


def test_a_customer_who_was_set_aside_is_left_alone(waiting: Cli) -> None:
    """Neither is their order ended, nor is one paid whose money is there."""
    resumed(waiting)
    assert step(waiting, "2026-01-03", aside=("acme",)) == Ended(cancelled=1)
    assert statuses(waiting)[:2] == ["not-paid", "cancelled"]


def hold_up(cli: Cli) -> None:
    """acme owes more than comes for its order: what is there does not cover the order."""
    cli.ok("account", "order", "acme", "--period", "yearly", "-y")
    cli.ok("prepaid", "credit", "acme", "1.91", "--received", "--order", "1")


@pytest.mark.parametrize(
    ("today", "expected"), [("2026-01-31", "not-paid"), ("2026-02-01", "cancelled")]
)
def test_an_order_whose_money_came_is_tried_for_30_days(
    waiting: Cli, today: str, expected: str
) -> None:
    """Valid until the 2nd, for 30 days more nobody gives it up; then the money stays as balance."""
    hold_up(waiting)
    step(waiting, today)
    assert statuses(waiting)[0] == expected
    came = [("acme", 1, 191)] if expected == "cancelled" else []
    assert [one for one in expired(waiting) if one[0] == "acme"] == came


def test_an_order_is_paid_as_soon_as_what_held_it_up_is_gone(waiting: Cli) -> None:
    """The invoice is counted with its tax."""
    resumed(waiting)
    assert statuses(waiting)[0] == "not-paid"
    assert step(waiting, "2026-01-03") == Ended(cancelled=1, invoices=1, billed_cents=191)
    assert statuses(waiting)[0] == "delivered"


def test_an_order_that_costs_another_amount_by_now_ends_though_its_money_is_there(
    waiting: Cli,
) -> None:
    """It can never be paid: it ends at once, and the letter says what came."""
    hold_up(waiting)
    waiting.ok("offer", "price", "email-pro", "monthly", "2.00")
    ended = step(waiting, "2026-01-02")
    assert ended == Ended(cancelled=1)
    assert expired(waiting) == [("acme", 1, 191)]
    (row,) = rows(waiting.store, "SELECT details FROM journal WHERE kind = 'order-expired'")
    assert '"why"' in str(row)


def test_part_of_the_money_does_not_keep_an_order_alive(waiting: Cli) -> None:
    waiting.ok("prepaid", "credit", "acme", "1.90", "--received", "--order", "1")
    step(waiting, "2026-01-03")
    assert expired(waiting)[0] == ("acme", 1, 190)
