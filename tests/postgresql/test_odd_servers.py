"""A store on a server that others use: what they set, hold, plant, change or forbid."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from mailctl.store.engine.postgresql import creation
from tests.helpers import Cli, environment
from tests.lives.many import how_many
from tests.postgresql.on_server import command_line, schema_of, session, url
from tests.postgresql.server import Server, running
from tests.process.running import HOME

CREDIT = ("prepaid", "credit", "acme", "10", "-o", "json")
TICK = ("tick", "--days", "1", "-o", "json")


@pytest.fixture(scope="module")
def owned() -> Iterator[Server]:
    """A server of this module's own, on which a role owns the stores, without being superuser."""
    with running() as server:
        server.psql(
            "CREATE ROLE host LOGIN; GRANT CREATE ON DATABASE postgres TO host; "
            "GRANT pg_read_all_stats TO host"
        )
        yield server


def as_role(cli: Cli, role: str, server: Server) -> Cli:
    """The same store for another role."""
    place = str(cli.store).replace(f"user={server.owner}", f"user={role}")
    return Cli(place)  # type: ignore[arg-type]


@pytest.fixture
def store(owned: Server) -> Cli:
    """A store of that role, with a customer."""
    cli = as_role(command_line(owned), "host", owned)
    cli.ok("init", "--clock", "2026-01-01")
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    cli.ok("prepaid", "credit", "acme", "100")
    cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    cli.ok("account", "order", "acme-pro", "zoe@acme.example", "-y")
    return cli


@pytest.fixture
def of_role(owned: Server) -> Iterator[Server]:
    """What is set for the role is taken back afterwards."""
    yield owned
    owned.psql("ALTER ROLE host RESET ALL; ALTER DATABASE postgres RESET ALL")


def balance(cli: Cli) -> int:
    """What Acme has."""
    return int(cli.ok("customer", "show", "acme")["balance_cents"])


HARMLESS = (
    "statement_timeout = 1",
    "lock_timeout = 1",
    "idle_in_transaction_session_timeout = 1",
    "default_transaction_isolation = 'serializable'",
    "default_transaction_deferrable = on",
    "client_min_messages = error",
    "synchronous_commit = off",
    "standard_conforming_strings = off",
    "transform_null_equals = on",
    "quote_all_identifiers = on",
    "TimeZone = 'Pacific/Kiritimati'",
    "DateStyle = 'German'",
    "bytea_output = 'escape'",
    "search_path = 'public, pg_catalog'",
    "enable_seqscan = off",
    "lc_messages = 'C'",
)


def test_whatever_is_set_for_the_role_a_command_does_the_same(store: Cli, of_role: Server) -> None:
    """Limits of time, ways of a transaction, forms of values: all at once, all put aside."""
    for setting in HARMLESS:
        # Each limit would end what takes longer than a millisecond.
        done = of_role.psql(f"ALTER DATABASE postgres SET {setting}")
        assert (done.returncode, done.stderr) == (0, ""), setting
    before = balance(store)
    store.ok(*CREDIT[:-2])
    store.ok(*TICK[:-2])
    assert balance(store) == before + 1000
    checked = store("store", "check")
    assert checked.status == 0, checked.out
    other = as_role(command_line(of_role), "host", of_role)
    other.ok("init", "--clock", "2026-01-01")
    assert other("store", "check").status == 0


