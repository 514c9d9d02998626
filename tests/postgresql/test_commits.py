"""What a command may say of its commit where the connection or the standby is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from mailctl.errors import DiskFailedError
from mailctl.store.engine.postgresql import commits
from mailctl.store.engine.postgresql.connection import readers_choice
from mailctl.store.engine.postgresql.server import named
from tests.postgresql.server import Server, started

WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


@pytest.fixture(scope="module")
def primary() -> Iterator[Server]:
    """A server whose commits wait for a standby, while `standby` is away."""
    with started() as server:
        server.psql("CREATE TABLE change (word TEXT PRIMARY KEY)")
        yield server


def connected(server: Server) -> psycopg.Connection:
    """A connection on which the engine begins and ends transactions itself."""
    return psycopg.connect(
        host=str(server.folder), user=server.owner, dbname="postgres", autocommit=True
    )


def await_standby(server: Server, *, is_away: bool) -> None:
    """From now on commits wait for a standby that never comes, or for none."""
    names = "nobody" if is_away else ""
    server.psql(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
    server.psql("SELECT pg_reload_conf()")
    while server.psql("SHOW synchronous_standby_names").stdout.strip() != names:
        time.sleep(0.01)


@pytest.fixture
def no_standby(primary: Server) -> Iterator[Server]:
    """The standby is away for as long as the test takes."""
    await_standby(primary, is_away=True)
    yield primary
    await_standby(primary, is_away=False)


def waiting(server: Server) -> int:
    """The server's process of a commit that waits."""
    while not (found := server.rows(WAITING)):
        time.sleep(0.01)
    return int(found[0][0])


def changed(server: Server, word: str) -> bool:
    """Make a change, and say what `commit` says of it."""

    def found(connection: psycopg.Connection) -> bool:
        connection.execute("BEGIN")
        row = connection.execute("SELECT 1 FROM change WHERE word = %s", [word]).fetchone()
        return row is not None

    with closing(connected(server)) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO change VALUES (%s)", [word])
        return commits.commit(connection, "order", connect=lambda: connected(server), found=found)


def later(what: object, *arguments: object) -> threading.Thread:
    """Something that happens while the commit waits."""
    assert callable(what)
    thread = threading.Thread(target=what, args=arguments)
    thread.start()
    return thread


def test_a_commit_that_a_standby_confirms_is_done(primary: Server) -> None:
    """The measure for the rest."""
    assert changed(primary, "done") is True


def test_ctrl_c_ends_the_wait_for_the_standby_and_nobody_says_that_it_is_done(
    no_standby: Server,
) -> None:
    """PostgreSQL answers such a COMMIT as if it had succeeded."""
    thread = later(lambda: (waiting(no_standby), os.kill(os.getpid(), signal.SIGINT)))
    with pytest.raises(DiskFailedError, match="the wait for the standby ended before"):
        changed(no_standby, "interrupted")
    thread.join()


def test_an_administrator_who_ends_the_wait_confirms_nothing(no_standby: Server) -> None:
    """`pg_cancel_backend` is the same to whoever waits."""
    thread = later(lambda: no_standby.psql(f"SELECT pg_cancel_backend({waiting(no_standby)})"))
    with pytest.raises(DiskFailedError, match="it is on the primary alone"):
        changed(no_standby, "cancelled")
    thread.join()


def test_a_change_of_a_killed_process_is_found_and_answered_once_a_standby_has_it(
    no_standby: Server,
) -> None:
    """It can be seen at once after the restart, when the primary alone has it."""
    answered: list[float] = []

    def kill_and_bring_the_standby_back() -> None:
        os.kill(waiting(no_standby), signal.SIGKILL)
        # The second wait: the look-up has found the change, and waits for its own mark.
        while no_standby.psql(WAITING).returncode:
            time.sleep(0.05)
        waiting(no_standby)
        time.sleep(0.5)
        assert answered == []
        await_standby(no_standby, is_away=False)

    thread = later(kill_and_bring_the_standby_back)
    assert changed(no_standby, "killed") is True
    answered.append(time.monotonic())
    thread.join()


def test_a_change_whose_connection_is_lost_before_its_commit_did_not_take_place(
    primary: Server,
) -> None:
    """Where it is not found behind its lock, that is certain."""
    with closing(connected(primary)) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO change VALUES ('lost')")
        primary.psql(f"SELECT pg_terminate_backend({connection.info.backend_pid})")
        took_place = commits.commit(
            connection,
            "order",
            connect=lambda: connected(primary),
            found=lambda other: not other.execute("BEGIN"),
        )
    assert took_place is False


def test_where_nobody_answers_the_outcome_is_unknown(
    primary: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says so, and how to look."""
    monkeypatch.setattr(commits, "LOOKS_FOR_SECONDS", 1.0)

    def nobody() -> psycopg.Connection:
        raise psycopg.OperationalError("connection refused")

    with closing(connected(primary)) as connection:
        connection.execute("BEGIN")
        primary.psql(f"SELECT pg_terminate_backend({connection.info.backend_pid})")
        with pytest.raises(DiskFailedError, match=r"connection refused.*is unknown"):
            commits.commit(connection, "order", connect=nobody, found=lambda _: True)


def test_what_is_only_read_is_confirmed_too(no_standby: Server) -> None:
    """A key that is found again may be on the primary alone: the answer waits like a change."""
    with closing(connected(no_standby)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM change WHERE word = 'killed'")
        thread = later(lambda: no_standby.psql(f"SELECT pg_cancel_backend({waiting(no_standby)})"))
        with pytest.raises(DiskFailedError):
            commits.commit(connection, "order", connect=lambda: connected(no_standby), found=None)
        thread.join()


@pytest.mark.parametrize(
    ("url", "chosen"),
    [
        ("postgresql://db1,db2,db3/mailctl", "primary"),
        ("postgresql://me@db1:5432,db2:5433/mailctl", "primary"),
        ("postgresql://db1/mailctl", "any"),
        ("postgresql:///mailctl", "any"),
    ],
)
def test_of_several_servers_the_primary_is_read(url: str, chosen: str) -> None:
    """A standby has each change, and shows it a moment later; one that is named alone is meant."""
    assert readers_choice(named(url)) == chosen
