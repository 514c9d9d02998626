"""One of several administrators at work at the same time, as a process: what it did is printed.

The clock runs fast: a day takes some seconds. What a change read before nobody else could write is
read again then: where that differs and the change is committed all the same, it was made of facts
that were no longer so, and is reported.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import repeat
from typing import Any
from unittest.mock import patch

from mailctl.store.engine.again import StartAgainError
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from tests.helpers import Cli

FIRST = datetime(2026, 1, 30, 12, tzinfo=UTC)
CUSTOMERS = ("ada", "bob", "cyd", "dan")
ADMINISTRATORS = range(1, 9)
ROLES = {0: "time", 9: "host", 10: "reader"}
"""What the others do; each of the rest is an administrator."""
_IBANS = ("DE75512108001245126199", "FR7630006000011234567890189", "DE89370400440532013000")


class Checked:
    """Looks at every change's reads again when nobody else can write any more."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.stale: list[str] = []
        self.unexpected: list[str] = []
        self.again = 0
        self._reads: dict[tuple[str, str], tuple[dict[str, object], list[str]]] = {}
        self._differ: list[str] = []

    def __enter__(self) -> None:
        self._patches = [
            patch.object(Reader, "execute", noted_of(Reader.execute, self._noted())),
            patch.object(Transaction, "last_step", self._checked()),
            patch.object(Transaction, "finish", self._finished()),
            patch.object(Transaction, "__init__", self._begun()),
            patch.object(StartAgainError, "__init__", self._again()),
        ]
        for one in self._patches:
            one.start()

    def __exit__(self, *_: object) -> None:
        for one in self._patches:
            one.stop()

    def _noted(self) -> Any:
        execute = Reader.execute

        def noted(tx: Transaction, sql: str, parameters: Any = None) -> Any:
            cursor = execute(tx, sql, parameters or {})
            if tx.is_planning and sql.lstrip().startswith(("SELECT", "WITH")):
                rows = _rows(cursor)
                # Once a customer is held what was read before is read again: the last counts.
                given = dict(parameters or {})
                self._reads[sql, repr(given)] = (given, rows)
                if rows:
                    cursor.scroll(0, mode="absolute")  # type: ignore[attr-defined]
            return cursor

        return noted

    def _checked(self) -> Any:
        execute, last_step = Reader.execute, Transaction.last_step

        def checked(tx: Transaction) -> None:
            was_planning = tx.is_planning
            if was_planning:
                # Long enough for others to come between.
                time.sleep(self._chance.uniform(0, 0.4))
            last_step(tx)
            if was_planning:
                self._differ = [
                    sql
                    for (sql, _), (given, rows) in self._reads.items()
                    if _rows(execute(tx, sql, given)) != rows
                ]

        return checked

    def _finished(self) -> Any:
        finish = Transaction.finish

        def finished(tx: Transaction) -> None:
            finish(tx)
            if not tx.is_planning:
                self.stale += self._differ

        return finished

    def _begun(self) -> Any:
        begin = Transaction.__init__

        def begun(tx: Transaction, *arguments: Any, **more: Any) -> None:
            self._reads, self._differ = {}, []
            begin(tx, *arguments, **more)

        return begun

    def _again(self) -> Any:
        begin = StartAgainError.__init__

        def again(error: StartAgainError, **what: Any) -> None:
            self.again += 1
            cause = sys.exc_info()[1]
            if what.get("whole") and cause is not None:
                self.unexpected.append(repr(cause))
            begin(error, **what)

        return again


def noted_of(plain: Any, noted: Any) -> Any:
    """A reader's `execute` that takes note of what a change reads."""

    def execute(reader: Reader, sql: str, parameters: Any = None) -> Any:
        # A change is being made until its first write.
        if isinstance(reader, Transaction):
            return noted(reader, sql, parameters)
        return plain(reader, sql, parameters or {})

    return execute


def _rows(cursor: Any) -> list[str]:
    return sorted(map(repr, cursor.fetchall()))


