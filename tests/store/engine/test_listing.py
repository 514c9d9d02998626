"""Lists: the database's JSON says the same as Python's, in order, whatever stands in it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from mailctl.contract import Kind
from mailctl.store import (
    account_list,
    customers,
    domains,
    invoices,
    ledger,
    offers,
    platforms,
    tasks,
)
from mailctl.store.engine.listing import Listing
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.stores import store_at
from mailctl.store.queries import history
from tests.helpers import Cli

LISTINGS: dict[str, Callable[[Reader], Listing]] = {
    "accounts": lambda reader: account_list.listing(reader, state="all"),
    "accounts of a platform": lambda reader: account_list.listing(reader, platform="acme-hx"),
    "blank accounts": lambda reader: account_list.listing(reader, blank=True),
    "customers": customers.listing,
    "debtors": lambda reader: customers.listing(reader, debtors=True),
    "domains": domains.listing,
    "invoices": invoices.listing,
    "journal": history.listing,
    "account history": lambda reader: history.of_account(reader, "1"),
    "platform history": lambda reader: history.of_platform(reader, "acme-hx"),
    "customer history": lambda reader: history.of_customer(reader, "acme"),
    "statement": lambda reader: ledger.statement(reader, "acme"),
    "offers": offers.listing,
    "platforms": platforms.listing,
    "tasks": tasks.listing,
    "tax rates": offers.rate_listing,
}
AWKWARD = 'Zoé "O\'Hara" \\ <b>[red]Müller</b> 東京 😀 =1+1 %s {0} \\u0041'


@pytest.fixture
def awkward(busy: Cli) -> Cli:
    """The busy host, with names that quoting and escaping get wrong."""
    busy.ok("customer", "edit", "acme", "--name", AWKWARD, "--city", 'Saint-"É"')
    busy.ok("platform", "cancel", "acme-hx", "--comment", AWKWARD, "-y")
    busy.ok("account", "configure", "2", "o'neil+tag@bücher.example")
    busy.ok("account", "order", "acme-pro", "-y")
    return busy


@pytest.mark.parametrize("name", LISTINGS)
def test_a_lists_json_is_that_of_its_rows(name: str, awkward: Cli) -> None:
    """Each line of JSON holds the keys asked for, in order, with the values of the row."""
    with store_at(awkward.store).read() as reader:
        listing = LISTINGS[name](reader)
        keys = [key.name for key in listing.thing.list_keys]
        expected = [[(key, row[key]) for key in keys] for row in listing.dicts()]
        got = [list(json.loads(text).items()) for text in listing.json(keys)]
    assert got == expected
    assert got != []


@pytest.mark.parametrize("name", LISTINGS)
def test_a_lists_rows_are_those_of_its_json(name: str, awkward: Cli) -> None:
    """What a table or CSV shows is what JSON says, key by key."""
    with store_at(awkward.store).read() as reader:
        listing = LISTINGS[name](reader)
        plain = [key for key in listing.thing.list_keys if key.kind is not Kind.OBJECT]
        keys = [key.name for key in plain]
        expected = [[row[key] for key in keys] for row in listing.dicts()]
        got = [list(row) for row in listing.rows(keys)]
    assert got == expected


@pytest.mark.parametrize("name", LISTINGS)
def test_a_list_gives_the_keys_that_are_asked_for(name: str, awkward: Cli) -> None:
    """Fewer keys, in another order, are given as asked."""
    with store_at(awkward.store).read() as reader:
        listing = LISTINGS[name](reader)
        keys = [key.name for key in listing.thing.list_keys][::-2]
        expected = [[row[key] for key in keys] for row in listing.dicts()]
        got = [list(json.loads(text).values()) for text in listing.json(keys)]
    assert got == expected


@pytest.mark.parametrize("name", LISTINGS)
def test_booleans_are_booleans_and_money_is_whole(name: str, awkward: Cli) -> None:
    """The types of the contract: no 0 for false, no float anywhere."""
    with store_at(awkward.store).read() as reader:
        listing = LISTINGS[name](reader)
        keys = listing.thing.list_keys
        wrong = [
            (key.name, value)
            for text in listing.json([key.name for key in keys])
            for key, value in zip(keys, json.loads(text).values(), strict=True)
            if (key.kind is Kind.BOOLEAN and not isinstance(value, bool))
            or (key.kind in (Kind.CENTS, Kind.INTEGER) and not isinstance(value, int | None))
            or isinstance(value, float)
        ]
    assert wrong == []


def test_text_comes_back_as_it_was_given(awkward: Cli) -> None:
    """Quotes, backslashes, markup and other alphabets survive the store and every format."""
    (acme,) = [row for row in awkward.ok("customer", "list")["items"] if row["id"] == "acme"]
    assert (acme["name"], acme["city"]) == (AWKWARD, 'Saint-"É"')
    assert awkward.ok("platform", "show", "acme-hx")["cancel_comment"] == AWKWARD
    assert awkward.ok("account", "show", "2")["address"] == "o'neil+tag@bücher.example"


def test_a_list_that_is_limited_gives_its_first_rows(busy: Cli) -> None:
    """`--limit` cuts the end off, of every list."""
    for argv in (("account", "list"), ("invoice", "list"), ("journal", "list")):
        whole = busy.ok(*argv)["items"]
        assert busy.ok(*argv, "--limit", "2")["items"] == whole[:2]


@pytest.mark.parametrize("word", ["élan", "ÉLAN", "Élan", "lan s"])
def test_a_search_does_not_mind_case_in_any_alphabet(word: str, store: Cli) -> None:
    """French and German names are found however they are typed."""
    store.ok("customer", "add", "elan", "--name", "Élan Sàrl", "--email", "it@elan.example")
    found = store.ok("customer", "list", "--search", word)["items"]
    assert [row["id"] for row in found] == ["elan"]


@pytest.mark.parametrize("word", ["istanbul", "İSTANBUL", "ΟΔΟΣ", "οδος", "οδοσ"])
def test_a_search_finds_letters_whose_small_ones_are_written_in_two_ways(
    word: str, store: Cli
) -> None:
    """A Turkish dotted I, and the Greek sigma that ends a word."""
    store.ok("customer", "add", "one", "--name", "İstanbul ΟΔΟΣ", "--email", "it@one.example")
    found = store.ok("customer", "list", "--search", word)["items"]
    assert [row["id"] for row in found] == ["one"]


def test_a_list_is_one_snapshot(busy: Cli) -> None:
    """What is written while a list is being read does not show in it."""
    with store_at(busy.store).read() as reader:
        coming = customers.listing(reader).dicts()
        first = next(coming)
        busy.ok("customer", "add", "new", "--name", "New", "--email", "it@new.example")
        assert [first["id"], *(row["id"] for row in coming)] == ["acme", "bolt", "late", "slow"]
        assert [row["id"] for row in customers.listing(reader).dicts()] == [
            "acme", "bolt", "late", "slow",
        ]  # fmt: skip
