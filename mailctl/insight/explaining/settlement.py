"""How an invoice was due, what paid it, and what happens if nobody pays what is open (rules 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mailctl.billing.renewal_steps import next_step_on
from mailctl.billing.settlement import LEAST_DAYS_TO_PAY, MORE_DAYS_TO_PAY, cents_to_settle
from mailctl.domain.lifecycle import deletes_on, last_day_to_pay
from mailctl.domain.money import money
from mailctl.domain.payments import MethodKind
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.states import SuspendedFor
from mailctl.domain.text import counted
from mailctl.insight.explaining import payments
from mailctl.insight.explaining.debt_history import Step, payment_days, steps
from mailctl.insight.explaining.payments import Collection
from mailctl.insight.explaining.sentences import Outlook, Sentence, coming
from mailctl.store import invoices
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.explanations import Document, Event
from mailctl.store.queries.money_explanations import HeldAccounts, Movement

# In one transaction the money moved first, then what follows from that was recorded.
_MOVEMENT, _ROW, _EFFECT = 1, 2, 3
Place = tuple[int, int, int]
"""When something happened: its transaction, and its place in that."""
Placed = tuple[Place, Sentence]


class Settlement:
    """The money of one invoice: from its debit on, each movement that changed what is open."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self._reader = reader
        self._document = document
        self._payer = books.customer_money(reader, document.customer_id)
        batch = books.origin_of(reader, document.id).batch
        self._batch = batch
        self._days = payment_days(reader, self._payer, batch)
        self._movements = books.movements(reader, document.customer_id)
        rows = facts.events(reader, f"customer/{document.customer}", kinds=payments.KINDS)
        rows = [row for row in rows if row.batch >= batch]
        self._collection = Collection(reader, document, rows, self._movements)
        self._first_due_on = document.issued_on + timedelta(days=self._days.days)

    # When it was due

    def sentences(self) -> Iterator[Sentence]:
        """When it was due and why, and what paid it, in the order in which it happened."""
        found = list(steps(self._movements, self._document.id))
        placed = [*self._due(), *self._paid(found), *self._tried(found)]
        if self._document.due_on != self._first_due_on:
            placed += self._moved()
        placed.sort(key=lambda pair: (pair[1].on or date.max, pair[0]))
        for _, sentence in placed:
            yield sentence

    def _due(self) -> Iterator[Placed]:
        document = self._document
        if not document.total_cents:
            return
        whose = f"{document.customer}'s own" if self._days.is_own else "the setting"
        text = (
            f"Due on {self._first_due_on}, {counted(self._days.days, 'day')} after its issue: "
            f"{whose} payment-days."
        )
        yield (self._batch, 0, 0), _sentence(document.issued_on, "due", text)

    def _moved(self) -> Iterator[Placed]:
        """What moved the due date last: its payment failed or ended, or money was taken back."""
        document = self._document
        rows = facts.events(
            self._reader,
            f"customer/{document.customer}",
            kinds=("payment-try-failed", "method-removed", "reversed", "payment-returned"),
        )
        for row in self._latest(rows):
            is_reversed = row.kind in ("reversed", "payment-returned")
            given = {self._payer.payment_days, LEAST_DAYS_TO_PAY}
            days = {MORE_DAYS_TO_PAY} | (given if is_reversed else set())
            if document.due_on not in {row.on + timedelta(days=count) for count in days}:
                continue
            if row.kind == "payment-try-failed":
                text = f"Payment {row.number('payment')} {self._effect(row)} due on {{}} instead."
            elif row.kind == "method-removed":
                text = (
                    f"A payment through method {row.number('method')} had covered it until that "
                    "was removed: it is due on {} instead."
                )
            elif row.kind == "payment-returned":
                text = (
                    f"The money of payment {row.number('payment')} was taken back: it is due "
                    "again, on {}."
                )
            else:
                text = "Money was taken back: it is due again, on {}."
            place = (row.batch, _EFFECT, row.seq)
            yield place, _sentence(row.on, "due", text.format(document.due_on))
            return

    def _latest(self, rows: Sequence[Event]) -> list[Event]:
        """What can have moved the due date, newest day first; of a day its own payments first."""
        since = [row for row in rows if row.on >= self._document.issued_on]
        moving = [row for row in since if row.kind != "payment-try-failed" or _moves(row)]
        return sorted(moving, key=lambda row: (-row.on.toordinal(), not self._is_of_its_own(row)))

    def _is_of_its_own(self, row: Event) -> bool:
        return (
            row.kind == "payment-try-failed" and row.number("payment") in self._collection.payments
        )

    def _effect(self, row: Event) -> str:
        if self._is_of_its_own(row):
            return "had covered it: it is"
        return "failed, and whatever is being collected got more time: it is"

    # What paid it

    def _paid(self, found: Sequence[Step]) -> Iterator[Placed]:
        """Each movement that changed what is open of it."""
        for step in found:
            movement = step.movement
            origin = books.movement_origin(self._reader, movement.id)
            place = (origin.batch, _MOVEMENT, movement.seq)
            if movement.document_id == self._document.id:
                yield place, self._debited(movement, step.after_cents)
            else:
                yield place, self._changed(step, origin.actor)

    def _tried(self, found: Sequence[Step]) -> Iterator[Placed]:
        """What was done for its money while it was open: payments, more time."""
        ends = [step.movement.on for step in found[1:]] + [self._reader.today]
        open_ = [(s.movement.on, end) for s, end in zip(found, ends, strict=True) if s.after_cents]
        for row, text in self._collection.texts():
            if any(start <= row.on <= end for start, end in open_):
                yield (row.batch, _ROW, row.seq), _sentence(row.on, row.kind, text)

    def _debited(self, movement: Movement, left: int) -> Sentence:
        total = -movement.amount_cents
        before, after = (
            self._money(movement.after_cents + total),
            self._money(movement.after_cents),
        )
        text = f"Debited from the prepaid account: the balance went from {before} to {after}"
        if not left:
            text = f"{text}, so that it was paid at once."
        elif left < total:
            text = f"{text}, so that {self._money(left)} of it stayed open."
        else:
            text = f"{text}, so that all of it stayed open."
        return _sentence(movement.on, "debited", text)

    def _changed(self, step: Step, who: str) -> Sentence:
        movement, before, after = step.movement, step.before_cents, step.after_cents
        amount = self._money(abs(movement.amount_cents))
        change = self._money(abs(after - before))
        late = f", for payment {movement.payment_id}" if movement.payment_id else ""
        row = f"row {movement.reverses} of the ledger"
        by = f", entry {movement.entry} of {movement.entry_on}" if movement.entry else ""
        what = {
            MovementKind.CREDIT: f"{who} recorded {amount} from {self._document.customer}{late}",
            MovementKind.PAYMENT: f"Payment {movement.payment_id} of {amount} came in{by}",
            MovementKind.CREDIT_NOTE: f"Credit note {movement.document} gave back {amount}",
            MovementKind.REVERSAL: f"{who} reversed {row}, {amount}",
            MovementKind.REFUND: f"{who} paid {amount} back",
        }.get(movement.kind, f"A {movement.kind} of {amount}")
        if movement.entry and movement.kind is MovementKind.CREDIT:
            transfer = f"the transfer of {movement.entry_on}, entry {movement.entry}"
            what = (
                f"{what}: {transfer}" if movement.is_link else f"{amount} came by {transfer}{late}"
            )
        elif movement.entry and movement.kind is MovementKind.REVERSAL:
            what = f"The bank took {amount} back{by}"
        if after > before:
            text = f"{what}: {change} of it is open again."
        elif after == before:
            text = f"{what} of it."
        elif after:
            text = f"{what}, which settled {change} of it; {self._money(after)} stayed open."
        else:
            text = f"{what}, which settled what was open of it, {change}."
        return _sentence(movement.on, "settled", text)

    # What comes

    def outlook(self) -> Outlook:
        """What happens if nobody pays, and when."""
        document, currency = self._document, self._money
        if not document.open_cents:
            return Outlook(sentences=(coming(None, "Nothing more: it is paid."),))
        if document.is_covered:
            return self._covered()
        held = books.held_by(self._reader, document.id)
        found = invoices.find(self._reader, document.number)
        missing = cents_to_settle(self._reader, found)
        command = f"mailctl invoice pay {document.number}"
        older = (
            f", and {currency(missing - document.open_cents)} of older debts, which are paid first"
            if missing > document.open_cents
            else ""
        )
        open_ = f"{currency(document.open_cents)} of it is open{older}"
        pay = coming(None, f"{open_}. To record the money: {command}")
        return self._unpaid(pay, held, command)

    def _unpaid(self, pay: Sentence, held: HeldAccounts, command: str) -> Outlook:
        """What an open invoice that nothing covers does to its accounts, and when."""
        due_on = self._document.due_on
        assert due_on is not None, "what is open is due on a day"
        until = last_day_to_pay(due_on, self._payer.grace_until_on)
        grace = f" ({self._payer.slug} has time until {until})" if until > due_on else ""
        day = max(until + timedelta(days=1), next_step_on(self._reader))
        event: str | None = None
        on: date | None = None
        if held.active:
            days = self._reader.setting_number("retention-days")
            event, on = "suspension", day
            text = (
                f"Suspended for debt unless it is paid{grace}: {counted(held.active, 'account')} "
                f"of it, to be deleted on {deletes_on(day, SuspendedFor.DEBT, days)}."
            )
        elif until < self._reader.today and held.suspended:
            event, on = "deletion", held.deletes_on
            text = (
                f"{counted(held.suspended, 'account')} suspended for debt: deleted unless the "
                "invoice is paid, active again as soon as it is."
            )
        elif until < self._reader.today:
            text = f"Overdue since {until + timedelta(days=1)}; no account is left to suspend."
        else:
            event, on = "overdue", day
            text = f"Overdue unless it is paid{grace}; it has no active account."
        return Outlook(sentences=(pay, coming(on, text)), event=event, on=on, command=command)

    def _covered(self) -> Outlook:
        sentences: list[Sentence] = []
        running = books.pending_payments(self._reader, self._document.customer_id)
        its_own = [one for one in running if one.id in self._collection.payments]
        # What was begun for another invoice covers this one where money came in between.
        waiting = its_own or running
        for payment in waiting:
            amount = self._money(payment.amount_cents)
            form = "sepa" if payment.kind is MethodKind.BANK else "csv"
            export = f"mailctl payment export --kind {payment.kind} --format {form}"
            if payment.exported_on is not None:
                how = f"was asked for on {payment.exported_on} and waits for its answer."
            elif payment.next_try_on is not None and payment.next_try_on > self._reader.today:
                how = f"failed, and is tried again on {payment.next_try_on}."
            else:
                how = f"waits to be asked for: {export}"
            on = payment.next_try_on
            sentences.append(
                coming(
                    on if on and on > self._reader.today else None,
                    f"Payment {payment.id} of {amount} {how}",
                )
            )
        sentences.append(
            coming(None, "It is covered by that, and suspends nobody while it is not answered.")
        )
        on = min((one.next_try_on for one in waiting if one.next_try_on), default=None)
        return Outlook(sentences=tuple(sentences), event="payment", on=on)

    def _money(self, cents: int) -> str:
        return money(cents, self._reader.info.currency)


def _moves(failed: Event) -> bool:
    """Whether a failed try was a payment's first, or its last (rules 10)."""
    return failed.number("tries") == 1 or failed.text("next_try_on") is None


def _sentence(on: date, kind: str, text: str) -> Sentence:
    return Sentence(on=on, kind=kind, text=text)
