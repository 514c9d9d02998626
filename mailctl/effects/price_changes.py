"""What a new price does to renewals that were announced at the old one (rules 3).

A yearly renewal is announced by its `renewal-coming`. Whatever changes its price afterwards is
announced again, with the new amount, unless it is a rise that comes too late: then the term keeps
its price.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.domain.notices import NoticeKind
from mailctl.domain.terms import Period
from mailctl.effects import group_notices
from mailctl.store.engine.journal import details_sql
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import has_notified
from mailctl.store.notice_kinds import REMINDERS
from mailctl.store.prices import price_on
from mailctl.store.temp_tables import AccountSet, TempTable
from mailctl.values import Value

DAYS_BEFORE_A_RISE = 15
"""A rise set fewer days before an announced term does not apply to it."""


class _TermKind(Value):
    """Terms with one price: of an offer, from a day on; `own_id` is the customer, or 0.

    It is the customer's where they have prices of their own.
    """

    offer_id: int
    own_id: int
    starts_on: date


@dataclass(slots=True, kw_only=True)
class RepricedRenewals:
    """How many announced renewals are announced again at a new price, and how many keep theirs."""

    announced: int = 0
    kept: int = 0


_ANNOUNCED = """
    account_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, address TEXT,
    offer_id INTEGER NOT NULL, own_id INTEGER NOT NULL, starts_on TEXT NOT NULL,
    kept_cents BIGINT, will_renew INTEGER NOT NULL
"""
_REPRICED = """
    offer_id INTEGER NOT NULL, own_id INTEGER NOT NULL, starts_on TEXT NOT NULL,
    before_cents BIGINT NOT NULL, after_cents BIGINT NOT NULL,
    PRIMARY KEY (offer_id, own_id, starts_on)
"""


@contextmanager
def repricing(transaction: Transaction, customer_id: int | None) -> Iterator[RepricedRenewals]:
    """Set a price within this block: at its end announced terms are announced again, or kept.

    `customer_id` is the customer whose own price is set, if it is one.
    """
    result = RepricedRenewals()
    group_notices.begin_step(transaction)
    with (
        TempTable(transaction, "announced_term", _ANNOUNCED) as announced,
        TempTable(transaction, "repriced_term", _REPRICED) as repriced,
    ):
        _fill_announced(announced, customer_id)
        before = _prices(announced)
        yield result
        transaction.execute_many(
            f"""
            INSERT INTO {repriced} (offer_id, own_id, starts_on, before_cents, after_cents)
            VALUES (:offer, :own, :starts_on, :before, :after)
            """,
            [
                {
                    "offer": kind.offer_id,
                    "own": kind.own_id,
                    "starts_on": kind.starts_on,
                    "before": before[kind],
                    "after": cents,
                }
                for kind, cents in _prices(announced).items()
                if cents != before[kind]
            ],
        )
        if repriced:
            _apply(transaction, result)


def _apply(transaction: Transaction, result: RepricedRenewals) -> None:
    soon = transaction.today + timedelta(days=DAYS_BEFORE_A_RISE)
    with AccountSet(transaction, "repriced_account") as accounts:
        # Chosen first: this depends on what the terms cost until now.
        _choose_announced(accounts, soon)
        _release(transaction, soon)
        result.announced, result.kept = len(accounts), _keep(transaction, soon)
        group_notices.queue(transaction, accounts, NoticeKind.PRICE_CHANGED)


def _fill_announced(announced: TempTable, customer_id: int | None) -> None:
    """Every account whose next term, a yearly one, was announced.

    `will_renew`: as things stand. What was changed since may be changed back.
    """
    will_renew = REMINDERS[NoticeKind.RENEWAL_COMING].accounts
    announced.fill(
        f"""
        SELECT
            a.id, p.customer_id, a.address, p.offer_id,
            CASE WHEN p.customer_id = :customer OR EXISTS (
                SELECT 1 FROM customer_price o WHERE o.customer_id = p.customer_id
            ) THEN p.customer_id ELSE 0 END,
            a.expires_on, k.cents, CASE WHEN {will_renew} THEN 1 ELSE 0 END
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        LEFT JOIN kept_price k ON k.account_id = a.id AND k.starts_on = a.expires_on
        WHERE a.state <> 'deleted' AND a.expires_on >= :today AND EXISTS (
            SELECT 1
            FROM notice_account t
            JOIN notice n ON n.id = t.notice_id
            WHERE t.account_id = a.id
                AND t.happens_on = a.expires_on
                AND n.kind = 'renewal-coming'
                AND {has_notified("n")}
        )
        ORDER BY a.id
        """,
        {"customer": customer_id},
    )


def _prices(announced: TempTable) -> dict[_TermKind, int]:
    """What yearly terms cost by the prices as they are dated now, once for each kind of term."""
    transaction = announced.transaction
    kinds = transaction.facts(
        _TermKind, f"SELECT DISTINCT offer_id, own_id, starts_on FROM {announced}"
    )
    return {
        kind: price_on(
            transaction,
            kind.offer_id,
            Period.YEARLY,
            kind.starts_on,
            customer_id=kind.own_id or None,
        )
        for kind in kinds
    }


_REPRICED_TERMS = """
    FROM announced_term n
    JOIN repriced_term r
        ON r.offer_id = n.offer_id AND r.own_id = n.own_id AND r.starts_on = n.starts_on
