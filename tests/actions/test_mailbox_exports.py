"""Copies of mailboxes: ordered by hand, and made before a deletion (rules 16)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailctl.store.engine.location import location_of
from mailctl.store.engine.stores import store_at
from tests.drivers.toy import toy_driver
from tests.helpers import Cli, contents
from tests.store.plain import rows


@pytest.fixture
def driven(busy: Cli, tmp_path: Path) -> Cli:
    """The busy host, whose driver looks after every mailbox but hugo's (3)."""
    busy.ok("settings", "set", "driver", toy_driver(tmp_path))
    with store_at(location_of(str(busy.store))).write("test") as tx:
        tx.execute(
            """
            INSERT INTO mailbox (account_id, name, since_on)
            SELECT a.id, '' || a.id, :today
            FROM account a
            WHERE a.address IS NOT NULL AND a.id <> 3
            """
        )
    return busy


@pytest.fixture
def copying(driven: Cli, tmp_path: Path) -> Cli:
    """A host that copies each mailbox before its deletion."""
    driven.ok("settings", "set", "export-dir", str(tmp_path))
    return driven


def asked(cli: Cli, account: int) -> list[str]:
    """What the mail server is asked for about an account's mailbox, in order."""
    items = cli.ok("task", "list")["items"]
    return [item["kind"] for item in items if item["account"] == account]


def assert_whole(cli: Cli) -> None:
    """The checks find nothing."""
    assert [row for row in cli.ok("store", "check")["items"] if not row["ok"]] == []


def test_a_copy_is_ordered_into_a_folder_of_its_own(driven: Cli, tmp_path: Path) -> None:
    """Each order names another one, so that none is written over an older copy."""
    first = driven.ok("account", "export", "anna@acme.example", str(tmp_path))
    second = driven.ok("account", "export", "1", str(tmp_path), "--format", "mbox")
    assert first["folder"] == f"{tmp_path}/anna@acme.example-1-{first['task']}"
    assert second["folder"] == f"{tmp_path}/anna@acme.example-1-{second['task']}"
    assert (first["format"], second["format"]) == ("maildir", "mbox")
    kept = rows(
        driven.store,
        "SELECT id, kind, format, folder FROM task WHERE folder IS NOT NULL ORDER BY id",
    )
    assert kept == [
        (one["task"], "export", one["format"], one["folder"]) for one in (first, second)
    ]
    assert_whole(driven)


