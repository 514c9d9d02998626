"""Names that are asked for together are found by indexes, however large the store is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from mailctl.store import accounts, customers, domains, platforms
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.store.refused_addresses import RefusedAddresses
from tests.helpers import Cli


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
