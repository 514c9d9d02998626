"""Letters about mailboxes and platforms: one function a kind of notice (SPEC 12)."""

from __future__ import annotations

from datetime import date

from mailctl.notices.draft import Code, Draft
from mailctl.notices.paying import tell_how_to_pay
from mailctl.store import letter_bills, letters
from mailctl.store.letters import Told


def accounts_suspended(draft: Draft) -> None:
    """Mailboxes do not work any more: why, until when they are kept, how to get them back."""
    _tell_of_mailboxes(draft)
    _tell_of_suspended(draft, letters.accounts(draft.reader, draft.notice))


def deletion_coming(draft: Draft) -> None:
    """Suspended mailboxes will soon be deleted."""
    draft.tell("happened", count=draft.notice.accounts)
    _tell_of_suspended(draft, letters.accounts(draft.reader, draft.notice))


def accounts_reopened(draft: Draft) -> None:
    """Mailboxes work again."""
    notice = draft.notice
    _tell_of_mailboxes(draft)
    rows = []
    for one in letters.accounts(draft.reader, notice):
        is_late = one.happens_on is not None and one.happens_on <= notice.queued_on
        name = "catch-up" if is_late and one.renewal != "none" else "accounts.expiry"
        rows.append((draft.say(name, day=_day(draft, one)), one.address, one.platform))
    draft.mailboxes(rows)
    draft.tell("next")


def renewal_coming(draft: Draft) -> None:
    """Mailboxes will renew for a year: when, for how much, and whether the balance covers it."""
    notice, reader = draft.notice, draft.reader
    told = letters.accounts(reader, notice)
    first = notice.first_on or notice.queued_on
    draft.tell("happened", count=notice.accounts, day=first, dates=dates(draft))
    lines = letter_bills.renewal_lines(reader, notice, told)
    draft.lines(draft.say("lines"), lines)
    net = sum(line.count * line.unit_cents for line in lines)
    draft.figures(
        [
            ("net", draft.money(net) if len(lines) > 1 else None),
            ("balance", draft.money(notice.balance_cents)),
        ]
    )
    lacking = letter_bills.with_tax(reader, notice, net, first) - notice.balance_cents
    method = letters.default_method(reader, notice.customer_id)
    if lacking <= 0:
        draft.tell("covered")
    elif method is not None:
        draft.tell("collected", method=method)
    else:
        draft.tell("short", amount=draft.money(lacking), day=first)
    draft.mailboxes(
        (draft.say("accounts.renewal", day=_day(draft, one)), one.address, one.platform)
        for one in told
    )
    draft.tell("do", day=first)


def expiry_coming(draft: Draft) -> None:
    """Mailboxes will end: when, how to keep them, and to export their mail."""
    notice = draft.notice
    draft.tell(
        "happened",
        count=notice.accounts,
        day=notice.first_on or notice.queued_on,
        dates=dates(draft),
    )
    draft.mailboxes(
        (draft.say("accounts.end", day=_day(draft, one)), one.address, one.platform)
        for one in letters.accounts(draft.reader, notice)
    )
    draft.tell("next", count=notice.accounts)
    draft.tell("keep", count=notice.accounts)
    draft.tell("export")


def accounts_deleted(draft: Draft) -> None:
    """Mailboxes are gone."""
    _tell_of_mailboxes(draft)
    _list_mailboxes(draft)
    draft.tell("next", count=draft.notice.accounts)


def cancel_recorded(draft: Draft) -> None:
    """The end of a platform is decided: each mailbox has its own end."""
    _tell_of_platform(draft)
    told = letters.accounts(draft.reader, draft.notice)
    draft.mailboxes(_ends(draft, told))
    working = sum(not one.is_deletion for one in told)
    if working:
        draft.tell("next", count=working)
    if told:
        draft.tell("undo")


def cancel_undone(draft: Draft) -> None:
    """A platform goes on."""
    _tell_of_platform(draft)
    draft.mailboxes(_ends(draft, letters.accounts(draft.reader, draft.notice)))
    left = letters.staying_suspended(draft.reader, draft.notice.platform or "")
    if left:
        draft.tell("suspended", count=left)


def delete_token(draft: Draft) -> None:
    """A platform can be deleted at once: by this code, until that day."""
    notice = draft.notice
    draft.tell("happened", platform=notice.platform or "", count=notice.accounts)
    draft.tell("code")
    shown = notice.secret if draft.with_secret else None
    draft.add(Code(code=shown or draft.say("hidden")))
    draft.tell("valid", day=notice.due_on or notice.queued_on)
    draft.tell("refuse")
    _list_mailboxes(draft)


def delete_confirmed(draft: Draft) -> None:
    """A platform is gone."""
    _tell_of_platform(draft)
    _list_mailboxes(draft)
    draft.tell("next")


def dates(draft: Draft) -> int:
    """On how many dates the notice's events happen: 1, or 2 for several."""
    return 1 if draft.notice.first_on == draft.notice.last_on else 2


def _day(draft: Draft, one: Told) -> date:
    return one.happens_on or draft.notice.queued_on


def _tell_of_mailboxes(draft: Draft) -> None:
    draft.tell("happened", count=draft.notice.accounts, queued=draft.notice.queued_on)


def _tell_of_platform(draft: Draft) -> None:
    notice = draft.notice
    draft.tell(
        "happened",
        platform=notice.platform or "",
        count=notice.accounts,
        queued=notice.queued_on,
    )


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
        if one.is_deletion:
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
    missing = draft.notice.missing_cents
    if len(expired) < len(told) and missing:
        count = len(told) - len(expired)
        draft.tell("suspended.pay", count=count, amount=draft.money(missing))
        tell_how_to_pay(draft, missing)
    draft.tell("suspended.final")
