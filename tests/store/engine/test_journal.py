"""The journal's chain: what has been changed behind mailctl's back, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers import Cli
from tests.store.plain import force, opened, replace, rows, twin


def verified(cli: Cli, *argv: str) -> dict[str, Any]:
    """What `journal verify` found; its exit status tells the same."""
    outcome = cli("journal", "verify", *argv, "-o", "json")
    found: dict[str, Any] = outcome.json()
    assert outcome.status == (0 if found["ok"] else 1)
    return found


def newest(cli: Cli) -> int:
    """The number of the newest batch."""
    return int(cli.ok("journal", "head")["batch"])


def batch_of(cli: Cli, table: str, key: str, where: str) -> int:
    """The batch that covers a row of the books."""
    (found,) = rows(
        cli.store,
        f"SELECT min(b.id) FROM batch b WHERE b.last_{table}_id >= "
        f"(SELECT {key} FROM {table} WHERE {where})",
    )
    return int(found[0])


def test_a_store_that_nobody_touched_is_whole(busy: Cli) -> None:
    """Every batch fits, every row is counted, and the head is the one that `journal head` shows."""
    head = busy.ok("journal", "head")
    found = verified(busy)
    assert (found["ok"], found["broken"], found["reason"]) == (True, None, None)
    assert (found["transactions"], found["head"]) == (head["batch"], head["digest"])
    assert found["rows"] == rows(busy.store, "SELECT count(*) FROM journal")[0][0]


def test_every_row_of_the_books_belongs_to_a_batch(busy: Cli) -> None:
    """The newest batch ends at the last row of journal, ledger and invoices."""
    assert rows(busy.store, "SELECT last_seq, last_ledger_id, last_invoice_id FROM batch "
                "ORDER BY id DESC LIMIT 1") == rows(
        busy.store,
        "SELECT (SELECT max(seq) FROM journal), (SELECT max(id) FROM ledger), "
        "(SELECT max(id) FROM invoice)",
    )  # fmt: skip


def test_every_command_that_changes_something_makes_one_batch(busy: Cli) -> None:
    """A command is one transaction, one digest; its rows all bear its number."""
    before = newest(busy)
    busy.ok("account", "order", "acme-pro", "--count", "3", "-y")
    assert newest(busy) == before + 1
    kinds = rows(
        busy.store,
        f"SELECT kind, count(*) FROM journal WHERE batch = {before + 1} GROUP BY kind",
    )
    assert dict(kinds)["ordered"] == 4


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("ledger", "amount_cents = amount_cents + 1, after_cents = after_cents + 1"),
        ("ledger", "reason = 'a gift'"),
        ("ledger", "moved_on = '2026-01-03'"),
        ("ledger", "order_number = 3"),
        ("invoice", "net_cents = net_cents + 1, total_cents = total_cents + 1"),
        ("invoice", "buyer_name = 'Somebody else'"),
        ("invoice", "buyer_vat_number = 'FR40303265045'"),
        ("invoice", "tax_note = 'reverse charge'"),
        ("invoice", "customer_id = 2"),
        ("invoice", "seller = '{}'"),
        ("invoice", "tax_category = 'Z', tax_rate = 0"),
        ("invoice", "seller_id = NULL, language = NULL, due_on = NULL"),
        ("invoice", "buyer_legal_id = '0002:303265045'"),
    ],
)
def test_a_changed_row_of_the_books_is_found(table: str, change: str, busy: Cli) -> None:
    """The batch that wrote the second movement, or the second invoice, is the broken one."""
    expected = batch_of(busy, table, "id", "id = 2")
    force(busy.store, f"UPDATE {table} SET {change} WHERE id = 2")
    found = verified(busy)
    assert (found["ok"], found["broken"]) == (False, expected)


@pytest.mark.parametrize(
    "change",
    ["unit_cents = unit_cents - 1", "address = 'eve@acme.example'", "period_end_on = '2027-01-01'"],
)
def test_a_changed_invoice_line_is_found(change: str, busy: Cli) -> None:
    """A line belongs to the batch of its invoice."""
    expected = batch_of(busy, "invoice", "id", "id = 2")
    force(busy.store, f"UPDATE invoice_line SET {change} WHERE invoice_id = 2")
    assert verified(busy)["broken"] == expected


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET details = '{\"cents\":1}' WHERE seq = :seq",
        "UPDATE journal SET subject = 'customer/eve' WHERE seq = :seq",
        "UPDATE journal SET happened_on = '2025-12-31' WHERE seq = :seq",
        "UPDATE journal SET personal_digest = NULL WHERE seq = :seq",
        "UPDATE journal SET seq = -6 WHERE seq = :seq",
        "DELETE FROM journal WHERE seq = :seq",
        "UPDATE batch SET actor = 'eve' WHERE id = :batch",
        "UPDATE batch SET command = 'tick' WHERE id = :batch",
        "UPDATE batch SET recorded_at = '2026-01-01T00:00:00Z' WHERE id = :batch",
        "UPDATE batch SET last_seq = last_seq + 1 WHERE id = :batch",
    ],
)
def test_a_changed_journal_row_is_found(statement: str, busy: Cli) -> None:
    """What was done, to what, when and by whom: none of it changes unseen."""
    # The first row with personal details: the making of acme.
    seq, batch = rows(
        busy.store,
        "SELECT j.seq, j.batch FROM journal j JOIN journal_personal p ON p.seq = j.seq LIMIT 1",
    )[0]
    force(busy.store, statement.replace(":seq", str(seq)).replace(":batch", str(batch)))
    assert verified(busy)["broken"] == batch


@pytest.mark.parametrize(
    "statement",
    [
        (
            "INSERT INTO ledger (customer_id, seq, moved_on, kind, amount_cents, before_cents, "
            "after_cents) SELECT id, 99, '2026-02-05', 'credit', 100, balance_cents, "
            "balance_cents + 100 FROM customer WHERE id = 1"
        ),
        (
            "INSERT INTO journal (seq, batch, happened_on, kind, subject) "
            "VALUES (9999, 1, '2026-02-05', 'credited', 'customer/acme')"
        ),
        (
            "INSERT INTO invoice SELECT 9999, series, year, 9999, customer_id, order_number, "
            "corrects_id, issued_on, due_on, net_cents, tax_rate, tax_category, tax_cents, "
            "total_cents, tax_note, seller, seller_id, language, buyer_name, buyer_street, "
            "buyer_postcode, buyer_city, buyer_country, buyer_vat_number, buyer_legal_id, "
            "buyer_endpoint, buyer_reference, reason FROM invoice WHERE id = 1"
        ),
    ],
    ids=["ledger", "journal", "invoice"],
)
def test_a_row_added_from_outside_is_found(statement: str, busy: Cli) -> None:
    """The database lets it in, for it adds up; but no batch covers it."""
    expected = newest(busy) + 1
    with opened(busy.store) as base:
        base.execute(statement)
    assert verified(busy)["broken"] == expected


def test_a_line_added_to_an_old_invoice_is_found(busy: Cli) -> None:
    """One more line on invoice 1, for a term that nobody billed, past the database's refusal."""
    expected = batch_of(busy, "invoice", "id", "id = 1")
    force(
        busy.store,
        "INSERT INTO invoice_line SELECT account_id, '2030-01-01', '2030-02-01', invoice_id, "
        "offer_id, address, period, unit_cents FROM invoice_line WHERE invoice_id = 1 LIMIT 1",
    )
    assert verified(busy)["broken"] == expected


