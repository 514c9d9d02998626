"""The tick: which days are processed, in which transactions, and what holds it back (rules 2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from mailctl import clock
from mailctl.clock import ClockKind
from mailctl.effects import held_deletions
from mailctl.errors import ClockBackwardsError, MassChangeError, UsageError, WallClockError
from mailctl.store import notice_queue
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite.file_store import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.notice_queue import Unsent
from mailctl.tick.counts import Counts
from mailctl.tick.day import DayBrokenError, process

EVENTS_PER_TRANSACTION = 50_000
"""Days share a transaction up to this many events: a crash loses whole days, never half of one."""

LINES_OF_A_PLAN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What a tick did: from the date the clock stood at to the date it stands at now.

    `unsent` are the notices that wait for more than a day, with the day of the oldest; `why_held`
    says for what deletions wait, and the command that helps.
    """

    from_on: date
    to_on: date
    dry_run: bool
    counts: Counts
    currency: str
    unsent: Unsent | None
    why_held: tuple[str, str]
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
    dry_run: bool = False,
) -> Ticked:
    """Let time pass.

    A wall clock takes no date (WallClockError) and processes today; MassChangeError where that
    would end too many accounts. A manual clock processes every day up to `to`, or `days` more, or
    one; ClockBackwardsError for a day that is past.
    """
    counts = Counts()
    with store.read() as reader:
        manual = reader.info.clock is ClockKind.MANUAL
        target = _target(reader, to, days)
    if not manual:
        return _process_today(
            store, accept_gap=accept_gap, accept_mass=accept_mass, dry_run=dry_run
        )
    first: date | None = None
    aside: Aside = {}
    while True:
        done = Counts()
        try:
            with store.write("tick", dry_run=dry_run) as transaction:
                start = transaction.reached_on
                _process_days(transaction, target, done, aside, whole=dry_run)
                ticked = _ticked(transaction, start, done, dry_run=dry_run)
        except DayBrokenError as broken:
            aside.setdefault(broken.day, {}).update(broken.customers)
            continue
        first = first or start
        counts.add(done)
        if ticked.to_on >= target:
            return replace(ticked, from_on=first, counts=counts)


def _ticked(transaction: Transaction, start: date, counts: Counts, *, dry_run: bool) -> Ticked:
    # All that is reported is read before the commit: after it, nothing may fail any more.
    return Ticked(
        from_on=start,
        to_on=transaction.today,
        dry_run=dry_run,
        counts=counts,
        currency=transaction.info.currency,
        unsent=notice_queue.unsent_for_a_day(transaction),
        why_held=held_deletions.why(transaction),
        warnings=tuple(transaction.warnings),
    )


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


def _process_today(store: Store, *, accept_gap: bool, accept_mass: bool, dry_run: bool) -> Ticked:
    aside: Aside = {}
    while True:
        counts = Counts()
        try:
            with store.write("tick", dry_run=dry_run, accept_gap=accept_gap) as transaction:
                before = transaction.reached_on
                last_seq = transaction.batch.next_seq - 1
                known = aside.get(transaction.today, {})
                process(transaction, counts, last=last_step(transaction), aside=known)
                if not accept_mass:
                    check_mass(transaction, counts, last_seq)
                _mark(transaction)
                return _ticked(transaction, before, counts, dry_run=dry_run)
        except DayBrokenError as broken:
            aside.setdefault(broken.day, {}).update(broken.customers)


def last_step(reader: Reader) -> date:
    """The day of the last tick; before the first one, the day that the store was made."""
    day = reader.day(
        "SELECT coalesce(last_tick_on, (SELECT happened_on FROM batch WHERE id = 1)) FROM clock"
    )
    assert day is not None
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class _EndedAccount:
    kind: str
    id: int
    address: str | None
    platform: str

    def __str__(self) -> str:
        return f"{self.kind}: account {self.id} ({self.address or 'blank'}) of {self.platform}"


def check_mass(transaction: Transaction, counts: Counts, last_seq: int) -> None:
    """MassChangeError where many accounts would end at once: the clock may be wrong (rules 2).

    Those that ended since the journal's row `last_seq` count.
    """
    ended = transaction.number(
        """
        SELECT count(DISTINCT subject)
        FROM journal
        WHERE seq > :last AND kind IN ('suspended', 'deleted')
        """,
        {"last": last_seq},
    )
    if ended <= transaction.setting_number("mass-accounts"):
        return
    live_before = counts.deleted + transaction.number(
        "SELECT count(*) FROM account WHERE next_on IS NOT NULL"
    )
    if ended * 100 <= live_before * transaction.setting_number("mass-percent"):
        return
    lines = [
        str(account)
        for account in transaction.facts(
            _EndedAccount,
            """
            SELECT j.kind, a.id, a.address, p.name AS platform
            FROM journal j
                JOIN account a ON j.subject = 'account/' || a.id
                JOIN platform p ON p.id = a.platform_id
            WHERE j.seq > :last AND j.kind IN ('suspended', 'deleted')
            ORDER BY j.seq
            """,
            {"last": last_seq},
        )
    ]
    more = len(lines) - LINES_OF_A_PLAN
    raise MassChangeError(
        f"this tick would suspend {counts.suspended_expired + counts.suspended_debt} and delete "
        f"{counts.deleted} of {live_before} accounts",
        lines=(*lines[:LINES_OF_A_PLAN], *((f"and {more} more",) if more > 0 else ())),
        hint="check the date and the list; if they are right: mailctl tick --accept-mass",
    )
