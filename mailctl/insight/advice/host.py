"""Findings about the host itself: its clock, its prices, its invoices, its mail server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailctl.clock import ClockKind, is_still_to_come
from mailctl.domain.money import typed_amount
from mailctl.domain.tax import is_in_the_tax
from mailctl.effects import after_restore
from mailctl.errors import MassChangeError
from mailctl.hints import command, named
from mailctl.insight.advice.finding import Finding, Severity, money
from mailctl.store import backups, customers, restorations
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.advice import host
from mailctl.store.queries.advice.scope import Scope
from mailctl.store.restorations import Wait

SELLER = (
    "seller-name",
    "seller-street",
    "seller-postcode",
    "seller-city",
    "seller-vat-number",
    "seller-iban",
)


def clock(scope: Scope) -> Iterator[Finding]:
    """A store on the real clock where no tick has run for more than a day."""
    reader = scope.reader
    if scope.customer is not None or reader.info.clock is ClockKind.MANUAL:
        return
    found = host.last_tick(scope)
    if found.last_tick_at is not None and is_still_to_come(found.last_tick_at):
        yield Finding(
            code="clock-ahead",
            severity=Severity.URGENT,
            subject="store",
            message=f"The last tick is recorded at {found.last_tick_at}, which is still to come: "
            "the system's clock was ahead then, or is behind now. Set it right (date) first; the "
            f"store's own day stays {scope.today} until the real one is later.",
            command=command("tick"),
        )
        return
    last = found.last_tick_on or found.made_on
    if (scope.today - last).days <= 1:
        return
    ending = _ends_too_many(reader)
    is_gap = (scope.today - reader.reached_on).days > reader.setting_number("gap-days")
    when = f"The last tick was on {last}" if found.last_tick_on else "There was no tick yet"
    yield Finding(
        code="clock-behind",
        severity=Severity.URGENT,
        subject="store",
        message=f"{when}: what fell due since then is not processed. Let cron run it every "
        "day (mailctl help lifecycle has its line)."
        + (" The last write is so old that today's date may be wrong: check it." * is_gap)
        + (f" But {ending}: mailctl tick shows the list, to be looked at first." if ending else ""),
        command=command(
            "tick", *(["--accept-gap"] * is_gap), *(["--accept-mass"] if ending else [])
        ),
    )


def restored(scope: Scope) -> Iterator[Finding]:
    """What waits for a person since the store was restored from a backup (rules 18)."""
    reader = scope.reader
    if scope.customer is not None:
        return
    waiting = [what for what in Wait if restorations.waits(reader, what)]
    for what in waiting:
        if not _is_waited_for(reader, what):
            continue
        meaning, helps = _AFTER_RESTORE[what]
        when = after_restore.restored(reader)
        yield Finding(
            code="restore-unfinished",
            severity=Severity.URGENT,
            subject=what.value,
            message=f"{when[0].upper()}{when[1:]}: {meaning}",
            command=helps,
        )


def _is_waited_for(reader: Reader, what: Wait) -> bool:
    """Whether something would go on: nothing does without a driver, or a payment to ask for."""
    if what is Wait.CREATES:
        return bool(reader.setting("driver"))
    return what is Wait.TICK or host.has_unasked(reader)


_NO_TICK = (
    "nothing is billed and no letter is sent. Take in first the bank's files since the backup "
    "(mailctl bank import FILE), and enter what the gateways say."
)
_NO_FILE = (
    "the first file for the bank or a gateway waits. Take in first what they say since the backup "
    "(mailctl bank import FILE), and wait for the answers to files that were given to them."
)
_NO_MAILBOX = "no mailbox is made until the mail server was compared with this store."
_AFTER_RESTORE = {
    Wait.TICK: (_NO_TICK, after_restore.TICK),
    Wait.PAYMENT_EXPORT: (_NO_FILE, after_restore.EXPORT),
    Wait.CREATES: (_NO_MAILBOX, command("task", "reconcile")),
}


def _ends_too_many(reader: Reader) -> str | None:
    """Why today's tick would be refused as a mass change, or None; tried on a copy in memory."""
    # Needed only where cron has stopped.
    from mailctl.store.engine.sqlite.memory_copy import copy_of_snapshot
    from mailctl.tick.counts import Counts
    from mailctl.tick.day import DayBrokenError, process
    from mailctl.tick.mass import check_mass
    from mailctl.tick.run import last_step

    with copy_of_snapshot(reader) as copy:
        try:
            with copy.day(reader.today) as transaction:
                counts, last_seq = Counts(), transaction.batch.next_seq - 1
                process(transaction, counts, last=last_step(reader), aside={})
                check_mass(transaction, counts, last_seq)
        except MassChangeError as refused:
            return refused.message
        except DayBrokenError:
            return None
    return None


