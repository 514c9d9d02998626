"""Stores of earlier versions: brought up to date in one transaction, or left as they were.

`schema-N.sql` is a kept copy of every released schema. It never changes; a new version gets a file
of its own and a migration.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlite_utils import Database

from mailctl.errors import StoreDamagedError
from mailctl.store.engine import seals
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli, contents
from tests.store.plain import opened

pytestmark = pytest.mark.files_only("no earlier version is on a server")

RELEASED = {path.name for path in Path(__file__).parent.glob("schema-*.sql")}
OLDER = range(1, migrations.VERSION)

Shape = dict[tuple[str, str], str]


def shape(base: sqlite3.Connection) -> Shape:
    """Every table, index and trigger by kind and name, without comments and line breaks."""
    found = base.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(kind, name): " ".join(re.sub(r"--.*", "", sql).split()) for kind, name, sql in found}


def released(path: Path, version: int) -> None:
    """Make a database as that version's `init` made it, empty."""
    with opened(path) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript((Path(__file__).parent / f"schema-{version}.sql").read_text("utf-8"))
    path.chmod(0o600)


def test_a_copy_of_every_released_schema_is_kept() -> None:
    """One file for each version before the present one, which is sqlite/schema.sql."""
    assert {f"schema-{version}.sql" for version in OLDER} == RELEASED


@pytest.mark.parametrize("version", OLDER)
def test_an_upgraded_store_is_as_a_fresh_one(version: int, cli: Cli, tmp_path: Path) -> None:
    """From any released schema the migrations lead to the same tables, indexes and triggers."""
    cli.ok("init", "--clock", "2026-01-01")
    old = tmp_path / "old.db"
    released(old, version)
    store_at(old, wait=1).upgrade("test", dry_run=False)
    with opened(cli.store) as fresh, opened(old) as upgraded:
        assert shape(upgraded) == shape(fresh)
        assert upgraded.execute("PRAGMA user_version").fetchone() == (migrations.VERSION,)
        assert upgraded.execute("PRAGMA application_id").fetchone() == (
            fresh.execute("PRAGMA application_id").fetchone()
        )


@pytest.mark.parametrize("version", OLDER)
def test_a_store_that_litestream_replicates_is_upgraded(version: int, tmp_path: Path) -> None:
    """The two tables that it makes in every file stay as they are, and break no check."""
    old = tmp_path / "old.db"
    released(old, version)
    with opened(old) as base:
        base.executescript(
            """
            INSERT INTO store VALUES (1, '2026-01-01T00:00:00Z', 'manual', 'UTC', 'FR', 'EUR');
            INSERT INTO clock (id, reached_on) VALUES (1, '2026-01-05');
            CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
            CREATE TABLE _litestream_lock (id INTEGER);
            INSERT INTO _litestream_seq VALUES (1, 7);
            """
        )
    store_at(old, wait=1).upgrade("test", dry_run=False)
    with opened(old) as base:
        assert base.execute("SELECT * FROM _litestream_seq").fetchall() == [(1, 7)]
        assert list(migrations.differences(base)) == []
        assert not [name for (name,) in base.execute("SELECT name FROM seal") if "lite" in name]


# What a store of version 1 may hold of notices: one that waits, one that told of a suspension.
ROWS_OF_1 = """
INSERT INTO store VALUES (1, '2026-01-01T00:00:00Z', 'manual', 'UTC', 'FR', 'EUR');
INSERT INTO clock (id, reached_on) VALUES (1, '2026-01-05');
INSERT INTO customer (id, slug, name, email, country, language, created_on)
    VALUES (1, 'acme', 'Acme', 'it@acme.example', 'FR', 'fr', '2026-01-01');
INSERT INTO domain (id, name, customer_id, claimed_on) VALUES (1, 'acme.example', 1, '2026-01-01');
INSERT INTO offer (id, name, label, expiry_of) VALUES (1, 'email-pro', 'E-mail Pro', 'account');
INSERT INTO platform (id, name, customer_id, offer_id, created_on)
    VALUES (1, 'p', 1, 1, '2026-01-01');
INSERT INTO notice (id, customer_id, kind, queued_on, amount_cents, secret, tries)
    VALUES (1, 1, 'balance-low', '2026-01-02', 5, 'word', 2),
    (2, 1, 'accounts-suspended', '2026-01-04', NULL, NULL, 0);
INSERT INTO account (id, platform_id, address, domain_id, state, period, renewal, ordered_on,
    anchor_day, expires_on, suspended_on, suspended_for, deletes_on, suspension_notice_id)
    VALUES (1, 1, 'a@acme.example', 1, 'suspended', 'monthly', 'none', '2025-12-04', 4,
    '2026-01-04', '2026-01-04', 'expired', '2026-01-18', 2);
INSERT INTO notice_account VALUES (2, 1);
"""


