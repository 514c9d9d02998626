"""Platforms: subscribed, cancelled, and resumed while that is possible (rules 5)."""

from __future__ import annotations

from datetime import date

from mailctl.actions import undo
from mailctl.actions.customers import find_open
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.domain.lifecycle import CANCEL_REASONS, Platform, check_open, check_periodic
from mailctl.domain.names import check_name, check_text
from mailctl.domain.notices import NoticeKind
from mailctl.domain.states import AccountState, PlatformRenewal, PlatformState, SuspendedFor
from mailctl.effects import deletions, reminders, renewals
from mailctl.errors import AlreadyExistsError, OfferClosedError, UsageError
from mailctl.hints import named
from mailctl.store import accounts, notices, offers, platforms
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value

LONGEST_COMMENT = 1000


def add(transaction: Transaction, *, name: str, customer: str, offer: str) -> Result:
    """Subscribe a customer to an offer; the name is never used again, even after its end."""
    check_name(name, "name of a platform")
    owner = find_open(transaction, customer)
    chosen = offers.find(transaction, offer)
    if chosen.is_closed:
        raise OfferClosedError(
            f"the offer {offer} takes no new platform", hint="mailctl offer list"
        )
    check_new(transaction, name)
    platforms.add(transaction, name, owner.id, chosen.id, created_on=transaction.today)
    transaction.record("platform-added", f"platform/{name}", {"customer": customer, "offer": offer})
    return Result(
        thing="platform",
        items=(platforms.show(transaction, name),),
        undo=undo.by(
            *("platform", "cancel", named("platform", name), "--yes"),
            note="it is closed at once, the customer is notified, and its name stays taken",
        ),
    )


def check_new(reader: Reader, name: str) -> None:
    """AlreadyExistsError where a platform has, or ever had, the name."""
    if platforms.exists(reader, name):
        raise name_taken(name)


def name_taken(name: str) -> AlreadyExistsError:
    """The refusal of a platform's name that is not free."""
    return AlreadyExistsError(
        f"there is, or was, a platform {name}; its name is not used again",
        hint=f"mailctl platform show {name}",
    )


class Ending(Value):
    """An account of a platform that ends, and the day on which its mail ends."""

    id: int
    address: str | None
    state: AccountState
    ends_on: date


class CancelPlan(Value):
    """The accounts that a cancel ends; `changes_nothing` if the platform is cancelled already."""

    platform: str
    changes_nothing: bool
    accounts: tuple[Ending, ...]


class PlatformCancelled(Result):
    """A platform that was cancelled, and its accounts."""

    thing: str = "platform"
    accounts: tuple[Ending, ...]


def endings(reader: Reader, platform: Platform) -> tuple[Ending, ...]:
    """The accounts of a platform that are not deleted, each with the day on which it ends."""
    return tuple(
        Ending(id=account.id, address=account.address, state=account.state, ends_on=account.ends_on)
        for account in accounts.of_platform(reader, platform.id)
    )


def plan_cancel(reader: Reader, *, name: str) -> CancelPlan:
    """Which accounts would end, each at its own expiry."""
    platform = platforms.find(reader, name)
    if platform.state is PlatformState.CLOSED:
        check_open(platform)
    return CancelPlan(
        platform=name,
        changes_nothing=platform.state is PlatformState.CANCELLED,
        accounts=endings(reader, platform),
    )


def cancel(
    transaction: Transaction,
    plan: CancelPlan,
    *,
    reason: str | None = None,
    comment: str | None = None,
) -> PlatformCancelled:
    """Cancel a platform; it closes with its last account, or at once if it has none."""
    if reason is not None and reason not in CANCEL_REASONS:
        raise UsageError(f"{reason!r} is not a reason", hint=f"one of {', '.join(CANCEL_REASONS)}")
    text = check_text(comment, "comment", longest=LONGEST_COMMENT) or None if comment else None
    if not plan.changes_nothing:
        platform = platforms.find(transaction, plan.platform)
        platforms.cancel(transaction, platform.id, reason, text)
        renewals.stop(transaction, platform.id)
        transaction.record(
            "cancelled",
            f"platform/{plan.platform}",
            {"accounts": len(plan.accounts), "reason": reason},
            {"comment": text} if text else None,
        )
        notices.queue(
            transaction,
            platform.customer_id,
            NoticeKind.CANCEL_RECORDED,
            platform_id=platform.id,
            account_ids=tuple(account.id for account in plan.accounts),
        )
        deletions.close_emptied_platforms(transaction)
    item = platforms.show(transaction, plan.platform)
    return PlatformCancelled(
        items=(item,),
        changed=not plan.changes_nothing,
        accounts=plan.accounts,
        undo=undo.by(
            "platform",
            "resume",
            named("platform", plan.platform),
            "--yes",
            note="until its last account is gone",
        )
        if item["state"] == PlatformState.CANCELLED
        else undo.never("it had no account, so it is closed; its name is not used again"),
    )


