"""Importing an existing host: customers, platforms and accounts, without billing (rules 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from mailctl import clock
from mailctl.actions import undo
from mailctl.actions.customers import keep as keep_customer
from mailctl.actions.platforms import check_new
from mailctl.actions.result import Result
from mailctl.billing import balance as balances
from mailctl.contract import THINGS
from mailctl.domain.addresses import normal_address
from mailctl.domain.lifecycle import (
    Platform,
    PlatformRenewal,
    check_customer_open,
    check_open,
    check_periodic,
)
from mailctl.domain.names import check_name
from mailctl.domain.offers import ExpiryOf, check_period
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.records import Columns, Record, collect, in_column, refused_value
from mailctl.domain.terms import Period, Renewal, is_on_anchor, next_monthly_on, parse_renewal
from mailctl.effects import domain_claims, money_reminders, reminders
from mailctl.errors import AddressTakenError, LinesRefusedError, MailctlError, UsageError
from mailctl.store import accounts, customers, ledger, offers, platforms, words
from mailctl.store.accounts import NewAccount
from mailctl.store.engine.transaction import Transaction
from mailctl.wrong_lines import WrongLines

_TAKEN: Mapping[str, tuple[str, ...]] = {
    "customers": ("id", *customers.PROFILE, "balance_cents"),
    "platforms": ("name", "customer", "offer", "created_on", "renewal"),
    "accounts": ("platform", "address", "period", "expires_on", "anchor_day", "renewal"),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "customers": ("id", "name", "email"),
    "platforms": ("name", "customer", "offer", "created_on"),
    "accounts": ("platform", "address", "period", "expires_on", "anchor_day"),
}
"""The columns that each kind of file cannot do without."""
# The other columns of a list follow from these: its output can be imported. Of them only the state
# and the currency are looked at.
COLUMNS: Mapping[str, Columns] = {
    kind: Columns(
        read=taken,
        needed=NEEDED[kind],
        listed=tuple(key.name for key in THINGS[kind[:-1]].list_keys if key.name not in taken),
    )
    for kind, taken in _TAKEN.items()
}
"""The columns of each kind of file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The records of one file of a kind; `name` is how its wrong lines are named."""

    kind: str
    name: str
    records: Iterable[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCounts:
    """How much was imported, and the opening balances in cents."""

    customers: int
    platforms: int
    accounts: int
    credited_cents: int
    owed_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Result):
    """A host that was imported."""

    thing: str = "import"
    counts: ImportedCounts


@dataclass(slots=True)
class _Taken:
    """What has been imported so far, and what was refused already: each fault is listed once."""

    wrong: WrongLines
    customers: int = 0
    platforms: int = 0
    accounts: list[int] = field(default_factory=list)
    addresses: list[tuple[int, str]] = field(default_factory=list)
    credited_cents: int = 0
    owed_cents: int = 0
    refused: set[tuple[str, str]] = field(default_factory=set)
    known: dict[str, Platform] = field(default_factory=dict)
    unknown: dict[str, MailctlError] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def kind_of(names: frozenset[str]) -> str:
    """The kind of file that has these columns; UsageError where none has."""
    for kind, needed in NEEDED.items():
        if set(needed) <= names:
            return kind
    raise UsageError(
        "the columns are not those of customers, platforms or accounts",
        hint="; ".join(f"{kind}: {','.join(needed)}" for kind, needed in NEEDED.items()),
    )


def take_in(
    transaction: Transaction, files: tuple[File, ...], *, every_error: bool = False
) -> Imported:
    """Import files, customers before platforms before accounts: all of it, or nothing.

    LinesRefusedError has the wrong lines by cause, with `every_error` each of them. Nothing is
    billed, and the mail server has nothing to do: the mailboxes exist. The only notices are those
    of debts, and of events that are nearer than their reminder.
    """
    taken = _Taken(wrong=WrongLines(every=every_error))
    takers: Mapping[str, Callable[[Transaction, _Taken, Record], None]] = {
        "customers": _take_customer,
        "platforms": _take_platform,
        "accounts": _take_account,
    }
    with words.learned_together(transaction):
        for kind, take in takers.items():
            for file in files:
                if file.kind == kind:
                    _take_file(transaction, taken, file, take)
    if taken.wrong.count:
        raise LinesRefusedError(taken.wrong, "imported")
    words.learn_addresses(transaction, taken.addresses)
    reminders.remind_of(transaction, tuple(taken.accounts))
    money_reminders.remind_of_cards(transaction, None)
    counts = ImportedCounts(
        customers=taken.customers,
        platforms=taken.platforms,
        accounts=len(taken.accounts),
        credited_cents=taken.credited_cents,
        owed_cents=taken.owed_cents,
    )
    item = asdict(counts)
    return Imported(
        items=(item,),
        changed=any(item.values()),
        counts=counts,
        undo=undo.never("import into a new store, or a copy that was made before"),
    )


def _take_file(
    transaction: Transaction,
    taken: _Taken,
    file: File,
    take: Callable[[Transaction, _Taken, Record], None],
) -> None:
    for record in file.records:
        try:
            record.check()
            take(transaction, taken, record)
        except _FollowsRefusedError:
            # The import fails for the line that it depends on; naming both would hide that one.
            continue
        except MailctlError as error:
            collect(taken.wrong, record, error, file.name)


class _FollowsRefusedError(MailctlError):
    """The line depends on one that was refused, and only that one is listed."""


def _date(record: Record, name: str) -> date:
    text = record.need(name)
    day = clock.day_written(text)
    if day is None or not clock.FIRST_DAY <= day <= clock.LAST_DAY:
        reason = "is not a date such as 2026-01-31"
        raise refused_value(name, reason, f"{name} is {text!r}, not a date such as 2026-01-31")
    return day


def _take_customer(transaction: Transaction, taken: _Taken, record: Record) -> None:
    slug = record.need("id")
    taken.refused.add(("customer", slug))
    balance = _balance(record.get("balance_cents"))
    if (currency := record.get("currency")) not in (None, transaction.info.currency):
        ours = transaction.info.currency
        raise refused_value(
            "currency",
            f"is not the store's, {ours}",
            f"the store's currency is {ours}, not {currency}",
        )
    _check_state(record, "customers")
    given = {name: record.get(name) for name in customers.PROFILE}
    customer = keep_customer(transaction, slug, given)
    taken.refused.discard(("customer", slug))
    taken.customers += 1
    if balance:
        ledger.add(
            transaction,
            customer,
            MovementKind.CREDIT if balance > 0 else MovementKind.REVERSAL,
            balance,
            reason="opening balance",
        )
        transaction.record("opened", f"customer/{slug}", {"balance_cents": balance})
        balances.changed(transaction, customer.id)
        taken.credited_cents += max(0, balance)
        taken.owed_cents += max(0, -balance)


def _check_state(record: Record, kind: str) -> None:
    """UsageError for a state that means an end: only what is active is imported."""
    alive = "open" if kind == "customers" else "active"
    if (state := record.get("state")) not in (None, alive):
        only = f"only {alive} {kind} are imported"
        raise refused_value("state", f"is not {alive}: {only}", f"the state is {state!r}: {only}")


def _balance(text: str | None) -> int:
    digits = (text or "0").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise refused_value(
            "balance_cents", "is not whole cents", f"balance_cents is {text!r}, not whole cents"
        )
    return int(text or "0")


def _take_platform(transaction: Transaction, taken: _Taken, record: Record) -> None:
    with in_column("name"):
        name = check_name(record.need("name"), "name of a platform")
    slug = record.need("customer")
    taken.refused.add(("platform", name))
    _check_follows(taken, "customer", slug)
    with in_column("customer"):
        customer = customers.find(transaction, slug)
        check_customer_open(customer.slug, customer.state)
    with in_column("offer"):
        offer = offers.find(transaction, record.need("offer"))
    with in_column("name"):
        check_new(transaction, name)
    _check_state(record, "platforms")
    created_on = _date(record, "created_on")
    if created_on > transaction.today:
        reason = f"is after today, {transaction.today}"
        raise refused_value("created_on", reason, f"created_on is {created_on}, {reason[3:]}")
    renewal = _platform_renewal(record)
    if renewal is PlatformRenewal.MANUAL and offer.expiry_of is ExpiryOf.PLATFORM:
        reason = f"is manual, but a platform of {offer.name} renews automatically"
        raise refused_value("renewal", reason, f"renewal {reason}")
    platforms.add(transaction, name, customer.id, offer.id, created_on=created_on, renewal=renewal)
    transaction.record("imported", f"platform/{name}", {"created_on": created_on.isoformat()})
    taken.refused.discard(("platform", name))
    taken.platforms += 1


def _platform_renewal(record: Record) -> PlatformRenewal:
    text = record.get("renewal") or PlatformRenewal.AUTOMATIC
    try:
        return PlatformRenewal(text)
    except ValueError:
        raise refused_value(
            "renewal",
            "is not automatic or manual",
            f"renewal is {text!r}, not automatic or manual",
        ) from None


def _check_follows(taken: _Taken, noun: str, name: str) -> None:
    if (noun, name) in taken.refused:
        raise _FollowsRefusedError(f"its {noun} {name} was refused")


def _platform(transaction: Transaction, taken: _Taken, name: str) -> Platform:
    if name in taken.unknown:
        # Without what it gathered when it was raised before.
        raise taken.unknown[name].with_traceback(None)
    if name not in taken.known:
        _check_follows(taken, "platform", name)
        try:
            with in_column("platform"):
                found = platforms.find(transaction, name)
                check_customer_open(found.customer, found.customer_state)
                check_open(found)
        except MailctlError as refused:
            # Names like it are searched for once, however many accounts it has.
            taken.unknown[name] = refused
            raise
        taken.known[name] = found
    return taken.known[name]


def _take_account(transaction: Transaction, taken: _Taken, record: Record) -> None:
    platform = _platform(transaction, taken, record.need("platform"))
    _check_state(record, "accounts")
    period = Period(_mode(record, "period", None))
    renewal = _mode(record, "renewal", Renewal(period))
    with in_column("period"):
        check_period(platform.offer, platform.expiry_of, period)
    if renewal is not Renewal.MONTHLY and platform.expiry_of is ExpiryOf.PLATFORM:
        with in_column("renewal"):
            check_periodic(platform)
    expires_on = _date(record, "expires_on")
    anchor_day = _anchor(record)
    _check_expiry(transaction, platform, expires_on, anchor_day)
    address, domain_id = None, None
    if text := record.get("address"):
        with in_column("address"):
            address = normal_address(text)
            _check_given_once(taken, address, record.line)
            domain_claims.check_address(transaction, platform, address)
        domain_id = domain_claims.claim(transaction, platform, address)
    account_id = accounts.add(
        transaction,
        NewAccount(
            platform_id=platform.id,
            address=address,
            domain_id=domain_id,
            period=period,
            renewal=renewal,
            order_number=None,
            anchor_day=anchor_day,
            expires_on=expires_on,
        ),
        learn=False,
    )
    transaction.record(
        "imported",
        f"account/{account_id}",
        {"period": period.value, "renewal": renewal.value, "expires_on": expires_on.isoformat()},
        {"address": address} if address else None,
    )
    taken.accounts.append(account_id)
    if address is not None:
        taken.addresses.append((account_id, address))


def _check_given_once(taken: _Taken, address: str, line: int) -> None:
    if address in taken.lines:
        raise AddressTakenError(f"{address} is given on line {taken.lines[address]} already")
    taken.lines[address] = line


def _mode(record: Record, name: str, usual: Renewal | None) -> Renewal:
    text = record.get(name) or (usual.value if usual else record.need(name))
    try:
        mode = parse_renewal(text)
    except ValueError:
        mode = None
    if mode is None or (name == "period" and mode is Renewal.NONE):
        wanted = "monthly or yearly" if name == "period" else "monthly, yearly or none"
        raise refused_value(name, f"is not {wanted}", f"{name} is {text!r}, not {wanted}")
    return mode


def _anchor(record: Record) -> int:
    text = record.need("anchor_day")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 31):
        reason = "is not a day of the month, 1 to 31"
        raise refused_value("anchor_day", reason, f"anchor_day is {text!r}, not 1 to 31")
    return int(text)


def _check_expiry(
    transaction: Transaction, platform: Platform, expires_on: date, anchor_day: int
) -> None:
    """An expiry lies after today and on the anchor, or on the platform's date (rules 6)."""
    if expires_on <= transaction.today:
        reason = f"is not after today, {transaction.today}"
        raise refused_value("expires_on", reason, f"expires_on is {expires_on}, {reason[3:]}")
    if platform.expiry_of is ExpiryOf.PLATFORM:
        due = next_monthly_on(platform.created_on, transaction.today)
        if expires_on != due:
            raise refused_value(
                "expires_on",
                "is not the day on which the platform renews",
                f"expires_on is {expires_on}, but {platform.name} renews on {due}",
            )
        if anchor_day != platform.created_on.day:
            raise refused_value(
                "anchor_day",
                "is not the day on which the platform was created",
                f"anchor_day is {anchor_day}, but {platform.name} was created on "
                f"{platform.created_on}",
            )
    elif not is_on_anchor(expires_on, anchor_day):
        raise refused_value(
            "expires_on",
            "is not on the anchor day, or on the last day of a shorter month",
            f"expires_on is {expires_on}, which is not on the anchor day {anchor_day}",
        )