def test_notices_of_an_older_store_are_kept(tmp_path: Path) -> None:
    """What waits still waits; a suspension told of keeps its account, its day and its reason."""
    old = tmp_path / "old.db"
    released(old, 1)
    with opened(old) as base:
        base.executescript(ROWS_OF_1)
    store_at(old, wait=1).upgrade("test", dry_run=False)
    with opened(old) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute(
            "SELECT id, kind, amount_cents, secret, tries, sent_at, ended_for FROM notice"
        ).fetchall() == [
            (1, "balance-low", 5, "word", 2, None, None),
            (2, "accounts-suspended", None, None, 0, None, None),
        ]
        assert base.execute("SELECT * FROM notice_account").fetchall() == [
            (2, 1, "a@acme.example", "2026-01-18", "expired")
        ]


def test_a_text_that_an_upgrade_brought_along_unread_is_found_by_the_check(tmp_path: Path) -> None:
    """A disk's fault of long ago: every command that lists customers fails on it."""
    cli = Cli(tmp_path / "old.db")
    released(cli.store, 2)
    with opened(cli.store) as base:
        base.executescript(
            ROWS_OF_1.replace("notice_account", "notice_account (notice_id, account_id)")
        )
        base.execute("UPDATE customer SET name = CAST(x'ff41' AS TEXT)")
    cli.ok("store", "upgrade")
    assert cli("customer", "list").status == 10
    checked = cli("store", "check")
    assert checked.status == 1
    assert "customer has a text that is not UTF-8" in checked.out


def test_a_customer_not_notified_of_a_suspension_is_notified_after_the_upgrade(
    tmp_path: Path,
) -> None:
    """Old versions took "our host is blocked" for the customer's refusal, and the mailbox went."""
    cli = Cli(tmp_path / "old.db")
    released(cli.store, 2)
    with opened(cli.store) as base:
        base.executescript(
            ROWS_OF_1.replace("notice_account", "notice_account (notice_id, account_id)")
        )
        base.execute("DELETE FROM notice WHERE kind = 'balance-low'")
        base.execute(
            "UPDATE notice SET tries = 1, last_error = '554 5.7.1 Client host blocked', "
            "ended_at = '2026-01-04T10:00:00Z', ended_for = 'refused'"
        )
        base.execute("INSERT INTO setting VALUES ('mail-host', 'localhost')")
    cli.store.chmod(0o600)
    cli.ok("store", "upgrade")
    assert cli.ok("notice", "list", "--unsent")["items"][0]["kind"] == "accounts-suspended"
    assert cli.ok("tick", "--to", "2026-01-20")["deletions_held"] == 1
    assert cli.ok("account", "show", "1")["state"] == "suspended"


@pytest.mark.parametrize("version", [1, 2])
def test_a_row_with_the_key_0_stops_the_upgrade(version: int, tmp_path: Path) -> None:
    """Money with a key that no mailctl gives is somebody's doing: refused, and nothing done."""
    old = tmp_path / "old.db"
    released(old, version)
    with opened(old) as base:
        base.executescript(ROWS_OF_1.replace("INSERT INTO notice_account VALUES (2, 1);", ""))
        base.execute(
            "INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents, "
            "after_cents) VALUES (0, 1, 1, '2026-01-02', 'credit', 100000, 0, 100000)"
        )
        before = shape(base)
    with pytest.raises(StoreDamagedError, match="its ledger has a row of another's making"):
        store_at(old, wait=1).upgrade("test", dry_run=False)
    with opened(old) as base:
        assert (shape(base), version_of(old)) == (before, version)
        assert base.execute("SELECT id FROM ledger").fetchall() == [(0,)]


