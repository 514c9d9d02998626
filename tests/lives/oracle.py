"""The rules of the business a second time, naively: one account, one day, one line at a time.

An oracle for random lives: written from the rules alone, it shares no code and no shape with the
program. Commands are methods; a refused one raises `RefusedError` with the program's error code and
changes nothing. Import lines are taken as valid. Money is integer cents, tax rates are hundredths
of a percent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tests.lives.calendar_oracle import expiry_after, monthly_date_after
from tests.lives.oracle_state import (
    Account,
    Customer,
    Invoice,
    Platform,
    RefusedError,
    Tariff,
    account_data,
    customer_data,
    invoice_data,
    normal,
    platform_data,
    refuse_first,
    text,
)

MONTHS = {"monthly": 1, "yearly": 12}
ANNOUNCED = timedelta(days=40)


class Oracle(Tariff):
    """A whole store, as plain lists and dictionaries."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.retention = 14
        self.customers: dict[str, Customer] = {}
        self.platforms: dict[str, Platform] = {}
        self.accounts: list[Account] = []
        self.invoices: list[Invoice] = []
        self.domains: dict[str, str] = {}
        self.announced: set[tuple[int, date]] = set()
        self.promised: dict[tuple[int, date], int] = {}

    # Customers and platforms

    def add_customer(
        self, name: str, country: str, payment_days: int = 7, opening_cents: int = 0
    ) -> None:
        """Take a customer in, with the balance that an import gives."""
        refuse_first(["already-exists"] if name in self.customers else [])
        customer = Customer(id=name, country=country, payment_days=payment_days)
        self.customers[name] = customer
        if opening_cents:
            self._move(customer, "credit" if opening_cents > 0 else "reversal", opening_cents)

    def edit_customer(self, name: str, country: str, payment_days: int) -> None:
        """Change what later invoices are made of."""
        customer = self.customers[name]
        customer.country, customer.payment_days = country, payment_days

    def add_platform(
        self, name: str, customer: str, offer: str, created_on: date | None = None
    ) -> None:
        """Subscribe a customer to an offer; import gives an earlier day."""
        codes = [] if customer in self.customers else ["customer-not-found"]
        codes += [] if offer in self.likes else ["offer-not-found"]
        refuse_first(codes + (["already-exists"] if name in self.platforms else []))
        owner, created_on = self.customers[customer], created_on or self.today
        self.platforms[name] = Platform(
            name=name, customer=owner, offer=offer, created_on=created_on
        )

    def set_retention(self, days: int) -> None:
        """Set how long a suspended account is kept, for suspensions from now on."""
        self.retention = days

    def is_private(self, platform: Platform) -> bool:
        """Whether the platform's accounts share its own monthly date."""
        return self.likes[platform.offer] == "private-exchange"

    def cancel(self, name: str) -> None:
        """Decide a platform's end: nothing renews any more."""
        platform = self._platform(name, allowed=("active", "cancelled"))
        if platform.state == "cancelled":
            return
        platform.state, platform.cancelled_on = "cancelled", self.today
        for account in self._live(platform):
            account.earlier, account.renewal = account.renewal, "none"
        self._close_if_empty(platform)

    def resume(self, name: str) -> None:
        """Undo a cancel: each account gets its own renewal back, if it is not too late for it."""
        platform = self._platform(name, allowed=("active", "cancelled"))
        if platform.state == "active":
            return
        platform.state, platform.cancelled_on = "active", None
        for account in self._live(platform):
            if account.suspended_for == "expired" or account.expires_on > self.today:
                account.renewal = account.earlier or account.renewal
            account.earlier = None

    def move_domain(self, domain: str, customer: str) -> None:
        """Hand a domain over, once its customer has no address left in it."""
        refuse_first([] if customer in self.customers else ["customer-not-found"])
        addresses = [account.address or "" for account in self._live()]
        used = any(address.endswith(f"@{domain}") for address in addresses)
        if self.domains[domain] != customer and used:
            raise RefusedError("domain-taken")
        self.domains[domain] = customer

    # Accounts

    def order(
        self,
        platform: str,
        addresses: Sequence[str] = (),
        count: int | None = None,
        period: str | None = None,
    ) -> None:
        """Buy accounts and bill their first term."""
        home = self._platform(platform)
        private = self.is_private(home)
        codes = ["no-periodicity"] if private and period == "yearly" else []
        codes += ["address-taken"] if len(set(map(normal, addresses))) < len(addresses) else []
        for address in addresses:
            codes += self._address_codes(home.customer, address)
        codes += ["customer-in-debt"] if self._overdue(home.customer) else []
        refuse_first(codes)
        period = period or home.default_period or "monthly"
        home.default_period = home.default_period or period
        anchor_day = (home.created_on if private else self.today).day
        end = expiry_after(self.today, MONTHS[period], anchor_day)
        if private:
            end = monthly_date_after(home.created_on, self.today)
        wanted: list[str | None] = [*addresses]
        wanted += [None] * ((count or len(addresses)) - len(addresses))
        terms = []
        for given in wanted:
            account = self.import_account(platform, given, period, end, anchor_day)
            terms.append((account, self.today, end, period))
        self._bill(home.customer, terms)

    def import_account(
        self,
        platform: str,
        address: str | None,
        period: str,
        expires_on: date,
        anchor_day: int,
        renewal: str | None = None,
    ) -> Account:
        """Take an account in, without billing it."""
        home = self.platforms[platform]
        account = Account(
            id=len(self.accounts) + 1,
            platform=home,
            address=None,
            period=period,
            renewal=renewal or period,
            anchor_day=anchor_day,
            expires_on=expires_on,
            ordered_on=self.today,
        )
        self.accounts.append(account)
        if address is not None:
            self._give(account, address)
        return account

    def configure(self, number: int, address: str) -> None:
        """Give a blank account its address."""
        account = self._account(number)
        codes = self._idle_codes(account)
        codes += ["already-configured"] if account.address is not None else []
        refuse_first(codes + self._address_codes(account.platform.customer, address))
        self._give(account, address)

    def rename(self, number: int, address: str) -> None:
        """Change an account's address; its own is no change."""
        account = self._account(number)
        codes = self._idle_codes(account)
        codes += ["not-configured"] if account.address is None else []
        if account.address != normal(address):
            codes += self._address_codes(account.platform.customer, address)
        refuse_first(codes)
        self._give(account, address)

    def renew(self, numbers: Sequence[int], mode: str) -> None:
        """Choose what happens at the expiry of some accounts: all of them, or none."""
        codes: list[str] = []
        accounts = [self._account(number) for number in numbers]
        for account in accounts:
            codes += self._unrenewable_codes(account.platform) + self._idle_codes(account)
            codes += ["already-expired"] if account.expires_on <= self.today else []
        refuse_first(codes)
        for account in accounts:
            account.renewal = mode

    def renew_all(self, platform: str, mode: str) -> None:
        """Choose for every active account of a platform that is before its expiry."""
        home = self._platform(platform)
        refuse_first(self._unrenewable_codes(home))
        for account in self._live(home):
            if account.state == "active" and account.expires_on > self.today:
                account.renewal = mode

    def reset(self, number: int) -> None:
        """Erase a mailbox and free its address; the account stays."""
        account = self._account(number)
        codes = self._idle_codes(account)
        codes += ["not-resettable"] if self.is_private(account.platform) else []
        refuse_first(codes + (["not-configured"] if account.address is None else []))
        account.address, account.reset_on = None, self.today

    def delete(self, number: int) -> None:
        """Take an account of a private-exchange platform away at once."""
        account = self._account(number)
        codes = self._idle_codes(account) if account.state == "deleted" else []
        refuse_first(codes + ([] if self.is_private(account.platform) else ["not-deletable"]))
        self._take_away(account)
        self._close_if_empty(account.platform)

    # Announced prices

    def announce(self) -> None:
        """Tell of every yearly renewal that is at most forty days away; whoever looks, does."""
        for account in self._live():
            if self._is_ahead(account) and account.expires_on <= self.today + ANNOUNCED:
                self.announced.add((account.id, account.expires_on))

    def _is_ahead(self, account: Account) -> bool:
        """Whether an account will renew for a year, as things stand."""
        renews = account.state == "active" and account.renewal == "yearly"
        return renews and account.expires_on > self.today

    def cost(self, account: Account, start: date, period: str) -> int:
        """The net price of an account's term: what was announced last, if it is to hold."""
        if period == "yearly" and (account.id, start) in self.promised:
            return self.promised[account.id, start]
        return self.price(account.platform.offer, account.platform.customer.id, period, start)

    def reprice(self, change: Callable[[], None]) -> None:
        """Change prices; a rise less than fifteen days before an announced term is not for it."""
        told = {
            account.id: self.cost(account, account.expires_on, "yearly")
            for account in self._live()
            if (account.id, account.expires_on) in self.announced
        }
        change()
        for number, before in told.items():
            account = self.accounts[number - 1]
            self.promised.pop((number, account.expires_on), None)
            wanted = self.cost(account, account.expires_on, "yearly")
            in_time = account.expires_on - self.today >= timedelta(days=15)
            # A rise that nobody could be notified of is none either.
            if wanted > before and not (in_time and self._is_ahead(account)):
                self.promised[number, account.expires_on] = before

    # Money

    def credit(self, name: str, cents: int) -> None:
        """Record money received; it settles the oldest invoice first and lifts suspensions."""
        customer = self.customers.get(name)
        if customer is None:
            raise RefusedError("customer-not-found")
        codes = ["amount-too-small"] if cents < 1000 and cents != -customer.balance else []
        refuse_first(codes + (["amount-too-large"] if cents > 999_999_999 else []))
        self._move(customer, "credit", cents)
        self._settle(customer)
        overdue = self._overdue(customer)
        for account in self._live():
            mine = account.platform.customer is customer and account.suspended_for == "debt"
            if mine and not any(invoice.holds(account) for invoice in overdue):
                account.state, account.suspended_on = "active", None
                account.suspended_for = account.deletes_on = None

    def _move(self, customer: Customer, kind: str, cents: int, number: str | None = None) -> None:
        before = customer.balance
        customer.ledger.append((self.today, kind, cents, before, before + cents, number))

    def _bill(self, customer: Customer, terms: Sequence[tuple[Account, date, date, str]]) -> None:
        lines = []
        for account, start, end, period in terms:
            unit = self.cost(account, start, period)
            lines.append((account.id, account.address, start, end, unit))
        net = sum(line[4] for line in lines)
        tax = (net * self.rate(customer.country, self.today) + 5000) // 10000
        year = self.today.year
        sequence = 1 + sum(invoice.issued_on.year == year for invoice in self.invoices)
        invoice = Invoice(
            number=f"{year}-{sequence:06d}",
            customer=customer,
            issued_on=self.today,
            due_on=self.today + timedelta(days=customer.payment_days),
            lines=lines,
            net=net,
            tax=tax,
            open_cents=net + tax,
        )
        self.invoices.append(invoice)
        self._move(customer, "charge", -(net + tax), invoice.number)
        self._settle(customer)

    def _settle(self, customer: Customer) -> None:
        money = sum(row[2] for row in customer.ledger if row[1] != "charge")
        for invoice in self.invoices:
            if invoice.customer is customer:
                money -= invoice.net + invoice.tax
                invoice.open_cents = min(invoice.net + invoice.tax, max(0, -money))
                if invoice.open_cents == 0 and invoice.paid_on is None:
                    invoice.paid_on = self.today

    def _open(self, customer: Customer) -> list[Invoice]:
        return [i for i in self.invoices if i.customer is customer and i.is_open]

    def _holding(self, account: Account) -> list[Invoice]:
        return [i for i in self._open(account.platform.customer) if i.holds(account)]

    def _overdue(self, customer: Customer) -> list[Invoice]:
        return [invoice for invoice in self._open(customer) if invoice.due_on < self.today]

    # Time

    def tick_to(self, day: date) -> None:
        """Live every day until one, as a manual clock does."""
        if day < self.today:
            raise RefusedError("clock-backwards")
        while self.today < day:
            self.wall_tick(self.today + timedelta(days=1))

    def wall_tick(self, day: date) -> None:
        """Process one step, however late: all that is due on or before its day (rules 11)."""
        self.today = day
        for account in self._live():
            overdue = self._overdue(account.platform.customer)
            if account.state == "active" and any(invoice.holds(account) for invoice in overdue):
                self._suspend(account, "debt", max(self.retention, 7))
        for customer in self.customers.values():
            self._renew_due(customer)
        for account in self._live():
            if account.state == "active" and account.expires_on <= day:
                self._suspend(account, "expired", self.retention)
        for account in self._live():
            if account.deletes_on is not None and account.deletes_on <= day:
                self._take_away(account)
        for platform in self.platforms.values():
            self._close_if_empty(platform)
        self.announce()

    def _renew_due(self, customer: Customer) -> None:
        terms = []
        for account in self._live():
            if account.platform.customer is not customer or account.state != "active":
                continue
            while account.renewal != "none" and account.expires_on <= self.today:
                start, account.period = account.expires_on, account.renewal
                account.expires_on = expiry_after(start, MONTHS[account.period], account.anchor_day)
                terms.append((account, start, account.expires_on, account.period))
        if terms:
            self._bill(customer, terms)

    def _suspend(self, account: Account, why: str, days: int) -> None:
        account.state, account.suspended_for, account.suspended_on = "suspended", why, self.today
        account.deletes_on = self.today + timedelta(days=days)

    def _take_away(self, account: Account) -> None:
        account.state, account.deleted_on = "deleted", self.today

    def _close_if_empty(self, platform: Platform) -> None:
        if platform.state == "cancelled" and not self._live(platform):
            platform.state, platform.closed_on = "closed", self.today

    # Looking up

    def _live(self, platform: Platform | None = None) -> list[Account]:
        return [
            account
            for account in self.accounts
            if account.state != "deleted" and platform in (None, account.platform)
        ]

    def _account(self, number: int) -> Account:
        if number > len(self.accounts):
            raise RefusedError("account-not-found")
        return self.accounts[number - 1]

    def _platform(self, name: str, allowed: Sequence[str] = ("active",)) -> Platform:
        if name not in self.platforms:
            raise RefusedError("platform-not-found")
        platform = self.platforms[name]
        refuse_first([] if platform.state in allowed else [f"platform-{platform.state}"])
        return platform

    def _unrenewable_codes(self, platform: Platform) -> list[str]:
        codes = [] if platform.state == "active" else [f"platform-{platform.state}"]
        return codes + (["no-periodicity"] if self.is_private(platform) else [])

    def _idle_codes(self, account: Account) -> list[str]:
        codes = [] if account.state == "active" else ["not-active"]
        return codes + (["platform-closed"] if account.platform.state == "closed" else [])

    def _address_codes(self, customer: Customer, address: str) -> list[str]:
        address = normal(address)
        owner = self.domains.get(address.partition("@")[2], customer.id)
        codes = ["domain-taken"] if owner != customer.id else []
        taken = any(account.address == address for account in self._live())
        return codes + (["address-taken"] if taken else [])

    def _give(self, account: Account, address: str) -> None:
        account.address = normal(address)
        self.domains.setdefault(account.address.partition("@")[2], account.platform.customer.id)

    def snapshot(self) -> dict[str, dict[str, object]]:
        """Everything that the rules decide, as plain data."""
        return {
            "accounts": {
                str(account.id): account_data(account, self._holding(account), self.today)
                for account in self.accounts
            },
            "customers": {
                name: customer_data(customer, self._open(customer))
                for name, customer in self.customers.items()
            },
            "platforms": {
                name: platform_data(platform, self._live(platform))
                for name, platform in self.platforms.items()
            },
            "invoices": {invoice.number: invoice_data(invoice) for invoice in self.invoices},
            "statements": {
                name: [(text(on), *rest) for on, *rest in customer.ledger]
                for name, customer in self.customers.items()
            },
            "domains": dict(self.domains),
        }
