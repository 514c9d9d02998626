"""Findings about accounts that end soon, and blank ones that are paid for all the same.

Customers may want just that, and are asked by letters: it is worth knowing, and no warning.
What one command can do for several accounts of a platform is one finding. Where an overdue invoice
forbids it, the debt is the finding instead: it comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from mailctl.domain.terms import Renewal
from mailctl.domain.text import listed
from mailctl.hints import command, named
from mailctl.insight.advice.finding import (
    Finding,
    Outline,
    Severity,
    chunks,
    days_left,
    in_days,
)
from mailctl.store.queries.advice import accounts
from mailctl.store.queries.advice.accounts import BlankAccount, EndingAccount
from mailctl.store.queries.advice.scope import Scope

DAYS_AHEAD = 15


def ending(scope: Scope) -> Iterator[Finding | Outline]:
    """Accounts whose mail ends within 15 days unless somebody does something."""
    until = scope.ahead(DAYS_AHEAD)
    for group in chunks(accounts.of_cancelled(scope, until_on=until), "platform"):
        yield _cancelled(group)
    found = accounts.not_renewing(scope, until_on=until)
    for group in chunks(found, "platform", "ends_on", "period"):
        yield _not_renewing(scope, group)
    by_hand = accounts.to_be_extended(scope, until_on=until)
    renewable = [one for one in by_hand if one.renewal is not Renewal.NONE]
    for group in chunks(renewable, "platform"):
        if len(group) > 1 or group[0].is_overdue:
            yield _to_be_automatic(group)
        else:
            yield _to_be_extended(group[0])
    for one in by_hand:
        if one.renewal is Renewal.NONE and not one.is_overdue:
            yield _to_be_extended(one)


def _named(found: Sequence[EndingAccount]) -> str:
    return listed([one.address for one in found], most=3)


def _keep(found: Sequence[EndingAccount]) -> str:
    return "To keep it:" if len(found) == 1 else "To keep them:"


def _from(found: Sequence[EndingAccount]) -> str:
    return "on " if len({one.ends_on for one in found}) == 1 else "from "


def _cancelled(found: Sequence[EndingAccount]) -> Finding:
    first = found[0]
    return Finding(
        code="platform-ending",
        severity=Severity.INFO,
        customer=first.customer,
        subject=f"platform/{first.platform}",
        message=f"{first.platform} is cancelled, and {_named(found)} "
        f"{'ends' if len(found) == 1 else 'end'} {_from(found)}{first.ends_on}. {_keep(found)}",
        command=command("platform", "resume", named("platform", first.platform), "--yes"),
        due_on=first.ends_on,
    )


def _not_renewing(scope: Scope, found: Sequence[EndingAccount]) -> Outline:
    first = found[0]
    return Outline(
        code="account-ending",
        severity=Severity.INFO,
        customer=first.customer,
        tell=partial(_not_renewing_told, scope, found),
        due_on=first.ends_on,
    )


def _not_renewing_told(scope: Scope, found: Sequence[EndingAccount]) -> Finding:
    first = found[0]
    return Finding(
        code="account-ending",
        severity=Severity.INFO,
        customer=first.customer,
        subject=f"platform/{first.platform}",
        message=f"{_named(found)} of {first.platform} will be suspended "
        f"{in_days(scope, first.ends_on)}: renewal is switched off. {_keep(found)}",
        command=command(
            "account", "renew", *(one.id for one in found), "--mode", first.period, "--yes"
        ),
        due_on=first.ends_on,
    )


def _by_hand(found: Sequence[EndingAccount], how: str, fix: str) -> Finding:
    first = found[0]
    return Finding(
        code="extension-needed",
        severity=Severity.INFO,
        customer=first.customer,
        subject=f"account/{first.id}" if len(found) == 1 else f"platform/{first.platform}",
        message=f"{first.platform} is on manual renewal: {_named(found)} "
        f"{'ends' if len(found) == 1 else 'end'} {_from(found)}{first.ends_on} unless another "
        f"term is bought. {how}:",
        command=fix,
        due_on=first.ends_on,
    )


def _to_be_extended(one: EndingAccount) -> Finding:
    fix = command("account", "extend", one.id, "--yes")
    return _by_hand([one], "To buy one", fix)


def _to_be_automatic(found: Sequence[EndingAccount]) -> Finding:
    platform = named("platform", found[0].platform)
    fix = command("platform", "renewal", platform, "--automatic", "--yes")
    return _by_hand(found, "To let the platform renew by itself", fix)


def suspended(scope: Scope) -> Iterator[Finding]:
    """Accounts that can be reopened until they are deleted."""
    for one in accounts.suspended(scope):
        if one.is_overdue:
            continue
        when = f"will be deleted {in_days(scope, one.ends_on)}"
        if days_left(scope, one.ends_on) < 0:
            when = (
                f"should have been deleted {in_days(scope, one.ends_on)}; the deletion waits until "
                "the customer has been notified"
            )
        yield Finding(
            code="account-suspended",
            severity=Severity.INFO,
            customer=one.customer,
            subject=f"account/{one.id}",
            message=f"{one.address} of {one.platform} expired, is suspended and {when}. "
            "To reopen it, at the price of the terms since:",
            command=command("account", "reopen", one.id, "--yes"),
            due_on=one.ends_on,
        )


def blank(scope: Scope) -> Iterator[Finding]:
    """Accounts that are billed and have no mailbox."""
    for group in chunks(accounts.blank(scope), "platform", "was_reset"):
        yield _blank(group)


def _blank(found: Sequence[BlankAccount]) -> Finding:
    first = found[0]
    ids = [one.id for one in found]
    which = listed([str(number) for number in ids], most=3)
    is_one = len(found) == 1
    accounts_are = f"Account {which} is" if is_one else f"Accounts {which} are"
    if first.was_reset:
        accounts_are = f"Account {which} was" if is_one else f"Accounts {which} were"
    what = "reset" if first.was_reset else "blank"
    fix = (
        command("account", "delete", *ids, "--yes")
        if first.is_of_platform
        else command("account", "renew", *ids, "--mode", "none", "--yes")
    )
    next_on = min(one.expires_on for one in found)
    return Finding(
        code="reset-renewing" if first.was_reset else "blank-billed",
        severity=Severity.INFO,
        customer=first.customer,
        subject=f"platform/{first.platform}",
        message=f"{accounts_are} {what}, but still billed, next on {next_on}. Configure "
        f"{'it' if is_one else 'them'}, or stop that:",
        command=fix,
        due_on=next_on,
    )
