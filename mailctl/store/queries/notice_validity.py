"""What is still true of a notice that waits: what is no longer so is not sent (SPEC 12).

A notice keeps the facts of its day, and may be sent much later. What a later fact has made untrue,
or what another notice tells better by then, ends as outdated; where only a part of it has become
untrue, the letter is about the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.store.engine.dialect import LAST_DAY_TO_PAY
from mailctl.store.engine.reader import Reader
from mailctl.store.notice_kinds import ANNOUNCED
from mailctl.store.queries.named_credits import HAS_ITS_MONEY

_LIES_AHEAD = "a.next_on = t.happens_on AND t.happens_on > :today"

# What was told of an account when it stopped or began to work again.
_TELLS_AFTER = """
    EXISTS (
        SELECT 1
        FROM notice_account y
        JOIN notice x ON x.id = y.notice_id
        WHERE y.account_id = a.id
            AND x.id > n.id
            AND x.kind IN ('accounts-suspended', 'accounts-reopened')
    )
"""

ABOUT: Mapping[str, str] = {
    **{kind: f"{_LIES_AHEAD} AND {where}" for kind, where in ANNOUNCED.items()},
    "accounts-suspended": (
        "a.state = 'suspended' AND coalesce(a.suspension_notice_id, n.id) = n.id"
    ),
    "accounts-reopened": f"a.state = 'active' AND NOT {_TELLS_AFTER}",
    "order-confirmed": "a.state = 'active' AND a.expires_on > :today",
    "cancel-recorded": "a.state <> 'deleted'",
    "cancel-undone": "a.state <> 'deleted'",
}
"""By kind of notice `n`: of the accounts `a` that it names, in `t`, those that its letter is true
for. A letter of any other kind is about all of them."""

OF_ACCOUNTS_ALONE = (*ANNOUNCED, "accounts-suspended", "accounts-reopened")
"""The kinds that have nothing to tell when their letter is true for no account any more."""

IS_BACK = """
    NOT EXISTS (
        SELECT 1
        FROM invoice_line l
        WHERE l.invoice_id = {0}
            AND NOT EXISTS (
                SELECT 1
                FROM credit_line k
                WHERE k.account_id = l.account_id AND k.period_start_on = l.period_start_on
            )
    )
"""
"""SQL for whether credit notes have taken back every line of the invoice with the key {0}."""

FAILED_THEN = """
    y.customer_id = n.customer_id
    AND CASE
        WHEN n.payment_id IS NOT NULL THEN y.id = n.payment_id
        ELSE y.first_failed_on = n.queued_on
            AND y.follows_id IS NULL
            AND (n.method_id IS NULL OR y.method_id = n.method_id OR NOT EXISTS (
                SELECT 1
                FROM notice w
                WHERE w.customer_id = n.customer_id
                    AND w.kind = n.kind
                    AND w.queued_on = n.queued_on
                    AND w.payment_id IS NULL
                    AND w.id <> n.id
            ))
    END
"""
"""SQL for whether payment `y` is of those that the `payment-failed` notice `n` tells of: by its
method, unless that notice is the day's only one. A payment may go through another method since."""

IN_COLLECTION = """
    y.status = 'pending'
    AND (y.exported_on IS NOT NULL OR EXISTS (
        SELECT 1
        FROM method z
        WHERE z.id = y.method_id AND (z.expires_on IS NULL OR z.expires_on >= substr(
            CASE WHEN y.next_try_on > :today THEN y.next_try_on ELSE :today END, 1, 7
        ))
    ))
"""
"""SQL for whether payment `y` will bring its money if the bank or gateway says yes: not through a
card that can be charged no more by then."""

COLLECTED_CENTS = f"""
    coalesce((
        SELECT CAST(sum(y.amount_cents) AS BIGINT)
        FROM payment y
        WHERE y.customer_id = c.id AND {IN_COLLECTION}
    ), 0)
"""
"""SQL for what is being collected from customer `c`, in cents."""

_PLATFORM_TOLD_ANEW = """
    EXISTS (
        SELECT 1
        FROM notice x
        WHERE x.customer_id = n.customer_id
            AND x.platform_id = n.platform_id
            AND x.id > n.id
            AND x.kind IN ('cancel-recorded', 'cancel-undone', 'delete-confirmed')
    )
"""

