"""Backup in the morning, thirty invoices, the disk dies, restore at noon: with real processes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers import Cli
from tests.process.running import ended, started
from tests.restoring import backed_up, damage, kept, lose, said
from tests.store.plain import rows

ORDERS, CUSTOMERS = 6, 24
INVOICES = ORDERS + CUSTOMERS


@pytest.fixture
def host(cli: Cli) -> Cli:
    """A host in the morning: each customer's account renews by the next tick."""
    cli.ok("init", "--clock", "2026-01-31")
    lines = [f"c{n},C{n},c{n}@x.example,10000" for n in range(CUSTOMERS)]
    cli.ok("import", "customers", "-", stdin="\n".join(["id,name,email,balance_cents", *lines]))
    for n in range(CUSTOMERS):
        cli.ok("platform", "add", f"p{n}", "--customer", f"c{n}", "--offer", "email-pro")
    accounts = [f"p{n},a@c{n}.example,monthly,2026-02-01,1" for n in range(CUSTOMERS)]
    columns = "platform,address,period,expires_on,anchor_day"
    cli.ok("import", "accounts", "-", stdin="\n".join([columns, *accounts]))
    cli.ok("account", "order", "p0", "first@c0.example", "-y")
    return cli


def numbers(cli: Cli) -> Iterator[int]:
    """The numbers of all invoices."""
    return (seq for (seq,) in rows(cli.store, "SELECT seq FROM invoice ORDER BY seq"))


@pytest.mark.parametrize("fate", ["gone", "damaged", "whole"])
def test_the_next_invoice_has_the_number_after_the_last_one_sent(host: Cli, fate: str) -> None:
    """The gap is explained in journal, books and checks, and the list says what to do."""
    backup = backed_up(host)
    for n in range(ORDERS):
        host.ok("account", "order", "p1", f"new{n}@c1.example", "-y")
    assert host.process("tick").status == 0
    last = 1 + INVOICES
    assert list(numbers(host)) == list(range(1, last + 1))
    highest = rows(host.store, "SELECT max(id) FROM account")[0][0]
    if fate == "gone":
        lose(host)
    if fate == "damaged":
        damage(host.store, "ledger")

    known = () if fate == "whole" else said(last)
    restore = ("store", "restore", str(backup), "--confirm", str(host.store), *known)
    done = host.process(*restore, "-o", "json")
    assert done.status == 0, done.err
    answer = json.loads(done.out)
    assert answer["lost_numbers"] == [f"2026-000002 to 2026-{last:06d}"]
    kinds = [step["kind"] for step in answer["steps"]]
    assert (kinds[0], kinds[-2:]) == ("money", ["tick", "export"])
    assert len(kept(host)) == (0 if fate == "gone" else 1)

    # Cron goes on to knock, and changes nothing.
    refused = host.process("tick")
    assert (refused.status, "--after-restore" in refused.err) == (2, True)
    assert list(numbers(host)) == [1]

    assert host.process("tick", "--after-restore").status == 0
    host.ok("account", "order", "p1", "again@c1.example", "-y")
    assert list(numbers(host)) == [1, *range(last + 1, last + CUSTOMERS + 2)]
    assert rows(host.store, "SELECT max(id) FROM account")[0][0] > highest
    assert host("store", "check").status == 0
    assert host.ok("journal", "verify")["ok"] is True
    (told,) = [
        row for row in host.ok("journal", "list")["items"] if row["kind"] == "store-restored"
    ]
    assert f"2026-000002 to 2026-{last:06d}" in str(told["details"])
    assert f"2026-{last:06d}" in host("export", "books", "--format", "hledger").out


@pytest.mark.files_only("its place is taken by hand")
def test_a_writer_that_waited_does_not_write_into_the_replaced_store(host: Cli) -> None:
    """It gets the lock of the old file once that is out of the way, and is refused."""
    backup = backed_up(host)
    # Whoever waits has the file open already: so the file is replaced by hand, under the lock.
    holder = sqlite3.connect(host.store, isolation_level=None)
    with closing(holder):
        holder.execute("BEGIN IMMEDIATE")
        waiting = started(host, "--wait", "20", "prepaid", "credit", "c1", "10", "--received")
        from tests.process.running import wait_for_opening

        wait_for_opening(host, waiting)
        old = host.store.with_name("old.db")
        old.hardlink_to(host.store)
        new = host.store.with_name("new.db")
        new.write_bytes(backup.read_bytes())
        new.chmod(0o600)
        new.rename(host.store)
        holder.execute("ROLLBACK")
    outcome = ended(waiting)
    assert (outcome.status, "was replaced" in outcome.err) == (75, True)
    for store in (old, host.store):
        assert "10.00" not in Cli(store)("prepaid", "statement", "c1").out


def test_of_two_restores_at_once_one_is_done(host: Cli) -> None:
    """The other finds the store busy, changed, or restored already; there is one store after."""
    backup = backed_up(host)
    host.ok("account", "order", "p1", "new@c1.example", "-y")
    restore = ("--wait", "5", "store", "restore", str(backup), "--confirm", str(host.store))
    outcomes = [ended(one) for one in [started(host, *restore) for _ in range(3)]]
    assert 0 in [one.status for one in outcomes]
    assert {one.status for one in outcomes} <= {0, 1, 75}
    assert all("Traceback" not in one.err for one in outcomes)
    assert rows(host.store, "SELECT count(*) FROM restoration") == [(1,)]
    assert len(kept(host)) == 1
    assert host("store", "check").status == 0


def test_a_store_that_is_gone_is_not_made_twice(host: Cli) -> None:
    """Two restores into an empty place: one is there, the other is refused."""
    backup: Path = backed_up(host)
    lose(host)
    restore = ("store", "restore", str(backup), "--confirm", str(host.store), *said(1))
    outcomes = [ended(one) for one in [started(host, *restore) for _ in range(2)]]
    assert 0 in [one.status for one in outcomes]
    assert all("Traceback" not in one.err for one in outcomes)
    assert rows(host.store, "SELECT count(*) FROM restoration") == [(1,)]
