"""Terms in words: what each cost, where its price came from, which invoice billed it."""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.domain.money import money
from mailctl.domain.terms import Period
from mailctl.domain.text import counted
from mailctl.insight.explaining.origins import Prices
from mailctl.store.engine.reader import Reader
from mailctl.store.prices import kept_price
from mailctl.store.queries.explanations import BilledTerm


class Terms:
    """How the terms of one customer's accounts are told."""

    def __init__(self, reader: Reader, customer: str) -> None:
        self._reader = reader
        self._customer = customer
        self._prices: dict[int, Prices] = {}

    def prices(self, offer_id: int) -> Prices:
        """The prices of an offer for the customer, read once."""
        if offer_id not in self._prices:
            self._prices[offer_id] = Prices(self._reader, offer_id, self._customer)
        return self._prices[offer_id]

    def price(self, term: BilledTerm, batch: int | None) -> str:
        """A term's price and its origin: `3.99 EUR net, the price of email-pro, as shipped`."""
        kept = None
        if term.period == Period.YEARLY.value:
            kept = kept_price(self._reader, term.account_id, term.starts_on)
        origin = self.prices(term.offer_id).said(
            term.period,
            term.starts_on,
            term.unit_cents,
            before=batch,
            is_kept=kept == term.unit_cents,
        )
        return f"{money(term.unit_cents, self._reader.info.currency)} net, {origin}"

    def together(self, terms: Sequence[BilledTerm], batch: int | None) -> str:
        """The prices of terms that were billed at once, told once where they are the same."""
        told = {self.price(term, batch): term for term in reversed(terms)}
        if len(told) == 1:
            (price,) = told
            return price.replace(" net", " net each", 1) if len(terms) > 1 else price
        return "; ".join(f"from {told[price].starts_on} {price}" for price in reversed(told))

    def missed(self, terms: Sequence[BilledTerm]) -> str:
        """Terms with their days: `the term from 2026-01-31 to 2026-02-28`."""
        first, last = terms[0].starts_on, terms[-1].ends_on
        which = "the term" if len(terms) == 1 else counted(len(terms), f"{terms[0].period} term")
        return f"{which} from {first} to {last}"
