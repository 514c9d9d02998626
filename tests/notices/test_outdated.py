"""A notice is not sent if what it says is no longer true."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from mailctl.store.engine.stores import store_at
from mailctl.store.notice_queue import end_outdated
from mailctl.store.queries.notice_validity import accounts_still_named, is_outdated
from tests.helpers import Cli
from tests.ids import account_of, last_movement, last_order, last_payment, method_of
from tests.store.plain import rows

ANN, BOB = "ann@acme.example", "bob@acme.example"


def outdated(cli: Cli, kind: str) -> bool:
    """Whether the last notice of a kind is of no use any more."""
    with store_at(cli.store).read() as reader:
        return is_outdated(reader, last(cli, kind))


def still_named(cli: Cli, kind: str) -> set[int]:
    """The accounts for which the last notice of a kind is true."""
    with store_at(cli.store).read() as reader:
        return set(accounts_still_named(reader, last(cli, kind)))


def last(cli: Cli, kind: str) -> int:
    """The id of the last notice of a kind."""
    [(number,)] = rows(cli.store, f"SELECT max(id) FROM notice WHERE kind = '{kind}'")
    assert number is not None
    return int(number)


@pytest.fixture
def acme(store: Cli) -> Cli:
    """acme, who owes the first month of two monthly accounts, due on 2026-01-08."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme-pro", ANN, BOB, "-y")
    return store


@pytest.fixture
def ending(acme: Cli) -> Cli:
    """acme has paid; both accounts end on 2026-02-01, which was announced on 2026-01-17."""
    acme.ok("prepaid", "credit", "acme", "100")
    acme.ok("account", "renew", ANN, BOB, "--mode", "none", "-y")
    acme.ok("tick", "--to", "2026-01-17")
    return acme


def test_an_end_stays_true_for_those_who_still_end(ending: Cli) -> None:
    """One is given its renewal back, then the other is paid for longer."""
    assert still_named(ending, "expiry-coming") == {
        account_of(ending, ANN),
        account_of(ending, BOB),
    }
    ending.ok("account", "renew", ANN, "--mode", "monthly", "-y")
    assert still_named(ending, "expiry-coming") == {account_of(ending, BOB)}
    assert not outdated(ending, "expiry-coming")
    ending.ok("account", "extend", BOB, "-y")
    assert still_named(ending, "expiry-coming") == set()
    assert outdated(ending, "expiry-coming")


def test_an_end_is_not_announced_on_its_day(ending: Cli) -> None:
    """On 31 January it still is."""
    ending.ok("tick", "--to", "2026-01-31")
    assert not outdated(ending, "expiry-coming")
    ending.ok("tick")
    assert outdated(ending, "expiry-coming")


def test_an_end_is_not_announced_on_its_day_before_the_tick_either(cli: Cli) -> None:
    """Cron sends at 5 and ticks at 6: on 1 February it is too late to announce it."""
    with freeze_time("2026-01-20T09:00:00Z"):
        cli.ok("init", "--timezone", "UTC")
        cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
        cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
        cli.ok(
            "import", "accounts", "-",
            stdin="platform,address,period,expires_on,anchor_day,renewal\n"
            f"acme-pro,{ANN},monthly,2026-02-01,1,none\n",
        )  # fmt: skip
    with freeze_time("2026-01-31T23:00:00Z"):
        assert still_named(cli, "expiry-coming") == {account_of(cli, ANN)}
    with freeze_time("2026-02-01T05:00:00Z"):
        assert outdated(cli, "expiry-coming")


def test_what_has_happened_is_never_outdated(ending: Cli) -> None:
    """A deletion is; a suspension only until the mailbox can no longer be saved."""
    ending.ok("tick", "--to", "2026-03-01")
    for kind in ("accounts-deleted", "order-confirmed", "debt-settled"):
        assert not outdated(ending, kind)
    assert outdated(ending, "accounts-suspended")
    assert still_named(ending, "accounts-deleted") == {
        account_of(ending, ANN),
        account_of(ending, BOB),
    }
    assert outdated(ending, "deletion-coming")


