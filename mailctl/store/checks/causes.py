"""Invariants of what follows from what: notices and tasks have their causes (rules 7, rules 12).

Conversely, what happened was announced to the customer and requested of the mail server.
Customers who were erased have neither notices nor addresses left to check.
"""

from __future__ import annotations

from mailctl.store.checks.validator import Validator
from mailctl.store.expressions import document_number
from mailctl.store.notice_kinds import NOTICE_KINDS

# Kinds without a cause are reminders. The causes stand in the kinds' entries, and nothing else uses
# them: they are computed independently of what queues notices.
_HAS_CAUSE = "\n".join(
    f"WHEN n.kind = '{kind}' THEN CASE WHEN {rules.cause} THEN 1 ELSE 0 END"
    for kind, rules in NOTICE_KINDS.items()
    if rules.cause is not None
)
# By kind of task, the journal's word for its cause.
_REQUESTED = """
    (t.kind = 'create' AND j.kind IN ('ordered', 'configured', 'adopted'))
    OR (t.kind = 'suspend' AND j.kind IN ('suspended', 'locked', 'deleted', 'adopted'))
    OR (t.kind = 'reopen' AND j.kind IN ('reopened', 'unlocked'))
    OR (t.kind = 'wipe' AND j.kind = 'reset')
    OR (t.kind = 'rename' AND t.address IS NOT NULL AND j.kind = 'renamed')
    OR (t.kind = 'rename' AND t.address IS NULL AND j.kind = 'deleted')
    OR (t.kind = 'delete' AND j.kind = 'deleted')
    OR (t.kind = 'password' AND j.kind IN ('password-set', 'adopted'))
    OR (t.kind = 'export' AND j.kind IN ('export-asked', 'deleted'))
"""

