"""A store on a server does what a file does: the same answers, rows and digests."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import split
from unittest.mock import patch

import pytest
from freezegun import freeze_time

from tests.conftest import BUSY
from tests.helpers import Cli, Outcome, contents
from tests.postgresql.on_server import command_line, contents_on, schema_of, session
from tests.postgresql.server import Server
from tests.process.running import LONGEST, ended, started

READING = """
status
customer list
customer show acme
platform list
account list -o jsonl
account list --sort expires_on
account show hugo@acme.example
account explain 3
invoice list
invoice show 2026-000001
ledger list acme
order list
notice list
task list
journal list -o jsonl
journal verify
find acme
find hugo
advise -o jsonl
forecast --months 2
report debts
report revenue
report coming
tick --to 2026-03-05 --dry-run
"""


def lived(cli: Cli, lines: str) -> Iterator[Outcome]:
    """What commands answer, with the same chance and at the same instant each time."""
    with (
        patch("os.urandom", lambda size: b"0123456789abcdef"[:1] * size),
        freeze_time("2026-03-01 10:00:00"),
    ):
        for line in lines.strip().splitlines():
            yield cli(*split(line))


def same(outcome: Outcome, cli: Cli) -> Outcome:
    """An outcome without what differs by nature: where the store is, its size, what is lacking."""
    out, err = (
        "\n".join(
            line
            for line in text.replace(str(cli.store), "STORE").splitlines()
            if "store bytes" not in line and "amcheck" not in line
        )
        for text in (outcome.out, outcome.err)
    )
    return Outcome(status=outcome.status, out=out, err=err)


@pytest.fixture
def on_server(postgresql: Server) -> Cli:
    """The command line where no store exists yet, on a server."""
    return command_line(postgresql)


def test_a_life_is_the_same_on_both(postgresql: Server, on_server: Cli, tmp_path: Path) -> None:
    """Every answer of a host's life, every row of every table, and the head of the journal."""
    file = Cli(tmp_path / "mailctl.db")
    lines = f"{BUSY}{READING}tick --to 2026-04-20\ncustomer close bolt\nstore check\njournal verify"
    answers = zip(*(list(lived(cli, lines)) for cli in (file, on_server)), strict=True)
    for line, (here, there) in zip(lines.strip().splitlines(), answers, strict=True):
        assert (line, same(there, on_server)) == (line, same(here, file))
    assert contents_on(postgresql, schema_of(on_server)) == contents(file.store)


@pytest.fixture
def store(on_server: Cli) -> Cli:
    """The command line on an empty store whose manual clock shows 2026-01-01."""
    on_server.ok("init", "--clock", "2026-01-01")
    on_server.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    return on_server


def test_a_busy_store_says_who_holds_it(postgresql: Server, store: Cli) -> None:
    """`--wait 0` gives up at once; a short wait gives up later; then it goes through."""
    with session(postgresql, schema_of(store)) as other:
        other.execute("SET application_name = 'mailctl tick'")
        other.execute("BEGIN")
        other.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [0x4D43544C, schema_of(store)]
        )
        for wait in ("0", "1"):
            got = store("prepaid", "credit", "acme", "10", "--wait", wait)
            said = f"is busy: mailctl tick, process {other.info.backend_pid} of the server, since 2"
            assert (got.status, said in got.err) == (75, True), got.err
        assert store.ok("customer", "show", "acme")["balance_cents"] == 0
        other.execute("ROLLBACK")
    assert store.ok("prepaid", "credit", "acme", "10", "--wait", "0")["changed"]


def test_what_another_program_changes_is_found(postgresql: Server, store: Cli) -> None:
    """In a table outside the books by its seal, whatever the change; a missing guard too."""
    with session(postgresql, schema_of(store)) as other:
        other.execute("UPDATE customer SET payment_days = 30")
        assert broken(store) == {"written-by-mailctl"}
        other.execute("UPDATE customer SET payment_days = NULL")
        assert broken(store) == set()
        other.execute("DROP TRIGGER ledger_follows ON ledger")
        other.execute("CREATE TABLE mine (id INTEGER)")
        found = [row["message"] for row in faults(store)]
        assert found == ["the trigger ledger_follows is missing", "the table mine is not mailctl's"]


def test_a_changed_journal_is_damage(postgresql: Server, store: Cli) -> None:
    """A superuser can put the guards aside; the chain tells."""
    with session(postgresql, schema_of(store)) as other:
        other.execute("SET session_replication_role = replica")
        other.execute("UPDATE journal SET kind = 'forged' WHERE seq = 1")
    assert broken(store) == {"journal-chain"}
    assert store("journal", "verify").status == 1


