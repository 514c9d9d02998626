"""A server that refuses: full, stopping, only for reading, in French, or behind a pool."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from mailctl.store.engine.postgresql import why_not
from mailctl.store.engine.postgresql.errors import refusal
from tests.faults.faulty import strace
from tests.helpers import Cli
from tests.postgresql.on_server import command_line, schema_of, session
from tests.postgresql.server import Server, running
from tests.process.running import ended, started

CREDIT = ("prepaid", "credit", "acme", "10", "-o", "json")
FRENCH = Path("/usr/share/locale/fr/LC_MESSAGES")


@pytest.fixture(scope="module")
def french() -> Iterator[Server]:
    """A server that speaks French, if its translation is installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", "fr")
        with running("-c", "lc_messages=C.UTF-8", "-c", "max_connections=12") as server:
            server.psql("CREATE ROLE host LOGIN; GRANT CREATE ON DATABASE postgres TO host")
            yield server


@pytest.fixture
def store(french: Server) -> Cli:
    """A store with a customer."""
    cli = command_line(french)
    cli.ok("init", "--clock", "2026-01-01")
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    return cli


def balance(cli: Cli) -> int:
    """What Acme has."""
    return int(cli.ok("customer", "show", "acme")["balance_cents"])


def refused(cli: Cli, *argv: str) -> tuple[int, str]:
    """The status and the code of a refusal."""
    got = cli(*(argv or CREDIT))
    assert "Traceback" not in got.err
    return got.status, got.error()["code"]


def elsewhere(cli: Cli, **changed: str) -> Cli:
    """The same store by another URL."""
    place = str(cli.store)
    if "database" in changed:
        place = place.replace("/postgres?", f"/{changed['database']}?")
    if "user" in changed:
        place = re.sub("user=[^&]+", f"user={changed['user']}", place)
    return Cli(place)  # type: ignore[arg-type]


def test_the_server_speaks_french(french: Server) -> None:
    """The measure for the rest, where the translation is there."""
    if not list(FRENCH.glob("postgres-*.mo")):
        pytest.skip("the server's French is not installed")
    assert "n'existe pas" in french.psql("SELECT 1", "-d", "nowhere").stderr


