"""The facts that a notice's letter is made of (rules 12).

A letter is read when it is sent: it says how things stand then, and names the accounts that it is
still true of. What has happened keeps the day on which it did.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from mailctl.domain.notices import NoticeKind
from mailctl.domain.orders import OrderKind
from mailctl.domain.states import SuspendedFor
from mailctl.domain.terms import Renewal
from mailctl.errors import NoticeNotFoundError
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import (
    can_be_charged,
    collected_cents,
    document_number,
    is_being_reopened,
    is_default_of,
    is_in_collection,
    is_unsent,
    renews_by_itself,
)
from mailctl.store.notice_conditions import failed_with
from mailctl.store.notice_kinds import NOTICE_KINDS, KindRules
from mailctl.store.queries.notice_validity import kind_of
from mailctl.values import Value


class Notice(Value):
    """A notice with what its subject needs; money in cents.

    `accounts` are counted, of those that were `named` when it was queued; `first_on` and `last_on`
    are the days of their events. `pay_by_on` is
    the day by which money that is missing is asked for; the letter is read as of `read_on`.
    """

    id: int
    kind: NoticeKind
    queued_on: date
    customer_id: int
    customer: str
    customer_name: str
    language: str
    balance_cents: int
    alert_cents: int
    order_number: int | None
    order_kind: OrderKind | None
    valid_until_on: date | None
    invoice_id: int | None
    invoice: str | None
    platform: str | None
    method: str | None
    has_expired: bool
    was_returned: bool
    amount_cents: int | None
    due_on: date | None
    pay_by_on: date | None
    read_on: date
    secret: str | None
    named: int
    accounts: int
    first_on: date | None
    last_on: date | None
    being_reopened: int

    @property
    def missing_cents(self) -> int:
        """What is missing on the prepaid account now."""
        return max(0, -self.balance_cents)

    @property
    def is_late(self) -> bool:
        """Whether the last day to pay is past."""
        return self.pay_by_on is not None and self.pay_by_on < self.read_on

    @property
    def dates(self) -> int:
        """On how many days the events of its accounts happen: 1, or 2 for several."""
        return 1 if self.first_on == self.last_on else 2


def _named(rules: KindRules) -> str:
    """CTEs for how many accounts the notice `:id` names, and the days of their events.

    They are those that its letter is true of. If there are none any more and it is about nothing
    else, they are all of them, as they were queued.
    """
    return f"""
        WITH still AS (
            SELECT CASE WHEN a.state = 'deleted' THEN t.happens_on ELSE a.next_on END AS happens_on
            FROM notice n
            JOIN notice_account t ON t.notice_id = n.id
            JOIN account a ON a.id = t.account_id
            WHERE n.id = :id AND ({rules.accounts})
        ),
        named AS (
            SELECT count(*) AS accounts, min(happens_on) AS first_on, max(happens_on) AS last_on
            FROM (
                SELECT happens_on
                FROM still
                UNION ALL
                SELECT t.happens_on
                FROM notice_account t
                WHERE t.notice_id = :id
                    AND {int(rules.is_about_accounts_alone)} = 1
                    AND NOT EXISTS (SELECT 1 FROM still)
            ) q
        )
    """


def _being_reopened(kind: NoticeKind, rules: KindRules) -> str:
    """How many of the accounts that work again by the books wait for the mail server."""
    if kind is not NoticeKind.ACCOUNTS_REOPENED:
        return "0"
    return f"""
        (
            SELECT count(*)
            FROM notice_account t
            JOIN account a ON a.id = t.account_id
            WHERE t.notice_id = n.id AND ({rules.accounts}) AND {is_being_reopened("a.id")}
        )
    """


@cache
def _notice_of(kind: NoticeKind) -> str:
    """The statement that gives a notice of a kind."""
    rules = NOTICE_KINDS[kind]
    return f"""
        {_named(rules)}
        SELECT
            n.id, n.kind, n.queued_on, n.customer_id, n.order_number, n.invoice_id, n.due_on,
            n.secret, c.slug AS customer, c.name AS customer_name,
            coalesce(x.language, c.language) AS language, c.balance_cents, c.alert_cents,
            o.kind AS order_kind, o.valid_until_on, {document_number("i")} AS invoice,
            p.name AS platform, m.label AS method,
            CASE WHEN m.expires_on < substr(n.queued_on, 1, 7) THEN 1 ELSE 0 END AS has_expired,
            CASE WHEN n.payment_id IS NULL THEN 0 ELSE 1 END AS was_returned,
            {rules.amount} AS amount_cents, {rules.pay_by} AS pay_by_on,
            CAST(:today AS TEXT) AS read_on, q.accounts, q.first_on, q.last_on,
            (SELECT count(*) FROM notice_account t WHERE t.notice_id = :id) AS named,
            {_being_reopened(kind, rules)} AS being_reopened
        FROM named q
        CROSS JOIN notice n
        JOIN customer c ON c.id = n.customer_id
        LEFT JOIN purchase_order o ON o.number = n.order_number
        LEFT JOIN invoice i ON i.id = n.invoice_id
        LEFT JOIN platform p ON p.id = n.platform_id
        LEFT JOIN method m ON m.id = n.method_id
        LEFT JOIN notice_text x ON x.notice_id = n.id
        WHERE n.id = :id
    """


def notice(reader: Reader, notice_id: int, kind: NoticeKind | None = None) -> Notice:
    """One notice, whose kind may be known already; NoticeNotFoundError."""
    statement = _notice_of(kind or kind_of(reader, notice_id))
    found = reader.fact(Notice, statement, {"id": notice_id})
    if found is None:
        raise NoticeNotFoundError(str(notice_id))
    return found


class NamedAccount(Value):
    """An account that a letter names, as it is now; as it was queued once nothing of it is true.

    `happens_on` is its next event: its expiry, or its deletion while it is suspended. `renewal` is
    `none` too where its platform renews by hand; `kept_cents` is what a yearly renewal costs that
    keeps an older price. `awaits_notice`: the notice of its suspension is still to be sent.
    `is_being_reopened`: by the books it works again, and the mail server has yet to see to it.
    `is_copied`: its mail is, or would now be, copied before the mailbox is deleted.
    """

    address: str | None
    happens_on: date | None
    why: SuspendedFor | None
    platform: str
    offer_id: int
    label: str
    renewal: Renewal
    kept_cents: int | None
    is_suspended: bool
    awaits_notice: bool
    is_being_reopened: bool
    is_copied: bool

    @property
    def offer(self) -> str:
        """What its offer is called in letters."""
        return plain_label(self.label)


_IS_COPIED = """
    CASE
        WHEN a.state = 'deleted' THEN EXISTS (
            SELECT 1 FROM task r
            WHERE r.account_id = a.id
                AND r.kind = 'rename'
                AND r.address IS NULL
                AND r.mends = 0
        )
        ELSE EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = a.id)
            AND EXISTS (SELECT 1 FROM setting d WHERE d.name = 'driver' AND d.value <> '')
            AND EXISTS (SELECT 1 FROM setting d WHERE d.name = 'export-dir' AND d.value <> '')
    END