def with_migrations(monkeypatch: pytest.MonkeyPatch, *more: object) -> None:
    """A mailctl that is newer by these migrations."""
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, *more))
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + len(more))


def add_motto(database: Database) -> None:
    """A migration by SQL."""
    database.execute("ALTER TABLE customer ADD COLUMN motto TEXT")


def fill_motto(database: Database) -> None:
    """A migration that writes rows, through sqlite-utils."""
    database.table("customer").update(1, {"motto": "ora et labora"})


def index_motto(database: Database) -> None:
    """A migration by a call of sqlite-utils."""
    database.table("customer").create_index(["motto"], index_name="customer_motto")


def fail(_: Database) -> None:
    """A migration that cannot go through."""
    raise sqlite3.IntegrityError("no such luck")


def version_of(store: Path) -> int:
    """The schema's version that a store says it has."""
    with opened(store) as base:
        (version,) = base.execute("PRAGMA user_version").fetchone()
    return int(version)


CREDIT = ("prepaid", "credit", "acme", "10")
READING = [("customer", "list"), ("status",), ("advise",), ("store", "check"), ("forecast",)]
DRY = [(*CREDIT, "-n"), ("tick", "-n"), ("notice", "send", "-n"), ("account", "reset", "3", "-n")]


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, byte for byte."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def kept(cli: Cli) -> Path:
    """Where an upgrade of this program keeps the store as it was."""
    return cli.store.with_name(f"{cli.store.name}.before-schema-{migrations.VERSION}")