"""
_COSTS = "coalesce(n.kept_cents, r.before_cents)"
# A rise in time, which is announced; a term whose rise cannot be announced keeps its price too.
_IN_TIME = "n.will_renew = 1 AND n.starts_on >= :soon"
# Kept prices that are not needed any more: a lower one is set, or a rise in time.
_RELEASED = f"""
    {_REPRICED_TERMS}
    WHERE n.kept_cents IS NOT NULL AND (r.after_cents <= n.kept_cents OR {_IN_TIME})
"""
# Terms that keep their prices, since the rise is too late for them.
_KEPT = f"""
    {_REPRICED_TERMS}
    WHERE n.kept_cents IS NULL AND r.after_cents > r.before_cents AND NOT ({_IN_TIME})
"""


def _choose_announced(accounts: AccountSet, soon: date) -> None:
    accounts.fill(
        f"""
        SELECT n.account_id, n.customer_id, n.address
        {_REPRICED_TERMS}
        WHERE n.will_renew = 1 AND (
            r.after_cents < {_COSTS} OR r.after_cents > {_COSTS} AND {_IN_TIME}
        )
        ORDER BY n.account_id
        """,
        {"soon": soon},
    )


def _release(transaction: Transaction, soon: date) -> None:
    """Give up kept prices."""
    transaction.record_each(
        "price-released",
        subject="'account/' || n.account_id",
        details=details_sql(texts={"starts_on": "n.starts_on"}),
        source=_RELEASED,
        order_by="n.account_id",
        parameters={"soon": soon},
    )
    transaction.execute(
        f"""
        DELETE FROM kept_price
        WHERE (account_id, starts_on) IN (SELECT n.account_id, n.starts_on {_RELEASED})
        """,
        {"soon": soon},
    )


def _keep(transaction: Transaction, soon: date) -> int:
    """Let terms keep their prices; how many."""
    transaction.record_each(
        "price-kept",
        subject="'account/' || n.account_id",
        details=details_sql(
            numbers={"cents": "r.before_cents"}, texts={"starts_on": "n.starts_on"}
        ),
        source=_KEPT,
        order_by="n.account_id",
        parameters={"soon": soon},
    )
    made = transaction.execute(
        f"""
        INSERT INTO kept_price (account_id, starts_on, cents)
        SELECT n.account_id, n.starts_on, r.before_cents
        {_KEPT}
        ORDER BY n.account_id
        """,
        {"soon": soon},
    )
    return made.rowcount
