"""Direct debits are announced before they are collected: by which notice, of when (rules 10).

email-pro monthly is 1.59 + 0.32 tax = 1.91. The 9th of January 2026 is a Friday.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mailctl.effects import debit_announcements, due_reminders
from mailctl.store import customers
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import CustomerSet
from tests.helpers import Cli
from tests.ids import last_payment
from tests.store.plain import opened, rows

MANDATES = {
    "acme": ("FR7630006000011234567890189", "M-17"),
    "bolt": ("DE89370400440532013000", "M-18"),
}


@pytest.fixture
def host(cli: Cli) -> Cli:
    """acme and bolt, who are each to be debited 1.91."""
    cli.ok("init", "--clock", "2026-01-09")
    for name, (iban, mandate) in MANDATES.items():
        cli.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
        cli.ok("platform", "add", name, "--customer", name, "--offer", "email-pro")
        cli.ok(
            *("method", "add", "bank", name, "--iban", iban, "--holder", name),
            *("--mandate", mandate, "--signed", "2026-01-02"),
        )
        cli.ok("account", "order", name, "-y")
    return cli


def forget(transaction: Transaction) -> None:
    """As of a store of an older mailctl: nothing announces the debits."""
    transaction.execute("UPDATE payment SET notice_id = NULL, told_on = NULL")
    transaction.execute("DELETE FROM notice WHERE kind = 'debit-coming'")


def letters(cli: Cli) -> list[tuple[Any, ...]]:
    """Who is told of debits to come, of how much, and how many debits the letter announces."""
    return rows(
        cli.store,
        "SELECT c.slug, n.amount_cents, "
        "(SELECT count(*) FROM payment y WHERE y.notice_id = n.id) FROM notice n "
        "JOIN customer c ON c.id = n.customer_id WHERE n.kind = 'debit-coming' ORDER BY n.id",
    )


def key_of(transaction: Transaction, name: str) -> int:
    return customers.find(transaction, name).id


def test_every_debit_that_nothing_announces_is_announced_once(host: Cli) -> None:
    with store_at(host.store).write("test") as transaction:
        forget(transaction)
        assert due_reminders.is_any_unannounced(transaction)
        for _ in range(2):
            debit_announcements.announce(transaction)
        assert not due_reminders.is_any_unannounced(transaction)
    assert letters(host) == [("acme", 191, 1), ("bolt", 191, 1)]


def test_a_customer_who_was_set_aside_is_not_written_to(host: Cli) -> None:
    with store_at(host.store).write("test") as transaction:
        forget(transaction)
        with CustomerSet(transaction, "aside", [key_of(transaction, "acme")]) as excluded:
            debit_announcements.announce(transaction, excluded)
    assert letters(host) == [("bolt", 191, 1)]


def test_only_the_customers_asked_for_are_written_to(host: Cli) -> None:
    """One, and those of a set."""
    with store_at(host.store).write("test") as transaction:
        forget(transaction)
        debit_announcements.announce_of(transaction, key_of(transaction, "acme"))
    assert letters(host) == [("acme", 191, 1)]
    with store_at(host.store).write("test") as transaction:
        forget(transaction)
        with CustomerSet(transaction, "chosen", [key_of(transaction, "bolt")]) as some:
            debit_announcements.announce_of_all(transaction, some)
    assert letters(host) == [("bolt", 191, 1)]


def test_debits_of_a_day_are_one_letter_with_their_sum(host: Cli) -> None:
    host.ok("account", "order", "acme", "-y")
    assert letters(host) == [("acme", 382, 2), ("bolt", 191, 1)]


@pytest.mark.parametrize("fact", ["queued_on = '2026-01-08'", "tries = 1", "sent_at = 'then'"])
def test_a_letter_of_another_day_or_that_was_tried_announces_no_further_debit(
    host: Cli, fact: str
) -> None:
    """A letter of its own does."""
    with opened(host.store) as base:
        base.execute(f"UPDATE notice SET {fact} WHERE kind = 'debit-coming'")
    host.ok("account", "order", "acme", "-y")
    assert [one for one in letters(host) if one[0] == "acme"] == [("acme", 191, 1)] * 2


def test_a_letter_that_will_not_be_sent_announces_nothing(host: Cli) -> None:
    """It is out of date: the debit is announced anew."""
    with opened(host.store) as base:
        base.execute(
            "UPDATE notice SET ended_for = 'outdated', ended_at = '2026-01-09T08:00:00Z' "
            "WHERE kind = 'debit-coming'"
        )
    with store_at(host.store).read() as reader:
        assert due_reminders.is_any_unannounced(reader)


def test_a_card_is_not_announced(host: Cli) -> None:
    with opened(host.store) as base:
        base.execute("UPDATE method SET kind = 'card'")
    with store_at(host.store).write("test") as transaction:
        forget(transaction)
        assert not due_reminders.is_any_unannounced(transaction)


def test_an_export_that_announces_says_so_in_the_history(host: Cli) -> None:
    """A journal row for each letter."""
    with store_at(host.store).write("test") as transaction:
        forget(transaction)
        debit_announcements.announce_and_record(transaction)
    assert [
        kind for (kind,) in rows(host.store, "SELECT kind FROM journal ORDER BY seq DESC LIMIT 2")
    ] == ["notice-queued"] * 2


def earliest(cli: Cli, *facts: str, today: str = "2026-01-09") -> list[str]:
    """From which days acme's debits are collected, as their letter would say it today."""
    [(notice,)] = rows(
        cli.store, f"SELECT notice_id FROM payment WHERE id = {last_payment(cli)} - 1"
    )
    with opened(cli.store) as base:
        base.execute("UPDATE clock SET reached_on = ?", (today,))
        for fact in facts:
            base.execute(f"UPDATE payment SET {fact} WHERE notice_id = {notice}")
    with store_at(cli.store).read() as reader:
        return [str(one.earliest_on) for one in debit_announcements.debits(reader, notice)]


