"""The facts that a notice's letter is made of (SPEC 12).

A letter is read when it is sent: it tells how things stand then, and names the accounts that it is
still true for. What has happened keeps the day on which it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.domain.lifecycle import SuspendedFor, deletes_on_when_told
from mailctl.errors import NoticeNotFoundError
from mailctl.store.engine.dialect import DOCUMENT_NUMBER, LAST_DAY_TO_PAY, PAY_BY
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.notice_validity import (
    ABOUT,
    COLLECTED_CENTS,
    FAILED_THEN,
    IN_COLLECTION,
    OF_ACCOUNTS_ALONE,
    accounts_still_told,
)

_STILL = " ".join(f"WHEN '{kind}' THEN ({where})" for kind, where in ABOUT.items())
_ALONE = ", ".join(f"'{kind}'" for kind in OF_ACCOUNTS_ALONE)


def _of_accounts(figure: str, alone: str) -> str:
    """A figure over the accounts `a` of a notice, in `t`, that its letter is true for.

    Where it is true for none any more and has nothing else to tell, `alone` is over all of them.
    """
    still = (
        f"(SELECT {figure} FROM notice_account t JOIN account a ON a.id = t.account_id "
        f"WHERE t.notice_id = n.id AND CASE n.kind {_STILL} ELSE 1 = 1 END)"
    )
    every = f"(SELECT {alone} FROM notice_account t WHERE t.notice_id = n.id)"
    return f"CASE WHEN n.kind IN ({_ALONE}) THEN coalesce({still}, {every}) ELSE {still} END"


_DAY = "CASE WHEN a.state = 'deleted' THEN t.happens_on ELSE a.next_on END"
# What failed to be collected once is to be paid by the day that it was put off to, though the next
# try still covers it.
_COVERED_BY = (
    f"(SELECT min({LAST_DAY_TO_PAY.format('c')}) FROM invoice_open o "
    "WHERE o.customer_id = c.id AND o.open_cents > 0)"
)
_TOLD_BY = (
    f"CASE n.kind WHEN 'payment-failed' THEN coalesce({PAY_BY.format('c')}, {_COVERED_BY}) "
    f"WHEN 'invoice-issued' THEN {PAY_BY.format('c')} "
    f"WHEN 'order-confirmed' THEN {PAY_BY.format('c')} "
    f"WHEN 'credit-note-issued' THEN {PAY_BY.format('c')} "
    f"WHEN 'debt-opened' THEN {PAY_BY.format('c')} END"
)
_AMOUNT = (
    "CASE n.kind WHEN 'balance-low' THEN c.balance_cents WHEN 'payment-failed' THEN "
    "coalesce((SELECT CAST(sum(y.amount_cents) AS BIGINT) FROM payment y "
    f"WHERE {FAILED_THEN} AND y.status <> 'succeeded'), n.amount_cents) ELSE n.amount_cents END"
)
HEAD = (
    "n.id, n.kind, n.queued_on, n.customer_id, c.slug AS customer, c.name AS customer_name, "
    "coalesce(x.language, c.language) AS language, c.balance_cents, c.alert_cents, "
    "n.order_number, o.kind AS order_kind, "
    f"o.valid_until_on, n.invoice_id, {DOCUMENT_NUMBER.format('i')} AS invoice, "
    "p.name AS platform, m.label AS method, "
    "CASE WHEN m.expires_on < substr(n.queued_on, 1, 7) THEN 1 ELSE 0 END AS has_expired, "
    "CASE WHEN n.payment_id IS NULL THEN 0 ELSE 1 END AS was_returned, "
    f"{_AMOUNT} AS amount_cents, n.due_on, n.secret, "
    f"{_TOLD_BY} AS pay_by_on, :today AS read_on, "
    f"coalesce({_of_accounts('nullif(count(*), 0)', 'count(*)')}, 0) AS accounts, "
    f"{_of_accounts(f'min({_DAY})', 'min(t.happens_on)')} AS first_on, "
    f"{_of_accounts(f'max({_DAY})', 'max(t.happens_on)')} AS last_on"
)
"""SQL for the columns of a `Head`, over FROM_HEAD; it needs :today."""

FROM_HEAD = (
    "FROM notice n JOIN customer c ON c.id = n.customer_id "
    "LEFT JOIN purchase_order o ON o.number = n.order_number "
    "LEFT JOIN invoice i ON i.id = n.invoice_id LEFT JOIN platform p ON p.id = n.platform_id "
    "LEFT JOIN method m ON m.id = n.method_id "
    "LEFT JOIN notice_text x ON x.notice_id = n.id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A notice with what its subject needs, in one row; money in cents.

    `accounts` are counted, `first_on` and `last_on` are the days of the events told of. `pay_by_on`
    is the day by which money that is missing is asked for; the letter is read as of `read_on`.
    """

    id: int
    kind: str
    queued_on: date
    customer_id: int
    customer: str
    customer_name: str
    language: str
    balance_cents: int
    alert_cents: int
    order_number: int | None
    order_kind: str | None
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
    accounts: int
    first_on: date | None
    last_on: date | None

    @property
    def missing_cents(self) -> int:
        """What is missing on the prepaid account now."""
        return max(0, -self.balance_cents)

    @property
    def is_late(self) -> bool:
        """Whether the last day to pay is past."""
        return self.pay_by_on is not None and self.pay_by_on < self.read_on


