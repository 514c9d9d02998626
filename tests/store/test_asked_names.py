"""Names that are asked for together are found by indexes, however large the store is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from mailctl.store import accounts, customers, domains, erasure, orders, platforms
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries.advice import people
from mailctl.store.queries.advice.scope import Scope
from mailctl.store.refused_addresses import RefusedAddresses
from tests.helpers import Cli

pytestmark = pytest.mark.files_only("the plans are SQLite's")


def _refused(transaction: Transaction, addresses: Iterable[str]) -> object:
    with RefusedAddresses(transaction) as refused:
        refused.keep([("a@acme.example", 7)])
        return refused.lines_of(addresses)


@pytest.mark.parametrize(
    "ask",
    [
        accounts.holders_of,
        customers.existing,
        customers.named,
        domains.named,
        platforms.existing,
        platforms.named,
        _refused,
    ],
    ids=lambda ask: f"{ask.__module__}.{ask.__name__}",
)
def test_names_are_found_by_an_index(
    busy: Cli, ask: Callable[[Transaction, Iterable[str]], object]
) -> None:
    """No table is read from end to end, and none is sorted for the question alone."""
    ran: list[str] = []
    with store_at(busy.store).write("test", dry_run=True) as transaction:
        connection = transaction.connection
        connection.set_trace_callback(ran.append)  # type: ignore[attr-defined]
        ask(transaction, ["a@acme.example", "acme"])
        connection.set_trace_callback(None)  # type: ignore[attr-defined]
        (sql,) = [one for one in ran if one.lstrip().startswith("SELECT") and "asked_name" in one]
        transaction.execute("CREATE TEMP TABLE IF NOT EXISTS asked_name (name TEXT NOT NULL)")
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]

    assert [step for step in plan if "AUTOMATIC" in step or step.startswith("SCAN")] == ["SCAN q"]


def test_contact_addresses_are_looked_up_among_the_accounts_by_an_index(busy: Cli) -> None:
    """No index of all accounts is made for a look that only their customers need."""
    ran: list[str] = []
    with store_at(busy.store).read() as reader:
        connection = reader.connection
        connection.set_trace_callback(ran.append)  # type: ignore[attr-defined]
        people.own_mailboxes(Scope(reader=reader, customer=None), until_on=date(2026, 3, 1))
        connection.set_trace_callback(None)  # type: ignore[attr-defined]
        (sql,) = ran
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]

    assert [step for step in plan if "AUTOMATIC" in step] == []
    assert any(step.startswith("SEARCH a USING INDEX account_address") for step in plan)


def test_the_invoice_of_an_order_is_found_by_an_index(busy: Cli) -> None:
    """A list of orders reads their invoices, and never all invoices that there are."""
    ran: list[str] = []
    with store_at(busy.store).read() as reader:
        connection = reader.connection
        connection.set_trace_callback(ran.append)  # type: ignore[attr-defined]
        listed = list(orders.listing(reader, limit=2).dicts())
        connection.set_trace_callback(None)  # type: ignore[attr-defined]
        (sql,) = [one for one in ran if "purchase_order" in one]
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]

    assert len(listed) == 2
    assert any(step.startswith("SEARCH i USING INDEX invoice_order ") for step in plan)
    assert [step for step in plan if "AUTOMATIC" in step] == []


def test_entries_of_the_same_money_are_found_by_an_index(busy: Cli) -> None:
    """Erasing a customer reads what may be theirs, and never all that banks ever sent."""
    ran: list[str] = []
    with store_at(busy.store).write("test", dry_run=True) as transaction:
        connection = transaction.connection
        connection.set_trace_callback(ran.append)  # type: ignore[attr-defined]
        erasure.erase(transaction, 1, "acme", ibans=())
        connection.set_trace_callback(None)  # type: ignore[attr-defined]
        (sql,) = [one for one in ran if "same_as_id IN" in one]
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]

    assert plan[0] == "SEARCH bank_entry USING INDEX bank_entry_same (same_as_id=?)"