@pytest.mark.skipif(not hasattr(psycopg.pq.PGconn, "trace"), reason="libpq tells no states")
def test_what_refuses_a_connection_is_known_in_any_language(french: Server, store: Cli) -> None:
    """By its state: no such database, no such role, no right to connect."""
    assert refused(elsewhere(store, database="nowhere")) == (10, "store-missing")
    assert "createdb" in elsewhere(store, database="nowhere")(*CREDIT).error()["hint"]
    assert refused(elsewhere(store, user="nobody")) == (10, "store-forbidden")
    french.psql("CREATE DATABASE closed; REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
    closed = elsewhere(store, database="closed", user="host")
    assert refused(closed) == (10, "store-forbidden")
    assert "pg_hba.conf" in closed(*CREDIT).error()["hint"]


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password_is_known_in_any_language(
    password: str, french: Server, store: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And none; the user is told where a password comes from."""
    rules = french.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    french.psql("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    rules.write_text("local all guarded scram-sha-256\n" + before)
    french.psql("SELECT pg_reload_conf()")
    time.sleep(0.5)
    monkeypatch.setenv("PGPASSWORD", password)
    got = elsewhere(store, user="guarded")(*CREDIT)
    rules.write_text(before)
    french.psql("SELECT pg_reload_conf()")
    assert (got.status, got.error()["code"]) == (10, "store-forbidden"), got.err
    assert ".pgpass" in got.error()["hint"]


def test_a_server_without_a_free_connection_is_busy(french: Server, store: Cli) -> None:
    """75, and nothing was done; also where a role has its own limit."""
    before = balance(store)
    with ExitStack() as held:
        for _ in range(12):
            with suppress(psycopg.OperationalError):
                held.enter_context(
                    psycopg.connect(host=str(french.folder), user=french.owner, dbname="postgres")
                )
        assert refused(store) == (75, "store-busy")
    french.psql("ALTER ROLE host CONNECTION LIMIT 0")
    assert refused(elsewhere(store, user="host")) == (75, "store-busy")
    french.psql("ALTER ROLE host CONNECTION LIMIT -1")
    assert balance(store) == before


@contextmanager
def full(server: Server, schema: str, table: str) -> Iterator[None]:
    """No page of a table's file can be written: the disk of the server is full."""
    (path,) = server.rows(f"SELECT pg_relation_filepath('{schema}.{table}')")[0]
    postmaster = (server.folder / "data" / "postmaster.pid").read_text().splitlines()[0]
    with subprocess.Popen(
        [strace(), "-f", "-P", server.folder / "data" / path, "-e", "trace=pwrite64,pwritev",
         "-e", "inject=pwrite64,pwritev:error=ENOSPC", "-o", "/dev/null", "-p", postmaster],
        stderr=subprocess.PIPE, text=True,
    ) as tracer:  # fmt: skip
        assert tracer.stderr is not None
        assert "attached" in tracer.stderr.readline()
        try:
            yield
        finally:
            tracer.terminate()


def test_a_full_disk_of_the_server_is_said_and_nothing_is_done(french: Server, store: Cli) -> None:
    """74, with what helps; once there is room the same command goes through."""
    before = balance(store)
    with session(french, schema_of(store)) as other:
        # Whatever room its last page has is used up.
        other.execute("ALTER TABLE ledger SET (fillfactor = 10)")
    lines = "".join(f"c{n},C,c@c.example,100\n" for n in range(400))
    many = ("import", "customers", "-", "-y", "-o", "json")
    given = f"id,name,email,balance_cents\n{lines}"
    with full(french, schema_of(store), "ledger"):
        got = store(*many, stdin=given)
    assert (got.status, got.error()["code"]) == (74, "disk-failed"), got.err
    assert "free space on the server" in got.error()["hint"]
    assert balance(store) == before
    assert store("customer", "show", "c1").status == 4
    assert store(*many, stdin=given).status == 0
    assert store("store", "check").status == 0


@pytest.fixture
def own() -> Iterator[tuple[Server, Cli]]:
    """A server of the test's own, with a store."""
    with running() as server:
        cli = command_line(server)
        cli.ok("init", "--clock", "2026-01-01")
        cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
        yield server, cli


def control(server: Server, how: str, folder: Path | None = None, *more: str) -> None:
    """Have pg_ctl stop or start a server."""
    subprocess.run(
        [server.programs / "pg_ctl", how, "-D", folder or server.folder / "data", "-w",
         "-l", server.folder / "log2", *more],
        check=True, stdout=subprocess.DEVNULL, user=server.owner, cwd=server.folder,
    )  # fmt: skip


def test_a_server_that_is_stopped_ends_a_command_clearly(own: tuple[Server, Cli]) -> None:
    """Nothing is done; while it still waits for others no new command is let in, and then none."""
    server, store = own
    before = balance(store)
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(host=str(server.folder), user=server.owner, dbname="postgres") as other,
    ):
        other.execute(f"SET search_path = {schema_of(store)}")  # type: ignore[arg-type]
        other.execute("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE")
        process = started(store, *CREDIT, "--wait", "60")
        while not server.rows("SELECT 1 FROM pg_locks WHERE NOT granted"):
            time.sleep(0.02)
        subprocess.run(
            [server.programs / "pg_ctl", "stop", "-m", "smart", "-D", server.folder / "data", "-W"],
            check=True, stdout=subprocess.DEVNULL, user=server.owner, cwd=server.folder,
        )  # fmt: skip
        time.sleep(0.5)
        # It is stopping: the state is 57P03.
        assert refused(store) == (75, "store-busy")
        subprocess.run(
            [server.programs / "pg_ctl", "stop", "-m", "fast", "-D", server.folder / "data", "-W"],
            check=True, stdout=subprocess.DEVNULL, user=server.owner, cwd=server.folder,
        )  # fmt: skip
        got = ended(process)
    assert (got.status, "Traceback" in got.err) == (74, False), got.err
    assert before == 0


def test_a_standby_is_read_and_checked_and_takes_no_change(own: tuple[Server, Cli]) -> None:
    """What needs a temporary table is not compared, and that is said."""
    server, store = own
    copy = server.folder / "copy"
    subprocess.run(
        [server.programs / "pg_basebackup", "-h", server.folder, "-U", server.owner, "-D", copy,
         "-R", "-c", "fast"],
        check=True, user=server.owner, cwd=server.folder,
    )  # fmt: skip
    place = server.folder / "second"
    place.mkdir()
    shutil.chown(place, server.owner)
    options = f"-c listen_addresses= -c unix_socket_directories={place}"
    control(server, "start", copy, "-o", options)
    try:
        standby = Cli(str(store.store).replace(str(server.folder), str(place)))  # type: ignore[arg-type]
        assert balance(standby) == 0
        assert refused(standby) == (10, "store-forbidden")
        # Of several, the next may take changes in a moment.
        both = str(standby.store).replace(str(place), f"{place},{place}")
        assert refused(Cli(both)) == (75, "store-busy")  # type: ignore[arg-type]
        checked = standby("store", "check")
        assert checked.status == 0, checked.err
        assert "were not compared with a new store's" in " ".join(checked.err.split())
    finally:
        control(server, "stop", copy, "-m", "immediate")


@pytest.mark.parametrize("prepared", ["PREPARE one AS SELECT 1", "EXECUTE two"])
def test_a_pool_of_transactions_is_refused(prepared: str, french: Server) -> None:
    """A statement that another left prepared on the connection, or that is on another."""
    with psycopg.connect(host=str(french.folder), user=french.owner, dbname="postgres") as pooled:
        pooled.execute("PREPARE one AS SELECT 1")
        with pytest.raises(psycopg.Error) as caught:
            pooled.execute(prepared.encode())
    error = refusal(caught.value, "the store")
    assert error is not None
    assert (error.exit_status, error.code) == (10, "store-forbidden")
    assert "pool_mode = session" in str(error.hint)


def test_no_state_is_told_where_nobody_answers() -> None:
    """The first refusal is then all there is."""
    assert why_not.state_of_refusal("host=/nowhere") is None


def test_where_no_server_listens_one_sentence_says_so(tmp_path: Path) -> None:
    """What was tried and what came of it; no question to the reader, no word of the driver's."""
    nowhere = Cli(f"postgresql:///postgres?host={tmp_path}")  # type: ignore[arg-type]
    said = (
        f"the server of {nowhere.store} cannot be reached: connection to server on socket "
        f'"{tmp_path}/.s.PGSQL.5432" failed: No such file or directory'
    )
    outcome = nowhere(*CREDIT)
    assert (outcome.status, outcome.error()["message"]) == (74, said)
