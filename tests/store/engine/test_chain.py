"""The chain of digests, computed a second time: what it covers, and that each holds the next.

A digest that was written once must be verified by every later mailctl, so its form stands here.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3

from mailctl.store.engine import chain, verification
from tests import on_server
from tests.helpers import Cli
from tests.store.plain import force, opened

# Every column of the books, in the order in which it is digested.
COVERED = {
    "journal": "seq batch happened_on kind subject details personal_digest",
    "ledger": (
        "id customer_id seq moved_on kind amount_cents before_cents after_cents order_number "
        "invoice_id payment_id reverses_id reason reference value_on"
    ),
    "invoice": (
        "id series year seq customer_id order_number corrects_id issued_on net_cents tax_rate "
        "tax_cents total_cents tax_note seller buyer_name buyer_street buyer_postcode buyer_city "
        "buyer_country buyer_vat_number reason"
    ),
    "credit_line": "account_id period_start_on invoice_id",
    "invoice_line": (
        "account_id period_start_on invoice_id period_end_on offer_id address period unit_cents"
    ),
}
# What follows in the row of an invoice, unless all but the first are NULL: then it is an older one.
SINCE_4 = "tax_category seller_id language due_on buyer_legal_id buyer_endpoint buyer_reference"
KEYS = {
    "journal": "seq",
    "ledger": "id",
    "invoice": "id",
    "credit_line": "invoice_id",
    "invoice_line": "invoice_id",
}


def digests(base: sqlite3.Connection) -> list[str]:
    """The digest of every batch, each over the one before."""
    found, before, last = [], "", dict.fromkeys(KEYS, 0)
    for *facts, journal, ledger, invoice, state in base.execute(
        "SELECT id, happened_on, recorded_at, actor, command, last_seq, last_ledger_id, "
        "last_invoice_id, state FROM batch ORDER BY id"
    ).fetchall():
        until = {
            "journal": journal,
            "ledger": ledger,
            "invoice": invoice,
            "credit_line": invoice,
            "invoice_line": invoice,
        }
        document: dict[str, object] = {"before": before}
        counts = []
        for table, columns in COVERED.items():
            known = len(columns.split())
            read = f"{columns} {SINCE_4}" if table == "invoice" else columns
            rows = [
                row if any(one is not None for one in row[known + 1 :]) else row[:known]
                for row in base.execute(
                    f"SELECT {read.replace(' ', ', ')} FROM {table} WHERE {KEYS[table]} > ? "
                    f"AND {KEYS[table]} <= ? ORDER BY 1, 2",
                    (last[table], until[table]),
                )
            ]
            document[table] = rows
            counts.append(len(rows))
        document["batch"] = [*facts, journal, ledger, invoice, *counts, state]
        text = json.dumps(document, separators=(",", ":"))
        before = hashlib.sha256(text.encode()).hexdigest()
        found.append(before)
        last = until
    return found


def test_every_batchs_digest_is_over_its_rows_and_the_digest_before(busy: Cli) -> None:
    """Reckoned here from the rows alone, batch by batch, the chain is the one in the store."""
    with opened(busy.store) as base:
        kept = [row[0] for row in base.execute("SELECT digest FROM batch ORDER BY id")]
        assert digests(base) == kept
    assert len(kept) == busy.ok("journal", "head")["batch"]


def test_every_column_of_the_books_is_covered(busy: Cli) -> None:
    """A column that is added to the books must be digested, or it could be changed unseen."""
    with opened(busy.store) as base:
        for table, columns in COVERED.items():
            kept = {column[0] for column in base.execute(f"SELECT * FROM {table}").description}
            added = SINCE_4.split() if table == "invoice" else ()
            assert (table, kept) == (table, {*columns.split(), *added})


def test_a_forged_batch_does_not_hold_the_next_one(busy: Cli) -> None:
    """Whoever changes a row and its own batch's digest breaks the batch after it."""
    force(busy.store, "UPDATE ledger SET reason = 'forged' WHERE id = 1")
    with opened(busy.store) as base:
        kept = [row[0] for row in base.execute("SELECT digest FROM batch ORDER BY id")]
        anew = digests(base)
        forged = next(n for n, pair in enumerate(zip(kept, anew, strict=True)) if len({*pair}) > 1)
    force(busy.store, f"UPDATE batch SET digest = '{anew[forged]}' WHERE id = {forged + 1}")
    found = busy("journal", "verify", "-o", "json")
    assert (found.status, found.json()["broken"]) == (1, forged + 2)


def test_a_chain_that_was_forged_to_its_end_lacks_the_head_kept_outside(busy: Cli) -> None:
    """Whoever computes the whole chain anew is found by the head alone: so it is kept elsewhere."""
    head = busy.ok("journal", "head")["digest"]
    force(busy.store, "UPDATE ledger SET reason = 'forged' WHERE id = 1")
    with opened(busy.store) as base:
        anew = digests(base)
    force(
        busy.store,
        *(f"UPDATE batch SET digest = '{one}' WHERE id = {n}" for n, one in enumerate(anew, 1)),
    )
    assert busy("journal", "verify").status == 0
    assert busy("journal", "verify", "--head", head).status == 1


def test_rows_of_one_batch_cannot_be_moved_to_another(busy: Cli) -> None:
    """A batch's last keys are its own: moving the border between two batches breaks the first."""
    force(busy.store, "UPDATE batch SET last_ledger_id = last_ledger_id + 1 WHERE id = 6")
    found = busy("journal", "verify", "-o", "json").json()
    assert (found["ok"], found["broken"]) == (False, 6)


def test_whatever_letters_a_row_has_its_digest_is_over_what_python_makes_of_it(busy: Cli) -> None:
    """The database makes the text of most rows; of these letters it makes another than Python.

    Every chain is verified from the same text, whatever computed it.
    """
    # A server keeps no NUL.
    first = int(isinstance(busy.store, on_server.Place))
    letters = [*range(first, 0x30), 0x5C, *range(0x7F, 0xA1), 0xE9, 0x2028, 0xFFFE, 0x1F600]
    text = " || ".join(f"char({letter})" for letter in letters)
    force(busy.store, f"UPDATE journal SET details = {text} WHERE seq = 3")
    with opened(busy.store) as base:
        base.execute("BEGIN")
        found, before, start = [], "", chain.Ends()
        for batch in verification.batches(base):
            before, _ = chain.digest(base, before, batch.facts, start, batch.ends)
            start = batch.ends
            found.append(before)
        assert found == digests(base)
