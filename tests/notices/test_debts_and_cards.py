"""Due dates and cards: each told in time, and told again when it changes."""

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.store.plain import rows

DEBTS = "('debt-opened', 'debt-reminder', 'order-confirmed', 'invoice-issued', 'payment-failed')"


def of_debts(cli: Cli, after: str = "") -> list[tuple[str, str, str | None]]:
    """The notices about debts, with their days and the due dates that they tell."""
    return rows(
        cli.store,
        f"SELECT queued_on, kind, due_on FROM notice WHERE kind IN {DEBTS} "
        f"AND queued_on > '{after}' ORDER BY id",
    )


def of_cards(cli: Cli) -> list[tuple[str, int, str]]:
    """The notices about cards: day, method, last valid day."""
    return rows(
        cli.store,
        "SELECT queued_on, method_id, due_on FROM notice WHERE kind = 'card-expiring' ORDER BY id",
    )


def card(cli: Cli, expires: str) -> None:
    """acme gives a card."""
    cli.ok(
        "method", "add", "card", "acme", "--token", "tok_1", "--brand", "Visa",
        "--last4", "4242", "--expires", expires,
    )  # fmt: skip


@pytest.fixture
def acme(store: Cli) -> Cli:
    """acme, with nothing on its prepaid account, and one platform without accounts."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    return store


def test_each_invoice_is_reminded_of_and_not_the_oldest_alone(acme: Cli) -> None:
    """A second order of a debtor has a due date of its own, told with it and before it."""
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-01-04")
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-01-20")
    assert of_debts(acme) == [
        ("2026-01-01", "order-confirmed", "2026-01-08"),
        ("2026-01-01", "debt-opened", "2026-01-08"),
        ("2026-01-04", "order-confirmed", "2026-01-11"),
        ("2026-01-06", "debt-reminder", "2026-01-08"),
        ("2026-01-09", "debt-reminder", "2026-01-11"),
    ]


def test_an_invoice_that_is_opened_again_is_asked_for(acme: Cli) -> None:
    """A debtor's older payment is taken back: more is missing, all of it by the first day."""
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("prepaid", "credit", "acme", "1.91")
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-01-03")
    acme.ok("prepaid", "reverse", "acme", "2", "--reason", "returned", "-y")
    assert of_debts(acme, "2026-01-02") == [("2026-01-03", "debt-opened", "2026-01-08")]
    acme.ok("invoice", "pay", "2026-000001", "-y")
    assert acme.ok("invoice", "show", "2026-000001")["due_on"] == "2026-01-10"


@pytest.mark.parametrize("expires", ["2026-01", "2028-09"], ids=["by the tick", "by a command"])
def test_a_customer_whose_payments_fail_together_gets_one_letter(acme: Cli, expires: str) -> None:
    """Both were tried for the last time: the letter asks for all of it, by the first day."""
    card(acme, expires)
    acme.ok("customer", "edit", "acme", "--payment-days", "14")
    acme.ok("account", "order", "acme-pro", "--period", "yearly", "-y")
    acme.ok("tick", "--to", "2026-01-31")
    acme.ok("account", "order", "acme-pro", "--period", "yearly", "-y")
    pending = acme.ok("payment", "list", "--status", "pending")["items"]
    ids = [str(payment["id"]) for payment in pending]
    for day in ("01", "02", "04", "06"):
        acme.ok("tick", "--to", f"2026-02-{day}")
        if expires > "2026-02":
            acme.ok("payment", "fail", *ids, "--reason", "no", "-y")
    assert of_debts(acme, "2026-02-01") == [("2026-02-06", "debt-opened", "2026-02-08")]
    assert len(ids) == 2


def test_a_debt_is_announced_when_what_would_have_collected_it_goes(acme: Cli) -> None:
    """While the card may pay it, nobody is told of a debt; without the card it is one."""
    card(acme, "2028-09")
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-01-07")
    assert of_debts(acme) == [("2026-01-01", "order-confirmed", None)]
    acme.ok("method", "remove", "1", "-y")
    assert of_debts(acme, "2026-01-01") == [("2026-01-07", "debt-opened", "2026-01-08")]
    acme.ok("tick", "--to", "2026-01-09")
    assert acme.ok("account", "show", "1")["state"] == "suspended"
    assert len(of_debts(acme, "2026-01-01")) == 1


