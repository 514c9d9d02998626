"""`account show` for people: the account, what its next term costs, and what is open of it."""

from __future__ import annotations

from mailctl.domain.lifecycle import Account, renews_by_itself
from mailctl.domain.states import AccountState, SuspendedFor
from mailctl.domain.terms import Period
from mailctl.hints import command, named
from mailctl.store import accounts, prices
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.money_explanations import Due
from mailctl.values import Value


class AccountPicture(Value):
    """An account with every key; the net cents of its next term, its open invoices, commands.

    `term_cents` is None where no term follows.
    """

    item: Row
    term_cents: int | None
    dues: tuple[Due, ...]
    commands: tuple[tuple[str, str], ...]


def account_picture(reader: Reader, word: str) -> AccountPicture:
    """All about one account, also a deleted one; AccountNotFoundError with close addresses."""
    account = accounts.find_also_deleted(reader, word)
    found = books.billing_account(reader, account.id)
    return AccountPicture(
        item=accounts.show(reader, account.id),
        term_cents=_next_term(reader, account),
        dues=tuple(due for due in found if due.open_cents),
        commands=tuple(_commands(account)),
    )


def _next_term(reader: Reader, account: Account) -> int | None:
    """What the term from the expiry on will cost, or would once the account is reopened."""
    platform = account.platform
    if account.state is AccountState.DELETED:
        return None
    period = Period(account.period)
    if renews_by_itself(platform.renewal, account.renewal):
        period = Period(account.renewal)
    elif account.suspended_for is not SuspendedFor.EXPIRED:
        return None
    return prices.term_price(
        reader,
        account.id,
        platform.offer_id,
        period,
        account.expires_on,
        customer_id=platform.customer_id,
    )


def _commands(account: Account) -> list[tuple[str, str]]:
    """What is likely to be asked or done next."""
    customer = command("customer", "show", named("customer", account.platform.customer))
    explain = command("account", "explain", account.id)
    if account.state is AccountState.SUSPENDED:
        return [("why, and every way out", explain), ("its customer", customer)]
    return [
        ("why, and what comes", explain),
        ("what happened", command("account", "history", account.id)),
        ("its customer", customer),
    ]
