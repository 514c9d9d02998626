"""Findings about accounts that end soon, and blank ones that are paid for all the same.

What one command can do for several accounts of a platform is one finding. Where an overdue invoice
forbids it, the debt is the finding instead: it comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mailctl.domain.terms import Renewal
from mailctl.domain.text import listed
from mailctl.insight.advice.finding import (
    Finding,
    Severity,
    chunks,
    command,
    days_left,
    in_days,
    named,
)
from mailctl.store.queries.advice import accounts
from mailctl.store.queries.advice.accounts import BlankAccount, EndingAccount
from mailctl.store.queries.advice.scope import Scope

DAYS_AHEAD = 15
DAYS_UNTIL_WARNING = 3
DAYS_UNTIL_URGENT = 2


def ending(scope: Scope) -> Iterator[Finding]:
    """Accounts whose mail ends within 15 days unless somebody does something."""
    until = scope.ahead(DAYS_AHEAD)
    for group in chunks(accounts.of_cancelled(scope, until_on=until), "platform"):
        yield _cancelled(scope, group)
    found = accounts.not_renewing(scope, until_on=until)
    for group in chunks(found, "platform", "ends_on", "period"):
        yield _not_renewing(scope, group)
    by_hand = accounts.to_be_extended(scope, until_on=until)
    renewable = [one for one in by_hand if one.renewal is not Renewal.NONE]
    for group in chunks(renewable, "platform"):
        if len(group) > 1 or group[0].is_overdue:
            yield _to_be_automatic(scope, group)
        else:
            yield _to_be_extended(scope, group[0])
    for one in by_hand:
        if one.renewal is Renewal.NONE and not one.is_overdue:
            yield _to_be_extended(scope, one)


def _named(found: Sequence[EndingAccount]) -> str:
    return listed([one.address for one in found], most=3)


def _severity(scope: Scope, day: date) -> Severity:
    is_near = days_left(scope, day) <= DAYS_UNTIL_WARNING
    return Severity.WARNING if is_near else Severity.INFO


def _cancelled(scope: Scope, found: Sequence[EndingAccount]) -> Finding:
    first = found[0]
    return Finding(
        code="platform-ending",
        severity=_severity(scope, first.ends_on),
        customer=first.customer,
        subject=f"platform/{first.platform}",
        message=f"{first.platform} is cancelled: {_named(found)} of it "
        f"{'ends' if len(found) == 1 else 'end'} from {first.ends_on} on. If mail is to go on:",
        command=command("platform", "resume", named("platform", first.platform), "--yes"),
        due_on=first.ends_on,
    )


def _not_renewing(scope: Scope, found: Sequence[EndingAccount]) -> Finding:
    first = found[0]
    return Finding(
        code="account-ending",
        severity=_severity(scope, first.ends_on),
        customer=first.customer,
        subject=f"platform/{first.platform}",
        message=f"{_named(found)} of {first.platform} "
        f"{'is' if len(found) == 1 else 'are'} not renewed and suspended "
        f"{in_days(scope, first.ends_on)}. If mail is to go on:",
        command=command(
            "account", "renew", *(one.id for one in found), "--mode", first.period, "--yes"
        ),
        due_on=first.ends_on,
    )


def _by_hand(scope: Scope, found: Sequence[EndingAccount], how: str, fix: str) -> Finding:
    first = found[0]
    return Finding(
        code="extension-needed",
        severity=_severity(scope, first.ends_on),
        customer=first.customer,
        subject=f"account/{first.id}" if len(found) == 1 else f"platform/{first.platform}",
        message=f"{first.platform} is on manual renewal: {_named(found)} "
        f"{'is' if len(found) == 1 else 'are'} suspended from {first.ends_on} on, unless paid in "
        f"advance. {how}:",
        command=fix,
        due_on=first.ends_on,
    )


def _to_be_extended(scope: Scope, one: EndingAccount) -> Finding:
    fix = command("account", "extend", one.id, "--yes")
    return _by_hand(scope, [one], "To bill another term", fix)


def _to_be_automatic(scope: Scope, found: Sequence[EndingAccount]) -> Finding:
    platform = named("platform", found[0].platform)
    fix = command("platform", "renewal", platform, "--automatic", "--yes")
    return _by_hand(scope, found, "To let it renew by itself", fix)


def suspended(scope: Scope) -> Iterator[Finding]:
    """Accounts that can be reopened until they are deleted."""
    for one in accounts.suspended(scope):
        if one.is_overdue:
            continue
        left = days_left(scope, one.ends_on)
        when = f"is deleted {in_days(scope, one.ends_on)}"
        if left < 0:
            when = f"was to be deleted {in_days(scope, one.ends_on)}, once its notice is sent"
        yield Finding(
            code="account-suspended",
            severity=Severity.URGENT if left <= DAYS_UNTIL_URGENT else Severity.WARNING,
            customer=one.customer,
            subject=f"account/{one.id}",
            message=f"{one.address} of {one.platform} was suspended at its expiry and {when}. "
            f"If mail is to go on, at the price of the terms since:",
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
    accounts_are = f"Account {which} is" if len(found) == 1 else f"Accounts {which} are"
    what = "reset and renewed" if first.was_reset else "blank and billed"
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
        message=f"{accounts_are} {what} all the same, next on {next_on}. Configure "
        f"{'it' if len(found) == 1 else 'them'}, or to end that:",
        command=fix,
        due_on=next_on,
    )
