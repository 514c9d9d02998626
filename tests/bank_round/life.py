"""Random months of a host with a bank: both sides' faults, compared after every step."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from shlex import split
from typing import Any

from tests.bank_round.books import entries, is_sound, money
from tests.bank_round.oracle import Oracle
from tests.bank_round.payers import Payers
from tests.bank_round.simulated import SELLER_IBAN, Bank, File, Told, Truth
from tests.helpers import Cli
from tests.lives.life_store import killed_at
from tests.store.plain import rows

FIRST = date(2026, 1, 5)
HOST = f"""
init --clock {FIRST} --timezone UTC --seller-name Mail
settings set seller-iban={SELLER_IBAN} seller-creditor-id=FR72ZZZ123456 mail-host=none
"""
DEBITED = {
    "anna": "DE89370400440532013000",
    "bert": "FR1420041010050500013M02606",
    "dora": "AT611904300234573201",
    "emil": "NL91ABNA0417164300",
}
TRANSFERRING = {
    "cleo": "BE68539007547034",
    "finn": "LU280019400644750000",
    "gina": "ES9121000418450200051332",
}


@dataclass(slots=True)
class Life:
    """One host, its bank and what the oracle counts."""

    cli: Cli
    rng: random.Random
    bank: Bank
    payers: Payers
    oracle: Oracle = field(default_factory=Oracle)
    today: date = FIRST
    mail: list[tuple[date, File]] = field(default_factory=list)
    """Files on their way, with the day on which they arrive."""
    kept: list[Path] = field(default_factory=list)
    """All that has arrived."""

    def chance(self, share: float) -> bool:
        """Whether something that happens so often happens now."""
        return self.rng.random() < share

    def day(self) -> None:
        """A day of the host and of its bank."""
        self.today += timedelta(days=1)
        self.cli.ok("tick")
        self.bank.collect(self.today)
        for _ in range(self.rng.randrange(4)):
            self.rng.choice(MOVES)(self)
        self.hand_over()
        self.write()
        self.take_in()
        self.look()

    def hand_over(self) -> None:
        """The debits go to the bank."""
        path = self.cli.store.with_name(f"debits-{self.today}.xml")
        self.cli.ok("payment", "export", "--kind", "bank", "--format", "sepa", "--to", str(path))
        if path.exists():
            self.bank.take(path.read_text(encoding="utf-8"))

    def write(self) -> None:
        """The bank writes about the day: at once or late, with days that were told before."""
        days = self.rng.choice((0, 0, 0, 1, 1, 3))
        if self.chance(0.75):
            delay = self.rng.choice((0, 0, 0, 0, 1, 2, 9))
            first = max(FIRST, self.today - timedelta(days=days))
            self.send(self.bank.told("camt.053", first, self.today), delay)
        for kind in ("camt.054", "camt.052"):
            if self.chance(0.4):
                self.send(self.bank.told(kind, self.today, self.today), self.rng.choice((0, 0, 2)))

    def send(self, file: File, delay: int = 0) -> None:
        """A file is on its way."""
        self.mail.append((self.today + timedelta(days=delay), file))

    def take_in(self) -> None:
        """Import what arrived, in any order; killed before, or given twice."""
        files = [file for on, file in self.mail if on <= self.today]
        self.mail = [(on, file) for on, file in self.mail if on > self.today]
        self.rng.shuffle(files)
        self.import_files(files)

    def import_files(self, files: list[File]) -> None:
        """One command for all of them."""
        if not files:
            return
        paths = []
        for file in files:
            path = self.cli.store.with_name(file.name)
            path.write_bytes(file.content)
            paths.append(str(path))
        if self.chance(0.3):
            killed_at(self.rng.randrange(1, 200), self.cli, "bank", "import", *paths)
        self.cli.ok("bank", "import", *paths)
        for file in files:
            self.oracle.hear(file.truths)
        self.kept += map(Path, paths)
        if self.chance(0.3):
            again = self.rng.sample(self.kept, min(len(self.kept), 3))
            assert not self.cli.ok("bank", "import", *map(str, again))["changed"]

    def of(self, one: Truth) -> list[dict[str, Any]]:
        """The entries of a movement."""
        return [
            entry
            for entry in entries(self.cli)
            if one.tag in f"{entry['name']} {entry['text']} {entry['reference']}"
        ]

    def look(self) -> None:
        """Each customer's money is what the oracle says, and the books are sound."""
        for one in [one for one in self.oracle.waiting if one.told is Told.PERHAPS]:
            if any(entry["state"] == "booked" for entry in self.of(one)):
                self.oracle.waiting.remove(one)
                self.oracle.count(one)
        assert money(self.cli) == self.oracle.expected()
        self.are_theirs()
        self.are_there_once()
        is_sound(self.cli)

    def are_theirs(self) -> None:
        """What is booked is booked for whose it is in truth."""
        truths = {one.tag: one for one in self.bank.movements}
        for entry in entries(self.cli):
            words = f"{entry['name']} {entry['text']}"
            for tag in (word for word in words.split() if word in truths):
                owner = truths[tag].customer
                if entry["state"] == "booked" and owner is not None:
                    assert entry["customer"] == owner, entry

    def are_there_once(self) -> None:
        """Each movement is an entry as often as it happened; what may be one of them says so."""
        found = Counter(
            word
            for name, text in rows(self.cli.store, _ENTRIES)
            for word in set(f"{name} {text}".split())
        )
        parts = {one.tag: len(one.movement.parts) or 1 for one in self.bank.movements}
        there = {tag: found[tag] for tag in self.oracle.told}
        assert there == {tag: count * parts[tag] for tag, count in self.oracle.told.items()}

    def end(self) -> None:
        """The bank tells of all that there was, and a person decides what is left."""
        self.mail += [(self.today, self.bank.told("camt.053", FIRST, self.today))]
        self.mail = [(self.today, file) for _, file in self.mail]
        self.take_in()
        self.look()
        for one in list(self.oracle.waiting):
            self.decide(one)
        for entry in entries(self.cli):
            if entry["state"] in ("unmatched", "proposed"):
                # The same money once more, from a bank that gives no references.
                self.cli.ok("bank", "ignore", str(entry["id"]), "--reason", "told twice", "-y")
        self.look()
        fees = sum(
            one.cents if not one.customer and not one.debits else -one.charges_cents
            for one in self.bank.movements
        )
        assert money(self.cli).total() + fees == self.bank.balance_cents()

    def decide(self, one: Truth) -> None:
        """What a person does who knows whose money it is."""
        self.oracle.waiting.remove(one)
        entry = next(e for e in self.of(one) if e["state"] in ("unmatched", "proposed"))
        number = str(entry["id"])
        if one.tag in self.oracle.by_hand:
            assert entry["state"] == "proposed", entry
            self.cli.ok("bank", "accept", number, "-y")
        elif one.customer is None:
            self.cli.ok("bank", "ignore", number, "--reason", "fee", "-y")
        else:
            self.cli.ok("bank", "match", number, "--customer", one.customer, "-y")
            self.oracle.count(one)


