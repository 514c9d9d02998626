"""Lives of a store: a move does the same in the program and in the oracle, and both must agree.

A move is a name and three small numbers, read in the light of what the store holds by then; so
hypothesis can shrink a life that goes wrong to its few commands that matter, and prints them as
they would be typed.
"""

from __future__ import annotations

import copy
import os
import shlex
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from hypothesis import currently_in_test_context, note

from tests.calendar_oracle import expiry_after, monthly_date_after
from tests.helpers import Cli, contents
from tests.oracle import Oracle
from tests.oracle_state import Refused

PERIODS = [None, "monthly", "yearly"]
MODES = ["none", "monthly", "yearly"]
DAYS = [1, 0, 3, 7, 8, 14, 15, 28, 31, 45, 92, 366]
CREDITS = [1000, 2345, 10_000, 50_000, 999]
OFFERS = ["email-pro", "hosted-exchange", "budget", "private-exchange"]

LATE = ["--accept-gap", "--accept-mass"]

Move = tuple[str, int, int, int]


class Life:
    """One store and its oracle; a move does the same in both, and both must agree."""

    def __init__(self, cli: Cli, oracle: Oracle, frozen: FrozenDateTimeFactory | None) -> None:
        self.cli = cli
        self.oracle = oracle
        self.frozen = frozen
        self.written_on = oracle.today

    # What a move does

    def both(self, command: Callable[[], object], *argv: str, stdin: str = "") -> None:
        """Do a command in both: the same refusal, by its code, or none."""
        say(f"{self.oracle.today}  mailctl {shlex.join(argv)}")
        code = None
        try:
            command()
        except Refused as refused:
            code = refused.code
        outcome = self.cli(*argv, "-o", "json", stdin=stdin)
        got = None if outcome.status == 0 else outcome.error()["code"]
        assert got == code, f"mailctl {argv}: the program says {got}, the oracle {code}"
        if argv[0] == "tick" and code is None:
            self.written_on = self.oracle.today

    def rehearse(self, *argv: str) -> None:
        """A dry run changes nothing, whatever it says."""
        before = contents(self.cli.store)
        say(f"{self.oracle.today}  mailctl {shlex.join(argv)} --dry-run")
        self.cli(*argv, "--dry-run", "-o", "json")
        assert contents(self.cli.store) == before, "the store changed"

    def customer(self, n: int) -> str:
        names = list(self.oracle.customers)
        return names[n % len(names)]

    def platform(self, n: int) -> str:
        names = [*self.oracle.platforms, "nowhere"]
        return names[n % len(names)]

    def account(self, n: int) -> int:
        """An account's id; now and then one that does not exist."""
        return n % (len(self.oracle.accounts) + 1) + 1

    def address(self, n: int, platform: str) -> str:
        """One of three addresses, mostly in the domain of the platform's customer."""
        home = self.oracle.platforms.get(platform)
        owner = self.customer(n) if home is None or n % 5 == 4 else home.customer.id
        # The second domain's accent is typed as a character of its own.
        domain = f"cafe\u0301-{owner}.example" if n % 7 == 6 else f"{owner}.example"
        return f"{('a', 'b', 'C')[n % 3]}@{domain}"

    def play(self, move: Move) -> None:
        """Do one move."""
        name, first, second, third = move
        getattr(self, name)(first, second, third)

    def do_order(self, where: int, what: int, how: int) -> None:
        platform, period = self.platform(where), PERIODS[how % 3]
        wanted = [what] * (what % 4 > 0) + [what + how] * (what % 4 == 3)
        addresses = [self.address(n, platform) for n in wanted]
        count = how % 3 + len(addresses) or 1
        argv = ["account", "order", platform, *addresses, "--count", str(count), "-y"]
        argv += ["--period", period] if period else []
        if where % 3 == 0:
            self.rehearse(*argv)
        self.both(lambda: self.oracle.order(platform, addresses, count, period), *argv)

    def do_configure(self, which: int, what: int, _: int) -> None:
        number = self.account(which)
        address = self.address(what, self.home_of(number))
        self.both(
            lambda: self.oracle.configure(number, address),
            "account", "configure", str(number), address, "-y",
        )  # fmt: skip

    def do_rename(self, which: int, what: int, _: int) -> None:
        number = self.account(which)
        address = self.address(what, self.home_of(number))
        self.both(
            lambda: self.oracle.rename(number, address),
            "account", "rename", f"account/{number}", address, "-y",
        )  # fmt: skip

    def home_of(self, number: int) -> str:
        known = number <= len(self.oracle.accounts)
        return self.oracle.accounts[number - 1].platform.name if known else "nowhere"

    def do_renew(self, first: int, second: int, mode: int) -> None:
        numbers = sorted({self.account(first), self.account(first + second)})
        ids = [str(number) for number in numbers]
        argv = ["account", "renew", *ids, "--mode", MODES[mode % 3], "-y"]
        if second % 3 == 0:
            self.rehearse(*argv)
        self.both(lambda: self.oracle.renew(numbers, MODES[mode % 3]), *argv)

    def do_renew_all(self, where: int, mode: int, _: int) -> None:
        platform, wanted = self.platform(where), MODES[mode % 3]
        self.both(
            lambda: self.oracle.renew_all(platform, wanted),
            "account", "renew", "--all", "--platform", platform, "--mode",
            wanted.replace("none", "expire"), "-y",
        )  # fmt: skip

    def do_reset(self, which: int, _: int, __: int) -> None:
        number = self.account(which)
        accounts = self.oracle.accounts
        live = number <= len(accounts) and accounts[number - 1].state != "deleted"
        address = accounts[number - 1].address if live else None
        self.both(
            lambda: self.oracle.reset(number), "account", "reset", address or str(number), "-y"
        )

    def do_delete(self, which: int, _: int, __: int) -> None:
        number = self.account(which)
        self.both(lambda: self.oracle.delete(number), "account", "delete", str(number), "-y")

    def do_cancel(self, where: int, _: int, __: int) -> None:
        platform = self.platform(where)
        self.both(lambda: self.oracle.cancel(platform), "platform", "cancel", platform, "-y")

    def do_resume(self, where: int, _: int, __: int) -> None:
        platform = self.platform(where)
        self.both(lambda: self.oracle.resume(platform), "platform", "resume", platform, "-y")

    def do_platform(self, who: int, what: int, which: int) -> None:
        name, customer, offer = f"new-{which % 3}", self.customer(who), OFFERS[what % 4]
        self.both(
            lambda: self.oracle.add_platform(name, customer, offer),
            "platform", "add", name, "--customer", customer, "--offer", offer, "-y",
        )  # fmt: skip

    def do_edit(self, who: int, days: int, where: int) -> None:
        customer, payment_days = self.customer(who), (7, 1, 3, 30)[days % 4]
        country = ("FR", "DE", "CH", "LU")[where % 4]
        self.both(
            lambda: self.oracle.edit_customer(customer, country, payment_days),
            "customer", "edit", customer,
            "--payment-days", str(payment_days), "--country", country, "-y",
        )  # fmt: skip

    def do_credit(self, who: int, much: int, exact: int) -> None:
        customer = self.customer(who)
        debt = -self.oracle.customers[customer].balance
        cents = debt if exact % 3 == 0 and debt > 0 else CREDITS[much % 5]
        self.both(
            lambda: self.oracle.credit(customer, cents),
            "prepaid", "credit", customer, units(cents),
        )  # fmt: skip

    def do_price(self, what: int, much: int, when: int) -> None:
        offer, cents = OFFERS[what % 4], (0, 1, 250, 1999)[much % 4]
        period = "yearly" if what % 8 > 3 and offer != "private-exchange" else "monthly"
        from_on = self.oracle.today + timedelta(days=when * 7 % 100)
        customer = self.customer(much) if when % 3 == 0 else None
        argv = ["offer", "price", offer, period, units(cents), "--from", str(from_on), "-y"]
        argv += ["--customer", customer] if customer else []
        self.both(lambda: self.oracle.set_price(offer, period, cents, from_on, customer), *argv)

    def do_tax(self, where: int, much: int, when: int) -> None:
        country, rate = ("FR", "DE", "CH")[where % 3], (550, 810, 2000, 0)[much % 4]
        from_on = self.oracle.today + timedelta(days=when * 11 % 60)
        self.both(
            lambda: self.oracle.set_rate(country, rate, from_on),
            "tax", "set", country, units(rate), "--from", str(from_on), "-y",
        )  # fmt: skip

    def do_retention(self, much: int, _: int, __: int) -> None:
        days = (14, 0, 3, 30, 60)[much % 5]
        self.both(
            lambda: self.oracle.set_retention(days),
            "settings", "set", "retention-days", str(days), "-y",
        )  # fmt: skip

    def do_domain(self, whose: int, who: int, _: int) -> None:
        domains = list(self.oracle.domains)
        if domains:
            domain, customer = domains[whose % len(domains)], self.customer(who)
            self.both(
                lambda: self.oracle.move_domain(domain, customer),
                "domain", "move", domain, customer, "-y",
            )  # fmt: skip

    def do_tick(self, days: int, pieces: int, how: int) -> None:
        """Let time pass: on a wall clock in one late step, on a manual one in a piece or two."""
        day = self.oracle.today + timedelta(days=DAYS[days % len(DAYS)])
        if self.frozen:
            self.wait_until(day)
            self.both(lambda: self.oracle.wall_tick(day), "tick", *LATE)
            return
        between = self.oracle.today + (day - self.oracle.today) * (pieces % 3) // 3
        if how % 3 == 0:
            self.rehearse("tick", "--to", str(day))
        for until in (between, day):
            self.both(partial(self.oracle.tick_to, until), "tick", "--to", str(until))
        before = contents(self.cli.store)
        self.both(lambda: self.oracle.tick_to(day), "tick", "--to", str(day))
        assert contents(self.cli.store) == before, "the store changed"

    def do_crash(self, days: int, statement: int, more: int) -> None:
        """A tick is killed from inside at some statement, then run again."""
        day = self.oracle.today + timedelta(days=DAYS[days % len(DAYS)])
        argv = ["tick", *LATE] if self.frozen else ["tick", "--to", str(day)]
        self.wait_until(day)
        killed = killed_at(statement * 8 + more % 8 + 1, self.cli, *argv)
        say(f"{day}  mailctl {shlex.join(argv)}  # killed: {killed}")
        self.both(lambda: self.tick_oracle(day), *argv)

    def do_wait(self, days: int, _: int, __: int) -> None:
        """On a wall clock: some days go by and nobody ticks."""
        day = self.oracle.today + timedelta(days=days)
        if self.frozen and (day - self.written_on).days <= 31:
            self.wait_until(day)
            self.oracle.today = day

    def wait_until(self, day: date) -> None:
        """Move the wall clock to noon of a day; a manual clock waits for its tick."""
        if self.frozen:
            self.frozen.move_to(f"{day} 12:00:00")

    def tick_oracle(self, day: date) -> None:
        """Live in the oracle until a day: one step of a wall clock, or every day."""
        if self.frozen:
            self.oracle.wall_tick(day)
        else:
            self.oracle.tick_to(day)

    # What both must agree on

    def check(self) -> None:
        """The whole store, as its own JSON shows it, is what the oracle says."""
        expected = self.oracle.snapshot()
        wrong = differences(snapshot(self.cli, expected), expected)
        assert wrong == [], "\n".join(["what the program says != what the oracle says:", *wrong])


