"""The commercial rules a second time: orders that wait, credit notes, money back, payments.

An oracle from the rules alone, as `oracle.py`: a refused command raises `RefusedError` with the
program's code and changes nothing. Money is integer cents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.lives.calendar_oracle import expiry_after
from tests.lives.oracle import MONTHS, Oracle
from tests.lives.oracle_state import (
    Account,
    Customer,
    Invoice,
    RefusedError,
    refuse_first,
    text,
)

EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
)
RETRIES = (1, 3, 5)
TRIED_DAYS = 30
Term = tuple[Account, date, date, str]


@dataclass(slots=True, kw_only=True, eq=False)
class Bill(Invoice):
    """An invoice that credit notes may give back; `returned` are the places of its lines."""

    rate: int = 0
    returned: set[int] = field(default_factory=set)
    returned_net: int = 0
    returned_tax: int = 0
    first_back: date | None = None

    def holds(self, account: Account) -> bool:
        """Whether a line that is not given back is for this account."""
        return any(
            line[0] == account.id and place not in self.returned
            for place, line in enumerate(self.lines)
        )

    @property
    def counts(self) -> int:
        """Its total less its credit notes."""
        return self.net + self.tax - self.returned_net - self.returned_tax


@dataclass(slots=True, kw_only=True, eq=False)
class Order:
    """A purchase order; `deliver` does it again as of the day, and gives its terms.

    `came` are the rows of the customer's statement by which money came for it.
    """

    number: int
    customer: Customer
    kind: str
    total: int
    status: str
    valid_until: date | None = None
    plan: Callable[[], list[Term]] | None = None
    deliver: Callable[[], list[Term]] | None = None
    later: tuple[str, int, str] | None = None
    came: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False)
class Payment:
    """Money being collected; `row` is its place in the ledger, `credits` those of later money."""

    id: int
    customer: Customer
    amount: int
    kind: str
    created_on: date
    row: int | None = None
    credits: list[int] = field(default_factory=list)
    status: str = "pending"
    exported_on: date | None = None
    first_failure: date | None = None
    failures: int = 0
    next_try_on: date | None = None


def half_up(net: int, rate: int) -> int:
    """Tax of a net amount, rounded half up to the cent."""
    return (net * rate + 5000) // 10000


class MoneyOracle(Oracle):
    """A store with its whole commercial side."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.lifted: set[int] = set()
        self.orders: list[Order] = []
        self.payments: list[Payment] = []
        self.notes: list[tuple[str, str, int, int]] = []
        self.numbered: set[str] = set()
        self.methods: dict[str, str] = {}
        self.given_up: dict[str, int] = {}
        self.grace_until: dict[str, date] = {}
        self.manual: set[str] = set()
        self.reversed: set[tuple[str, int]] = set()

    # Tax

    def tax_rate(self, customer: Customer) -> int:
        """The rate that an invoice of today has, from a French seller."""
        country = customer.country
        if country in ("MC", "RE"):
            return self.rate(country, self.today)
        if country not in EU or (country != "FR" and customer.id in self.numbered):
            return 0
        return self.rate(country, self.today)

    # Bills, and the money for them

    def _price_of(self, terms: Sequence[Term], customer: Customer) -> tuple[int, int]:
        net = sum(self.cost(account, start, period) for account, start, _, period in terms)
        return net, half_up(net, self.tax_rate(customer))

    def _bill(self, customer: Customer, terms: Sequence[Term]) -> None:
        lines = []
        for account, start, end, period in terms:
            unit = self.cost(account, start, period)
            lines.append((account.id, account.address, start, end, unit))
        net, tax = self._price_of(terms, customer)
        year = self.today.year
        sequence = 1 + sum(invoice.issued_on.year == year for invoice in self.invoices)
        bill = Bill(
            number=f"{year}-{sequence:06d}",
            customer=customer,
            issued_on=self.today,
            due_on=self.today + timedelta(days=customer.payment_days),
            lines=lines,
            net=net,
            tax=tax,
            open_cents=net + tax,
            rate=self.tax_rate(customer),
        )
        self.invoices.append(bill)
        self._move(customer, "charge", -(net + tax), bill.number)
        self._settle(customer)
        self._after(customer)

    def _money(self, customer: Customer) -> int:
        kinds = ("charge", "credit-note")
        return sum(row[2] for row in customer.ledger if row[1] not in kinds)

    def _pending(self, customer: Customer) -> int:
        mine = [p for p in self.payments if p.customer is customer and p.status == "pending"]
        return sum(p.amount for p in mine)

    def _bills(self, customer: Customer) -> list[Bill]:
        return [i for i in self.invoices if i.customer is customer and isinstance(i, Bill)]

    def _settle(self, customer: Customer) -> None:
        money = self._money(customer)
        for bill in self._bills(customer):
            money -= bill.counts
            bill.open_cents = min(bill.counts, max(0, -money))
            if bill.open_cents > 0:
                bill.paid_on = None
            elif bill.paid_on is None:
                bill.paid_on = self.today

    def _covered(self, customer: Customer) -> list[Bill]:
        left = self._money(customer) + self._pending(customer)
        covered = []
        for bill in self._bills(customer):
            left -= bill.counts
            if left >= 0:
                covered.append(bill)
        return covered

    def _overdue(self, customer: Customer) -> list[Invoice]:
        if self.grace_until.get(customer.id, date.min) >= self.today:
            return []
        covered = self._covered(customer)
        late = super()._overdue(customer)
        return [invoice for invoice in late if invoice not in covered]

    def _give_days(self, customer: Customer, covered: Sequence[Bill]) -> None:
        """What is covered no more, and has no day left to be told of, is due 7 days later."""
        left = self._covered(customer)
        for bill in covered:
            last = max(bill.due_on, self.grace_until.get(customer.id, bill.due_on))
            if bill.is_open and bill not in left and last <= self.today:
                bill.due_on = self.today + timedelta(days=7)

    def _after(self, customer: Customer) -> None:
        """What a movement starts: a debt's order, a payment, an end of suspensions."""
        debts = [o for o in self.orders if o.customer is customer and o.kind == "debt"]
        running = [o for o in debts if o.status == "not-paid"]
        if customer.balance < 0:
            if not running:
                self._new_order(customer, "debt", 0, "not-paid")
            given_up = self.given_up.get(customer.id, 0)
            self.given_up[customer.id] = min(given_up, -customer.balance)
            self._collect(customer)
        else:
            for order in running:
                order.status = "cancelled"
            self.given_up[customer.id] = 0
            for payment in self.payments:
                mine = payment.customer is customer and payment.status == "pending"
                if mine and payment.exported_on is None:
                    payment.status, payment.next_try_on = "cancelled", None
        self._lift(customer)

    def _collect(self, customer: Customer) -> None:
        missing = self._to_collect(customer)
        if customer.id in self.methods and missing > 0:
            self._new_payment(customer, missing, self.methods[customer.id])

    def _to_collect(self, customer: Customer) -> int:
        given_up = self.given_up.get(customer.id, 0)
        return max(0, -customer.balance - self._pending(customer) - given_up)

    def _new_payment(self, customer: Customer, cents: int, kind: str) -> Payment:
        number = len(self.payments) + 1
        self.payments.append(
            Payment(id=number, customer=customer, amount=cents, kind=kind, created_on=self.today)
        )
        return self.payments[-1]

    def _lift(self, customer: Customer) -> None:
        overdue = self._overdue(customer)
        for account in self._live():
            mine = account.platform.customer is customer and account.suspended_for == "debt"
            if mine and not any(invoice.holds(account) for invoice in overdue):
                account.state, account.suspended_on = "active", None
                account.suspended_for = account.deletes_on = None
                self.lifted.add(account.id)

    def _suspend(self, account: Account, why: str, days: int) -> None:
        # What fell due while a debt suspended an account waits for the next step.
        if why == "debt" or account.id not in self.lifted:
            super()._suspend(account, why, days)

    def _pay_in(self, customer: Customer, kind: str, cents: int) -> None:
        self._move(customer, kind, cents)
        self._settle(customer)
        self._after(customer)

    def add_customer(
        self, name: str, country: str, payment_days: int = 7, opening_cents: int = 0
    ) -> None:
        """Take a customer in; a negative opening balance is a debt too."""
        super().add_customer(name, country, payment_days, opening_cents)
        if opening_cents:
            self._after(self.customers[name])

    def credit(self, name: str, cents: int, *, wait: bool = False, came: bool = False) -> None:
        """Record money received, or only the order of it; money that `came` is any amount."""
        customer = self.customers[name]
        small = not came and cents < 1000 and cents != -customer.balance
        codes = ["amount-too-small"] if small else []
        refuse_first(codes + (["amount-too-large"] if cents > 999_999_999 else []))
        self._new_order(customer, "prepaid-credit", cents, "not-paid" if wait else "delivered")
        if not wait:
            self._pay_in(customer, "credit", cents)
            self._try_orders(customer)

    def credit_for(self, number: int, cents: int) -> None:
        """Record money that names an order."""
        order = self.orders[number - 1]
        order.came.append(len(order.customer.ledger) + 1)
        self._pay_in(order.customer, "credit", cents)
        self._try_orders(order.customer)

    def _is_there(self, order: Order) -> bool:
        """Whether the money that names an unpaid order is there, and was not paid back since."""
        if order.status != "not-paid" or order.kind == "debt" or not order.came:
            return False
        customer, ledger = order.customer, order.customer.ledger
        stands = [seq for seq in order.came if (customer.id, seq) not in self.reversed]
        back = any(row[1] == "refund" for row in ledger[order.came[0] :])
        gone = back and customer.balance < order.total
        return sum(ledger[seq - 1][2] for seq in stands) >= order.total and not gone

    def _try_orders(self, customer: Customer) -> dict[int, str]:
        """Pay the customer's orders whose money is there; the codes of those refused."""
        refused = {}
        for order in [o for o in self.orders if o.customer is customer and self._is_there(o)]:
            try:
                if order.kind == "prepaid-credit":
                    order.status = "delivered"
                else:
                    self.pay_order(order.number, received=False)
            except RefusedError as error:
                refused[order.number] = error.code
        return refused

    def _end_orders(self) -> None:
        """Try the orders whose money is there; end those past their validity."""
        held: set[int] = set()
        for customer in dict.fromkeys(o.customer for o in self.orders if self._is_there(o)):
            for number, code in self._try_orders(customer).items():
                order = self.orders[number - 1]
                assert order.valid_until is not None
                days = (self.today - order.valid_until).days
                if code == "order-not-payable" or days >= TRIED_DAYS:
                    order.status = "cancelled"
                else:
                    held.add(number)
        for order in self.orders:
            late = order.valid_until is not None and order.valid_until < self.today
            if order.status == "not-paid" and late and order.number not in held:
                order.status = "cancelled"

    def refund(self, name: str, cents: int) -> None:
        """Pay money back, at most the balance."""
        customer = self.customers[name]
        if cents > customer.balance:
            raise RefusedError("balance-too-low")
        self._pay_in(customer, "refund", -cents)

    def reverse(self, name: str, seq: int, how: str = "") -> None:
        """Undo a credit or payment, once; of a payment with the code of a return, or `mistake`."""
        customer = self.customers[name]
        if customer.ledger[seq - 1][1] == "payment":
            payment = next(p for p in self.payments if p.customer is customer and p.row == seq)
            if not how:
                raise RefusedError("confirmation-needed")
            self._undo(customer, seq, payment, how)
        elif how:
            raise RefusedError("usage")
        else:
            self._undo(customer, seq, None, how)

    def take_back(self, number: int, code: str) -> None:
        """The money of a payment went back."""
        payment = self.payments[number - 1]
        if payment.status == "returned":
            return
        if payment.status != "succeeded":
            raise RefusedError("payment-not-settled")
        assert payment.row is not None
        self._undo(payment.customer, payment.row, payment, code)

    def _undo(self, customer: Customer, seq: int, payment: Payment | None, how: str) -> None:
        self.reversed.add((customer.id, seq))
        covered = [bill for bill in self._covered(customer) if bill.is_open]
        paid = [bill for bill in self._bills(customer) if not bill.is_open]
        self._move(customer, "reversal", -customer.ledger[seq - 1][2])
        for credited in self.payments:
            if credited.customer is customer and seq in credited.credits:
                credited.credits.remove(seq)
        if payment is not None:
            payment.row = None
            if how == "mistake":
                payment.status = "pending"
                if payment.exported_on is None and payment.first_failure and payment.failures:
                    since = max(payment.first_failure, payment.created_on)
                    days = timedelta(days=(1, 3, 5)[min(payment.failures, 3) - 1])
                    tomorrow = self.today + timedelta(days=1)
                    payment.next_try_on = max(since + days, tomorrow)
            else:
                self._returned(payment, how)
        self._settle(customer)
        for bill in paid:
            if bill.is_open and how != "mistake":
                self._date_again(bill)
        self._after(customer)
        self._give_days(customer, covered)
        self._lift(customer)

    def _date_again(self, bill: Bill) -> None:
        """The customer's days to pay once for each invoice, and 3 days at the least."""
        in_three = self.today + timedelta(days=3)
        if bill.first_back is None:
            bill.first_back = self.today
            days = timedelta(days=bill.customer.payment_days)
            bill.due_on = max(self.today + days, in_three)
        elif max(bill.due_on, self.grace_until.get(bill.customer.id, bill.due_on)) < in_three:
            bill.due_on = in_three

    def _returned(self, payment: Payment, code: str) -> None:
        """A try that failed late; a bank's AM04 is tried again, four times in all."""
        customer = payment.customer
        payment.status = "returned"
        payment.failures += 1
        payment.first_failure = payment.first_failure or self.today
        cents = min(payment.amount, self._to_collect(customer))
        if (payment.kind, code) == ("bank", "AM04") and payment.failures < 4 and cents:
            again = self._new_payment(customer, cents, payment.kind)
            again.failures, again.first_failure = payment.failures, payment.first_failure
            days = {1: 1, 2: 3, 3: 5}[payment.failures]
            again.next_try_on = self.today + timedelta(days=days)
        else:
            self.given_up[customer.id] = self.given_up.get(customer.id, 0) + cents

    def pay_invoice(self, number: str) -> None:
        """Record the money that settles an invoice and everything older."""
        bill = next(i for i in self.invoices if i.number == number)
        mine = self._bills(bill.customer)
        upto = mine[: mine.index(bill) + 1]  # type: ignore[arg-type]
        due = sum(b.counts for b in upto) - self._money(bill.customer)
        self._new_order(bill.customer, "prepaid-credit", due, "delivered")
        self._pay_in(bill.customer, "credit", due)
        self._try_orders(bill.customer)

    def give_back(self, number: str, place: int | None) -> None:
        """Make a credit note of an invoice: whole, or of one line."""
        bill = next(i for i in self.invoices if i.number == number)
        assert isinstance(bill, Bill)
        places = set(range(len(bill.lines))) if place is None else {place}
        places -= bill.returned
        if not places:
            raise RefusedError("nothing-to-credit")
        net = sum(bill.lines[place][4] for place in places)
        left = bill.tax - bill.returned_tax
        last = bill.returned | places == set(range(len(bill.lines)))
        tax = left if last else min(left, half_up(net, bill.rate))
        bill.returned |= places
        bill.returned_net += net
        bill.returned_tax += tax
        year = f"AV{self.today.year}"
        sequence = 1 + sum(note[0].startswith(year) for note in self.notes)
        note = f"{year}-{sequence:06d}"
        self.notes.append((note, number, net, tax))
        self._move(bill.customer, "credit-note", net + tax, note)
        self._settle(bill.customer)
        self._after(bill.customer)
        self._try_orders(bill.customer)

    def grace(self, name: str, until: date) -> None:
        """Let nothing be overdue until a day."""
        self.grace_until[name] = until
        self._lift(self.customers[name])

    # Orders

    def _new_order(self, customer: Customer, kind: str, total: int, status: str) -> Order:
        order = Order(
            number=len(self.orders) + 1, customer=customer, kind=kind, total=total, status=status
        )
        if status == "not-paid" and kind != "debt":
            order.valid_until = self.today + timedelta(days=1)
        self.orders.append(order)
        return order

    def order(
        self,
        platform: str,
        addresses: Sequence[str] = (),
        count: int | None = None,
        period: str | None = None,
    ) -> None:
        """Buy accounts; an order of them is kept."""
        before = len(self.orders)
        super().order(platform, addresses, count, period)
        home = self.platforms[platform]
        total = self.invoices[-1].net + self.invoices[-1].tax
        late = self.orders[before:]
        del self.orders[before:]
        self._new_order(home.customer, "accounts", total, "delivered")
        for order in late:
            order.number = len(self.orders) + 1
            self.orders.append(order)

    def later_order(self, platform: str, count: int, period: str | None) -> None:
        """Keep an order of blank accounts, of the period that it would have today."""
        home = self._platform(platform)
        private = self.is_private(home)
        codes = ["no-periodicity"] if private and period == "yearly" else []
        refuse_first(codes + (["customer-in-debt"] if self._overdue(home.customer) else []))
        period = period or home.default_period or "monthly"
        unit = self.price(home.offer, home.customer.id, period, self.today)
        total = count * unit + half_up(count * unit, self.tax_rate(home.customer))
        self._new_order(home.customer, "accounts", total, "not-paid").later = (
            platform, count, period,
        )  # fmt: skip

    def _pay_later_order(self, order: Order, *, received: bool) -> None:
        assert order.later is not None
        name, count, period = order.later
        home = self._platform(name)
        unit = self.price(home.offer, home.customer.id, period, self.today)
        if count * unit + half_up(count * unit, self.tax_rate(home.customer)) != order.total:
            raise RefusedError("order-not-payable")
        self._take(order, received=received)
        orders = len(self.orders)
        self.order(name, (), count, period)
        del self.orders[orders]
        for later in self.orders[orders:]:
            later.number -= 1

    def _take(self, order: Order, *, received: bool) -> None:
        customer = order.customer
        if customer.balance + received * order.total < order.total:
            raise RefusedError("customer-in-debt" if self._overdue(customer) else "balance-too-low")
        if received:
            self._pay_in(customer, "credit", order.total)
        order.status = "delivered"

    def extend(self, number: int, terms: int, *, wait: bool = False) -> None:
        """Pay the next terms of an account in advance."""
        account = self._account(number)
        self._order_of(
            account.platform.customer,
            "extension",
            wait=wait,
            plan=lambda: self._extension(account, terms),
        )

    def _extension(self, account: Account, count: int) -> list[Term]:
        refuse_first(self._unrenewable_codes(account.platform) + self._idle_codes(account))
        return self._terms(account, account.period, count)

    def reopen(self, number: int, mode: str) -> None:
        """Bring an expired account back."""
        account = self._account(number)

        def plan() -> list[Term]:
            codes = []
            if account.platform.state != "active":
                codes.append(f"platform-{account.platform.state}")
            if self.is_private(account.platform) and mode != "monthly":
                codes.append("no-periodicity")
            refuse_first(codes)
            if account.state == "deleted":
                raise RefusedError("not-active")
            if account.suspended_for != "expired" or account.state != "suspended":
                raise RefusedError("not-suspended")
            return self._terms(account, account.period if mode == "none" else mode, 1)

        def done() -> None:
            account.state, account.renewal = "active", mode
            account.period = account.period if mode == "none" else mode
            account.suspended_on = account.suspended_for = account.deletes_on = None

        self._order_of(account.platform.customer, "reopening", wait=False, plan=plan, done=done)

    def _terms(self, account: Account, period: str, least: int) -> list[Term]:
        terms: list[Term] = []
        start = account.expires_on
        while len(terms) < least or start <= self.today:
            end = expiry_after(start, MONTHS[period], account.anchor_day)
            terms.append((account, start, end, period))
            start = end
        return terms

    def _order_of(
        self,
        customer: Customer,
        kind: str,
        *,
        wait: bool,
        plan: Callable[[], list[Term]],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        terms = plan()
        if self._overdue(customer):
            raise RefusedError("customer-in-debt")
        total = sum(self._price_of(terms, customer))

        def deliver() -> list[Term]:
            fresh = plan()
            for account, _, end, _ in fresh:
                account.expires_on = end
            done()
            return fresh

        order = self._new_order(customer, kind, total, "not-paid" if wait else "delivered")
        if wait:
            order.plan, order.deliver = plan, deliver
        else:
            self._bill(customer, deliver())

    def pay_order(self, number: int, *, received: bool) -> None:
        """Pay an order that waits."""
        order = self.orders[number - 1]
        if order.status != "not-paid":
            raise RefusedError("order-not-payable")
        customer = order.customer
        late = order.valid_until is not None and order.valid_until < self.today
        if late and not self._is_there(order):
            raise RefusedError("order-not-payable")
        if order.kind in ("debt", "prepaid-credit"):
            cents = order.total if order.kind == "prepaid-credit" else -customer.balance
            order.status, order.total = "delivered", cents
            self._pay_in(customer, "credit", cents)
            self._try_orders(customer)
            return
        if order.later is not None:
            self._pay_later_order(order, received=received)
        else:
            self._pay_planned_order(order, received=received)
        if received:
            self._try_orders(customer)

    def _pay_planned_order(self, order: Order, *, received: bool) -> None:
        customer = order.customer
        assert order.plan is not None
        assert order.deliver is not None
        terms = order.plan()
        if sum(self._price_of(terms, customer)) != order.total:
            raise RefusedError("order-not-payable")
        self._take(order, received=received)
        self._bill(customer, order.deliver())

    def cancel_order(self, number: int) -> None:
        """End an order that waits."""
        order = self.orders[number - 1]
        order.status = "cancelled"

    # Payments

    def add_method(self, name: str, kind: str) -> None:
        """A bank account, or a card that does not end; what is short is collected at once."""
        self.methods[name] = kind
        self.given_up[name] = 0
        customer = self.customers[name]
        if customer.balance < 0:
            self._collect(customer)
            self._lift(customer)

    def export(self) -> list[int]:
        """Hand over each try once."""
        told = []
        for payment in self.payments:
            ready = payment.next_try_on is None or payment.next_try_on <= self.today
            if payment.status == "pending" and payment.exported_on is None and ready:
                payment.exported_on, payment.next_try_on = self.today, None
                told.append(payment.id)
        return told

    def settle(self, number: int) -> None:
        """The money of a payment came; after its end it is a credit, once."""
        payment = self.payments[number - 1]
        customer = payment.customer
        if payment.status == "pending":
            payment.status, payment.next_try_on = "succeeded", None
            payment.row = len(customer.ledger) + 1
            self._pay_in(customer, "payment", payment.amount)
        elif payment.status != "succeeded" and not payment.credits:
            payment.credits.append(len(customer.ledger) + 1)
            self._move(customer, "credit", payment.amount)
            given_up = self.given_up.get(customer.id, 0) - payment.amount
            self.given_up[customer.id] = max(0, given_up)
            needed = max(0, -customer.balance - self.given_up[customer.id])
            for other in reversed(self.payments):
                unasked = other.status == "pending" and other.exported_on is None
                mine = other.customer is customer
                if mine and unasked and self._pending(customer) > needed:
                    other.status, other.next_try_on = "cancelled", None
            self._settle(customer)
            self._after(customer)
        self._try_orders(customer)

    def fail(self, number: int) -> None:
        """A try of a payment failed."""
        payment = self.payments[number - 1]
        customer = payment.customer
        covered = [bill for bill in self._covered(customer) if bill.is_open]
        payment.failures += 1
        payment.exported_on = None
        if customer.balance >= 0:
            payment.status, payment.next_try_on = "cancelled", None
            return
        if payment.failures > len(RETRIES):
            payment.status, payment.next_try_on = "failed", None
            self.given_up[customer.id] = self.given_up.get(customer.id, 0) + payment.amount
            self._give_days(customer, covered)
            return
        if payment.first_failure is None:
            payment.first_failure = self.today
            for bill in covered:
                bill.due_on = max(bill.due_on, self.today + timedelta(days=7))
        days = RETRIES[payment.failures - 1]
        planned = payment.first_failure + timedelta(days=days)
        payment.next_try_on = max(planned, self.today + timedelta(days=1))

    # Platforms, time

    def _is_ahead(self, account: Account) -> bool:
        return account.platform.name not in self.manual and super()._is_ahead(account)

    def set_manual(self, name: str, *, manual: bool) -> None:
        """Choose whether anything of a platform renews by itself."""
        home = self._platform(name)
        refuse_first(["no-periodicity"] if self.is_private(home) else [])
        (self.manual.add if manual else self.manual.discard)(name)

    def delete_platform(self, name: str) -> None:
        """Take a platform and its accounts away, for good."""
        home = self._platform(name, allowed=("active", "cancelled"))
        for account in self._live(home):
            self._take_away(account)
        home.state, home.closed_on = "closed", self.today

    def wall_tick(self, day: date) -> None:
        """Process one step: orders past their validity, then the rest."""
        self.today = day
        self.lifted.clear()
        self._end_orders()
        super().wall_tick(day)

    def _renew_due(self, customer: Customer) -> None:
        kept = {}
        for account in self._live():
            if account.platform.name in self.manual:
                kept[account.id], account.renewal = account.renewal, "none"
        super()._renew_due(customer)
        for number, renewal in kept.items():
            self.accounts[number - 1].renewal = renewal

    def snapshot(self) -> dict[str, dict[str, object]]:
        """Everything that the rules decide, with orders, credit notes and payments."""
        shown = super().snapshot()
        for account in self.accounts:
            held, overdue = self._holding(account), self._overdue(account.platform.customer)
            late = any(invoice in overdue for invoice in held)
            told = shown["accounts"][str(account.id)]
            assert isinstance(told, dict)
            told["billing"] = "unpaid" if late else "pending-debt" if held else "ok"
        shown["orders"] = {
            str(place): row for place, row in enumerate(sorted(map(row_of, self.orders)))
        }
        shown["notes"] = {number: rest for number, *rest in self.notes}
        shown["payments"] = {
            str(p.id): [
                p.customer.id, p.amount, p.status, text(p.exported_on), text(p.next_try_on),
                p.failures,
            ]
            for p in self.payments
        }  # fmt: skip
        return shown


def row_of(order: Order) -> list[object]:
    """An order in a list that does not depend on the numbers."""
    total = None if order.kind == "debt" else order.total
    return [order.customer.id, order.kind, order.status, str(total), str(text(order.valid_until))]
