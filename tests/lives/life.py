"""Lives of a store: a move does the same in the program and in the oracle, and both must agree.

A move is a name and three small numbers, read in the light of what the store holds by then; so
hypothesis can shrink a life that goes wrong to its few commands that matter, and prints them as
they would be typed.
"""

from __future__ import annotations

import atexit
import copy
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from hypothesis import currently_in_test_context, note

from tests.helpers import Cli, Outcome, contents
from tests.lives.calendar_oracle import monthly_date_after
from tests.lives.life_store import MODES, begun, differences, found_store, killed_at, snapshot
from tests.lives.oracle import Oracle
from tests.lives.oracle_state import RefusedError

PERIODS = [None, "monthly", "yearly"]
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

    def both(self, command: Callable[[], object], *argv: str, stdin: str = "") -> Outcome:
        """Do a command in both: the same refusal, by its code, or none."""
        say(f"{self.oracle.today}  mailctl {shlex.join(argv)}")
        code = None
        try:
            command()
        except RefusedError as refused:
            code = refused.code
        self.oracle.announce()
        outcome = self.cli(*argv, "-o", "json", stdin=stdin)
        got = None if outcome.status == 0 else outcome.error()["code"]
        assert got == code, f"mailctl {argv}: the program says {got}, the oracle {code}"
        if argv[0] == "tick" and code is None:
            self.written_on = self.oracle.today
        return outcome

    def rehearse(self, *argv: str) -> Outcome:
        """A dry run changes nothing, whatever it says."""
        before = contents(self.cli.store)
        say(f"{self.oracle.today}  mailctl {shlex.join(argv)} --dry-run")
        outcome = self.cli(*argv, "--dry-run", "-o", "json")
        assert contents(self.cli.store) == before, "the store changed"
        return outcome

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

    def do_import(self, where: int, anchor_day: int, how: int) -> None:
        """A blank account is brought in, on its next expiry, without being billed."""
        home = self.oracle.platforms.get(self.platform(where))
        if home is None or home.state != "active":
            return
        private = self.oracle.is_private(home)
        anchor_day = home.created_on.day if private else anchor_day + 16
        period = "yearly" if how % 3 == 2 and not private else "monthly"
        expires_on = monthly_date_after(date(2020, 1, anchor_day), self.oracle.today)
        line = f"{home.name},,{period},{expires_on},{anchor_day}"
        self.both(
            partial(self.oracle.import_account, home.name, None, period, expires_on, anchor_day),
            "import", "accounts", "-",
            stdin=f"platform,address,period,expires_on,anchor_day\n{line}\n",
        )  # fmt: skip

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

    def do_change_of_mind(self, where: int, days: int, _: int) -> None:
        """A platform is cancelled, time passes, and it is resumed: on an expiry before its tick."""
        self.do_cancel(where, 0, 0)
        expiries = [
            account.expires_on
            for account in self.oracle.accounts
            if account.platform.name == self.platform(where) and account.state != "deleted"
        ]
        coming = sorted(day for day in expiries if day >= self.oracle.today)
        self.do_wait((coming[0] - self.oracle.today).days if coming else 1, 0, 0)
        if days % 4 == 0:
            self.do_tick(days, 0, 1)
        self.do_resume(where, 0, 0)

    def do_platform(self, who: int, what: int, which: int) -> None:
        name, customer, offer = f"new-{which % 3}", self.customer(who), OFFERS[what % 4]
        self.both(
            lambda: self.oracle.add_platform(name, customer, offer),
            "platform", "add", name, "--customer", customer, "--offer", offer, "-y",
        )  # fmt: skip

    def do_edit(self, who: int, days: int, where: int) -> None:
        customer, payment_days = self.customer(who), (7, 1, 3, 30)[days % 4]
        country = ("FR", "DE", "CH", "LU", "MC", "RE")[where % 6]
        self.both(
            lambda: self.oracle.edit_customer(customer, country, payment_days),
            "customer", "edit", customer,
            "--payment-days", str(payment_days), "--country", country, "-y",
        )  # fmt: skip

    def do_credit(self, who: int, much: int, exact: int) -> None:
        customer = self.customer(who)
        cents = CREDITS[much % 5]
        debt = -self.oracle.customers[customer].balance
        mine = [i.open_cents for i in self.oracle.invoices if i.customer.id == customer]
        oldest = next(filter(None, mine), 0)
        if exact % 3 == 0 and debt > 0:
            cents = debt
        elif exact % 3 == 1 and oldest > 0:
            cents = max(oldest, 1000)
        self.both(
            lambda: self.oracle.credit(customer, cents),
            "prepaid", "credit", customer, units(cents),
        )  # fmt: skip

    def do_two_debts(self, where: int, _: int, exact: int) -> None:
        """Two orders, a day between them, fall overdue; then money comes, mostly for the older."""
        home = self.oracle.platforms.get(self.platform(where))
        if home is None or home.state != "active":
            return
        for wait in (1, home.customer.payment_days + 2):
            self.do_order(where, 0, 1)
            day = self.oracle.today + timedelta(days=wait)
            self.wait_until(day)
            self.tick(day)
        who = list(self.oracle.customers).index(home.customer.id)
        self.do_credit(who, 0, exact % 4)

    def do_price(self, which: int, much: int, when: int) -> None:
        """A price of an account's next term, from its first day, the day after, or today."""
        account = self.oracle.accounts[which % len(self.oracle.accounts)]
        home, period = account.platform, account.renewal.replace("none", account.period)
        offer = self.oracle.likes[home.offer] if much % 5 == 4 else home.offer
        cents = (0, 100, 500, 1999)[much % 4]
        start = max(account.expires_on, self.oracle.today)
        from_on = self.oracle.today if when % 3 == 2 else start + timedelta(days=when % 3)
        customer = home.customer.id if when % 2 else None
        argv = ["offer", "price", offer, period, units(cents), "--from", str(from_on), "-y"]
        argv += ["--customer", customer] if customer else []
        last = from_on + timedelta(days=20 * when) if customer and much % 3 == 1 else None
        argv += ["--until", str(last)] if last else []
        self.both(
            lambda: self.oracle.reprice(
                lambda: self.oracle.set_price(offer, period, cents, from_on, customer, last)
            ),
            *argv,
        )

    def do_price_removed(self, which: int, _: int, how: int) -> None:
        """A customer's own price ends today, whether there is one or not."""
        account = self.oracle.accounts[which % len(self.oracle.accounts)]
        home, period = account.platform, account.renewal.replace("none", account.period)
        offer = self.oracle.likes[home.offer] if how % 5 == 4 else home.offer
        own = self.oracle.own_price(offer, period, home.customer.id)
        self.both(
            lambda: self.oracle.reprice(lambda: own.remove(self.oracle.today)),
            *("offer", "price", offer, period, "--customer", home.customer.id, "--remove", "-y"),
        )

    def do_tax(self, which: int, much: int, when: int) -> None:
        """A tax rate from today, from an account's next term, or from the day after."""
        account = self.oracle.accounts[which % len(self.oracle.accounts)]
        country, rate = account.platform.customer.country, (550, 810, 2000, 0)[much % 4]
        start = max(account.expires_on, self.oracle.today)
        from_on = self.oracle.today if when % 3 == 2 else start + timedelta(days=when % 3)
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
        self.wait_until(day)
        told = self.rehearse("tick", *self.until(day)).json() if how % 3 == 0 else None
        before = self.counts()
        between = self.oracle.today + (day - self.oracle.today) * (pieces % 3) // 3
        for until in (day,) if self.frozen else (between, day):
            self.tick(until)
        if told is not None:
            self.check_counts(told, before)
        if not self.frozen:
            kept = contents(self.cli.store)
            self.tick(day)
            assert contents(self.cli.store) == kept, "the store changed"

    def until(self, day: date) -> list[str]:
        """How a tick is told its day: a wall clock knows it."""
        return LATE if self.frozen else ["--to", str(day)]

    def tick(self, day: date) -> None:
        """Tick in both, and compare what the program says that it did."""
        before = self.counts()
        outcome = self.both(partial(self.tick_oracle, day), "tick", *self.until(day))
        self.check_counts(outcome.json(), before)

    def counts(self) -> dict[str, int]:
        """What a tick counts, up to now."""
        oracle = self.oracle
        return {
            "invoices": len(oracle.invoices),
            "renewed": sum(len(invoice.lines) for invoice in oracle.invoices),
            "billed_cents": sum(invoice.net + invoice.tax for invoice in oracle.invoices),
            "deleted": sum(account.state == "deleted" for account in oracle.accounts),
            "platforms_closed": sum(p.state == "closed" for p in oracle.platforms.values()),
        }

    def check_counts(self, told: dict[str, object], before: dict[str, int]) -> None:
        """A tick says what it did since a moment."""
        done = {key: count - before[key] for key, count in self.counts().items()}
        said = {key: told[key] for key in done}
        assert said == done, f"the tick says {said}, the oracle {done}"

    def do_crash(self, days: int, statement: int, more: int) -> None:
        """A tick is killed from inside at some statement, then run again."""
        day = self.oracle.today + timedelta(days=DAYS[days % len(DAYS)])
        argv = ["tick", *self.until(day)]
        self.wait_until(day)
        killed = killed_at(4 * statement**2 + more + 1, self.cli, *argv)
        say(f"{day}  mailctl {shlex.join(argv)}  # killed: {killed}")
        self.both(lambda: self.tick_oracle(day), *argv)

    def do_wait(self, days: int, _: int, __: int) -> None:
        """On a wall clock: some days go by and nobody ticks."""
        day = self.oracle.today + timedelta(days=days)
        if self.frozen and (day - self.written_on).days <= 31:
            self.wait_until(day)
            self.oracle.today = day

    def do_clock_back(self, days: int, _: int, __: int) -> None:
        """A wall clock comes back by some days after a tick: the store's own date stays."""
        if self.frozen:
            self.both(lambda: self.oracle.wall_tick(self.oracle.today), "tick", *LATE)
            self.wait_until(self.oracle.today - timedelta(days=7 * days + 1))
            self.both(lambda: self.oracle.wall_tick(self.oracle.today), "tick", *LATE)

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


@cache
def original(start: str, *, wall: bool) -> tuple[Path, Oracle]:
    """A store at the beginning of its life, made once for each start."""
    folder = Path(tempfile.mkdtemp(prefix="lives-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    cli = Cli(folder / "mailctl.db")
    oracle = Oracle(date.fromisoformat(start))
    with freeze_time(f"{start} 12:00:00") if wall else nullcontext():
        found_store(cli, oracle, *([] if wall else ["--clock", start]))
    return cli.store, oracle


@contextmanager
def a_life(start: str, server_url: str | None = None, *, wall: bool = False) -> Iterator[Life]:
    """A life of its own, in a file or on a server."""
    store, oracle = original(start, wall=wall)
    with ExitStack() as stack:
        frozen = stack.enter_context(freeze_time(f"{start} 12:00:00")) if wall else None
        assert frozen is None or isinstance(frozen, FrozenDateTimeFactory)
        yield Life(stack.enter_context(begun(store, server_url)), copy.deepcopy(oracle), frozen)
