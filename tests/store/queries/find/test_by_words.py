"""What `find` compares, and that it says so where it did not compare everything."""

from __future__ import annotations

import pytest

from mailctl.store.engine.stores import store_at
from mailctl.store.queries.find import by_words
from tests.helpers import Cli
from tests.ids import account_of


@pytest.fixture
def people(store: Cli) -> Cli:
    """Three called Dupont, three in Lyon, and at last one who is both."""
    names = ("Dupont Un", "Dupont Deux", "Dupont Trois", "Pau Lyon", "Guy Lyon", "Eve Lyon")
    for number, name in enumerate((*names, "Dupont Jean Lyon")):
        store.ok("customer", "add", f"c{number}", "--name", name, "--email", f"{number}@x.example")
    return store


def found(cli: Cli, text: str, most: int) -> tuple[set[str], bool]:
    """The customers that are found if so many are compared, and whether there may be more."""
    with store_at(cli.store).read() as reader:
        matches = by_words.customers(reader, text, most)
    return {match.fact.slug for match in matches.found.values()}, matches.is_cut


def test_as_many_as_are_compared_are_all_there_are(people: Cli) -> None:
    """Four people, though each has two words that begin so: a name, and both as one word."""
    assert found(people, "dupont", 4) == ({"c0", "c1", "c2", "c6"}, False)
    names, is_cut = found(people, "dupont", 3)
    assert (len(names), is_cut) == (3, True)


def test_a_row_may_have_many_words_that_begin_alike(store: Cli) -> None:
    """Id, name, addresses, street and town: nobody is left out for them."""
    for number in range(4):
        store.ok(
            *("customer", "add", f"martin-{number}", "--name", f"Martin Martinez {number}"),
            *("--email", f"martin{number}@martinez.example", "--city", "Martinville"),
            *("--street", "1 rue Martinet", "--backup-email", f"martine{number}@home.example"),
        )
    store.ok("customer", "add", "zoe", "--name", "Martiny", "--email", "zoe@home.example")
    everybody = {"martin-0", "martin-1", "martin-2", "martin-3", "zoe"}
    assert found(store, "martin", 5) == (everybody, False)
    names, is_cut = found(store, "martin", 4)
    assert (len(names), is_cut) == (4, True)


def test_who_has_both_of_two_common_words_is_found_among_many(people: Cli) -> None:
    """However few of each are compared."""
    names, _ = found(people, "dupont lyon", 2)
    assert "c6" in names


def addresses(cli: Cli, text: str) -> list[int]:
    """The accounts that are found, as `find` puts them."""
    names = cli("find", text, "-o", "name").out.splitlines()
    return [int(name.removeprefix("account/")) for name in names if name.startswith("account/")]


def test_a_whole_local_part_comes_before_one_that_begins_so(store: Cli) -> None:
    """Whatever the alphabet says."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme", "--customer", "acme", "--offer", "email-pro")
    for address in ("an-b@acme.example", "an@zoo.example"):
        store.ok("account", "order", "acme", address, "-y")
    whole, longer = account_of(store, "an@zoo.example"), account_of(store, "an-b@acme.example")
    assert addresses(store, "an") == [whole, longer]
