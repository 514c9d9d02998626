"""A host and its bank, day by day, by the commands that cron has and by no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from shlex import split

from tests.bank_round.books import entries, is_sound, money, unbooked_cents
from tests.bank_round.mock_bank import SELLER_IBAN, MockBank, a_bank
from tests.helpers import Cli

FIRST = date(2026, 1, 12)
IBANS = {
    "anna": "DE89370400440532013000",
    "bert": "FR1420041010050500013M02606",
    "cleo": "BE68539007547034",
}
HOST = f"""
init --clock {FIRST} --timezone UTC --seller-name Mail
settings set seller-iban={SELLER_IBAN} seller-creditor-id=FR72ZZZ123456 mail-host=none
"""


@dataclass(slots=True)
class Round:
    """The store, the bank, and which of the bank's files cron has taken already."""

    cli: Cli
    bank: MockBank
    today: date = FIRST
    taken: set[Path] = field(default_factory=set)
    mine: Counter[str] = field(default_factory=Counter)
    """Cents of each customer that came otherwise than by a debit, as the payers say."""

    def order(self, name: str, count: int = 1) -> None:
        """A customer who is debited orders mailboxes for a year."""
        self.cli.ok("account", "order", f"{name}-hx", "--count", str(count), "--period", "yearly",
                    "-y")  # fmt: skip

    def hand_over(self) -> None:
        """Cron's `payment export`, into the folder from which the bank takes it."""
        path = self.bank.drop / f"{self.today}-{len(list(self.bank.drop.rglob('*.xml')))}.xml"
        self.cli.ok("payment", "export", "--kind", "bank", "--format", "sepa", "--to", str(path))
        self.bank.take()

    def take_in(self, *kinds: str) -> None:
        """Cron's `bank import` of what came since; only some kinds where they are named."""
        files = [
            path
            for kind in kinds or ("pain.002", "camt.05")
            for path in self.bank.sent(f"{kind}*-SELLER-")
            if path not in self.taken
        ]
        if files:
            self.cli.ok("bank", "import", *map(str, files))
            self.taken.update(files)

    def night(self) -> None:
        """Midnight, at the bank and here."""
        self.today += timedelta(days=1)
        self.bank.advance_to(self.today)
        self.cli.ok("tick")

    def day(self) -> None:
        """All that cron does in a day, and the books are the bank's afterwards."""
        self.night()
        self.hand_over()
        self.take_in()
        self.compare()

    def days(self, count: int) -> None:
        """So many of them."""
        for _ in range(count):
            self.day()

    def transfer(self, name: str, cents: int, *, payer: str = "", **facts: object) -> None:
        """A customer transfers money, or a third person does for them."""
        iban = IBANS.get(payer or name, "NL91ABNA0417164300")
        self.bank.transfer(cents, debtor={"name": payer or name, "iban": iban}, **facts)
        self.mine[name] += cents

    def statuses(self) -> list[str]:
        """How each payment is."""
        return [one["status"] for one in self.cli.ok("payment", "list")["items"]]

    def states(self) -> list[str]:
        """How each entry is."""
        return [one["state"] for one in entries(self.cli)]

    def compare(self) -> None:
        """To the cent: in all, and for each customer; nothing waits for a person."""
        assert money(self.cli).total() + unbooked_cents(self.cli) == self.bank.balance_cents()
        debited = self.bank.debited()
        theirs = Counter({name: debited[iban] + self.mine[name] for name, iban in IBANS.items()})
        assert +money(self.cli) == +theirs
        is_sound(self.cli)


@contextmanager
def a_round(cli: Cli, folder: Path) -> Iterator[Round]:
    """Three customers with a platform each; anna and bert have a mandate, cleo transfers."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    for name, iban in IBANS.items():
        cli.ok("customer", "add", name, "--name", name.title(), "--email", f"it@{name}.example")
        cli.ok("platform", "add", f"{name}-hx", "--customer", name, "--offer", "hosted-exchange")
        if name != "cleo":
            cli.ok("method", "add", "bank", name, "--iban", iban, "--holder", name.title(),
                   "--mandate", f"M-{name}", "--signed", "2025-01-01")  # fmt: skip
    with a_bank(folder / "bank", FIRST) as bank:
        yield Round(cli, bank)
