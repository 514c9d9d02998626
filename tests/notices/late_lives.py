"""Random lives of three customers, in three languages, whose mail goes out late."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.helpers import Cli
from tests.notices.letters import run
from tests.notices.post_office import configure
from tests.store.plain import rows

START = """
init --clock 2026-01-25 --timezone UTC --seller-name "Hote SAS"
settings set renewal-reminder-days "350 320 290 260 40"
settings set seller-iban FR7630006000011234567890189
settings set seller-creditor-id FR72ZZZ123456
customer add anna --name Anna --email it@anna.example --country FR
customer add bert --name Bert --email it@bert.example --country DE
customer add carl --name Carl --email it@carl.example --country CH --language en
platform add anna-hx --customer anna --offer hosted-exchange
platform add bert-pro --customer bert --offer email-pro
platform add carl-hx --customer carl --offer hosted-exchange
platform add carl-px --customer carl --offer private-exchange
prepaid credit anna 60
prepaid alert anna 20
account order anna-hx a@anna.example b@anna.example --count 3 -y
account order bert-pro a@bert.example --period yearly -y
account order bert-pro b@bert.example --count 2 -y
account order carl-px a@carl.example -y
account order carl-hx b@carl.example --count 2 -y
"""
MODES = ("none", "monthly", "yearly")


@cache
def _original() -> Path:
    """A store at the beginning of its life, made once."""
    folder = Path(tempfile.mkdtemp(prefix="late-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    cli = Cli(folder / "mailctl.db")
    run(cli, START)
    return cli.store


class LateLife:
    """One store, lived by chance; `said` are its commands as they would be typed."""

    def __init__(self, store: Path, seed: int, port: int) -> None:
        shutil.copy2(_original(), store)
        self.cli = Cli(store)
        self.chance = Random(seed)
        self.said = [f"seed {seed}"]
        self.files = 0
        configure(self.cli, port)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows(self.cli.store, sql)

    @property
    def today(self) -> date:
        ((day,),) = self.rows("SELECT reached_on FROM clock")
        return date.fromisoformat(day)

    def do(self, *argv: object) -> None:
        """A command; it may be refused, but never fail."""
        words = [str(word) for word in argv]
        self.said.append(" ".join(words))
        outcome = self.cli(*words)
        assert outcome.status not in (70, 74), "\n".join([*self.said, outcome.err])

    def one(self, sql: str) -> tuple[Any, ...] | None:
        """One of the rows that a query finds, if any."""
        found = self.rows(sql)
        return self.chance.choice(found) if found else None

    def move(self) -> None:
        """Do one thing that is possible."""
        names = [name for name in dir(self) if name.startswith("do_")]
        weights = [WEIGHTS.get(name, 2) for name in names]
        getattr(self, self.chance.choices(names, weights)[0])()

    def do_tick(self) -> None:
        days = self.chance.choice((1, 1, 2, 3, 5, 8, 13))
        self.do("tick", "--to", self.today + timedelta(days=days))

    def do_near_end(self) -> None:
        """Time passes until something happens to an account, or just before."""
        if found := self.one("SELECT next_on FROM account WHERE next_on IS NOT NULL"):
            day = date.fromisoformat(found[0]) - timedelta(days=self.chance.choice((0, 0, 1, 5)))
            if day > self.today:
                self.do("tick", "--to", min(day, self.today + timedelta(days=60)))

    def do_send(self) -> None:
        self.do("notice", "send")

    def do_order(self) -> None:
        if found := self.one("SELECT name FROM platform WHERE state = 'active'"):
            later = self.chance.choice(([], ["--await-payment"]))
            self.do("account", "order", *found, "--count", self.chance.randint(1, 2), *later, "-y")

    def do_pay_order(self) -> None:
        if found := self.one("SELECT number FROM purchase_order WHERE status = 'not-paid'"):
            self.do("order", "pay", *found, "--received", "-y")

    def do_credit(self) -> None:
        """All that is missing comes, or something."""
        if found := self.one("SELECT slug, balance_cents FROM customer"):
            cents = -found[1] if found[1] < 0 and self.chance.random() < 0.7 else 1500
            self.do("prepaid", "credit", found[0], f"{cents // 100}.{cents % 100:02}", "-y")

    def do_refund(self) -> None:
        if found := self.one("SELECT slug FROM customer WHERE balance_cents > 0"):
            self.do("prepaid", "refund", *found, "5", "--reason", "r", "-y")

    def do_reverse(self) -> None:
        found = self.one(
            "SELECT c.slug, l.seq FROM ledger l JOIN customer c ON c.id = l.customer_id "
            "WHERE l.kind = 'credit'"
        )
        if found:
            self.do("prepaid", "reverse", *found, "--reason", "r", "-y")

    def do_grace(self) -> None:
        if found := self.one("SELECT slug FROM customer WHERE balance_cents < 0"):
            until = self.today + timedelta(days=self.chance.randint(1, 20))
            self.do("prepaid", "grace", *found, "--until", until, "--reason", "r", "-y")

    def do_alert(self) -> None:
        if found := self.one("SELECT slug FROM customer"):
            self.do("prepaid", "alert", *found, self.chance.choice((0, 5, 30)), "-y")

    def do_renew(self) -> None:
        if found := self.one("SELECT id FROM account WHERE state = 'active'"):
            self.do("account", "renew", *found, "--mode", self.chance.choice(MODES), "-y")

    def do_manual(self) -> None:
        if found := self.one("SELECT name FROM platform WHERE state = 'active'"):
            how = self.chance.choice(("--manual", "--automatic"))
            self.do("platform", "renewal", *found, how, "-y")

    def do_cancel(self) -> None:
        if found := self.one("SELECT name FROM platform WHERE state = 'active'"):
            self.do("platform", "cancel", *found, "-y")

    def do_resume(self) -> None:
        if found := self.one("SELECT name FROM platform WHERE state = 'cancelled'"):
            self.do("platform", "resume", *found, "-y")

    def do_ask_for_deletion(self) -> None:
        if found := self.one("SELECT name FROM platform WHERE state <> 'closed'"):
            self.do("platform", "delete", *found, "-y")

    def do_delete_platform(self) -> None:
        found = self.one(
            "SELECT p.name, n.secret FROM notice n JOIN platform p ON p.id = n.platform_id "
            "WHERE n.secret IS NOT NULL"
        )
        if found:
            name, code = found
            self.do("platform", "delete", name, "--confirm", name, f"--token={code}")

    def do_reopen(self) -> None:
        if found := self.one("SELECT id FROM account WHERE suspended_for = 'expired'"):
            self.do("account", "reopen", *found, "--mode", self.chance.choice(MODES), "-y")

    def do_extend(self) -> None:
        if found := self.one("SELECT id FROM account WHERE state = 'active'"):
            later = self.chance.choice(([], [], ["--await-payment"]))
            self.do("account", "extend", *found, *later, "-y")

    def do_rename(self) -> None:
        """An address is changed, or given to a mailbox that had none."""
        found = self.one(
            "SELECT a.id, c.slug, a.address FROM account a JOIN platform p ON p.id = a.platform_id "
            "JOIN customer c ON c.id = p.customer_id WHERE a.state = 'active'"
        )
        if found:
            number, slug, address = found
            what = "rename" if address else "configure"
            new = f"{self.chance.choice('cdefg')}@{slug}.example"
            self.do("account", what, f"account/{number}", new, "-y")

    def do_reset(self) -> None:
        if found := self.one("SELECT id FROM account WHERE state = 'active' AND address > ''"):
            self.do("account", "reset", *found, "-y")

    def do_delete(self) -> None:
        if found := self.one("SELECT id FROM account WHERE state <> 'deleted'"):
            self.do("account", "delete", *found, "-y")

    def do_card(self) -> None:
        """A card, which soon expires or does not, becomes the default one."""
        if found := self.one("SELECT slug FROM customer"):
            month = self.today + timedelta(days=self.chance.choice((0, 31, 400)))
            self.do(
                "method", "add", "card", *found, "--token", "tok_1", "--brand", "Visa",
                "--last4", self.chance.randint(1000, 9999), "--expires", f"{month:%Y-%m}",
                "--default", "-y",
            )  # fmt: skip

    def do_bank(self) -> None:
        """A mandate becomes the default method: its debits are announced."""
        if found := self.one("SELECT slug FROM customer"):
            self.files += 1
            iban = self.chance.choice(("FR7630006000011234567890189", "DE89370400440532013000"))
            self.do(
                "method", "add", "bank", *found, "--iban", iban, "--holder", "H",
                "--mandate", f"M{self.files}", "--signed", "2025-01-01", "--default", "-y",
            )  # fmt: skip

    def do_return(self) -> None:
        """The bank takes back what had come, for lack of money or because somebody objected."""
        if found := self.one("SELECT id FROM payment WHERE status = 'succeeded'"):
            self.do("payment", "return", *found, "--reason", self.chance.choice(("AM04", "MD06")))

    def do_remove(self) -> None:
        if found := self.one("SELECT id FROM method WHERE removed_on IS NULL"):
            self.do("method", "remove", *found, "-y")

    def do_collect(self) -> None:
        """Payments are handed over; the bank or the gateway answers one."""
        for kind in ("card", "bank"):
            self.files += 1
            to = self.cli.store.with_name(f"payments-{self.files}.csv")
            self.do("payment", "export", "--kind", kind, "--format", "csv", "--to", to, "-y")
        if found := self.one(
            "SELECT id FROM payment WHERE status = 'pending' AND exported_on > ''"
        ):
            if self.chance.random() < 0.6:
                self.do("payment", "fail", *found, "--reason", "no", "-y")
            else:
                self.do("payment", "settle", *found, "-y")

    def do_price(self) -> None:
        """A price, or one of a customer's own, from today or from a later day."""
        whose = self.chance.choice(([], ["--customer", "bert"]))
        since = self.today + timedelta(days=self.chance.choice((0, 200, 330)))
        amount = self.chance.choice(("15", "25.50"))
        self.do("offer", "price", "email-pro", "yearly", amount, "--from", since, *whose, "-y")

    def do_give_back(self) -> None:
        """An invoice is credited, or its first line: one whose letter waits, if there is any."""
        numbers = "SELECT printf('%d-%06d', i.year, i.seq) FROM invoice i "
        found = self.one(
            f"{numbers} JOIN notice n ON n.customer_id = i.customer_id AND n.sent_at IS NULL "
            "AND (n.invoice_id = i.id OR n.order_number = i.order_number) WHERE i.series = ''"
        ) or self.one(f"{numbers} WHERE i.series = ''")
        if found:
            part = self.chance.choice(([], [], ["--line", "1"]))
            self.do("invoice", "credit", *found, *part, "--reason", "r", "-y")


WEIGHTS = {
    "do_tick": 14, "do_near_end": 8, "do_send": 7, "do_collect": 8, "do_card": 3, "do_bank": 3,
    "do_credit": 5, "do_reopen": 4, "do_give_back": 3, "do_delete_platform": 1,
    "do_ask_for_deletion": 1, "do_cancel": 2, "do_resume": 4, "do_delete": 1,
}  # fmt: skip
"""How often what is done, where not twice."""
