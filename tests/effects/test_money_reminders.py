"""Reminders about money: debts 2 days before they are due, cards before they expire (rules 12).

email-pro monthly is 1.59 + 0.32 tax = 1.91. An invoice of 2026-01-01 is due on the 8th.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mailctl.effects import due_reminders, money_reminders
from mailctl.store import customers
from mailctl.store.engine.stores import store_at
from mailctl.store.temp_tables import CustomerSet
from tests.helpers import Cli
from tests.store.plain import opened, rows


def customer(cli: Cli, name: str) -> None:
    """A customer with a platform."""
    cli.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
    cli.ok("platform", "add", name, "--customer", name, "--offer", "email-pro")


@pytest.fixture
def owing(store: Cli) -> Cli:
    """acme ordered a mailbox without money on 2026-01-01."""
    customer(store, "acme")
    store.ok("account", "order", "acme", "-y")
    return store


def card(cli: Cli, name: str, expires: str) -> None:
    """A customer's default card."""
    cli.ok(
        *("method", "add", "card", name, "--token", f"tok_{name}", "--brand", "Visa"),
        *("--last4", "4242", "--expires", expires, "--default"),
    )


def remind(cli: Cli, last: str, today: str, *, aside: tuple[str, ...] = ()) -> bool:
    """The step alone, on a day, since the last one; whether it was thought to be needed."""
    with opened(cli.store) as base:
        base.execute("UPDATE clock SET reached_on = ?", (today,))
    since = date.fromisoformat(last)
    with (
        store_at(cli.store).write("test") as transaction,
        CustomerSet(
            transaction, "aside", [customers.find(transaction, name).id for name in aside]
        ) as excluded,
    ):
        is_due = due_reminders.is_any(transaction, since)
        money_reminders.remind(transaction, since, excluded)
    return is_due


def debts(cli: Cli) -> list[tuple[Any, ...]]:
    """Whom a letter reminds of a debt: of how much, and of which last day to pay."""
    return rows(
        cli.store,
        "SELECT c.slug, n.amount_cents, n.due_on FROM notice n JOIN customer c "
        "ON c.id = n.customer_id WHERE n.kind = 'debt-reminder' ORDER BY n.id",
    )


def cards(cli: Cli) -> list[tuple[Any, ...]]:
    """Whose card is announced to expire, and its last valid day."""
    return rows(
        cli.store,
        "SELECT c.slug, n.due_on FROM notice n JOIN customer c ON c.id = n.customer_id "
        "WHERE n.kind = 'card-expiring' ORDER BY n.id",
    )


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [
        ("2026-01-04", "2026-01-05", []),
        ("2026-01-05", "2026-01-06", [("acme", 191, "2026-01-08")]),
        ("2026-01-04", "2026-01-07", [("acme", 191, "2026-01-08")]),
        ("2026-01-06", "2026-01-07", []),
        ("2026-01-05", "2026-01-08", []),
    ],
    ids=["3 days before", "2 days before", "a day late", "reminded the day before", "due today"],
)
def test_a_debt_is_reminded_of_two_days_before_it_is_due(
    owing: Cli, last: str, today: str, expected: list[tuple[Any, ...]]
) -> None:
    """A day late where no tick ran; on the last day nobody is helped any more."""
    is_due = remind(owing, last, today)
    assert debts(owing) == expected
    assert is_due == bool(expected)


def test_the_same_day_to_pay_is_reminded_of_once(owing: Cli) -> None:
    remind(owing, "2026-01-05", "2026-01-06")
    remind(owing, "2026-01-05", "2026-01-06")
    assert len(debts(owing)) == 1


def test_the_reminder_is_of_all_that_is_missing_by_the_first_day(owing: Cli) -> None:
    """One letter, though another invoice is due a day later."""
    owing.ok("tick")
    owing.ok("account", "order", "acme", "-y")
    remind(owing, "2026-01-05", "2026-01-07")
    assert debts(owing) == [("acme", 382, "2026-01-08")]


