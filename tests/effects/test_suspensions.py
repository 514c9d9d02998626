"""What a suspension does, and what lifts it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mailctl.domain.states import SuspendedFor
from mailctl.effects import deletions, suspensions
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet, CustomerSet
from tests.helpers import Cli
from tests.store.plain import rows


@pytest.fixture
def acme(store: Cli) -> Cli:
    """acme, with two mailboxes and a blank account that are paid, on 2026-01-01."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("prepaid", "credit", "acme", "100")
    store.ok("platform", "add", "acme-hx", "--customer", "acme", "--offer", "hosted-exchange")
    store.ok("account", "order", "acme-hx", "ann@acme.example", "bob@acme.example", "-y")
    store.ok("account", "order", "acme-hx", "-y")
    return store


@contextmanager
def changing(cli: Cli) -> Iterator[tuple[Transaction, AccountSet]]:
    """A change of all three accounts."""
    with (
        store_at(cli.store).write("test") as transaction,
        AccountSet(transaction, "test_account", [1, 2, 3]) as accounts,
    ):
        yield transaction, accounts


def states(cli: Cli) -> list[tuple[Any, ...]]:
    """How the accounts stand."""
    return [
        (item["state"], item["suspended_for"], item["deletes_on"])
        for item in cli.ok("account", "list", "--state", "all")["items"]
    ]


def tasks(cli: Cli) -> list[tuple[int, str]]:
    """What the mail server is asked for, after the mailboxes were made."""
    items = cli.ok("task", "list")["items"]
    return [(item["account"], item["kind"]) for item in items if item["kind"] != "create"]


def notices(cli: Cli) -> list[tuple[Any, ...]]:
    """What acme is notified of, with the number of accounts that are named."""
    return rows(
        cli.store,
        "SELECT n.kind, count(t.account_id) FROM notice n LEFT JOIN notice_account t "
        "ON t.notice_id = n.id WHERE n.kind LIKE 'accounts-%' GROUP BY n.id ORDER BY n.id",
    )


@pytest.mark.parametrize(
    ("reason", "day"), [(SuspendedFor.EXPIRED, "2026-01-04"), (SuspendedFor.DEBT, "2026-01-08")]
)
def test_suspended_accounts_are_deleted_after_the_retention(
    acme: Cli, reason: SuspendedFor, day: str
) -> None:
    """After 3 days, or 7 for debt. One notice names them all; a blank account has no mailbox."""
    acme.ok("settings", "set", "retention-days", "3")
    with changing(acme) as (transaction, accounts):
        suspensions.suspend(transaction, accounts, reason)
    assert states(acme) == [("suspended", reason, day)] * 3
    assert tasks(acme) == [(1, "suspend"), (2, "suspend")]
    assert notices(acme) == [("accounts-suspended", 3)]


def test_money_lifts_a_suspension_for_debt_and_no_other(acme: Cli) -> None:
    """Nothing is overdue: what debt has suspended works again, and what has expired does not."""
    with store_at(acme.store).write("test") as transaction:
        for account, reason in ((1, SuspendedFor.DEBT), (2, SuspendedFor.EXPIRED)):
            with AccountSet(transaction, "test_account", [account]) as accounts:
                suspensions.suspend(transaction, accounts, reason)
        with CustomerSet(transaction, "test_customer", [1]) as customers:
            assert suspensions.lift(transaction, customers) == (1,)
    assert [state for state, *_ in states(acme)] == ["active", "suspended", "active"]
    assert notices(acme) == [("accounts-suspended", 2), ("accounts-reopened", 1)]


def test_another_notice_may_announce_a_reopening(acme: Cli) -> None:
    """A paid reopening has its order's confirmation: nothing else is queued."""
    with changing(acme) as (transaction, accounts):
        suspensions.suspend(transaction, accounts, SuspendedFor.EXPIRED)
        suspensions.reopen(transaction, accounts, notify=False)
    assert states(acme) == [("active", None, None)] * 3
    assert notices(acme) == [("accounts-suspended", 3)]


def test_deleted_accounts_free_their_addresses_and_close_a_cancelled_platform(acme: Cli) -> None:
    """The mail server deletes the mailboxes; the platform closes with its last account."""
    acme.ok("platform", "cancel", "acme-hx", "-y")
    with changing(acme) as (transaction, accounts):
        deletions.delete(transaction, accounts)
        assert deletions.close_emptied_platforms(transaction) == 1
    assert tasks(acme) == [(1, "delete"), (2, "delete")]
    assert notices(acme) == [("accounts-deleted", 3)]
    assert acme.ok("platform", "show", "acme-hx")["state"] == "closed"


def test_a_platform_that_is_not_cancelled_stays_without_accounts(acme: Cli) -> None:
    """More can be ordered on it."""
    with changing(acme) as (transaction, accounts):
        deletions.delete(transaction, accounts)
        assert deletions.close_emptied_platforms(transaction) == 0
    acme.ok("account", "order", "acme-hx", "ann@acme.example", "-y")
