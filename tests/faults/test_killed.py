"""kill -9 at the n-th write to the disk, or to the server: the store holds, and is gone on with."""

from __future__ import annotations

import pytest

from tests.faults.faulty import KILLED, calls, injected, kills, left_in, spread, writing
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.store.plain import beside, rows, twin
from tests.tick.dumps import Dump, differing, dump

POINTS = how_many(6)
ORDER = (
    "account", "order", "acme-pro", "zoe@acme.example", "--count", "5", "--key", "once", "-y",
)  # fmt: skip
TICK = ("tick", "--to", "2026-05-15")


def assert_the_books_hold(cli: Cli) -> None:
    """The store is whole, the chain fits, and the invoices are numbered without a gap."""
    assert cli("store", "check").status == 0
    assert cli.ok("journal", "verify")["ok"] is True
    numbers = [row[0] for row in rows(cli.store, "SELECT seq FROM invoice ORDER BY seq")]
    assert numbers == list(range(1, len(numbers) + 1))


def assert_killed_anywhere_and_run_again_ends(
    cli: Cli, expected: Dump, count: int, argv: tuple[str, ...], *, small: bool = False
) -> None:
    """Kill the command at many of its writes, each on a fresh copy, and run it again."""
    before = dump(cli.store)
    seen = set()
    for fault in kills(cli, count, POINTS):
        victim = twin(cli, fault.rpartition("=")[2])
        assert (fault, injected(victim, fault, *argv, small=small).status) == (fault, KILLED)
        assert_the_books_hold(victim)
        seen.add(differing(dump(victim.store), before) == [])
        victim.ok(*argv)
        assert (fault, differing(dump(victim.store), expected)) == (fault, [])
    # Some were killed before anything was committed, some after.
    assert seen == {True, False}


def test_an_order_killed_at_any_write_is_made_once(busy: Cli) -> None:
    """Given again with the same key it leaves one order, one invoice, one debit."""
    whole = twin(busy, "whole")
    count = calls(whole, writing(whole), *ORDER)
    assert_killed_anywhere_and_run_again_ends(busy, dump(whole.store), count, ORDER)


def test_a_tick_killed_at_any_write_ends_as_if_it_never_was(busy: Cli) -> None:
    """Three months in many transactions: whichever were committed, the end is the same."""
    whole = twin(busy, "whole")
    count = calls(whole, writing(whole), *TICK, small=True)
    assert_killed_anywhere_and_run_again_ends(busy, dump(whole.store), count, TICK, small=True)


def test_a_tick_killed_between_its_transactions_has_processed_whole_days(busy: Cli) -> None:
    """The clock stands at a day whose work is all done, and none of the next one's."""
    whole = twin(busy, "whole")
    count = calls(whole, writing(whole), *TICK, small=True)
    reached = set()
    for number in spread(count, 8):
        victim, undisturbed = twin(busy, f"half-{number}"), twin(busy, f"undisturbed-{number}")
        injected(victim, f"{writing(busy)}:signal=KILL:when={number}", *TICK, small=True)
        day = victim.ok("status")["clock_on"]
        undisturbed.ok("tick", "--to", day)
        assert (day, differing(dump(victim.store), dump(undisturbed.store))) == (day, [])
        reached.add(day)
    assert len(reached) > 2


@pytest.mark.parametrize("part", [1, 4, 7, 9])
def test_an_init_killed_at_any_write_leaves_no_half_store(part: int, cli: Cli) -> None:
    """At its path there is no store, or a whole one; the next init makes one."""
    whole = beside(cli, "whole")
    argv = ("init", "--clock", "2026-01-01")
    count = calls(whole, writing(whole), *argv)
    injected(cli, f"{writing(cli)}:signal=KILL:when={max(1, count * part // 9)}", *argv)
    if not cli.store.exists():
        cli.ok(*argv)
    # When it was made, and the key that seals it, are its own.
    own = {"store", "seal_key", "seal", "batch"}
    assert set(differing(dump(cli.store), dump(whole.store))) <= own
    assert cli.ok("journal", "verify")["ok"] is True
    # A second init clears what the first one left, even where it is refused itself.
    assert cli("init", "--clock", "2026-01-01").status == 1
    assert [name for name in left_in(cli.store.parent) if name.startswith(".")] == []
