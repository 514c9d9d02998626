"""Erasing a customer: personal data are removed, what the books need stays (rules 4)."""

from __future__ import annotations

from collections.abc import Iterable

from mailctl import clock
from mailctl.store import words
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unsent

ERASED = "erased"
_ACCOUNTS = """
    SELECT a.id
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    WHERE p.customer_id = :id
"""
_INVOICES = "SELECT i.id FROM invoice i WHERE i.customer_id = :id"
_ENTRIES = "SELECT e.id FROM bank_entry e WHERE e.customer_id = :id"
_STATEMENTS = (
    # What may be the same money is of the same person.
    f"""
    UPDATE bank_entry
    SET customer_id = :id
    WHERE customer_id IS NULL AND same_as_id IN ({_ENTRIES})
    """,
    f"DELETE FROM word WHERE kind = 'account' AND row_id IN ({_ACCOUNTS})",
    """
    DELETE FROM word
    WHERE kind = 'domain' AND row_id IN (SELECT d.id FROM domain d WHERE d.customer_id = :id)
    """,
    """
    DELETE FROM word
    WHERE kind = 'method' AND row_id IN (SELECT m.id FROM method m WHERE m.customer_id = :id)
    """,
    """
    DELETE FROM word
    WHERE kind = 'payment' AND row_id IN (SELECT p.id FROM payment p WHERE p.customer_id = :id)
    """,
    """
    DELETE FROM word
    WHERE kind = 'ledger' AND row_id IN (SELECT l.id FROM ledger l WHERE l.customer_id = :id)
    """,
    """
    DELETE FROM word
    WHERE kind = 'entry' AND row_id IN (SELECT e.id FROM bank_entry e WHERE e.customer_id = :id)
    """,
    "DELETE FROM word WHERE kind = 'customer' AND row_id = :id",
    """
    WITH subject AS (
        SELECT 'customer/' || :slug AS name
        UNION ALL
        SELECT 'platform/' || p.name FROM platform p WHERE p.customer_id = :id
        UNION ALL
        SELECT 'order/' || o.number FROM purchase_order o WHERE o.customer_id = :id
        UNION ALL
        SELECT 'entry/' || e.id FROM bank_entry e WHERE e.customer_id = :id
        UNION ALL
        SELECT 'account/' || a.id
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        WHERE p.customer_id = :id
    )
    DELETE FROM journal_personal
    WHERE seq IN (SELECT j.seq FROM journal j WHERE j.subject IN (SELECT name FROM subject))
    """,
    f"""
    UPDATE task
    SET reason = NULL, folder = NULL,
        address = CASE WHEN address IS NULL THEN NULL ELSE :erased END,
        old_address = CASE WHEN old_address IS NULL THEN NULL ELSE :erased END
    WHERE account_id IN ({_ACCOUNTS})
    """,
    f"DELETE FROM account_lock WHERE account_id IN ({_ACCOUNTS})",
    f"DELETE FROM mailbox_password WHERE account_id IN ({_ACCOUNTS})",
    # What an adopted mailbox was called is often its address.
    f"UPDATE mailbox SET name = :erased || '-' || account_id WHERE account_id IN ({_ACCOUNTS})",
    """
    UPDATE order_line
    SET address = NULL
    WHERE order_number IN (SELECT o.number FROM purchase_order o WHERE o.customer_id = :id)
    """,
    f"UPDATE account SET address = NULL, domain_id = NULL WHERE id IN ({_ACCOUNTS})",
    "DELETE FROM domain WHERE customer_id = :id",
    "UPDATE platform SET cancel_comment = NULL WHERE customer_id = :id",
    f"UPDATE notice_account SET address = NULL WHERE account_id IN ({_ACCOUNTS})",
    """
    DELETE FROM notice_text
    WHERE notice_id IN (SELECT n.id FROM notice n WHERE n.customer_id = :id)
    """,
    "UPDATE notice SET secret = NULL, last_error = NULL WHERE customer_id = :id",
    f"""
    UPDATE notice
    SET ended_at = :now, ended_for = 'erased', claimed_until = NULL
    WHERE customer_id = :id AND {is_unsent("notice")}
    """,
    """
    UPDATE method
    SET details = '{}', label = :erased, is_default = 0, mandate_key = NULL,
        removed_on = coalesce(removed_on, :today)
    WHERE customer_id = :id
    """,
    "UPDATE payment SET reference = NULL, reason = NULL WHERE customer_id = :id",
    """
    UPDATE customer
    SET state = 'erased', name = :erased, email = :erased, backup_email = NULL, phone = NULL,
        street = NULL, postcode = NULL, city = NULL, vat_number = NULL, legal_id = NULL,
        endpoint = NULL, buyer_reference = NULL, invoice_format = NULL
    WHERE id = :id
    """,
    # The guards let these go with a customer who is erased: after the statement before. By a digest
    # or a reference that is kept somebody could guess whose money it was.
    """
    UPDATE bank_entry
    SET entry_key = 'erased:' || id, name = NULL, iban = NULL, reference = NULL,
        end_to_end_id = NULL, creditor_reference = NULL, text = NULL, details = '{}',
        evidence = CASE
            WHEN state <> 'proposed' THEN NULL
            WHEN same_as_id IS NULL THEN :erased
            ELSE evidence
        END,
        reason = NULL
    WHERE customer_id = :id
    """,
    f"UPDATE bank_sighting SET entry_key = NULL WHERE entry_id IN ({_ENTRIES})",
    # Nothing can be booked for them any more, so that nothing is proposed: what is left waits for a
    # person. That it may be another entry's money says nothing of anybody.
    """
    UPDATE bank_entry
    SET customer_id = NULL, invoice_id = NULL, order_number = NULL, payment_id = NULL,
        ledger_id = NULL,
        state = CASE WHEN same_as_id IS NULL THEN 'unmatched' ELSE state END,
        matched_by = CASE WHEN same_as_id IS NULL THEN NULL ELSE matched_by END,
        evidence = CASE WHEN same_as_id IS NULL THEN NULL ELSE evidence END,
        decided_on = NULL
    WHERE customer_id = :id AND state = 'proposed'
    """,
    """
    UPDATE bank_status
    SET text = ''
    WHERE id IN (
        SELECT s.id
        FROM payment p
        JOIN bank_status s
            ON s.payment_id = p.id
            OR (
                s.end_to_end_id >= 'payment-' || p.id || '-'
                AND s.end_to_end_id < 'payment-' || p.id || '.'
            )
        WHERE p.customer_id = :id
    )
    """,
    f"DELETE FROM document_file WHERE invoice_id IN ({_INVOICES})",
    # No part of any invoice: it was entered later, for the documents.
    f"""
    UPDATE invoice_kept
    SET buyer_street = NULL, buyer_postcode = NULL, buyer_city = NULL, buyer_legal_id = NULL,
        buyer_endpoint = NULL, buyer_reference = NULL
    WHERE invoice_id IN ({_INVOICES})
    """,
)


def erase(transaction: Transaction, customer_id: int, slug: str, *, ibans: Iterable[str]) -> None:
    """Remove the personal data of a customer; their id stays, as the name of their accounts.

    `ibans` are the accounts that are theirs alone.
    """
    _claim_ignored(transaction, customer_id, ibans)
    values = {"id": customer_id, "slug": slug, "erased": ERASED, "now": clock.stamp()}
    for statement in _STATEMENTS:
        transaction.execute(statement, values)
    words.learn(transaction, "customer", customer_id)
    transaction.renew_seal_key()
    transaction.leave_no_trace()


def _claim_ignored(transaction: Transaction, customer_id: int, ibans: Iterable[str]) -> None:
    """What was ignored of a customer's accounts is theirs: a refund to them.

    What nobody has decided yet stays as the bank wrote it: it may be anybody's money.
    """
    transaction.execute_many(
        """
        UPDATE bank_entry
        SET customer_id = :customer
        WHERE iban = :iban AND customer_id IS NULL AND state = 'ignored'
        """,
        ({"customer": customer_id, "iban": iban} for iban in ibans),
    )