@pytest.mark.parametrize("argv", [*READING, *DRY], ids=" ".join)
def test_who_only_looks_does_not_upgrade(
    argv: tuple[str, ...], busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading command and a dry run refuse an older store, name the way, and touch no byte."""
    with_migrations(monkeypatch, add_motto)
    before = files(busy.store.parent)
    refused = busy(*argv, "-o", "json")
    assert (refused.status, refused.out, refused.error()["code"]) == (10, "", "store-older")
    assert "mailctl store upgrade --dry-run" in refused.error()["hint"]
    assert files(busy.store.parent) == before


@pytest.mark.parametrize(
    "argv", [CREDIT, ("tick",), ("notice", "send"), ("account", "reset", "3", "-y")], ids=" ".join
)
def test_what_changes_an_older_store_upgrades_it_first_and_says_so(
    argv: tuple[str, ...], busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All migrations run, in order; the store as it was lies beside it, whole, for nobody else."""
    busy.ok("settings", "set", "mail-host", "127.0.0.1")
    busy.ok("settings", "set", "mail-from", "billing@host.example")
    before = contents(busy.store)
    with_migrations(monkeypatch, add_motto, fill_motto, index_motto)
    got = busy(*argv)
    assert f"had schema 4 and was upgraded to 7; a copy of it as it was is in {kept(busy)}" in (
        " ".join(got.err.split())
    )
    assert version_of(busy.store) == migrations.VERSION
    with opened(busy.store) as base:
        assert base.execute("SELECT slug, motto FROM customer").fetchall() == [
            ("acme", "ora et labora"), ("bolt", None), ("late", None), ("slow", None),
        ]  # fmt: skip
        assert ("index", "customer_motto") in shape(base)
        assert [part.name for part in seals.broken(base)] == []
    assert busy.ok("journal", "verify")["ok"] is True
    assert (version_of(kept(busy)), contents(kept(busy))) == (4, before)
    assert f"{stat.S_IMODE(kept(busy).stat().st_mode):o}" == "600"
    assert not [name for name in files(busy.store.parent) if name.startswith(".")]


def test_an_upgrade_does_not_hide_what_another_program_changed_before(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seal of such a table stays wrong."""
    with opened(busy.store) as base:
        base.execute("UPDATE customer SET phone = '+33123456789' WHERE slug = 'bolt'")
    with_migrations(monkeypatch, add_motto, fill_motto)
    busy.ok("store", "upgrade")
    with opened(busy.store) as base:
        assert [part.name for part in seals.broken(base)] == ["customer"]


@pytest.mark.parametrize("argv", [CREDIT, ("store", "upgrade"), ("store", "upgrade", "-n")])
def test_an_upgrade_says_that_deletions_wait_for_their_notice(
    argv: tuple[str, ...], busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that nobody touches would keep mailboxes otherwise, and nobody would know why."""
    assert migrations.news(2, 3) == migrations.news(1, 3) != migrations.news(3, 3) == ()
    monkeypatch.setattr(migrations, "_NEWS", {5: migrations.news(2, 3)[0]})
    with_migrations(monkeypatch, add_motto)
    got = busy(*argv)
    assert (
        "rom now on a suspended account is deleted only once its customer was notified by mail; "
        "where customers are notified by other means: mailctl settings set mail-host none"
    ) in " ".join((got.out + got.err).split())


def test_store_upgrade_says_what_it_does_and_where_the_copy_is(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First dry, changing nothing; then really; then there is nothing left to do."""
    before, rows = files(busy.store.parent), contents(busy.store)
    with_migrations(monkeypatch, add_motto, fill_motto)
    item = {
        "schema": "mailctl/upgrade/1", "path": str(busy.store), "from_version": 4,
        "schema_version": 6, "copy": str(kept(busy)), "changed": True, "undo": None,
    }  # fmt: skip
    assert busy.ok("store", "upgrade", "-n") == {**item, "dry_run": True}
    assert files(busy.store.parent) == before
    assert busy.ok("store", "upgrade") == {**item, "dry_run": False}
    assert contents(kept(busy)) == rows
    again = busy.ok("store", "upgrade")
    assert (again["changed"], again["from_version"], again["copy"]) == (False, 6, None)
    assert busy("store", "upgrade").out.endswith(" is of schema 6 already.\n")


def test_the_store_as_it_was_can_be_put_back(busy: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever goes back to the older mailctl moves the copy to the store's place."""
    rows = contents(busy.store)
    with monkeypatch.context() as newer:
        with_migrations(newer, add_motto)
        busy.ok("store", "upgrade")
    for end in ("-wal", "-shm"):
        busy.store.with_name(busy.store.name + end).unlink(missing_ok=True)
    kept_as = busy.store.with_name(f"{busy.store.name}.before-schema-{migrations.VERSION + 1}")
    kept_as.replace(busy.store)
    assert contents(busy.store) == rows
    busy.ok(*CREDIT)


def test_the_copy_of_the_last_upgrade_is_the_one_kept(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older copy of the same name gives way."""
    with_migrations(monkeypatch, add_motto)
    rows = contents(busy.store)
    kept(busy).write_bytes(b"an older copy")
    busy.ok("store", "upgrade")
    assert contents(kept(busy)) == rows


@pytest.mark.parametrize("what", ["link", "folder"])
def test_a_copy_is_never_written_over_something_else(
    what: str, busy: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands where the copy goes is left, and the store is not upgraded."""
    with_migrations(monkeypatch, add_motto)
    victim = tmp_path / "victim"
    if what == "link":
        victim.write_text("precious")
        kept(busy).symlink_to(victim)
    else:
        kept(busy).mkdir()
    refused = busy(*CREDIT, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "already-exists")
    assert what == "folder" or victim.read_text() == "precious"
    assert version_of(busy.store) == 4
    assert [name.name for name in tmp_path.iterdir() if name.name.startswith(".")] == []


def test_a_question_that_nobody_can_answer_leaves_an_older_store(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --yes and without a terminal nothing is done, the upgrade neither."""
    with_migrations(monkeypatch, add_motto)
    refused = busy("account", "reset", "3", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-older")
    assert version_of(busy.store) == 4


def test_a_migration_that_fails_leaves_the_old_version(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before it are undone with it: the store is as it was, and an older mailctl reads it."""
    before, names = contents(busy.store), set(files(busy.store.parent))
    with monkeypatch.context() as newer:
        with_migrations(newer, add_motto, fill_motto, fail)
        for argv in (CREDIT, ("store", "upgrade"), ("store", "upgrade", "-n")):
            refused = busy(*argv, "-o", "json")
            assert (refused.status, refused.error()["code"]) == (10, "store-damaged")
            assert "no such luck" in refused.error()["message"]
    assert version_of(busy.store) == 4
    assert (contents(busy.store), set(files(busy.store.parent))) == (before, names)
    assert [row["id"] for row in busy.ok("customer", "list")["items"]] == [
        "acme", "bolt", "late", "slow",
    ]  # fmt: skip


def test_an_upgraded_store_is_not_read_by_the_older_mailctl(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a downgrade of the program the store is newer: refused, and nothing is lost."""
    with monkeypatch.context() as newer:
        with_migrations(newer, add_motto)
        busy.ok("store", "upgrade")
    for argv in (("customer", "list"), CREDIT, ("store", "upgrade"), ("store", "upgrade", "-n")):
        refused = busy(*argv, "-o", "json")
        assert (refused.status, refused.error()["code"]) == (10, "store-newer")


def test_a_store_is_upgraded_once(busy: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second command finds nothing to do."""
    ran: list[str] = []

    def count(_: Database) -> None:
        ran.append("once")

    with_migrations(monkeypatch, count)
    busy.ok(*CREDIT)
    busy.ok(*CREDIT)
    busy.ok("customer", "list")
    assert ran == ["once"]


def test_an_upgrade_waits_for_a_writer_and_names_it_busy(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program holds the store, an upgrade is refused as busy, not half done."""
    with_migrations(monkeypatch, add_motto)
    with opened(busy.store) as holder:
        holder.execute("BEGIN IMMEDIATE")
        refused = busy(*CREDIT, "-o", "json", "--wait", "1")
        assert (refused.status, refused.error()["code"]) == (75, "store-busy")
        holder.execute("ROLLBACK")
    assert version_of(busy.store) == 4


def test_what_another_program_wrote_last_is_in_the_copy_and_in_the_upgraded_store(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that still lies in the log beside the store, of a program that is open."""
    with_migrations(monkeypatch, add_motto)
    with opened(busy.store) as other:
        other.execute("UPDATE customer SET phone = '+33123456789' WHERE slug = 'acme'")
        assert busy("customer", "list").status == 10
        busy.ok("store", "upgrade")
    for store in (busy.store, kept(busy)):
        with opened(store) as base:
            assert base.execute("SELECT phone FROM customer WHERE slug = 'acme'").fetchone() == (
                "+33123456789",
            )


def test_a_dry_run_leaves_every_byte_of_the_store(busy: Cli, tmp_path: Path) -> None:
    """Also on a store of this version; where a killed command left a log, that stays as it is."""
    with opened(busy.store) as other:
        other.execute("UPDATE customer SET phone = '+33123456789' WHERE slug = 'acme'")
        killed = Cli(tmp_path / "killed" / "mailctl.db")
        killed.store.parent.mkdir(mode=0o700)
        for end in ("", "-wal"):
            shutil.copy2(f"{busy.store}{end}", f"{killed.store}{end}")
    for cli in (busy, killed):
        before = files(cli.store.parent)
        before.pop("mailctl.db-shm", None)
        for argv in (*DRY, ("account", "order", "acme-pro", "--count", "9", "-n"), ("tick", "-n")):
            assert cli(*argv).status in (0, 1)
            after = files(cli.store.parent)
            assert (argv, {name: after.get(name) for name in before}) == (argv, before)
            assert {name.removeprefix("mailctl.db") for name in set(after) - set(before)} <= {
                "-wal", "-shm",
            }  # fmt: skip
    assert killed.ok("customer", "show", "acme")["phone"] == "+33123456789"


def test_what_somebody_else_keeps_in_an_older_store_is_not_thrown_away(tmp_path: Path) -> None:
    """A table that mailctl did not make stops the upgrade: the store is as it was, and says why."""
    old = Cli(store=tmp_path / "old.db")
    released(old.store, 2)
    with opened(old.store) as base:
        base.executescript(ROWS_OF_1.replace("INSERT INTO notice_account VALUES (2, 1);", ""))
        base.execute("CREATE TABLE notes AS SELECT 'call back' AS text")

    refused = old("store", "upgrade", "-o", "json")

    assert (refused.status, refused.error()["code"]) == (10, "store-damaged")
    assert "it has a table notes that mailctl did not make" in refused.error()["message"]
    with opened(old.store) as base:
        assert base.execute("SELECT text FROM notes").fetchall() == [("call back",)]