"""


def _accounts(named: str) -> str:
    """The statement that gives the accounts of a named set by the day of their events."""
    return f"""
        WITH named AS ({named})
        SELECT
            t.address, t.happens_on, t.why, p.name AS platform, f.id AS offer_id, f.label,
            CASE WHEN {renews_by_itself("a", "p")} THEN a.renewal ELSE 'none' END AS renewal,
            k.cents AS kept_cents,
            CASE WHEN a.state = 'suspended' THEN 1 ELSE 0 END AS is_suspended,
            CASE WHEN s.id IS NULL THEN 0 ELSE 1 END AS awaits_notice,
            CASE WHEN {is_being_reopened("a.id")} THEN 1 ELSE 0 END AS is_being_reopened,
            CASE WHEN {_IS_COPIED} THEN 1 ELSE 0 END AS is_copied
        FROM named t
        JOIN account a ON a.id = t.account_id
        JOIN platform p ON p.id = a.platform_id
        JOIN offer f ON f.id = p.offer_id
        LEFT JOIN kept_price k
            ON k.account_id = a.id AND k.starts_on = a.expires_on AND a.renewal = 'yearly'
        LEFT JOIN notice s ON s.id = a.suspension_notice_id AND {is_unsent("s")}
        ORDER BY t.happens_on, t.address IS NULL, t.address, p.name, a.id
    """


_AS_QUEUED = _accounts("""
    SELECT t.account_id, t.address, t.happens_on, coalesce(t.why, a.suspended_for) AS why
    FROM notice_account t
    JOIN account a ON a.id = t.account_id
    WHERE t.notice_id = :id
""")
_OF_PLATFORM = _accounts("""
    SELECT a.id AS account_id, a.address, a.next_on AS happens_on, a.suspended_for AS why
    FROM notice n
    JOIN account a ON a.platform_id = n.platform_id AND a.state <> 'deleted'
    WHERE n.id = :id
