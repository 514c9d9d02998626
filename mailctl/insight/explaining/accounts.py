"""`account explain`: an account's life so far, why it is as it is, and what happens next."""

from __future__ import annotations

from datetime import date

from mailctl.domain.lifecycle import Account
from mailctl.domain.states import AccountState, SuspendedFor
from mailctl.insight.explaining.account_history import history
from mailctl.insight.explaining.account_outlook import outlook
from mailctl.insight.explaining.mail_server import MailServer
from mailctl.insight.explaining.sentences import Explanation
from mailctl.insight.explaining.ways_out import ways_out
from mailctl.store import accounts, locks, mailboxes
from mailctl.store.engine.reader import Reader
from mailctl.store.locks import Lock
from mailctl.store.queries import explanations as facts
from mailctl.store.queries.explanations import AccountDays

_REASONS = {SuspendedFor.EXPIRED: "its expiry", SuspendedFor.DEBT: "debt"}


def explain(reader: Reader, word: str, *, every: bool = False) -> Explanation:
    """Explain the account that a word names; with `every`, each renewal has its own sentence.

    AccountNotFoundError with close addresses else (rules 13).
    """
    account = accounts.find_also_deleted(reader, word)
    days = facts.days_of_account(reader, account.id)
    server = MailServer(
        facts.tasks_of_account(reader, account.id),
        has_driver=bool(reader.setting("driver")),
        is_adopted=mailboxes.name_of(reader, account.id) is not None,
    )
    past = [*history(reader, account, every=every), *server.past()]
    return Explanation(
        subject=f"account/{account.id}",
        customer=account.platform.customer,
        title=_title(account, days, locks.of_account(reader, account.id)) + server.not_done(),
        past=tuple(sorted(past, key=lambda sentence: sentence.on or date.max)),
        outlook=outlook(reader, account, days.next_on),
        ways_out=ways_out(reader, account),
        mail_server=server.now(account),
    )


def _title(account: Account, days: AccountDays, lock: Lock | None) -> str:
    """The account in a line: who, where, and its state."""
    platform = account.platform
    where = f"{platform.name} of {platform.customer} ({platform.offer})"
    if account.state is AccountState.DELETED:
        how = f"deleted on {days.deleted_on}"
    elif account.suspended_for is not None:
        how = f"suspended for {_REASONS[account.suspended_for]} since {days.suspended_on}"
    else:
        how = (
            f"active, {account.period}, renewal {account.renewal}, expires on {account.expires_on}"
        )
    locked = f"; locked since {lock.locked_on} ({lock.reason})" if lock else ""
    return f"Account {account.id} ({account.address or 'blank'}) on {where}: {how}{locked}."