def test_a_suspension_that_has_ended_is_not_notified(ending: Cli) -> None:
    """Never "suspended, deletion on 15 February" and "works again" in one second."""
    ending.ok("tick", "--to", "2026-02-01")
    assert still_named(ending, "accounts-suspended") == {
        account_of(ending, ANN),
        account_of(ending, BOB),
    }
    ending.ok("account", "reopen", ANN, "--mode", "monthly", "-y")
    assert still_named(ending, "accounts-suspended") == {account_of(ending, BOB)}
    ending.ok("account", "reopen", BOB, "--mode", "monthly", "-y")
    assert outdated(ending, "accounts-suspended")


def test_a_reopening_is_not_notified_after_the_next_suspension(acme: Cli) -> None:
    """Paid on the 9th, taken back on the 10th: only the second suspension is notified."""
    acme.ok("tick", "--to", "2026-01-09")
    first = last(acme, "accounts-suspended")
    acme.ok("prepaid", "credit", "acme", "10")
    assert still_named(acme, "accounts-reopened") == {account_of(acme, ANN), account_of(acme, BOB)}
    acme.ok(
        "prepaid",
        "reverse",
        "acme",
        last_movement(acme, "acme", "credit"),
        "--reason",
        "wrong customer",
        "-y",
    )
    acme.ok("tick", "--to", "2026-01-17")
    assert outdated(acme, "accounts-reopened")
    assert still_named(acme, "accounts-suspended") == {account_of(acme, ANN), account_of(acme, BOB)}
    with store_at(acme.store).read() as reader:
        assert is_outdated(reader, first)


def test_a_settled_debt_is_not_notified_when_there_is_another(acme: Cli) -> None:
    """Nobody is thanked for an account that is short again."""
    acme.ok("prepaid", "credit", "acme", "10")
    assert not outdated(acme, "debt-settled")
    acme.ok(
        "prepaid",
        "reverse",
        "acme",
        last_movement(acme, "acme", "credit"),
        "--reason",
        "wrong customer",
        "-y",
    )
    assert outdated(acme, "debt-settled")
    assert not outdated(acme, "debt-opened")


def test_a_debt_that_is_being_collected_asks_nobody_until_it_is_not(acme: Cli) -> None:
    """Its notice was not sent for that reason: without the card the debt is notified."""
    with_a_card(acme, "2026-12")
    assert outdated(acme, "debt-opened")
    with store_at(acme.store).write("notice send") as tx:
        end_outdated(tx, last(acme, "debt-opened"))
    first = last(acme, "debt-opened")
    acme.ok("method", "remove", method_of(acme, "acme", "card"), "-y")
    assert last(acme, "debt-opened") > first
    assert not outdated(acme, "debt-opened")


def test_a_payment_that_has_come_is_not_notified_as_failed(acme: Cli) -> None:
    """The bank's second try brought it, before the letter about the first went out."""
    with_a_card(acme, "2026-12")
    hand_over(acme)
    acme.ok("payment", "fail", last_payment(acme), "--reason", "no")
    assert not outdated(acme, "payment-failed")
    acme.ok("tick")
    hand_over(acme)
    acme.ok("payment", "settle", last_payment(acme))
    assert outdated(acme, "payment-failed")


def test_a_payment_that_other_money_made_needless_is_not_notified_as_failed(acme: Cli) -> None:
    """A transfer came."""
    with_a_card(acme, "2026-12")
    hand_over(acme)
    acme.ok("payment", "fail", last_payment(acme), "--reason", "no")
    acme.ok("prepaid", "credit", "acme", "10")
    assert outdated(acme, "payment-failed")


def test_a_payment_that_came_through_another_card_is_not_notified_as_failed(acme: Cli) -> None:
    """Though something else is still missing."""
    with_a_card(acme, "2026-12")
    hand_over(acme)
    payment = last_payment(acme)
    acme.ok("payment", "fail", payment, "--reason", "no")
    acme.ok("account", "order", "acme-pro", "-y")
    with_a_card(acme, "2027-12")
    acme.ok("method", "default", method_of(acme, "acme", "card"))
    acme.ok("tick")
    hand_over(acme)
    assert not outdated(acme, "payment-failed")
    acme.ok("payment", "settle", payment)
    assert acme.ok("prepaid", "show", "acme")["balance_cents"] < 0
    assert outdated(acme, "payment-failed")


