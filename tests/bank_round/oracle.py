"""What each customer's money must be, if nothing is booked twice and nothing on a guess.

It is told what came to the host, in the words of the bank's own truth, and counts. It imports
nothing of mailctl: a rule that both had wrong would have to be wrong in two ways alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.bank_round.simulated import Debit, Told, Truth


@dataclass(slots=True, kw_only=True)
class Debited:
    """How often a debit was credited and taken back, as the host was told."""

    debit: Debit
    credited: int = 0
    returned: int = 0
    is_settled_by_hand: bool = False

    @property
    def cents(self) -> int:
        """A return that is told first says that the money had come; a person's word counts once."""
        came = max(self.credited, int(self.is_settled_by_hand))
        return self.debit.cents * max(came - self.returned, 0)


@dataclass(slots=True)
class Oracle:
    """The money of each customer, and the movements that wait for a person."""

    held: Counter[str] = field(default_factory=Counter)
    debits: dict[str, Debited] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    waiting: list[Truth] = field(default_factory=list)
    by_hand: dict[str, bool] = field(default_factory=dict)
    """Movements that a person recorded before: whether with the bank's reference."""

    def expected(self) -> dict[str, int]:
        """Cents of each customer who has any."""
        found = Counter(self.held)
        for one in self.debits.values():
            found[one.debit.customer] += one.cents
        return {name: cents for name, cents in found.items() if cents}

    def hear(self, truths: Iterable[Truth]) -> list[Truth]:
        """A file came; the movements of it that are new."""
        found = list(truths)
        counted: Counter[str] = Counter()
        new = []
        for one in found:
            counted[one.tag] += 1
            if counted[one.tag] > self.told[one.tag]:
                self.told[one.tag] += 1
                new.append(one)
                self._take(one)
        return new

    def _take(self, one: Truth) -> None:
        if one.debits and one.told is Told.CLEARLY:
            for debit in one.debits:
                known = self.debits.setdefault(debit.end_to_end_id, Debited(debit=debit))
                if one.is_return:
                    known.returned += 1
                else:
                    known.credited += 1
        elif one.tag in self.by_hand:
            if not self.by_hand[one.tag]:
                self.waiting.append(one)
        elif one.told is Told.CLEARLY:
            self.count(one)
        else:
            self.waiting.append(one)

    def count(self, one: Truth) -> None:
        """Money of somebody is in the books."""
        assert one.customer is not None, one
        self.held[one.customer] += one.cents

    def settle_by_hand(self, debit: Debit) -> None:
        """A person recorded that a debit was credited."""
        known = self.debits.setdefault(debit.end_to_end_id, Debited(debit=debit))
        known.is_settled_by_hand = True

    def record_by_hand(self, one: Truth, *, with_reference: bool) -> None:
        """A person recorded a transfer before the bank's file came."""
        self.by_hand[one.tag] = with_reference
        self.count(one)

    def take_back(self, one: Truth) -> None:
        """A person undid a booking: it waits again."""
        assert one.customer is not None, one
        self.held[one.customer] -= one.cents
        self.waiting.append(one)
