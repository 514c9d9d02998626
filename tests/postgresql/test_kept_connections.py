"""One connection for a run of short changes: where it is lost it is opened anew, and not sooner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailctl.errors import DiskFailedError
from mailctl.store.engine.postgresql.server import Server
from mailctl.store.engine.stores import Store, store_at
from mailctl.store.engine.transaction import Transaction
from tests import on_server
from tests.faults.faulty import spread
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.on_server import Place
from tests.postgresql.cutting import Wire, wired
from tests.postgresql.test_server_stores import until

POINTS = how_many(10)


@pytest.fixture
def wire(database: str) -> Iterator[Wire]:
    """A wire to the tests' server."""
    with wired(database) as wire:
        yield wire


@pytest.fixture
def place(database: str, busy_original: Path, tmp_path: Path) -> Iterator[Place]:
    """The busy host's store, on the server."""
    with on_server.place(database, tmp_path) as place:
        on_server.fill(place, busy_original)
        yield place


def change(store: Store, number: int) -> None:
    """One short change of one customer, as the tasks of a mail server are."""

    def body(transaction: Transaction) -> None:
        transaction.hold(1)
        transaction.record("tried", "customer/acme", {"number": number})

    store.change("notice send", body)


def recorded(place: Server) -> list[int]:
    """The numbers of the changes that are there."""
    found = on_server.run(place, "SELECT details FROM journal WHERE kind = 'tried' ORDER BY seq")
    return [int(details.partition(":")[2][:-1]) for (details,) in found]


def sessions(place: Server) -> list[int]:
    """The server's processes that work for a mailctl that sends notices."""
    found = on_server.run(
        place,
        """
        SELECT pid
        FROM pg_stat_activity
        WHERE application_name = 'mailctl notice send' AND backend_type = 'client backend'
        """,
    )
    return [int(pid) for (pid,) in found]


def end_sessions(place: Server) -> None:
    """What an administrator, a restart of the server or a time limit does."""
    for pid in sessions(place):
        on_server.run(place, f"SELECT pg_terminate_backend({pid})")


def test_a_run_of_changes_and_reads_has_one_connection(place: Place) -> None:
    """The server sees one session, which is in no transaction between two uses."""
    seen = set()
    with store_at(place).kept_open() as kept:
        for number in range(3):
            change(kept, number)
            with kept.patient(20).read() as reader:
                assert reader.number("SELECT count(*) FROM journal WHERE kind = 'tried'") > number
            seen.update(sessions(place))
            assert on_server.run(
                place, f"SELECT state, xact_start FROM pg_stat_activity WHERE pid = {max(seen)}"
            ) == [("idle", None)]
    assert len(seen) == 1
    until(lambda: sessions(place) == [])


def test_a_connection_that_was_lost_between_two_uses_is_opened_anew(place: Place) -> None:
    """Nothing was begun on it, so nothing is lost: neither a change nor a read is refused."""
    with store_at(place).kept_open() as kept:
        change(kept, 1)
        end_sessions(place)
        change(kept, 2)
        end_sessions(place)
        with kept.read() as reader:
            assert reader.number("SELECT count(*) FROM journal WHERE kind = 'tried'") == 2
        change(kept, 3)
    assert recorded(place) == [1, 2, 3]


def test_a_connection_lost_in_a_change_is_told_truly_and_the_next_change_goes_through(
    place: Place, wire: Wire
) -> None:
    """Done, also where only the answer of its commit was lost; or refused, and undone."""
    with store_at(wire.store(place)).kept_open() as kept:
        change(kept, 0)
        wire.statements = 0
        change(kept, 1)
        count = wire.statements
        expected, number, outcomes = [0, 1], 1, set()
        for at in sorted({*spread(count, POINTS), count - 1, count}):
            for wire.is_answer_cut in (False, True):
                number += 1
                wire.statements, wire.is_cut, wire.cut_at = 0, False, at
                try:
                    change(kept, number)
                    expected.append(number)
                    outcomes.add("done")
                except DiskFailedError as error:
                    outcomes.add(str(error.hint))
                assert wire.is_cut
                assert (at, recorded(place)) == (at, expected)
                number += 1
                change(kept, number)
                expected.append(number)
    assert outcomes == {"done", "try again"}
    assert recorded(place) == expected
    cli = Cli(place)  # type: ignore[arg-type]
    assert cli("journal", "verify").status == 0
    assert cli("store", "check").status == 0