def test_a_commit_is_on_the_disk_even_where_the_role_would_not_wait_for_it(
    store: Cli, of_role: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`synchronous_commit = off` loses acknowledged changes in a power cut."""
    of_role.psql("ALTER ROLE host SET synchronous_commit = off")
    seen = []
    real = psycopg.Connection.execute

    def execute(self: psycopg.Connection, query: str, *rest: object, **named: object) -> object:
        if query == "COMMIT":
            seen.extend(real(self, "SHOW synchronous_commit").fetchone() or ())
        return real(self, query, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(psycopg.Connection, "execute", execute)
    store.ok(*CREDIT[:-2])
    assert seen == ["on"]


def test_a_role_that_only_reads_by_default_changes_nothing(store: Cli, of_role: Server) -> None:
    """It is a safeguard of the administrator's: reading goes on, and the refusal names it."""
    of_role.psql("ALTER ROLE host SET default_transaction_read_only = on")
    before = balance(store)
    got = store(*CREDIT)
    assert (got.status, got.error()["code"]) == (10, "store-forbidden")
    assert "default_transaction_read_only" in got.error()["hint"]
    assert balance(store) == before
    assert store("store", "check").status == 0


def test_a_role_for_which_guards_are_left_out_changes_nothing(store: Cli, of_role: Server) -> None:
    """Reading goes on; a superuser may put the guards back, and does so for each change."""
    of_role.psql("ALTER DATABASE postgres SET session_replication_role = replica")
    before = balance(store)
    got = store(*CREDIT)
    assert (got.status, got.error()["code"]) == (10, "store-forbidden")
    assert "RESET session_replication_role" in got.error()["hint"]
    assert balance(store) == before
    of_superuser = as_role(command_line(of_role), of_role.owner, of_role)
    of_superuser.ok("init", "--clock", "2026-01-01")
    of_superuser.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    of_superuser.ok(*CREDIT[:-2])
    for cli in (store, of_superuser):
        assert cli("store", "check").status == 0


PLANTED = """
    CREATE TABLE public.stolen (what TEXT);
    CREATE TABLE public.customer (id BIGINT, slug TEXT);
    CREATE TABLE public.clock (id BIGINT, reached_on TEXT);
    CREATE FUNCTION public.lower(TEXT) RETURNS TEXT LANGUAGE plpgsql AS
        'BEGIN INSERT INTO public.stolen VALUES ($1); RETURN $1; END';
    CREATE FUNCTION public.max(BIGINT) RETURNS BIGINT LANGUAGE plpgsql AS
        'BEGIN INSERT INTO public.stolen VALUES (''max''); RETURN $1; END';
    CREATE FUNCTION public.current_database() RETURNS NAME LANGUAGE plpgsql AS
        'BEGIN INSERT INTO public.stolen VALUES (''db''); RETURN ''postgres''; END';
    CREATE FUNCTION public.pg_encoding_to_char(INTEGER) RETURNS NAME LANGUAGE plpgsql AS
        'BEGIN INSERT INTO public.stolen VALUES (''encoding''); RETURN ''UTF8''; END';
    CREATE FUNCTION public.next_journal() RETURNS BIGINT LANGUAGE plpgsql AS
        'BEGIN INSERT INTO public.stolen VALUES (''next''); RETURN 1; END';
    CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    GRANT ALL ON public.stolen TO PUBLIC;
"""


def test_what_others_plant_beside_the_store_is_never_called(store: Cli, of_role: Server) -> None:
    """Functions and tables of the same names in `public`, though it is searched before all else."""
    with session(of_role, "public") as other:
        other.execute(PLANTED)
        other.execute("ALTER ROLE host SET search_path = public, pg_catalog")
        try:
            store.ok(*CREDIT[:-2])
            store.ok(*TICK[:-2])
            assert store("find", "acme").status == 0
            assert store("store", "check").status == 0
            new = as_role(command_line(of_role), "host", of_role)
            new.ok("init", "--clock", "2026-01-01")
            assert store("prepaid", "credit", "acme", "10", "--wait", "0").status == 0
            other.execute("SET search_path = pg_catalog")
            assert other.execute("SELECT * FROM public.stolen").fetchall() == []
        finally:
            other.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.mark.parametrize(
    "held",
    [
        "LOCK TABLE customer",
        "LOCK TABLE ledger IN SHARE MODE",
        "UPDATE customer SET city = city",
        "ALTER TABLE journal ADD COLUMN mine INTEGER",
    ],
)
def test_a_program_that_holds_a_table_is_waited_for_and_named(
    held: str, owned: Server, store: Cli
) -> None:
    """Whoever it is, and whatever it holds: 75 after the wait, with its process and since when."""
    before = balance(store)
    with session(owned, schema_of(store)) as other:
        other.execute("SET application_name = 'psql'")
        other.execute("BEGIN")
        other.execute(held)
        began = time.monotonic()
        got = store(*CREDIT, "--wait", "1")
        assert (got.status, got.error()["code"]) == (75, "store-busy"), got.err
        assert time.monotonic() - began > 0.9
        said = f"busy: psql, process {other.info.backend_pid} of the server, since 2"
        assert said in got.error()["message"]
        assert "is in the way and idle" in got.error()["message"]
        assert f"pg_terminate_backend({other.info.backend_pid})" in got.error()["hint"]
        other.execute("ROLLBACK")
    assert balance(store) == before
    store.ok(*CREDIT[:-2])


def clash(other: psycopg.Connection[Any], *, times: int) -> None:
    """Let the server end so many changes of the clock or the offers, as it ends a deadlock."""
    for statement in (
        "CREATE SEQUENCE clashes",
        "GRANT USAGE ON SEQUENCE clashes TO host",
        f"""
        CREATE FUNCTION clash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('clashes') <= {times} THEN
                RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01';
            END IF;
            RETURN NULL;
        END $$
        """,
        "CREATE TRIGGER clash AFTER UPDATE ON clock EXECUTE FUNCTION clash()",
        "CREATE TRIGGER clash AFTER INSERT ON ledger EXECUTE FUNCTION clash()",
    ):
        other.execute(statement.encode())


def test_a_tick_that_was_in_a_deadlock_goes_through(owned: Server, store: Cli) -> None:
    """It is begun again, and done once; nobody hears of it."""
    with session(owned, schema_of(store)) as other:
        clash(other, times=2)
    assert store.ok(*TICK)["to_on"] == "2026-01-02"
    assert store("journal", "verify").status == 0


def test_an_import_that_was_in_a_deadlock_can_be_started_again(
    owned: Server, store: Cli, tmp_path: Path
) -> None:
    """75, and nothing of it is done."""
    lines = "id,name,email,balance_cents\nlate,Late,late@late.example,500\n"
    (tmp_path / "customers.csv").write_text(lines)
    with session(owned, schema_of(store)) as other:
        clash(other, times=1)
    command = ("import", "customers", str(tmp_path / "customers.csv"), "-y", "-o", "json")
    got = store(*command)
    assert (got.status, got.error()["code"]) == (75, "store-busy"), got.err
    assert store("customer", "show", "late").status == 4
    store.ok(*command)


def test_reading_waits_for_a_locked_table_too(owned: Server, store: Cli) -> None:
    """As a file that is locked whole."""
    with session(owned, schema_of(store)) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE customer")
        got = store("customer", "list", "--wait", "1", "-o", "json")
        assert (got.status, got.error()["code"]) == (75, "store-busy"), got.err
    assert store("customer", "list").status == 0


HARMS = {
    "UPDATE account SET renewal = 'none'": "written-by-mailctl",
    "DELETE FROM notice": "written-by-mailctl",
    "DELETE FROM ledger": "journal-chain",
    "UPDATE invoice SET issued_on = '2025-12-31'": "journal-chain",
    "UPDATE customer SET balance_cents = balance_cents + 1": "balance",
    "DROP TRIGGER invoice_kept_u ON invoice": "guards",
    "ALTER TABLE ledger DISABLE TRIGGER ledger_kept_d": "guards",
    "DROP INDEX account_address": "guards",
    "ALTER TABLE customer DROP CONSTRAINT customer_language_check": "guards",
    "ALTER TABLE account ALTER COLUMN platform_id DROP NOT NULL": "guards",
    "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NULL; END'": "guards",
    "CREATE POLICY hidden ON customer USING (false)": "guards",
    "ALTER TABLE customer ENABLE ROW LEVEL SECURITY": "guards",
    "ALTER TABLE account DISABLE TRIGGER ALL": "guards",
    "ALTER TABLE task SET UNLOGGED": "guards",
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_another_program_changes_is_named(harm: str, owned: Server, store: Cli) -> None:
    """A row, a trigger, an index, a constraint, a function, a policy."""
    with session(owned, schema_of(store)) as other:
        other.execute("SET session_replication_role = replica")
        other.execute(harm.encode())
    found = store("store", "check", "-o", "jsonl")
    broken = {row["name"] for row in found.jsonl() if not row["ok"]}
    assert (found.status, HARMS[harm] in broken) == (1, True), (broken, found.err)


@pytest.mark.parametrize("table", ["customer", "journal", "seal", "touched"])
def test_without_rights_on_one_table_nothing_is_done(table: str, owned: Server, store: Cli) -> None:
    """74 with what the server says, and no half of a change."""
    before, schema = balance(store), schema_of(store)
    role = f"clerk_{schema}"
    right = "SELECT" if table != "touched" else "USAGE"
    owned.psql(f"""
        CREATE ROLE {role} LOGIN;
        GRANT USAGE ON SCHEMA {schema} TO {role};
        GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {role};
    """)
    if right == "SELECT":
        owned.psql(f"REVOKE ALL ON {schema}.{table} FROM {role}")
    else:
        owned.psql("REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC")
    clerk = as_role(Cli(url(owned, schema)), role, owned)  # type: ignore[arg-type]
    got = clerk(*CREDIT)
    owned.psql("GRANT TEMPORARY ON DATABASE postgres TO PUBLIC")
    assert (got.status, got.error()["code"]) == (10, "store-forbidden"), got.err
    assert balance(store) == before


def test_two_stores_in_one_database_do_not_meet(owned: Server, store: Cli) -> None:
    """One is held by somebody, and the other goes on."""
    other_store = as_role(command_line(owned), "host", owned)
    other_store.ok("init", "--clock", "2026-01-01")
    with session(owned, schema_of(other_store)) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE customer, journal")
        store.ok(*CREDIT[:-2], "--wait", "0")


def test_an_older_server_is_refused(store: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number: here, one that none has yet."""
    monkeypatch.setattr(creation, "OLDEST_SERVER", 99)
    got = store("status", "-o", "json")
    assert (got.status, got.error()["code"]) == (10, "store-foreign")


@pytest.mark.parametrize(
    "options",
    ["ENCODING 'SQL_ASCII' LOCALE 'C'", "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C'"],
)
def test_a_database_that_sorts_or_writes_otherwise_is_refused(options: str, owned: Server) -> None:
    """Before anything is made in it."""
    owned.psql("DROP DATABASE IF EXISTS odd")
    done = owned.psql(f"CREATE DATABASE odd TEMPLATE template0 {options}")
    assert done.returncode == 0, done.stderr
    cli = Cli(url(owned, "s").replace("/postgres?", "/odd?"))  # type: ignore[arg-type]
    got = cli("init", "--clock", "2026-01-01", "-o", "json")
    assert (got.status, got.error()["code"]) == (10, "store-foreign"), got.err
    assert "createdb" in got.error()["hint"]


def test_a_server_killed_in_the_middle_of_a_tick_is_gone_on_with() -> None:
    """At many moments; the tick says 0 or 74, and the next goes on."""
    with running() as server:
        cli = command_line(server)
        cli.ok("init", "--clock", "2026-01-01")
        cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
        cli.ok("prepaid", "credit", "acme", "10000")
        cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
        cli.ok("account", "order", "acme-pro", "--count", "50", "-y")
        assert_survives_kills(server, cli)


def assert_survives_kills(server: Server, cli: Cli) -> None:
    """Kill a backend, which the server answers by ending all others and recovering."""
    for number in range(how_many(3)):
        process = subprocess.Popen(
            [sys.executable, "-m", "mailctl", "tick", "--days", "31", "-o", "json"],
            env=environment(cli.store) | {"PYTHONPATH": HOME},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        until_writing(server)
        time.sleep(0.05 * (number % 20))
        for pid in processes_of_mailctl(server):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _, said = process.communicate(timeout=120)
        assert process.returncode in (0, 74), said.decode()
        assert b"Traceback" not in said
        while server.psql("SELECT 1").returncode:
            time.sleep(0.05)
        assert cli("journal", "verify").status == 0
    assert cli("store", "check").status == 0


def until_writing(server: Server) -> None:
    """Wait until a command holds the store."""
    while not server.rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"):
        time.sleep(0.01)


def processes_of_mailctl(server: Server) -> list[int]:
    """The server's processes that work for it."""
    done = server.psql("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'mailctl%'")
    return [int(pid) for pid in done.stdout.split()]