def _deeds(chance: random.Random, number: int) -> Iterator[list[str]]:
    """What an administrator types, without end."""
    done, keyed = 0, [["prepaid", "credit", CUSTOMERS[0], "10", "--key", "same-0"]]
    while True:
        done += 1
        who, other = chance.choice(CUSTOMERS), chance.choice(CUSTOMERS)
        unique, some = f"{number}-{done}", str(chance.randint(1, 6 + done // 2))
        wanted = f"a{chance.randint(1, 40)}@{chance.choice(('x', 'y', 'z'))}{done // 6}.example"
        platform = f"{who}-{chance.choice(('pro', 'hx', 'priv'))}"
        deed = chance.choice(
            [
                ["prepaid", "credit", who, str(chance.randint(10, 90)), "--key", unique],
                ["prepaid", "credit", who, "10", "--key", f"same-{done // 2}"],
                ["prepaid", "credit", who, "20", "--await-payment"],
                ["prepaid", "refund", who, "1", "--reason", "asked", "--key", unique, "-y"],
                ["prepaid", "reverse", who, some, "--reason", "wrong", "-y"],
                ["account", "order", platform, wanted, "--key", f"order-{done // 2}", "-y"],
                ["account", "order", platform, wanted, "-y"],
                ["account", "order", platform, "--count", "3", "-y"],
                ["account", "order", platform, wanted, "--await-payment", "-y"],
                ["account", "rename", some, wanted],
                ["account", "configure", some, wanted],
                ["account", "renew", some, str(int(some) + 3), "--mode", "yearly", "-y"],
                ["account", "extend", some, "-y"],
                ["account", "reset", some, "-y"],
                ["account", "lock", some, "--reason", "spam"],
                ["account", "unlock", some],
                ["account", "delete", some, "-y"],
                ["order", "pay", some, "--received", "-y"],
                ["order", "cancel", some],
                ["invoice", "credit", f"2026-{int(some):06}", "--reason", "asked", "-y"],
                ["invoice", "pay", f"2026-{int(some):06}"],
                ["customer", "add", f"new-{done // 3}", "--name", "New", "--email", "n@n.example"],
                ["customer", "edit", who, "--city", f"City {done}"],
                ["platform", "add", f"plus-{done // 3}", "--customer", who, "--offer", "email-pro"],
                ["platform", "cancel", f"plus-{chance.randint(0, done // 3)}", "-y"],
                ["platform", "resume", f"plus-{chance.randint(0, done // 3)}", "-y"],
                ["platform", "renewal", platform, "--manual", "-y"],
                ["method", "add", "bank", who, "--iban", chance.choice(_IBANS), "--holder", "Who",
                 "--mandate", f"M{done // 3}", "--signed", "2026-01-02"],
                ["method", "default", some],
                ["method", "remove", some, "-y"],
                ["payment", "settle", some],
                ["payment", "fail", some, "--reason", "MS03"],
                ["payment", "return", some, "--reason", "MS03"],
                ["domain", "move", wanted.rpartition("@")[2], other],
                ["task", "done", some, str(int(some) + 1)],
                ["task", "fail", some, "--reason", "full"],
                ["notice", "send", "--limit", "3"],
                # An answer was lost: the same is typed again, with its key.
                *[chance.choice(keyed)] * 3,
            ]
        )  # fmt: skip
        if "--key" in deed:
            keyed.append(deed)
        yield deed


def _of_host(chance: random.Random) -> Iterator[tuple[list[str], str]]:
    """What concerns everybody: two settings at once, and customers in threes, with their input."""
    done = 0
    while True:
        done += 1
        yield ["settings", "set", f"seller-name=N{done}", f"seller-city=N{done}"], ""
        lines = "".join(
            f"both-{done}-{one},B,b@b.example,{chance.randint(1, 900)}\n" for one in "abc"
        )
        yield ["import", "customers", "-", "-y"], f"id,name,email,balance_cents\n{lines}"


def _halves(cli: Cli) -> list[str]:
    """What a reader sees of changes that are half made."""
    kept = {one["name"]: one["value"] for one in cli("settings", "list", "-o", "jsonl").jsonl()}
    listed = cli("customer", "list", "-o", "jsonl", "--fields", "id").jsonl()
    both = Counter(one["id"].rpartition("-")[0] for one in listed if one["id"].startswith("both-"))
    found = [f"{group}: {count} of 3" for group, count in both.items() if count != 3]
    if kept["seller-name"] != kept["seller-city"]:
        found.append(f"{kept['seller-name']} in {kept['seller-city']}")
    for command in (("store", "check"), ("journal", "verify")):
        got = cli(*command)
        if got.status != 0:
            found.append(f"{command}: {got.out[-1500:]}{got.err[-500:]}")
    return found


def work(
    store: str, seed: int, number: int, began: float, seconds: float, days: float
) -> dict[str, Any]:
    """Work for some seconds, of which each has so many days, in the role of that number."""
    cli = Cli(store)  # type: ignore[arg-type]
    chance = random.Random(f"{seed}-{number}")
    checked = Checked(chance)
    role = ROLES.get(number, "administrator")
    typed = ((deed, "") for deed in _deeds(chance, number))
    deeds = {"time": repeat((["tick"], "")), "host": _of_host(chance)}.get(role, typed)
    did: list[tuple[list[str], int, str]] = []

    def now() -> datetime:
        return FIRST + timedelta(days=(time.time() - began) * days)

    halves: list[str] = []
    with patch("mailctl.clock.now", now), checked:
        until = time.time() + seconds
        while time.time() < until:
            if role == "reader":
                halves += _halves(cli)
                continue
            argv, given = next(deeds)
            got = cli(*argv, "--wait", "120", "-o", "json", stdin=given)
            if role != "administrator":
                time.sleep(chance.uniform(0.2, 1.5))
            code = "" if got.status == 0 else got.err.strip().splitlines()[-1]
            if got.status == 0 and '"changed":false' in got.out.replace(" ", ""):
                code = "unchanged"
            did.append((argv, got.status, code))
    return {
        "did": did,
        "stale": checked.stale,
        "halves": halves,
        "unexpected": checked.unexpected,
        "again": checked.again,
    }


if __name__ == "__main__":
    place, *numbers = sys.argv[1:]
    seed, number = map(int, numbers[:2])
    sys.stdout.write(json.dumps(work(place, seed, number, *map(float, numbers[2:]))))