class ResumePlan(Value):
    """What a resume gives back: accounts that renew again, stay suspended, or are too late."""

    platform: str
    changes_nothing: bool
    restored: tuple[Ending, ...]
    suspended: tuple[Ending, ...]
    expired: tuple[Ending, ...]


class PlatformResumed(Result):
    """A platform that was resumed, and what happened to its accounts."""

    thing: str = "platform"
    plan: ResumePlan


def plan_resume(reader: Reader, *, name: str) -> ResumePlan:
    """Which accounts get their own renewal back, and which are too late for it (rules 5).

    An account that reached its expiry while it was cancelled is too late, unless it is suspended
    for that and can still be reopened.
    """
    platform = platforms.find(reader, name)
    if platform.state is PlatformState.CLOSED:
        check_open(platform)
    found = accounts.of_platform(reader, platform.id)
    stay = {account.id for account in found if account.suspended_for is SuspendedFor.EXPIRED}
    late = {account.id for account in found if account.expires_on <= reader.today} - stay
    ended = endings(reader, platform)
    return ResumePlan(
        platform=name,
        changes_nothing=platform.state is PlatformState.ACTIVE,
        restored=tuple(account for account in ended if account.id not in stay | late),
        suspended=tuple(account for account in ended if account.id in stay),
        expired=tuple(account for account in ended if account.id in late),
    )


def resume(transaction: Transaction, plan: ResumePlan) -> PlatformResumed:
    """Undo a cancel before the platform is closed."""
    before = platforms.show(transaction, plan.platform)
    if not plan.changes_nothing:
        platform = platforms.find(transaction, plan.platform)
        platforms.resume(transaction, platform.id)
        back = {account.id for account in (*plan.restored, *plan.suspended)}
        renewals.give_back(transaction, platform.id, back)
        transaction.record(
            "resumed",
            f"platform/{plan.platform}",
            {
                "restored": len(plan.restored),
                "suspended": len(plan.suspended),
                "expired": len(plan.expired),
            },
        )
        notices.queue(
            transaction,
            platform.customer_id,
            NoticeKind.CANCEL_UNDONE,
            platform_id=platform.id,
            account_ids=tuple(account.id for account in (*plan.restored, *plan.suspended)),
        )
        reminders.remind_of(transaction, tuple(account.id for account in plan.restored))
    return PlatformResumed(
        items=(platforms.show(transaction, plan.platform),),
        changed=not plan.changes_nothing,
        plan=plan,
        undo=_undo_resume(before),
    )


def _undo_resume(before: Row) -> Undo:
    """Cancel again, for the reason and with the comment that there were."""
    said = [
        word
        for option, key in (("--reason", "cancel_reason"), ("--comment", "cancel_comment"))
        if before[key] is not None
        for word in (option, before[key])
    ]
    return undo.by("platform", "cancel", named("platform", str(before["name"])), *said, "--yes")


class RenewalPlan(Value):
    """The accounts that a change between automatic and manual renewal concerns."""

    platform: str
    renewal: PlatformRenewal
    changes_nothing: bool
    accounts: tuple[Ending, ...]


class PlatformRenewalSet(Result):
    """A platform whose renewal was set as planned."""

    thing: str = "platform"
    plan: RenewalPlan


def plan_renewal(reader: Reader, *, name: str, manual: bool) -> RenewalPlan:
    """Which accounts will start or stop renewing by themselves (rules 5)."""
    platform = platforms.find(reader, name)
    check_open(platform)
    check_periodic(platform)
    renewal = PlatformRenewal.MANUAL if manual else PlatformRenewal.AUTOMATIC
    return RenewalPlan(
        platform=name,
        renewal=renewal,
        changes_nothing=platform.renewal is renewal,
        accounts=endings(reader, platform),
    )


def renewal(transaction: Transaction, plan: RenewalPlan) -> PlatformRenewalSet:
    """Let the accounts of a platform renew by themselves, or only when paid in advance."""
    if not plan.changes_nothing:
        platform = platforms.find(transaction, plan.platform)
        platforms.set_renewal(transaction, platform.id, plan.renewal)
        transaction.record("renewal-set", f"platform/{plan.platform}", {"renewal": plan.renewal})
        reminders.remind_of(transaction, tuple(account.id for account in plan.accounts))
    other = "automatic" if plan.renewal is PlatformRenewal.MANUAL else "manual"
    return PlatformRenewalSet(
        items=(platforms.show(transaction, plan.platform),),
        changed=not plan.changes_nothing,
        plan=plan,
        undo=undo.by(
            "platform", "renewal", named("platform", plan.platform), f"--{other}", "--yes"
        ),
    )
