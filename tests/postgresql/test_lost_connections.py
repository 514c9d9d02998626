"""A connection that ends at any statement: done, or not done, and the answer says which.

What was not committed is undone. A commit whose answer is lost is looked for, so that even then a
command knows what became of it. The same command once more then leaves what one
without a fault leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailctl.store.engine.postgresql import commits
from mailctl.tick import run as ticking
from tests import on_server
from tests.faults.faulty import spread
from tests.helpers import Cli, Outcome
from tests.lives.many import how_many
from tests.on_server import Place
from tests.postgresql.cutting import Wire, wired
from tests.tick.dumps import Dump, differing, dump

POINTS = how_many(3)
ORDER = (
    "account", "order", "acme-pro", "zoe@acme.example", "--count", "5", "--key", "once", "-y",
)  # fmt: skip
CREDIT = ("prepaid", "credit", "acme", "10", "--key", "once")
TICK = ("tick", "--to", "2026-02-10")
IMPORT = ("import", "customers", "-")
ADDED = "id,name,email\n" + "".join(f"c{n},C {n},it@c{n}.example\n" for n in range(300))
INIT = ("init", "--clock", "2026-01-01")
MARK = {"moved", "seal"}


@pytest.fixture
def wire(database: str) -> Iterator[Wire]:
    """A wire to the tests' server."""
    with wired(database) as wire:
        yield wire


@pytest.fixture
def place(database: str, tmp_path: Path) -> Iterator[Place]:
    """A schema that does not exist yet."""
    with on_server.place(database, tmp_path) as place:
        yield place


@pytest.fixture
def original(busy_original: Path, place: Place) -> Place:
    """The busy host's store, on the server."""
    on_server.fill(place, busy_original)
    return place


def through(wire: Wire, place: Place) -> Cli:
    """The command line on a store behind the wire."""
    return Cli(wire.store(place))  # type: ignore[arg-type]


def cut(wire: Wire, at: int, *, is_answer_cut: bool, for_good: bool = False) -> None:
    """Let the wire be cut at a statement of what follows."""
    wire.statements, wire.is_cut = 0, False
    wire.cut_at, wire.is_answer_cut, wire.for_good = at, is_answer_cut, for_good


def whole(wire: Wire, cli: Cli, argv: tuple[str, ...], stdin: str = "") -> int:
    """Run a command without a fault; how many statements it has."""
    cut(wire, 0, is_answer_cut=False)
    done = cli(*argv, stdin=stdin)
    assert done.status == 0, done.err
    return wire.statements


def points(count: int) -> list[tuple[int, bool]]:
    """Where to cut: all over, and each of the last statements, of which one is the commit."""
    chosen = sorted({*spread(count, POINTS), *range(count - 1, count + 1)})
    return [(number, is_answer_cut) for number in chosen for is_answer_cut in (False, True)]


def assert_told_truly(outcome: Outcome, after: Dump, before: Dump, done: Dump) -> None:
    """Done and acknowledged, or undone and refused; never both, and never a traceback."""
    if outcome.status == 0:
        assert differing(after, done) == []
        return
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed"), outcome.err
    assert "try again" in outcome.error()["hint"], outcome.err
    assert differing(after, before) == []


@pytest.mark.parametrize(
    ("argv", "stdin"),
    [(CREDIT, ""), (ORDER, ""), (TICK, ""), (IMPORT, ADDED)],
    ids=["credit", "order", "tick", "import"],
)
def test_a_connection_lost_at_any_statement_leaves_all_or_nothing(
    argv: tuple[str, ...],
    stdin: str,
    original: Place,
    busy_original: Path,
    wire: Wire,
    database: str,
    tmp_path: Path,
) -> None:
    """Of a command that changes something, before the server has a statement and after it."""
    before = dump(original)
    with on_server.place(database, tmp_path) as other:
        on_server.fill(other, busy_original)
        count = whole(wire, through(wire, other), argv, stdin)
        done = dump(other)
    cli = through(wire, original)
    statuses = set()
    for number, is_answer_cut in points(count):
        cut(wire, number, is_answer_cut=is_answer_cut)
        outcome = cli(*argv, "-o", "json", stdin=stdin)
        assert wire.is_cut
        after = dump(original)
        assert_told_truly(outcome, after, before, done)
        statuses.add(outcome.status)
        if outcome.status == 0:
            on_server.fill(original, busy_original)
    assert statuses == {0, 74}
    # After all those faults.
    whole(wire, cli, argv, stdin)
    assert differing(dump(original), done) == []
    assert cli("store", "check").status == 0


