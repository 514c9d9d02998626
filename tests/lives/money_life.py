"""Lives of a store with its whole commercial side, done in the program and in the oracle."""

from __future__ import annotations

import atexit
import copy
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.helpers import Cli
from tests.lives.life import PERIODS, Life, say, units
from tests.lives.life_store import begun, differences, found_store, snapshot
from tests.lives.money_oracle import MoneyOracle, Order

NUMBERS = {
    "FR": "FR40303265045",
    "DE": "DE136695976",
    "LU": "LU15027442",
    "MC": "FR40303265045",
    "RE": "FR40303265045",
}


class MoneyLife(Life):
    """One store and its commercial oracle."""

    oracle: MoneyOracle

    def tried(self, command: Any, *argv: str) -> None:
        """A command that asks for no answer."""
        self.both(command, *argv, "-y")

    def a_platform(self, n: int) -> str:
        names = list(self.oracle.platforms)
        return names[n % len(names)]

    def do_edit(self, who: int, days: int, where: int) -> None:
        """Country and VAT number change together, so that they always fit."""
        name, payment_days = self.customer(who), (7, 1, 3, 30)[days % 4]
        country = ("FR", "DE", "CH", "LU", "MC", "RE")[where % 6]
        number = NUMBERS.get(country, "") if where >= 8 else ""
        (self.oracle.numbered.add if number else self.oracle.numbered.discard)(name)
        self.tried(
            lambda: self.oracle.edit_customer(name, country, payment_days),
            "customer", "edit", name, "--country", country,
            "--payment-days", str(payment_days), "--vat-number", number,
        )  # fmt: skip

    def do_later_order(self, where: int, how: int, many: int) -> None:
        """An order of blank accounts that waits for its payment."""
        name, count, period = self.platform(where), many % 3 + 1, PERIODS[how % 3]
        flags = ["--period", period] if period else []
        self.tried(
            lambda: self.oracle.later_order(name, count, period),
            "account", "order", name, "--count", str(count), *flags, "--await-payment",
        )  # fmt: skip

    def number_of(self, order: Order) -> int:
        """The program's number of an order: debts may be numbered otherwise."""
        same = [
            int(item["number"])
            for item in self.cli.ok("order", "list")["items"]
            if (item["customer"], item["kind"]) == (order.customer.id, order.kind)
        ]
        orders = self.oracle.orders
        mine = [o for o in orders if (o.customer, o.kind) == (order.customer, order.kind)]
        return same[mine.index(order)]

    def do_named_credit(self, which: int, much: int, _: int) -> None:
        """Money that names an order that waits: all of it, a part, a cent, or more."""
        waiting = [o for o in self.oracle.orders if o.status == "not-paid" and o.kind != "debt"]
        if waiting:
            order = waiting[which % len(waiting)]
            total = order.total
            cents = max(1, (total, total, total // 2, 1, total + 700)[much % 5])
            number = self.number_of(order)
            self.tried(
                lambda: self.oracle.credit_for(order.number, cents),
                "prepaid", "credit", order.customer.id, units(cents), "--order", str(number),
            )  # fmt: skip

    def do_received(self, who: int, much: int, reference: int) -> None:
        """Money as it came, each with a reference of its own."""
        name, cents = self.customer(who), (1, 598, 77, 2500)[much % 4]
        rows = len(self.oracle.customers[name].ledger)
        words = ["--reference", f"{name}-{rows}"] if reference % 2 else []
        self.tried(
            lambda: self.oracle.credit(name, cents, came=True),
            "prepaid", "credit", name, units(cents), "--received", *words,
        )  # fmt: skip

    def do_pay_order(self, which: int, received: int, any_: int) -> None:
        orders = self.oracle.orders
        waiting = [o for o in orders if o.status == "not-paid"]
        waiting = waiting or [o for o in orders if any_ % 4 == 0]
        if not waiting:
            return
        order = waiting[which % len(waiting)]
        number = self.number_of(order)
        flags = ["--received"] if received % 2 else []
        self.tried(
            lambda: self.oracle.pay_order(order.number, received=bool(flags)),
            "order", "pay", str(number), *flags,
        )  # fmt: skip

    def do_extend(self, which: int, many: int, wait: int) -> None:
        number, terms = self.account(which), many % 3 + 1
        later = wait % 3 == 0
        flags = ["--await-payment"] if later else []
        self.tried(
            lambda: self.oracle.extend(number, terms, wait=later),
            "account", "extend", str(number), "--terms", str(terms), *flags,
        )  # fmt: skip

    def do_reopen(self, which: int, mode: int, _: int) -> None:
        asleep = [a.id for a in self.oracle.accounts if a.state == "suspended"]
        number = asleep[which % len(asleep)] if asleep and which % 4 else self.account(which)
        wanted = ("none", "monthly", "yearly")[mode % 3]
        self.tried(
            lambda: self.oracle.reopen(number, wanted),
            "account", "reopen", str(number), "--mode", wanted,
        )  # fmt: skip

    def do_later_credit(self, who: int, much: int, _: int) -> None:
        name, cents = self.customer(who), (1000, 5000, 999)[much % 3]
        self.tried(
            lambda: self.oracle.credit(name, cents, wait=True),
            "prepaid", "credit", name, units(cents), "--await-payment",
        )  # fmt: skip

    def do_give_back(self, which: int, line: int, _: int) -> None:
        bills = self.oracle.invoices
        if bills:
            bill = bills[which % len(bills)]
            place = None if line % 3 == 0 else line % len(bill.lines)
            flags = [] if place is None else ["--line", str(place + 1)]
            self.tried(
                lambda: self.oracle.give_back(bill.number, place),
                "invoice", "credit", bill.number, *flags, "--reason", "r",
            )  # fmt: skip

    def do_pay_invoice(self, which: int, _: int, __: int) -> None:
        owed = [bill for bill in self.oracle.invoices if bill.is_open]
        if owed:
            number = owed[which % len(owed)].number
            self.tried(lambda: self.oracle.pay_invoice(number), "invoice", "pay", number)

    def do_refund(self, who: int, much: int, _: int) -> None:
        name = self.customer(who)
        balance = self.oracle.customers[name].balance
        cents = balance if much % 2 and balance > 0 else 777
        self.tried(
            lambda: self.oracle.refund(name, cents),
            "prepaid", "refund", name, units(cents), "--reason", "r",
        )  # fmt: skip

    def do_reverse(self, who: int, which: int, why: int) -> None:
        name = self.customer(who)
        rows = [
            seq
            for seq, row in enumerate(self.oracle.customers[name].ledger, start=1)
            if row[1] in ("credit", "payment") and (name, seq) not in self.oracle.reversed
        ]
        if rows:
            seq = rows[which % len(rows)]
            told = self.cli.ok("prepaid", "statement", name)["items"][seq - 1]["seq"]
            how = ("", "mistake", "AM04", "MD06")[why % 4]
            if self.oracle.customers[name].ledger[seq - 1][1] == "credit" and why < 12:
                how = ""
            flags = {"": [], "mistake": ["--mistake"]}.get(how, ["--returned", how])
            self.tried(
                lambda: self.oracle.reverse(name, seq, how),
                "prepaid", "reverse", name, str(told), "--reason", "r", *flags,
            )  # fmt: skip

    def do_return(self, which: int, code: int, any_: int) -> None:
        """Money of a payment goes back; now and then of one that never came."""
        found = [p for p in self.oracle.payments if p.status == "succeeded" or any_ % 4 == 0]
        if found:
            number, reason = found[which % len(found)].id, ("AM04", "AM04", "MD06")[code % 3]
            self.tried(
                lambda: self.oracle.take_back(number, reason),
                "payment", "return", str(number), "--reason", reason,
            )  # fmt: skip

    def do_late_money(self, which: int, _: int, __: int) -> None:
        """Money comes for a payment that nobody waits for any more."""
        found = [p for p in self.oracle.payments if p.status != "pending"]
        if found:
            number = found[which % len(found)].id
            self.tried(lambda: self.oracle.settle(number), "payment", "settle", str(number))

    def do_grace(self, who: int, days: int, _: int) -> None:
        name, until = self.customer(who), self.oracle.today + timedelta(days=days + 1)
        self.tried(
            lambda: self.oracle.grace(name, until),
            "prepaid", "grace", name, "--until", str(until), "--reason", "r",
        )  # fmt: skip

    def do_method(self, who: int, what: int, _: int) -> None:
        name, kind = self.customer(who), ("card", "bank")[what % 2]
        if name not in self.oracle.methods:
            details = {
                "card": ["--token", "tok_1", "--brand", "Visa", "--last4", "4242",
                         "--expires", "2190-01"],
                "bank": ["--iban", "FR7630006000011234567890189", "--holder", "A",
                         "--mandate", f"M-{name}", "--signed", "2020-01-01"],
            }  # fmt: skip
            self.tried(
                lambda: self.oracle.add_method(name, kind),
                "method", "add", kind, name, *details[kind],
            )  # fmt: skip

    def do_collect(self, which: int, answer: int, _: int) -> None:
        """Hand the payments over; the gateway answers one of them."""
        say("payment export")
        for kind in ("card", "bank"):
            with tempfile.TemporaryDirectory() as folder:
                done = self.cli(
                    "payment", "export", "--kind", kind, "--format", "csv",
                    "--to", f"{folder}/{kind}.csv", "-y",
                )  # fmt: skip
            assert done.status == 0, done.err
        self.oracle.export()
        sent = [p.id for p in self.oracle.payments if p.exported_on and p.status == "pending"]
        if sent and answer % 3:
            number = sent[which % len(sent)]
            if answer % 3 == 1:
                self.tried(lambda: self.oracle.settle(number), "payment", "settle", str(number))
            else:
                self.tried(
                    lambda: self.oracle.fail(number),
                    "payment", "fail", str(number), "--reason", "no",
                )  # fmt: skip

    def do_failing_card(self, where: int, which: int, days: int) -> None:
        """A customer with a card orders, and the card is charged and refused a few times."""
        home = self.oracle.platforms[list(self.oracle.platforms)[where % 5]]
        self.do_method(list(self.oracle.customers).index(home.customer.id), 0, 0)
        self.do_order(where % 5, 0, 1)
        for _ in range(which % 6):
            self.do_collect(which, 2, 0)
            day = self.oracle.today + timedelta(days=days % 4 + 1)
            self.tick(day)

    def do_returned_debit(self, where: int, which: int, days: int) -> None:
        """A customer with a bank account orders, and the debit comes back a few times."""
        home = self.oracle.platforms[list(self.oracle.platforms)[where % 5]]
        self.do_method(list(self.oracle.customers).index(home.customer.id), 1, 0)
        self.do_order(where % 5, 0, 1)
        for _ in range(which % 6):
            self.do_collect(which, 1, 0)
            self.tick(self.oracle.today + timedelta(days=days % 7 + 1))
            self.do_return(len(self.oracle.payments), 0 if which < 8 else 2, 1)
            self.tick(self.oracle.today + timedelta(days=days % 4 + 1))

    def do_manual(self, where: int, how: int, _: int) -> None:
        name = self.platform(where)
        self.tried(
            lambda: self.oracle.set_manual(name, manual=bool(how % 2)),
            "platform", "renewal", name, "--manual" if how % 2 else "--automatic",
        )  # fmt: skip

    def check(self) -> None:
        """The whole store, as its own JSON shows it, is what the oracle says."""
        expected = self.oracle.snapshot()
        found = snapshot(self.cli, expected)
        orders = sorted(
            [
                item["customer"], item["kind"], item["status"],
                str(None if item["kind"] == "debt" else item["total_cents"]),
                str(None if item["kind"] == "debt" else item["valid_until_on"]),
            ]
            for item in self.cli.ok("order", "list")["items"]
        )  # fmt: skip
        found["orders"] = {str(place): row for place, row in enumerate(orders)}
        notes = self.cli.ok("invoice", "list", "--kind", "credit-note")["items"]
        found["notes"] = {
            n["number"]: [n["corrects"], n["net_cents"], n["tax_cents"]] for n in notes
        }
        found["payments"] = {
            str(p["id"]): [
                p["customer"], p["amount_cents"], p["status"], p["exported_on"], p["next_try_on"],
                p["tries"],
            ]
            for p in self.cli.ok("payment", "list")["items"]
        }  # fmt: skip
        wrong = differences(found, expected)
        assert wrong == [], "\n".join(["what the program says != what the oracle says:", *wrong])
        for check in (("store", "check"), ("journal", "verify")):
            done = self.cli(*check)
            assert done.status == 0, done.out + done.err


@cache
def original(start: str) -> tuple[Path, MoneyOracle]:
    """A store at the beginning of its life, made once for each start."""
    folder = Path(tempfile.mkdtemp(prefix="money-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    cli = Cli(folder / "mailctl.db")
    oracle = MoneyOracle(date.fromisoformat(start))
    found_store(cli, oracle, "--clock", start)
    return cli.store, oracle


@contextmanager
def a_life_with_money(start: str, server_url: str | None = None) -> Iterator[MoneyLife]:
    """A life of its own, in a file or on a server, on a manual clock."""
    store, oracle = original(start)
    with begun(store, server_url) as cli:
        yield MoneyLife(cli, copy.deepcopy(oracle), None)
