"""Letters about mailboxes and platforms: one function a kind of notice (SPEC 12)."""

from __future__ import annotations

from datetime import date

from mailctl.billing.projection import coming, next_step_on
from mailctl.notices.draft import Code, Draft
from mailctl.notices.paying import tell_how_to_pay
from mailctl.store.queries import letter_money, letters
from mailctl.store.queries.letters import Told


def accounts_suspended(draft: Draft) -> None:
    """Mailboxes do not work any more: why, until when they are kept, how to get them back."""
    told = letters.accounts(draft.reader, draft.notice)
    _tell_of_mailboxes(draft)
    if _have_mail(told):
        draft.go_on("effect", count=len(told))
    _tell_of_suspended(draft, told)


def deletion_coming(draft: Draft) -> None:
    """Suspended mailboxes will soon be deleted."""
    notice = draft.notice
    draft.tell(
        "happened",
        count=notice.accounts,
        day=notice.first_on or notice.queued_on,
        dates=dates(draft),
    )
    _tell_of_suspended(draft, letters.accounts(draft.reader, draft.notice))


def accounts_reopened(draft: Draft) -> None:
    """Mailboxes work again, some of them for a short time only: their paid term is over."""
    _tell_of_mailboxes(draft)
    told = letters.accounts(draft.reader, draft.notice)
    stands = [_stands_after_a_debt(draft, one) for one in told]
    draft.mailboxes(
        (draft.say(stand, day=_day(draft, one)), one.address, one.platform)
        for stand, one in zip(stands, told, strict=True)
    )
    draft.tell("keep" if "ended" in stands else "next")


def _stands_after_a_debt(draft: Draft, one: Told) -> str:
    if one.happens_on is None or one.happens_on > draft.notice.read_on:
        return "accounts.expiry"
    return "ended" if one.renewal == "none" else "catch-up"


def renewal_coming(draft: Draft) -> None:
    """Mailboxes will renew for a year: when, for how much, and whether the balance covers it."""
    _tell_of_renewals(draft)


def price_changed(draft: Draft) -> None:
    """A renewal that was announced costs another amount: the same facts again, as they are now."""
    _tell_of_renewals(draft)


def _tell_of_renewals(draft: Draft) -> None:
    notice, reader = draft.notice, draft.reader
    told = letters.accounts(reader, notice)
    first = notice.first_on or notice.queued_on
    draft.tell("happened", count=notice.accounts, day=first, dates=dates(draft))
    lines = letter_money.renewal_lines(reader, notice, told)
    draft.lines(draft.say("renewal-coming.lines"), lines)
    net = sum(line.count * line.unit_cents for line in lines)
    if len(lines) > 1:
        draft.figures([("net", draft.money(net))])
    until = notice.last_on or first
    if until >= next_step_on(reader):
        _tell_what_covers(draft, first, until)
    draft.mailboxes(
        (draft.say("accounts.renewal", day=_day(draft, one)), one.address, one.platform)
        for one in told
    )
    draft.tell("renewal-coming.do", day=first)


def _tell_what_covers(draft: Draft, first: date, until: date) -> None:
    """Whether the customer's money lasts for all that is billed up to a day, or what collects it.

    More than this letter names may be billed until then, and before its first renewal.
    """
    reader, customer_id = draft.reader, draft.notice.customer_id
    (seen,) = coming(reader, until, draft.notice.customer)
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
        draft.tell("renewal-coming.covered")
    elif seen.is_covered and method is not None:
        draft.tell("renewal-coming.collected", method=method)
    else:
        day = min(seen.falls_short_on or first, first)
        # What today's tick bills cannot be paid before today.
        day = first if day <= reader.today else day
        draft.tell("renewal-coming.short", amount=draft.money(seen.missing_cents), day=day)


def expiry_coming(draft: Draft) -> None:
    """Mailboxes will end: when, how to keep them, and to export their mail."""
    notice = draft.notice
    draft.tell(
        "happened",
        count=notice.accounts,
        day=notice.first_on or notice.queued_on,
        dates=dates(draft),
    )
    told = letters.accounts(draft.reader, notice)
    draft.mailboxes(
        (draft.say("accounts.end", day=_day(draft, one)), one.address, one.platform) for one in told
    )
    draft.tell("next" if _have_mail(told) else "next-blank", count=notice.accounts)
    draft.tell("keep", count=notice.accounts)
    if _have_mail(told):
        draft.tell("export")


