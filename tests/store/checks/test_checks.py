"""Every check finds the fault that it is for, by its name and with the row concerned.

Faults are planted as whoever has the file could: guards dropped, rows changed by SQL.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from mailctl.store import checks
from mailctl.store.engine.connection import Store
from tests.exports.year import lived, year_2026
from tests.helpers import Cli, contents
from tests.scenarios.host import HOST
from tests.store.plain import force, opened, rows

# A check, what is done to the store, and the subjects that the check must name then.
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("file-whole", "UPDATE account SET anchor_day = 32 WHERE id = 3", "store"),
    ("references", "UPDATE account SET platform_id = 99 WHERE id = 3", "store"),
    ("journal-chain", "UPDATE journal SET happened_on = '2026-01-02' WHERE seq = 9", "batch/"),
    ("past", "UPDATE notice SET queued_on = '2026-02-06' WHERE id = 13", "store"),
    ("ledger-sequence", "UPDATE ledger SET seq = 16 WHERE id = 21", "customer/acme"),
    (
        "ledger-continuity",
        ("UPDATE ledger SET before_cents = before_cents + 1, after_cents = after_cents + 1 "
        "WHERE id = 24"),
        "customer/bolt",
    ),
    ("ledger-sum", "UPDATE ledger SET amount_cents = -359 WHERE id = 3", "customer/acme"),
    (
        "ledger-sum",
        "UPDATE ledger SET kind = 'refund' WHERE id = 14",
        "customer/slow",
    ),
    ("ledger-order", "UPDATE ledger SET moved_on = '2026-01-02' WHERE id = 2", "customer/bolt"),
    ("balance", "UPDATE customer SET balance_cents = 808 WHERE id = 4", "customer/slow"),
    ("balance", "UPDATE customer SET balance_cents = 1 WHERE id = 5", "customer/left"),
    (
        "debt-since",
        "UPDATE customer SET debt_since_on = '2026-01-24' WHERE id = 3",
        "customer/late",
    ),
    ("debt-since", "UPDATE customer SET debt_since_on = NULL WHERE id = 3", "customer/late"),
    ("charge-of-invoice", "UPDATE ledger SET invoice_id = 12 WHERE id = 11", "customer/late"),
    ("charge-of-invoice", "UPDATE ledger SET moved_on = '2026-01-26' WHERE id = 11",
     "customer/late"),
    ("invoice-charged", "UPDATE ledger SET invoice_id = NULL WHERE id = 11",
     "invoice/2026-000009"),
    ("invoice-charged", "UPDATE ledger SET invoice_id = NULL WHERE id = 16",
     "invoice/AV2026-000002"),
    ("credit-of-note", "UPDATE ledger SET invoice_id = 1 WHERE id = 15", "customer/acme"),
    ("payment-received", "UPDATE payment SET status = 'succeeded' WHERE id = 2", "payment/2"),
    ("payment-received", "UPDATE payment SET status = 'failed' WHERE id = 1", "payment/1"),
    ("payment-received", "UPDATE payment SET amount_cents = 1204 WHERE id = 1", "payment/1"),
    ("payment-received", "UPDATE ledger SET payment_id = NULL WHERE id = 23", "customer/bolt"),
    ("payment-received", "UPDATE payment SET status = 'returned' WHERE id = 2", "payment/2"),
    ("payment-follows", "UPDATE payment SET follows_id = 1 WHERE id = 2", "payment/2"),
    ("credit-ordered", "UPDATE ledger SET order_number = NULL, payment_id = 1 WHERE id = 17",
     "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = NULL WHERE id = 18", "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = 1 WHERE id = 18", "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = 14 WHERE id = 18", "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = 1 WHERE id = 19", "customer/acme"),
    ("credit-ordered", "UPDATE ledger SET order_number = NULL WHERE id = 17", "customer/acme"),
    ("credit-ordered", "UPDATE ledger SET order_number = 2 WHERE id = 17", "customer/acme"),
    ("invoice-net", "UPDATE invoice_line SET unit_cents = 158 WHERE account_id = 9",
     "invoice/2026-000008"),
    ("invoice-net", "DELETE FROM invoice_line WHERE account_id = 9", "invoice/2026-000008"),
    ("invoice-tax", "UPDATE invoice SET tax_cents = 31, total_cents = 190 WHERE id = 9",
     "invoice/2026-000009"),
    ("invoice-tax", "UPDATE invoice SET tax_rate = 1900 WHERE id = 9", "invoice/2026-000009"),
    ("document-total", "UPDATE invoice SET total_cents = 192 WHERE id = 9",
     "invoice/2026-000009"),
    ("document-total", "UPDATE invoice SET total_cents = 192 WHERE id = 13",
     "invoice/AV2026-000002"),
    ("numbers-gapless", "UPDATE invoice SET seq = 16 WHERE id = 17", "invoice/2026-000016"),
    ("numbers-gapless", "UPDATE invoice SET seq = 3 WHERE id = 13", "invoice/AV2026-000003"),
    ("numbers-in-date-order", "UPDATE invoice SET issued_on = '2026-01-26' WHERE id = 8",
     "invoice/2026-000009"),
    ("numbers-in-date-order", "UPDATE invoice SET issued_on = '2025-12-31' WHERE id = 1",
     "invoice/2026-000001"),
    ("lines-of-customer", "UPDATE invoice_line SET offer_id = 2 WHERE account_id = 9",
     "invoice/2026-000008"),
    ("lines-of-customer", "UPDATE account SET platform_id = 1 WHERE id = 9",
     "invoice/2026-000008"),
    ("note-of-invoice", "UPDATE invoice SET buyer_name = 'Other' WHERE id = 12",
     "invoice/AV2026-000001"),
    ("note-of-invoice", "UPDATE invoice SET tax_rate = 1900 WHERE id = 12",
     "invoice/AV2026-000001"),
    ("note-of-invoice", "UPDATE invoice SET issued_on = '2025-12-31' WHERE id = 12",
     "invoice/AV2026-000001"),
    ("note-lines", "UPDATE invoice SET net_cents = 160, tax_cents = 31 WHERE id = 12",
     "invoice/AV2026-000001"),
    ("note-lines", "DELETE FROM credit_line WHERE invoice_id = 13", "invoice/AV2026-000002"),
    ("note-lines-elsewhere", ("UPDATE credit_line SET period_start_on = '2026-02-01' "
     "WHERE invoice_id = 13"), "account/2"),
    ("note-tax", "UPDATE invoice SET tax_cents = 31, total_cents = 190 WHERE id = 12",
     "invoice/AV2026-000001"),
    ("note-tax", "UPDATE invoice SET tax_cents = 33, total_cents = 192 WHERE id = 13",
     "invoice/AV2026-000002"),
    ("note-within-invoice", "UPDATE invoice SET tax_cents = 33, total_cents = 192 WHERE id = 13",
     "invoice/2026-000001"),
    ("invoice-kept-open", "DELETE FROM invoice_open WHERE invoice_id = 3", "invoice/2026-000003"),
    ("invoice-kept-open", "UPDATE invoice_open SET customer_id = 2 WHERE invoice_id = 3",
     "invoice/2026-000003"),
    ("invoice-kept-open", "UPDATE invoice_open SET invoice_id = 13 WHERE invoice_id = 3",
     "invoice/AV2026-000002"),
    ("credited-amount", "UPDATE invoice_open SET credited_cents = 381 WHERE invoice_id = 1",
     "invoice/2026-000001"),
    ("open-amount", "UPDATE invoice_open SET open_cents = 190 WHERE invoice_id = 9",
     "invoice/2026-000009"),
    ("open-amount", "UPDATE invoice_open SET open_cents = 1, paid_on = NULL WHERE invoice_id = 8",
     "invoice/2026-000008"),
    ("open-amount", ("UPDATE invoice_open SET open_cents = 0, paid_on = '2026-02-05' "
     "WHERE invoice_id = 17"), "invoice/2026-000015"),
    ("covered", "UPDATE invoice_open SET is_covered = 0 WHERE invoice_id = 17",
     "invoice/2026-000015"),
    ("covered", "UPDATE invoice_open SET is_covered = 1 WHERE invoice_id = 9",
     "invoice/2026-000009"),
    ("covered", "UPDATE payment SET amount_cents = 949 WHERE id = 2", "invoice/2026-000015"),
    ("paid-day", "UPDATE invoice_open SET paid_on = '2026-02-04' WHERE invoice_id = 8",
     "invoice/2026-000008"),
    ("paid-day", "UPDATE invoice_open SET paid_on = '2026-01-02' WHERE invoice_id = 1",
     "invoice/2026-000001"),
    ("due-day", "UPDATE invoice_open SET due_on = '2026-01-25' WHERE invoice_id = 9",
     "invoice/2026-000009"),
    ("terms-join", ("UPDATE invoice_line SET period_start_on = '2026-02-02' "
     "WHERE account_id = 6 AND invoice_id = 11"), "account/6"),
    ("terms-join", ("UPDATE invoice_line SET period_end_on = '2026-02-02' "
     "WHERE account_id = 6 AND invoice_id = 5"), "account/6"),
    ("terms-begin", "UPDATE account SET ordered_on = '2026-01-03' WHERE id = 9", "account/9"),
    ("terms-reach-expiry", "UPDATE account SET expires_on = '2026-04-01' WHERE id = 1",
     "account/1"),
    ("terms-reach-expiry", "DELETE FROM invoice_line WHERE account_id = 10", "account/10"),
    ("period-billed", "UPDATE account SET period = 'yearly' WHERE id = 9", "account/9"),
    ("written-by-mailctl", "UPDATE method SET details = '{}' WHERE id = 1", "method"),
    ("terms-on-calendar", ("UPDATE invoice_line SET period_end_on = '2026-02-26' "
     "WHERE account_id = 10"), "account/10"),
    ("terms-on-calendar", ("UPDATE invoice_line SET period_end_on = '2026-02-02' "
     "WHERE account_id = 8"), "account/8"),
    ("expiry-on-anchor", "UPDATE account SET expires_on = '2026-03-02' WHERE id = 1",
     "account/1"),
    ("expiry-on-anchor", "UPDATE account SET expires_on = 'soon' WHERE id = 1", "store"),
    ("billed-while-alive", ("UPDATE account SET state = 'deleted', deleted_on = '2026-01-31' "
     "WHERE id = 1"), "account/1"),
    ("billed-while-active", ("UPDATE journal SET kind = 'suspended', happened_on = '2026-01-31' "
     "WHERE subject = 'account/1' AND seq = (SELECT min(seq) FROM journal "
     "WHERE subject = 'account/1')"), "account/1"),
    ("suspension-told", "UPDATE account SET suspension_notice_id = NULL WHERE id = 5",
     "account/5"),
    ("suspension-told", "UPDATE account SET suspension_notice_id = 22 WHERE id = 5",
     "account/5"),
    ("suspension-told", "DELETE FROM notice_account WHERE notice_id = 22", "account/10"),
    ("account-dates", "UPDATE account SET deletes_on = '2026-01-31' WHERE id = 5", "account/5"),
    ("account-dates", "UPDATE account SET deletes_on = NULL WHERE id = 5", "account/5"),
    ("account-dates", "UPDATE account SET deleted_on = '2025-12-31' WHERE id = 8", "account/8"),
    ("deletion-after-retention", ("UPDATE account SET state = 'deleted', "
     "deleted_on = '2026-02-05' WHERE id = 5"), "account/5"),
    ("address-in-domain", "UPDATE account SET domain_id = 2 WHERE id = 1", "account/1"),
    ("address-in-domain", "UPDATE account SET address = 'anna@acme.test' WHERE id = 1",
     "account/1"),
    ("address-in-domain", "UPDATE domain SET customer_id = 2 WHERE id = 4", "account/10"),
    ("cancelled-ends", "UPDATE account SET renewal = 'monthly' WHERE id = 5", "account/5"),
    ("cancelled-ends", "UPDATE account SET renewal_before_cancel = 'yearly' WHERE id = 1",
     "account/1"),
    ("platform-closed", ("UPDATE platform SET state = 'closed', closed_on = '2026-02-05' "
     "WHERE id = 4"), "platform/acme-old"),
    ("platform-closed", ("UPDATE account SET state = 'deleted', deleted_on = '2026-02-05' "
     "WHERE id = 5"), "platform/acme-old"),
    ("private-expiry", "UPDATE account SET anchor_day = 2 WHERE id = 4", "account/4"),
    ("private-expiry", "UPDATE account SET renewal = 'yearly' WHERE id = 4", "account/4"),
    ("debt-suspension", ("UPDATE account SET state = 'suspended', suspended_for = 'debt', "
     "suspended_on = '2026-02-01', deletes_on = '2026-03-01' WHERE id = 1"), "account/1"),
    ("debtor", "UPDATE purchase_order SET status = 'cancelled' WHERE number = 13",
     "customer/late"),
    ("debtor", "UPDATE purchase_order SET net_cents = 190, total_cents = 190 WHERE number = 13",
     "customer/late"),
    ("debtor", "UPDATE purchase_order SET status = 'not-paid' WHERE number = 11",
     "customer/slow"),
    ("closed-customer", "UPDATE platform SET customer_id = 5 WHERE id = 7", "customer/left"),
    ("closed-customer", "UPDATE purchase_order SET customer_id = 5 WHERE number = 17",
     "customer/left"),
    ("notice-sent", "UPDATE notice SET sent_at = '2026-02-05T08:00Z' WHERE id = 15", "notice/15"),
    (
        "notice-sent",
        ("UPDATE notice SET ended_at = '2026-02-05T08:00:00Z', ended_for = 'refused', "
        "secret = 'TOKEN' WHERE id = 15"),
        "notice/15",
    ),
    ("payment-method", "UPDATE method SET customer_id = 1 WHERE id = 1", "payment/1 payment/2"),
    ("payment-method", "UPDATE method SET removed_on = '2026-02-05' WHERE id = 1", "method/1"),
    ("order-dates", "UPDATE purchase_order SET paid_on = NULL WHERE number = 3", "order/3"),
    ("order-dates", "UPDATE purchase_order SET ended_on = '2026-02-05' WHERE number = 17",
     "order/17"),
    ("order-dates", "UPDATE purchase_order SET valid_until_on = NULL WHERE number = 17",
     "order/17"),
    ("order-total", ("UPDATE purchase_order SET net_cents = 319, total_cents = 383 "
     "WHERE number = 3"), "order/3"),
    ("order-total", "DELETE FROM order_line WHERE order_number = 17", "order/17"),
    ("order-billed", ("UPDATE purchase_order SET status = 'delivered', paid_on = '2026-02-05', "
     "ended_on = '2026-02-05' WHERE number = 17"), "order/17"),
    ("order-billed", "UPDATE invoice SET order_number = NULL WHERE id = 9", "order/12"),
    ("order-billed", "UPDATE purchase_order SET status = 'cancelled' WHERE number = 12",
     "order/12"),
    ("order-billed", "UPDATE invoice SET order_number = 3 WHERE id = 2", "order/3 order/4"),
    ("invoice-ordered", "UPDATE order_line SET account_id = 1 WHERE order_number = 12",
     "invoice/2026-000009"),
    ("order-accounts", "UPDATE account SET order_number = 21 WHERE id = 12", "order/19 order/21"),
    ("account-ordered", "UPDATE account SET order_number = 21 WHERE id = 12", "account/12"),
    ("order-received", "UPDATE ledger SET order_number = 1 WHERE id = 17", "order/15"),
    ("order-received", ("UPDATE purchase_order SET status = 'delivered', paid_on = ended_on "
     "WHERE number = 11"), "order/11"),
    ("notice-cause", "UPDATE notice SET order_number = 17 WHERE id = 14", "notice/14"),
    ("notice-cause", "UPDATE notice SET queued_on = '2026-01-31' WHERE id = 18", "notice/18"),
    ("notice-cause", "UPDATE notice SET kind = 'accounts-deleted' WHERE id = 20", "notice/20"),
    ("notice-cause", "UPDATE notice SET queued_on = '2026-02-03' WHERE id = 20", "notice/20"),
    ("notice-accounts", "UPDATE notice_account SET account_id = 1 WHERE notice_id = 22",
     "notice/22"),
    ("told", "DELETE FROM notice WHERE id = 18", "invoice/2026-000010"),
    ("told", "DELETE FROM notice WHERE id = 14", "invoice/2026-000009"),
    ("told", "DELETE FROM notice WHERE id = 24", "order/11"),
    ("task-cause", "UPDATE task SET asked_on = '2026-02-01' WHERE id = 13", "task/13"),
    ("task-cause", "UPDATE task SET kind = 'delete' WHERE id = 1", "task/1"),
    ("mailbox-asked-for", "DELETE FROM task WHERE id = 11", "account/5"),
    ("mailbox-asked-for", "DELETE FROM task WHERE id = 8", "account/8"),
    ("mailbox-asked-for", "DELETE FROM task WHERE id = 1", "account/1"),
    ("mailbox-asked-for", "UPDATE account SET address = NULL, domain_id = NULL WHERE id = 1",
     "account/1"),
)  # fmt: skip


def checked(cli: Cli) -> list[dict[str, Any]]:
    """What `store check` says, whatever its exit status."""
    items: list[dict[str, Any]] = cli("store", "check", "-o", "json").json()["items"]
    return items


def broken(cli: Cli) -> dict[str, list[str]]:
    """The subjects that each check names."""
    found: dict[str, list[str]] = {}
    for row in checked(cli):
        if not row["ok"]:
            found.setdefault(row["name"], []).append(row["subject"])
    return found


@pytest.mark.parametrize(
    ("name", "harm", "subjects"),
    FAULTS,
    ids=[f"{name}-{number}" for number, (name, _, _) in enumerate(FAULTS)],
)
def test_a_planted_fault_is_found_by_its_name(
    name: str, harm: str, subjects: str, kept: Cli
) -> None:
    """The check names the rows concerned, and the exit status says that something was found."""
    force(kept.store, harm)

    outcome = kept("store", "check", "-o", "json")

    assert outcome.status == 1
    found = [row["subject"] for row in outcome.json()["items"] if row["name"] == name]
    assert set(subjects.split()) <= {
        subject if not subjects.endswith("/") else subject.partition("/")[0] + "/"
        for subject in found
    }


def test_every_check_has_a_fault_that_it_finds() -> None:
    """So that none of them could be empty; some of them need more than one statement."""
    planted = {name for name, _, _ in FAULTS} | {"guards", "address-once", "as-imported"}
    assert planted == {validator.name for validator in checks.VALIDATORS}


def test_a_dropped_guard_is_found(kept: Cli) -> None:
    """Whatever was to be refused may have happened meanwhile."""
    with opened(kept.store) as base:
        base.execute("DROP TRIGGER ledger_kept_u")
        base.execute("DROP INDEX account_address")
    found = [row["message"] for row in checked(kept) if row["name"] == "guards"]
    assert found == [
        "the index account_address is missing",
        "the trigger ledger_kept_u is missing",
    ]


def test_an_address_of_two_accounts_is_found(kept: Cli) -> None:
    """Once the index that refuses it is gone."""
    with opened(kept.store) as base:
        base.execute("DROP INDEX account_address")
        base.execute("UPDATE account SET address = 'anna@acme.example', domain_id = 1 WHERE id = 2")
    assert broken(kept)["address-once"] == ["account/2"]


def test_an_imported_account_with_another_expiry_is_found(kept: Cli, tmp_path: Path) -> None:
    """Until it is billed, nothing but its import says until when it was paid for elsewhere."""
    file = tmp_path / "accounts.csv"
    file.write_text(
        "platform,address,period,expires_on,anchor_day\nacme-pro,,monthly,2026-03-01,1\n"
    )
    kept.ok("import", "accounts", str(file), "-y")
    assert kept("store", "check").status == 0
    ((account,),) = rows(kept.store, "SELECT max(id) FROM account")
    force(kept.store, f"UPDATE account SET expires_on = '2027-03-01' WHERE id = {account}")
    assert broken(kept)["as-imported"] == [f"account/{account}"]


def test_a_fault_is_told_with_its_customer_and_in_words(kept: Cli) -> None:
    """What is wrong, where, and what should be."""
    force(kept.store, "UPDATE customer SET balance_cents = 808 WHERE id = 4")

    (row,) = [row for row in checked(kept) if row["name"] == "balance"]

    assert row == {
        "name": "balance",
        "ok": False,
        "customer": "slow",
        "subject": "customer/slow",
        "message": "has 808 cents, the last movement left 809",
        "sentence": "a customer's balance is what the last movement left",
    }
    outcome = kept("store", "check", "-q")
    assert "warning: " in outcome.err
    assert " in the books" in outcome.err


def test_a_healthy_store_has_no_finding(kept: Cli) -> None:
    """Exit status 0, a row for each check, and a store that was not touched."""
    before = contents(kept.store)

    outcome = kept("store", "check", "-o", "json")

    assert outcome.status == 0
    assert {row["ok"] for row in outcome.json()["items"]} == {True}
    names = [row["name"] for row in outcome.json()["items"]]
    assert names == [validator.name for validator in checks.VALIDATORS]
    assert len(set(names)) == len(names)
    assert contents(kept.store) == before


def test_the_example_host_after_400_days_has_no_finding(tmp_path: Path) -> None:
    """1,500 accounts, 10,000 terms, debts, suspensions and deletions."""
    cli = Cli(tmp_path / "mailctl.db")
    cli.ok("init", "--clock", "2026-01-15")
    cli.ok("import", "--dir", str(HOST))
    cli.ok("tick", "--days", "400")
    assert broken(cli) == {}


def test_a_year_of_everything_has_no_finding() -> None:
    """Orders, extensions, credit notes, refunds, reversals, payments that come or fail."""
    assert broken(Cli(year_2026())) == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_months_have_no_finding_on_any_day(seed: int, tmp_path: Path) -> None:
    """The store is looked at again and again while it lives."""
    looks: list[int] = []

    def look(reader: Any) -> None:
        looks.append(1)
        assert [row for row in checks.run(reader) if not row["ok"]] == []

    year = lived(tmp_path, seed, days=60, look=look)

    assert broken(year.cli) == {}
    assert len(looks) >= 1


# What is looked at before a day is committed.


@pytest.mark.parametrize(
    ("harm", "customer", "reason"),
    [
        (
            (
                "UPDATE ledger SET before_cents = before_cents + 1, after_cents = after_cents + 1 "
                "WHERE id = 21"
            ),
            1,
            "movement 15 does not go on from the one before it",
        ),
        (
            "UPDATE customer SET balance_cents = balance_cents + 1 WHERE id = 1",
            1,
            "the balance is not that of the ledger",
        ),
        (
            "UPDATE invoice SET tax_cents = 81, total_cents = 480 WHERE id = 15",
            1,
            "2026-000013 does not add up",
        ),
        (
            "UPDATE invoice_line SET unit_cents = unit_cents + 1 WHERE invoice_id = 15",
            1,
            "2026-000013 does not add up",
        ),
        (
            "UPDATE invoice_open SET open_cents = 949 WHERE invoice_id = 17",
            2,
            "its invoices are open for 949 cents, and 950 are missing",
        ),
        (
            "UPDATE invoice_open SET open_cents = 1, paid_on = NULL WHERE invoice_id = 15",
            1,
            "its invoices are open for 1 cents, and 0 are missing",
        ),
        (
            "UPDATE purchase_order SET net_cents = 951, total_cents = 951 WHERE number = 22",
            2,
            "the debt order is not for what is missing",
        ),
        (
            "UPDATE account SET expires_on = '2026-06-01' WHERE id = 3",
            1,
            "account 3 does not expire where its last term ends",
        ),
    ],
)
def test_a_fault_in_the_rows_of_a_day_is_found_before_they_are_committed(
    harm: str, customer: int, reason: str, kept: Cli
) -> None:
    """Of the customer concerned alone; rows from before are not looked at."""
    before = checks.Marks(ledger_id=14, invoice_id=11)
    force(kept.store, harm)

    with Store(kept.store).read() as reader:
        found = checks.of_the_day(reader, before)
        assert checks.of_the_day(reader, checks.marks(reader)) == {}

    assert found == {customer: reason}


def test_the_rows_of_good_days_have_no_fault(kept: Cli, tmp_path: Path) -> None:
    """All rows of the busy host, of the year, and of the host's first months."""
    copy = tmp_path / "year" / "mailctl.db"
    copy.parent.mkdir()
    for part in year_2026().parent.iterdir():
        shutil.copy2(part, copy.parent / part.name)
    for path in (kept.store, copy):
        with Store(path).read() as reader:
            assert checks.of_the_day(reader, checks.Marks(ledger_id=0, invoice_id=0)) == {}


def test_a_fault_can_be_planted(kept: Cli) -> None:
    """The rows that the faults above change are what they take them for."""
    assert rows(kept.store, "SELECT slug, balance_cents FROM customer ORDER BY id") == [
        ("acme", 45089),
        ("bolt", -950),
        ("late", -191),
        ("slow", 809),
        ("left", 0),
    ]
