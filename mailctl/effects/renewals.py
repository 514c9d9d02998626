"""What happens at the expiry of accounts, changed for many at once; each has its journal row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailctl.domain.terms import Renewal
from mailctl.store.engine.journal import details_sql
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet, TempTable


def change(transaction: Transaction, renewals: Iterable[tuple[int, Renewal]]) -> None:
    """Change renewals by the keys of their accounts, in the order given."""
    columns = "n INTEGER PRIMARY KEY, account_id BIGINT NOT NULL UNIQUE, renewal TEXT NOT NULL"
    with TempTable(transaction, "new_renewal", columns) as changes:
        transaction.execute_many(
            f"INSERT INTO {changes} (n, account_id, renewal) VALUES (:n, :account, :renewal)",
            (
                {"n": n, "account": account_id, "renewal": renewal}
                for n, (account_id, renewal) in enumerate(renewals, start=1)
            ),
        )
        for part in changes.parts("n"):
            _change_part(transaction, changes, part)
            transaction.add_up()


def _change_part(transaction: Transaction, changes: TempTable, part: Mapping[str, int]) -> None:
    _record(
        transaction,
        f"""
        FROM {changes} w
        JOIN account a ON a.id = w.account_id
        WHERE w.n > :after AND w.n <= :until
        """,
        new="w.renewal",
        order_by="w.n",
        facts=part,
    )
    transaction.execute(
        f"""
        UPDATE account
        SET renewal = w.renewal
        FROM {changes} w
        WHERE w.account_id = account.id AND w.n > :after AND w.n <= :until
        """,
        part,
    )


def stop(transaction: Transaction, platform_id: int) -> None:
    """Let no account of a cancelled platform renew; what each had is kept for a resume."""
    facts = {"platform": platform_id}
    _record(
        transaction,
        """
        FROM account a
        WHERE a.platform_id = :platform AND a.state <> 'deleted' AND a.renewal <> 'none'
        """,
        new="'none'",
        order_by="a.id",
        facts=facts,
    )
    transaction.execute(
        """
        UPDATE account
        SET renewal_before_cancel = renewal, renewal = 'none'
        WHERE platform_id = :platform AND state <> 'deleted'
        """,
        facts,
    )


def give_back(transaction: Transaction, platform_id: int, account_ids: Iterable[int]) -> None:
    """Give these accounts of a resumed platform the renewal that they had before its cancel."""
    with AccountSet(transaction, "resumed_account", account_ids) as resumed:
        chosen = f"SELECT account_id FROM {resumed}"
        _record(
            transaction,
            f"FROM account a WHERE a.id IN ({chosen}) AND a.renewal_before_cancel <> a.renewal",
            new="a.renewal_before_cancel",
            order_by="a.id",
        )
        transaction.execute(
            f"""
            UPDATE account
            SET renewal = CASE WHEN id IN ({chosen}) THEN renewal_before_cancel ELSE renewal END,
                renewal_before_cancel = NULL
            WHERE platform_id = :platform
                AND state <> 'deleted'
                AND renewal_before_cancel IS NOT NULL
            """,
            {"platform": platform_id},
        )


def _record(
    transaction: Transaction,
    source: str,
    *,
    new: str,
    order_by: str,
    facts: Mapping[str, object] | None = None,
) -> None:
    """A journal row for each account `a` of a source; `new` is SQL for its new renewal."""
    transaction.record_each(
        "renewal-changed",
        subject="'account/' || a.id",
        details=details_sql(texts={"old": "a.renewal", "new": new, "effective_on": "a.expires_on"}),
        source=source,
        order_by=order_by,
        parameters=facts or {},
    )
