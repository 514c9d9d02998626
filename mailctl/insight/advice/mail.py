"""Findings about notices that do not reach their customers."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from mailctl.domain.text import counted, listed
from mailctl.effects import held_deletions
from mailctl.errors import MailNotConfiguredError
from mailctl.hints import command, named
from mailctl.insight.advice.finding import Finding, Severity, chunks, money
from mailctl.notices.attaching import reason_of
from mailctl.notices.password import VARIABLE, check_file
from mailctl.store import mail_settings, notice_queue
from mailctl.store.queries.advice import mail
from mailctl.store.queries.advice.mail import (
    RefusedAddress,
    RefusedSender,
    UnannouncedSuspension,
    UnsentNotices,
)
from mailctl.store.queries.advice.scope import Scope

SENDING = ("mail-host", "mail-from")


def sending(scope: Scope) -> Iterator[Finding]:
    """Notices that wait, because nothing sends them or nothing can."""
    if mail_settings.is_off(scope.reader):
        return
    missing = [name for name in SENDING if not scope.reader.setting(name)]
    if not missing:
        found = mail.unsent(scope, before_on=scope.today)
        if found.notices:
            yield _unsent(found)
        return
    waiting = mail.unsent(scope, before_on=scope.ahead(1))
    if not waiting.notices:
        return
    have = "has" if waiting.notices == 1 else "have"
    are = f"{counted(waiting.notices, 'notice')} {have} been waiting"
    unannounced = len(mail.held(scope)) if held_deletions.are_held(scope.reader) else 0
    for name in missing:
        yield Finding(
            code="mail-not-configured",
            severity=Severity.URGENT if unannounced else Severity.WARNING,
            customer=scope.customer,
            subject=f"setting/{name}",
            message=f"{are} since {waiting.since_on}, and {name} is not set: no customer is "
            f"notified.{_held_deletions(unannounced, name)}",
            command=command("settings", "set", name, "-"),
        )


def _held_deletions(unannounced: int, name: str) -> str:
    """The deletions that wait until customers are notified, and how to end that."""
    if not unannounced:
        return ""
    held = (
        f" {counted(unannounced, 'deletion')} {'is' if unannounced == 1 else 'are'} held until then"
    )
    if name == "mail-from":
        return f"{held}."
    return (
        f"{held}. The value none says that customers are notified by other means: nothing is held."
    )


def _unsent(found: UnsentNotices) -> Finding:
    retried = f"; {found.retried:,} could not be sent yet: {found.last_error}" * bool(found.retried)
    return Finding(
        code="notices-unsent",
        severity=Severity.WARNING,
        customer=found.customer,
        subject="notices",
        message=f"{counted(found.notices, 'notice has', 'notices have')} not been sent, the oldest "
        f"since {found.since_on}{retried}.",
        command=command("notice", "send"),
    )


def refused_senders(scope: Scope) -> Iterator[Finding]:
    """Domains whose mail servers refuse mail from here: nobody there is notified."""
    found: dict[str, list[RefusedSender]] = defaultdict(list)
    for notice in mail.refused_senders(scope):
        found[notice_queue.domain_of(notice.recipient)].append(notice)
    for domain, waiting in found.items():
        whose = {one.customer for one in waiting}
        verb = "waits" if len(waiting) == 1 else "wait"
        yield Finding(
            code="mail-refused",
            severity=Severity.URGENT,
            customer=waiting[0].customer if len(whose) == 1 else None,
            subject=f"domain/{domain}",
            message=f"{counted(len(waiting), 'notice')} to {domain} {verb}, the oldest since "
            f"{min(one.queued_on for one in waiting)}: mail is refused because of the sender, not "
            f"the recipient ({waiting[-1].reason}). Once that is fixed:",
            command=command("notice", "send", "--retry"),
        )


def undocumented(scope: Scope) -> Iterator[Finding]:
    """Letters that wait for their document, and the direct debits that wait with them."""
    for customer, group in groupby(mail.undocumented(scope), lambda one: one.customer):
        waiting = list(group)
        why = reason_of(waiting[-1].reason)
        cents = sum(one.debit_cents for one in waiting)
        debits = f" Direct debits of {money(scope, cents)} wait with them." * bool(cents)
        yield Finding(
            code="document-missing",
            severity=Severity.URGENT,
            customer=customer,
            subject=f"customer/{customer}",
            message=f"{_letters(len(waiting))}, the oldest since {waiting[0].queued_on}: "
            f"{why.text}.{debits}",
            command=why.command,
        )


def _letters(count: int) -> str:
    return counted(count, "letter waits for its document", "letters wait for their documents")


def password_file(scope: Scope) -> Iterator[Finding]:
    """A password that cron will not be able to read."""
    file = scope.reader.setting("mail-password-file")
    is_needed = file and scope.reader.setting("mail-user") and VARIABLE not in os.environ
    if scope.customer is not None or not is_needed or not mail_settings.has_server(scope.reader):
        return
    try:
        check_file(file)
    except MailNotConfiguredError as unfit:
        fixed = unfit.hint if unfit.hint and unfit.hint.startswith("ch") else None
        yield Finding(
            code="mail-password",
            severity=Severity.URGENT,
            subject="setting/mail-password-file",
            message=f"{unfit.message[0].upper()}{unfit.message[1:]}: no mail can be sent.",
            command=fixed or command("settings", "set", "mail-password-file", "-"),
        )


def held(scope: Scope) -> Iterator[Finding]:
    """Accounts whose deletion waits for a notice that could be sent."""
    if not mail_settings.is_complete(scope.reader):
        return
    for group in chunks(mail.held(scope), "customer", "is_refused"):
        first = group[0]
        which = listed([one.label for one in group], most=3)
        yield Finding(
            code="deletion-held",
            severity=Severity.WARNING,
            customer=first.customer,
            subject=f"account/{first.id}" if len(group) == 1 else f"customer/{first.customer}",
            message=f"{which} should have been deleted on {min(one.deletes_on for one in group)}; "
            "the deletion waits until the notice of the suspension has been sent.",
            command=command("notice", "send", *(["--retry"] if first.is_refused else [])),
            due_on=min(one.deletes_on for one in group),
        )


def refused(scope: Scope) -> Iterator[Finding]:
    """Addresses that take no mail; urgent where accounts end without a notice."""
    unannounced: dict[str, list[UnannouncedSuspension]] = defaultdict(list)
    for account in mail.unreachable(scope):
        unannounced[account.customer].append(account)
    for one in mail.refused_addresses(scope):
        ending = unannounced[one.customer]
        yield Finding(
            code="address-refused",
            severity=Severity.URGENT if ending else Severity.WARNING,
            customer=one.customer,
            subject=f"customer/{one.customer}",
            message=f"{one.email} of {one.customer} refuses mail: {_effect(one, ending)}.",
            command=command("customer", "edit", named("customer", one.customer), "--email", "-"),
            due_on=min((account.deletes_on for account in ending), default=None),
        )


def _effect(one: RefusedAddress, ending: Sequence[UnannouncedSuspension]) -> str:
    if ending:
        which = listed([account.label for account in ending], most=3)
        first = min(account.deletes_on for account in ending)
        return (
            f"the customer does not know that {which}, suspended, will be deleted from {first} on"
        )
    if one.lost:
        return f"{counted(one.lost, 'notice')} reached nobody"
    return f"{counted(one.notices, 'notice')} went to the backup e-mail"
