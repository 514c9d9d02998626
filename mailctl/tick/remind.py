"""Step 7: reminders of what is coming, once each (SPEC 12).

Each step looks at the days since the last, so that a missed cron misses no reminder; of several for
one event only the latest still helps, and none does on the event's day or after it.
"""

from __future__ import annotations

from datetime import date

from mailctl.effects import account_sets, money_reminders, reminders
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


def run(transaction: Transaction, last: date) -> None:
    """Queue every reminder that has fallen due since the last step's day."""
    reminders.remind(transaction, last)
    _tell_renewed(transaction)
    money_reminders.remind(transaction, last)


def is_due(reader: Reader, last: date) -> bool:
    """Whether anything at all lies in a window: a few probes of an index."""
    return reminders.is_any_due(reader, last) or money_reminders.is_any_due(reader, last)


def _tell_renewed(transaction: Transaction) -> None:
    """A term that is shorter than its reminder is told of as it begins."""
    if max(reminders.reminder_days(transaction, "renewal-reminder-days"), default=0) < 365:
        return
    account_sets.empty(transaction, "chosen")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        "SELECT DISTINCT account_id, customer_id, address FROM due"
    )
    reminders.tell_chosen(transaction)
