"""How a tick looks for what is due: by indexes, so that an idle day costs the same at any size."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from mailctl.store.engine.stores import store_at
from mailctl.tick import run as ticking
from tests.helpers import Cli
from tests.store.plain import opened

pytestmark = pytest.mark.files_only("steps and plans are SQLite's")

# Tables that grow with the host; clock, settings, offers, prices and rates do not.
GROWING = (
    "account", "invoice_open", "invoice_line", "invoice", "ledger", "purchase_order", "journal",
    "journal_personal", "notice", "notice_account", "notice_text", "task", "customer", "platform",
    "order_line", "batch", "payment", "method", "credit_line",
)  # fmt: skip
# Indexes that hold only the few rows that matter.
PARTIAL = ("platform_manual", "platform_cancelled", "customer_debtor")
ACCOUNTS = 50_000
# What is asked of the schema, and of what the tick itself has written.
OWN = re.compile(r"\bFROM (sqlite_master|touched)\b")
# Steps of SQLite's machine; a scan of the accounts above would take several hundred thousand.
MOST_STEPS = 20_000


@contextmanager
def statements() -> Iterator[list[str]]:
    """The text of every statement that is run meanwhile, with its values."""
    connect, ran = sqlite3.connect, list[str]()

    def watched(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.set_trace_callback(ran.append)
        return connection

    with patch.object(sqlite3, "connect", watched):
        yield ran


def scans(base: sqlite3.Connection, sql: str) -> list[str]:
    """The growing tables that a statement reads from end to end, or through a whole index."""
    # A plan names a table by its alias: read the table back from the statement.
    called = re.findall(r"\b(?:FROM|JOIN) (\w+) (?:AS )?(\w+)", sql)
    names = {alias: table for table, alias in called}
    plan = [row[3].split() for row in base.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return [
        f"{table}: {sql}"
        for words in plan
        if words[0] == "SCAN" and words[-1] not in PARTIAL and not sql.endswith("DESC LIMIT 1")
        for table in [names.get(words[1], words[1])]
        if table in GROWING
    ]


def is_reading(sql: str) -> bool:
    """Whether a statement looks for something, rather than opening, locking or keeping."""
    return sql.lstrip().startswith(("SELECT", "WITH")) and "FROM" in sql


def test_an_idle_day_is_found_idle_by_indexes(busy: Cli) -> None:
    """No statement of a tick with nothing to do reads a growing table from end to end."""
    busy.ok("prepaid", "credit", "late", "1.91")
    busy.ok("tick")
    with statements() as ran:
        assert busy.ok("tick")["renewed"] == 0
    looked = [sql for sql in ran if is_reading(sql) and not OWN.search(sql)]
    with opened(busy.store) as base:
        assert [found for sql in looked for found in scans(base, sql)] == []
    # The probes that this is about were among them.
    tables = ("account", "invoice_open", "purchase_order")
    assert [any(f"FROM {table} " in sql for sql in looked) for table in tables] == [True] * 3


def large(cli: Cli) -> Cli:
    """A store with many accounts, paid for long, and as many lines of paid invoices."""
    cli.ok("init", "--clock", "2026-01-01")
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    cli.ok("account", "order", "acme-pro", "--period", "yearly", "-y")
    with opened(cli.store) as base:
        base.execute(
            "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
            "INSERT INTO account (id, platform_id, period, renewal, ordered_on, anchor_day, "
            "expires_on) SELECT i, 1, 'yearly', 'yearly', '2026-01-01', 1, '2027-01-01' FROM n",
            {"count": ACCOUNTS},
        )
        base.execute("DROP TRIGGER invoice_line_late")
        base.execute(
            "INSERT INTO invoice_line SELECT a.id, l.period_start_on, l.period_end_on, "
            "l.invoice_id, l.offer_id, NULL, l.period, l.unit_cents FROM account a "
            "JOIN invoice_line l ON l.account_id = 1 WHERE a.id > 1"
        )
    return cli


def steps(cli: Cli, to: date) -> int:
    """How many steps SQLite takes for a tick, to the nearest hundred."""
    connect, count = sqlite3.connect, 0

    def more() -> int:
        nonlocal count
        count += 100
        return 0

    def watched(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.set_progress_handler(more, 100)
        return connection

    with patch.object(sqlite3, "connect", watched):
        ticking.run(store_at(cli.store), to=to)
    return count


def test_an_idle_day_costs_the_same_with_many_accounts(cli: Cli) -> None:
    """50,000 accounts of which none is due: a few thousand steps of SQLite, no more."""
    large(cli)
    cli.ok("prepaid", "credit", "acme", "100")
    cli.ok("tick", "--to", "2026-01-20")
    assert max(steps(cli, date(2026, 1, 21)), MOST_STEPS) == MOST_STEPS


@pytest.mark.parametrize("days", [2, 30])
def test_the_cost_of_idle_days_grows_with_the_days_alone(days: int, cli: Cli) -> None:
    """Each of many idle days in one tick is as cheap as the first."""
    large(cli)
    cli.ok("prepaid", "credit", "acme", "100")
    cli.ok("tick", "--to", "2026-01-20")
    last = date.fromordinal(date(2026, 1, 20).toordinal() + days)
    assert max(steps(cli, last) // days, MOST_STEPS) == MOST_STEPS


def test_a_debtor_does_not_make_every_day_expensive(cli: Cli) -> None:
    """While an invoice stays overdue, a day without other work still costs next to nothing."""
    large(cli)
    cli.ok("prepaid", "credit", "acme", "100")
    cli.ok("customer", "add", "late", "--name", "Late", "--email", "it@late.example")
    cli.ok("platform", "add", "late-pro", "--customer", "late", "--offer", "email-pro")
    cli.ok("account", "order", "late-pro", "-y")
    cli.ok("tick", "--to", "2026-01-11")
    assert cli.ok("prepaid", "show", "late")["debt_due_on"] == "2026-01-08"
    assert max(steps(cli, date(2026, 1, 12)), MOST_STEPS) == MOST_STEPS


def test_one_account_that_is_due_among_many_is_billed_by_itself(cli: Cli) -> None:
    """A day's work does not read the accounts that are not due."""
    large(cli)
    cli.ok("prepaid", "credit", "acme", "100")
    cli.ok("account", "order", "acme-pro", "--period", "monthly", "-y")
    cli.ok("tick", "--to", "2026-01-31")
    assert max(steps(cli, date(2026, 2, 1)), MOST_STEPS) == MOST_STEPS