""")


@cache
def _still_named(kind: NoticeKind) -> str:
    """The statement that gives the accounts that a letter of a kind still names."""
    return _accounts(f"""
        SELECT
            t.account_id,
            CASE WHEN a.state = 'deleted' THEN t.address ELSE a.address END AS address,
            CASE WHEN a.state = 'deleted' THEN t.happens_on ELSE a.next_on END AS happens_on,
            CASE WHEN a.state = 'deleted' THEN coalesce(t.why, a.suspended_for)
                ELSE a.suspended_for END AS why
        FROM notice n
        JOIN notice_account t ON t.notice_id = n.id
        JOIN account a ON a.id = t.account_id
        WHERE n.id = :id AND ({NOTICE_KINDS[kind].accounts})
    """)


def accounts(reader: Reader, notice: Notice) -> list[NamedAccount]:
    """The accounts of a notice by day: those that its letter is true of, if there are any."""
    values = {"id": notice.id}
    found = reader.facts(NamedAccount, _still_named(notice.kind), values)
    if not found and NOTICE_KINDS[notice.kind].is_about_accounts_alone:
        return reader.facts(NamedAccount, _AS_QUEUED, values)
    return found


def accounts_of_platform(reader: Reader, notice: Notice) -> list[NamedAccount]:
    """The accounts that the notice's platform has now, whichever it had then."""
    return reader.facts(NamedAccount, _OF_PLATFORM, {"id": notice.id})


def are_free(reader: Reader, notice: Notice) -> bool:
    """Whether the customer can use every address of a notice's deleted accounts again."""
    return not reader.exists(
        """
        SELECT 1
        FROM notice_account t
        JOIN account a ON a.id = t.account_id
        JOIN domain d ON d.id = a.domain_id
        WHERE t.notice_id = :id AND (
            d.customer_id <> :customer
            OR EXISTS (SELECT 1 FROM account b WHERE b.address = t.address AND b.deleted_on IS NULL)
        )
        """,
        {"id": notice.id, "customer": notice.customer_id},
    )


def debt_order(reader: Reader, customer_id: int) -> int | None:
    """The number of a customer's open debt order."""
    found = reader.numbers(
        """
        SELECT number
        FROM purchase_order
        WHERE customer_id = :id AND kind = 'debt' AND status = 'not-paid'
        """,
        {"id": customer_id},
    )
    return found[0] if found else None


def default_method(reader: Reader, customer_id: int, day: date) -> str | None:
    """What the customer's default method is called, if it can be charged on a day."""
    return reader.text(
        f"""
        SELECT m.label
        FROM method m
        WHERE {is_default_of("m", ":id")} AND {can_be_charged("m", ":day")}
        """,
        {"id": customer_id, "day": day},
    )


def collecting_method(reader: Reader, customer_id: int) -> str | None:
    """The label of the method through which the customer's last payment is being collected."""
    return reader.text(
        f"""
        SELECT m.label
        FROM payment y
        JOIN method m ON m.id = y.method_id
        WHERE y.customer_id = :id AND {is_in_collection("y")}
        ORDER BY y.id DESC LIMIT 1
        """,
        {"id": customer_id},
    )


def is_being_collected(reader: Reader, customer_id: int) -> bool:
    """Whether payments that can still succeed bring all that a customer is short of."""
    return reader.exists(
        f"""
        SELECT 1
        FROM customer c
        WHERE c.id = :id
            AND c.balance_cents < 0
            AND c.balance_cents + {collected_cents("c.id")} >= 0
        """,
        {"id": customer_id},
    )


class Failures(Value):
    """What became of the payments that failed: their one method's name, and the next try's day."""

    method: str | None
    again_on: date | None


class _FailedPayment(Value):
    method: str
    again_on: date | None


def failures(reader: Reader, notice: Notice) -> Failures:
    """The payments that a `payment-failed` notice reports and that did not succeed since."""
    found = reader.facts(
        _FailedPayment,
        f"""
        SELECT
            m.label AS method,
            CASE
                WHEN y.status = 'pending'
                    AND y.next_try_on >= :today
                    AND {can_be_charged("m", "y.next_try_on")}
                THEN y.next_try_on
            END AS again_on
        FROM notice n
        JOIN payment y
            ON ({failed_with("y", "n")} OR y.follows_id = n.payment_id)
            AND y.status <> 'succeeded'
        JOIN method m ON m.id = y.method_id
        WHERE n.id = :id
        """,
        {"id": notice.id},
    )
    methods = {payment.method for payment in found}
    days = [payment.again_on for payment in found if payment.again_on is not None]
    if not found and notice.due_on is not None and notice.due_on >= reader.today:
        days = [notice.due_on]
    return Failures(
        method=notice.method or (methods.pop() if len(methods) == 1 else None),
        again_on=min(days, default=None),
    )


def plain_label(label: str) -> str:
    """An offer's label without what is noted in brackets after it."""
    return label.partition(" (")[0]
