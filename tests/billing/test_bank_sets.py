"""What an import books in sets gives the books of one booking after another (rules 20)."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest

from mailctl.actions import account_orders
from mailctl.billing import bank_booking
from mailctl.billing.order_payment import pay_named
from mailctl.domain.bank import MatchedBy
from mailctl.domain.payment_references import reference_of_order
from mailctl.errors import NotReversibleError
from mailctl.store import bank_entries, customers, payments
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import referred
from tests.billing.bank_host import amount, cli_host, taken
from tests.helpers import Cli

__all__ = ["cli_host"]
BOLT = "2026-000002"
BOOKS = {
    "ledger": """
        SELECT c.slug, l.seq, l.kind, l.amount_cents, l.before_cents, l.after_cents,
            l.payment_id, l.reference, l.value_on, o.kind, o.status, o.total_cents
        FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN purchase_order o ON o.number = l.order_number
        ORDER BY c.slug, l.seq
    """,
    "invoices": """
        SELECT customer_id, open_cents, is_covered, paid_on, due_on
        FROM invoice_open
        ORDER BY customer_id, open_cents, due_on
    """,
    "orders": """
        SELECT customer_id, kind, status, total_cents, paid_on, ended_on
        FROM purchase_order
        ORDER BY customer_id, kind, status, total_cents
    """,
    "payments": """
        SELECT id, status, reference, settled_on, tries, next_try_on, reason
        FROM payment
        ORDER BY id
    """,
    "notices": """
        SELECT customer_id, kind, amount_cents, due_on FROM notice ORDER BY customer_id, kind
    """,
    "accounts": "SELECT id, state FROM account ORDER BY id",
    "entries": """
        SELECT id, state, customer_id, order_number, payment_id FROM bank_entry ORDER BY id
    """,
    "money": """
        SELECT b.entry_id, sum(l.amount_cents)
        FROM bank_booking b JOIN ledger l ON l.id = b.ledger_id
        GROUP BY b.entry_id
        ORDER BY b.entry_id
    """,
    "words": "SELECT kind, word FROM word WHERE kind <> 'entry' ORDER BY kind, word",
    "journal": "SELECT subject, kind FROM journal ORDER BY subject, kind",
}


def _awaited(tx: Transaction) -> int:
    """bolt orders a mailbox that awaits its payment."""
    plan = account_orders.plan_order(tx, platform="bolt-pro", count=1, await_payment=True)
    return account_orders.order(tx, plan).order.number


def _all(tx: Transaction, order: int) -> list[Any]:
    """Settled, too much, too little, several of one customer, and an order paid by it."""
    cents, today = amount(tx), tx.today.isoformat()
    total = tx.number("SELECT total_cents FROM purchase_order WHERE number = :n", {"n": order})
    debt = tx.number("SELECT number FROM purchase_order WHERE kind = 'debt' AND customer_id = 3")
    return [
        referred(cents, "A", today, end_to_end_id="payment-1-1"),
        referred(100, "B", today, text=BOLT),
        referred(cents + 7, "C", today, text=f"O{debt}"),
        referred(total, "D", today, text=reference_of_order(order)),
        referred(cents, "E", today, text=BOLT),
        referred(cents, "F", today, text=BOLT),
    ]


def _books(tx: Transaction) -> dict[str, list[Any]]:
    return {name: list(map(tuple, tx.execute(sql).fetchall())) for name, sql in BOOKS.items()}


@pytest.mark.parametrize("order_of", [1, -1])
def test_sets_and_single_bookings_give_the_same_books(cli_host: Cli, order_of: int) -> None:
    """The same movements, invoices, orders, payments, notices, words and journal rows."""
    with store_at(cli_host.store).write("test", dry_run=True) as tx:
        taken(tx, *_all(tx, _awaited(tx))[::order_of])
        together = _books(tx)
        targets = tx.execute(
            """
            SELECT e.reference, e.payment_id, c.slug, e.invoice_id, e.order_number
            FROM bank_entry e JOIN customer c ON c.id = e.customer_id
            ORDER BY e.id
            """
        ).fetchall()
    assert len(targets) == 6
    assert any(row[:3] == (3, "debt", "delivered") for row in together["orders"])
    with store_at(cli_host.store).write("test", dry_run=True) as tx:
        entries = _all(tx, _awaited(tx))[::order_of]
        # Nothing that a rule would find.
        taken(tx, *(one._replace(text="", end_to_end_id="") for one in entries))
        for place, (_, payment, slug, invoice, order) in enumerate(targets, start=1):
            entry = bank_entries.find(tx, place)
            how: dict[str, Any] = {"matched_by": MatchedBy.HAND, "evidence": "by hand"}
            if payment is not None:
                bank_booking.book_payment(tx, entry, payments.find(tx, payment), **how)
                pay_named(tx, 1)
            else:
                who = customers.find(tx, slug)
                bank_booking.book_credit(tx, entry, who, invoice=invoice, order=order, **how)
        single = _books(tx)
    for name in BOOKS:
        assert single[name] == together[name], name


def test_the_store_is_whole_after_it(cli_host: Cli) -> None:
    """Every invariant of the books holds, and what is taken back leaves them whole as well."""
    with store_at(cli_host.store).write("test") as tx:
        taken(tx, *_all(tx, _awaited(tx)))
    assert _broken(cli_host) == []
    with store_at(cli_host.store).write("test") as tx:
        for entry_id in tx.numbers("SELECT id FROM bank_entry ORDER BY id DESC"):
            bank_booking.take_back(tx, bank_entries.find(tx, entry_id))
    assert _broken(cli_host) == []


def _broken(cli: Cli) -> list[Any]:
    answer = cli("store", "check", "--output", "json")
    return [row for row in json.loads(answer.out)["items"] if not row["ok"]]


RETURNS = {
    "after-its-money": [(1, {}), (-1, {"return_code": "MD01"})],
    "before-its-money": [(-1, {"return_code": "MD01"}), (1, {})],
    "with-charges": [(1, {}), (-1, {"return_code": "AM04", "charges_cents": -350})],
    "of-a-return": [(1, {}), (-1, {"return_code": "MD01"}), (1, {})],
}


@pytest.mark.parametrize("which", RETURNS)
def test_the_store_is_whole_after_returns(cli_host: Cli, which: str) -> None:
    """And after each is taken back, the newest first."""
    with store_at(cli_host.store).write("test") as tx:
        cents, today = amount(tx), tx.today.isoformat()
        taken(
            tx,
            *(
                referred(
                    sign * cents + said.get("charges_cents", 0),
                    f"{which}{place}",
                    today,
                    end_to_end_id="payment-1-1",
                    **said,
                )
                for place, (sign, said) in enumerate(RETURNS[which])
            ),
        )
        booked = tx.number("SELECT count(*) FROM bank_entry WHERE state = 'booked'")
        assert booked == len(RETURNS[which])
    assert _broken(cli_host) == []
    with store_at(cli_host.store).write("test") as tx:
        for entry_id in tx.numbers("SELECT id FROM bank_entry ORDER BY id DESC"):
            entry = bank_entries.find(tx, entry_id)
            with suppress(NotReversibleError):
                bank_booking.take_back(tx, entry)
    assert _broken(cli_host) == []


@pytest.mark.files_only("SQLite tells what it is asked")
def test_entries_with_the_reference_of_booked_money_are_decided_together(cli_host: Cli) -> None:
    """All entries of a batch have one reference: as many questions for ten of them as for one."""
    asked: list[str] = []
    with store_at(cli_host.store).write("test", dry_run=True) as tx:
        taken(tx, referred(amount(tx), "B7", text=f"Invoice {BOLT}"))
        tx.connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        taken(tx, *(referred(100 + number, "B7", text=f"{number}") for number in range(10)))
        tx.connection.set_trace_callback(None)  # type: ignore[attr-defined]
    assert sum("l.reference = a.value" in sql for sql in asked) == 1
