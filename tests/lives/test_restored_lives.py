"""Random lives with restores in between: no number and no id is ever given twice (rules 18).

Backups are copies of the whole store, of any age, also from before an earlier restore. What was
ever there after a command counts as known to others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from mailctl.store.engine.transaction import key_of
from mailctl.store.restorations import LEAVING
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.restored import restored
from tests.store.plain import replace, rows, twin

IDS = sorted({*LEAVING} - {"invoice"})
MOVES = (
    *["do_order"] * 5,
    *["do_customer", "do_platform", "do_credit_note", "do_delete", "do_method", "do_export"],
    *["do_money", "do_days", "do_days", "do_backup", "do_backup", "do_restore", "do_restore"],
)
LENGTH = 40
Given = tuple[str, int]
Number = tuple[str, int, int]


@dataclass(slots=True, kw_only=True)
class RestoredLife:
    """A store, its backups, and everything that was ever given."""

    cli: Cli
    folder: Path
    random: Random
    clock: FrozenDateTimeFactory
    backups: list[Cli] = field(default_factory=list)
    ever: set[Given] = field(default_factory=set)
    documents: dict[Number, str] = field(default_factory=dict)
    """By number the day of issue."""
    there: set[Given] = field(default_factory=set)
    numbered: dict[Number, str] = field(default_factory=dict)
    restores: int = 0
    names: Iterator[int] = field(default_factory=lambda: count(1))

    def look(self) -> None:
        """Compare what is new in the store with all that was ever given."""
        there, numbered = self.there, self.numbered
        self.take_in()
        assert not (self.there - there) & self.ever
        assert not (self.numbered.keys() - numbered.keys()) & self.documents.keys()
        self.ever |= self.there
        self.documents |= self.numbered

    def take_in(self) -> None:
        """Read what is in the store."""
        store = self.cli.store
        self.there = {
            (table, key)
            for table in IDS
            for (key,) in rows(store, f"SELECT {key_of(table)} FROM {table}")
        }
        self.numbered = {
            (series, year, seq): day
            for series, year, seq, day in rows(
                store, "SELECT series, year, seq, issued_on FROM invoice"
            )
        }

    def one(self, sql: str) -> str:
        """One of the values of a query; of none, what names nothing."""
        found = [str(value) for (value,) in rows(self.cli.store, sql)]
        return self.random.choice(found or ["999999999"])

    def do_customer(self) -> None:
        name = f"c{next(self.names)}"
        self.cli.ok("customer", "add", name, "--name", "N", "--email", f"it@{name}.example")
        self.cli.ok("prepaid", "credit", name, "60")

    def do_platform(self) -> None:
        offer = self.random.choice(["email-pro", "private-exchange"])
        customer = self.one("SELECT slug FROM customer")
        self.cli(
            "platform", "add", f"p{next(self.names)}", "--customer", customer, "--offer", offer
        )

    def do_order(self) -> None:
        platform = self.one("SELECT name FROM platform")
        address = f"a{next(self.names)}@{platform}.example"
        self.cli("account", "order", platform, address, "--count", "2", "-y")

    def do_money(self) -> None:
        self.cli("prepaid", "credit", self.one("SELECT slug FROM customer"), "9.50", "--received")

    def do_credit_note(self) -> None:
        number = self.one("SELECT year || '-' || substr('00000' || seq, -6) FROM invoice")
        self.cli("invoice", "credit", number, "--line", "1", "--reason", "wrong", "-y")

    def do_delete(self) -> None:
        self.cli("account", "delete", self.one("SELECT id FROM account"), "-y")

    def do_method(self) -> None:
        customer = self.one("SELECT slug FROM customer")
        self.cli("method", "add", "paypal", customer, "--agreement", f"B-{next(self.names)}")

    def do_export(self) -> None:
        file = str(self.folder / f"payments-{next(self.names)}.csv")
        self.cli("payment", "export", "--kind", "paypal", "--format", "csv", "--to", file)

    def do_days(self) -> None:
        self.clock.tick(timedelta(days=self.random.choice([1, 8, 31, 45])))
        self.cli.ok("tick", "--accept-gap", "--accept-mass")

    def do_backup(self) -> None:
        self.backups.append(twin(self.cli, f"backup-{next(self.names)}"))

    def do_restore(self) -> None:
        """The lost store's highest ids may be known or not."""
        if not self.backups:
            return
        self.restores += 1
        replace(self.cli.store, self.random.choice(self.backups).store)
        self.take_in()
        last_ids: dict[str, int] = {}
        for table in IDS:
            known = max((key for name, key in self.ever if name == table), default=0)
            here = max((key for name, key in self.there if name == table), default=0)
            unknown = max(known, here + 1_000_000)
            last_ids[table] = self.random.choice([known, unknown])
        last: dict[tuple[str, int], int] = {}
        for series, year, seq in self.documents:
            last[series, year] = max(seq, last.get((series, year), 0))
        restored(
            self.cli,
            *(f"{series}{year}-{seq:06d}" for (series, year), seq in last.items()),
            **last_ids,
        )


@pytest.mark.parametrize("seed", range(max(1, how_many(10) // 10)))
def test_nothing_is_given_twice_whatever_was_restored(seed: int, cli: Cli, tmp_path: Path) -> None:
    """Documents stay in date order over all of it, and `store check` finds nothing."""
    with freeze_time("2026-11-03 12:00:00") as clock:
        cli.ok("init")
        life = RestoredLife(cli=cli, folder=tmp_path, random=Random(seed), clock=clock)
        for _ in range(2):
            life.do_customer()
            life.do_platform()
        for _ in range(LENGTH):
            getattr(life, life.random.choice(MOVES))()
            life.look()
        life.do_restore()
        life.do_days()
        life.look()
        check = cli("store", "check")
        verified = cli("journal", "verify")

    assert (check.status, verified.status) == (0, 0), check.out
    assert life.restores > 1
    by_series: dict[tuple[str, int], list[str]] = {}
    for (series, year, _), day in sorted(life.documents.items()):
        by_series.setdefault((series, year), []).append(day)
    for (_, year), days in by_series.items():
        assert days == sorted(days)
        assert {day[:4] for day in days} == {str(year)}
