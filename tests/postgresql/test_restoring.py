"""A backup takes the place of a store on a server: at one stroke, and nobody writes past it.

What a restore does to numbers, ids, letters and debits is the same on both databases
(tests/scenarios/test_restore.py); here is what the server does in a file's place.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import Popen
from typing import Any

import psycopg
import pytest

from mailctl.actions import restoring
from mailctl.store.engine.postgresql.draft_schema import DraftSchema
from mailctl.store.engine.postgresql.held_schema import HeldSchema
from mailctl.store.engine.postgresql.server_store import ServerStore
from tests import on_server
from tests.helpers import Cli, contents
from tests.lives.many import how_many
from tests.process.running import ended, started, wait_for_opening
from tests.restoring import backed_up, kept, lose, restored, said, tried
from tests.store.plain import rows

ORDER = ("account", "order", "acme-pro", "--count", "1", "-y")
CREDIT = ("prepaid", "credit", "acme", "10.07", "--received")


@pytest.fixture
def host(busy: Cli, database: str, tmp_path: Path) -> Iterator[Cli]:
    """A busy store on the server of the tests."""
    with on_server.place(database, tmp_path) as place:
        on_server.fill(place, busy.store)
        yield Cli(place)


def last(cli: Cli) -> int:
    """The count of the last invoice."""
    return int(rows(cli.store, "SELECT max(seq) FROM invoice WHERE series = ''")[0][0])


def is_sound(cli: Cli) -> bool:
    """Whether a store passes every check, and its journal is whole."""
    return cli("store", "check").status == 0 and cli("journal", "verify").status == 0


def test_the_old_schema_is_kept_and_takes_no_changes(host: Cli) -> None:
    """Numbers go on after those that it gave; its guards are its own, also once it is reopened."""
    backup = backed_up(host)
    host.ok(*ORDER)
    lost = last(host)
    done = restored(host, backup)
    assert done["lost_numbers"] == [f"2026-{lost:06d}"]
    (old,) = kept(host)
    assert done["replaced"] == str(old)
    replaced = Cli(old)
    assert last(replaced) == lost
    refused = replaced(*CREDIT, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-moved")
    assert "until a backup took its place" in refused.error()["message"]
    host.ok(*ORDER)
    assert last(host) == lost + 1
    assert is_sound(host)
    assert is_sound(replaced)
    replaced.ok("store", "reopen", "--confirm", str(old))
    replaced.ok(*ORDER)
    assert is_sound(replaced)
    assert restored(host, backup)["changed"] is True


def test_a_replaced_schema_of_the_longest_name_says_so_too(
    busy: Cli, database: str, tmp_path: Path
) -> None:
    """Its name is cut off, so that the end has room."""
    with on_server.place(database, tmp_path) as place:
        schema = place.schema.ljust(63, "x")
        object.__setattr__(place, "text", place.text.replace(place.schema, schema))
        object.__setattr__(place, "schema", schema)
        place.kept.spares = []
        on_server.fill(place, busy.store)
        replaced = on_server.named(restored(Cli(place), backed_up(Cli(place)))["replaced"])
        refused = Cli(replaced)(*CREDIT)
        place.kept.is_whole = False
        on_server.execute(place, f"DROP SCHEMA {replaced.schema} CASCADE")
    assert "until a backup took its place" in refused.err
    assert "store restore --help" in refused.err


def test_a_schema_that_is_gone_is_made_again(host: Cli) -> None:
    """A person says the last numbers; an empty one that an administrator made is used."""
    backup, before = backed_up(host), last(host)
    for again in ("", f"CREATE SCHEMA {host.store.schema}"):  # type: ignore[attr-defined]
        lose(host)
        if again:
            on_server.execute(host.store, again)  # type: ignore[arg-type]
        assert tried(host, backup).error()["code"] == "restore-numbers-needed"
        assert restored(host, backup, *said(before + 3))["replaced"] is None
        host.ok(*ORDER)
        assert last(host) == before + 4
        assert is_sound(host)
        before += 4


def test_a_database_that_is_gone_is_named_with_the_command_that_makes_it(host: Cli) -> None:
    """Only an administrator of the server can make one."""
    backup = backed_up(host)
    nowhere = str(host.store).replace("/postgres?", "/nowhere?")
    refused = host("--store", nowhere, "store", "restore", str(backup), "-o", "json").error()
    assert refused["code"] == "store-missing"
    assert refused["hint"].startswith("createdb ")


def test_another_programs_schema_is_not_replaced(host: Cli) -> None:
    """Whatever is in it stays."""
    backup, place = backed_up(host), host.store
    lose(host)
    on_server.execute(place, f"CREATE SCHEMA {place.schema}")  # type: ignore[arg-type, attr-defined]
    on_server.execute(place, "CREATE TABLE notes (text TEXT)")  # type: ignore[arg-type]
    assert tried(host, backup, *said(9)).error()["code"] == "store-foreign"
    assert contents(place) == {"notes": []}


def test_the_owner_and_the_readers_of_the_store_stay(host: Cli) -> None:
    """Though a superuser restores it: who may read it is said of the new tables too."""
    place: Any = host.store
    backup = backed_up(host)
    owner, reader = f"owner_{place.schema}", f"reader_{place.schema}"
    functions = "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    owned = "".join(
        f"ALTER {kind} {name} OWNER TO {owner};"
        for kind, names in (("TABLE", on_server.TABLES), ("FUNCTION", functions))
        for (name,) in on_server.run(place, names)
    )
    with closing(on_server.connected(place)) as admin:
        admin.execute(f"CREATE ROLE {owner}; CREATE ROLE {reader}")
        admin.execute(f"ALTER SCHEMA {place.schema} OWNER TO {owner}; {owned}")
        admin.execute(
            f"""
            GRANT USAGE ON SCHEMA {place.schema} TO {reader};
            GRANT SELECT ON restoration TO {reader};
            GRANT SELECT (id) ON customer TO {reader};
            """
        )
        before = contents(place)
        refused = tried(host, backup).error()
        assert (refused["code"], "GRANT CREATE" in refused["hint"]) == ("store-forbidden", True)
        assert contents(place) == before
        admin.execute(f"GRANT CREATE ON DATABASE postgres TO {owner}")
        try:
            restored(host, backup)
            admin.execute(f"SET ROLE {reader}")
            assert admin.execute("SELECT count(*) FROM restoration").fetchone() == (1,)
            assert admin.execute("SELECT min(id) FROM customer").fetchone() == (1,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                admin.execute("SELECT name FROM customer")
            admin.execute("RESET ROLE")
            owners = admin.execute(
                """
                SELECT DISTINCT pg_get_userbyid(relowner)
                FROM pg_class
                WHERE relnamespace = current_schema()::regnamespace
                """
            ).fetchall()
            assert owners == [(owner,)]
        finally:
            admin.execute(f"RESET ROLE; REVOKE CREATE ON DATABASE postgres FROM {owner}")
            # A session that has just ended may still be removing temporary tables of the owner's.
            while admin.execute("SELECT 1 FROM pg_class WHERE relpersistence = 't'").fetchone():
                time.sleep(0.05)
            for role in (owner, reader):
                admin.execute(f"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role}")
                admin.execute(f"DROP ROLE {role}")


@pytest.mark.parametrize("step", ["commit", "put", "mark", "complete"][: how_many(2)])
def test_a_restore_killed_on_its_way_leaves_the_old_store(host: Cli, step: str) -> None:
    """The server undoes what was not committed; the same command again completes it."""
    from mailctl.store.engine.postgresql import creation

    backup = backed_up(host)
    host.ok(*ORDER)
    before, lost = contents(host.store), last(host)
    owner: Any = {"mark": HeldSchema, "commit": creation}.get(step, DraftSchema)
    name = "_mark" if step == "mark" else step
    child = os.fork()
    if child == 0:
        setattr(owner, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        try:
            restored(host, backup)
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert contents(host.store) == before
    assert kept(host) == []
    host.ok(*CREDIT)
    restored(host, backup)
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    host.ok(*ORDER)
    assert last(host) == lost + 1
    assert is_sound(host)


def test_a_restore_killed_after_its_commit_is_done(host: Cli) -> None:
    """Whoever types it again is told so."""
    backup = backed_up(host)
    child = os.fork()
    if child == 0:
        name = "_restored"
        setattr(restoring, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        try:
            restored(host, backup)
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert restored(host, backup)["changed"] is False
    assert (len(kept(host)), is_sound(host)) == (1, True)


@pytest.mark.parametrize("command", [CREDIT, ("settings", "set", "seller-city=Lyon")], ids=" ".join)
def test_a_writer_that_waited_is_refused(
    host: Cli, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """It read the old store before; neither that nor the new one has what it wanted to write."""
    backup = backed_up(host)
    waiting: list[Popen[bytes]] = []
    real = HeldSchema.replace

    def replace(held: HeldSchema, draft: Path) -> str | None:
        waiting.append(started(host, "--wait", "30", *command))
        wait_for_opening(host, waiting[0])
        return real(held, draft)

    monkeypatch.setattr(HeldSchema, "replace", replace)
    restored(host, backup)
    outcome = ended(waiting[0])
    assert (outcome.status, "was replaced" in outcome.err) == (75, True)
    for store in (host.store, *kept(host)):
        assert rows(store, "SELECT value FROM setting WHERE value = 'Lyon'") == []
        assert rows(store, "SELECT id FROM ledger WHERE amount_cents = 1007") == []


def test_of_two_restores_at_once_one_is_done(host: Cli) -> None:
    """The other finds the store busy, changed, or restored already; there is one store after."""
    backup = backed_up(host)
    host.ok(*ORDER)
    restore = ("--wait", "20", "store", "restore", str(backup), "--confirm", str(host.store))
    outcomes = [ended(one) for one in [started(host, *restore) for _ in range(2)]]
    assert 0 in [one.status for one in outcomes]
    assert {one.status for one in outcomes} <= {0, 1, 75}
    assert all("Traceback" not in one.err for one in outcomes)
    assert rows(host.store, "SELECT count(*) FROM restoration") == [(1,)]
    assert (len(kept(host)), is_sound(host)) == (1, True)


def test_who_reads_the_store_is_waited_for_and_named(host: Cli) -> None:
    """Nothing is replaced under a program that is in the middle of reading it."""
    place: Any = host.store
    backup, before = backed_up(host), contents(place)
    restore = ("--wait", "0", "store", "restore", str(backup), "--confirm", str(place))
    with closing(on_server.connected(place)) as reader:
        reader.execute("BEGIN; SELECT count(*) FROM customer")
        refused = host(*restore, "-o", "json")
        assert refused.status == 75
        assert f"process {reader.info.backend_pid} of the server" in refused.error()["message"]
    assert contents(place) == before


def test_a_snapshot_from_before_a_restore_does_not_show_an_empty_store(
    host: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are looked up as they are now, rows as they were: the reader begins again."""
    backup = backed_up(host)
    expected = len(host.ok("account", "list")["items"])
    name = "_check_identity"
    real, done = getattr(ServerStore, name), []

    def check(store: ServerStore, raw: Any) -> None:
        real(store, raw)
        if not done:
            done.append(True)
            restored(host, backup)

    monkeypatch.setattr(ServerStore, name, check)
    assert len(host.ok("account", "list")["items"]) == expected
    assert len(kept(host)) == 1