def with_a_card(cli: Cli, month: str) -> None:
    """Let acme pay by card."""
    cli.ok(
        "method", "add", "card", "acme", "--token", "tok_1", "--brand", "Visa",
        "--last4", "4242", "--expires", month,
    )  # fmt: skip


def hand_over(cli: Cli) -> None:
    """Ask the gateway for what is to be paid."""
    files = len(list(cli.store.parent.iterdir()))
    cards = f"{cli.store.parent}/cards-{files}.csv"
    cli.ok("payment", "export", "--kind", "card", "--format", "csv", "--to", cards)


def test_only_the_last_of_cancel_and_resume_is_notified(ending: Cli) -> None:
    """Cancelled, resumed, cancelled again before the first letter went out."""
    ending.ok("platform", "cancel", "acme-pro", "-y")
    first = last(ending, "cancel-recorded")
    assert not outdated(ending, "cancel-recorded")
    ending.ok("platform", "resume", "acme-pro", "-y")
    assert outdated(ending, "cancel-recorded")
    assert not outdated(ending, "cancel-undone")
    ending.ok("platform", "cancel", "acme-pro", "-y")
    assert outdated(ending, "cancel-undone")
    assert not outdated(ending, "cancel-recorded")
    with store_at(ending.store).read() as reader:
        assert is_outdated(reader, first)


def test_what_a_credit_note_took_back_is_notified_by_the_credit_note(ending: Cli) -> None:
    """Neither "invoice: 3.82, paid" of the order, nor that of a renewal; but one that is left."""
    ending.ok("account", "renew", ANN, BOB, "--mode", "monthly", "-y")
    ending.ok("tick", "--to", "2026-02-01")
    for number, kind in (("2026-000001", "order-confirmed"), ("2026-000002", "invoice-issued")):
        ending.ok("invoice", "credit", number, "--line", "1", "--reason", "mistake", "-y")
        assert not outdated(ending, kind)
        ending.ok("invoice", "credit", number, "--reason", "mistake", "-y")
        assert outdated(ending, kind)
    assert not outdated(ending, "credit-note-issued")


def test_a_deletion_is_not_announced_for_an_account_that_was_reopened(ending: Cli) -> None:
    """Of two that were to go on 15 February, one works again."""
    ending.ok("tick", "--to", "2026-02-10")
    ending.ok("account", "reopen", ANN, "--mode", "monthly", "-y")
    assert still_named(ending, "deletion-coming") == {account_of(ending, BOB)}


def test_a_yearly_renewal_is_not_announced_once_another_was_chosen(ending: Cli) -> None:
    """Nor on a platform that is renewed by hand."""
    ending.ok("account", "renew", ANN, BOB, "--mode", "yearly", "-y")
    assert still_named(ending, "renewal-coming") == {
        account_of(ending, ANN),
        account_of(ending, BOB),
    }
    ending.ok("account", "renew", ANN, "--mode", "monthly", "-y")
    assert still_named(ending, "renewal-coming") == {account_of(ending, BOB)}
    ending.ok("platform", "renewal", "acme-pro", "--manual", "-y")
    assert outdated(ending, "renewal-coming")


def test_a_debt_that_is_paid_is_not_notified(acme: Cli) -> None:
    """Neither that it began, nor that it is due."""
    acme.ok("tick", "--to", "2026-01-06")
    assert not outdated(acme, "debt-opened")
    assert not outdated(acme, "debt-reminder")
    acme.ok("prepaid", "credit", "acme", "10")
    assert outdated(acme, "debt-opened")
    assert outdated(acme, "debt-reminder")


def test_a_due_date_is_notified_through_that_day(acme: Cli) -> None:
    """It is the last day to pay."""
    acme.ok("settings", "set", "debt-reminder-days", "3")
    acme.ok("tick", "--to", "2026-01-08")
    assert not outdated(acme, "debt-reminder")
    acme.ok("tick")
    assert outdated(acme, "debt-reminder")


def test_a_due_date_that_has_moved_is_not_notified(acme: Cli) -> None:
    """A grace gives until the 20th."""
    acme.ok("tick", "--to", "2026-01-06")
    acme.ok("prepaid", "grace", "acme", "--until", "2026-01-20", "--reason", "asked")
    assert outdated(acme, "debt-reminder")
    assert not outdated(acme, "debt-opened")