def test_a_grace_moves_the_reminder_with_the_day_to_pay(owing: Cli) -> None:
    owing.ok("prepaid", "grace", "acme", "--until", "2026-01-20", "--reason", "promised")
    remind(owing, "2026-01-05", "2026-01-06")
    assert debts(owing) == []
    remind(owing, "2026-01-17", "2026-01-18")
    assert debts(owing) == [("acme", 191, "2026-01-20")]


def test_what_a_pending_payment_covers_is_not_reminded_of(store: Cli) -> None:
    customer(store, "acme")
    card(store, "acme", "2028-09")
    store.ok("account", "order", "acme", "-y")
    remind(store, "2026-01-05", "2026-01-06")
    assert debts(store) == []


def test_a_customer_who_was_set_aside_is_not_reminded(owing: Cli) -> None:
    """Neither of a debt nor of a card."""
    customer(owing, "bolt")
    owing.ok("account", "order", "bolt", "-y")
    remind(owing, "2026-01-05", "2026-01-06", aside=("acme",))
    assert [name for name, *_ in debts(owing)] == ["bolt"]


def test_the_days_before_are_a_setting_that_applies_at_once(owing: Cli) -> None:
    """Five days instead of two, on the 4th: its reminder would have been yesterday's."""
    with opened(owing.store) as base:
        base.execute("UPDATE clock SET reached_on = '2026-01-04'")
    with store_at(owing.store).write("test") as transaction:
        transaction.execute("UPDATE notice SET queued_on = '2026-01-01'")
        transaction.execute(
            "INSERT INTO setting (name, value) VALUES ('debt-reminder-days', '5') "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
        money_reminders.remind_by_setting(transaction, "card-reminder-days")
        assert transaction.number("SELECT count(*) FROM notice WHERE kind = 'debt-reminder'") == 0
        money_reminders.remind_by_setting(transaction, "debt-reminder-days")
    assert debts(owing) == [("acme", 191, "2026-01-08")]


@pytest.fixture
def charged(store: Cli) -> Cli:
    """acme has a mailbox, money, and a card that is valid through March 2026."""
    customer(store, "acme")
    store.ok("prepaid", "credit", "acme", "100")
    store.ok("account", "order", "acme", "-y")
    card(store, "acme", "2026-03")
    return store


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [
        ("2026-02-27", "2026-02-28", []),
        ("2026-02-28", "2026-03-01", [("acme", "2026-03-31")]),
    ],
)
def test_a_card_is_announced_30_days_before_its_last_one(
    charged: Cli, last: str, today: str, expected: list[tuple[Any, ...]]
) -> None:
    """It is valid through the last day of its month, the 31st."""
    is_due = remind(charged, last, today)
    assert cards(charged) == expected
    assert is_due == bool(expected)


def test_a_card_is_announced_once(charged: Cli) -> None:
    for _ in range(2):
        remind(charged, "2026-02-28", "2026-03-01")
    assert len(cards(charged)) == 1


@pytest.mark.parametrize("change", ["another card", "no account", "set aside"])
def test_a_card_that_nothing_depends_on_is_not_announced(charged: Cli, change: str) -> None:
    """It is not the default one, or its owner has no account; and nobody who was set aside."""
    if change == "another card":
        card(charged, "acme", "2028-09")
    if change == "no account":
        with opened(charged.store) as base:
            base.execute("UPDATE account SET state = 'deleted', deleted_on = '2026-01-01'")
    remind(charged, "2026-02-28", "2026-03-01", aside=("acme",) if change == "set aside" else ())
    assert cards(charged) == []


def test_a_new_card_is_announced_whatever_was_said_of_the_old_one(charged: Cli) -> None:
    """Both are valid through March."""
    remind(charged, "2026-02-28", "2026-03-01")
    card(charged, "acme", "2026-03")
    assert len(cards(charged)) == 2
