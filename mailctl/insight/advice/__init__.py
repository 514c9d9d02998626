"""Advice: problems, present and coming, each with the command that fixes it (rules 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailctl.insight.advice import accounts, balances, debits, host, mail, money, people
from mailctl.insight.advice.finding import Finding, in_order
from mailctl.store import customers
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.advice.scope import Scope

Rule = Callable[[Scope], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    host.clock,
    host.erasure,
    mail.sending,
    mail.refused_senders,
    mail.password_file,
    mail.held,
    mail.refused,
    people.own_mailboxes,
    host.example_prices,
    host.seller,
    host.tasks,
    money.debts,
    balances.short,
    money.payments,
    money.left_over,
    money.waiting_orders,
    accounts.ending,
    accounts.suspended,
    accounts.blank,
    debits.debited,
    people.paying,
    people.reached,
    people.territories,
)


def findings(reader: Reader, *, customer: str | None = None) -> tuple[Finding, ...]:
    """All findings, the most urgent first; for one customer, those that concern them.

    CustomerNotFoundError for a customer that does not exist.
    """
    if customer is not None:
        customers.find(reader, customer)
    scope = Scope(reader=reader, customer=customer)
    return in_order(finding for rule in RULES for finding in rule(scope))