def order(life: Life) -> None:
    """Somebody orders a mailbox for a month or a year; who is in debt may not."""
    name = life.rng.choice((*DEBITED, *TRANSFERRING))
    period = life.rng.choice(("monthly", "yearly"))
    life.cli("account", "order", f"{name}-hx", "--period", period, "-y")


def later_order(life: Life) -> None:
    """An order that waits for its payment."""
    name = life.rng.choice(tuple(TRANSFERRING))
    life.cli("account", "order", f"{name}-hx", "--await-payment", "-y")


def pay(life: Life) -> None:
    """Somebody transfers money in their own way."""
    life.payers.pay(life.rng.choice(tuple(TRANSFERRING)), life.today)


def fee(life: Life) -> None:
    """The bank takes its price, which is nobody's money."""
    cents = -life.rng.randrange(1, 500)
    life.bank.transfer(cents, life.today, None, Told.NOT, text="Account fee")


def _credited(life: Life) -> list[Truth]:
    """Debits that were credited singly or by parts, and not taken back yet."""
    back = {
        debit.end_to_end_id
        for one in life.bank.movements if one.is_return for debit in one.debits
    }  # fmt: skip
    return [
        one
        for one in life.bank.movements
        if one.debits and not one.is_return and one.told is Told.CLEARLY
        and (life.bank.style != "bare" or life.oracle.told[one.tag])
        and not back & {debit.end_to_end_id for debit in one.debits}
    ]  # fmt: skip


def give_back(life: Life) -> None:
    """A debtor's bank takes money back; now and then it is sent once more."""
    found = _credited(life)
    if found:
        debit = life.rng.choice(life.rng.choice(found).debits)
        code = life.rng.choice(("AM04", "MD01", "MD06"))
        life.bank.give_back(debit, life.today, code, life.rng.choice((0, 0, 350)))


