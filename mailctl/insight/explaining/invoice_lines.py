"""The lines of a document in words: those that are alike together, or one in depth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailctl.domain.money import money
from mailctl.domain.terms import told
from mailctl.domain.text import counted
from mailctl.insight.explaining.prices import Terms
from mailctl.insight.explaining.sentences import Outlook, Sentence, coming
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries.explanations import BilledTerm, Document


class Lines:
    """The lines of one document, numbered as `invoice show` numbers them."""

    def __init__(
        self, reader: Reader, document: Document, terms: Sequence[BilledTerm], *, batch: int | None
    ) -> None:
        self._reader = reader
        self._document = document
        self._terms = terms
        # The lines of a credit note keep the prices of their invoice, which is from another batch.
        self._batch = batch
        self._wording = Terms(reader, document.customer)

    def sentences(self, *, every: bool) -> Iterator[Sentence]:
        """A sentence for each line, or for all that differ only in their account."""
        alike: dict[tuple[object, ...], list[int]] = {}
        for number, term in enumerate(self._terms, start=1):
            key = (
                term.platform,
                term.offer,
                term.period,
                term.starts_on,
                term.ends_on,
                term.unit_cents,
            )
            alike.setdefault((*key, number) if every else key, []).append(number)
        for numbers in alike.values():
            yield self._line("line", self._text(numbers))

    def _text(self, numbers: Sequence[int]) -> str:
        term = self._terms[numbers[0] - 1]
        price = self._price(term)
        if len(numbers) == 1:
            who = f"Line {numbers[0]}, {self._name(term)} on {term.platform}"
        else:
            price = price.replace(" net", " net each", 1)
            who = f"Lines {_span(numbers)}, {counted(len(numbers), 'account')} on {term.platform}"
        return f"{who}: {term.period}, {told(term.starts_on, term.ends_on)}, {price}."

    def _price(self, term: BilledTerm) -> str:
        if self._document.is_credit_note:
            return f"{money(term.unit_cents, self._reader.info.currency)} net, as invoiced"
        return self._wording.price(term, self._batch)

    def _name(self, term: BilledTerm) -> str:
        """The account as it was billed; of erased customers without its address."""
        address = "" if self._document.is_erased else f" ({term.address or 'blank'})"
        return f"account {term.account_id}{address}"

    def in_depth(self, number: int) -> Iterator[Sentence]:
        """One line: its account, its term and why, the origin of its price, its credit note."""
        term = self._terms[number - 1]
        yield self._line(
            "line",
            f"Line {number} is for {self._name(term)} on {term.platform} ({term.offer}): the "
            f"{term.period} term {told(term.starts_on, term.ends_on)}.",
        )
        yield self._line("line", self._why_billed(term))
        if not self._document.is_credit_note:
            yield self._line(
                "price",
                f"Its price is that of its first day, {term.starts_on}: "
                f"{self._wording.price(term, self._batch)}.",
            )
        if term.credit_note is not None:
            net = money(term.unit_cents, self._reader.info.currency)
            yield Sentence(
                on=term.credited_on,
                kind="credited",
                text=f"Credit note {term.credit_note} gave it back, {net} net.",
            )

    def after(self, numbers: Sequence[int]) -> Outlook:
        """The commands that explain the accounts of these lines."""
        accounts = dict.fromkeys(self._terms[number - 1].account_id for number in numbers)
        commands = [f"mailctl account explain {account}" for account in accounts]
        sentences = tuple(
            coming(None, f"What became of the account and what is to come: {command}")
            for command in commands
        )
        return Outlook(sentences=sentences, command=commands[0])

    def _why_billed(self, term: BilledTerm) -> str:
        if term.order_number is not None:
            found = facts.events(self._reader, f"order/{term.order_number}", kinds=("ordered",))
            by = f" by {found[0].actor}" if found else ""
            return f"Billed on invoice {term.invoice} for order {term.order_number}{by}."
        issued = self._document.issued_on
        if self._document.is_credit_note or term.starts_on == issued:
            return f"Billed on invoice {term.invoice}, by the tick, as it renewed at its expiry."
        days = counted((issued - term.starts_on).days, "day")
        return (
            f"Billed on invoice {term.invoice}, by the tick, {days} after its expiry: the first "
            "tick that could."
        )

    def _line(self, kind: str, text: str) -> Sentence:
        return Sentence(on=self._document.issued_on, kind=kind, text=text)


def _span(numbers: Sequence[int]) -> str:
    """Numbers in short: `1 to 12`, or `1, 3 and 8 more`."""
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return f"{numbers[0]} to {numbers[-1]}"
    return f"{', '.join(map(str, numbers[:3]))}" + (
        f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    )
