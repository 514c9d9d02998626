"""The kinds of notices: the one place where a kind has its rules (rules 12).

A kind is a word of `NoticeKind`, an entry here, a letter (the function of its name in
`notices/account_letters.py` or `money_letters.py`), and a message of its name in each of
`texts/*.ftl`.

In the SQL of an entry, `n` is the notice and `c` its customer; `t` is a row of the notice's
notice_account, and `a` the account that it names.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.domain.notices import NoticeKind
from mailctl.store.expressions import (
    collected_cents,
    has_its_money,
    is_default_of,
    is_taken_back,
    is_unasked,
    last_day_to_pay,
    pay_by,
    renews_unjoined,
)
from mailctl.store.locks import is_locked
from mailctl.store.notice_conditions import (
    HAS_PLATFORM,
    MISSING,
    PLATFORM_IS_DECIDED_AGAIN,
    SAME_KIND,
    failed_with,
    happened_to_accounts,
    has_invoice,
    has_order,
    is_followed_by,
)
from mailctl.values import Value


class Reminder(Value):
    """How a kind announces what is ahead of accounts.

    `setting` has the days before the event, `accounts` is SQL for the accounts whose next event it
    is, and `announced_by` are the kinds that announce the same event.
    """

    setting: str
    accounts: str
    announced_by: tuple[NoticeKind, ...]


class KindRules(Value):
    """What the store must know of a kind of notice. The conditions are SQL.

    `cause`: what must have happened on its day, for `store check`; None where nothing must have.
    `outdated`: when it is of no use any more, and is not sent; None where it always is of use.
    `accounts`: the accounts that its letter is still about; all of them unless it says otherwise.
    `is_about_accounts_alone`: it has nothing to say once it is about none of them.
    `amount`, `pay_by`: the sum that its letter is about, and the day by which it asks for money.
    """

    cause: str | None
    outdated: str | None
    accounts: str = "1 = 1"
    is_about_accounts_alone: bool = False
    reminder: Reminder | None = None
    amount: str = "n.amount_cents"
    pay_by: str = "NULL"


def _of_accounts(
    accounts: str, *, cause: str | None = None, reminder: Reminder | None = None
) -> KindRules:
    """A kind that is about accounts alone: outdated once it is true of none of them."""
    return KindRules(
        cause=cause,
        outdated=f"""
            NOT EXISTS (
                SELECT 1
                FROM notice_account t
                JOIN account a ON a.id = t.account_id
                WHERE t.notice_id = n.id AND ({accounts})
            )
        """,
        accounts=accounts,
        is_about_accounts_alone=True,
        reminder=reminder,
    )


def _ahead(accounts: str, reminder: Reminder | None) -> KindRules:
    """A kind that announces the next event of accounts: true while that lies ahead, on that day."""
    return _of_accounts(
        f"a.next_on = t.happens_on AND t.happens_on > :today AND {accounts}", reminder=reminder
    )


_RENEWAL = Reminder(
    setting="renewal-reminder-days",
    accounts=f"a.state = 'active' AND a.renewal = 'yearly' AND {renews_unjoined('a')}",
    announced_by=(NoticeKind.RENEWAL_COMING,),
)
_EXPIRY = Reminder(
    setting="expiry-reminder-days",
    accounts=f"a.state = 'active' AND NOT ({renews_unjoined('a')})",
    announced_by=(NoticeKind.EXPIRY_COMING, NoticeKind.CANCEL_RECORDED),
)
_DELETION = Reminder(
    setting="deletion-reminder-days",
    accounts="a.state = 'suspended'",
    announced_by=(
        NoticeKind.DELETION_COMING,
        NoticeKind.ACCOUNTS_SUSPENDED,
        NoticeKind.CANCEL_RECORDED,
    ),
)

NOTICE_KINDS: Mapping[NoticeKind, KindRules] = {
    NoticeKind.ORDER_CONFIRMED: KindRules(
        cause=has_order("o.status = 'delivered' AND o.ended_on = n.queued_on"),
        outdated=f"""
            EXISTS (
                SELECT 1
                FROM invoice i
                WHERE i.customer_id = n.customer_id
                    AND i.order_number = n.order_number
                    AND {is_taken_back("i.id")}
            )
        """,
        accounts="a.state = 'active' AND a.expires_on > :today",
        pay_by=pay_by("c"),
    ),
    NoticeKind.ORDER_AWAITING_PAYMENT: KindRules(
        cause=has_order("o.ordered_on = n.queued_on"),
        outdated=f"""
            c.state <> 'open'
            OR NOT EXISTS (
                SELECT 1
                FROM purchase_order o
                LEFT JOIN platform p ON p.id = o.platform_id
                WHERE o.number = n.order_number
                    AND o.status = 'not-paid'
                    AND (o.valid_until_on IS NULL OR o.valid_until_on >= :today)
                    AND coalesce(p.state, 'active') = 'active'
                    AND NOT ({has_its_money("o")})
            )
            OR EXISTS (
                SELECT 1
                FROM order_line l
                JOIN account a ON a.id = l.account_id
                WHERE l.order_number = n.order_number AND a.state <> 'active'
            )
        """,
    ),
    NoticeKind.ORDER_EXPIRED: KindRules(
        cause=has_order("o.status = 'cancelled' AND o.ended_on = n.queued_on"), outdated=None
    ),
    NoticeKind.INVOICE_ISSUED: KindRules(
        cause=has_invoice(), outdated=is_taken_back("n.invoice_id"), pay_by=pay_by("c")
    ),
    NoticeKind.CREDIT_NOTE_ISSUED: KindRules(
        cause=has_invoice("i.series = 'AV'"), outdated=None, pay_by=pay_by("c")
    ),
    NoticeKind.DEBT_OPENED: KindRules(
        cause=has_order("o.kind = 'debt'"),
        # Nobody is asked to pay what is being collected; if that fails, `payment-failed` asks.
        outdated=f"""
            c.balance_cents + {collected_cents("c.id")} >= 0
            OR NOT EXISTS (
                SELECT 1
                FROM purchase_order o
                WHERE o.number = n.order_number AND o.status = 'not-paid'
            )
        """,
        amount=MISSING,
        pay_by=pay_by("c"),
    ),
    NoticeKind.DEBT_REMINDER: KindRules(
        cause=None,
        outdated=f"""
            c.balance_cents >= 0
            OR n.due_on < :today
            OR NOT EXISTS (
                SELECT 1
                FROM invoice_open o
                WHERE o.customer_id = c.id
                    AND o.open_cents > 0
                    AND o.is_covered = 0
                    AND n.due_on = {last_day_to_pay("o", "c")}
            )
        """,
        amount=MISSING,
    ),
    NoticeKind.DEBT_SETTLED: KindRules(
        cause=has_order("o.kind = 'debt' AND o.ended_on = n.queued_on"),
        outdated="c.balance_cents < 0",
    ),
    NoticeKind.PAYMENT_FAILED: KindRules(
        cause=None,
        # The last part: a debit that came back was tried again, and that brought the money.
        outdated=f"""
            c.balance_cents >= 0
            OR (
                EXISTS (SELECT 1 FROM payment y WHERE {failed_with("y", "n")})
                AND NOT EXISTS (
                    SELECT 1
                    FROM payment y
                    WHERE {failed_with("y", "n")} AND y.status <> 'succeeded'
                )
            )
            OR EXISTS (
                SELECT 1
                FROM payment y
                WHERE y.follows_id = n.payment_id AND y.status = 'succeeded'
            )
        """,
        amount=f"""
            coalesce((
                SELECT CAST(sum(y.amount_cents) AS BIGINT)
                FROM payment y
                WHERE {failed_with("y", "n")} AND y.status <> 'succeeded'
            ), n.amount_cents)
        """,
        # What the next try still covers is due on the day that the failure has put it off to.
        pay_by=f"""
            coalesce({pay_by("c")}, (
                SELECT min({last_day_to_pay("o", "c")})
                FROM invoice_open o
                WHERE o.customer_id = c.id AND o.open_cents > 0
            ))
        """,
    ),
    NoticeKind.DEBIT_COMING: KindRules(
        cause="""
            EXISTS (
                SELECT 1
                FROM payment y
                WHERE y.customer_id = n.customer_id AND y.created_on <= n.queued_on
            )
        """,
        outdated=f"""
            NOT EXISTS (
                SELECT 1
                FROM payment y
                WHERE y.notice_id = n.id AND {is_unasked("y")}
            )
        """,
    ),
    NoticeKind.CARD_EXPIRING: KindRules(
        cause=None,
        outdated=f"""
            c.state <> 'open'
            OR n.due_on < :today
            OR NOT EXISTS (
                SELECT 1
                FROM method m
                WHERE m.id = n.method_id AND {is_default_of("m", "n.customer_id")}
            )
            OR NOT EXISTS (
                SELECT 1
                FROM platform p
                JOIN account a ON a.platform_id = p.id
                WHERE p.customer_id = c.id AND a.state <> 'deleted'
            )
        """,
    ),
    NoticeKind.BALANCE_LOW: KindRules(
        cause=None,
        outdated=f"""
            c.state <> 'open'
            OR c.alert_cents = 0
            OR c.balance_cents >= c.alert_cents
            OR {is_followed_by(SAME_KIND)}
        """,
        amount="c.balance_cents",
    ),
    NoticeKind.ACCOUNTS_SUSPENDED: _of_accounts(
        "a.state = 'suspended' AND coalesce(a.suspension_notice_id, n.id) = n.id",
        cause=happened_to_accounts("suspended"),
    ),
    NoticeKind.ACCOUNTS_REOPENED: _of_accounts(
        f"""
            a.state = 'active'
            AND NOT {is_locked("a.id")}
            AND NOT EXISTS (
                SELECT 1
                FROM notice_account y
                JOIN notice x ON x.id = y.notice_id
                WHERE y.account_id = a.id
                    AND x.id > n.id
                    AND x.kind IN ('accounts-suspended', 'accounts-reopened')
            )
        """,
        cause=happened_to_accounts("reopened"),
    ),
    NoticeKind.RENEWAL_COMING: _ahead(_RENEWAL.accounts, _RENEWAL),
    NoticeKind.PRICE_CHANGED: _ahead(_RENEWAL.accounts, None),
    NoticeKind.EXPIRY_COMING: _ahead(_EXPIRY.accounts, _EXPIRY),
    NoticeKind.DELETION_COMING: _ahead(_DELETION.accounts, _DELETION),
    NoticeKind.ACCOUNTS_DELETED: KindRules(cause=happened_to_accounts("deleted"), outdated=None),
    NoticeKind.CANCEL_RECORDED: KindRules(
        cause=HAS_PLATFORM, outdated=PLATFORM_IS_DECIDED_AGAIN, accounts="a.state <> 'deleted'"
    ),
    NoticeKind.CANCEL_UNDONE: KindRules(
        cause=HAS_PLATFORM,
        outdated=f"""
            {PLATFORM_IS_DECIDED_AGAIN}
            OR NOT EXISTS (
                SELECT 1 FROM platform p WHERE p.id = n.platform_id AND p.state = 'active'
            )
        """,
        accounts="a.state <> 'deleted'",
    ),
    NoticeKind.DELETE_TOKEN: KindRules(
        cause=None,
        outdated=f"""
            n.due_on < :today
            OR NOT EXISTS (
                SELECT 1 FROM platform_deletion d WHERE d.platform_id = n.platform_id
            )
            OR {is_followed_by(f"{SAME_KIND} AND x.platform_id = n.platform_id")}
        """,
    ),
    NoticeKind.DELETE_CONFIRMED: KindRules(cause=None, outdated=None),
}
"""The rules of each kind."""

REMINDERS: Mapping[NoticeKind, Reminder] = {
    kind: rules.reminder for kind, rules in NOTICE_KINDS.items() if rules.reminder is not None
}
"""The kinds that announce what is ahead of accounts."""
