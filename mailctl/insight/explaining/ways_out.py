"""How a suspended account works again: every way that the rules allow, as commands (rules 9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mailctl.actions import orders
from mailctl.billing.bank_words import Received
from mailctl.billing.settlement import cents_to_settle
from mailctl.domain.lifecycle import Account
from mailctl.domain.money import LARGEST_CENTS, money, typed_amount
from mailctl.domain.states import AccountState, PlatformState, SuspendedFor
from mailctl.errors import MailctlError
from mailctl.hints import command, named
from mailctl.insight.explaining.sentences import Sentence
from mailctl.store import invoices
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.money_explanations import Due

WAY_OUT = "way-out"
"""The kind of the sentences that end in a command with which the account works again."""
GRACE_DAYS = 7


def ways_out(reader: Reader, account: Account) -> tuple[Sentence, ...]:
    """Each way on which a suspended account becomes active; none for another account.

    What a rule would refuse today is left out, or comes after the command that makes it possible.
    """
    if account.state is not AccountState.SUSPENDED:
        return ()
    ways = _Ways(reader, account)
    found = ways.out_of_debt() if account.suspended_for is SuspendedFor.DEBT else ways.reopening()
    return tuple(Sentence(on=None, kind=WAY_OUT, text=text) for text in found)


class _Ways:
    def __init__(self, reader: Reader, account: Account) -> None:
        self._reader = reader
        self._account = account
        self._slug = account.platform.customer
        self._who = named("customer", self._slug)

    # For debt: whatever ends what is overdue

    def out_of_debt(self) -> Iterator[str]:
        """Money, time, or a credit note for what is overdue of it."""
        found = books.billing_account(self._reader, self._account.id)
        holding = [due for due in found if due.is_overdue]
        if not holding:
            yield f"Nothing overdue holds it; a grace, a day for one, lifts it: {self._grace()}"
            return
        yield from self._money_came(holding)
        yield from self._late_answers(holding)
        yield from self._collected()
        yield f"More time, until {self._grace_until()} for one: {self._grace()}"
        if len(holding) == 1:
            yield from self._given_back(holding[0])

    def _money_came(self, holding: list[Due]) -> Iterator[str]:
        last = holding[-1]
        missing = self._missing(last)
        what = f"{self._money(missing)} came"
        yield f"{what}, for invoice {last.number}: {command('invoice', 'pay', last.number)}"
        if missing <= LARGEST_CENTS:
            amount = typed_amount(missing)
            credit = command("prepaid", "credit", self._who, amount, "--received")
            yield f"{what}, for whatever is open: {credit}"
        order = books.debt_order(self._reader, self._account.platform.customer_id)
        if order is not None and self._is_payable(order.number):
            pay = command("order", "pay", order.number, "--received")
            yield f"The whole debt came, {self._money(order.total_cents)}: {pay}"

    def _late_answers(self, holding: list[Due]) -> Iterator[str]:
        """Payments that were given up, whose money came all the same; and those that wait."""
        missing = self._missing(holding[-1])
        for payment in books.given_up(self._reader, self._account.platform.customer_id):
            if payment.amount_cents >= missing:
                settle = command("payment", "settle", payment.id)
                yield (
                    f"Payment {payment.id} of {self._money(payment.amount_cents)}, which "
                    f"{payment.status}, arrived after all: {settle}"
                )
        for pending in books.pending_payments(self._reader, self._account.platform.customer_id):
            if pending.exported_on is not None:
                settle = command("payment", "settle", pending.id)
                left = self._money(missing - pending.amount_cents)
                yield (
                    f"Payment {pending.id} of {self._money(pending.amount_cents)}, asked for on "
                    f"{pending.exported_on}, arrived, and then {left} is still missing: {settle}"
                )

    def _collected(self) -> Iterator[str]:
        for method in books.other_methods(self._reader, self._account.platform.customer_id):
            choose = command("method", "default", method.id)
            yield f"Collected through {method.label}, which is chosen: {choose}"

    def _grace_until(self) -> date:
        return self._reader.today + timedelta(days=GRACE_DAYS)

    def _grace(self) -> str:
        given = ("--until", self._grace_until(), "--reason", "promised to pay")
        return command("prepaid", "grace", self._who, *given)

    def _given_back(self, due: Due) -> Iterator[str]:
        """A credit note for its own lines of the invoice that holds it."""
        kept = invoices.lines_of(self._reader, invoices.find(self._reader, due.number).id)
        mine = [
            number
            for number, line in enumerate(kept, start=1)
            if line.account_id == self._account.id and not line.is_credited
        ]
        if mine:
            lines = [word for number in mine for word in ("--line", number)]
            note = command("invoice", "credit", due.number, *lines, "--reason", "billed by mistake")
            yield f"It was billed by mistake: {note}"

    # For its expiry: reopened, after what stands in the way

    def reopening(self) -> Iterator[str]:
        """Reopened; before that the platform is resumed, and what is overdue is paid or waits."""
        account = self._account
        resumed = (
            [command("platform", "resume", account.platform.name)]
            if account.platform.state is PlatformState.CANCELLED
            else []
        )
        reopen = command("account", "reopen", account.id)
        overdue = books.last_overdue(self._reader, account.platform.customer_id)
        how = "resume the platform, then reopen it" if resumed else "reopen it"
        if overdue is None:
            yield f"{how.capitalize()}: {_one_after_another(*resumed, reopen)}"
        else:
            cents = cents_to_settle(self._reader, invoices.find(self._reader, overdue))
            paid = command("invoice", "pay", overdue)
            yield (
                f"{self._money(cents)} came for what is overdue; {how}: "
                f"{_one_after_another(paid, *resumed, reopen)}"
            )
            yield (
                f"More time for what is overdue, until {self._grace_until()} for one; {how}: "
                f"{_one_after_another(self._grace(), *resumed, reopen)}"
            )

    def _is_payable(self, number: int) -> bool:
        try:
            orders.plan_pay(self._reader, number=number, received=Received())
        except MailctlError:
            return False
        return True

    def _missing(self, due: Due) -> int:
        """The cents that settle an invoice and everything older."""
        return cents_to_settle(self._reader, invoices.find(self._reader, due.number))

    def _money(self, cents: int) -> str:
        return money(cents, self._reader.info.currency)


def _one_after_another(*commands: str) -> str:
    """Commands of which each is run once the one before has succeeded."""
    return " && ".join(commands)
