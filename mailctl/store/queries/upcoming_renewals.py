"""What will renew by itself, and who pays for it: accounts that are billed alike, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.store.engine.dialect import LAST_DAY_TO_PAY, PENDING_CENTS
from mailctl.store.engine.reader import Reader

_UNASKED = (
    "coalesce((SELECT CAST(sum(y.amount_cents) AS BIGINT) FROM payment y "
    "WHERE y.customer_id = c.id AND y.status = 'pending' AND y.exported_on IS NULL), 0)"
)
_METHOD = (
    "LEFT JOIN method m ON m.customer_id = c.id AND m.is_default = 1 AND m.removed_on IS NULL "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """A customer whose accounts renew; money in cents.

    Available are the balance and what was handed to the bank; uncertain are payments that nobody
    has been asked for yet, which end when other money comes (SPEC 10). The default method's card
    can be charged up to the month `method_until`; the others have no end, None is no method.
    """

    id: int
    slug: str
    country: str
    has_vat_number: bool
    has_prices: bool
    balance_cents: int
    available_cents: int
    uncertain_cents: int
    payment_days: int
    grace_until_on: date | None
    method_until: str | None

    def is_collected_on(self, day: date) -> bool:
        """Whether what the balance lacks on a day is collected (SPEC 10)."""
        return self.method_until is not None and self.method_until >= day.isoformat()[:7]


def payers(
    reader: Reader, customer: str | None = None, *, without_method: bool = False
) -> list[Payer]:
    """All customers, or one; those alone, if asked, who have no method to collect by today."""
    only = "true" if customer is None else "c.slug = :customer"
    if without_method:
        only += " AND (m.id IS NULL OR m.expires_on < :month)"
    return [
        Payer(
            id=row[0],
            slug=row[1],
            country=row[2],
            has_vat_number=bool(row[3]),
            has_prices=bool(row[4]),
            balance_cents=row[5],
            available_cents=row[5] + row[6] - row[7],
            uncertain_cents=row[7],
            payment_days=row[8],
            grace_until_on=date.fromisoformat(row[9]) if row[9] else None,
            method_until=row[10],
        )
        for row in reader.execute(
            "SELECT c.id, c.slug, c.country, CASE WHEN c.vat_number IS NULL THEN 0 ELSE 1 END, "
            "EXISTS (SELECT 1 FROM customer_price x WHERE x.customer_id = c.id), c.balance_cents, "
            f"{PENDING_CENTS.format('c.id')}, {_UNASKED}, coalesce(c.payment_days, :days), "
            "c.grace_until_on, CASE WHEN m.id IS NULL THEN NULL "
            f"ELSE coalesce(m.expires_on, '9999-12') END FROM customer c {_METHOD}"
            f"WHERE {only} ORDER BY c.id",
            {
                "customer": customer,
                "days": reader.setting_number("payment-days"),
                "month": reader.today.isoformat()[:7],
            },
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewing:
    """So many accounts of a customer that renew alike.

    From the day after `pay_by_on` debt suspends them, unless somebody pays; None where nothing
    does. Those without a `renewal` of their own end on the expiry. Their next term costs
    `kept_cents`, where it keeps an older price.
    """

    offer_id: int
    renewal: str
    anchor_day: int
    expires_on: date
    accounts: int
    kept_cents: int | None
    pay_by_on: date | None = None


_BY_ITSELF = "p.renewal = 'automatic' AND a.renewal <> 'none'"
_ALIKE = "p.offer_id, a.renewal, a.anchor_day, a.expires_on, k.cents"
_KEPT = (
    "LEFT JOIN kept_price k ON k.account_id = a.id AND k.starts_on = a.expires_on "
    "AND a.renewal = 'yearly' "
)


def renewing(reader: Reader, until: date, customer: str | None = None) -> dict[int, list[Renewing]]:
    """The accounts that renew by themselves up to a day, by the key of their customer.

    Those that are suspended for debt are among them: they renew once it is paid (SPEC 9).
    """
    # From the one customer to the accounts, or through them all.
    source = (
        f"account a JOIN platform p ON p.id = a.platform_id {_KEPT}WHERE true "
        if customer is None
        else f"customer c CROSS JOIN platform p CROSS JOIN account a {_KEPT}"
        "WHERE c.slug = :customer "
        "AND p.customer_id = c.id AND a.platform_id = p.id "
    )
    found: dict[int, list[Renewing]] = {}
    for customer_id, *values in reader.execute(
        f"SELECT p.customer_id, {_ALIKE}, count(*) FROM {source}"
        f"AND a.state <> 'deleted' AND a.expires_on <= :until AND {_BY_ITSELF} "
        "AND (a.state = 'active' OR a.suspended_for = 'debt') "
        f"GROUP BY p.customer_id, {_ALIKE}",
        {"until": until.isoformat(), "customer": customer},
    ):
        found.setdefault(customer_id, []).append(_renewing(values))
    return found


def unless_paid(
    reader: Reader, until: date, customer_id: int, *, unpaid_from: int | None, lifted: bool
) -> list[Renewing]:
    """The same of one customer, and by when debt suspends them, with those that only that ends.

    Invoices from `unpaid_from` on are not paid, the others are; `lifted`: that lifts suspensions.
    """
    return [
        _renewing(row)
        for row in reader.execute(
            f"SELECT p.offer_id, CASE WHEN {_BY_ITSELF} THEN a.renewal ELSE 'none' END, "
            "a.anchor_day, a.expires_on, k.cents, count(*), h.pay_by_on FROM platform p "
            f"JOIN account a ON a.platform_id = p.id {_KEPT}LEFT JOIN ("
            f"SELECT l.account_id, min({LAST_DAY_TO_PAY.format('c')}) AS pay_by_on "
            "FROM invoice_open o JOIN customer c ON c.id = o.customer_id "
            "JOIN invoice_line l ON l.invoice_id = o.invoice_id "
            "LEFT JOIN credit_line b ON b.account_id = l.account_id "
            "AND b.period_start_on = l.period_start_on WHERE o.customer_id = :customer "
            "AND o.open_cents > 0 AND o.invoice_id >= :unpaid AND b.invoice_id IS NULL "
            "GROUP BY l.account_id) h ON h.account_id = a.id "
            "WHERE p.customer_id = :customer AND (a.state = 'active' "
            "OR a.state = 'suspended' AND a.suspended_for = 'debt' AND :lifted = 1) "
            f"AND (h.pay_by_on IS NOT NULL OR a.expires_on <= :until AND {_BY_ITSELF}) "
            f"GROUP BY {_ALIKE}, p.renewal, h.pay_by_on",
            {
                "customer": customer_id,
                "until": until.isoformat(),
                "unpaid": unpaid_from,
                "lifted": int(lifted),
            },
        )
    ]


def _renewing(values: list[object] | tuple[object, ...]) -> Renewing:
    offer_id, renewal, anchor_day, expires_on, kept, accounts, *pay_by = values
    return Renewing(
        offer_id=int(str(offer_id)),
        renewal=str(renewal),
        anchor_day=int(str(anchor_day)),
        expires_on=date.fromisoformat(str(expires_on)),
        accounts=int(str(accounts)),
        kept_cents=None if kept is None else int(str(kept)),
        pay_by_on=date.fromisoformat(str(pay_by[0])) if pay_by and pay_by[0] else None,
    )


def open_invoices(reader: Reader, customer_id: int) -> list[tuple[int, int]]:
    """The keys of a customer's open invoices, the newest first, with what is open in cents."""
    return [
        (int(invoice_id), int(cents))
        for invoice_id, cents in reader.execute(
            "SELECT o.invoice_id, o.open_cents FROM invoice_open o "
            "WHERE o.customer_id = :customer AND o.open_cents > 0 ORDER BY o.invoice_id DESC",
            {"customer": customer_id},
        )
    ]