def test_a_debt_that_a_card_covered_on_its_reminders_day_is_reminded_of_later(acme: Cli) -> None:
    """The debt was told of long before; without the card, the due date is told again."""
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-01-05")
    card(acme, "2028-09")
    acme.ok("tick", "--to", "2026-01-07")
    acme.ok("method", "remove", "1", "-y")
    assert of_debts(acme, "2026-01-02") == [("2026-01-07", "debt-reminder", "2026-01-08")]


def test_a_grace_moves_the_reminder(acme: Cli) -> None:
    """Nobody is asked to pay by 8 January who has until the 20th."""
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("prepaid", "grace", "acme", "--until", "2026-01-20", "--reason", "asked")
    acme.ok("tick", "--to", "2026-01-25")
    assert of_debts(acme, "2026-01-01") == [("2026-01-18", "debt-reminder", "2026-01-20")]


def test_more_days_before_a_due_date_remind_at_once(acme: Cli) -> None:
    """From 2 days before to 5, with 4 left."""
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-01-04")
    acme.ok("settings", "set", "debt-reminder-days", "5")
    assert of_debts(acme, "2026-01-01") == [("2026-01-04", "debt-reminder", "2026-01-08")]


def test_an_invoice_due_tomorrow_is_not_reminded_of_besides(acme: Cli) -> None:
    """With a day to pay, the order itself tells the date."""
    acme.ok("customer", "edit", "acme", "--payment-days", "1")
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-01-05")
    assert [kind for _, kind, _ in of_debts(acme)] == ["order-confirmed", "debt-opened"]


def test_a_default_card_is_announced_30_days_before_its_last_day(acme: Cli) -> None:
    """Once, also through its last month and after it."""
    card(acme, "2026-03")
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-04-10")
    assert of_cards(acme) == [("2026-03-01", 1, "2026-03-31")]


def test_a_card_is_announced_on_each_day_of_the_list(acme: Cli) -> None:
    """40 and 10 days before its last day."""
    acme.ok("settings", "set", "card-reminder-days", "40 10")
    card(acme, "2026-03")
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-04-10")
    assert of_cards(acme) == [("2026-02-19", 1, "2026-03-31"), ("2026-03-21", 1, "2026-03-31")]


def test_a_card_is_nobodys_concern_where_nothing_is_live(acme: Cli) -> None:
    """Only once an account is ordered."""
    card(acme, "2026-03")
    acme.ok("prepaid", "credit", "acme", "100")
    acme.ok("tick", "--to", "2026-03-10")
    assert of_cards(acme) == []
    acme.ok("account", "order", "acme-pro", "-y")
    assert of_cards(acme) == [("2026-03-10", 1, "2026-03-31")]


def test_a_card_that_becomes_the_default_is_announced_then(acme: Cli) -> None:
    """The first method is the default one; the second, chosen in its last month, is told of."""
    acme.ok("account", "order", "acme-pro", "-y")
    acme.ok("method", "add", "paypal", "acme", "--agreement", "B-1234567")
    card(acme, "2026-01")
    acme.ok("tick", "--to", "2026-01-10")
    assert of_cards(acme) == []
    acme.ok("method", "default", "2")
    assert of_cards(acme) == [("2026-01-10", 2, "2026-01-31")]


def test_a_new_list_of_days_announces_the_cards_that_it_is_too_late_for(acme: Cli) -> None:
    """60 days before 28 February is past."""
    card(acme, "2026-02")
    acme.ok("account", "order", "acme-pro", "-y")
    assert of_cards(acme) == []
    acme.ok("settings", "set", "card-reminder-days", "60")
    assert of_cards(acme) == [("2026-01-01", 1, "2026-02-28")]
