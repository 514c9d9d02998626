"""What the next ticks do to an account if nobody does anything, and the commands that help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from mailctl.actions import orders
from mailctl.billing.bank_words import Received
from mailctl.billing.projection import unless_paid
from mailctl.billing.renewal_steps import next_step_on
from mailctl.billing.settlement import cents_to_settle
from mailctl.domain.lifecycle import Account, deletes_on, last_day_to_pay, renews_by_itself
from mailctl.domain.money import format_rate, money
from mailctl.domain.offers import ExpiryOf
from mailctl.domain.orders import DAYS_TO_TRY, OrderStatus
from mailctl.domain.states import AccountState, PlatformRenewal, PlatformState, SuspendedFor
from mailctl.domain.terms import Period, Renewal, last_day, terms_from, told
from mailctl.domain.text import counted
from mailctl.effects import held_deletions
from mailctl.errors import MailctlError, OrderNotPayableError
from mailctl.hints import command
from mailctl.insight.explaining.prices import Terms
from mailctl.insight.explaining.sentences import Outlook, Sentence, coming
from mailctl.store import invoices, locks, prices
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.money_explanations import CustomerMoney, Due


def outlook(reader: Reader, account: Account, next_on: date | None) -> Outlook:
    """What comes next to an account; `next_on` is the day of its next event."""
    return _Outlook(reader, account).outlook(next_on)


class _Outlook:
    """What comes next to one account; keeps the command that helps most."""

    def __init__(self, reader: Reader, account: Account) -> None:
        self._reader = reader
        self._account = account
        self._payer: CustomerMoney = books.customer_money(reader, account.platform.customer_id)
        self._tick_on = next_step_on(reader)
        self._retention = reader.setting_number("retention-days")
        self._command: str | None = None

    def outlook(self, next_on: date | None) -> Outlook:
        """The sentences, and the next event as `account show` names it."""
        sentences = tuple(in_order(self._sentences()))
        return Outlook(sentences=sentences, event=self._event(), on=next_on, command=self._command)

    def _event(self) -> str | None:
        if self._account.state is AccountState.DELETED:
            return None
        if self._account.state is AccountState.SUSPENDED:
            return "deletion"
        return "renewal" if self._renews_by_itself else "suspension"

    def _sentences(self) -> Iterator[Sentence]:
        account = self._account
        if account.state is AccountState.DELETED:
            yield coming(None, "Nothing more: a deleted account never comes back.")
            return
        yield from self._locked()
        if account.state is AccountState.SUSPENDED:
            if account.suspended_for is SuspendedFor.DEBT:
                yield from self._suspended_for_debt()
            else:
                yield from self._suspended_for_expiry()
        else:
            dues = self._open_invoices()
            if self._renews_by_itself:
                yield from self._renews(dues)
            else:
                yield from self._ends()
            yield from self._debts(dues)
        yield from self._kept_orders()

    def _locked(self) -> Iterator[Sentence]:
        lock = locks.of_account(self._reader, self._account.id)
        if lock is not None:
            unlock = command("account", "unlock", self._account.id)
            yield coming(
                None, f"Locked: nobody can log in, whatever is paid. To end that: {unlock}"
            )

    def _helped_by(self, command: str, *, first: bool = False) -> str:
        """A command that ends a sentence; the outlook's own is the first, or one marked `first`."""
        if first or self._command is None:
            self._command = command
        return command

    # Active

    @property
    def _renews_by_itself(self) -> bool:
        return renews_by_itself(self._account.platform.renewal, self._account.renewal)

    def _why_it_ends(self) -> str:
        account, platform = self._account, self._account.platform
        if platform.state is PlatformState.CANCELLED and account.renewal is Renewal.NONE:
            return f"the platform {platform.name} is cancelled"
        if account.renewal is Renewal.NONE:
            return "its renewal is none"
        return f"the platform {platform.name} is manual, so nothing renews by itself"

    def _renews(self, dues: Sequence[Due]) -> Iterator[Sentence]:
        account = self._account
        period = Period(account.renewal)
        day = max(account.expires_on, self._tick_on)
        terms = terms_from(account.expires_on, period, account.anchor_day, day)
        price = self._prices(period, [start for start, _ in terms])
        if account.expires_on < self._tick_on:
            missed = counted(len(terms), f"{period} term")
            text = f"The next tick bills {missed} {told(terms[0][0], terms[-1][1])}: {price}."
        else:
            text = f"Renews {period}, until {last_day(terms[-1][1])}: {price}."
        before = [due.id for due in _unpaid(dues) if self._suspends_on(due) <= day]
        if before:
            text = f"If that is paid: {text[0].lower()}{text[1:]}"
        yield coming(day, f"{text} {self._invoice_of(day, max(before, default=None))}")
        if account.platform.expiry_of is ExpiryOf.PLATFORM:
            command = self._helped_by(f"mailctl account delete {account.id}")
            yield coming(None, f"To delete it at once instead: {command}")
        elif account.expires_on > self._reader.today:
            command = self._helped_by(f"mailctl account renew {account.id} --mode none")
            yield coming(None, f"To let it end at its expiry instead: {command}")

    def _prices(self, period: Period, starts: Sequence[date]) -> str:
        """The prices of terms to come; a common price is named once."""
        platform = self._account.platform
        known = Terms(self._reader, platform.customer).prices(platform.offer_id)
        first: dict[str, date] = {}
        for start in starts:
            cents = prices.term_price(
                self._reader,
                self._account.id,
                platform.offer_id,
                period,
                start,
                customer_id=platform.customer_id,
            )
            origin = known.origin(period.value, start, kept=cents)
            first.setdefault(f"{self._money(cents)} net, {origin}", start)
        if len(first) == 1:
            (price,) = first
            return price.replace(" net", " net each", 1) if len(starts) > 1 else price
        return "; ".join(f"from {start} {text}" for text, start in first.items())

    def _invoice_of(self, day: date, paid: int | None) -> str:
        """The customer's invoice of a day with all that renews then, and the balance after it.

        `paid` is the key of an invoice that is assumed to be paid, with all older ones.
        """
        payer = self._payer
        seen = unless_paid(self._reader, day, payer.slug, paid_up_to=paid)
        invoice, balance = seen.invoices[-1], seen.balance_cents
        rate = invoice.tax.rate
        tax = f"with {format_rate(rate)} % tax" if rate else "without tax"
        others = counted(seen.suspended, "other account")
        verb = "is" if seen.suspended == 1 else "are"
        suspended = f"{others} {verb} suspended for debt before, and " if seen.suspended else ""
        text = (
            f"{payer.slug}'s invoice of that day will be {self._money(invoice.total_cents)} {tax}. "
            f"If nothing else is paid or ordered until then, {suspended}the balance after it "
            f"will be {self._money(balance)}"
        )
        if balance >= 0:
            return f"{text}."
        if seen.payer.is_collected_on(day):
            return f"{text}, to be collected through payment method {payer.method_id}."
        due = day + timedelta(days=payer.payment_days)
        return f"{text}; what is missing is to be paid by {due}."

    def _ends(self) -> Iterator[Sentence]:
        account = self._account
        day = max(account.expires_on, self._tick_on)
        by = " by the next tick" if account.expires_on < self._tick_on else ""
        yield coming(day, f"Suspended{by}: {self._why_it_ends()}. {self._way_on()}")
        gone = deletes_on(day, SuspendedFor.EXPIRED, self._retention)
        held = (
            ", once the notice of its suspension was sent"
            if held_deletions.are_held(self._reader)
            else ""
        )
        is_cancelled = account.platform.state is PlatformState.CANCELLED
        way = "given back by a resume and reopened" if is_cancelled else "reopened"
        yield coming(gone, f"Deleted{held}, unless it is {way} before.")

    def _way_on(self) -> str:
        account, platform = self._account, self._account.platform
        if platform.state is PlatformState.CANCELLED:
            return (
                f"To undo the cancel: {self._helped_by(f'mailctl platform resume {platform.name}')}"
            )
        if platform.expiry_of is ExpiryOf.PLATFORM:
            # Until then nothing helps: such an account has no renewal of its own and no extension.
            return f"To keep it, once it is suspended: mailctl account reopen {account.id}"
        if (
            account.expires_on > self._reader.today
            and platform.renewal is PlatformRenewal.AUTOMATIC
        ):
            renew = f"mailctl account renew {account.id} --mode {account.period}"
            return f"To let it renew: {self._helped_by(renew)}"
        extend = f"mailctl account extend {account.id}"
        return self._paying("To pay its next term in advance", extend)

    def _paying(self, how: str, command: str) -> str:
        """A command that bills, which is refused while an invoice is overdue (rules 7)."""
        overdue = books.last_overdue(self._reader, self._payer.id)
        if overdue is None:
            return f"{how}: {self._helped_by(command)}"
        pay = self._helped_by(f"mailctl invoice pay {overdue}")
        return f"{how}, once what is overdue is paid ({pay}): {command}"

    def _open_invoices(self) -> list[Due]:
        found = books.billing_account(self._reader, self._account.id)
        return [due for due in found if due.open_cents]

    def _debts(self, dues: Sequence[Due]) -> Iterator[Sentence]:
        """What the open invoices with a line of an active account lead to."""
        for due in dues:
            if due.is_covered:
                yield coming(
                    None,
                    f"Invoice {due.number} is open, but a pending payment covers it: it suspends "
                    "nobody while that waits for its answer.",
                )
        for due in _unpaid(dues):
            yield self._debt(due)

    def _suspends_on(self, due: Due) -> date:
        """The first day on which a tick suspends for an invoice: after its due date and grace."""
        until = last_day_to_pay(due.due_on, self._payer.grace_until_on)
        return max(until + timedelta(days=1), self._tick_on)

    def _debt(self, due: Due) -> Sentence:
        day = self._suspends_on(due)
        until = last_day_to_pay(due.due_on, self._payer.grace_until_on)
        gone = deletes_on(day, SuspendedFor.DEBT, self._retention)
        grace = f" ({self._payer.slug} has time until {until})" if until > due.due_on else ""
        is_first = day <= max(self._account.expires_on, self._tick_on)
        command = self._helped_by(f"mailctl invoice pay {due.number}", first=is_first)
        return coming(
            day,
            f"Suspended for debt, unless invoice {due.number} is paid, of which "
            f"{self._money(due.open_cents)} is open, due on {due.due_on}{grace}; then deleted on "
            f"{gone}. To record the money: {command}",
        )

    def _missing(self, due: Due) -> int:
        """The cents that settle an invoice and everything older."""
        return cents_to_settle(self._reader, invoices.find(self._reader, due.number))

    # Suspended

    def _suspended_for_expiry(self) -> Iterator[Sentence]:
        account, platform = self._account, self._account.platform
        yield self._deletion()
        yield coming(None, f"{self._reopening()}.")
        overdue = books.last_overdue(self._reader, self._payer.id)
        if overdue is not None:
            self._helped_by(f"mailctl invoice pay {overdue}")
        elif platform.state is PlatformState.CANCELLED:
            self._helped_by(f"mailctl platform resume {platform.name}")
        else:
            self._helped_by(f"mailctl account reopen {account.id}")

    def _reopening(self) -> str:
        account = self._account
        period = Period(account.period)
        terms = terms_from(account.expires_on, period, account.anchor_day, self._reader.today)
        price = self._prices(period, [start for start, _ in terms])
        missed = counted(len(terms), f"{period} term")
        return f"Reopened today, it is billed for {missed} from {terms[0][0]} ({price})"

    def _suspended_for_debt(self) -> Iterator[Sentence]:
        account = self._account
        holding = [due for due in books.billing_account(self._reader, account.id) if due.is_overdue]
        if not holding:
            yield coming(None, "Nothing overdue holds it: it works again with the next money.")
            yield self._deletion()
            return
        last = holding[-1]
        missing = self._missing(last)
        older = " and all older ones are" if missing > last.open_cents else " is"
        self._helped_by(f"mailctl invoice pay {last.number}")
        yield coming(
            None,
            f"Active again as soon as invoice {last.number}{older} paid: "
            f"{self._money(missing)} is missing.{self._after_that()}",
        )
        yield self._deletion()

    def _after_that(self) -> str:
        expires_on = self._account.expires_on
        if expires_on > self._tick_on:
            return ""
        if self._renews_by_itself:
            return f" The tick after that bills it from {expires_on}, its expiry, on."
        why = self._why_it_ends()
        return f" The tick then suspends it for its expiry on {expires_on}: {why}."

    def _deletion(self) -> Sentence:
        account = self._account
        assert account.deletes_on is not None, "a suspended account has a day of deletion"
        day = max(account.deletes_on, self._tick_on)
        late = " by the next tick" if account.deletes_on < self._tick_on else ""
        if held_deletions.are_held(self._reader) and facts.waits_for_its_notice(
            self._reader, account.id
        ):
            _, command = held_deletions.why(self._reader)
            return coming(
                day, f"Deleted{late}, once the notice of its suspension was sent: {command}"
            )
        return coming(day, f"Deleted{late} for good.")

    # Whatever its state

    def _kept_orders(self) -> Iterator[Sentence]:
        account = self._account
        for order in facts.orders_of_account(self._reader, account.id, account.platform.id):
            if order.status is not OrderStatus.NOT_PAID:
                continue
            if not order.has_come and (why := self._refused(order.number)) is not None:
                yield coming(
                    order.valid_until_on,
                    f"Order {order.number} ({order.kind}) ends after this day. It cannot be paid "
                    f"now: {why}.",
                )
                continue
            if order.has_come and (cost := self._other_cost(order.number)) is not None:
                yield coming(
                    self._tick_on,
                    f"Order {order.number} ({order.kind}) ends with the next tick, and its money "
                    f"stays on the balance: {cost}.",
                )
            elif order.has_come and order.valid_until_on is not None:
                yield coming(
                    order.valid_until_on + timedelta(days=DAYS_TO_TRY),
                    f"Order {order.number} ({order.kind}) ends on this day, unless what holds it "
                    "up is over: its money has arrived, and each tick tries it. To see why: "
                    f"mailctl order pay {order.number} --dry-run",
                )
            else:
                yield coming(
                    order.valid_until_on,
                    f"Order {order.number} ({order.kind}) ends after this day, unless "
                    f"{self._money(order.total_cents)} is paid for it: "
                    f"mailctl order pay {order.number} --received",
                )

    def _refused(self, number: int) -> str | None:
        """Why an order cannot be paid today even if its money comes; None where it can."""
        try:
            orders.plan_pay(self._reader, number=number, received=Received())
        except MailctlError as refused:
            return refused.message
        return None

    def _other_cost(self, number: int) -> str | None:
        """Why an order whose money has come can never be paid, if so (rules 9)."""
        try:
            orders.plan_pay(self._reader, number=number)
        except OrderNotPayableError as refused:
            return refused.message
        except MailctlError:
            return None
        return None

    def _money(self, cents: int) -> str:
        return money(cents, self._reader.info.currency)


def in_order(sentences: Iterable[Sentence]) -> list[Sentence]:
    """By date; a sentence without a date stays after the one that it follows."""
    placed: list[tuple[date, Sentence]] = []
    for sentence in sentences:
        before = placed[-1][0] if placed else date.min
        placed.append((sentence.on or before, sentence))
    return [sentence for _, sentence in sorted(placed, key=lambda pair: pair[0])]


def _unpaid(dues: Iterable[Due]) -> list[Due]:
    """The open invoices that nothing covers, in the order in which they suspend."""
    return sorted((due for due in dues if not due.is_covered), key=lambda due: (due.due_on, due.id))
