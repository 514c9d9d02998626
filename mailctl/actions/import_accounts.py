"""Taking in the accounts of an existing host, some thousand lines at a time (rules 6)."""

from __future__ import annotations

from array import array
from datetime import date
from types import TracebackType
from typing import NamedTuple, Self

from mailctl.actions.import_lines import Refusals, check_state, date_of, forgotten
from mailctl.domain.addresses import domain_of, normal_address
from mailctl.domain.lifecycle import Platform, check_customer_open, check_open, check_periodic
from mailctl.domain.offers import ExpiryOf, check_period
from mailctl.domain.records import Record, in_column, refused_value
from mailctl.domain.terms import Period, Renewal, is_on_anchor, next_monthly_on, parse_renewal
from mailctl.effects import domain_claims
from mailctl.errors import AddressTakenError, MailctlError
from mailctl.store import accounts, domains, platforms
from mailctl.store.accounts import NewAccount
from mailctl.store.engine.journal import Entry, compact, compact_text
from mailctl.store.engine.transaction import Transaction
from mailctl.store.refused_addresses import RefusedAddresses

_MOST_UNKNOWN = 1_000
_TERM_COLUMNS = ("period", "renewal", "expires_on", "anchor_day", "state")


class _Term(NamedTuple):
    """The running term of an account, and what the journal says of it."""

    period: Period
    renewal: Renewal
    anchor_day: int
    expires_on: date
    details: str


class _Place(NamedTuple):
    """A platform; `terms` are those found right, by what lines say, for all platforms like it."""

    platform: Platform
    terms: dict[tuple[str | None, ...], _Term]


class _Owned:
    """A domain and whose it is; one that a line claims has no key before that line is written."""

    __slots__ = ("customer", "customer_id", "id", "name")

    def __init__(self, id_: int | None, name: str, customer_id: int, customer: str) -> None:
        self.id = id_
        self.name = name
        self.customer_id = customer_id
        self.customer = customer


class _New(NamedTuple):
    line: int
    platform: Platform
    term: _Term
    address: str | None
    domain: _Owned | None


