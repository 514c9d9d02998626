"""What a new price does to renewals that were announced at the old one (SPEC 3).

A yearly renewal is announced by its `renewal-coming`. Whatever changes its price afterwards is told
again, with the new amount, unless it is a rise that comes too late: then the term keeps its price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.effects import group_notices
from mailctl.store.engine.journal import details_sql
from mailctl.store.engine.transaction import Transaction
from mailctl.store.notice_kinds import ANNOUNCED
from mailctl.store.prices import price_on
from mailctl.store.temp_tables import AccountSet, TempTable

DAYS_BEFORE_A_RISE = 15
"""A rise set fewer days before an announced term does not apply to it."""

Kind = tuple[int, int, str]
"""An offer, the customer where prices of their own count (else 0), and the first day of a term."""


@dataclass(slots=True, kw_only=True)
class Effects:
    """What a price did to announced renewals: how many are told of it, how many keep the old."""

    told: int = 0
    kept: int = 0


_ANNOUNCED = """
    account_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, address TEXT,
    offer_id INTEGER NOT NULL, own_id INTEGER NOT NULL, starts_on TEXT NOT NULL,
    kept_cents BIGINT, is_told INTEGER NOT NULL
"""
_REPRICED = """
    offer_id INTEGER NOT NULL, own_id INTEGER NOT NULL, starts_on TEXT NOT NULL,
    before_cents BIGINT NOT NULL, after_cents BIGINT NOT NULL,
    PRIMARY KEY (offer_id, own_id, starts_on)
"""


@contextmanager
def watched(transaction: Transaction, customer_id: int | None) -> Iterator[Effects]:
    """Set a price within this: announced terms are told of what they cost now, or keep their price.

    `customer_id` is whose own price is set, if it is one. What it did is known at the end.
    """
    effects = Effects()
    group_notices.begin_step(transaction)
    with (
        TempTable(transaction, "announced_term", _ANNOUNCED) as announced,
        TempTable(transaction, "repriced_term", _REPRICED) as repriced,
    ):
        _fill_announced(announced, customer_id)
        before = _prices(transaction)
        yield effects
        transaction.execute_many(
            f"""
            INSERT INTO {repriced} (offer_id, own_id, starts_on, before_cents, after_cents)
            VALUES (:offer, :own, :starts_on, :before, :after)
            """,
            [
                {
                    "offer": offer,
                    "own": own,
                    "starts_on": day,
                    "before": before[offer, own, day],
                    "after": cents,
                }
                for (offer, own, day), cents in _prices(transaction).items()
                if cents != before[offer, own, day]
            ],
        )
        if repriced:
            soon = transaction.today + timedelta(days=DAYS_BEFORE_A_RISE)
            _apply(transaction, effects, soon)


def _apply(transaction: Transaction, effects: Effects, soon: date) -> None:
    with AccountSet(transaction, "repriced_account") as accounts:
        # Who is told is chosen first: it depends on what the term cost until now.
        _choose_told(accounts, soon)
        _release(transaction, soon)
        effects.told, effects.kept = len(accounts), _keep(transaction, soon)
        group_notices.queue(transaction, accounts, "price-changed")


def _fill_announced(announced: TempTable, customer_id: int | None) -> None:
    """Every account whose next term, a yearly one, was announced.

    `is_told`: it will renew so as things stand. What was changed since may be changed back.
    """
    announced.fill(
        f"""
        SELECT a.id, p.customer_id, a.address, p.offer_id,
            CASE WHEN p.customer_id = :customer OR EXISTS (
                SELECT 1 FROM customer_price o WHERE o.customer_id = p.customer_id
            ) THEN p.customer_id ELSE 0 END,
            a.expires_on, k.cents, CASE WHEN {ANNOUNCED["renewal-coming"]} THEN 1 ELSE 0 END
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        LEFT JOIN kept_price k ON k.account_id = a.id AND k.starts_on = a.expires_on
        WHERE a.state <> 'deleted' AND a.expires_on >= :today AND EXISTS (
            SELECT 1 FROM notice_account t
            JOIN notice n ON n.id = t.notice_id
            WHERE t.account_id = a.id AND t.happens_on = a.expires_on
                AND n.kind = 'renewal-coming' AND coalesce(n.ended_for, '') <> 'outdated'
        )
        ORDER BY a.id
        """,
        {"customer": customer_id, "today": announced.transaction.today.isoformat()},
    )


def _prices(transaction: Transaction) -> dict[Kind, int]:
    """What yearly terms cost by the prices as they are dated now, once for each kind."""
    kinds = transaction.execute(
        "SELECT DISTINCT offer_id, own_id, starts_on FROM announced_term"
    ).fetchall()
    return {
        (offer, own, start): price_on(
            transaction, offer, "yearly", date.fromisoformat(start), customer_id=own or None
        )
        for offer, own, start in kinds
    }


_FROM_REPRICED = """
    FROM announced_term n
    JOIN repriced_term r
        ON r.offer_id = n.offer_id AND r.own_id = n.own_id AND r.starts_on = n.starts_on
"""
_COSTS = "coalesce(n.kept_cents, r.before_cents)"
# A rise in time, of which the customer is told; who cannot be told of it keeps the price as well.
_IN_TIME = "n.is_told = 1 AND n.starts_on >= :soon"


def _choose_told(accounts: AccountSet, soon: date) -> None:
    accounts.fill(
        f"""
        SELECT n.account_id, n.customer_id, n.address {_FROM_REPRICED}
        WHERE n.is_told = 1 AND (
            r.after_cents < {_COSTS} OR r.after_cents > {_COSTS} AND {_IN_TIME}
        )
        ORDER BY n.account_id
        """,
        {"soon": soon.isoformat()},
    )


def _release(transaction: Transaction, soon: date) -> None:
    """Prices that were kept and need not be any more: a lower one is set, or a rise in time."""
    facts = {"soon": soon.isoformat()}
    released = (
        f"{_FROM_REPRICED} WHERE n.kept_cents IS NOT NULL AND (r.after_cents <= n.kept_cents OR "
    )
    released += f"{_IN_TIME})"
    details = details_sql(texts={"starts_on": "n.starts_on"})
    _record(transaction, "price-released", details, released, facts)
    transaction.execute(
        "DELETE FROM kept_price WHERE (account_id, starts_on) IN "
        f"(SELECT n.account_id, n.starts_on {released})",
        facts,
    )


def _keep(transaction: Transaction, soon: date) -> int:
    """Let terms keep their prices that a rise is too late for; how many."""
    facts = {"soon": soon.isoformat()}
    kept = (
        f"{_FROM_REPRICED} WHERE n.kept_cents IS NULL AND r.after_cents > r.before_cents "
        f"AND NOT ({_IN_TIME})"
    )
    details = details_sql(numbers={"cents": "r.before_cents"}, texts={"starts_on": "n.starts_on"})
    _record(transaction, "price-kept", details, kept, facts)
    made = transaction.execute(
        "INSERT INTO kept_price (account_id, starts_on, cents) "
        f"SELECT n.account_id, n.starts_on, r.before_cents {kept} ORDER BY n.account_id",
        facts,
    )
    return made.rowcount


def _record(
    transaction: Transaction, kind: str, details: str, source: str, facts: Mapping[str, object]
) -> None:
    """A journal row for each account of a source."""
    transaction.record_each(
        kind,
        subject="'account/' || n.account_id",
        details=details,
        source=source,
        order_by="n.account_id",
        parameters=facts,
    )