def accounts_deleted(draft: Draft) -> None:
    """Mailboxes are gone."""
    _tell_of_mailboxes(draft)
    _list_mailboxes(draft)
    draft.tell("next", count=draft.notice.accounts)
    told = letters.accounts(draft.reader, draft.notice)
    addresses = sum(one.address is not None for one in told)
    if addresses and letters.are_free(draft.reader, draft.notice):
        draft.tell("free", count=addresses)


def cancel_recorded(draft: Draft) -> None:
    """The end of a platform is decided: each mailbox has its own end."""
    told = letters.accounts(draft.reader, draft.notice)
    _tell_of_platform(draft, len(told))
    draft.mailboxes(_ends(draft, told))
    working = [one for one in told if not one.is_suspended]
    if working:
        draft.tell("next", count=len(working))
    if _have_mail(working):
        draft.go_on("export")
    if told:
        draft.tell("undo")


def cancel_undone(draft: Draft) -> None:
    """A platform goes on."""
    told = letters.accounts(draft.reader, draft.notice)
    left = sum(one.is_suspended and one.why == "expired" for one in told)
    _tell_of_platform(draft, len(told) - left)
    draft.mailboxes(_ends(draft, told))
    if left:
        draft.tell("suspended", count=left)


def delete_token(draft: Draft) -> None:
    """A platform can be deleted at once: by this code, until that day."""
    notice = draft.notice
    told = letters.accounts(draft.reader, notice)
    draft.tell("happened", platform=notice.platform or "", count=len(told))
    draft.tell("code" if _have_mail(told) else "code-blank")
    shown = notice.secret if draft.with_secret else None
    draft.add(Code(code=shown or draft.say("hidden")))
    draft.tell("valid", day=notice.due_on or notice.queued_on)
    draft.tell("refuse")
    _list_mailboxes(draft)


def delete_confirmed(draft: Draft) -> None:
    """A platform is gone."""
    _tell_of_platform(draft, draft.notice.accounts)
    _list_mailboxes(draft)
    draft.tell("next")


def dates(draft: Draft) -> int:
    """On how many dates the notice's events happen: 1, or 2 for several."""
    return 1 if draft.notice.first_on == draft.notice.last_on else 2


def _have_mail(told: list[Told]) -> bool:
    """Whether any has an address: a blank one has never had mail to export."""
    return any(one.address is not None for one in told)


def _day(draft: Draft, one: Told) -> date:
    return one.happens_on or draft.notice.queued_on


def _tell_of_mailboxes(draft: Draft) -> None:
    draft.tell("happened", count=draft.notice.accounts, queued=draft.notice.queued_on)


def _tell_of_platform(draft: Draft, count: int) -> None:
    notice = draft.notice
    draft.tell("happened", platform=notice.platform or "", count=count, queued=notice.queued_on)


def _list_mailboxes(draft: Draft) -> None:
    draft.mailboxes(
        (draft.say("accounts.all"), one.address, one.platform)
        for one in letters.accounts(draft.reader, draft.notice)
    )


def _ends(draft: Draft, told: list[Told]) -> list[tuple[str, str | None, str]]:
    """What comes next for each mailbox: renewal, end, or the deletion of a suspended one."""
    rows = []
    for one in told:
        name = "end" if one.renewal == "none" else "renewal"
        if one.is_suspended:
            name = "deletion"
        rows.append(
            (draft.say(f"accounts.{name}", day=_day(draft, one)), one.address, one.platform)
        )
    return rows


def _tell_of_suspended(draft: Draft, told: list[Told]) -> None:
    """Why mailboxes are suspended and until when they are kept; how to get them back."""
    draft.mailboxes(
        (
            draft.say(f"suspended.{one.why or 'expired'}", day=_day(draft, one)),
            one.address,
            one.platform,
        )
        for one in told
    )
    expired = [_day(draft, one) for one in told if one.why != "debt"]
    if expired:
        draft.tell("suspended.reopen", count=len(expired), day=min(expired))
    unpaid = [_day(draft, one) for one in told if one.why == "debt"]
    missing = draft.notice.missing_cents
    if unpaid and missing:
        amount = draft.money(missing)
        draft.tell("suspended.pay", count=len(unpaid), amount=amount, day=min(unpaid))
        tell_how_to_pay(draft, missing)
    if _have_mail(told):
        draft.tell("suspended.final")
