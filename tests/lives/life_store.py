"""What a life needs: how a store shows itself, the host that it begins with, a kill from inside."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from tests import on_server
from tests.helpers import Cli
from tests.lives.calendar_oracle import expiry_after, monthly_date_after
from tests.lives.oracle import Oracle

MODES = ["none", "monthly", "yearly"]


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
        connect, execute = sqlite3.connect, psycopg.Connection.execute

        def count(_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def watched(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **kwargs)
            connection.set_trace_callback(count)
            return connection

        def counted(connection: Any, sql: Any, *args: Any, **kwargs: Any) -> Any:
            count(sql)
            return execute(connection, sql, *args, **kwargs)

        try:
            with (
                patch.object(sqlite3, "connect", watched),
                patch.object(psycopg.Connection, "execute", counted),
            ):
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
PLATFORMS = (
    ("old-pro", "anna", "email-pro"),
    ("old-priv", "bernd", "private-exchange"),
    ("hx", "anna", "hosted-exchange"),
    ("own", "civic", "budget"),
)


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
    yield "own", "o@civic.example", "monthly", shared, 31, "monthly"


@contextmanager
def begun(original: Path, server_url: str | None) -> Iterator[Cli]:
    """A store of its own that begins as that file does: a file too, or on a server."""
    with tempfile.TemporaryDirectory(prefix="life-") as folder:
        if server_url is None:
            shutil.copytree(original.parent, folder, dirs_exist_ok=True)
            yield Cli(Path(folder) / original.name)
            return
        with on_server.place(server_url, Path(folder)) as place:
            on_server.fill(place, original)
            yield Cli(place)


def found_store(cli: Cli, oracle: Oracle, *clock: str) -> None:
    """The beginning of every life."""
    cli.ok("init", *clock, "--timezone", "UTC")
    # Nothing is sent here; on the real date nobody would be deleted untold.
    cli.ok("settings", "set", "mail-host", "none")
    cli.ok("import", "customers", "-", stdin=CUSTOMERS)
    for line in CUSTOMERS.splitlines()[1:]:
        name, _, _, country, payment_days, balance = line.split(",")
        oracle.add_customer(name, country, int(payment_days), int(balance))
    cli.ok("offer", "add", "budget", "--like", "email-pro")
    oracle.add_offer("budget", "email-pro")
    platforms = "name,customer,offer,created_on\n"
    past = date(2020, 1, 31)
    for name, customer, offer in PLATFORMS:
        platforms += f"{name},{customer},{offer},{past}\n"
        oracle.add_platform(name, customer, offer, past)
    cli.ok("import", "platforms", "-", stdin=platforms)
    accounts = "platform,address,period,expires_on,anchor_day,renewal\n"
    for account in imported_accounts(oracle.today):
        accounts += ",".join(map(str, account)) + "\n"
        platform, address, period, expires_on, anchor_day, renewal = account
        oracle.import_account(platform, address or None, period, expires_on, anchor_day, renewal)
    cli.ok("import", "accounts", "-", stdin=accounts)
    cli.ok("platform", "add", "priv", "--customer", "anna", "--offer", "private-exchange")
    oracle.add_platform("priv", "anna", "private-exchange")
