"""What a new price does to renewals that were announced at the old one (SPEC 3).

A yearly renewal is announced by its `renewal-coming`. Whatever changes its price afterwards is told
again, with the new amount, unless it is a rise that comes too late: then the term keeps its price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.effects import account_sets
from mailctl.store import notices
from mailctl.store.engine.transaction import Transaction
from mailctl.store.notice_kinds import ANNOUNCED
from mailctl.store.prices import price_on

DAYS_BEFORE_A_RISE = 15
"""A rise set fewer days before an announced term does not apply to it."""

Kind = tuple[int, int, str]
"""An offer, the customer where prices of their own count (else 0), and the first day of a term."""


@dataclass(slots=True, kw_only=True)
class Effects:
    """What a price did to announced renewals: how many are told of it, how many keep the old."""

    told: int = 0
    kept: int = 0


@contextmanager
def watched(transaction: Transaction, customer_id: int | None) -> Iterator[Effects]:
    """Set a price within this: announced terms are told of what they cost now, or keep their price.

    `customer_id` is whose own price is set, if it is one. What it did is known at the end.
    """
    effects = Effects()
    account_sets.prepare(transaction)
    _fill_announced(transaction, customer_id)
    before = _prices(transaction)
    yield effects
    after = _prices(transaction)
    repriced = [(*kind, before[kind], cents) for kind, cents in after.items()]
    account_sets.empty(transaction, "repriced")
    transaction.connection.executemany(
        "INSERT INTO repriced (offer_id, own_id, starts_on, before_cents, after_cents) "
        "VALUES (?, ?, ?, ?, ?)",
        [row for row in repriced if row[3] != row[4]],
    )
    if transaction.number("SELECT count(*) FROM repriced"):
        soon = transaction.today + timedelta(days=DAYS_BEFORE_A_RISE)
        # Who is told is chosen first: it depends on what the term cost until now.
        _choose_told(transaction, soon)
        _release(transaction, soon)
        effects.told, effects.kept = account_sets.chosen(transaction), _keep(transaction, soon)
        notices.queue_for_chosen(transaction, "price-changed")


def _fill_announced(transaction: Transaction, customer_id: int | None) -> None:
    """Every account whose next term, a yearly one, was announced.

    `is_told`: it will renew so as things stand. What was changed since may be changed back.
    """
    account_sets.empty(transaction, "announced", "told")
    transaction.execute(
        f"""
        INSERT INTO announced (account_id, customer_id, address, offer_id, own_id, starts_on,
            kept_cents, is_told)
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
        {"customer": customer_id, "today": transaction.today.isoformat()},
    )


def _prices(transaction: Transaction) -> dict[Kind, int]:
    """What yearly terms cost by the prices as they are dated now, once for each kind."""
    kinds = transaction.execute(
        "SELECT DISTINCT offer_id, own_id, starts_on FROM announced"
    ).fetchall()
    return {
        (offer, own, start): price_on(
            transaction, offer, "yearly", date.fromisoformat(start), customer_id=own or None
        )
        for offer, own, start in kinds
    }


_REPRICED = """
    FROM announced n
    JOIN repriced r
        ON r.offer_id = n.offer_id AND r.own_id = n.own_id AND r.starts_on = n.starts_on
"""
_COSTS = "coalesce(n.kept_cents, r.before_cents)"
# A rise in time, of which the customer is told; who cannot be told of it keeps the price as well.
_IN_TIME = "n.is_told = 1 AND n.starts_on >= :soon"


def _choose_told(transaction: Transaction, soon: date) -> None:
    account_sets.empty(transaction, "chosen")
    transaction.execute(
        f"""
        INSERT INTO chosen (account_id, customer_id, address)
        SELECT n.account_id, n.customer_id, n.address {_REPRICED}
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
    released = f"{_REPRICED} WHERE n.kept_cents IS NOT NULL AND (r.after_cents <= n.kept_cents OR "
    released += f"{_IN_TIME})"
    _record(transaction, "price-released", "'{\"starts_on\":\"' || n.starts_on || '\"}'",
            released, facts)  # fmt: skip
    transaction.execute(
        "DELETE FROM kept_price WHERE (account_id, starts_on) IN "
        f"(SELECT n.account_id, n.starts_on {released})",
        facts,
    )


def _keep(transaction: Transaction, soon: date) -> int:
    """Let terms keep their prices that a rise is too late for; how many."""
    facts = {"soon": soon.isoformat()}
    kept = (
        f"{_REPRICED} WHERE n.kept_cents IS NULL AND r.after_cents > r.before_cents "
        f"AND NOT ({_IN_TIME})"
    )
    details = "'{\"cents\":' || r.before_cents || ',\"starts_on\":\"' || n.starts_on || '\"}'"
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
    transaction.execute(
        f"""
        INSERT INTO journal (seq, batch, happened_on, kind, subject, details)
        SELECT :last + row_number() OVER (ORDER BY n.account_id), :batch, :today, :kind,
            'account/' || n.account_id, {details} {source}
        ORDER BY n.account_id
        """,
        {
            "last": transaction.batch.next_seq - 1,
            "batch": transaction.batch.id,
            "today": transaction.today.isoformat(),
            "kind": kind,
            **facts,
        },
    )