class AccountsTaker:
    """Takes in accounts, whose platforms are there already; used as a context.

    Nothing is looked for line by line: platforms, domains and the holders of addresses are asked
    for together. `first_id` is the id of the first account.
    """

    def __init__(self, transaction: Transaction, refusals: Refusals) -> None:
        self._transaction = transaction
        self._refusals = refusals
        self._places: dict[str, _Place] = {}
        self._terms: dict[tuple[object, ...], dict[tuple[str | None, ...], _Term]] = {}
        self._unknown: dict[str, MailctlError] = {}
        self._domains: dict[str, _Owned] = {}
        self._lines = array("q")
        self._refused = RefusedAddresses(transaction)
        self.first_id: int | None = None
        self.written = 0

    def __enter__(self) -> Self:
        self._refused.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._refused.__exit__(kind, error, traceback)

    def check(self, records: list[Record], file: str) -> list[_New]:
        """The accounts to be written, and their lines."""
        self._look_up_platforms(records)
        found = [(record, self._checked(record)) for record in records]
        named = {new.address for _, new in found if isinstance(new, _New) and new.address}
        self._look_up_domains({domain_of(address) for address in named})
        given = self._refused.lines_of(named)
        holders = accounts.holders_of(self._transaction, named)
        checked: list[_New] = []
        refused: list[tuple[str, int]] = []
        for record, new in found:
            if isinstance(new, MailctlError):
                self._refusals.add(record, new, file)
            elif new.address is None:
                checked.append(new)
            else:
                try:
                    checked.append(self._with_domain(new, new.address, given, holders))
                except MailctlError as error:
                    error.column = "address"
                    self._refusals.add(record, error, file)
                    if given.setdefault(new.address, new.line) == new.line:
                        refused.append((new.address, new.line))
        self._refused.keep(refused)
        return checked

    def _look_up_platforms(self, records: list[Record]) -> None:
        names = {name for record in records if (name := record.get("platform"))}
        for platform in platforms.named(self._transaction, names - self._places.keys()):
            # What is wrong with a platform is found as of one that is not there.
            if _is_open(platform) and platform.name not in self._refusals.names["platform"]:
                like = (platform.offer, platform.expiry_of, _renews_with(platform))
                terms = self._terms.setdefault(like, {})
                self._places[platform.name] = _Place(platform, terms)

    def _look_up_domains(self, names: set[str]) -> None:
        for one in domains.named(self._transaction, names - self._domains.keys()):
            self._domains[one.name] = _Owned(one.id, one.name, one.customer_id, one.customer)

    def _checked(self, record: Record) -> _New | MailctlError:
        """A line that is right by itself."""
        try:
            record.check()
            values = record.values
            place = self._places.get(record.need("platform")) or self._place(record)
            said = tuple([values.get(name) for name in _TERM_COLUMNS])
            term = place.terms.get(said)
            if term is None:
                term = place.terms[said] = self._term(record, place.platform)
            text = values.get("address")
            if not text:
                return _New(record.line, place.platform, term, None, None)
            try:
                address = normal_address(text)
            except MailctlError as error:
                error.column = "address"
                return forgotten(error)
            return _New(record.line, place.platform, term, address, None)
        except MailctlError as error:
            return forgotten(error)

    def _place(self, record: Record) -> _Place:
        """The refusal of a platform that is not there, or not open."""
        name = record.need("platform")
        if name in self._unknown:
            # Without what it gathered when it was raised before.
            raise self._unknown[name].with_traceback(None)
        self._refusals.check_follows("platform", name)
        try:
            with in_column("platform"):
                platform = platforms.find(self._transaction, name)
                check_customer_open(platform.customer, platform.customer_state)
                check_open(platform)
        except MailctlError as refused:
            # Names like it are searched for once, however many accounts it has.
            if len(self._unknown) >= _MOST_UNKNOWN:
                self._unknown.clear()
            self._unknown[name] = refused
            raise
        return self._places[name]

    def _term(self, record: Record, platform: Platform) -> _Term:
        check_state(record, "accounts")
        period = Period(_mode(record, "period", None))
        renewal = _mode(record, "renewal", Renewal(period))
        with in_column("period"):
            check_period(platform.offer, platform.expiry_of, period)
        if renewal is not Renewal.MONTHLY and platform.expiry_of is ExpiryOf.PLATFORM:
            with in_column("renewal"):
                check_periodic(platform)
        expires_on = date_of(record, "expires_on")
        anchor_day = _anchor(record)
        _check_expiry(self._transaction.today, platform, expires_on, anchor_day)
        details = {
            "period": period.value,
            "renewal": renewal.value,
            "expires_on": expires_on.isoformat(),
        }
        return _Term(period, renewal, anchor_day, expires_on, compact(details))

    def _with_domain(
        self, new: _New, address: str, given: dict[str, int], holders: dict[str, int]
    ) -> _New:
        """The account with its address's domain, which nobody else has; it may be new."""
        holder = holders.get(address)
        before = given.get(address)
        if holder is not None and self.first_id is not None and holder >= self.first_id:
            before = self._lines[holder - self.first_id]
        if before is not None:
            raise AddressTakenError(f"{address} is given on line {before} already")
        given[address] = new.line
        name, platform = domain_of(address), new.platform
        domain = self._domains.get(name)
        if domain is None:
            domain = _Owned(None, name, platform.customer_id, platform.customer)
        elif domain.customer_id != platform.customer_id:
            raise domain_claims.domain_taken(address, domain.customer)
        if holder is not None:
            raise domain_claims.address_taken(address, holder)
        self._domains[name] = domain
        return new._replace(domain=domain)

    def write(self, checked: list[_New]) -> None:
        """Write accounts and the domains that they claim, with what the journal says of them."""
        if not checked:
            return
        claims = dict.fromkeys(
            new.domain for new in checked if new.domain is not None and new.domain.id is None
        )
        of_claims = [(domain.name, domain.customer_id) for domain in claims]
        for domain, key in zip(
            claims, domains.claim_all(self._transaction, of_claims), strict=True
        ):
            domain.id = key
        keys = accounts.add_all(self._transaction, [_added(new) for new in checked])
        entries: list[Entry] = []
        for account_id, new in zip(keys, checked, strict=True):
            if new.domain is not None and new.domain in claims:
                del claims[new.domain]
                of_domain = compact_text("domain", new.domain.name)
                customer = f"customer/{new.domain.customer}"
                entries.append(Entry("domain-claimed", customer, None, of_domain))
            personal = None if new.address is None else compact_text("address", new.address)
            entries.append(Entry("imported", f"account/{account_id}", new.term.details, personal))
        self._transaction.record_all(entries)
        self._lines.extend([new.line for new in checked])
        self.first_id = keys[0] if self.first_id is None else self.first_id
        self.written += len(checked)


def _added(new: _New) -> NewAccount:
    term, domain = new.term, new.domain
    return NewAccount(
        new.platform.id,
        new.address,
        None if domain is None else domain.id,
        term.period,
        term.renewal,
        term.anchor_day,
        term.expires_on,
    )


def _is_open(platform: Platform) -> bool:
    try:
        check_customer_open(platform.customer, platform.customer_state)
        check_open(platform)
    except MailctlError:
        return False
    return True


def _renews_with(platform: Platform) -> date | None:
    """The platform's own date, where its accounts renew with it."""
    return platform.created_on if platform.expiry_of is ExpiryOf.PLATFORM else None


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


def _check_expiry(today: date, platform: Platform, expires_on: date, anchor_day: int) -> None:
    """An expiry lies after today and on the anchor, or on the platform's date (rules 6)."""
    if expires_on <= today:
        reason = f"is not after today, {today}"
        raise refused_value("expires_on", reason, f"expires_on is {expires_on}, {reason[3:]}")
    if platform.expiry_of is ExpiryOf.PLATFORM:
        due = next_monthly_on(platform.created_on, today)
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
