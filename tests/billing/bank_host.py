"""A host whose bank answers: three customers who owe the same amount, one by direct debit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mailctl.actions import account_orders
from mailctl.actions.bank_imports import BankImported, import_files
from mailctl.domain.statements import ReadEntry
from mailctl.store import bank_entries, customers, payments
from mailctl.store.bank_entries import Entry
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment
from tests import originals
from tests.actions.bank_readings import ACCOUNT, entry, reading
from tests.conftest import copied
from tests.helpers import Cli

IBANS = {"acme": "DE02120300000000202051", "bolt": "DE02500105170137075030"}
"""By which acme is debited, and bolt once was."""


def host(folder: Path) -> None:
    """acme owes invoice 2026-000001 by payment 1, handed over; bolt 2026-000002, cole 000003.

    Each is of the same amount. bolt has another order, which awaits its payment.
    """
    store = Cli(folder / "mailctl.db")
    store.ok("init", "--clock", "2026-01-01")
    store.ok("settings", "set", "seller-name", "Mail & Co")
    store.ok("settings", "set", "seller-iban", ACCOUNT)
    store.ok("settings", "set", "seller-creditor-id", "DE98ZZZ09999999999")
    for name in ("acme", "bolt", "cole"):
        store.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
        if name == "acme":
            mandate = ("--mandate", "M-1", "--signed", "2025-12-01")
            store.ok(
                "method", "add", "bank", name, "--iban", IBANS[name], "--holder", name, *mandate
            )
        store.ok("platform", "add", f"{name}-pro", "--customer", name, "--offer", "email-pro")
        store.ok("account", "order", f"{name}-pro", f"ann@{name}.example", "-y")
    assert store("payment", "export", "--kind", "bank", "--format", "sepa").status == 0


@pytest.fixture
def cli_host(cli: Cli) -> Cli:
    """The host's command line."""
    return copied(originals.made_once("bank-host", host) / "mailctl.db", cli)


@pytest.fixture
def tx(cli_host: Cli) -> Iterator[Transaction]:
    """One change of the host, which is undone."""
    with store_at(cli_host.store).write("test", dry_run=True) as transaction:
        yield transaction


_number = iter(range(10**6))


def taken(tx: Transaction, *entries: ReadEntry, kind: str = "camt.053") -> BankImported:
    """A statement of its own with these entries is imported."""
    with reading(kind, *entries, name=f"{next(_number)}.xml") as file:
        return import_files(tx, [file])


def came(tx: Transaction, cents: int, **said: Any) -> Entry:
    """One entry is imported; what became of it."""
    said.setdefault("reference", f"B{next(_number)}")
    taken(
        tx,
        entry(
            cents, said.pop("day", tx.today.isoformat()), entry_reference=said["reference"], **said
        ),
    )
    return last(tx)


def last(tx: Transaction) -> Entry:
    """The newest entry."""
    return bank_entries.find(tx, tx.number("SELECT max(id) FROM bank_entry"))


def owed(tx: Transaction, customer: str) -> int:
    """What a customer owes, in cents."""
    return -customers.find(tx, customer).balance_cents


def payment(tx: Transaction, number: int = 1) -> Payment:
    """A payment."""
    return payments.find(tx, number)


def amount(tx: Transaction) -> int:
    """What each of the three owes at first."""
    return payment(tx).amount_cents


def movements(tx: Transaction) -> list[tuple[Any, ...]]:
    """All money that moved: customer, kind, cents."""
    return list(
        tx.execute(
            """
            SELECT c.slug, l.kind, l.amount_cents
            FROM ledger l JOIN customer c ON c.id = l.customer_id
            WHERE l.kind <> 'charge'
            ORDER BY l.id
            """
        ).fetchall()
    )


def brief(one: Entry) -> tuple[str, str | None, str | None]:
    """State, rule and customer of an entry."""
    return str(one.state), one.matched_by and str(one.matched_by), one.customer


def more_invoices(tx: Transaction) -> list[str]:
    """bolt orders two mailboxes more, each by an invoice of its own; their numbers."""
    for _ in range(2):
        account_orders.order(tx, account_orders.plan_order(tx, platform="bolt-pro", count=1))
    return tx.texts(
        "SELECT year || '-00000' || seq FROM invoice WHERE customer_id = 2 ORDER BY id"
    )[1:]
