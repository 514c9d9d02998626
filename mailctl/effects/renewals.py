"""What happens at the expiry of accounts, changed for many at once; each has its journal row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mailctl.domain.terms import Renewal
from mailctl.store.engine.journal import compact
from mailctl.store.engine.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRenewal:
    """An account's renewal, old and new, and its expiry, from which the new one counts."""

    account_id: int
    old: Renewal
    new: Renewal
    expires_on: date


def change(transaction: Transaction, changes: Collection[NewRenewal]) -> None:
    """Change renewals, in the order given."""
    transaction.execute_many(
        "UPDATE account SET renewal = :renewal WHERE id = :id",
        ({"renewal": one.new, "id": one.account_id} for one in changes),
    )
    batch, today = transaction.batch, transaction.today.isoformat()
    transaction.execute_many(
        """
        INSERT INTO journal (seq, batch, happened_on, kind, subject, details)
        VALUES (:seq, :batch, :today, 'renewal-changed', :subject, :details)
        """,
        [
            {
                "seq": seq,
                "batch": batch.id,
                "today": today,
                "subject": f"account/{one.account_id}",
                "details": compact(
                    {"old": one.old, "new": one.new, "effective_on": one.expires_on.isoformat()}
                ),
            }
            for seq, one in enumerate(changes, start=batch.next_seq)
        ],
    )


def stop(transaction: Transaction, platform_id: int) -> None:
    """Let no account of a cancelled platform renew; what each had is kept for a resume."""
    ending = transaction.facts(
        NewRenewal,
        """
        SELECT id AS account_id, renewal AS old, 'none' AS new, expires_on
        FROM account
        WHERE platform_id = :id AND state <> 'deleted' AND renewal <> 'none'
        ORDER BY id
        """,
        {"id": platform_id},
    )
    transaction.execute(
        """
        UPDATE account
        SET renewal_before_cancel = renewal
        WHERE platform_id = :id AND state <> 'deleted'
        """,
        {"id": platform_id},
    )
    change(transaction, ending)


def give_back(transaction: Transaction, platform_id: int, account_ids: Collection[int]) -> None:
    """Give these accounts of a resumed platform the renewal that they had before its cancel."""
    kept = transaction.facts(
        NewRenewal,
        """
        SELECT id AS account_id, renewal AS old, renewal_before_cancel AS new, expires_on
        FROM account
        WHERE platform_id = :id AND state <> 'deleted' AND renewal_before_cancel <> renewal
        ORDER BY id
        """,
        {"id": platform_id},
    )
    change(transaction, [one for one in kept if one.account_id in account_ids])
    transaction.execute(
        """
        UPDATE account
        SET renewal_before_cancel = NULL
        WHERE platform_id = :id AND state <> 'deleted' AND renewal_before_cancel IS NOT NULL
        """,
        {"id": platform_id},
    )