def test_an_expiry_that_is_no_day_is_damage(postgresql: Server, store: Cli) -> None:
    """No command has a bug, and nobody is told to keep a file: there is none."""
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme-pro", "-y")
    with session(postgresql, schema_of(store)) as other:
        other.execute("UPDATE account SET expires_on = '2026-02-30' WHERE id = 1")
    refused = store("account", "show", "1", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-damaged")
    assert "'2026-02-30' where a day should be" in refused.error()["message"]
    assert "mailctl store restore BACKUP" in refused.error()["hint"]


def faults(cli: Cli) -> list[dict[str, object]]:
    """What `store check` finds."""
    return [row for row in cli("store", "check", "-o", "jsonl").jsonl() if not row["ok"]]


def broken(cli: Cli) -> set[object]:
    """The names of the checks that find something."""
    return {row["name"] for row in faults(cli)}


def test_a_password_in_the_url_is_refused_and_never_printed(store: Cli) -> None:
    """Neither in the message nor in the commands that it proposes."""
    for url in (
        "postgresql://ann:s3cret@h/db",
        "postgresql://ann@h/db?password=s3cret",
        "postgresql://ann@h/db?a=b&pass%77ord=s3cret",
    ):
        got = Cli(store.store)("--store", url, "status", "-o", "json")
        assert (got.status, got.error()["code"]) == (2, "usage")
        assert "s3cret" not in got.err + got.out
        assert "PGPASSFILE" in got.error()["hint"]


@pytest.mark.parametrize("schema", ["public", "pg_temp", "Big", "a-b", ""])
def test_a_schema_that_cannot_be_is_refused(schema: str) -> None:
    """Never the one that everybody shares."""
    got = Cli(f"postgresql:///db?schema={schema}")("status", "-o", "json")  # type: ignore[arg-type]
    assert (got.status, got.error()["code"]) == (2, "usage")


@pytest.mark.parametrize("schema", ["select", "user", "none"])
def test_a_schema_may_be_called_as_a_word_of_sql(schema: str, on_server: Cli) -> None:
    """What the server quotes is no difference to a new store."""
    cli = Cli(re.sub(r"schema=\w+", f"schema={schema}", str(on_server.store)))  # type: ignore[arg-type]
    cli.ok("init", "--clock", "2026-01-01")
    checked = cli("store", "check")
    assert checked.status == 0, checked.out


@pytest.mark.parametrize(
    "asked", ["client_encoding=LATIN1", "client_encoding=SQL_ASCII", "replication=true"]
)
def test_how_texts_travel_is_not_the_urls_to_say(asked: str, on_server: Cli) -> None:
    """Every letter arrives, whatever the encoding; a connection that copies the server does not."""
    cli = Cli(f"{on_server.store}&{asked}")  # type: ignore[arg-type]
    cli.ok("init", "--clock", "2026-01-01")
    cli.ok("customer", "add", "acme", "--name", "Ω 日本 🏠", "--email", "it@acme.example")
    assert [row["name"] for row in cli.ok("customer", "list")["items"]] == ["Ω 日本 🏠"]


def test_printed_commands_name_the_store(store: Cli) -> None:
    """A hint can be run as it is printed."""
    got = Cli(Path("/nowhere"))("--store", str(store.store), "customer", "show", "nobody")
    assert f"mailctl --store '{store.store}' customer list" in got.err


def test_no_store_is_there(postgresql: Server) -> None:
    """A schema that is missing, a database that is missing, a server that is missing."""
    cases = {
        f"postgresql:///postgres?host={postgresql.folder}&user={postgresql.owner}&schema=no": 10,
        f"postgresql:///no_such?host={postgresql.folder}&user={postgresql.owner}": 10,
        "postgresql:///db?host=/nowhere": 74,
    }
    for url, status in cases.items():
        assert (url, Cli(url)("status").status) == (url, status)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "command", ["status", "tick", "prepaid credit acme 10", "account renew 1 --mode none -y"]
)
def test_without_a_store_no_command_is_called_a_bug(postgresql: Server, command: str) -> None:
    """Whatever it locks: a schema that is missing, and one that is another program's."""
    missing, foreign = command_line(postgresql), command_line(postgresql)
    with session(postgresql, "public") as base:
        base.execute(f"CREATE SCHEMA {schema_of(foreign)}".encode())
        base.execute(f"CREATE TABLE {schema_of(foreign)}.theirs (id int)".encode())

    found = [cli(*split(command), "-o", "json").error()["code"] for cli in (missing, foreign)]

    assert found == ["store-missing", "store-foreign"]


def test_a_store_is_made_once_and_only_in_an_empty_schema(postgresql: Server, store: Cli) -> None:
    """Nothing is written over; a schema that was made for the role is taken."""
    again = store("init", "-o", "json")
    assert (again.status, again.error()["code"]) == (1, "already-exists")
    other = command_line(postgresql)
    with session(postgresql, "public") as base:
        base.execute(f"CREATE SCHEMA {schema_of(other)}".encode())
    assert other("status").status == 10
    other.ok("init", "--clock", "2026-01-01")
    assert broken(other) == set()


