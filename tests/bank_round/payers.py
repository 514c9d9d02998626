"""How people write what their transfer is for: rightly, wrongly, and so that one would guess."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.bank_round.simulated import Bank, Told, Truth
from tests.helpers import Cli

STRANGER = "PT50000201231234567890154"
CLEAR = (
    "Facture {number}",
    "INVOICE {year} {seq} / thank you",
    "rechnung nr. {year}/{seq}, danke",
    "{number}",
    "Votre facture du mois ({number})",
)
UNCLEAR = (
    "Merci",
    "2026",
    "{year}",
    "customer 17 {year}",
    "1{number}",
    "{number}1",
    "17-{number}",
    "{number}-17",
    "AV-{number}",
    "AV{number}",
    "2025-{seq}",
    "Order: {year}",
    "ref NO{short}X",
    "tel +33{year}{seq}99",
)


def reference(content: str) -> str:
    """A payment reference with its check digits (ISO 11649), counted here once more."""
    digits = "".join(str(int(letter, 36)) for letter in f"{content}RF00")
    return f"RF{98 - int(digits) % 97:02}{content}"


@dataclass(slots=True)
class Payers:
    """The customers who transfer, with their IBANs."""

    cli: Cli
    rng: random.Random
    bank: Bank
    ibans: Mapping[str, str]

    def pay(self, name: str, today: date) -> None:
        """A transfer of a customer for what they owe, or for what they think."""
        owed = self._invoices(name, only_open=True)
        orders = self._orders(name)
        ways = [self._nothing]
        if owed:
            ways += [self._one, self._one, self._several, self._unclear, self._twins]
        if orders and self.rng.random() < 0.6:
            self._order(name, orders, today)
            return
        self.rng.choice(ways)(name, owed, today)

    def transfer(self, name: str, cents: int, today: date) -> Truth:
        """A transfer of this sum that names an invoice; where there is none, it names nothing."""
        known = self._invoices(name)
        if not known:
            return self.bank.transfer(cents, today, name, Told.NOT, text="Merci")
        facts = self._named(self.rng.choice(known), self.rng.randrange(2))
        return self.bank.transfer(cents, today, name, Told.CLEARLY, **facts)

    def _one(self, name: str, owed: list[dict[str, Any]], today: date) -> None:
        """One invoice: all of it, a part, more; from whoever's account."""
        invoice = self.rng.choice(owed)
        total = int(invoice["total_cents"])
        cents = self.rng.choice((total, total, total // 2 or 1, total + 700))
        payer = self.rng.choice((self.ibans[name], self.ibans[name], STRANGER, ""))
        facts = self._named(invoice, self.rng.randrange(2))
        self.bank.transfer(cents, today, name, Told.CLEARLY, iban=payer, **facts)

    def _several(self, name: str, owed: list[dict[str, Any]], today: date) -> None:
        """All that is owed at once, with every number; or with a sum that is not theirs."""
        known = owed[:3]
        total = sum(int(one["total_cents"]) for one in known)
        wrong = self.rng.choice((0, 0, 1))
        if len(known) < 2:
            return
        text = [f"invoices {' + '.join(str(one['number']) for one in known)}"]
        told = Told.NOT if wrong else Told.PERHAPS
        self.bank.transfer(total + wrong, today, name, told, text=text, iban=self.ibans[name])

    def _unclear(self, name: str, owed: list[dict[str, Any]], today: date) -> None:
        """The exact amount of an invoice, with words that only look like its number."""
        invoice = self.rng.choice(owed)
        text = self.rng.choice(UNCLEAR).format(**self._parts(invoice))
        payer = self.rng.choice((self.ibans[name], STRANGER))
        cents = int(invoice["total_cents"])
        self.bank.transfer(cents, today, name, Told.NOT, iban=payer, text=text)

    def _twins(self, name: str, owed: list[dict[str, Any]], today: date) -> None:
        """The same line twice on one day: somebody paid twice, or two of theirs did."""
        invoice = self.rng.choice(owed)
        facts = self._named(invoice, 0)
        cents = int(invoice["total_cents"])
        first = self.bank.transfer(cents, today, name, Told.CLEARLY, **facts)
        again = first.movement
        if self.bank.has_references:
            again = type(again)(**{**_fields(again), "reference": f"{again.reference}-2"})
        self.bank.book(again, today, name, Told.CLEARLY, tag=first.tag)

    def _nothing(self, name: str, owed: list[dict[str, Any]], today: date) -> None:
        """A round sum that names nothing."""
        cents = self.rng.choice((1000, 5000, 7777 + len(owed)))
        self.bank.transfer(cents, today, name, Told.NOT, iban=self.ibans[name], text="acompte")

    def _order(self, name: str, orders: list[dict[str, Any]], today: date) -> None:
        """An order that waits: by its reference, or by its number after O."""
        order = self.rng.choice(orders)
        number, cents = int(order["number"]), int(order["total_cents"])
        facts: dict[str, Any] = {"text": self.rng.choice((f"O{number}", f"pour O{number} svp"))}
        if self.rng.random() < 0.6:
            facts = {"creditor_reference": reference(f"O{number}")}
        self.bank.transfer(cents, today, name, Told.CLEARLY, iban=self.ibans[name], **facts)

    def _named(self, invoice: dict[str, Any], by_text: int) -> dict[str, Any]:
        """What names an invoice for certain."""
        parts = self._parts(invoice)
        if by_text:
            return {"text": self.rng.choice(CLEAR).format(**parts)}
        return {"creditor_reference": reference(f"I{parts['year']}{parts['seq']}")}

    def _parts(self, invoice: dict[str, Any]) -> dict[str, str]:
        number = str(invoice["number"])
        year, seq = number.split("-")
        return {"number": number, "year": year, "seq": seq, "short": str(int(seq))}

    def _invoices(self, name: str, *, only_open: bool = False) -> list[dict[str, Any]]:
        found = [
            one for one in self.cli.ok("invoice", "list")["items"]
            if one["customer"] == name and one["kind"] == "invoice"
        ]  # fmt: skip
        return [one for one in found if not only_open or one["status"] == "open"]

    def _orders(self, name: str) -> list[dict[str, Any]]:
        return [
            one for one in self.cli.ok("order", "list")["items"]
            if one["customer"] == name and one["status"] == "not-paid" and one["kind"] != "debt"
        ]  # fmt: skip


def _fields(one: object) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}  # type: ignore[attr-defined]
