"""Findings about how customers are reached, and by what they pay."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mailctl.domain.debits import Remedy
from mailctl.domain.payments import can_be_charged
from mailctl.domain.tax import is_in_the_tax
from mailctl.domain.territories import COUNTRIES, territory_of
from mailctl.domain.text import listed
from mailctl.hints import command, named
from mailctl.insight.advice.finding import Finding, Outline, Severity, days_left, in_days
from mailctl.store.queries.advice import people
from mailctl.store.queries.advice.people import PayingCustomer, Profile, SpareMethod
from mailctl.store.queries.advice.scope import Scope

DAYS_UNTIL_WARNING = 15
AHEAD = 30
"""How many days before its end a mailbox stops being a good contact address."""


def reached(scope: Scope) -> Iterator[Outline]:
    """What profiles lack."""
    for profile in people.profiles(scope):
        yield from _backup(profile)
        if profile.phone is None:
            yield _edit(profile, "phone-missing", "has no phone number", "--phone")
        missing = [
            name for name in ("street", "postcode", "city") if getattr(profile, name) is None
        ]
        if missing:
            yield _edit(
                profile,
                "address-incomplete",
                f"has no {listed(missing, most=3)} in the address that invoices show",
                *(f"--{name}" for name in missing),
                severity=Severity.WARNING,
            )


def refused_documents(scope: Scope) -> Iterator[Finding | Outline]:
    """What the documents of customers would lack; what sees it is loaded where anybody gets any."""
    if people.get_documents(scope):
        from mailctl.insight.advice import documents

        yield from documents.refused(scope)


def territories(scope: Scope) -> Iterator[Finding]:
    """Customers with a postcode where their country's tax does not hold."""
    if not is_in_the_tax(scope.reader.info.seller_country):
        return
    for one in people.residences(scope, COUNTRIES):
        territory = territory_of(one.country, one.postcode)
        if territory is None:
            continue
        text = (
            f"{one.customer} is in {one.country}, and the postcode {one.postcode} is one of "
            f"{territory.name}, where another tax holds"
        )
        if territory.code:
            text += f": its country is {territory.code}."
            asked = ("--country", territory.code)
        else:
            text += (
                f". mailctl bills it as {one.country}: have its tax checked before its next "
                "invoice. If the postcode is wrong:"
            )
            asked = ("--postcode", "-")
        yield Finding(
            code="tax-territory",
            severity=Severity.WARNING,
            customer=one.customer,
            subject=f"customer/{one.customer}",
            message=text,
            command=command("customer", "edit", named("customer", one.customer), *asked),
        )


def _backup(profile: Profile) -> Iterator[Outline]:
    if profile.backup_email is None:
        yield _edit(
            profile,
            "backup-email-missing",
            f"has no backup e-mail: if {profile.email} refuses mail, nobody is notified",
            "--backup-email",
        )
    elif profile.backup_email.lower() == profile.email.lower():
        yield _edit(
            profile,
            "backup-email-same",
            "has the same e-mail and backup e-mail: if it refuses mail, nobody is notified",
            "--backup-email",
        )


def own_mailboxes(scope: Scope) -> Iterator[Finding]:
    """Contact addresses that are mailboxes which end: their notices could not be read."""
    for one in people.own_mailboxes(scope, until_on=scope.ahead(AHEAD)):
        what = "backup e-mail" if one.is_backup else "e-mail"
        how = (
            "is suspended: nobody can read mail there"
            if one.is_suspended
            else f"ends {in_days(scope, one.ends_on)}: after that, nobody can read mail there"
        )
        option = "--backup-email" if one.is_backup else "--email"
        is_urgent = one.is_suspended and not one.is_backup
        yield Finding(
            code="contact-ending",
            severity=Severity.URGENT if is_urgent else Severity.WARNING,
            customer=one.customer,
            subject=f"customer/{one.customer}",
            message=f"The {what} of {one.customer}, {one.email}, is itself a mailbox here, account "
            f"{one.account} of {one.platform}. It {how}.",
            command=command("customer", "edit", named("customer", one.customer), option, "-"),
            due_on=one.ends_on,
        )


def _edit(
    profile: Profile, code: str, what: str, *options: str, severity: Severity = Severity.INFO
) -> Outline:
    tell = partial(_edit_told, profile, code, what, *options, severity=severity)
    return Outline(code=code, severity=severity, customer=profile.customer, tell=tell)


def _edit_told(
    profile: Profile, code: str, what: str, *options: str, severity: Severity
) -> Finding:
    asked = [word for option in options for word in (option, "-")]
    return Finding(
        code=code,
        severity=severity,
        customer=profile.customer,
        subject=f"customer/{profile.customer}",
        message=f"{profile.customer} {what}.",
        command=command("customer", "edit", named("customer", profile.customer), *asked),
    )


def paying(scope: Scope) -> Iterator[Finding | Outline]:
    """Customers from whom nothing can be collected, now or at the next renewal."""
    spares = people.spare_methods(scope)
    for one in people.paying(scope):
        if one.method_id is None:
            yield Outline(
                code="no-method",
                severity=Severity.INFO,
                customer=one.customer,
                tell=partial(_no_method, one),
            )
        else:
            yield _card(scope, one, spares.get(one.customer, []))


def _no_method(one: PayingCustomer) -> Finding:
    return Finding(
        code="no-method",
        severity=Severity.INFO,
        customer=one.customer,
        subject=f"customer/{one.customer}",
        message=f"{one.customer} has no payment method: nothing can be collected.",
        command=add_bank(one.customer),
    )


def _card(scope: Scope, one: PayingCustomer, spares: list[SpareMethod]) -> Finding:
    assert one.expires_on is not None
    is_expired = not can_be_charged(one.expires_on, scope.today)
    if is_expired:
        text = f"expired at the end of {one.expires_on}: nothing can be collected from it"
    else:
        text = f"expires at the end of {one.expires_on}, before the next renewal on {one.renews_on}"
    lasting = [
        spare
        for spare in spares
        if one.renews_on is None or can_be_charged(spare.expires_on, one.renews_on)
    ]
    if lasting:
        text += f"; {lasting[0].label} is still valid"
        fix = command("method", "default", lasting[0].id)
    else:
        fix = add_card(one.customer)
    is_near = one.renews_on is None or days_left(scope, one.renews_on) <= DAYS_UNTIL_WARNING
    return Finding(
        code="card-expired" if is_expired else "card-expiring",
        severity=Severity.WARNING if is_expired or is_near else Severity.INFO,
        customer=one.customer,
        subject=f"method/{one.method_id}",
        message=f"The default card of {one.customer}, {one.label}, {text}.",
        command=fix,
        due_on=one.renews_on,
    )


def add_bank(customer: str, *more: str) -> str:
    """The command that asks for a bank account with its mandate."""
    asked = ("--iban", "-", "--holder", "-", "--mandate", "-", "--signed", "-")
    return command("method", "add", "bank", named("customer", customer), *asked, *more)


def fix_debits(customer: str, remedy: Remedy) -> str:
    """The command after which a customer's direct debits can be collected."""
    if remedy is Remedy.ADDRESS:
        return command("customer", "edit", named("customer", customer), "--city", "-")
    return add_bank(customer, "--default")


def add_card(customer: str) -> str:
    """The command that asks for a card, which becomes the default method."""
    asked = ("--token", "-", "--brand", "-", "--last4", "-", "--expires", "-", "--default")
    return command("method", "add", "card", named("customer", customer), *asked)
