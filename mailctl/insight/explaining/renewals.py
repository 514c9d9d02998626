"""Renewals in words: ordinary ones at one price in succession share one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from mailctl.domain.text import listed
from mailctl.insight.explaining.prices import Terms
from mailctl.insight.explaining.sentences import Sentence
from mailctl.store.queries.explanations import BilledTerm, Event

MOST_LISTED = 3
"""Up to so many renewals each day and invoice is named; of more, the first and the last."""


@dataclass(slots=True, kw_only=True)
class _Run:
    """Terms that were billed one at a time, each on its first day, at one price."""

    seq: int
    price: str
    events: list[Event] = field(default_factory=list)
    terms: list[BilledTerm] = field(default_factory=list)


class Renewals:
    """The renewals of one account as they happened; with `every`, each has its own sentence."""

    def __init__(self, wording: Terms, terms: Sequence[BilledTerm], *, every: bool) -> None:
        self._wording = wording
        self._by_start = {term.starts_on: term for term in terms}
        self._every = every
        self._run: _Run | None = None
        self._sentences: list[tuple[int, Sentence]] = []

    def interrupt(self) -> None:
        """Something else happened: the next renewal begins a new sentence."""
        if self._run is not None:
            self._sentences.append((self._run.seq, _folded(self._run)))
            self._run = None

    def add(self, rows: Sequence[Event], *, missed_until: date | None) -> None:
        """The terms that one transaction renewed, each a row of the journal."""
        terms = [self._by_start[row.day("was")] for row in rows]
        event = rows[0]
        if len(rows) > 1 or terms[0].starts_on < event.on:
            self.interrupt()
            text = self._late(event, terms, missed_until)
            sentence = Sentence(on=event.on, kind="renewed", text=text)
            self._sentences.append((event.seq, sentence))
            return
        price = self._wording.price(terms[0], event.batch)
        run = self._run
        if run is None or (run.price, run.terms[0].period) != (price, terms[0].period):
            self.interrupt()
            run = self._run = _Run(seq=event.seq, price=price)
        run.events.append(event)
        run.terms += terms
        if self._every:
            self.interrupt()

    def sentences(self) -> Iterator[tuple[int, Sentence]]:
        """Each sentence with its place in the journal."""
        self.interrupt()
        yield from self._sentences

    def _late(self, event: Event, terms: Sequence[BilledTerm], missed_until: date | None) -> str:
        missed = self._wording.missed(terms)
        if missed_until is not None and terms[0].starts_on <= missed_until:
            why = f"Billed for what fell due while it was suspended for debt, {missed}"
        else:
            why = f"Renewed late, by the tick of this day, for {missed}"
        prices = self._wording.together(terms, event.batch)
        return f"{why}: {prices}; invoice {terms[0].invoice}. Expiry {terms[-1].ends_on}."


def _folded(run: _Run) -> Sentence:
    first, last = run.terms[0], run.terms[-1]
    if len(run.terms) == 1:
        how, which, price = "", f"invoice {first.invoice}", run.price
    else:
        days = [str(term.starts_on) for term in run.terms]
        invoices = [term.invoice for term in run.terms]
        how = f" {len(run.terms)} times, on {listed(days)}"
        which = f"invoices {listed(invoices)}"
        if len(run.terms) > MOST_LISTED:
            how = f" {len(run.terms)} times, first on {days[0]}, last on {days[-1]}"
            which = f"the first with invoice {invoices[0]}, the last with {invoices[-1]}"
        price = run.price.replace(" net", " net each", 1)
    text = f"Renewed {first.period}{how}: {price}; {which}. Expiry {last.ends_on}."
    return Sentence(on=run.events[0].on, kind="renewed", text=text)
