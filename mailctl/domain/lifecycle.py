"""The lives of platforms, accounts and orders: what each of their states allows.

A check raises the refusal that a person should read; where several fit, the order of the checks is
that of the command line's contract (CLI, Exit statuses).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from mailctl.domain.offers import ExpiryOf
from mailctl.domain.states import (
    AccountState,
    CustomerState,
    PlatformRenewal,
    PlatformState,
    SuspendedFor,
)
from mailctl.domain.terms import Period, Renewal
from mailctl.errors import (
    AddressTakenError,
    AlreadyConfiguredError,
    AlreadyExpiredError,
    CustomerClosedError,
    DomainTakenError,
    InvalidAddressError,
    MailctlError,
    NoPeriodicityError,
    NotActiveError,
    NotConfiguredError,
    NotDeletableError,
    NotFoundError,
    NotResettableError,
    NotSuspendedError,
    PlatformCancelledError,
    PlatformClosedError,
)
from mailctl.hints import Hint
from mailctl.values import Value

Made = TypeVar("Made")


DEBT_RETENTION_DAYS = 7
"""The fewest days between a suspension for debt and the deletion (rules 9)."""

LATE_NOTICE_DAYS = 7
"""The days before the deletion for a customer who is notified late of the suspension."""


class Platform(Value):
    """What the rules need to know of a platform."""

    id: int
    name: str
    customer_id: int
    customer: str
    customer_state: CustomerState
    offer_id: int
    offer: str
    expiry_of: ExpiryOf
    state: PlatformState
    renewal: PlatformRenewal
    created_on: date


class Account(Value):
    """What the rules need to know of an account; `expires_on` is the first day not paid for."""

    id: int
    address: str | None
    platform: Platform
    state: AccountState
    suspended_for: SuspendedFor | None
    period: Period
    renewal: Renewal
    anchor_day: int
    expires_on: date
    deletes_on: date | None

    @property
    def ends_on(self) -> date:
        """The day on which its mail ends if nothing is done: of a suspended one, its deletion."""
        return self.deletes_on or self.expires_on

    @property
    def label(self) -> str:
        """How a sentence names the account."""
        return f"account {self.id}" + (f" ({self.address})" if self.address else "")


def deletes_on(day: date, reason: SuspendedFor, retention_days: int) -> date:
    """The day from which an account suspended on `day` may be deleted (rules 6, rules 9)."""
    least = DEBT_RETENTION_DAYS if reason is SuspendedFor.DEBT else 0
    return day + timedelta(days=max(retention_days, least))


def deletes_on_when_notified(
    promised_on: date, notified_on: date, reason: SuspendedFor, retention_days: int
) -> date:
    """The day of a deletion whose suspension is announced on `notified_on`, or the promised one.

    A customer who is notified late still has a week, or the whole of a shorter retention (rules 2:
    what is late shortens nobody's grace; rules 6).
    """
    return max(promised_on, deletes_on(notified_on, reason, min(retention_days, LATE_NOTICE_DAYS)))


def deletes_on_after_restore(promised_on: date, first_tick_on: date) -> date:
    """The day of a deletion after a restore, of which `first_tick_on` is the first tick.

    What would have hindered it may be lost: there is a week to find out, from the day after, whose
    tick announces it (rules 18).
    """
    return max(promised_on, first_tick_on + timedelta(days=1 + LATE_NOTICE_DAYS))


def last_day_to_pay(due_on: date, grace_until_on: date | None) -> date:
    """Until when an invoice may be paid before anybody is suspended for it (rules 9)."""
    return max(due_on, grace_until_on or due_on)


def check_customer_open(slug: str, state: str, *, hint: str = Hint.ADD_CUSTOMER) -> None:
    """CustomerClosedError unless the customer is open."""
    if state != CustomerState.OPEN:
        raise CustomerClosedError(f"the customer {slug} is {state}", hint=hint)


def renews_by_itself(platform: PlatformRenewal, account: Renewal) -> bool:
    """Whether an account is billed for its next term when it expires (rules 6)."""
    return platform is PlatformRenewal.AUTOMATIC and account is not Renewal.NONE


def check_open(platform: Platform) -> None:
    """PlatformClosedError or PlatformCancelledError unless the platform goes on."""
    if platform.state is PlatformState.CLOSED:
        raise PlatformClosedError(f"the platform {platform.name} is closed", hint=Hint.ADD_PLATFORM)
    if platform.state is PlatformState.CANCELLED:
        raise PlatformCancelledError(
            f"the platform {platform.name} is cancelled", hint=Hint.RESUME(platform=platform.name)
        )


def check_renewable(account: Account, today: date) -> None:
    """The renewal of an account may change: strictly before its expiry, while active (rules 6)."""
    check_open(account.platform)
    check_periodic(account.platform)
    check_active(account)
    if account.expires_on <= today:
        raise AlreadyExpiredError(
            f"{account.label} expires on {account.expires_on}; its renewal could be changed until "
            "the day before",
            hint=Hint.SHOW(account=account.id),
        )


def check_periodic(platform: Platform) -> None:
    """NoPeriodicityError on private-exchange."""
    if platform.expiry_of is ExpiryOf.PLATFORM:
        raise NoPeriodicityError(
            f"accounts of {platform.offer} renew monthly with their platform {platform.name}",
            hint=Hint.CANCEL_OR_DELETE(platform=platform.name),
        )


def check_active(account: Account) -> None:
    """NotActiveError unless the account is active."""
    if account.state is AccountState.DELETED:
        raise NotActiveError(f"{account.label} is deleted", hint=Hint.HISTORY(account=account.id))
    if account.state is AccountState.SUSPENDED:
        raise NotActiveError(f"{account.label} is suspended", hint=_way_out(account))


def _way_out(account: Account) -> str:
    if account.suspended_for is SuspendedFor.DEBT:
        return Hint.CREDIT(customer=account.platform.customer)
    return Hint.SHOW(account=account.id)


def check_configurable(account: Account) -> None:
    """A blank account that is active takes an address."""
    _check_not_closed(account.platform)
    check_active(account)
    if account.address is not None:
        raise AlreadyConfiguredError(
            f"{account.label} has an address already", hint=Hint.RENAME(account=account.id)
        )


def check_renamable(account: Account) -> None:
    """A configured account that is active may change its address."""
    _check_not_closed(account.platform)
    check_active(account)
    _check_configured(account)


def check_resettable(account: Account) -> None:
    """A configured, active account, not of private-exchange, may be emptied (rules 6)."""
    _check_not_closed(account.platform)
    if account.platform.expiry_of is ExpiryOf.PLATFORM:
        raise NotResettableError(
            f"{account.label} is one of {account.platform.offer}",
            hint=Hint.DELETE(account=account.id),
        )
    check_active(account)
    _check_configured(account)


def check_deletable(account: Account) -> None:
    """An account of private-exchange that is not deleted may be, at once (rules 6)."""
    _check_not_closed(account.platform)
    if account.platform.expiry_of is not ExpiryOf.PLATFORM:
        raise NotDeletableError(
            f"{account.label} is one of {account.platform.offer}: let it end at its expiry, or "
            "reset it now",
            hint=Hint.END_OR_RESET(account=account.id),
        )
    if account.state is AccountState.DELETED:
        check_active(account)


def check_reopenable(account: Account) -> None:
    """A suspended account may be reopened if it was its expiry that ended it (rules 6)."""
    if account.state is AccountState.DELETED:
        check_active(account)
    if account.suspended_for is SuspendedFor.DEBT:
        raise NotSuspendedError(
            f"{account.label} is suspended for debt: it works again once that is paid",
            hint=Hint.CREDIT(customer=account.platform.customer),
        )
    if account.state is AccountState.ACTIVE:
        raise NotSuspendedError(f"{account.label} is active", hint=Hint.EXTEND(account=account.id))


def check_mailbox(account: Account) -> str:
    """The address of an account that is not deleted: it has a mailbox (rules 16)."""
    if account.state is AccountState.DELETED:
        check_active(account)
    _check_configured(account)
    assert account.address is not None
    return account.address


def _check_not_closed(platform: Platform) -> None:
    # What concerns the mailbox alone stays possible while a cancelled platform has accounts.
    if platform.state is PlatformState.CLOSED:
        check_open(platform)


def _check_configured(account: Account) -> None:
    if account.address is None:
        raise NotConfiguredError(
            f"{account.label} has no address yet", hint=Hint.CONFIGURE(account=account.id)
        )


PRECEDENCE: tuple[type[MailctlError], ...] = (
    InvalidAddressError,
    NotFoundError,
    CustomerClosedError,
    PlatformClosedError,
    PlatformCancelledError,
    NoPeriodicityError,
    NotResettableError,
    NotDeletableError,
    NotActiveError,
    NotSuspendedError,
    AlreadyExpiredError,
    NotConfiguredError,
    AlreadyConfiguredError,
    DomainTakenError,
    AddressTakenError,
)
"""Of several refusals the first of these is reported; others come last (CLI, Exit statuses)."""


def first_refusal(refusals: Iterable[MailctlError]) -> MailctlError | None:
    """The one of several refusals that a person should read, or None where there is none."""

    def rank(refused: MailctlError) -> int:
        kinds = (n for n, kind in enumerate(PRECEDENCE) if isinstance(refused, kind))
        return next(kinds, len(PRECEDENCE))

    return min(refusals, key=rank, default=None)


def tried(work: Callable[[], Made]) -> Made | MailctlError:
    """What some work makes, or the refusal that it ends in."""
    try:
        return work()
    except MailctlError as refused:
        return refused


def all_or_refusal(works: Iterable[Callable[[], Made]]) -> list[Made]:
    """What every work makes; where any is refused, the refusal that comes first is raised."""
    made = [tried(work) for work in works]
    refused = first_refusal(one for one in made if isinstance(one, MailctlError))
    if refused is not None:
        raise refused
    return [one for one in made if not isinstance(one, MailctlError)]


CANCEL_REASONS = ("moving", "not-needed", "price", "quality", "support", "other")
"""The reasons that `platform cancel` may record (rules 5)."""
