"""A year of a small host with every kind of movement, at random but the same for the same seed.

What the rules refuse is left undone: the books must hold whatever was tried.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli
from tests.originals import made_once
from tests.store.plain import rows

# Names that accounting programs could take for something else, and ids that differ by a dot only.
CUSTOMERS = r"""id,name,email,country,vat_number,balance_cents
acme,"Acme ""S"" \ SARL; fils | Cie",it@acme.example,FR,,25000
a.cme,Ärzte & Söhne,it@ae.example,DE,,0
a-cme,Bolt GmbH,it@bolt.example,DE,DE136695976,-1250
.x,=Cinq*6,it@cinq.example,BE,,1000
-x,(Dora) [x],it@dora.example,CH,,50000
9lives,Nine,it@nine.example,FI,,0
"""
SLUGS = ("acme", "a.cme", "a-cme", ".x", "-x", "9lives")
OFFERS = ("email-pro", "hosted-exchange", "private-exchange", "own.offer")
PERIODS = ("monthly", "yearly")
SAID = 'said; "so" | \\ 5 €'
METHODS = {
    "bank": "--iban FR7630006000011234567890189 --holder É&Co --mandate M-1 --signed 2026-01-01",
    "card": "--token tok_1 --brand Visa --last4 4242 --expires 2026-09",
    "paypal": "--agreement B-123",
}


@dataclass(slots=True)
class Year:
    """A store that is lived in, and the dice."""

    cli: Cli
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)

    def do(self, *argv: object) -> None:
        """Carry out a command, if the rules take it; a usage error is a mistake of this file."""
        words = [str(word) for word in argv]
        outcome = self.cli(*words, "-y")
        assert outcome.status in (0, 1), (words, outcome.err)
        if outcome.status == 0:
            self.done[" ".join(words[:2])] += 1

    def one(self, sql: str) -> Any:
        """The value of a row chosen by the dice; None where there is no row."""
        found = rows(self.cli.store, sql)
        return self.dice.choice(found)[0] if found else None

    def who(self) -> str:
        return f"customer/{self.dice.choice(SLUGS)}"

    # What can happen

    def credit(self) -> None:
        self.do("prepaid", "credit", self.who(), self.dice.choice(("10", "23.45", "300")))

    def order(self) -> None:
        name = self.one("SELECT name FROM platform WHERE state = 'active'")
        if name is None:
            self.platform()
            return
        address = f"box{self.dice.randint(1, 10**9)}@{name}.example"
        argv = ["account", "order", name, address, "--count", self.dice.randint(1, 4)]
        if self.dice.random() < 0.2:
            argv.append("--await-payment")
        if self.dice.random() < 0.6:
            argv += ["--period", self.dice.choice(PERIODS)]
        self.do(*argv)

    def pay_order(self) -> None:
        number = self.one("SELECT number FROM purchase_order WHERE status = 'not-paid'")
        if number is not None:
            received = ["--received"] if self.dice.random() < 0.7 else []
            self.do("order", "pay", number, *received)

    def on_account(self, verb: str, *argv: object, which: str = "state <> 'deleted'") -> None:
        number = self.one(f"SELECT id FROM account WHERE {which}")
        if number is not None:
            self.do("account", verb, number, *argv)

    def extend(self) -> None:
        self.on_account("extend", "--terms", self.dice.randint(1, 3))

    def reopen(self) -> None:
        mode = self.dice.choice(((), ("--mode", "monthly"), ("--mode", "yearly")))
        self.on_account("reopen", *mode, which="suspended_for = 'expired'")

    def renew(self) -> None:
        self.on_account("renew", "--mode", self.dice.choice((*PERIODS, "none")))

    def reset(self) -> None:
        self.on_account("reset")

    def delete(self) -> None:
        self.on_account("delete")

    def configure(self) -> None:
        address = f"new{self.dice.randint(1, 10**9)}@d{self.dice.randint(1, 10**9)}.example"
        self.on_account("configure", address, which="address IS NULL AND state = 'active'")

    def document(self, where: str = "1 = 1") -> str | None:
        number: str | None = self.one(
            "SELECT i.year || '-' || substr('00000' || i.seq, -6) FROM invoice i "
            f"JOIN invoice_open o ON o.invoice_id = i.id WHERE {where}"
        )
        return number

    def credit_note(self) -> None:
        number = self.document()
        if number is not None:
            lines = () if self.dice.random() < 0.4 else ("--line", self.dice.randint(1, 4))
            outcome = self.cli(
                "invoice", "credit", number, *map(str, lines), "--reason", SAID, "-y"
            )
            # A line that the invoice does not have is a usage error.
            self.done["invoice credit"] += outcome.status == 0

    def pay_invoice(self) -> None:
        number = self.document("o.open_cents > 0")
        if number is not None:
            self.do("invoice", "pay", number)

    def refund(self) -> None:
        units = f"{self.dice.randint(0, 40)}.{self.dice.randint(1, 99):02d}"
        self.do("prepaid", "refund", self.who(), units, "--reason", "; date:x |")

    def reverse(self) -> None:
        """A credit that was wrong; a settlement that was, or that the bank or gateway took back."""
        found = rows(
            self.cli.store,
            "SELECT c.slug, l.seq, l.kind FROM ledger l JOIN customer c ON c.id = l.customer_id "
            "WHERE l.kind IN ('credit', 'payment') ORDER BY l.id",
        )
        if not found:
            return
        slug, seq, kind = self.dice.choice(found)
        how = self.dice.choice((["--mistake"], ["--returned", "AM04"], ["--returned", "MD06"]))
        flags = how if kind == "payment" else []
        self.do(
            *("prepaid", "reverse", f"customer/{slug}", seq, "--reason", "opening balance"), *flags
        )

    def late_money(self) -> None:
        number = self.one("SELECT id FROM payment WHERE status <> 'pending'")
        if number is not None:
            again = ("--again-received", "--reference", f"r{self.dice.randint(1, 99)}")
            self.do("payment", "settle", number, *self.dice.choice(((), again)))

    def grace(self) -> None:
        day = self.one("SELECT reached_on FROM clock")
        self.do("prepaid", "grace", self.who(), "--until", day, "--reason", "a promise")

    def method(self) -> None:
        kind = self.dice.choice(list(METHODS))
        self.do("method", "add", kind, self.who(), *METHODS[kind].split())

    def choose(self) -> None:
        number = self.one("SELECT id FROM method WHERE removed_on IS NULL")
        if number is not None:
            self.do("method", self.dice.choice(("default", "remove")), number)

    def payment(self) -> None:
        number = self.one("SELECT id FROM payment WHERE status = 'pending'")
        if number is None:
            return
        if self.dice.random() < 0.5:
            self.do("payment", "settle", number)
        else:
            self.do("payment", "fail", number, "--reason", "no money")

    def export(self) -> None:
        kind = self.dice.choice(list(METHODS))
        self.do("payment", "export", "--kind", kind, "--format", "csv")

    def price(self) -> None:
        argv = ["offer", "price", self.dice.choice(OFFERS), "monthly"]
        argv.append(self.dice.choice(("0", "0.01", "2.50", "19.99")))
        if self.dice.random() < 0.8:
            argv += ["--customer", self.who()]
        self.do(*argv)

    def platform(self) -> None:
        name, offer = f"p{self.dice.randint(1, 10**6)}", self.dice.choice(OFFERS)
        self.do("platform", "add", name, "--customer", self.who(), "--offer", offer)

    def cancel(self) -> None:
        name = self.one("SELECT name FROM platform WHERE state <> 'closed'")
        if name is not None:
            self.do("platform", self.dice.choice(("cancel", "resume", "resume")), name)

    def manual(self) -> None:
        name = self.one("SELECT name FROM platform WHERE state = 'active'")
        if name is not None:
            self.do("platform", "renewal", name, self.dice.choice(("--manual", "--automatic")))

    def cancel_order(self) -> None:
        number = self.one("SELECT number FROM purchase_order WHERE status = 'not-paid'")
        if number is not None:
            self.do("order", "cancel", number)

    def delete_platform(self, name: str | None = None) -> None:
        name = name or self.one("SELECT name FROM platform WHERE state = 'cancelled'")
        if name is None:
            return
        self.do("platform", "delete", name, "-y")
        token = self.one("SELECT secret FROM notice WHERE id = (SELECT max(id) FROM notice)")
        self.do("platform", "delete", name, f"--token={token}", "--confirm", name)

    def leave(self) -> None:
        """The customer with the last id goes, for good: nothing of theirs is left but the books."""
        slug = SLUGS[-1]
        if self.one(f"SELECT id FROM customer WHERE slug = '{slug}' AND state <> 'open'"):
            return
        for (name,) in rows(
            self.cli.store,
            "SELECT p.name FROM platform p JOIN customer c ON c.id = p.customer_id "
            f"WHERE c.slug = '{slug}' AND p.state <> 'closed'",
        ):
            self.delete_platform(name)
        for (number,) in rows(
            self.cli.store,
            "SELECT y.id FROM payment y JOIN customer c ON c.id = y.customer_id "
            f"WHERE c.slug = '{slug}' AND y.status = 'pending'",
        ):
            self.do("payment", "settle", number)
        balance = self.one(f"SELECT balance_cents FROM customer WHERE slug = '{slug}'")
        units = f"{abs(balance) // 100}.{abs(balance) % 100:02d}"
        if balance > 0:
            self.do("prepaid", "refund", slug, units, "--reason", "leaving")
        elif balance < 0:
            self.do("prepaid", "credit", slug, units)
        for (number,) in rows(
            self.cli.store,
            "SELECT o.number FROM purchase_order o JOIN customer c ON c.id = o.customer_id "
            f"WHERE c.slug = '{slug}' AND o.status = 'not-paid'",
        ):
            self.do("order", "cancel", number)
        self.do("customer", "close", slug, "-y")
        self.do("customer", "erase", slug, "--confirm", slug)


COMMON = ("order", "order", "credit", "renew", "credit_note", "payment", "payment")
RARE = (
    "pay_order", "extend", "reopen", "reset", "delete", "configure", "pay_invoice", "refund",
    "reverse", "reverse", "late_money", "grace", "method", "choose", "export", "price",
    "platform", "cancel", "manual", "cancel_order", "delete_platform",
)  # fmt: skip


def days_of_trade(
    path: Path,
    seed: int,
    *,
    days: int = 365,
    look: Callable[[Reader], object] | None = None,
) -> Year:
    """A store after that many days, with some moves between ticks; `look` sees it now and then."""
    year = Year(Cli(path / "mailctl.db"), random.Random(seed))
    year.cli.ok("init", "--clock", "2026-01-01", "--timezone", "UTC")
    year.cli.ok("import", "customers", "-", stdin=CUSTOMERS)
    year.cli.ok("offer", "add", "own.offer", "--like", "email-pro")
    for number, slug in enumerate(SLUGS):
        offer = OFFERS[number % len(OFFERS)]
        year.cli.ok("platform", "add", f"p-{number}", f"--customer={slug}", "--offer", offer)
    day = 0
    while day < days:
        if day > days * 3 // 4:
            year.leave()
        for _ in range(year.dice.randint(1, 5)):
            getattr(year, year.dice.choice((*COMMON, *RARE)))()
        passing = min(year.dice.choice((1, 1, 2, 4)), days - day)
        year.cli.ok("tick", "--days", str(passing))
        day += passing
        if look is not None and year.dice.random() < 0.1:
            with store_at(year.cli.store).read() as reader:
                look(reader)
    return year


def year_2026() -> Path:
    """The store of one such year, made once for all tests; they look at it and copy it."""
    return made_once("year", lambda folder: days_of_trade(folder, 2026)) / "mailctl.db"
