"""A bank that misbehaves as banks do: it loses statements, tells things twice, and books in sums.

It takes the seller's payment files as they are and knows nothing else of mailctl. What it knows of
the truth, whose money a movement is, nobody reads but the oracle and the person at the end.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from xml.etree import ElementTree as ET

from tests.statements.camt_files import (
    Answer,
    BatchAnswer,
    Movement,
    Page,
    batch,
    camt,
    pain002,
)

SELLER_IBAN = "FR7630006000011234567890189"
_PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.008.001.08}"


class Told(Enum):
    """What a movement's own words are worth, by the rules alone."""

    CLEARLY = "it says whose it is: it must be booked"
    PERHAPS = "a careful reader may see whose it is, or leave it to a person"
    NOT = "it must not be booked by itself"


@dataclass(slots=True, kw_only=True)
class Debit:
    """A direct debit of a payment file."""

    end_to_end_id: str
    cents: int
    customer: str
    iban: str
    message_id: str
    batch_id: str
    collect_on: date


@dataclass(slots=True, kw_only=True)
class Truth:
    """A movement, and what it is in truth: whose money (None: nobody's), of which debits."""

    tag: str
    on: date
    movement: Movement
    customer: str | None
    told: Told
    debits: tuple[Debit, ...] = ()
    is_return: bool = False
    charges_cents: int = 0
    """What the bank took besides, in the same sum."""

    @property
    def cents(self) -> int:
        """Signed cents of the seller's account."""
        return self.movement.cents or 0


@dataclass(slots=True, kw_only=True)
class File:
    """A file that the bank sends, with what it tells of."""

    name: str
    content: bytes
    truths: tuple[Truth, ...] = ()
    refused: tuple[Debit, ...] = ()


