"""The rules of reminders a second time, a look at a time, and what is wrong with a life by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from tests.notices.watching import LISTS, TELLING, Account, Event, Look, Notice

ACCOUNT_KINDS = ("renewal-coming", "expiry-coming", "deletion-coming")


@dataclass(slots=True)
class Announced:
    """What has been told so far: by kind of notice, subject and day of the event, on which days."""

    days: dict[Event, list[date]] = field(default_factory=dict)

    def add(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            for subject, day in notice.named:
                self.days.setdefault((notice.kind, subject, day), []).append(notice.queued_on)

    def since(self, event: Event, first: date = date.min) -> bool:
        """Whether any notice has told of an event on a day or after it."""
        kind, subject, day = event
        found = [self.days.get((by, subject, day), []) for by in TELLING[kind]]
        return any(told >= first for days in found for told in days)

    def sooner(self, event: Event, first: date) -> bool:
        """Whether a debtor was told of an earlier day, which asks for all that is missing."""
        return any(
            subject == event[1] and day < event[2] and max(days) >= first
            for (kind, subject, day), days in self.days.items()
            if kind in ("debt-reminder", "debt-opened") and event[0] == "debt-reminder"
        )


def wrong(looks: Sequence[Look]) -> list[str]:
    """All that is not as it must be, a line each."""
    return [*_announced(looks), *_endings(looks), *_kept(looks), *_payable(looks)]


def reminded(now: Look) -> list[Event]:
    """The events that a look's new reminders name."""
    return [
        (notice.kind, subject, day)
        for notice in now.new
        if notice.kind in LISTS
        for subject, day in sorted(notice.named)
    ]


def _announced(looks: Sequence[Look]) -> Iterator[str]:
    """Each reminder is told at the look that it falls due at, once, and while it is true."""
    told, last_tick = Announced(), looks[0].day
    told.add(looks[0].new)
    for before, now in pairwise(looks):
        for event in reminded(now):
            if fault := _fault(event, now, told):
                yield f"{now.day} {now.said}: {fault}: {event}"
            told.days.setdefault(event, []).append(now.day)
        told.add([notice for notice in now.new if notice.kind not in LISTS])
        for event in sorted(now.events(), key=str):
            first = now.since(event)
            if first is None or told.since(event, first) or told.sooner(event, first):
                continue
            # What the next tick will tell, only a command that made it so tells before.
            if now.tick or first <= last_tick or event not in before.events():
                yield f"{now.day} {now.said}: not announced since {first}: {event}"
        last_tick = now.day if now.tick else last_tick


def _fault(event: Event, now: Look, told: Announced) -> str | None:
    """What is wrong with a reminder of an event at a look, or None."""
    first = now.since(event)
    if event not in now.events():
        return "announced, but not ahead"
    if first is None:
        return "announced before its time"
    return "announced again" if told.since(event, first) else None


def _endings(looks: Sequence[Look]) -> Iterator[str]:
    """Nobody is suspended or deleted by a tick who was not told, or earlier than was told."""
    told = Announced()
    told.add(looks[0].new)
    for before, now in pairwise(looks):
        for number, was in before.accounts.items():
            account = now.accounts[number]
            if now.tick and account.state != was.state:
                fault = _ending(number, was, account, now, told, looks)
                yield from [f"{now.day}: account {number} {fault}"] if fault else []
        told.add(now.new)


def _ending(
    number: int, was: Account, account: Account, now: Look, told: Announced, looks: Sequence[Look]
) -> str | None:
    """What is wrong with the end of an account in a step, or None."""
    if was.state == "active" and account.why == "expired":
        event = ("expiry-coming", number, was.expires_on)
        if not told.since(event) and _could_tell(looks, event, now):
            return f"was suspended, and nobody told of {was.expires_on}"
    if was.state == "suspended" and account.state == "deleted":
        promised = max(
            (days[-1], day)
            for (kind, subject, day), days in told.days.items()
            if (kind, subject) == ("accounts-suspended", number)
        )[1]
        if promised != was.deletes_on or now.day < promised:
            return f"was deleted, and told was {promised}"
    if was.state == "active" and account.why == "debt":
        mine = [debt for debt in now.debts if debt.customer == was.customer]
        due = {day for debt in mine for day in (debt.due_on, debt.last_on)}
        said = {
            day
            for (kind, subject, day) in told.days
            if subject == was.customer and kind in (*TELLING["debt-reminder"], "payment-failed")
        }
        if not any(day < now.day for day in due & said):
            return f"was suspended for a debt due on {due}, and told was {said}"
    return None


