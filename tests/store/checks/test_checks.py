"""Every check finds the fault that it is for, by its name and with the row concerned.

Faults are planted as whoever has the file could: guards dropped, rows changed by SQL.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mailctl.store import checks
from mailctl.store.engine import chain
from mailctl.store.engine.stores import store_at
from tests.conftest import copied
from tests.exports.year import days_of_trade, year_2026
from tests.helpers import Cli, contents
from tests.scenarios.host import HOST
from tests.store.checks import test_bank
from tests.store.named import named
from tests.store.plain import drop_guard, force, opened, rows

# A check, what is done to the store, and the subjects that the check must name then. Rows are meant
# by what they are: see `tests/store/named.py`.
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("file-whole", "UPDATE account SET anchor_day = 32 WHERE id = {hugo}", "store"),
    ("words", "DELETE FROM word WHERE kind = 'account' OR word = 'bolt'", "word/"),
    ("words", "INSERT INTO word VALUES ('ledger', 'sepa-4711', 1)", "word/ledger/1"),
    ("document-file", ("INSERT INTO document_file VALUES ({2026-000001}, 'pdf', '2026-01-05', "
     "'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'eNpLAgAAYwBj')"),
     "invoice/2026-000001"),
    ("letter-documents", ("INSERT INTO notice_text VALUES ({acme-expiry-coming}, 'fr', "
     "'it@acme.example', 'S', 'B', 'pdf')"), "notice/{acme-expiry-coming}"),
    ("references", "UPDATE account SET platform_id = 99 WHERE id = {hugo}", "store"),
    ("journal-chain", "UPDATE journal SET happened_on = '2026-01-02' WHERE seq = 9", "batch/"),
    ("past", "UPDATE notice SET queued_on = '2026-02-06' WHERE id = {acme-expiry-coming}", "store"),
    ("ledger-sequence", "UPDATE ledger SET seq = 16 WHERE id = {acme-charge-15}", "customer/acme"),
    ("ledger-continuity", ("UPDATE ledger SET before_cents = before_cents + 1, after_cents = "
     "after_cents + 1 WHERE id = {bolt-charge-6}"), "customer/bolt"),
    ("ledger-sum", "UPDATE ledger SET amount_cents = -359 WHERE id = {acme-charge-2}",
     "customer/acme"),
    ("ledger-sum", "UPDATE ledger SET kind = 'refund' WHERE id = {slow-credit-2}", "customer/slow"),
    ("ledger-order", "UPDATE ledger SET moved_on = '2026-01-02' WHERE id = {bolt-credit-1}",
     "customer/bolt"),
    ("balance", "UPDATE customer SET balance_cents = 808 WHERE slug = 'slow'", "customer/slow"),
    ("balance", "UPDATE customer SET balance_cents = 1 WHERE slug = 'left'", "customer/left"),
    ("debt-since", "UPDATE customer SET debt_since_on = '2026-01-24' WHERE slug = 'late'",
     "customer/late"),
    ("debt-since", "UPDATE customer SET debt_since_on = NULL WHERE slug = 'late'", "customer/late"),
    ("charge-of-invoice", ("UPDATE ledger SET invoice_id = {AV2026-000001} "
     "WHERE id = {late-charge-1}"), "customer/late"),
    ("charge-of-invoice", "UPDATE ledger SET moved_on = '2026-01-26' WHERE id = {late-charge-1}",
     "customer/late"),
    ("invoice-charged", "UPDATE ledger SET invoice_id = NULL WHERE id = {late-charge-1}",
     "invoice/2026-000009"),
    ("invoice-charged", "UPDATE ledger SET invoice_id = NULL WHERE id = {acme-credit-note-10}",
     "invoice/AV2026-000002"),
    ("credit-of-note", ("UPDATE ledger SET invoice_id = {2026-000001} "
     "WHERE id = {acme-credit-note-9}"), "customer/acme"),
    ("payment-received", "UPDATE payment SET status = 'succeeded' WHERE id = {bolt-pending}",
     "payment/{bolt-pending}"),
    ("payment-received", "UPDATE payment SET status = 'failed' WHERE id = {bolt-succeeded}",
     "payment/{bolt-succeeded}"),
    ("payment-received", "UPDATE payment SET amount_cents = 1204 WHERE id = {bolt-succeeded}",
     "payment/{bolt-succeeded}"),
    ("payment-received", "UPDATE ledger SET payment_id = NULL WHERE id = {bolt-payment-5}",
     "customer/bolt"),
    ("payment-received", "UPDATE payment SET status = 'returned' WHERE id = {bolt-pending}",
     "payment/{bolt-pending}"),
    ("payment-follows", ("UPDATE payment SET follows_id = {bolt-succeeded} "
     "WHERE id = {bolt-pending}"), "payment/{bolt-pending}"),
    ("credit-ordered", ("UPDATE ledger SET order_number = NULL, payment_id = {bolt-succeeded} "
     "WHERE id = {acme-credit-11}"), "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = NULL WHERE id = {acme-reversal-12}",
     "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = {acme-credit-1} WHERE id = {acme-reversal-12}",
     "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = {slow-credit-2} WHERE id = {acme-reversal-12}",
     "customer/acme"),
    ("reversal", "UPDATE ledger SET reverses_id = {acme-credit-1} WHERE id = {acme-refund-13}",
     "customer/acme"),
    ("credit-ordered", "UPDATE ledger SET order_number = NULL WHERE id = {acme-credit-11}",
     "customer/acme"),
    ("credit-ordered", ("UPDATE ledger SET order_number = {bolt-prepaid-credit} "
     "WHERE id = {acme-credit-11}"), "customer/acme"),
    ("invoice-net", "UPDATE invoice_line SET unit_cents = 158 WHERE account_id = {sam}",
     "invoice/2026-000008"),
    ("invoice-net", "DELETE FROM invoice_line WHERE account_id = {sam}", "invoice/2026-000008"),
    ("invoice-tax", "UPDATE invoice SET tax_cents = 31, total_cents = 190 WHERE id = {2026-000009}",
     "invoice/2026-000009"),
    ("invoice-tax", "UPDATE invoice SET tax_rate = 1900 WHERE id = {2026-000009}",
     "invoice/2026-000009"),
    ("tax-category", "UPDATE invoice SET tax_note = 'x' WHERE id = {2026-000009}",
     "invoice/2026-000009"),
    ("tax-category", ("UPDATE invoice SET tax_category = 'Z', tax_rate = 0, tax_cents = 0, "
     "total_cents = net_cents, tax_note = 'x' WHERE id = {2026-000009}"), "invoice/2026-000009"),
    ("tax-category", ("UPDATE invoice SET tax_category = 'AE', tax_rate = 0, tax_cents = 0, "
     "total_cents = net_cents, tax_note = 'Autoliquidation / x' WHERE id = {2026-000009}"),
     "invoice/2026-000009"),
    ("tax-category", ("UPDATE invoice SET tax_category = 'O', tax_rate = 0, tax_cents = 0, "
     "total_cents = net_cents WHERE id = {2026-000009}"), "invoice/2026-000009"),
    ("seller-of-document", ("UPDATE invoice SET seller_id = NULL, language = NULL, due_on = NULL "
     "WHERE id = {2026-000009}"), "invoice/2026-000009"),
    ("kept-of-invoice", ("INSERT INTO invoice_kept (invoice_id, seller_id, language) "
     "VALUES ({2026-000009}, 1, 'en')"), "invoice/2026-000009"),
    ("document-total", "UPDATE invoice SET total_cents = 192 WHERE id = {2026-000009}",
     "invoice/2026-000009"),
    ("document-total", "UPDATE invoice SET total_cents = 192 WHERE id = {AV2026-000002}",
     "invoice/AV2026-000002"),
    ("numbers-gapless", "UPDATE invoice SET seq = 16 WHERE id = {2026-000015}",
     "invoice/2026-000016"),
    ("numbers-gapless", "UPDATE invoice SET seq = 3 WHERE id = {AV2026-000002}",
     "invoice/AV2026-000003"),
    ("numbers-gapless", "UPDATE lost_number SET last_seq = 29 WHERE series = ''",
     "invoice/2026-000031"),
    ("numbers-gapless", "UPDATE lost_number SET last_seq = 31 WHERE series = ''",
     "invoice/2026-000031"),
    ("numbers-gapless", "UPDATE lost_number SET first_seq = 15 WHERE series = ''",
     "invoice/2026-000015"),
    ("numbers-gapless", "UPDATE lost_number SET first_seq = 4, last_seq = 5 WHERE series = 'AV'",
     "invoice/AV2026-000004"),
    ("numbers-gapless", "DELETE FROM lost_number WHERE series = ''", "invoice/2026-000031"),
    ("losses-recorded", "UPDATE lost_number SET last_seq = 7 WHERE series = 'AV'", "store"),
    ("losses-recorded", "UPDATE lost_number SET restoration_id = 9 WHERE series = 'AV'",
     "invoice/AV2026-000003 store"),
    ("losses-recorded", "INSERT INTO lost_number VALUES ('', 2025, 1, 1, 2)", "store"),
    ("losses-recorded", "UPDATE restoration SET head = 'other' WHERE id = 1", "store"),
    ("losses-recorded", "UPDATE restoration SET lost_batch_id = 4 WHERE id = 2", "store"),
    ("losses-recorded", "UPDATE restoration SET restored_on = '2026-02-04'", "store"),
    ("losses-recorded", "DELETE FROM restoration WHERE id = 2", "store"),
    ("losses-recorded", "DELETE FROM journal WHERE kind = 'store-restored'", "store"),
    ("losses-recorded", "UPDATE journal SET details = NULL WHERE kind = 'store-restored'", "store"),
    ("losses-recorded", ("UPDATE journal SET details = '{{\"lost_ids\":{{\"account\":1}}}}' "
     "WHERE kind = 'store-restored'"), "store"),
    ("losses-recorded", "UPDATE lost_id SET last_id = 101 WHERE name = 'account'", "store"),
    ("losses-recorded", "DELETE FROM lost_id WHERE name = 'account'", "store"),
    ("losses-recorded", "INSERT INTO lost_id VALUES ('task', 100)", "store"),
    ("lost-ids-not-given", "UPDATE purchase_order SET number = 50 WHERE number = 101", "order/50"),
    ("lost-ids-not-given", "UPDATE account SET id = 50 WHERE id = 101", "account/50"),
    ("numbers-in-date-order", ("UPDATE invoice SET issued_on = '2026-01-26' "
     "WHERE id = {2026-000008}"), "invoice/2026-000009"),
    ("numbers-in-date-order", ("UPDATE invoice SET issued_on = '2025-12-31' "
     "WHERE id = {2026-000001}"), "invoice/2026-000001"),
    ("lines-of-customer", "UPDATE invoice_line SET offer_id = 2 WHERE account_id = {sam}",
     "invoice/2026-000008"),
    ("lines-of-customer", "UPDATE account SET platform_id = {acme-pro} WHERE id = {sam}",
     "invoice/2026-000008"),
    ("note-of-invoice", "UPDATE invoice SET buyer_name = 'Other' WHERE id = {AV2026-000001}",
     "invoice/AV2026-000001"),
    ("note-of-invoice", "UPDATE invoice SET tax_rate = 1900 WHERE id = {AV2026-000001}",
     "invoice/AV2026-000001"),
    ("note-of-invoice", ("UPDATE invoice SET tax_category = 'Z', tax_rate = 0, tax_cents = 0, "
     "total_cents = net_cents WHERE id = {AV2026-000001}"), "invoice/AV2026-000001"),
    ("note-of-invoice", "UPDATE invoice SET issued_on = '2025-12-31' WHERE id = {AV2026-000001}",
     "invoice/AV2026-000001"),
    ("note-lines", "UPDATE invoice SET net_cents = 160, tax_cents = 31 WHERE id = {AV2026-000001}",
     "invoice/AV2026-000001"),
    ("note-lines", "DELETE FROM credit_line WHERE invoice_id = {AV2026-000002}",
     "invoice/AV2026-000002"),
    ("note-lines-elsewhere", ("UPDATE credit_line SET period_start_on = '2026-02-01' "
     "WHERE invoice_id = {AV2026-000002}"), "account/{acme-pro-2}"),
    ("note-tax", "UPDATE invoice SET tax_cents = 31, total_cents = 190 WHERE id = {AV2026-000001}",
     "invoice/AV2026-000001"),
    ("note-tax", "UPDATE invoice SET tax_cents = 33, total_cents = 192 WHERE id = {AV2026-000002}",
     "invoice/AV2026-000002"),
    ("note-within-invoice", ("UPDATE invoice SET tax_cents = 33, total_cents = 192 "
     "WHERE id = {AV2026-000002}"), "invoice/2026-000001"),
    ("invoice-kept-open", "DELETE FROM invoice_open WHERE invoice_id = {2026-000003}",
     "invoice/2026-000003"),
    ("invoice-kept-open", ("UPDATE invoice_open SET customer_id = {bolt} "
     "WHERE invoice_id = {2026-000003}"), "invoice/2026-000003"),
    ("invoice-kept-open", ("UPDATE invoice_open SET invoice_id = {AV2026-000002} "
     "WHERE invoice_id = {2026-000003}"), "invoice/AV2026-000002"),
    ("credited-amount", ("UPDATE invoice_open SET credited_cents = 381 "
     "WHERE invoice_id = {2026-000001}"), "invoice/2026-000001"),
    ("open-amount", "UPDATE invoice_open SET open_cents = 190 WHERE invoice_id = {2026-000009}",
     "invoice/2026-000009"),
    ("open-amount", ("UPDATE invoice_open SET open_cents = 1, paid_on = NULL "
     "WHERE invoice_id = {2026-000008}"), "invoice/2026-000008"),
    ("open-amount", ("UPDATE invoice_open SET open_cents = 0, paid_on = '2026-02-05' "
     "WHERE invoice_id = {2026-000015}"), "invoice/2026-000015"),
    ("covered", "UPDATE invoice_open SET is_covered = 0 WHERE invoice_id = {2026-000015}",
     "invoice/2026-000015"),
    ("covered", "UPDATE invoice_open SET is_covered = 1 WHERE invoice_id = {2026-000009}",
     "invoice/2026-000009"),
    ("covered", "UPDATE payment SET amount_cents = 949 WHERE id = {bolt-pending}",
     "invoice/2026-000015"),
    ("paid-day", "UPDATE invoice_open SET paid_on = '2026-02-04' WHERE invoice_id = {2026-000008}",
     "invoice/2026-000008"),
    ("paid-day", "UPDATE invoice_open SET paid_on = '2026-01-02' WHERE invoice_id = {2026-000001}",
     "invoice/2026-000001"),
    ("due-day", "UPDATE invoice_open SET due_on = '2026-01-25' WHERE invoice_id = {2026-000009}",
     "invoice/2026-000009"),
    ("terms-join", ("UPDATE invoice_line SET period_start_on = '2026-02-02' "
     "WHERE account_id = {ben} AND invoice_id = {2026-000011}"), "account/{ben}"),
    ("terms-join", ("UPDATE invoice_line SET period_end_on = '2026-02-02' "
     "WHERE account_id = {ben} AND invoice_id = {2026-000005}"), "account/{ben}"),
    ("terms-begin", "UPDATE account SET ordered_on = '2026-01-03' WHERE id = {sam}",
     "account/{sam}"),
    ("terms-reach-expiry", "UPDATE account SET expires_on = '2026-04-01' WHERE id = {anna}",
     "account/{anna}"),
    ("terms-reach-expiry", "DELETE FROM invoice_line WHERE account_id = {lea}", "account/{lea}"),
    ("period-billed", "UPDATE account SET period = 'yearly' WHERE id = {sam}", "account/{sam}"),
    ("written-by-mailctl", "UPDATE method SET details = '{{}}' WHERE id = {bolt-paypal}", "method"),
    ("terms-on-calendar", ("UPDATE invoice_line SET period_end_on = '2026-02-26' "
     "WHERE account_id = {lea}"), "account/{lea}"),
    ("terms-on-calendar", ("UPDATE invoice_line SET period_end_on = '2026-02-02' "
     "WHERE account_id = {dora}"), "account/{dora}"),
    ("expiry-on-anchor", "UPDATE account SET expires_on = '2026-03-02' WHERE id = {anna}",
     "account/{anna}"),
    ("expiry-on-anchor", "UPDATE account SET expires_on = 'soon' WHERE id = {anna}", "store"),
    ("billed-while-alive", ("UPDATE account SET state = 'deleted', deleted_on = '2026-01-31' "
     "WHERE id = {anna}"), "account/{anna}"),
    ("billed-while-active", ("UPDATE journal SET kind = 'suspended', happened_on = '2026-01-31' "
     "WHERE subject = 'account/{anna}' AND seq = (SELECT min(seq) FROM journal WHERE subject "
     "= 'account/{anna}')"), "account/{anna}"),
    ("suspension-told", "UPDATE account SET suspension_notice_id = NULL WHERE id = {otto}",
     "account/{otto}"),
    ("suspension-told", ("UPDATE account SET suspension_notice_id = {late-accounts-suspended} "
     "WHERE id = {otto}"), "account/{otto}"),
    ("suspension-told", "DELETE FROM notice_account WHERE notice_id = {late-accounts-suspended}",
     "account/{lea}"),
    ("account-dates", "UPDATE account SET deletes_on = '2026-01-31' WHERE id = {otto}",
     "account/{otto}"),
    ("account-dates", "UPDATE account SET deletes_on = NULL WHERE id = {otto}", "account/{otto}"),
    ("account-dates", "UPDATE account SET deleted_on = '2025-12-31' WHERE id = {dora}",
     "account/{dora}"),
    ("deletion-after-retention", ("UPDATE account SET state = 'deleted', deleted_on = '2026-02-05' "
     "WHERE id = {otto}"), "account/{otto}"),
    ("address-in-domain", "UPDATE account SET domain_id = {bolt-domain} WHERE id = {anna}",
     "account/{anna}"),
    ("address-in-domain", "UPDATE account SET address = 'anna@acme.test' WHERE id = {anna}",
     "account/{anna}"),
    ("address-in-domain", "UPDATE domain SET customer_id = {bolt} WHERE id = {late-domain}",
     "account/{lea}"),
    ("cancelled-ends", "UPDATE account SET renewal = 'monthly' WHERE id = {otto}",
     "account/{otto}"),
    ("cancelled-ends", "UPDATE account SET renewal_before_cancel = 'yearly' WHERE id = {anna}",
     "account/{anna}"),
    ("platform-closed", ("UPDATE platform SET state = 'closed', closed_on = '2026-02-05' "
     "WHERE id = {acme-old}"), "platform/acme-old"),
    ("platform-closed", ("UPDATE account SET state = 'deleted', deleted_on = '2026-02-05' "
     "WHERE id = {otto}"), "platform/acme-old"),
    ("private-expiry", "UPDATE account SET anchor_day = 2 WHERE id = {pia}", "account/{pia}"),
    ("private-expiry", "UPDATE account SET renewal = 'yearly' WHERE id = {pia}", "account/{pia}"),
    ("debt-suspension", ("UPDATE account SET state = 'suspended', suspended_for = 'debt', "
     "suspended_on = '2026-02-01', deletes_on = '2026-03-01' WHERE id = {anna}"), "account/{anna}"),
    ("debtor", "UPDATE purchase_order SET status = 'cancelled' WHERE number = {late-debt}",
     "customer/late"),
    ("debtor", ("UPDATE purchase_order SET net_cents = 190, total_cents = 190 "
     "WHERE number = {late-debt}"), "customer/late"),
    ("debtor", "UPDATE purchase_order SET status = 'not-paid' WHERE number = {slow-debt}",
     "customer/slow"),
    ("closed-customer", "UPDATE platform SET customer_id = {left} WHERE id = {late-pro}",
     "customer/left"),
    ("closed-customer", ("UPDATE purchase_order SET customer_id = {left} "
     "WHERE number = {bolt-waiting}"), "customer/left"),
    ("notice-sent", "UPDATE notice SET sent_at = '2026-02-05T08:00Z' WHERE id = {late-debt-opened}",
     "notice/{late-debt-opened}"),
    ("notice-sent", ("UPDATE notice SET ended_at = '2026-02-05T08:00:00Z', ended_for = 'refused', "
     "secret = 'TOKEN' WHERE id = {late-debt-opened}"), "notice/{late-debt-opened}"),
    ("payment-method", "UPDATE method SET customer_id = {acme} WHERE id = {bolt-paypal}",
     "payment/{bolt-succeeded} payment/{bolt-pending}"),
    ("payment-method", "UPDATE method SET removed_on = '2026-02-05' WHERE id = {bolt-paypal}",
     "method/{bolt-paypal}"),
    ("order-dates", "UPDATE purchase_order SET paid_on = NULL WHERE number = {anna-ordered}",
     "order/{anna-ordered}"),
    ("order-dates", ("UPDATE purchase_order SET ended_on = '2026-02-05' "
     "WHERE number = {bolt-waiting}"), "order/{bolt-waiting}"),
    ("order-dates", "UPDATE purchase_order SET valid_until_on = NULL WHERE number = {bolt-waiting}",
     "order/{bolt-waiting}"),
    ("order-total", ("UPDATE purchase_order SET net_cents = 319, total_cents = 383 "
     "WHERE number = {anna-ordered}"), "order/{anna-ordered}"),
    ("order-total", "DELETE FROM order_line WHERE order_number = {bolt-waiting}",
     "order/{bolt-waiting}"),
    ("order-billed", ("UPDATE purchase_order SET status = 'delivered', paid_on = '2026-02-05', "
     "ended_on = '2026-02-05' WHERE number = {bolt-waiting}"), "order/{bolt-waiting}"),
    ("order-billed", "UPDATE invoice SET order_number = NULL WHERE id = {2026-000009}",
     "order/{lea-ordered}"),
    ("order-billed", "UPDATE purchase_order SET status = 'cancelled' WHERE number = {lea-ordered}",
     "order/{lea-ordered}"),
    ("order-billed", "UPDATE invoice SET order_number = {anna-ordered} WHERE id = {2026-000002}",
     "order/{anna-ordered} order/{hugo-ordered}"),
    ("invoice-ordered", ("UPDATE order_line SET account_id = {anna} "
     "WHERE order_number = {lea-ordered}"), "invoice/2026-000009"),
    ("order-accounts", ("UPDATE account SET order_number = {bolt-hx-5-ordered} "
     "WHERE id = {bolt-hx-3}"), "order/{bolt-hx-3-ordered} order/{bolt-hx-5-ordered}"),
    ("account-ordered", ("UPDATE account SET order_number = {bolt-hx-5-ordered} "
     "WHERE id = {bolt-hx-3}"), "account/{bolt-hx-3}"),
    ("order-received", ("UPDATE ledger SET order_number = {bolt-prepaid-credit} "
     "WHERE id = {acme-credit-11}"), "order/{acme-prepaid-credit}"),
    ("order-received", ("UPDATE purchase_order SET status = 'delivered', paid_on = ended_on "
     "WHERE number = {slow-debt}"), "order/{slow-debt}"),
    ("notice-cause", ("UPDATE notice SET order_number = {bolt-waiting} "
     "WHERE id = {late-order-confirmed}"), "notice/{late-order-confirmed}"),
    ("notice-cause", "UPDATE notice SET queued_on = '2026-01-31' WHERE id = {acme-invoice-issued}",
     "notice/{acme-invoice-issued}"),
    ("notice-cause", ("UPDATE notice SET kind = 'accounts-deleted' "
     "WHERE id = {acme-accounts-suspended}"), "notice/{acme-accounts-suspended}"),
    ("notice-cause", ("UPDATE notice SET queued_on = '2026-02-03' "
     "WHERE id = {acme-accounts-suspended}"), "notice/{acme-accounts-suspended}"),
    ("notice-accounts", ("UPDATE notice_account SET account_id = {anna} "
     "WHERE notice_id = {late-accounts-suspended}"), "notice/{late-accounts-suspended}"),
    ("told", "DELETE FROM notice WHERE id = {acme-invoice-issued}", "invoice/2026-000010"),
    ("told", "DELETE FROM notice WHERE id = {late-order-confirmed}", "invoice/2026-000009"),
    ("told", "DELETE FROM notice WHERE id = {slow-debt-settled}", "order/{slow-debt}"),
    ("task-cause", "UPDATE task SET asked_on = '2026-02-01' WHERE id = {lea-suspend}",
     "task/{lea-suspend}"),
    ("task-cause", "UPDATE task SET kind = 'delete' WHERE id = {anna-create}",
     "task/{anna-create}"),
    ("task-cause", "UPDATE task SET kind = 'password' WHERE id = {otto-suspend}",
     "task/{otto-suspend}"),
    ("task-cause", "UPDATE task SET kind = 'export', format = 'mbox' WHERE id = {otto-suspend}",
     "task/{otto-suspend}"),
    ("task-cause", ("UPDATE task SET kind = 'rename', old_address = address, address = NULL "
     "WHERE id = {otto-suspend}"), "task/{otto-suspend}"),
    ("mailbox-state", "DELETE FROM task WHERE id = {otto-suspend}", "account/{otto}"),
    ("mailbox-state", "UPDATE task SET kind = 'reopen' WHERE id = {lea-suspend}", "account/{lea}"),
    ("mailbox-state", "DELETE FROM task WHERE id = {sam-reopen}", "account/{sam}"),
    ("mailbox-state", "INSERT INTO account_lock VALUES ({anna}, '2026-02-05', 'spam')",
     "account/{anna}"),
    ("mailbox-secrets", "INSERT INTO account_lock VALUES ({dora}, '2026-02-05', 'spam')",
     "account/{dora}"),
    ("mailbox-secrets", ("INSERT INTO mailbox_password VALUES ({acme-pro-2}, '$argon2id$x', "
     "'2026-02-05')"), "account/{acme-pro-2}"),
    ("mailbox-asked-for", "DELETE FROM task WHERE id = {dora-delete}", "account/{dora}"),
    ("mailbox-asked-for", "DELETE FROM task WHERE id = {anna-create}", "account/{anna}"),
    ("mailbox-asked-for", "UPDATE account SET address = NULL, domain_id = NULL WHERE id = {anna}",
     "account/{anna}"),
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
    ids = named(kept.store)
    force(kept.store, harm.format_map(ids))

    outcome = kept("store", "check", "-o", "json")

    assert outcome.status == 1
    found = [row["subject"] for row in outcome.json()["items"] if row["name"] == name]
    assert set(subjects.format_map(ids).split()) <= {
        subject if not subjects.endswith("/") else subject.partition("/")[0] + "/"
        for subject in found
    }


def test_every_check_has_a_fault_that_it_finds() -> None:
    """So that none of them could be empty; some of them need more than one statement."""
    planted = {name for name, _, _ in FAULTS}
    planted |= {"guards", "address-once", "as-imported", "documents-of-erased"}
    planted |= {check for check, _, _ in test_bank.FAULTS}
    assert planted == {validator.name for validator in checks.VALIDATORS}


def test_a_dropped_guard_is_found(kept: Cli) -> None:
    """Whatever was to be refused may have happened meanwhile."""
    drop_guard(kept.store, "ledger_kept_u", "ledger")
    with opened(kept.store) as base:
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


@pytest.mark.parametrize(
    "harm",
    [
        (
            "INSERT INTO document_file VALUES ({2026-000009}, 'pdf', '2026-01-05', "
            "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', "
            "'eJxLTEoGAAJNASc=')"
        ),
        (
            "INSERT INTO invoice_kept (invoice_id, seller_id, language, buyer_city) "
            "VALUES ({2026-000009}, 1, 'fr', 'Lyon')"
        ),
    ],
)
def test_what_documents_keep_of_an_erased_customer_is_found(harm: str, kept: Cli) -> None:
    """A file as it was sent, or what was entered later; of everybody else it is right."""
    force(kept.store, harm.format_map(named(kept.store)))
    assert not broken(kept).keys() & {"documents-of-erased", "document-file", "kept-of-invoice"}
    force(kept.store, "UPDATE customer SET state = 'erased' WHERE slug = 'late'")
    assert broken(kept)["documents-of-erased"] == ["invoice/2026-000009"]


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


def test_a_fault_is_reported_with_its_customer_and_in_words(kept: Cli) -> None:
    """What is wrong, where, and what should be."""
    force(kept.store, "UPDATE customer SET balance_cents = 808 WHERE slug = 'slow'")

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


def test_the_example_host_after_400_days_has_no_finding(cli: Cli) -> None:
    """1,500 accounts, 10,000 terms, debts, suspensions and deletions."""
    cli.ok("init", "--clock", "2026-01-15")
    cli.ok("import", "--dir", str(HOST))
    cli.ok("tick", "--days", "400")
    assert broken(cli) == {}


def test_a_year_of_everything_has_no_finding(cli: Cli) -> None:
    """Orders, extensions, credit notes, refunds, reversals, payments that come or fail."""
    assert broken(copied(year_2026(), cli)) == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_months_have_no_finding_on_any_day(seed: int, tmp_path: Path) -> None:
    """The store is looked at again and again while it lives."""
    looks: list[int] = []

    def look(reader: Any) -> None:
        looks.append(1)
        assert [row for row in checks.run(reader) if not row["ok"]] == []

    year = days_of_trade(tmp_path, seed, days=60, look=look)

    assert broken(year.cli) == {}
    assert len(looks) >= 1


# What is looked at before a day is committed.


@pytest.mark.parametrize(
    ("harm", "customer", "reason"),
    [
        (
            (
                "UPDATE ledger SET before_cents = before_cents + 1, after_cents = after_cents + 1 "
                "WHERE id = {acme-charge-15}"
            ),
            "acme",
            "movement 15 does not go on from the one before it",
        ),
        (
            "UPDATE customer SET balance_cents = balance_cents + 1 WHERE slug = 'acme'",
            "acme",
            "the balance is not that of the ledger",
        ),
        (
            "UPDATE invoice SET tax_cents = 81, total_cents = 480 WHERE id = {2026-000013}",
            "acme",
            "2026-000013 does not add up",
        ),
        (
            "UPDATE invoice_line SET unit_cents = unit_cents + 1 WHERE invoice_id = {2026-000013}",
            "acme",
            "2026-000013 does not add up",
        ),
        (
            "UPDATE invoice_open SET open_cents = 949 WHERE invoice_id = {2026-000015}",
            "bolt",
            "its invoices are open for 949 cents, and 950 are missing",
        ),
        (
            (
                "UPDATE invoice_open SET open_cents = 1, paid_on = NULL "
                "WHERE invoice_id = {2026-000013}"
            ),
            "acme",
            "its invoices are open for 1 cents, and 0 are missing",
        ),
        (
            (
                "UPDATE purchase_order SET net_cents = 951, total_cents = 951 "
                "WHERE number = {bolt-debt}"
            ),
            "bolt",
            "the debt order is not for what is missing",
        ),
        (
            "UPDATE account SET expires_on = '2026-06-01' WHERE id = {hugo}",
            "acme",
            "account {hugo} does not expire where its last term ends",
        ),
    ],
)
@pytest.mark.parametrize("many", [10**9, 0], ids=["few", "many"])
def test_a_fault_in_the_rows_of_a_day_is_found_before_they_are_committed(
    many: int,
    harm: str,
    customer: str,
    reason: str,
    kept: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the customer concerned alone; rows from before are not looked at.

    So it is where the lines are looked through in another order, because they are many.
    """
    monkeypatch.setattr(chain, "_MANY", many)
    monkeypatch.setattr(chain, "_PART", 10**9)
    ids = named(kept.store)
    before = checks.Marks(ledger_id=ids["slow-credit-2"], invoice_id=ids["2026-000011"])
    force(kept.store, harm.format_map(ids))

    with store_at(kept.store).read() as reader:
        found = checks.of_the_day(reader, before)
        assert checks.of_the_day(reader, checks.marks(reader)) == {}

    assert found == {ids[customer]: reason.format_map(ids)}


@pytest.mark.parametrize("original", ["kept_original", "year"])
def test_the_rows_of_good_days_have_no_fault(
    original: str, cli: Cli, request: pytest.FixtureRequest
) -> None:
    """All rows of the busy host, and of a year of everything."""
    path = year_2026() if original == "year" else request.getfixturevalue(original)
    with store_at(copied(path, cli).store).read() as reader:
        assert checks.of_the_day(reader, checks.Marks(ledger_id=0, invoice_id=0)) == {}


def test_a_fault_can_be_planted(kept: Cli) -> None:
    """The rows that the faults above change are what they take them for."""
    assert rows(kept.store, "SELECT slug, balance_cents FROM customer ORDER BY id") == [
        ("acme", 45089),
        ("bolt", -950),
        ("late", -191),
        ("slow", 809),
        ("left", 0),
        ("next", 809),
    ]
