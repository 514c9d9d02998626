"""Collecting what is missing, and what becomes of it when a bank or a gateway answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mailctl.billing import payment_answers, payment_returns
from mailctl.domain.answers import LACK_OF_FUNDS
from mailctl.store import payments
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment
from tests.helpers import Cli
from tests.ids import last_movement, last_payment

NO_FUNDS = LACK_OF_FUNDS[1]
BANK = (
    "method", "add", "bank", "acme", "--iban", "FR7630006000011234567890189", "--holder", "Acme",
    "--mandate", "M-1", "--signed", "2025-12-01",
)  # fmt: skip


@pytest.fixture
def asked(store: Cli) -> Cli:
    """acme, who pays by direct debit, ordered a mailbox; the bank was asked for the money."""
    store.ok("settings", "set", "seller-name", "Mail & Co")
    store.ok("settings", "set", "seller-iban", "DE89370400440532013000")
    store.ok("settings", "set", "seller-creditor-id", "DE98ZZZ09999999999")
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok(*BANK)
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme-pro", "ann@acme.example", "-y")
    return store


def answered(cli: Cli, answer: Callable[[Transaction, Payment], object]) -> Any:
    """What an answer to the last payment gives."""
    with store_at(cli.store).write("test") as transaction:
        return answer(transaction, payments.find(transaction, int(last_payment(cli))))


def failed(cli: Cli) -> None:
    """The bank says no."""
    answered(cli, lambda tx, payment: payment_answers.fail(tx, [(payment, "no")]))


def settled(cli: Cli) -> None:
    """The bank pays."""
    answered(cli, lambda tx, payment: payment_answers.settle(tx, payment, "r1"))


def returned(cli: Cli, code: str) -> int | None:
    """The bank takes the money back; the payment that asks again, if one does."""
    row = int(last_movement(cli, "acme", "payment"))
    again: int | None = answered(
        cli, lambda tx, payment: payment_returns.take_back(tx, payment, row, code)
    )
    return again


def payment(cli: Cli) -> dict[str, Any]:
    """The last payment, as the command line lists it."""
    listed: list[dict[str, Any]] = cli.ok("payment", "list")["items"]
    return max(listed, key=lambda one: one["id"])


def balance(cli: Cli) -> int:
    """acme's balance in cents."""
    return int(cli.ok("prepaid", "show", "acme")["balance_cents"])


def notified(cli: Cli) -> int:
    """How often acme was notified of a payment that failed."""
    listed = cli.ok("notice", "list")["items"]
    return [notice["kind"] for notice in listed].count("payment-failed")


def test_what_is_missing_is_asked_for_once(asked: Cli) -> None:
    """The next order is collected by a payment of its own, and nothing twice."""
    first = payment(asked)
    assert (first["status"], first["amount_cents"]) == ("pending", -balance(asked))
    asked.ok("account", "order", "acme-pro", "bob@acme.example", "-y")
    both = [one["amount_cents"] for one in asked.ok("payment", "list")["items"]]
    assert (len(both), sum(both)) == (2, -balance(asked))


def test_a_payment_that_nobody_was_asked_for_ends_when_other_money_comes(asked: Cli) -> None:
    asked.ok("prepaid", "credit", "acme", "10")
    assert payment(asked)["status"] == "cancelled"


def test_settled_money_is_booked_once(asked: Cli) -> None:
    missing = -balance(asked)
    settled(asked)
    assert (payment(asked)["status"], balance(asked)) == ("succeeded", 0)
    last = asked.ok("prepaid", "statement", "acme")["items"][-1]
    assert (last["kind"], last["amount_cents"]) == ("payment", missing)


def test_a_failed_payment_is_tried_again_1_3_and_5_days_after_its_first_failure(
    asked: Cli,
) -> None:
    """Four tries in all; the customer is notified of the first failure alone."""
    for planned in ("2026-01-02", "2026-01-04", "2026-01-06"):
        failed(asked)
        assert (payment(asked)["status"], payment(asked)["next_try_on"]) == ("pending", planned)
        asked.ok("tick", "--to", planned)
    failed(asked)
    assert (payment(asked)["status"], payment(asked)["next_try_on"]) == ("failed", None)
    assert notified(asked) == 1


def test_what_failed_for_good_is_not_asked_for_again_by_itself(asked: Cli) -> None:
    """It is still owed; a new method asks for it."""
    for day in ("2026-01-02", "2026-01-04", "2026-01-06", "2026-01-07"):
        failed(asked)
        asked.ok("tick", "--to", day)
    assert payment(asked)["status"] == "failed"
    assert len(asked.ok("payment", "list", "--status", "pending")["items"]) == 0
    asked.ok("method", "add", "paypal", "acme", "--agreement", "B-12345", "--default")
    (again,) = asked.ok("payment", "list", "--status", "pending")["items"]
    assert again["amount_cents"] == -balance(asked)


def test_a_debit_without_funds_is_asked_for_again_on_the_next_day(asked: Cli) -> None:
    """The money is reversed, and the customer is notified."""
    missing = -balance(asked)
    settled(asked)
    again = returned(asked, NO_FUNDS)
    assert balance(asked) == -missing
    assert str(again) == last_payment(asked)
    shown = payment(asked)
    assert (shown["amount_cents"], shown["next_try_on"]) == (missing, "2026-01-02")
    assert notified(asked) == 1


@pytest.mark.parametrize("code", ["MD06", "AC04", "MS02"])
def test_a_debit_that_its_holder_refused_is_not_asked_for_again(asked: Cli, code: str) -> None:
    """An objection, a closed account, no reason: the debt stays, and a person decides."""
    settled(asked)
    assert returned(asked, code) is None
    assert payment(asked)["status"] == "returned"
    assert balance(asked) < 0


def test_a_settlement_recorded_by_mistake_is_awaited_again(asked: Cli) -> None:
    """Nothing happened: nobody is notified, and no try is counted."""
    missing = -balance(asked)
    settled(asked)
    row = int(last_movement(asked, "acme", "payment"))
    answered(asked, lambda tx, payment: payment_returns.unsettle(tx, payment, row, "a slip"))
    shown = payment(asked)
    assert (shown["status"], shown["tries"], balance(asked)) == ("pending", 0, -missing)
    assert notified(asked) == 0


def test_money_that_came_after_all_is_not_asked_for_again(asked: Cli) -> None:
    """The bank took the debit back and paid it a day later: only the next order is collected."""
    first = int(last_payment(asked))
    settled(asked)
    assert returned(asked, NO_FUNDS) is not None
    asked.ok("account", "order", "acme-pro", "bob@acme.example", "-y")
    with store_at(asked.store).write("test") as transaction:
        payment_returns.receive(transaction, payments.find(transaction, first), "r2")
    (left,) = asked.ok("payment", "list", "--status", "pending")["items"]
    assert left["amount_cents"] == -balance(asked)
