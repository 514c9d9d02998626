"""Conditions that the rules of several kinds of notices share, as SQL.

`n` is the notice, `c` its customer; `t` is a row of the notice's notice_account, and `a` the
account that it names.
"""

from __future__ import annotations


def failed_with(payment: str, notice: str) -> str:
    """Whether a payment is among those whose failure a `payment-failed` notice reports.

    The method identifies it, unless the notice is the only one of its day: a payment may go
    through another method since.
    """
    return f"""
        {payment}.customer_id = {notice}.customer_id
        AND CASE
            WHEN {notice}.payment_id IS NOT NULL THEN {payment}.id = {notice}.payment_id
            ELSE {payment}.first_failed_on = {notice}.queued_on
                AND {payment}.follows_id IS NULL
                AND ({notice}.method_id IS NULL OR {payment}.method_id = {notice}.method_id
                    OR NOT EXISTS (
                        SELECT 1
                        FROM notice w
                        WHERE w.customer_id = {notice}.customer_id
                            AND w.kind = {notice}.kind
                            AND w.queued_on = {notice}.queued_on
                            AND w.payment_id IS NULL
                            AND w.id <> {notice}.id
                    ))
        END
    """


def happened_to_accounts(event: str) -> str:
    """Whether the notice names accounts and the journal has the event of its day for each."""
    return f"""
        EXISTS (SELECT 1 FROM notice_account x WHERE x.notice_id = n.id)
        AND NOT EXISTS (
            SELECT 1
            FROM notice_account x
            LEFT JOIN journal j ON j.subject = 'account/' || x.account_id
                AND j.kind = '{event}'
                AND j.happened_on = n.queued_on
            WHERE x.notice_id = n.id AND j.seq IS NULL
        )
    """


def has_order(which: str) -> str:
    """Whether the notice's order is its customer's, and meets a condition."""
    return f"""
        EXISTS (
            SELECT 1
            FROM purchase_order o
            WHERE o.number = n.order_number AND o.customer_id = n.customer_id AND {which}
        )
    """


def has_invoice(which: str = "1 = 1") -> str:
    """Whether the notice's document is its customer's, of the same day, and meets a condition."""
    return f"""
        EXISTS (
            SELECT 1
            FROM invoice i
            WHERE i.id = n.invoice_id
                AND i.customer_id = n.customer_id
                AND i.issued_on = n.queued_on
                AND {which}
        )
    """


def is_followed_by(which: str) -> str:
    """Whether a later notice to the customer replaces this one."""
    return f"""
        EXISTS (
            SELECT 1
            FROM notice x
            WHERE x.customer_id = n.customer_id AND x.id > n.id AND {which}
        )
    """


HAS_PLATFORM = """
    EXISTS (SELECT 1 FROM platform p WHERE p.id = n.platform_id AND p.customer_id = n.customer_id)
"""
PLATFORM_IS_DECIDED_AGAIN = is_followed_by("""
    x.platform_id = n.platform_id
    AND x.kind IN ('cancel-recorded', 'cancel-undone', 'delete-confirmed')
""")
SAME_KIND = "x.kind = n.kind"
MISSING = "CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE n.amount_cents END"
