"""What will renew by itself, and who pays for it: accounts that are billed alike, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mailctl.domain import payments
from mailctl.domain.terms import Renewal
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import (
    can_be_charged,
    is_credited,
    is_default_of,
    last_day_to_pay,
    pending_cents,
    renews_by_itself,
    unasked_cents,
)
from mailctl.values import Value


class Payer(Value):
    """A customer whose accounts renew; money in cents.

    Asked for is what was handed to the bank; uncertain are payments that nobody has been asked for
    yet, which end when other money comes (rules 10). The default method's card can be charged up to
    the month `method_until`; other methods have no end, None is no method.
    """

    id: int
    slug: str
    country: str
    has_vat_number: bool
    has_prices: bool
    balance_cents: int
    pending_cents: int
    uncertain_cents: int
    payment_days: int
    grace_until_on: date | None
    method_until: str | None

    @property
    def available_cents(self) -> int:
        """The balance and what was handed to the bank."""
        return self.balance_cents + self.pending_cents - self.uncertain_cents

    def is_collected_on(self, day: date) -> bool:
        """Whether what the balance lacks on a day is collected (rules 10)."""
        return self.method_until is not None and payments.can_be_charged(self.method_until, day)


_PAYERS = f"""
    SELECT c.id, c.slug, c.country, c.vat_number IS NOT NULL AS has_vat_number,
        EXISTS (SELECT 1 FROM customer_price x WHERE x.customer_id = c.id) AS has_prices,
        c.balance_cents, {pending_cents("c.id")} AS pending_cents,
        {unasked_cents("c.id")} AS uncertain_cents, coalesce(c.payment_days, :days) AS payment_days,
        c.grace_until_on,
        CASE WHEN m.id IS NOT NULL THEN coalesce(m.expires_on, '9999-12') END AS method_until
    FROM customer c
    LEFT JOIN method m ON {is_default_of("m", "c.id")}
    WHERE 1 = 1
"""
_WITHOUT_METHOD = f"AND (m.id IS NULL OR NOT {can_be_charged('m', ':today')})"


def payers(
    reader: Reader, customer: str | None = None, *, without_method: bool = False
) -> Iterator[Payer]:
    """All customers, or one, in the order of their keys.

    Only those, if asked, who have no method to collect by today.
    """
    return reader.each(
        Payer,
        f"""
        {_PAYERS}
            {"AND c.slug = :customer" if customer is not None else ""}
            {_WITHOUT_METHOD if without_method else ""}
        ORDER BY c.id
        """,
        {"customer": customer, "days": reader.setting_number("payment-days")},
    )


class Renewing(Value):
    """A number of accounts of one customer that renew alike.

    From the day after `pay_by_on` debt suspends them, unless somebody pays; None where nothing
    does. Those without a `renewal` of their own end on the expiry. Their next term costs
    `kept_cents`, where it keeps an older price.
    """

    customer_id: int
    offer_id: int
    renewal: Renewal
    anchor_day: int
    expires_on: date
    kept_cents: int | None
    accounts: int
    pay_by_on: date | None = None


_ALIKE = "p.customer_id, p.offer_id, a.renewal, a.anchor_day, a.expires_on, k.cents"
_KEPT = """
    LEFT JOIN kept_price k
        ON k.account_id = a.id AND k.starts_on = a.expires_on AND a.renewal = 'yearly'
"""
# CROSS JOIN: the accounts in the order of their keys; a partial index would scatter them.
_RENEWING = """
    SELECT p.customer_id, p.offer_id, a.renewal, a.anchor_day, a.expires_on, k.cents AS kept_cents,
        count(*) AS accounts
"""
_DUE = f"""
    a.state IN ('active', 'suspended')
    AND a.expires_on <= :until
    AND {renews_by_itself("a", "p")}
    AND (a.state = 'active' OR a.suspended_for = 'debt')
"""
_OF_ALL = f"""
    {_RENEWING}
    FROM account a
    CROSS JOIN platform p
    {_KEPT}
    WHERE p.id = a.platform_id AND {_DUE}
    GROUP BY {_ALIKE}
    ORDER BY p.customer_id
"""
# CROSS JOIN: from the one customer to the accounts, not through all accounts.
_OF_CUSTOMER = f"""
    {_RENEWING}
    FROM customer c
    CROSS JOIN platform p
    CROSS JOIN account a
    {_KEPT}
    WHERE c.slug = :customer AND p.customer_id = c.id AND a.platform_id = p.id AND {_DUE}
    GROUP BY {_ALIKE}
"""


def renewing(reader: Reader, until: date, customer: str | None = None) -> Iterator[Renewing]:
    """The accounts that renew by themselves up to a day, in the order of their customers' keys.

    Those that are suspended for debt are among them: they renew once it is paid (rules 9).
    """
    sql = _OF_ALL if customer is None else _OF_CUSTOMER
    return reader.each(Renewing, sql, {"until": until, "customer": customer})


class Reach(Value):
    """What a customer's renewals cost at most up to a day, net cents, and when the first is."""

    customer_id: int
    first_on: date
    most_cents: int


