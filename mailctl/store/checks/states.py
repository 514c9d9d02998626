"""Invariants of what platforms, accounts, addresses and customers are now (rules 4, 5, 6, 9)."""

from __future__ import annotations

from mailctl.store.checks.validator import Validator

VALIDATORS = (
    Validator(
        name="suspension-told",
        sentence="the customer was notified of a suspension on its day",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'was suspended on ' || a.suspended_on || ' without a notice that names it'
                    AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            LEFT JOIN notice n ON n.id = a.suspension_notice_id
            LEFT JOIN notice_account x ON x.notice_id = n.id AND x.account_id = a.id
            WHERE a.state = 'suspended'
                AND (
                    x.account_id IS NULL
                    OR n.kind <> 'accounts-suspended'
                    OR n.customer_id <> p.customer_id
                    OR n.queued_on <> a.suspended_on
                )
            ORDER BY a.id
        """,
    ),
    Validator(
        name="account-dates",
        sentence="an account's dates are those of its state, and in their order",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'is ' || a.state || ': suspended ' || coalesce(a.suspended_on, 'never')
                    || ', deletes ' || coalesce(a.deletes_on, 'never')
                    || ', deleted ' || coalesce(a.deleted_on, 'never') AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            WHERE (a.state = 'deleted') <> (a.deleted_on IS NOT NULL)
                OR (
                    a.state = 'suspended'
                    AND (a.suspended_on IS NULL OR a.suspended_for IS NULL OR a.deletes_on IS NULL)
                )
                OR (
                    a.state = 'active'
                    AND (
                        a.suspended_on IS NOT NULL
                        OR a.suspended_for IS NOT NULL
                        OR a.deletes_on IS NOT NULL
                    )
                )
                OR a.deletes_on < a.suspended_on
                OR a.suspended_on < a.ordered_on
                OR a.deleted_on < a.ordered_on
                OR a.deleted_on < a.suspended_on
            ORDER BY a.id
        """,
    ),
    Validator(
        name="deletion-after-retention",
        sentence="an account that was suspended is deleted on the day promised, or later",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'was deleted on ' || a.deleted_on || ', promised for ' || a.deletes_on AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            JOIN offer o ON o.id = p.offer_id
            WHERE a.deleted_on < a.deletes_on
                AND o.expiry_of = 'account'
                AND NOT EXISTS (
                    SELECT 1
                    FROM notice n
                    WHERE n.platform_id = p.id AND n.kind = 'delete-confirmed'
                )
            ORDER BY a.id
        """,
    ),
    Validator(
        name="address-once",
        sentence="an address has at most one account that is not deleted",
        finder="""
            WITH shared AS (
                SELECT address, min(id) AS first_id, max(id) AS last_id
                FROM account
                WHERE deleted_on IS NULL AND address IS NOT NULL
                GROUP BY address
                HAVING count(*) > 1
            )
            SELECT
                'account/' || s.last_id AS subject,
                'has the address of account ' || s.first_id AS message, p.customer_id
            FROM shared s
            JOIN account a ON a.id = s.last_id
            JOIN platform p ON p.id = a.platform_id
            ORDER BY s.last_id
        """,
    ),
    Validator(
        name="address-in-domain",
        sentence="an account's address lies in a domain of its customer",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'has an address outside its customer''s domains' AS message, p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            LEFT JOIN domain d ON d.id = a.domain_id
            WHERE a.state <> 'deleted'
                AND a.address IS NOT NULL
                AND (
                    d.id IS NULL
                    OR d.customer_id <> p.customer_id
                    OR substr(a.address, length(a.address) - length(d.name)) <> '@' || d.name
                )
            ORDER BY a.id
        """,
    ),
    Validator(
        name="cancelled-ends",
        sentence="accounts of a cancelled platform do not renew, and their renewal of before is "
        "kept; for other accounts none is kept",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'renews ' || a.renewal || ' on a platform that is ' || p.state AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            WHERE a.state <> 'deleted'
                AND (
                    (
                        p.state = 'cancelled'
                        AND (a.renewal <> 'none' OR a.renewal_before_cancel IS NULL)
                    )
                    OR (p.state = 'active' AND a.renewal_before_cancel IS NOT NULL)
                )
            ORDER BY a.id
        """,
    ),
    Validator(
        name="platform-closed",
        sentence="a platform is closed once it was cancelled or deleted and has no account left",
        finder="""
            WITH counted AS (
                SELECT p.id, p.name, p.state, p.customer_id, (
                    SELECT count(*)
                    FROM account a
                    WHERE a.platform_id = p.id AND a.state <> 'deleted'
                ) AS live
                FROM platform p
            )
            SELECT
                'platform/' || p.name AS subject,
                'is ' || p.state || ' with ' || p.live || ' live accounts' AS message,
                p.customer_id
            FROM counted p
            WHERE (p.state = 'closed' AND p.live > 0) OR (p.state = 'cancelled' AND p.live = 0)
            ORDER BY p.id
        """,
    ),
    Validator(
        name="private-expiry",
        sentence="accounts of private-exchange renew monthly on their platform's day",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'has the anchor day ' || a.anchor_day || ' and the period ' || a.period
                    || ' on a platform of ' || p.created_on AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            JOIN offer o ON o.id = p.offer_id
            WHERE o.expiry_of = 'platform'
                AND (
                    a.period <> 'monthly'
                    OR a.renewal = 'yearly'
                    OR a.anchor_day <> CAST(substr(p.created_on, 9, 2) AS INTEGER)
                )
            ORDER BY a.id
        """,
    ),
    Validator(
        name="debtor",
        sentence="a customer below 0 has one open debt order for what is missing, others have none",
        finder="""
            WITH customer_debt AS (
                SELECT
                    c.id, c.slug, c.balance_cents,
                    CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END
                        AS missing_cents,
                    count(o.number) AS orders,
                    coalesce(CAST(sum(o.total_cents) AS BIGINT), 0) AS ordered_cents
                FROM customer c
                LEFT JOIN purchase_order o ON o.customer_id = c.id
                    AND o.kind = 'debt'
                    AND o.status = 'not-paid'
                GROUP BY c.id
            )
            SELECT
                'customer/' || c.slug AS subject,
                'has a balance of ' || c.balance_cents || ' cents and ' || c.orders
                    || ' open debt orders, of ' || c.ordered_cents AS message,
                c.id AS customer_id
            FROM customer_debt c
            WHERE c.orders <> CASE WHEN c.balance_cents < 0 THEN 1 ELSE 0 END
                OR c.ordered_cents <> c.missing_cents
            ORDER BY c.id
        """,
    ),
    Validator(
        name="debt-suspension",
        sentence="an account is suspended for debt while an overdue invoice has a line of it",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'is suspended for debt, and nothing of it is overdue' AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            WHERE a.state = 'suspended'
                AND a.suspended_for = 'debt'
                AND NOT EXISTS (
                    SELECT 1
                    FROM invoice_line l
                    JOIN invoice_open o ON o.invoice_id = l.invoice_id
                    JOIN customer c ON c.id = o.customer_id
                    LEFT JOIN credit_line k ON k.account_id = l.account_id
                        AND k.period_start_on = l.period_start_on
                    WHERE l.account_id = a.id
                        AND k.account_id IS NULL
                        AND o.open_cents > 0
                        AND o.is_covered = 0
                        AND o.due_on < :reached
                        AND coalesce(c.grace_until_on, '') < :reached
                )
            ORDER BY a.id
        """,
    ),
    Validator(
        name="closed-customer",
        # Money may move after the end: a bank returns a debit, an invoice is credited.
        sentence="a closed customer has no open platform, and nothing ordered",
        finder="""
            SELECT
                'customer/' || c.slug AS subject,
                'is ' || c.state || ', and has an open platform or order' AS message,
                c.id AS customer_id
            FROM customer c
            WHERE c.state <> 'open'
                AND (
                    EXISTS (
                        SELECT 1
                        FROM platform p
                        WHERE p.customer_id = c.id AND p.state <> 'closed'
                    )
                    OR EXISTS (
                        SELECT 1
                        FROM purchase_order o
                        WHERE o.customer_id = c.id AND o.kind <> 'debt' AND o.status = 'not-paid'
                    )
                )
            ORDER BY c.id
        """,
    ),
    Validator(
        name="notice-sent",
        sentence="a notice that was sent has its text; one that was sent or ended has no token",
        finder="""
            SELECT
                'notice/' || n.id AS subject,
                CASE
                    WHEN n.secret IS NULL THEN 'was sent, and its text is missing'
                    ELSE 'was sent or ended, and has its token'
                END AS message,
                n.customer_id
            FROM notice n
            JOIN customer c ON c.id = n.customer_id
            LEFT JOIN notice_text x ON x.notice_id = n.id
            WHERE (n.sent_at IS NOT NULL OR n.ended_at IS NOT NULL)
                AND (
                    n.secret IS NOT NULL
                    OR (n.sent_at IS NOT NULL AND x.notice_id IS NULL AND c.state <> 'erased')
                )
            ORDER BY n.id
        """,
    ),
    Validator(
        name="payment-method",
        sentence="a payment goes by a method of its customer; a method that was removed is not the "
        "default",
        finder="""
            SELECT
                'payment/' || y.id AS subject,
                'goes by a method of another customer' AS message, y.customer_id
            FROM payment y
            LEFT JOIN method m ON m.id = y.method_id
            WHERE coalesce(m.customer_id, 0) <> y.customer_id
            UNION ALL
            SELECT 'method/' || m.id, 'is removed and the default', m.customer_id
            FROM method m
            WHERE m.is_default = 1 AND m.removed_on IS NOT NULL
        """,
    ),
)