def head_of(row: dict[str, object]) -> Head:
    """The head of a notice from a row that has HEAD's columns, and perhaps more."""
    values = {name: row[name] for name in Head.__dataclass_fields__}
    for name, value in values.items():
        if name.endswith("_on") and isinstance(value, str):
            values[name] = date.fromisoformat(value)
    for name in ("has_expired", "was_returned"):
        values[name] = bool(values[name])
    return Head(**values)  # type: ignore[arg-type]


def head(reader: Reader, notice_id: int) -> Head:
    """The head of one notice; NoticeNotFoundError."""
    cursor = reader.execute(
        f"SELECT {HEAD} {FROM_HEAD} WHERE n.id = :id",
        {"id": notice_id, "today": reader.today.isoformat()},
    )
    row = cursor.fetchone()
    if row is None:
        raise NoticeNotFoundError(str(notice_id))
    return head_of(dict(zip((column[0] for column in cursor.description), row, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An account that a letter names, as it is now; as it was queued once nothing of it is true.

    `happens_on` is its next event: its expiry, or its deletion while it is suspended. `renewal` is
    `none` too where its platform renews by hand; `kept_cents` is what a yearly renewal costs that
    keeps an older price.
    """

    address: str | None
    platform: str
    offer_id: int
    offer: str
    renewal: str
    kept_cents: int | None
    happens_on: date | None
    why: str | None
    is_suspended: bool


_TOLD = """
SELECT q.* FROM (
    SELECT a.id, CASE WHEN {0} THEN t.address ELSE a.address END AS address, p.name AS platform,
        f.id AS offer_id, f.label,
        CASE WHEN p.renewal = 'manual' THEN 'none' ELSE a.renewal END AS renewal,
        k.cents AS kept_cents,
        CASE WHEN {0} THEN t.happens_on ELSE a.next_on END AS happens_on,
        CASE WHEN {0} THEN coalesce(t.why, a.suspended_for) ELSE a.suspended_for END AS why,
        CASE WHEN a.state = 'suspended' THEN 1 ELSE 0 END AS is_suspended,
        EXISTS (
            SELECT 1 FROM notice s
            WHERE s.id = a.suspension_notice_id AND s.sent_at IS NULL AND s.ended_at IS NULL
        ) AS is_untold
    FROM {1}
    JOIN platform p ON p.id = a.platform_id
    JOIN offer f ON f.id = p.offer_id
    LEFT JOIN kept_price k
        ON k.account_id = a.id AND k.starts_on = a.expires_on AND a.renewal = 'yearly'
    WHERE {2}
) q
ORDER BY q.happens_on, q.address IS NULL, q.address, q.platform, q.id
"""
_NAMED = "notice_account t JOIN account a ON a.id = t.account_id"
# A code deletes whatever the platform has on the day of its use.
_OF_PLATFORM = (
    "notice n JOIN account a ON a.platform_id = n.platform_id AND a.state <> 'deleted' "
    "LEFT JOIN notice_account t ON t.notice_id = n.id AND t.account_id = a.id"
)


def accounts(reader: Reader, notice: Head) -> list[Told]:
    """The accounts of a notice by day: those that its letter is true for, if there are any."""
    still = set(accounts_still_told(reader, notice.id)) if notice.kind in ABOUT else None
    as_queued = notice.kind in OF_ACCOUNTS_ALONE and not still
    query = _TOLD.format(
        "1 = 1" if as_queued else "a.state = 'deleted'", _NAMED, "t.notice_id = :id"
    )
    if notice.kind == "delete-token":
        query = _TOLD.format("1 = 0", _OF_PLATFORM, "n.id = :id")
    return [
        Told(
            address=address,
            platform=platform,
            offer_id=offer_id,
            offer=plain_label(offer),
            renewal=renewal,
            kept_cents=kept,
            happens_on=_when_told(reader, notice, day, why if is_suspended and is_untold else None),
            why=why,
            is_suspended=bool(is_suspended),
        )
        for (
            number,
            address,
            platform,
            offer_id,
            offer,
            renewal,
            kept,
            day,
            why,
            is_suspended,
            is_untold,
        ) in reader.execute(query, {"id": notice.id})
        if still is None or as_queued or number in still
    ]


def _when_told(reader: Reader, notice: Head, day: str | None, untold: str | None) -> date | None:
    """An account's day; of one whose suspension is still to be told, the day that this will give.

    Its own letter moves the deletion as it is sent; one that goes out before tells the same day.
    """
    if day is None or untold is None or notice.kind not in ("cancel-recorded", "cancel-undone"):
        return date.fromisoformat(day) if day else None
    retention = reader.setting_number("retention-days")
    promised_on = date.fromisoformat(day)
    return deletes_on_when_told(promised_on, reader.today, SuspendedFor(untold), retention)


def are_free(reader: Reader, notice: Head) -> bool:
    """Whether the customer can use every address of a notice's deleted accounts again."""
    return not reader.row(
        """
        SELECT 1 FROM notice_account t
        JOIN account a ON a.id = t.account_id
        JOIN domain d ON d.id = a.domain_id
        WHERE t.notice_id = :id AND (
            d.customer_id <> :customer
            OR EXISTS (SELECT 1 FROM account b WHERE b.address = t.address AND b.state <> 'deleted')
        )
        """,
        {"id": notice.id, "customer": notice.customer_id},
    )


def debt_order(reader: Reader, customer_id: int) -> int | None:
    """The number of a customer's open debt order."""
    row = reader.row(
        "SELECT number FROM purchase_order WHERE customer_id = :id AND kind = 'debt' "
        "AND status = 'not-paid'",
        {"id": customer_id},
    )
    return None if row is None else int(str(row[0]))


def default_method(reader: Reader, customer_id: int, day: date) -> str | None:
    """What the customer's default method is called, if it can be charged on a day."""
    row = reader.row(
        "SELECT label FROM method WHERE customer_id = :id AND is_default = 1 "
        "AND (expires_on IS NULL OR expires_on >= :month)",
        {"id": customer_id, "month": day.isoformat()[:7]},
    )
    return None if row is None else str(row[0])


def collecting_method(reader: Reader, customer_id: int) -> str | None:
    """What the method is called through which the customer's last payment is being collected."""
    row = reader.row(
        "SELECT m.label FROM payment y JOIN method m ON m.id = y.method_id "
        f"WHERE y.customer_id = :id AND {IN_COLLECTION} ORDER BY y.id DESC LIMIT 1",
        {"id": customer_id, "today": reader.today.isoformat()},
    )
    return None if row is None else str(row[0])


def is_being_collected(reader: Reader, customer_id: int) -> bool:
    """Whether payments that can still succeed bring all that a customer is short of."""
    return bool(
        reader.row(
            f"""
            SELECT 1
            FROM customer c
            WHERE c.id = :id
                AND c.balance_cents < 0
                AND c.balance_cents + {COLLECTED_CENTS} >= 0
            """,
            {"id": customer_id, "today": reader.today.isoformat()},
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """What became of the payments that failed: their one method's name, and the next try's day."""

    method: str | None
    again_on: date | None


def failed(reader: Reader, notice: Head) -> Failed:
    """The payments that a `payment-failed` notice tells of and that did not succeed since."""
    rows = reader.execute(
        f"""
        SELECT m.label, CASE
            WHEN y.status = 'pending' AND y.next_try_on >= :today
                AND (m.expires_on IS NULL OR m.expires_on >= substr(y.next_try_on, 1, 7))
            THEN y.next_try_on
        END
        FROM notice n
        JOIN payment y ON ({FAILED_THEN} OR y.follows_id = n.payment_id)
            AND y.status <> 'succeeded'
        JOIN method m ON m.id = y.method_id
        WHERE n.id = :id
        """,
        {"id": notice.id, "today": reader.today.isoformat()},
    ).fetchall()
    labels = {str(label) for label, _ in rows}
    days = [date.fromisoformat(day) for _, day in rows if day]
    if not rows and notice.due_on is not None and notice.due_on >= reader.today:
        days = [notice.due_on]
    return Failed(
        method=notice.method or (labels.pop() if len(labels) == 1 else None),
        again_on=min(days, default=None),
    )


def plain_label(label: str) -> str:
    """An offer's label without what is noted in brackets after it."""
    return label.partition(" (")[0]


def _day(value: object) -> date:
    return date.fromisoformat(str(value))