# The highest price that an offer, or one that it is like, ever had or will have.
_REACH = f"""
    WITH RECURSIVE line (offer_id, id) AS (
        SELECT f.id, f.id
        FROM offer f
        UNION ALL
        SELECT n.offer_id, f.like_id
        FROM line n
        JOIN offer f ON f.id = n.id
        WHERE f.like_id IS NOT NULL
    ),
    dearest AS (
        SELECT n.offer_id, max(CASE WHEN r.period = 'monthly' THEN r.cents END) AS monthly,
            max(CASE WHEN r.period = 'yearly' THEN r.cents END) AS yearly
        FROM line n
        JOIN price r ON r.offer_id = n.id
        GROUP BY n.offer_id
    ),
    kept AS (
        SELECT coalesce(max(k.cents), 0) AS most
        FROM kept_price k
    )
    SELECT p.customer_id, min(a.expires_on) AS first_on,
        CAST(sum(
            CASE
                WHEN a.renewal = 'yearly' AND k.most > d.yearly THEN k.most
                WHEN a.renewal = 'yearly' THEN d.yearly
                WHEN a.expires_on <= :twice THEN 2 * d.monthly
                ELSE d.monthly
            END
        ) AS BIGINT) AS most_cents
    FROM platform p
    CROSS JOIN kept k
    CROSS JOIN dearest d
    CROSS JOIN account a
    WHERE d.offer_id = p.offer_id AND a.platform_id = p.id AND {_DUE}
    GROUP BY p.customer_id
    ORDER BY p.customer_id
"""
SHORTEST_MONTH = 28
LONGEST_REACH = 2 * SHORTEST_MONTH
"""Up to so many days ahead an account has two monthly terms at most."""


def reach(reader: Reader, until: date) -> Iterator[Reach]:
    """A bound for each customer with accounts that renew up to a day, in the order of their keys.

    It holds up to 56 days ahead, for accounts that are not late and customers without own prices.
    """
    twice = until - timedelta(days=SHORTEST_MONTH)
    return reader.each(Reach, _REACH, {"until": until, "twice": twice})


def is_anything_free(reader: Reader) -> bool:
    """Whether a term of any offer costs nothing, at any time."""
    return reader.exists(
        """
        SELECT 1 FROM price WHERE cents = 0
        UNION ALL
        SELECT 1 FROM kept_price WHERE cents = 0
        UNION ALL
        SELECT 1 FROM customer_price WHERE cents = 0
        """
    )


_UNLESS_PAID = f"""
    WITH held AS (
        SELECT l.account_id, min({last_day_to_pay("o", "c")}) AS pay_by_on
        FROM invoice_open o
        JOIN customer c ON c.id = o.customer_id
        JOIN invoice_line l ON l.invoice_id = o.invoice_id
        WHERE o.customer_id = :customer
            AND o.open_cents > 0
            AND o.invoice_id >= :unpaid
            AND NOT {is_credited("l")}
        GROUP BY l.account_id
    )
    SELECT p.customer_id, p.offer_id,
        CASE WHEN {renews_by_itself("a", "p")} THEN a.renewal ELSE 'none' END AS renewal,
        a.anchor_day, a.expires_on, k.cents AS kept_cents, count(*) AS accounts, h.pay_by_on
    FROM platform p
    JOIN account a ON a.platform_id = p.id
    {_KEPT}
    LEFT JOIN held h ON h.account_id = a.id
    WHERE p.customer_id = :customer
        AND (a.state = 'active'
            OR a.state = 'suspended' AND a.suspended_for = 'debt' AND :lifted = 1)
        AND (h.pay_by_on IS NOT NULL OR a.expires_on <= :until AND {renews_by_itself("a", "p")})
    GROUP BY {_ALIKE}, p.renewal, h.pay_by_on
"""


def unless_paid(
    reader: Reader, until: date, customer_id: int, *, unpaid_from: int | None, lifted: bool
) -> list[Renewing]:
    """A customer's accounts if nobody pays: those that renew up to a day or that debt suspends.

    Invoices from `unpaid_from` on are not paid, the others are; `lifted`: paying them lifts
    suspensions.
    """
    return reader.facts(
        Renewing,
        _UNLESS_PAID,
        {"customer": customer_id, "until": until, "unpaid": unpaid_from, "lifted": int(lifted)},
    )


class OpenInvoice(Value):
    """An invoice that is not paid, and what is open of it in cents."""

    id: int
    open_cents: int


def open_invoices(reader: Reader, customer_id: int) -> list[OpenInvoice]:
    """A customer's open invoices, the newest first."""
    return reader.facts(
        OpenInvoice,
        """
        SELECT o.invoice_id AS id, o.open_cents
        FROM invoice_open o
        WHERE o.customer_id = :customer AND o.open_cents > 0
        ORDER BY o.invoice_id DESC
        """,
        {"customer": customer_id},
    )
