"""Advice: problems, present and coming, each with the command that fixes it (rules 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mailctl.domain.advice_codes import codes_of
from mailctl.insight.advice import (
    accounts,
    balances,
    bank,
    debits,
    host,
    mail,
    money,
    people,
    tasks,
)
from mailctl.insight.advice.finding import Finding, Outline, Severity, in_order
from mailctl.insight.advice.summary import Tally, summed_up
from mailctl.store import customers
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.advice.scope import Scope

Rule = Callable[[Scope], Iterator[Finding | Outline]]
RULES: tuple[Rule, ...] = (
    host.clock,
    host.restored,
    host.erasure,
    host.backup,
    mail.sending,
    mail.refused_senders,
    mail.undocumented,
    mail.password_file,
    mail.held,
    mail.refused,
    people.own_mailboxes,
    people.refused_documents,
    host.example_prices,
    host.seller,
    tasks.failed,
    tasks.waiting,
    tasks.unadopted,
    money.debts,
    balances.short,
    money.payments,
    bank.proposed,
    bank.unmatched,
    bank.gaps,
    bank.silent,
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


_OUTLINED: dict[Rule, Rule] = {balances.short: balances.outlined}
"""Rules whose findings can be counted for less than each of them costs."""


def findings(
    reader: Reader,
    *,
    customer: str | None = None,
    least: Severity = Severity.INFO,
    ignored: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """All findings, the most urgent first; for one customer, those that concern them.

    Only those as severe as `least` and more, without the `ignored` codes, and without those that
    the setting advise-ignore names. CustomerNotFoundError for a customer that does not exist.
    """
    found = _found(reader, RULES, customer, least, ignored)
    return in_order(finding.whole() for finding in found)


def summary(
    reader: Reader,
    *,
    customer: str | None = None,
    least: Severity = Severity.INFO,
    ignored: Iterable[str] = (),
) -> tuple[Tally, ...]:
    """The same findings summed up by code; only the first of each are told, and kept."""
    rules = tuple(_OUTLINED.get(rule, rule) for rule in RULES)
    return summed_up(_found(reader, rules, customer, least, ignored))


def _found(
    reader: Reader,
    rules: Iterable[Rule],
    customer: str | None,
    least: Severity,
    ignored: Iterable[str],
) -> Iterator[Finding | Outline]:
    if customer is not None:
        customers.find(reader, customer)
    scope = Scope(reader=reader, customer=customer)
    left_out = {*ignored, *codes_of(reader.setting("advise-ignore"))}
    return (
        finding
        for rule in rules
        for finding in rule(scope)
        if finding.code not in left_out and finding.severity.is_at_least(least)
    )
