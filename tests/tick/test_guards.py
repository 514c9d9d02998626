"""A tick with many terms asks once what the guards of the books ask row by row; they stay."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest

from mailctl.billing import bill
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.tick import renew_due
from mailctl.tick import run as ticking
from tests.helpers import Cli
from tests.store.plain import REFUSALS, opened, rows, twin

DAY = "2026-03-01"
LINE = "SELECT account_id, {start}, {end}, invoice_id, offer_id, address, period, 1"
REFUSED = {
    "the term of a line again": (
        f"INSERT INTO invoice_line {LINE} FROM invoice_line WHERE account_id = 6 "
        "ORDER BY period_start_on DESC LIMIT 1"
    ).format(start="period_start_on", end="'2027-01-01'"),
    "a line on an old invoice": (
        f"INSERT INTO invoice_line {LINE} FROM invoice_line WHERE account_id = 6 "
        "ORDER BY period_start_on DESC LIMIT 1"
    ).format(start="'2030-01-01'", end="'2030-02-01'"),
    "a journal row that is there": "INSERT INTO journal (seq, batch, happened_on, kind, subject) "
    "VALUES (1, 1, '2026-01-01', 'renewed', 'account/6')",
}


@pytest.fixture
def ticked(busy: Cli) -> Cli:
    """A busy store after a tick for which a few terms are many."""
    with patch.object(renew_due, "MANY", 1):
        assert busy.ok("tick", "--to", DAY)["renewed"] > 1
    return busy


@pytest.mark.parametrize("statement", REFUSED)
def test_the_guards_refuse_after_a_large_tick_what_they_refused_before(
    statement: str, ticked: Cli
) -> None:
    """A term billed twice, a line added to an old invoice, a journal row put over another."""
    with opened(ticked.store) as base, pytest.raises(REFUSALS):
        base.execute(REFUSED[statement])


def test_a_large_tick_leaves_the_books_and_the_store_whole(ticked: Cli) -> None:
    """`store check` compares the tables and guards with those of a new store, too."""
    assert ticked("store", "check").status == 0


def test_a_large_tick_that_fails_leaves_the_store_as_it_was(busy: Cli) -> None:
    """An error while the guards are lifted: nothing is billed, and `store check` finds them."""
    before = rows(busy.store, "SELECT count(*) FROM invoice_line")
    with (
        patch.object(renew_due, "MANY", 1),
        patch.object(renew_due, "_record", side_effect=RuntimeError("in the middle")),
        pytest.raises(RuntimeError, match="in the middle"),
    ):
        ticking.run(store_at(busy.store), to=date.fromisoformat(DAY))
    assert rows(busy.store, "SELECT count(*) FROM invoice_line") == before
    assert busy("store", "check").status == 0


def test_a_line_on_an_older_invoice_ends_a_large_tick(busy: Cli) -> None:
    """The count finds what the guard would have refused row by row; on a server the guard stays."""
    add = vars(bill)["_add_lines"]

    def add_too_low(transaction: Transaction, terms: bill.TermSet, last_invoice: int) -> None:
        add(transaction, terms, last_invoice - 1)

    with (
        patch.object(renew_due, "MANY", 1),
        patch.object(bill, "_add_lines", add_too_low),
        pytest.raises(
            (ValueError, *REFUSALS), match=r"lines on new invoices|an invoice is never changed"
        ),
    ):
        ticking.run(store_at(busy.store), to=date.fromisoformat(DAY))


FOREIGN = """
    CREATE TRIGGER theirs BEFORE INSERT ON invoice_line WHEN NEW.account_id = 6
    BEGIN SELECT RAISE(ABORT, 'account 6 is not billed'); END
"""
TOO_FAR = "UPDATE batch SET last_invoice_id = 1000 WHERE id = (SELECT max(id) FROM batch)"
OF_NO_INVOICE = """
    INSERT INTO invoice_line
    SELECT account_id, '2020-01-01', '2020-02-01', 1000, offer_id, address, period, unit_cents
    FROM invoice_line WHERE account_id = 6 ORDER BY period_start_on DESC LIMIT 1
"""


@pytest.mark.files_only("another program changes the file, and its guards")
@pytest.mark.parametrize(
    ("harm", "status"),
    [(FOREIGN, 10), (TOO_FAR, 10), (OF_NO_INVOICE, 0)],
    ids=["a guard of another program", "a batch that has more", "a line of no invoice"],
)
def test_a_store_that_another_program_changed_is_refused_by_a_large_tick_as_by_a_small_one(
    harm: str, status: int, busy: Cli
) -> None:
    """Damage is called damage, never a bug; what is not mailctl's is not lifted."""
    with opened(busy.store) as base:
        base.execute("PRAGMA foreign_keys = OFF")
        guards = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        lifted = guards.fetchall()
        for name, _ in lifted:
            base.execute(f"DROP TRIGGER {name}")
        base.execute(harm)
        for _, sql in lifted:
            base.execute(sql)
    other = twin(busy, "small")

    with patch.object(renew_due, "MANY", 1):
        large = busy("tick", "--to", DAY)
    small = other("tick", "--to", DAY)

    assert (large.status, small.status) == (status, status)
    if status == 0:
        assert large.out == small.out