def test_a_row_added_from_outside_stays_found_after_the_next_command(busy: Cli) -> None:
    """A command that writes afterwards must not take a stranger's movement for its own."""
    with opened(busy.store) as base:
        base.execute(
            "INSERT INTO ledger (customer_id, seq, moved_on, kind, amount_cents, before_cents, "
            "after_cents) SELECT 1, max(seq) + 1, '2026-02-05', 'credit', 1000000, "
            "(SELECT balance_cents FROM customer WHERE id = 1), "
            "(SELECT balance_cents FROM customer WHERE id = 1) + 1000000 "
            "FROM ledger WHERE customer_id = 1"
        )
    busy("customer", "edit", "bolt", "--city", "Berlin")
    assert verified(busy)["ok"] is False


def test_changed_personal_details_are_found(busy: Cli) -> None:
    """Details that can be erased can still not be changed."""
    seq, batch = rows(
        busy.store,
        "SELECT p.seq, j.batch FROM journal_personal p JOIN journal j ON j.seq = p.seq LIMIT 1",
    )[0]
    force(busy.store, f"UPDATE journal_personal SET details = '{{}}' WHERE seq = {seq}")
    found = verified(busy)
    assert (found["ok"], found["broken"]) == (False, batch)
    assert str(seq) in found["reason"]