_OUTDATED: Mapping[str, str] = {
    "order-confirmed": f"""
        EXISTS (
            SELECT 1
            FROM invoice i
            WHERE i.customer_id = n.customer_id
                AND i.order_number = n.order_number
                AND {IS_BACK.format("i.id")}
        )
    """,
    "order-awaiting-payment": f"""
        c.state <> 'open'
        OR NOT EXISTS (
            SELECT 1
            FROM purchase_order p
            LEFT JOIN platform f ON f.id = p.platform_id
            WHERE p.number = n.order_number
                AND p.status = 'not-paid'
                AND (p.valid_until_on IS NULL OR p.valid_until_on >= :today)
                AND coalesce(f.state, 'active') = 'active'
                AND NOT ({HAS_ITS_MONEY.format("p")})
        )
        OR EXISTS (
            SELECT 1
            FROM order_line l
            JOIN account a ON a.id = l.account_id
            WHERE l.order_number = n.order_number AND a.state <> 'active'
        )
    """,
    "invoice-issued": IS_BACK.format("n.invoice_id"),
    # What is being collected asks nobody to pay: if it fails, payment-failed tells.
    "debt-opened": f"""
        c.balance_cents + {COLLECTED_CENTS} >= 0
        OR NOT EXISTS (
            SELECT 1
            FROM purchase_order p
            WHERE p.number = n.order_number AND p.status = 'not-paid'
        )
    """,
    "debt-reminder": f"""
        c.balance_cents >= 0
        OR n.due_on < :today
        OR NOT EXISTS (
            SELECT 1
            FROM invoice_open o
            WHERE o.customer_id = c.id
                AND o.open_cents > 0
                AND o.is_covered = 0
                AND n.due_on = {LAST_DAY_TO_PAY.format("c")}
        )
    """,
    "debt-settled": "c.balance_cents < 0",
    # The last: a debit that came back was tried again, and that came.
    "payment-failed": f"""
        c.balance_cents >= 0
        OR (
            EXISTS (SELECT 1 FROM payment y WHERE {FAILED_THEN})
            AND NOT EXISTS (
                SELECT 1 FROM payment y WHERE {FAILED_THEN} AND y.status <> 'succeeded'
            )
        )
        OR EXISTS (
            SELECT 1
            FROM payment y
            WHERE y.follows_id = n.payment_id AND y.status = 'succeeded'
        )
    """,
    "debit-coming": """
        NOT EXISTS (
            SELECT 1
            FROM payment y
            WHERE y.notice_id = n.id AND y.status = 'pending' AND y.exported_on IS NULL
        )
    """,
    "card-expiring": """
        c.state <> 'open'
        OR n.due_on < :today
        OR NOT EXISTS (
            SELECT 1
            FROM method m
            WHERE m.id = n.method_id AND m.is_default = 1 AND m.removed_on IS NULL
        )
        OR NOT EXISTS (
            SELECT 1
            FROM platform p
            JOIN account a ON a.platform_id = p.id
            WHERE p.customer_id = c.id AND a.state <> 'deleted'
        )
    """,
    "balance-low": """
        c.state <> 'open'
        OR c.alert_cents = 0
        OR c.balance_cents >= c.alert_cents
        OR EXISTS (
            SELECT 1
            FROM notice x
            WHERE x.customer_id = c.id AND x.kind = n.kind AND x.id > n.id
        )
    """,
    "cancel-recorded": _PLATFORM_TOLD_ANEW,
    "cancel-undone": f"""
        {_PLATFORM_TOLD_ANEW}
        OR NOT EXISTS (
            SELECT 1 FROM platform p WHERE p.id = n.platform_id AND p.state = 'active'
        )
    """,
    "delete-token": """
        n.due_on < :today
        OR NOT EXISTS (SELECT 1 FROM platform_deletion d WHERE d.platform_id = n.platform_id)
        OR EXISTS (
            SELECT 1
            FROM notice x
            WHERE x.customer_id = n.customer_id
                AND x.kind = n.kind
                AND x.platform_id = n.platform_id
                AND x.id > n.id
        )
    """,
}
"""By kind of notice: when notice `n` to customer `c` is of no use any more. What tells of a fact
that no later one can undo has no place here."""


def accounts_still_told(reader: Reader, notice_id: int) -> tuple[int, ...]:
    """The notice's accounts for whom its letter is true; of some kinds these are all of them."""
    rows = reader.execute(
        f"""
        SELECT a.id
        FROM notice_account t
        JOIN account a ON a.id = t.account_id
        JOIN notice n ON n.id = t.notice_id
        WHERE t.notice_id = :notice AND {ABOUT.get(_kind(reader, notice_id), "1 = 1")}
        ORDER BY a.id
        """,
        {"notice": notice_id, "today": reader.today.isoformat()},
    )
    return tuple(int(account_id) for (account_id,) in rows)


def is_outdated(reader: Reader, notice_id: int) -> bool:
    """Whether an unsent notice tells of what is past, is not so any more, or will not happen.

    It is not sent then (SPEC 12).
    """
    kind = _kind(reader, notice_id)
    if kind in OF_ACCOUNTS_ALONE:
        return not accounts_still_told(reader, notice_id)
    if kind not in _OUTDATED:
        return False
    found = reader.row(
        f"""
        SELECT 1
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        WHERE n.id = :notice AND ({_OUTDATED[kind]})
        """,
        {"notice": notice_id, "today": reader.today.isoformat()},
    )
    return found is not None


def _kind(reader: Reader, notice_id: int) -> str:
    found = reader.row("SELECT kind FROM notice WHERE id = :notice", {"notice": notice_id})
    return str(found[0]) if found else ""
