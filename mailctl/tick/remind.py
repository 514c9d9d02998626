"""Step 7: reminders of what is coming, once each (rules 12).

Each step looks at the days since the last, so that a missed cron misses no reminder; of several for
one event only the latest still helps, and none does on the event's day or after it.
"""

from __future__ import annotations

from datetime import date

from mailctl.billing.bill import TermSet
from mailctl.effects import money_reminders, reminders
from mailctl.effects.due_reminders import reminder_days
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet, CustomerSet


def run(transaction: Transaction, last: date, excluded: CustomerSet, *, renewed: TermSet) -> None:
    """Queue every reminder that has fallen due since the last step's day."""
    reminders.remind(transaction, last, excluded)
    _announce_next_terms(transaction, renewed)
    money_reminders.remind(transaction, last, excluded)


def _announce_next_terms(transaction: Transaction, renewed: TermSet) -> None:
    """Announce what follows a term that is shorter than its reminder, as it begins."""
    if max(reminder_days(transaction, "renewal-reminder-days"), default=0) < 365:
        return
    with AccountSet(transaction, "renewed_account") as accounts:
        accounts.fill(f"SELECT DISTINCT account_id, customer_id, address FROM {renewed}")
        reminders.remind_of_set(transaction, accounts)