def say(line: str) -> None:
    """Tell a command, to be printed where a random life goes wrong."""
    if currently_in_test_context():
        note(line)


def units(cents: int) -> str:
    """An amount as it is typed."""
    return f"{cents // 100}.{cents % 100:02d}"


def snapshot(cli: Cli, like: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The store through its public commands, in the oracle's shape and with its keys."""
    found = {
        "accounts": keyed(cli.ok("account", "list", "--state", "all"), "id"),
        "customers": keyed(cli.ok("customer", "list"), "id"),
        "platforms": keyed(cli.ok("platform", "list"), "name"),
        "invoices": keyed(cli.ok("invoice", "list"), "number"),
    }
    shown: dict[str, dict[str, Any]] = {}
    for noun, things in found.items():
        keys = {key for thing in like[noun].values() for key in thing} - {"lines", "debt_since_on"}
        shown[noun] = {name: {key: thing[key] for key in keys} for name, thing in things.items()}
    for number, invoice in shown["invoices"].items():
        invoice["lines"] = [
            tuple(line[key] for key in LINE_KEYS)
            for line in cli.ok("invoice", "show", number)["lines"]
        ]
    for name, customer in shown["customers"].items():
        customer["debt_since_on"] = cli.ok("prepaid", "show", name)["debt_since_on"]
    shown["statements"] = {
        name: [
            tuple(row[key] for key in ROW_KEYS)
            for row in cli.ok("prepaid", "statement", name)["items"]
        ]
        for name in shown["customers"]
    }
    domains = cli.ok("domain", "list")["items"]
    shown["domains"] = {domain["name"]: domain["customer"] for domain in domains}
    return shown


LINE_KEYS = ("account", "address", "period_start_on", "period_end_on", "unit_cents")
ROW_KEYS = ("on", "kind", "amount_cents", "before_cents", "after_cents", "invoice")


def keyed(listing: dict[str, Any], key: str) -> dict[str, dict[str, Any]]:
    return {str(item[key]): item for item in listing["items"]}


def differences(got: Any, expected: Any, path: str = "") -> list[str]:
    """Where the program (first) and the oracle (second) disagree, a line each."""
    if isinstance(got, dict) and isinstance(expected, dict):
        names = sorted(got.keys() | expected.keys())
        parts = [differences(got.get(n), expected.get(n), f"{path}/{n}") for n in names]
        return [line for part in parts for line in part]
    return [] if got == expected else [f"{path}: {got} != {expected}"]


def killed_at(statement: int, cli: Cli, *argv: str) -> bool:
    """Run a command in a child that is killed as its n-th SQL statement starts; was it?"""
    child = os.fork()
    if child == 0:
        left = statement
        connect = sqlite3.connect

        def count(_: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def watched(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **kwargs)
            connection.set_trace_callback(count)
            return connection

        try:
            with patch.object(sqlite3, "connect", watched):
                cli(*argv)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


# A host that already lives: customers with balances, platforms and accounts with a past.
CUSTOMERS = """id,name,email,country,payment_days,balance_cents
anna,Anna SARL,it@anna.example,FR,7,12000
bernd,Bernd GmbH,it@bernd.example,DE,10,0
civic,Civic AG,it@civic.example,CH,30,-500
"""


def imported_accounts(today: date) -> Iterator[tuple[str, str, str, date, int, str]]:
    """Accounts on anchors 28 to 31, each on its next expiry; one is blank."""
    for number, anchor_day in enumerate((28, 29, 30, 31)):
        expires_on = monthly_date_after(date(2020, 1, anchor_day), today)
        address = f"{number}@anna.example" if number else ""
        yield "old-pro", address, "monthly", expires_on, anchor_day, MODES[number % 3]
    yearly = date(2020, 2, 29)
    while yearly <= today:
        yearly = expiry_after(yearly, 12, 29)
    yield "old-pro", "y@anna.example", "yearly", yearly, 29, "yearly"
    created_on = date(2020, 1, 31)
    shared = monthly_date_after(created_on, today)
    yield "old-priv", "p@bernd.example", "monthly", shared, 31, "monthly"


def found_store(cli: Cli, oracle: Oracle, *clock: str) -> None:
    """The beginning of every life."""
    cli.ok("init", *clock, "--timezone", "UTC")
    cli.ok("import", "customers", "-", stdin=CUSTOMERS)
    for line in CUSTOMERS.splitlines()[1:]:
        name, _, _, country, payment_days, balance = line.split(",")
        oracle.add_customer(name, country, int(payment_days), int(balance))
    cli.ok("offer", "add", "budget", "--like", "email-pro")
    oracle.add_offer("budget", "email-pro")
    platforms = "name,customer,offer,created_on\n"
    past = date(2020, 1, 31)
    for name, customer, offer in (
        ("old-pro", "anna", "email-pro"),
        ("old-priv", "bernd", "private-exchange"),
    ):
        platforms += f"{name},{customer},{offer},{past}\n"
        oracle.add_platform(name, customer, offer, past)
    cli.ok("import", "platforms", "-", stdin=platforms)
    accounts = "platform,address,period,expires_on,anchor_day,renewal\n"
    for account in imported_accounts(oracle.today):
        accounts += ",".join(map(str, account)) + "\n"
        platform, address, period, expires_on, anchor_day, renewal = account
        oracle.import_account(platform, address or None, period, expires_on, anchor_day, renewal)
    cli.ok("import", "accounts", "-", stdin=accounts)
    for name, customer, offer in (
        ("hx", "anna", "hosted-exchange"),
        ("priv", "anna", "private-exchange"),
        ("own", "civic", "budget"),
    ):
        cli.ok("platform", "add", name, "--customer", customer, "--offer", offer)
        oracle.add_platform(name, customer, offer)


@cache
def original(start: str, *, wall: bool) -> tuple[Path, Oracle]:
    """A store at the beginning of its life, made once for each start."""
    cli = Cli(Path(tempfile.mkdtemp(prefix="lives-")) / "mailctl.db")
    oracle = Oracle(date.fromisoformat(start))
    with freeze_time(f"{start} 12:00:00") if wall else nullcontext():
        found_store(cli, oracle, *([] if wall else ["--clock", start]))
    return cli.store, oracle


@contextmanager
def a_life(start: str, *, wall: bool = False) -> Iterator[Life]:
    """A life of its own, in a folder of its own."""
    store, oracle = original(start, wall=wall)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="life-")))
        frozen = stack.enter_context(freeze_time(f"{start} 12:00:00")) if wall else None
        assert frozen is None or isinstance(frozen, FrozenDateTimeFactory)
        shutil.copytree(store.parent, folder, dirs_exist_ok=True)
        yield Life(Cli(folder / store.name), copy.deepcopy(oracle), frozen)