VALIDATORS = (
    Validator(
        name="notice-cause",
        sentence="what a notice announces has happened, on its day, to its customer",
        finder=f"""
            SELECT
                'notice/' || n.id AS subject,
                'of ' || n.queued_on || ' announces ' || n.kind || ', which did not happen'
                    AS message,
                n.customer_id
            FROM notice n
            JOIN customer c ON c.id = n.customer_id AND c.state <> 'erased'
            WHERE CASE {_HAS_CAUSE} ELSE 1 END = 0
            ORDER BY n.id
        """,
    ),
    Validator(
        name="notice-accounts",
        sentence="a notice names accounts of its own customer",
        finder="""
            SELECT
                'notice/' || n.id AS subject,
                'names account ' || x.account_id || ' of another customer' AS message,
                n.customer_id
            FROM notice_account x
            JOIN notice n ON n.id = x.notice_id
            LEFT JOIN account a ON a.id = x.account_id
            LEFT JOIN platform p ON p.id = a.platform_id
            WHERE coalesce(p.customer_id, 0) <> n.customer_id
            ORDER BY n.id
        """,
    ),
    Validator(
        name="told",
        sentence="the customer was notified of renewals billed, orders delivered and debts ended",
        finder=f"""
            SELECT
                'invoice/' || {document_number("i")} AS subject,
                'was not announced' AS message, i.customer_id
            FROM invoice i
            JOIN customer c ON c.id = i.customer_id AND c.state <> 'erased'
            WHERE i.series = ''
                AND CASE
                    WHEN i.order_number IS NULL THEN i.id NOT IN (
                        SELECT n.invoice_id
                        FROM notice n
                        WHERE n.kind = 'invoice-issued' AND n.invoice_id IS NOT NULL
                    )
                    ELSE i.order_number NOT IN (
                        SELECT o.order_number
                        FROM notice o
                        WHERE o.kind = 'order-confirmed' AND o.order_number IS NOT NULL
                    )
                END
            UNION ALL
            SELECT 'order/' || o.number, 'ended, which was not announced', o.customer_id
            FROM purchase_order o
            JOIN customer c ON c.id = o.customer_id AND c.state <> 'erased'
            WHERE o.kind = 'debt'
                AND o.ended_on IS NOT NULL
                AND o.number NOT IN (
                    SELECT n.order_number
                    FROM notice n
                    WHERE n.kind = 'debt-settled' AND n.order_number IS NOT NULL
                )
        """,
    ),
    Validator(
        name="task-cause",
        sentence="what is requested of the mail server happened to the account, on that day",
        finder=f"""
            SELECT
                'task/' || t.id AS subject,
                'requests on ' || t.asked_on || ' to ' || t.kind || ' the mailbox of account '
                    || t.account_id || ', to which nothing of the kind happened' AS message,
                p.customer_id
            FROM task t
            JOIN account a ON a.id = t.account_id
            JOIN platform p ON p.id = a.platform_id
            -- What mends was found on the mail server, not in the books.
            WHERE t.mends = 0
                AND NOT EXISTS (
                SELECT 1
                FROM journal j
                WHERE j.subject = 'account/' || t.account_id
                    AND j.happened_on = t.asked_on
                    AND ({_REQUESTED})
            )
            ORDER BY t.id
        """,
    ),
    Validator(
        name="mailbox-asked-for",
        sentence="the mailbox that an account has was requested of the mail server, and so was its "
        "deletion",
        # When a mailbox was last made or renamed, or one of these or emptied; and its last day.
        finder="""
            WITH last AS (
                SELECT
                    account_id,
                    max(
                        CASE
                            WHEN kind = 'create' OR (kind = 'rename' AND address IS NOT NULL)
                                THEN id
                        END
                    ) AS made,
                    max(CASE WHEN kind IN ('create', 'rename', 'wipe') THEN id END) AS touched,
                    max(CASE WHEN kind = 'delete' THEN asked_on END) AS deleted_on
                FROM task
                GROUP BY account_id
            )
            SELECT
                'account/' || a.id AS subject,
                'is ' || a.state || CASE WHEN a.address IS NULL THEN ' and blank' ELSE '' END
                    || ', which its tasks do not request' AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            JOIN customer c ON c.id = p.customer_id AND c.state <> 'erased'
            LEFT JOIN last q ON q.account_id = a.id
            LEFT JOIN task t ON t.id = q.made
            LEFT JOIN task w ON w.id = q.touched
            WHERE CASE
                WHEN a.address IS NULL THEN w.kind <> 'wipe'
                ELSE
                    -- An imported account has its mailbox from before.
                    a.address <> coalesce(
                        t.address, CASE WHEN a.order_number IS NULL THEN a.address ELSE '' END
                    )
                    OR w.kind = 'wipe'
                    OR (a.state = 'deleted' AND coalesce(q.deleted_on, '') <> a.deleted_on)
            END
            ORDER BY a.id
        """,
    ),
    Validator(
        name="mailbox-state",
        sentence="a mailbox is to be suspended while its account is suspended or locked, and only "
        "then",
        # Of what gives a mailbox its state the last one counts; it works when it is made.
        finder="""
            WITH last AS (
                SELECT
                    t.account_id,
                    max(CASE WHEN t.kind = 'suspend' THEN t.id ELSE 0 END)
                        - max(CASE WHEN t.kind <> 'suspend' THEN t.id ELSE 0 END) AS suspended
                FROM task t
                WHERE t.kind IN ('create', 'wipe', 'suspend', 'reopen')
                GROUP BY t.account_id
            ),
            wanted AS (
                SELECT
                    a.id, a.state, p.customer_id, k.locked_on,
                    CASE WHEN a.state = 'suspended' OR k.account_id IS NOT NULL THEN 1 ELSE 0 END
                        AS is_suspended,
                    CASE WHEN coalesce(q.suspended, 0) > 0 THEN 1 ELSE 0 END AS is_asked
                FROM account a
                JOIN platform p ON p.id = a.platform_id
                LEFT JOIN account_lock k ON k.account_id = a.id
                LEFT JOIN last q ON q.account_id = a.id
                WHERE a.state <> 'deleted' AND a.address IS NOT NULL
            )
            SELECT
                'account/' || w.id AS subject,
                'is ' || w.state
                    || CASE
                        WHEN w.locked_on IS NOT NULL THEN ' and locked since ' || w.locked_on
                        ELSE ''
                    END
                    || ', and its mailbox is last asked to '
                    || CASE WHEN w.is_asked = 1 THEN 'be suspended' ELSE 'work' END AS message,
                w.customer_id
            FROM wanted w
            WHERE w.is_suspended <> w.is_asked
            ORDER BY w.id
        """,
    ),
    Validator(
        name="mailbox-secrets",
        sentence="only an account with a mailbox is locked or has a password",
        finder="""
            WITH kept AS (
                SELECT account_id, 'is locked' AS what FROM account_lock
                UNION ALL
                SELECT account_id, 'has a password' FROM mailbox_password
            )
            SELECT
                'account/' || k.account_id AS subject,
                k.what || ' without a mailbox: it is ' || a.state
                    || CASE WHEN a.address IS NULL THEN ' and blank' ELSE '' END AS message,
                p.customer_id
            FROM kept k
            JOIN account a ON a.id = k.account_id
            JOIN platform p ON p.id = a.platform_id
            WHERE a.state = 'deleted' OR a.address IS NULL
            ORDER BY k.account_id, k.what
        """,
    ),
)