def test_personal_details_added_from_outside_are_found(busy: Cli) -> None:
    """A row that had none gets none."""
    force(
        busy.store,
        "INSERT INTO journal_personal SELECT seq, 'salt', '{\"name\":\"Eve\"}' FROM journal "
        "WHERE personal_digest IS NULL LIMIT 1",
    )
    assert verified(busy)["ok"] is False


def test_personal_details_of_no_row_are_found(busy: Cli) -> None:
    """Details whose journal row does not exist belong to nothing."""
    force(busy.store, "INSERT INTO journal_personal VALUES (99999, 'salt', '{}')")
    assert verified(busy)["ok"] is False


def test_erased_personal_details_break_nothing(busy: Cli) -> None:
    """The law's erasure: the salted digests stay, and the chain holds, before and after a write."""
    kept = verified(busy)
    force(busy.store, "DELETE FROM journal_personal")
    assert verified(busy) == kept
    busy.ok("customer", "edit", "bolt", "--city", "Berlin")
    assert verified(busy)["ok"] is True


def test_a_batch_that_was_cut_out_is_found(busy: Cli) -> None:
    """A batch in the middle with all its rows: the next does not follow."""
    force(
        busy.store,
        "DELETE FROM journal WHERE batch = 5",
        "DELETE FROM batch WHERE id = 5",
    )
    assert verified(busy)["broken"] == 5


# The last batch with all that it wrote to the books.
CUT_END = (
    (
        "DELETE FROM ledger WHERE id > (SELECT last_ledger_id FROM batch ORDER BY id DESC LIMIT 1 "
        "OFFSET 1)"
    ),
    "DELETE FROM journal WHERE batch = (SELECT max(id) FROM batch)",
    "DELETE FROM batch WHERE id = (SELECT max(id) FROM batch)",
)


def test_a_journal_that_lost_its_end_is_found(busy: Cli) -> None:
    """What the other tables hold is not what the last batch that is left says of them."""
    head = busy.ok("journal", "head")
    force(busy.store, *CUT_END)
    found = verified(busy)
    assert (found["ok"], found["broken"]) == (False, head["batch"] - 1)
    assert "of the other tables" in found["reason"]


def test_an_older_copy_of_the_store_fits_but_not_with_the_head_kept_outside(busy: Cli) -> None:
    """Whoever has the file can put an older one in its place, whole: hence the head outside."""
    older = twin(busy, "older").store
    busy.ok("prepaid", "credit", "acme", "10")
    head = busy.ok("journal", "head")
    replace(busy.store, older)
    assert verified(busy)["ok"] is True
    found = verified(busy, "--head", head["digest"])
    assert (found["ok"], found["broken"]) == (False, head["batch"])


def test_an_older_head_is_still_part_of_the_chain(busy: Cli) -> None:
    """A head of yesterday fits today's journal."""
    head = busy.ok("journal", "head")["digest"]
    busy.ok("tick")
    assert verified(busy, "--head", head)["ok"] is True


def test_a_journal_made_anew_does_not_hold_the_head_kept_outside(busy: Cli, tmp_path: Path) -> None:
    """Another store with the same beginning has another head."""
    other = Cli(tmp_path / "other.db")
    other.ok("init", "--clock", "2026-01-01")
    assert verified(other, "--head", busy.ok("journal", "head")["digest"])["ok"] is False


def test_a_broken_chain_is_named_by_its_first_broken_batch(busy: Cli) -> None:
    """Two changes: the older one is told."""
    force(
        busy.store,
        "UPDATE ledger SET reason = 'x' WHERE id = (SELECT max(id) FROM ledger)",
        "UPDATE ledger SET reason = 'x' WHERE id = 1",
    )
    assert verified(busy)["broken"] == batch_of(busy, "ledger", "id", "id = 1")