@dataclass(slots=True, kw_only=True)
class Bank:
    """The seller's account, and how this bank writes.

    `style`: a batch is told as `single` entries, as a sum with its `parts`, or as a `bare` sum.
    `references`: each entry has its `own`, or `none`, or all have the `same`, which says nothing.
    """

    rng: random.Random
    version: int
    references: str
    style: str
    movements: list[Truth] = field(default_factory=list)
    waiting: list[Debit] = field(default_factory=list)
    count: int = 0

    @property
    def has_references(self) -> bool:
        """Whether an entry's reference tells it from all others."""
        return self.references == "own"

    def tag(self) -> str:
        """A word that nothing else has, and that has no digit."""
        self.count += 1
        letters = [chr(ord("a") + self.count // 26**place % 26) for place in (2, 1, 0)]
        return "Zq" + "".join(letters)

    def balance_cents(self, before: date | None = None) -> int:
        """What is on the account, at the end or before a day."""
        return sum(one.cents for one in self.movements if before is None or one.on < before)

    def take(self, content: str) -> None:
        """Take a payment file; the debits are carried out on their day."""
        for group in ET.fromstring(content).iter(f"{_PAIN}PmtInf"):
            on = date.fromisoformat(_text(group, "ReqdColltnDt"))
            self.waiting += [
                Debit(
                    end_to_end_id=_text(one, "EndToEndId"),
                    cents=int(_text(one, "InstdAmt").replace(".", "")),
                    customer=_text(one, "MndtId").removeprefix("M-"),
                    iban=_text(one.find(f"{_PAIN}DbtrAcct") or one, "IBAN"),
                    message_id=f"mailctl-file-{_text(group, 'PmtInfId').split('-')[2]}",
                    batch_id=_text(group, "PmtInfId"),
                    collect_on=on,
                )
                for one in group.iter(f"{_PAIN}DrctDbtTxInf")
            ]

    def refuse(self, which: Sequence[Debit], code: str) -> File:
        """Refuse debits before their day; the answer."""
        for one in which:
            self.waiting.remove(one)
        answers = [
            BatchAnswer(batch_id=one.batch_id, answers=[Answer(end_to_end_id=one.end_to_end_id,
                                                               code=code)])
            for one in which
        ]  # fmt: skip
        content = pain002(*answers, message_id=which[0].message_id, status="PART")
        return File(name=f"pain002-{self.tag()}.xml", content=content, refused=tuple(which))

    def collect(self, today: date) -> None:
        """Credit what is due, singly or in sums."""
        due = [one for one in self.waiting if one.collect_on <= today]
        self.waiting = [one for one in self.waiting if one.collect_on > today]
        groups = [[one] for one in due]
        if self.style != "single":
            names = dict.fromkeys(one.batch_id for one in due)
            groups = [[one for one in due if one.batch_id == name] for name in names]
        for group in groups:
            self._credit(group, today)

    def _credit(self, group: list[Debit], today: date) -> None:
        tag = self.tag()
        parts = tuple(self._debit(one, tag, today) for one in group)
        whole = parts[0]
        if self.style == "parts":
            whole = batch(
                *parts, day=str(today), value_on=str(today), reference=self._reference(tag)
            )
        if self.style == "bare":
            whole = replace(
                parts[0],
                cents=sum(one.cents for one in group),
                reference=self._reference(tag),
                batch_count=len(group),
                extra=f"<AddtlNtryInf>{tag}</AddtlNtryInf>",
            )
        whole = replace(whole, message_id=group[0].message_id, batch_id=group[0].batch_id)
        names = {one.customer for one in group}
        customer = names.pop() if len(names) == 1 else None
        self.book(whole, today, customer, Told.CLEARLY, tag=tag, debits=tuple(group))

    def _debit(self, one: Debit, tag: str, today: date) -> Movement:
        return Movement(
            cents=one.cents, day=str(today), value_on=str(today), name=tag, iban=one.iban,
            end_to_end_id=one.end_to_end_id, message_id=one.message_id, batch_id=one.batch_id,
            reference=self._reference(tag) if self.style == "single" else "",
            bank_code="PMNT/RDDT/ESDD",
        )  # fmt: skip

    def give_back(self, one: Debit, today: date, code: str, charges_cents: int = 0) -> None:
        """Take the money of a debit back, and what the bank asks for it."""
        tag = self.tag()
        back = replace(
            self._debit(one, tag, today),
            cents=-one.cents - charges_cents,
            return_code=code,
            reference=self._reference(tag),
        )
        if charges_cents:
            back = replace(back, original_cents=one.cents, charges_cents=charges_cents)
        truth = self.book(back, today, one.customer, Told.CLEARLY, tag=tag, debits=(one,))
        truth.is_return, truth.charges_cents = True, charges_cents

    def transfer(
        self, cents: int, today: date, customer: str | None, told: Told, **said: object
    ) -> Truth:
        """Money that somebody sends, or that goes out."""
        tag = self.tag()
        facts: dict[str, object] = {"name": tag, "reference": self._reference(tag), **said}
        one = Movement(cents=cents, day=str(today), value_on=str(today), **facts)  # type: ignore[arg-type]
        return self.book(one, today, customer, told, tag=tag)

    def book(
        self,
        movement: Movement,
        today: date,
        customer: str | None,
        told: Told,
        *,
        tag: str,
        debits: tuple[Debit, ...] = (),
    ) -> Truth:
        """Put a movement on the account."""
        truth = Truth(tag=tag, on=today, movement=movement, customer=customer, told=told,
                      debits=debits)  # fmt: skip
        self.movements.append(truth)
        return truth

    def told(self, kind: str, first: date, last: date) -> File:
        """A file of some days: `camt.053`, `camt.052` or `camt.054`."""
        found = tuple(one for one in self.movements if first <= one.on <= last)
        page = Page(
            entries=[one.movement for one in found],
            account=SELLER_IBAN,
            identification=f"{kind}-{first}-{last}",
            number=None,
            from_on=str(first),
            to_on=str(last),
            opening=self.balance_cents(first) if kind == "camt.053" else None,
            opening_on=str(first),
            closing_on=str(last),
        )
        # The time of writing makes two files of the same days two files.
        name = f"{kind}-{self.tag()}.xml"
        content = camt(kind, page, version=self.version).replace(b"MSG-1", name.encode())
        return File(name=name, content=content, truths=found)

    def _reference(self, tag: str) -> str:
        return {"own": f"REF-{tag}", "none": "", "same": "NONREF"}[self.references]


def _text(inside: ET.Element, name: str) -> str:
    return next(inside.iter(f"{_PAIN}{name}")).text or ""


def yesterday(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