def test_a_debit_handed_over_today_is_collected_two_banking_days_later(host: Cli) -> None:
    """On Friday for Tuesday; on Saturday for Wednesday."""
    assert earliest(host) == ["2026-01-13"]
    assert earliest(host, today="2026-01-10") == ["2026-01-14"]


def test_the_days_of_the_notice_before_it_count_from_today(host: Cli) -> None:
    host.ok("settings", "set", "prenotification-days", "14")
    assert earliest(host) == ["2026-01-23"]


def test_a_try_to_come_is_handed_over_on_its_day(host: Cli) -> None:
    """On Monday the 19th for Wednesday; a day that is past does not count."""
    assert earliest(host, "next_try_on = '2026-01-19'") == ["2026-01-21"]
    assert earliest(host, "next_try_on = '2026-01-05'") == ["2026-01-13"]


def test_a_day_that_was_announced_never_moves_forward(host: Cli) -> None:
    """It moves back where it cannot be kept."""
    assert earliest(host, "told_on = '2026-01-30'") == ["2026-01-30"]
    assert earliest(host, "told_on = '2026-01-12'") == ["2026-01-13"]


def test_the_day_is_fixed_when_the_letter_is_sent(host: Cli) -> None:
    """With what is then still to be collected, and a row in the customer's history."""
    host.ok("account", "order", "acme", "-y")
    [(notice, first)] = rows(
        host.store,
        "SELECT notice_id, min(id) FROM payment GROUP BY notice_id ORDER BY notice_id LIMIT 1",
    )
    with opened(host.store) as base:
        base.execute(f"UPDATE payment SET status = 'cancelled' WHERE id = {first}")
    with store_at(host.store).write("test") as transaction:
        debit_announcements.fix_days(transaction, notice)
        (debit,) = debit_announcements.debits(transaction, notice)
    assert (debit.customer, debit.amount_cents, debit.mandate) == ("acme", 191, "M-17")
    assert debit.earliest_on == date(2026, 1, 13)
    assert letters(host)[0] == ("acme", 191, 2)
    (row,) = [
        one
        for one in host.ok("customer", "history", "acme")["items"]
        if one["kind"] == "debit-announced"
    ]
    assert row["details"] == {
        "payment": debit.payment_id,
        "notice": notice,
        "earliest_on": "2026-01-13",
    }