def test_a_restore_that_fails_leaves_the_old_store(
    host: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One row that is not equal is enough."""
    backup, before = backed_up(host), contents(host.store)
    real = DraftSchema.complete

    def harmed(draft: DraftSchema) -> None:
        draft.connection.execute("UPDATE customer SET city = 'Lyon' WHERE slug = 'acme'")
        real(draft)

    monkeypatch.setattr(DraftSchema, "complete", harmed)
    assert tried(host, backup).status != 0
    assert contents(host.store) == before
    assert kept(host) == []
    host.ok(*CREDIT)


def test_who_was_erased_since_is_erased_again(host: Cli, tmp_path: Path) -> None:
    """The folder of the backups says so: nothing lies beside a store on a server."""
    host.ok("customer", "add", "leaver", "--name", "Lena Leaver", "--email", "lena@leaver.example")
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o700)
    backup = Path(str(host.ok("store", "backup", str(folder))["path"]))
    host.ok("customer", "close", "leaver", "-y")
    host.ok("customer", "erase", "leaver", "--confirm", "leaver")
    lose(host)
    restored(host, backup, *said(last_of(backup)))
    assert host.ok("customer", "show", "leaver")["state"] == "erased"
    assert is_sound(host)


def last_of(backup: Path) -> int:
    """The count of the last invoice of a backup."""
    return int(rows(backup, "SELECT max(seq) FROM invoice WHERE series = ''")[0][0])
