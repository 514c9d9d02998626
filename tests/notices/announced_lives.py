"""Lives with every kind of end and renewal, watched after each command and each step."""

from __future__ import annotations

import atexit
import copy
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from mailctl.store.engine.transaction import Transaction
from mailctl.tick import run as ticking
from tests.helpers import Cli, Outcome
from tests.lives.calendar_oracle import expiry_after, monthly_date_after
from tests.lives.life import say, units
from tests.lives.life_store import MODES, found_store
from tests.lives.money_life import MoneyLife
from tests.lives.money_oracle import MoneyOracle
from tests.lives.oracle_state import RefusedError
from tests.notices.watching import LISTS, Look, look
from tests.store.plain import opened, rows

DAY_LISTS = ["", "15 3", "40 15", "5", "20 10 1", "60", "400", "7 2", "1"]
WAITS = [1, 1, 2, 3, 7, 8, 14, 15, 27, 31, 45, 92]


class AnnouncedLife(MoneyLife):
    """A life that is watched; the oracle only knows what there is to do something with.

    Cards that expire and methods that go are not the oracle's, so their verdicts may differ here.
    """

    def __init__(self, cli: Cli, oracle: MoneyOracle, frozen: FrozenDateTimeFactory | None) -> None:
        super().__init__(cli, oracle, frozen)
        self.looks: list[Look] = []
        with opened(cli.store) as base:
            self.looks = [look(base, oracle.today, "init", 0)]
        self.last_notice = self.rows("SELECT max(id) FROM notice")[0][0] or 0

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows(self.cli.store, sql)

    def both(self, command: Callable[[], object], *argv: str, stdin: str = "") -> Outcome:
        """Do a command, and look at what it left; a tick is looked at step by step."""
        say(f"{self.oracle.today}  mailctl {' '.join(argv)}  {stdin!r}")
        with suppress(RefusedError):
            command()
        outcome = self.cli(*argv, "-o", "json", stdin=stdin)
        assert outcome.status in (0, 1, 2, 4), outcome.err
        assert "internal" not in outcome.err, outcome.err
        if argv[0] == "tick":
            assert outcome.status == 0, outcome.err
            self.written_on = self.oracle.today
        elif outcome.status == 0:
            with opened(self.cli.store) as base:
                self.see(base, self.oracle.today, " ".join(argv[:3]))
        return outcome

    def see(self, base: sqlite3.Connection, day: date, said: str) -> None:
        self.looks.append(look(base, day, said, self.last_notice))
        self.last_notice = max([self.last_notice, *(n.id for n in self.looks[-1].new)])

    def tick(self, day: date) -> None:
        process = ticking.process

        def watched(transaction: Transaction, *args: Any, **kwargs: Any) -> None:
            process(transaction, *args, **kwargs)
            self.see(transaction.connection, transaction.today, "tick")

        self.wait_until(day)
        with patch.object(ticking, "process", watched):
            self.both(lambda: self.tick_oracle(day), "tick", *self.until(day))

    def do_tick(self, days: int, _: int, __: int) -> None:
        self.tick(self.oracle.today + timedelta(days=WAITS[days % len(WAITS)]))

    def do_rest(self, _: int, __: int, ___: int) -> None:
        """Nothing: what a move becomes that a life which goes wrong does not need."""

    def do_near_end(self, which: int, before: int, mode: int) -> None:
        """Time passes until just before an account's expiry, and something is done to it."""
        live = self.rows("SELECT id, expires_on FROM account WHERE state = 'active' ORDER BY id")
        if live:
            number, expires_on = live[which % len(live)]
            day = date.fromisoformat(expires_on) - timedelta(days=before + 1)
            if day > self.oracle.today:
                self.tick(day)
            if before % 3 == 0:
                self.do_wait(mode % 4, 0, 0)
            self.renew(str(number), MODES[mode % 3])

    def renew(self, number: str, mode: str) -> None:
        self.both(lambda: None, "account", "renew", number, "--mode", mode, "-y")

    def do_break(self, which: int, days: int, mode: int) -> None:
        """A platform is cancelled for some days, in which the reminders are others."""
        live = self.rows(
            "SELECT a.id, p.name FROM account a JOIN platform p ON p.id = a.platform_id "
            "WHERE a.state = 'active' AND p.state = 'active' ORDER BY a.id"
        )
        if live:
            number, name = live[which % len(live)]
            self.renew(str(number), MODES[mode % 3])
            self.both(lambda: self.oracle.cancel(name), "platform", "cancel", name, "-y")
            self.tick(self.oracle.today + timedelta(days=days + 5))
            self.both(lambda: self.oracle.resume(name), "platform", "resume", name, "-y")

    def do_last_term(self, which: int, what: int, terms: int) -> None:
        """An account that is to end is paid for once more, with reminders long before."""
        live = self.rows("SELECT id FROM account WHERE state = 'active' ORDER BY id")
        if live:
            number = str(live[which % len(live)][0])
            days = ("60", "90 45", "35 3")[what % 3]
            self.both(lambda: None, "settings", "set", "expiry-reminder-days", days, "-y")
            self.renew(number, "none")
            self.both(
                lambda: None, "account", "extend", number, "--terms", str(terms % 2 + 1), "-y"
            )

    def do_rescue(self, who: int, before: int, mode: int) -> None:
        """An account is suspended for a debt and paid for just before its expiry."""
        name = ("own", "hx", "old-pro")[who % 3]
        home = self.oracle.platforms[name]
        self.both(lambda: None, "customer", "edit", home.customer.id, "--payment-days", "3", "-y")
        self.both(lambda: None, "settings", "set", "retention-days", "40", "-y")
        done = self.both(
            lambda: self.oracle.order(name, (), 1, "monthly"),
            "account", "order", name, "--period", "monthly", "-y",
        )  # fmt: skip
        if done.status == 0:
            number, expires_on = self.rows(
                "SELECT id, expires_on FROM account ORDER BY id DESC LIMIT 1"
            )[0]
            self.renew(str(number), MODES[mode % 3])
            self.tick(self.oracle.today + timedelta(days=5))
            day = date.fromisoformat(expires_on) - timedelta(days=before % 15 + 1)
            self.tick(max(day, self.oracle.today))
            for which in range(3):
                self.do_pay_some(which, 1, 0)

    def do_import(self, where: int, anchor_day: int, how: int) -> None:
        """An account is brought in on a near expiry, with any renewal."""
        home = self.oracle.platforms.get(self.platform(where))
        if home is None or home.state != "active":
            return
        today = self.oracle.today
        private = self.oracle.is_private(home)
        anchor_day = home.created_on.day if private else (today.day + 2 * anchor_day) % 31 + 1
        expires_on = monthly_date_after(date(2020, 1, anchor_day), today)
        renewal = "monthly" if private else MODES[how % 3]
        period = "yearly" if renewal == "yearly" else "monthly"
        if how >= 12 and not private:
            expires_on = expiry_after(expires_on, 1, anchor_day)
        line = f"{home.name},,{period},{expires_on},{anchor_day},{renewal}"
        self.both(
            lambda: self.oracle.import_account(
                home.name, None, period, expires_on, anchor_day, renewal
            ),
            "import", "accounts", "-",
            stdin=f"platform,address,period,expires_on,anchor_day,renewal\n{line}\n",
        )  # fmt: skip

    def do_days(self, which: int, what: int, _: int) -> None:
        """One of the lists of days is changed."""
        name = [name for name, _ in LISTS.values()][which % 5]
        value = str(what) if name == "debt-reminder-days" else DAY_LISTS[what % len(DAY_LISTS)]
        self.both(lambda: None, "settings", "set", name, value, "-y")

    def do_late_days(self, which: int, before: int, mode: int) -> None:
        """Reminders are turned off, and on again just before an account's expiry."""
        names = ("expiry-reminder-days", "renewal-reminder-days")
        for name in names:
            self.both(lambda: None, "settings", "set", name, "", "-y")
        self.do_near_end(which, before, mode)
        for name in names:
            self.both(lambda: None, "settings", "set", name, "40 9 2", "-y")

    def do_card(self, who: int, months: int, choose: int) -> None:
        """A card that soon expires; now and then it becomes the default one."""
        first = self.oracle.today.replace(day=1) + timedelta(days=31 * (months % 4))
        done = self.both(
            lambda: None,
            "method", "add", "card", self.customer(who), "--token", "tok_1", "--brand", "Visa",
            "--last4", "4242", "--expires", f"{first:%Y-%m}", "-y",
        )  # fmt: skip
        if choose % 2 and done.status == 0:
            self.both(lambda: None, "method", "default", str(done.json()["id"]), "-y")

    def do_remove(self, which: int, _: int, __: int) -> None:
        found = self.rows("SELECT id FROM method WHERE removed_on IS NULL")
        if found:
            number = str(found[which % len(found)][0])
            self.both(lambda: None, "method", "remove", number, "-y")

    def do_pay_order(self, which: int, received: int, _: int) -> None:
        found = self.rows("SELECT number FROM purchase_order WHERE status = 'not-paid'")
        if found:
            number = str(found[which % len(found)][0])
            flags = ["--received"] if received % 2 else []
            self.both(lambda: None, "order", "pay", number, *flags, "-y")

    def do_collect(self, which: int, answer: int, _: int) -> None:
        """Hand the payments over; the gateway answers one of them."""
        for kind in ("card", "bank"):
            with tempfile.TemporaryDirectory() as folder:
                self.both(
                    lambda: None,
                    "payment", "export", "--kind", kind, "--format", "csv",
                    "--to", f"{folder}/{kind}.csv", "-y",
                )  # fmt: skip
        sent = self.rows(
            "SELECT id FROM payment WHERE status = 'pending' AND exported_on IS NOT NULL"
        )
        if sent and answer % 3:
            number = str(sent[which % len(sent)][0])
            verdict = ["settle", number] if answer % 3 == 1 else ["fail", number, "--reason", "no"]
            self.both(lambda: None, "payment", *verdict, "-y")

    def do_reopen(self, which: int, mode: int, _: int) -> None:
        found = self.rows("SELECT id FROM account WHERE suspended_for = 'expired'")
        if found:
            number = str(found[which % len(found)][0])
            self.both(lambda: None, "account", "reopen", number, "--mode", MODES[mode % 3], "-y")

    def do_extend(self, which: int, many: int, wait: int) -> None:
        found = self.rows("SELECT id FROM account WHERE state = 'active'")
        if found:
            number = str(found[which % len(found)][0])
            flags = ["--await-payment"] if wait % 4 == 0 else []
            self.both(
                lambda: None,
                "account", "extend", number, "--terms", str(many % 3 + 1), *flags, "-y",
            )  # fmt: skip

    def do_reverse(self, who: int, which: int, why: int) -> None:
        found = self.rows(
            "SELECT c.slug, l.seq, l.kind FROM ledger l JOIN customer c ON c.id = l.customer_id "
            "WHERE l.kind IN ('credit', 'payment')"
        )
        if found:
            slug, seq, kind = found[(who + which) % len(found)]
            how = (["--mistake"], ["--returned", "AM04"], ["--returned", "MD06"])[why % 3]
            flags = how if kind == "payment" else ["--reason", "r"]
            self.both(lambda: None, "prepaid", "reverse", slug, str(seq), *flags, "-y")

    def do_return(self, which: int, why: int, _: int) -> None:
        found = self.rows("SELECT id FROM payment WHERE status = 'succeeded'")
        if found:
            number, code = str(found[which % len(found)][0]), ("AM04", "MD06")[why % 2]
            self.both(lambda: None, "payment", "return", number, "--reason", code, "-y")

    def do_pay_some(self, which: int, _: int, __: int) -> None:
        """Money comes for whoever owes, a part of it or all."""
        found = self.rows("SELECT slug, -balance_cents FROM customer WHERE balance_cents < 0")
        if found:
            slug, missing = found[which % len(found)]
            cents = missing if which % 2 else max(1000, missing // 2)
            self.both(lambda: None, "prepaid", "credit", slug, units(cents), "-y")


@cache
def original(start: str, *, wall: bool) -> tuple[Path, MoneyOracle]:
    """A store at the beginning of its life, made once for each start."""
    folder = Path(tempfile.mkdtemp(prefix="announced-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    cli = Cli(folder / "mailctl.db")
    oracle = MoneyOracle(date.fromisoformat(start))
    with freeze_time(f"{start} 12:00:00") if wall else nullcontext():
        found_store(cli, oracle, *([] if wall else ["--clock", start]))
    return cli.store, oracle


@contextmanager
def a_watched_life(start: str, *, wall: bool) -> Iterator[AnnouncedLife]:
    """A life of its own, in a folder of its own."""
    store, oracle = original(start, wall=wall)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="watched-")))
        frozen = stack.enter_context(freeze_time(f"{start} 12:00:00")) if wall else None
        assert frozen is None or isinstance(frozen, FrozenDateTimeFactory)
        shutil.copytree(store.parent, folder, dirs_exist_ok=True)
        yield AnnouncedLife(Cli(folder / store.name), copy.deepcopy(oracle), frozen)