def test_a_dry_run_changes_nothing(postgresql: Server, store: Cli) -> None:
    """Not one row, and it says what would be."""
    before = contents_on(postgresql, schema_of(store))
    assert "Would credit" in store("prepaid", "credit", "acme", "10", "--dry-run").out
    assert contents_on(postgresql, schema_of(store)) == before


def test_a_store_of_another_version_is_refused(postgresql: Server, store: Cli) -> None:
    """A newer one, and an older one, which nobody has."""
    with session(postgresql, "public") as base:
        for version, code in ((99, "store-newer"), (1, "store-older")):
            comment = f"a store of mailctl, schema {version}"
            base.execute(f"COMMENT ON SCHEMA {schema_of(store)} IS '{comment}'".encode())
            assert store("status", "-o", "json").error()["code"] == code
        base.execute(f"COMMENT ON SCHEMA {schema_of(store)} IS 'of somebody else'".encode())
        assert store("status", "-o", "json").error()["code"] == "store-foreign"


def test_who_may_only_read_reads(postgresql: Server, store: Cli) -> None:
    """A role with SELECT sees everything, checks everything, and changes nothing."""
    schema = schema_of(store)
    with session(postgresql, "public") as base:
        base.execute(f"CREATE ROLE reader_{schema} LOGIN".encode())
        base.execute(f"GRANT USAGE ON SCHEMA {schema} TO reader_{schema}".encode())
        base.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_{schema}".encode())
    url = str(store.store).replace(f"user={postgresql.owner}", f"user=reader_{schema}")
    reader = Cli(url)  # type: ignore[arg-type]
    assert reader.ok("customer", "show", "acme")["balance_cents"] == 0
    assert broken(reader) == set()
    got = reader("prepaid", "credit", "acme", "10", "-o", "json")
    assert (got.status, got.error()["code"]) == (10, "store-forbidden")


def test_a_forecast_is_made_on_a_copy(postgresql: Server, store: Cli) -> None:
    """Nothing of it reaches the server."""
    before = contents_on(postgresql, schema_of(store))
    assert store("forecast", "--months", "3").status == 0
    assert contents_on(postgresql, schema_of(store)) == before


def test_names_are_completed_from_a_server(store: Cli) -> None:
    """As quickly as they can be had; a server that is away gives none."""
    from mailctl.store.engine.postgresql.server import named
    from mailctl.store.queries.completion import names

    assert names(named(str(store.store)), "customer", "a") == [("acme", "Acme")]
    assert names(named("postgresql:///db?host=/nowhere"), "customer", "a") == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("schmea=other", 'invalid URI query parameter: "schmea"'),
        ("sslmode=rquire", 'invalid sslmode value: "rquire"'),
    ],
)
def test_a_mistyped_url_is_a_usage_error(on_server: Cli, asked: str, said: str) -> None:
    """No bug, and nothing that another try would help."""
    done = Cli(f"{on_server.store}&{asked}")("status")
    assert (done.status, said in done.err, "postgresql://USER@HOST" in done.err) == (2, True, True)


def test_a_missing_database_is_made_by_the_command_of_the_hint(on_server: Cli) -> None:
    """The command has the name of the URL."""
    done = Cli(str(on_server.store).replace("/postgres?", "/mail-db?"))("status")
    assert done.status == 10
    assert "--locale C.UTF-8 mail-db" in " ".join(done.err.split())


def test_a_place_with_a_question_mark_is_quoted_where_it_is_to_be_typed(
    on_server: Cli, tmp_path: Path
) -> None:
    """A shell would take `?` for a pattern, and `&` for the end of the command."""
    file = Cli(tmp_path / "mailctl.db")
    file("init", "--clock", "2026-01-15")
    file("store", "copy", str(file.store), str(on_server.store))
    refused = file("customer", "add", "acme", "--name", "A", "--email", "a@a.example")
    assert f"give --store '{on_server.store}'" in " ".join(refused.err.split())


def test_a_command_that_is_ended_leaves_no_work_behind(postgresql: Server, store: Cli) -> None:
    """What it waits for on the server is given up at once, and nothing was changed."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'mailctl settings set'"
    schema = schema_of(store)
    with session(postgresql, schema) as other, session(postgresql, schema) as watch:
        other.execute("BEGIN")
        other.execute("LOCK TABLE setting IN ACCESS EXCLUSIVE MODE")
        process = started(store, "settings", "set", "gap-days", "40", "--wait", "600")
        is_blocked = f"{waiting} AND wait_event_type = 'Lock'"
        until(lambda: watch.execute(is_blocked).fetchone() is not None)
        process.terminate()
        assert ended(process).status == 143
        until(lambda: watch.execute(waiting).fetchone() is None)
        other.execute("ROLLBACK")
    values = {row["name"]: row["value"] for row in store.ok("settings", "list")["items"]}
    assert values["gap-days"] == "31"


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that must come soon."""
    deadline = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
