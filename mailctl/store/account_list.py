"""The list of accounts: what it says of each, and by what it is put in order.

What is not paid of accounts is looked up from the open invoices, which are few; of a few accounts
from their own lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.contract import THINGS
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Few, Listing
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import contained
from mailctl.store.expressions import (
    is_credited,
    is_overdue,
    is_uncovered,
    last_day_to_pay,
    renews_by_itself,
)

# CROSS JOIN keeps the order: nothing tells the planner that few invoices are open.
_ALL = """
    FROM invoice_open v
        CROSS JOIN customer d
        CROSS JOIN invoice_line l
    WHERE v.open_cents > 0 AND d.id = v.customer_id AND l.invoice_id = v.invoice_id
"""
_SHOWN = """
    FROM shown s
        CROSS JOIN invoice_line l
        CROSS JOIN invoice_open v
        CROSS JOIN customer d
    WHERE l.account_id = s.id
        AND v.invoice_id = l.invoice_id
        AND v.open_cents > 0
        AND d.id = v.customer_id
"""


def _accounts(open_lines: str) -> str:
    """SQL for accounts with their debts, which are in these lines of open invoices."""
    return f"""
        SELECT
            a.id, a.address, p.name AS platform, c.slug AS customer, o.name AS offer, a.state,
            CASE WHEN a.address IS NULL THEN 0 ELSE 1 END AS configured,
            a.period, a.renewal,
            CASE
                WHEN w.is_overdue IS NULL THEN 'ok'
                WHEN w.is_overdue = 1 THEN 'unpaid'
                ELSE 'pending-debt'
            END AS billing,
            a.ordered_on, a.anchor_day, a.expires_on, a.reset_on, a.suspended_on,
            a.suspended_for, a.deletes_on, a.deleted_on,
            CASE
                WHEN a.state = 'suspended' THEN 'deletion'
                WHEN a.state = 'active' AND {renews_by_itself("a", "p")} THEN 'renewal'
                WHEN a.state = 'active' THEN 'suspension'
            END AS next_event,
            a.next_on, w.pay_by_on, p.renewal AS platform_renewal
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        JOIN customer c ON c.id = p.customer_id
        JOIN offer o ON o.id = p.offer_id
        LEFT JOIN (
            SELECT
                l.account_id,
                max(CASE WHEN {is_overdue("v", "d")} THEN 1 ELSE 0 END) AS is_overdue,
                min(CASE WHEN {is_uncovered("v")} THEN {last_day_to_pay("v", "d")} END) AS pay_by_on
            {open_lines} AND NOT {is_credited("l")}
            GROUP BY l.account_id
        ) w ON w.account_id = a.id
    """


_COLUMNS = {
    name: f"a.{name}"
    for name in (
        *("id", "address", "state", "period", "renewal", "ordered_on", "anchor_day", "expires_on"),
        *("reset_on", "suspended_on", "suspended_for", "deletes_on", "deleted_on", "next_on"),
    )
}
"""The keys of an account that are not computed: its list is put in order by them at once."""
_HOLDS = {"address": "a.deleted_on IS NULL", "next_on": "a.next_on IS NOT NULL"}
"""What holds of every account that is not deleted, said for the index of a key."""
OF_CUSTOMER = """
    a.platform_id IN (
        SELECT x.id
        FROM platform x
        JOIN customer y ON y.id = x.customer_id
        WHERE y.slug = :customer
    )
"""
# The plus: an offer may have most of the platforms, whose accounts are not to be sorted for a few.
OF_OFFER = """
    +a.platform_id IN (
        SELECT x.id
        FROM platform x
        JOIN offer y ON y.id = x.offer_id
        WHERE y.name = :offer
    )
"""


def listing(
    reader: Reader,
    *,
    state: str = "live",
    customer: str | None = None,
    platform: str | None = None,
    offer: str | None = None,
    domain: str | None = None,
    renewal: str | None = None,
    expires_before: date | None = None,
    blank: bool = False,
    search: str | None = None,
    account_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """Accounts in order of id; `live` are those that are not deleted."""
    are_live = state not in ("all", "deleted")
    condition, values = where(
        live=("a.state <> 'deleted'", are_live or None),
        # Said again for the indexes: of the accounts that are not active, or that have an address.
        stopped=("a.state <> 'active'", state in ("suspended", "deleted") or None),
        addressed=("a.deleted_on IS NULL", (are_live and (blank or domain is not None)) or None),
        state=("a.state = :state", None if state in ("live", "all") else state),
        customer=(OF_CUSTOMER, customer),
        platform=(
            "a.platform_id = (SELECT x.id FROM platform x WHERE x.name = :platform)",
            platform,
        ),
        offer=(OF_OFFER, offer),
        domain=("a.domain_id = (SELECT d.id FROM domain d WHERE d.name = :domain)", domain),
        renewal=("a.renewal = :renewal", renewal),
        before=("a.expires_on < :before", expires_before),
        blank=("a.address IS NULL", blank or None),
        search=(contained("a.address"), search),
        account_id=("a.id = :account_id", account_id),
    )
    return _listed(
        reader,
        condition,
        values,
        limit=limit,
        are_live=are_live,
        are_few=any((customer, platform, domain, account_id)),
    )


def _listed(
    reader: Reader,
    condition: str,
    values: Mapping[str, object],
    *,
    limit: int | None,
    are_live: bool,
    are_few: bool,
) -> Listing:
    """The accounts that a WHERE lets through, which names no other table, in order of id.

    `are_live`: none of them is deleted; `are_few`: they are those of one customer, say.
    """
    return Listing(
        reader,
        THINGS["account"],
        f"{_accounts(_ALL)} {condition}",
        values,
        order_by="id",
        limit=limit,
        few=Few(
            ids=f"SELECT a.id AS id FROM account a {condition}",
            query=f"{_accounts(_SHOWN)} WHERE a.id IN (SELECT s.id FROM shown s)",
            by=_COLUMNS,
            holds=_HOLDS if are_live else {},
            always=are_few,
        ),
    )