def _could_tell(looks: Sequence[Look], event: Event, end: Look) -> bool:
    """Whether anybody looked while an event was certain and near, before its day."""
    for before, now in pairwise(looks):
        if now is end:
            return False
        near = event in now.events() and now.since(event) is not None
        if near and (now.tick or event not in before.events()):
            return True
    return False


def _payable(looks: Sequence[Look]) -> Iterator[str]:
    """Of each invoice that nothing covers, the customer knows by when to pay it.

    A letter that asks for all that is missing by a day before tells of it too. Nothing asks for
    money by a day that is past.
    """
    told = Announced()
    asked: set[int] = set()
    for now in looks:
        told.add(now.new)
        asked &= {number for number, invoice in now.invoices.items() if not invoice.is_covered}
        for notice in now.new:
            if notice.kind in ("debt-opened", "debt-reminder", "payment-failed"):
                for customer, day in notice.named:
                    asked |= _asked_for(now, customer, day)
                    if day < now.day and notice.kind != "payment-failed":
                        yield f"{now.day} {now.said}: {notice.kind} asks for money by {day}"
        for number, invoice in now.invoices.items():
            days = {invoice.due_on, invoice.last_on}
            exact = any(told.since(("debt-reminder", invoice.customer, day)) for day in days)
            failed = any(("payment-failed", invoice.customer, day) in told.days for day in days)
            if not (invoice.is_covered or exact or failed or number in asked):
                yield f"{now.day} {now.said}: nobody told that invoice {number} is due by {days}"
        one = [(notice.named and min(notice.named)[0]) for notice in now.new
               if notice.kind == "debt-opened"]  # fmt: skip
        if now.tick and len(one) > len(set(one)):
            yield f"{now.day}: a customer was asked for one debt twice"


def _asked_for(now: Look, customer: int, day: date) -> set[int]:
    """The invoices that a letter to a customer asks to pay by a day."""
    return {
        number
        for number, invoice in now.invoices.items()
        if invoice.customer == customer and not invoice.is_covered and day <= invoice.last_on
    }


def _kept(looks: Sequence[Look]) -> Iterator[str]:
    """What was announced of an account happens on its day, unless a command changes it before."""
    pending: set[Event] = set()
    for before, now in pairwise(looks):
        for event in list(pending):
            kind, number, day = event
            was, account = before.accounts[number], now.accounts[number]
            if account.ahead == (kind, day) and not (now.tick and now.day >= day):
                continue
            pending.remove(event)
            if now.tick and not (
                _happened(event, account, now) or _is_excused(event, was, account)
            ):
                yield f"{now.day}: announced {event}, but then {account}"
        pending |= {event for event in reminded(now) if event[0] in ACCOUNT_KINDS}


def _happened(event: Event, account: Account, now: Look) -> bool:
    kind, _, day = event
    done = {
        "renewal-coming": account.state == "active" and account.expires_on > day,
        "expiry-coming": account.state in ("suspended", "deleted"),
        "deletion-coming": account.state == "deleted",
    }
    return now.day >= day and done[kind]


def _is_excused(event: Event, was: Account, account: Account) -> bool:
    """A debt ends an account earlier; what is collected or fails for it gives it back."""
    if event[0] == "deletion-coming":
        return was.why == "debt" and account.state == "active"
    return was.state == "active" and account.state == "suspended" and account.why == "debt"


def still_true(looks: Sequence[Look], today: date) -> dict[int, tuple[int, ...]]:
    """By the id of each reminder of accounts: whom it is true for, after the last look."""
    ahead = {event for event in looks[-1].events() if event[2] > today}
    return {
        notice.id: tuple(
            sorted(number for number, day in notice.named if (notice.kind, number, day) in ahead)
        )
        for now in looks
        for notice in now.new
        if notice.kind in ACCOUNT_KINDS
    }


def outdated_debts(looks: Sequence[Look], today: date) -> dict[int, bool]:
    """By the id of each reminder of a debt: whether nobody has to pay by its day any more."""
    debts = looks[-1].debts
    due = {(debt.customer, debt.last_on) for debt in debts if debt.last_on >= today}
    return {
        notice.id: not notice.named & due
        for now in looks
        for notice in now.new
        if notice.kind == "debt-reminder"
    }
