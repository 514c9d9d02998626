"""A store that was moved elsewhere can be read and takes no change; so does a copy."""

from __future__ import annotations

import pytest

from mailctl.store.engine import moved
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli, contents

CHANGES = [
    ("prepaid", "credit", "acme", "10"),
    ("prepaid", "credit", "acme", "10", "--dry-run"),
    ("tick",),
    ("customer", "edit", "acme", "--city", "Lyon"),
    ("settings", "set", "retention-days", "13"),
    ("account", "delete", "4", "--yes"),
]


def move(cli: Cli, *, is_copy: bool) -> None:
    """Say in a store that it is elsewhere."""
    with store_at(cli.store).write("test") as transaction:
        moved.mark(transaction, "/elsewhere/mailctl.db", is_copy=is_copy)


@pytest.mark.parametrize("is_copy", [False, True], ids=["moved", "copy"])
def test_every_change_is_refused_and_nothing_of_it_is_left(busy: Cli, *, is_copy: bool) -> None:
    """The refusal says where the store is."""
    move(busy, is_copy=is_copy)
    before = contents(busy.store)
    for argv in CHANGES:
        refused = busy(*argv, "-o", "json")
        assert (argv, refused.status, refused.error()["code"]) == (argv, 10, "store-moved")
        assert "/elsewhere/mailctl.db" in refused.error()["message"]
    assert contents(busy.store) == before


@pytest.mark.parametrize(
    ("is_copy", "said"),
    [(False, "was moved to /elsewhere/"), (True, "is a copy of /elsewhere/")],
    ids=["moved", "copy"],
)
def test_reading_goes_on_and_says_that_the_store_is_elsewhere(
    busy: Cli, *, is_copy: bool, said: str
) -> None:
    """Otherwise an old answer would be taken for today's."""
    wanted = busy("account", "list").out
    move(busy, is_copy=is_copy)
    got = busy("account", "list")
    assert (got.status, got.out) == (0, wanted)
    assert said in got.err
    assert busy("store", "check").status == 0
    assert busy("journal", "verify").status == 0
    assert busy("forecast", "--months", "2").status == 0


def test_the_mark_is_no_transaction_of_the_journal(busy: Cli) -> None:
    """The chain of a store that was copied is that of its copy, to the last digest."""
    head = busy.ok("journal", "head")
    move(busy, is_copy=False)
    assert busy.ok("journal", "head") == head