def test_a_relative_folder_is_meant_from_where_it_was_typed(
    driven: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cron runs in another one."""
    monkeypatch.chdir(tmp_path)
    assert driven.ok("account", "export", "1", ".")["folder"].startswith(f"{tmp_path}/anna")


@pytest.mark.parametrize(
    ("account", "code"),
    [("2", "not-configured"), ("8", "not-active"), ("99", "account-not-found")],
)
def test_only_a_mailbox_can_be_copied(driven: Cli, tmp_path: Path, account: str, code: str) -> None:
    """A blank account has no mail, a deleted one has none any more."""
    refused = driven("account", "export", account, str(tmp_path), "-o", "json")
    assert refused.error()["code"] == code


def test_a_folder_that_is_not_there_is_refused(driven: Cli, tmp_path: Path) -> None:
    """Before anything is asked for; a file is none."""
    (tmp_path / "file").touch()
    before = contents(driven.store)
    for place in ("none", "file"):
        refused = driven("account", "export", "1", str(tmp_path / place), "-o", "json")
        assert refused.error()["code"] == "usage"
    assert contents(driven.store) == before


def test_a_name_that_is_no_file_name_is_written_as_one(driven: Cli, tmp_path: Path) -> None:
    """A slash may stand in an address."""
    driven.ok("account", "rename", "1", "an/na@acme.example")
    folder = driven.ok("account", "export", "1", str(tmp_path))["folder"]
    assert Path(folder).parent == tmp_path


def test_before_its_deletion_a_mailbox_is_closed_and_copied(copying: Cli) -> None:
    """It loses log-in and address at once, whatever becomes of the copy."""
    copying.ok("account", "delete", "4", "-y")
    assert asked(copying, 4) == ["create", "suspend", "rename", "export", "delete"]
    renamed, exported = rows(
        copying.store,
        "SELECT address, old_address, format, folder FROM task "
        "WHERE account_id = 4 AND kind IN ('rename', 'export') ORDER BY id",
    )
    assert renamed == (None, "pia@acme.example", None, None)
    assert exported == ("pia@acme.example", None, "maildir", None)
    assert copying.ok("account", "show", "4")["state"] == "deleted"
    assert_whole(copying)


def test_what_is_suspended_or_locked_is_not_suspended_again(copying: Cli) -> None:
    """By the books, and in sets: otto for his expiry, lea for debt, pia locked."""
    copying.ok("account", "lock", "4", "--reason", "spam")
    copying.ok("account", "delete", "4", "-y")
    assert asked(copying, 4) == ["create", "suspend", "rename", "export", "delete"]
    copying.ok("tick", "--to", "2026-03-01")
    for account in (5, 10):
        assert asked(copying, account) == ["create", "suspend", "rename", "export", "delete"]
    assert_whole(copying)


def test_a_mailbox_that_no_driver_looks_after_is_only_deleted(copying: Cli) -> None:
    """Nobody could copy it; its task waits until it is adopted."""
    copying.ok("platform", "cancel", "acme-hx", "-y")
    copying.ok("tick", "--to", "2026-04-01")
    assert asked(copying, 3) == ["create", "suspend", "delete"]
    assert asked(copying, 7) == ["create", "suspend", "rename", "export", "delete"]
    assert_whole(copying)


def test_without_a_folder_for_copies_a_deletion_is_one_task(driven: Cli) -> None:
    """And the same without a driver."""
    driven.ok("account", "delete", "4", "-y")
    assert asked(driven, 4) == ["create", "delete"]


def test_a_platform_that_is_deleted_is_copied_too(copying: Cli) -> None:
    """The token's deletion is one for a set."""
    copying.ok("platform", "delete", "bolt-hx", "-y")
    ((token,),) = rows(copying.store, "SELECT secret FROM notice WHERE kind = 'delete-token'")
    copying.ok("platform", "delete", "bolt-hx", "--token", str(token), "--confirm", "bolt-hx")
    assert asked(copying, 6) == ["create", "suspend", "rename", "export", "delete"]
    assert_whole(copying)


def test_copies_need_a_driver_that_makes_them(busy: Cli, tmp_path: Path) -> None:
    """Refused as it is set, whichever of the two comes last; and a driver in use stays."""
    place = str(tmp_path)
    refused = busy("settings", "set", "export-dir", place, "-o", "json").error()
    assert refused["code"] == "no-driver"
    poor = tmp_path / "poor"
    poor.mkdir()
    without = toy_driver(poor, "create suspend reopen delete")
    busy.ok("settings", "set", "driver", without)
    refused = busy("settings", "set", "export-dir", place, "-o", "json").error()
    assert refused["code"] == "capability-missing"
    good = toy_driver(tmp_path)
    busy.ok("settings", "set", f"driver={good}", f"export-dir={place}")
    for values, code in (
        (("driver", without), "capability-missing"),
        (("driver", ""), "no-driver"),
    ):
        before = contents(busy.store)
        assert busy("settings", "set", *values, "-o", "json").error()["code"] == code
        assert contents(busy.store) == before
    assert busy.ok("settings", "set", "driver=", "export-dir=")["changed"]


def test_an_erasure_names_the_copies_that_are_left_and_forgets_where_they_were(
    driven: Cli, tmp_path: Path
) -> None:
    """Their names have the address in them; hashes and locks went with the mailbox."""
    asked_for = driven.ok("account", "export", "10", str(tmp_path))
    Path(asked_for["folder"]).mkdir()
    for words in (
        ("prepaid", "credit", "late", "100"),
        ("platform", "cancel", "late-pro", "-y"),
        ("tick", "--to", "2026-05-01"),
        ("prepaid", "refund", "late", "98.09", "--reason", "left", "-y"),
    ):
        driven.ok(*words)
    driven.ok("customer", "close", "late", "-y")
    refused = driven("customer", "erase", "late", "--confirm", "late")
    assert refused.status == 1
    assert "export lea@late.example" in refused.err
    driven.ok("task", "done", "--customer", "late", "--until", "2026-05-01", "-y")
    said = driven("customer", "erase", "late", "--confirm", "late")
    assert f"a copy of a mailbox of theirs is left: delete {asked_for['folder']}" in said.err
    kept = contents(driven.store)
    for table in ("task", "mailbox", "mailbox_password", "account_lock", "journal_personal"):
        assert "lea@late" not in repr(kept[table]), table
    assert_whole(driven)
