"""Letters about mailboxes and platforms: for each kind of notice a function of its name (rules 12).

The kind `accounts-suspended` has the letter `accounts_suspended`. Where its subject depends on the
facts, `accounts_suspended_subject` would choose it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from mailctl.domain.lifecycle import deletes_on_when_notified
from mailctl.domain.states import SuspendedFor
from mailctl.domain.terms import Renewal, last_day
from mailctl.notices.draft import Code, Draft
from mailctl.notices.payment_paragraphs import write_how_to_pay
from mailctl.store.queries import letter_money, letters
from mailctl.store.queries.letters import NamedAccount, Notice


def accounts_suspended(draft: Draft) -> None:
    """Mailboxes do not work any more: why, until when they are kept, how to get them back."""
    _write_what_happened(draft)
    if _have_mail(draft.accounts):
        draft.append("effect", count=len(draft.accounts))
    _write_of_suspended(draft)


def deletion_coming(draft: Draft) -> None:
    """Suspended mailboxes will soon be deleted."""
    _write_what_comes(draft)
    _write_of_suspended(draft)


def accounts_reopened(draft: Draft) -> None:
    """Mailboxes work again, some of them for a short time only: their paid term is over.

    Of those that the mail server has not reopened within a day it says that work is under way.
    """
    under_way = [account for account in draft.accounts if account.is_being_reopened]
    working = [account for account in draft.accounts if not account.is_being_reopened]
    if working:
        draft.write("happened", count=len(working), queued=draft.notice.queued_on)
        _list_after_debt(draft, working)
    if under_way:
        draft.write("under-way", count=len(under_way))
        _list_after_debt(draft, under_way)
    states = {_state_after_debt(draft, account) for account in draft.accounts}
    draft.write("keep" if "ended" in states else "next")


def accounts_reopened_subject(notice: Notice) -> str:
    """Nothing works again by its subject that the mail server has yet to reopen."""
    return "subject-under-way" if notice.being_reopened else "subject"


def _list_after_debt(draft: Draft, accounts: Sequence[NamedAccount]) -> None:
    draft.mailboxes(
        accounts,
        lambda account: draft.say(
            _state_after_debt(draft, account), day=last_day(_day(draft, account))
        ),
    )


def _state_after_debt(draft: Draft, account: NamedAccount) -> str:
    if account.happens_on is None or account.happens_on > draft.notice.read_on:
        return "accounts.expiry"
    return "ended" if account.renewal is Renewal.NONE else "catch-up"


def renewal_coming(draft: Draft) -> None:
    """Mailboxes will renew for a year: when, for how much, and whether the balance covers it."""
    # A list of subjects needs none of it.
    from mailctl.billing.renewal_steps import next_step_on

    notice, reader = draft.notice, draft.reader
    first = notice.first_on or notice.queued_on
    _write_what_comes(draft)
    lines = letter_money.renewal_lines(reader, notice, draft.accounts)
    draft.lines(draft.say("renewal-coming.lines"), lines)
    if len(lines) > 1:
        net = sum(line.count * line.unit_cents for line in lines)
        draft.figures([("net", draft.money(net))])
    until = notice.last_on or first
    if until >= next_step_on(reader):
        _write_what_covers(draft, first, until)
    _list_by_day(draft, "accounts.renewal")
    draft.write("renewal-coming.do", day=first)


def price_changed(draft: Draft) -> None:
    """A renewal that was announced costs another amount: the same facts again, as they are now."""
    renewal_coming(draft)


def _write_what_covers(draft: Draft, first: date, until: date) -> None:
    """Say whether the balance covers all that is billed up to a day, or what collects the rest.

    More than this letter names may be billed until then, and before its first renewal.
    """
    from mailctl.billing.projection import projections

    reader, customer_id = draft.reader, draft.notice.customer_id
    (seen,) = projections(reader, until, draft.notice.customer)
    draft.labelled(
        [
            (draft.say("label.until", day=until), draft.money(seen.total_cents)),
            (draft.say("label.balance"), draft.money(seen.payer.balance_cents)),
        ]
    )
    method = (
        letters.default_method(reader, customer_id, until)
        or letters.default_method(reader, customer_id, reader.today)
        or letters.collecting_method(reader, customer_id)
    )
    if seen.total_cents <= seen.payer.balance_cents:
        draft.write("renewal-coming.covered")
    elif seen.is_covered and method is not None:
        draft.write("renewal-coming.collected", method=method)
    else:
        day = min(seen.falls_short_on or first, first)
        # What today's tick bills cannot be paid before today.
        day = first if day <= reader.today else day
        draft.write("renewal-coming.short", amount=draft.money(seen.missing_cents), day=day)


def expiry_coming(draft: Draft) -> None:
    """Mailboxes will end: when, how to keep them, and to export their mail."""
    notice, have_mail = draft.notice, _have_mail(draft.accounts)
    count, day = notice.accounts, notice.first_on or notice.queued_on
    draft.write("happened", count=count, last=last_day(day), dates=notice.dates)
    _list_by_day(draft, "accounts.suspension")
    draft.write("next" if have_mail else "next-blank", count=count, day=day)
    draft.write("keep", count=count)
    if have_mail:
        draft.write("export")
        _write_of_copies(draft, draft.accounts)


def accounts_deleted(draft: Draft) -> None:
    """Mailboxes are gone."""
    _write_what_happened(draft)
    _list_all(draft, draft.accounts)
    draft.write("next", count=draft.notice.accounts)
    addresses = sum(account.address is not None for account in draft.accounts)
    if addresses and letters.are_free(draft.reader, draft.notice):
        draft.write("free", count=addresses)
    _write_of_copies(draft, draft.accounts, {draft.notice.queued_on})


def cancel_recorded(draft: Draft) -> None:
    """The end of a platform is decided: each mailbox has its own end."""
    accounts = draft.accounts
    _write_of_platform(draft, len(accounts))
    _list_next_events(draft)
    working = [account for account in accounts if not account.is_suspended]
    if working:
        draft.write("next", count=len(working))
    if _have_mail(working):
        draft.append("export")
    _write_of_copies(draft, accounts)
    if accounts:
        draft.write("undo")


def cancel_undone(draft: Draft) -> None:
    """A platform goes on."""
    accounts = draft.accounts
    left = sum(one.is_suspended and one.why is SuspendedFor.EXPIRED for one in accounts)
    _write_of_platform(draft, len(accounts) - left)
    _list_next_events(draft)
    if left:
        draft.write("suspended", count=left)


def delete_token(draft: Draft) -> None:
    """A platform can be deleted at once: by this code, until that day.

    The code deletes whatever the platform has on the day of its use.
    """
    notice = draft.notice
    accounts = letters.accounts_of_platform(draft.reader, notice)
    draft.write("happened", platform=notice.platform or "", count=len(accounts))
    draft.write("code" if _have_mail(accounts) else "code-blank")
    shown = notice.secret if draft.with_secret else None
    draft.add(Code(code=shown or draft.say("hidden")))
    draft.write("valid", day=notice.due_on or notice.queued_on)
    draft.write("refuse")
    _write_of_copies(draft, accounts)
    _list_all(draft, accounts)


def delete_confirmed(draft: Draft) -> None:
    """A platform is gone."""
    _write_of_platform(draft, draft.notice.accounts)
    _list_all(draft, draft.accounts)
    draft.write("next-copied" if _are_copied(draft.accounts) else "next")
    _write_of_copies(draft, draft.accounts, {draft.notice.queued_on})


def _have_mail(accounts: Sequence[NamedAccount]) -> bool:
    """Whether any has an address: a blank one has never had mail to export."""
    return any(account.address is not None for account in accounts)


def _are_copied(accounts: Sequence[NamedAccount]) -> bool:
    """Whether all mail of these mailboxes is copied; of some alone a letter does not promise it."""
    with_mail = [account for account in accounts if account.address is not None]
    return bool(with_mail) and all(account.is_copied for account in with_mail)


def _write_of_copies(
    draft: Draft, accounts: Sequence[NamedAccount], deleted_on: Collection[date] = ()
) -> None:
    """Until when copies of deleted mailboxes are kept, and how to have one (rules 16).

    `deleted_on` are the days of their deletion: where it is one, a day is named.
    """
    if not _are_copied(accounts):
        return
    kept = draft.reader.setting_number("export-days")
    count = sum(account.address is not None for account in accounts)
    if len(deleted_on) != 1:
        draft.write("copies.coming", count=count, days=kept)
        return
    until = min(deleted_on) + timedelta(days=kept)
    is_past = min(deleted_on) <= draft.notice.queued_on
    draft.write("copies.kept" if is_past else "copies.until", count=count, day=until)


def _day(draft: Draft, account: NamedAccount) -> date:
    return account.happens_on or draft.notice.queued_on


def _write_what_happened(draft: Draft) -> None:
    draft.write("happened", count=draft.notice.accounts, queued=draft.notice.queued_on)


def _write_what_comes(draft: Draft) -> None:
    notice = draft.notice
    day = notice.first_on or notice.queued_on
    draft.write("happened", count=notice.accounts, day=day, dates=notice.dates)


def _write_of_platform(draft: Draft, count: int) -> None:
    notice = draft.notice
    draft.write("happened", platform=notice.platform or "", count=count, queued=notice.queued_on)


def _list_all(draft: Draft, accounts: Sequence[NamedAccount]) -> None:
    draft.mailboxes(accounts, lambda _: draft.say("accounts.all"))


def _list_by_day(draft: Draft, heading: str) -> None:
    draft.mailboxes(draft.accounts, lambda account: draft.say(heading, day=_day(draft, account)))


def _list_next_events(draft: Draft) -> None:
    """What comes next for each mailbox: renewal, end, or the deletion of a suspended one."""

    def heading(account: NamedAccount) -> str:
        if account.is_suspended:
            return draft.say("accounts.deletion", day=_deletion_day(draft, account))
        name = "suspension" if account.renewal is Renewal.NONE else "renewal"
        return draft.say(f"accounts.{name}", day=_day(draft, account))

    draft.mailboxes(draft.accounts, heading)


def _deletion_day(draft: Draft, account: NamedAccount) -> date:
    """The day of a suspended account's deletion.

    The notice of its suspension moves that day when it is sent; a letter that goes out before
    names the day as it will be then.
    """
    promised_on = _day(draft, account)
    if account.happens_on is None or account.why is None or not account.awaits_notice:
        return promised_on
    retention = draft.reader.setting_number("retention-days")
    return deletes_on_when_notified(promised_on, draft.reader.today, account.why, retention)


def _write_of_suspended(draft: Draft) -> None:
    """Why mailboxes are suspended and until when they are kept; how to get them back."""

    def is_unpaid(account: NamedAccount) -> bool:
        return account.why is SuspendedFor.DEBT

    def heading(account: NamedAccount) -> str:
        name = "suspended.debt" if is_unpaid(account) else "suspended.expired"
        return draft.say(name, day=_day(draft, account))

    draft.mailboxes(draft.accounts, heading)
    expired = [_day(draft, account) for account in draft.accounts if not is_unpaid(account)]
    if expired:
        draft.write("suspended.reopen", count=len(expired), day=min(expired))
    unpaid = [_day(draft, account) for account in draft.accounts if is_unpaid(account)]
    missing = draft.notice.missing_cents
    if unpaid and missing:
        amount = draft.money(missing)
        draft.write("suspended.pay", count=len(unpaid), amount=amount, day=min(unpaid))
        write_how_to_pay(draft, missing)
    if _are_copied(draft.accounts):
        days = {_day(draft, account) for account in draft.accounts if account.address is not None}
        _write_of_copies(draft, draft.accounts, days)
    elif _have_mail(draft.accounts):
        draft.write("suspended.final")