def seller(scope: Scope) -> Iterator[Finding]:
    """What invoices must say about the seller, and do not."""
    if scope.customer is not None or not host.has_invoices(scope):
        return
    is_taxed = is_in_the_tax(scope.reader.info.seller_country)
    for name in SELLER:
        # Outside the tax a seller may have none.
        is_needed = is_taxed or name != "seller-vat-number"
        if is_needed and not scope.reader.setting(name):
            what = (
                "customers do not know where to pay"
                if name == "seller-iban"
                else "invoices lack it"
            )
            yield Finding(
                code="seller-incomplete",
                severity=Severity.WARNING,
                subject=f"setting/{name}",
                message=f"{name} is not set: {what}.",
                command=command("settings", "set", name, "-"),
            )


def example_prices(scope: Scope) -> Iterator[Finding]:
    """Prices that nobody has set and accounts are billed at."""
    if scope.customer is not None or not host.has_invoices(scope):
        return
    for price in host.shipped_prices(scope):
        yield Finding(
            code="example-price",
            severity=Severity.WARNING,
            subject=f"offer/{price.offer}",
            message=f"The {price.period} price of {price.offer}, {money(scope, price.cents)}, is "
            "the example that mailctl came with. Set yours, or to keep this one:",
            command=command(
                *("offer", "price", named("offer", price.offer), price.period),
                typed_amount(price.cents),
            ),
        )


def erasure(scope: Scope) -> Iterator[Finding]:
    """Pages of erased customers that are not overwritten: others had the store open."""
    since_on = scope.reader.erasing_since_on
    name = customers.last_erased(scope.reader)
    if since_on is None or name is None or scope.customer not in (None, name):
        return
    yield Finding(
        code="erasure-unfinished",
        severity=Severity.WARNING,
        customer=name,
        subject="store",
        message=f"Traces of what was erased are in the store's file since {since_on}: another "
        "program read it then. Once no other has it open:",
        command=command("customer", "erase", named("customer", name), "--confirm", name),
    )


def backup(scope: Scope) -> Iterator[Finding]:
    """A store on the real clock of which no backup was made for days, since it was made at least.

    Not on a copy: nobody keeps backups of one.
    """
    reader = scope.reader
    days = reader.setting_number("backup-days")
    is_trial = reader.info.clock is ClockKind.MANUAL or reader.moved is not None
    if scope.customer is not None or is_trial or days == 0:
        return
    made = backups.of_all_folders(reader)
    last_at = made[0].made_at if made else reader.info.created_at
    age = (scope.today - date.fromisoformat(last_at[:10])).days
    if age <= days:
        return
    if made:
        message = (
            f"The last backup is {age} days old ({last_at}, in {made[0].folder}): what was done "
            "since then is lost with the disk. See why none was made."
        )
        way = command("store", "backup", made[0].folder)
    else:
        message = (
            "No backup was ever made: everything is lost with the disk. Have cron make one every "
            "night, best on another disk; where the store is copied in another way, set "
            "backup-days to 0."
        )
        way = command("store", "backup", "--help")
    yield Finding(
        code="no-backup",
        severity=Severity.URGENT if made else Severity.WARNING,
        subject="store",
        message=message,
        command=way,
    )