def send_again(life: Life) -> None:
    """A return is returned: the money comes once more, under the EndToEndId of the debit.

    That takes more than the days by which kinds of file may differ about one movement. Who has not
    been told of the first credit may take this one for it.
    """
    found = [
        one for one in life.bank.movements
        if one.is_return and one.on < life.today - timedelta(days=6)
        and len(of_debit := [m for m in life.bank.movements if one.debits[0] in m.debits]) == 2
        and all(life.oracle.told[each.tag] for each in of_debit)
    ]  # fmt: skip
    if found:
        (debit,) = life.rng.choice(found).debits
        life.bank.transfer(
            debit.cents, life.today, debit.customer, Told.CLEARLY,
            end_to_end_id=debit.end_to_end_id, iban=debit.iban,
        ).debits = (debit,)  # fmt: skip


def refuse(life: Life) -> None:
    """The bank refuses a debit before its day, and says so at once."""
    if life.bank.waiting:
        debit = life.rng.choice(life.bank.waiting)
        life.send(life.bank.refuse([debit], life.rng.choice(("AM04", "AC04", "MD01"))))


def by_hand(life: Life) -> None:
    """A person records a transfer that they saw on the bank's site, before its file comes."""
    name = life.rng.choice(tuple(TRANSFERRING))
    has_reference = life.bank.has_references and life.chance(0.5)
    # No other money of the customer has this amount.
    cents = 100_000 + len(life.bank.movements)
    one = life.payers.transfer(name, cents, life.today)
    words = ["--reference", one.movement.reference] if has_reference else []
    if one.told is Told.CLEARLY or has_reference:
        life.cli.ok("prepaid", "credit", name, f"{cents / 100:.2f}", "--received", *words)
        life.oracle.record_by_hand(one, with_reference=has_reference)


def settle_by_hand(life: Life) -> None:
    """A person records that a debit was credited, with the bank's reference for it."""
    found = [
        one for one in life.bank.movements
        if one.debits and not one.is_return and one.told is Told.CLEARLY
        and one.on == life.today and not life.oracle.told[one.tag]
        and life.bank.has_references and life.bank.style == "single"
    ]  # fmt: skip
    for one in found[:1]:
        (debit,) = one.debits
        number = debit.end_to_end_id.split("-")[1]
        life.cli.ok("payment", "settle", number, "--reference", one.movement.reference)
        life.oracle.settle_by_hand(debit)


def undo(life: Life) -> None:
    """A person takes a booking back that they think wrong."""
    found = [
        one for one in life.bank.movements
        if one.told is Told.CLEARLY and not one.debits and one not in life.oracle.waiting
        and life.oracle.told[one.tag] == 1 and one.tag not in life.oracle.by_hand
    ]  # fmt: skip
    if found:
        one = life.rng.choice(found)
        booked = [entry for entry in life.of(one) if entry["state"] == "booked"]
        assert len(booked) == 1, (one, booked)
        life.cli.ok("bank", "undo", str(booked[0]["id"]), "-y")
        life.oracle.take_back(one)


_ENTRIES = "SELECT name, text FROM bank_entry WHERE same_as_id IS NULL"
MOVES = (order, order, order, later_order, pay, pay, pay, fee, give_back, send_again, refuse,
         by_hand, settle_by_hand, undo)  # fmt: skip


@contextmanager
def a_life(cli: Cli, seed: int) -> Iterator[Life]:
    """A host with seven customers and a bank whose manner the seed decides."""
    rng = random.Random(seed)
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    for name, iban in (DEBITED | TRANSFERRING).items():
        cli.ok("customer", "add", name, "--name", name.title(), "--email", f"it@{name}.example",
               "--payment-days", str(rng.choice((3, 7, 30))))  # fmt: skip
        cli.ok("platform", "add", f"{name}-hx", "--customer", name, "--offer", "hosted-exchange")
        if name in DEBITED:
            cli.ok("method", "add", "bank", name, "--iban", iban, "--holder", name.title(),
                   "--mandate", f"M-{name}", "--signed", "2025-01-01")  # fmt: skip
    bank = Bank(
        rng=rng,
        version=rng.choice((2, 4, 8)),
        references=rng.choice(("own", "own", "none", "same")),
        style=rng.choice(("single", "single", "parts", "bare")),
    )
    yield Life(cli, rng, bank, Payers(cli, rng, bank, TRANSFERRING))
