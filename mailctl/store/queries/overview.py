"""The store as a whole: its figures, its file, its settings."""

from __future__ import annotations

from datetime import timedelta

from mailctl.domain.answers import DAYS_TO_ANSWER
from mailctl.domain.settings import SETTINGS, shown_value
from mailctl.store import payments
from mailctl.store.engine import migrations
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import history


def status(reader: Reader, *, deletions_held: int) -> Row:
    """The figures that `status` shows; money in cents."""
    found = reader.row("SELECT last_tick_on, last_tick_at FROM clock")
    assert found is not None
    soon = (reader.today + timedelta(days=7)).isoformat()
    return {
        "clock_on": reader.today.isoformat(),
        "clock": reader.info.clock.value,
        "last_tick_on": found[0],
        "last_tick_at": found[1],
        "accounts_active": reader.number(
            "SELECT count(*) FROM account WHERE next_on IS NOT NULL AND state = 'active'"
        ),
        "accounts_suspended": reader.number(
            "SELECT count(*) FROM account WHERE next_on IS NOT NULL AND state = 'suspended'"
        ),
        "customers": reader.number("SELECT count(*) FROM customer WHERE state = 'open'"),
        "platforms": reader.number("SELECT count(*) FROM platform WHERE state <> 'closed'"),
        "debtors": reader.number("SELECT count(*) FROM customer WHERE balance_cents < 0"),
        "debt_cents": reader.number(
            "SELECT CAST(-sum(balance_cents) AS BIGINT) FROM customer WHERE balance_cents < 0"
        ),
        "due_7_days": reader.number(
            "SELECT count(*) FROM account WHERE next_on <= :soon", {"soon": soon}
        ),
        "notices_unsent": reader.number(
            "SELECT count(*) FROM notice WHERE sent_at IS NULL AND ended_at IS NULL"
        ),
        "tasks_todo": reader.number("SELECT count(*) FROM task WHERE status = 'todo'"),
        "tasks_failed": reader.number("SELECT count(*) FROM task WHERE status = 'failed'"),
        "deletions_held": deletions_held,
        "store_bytes": reader.path.stat().st_size,
        "schema_version": migrations.VERSION,
        "payments_unanswered": payments.unanswered(
            reader, reader.today - timedelta(days=DAYS_TO_ANSWER)
        ),
    }


def info(reader: Reader) -> Row:
    """What the store is: its path, clock, country, and the head of its journal."""
    return {
        "path": str(reader.path),
        "clock": reader.info.clock.value,
        "clock_on": reader.today.isoformat(),
        "timezone": reader.info.timezone,
        "seller_country": reader.info.seller_country,
        "currency": reader.info.currency,
        "schema_version": migrations.VERSION,
        "created_at": reader.info.created_at,
        "store_bytes": reader.path.stat().st_size,
        "journal_head": history.head(reader)["digest"],
    }


def settings(reader: Reader) -> list[Row]:
    """Every setting with its value here, its default and what it means."""
    return [
        {
            "name": setting.name,
            "value": shown_value(setting, reader.setting(setting.name)),
            "default": shown_value(setting, setting.default),
            "meaning": setting.meaning,
        }
        for setting in SETTINGS.values()
    ]


def set_setting(transaction: Transaction, name: str, value: str) -> None:
    """Keep a setting's value, in its kept form."""
    transaction.execute(
        "INSERT INTO setting (name, value) VALUES (:name, :value) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )
    transaction.forget_settings()