def test_a_debt_that_is_being_collected_is_not_reminded_of(acme: Cli) -> None:
    """A PayPal agreement covers it since."""
    acme.ok("tick", "--to", "2026-01-06")
    acme.ok("method", "add", "paypal", "acme", "--agreement", "B-1234567")
    assert outdated(acme, "debt-reminder")


def test_an_order_that_no_longer_waits_is_not_asked_for(ending: Cli) -> None:
    """Paid, or cancelled by the tick after its last day."""
    ending.ok("account", "order", "acme-pro", "--await-payment", "-y")
    assert not outdated(ending, "order-awaiting-payment")
    ending.ok("order", "pay", last_order(ending), "-y")
    assert outdated(ending, "order-awaiting-payment")
    ending.ok("account", "order", "acme-pro", "--await-payment", "-y")
    ending.ok("tick", "--days", "1")
    assert not outdated(ending, "order-awaiting-payment")
    ending.ok("tick", "--days", "1")
    assert outdated(ending, "order-awaiting-payment")


def test_an_order_that_cannot_be_paid_is_not_asked_for(ending: Cli) -> None:
    """Its platform was cancelled meanwhile."""
    ending.ok("account", "order", "acme-pro", "--await-payment", "-y")
    ending.ok("platform", "cancel", "acme-pro", "-y")
    assert outdated(ending, "order-awaiting-payment")


def test_a_token_is_sent_while_it_is_the_newest_and_valid(acme: Cli) -> None:
    """Through the third day after; the first one ends with the second."""
    acme.ok("platform", "delete", "acme-pro", "-y")
    first = last(acme, "delete-token")
    assert not outdated(acme, "delete-token")
    acme.ok("platform", "delete", "acme-pro", "-y")
    with store_at(acme.store).read() as reader:
        assert is_outdated(reader, first)
    acme.ok("tick", "--days", "3")
    assert not outdated(acme, "delete-token")
    acme.ok("tick")
    assert outdated(acme, "delete-token")


def test_a_used_token_is_not_sent(acme: Cli) -> None:
    """Its platform is closed."""
    acme.ok("platform", "delete", "acme-pro", "-y")
    [(token,)] = rows(acme.store, "SELECT secret FROM notice WHERE kind = 'delete-token'")
    acme.ok("platform", "delete", "acme-pro", "--token", token, "--confirm", "acme-pro")
    assert outdated(acme, "delete-token")
    assert not outdated(acme, "delete-confirmed")


@pytest.mark.parametrize("end", ["remove", "another", "expired"])
def test_an_expiring_card_is_notified_while_it_is_the_default_and_valid(
    end: str, ending: Cli
) -> None:
    """Until it is removed, or another is chosen, or it has expired."""
    ending.ok(
        "method", "add", "card", "acme", "--token", "tok_1", "--brand", "Visa",
        "--last4", "4242", "--expires", "2026-01",
    )  # fmt: skip
    assert not outdated(ending, "card-expiring")
    if end == "remove":
        ending.ok("method", "remove", method_of(ending, "acme", "card"), "-y")
    elif end == "another":
        ending.ok("method", "add", "paypal", "acme", "--agreement", "B-1234567")
        assert not outdated(ending, "card-expiring")
        ending.ok("method", "default", method_of(ending, "acme", "paypal"))
    else:
        ending.ok("tick", "--to", "2026-01-31")
        assert not outdated(ending, "card-expiring")
        ending.ok("tick")
    assert outdated(ending, "card-expiring")


@pytest.mark.parametrize("end", [("credit", "100"), ("alert", "0"), ("alert", "1")])
def test_a_low_balance_is_notified_while_it_is_low(end: tuple[str, str], ending: Cli) -> None:
    """Until money comes, or the alert is lower, or off."""
    ending.ok("prepaid", "alert", "acme", "95")
    ending.ok("account", "order", "acme-pro", "-y")
    assert not outdated(ending, "balance-low")
    ending.ok("prepaid", end[0], "acme", end[1])
    assert outdated(ending, "balance-low")
