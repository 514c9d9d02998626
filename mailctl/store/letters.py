"""The facts that a notice's letter is made of (SPEC 12).

What the notice promised was frozen when it was queued; what is missing or due is read as of now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.errors import NoticeNotFoundError
from mailctl.store.connection import Reader
from mailctl.store.reminders import ANNOUNCED, accounts_still_told
from mailctl.store.sql import DOCUMENT_NUMBER, LAST_DAY_TO_PAY, PAY_BY

_ANNOUNCING = ", ".join(f"'{kind}'" for kind in ANNOUNCED)
_STILL = (
    "a.next_on = t.happens_on AND t.happens_on > :today AND CASE n.kind "
    + " ".join(f"WHEN '{kind}' THEN ({where})" for kind, where in ANNOUNCED.items())
    + " END"
)


def _of_accounts(figure: str) -> str:
    """A figure over a notice's accounts; a reminder has those that it is still true for, if any."""
    every = f"(SELECT {figure} FROM notice_account t WHERE t.notice_id = n.id)"
    return (
        f"CASE WHEN n.kind IN ({_ANNOUNCING}) THEN coalesce((SELECT {figure} "
        "FROM notice_account t JOIN account a ON a.id = t.account_id "
        f"WHERE t.notice_id = n.id AND {_STILL}), {every}) ELSE {every} END"
    )


# What failed to be collected once is to be paid by the day that it was put off to, though the next
# try still covers it.
_COVERED_BY = (
    f"(SELECT min({LAST_DAY_TO_PAY.format('c')}) FROM invoice_open o "
    "WHERE o.customer_id = c.id AND o.open_cents > 0)"
)
# The day that was told when the notice was queued, as long as it is to come.
_TOLD_BY = (
    f"CASE n.kind WHEN 'payment-failed' THEN coalesce({PAY_BY.format('c')}, {_COVERED_BY}) "
    f"WHEN 'invoice-issued' THEN {PAY_BY.format('c')} "
    f"WHEN 'order-confirmed' THEN {PAY_BY.format('c')} "
    f"WHEN 'debt-opened' THEN CASE WHEN n.due_on < :today THEN coalesce({PAY_BY.format('c')}, "
    "n.due_on) ELSE n.due_on END END"
)
HEAD = (
    "n.id, n.kind, n.queued_on, n.customer_id, c.slug AS customer, c.name AS customer_name, "
    "coalesce(x.language, c.language) AS language, c.balance_cents, c.alert_cents, "
    "n.order_number, o.kind AS order_kind, "
    f"o.valid_until_on, n.invoice_id, {DOCUMENT_NUMBER.format('i')} AS invoice, "
    "p.name AS platform, m.label AS method, "
    "CASE WHEN m.expires_on < substr(n.queued_on, 1, 7) THEN 1 ELSE 0 END AS has_expired, "
    "n.amount_cents, n.due_on, n.secret, "
    f"{_TOLD_BY} AS pay_by_on, :today AS read_on, "
    f"coalesce({_of_accounts('nullif(count(*), 0)')}, 0) AS accounts, "
    f"{_of_accounts('min(t.happens_on)')} AS first_on, "
    f"{_of_accounts('max(t.happens_on)')} AS last_on"
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
    values["has_expired"] = bool(values["has_expired"])
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
    """An account that a notice names: address, day and reason as it was queued, the rest as now.

    `renewal` is `none` too where its platform renews by hand. `was_suspended` already when the
    notice was queued: then the day is that of its deletion.
    """

    address: str | None
    platform: str
    offer_id: int
    offer: str
    renewal: str
    happens_on: date | None
    why: str | None
    was_suspended: bool


def accounts(reader: Reader, notice: Head) -> list[Told]:
    """The accounts of a notice by day; of a reminder those that it is still true for, if any."""
    rows = reader.execute(
        "SELECT a.id, t.address, p.name, f.id, f.label, "
        "CASE WHEN p.renewal = 'manual' THEN 'none' ELSE a.renewal END, t.happens_on, "
        "coalesce(t.why, a.suspended_for), "
        "CASE WHEN t.why IS NULL THEN 0 ELSE 1 END FROM notice_account t "
        "JOIN account a ON a.id = t.account_id JOIN platform p ON p.id = a.platform_id "
        "JOIN offer f ON f.id = p.offer_id WHERE t.notice_id = :id "
        "ORDER BY t.happens_on, t.address IS NULL, t.address, p.name, a.id",
        {"id": notice.id},
    ).fetchall()
    if notice.kind in ANNOUNCED:
        still = set(accounts_still_told(reader, notice.id))
        rows = [row for row in rows if row[0] in still] or rows
    return [
        Told(
            address=address,
            platform=platform,
            offer_id=offer_id,
            offer=plain_label(offer),
            renewal=renewal,
            happens_on=date.fromisoformat(day) if day else None,
            why=why,
            was_suspended=bool(was_suspended),
        )
        for _, address, platform, offer_id, offer, renewal, day, why, was_suspended in rows
    ]


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
    """What the method is called that the customer's last pending payment goes through."""
    row = reader.row(
        "SELECT m.label FROM payment y JOIN method m ON m.id = y.method_id "
        "WHERE y.customer_id = :id AND y.status = 'pending' ORDER BY y.id DESC LIMIT 1",
        {"id": customer_id},
    )
    return None if row is None else str(row[0])


def failed_method(reader: Reader, notice: Head) -> str | None:
    """What the method is called through which a payment of that amount failed that day."""
    row = reader.row(
        "SELECT m.label FROM payment y JOIN method m ON m.id = y.method_id "
        "WHERE y.customer_id = :id AND y.first_failed_on = :day AND y.amount_cents = :cents "
        "ORDER BY y.id DESC LIMIT 1",
        {
            "id": notice.customer_id,
            "day": notice.queued_on.isoformat(),
            "cents": notice.amount_cents,
        },
    )
    return None if row is None else str(row[0])


def plain_label(label: str) -> str:
    """An offer's label without what is noted in brackets after it."""
    return label.partition(" (")[0]


def _day(value: object) -> date:
    return date.fromisoformat(str(value))