def test_a_tick_of_several_transactions_goes_on_where_it_was_cut(
    original: Place,
    busy_original: Path,
    wire: Wire,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whole days are done; the next tick does the others, and bills nothing twice."""
    monkeypatch.setattr(ticking, "EVENTS_PER_TRANSACTION", 1)
    with on_server.place(database, tmp_path) as other:
        on_server.fill(other, busy_original)
        count = whole(wire, through(wire, other), TICK)
        done = dump(other)
    cli = through(wire, original)
    for number in spread(count, POINTS):
        cut(wire, number, is_answer_cut=number % 2 == 0)
        assert cli(*TICK, "-o", "json").status in (0, 74)
        cut(wire, 0, is_answer_cut=False)
        assert cli("journal", "verify").status == 0
    whole(wire, cli, TICK)
    assert differing(dump(original), done) == []
    assert cli("store", "check").status == 0


def test_an_init_that_loses_its_connection_has_made_a_whole_store_or_none(
    place: Place, wire: Wire
) -> None:
    """At its commit too: it says what became of it."""
    cli = through(wire, place)
    count = whole(wire, cli, INIT)
    statuses = set()
    for number, is_answer_cut in points(count):
        on_server.execute(place, f"DROP SCHEMA IF EXISTS {place.schema} CASCADE")
        cut(wire, number, is_answer_cut=is_answer_cut)
        outcome = cli(*INIT, "-o", "json")
        assert wire.is_cut
        if outcome.status == 0:
            assert cli("store", "check").status == 0
        else:
            assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed"), outcome.err
            assert not place.exists(), (number, count, is_answer_cut, outcome.err)
        statuses.add(outcome.status)
    assert statuses == {0, 74}


def test_a_store_moves_over_a_bad_wire(
    busy: Cli, place: Place, wire: Wire, database: str, tmp_path: Path
) -> None:
    """To the server, and back: one of both takes changes, and a second move completes it."""
    away = ("store", "copy", str(busy.store), str(wire.store(place)))
    with on_server.place(database, tmp_path) as other:
        count = whole(
            wire, busy, ("store", "copy", str(busy.store), str(wire.store(other)), "--dry-run")
        )
    before = dump(busy.store)
    for number, is_answer_cut in points(count):
        cut(wire, number, is_answer_cut=is_answer_cut)
        outcome = busy(*away, "-o", "json")
        took = [takes_changes(cli) for cli in (busy, Cli(place))]
        assert (number, sorted(took)) == (number, [False, True]), outcome.err
        if took[1]:
            break
        assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed"), outcome.err
    cut(wire, 0, is_answer_cut=False)
    busy.ok(*away)
    assert set(differing(dump(place), before)) <= MARK
    assert Cli(place)("store", "check").status == 0
    assert_moves_back(wire, place, tmp_path / "back" / "mailctl.db")


def assert_moves_back(wire: Wire, place: Place, file: Path) -> None:
    """Cut at many statements too; what is left in the end is the store's file alone."""
    file.parent.mkdir(mode=0o700)
    before, cli = dump(place), through(wire, place)
    back = ("store", "copy", str(cli.store), str(file))
    count = whole(wire, cli, (*back, "--dry-run"))
    for number, is_answer_cut in points(count + 4):
        cut(wire, number, is_answer_cut=is_answer_cut)
        outcome = cli(*back, "-o", "json")
        took = [takes_changes(Cli(place)), file.exists() and takes_changes(Cli(file))]
        assert (number, sorted(took)) == (number, [False, True]), outcome.err
        if took[1]:
            break
        assert outcome.status == 74, outcome.err
    cut(wire, 0, is_answer_cut=False)
    cli.ok(*back)
    assert set(differing(dump(file), before)) <= MARK
    assert Cli(file)("store", "check").status == 0
    assert [path for path in file.parent.iterdir() if path.name.startswith(".")] == []


def takes_changes(cli: Cli) -> bool:
    """Whether a place is the store."""
    return cli("prepaid", "credit", "acme", "10", "--dry-run").status == 0


def test_where_nobody_gets_through_any_more_the_outcome_is_unknown(
    original: Place, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """74, how to look, and a second try with the same key is harmless."""
    monkeypatch.setattr(commits, "LOOKS_FOR_SECONDS", 1.0)
    cli = through(wire, original)
    wire.only = b"COMMIT\0"
    cut(wire, 1, is_answer_cut=True, for_good=True)
    outcome = cli(*CREDIT, "-o", "json")
    error = outcome.error()
    assert (outcome.status, "unknown" in error["message"]) == (74, True)
    assert "mailctl journal list" in error["hint"]
    cut(wire, 0, is_answer_cut=False)
    assert cli.ok(*CREDIT)["changed"] is False
