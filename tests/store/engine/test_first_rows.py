"""The first rows of a list cost as much on a host of a million accounts as on a small one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from mailctl.store import (
    account_list,
    customers,
    domains,
    invoices,
    ledger,
    orders,
    platforms,
    tasks,
)
from mailctl.store.engine.listing import Listing
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite.connection import Connection
from mailctl.store.engine.stores import store_at
from mailctl.store.queries import history
from tests.helpers import Cli

accounts = account_list.listing
MANY = 2000
AT_ONCE = 100
STEPS = 8_000
"""What SQLite may do for a row: less than to look at each of the many accounts once."""
_STEP = 100

LISTS: dict[str, Callable[[Reader], Listing]] = {
    "accounts": lambda reader: accounts(reader, limit=1),
    "suspended accounts": lambda reader: accounts(reader, state="suspended", limit=1),
    "deleted accounts": lambda reader: accounts(reader, state="deleted", limit=1),
    "accounts of a customer": lambda reader: accounts(reader, customer="acme", limit=1),
    "accounts of a platform": lambda reader: account_list.listing(
        reader, platform="acme-hx", limit=1
    ),
    "accounts of an offer": lambda reader: accounts(reader, offer="email-pro", limit=1),
    "accounts of a domain": lambda reader: account_list.listing(
        reader, domain="acme.example", limit=1
    ),
    "platforms": lambda reader: platforms.listing(reader, limit=1),
    "platforms of a customer": lambda reader: platforms.listing(reader, customer="acme"),
    "customers": lambda reader: customers.listing(reader, limit=1),
    "domains": lambda reader: domains.listing(reader, limit=1),
    "invoices of a platform": lambda reader: invoices.listing(reader, platform="acme-hx"),
    "invoices": lambda reader: invoices.listing(reader, limit=1),
    "journal": lambda reader: history.listing(reader, limit=1),
    "orders": lambda reader: orders.listing(reader, limit=1),
    "statement": lambda reader: ledger.statement(reader, "acme", limit=1),
    "tasks": lambda reader: tasks.listing(reader, limit=1),
}
SORTED = ("id", "address", "-address", "-id")


def steps_of(reader: Reader, listing: Callable[[Reader], Listing], sort: str = "") -> int:
    """How many instructions SQLite runs for a list."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += _STEP

    connection = cast("Connection", reader.connection)
    found = listing(reader)
    if sort:
        found.sort(sort.removeprefix("-"), downwards=sort.startswith("-"))
    connection.set_progress_handler(count, _STEP)
    list(found.rows(found.thing.columns))
    connection.set_progress_handler(None, 0)
    return counted


@pytest.fixture(scope="module")
def many(busy_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The busy host, with a customer whose platform has many accounts; it is only read."""
    folder = tmp_path_factory.mktemp("many")
    host = Cli(Path(shutil.copy(busy_original, folder / "mailctl.db")))
    host.store.chmod(0o600)
    host.ok("customer", "add", "many", "--name", "Many", "--email", "many@many.example")
    host.ok("platform", "add", "many-pro", "--customer", "many", "--offer", "email-pro")
    for first in range(0, MANY, AT_ONCE):
        addresses = [f"u{number}@many.example" for number in range(first, first + AT_ONCE)]
        host.ok("account", "order", "many-pro", *addresses, "-y")
    return host


@pytest.mark.parametrize("name", LISTS)
def test_the_first_rows_of_a_list_look_at_no_others(name: str, many: Cli) -> None:
    """Neither the accounts of other platforms nor the lines of other invoices are read."""
    with store_at(many.store).read() as reader:
        assert steps_of(reader, LISTS[name]) <= STEPS


@pytest.mark.parametrize("sort", SORTED)
def test_the_first_accounts_in_an_indexs_order_look_at_no_others(sort: str, many: Cli) -> None:
    """What an index has in order is not sorted again."""
    with store_at(many.store).read() as reader:
        assert steps_of(reader, LISTS["accounts"], sort) <= STEPS


def test_an_account_is_shown_by_its_own_lines(many: Cli) -> None:
    """One account's debts are not looked for among those of all."""

    def one(reader: Reader) -> Listing:
        return accounts(reader, state="all", account_id=1)

    with store_at(many.store).read() as reader:
        assert steps_of(reader, one) <= STEPS


@pytest.mark.parametrize("sort", ["expires_on", "-expires_on", "platform", "pay_by_on", "state"])
@pytest.mark.parametrize("limit", [1, 7, 20])
def test_the_first_rows_are_those_of_the_whole_list(sort: str, limit: int, busy: Cli) -> None:
    """Whether few are asked for or all, their order and what is said of them is the same."""
    asked = ("account", "list", "--state", "all", f"--sort={sort}")
    everything = busy.ok(*asked)["items"]
    assert busy.ok(*asked, "--limit", str(limit))["items"] == everything[:limit]


@pytest.mark.parametrize("sort", ["name", "-created_on", "accounts_active", "customer"])
def test_the_first_platforms_are_those_of_the_whole_list(sort: str, busy: Cli) -> None:
    """Their figures too."""
    everything = busy.ok("platform", "list", f"--sort={sort}")["items"]
    assert busy.ok("platform", "list", f"--sort={sort}", "--limit", "2")["items"] == everything[:2]
