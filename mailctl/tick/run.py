"""The tick: which days are processed, in which transactions, and what holds it back (rules 2)."""

from __future__ import annotations

from datetime import date, timedelta

from mailctl import clock
from mailctl.clock import ClockKind
from mailctl.effects.after_restore import let_go
from mailctl.errors import ClockBackwardsError, UsageError, WallClockError
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.restorations import Wait
from mailctl.store.unsent import Unsent, unsent_for_a_day
from mailctl.tick.counts import Counts
from mailctl.tick.day import DayBrokenError, process
from mailctl.values import Value, replace

EVENTS_PER_TRANSACTION = 50_000
"""Days share a transaction up to this many events: a crash loses whole days, never half of one."""


class Ticked(Value):
    """What a tick did: from the date the clock stood at to the date it stands at now.

    `unsent` are the notices that wait for more than a day, with the day of the oldest; `why_held`
    says for what deletions wait, where any do, and the command that helps.
    """

    from_on: date
    to_on: date
    dry_run: bool
    counts: Counts
    currency: str
    unsent: Unsent | None
    why_held: tuple[str, str] | None
    warnings: tuple[str, ...]

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        counts = {name: getattr(self.counts, name) for name in Counts.__dataclass_fields__}
        return {
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(),
            "dry_run": self.dry_run,
            **counts,
            "set_aside": [
                {"customer": slug, "reason": reason}
                for slug, reason in self.counts.set_aside.items()
            ],
        }


def run(
    store: Store,
    *,
    to: date | None = None,
    days: int | None = None,
    accept_gap: bool = False,
    accept_mass: bool = False,
    after_restore: bool = False,
    dry_run: bool = False,
) -> Ticked:
    """Let time pass.

    A wall clock takes no date (WallClockError) and processes today; MassChangeError where that
    would end too many accounts. A manual clock processes every day up to `to`, or `days` more, or
    one; ClockBackwardsError for a day that is past. The first one after a restore wants
    `after_restore` (ConfirmationNeededError).
    """
    counts = Counts()
    first: date | None = None
    target: date | None = None
    aside: Aside = {}

    def some_days(transaction: Transaction) -> Ticked:
        nonlocal target
        target = target or _target(transaction, to, days)
        if first is None:
            let_go(transaction, Wait.TICK, confirmed=after_restore)
        done = Counts()
        start = transaction.reached_on
        if transaction.info.clock is ClockKind.WALL:
            _process_today(transaction, done, aside, accept_mass=accept_mass)
        else:
            _process_days(transaction, target, done, aside, whole=dry_run)
        return _ticked(transaction, start, done, dry_run=dry_run)

    while True:
        try:
            ticked = store.change("tick", some_days, dry_run=dry_run, accept_gap=accept_gap)
        except DayBrokenError as broken:
            aside.setdefault(broken.day, {}).update(broken.customers)
            continue
        first = first or ticked.from_on
        counts.add(ticked.counts)
        if target is None or ticked.to_on >= target:
            return replace(ticked, from_on=first, counts=counts)


def _ticked(transaction: Transaction, start: date, counts: Counts, *, dry_run: bool) -> Ticked:
    # All that is reported is read before the commit: after it, nothing may fail any more.
    return Ticked(
        from_on=start,
        to_on=transaction.today,
        dry_run=dry_run,
        counts=counts,
        currency=transaction.info.currency,
        unsent=unsent_for_a_day(transaction),
        why_held=_why_held(transaction, counts),
        warnings=tuple(transaction.warnings),
    )


def _why_held(transaction: Transaction, counts: Counts) -> tuple[str, str] | None:
    if not counts.deletions_held:
        return None
    from mailctl.effects import held_deletions

    return held_deletions.why(transaction)


Aside = dict[date, dict[int, str]]
"""Customers for whom a day would break the books, found when it was processed a first time."""


def _target(reader: Reader, to: date | None, days: int | None) -> date:
    if reader.info.clock is ClockKind.WALL:
        if to is not None or days is not None:
            raise WallClockError(
                "this store follows the real date: tick takes no date", hint="mailctl tick"
            )
        return reader.today
    if to is not None and days is not None:
        raise UsageError("tick takes --to or --days, not both", hint="mailctl tick --to DATE")
    if to is None:
        try:
            to = reader.today + timedelta(days=1 if days is None else days)
        except OverflowError:
            to = date.max
    if to > clock.LAST_DAY:
        raise UsageError(f"the clock goes to {clock.LAST_DAY}", hint="mailctl tick --to DATE")
    if to < reader.today:
        raise ClockBackwardsError(
            f"the clock stands at {reader.today} and does not go back to {to}",
            hint=f"mailctl tick --to {reader.today + timedelta(days=1)}",
        )
    return to


def _process_days(
    transaction: Transaction, target: date, counts: Counts, aside: Aside, *, whole: bool
) -> None:
    """Process days until the target, or until the transaction is large enough."""
    enough = counts.events + EVENTS_PER_TRANSACTION
    while transaction.today < target and (whole or counts.events < enough):
        last = transaction.today
        transaction.today += timedelta(days=1)
        process(transaction, counts, last=last, aside=aside.get(transaction.today, {}))
    if transaction.today != transaction.reached_on:
        _mark(transaction)


def _mark(transaction: Transaction) -> None:
    transaction.move_clock(transaction.today)
    transaction.execute(
        "UPDATE clock SET last_tick_on = :today, last_tick_at = :now WHERE id = 1",
        {"now": clock.stamp()},
    )


def _process_today(
    transaction: Transaction, counts: Counts, aside: Aside, *, accept_mass: bool
) -> None:
    last_seq = transaction.batch.next_seq - 1
    known = aside.get(transaction.today, {})
    process(transaction, counts, last=last_step(transaction), aside=known)
    if counts.anything and not accept_mass:
        from mailctl.tick.mass import check_mass

        check_mass(transaction, counts, last_seq)
    _mark(transaction)


def last_step(reader: Reader) -> date:
    """The day of the last tick; before the first one, the day that the store was made."""
    day = reader.day(
        "SELECT coalesce(last_tick_on, (SELECT happened_on FROM batch WHERE id = 1)) FROM clock"
    )
    assert day is not None
    return day
