"""The chain of an older store: looked at, made again once, and its heads still good.

Its digests are computed here a second time, from the rows alone, as versions 1 and 2 wrote them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from tests.helpers import Cli, contents
from tests.store.plain import force, opened, rows

pytestmark = pytest.mark.files_only("no earlier version is on a server")

COVERED = {
    "journal": ("seq", "seq batch happened_on kind subject details personal_digest"),
    "ledger": (
        "id",
        (
            "id customer_id seq moved_on kind amount_cents before_cents after_cents order_number "
            "invoice_id payment_id reverses_id reason"
        ),
    ),
    "invoice": (
        "id",
        (
            "id series year seq customer_id order_number corrects_id issued_on net_cents tax_rate "
            "tax_cents total_cents tax_note seller buyer_name buyer_street buyer_postcode "
            "buyer_city buyer_country buyer_vat_number reason"
        ),
    ),
    "credit_line": ("invoice_id", "invoice_id account_id period_start_on"),
    "invoice_line": (
        "invoice_id",
        "invoice_id account_id period_start_on period_end_on offer_id address period unit_cents",
    ),
}


def old_digests(base: sqlite3.Connection) -> list[str]:
    """The digest of every batch as versions 1 and 2 of the schema had it."""
    found, before, last = [], "", dict.fromkeys(COVERED, 0)
    for *facts, journal, ledger, invoice in base.execute(
        "SELECT id, happened_on, recorded_at, actor, command, last_seq, last_ledger_id, "
        "last_invoice_id FROM batch ORDER BY id"
    ).fetchall():
        text = before + "\x1f".join(map(str, facts))
        until = dict(zip(COVERED, (journal, ledger, invoice, invoice, invoice), strict=True))
        for table, (key, columns) in COVERED.items():
            there = base.execute(
                f"SELECT {columns.replace(' ', ', ')} FROM {table} WHERE {key} > ? AND {key} <= ? "
                "ORDER BY 1, 2, 3",
                (last[table], until[table]),
            )
            text += f"\n{table}\n"
            text += "".join(
                "\x1f".join("\x1e" if value is None else str(value) for value in row) + "\n"
                for row in there
            )
        before = hashlib.sha256(text.encode()).hexdigest()
        found.append(before)
        last = until
    return found


@pytest.fixture
def older(busy: Cli, tmp_path: Path) -> Cli:
    """The busy host as version 2 would have kept it, its chain included."""
    return aged(busy, tmp_path / "older.db")


def aged(cli: Cli, path: Path) -> Cli:
    """A store as version 2 would have kept it, its chain included."""
    with opened(path) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript((Path(__file__).parent / "schema-2.sql").read_text("utf-8"))
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("ATTACH ? AS now", (str(cli.store),))
        guards = base.execute(
            "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            base.execute(f"DROP TRIGGER main.{name}")
        tables = base.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            was, still = (
                [row[1] for row in base.execute(f"PRAGMA {schema}.table_info({table})")]
                for schema in ("main", "now")
            )
            names = ", ".join(name for name in was if name in still)
            base.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}")
        base.execute("DETACH now")
        for number, digest in enumerate(old_digests(base), start=1):
            base.execute("UPDATE batch SET digest = ? WHERE id = ?", (digest, number))
        for _, sql in guards:
            base.execute(sql)
    path.chmod(0o600)
    return Cli(path)


def test_the_upgrade_makes_the_chain_anew_and_says_so(older: Cli) -> None:
    """One journal row, with the old head; everything else of the books is as it was."""
    before = contents(older.store)
    (*_, old_head) = rows(older.store, "SELECT digest FROM batch ORDER BY id")
    older.ok("store", "upgrade")
    assert older.ok("journal", "verify")["ok"] is True
    assert older("store", "check").status == 0
    row, upgraded = older.ok("journal", "list")["items"][-2:]
    assert upgraded["kind"] == "store-upgraded"
    assert (row["kind"], row["subject"], row["command"]) == (
        "journal-rechained",
        "store",
        "upgrade",
    )
    assert row["details"] == {"old_head": old_head[0], "transactions": len(before["batch"])}
    added = set(contents(older.store)["journal"]) - set(before["journal"])
    assert {seq for seq, *_ in added} == {row["seq"], upgraded["seq"]}


def test_a_payment_that_was_failed_for_silence_is_awaited_again(busy: Cli, tmp_path: Path) -> None:
    """Its money may have come: it is not asked for a second time, and can be settled or failed."""
    for line in (
        "method add paypal bolt --agreement B-1",
        "account order bolt-hx --count 2 --period yearly -y",
        f"payment export --kind paypal --format csv --to {tmp_path}/1.csv",
    ):
        busy.ok(*line.split())
    (before,) = busy.ok("payment", "list")["items"]
    busy.ok("payment", "fail", "1", "--reason", "no answer for 10 days")
    busy.ok("tick", "--days", "2")
    older = aged(busy, tmp_path / "older.db")

    older.ok("store", "upgrade")

    assert older.ok("payment", "list")["items"] == [before]
    assert before["exported_on"] is not None
    again = older("payment", "export", "--kind", "paypal", "--format", "csv")
    assert (again.status, again.out) == (0, "")
    assert older("store", "check").status == 0
    assert older.ok("payment", "settle", "1")["changed"] is True


def test_a_payment_whose_money_was_reversed_is_returned(busy: Cli, tmp_path: Path) -> None:
    """Before there were returns, what a bank took back was a reversal of the row alone."""
    for line in (
        "method add paypal bolt --agreement B-1",
        "account order bolt-hx --count 2 --period yearly -y",
        "account order bolt-hx --period yearly -y",
        "payment settle 1 2",
        "payment return 1 --reason chargeback",
    ):
        busy.ok(*line.split())
    force(busy.store, "UPDATE payment SET status = 'succeeded' WHERE id = 1")
    older = aged(busy, tmp_path / "older.db")

    older.ok("store", "upgrade")

    shown = older.ok("payment", "list")["items"]
    assert [item["status"] for item in shown] == ["returned", "succeeded"]
    assert older.ok("payment", "settle", "1", "--reference", "r")["changed"]


def test_every_head_that_was_kept_before_the_upgrade_is_still_accepted(older: Cli) -> None:
    """And still finds a change of what it covers, by whoever makes the new chain fit."""
    heads = [head for (head,) in rows(older.store, "SELECT digest FROM batch ORDER BY id")]
    older.ok("store", "upgrade")
    for head in (heads[0], heads[9], heads[-1]):
        assert older("journal", "verify", "--head", head).status == 0
    assert older("journal", "verify", "--head", "0" * 64).status == 1
    kept = [f"2026-02-05 {number} {head}" for number, head in enumerate(heads, 1)]
    older.ok("journal", "verify", "--heads", "-", stdin="\n".join(kept))
    swapped = f"2026-02-05 2 {heads[0]}\n"
    assert older("journal", "verify", "--heads", "-", stdin=swapped).status == 1
    force(older.store, "UPDATE ledger SET reason = 'forged' WHERE id = 1")
    found = older("journal", "verify", "--head", heads[-1])
    assert found.status == 1


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE ledger SET reason = 'forged' WHERE id = 1",
        "UPDATE batch SET actor = 'somebody' WHERE id = 3",
        "DELETE FROM journal WHERE seq = 9",
    ],
)
def test_a_chain_that_is_broken_already_is_not_made_anew(harm: str, older: Cli) -> None:
    """It would hide what happened: the upgrade is refused, says where, and changes nothing."""
    force(older.store, harm)
    before = contents(older.store)
    refused = older("store", "upgrade", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-damaged")
    assert "its journal is broken at transaction " in refused.error()["message"]
    assert "backup" in refused.error()["hint"]
    assert contents(older.store) == before


def test_no_journal_row_can_be_swallowed_by_the_one_before_it(busy: Cli) -> None:
    """A value that holds what parted rows from each other hid a removal from the old digests."""
    pairs = rows(
        busy.store,
        "SELECT b.seq, coalesce(a.details, char(30)) || char(31) "
        "|| coalesce(a.personal_digest, char(30)) || char(10) || b.seq || char(31) || b.batch "
        "|| char(31) || b.happened_on || char(31) || b.kind || char(31) || b.subject || char(31) "
        "|| coalesce(b.details, char(30)), b.personal_digest FROM journal a "
        "JOIN journal b ON b.seq = a.seq + 1 AND b.batch = a.batch",
    )
    assert len(pairs) > 30
    head = busy.ok("journal", "head")["digest"]
    before = busy.store.read_bytes()
    for seq, swallowing, personal in pairs:
        with opened(busy.store) as base:
            was = old_digests(base)
            for (name,) in base.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                base.execute(f"DROP TRIGGER {name}")
            base.execute("PRAGMA foreign_keys = OFF")
            base.execute("DELETE FROM journal WHERE seq = ?", (seq,))
            base.execute(
                "UPDATE journal SET details = ?, personal_digest = ? WHERE seq = ?",
                (swallowing, personal, seq - 1),
            )
            assert old_digests(base) == was
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert busy("journal", "verify", "--head", head).status == 1, seq
        busy.store.write_bytes(before)


@pytest.mark.parametrize("table", COVERED)
def test_a_removed_row_of_the_books_is_found(table: str, busy: Cli) -> None:
    """Whichever it is, by its batch."""
    key, _ = COVERED[table]
    before = busy.store.read_bytes()
    for (number,) in rows(busy.store, f"SELECT DISTINCT {key} FROM {table}"):
        force(busy.store, f"DELETE FROM {table} WHERE {key} = {number}")
        found = busy("journal", "verify", "-o", "json").json()
        assert (found["ok"], f"rows of {table}" in found["reason"]) == (False, True)
        for end in ("-wal", "-shm"):
            busy.store.with_name(busy.store.name + end).unlink(missing_ok=True)
        busy.store.write_bytes(before)


def test_money_with_the_key_0_is_found_where_no_check_refused_it(busy: Cli) -> None:
    """A credit from nothing, past the CHECKs: the counts of the batches do not allow it."""
    force(
        busy.store,
        "INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents, "
        "after_cents) VALUES (0, 2, 99, '2026-02-05', 'credit', 100000, 0, 100000)",
    )
    found = busy("journal", "verify", "-o", "json").json()
    assert (found["ok"], found["reason"]) == (False, "rows of ledger belong to no batch")


def test_a_dry_run_of_the_upgrade_leaves_the_old_chain(older: Cli) -> None:
    """A dry run says what would be done; the store's chain is the old one still."""
    before = contents(older.store)
    older.ok("store", "upgrade", "--dry-run")
    assert contents(older.store) == before
