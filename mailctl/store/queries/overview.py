"""The store as a whole: its figures, its file, its settings."""

from __future__ import annotations

from datetime import timedelta

from mailctl.domain.answers import DAYS_TO_ANSWER
from mailctl.store import backups, payments
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unsent
from mailctl.values import Value, fields


class _Figures(Value):
    """What `status` counts in the database; money in cents."""

    last_tick_on: str | None
    last_tick_at: str | None
    accounts_active: int
    accounts_suspended: int
    customers: int
    platforms: int
    debtors: int
    debt_cents: int
    due_7_days: int
    notices_unsent: int
    tasks_todo: int
    tasks_failed: int


_FIGURES = f"""
    SELECT k.last_tick_on, k.last_tick_at,
        (
            SELECT count(*) FROM account WHERE next_on IS NOT NULL AND state = 'active'
        ) AS accounts_active,
        (
            SELECT count(*) FROM account WHERE next_on IS NOT NULL AND state = 'suspended'
        ) AS accounts_suspended,
        (SELECT count(*) FROM customer WHERE state = 'open') AS customers,
        (SELECT count(*) FROM platform WHERE state <> 'closed') AS platforms,
        (SELECT count(*) FROM customer WHERE balance_cents < 0) AS debtors,
        coalesce((
            SELECT CAST(-sum(balance_cents) AS BIGINT) FROM customer WHERE balance_cents < 0
        ), 0) AS debt_cents,
        (SELECT count(*) FROM account WHERE next_on <= :soon) AS due_7_days,
        (SELECT count(*) FROM notice n WHERE {is_unsent("n")}) AS notices_unsent,
        (SELECT count(*) FROM task WHERE status = 'todo') AS tasks_todo,
        (SELECT count(*) FROM task WHERE status = 'failed') AS tasks_failed
    FROM clock k
"""


def status(reader: Reader, *, deletions_held: int) -> Row:
    """The figures that `status` shows; money in cents."""
    soon = (reader.today + timedelta(days=7)).isoformat()
    (figures,) = reader.facts(_Figures, _FIGURES, {"soon": soon})
    unanswered_since = reader.today - timedelta(days=DAYS_TO_ANSWER)
    return {
        "clock_on": reader.today.isoformat(),
        "clock": reader.info.clock.value,
        **fields(figures),
        "deletions_held": deletions_held,
        "store_bytes": reader.connection.size(),
        "schema_version": migrations.VERSION,
        "payments_unanswered": payments.unanswered(reader, unanswered_since),
        "driver": reader.setting("driver") or None,
        "last_backup_at": backups.last_made_at(reader),
    }


def info(reader: Reader) -> Row:
    """What the store is: its path, clock, country, and the head of its journal."""
    # Costs more to import than all that `status` needs.
    from mailctl.store.queries import history

    return {
        "path": str(reader.location),
        "clock": reader.info.clock.value,
        "clock_on": reader.today.isoformat(),
        "timezone": reader.info.timezone,
        "seller_country": reader.info.seller_country,
        "currency": reader.info.currency,
        "schema_version": migrations.VERSION,
        "created_at": reader.info.created_at,
        "store_bytes": reader.connection.size(),
        "journal_head": history.head(reader).digest,
        "database": reader.connection.version(),
    }


def settings(reader: Reader) -> list[Row]:
    """Every setting with its value here, its default and what it means."""
    from mailctl.domain.setting_values import shown_here
    from mailctl.domain.settings import SETTINGS

    country = reader.info.seller_country
    return [
        {
            "name": setting.name,
            "value": shown_here(setting, reader.setting(setting.name), country),
            "default": shown_here(setting, setting.default, country),
            "meaning": setting.meaning,
        }
        for setting in SETTINGS.values()
    ]


def set_setting(transaction: Transaction, name: str, value: str) -> None:
    """Keep a setting's value, in its kept form."""
    transaction.execute(
        """
        INSERT INTO setting (name, value)
        VALUES (:name, :value)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        {"name": name, "value": value},
    )
    transaction.forget_settings()
