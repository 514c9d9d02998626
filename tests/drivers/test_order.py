"""The order in which a driver is given the tasks, and what is skipped (rules 16)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drivers.conftest import addresses, does, ran, task, tasks
from tests.drivers.server import MailServer
from tests.helpers import Cli
from tests.store.plain import opened


def test_what_is_ordered_is_made_and_called_by_the_accounts_id(host: Cli, mail: MailServer) -> None:
    """A rename changes the address, and the mailbox keeps its name and its mail."""
    does(host, "account order acme-pro anna@acme.example otto@acme.example")
    assert ran(host) == {"done": 2}
    mail.deliver("1", "hello")
    does(host, "account rename 1 anne@acme.example")
    assert ran(host) == {"done": 1}
    assert addresses(mail) == {
        "1": ("anne@acme.example", "active"),
        "2": ("otto@acme.example", "active"),
    }
    assert mail.mailboxes["1"]["mail"] == ["hello"]
    assert mail.asked[0] == {
        "id": 1,
        "kind": "create",
        "mailbox": "1",
        "address": "anna@acme.example",
        "attempt": 1,
        "dry_run": False,
        "existing": False,
    }
    assert ran(host) == {}


def test_a_blank_account_gets_its_mailbox_when_it_gets_its_address(
    host: Cli, mail: MailServer
) -> None:
    """It never had one, so there is nothing to adopt."""
    does(host, "account order acme-pro --count 1", "account configure 1 anna@acme.example")
    assert ran(host) == {"done": 1}
    assert addresses(mail) == {"1": ("anna@acme.example", "active")}


def test_a_task_that_waits_holds_the_later_ones_of_its_account_alone(
    host: Cli, mail: MailServer
) -> None:
    """Other accounts go on."""
    does(
        host,
        "account order acme-pro anna@acme.example otto@acme.example",
        "account rename 1 anne@acme.example",
    )
    mail.will(task_1=["later"])
    assert ran(host) == {"done": 1, "delayed": 1, "left": 2}
    assert mail.told == [("create", "1"), ("create", "2")]
    assert tasks(host) == {1: "todo", 2: "done", 3: "todo"}


def test_a_task_that_failed_holds_the_later_ones_until_a_person_acts(
    host: Cli, mail: MailServer
) -> None:
    """Done by hand, it lets them go on; or it is tried again."""
    does(
        host,
        "account order acme-pro anna@acme.example",
        "account rename 1 anne@acme.example",
    )
    mail.will(task_1=["refused", "refused"])
    assert ran(host) == {"failed": 1, "left": 1}
    assert ran(host) == {"left": 1}
    assert task(host, 1)["reason"] == "because it was told to"
    assert (task(host, 1)["tries"], task(host, 1)["driver"]) == (1, mail.driver)
    assert ran(host, "--retry") == {"failed": 1, "left": 1}
    assert ran(host, "--retry") == {"done": 2}
    assert addresses(mail) == {"1": ("anne@acme.example", "active")}


def test_a_password_that_failed_holds_nothing(host: Cli, mail: MailServer) -> None:
    """Nor does a copy that was asked for by hand."""
    does(host, "account order acme-pro anna@acme.example")
    with opened(host.store) as base:
        base.execute(
            "INSERT INTO mailbox_password (account_id, hash, set_on) "
            "VALUES (1, '$argon2id$v=19$secret', '2026-01-01')"
        )
        base.execute(
            "INSERT INTO task (account_id, kind, address, asked_on) "
            "VALUES (1, 'password', 'anna@acme.example', '2026-01-01')"
        )
        base.execute(
            "INSERT INTO task (account_id, kind, address, format, folder, asked_on) "
            "VALUES (1, 'export', 'anna@acme.example', 'maildir', :folder, '2026-01-01')",
            {"folder": str(mail.folder / "copy")},
        )
    does(host, "account rename 1 anne@acme.example")
    mail.will(password=["refused"], export=["refused"])
    assert ran(host) == {"done": 2, "failed": 2}
    assert tasks(host) == {1: "done", 2: "failed", 3: "failed", 4: "done"}


def test_an_address_ordered_again_waits_until_it_was_left(host: Cli, mail: MailServer) -> None:
    """By a reset, a rename or a deletion, of whatever account."""
    does(
        host,
        "account order acme-pro anna@acme.example otto@acme.example",
        "account order acme-priv hugo@acme.example",
    )
    assert ran(host) == {"done": 3}
    does(
        host,
        "account reset 1",
        "account rename 2 pia@acme.example",
        "account delete 3",
        "account order acme-pro anna@acme.example otto@acme.example hugo@acme.example",
    )
    mail.will(wipe=["later"], rename=["later"], delete=["later"])
    assert ran(host) == {"delayed": 3, "left": 6}
    assert ran(host, "--retry") == {"done": 6}
    assert addresses(mail) == {
        "2": ("pia@acme.example", "active"),
        "4": ("anna@acme.example", "active"),
        "5": ("otto@acme.example", "active"),
        "6": ("hugo@acme.example", "active"),
    }


def test_an_address_waits_also_for_a_task_that_failed(host: Cli, mail: MailServer) -> None:
    """Nobody gets it while the mailbox that has it may still be there."""
    does(host, "account order acme-pro anna@acme.example")
    assert ran(host) == {"done": 1}
    mail.will(wipe=["refused"])
    does(host, "account reset 1", "account order acme-pro anna@acme.example")
    assert ran(host) == {"failed": 1, "left": 1}
    does(host, "task done 2")
    with_old = mail.mailboxes
    mail.has({})
    assert ran(host) == {"done": 1}
    assert list(with_old) == ["1"]


def test_a_reset_mailbox_comes_back_empty_under_the_same_name(host: Cli, mail: MailServer) -> None:
    """A wipe before it is made again is never skipped."""
    does(host, "account order acme-pro anna@acme.example")
    ran(host)
    mail.deliver("1", "a secret of before")
    does(host, "account reset 1", "account configure 1 otto@acme.example")
    assert ran(host) == {"done": 2}
    assert mail.mailboxes == {
        "1": {"address": "otto@acme.example", "state": "active", "hash": None, "mail": []}
    }


def test_of_suspensions_and_reopenings_the_last_counts(host: Cli, mail: MailServer) -> None:
    """Those before it are skipped, and say for which task."""
    does(host, "account order acme-pro anna@acme.example")
    ran(host)
    with opened(host.store) as base:
        for kind in ("suspend", "reopen", "suspend", "reopen"):
            base.execute(
                "INSERT INTO task (account_id, kind, address, asked_on) "
                "VALUES (1, :kind, 'anna@acme.example', '2026-01-01')",
                {"kind": kind},
            )
    assert ran(host, "--dry-run") == {"done": 1, "skipped": 3, "dry_run": True}
    assert ran(host) == {"done": 1, "skipped": 3}
    assert mail.told[1:] == [("reopen", "1")]
    assert task(host, 2)["reason"] == "task 5 has made it pointless"
    assert [row["kind"] for row in host.ok("account", "history", "1")["items"]][-4:] == [
        "task-skipped", "task-skipped", "task-skipped", "task-done",
    ]  # fmt: skip


def test_a_suspension_is_not_put_off_by_what_comes_between_it_and_the_last_one(
    host: Cli, mail: MailServer
) -> None:
    """A copy may take days: the mailbox is suspended before it."""
    does(host, "account order acme-pro anna@acme.example")
    ran(host)
    with opened(host.store) as base:
        for kind in ("suspend", "export", "reopen", "suspend"):
            base.execute(
                "INSERT INTO task (account_id, kind, address, format, folder, asked_on) "
                "VALUES (1, :kind, 'anna@acme.example', :format, :folder, '2026-01-01')",
                {
                    "kind": kind,
                    "format": "maildir" if kind == "export" else None,
                    "folder": str(mail.folder / "copy") if kind == "export" else None,
                },
            )
    mail.will(export=["later"])
    assert ran(host) == {"done": 1, "delayed": 1, "left": 3}
    assert addresses(mail) == {"1": ("anna@acme.example", "suspended")}
    assert ran(host, "--retry") == {"done": 2, "skipped": 1}
    assert addresses(mail) == {"1": ("anna@acme.example", "suspended")}


def test_what_a_deletion_undoes_is_skipped_before_it(host: Cli, mail: MailServer) -> None:
    """But a rename is done: somebody may wait for the address that it leaves."""
    does(host, "account order acme-priv anna@acme.example")
    ran(host)
    with opened(host.store) as base:
        for kind in ("suspend", "password"):
            base.execute(
                "INSERT INTO task (account_id, kind, address, asked_on) "
                "VALUES (1, :kind, 'anna@acme.example', '2026-01-01')",
                {"kind": kind},
            )
    does(
        host,
        "account rename 1 anne@acme.example",
        "account delete 1",
        "account order acme-pro anna@acme.example",
    )
    assert ran(host) == {"done": 3, "skipped": 2}
    assert addresses(mail) == {"2": ("anna@acme.example", "active")}


def test_a_mailbox_that_nobody_began_to_make_is_not_deleted_either(
    host: Cli, mail: MailServer
) -> None:
    """Its creation and all in between are skipped, and the deletion: there is nothing to delete."""
    does(
        host,
        "account order acme-priv anna@acme.example",
        "account rename 1 anne@acme.example",
        "account delete 1",
    )
    assert ran(host) == {"skipped": 3}
    assert mail.told == []
    assert task(host, 3)["reason"] == "its mailbox was never made"


@pytest.mark.parametrize("tried", [True, False])
@pytest.mark.parametrize("keeps", [True, False])
def test_a_mailbox_of_somebody_else_with_the_accounts_name_is_never_deleted(
    host: Cli, mail: MailServer, tmp_path: Path, *, tried: bool, keeps: bool
) -> None:
    """Whether its making was refused or not begun, with copies and without."""
    theirs = {"address": "old@x.example", "state": "active", "hash": None, "mail": ["theirs"]}
    mail.has({"1": theirs})
    does(host, "account order acme-priv anna@acme.example")
    if keeps:
        (tmp_path / "copies").mkdir(mode=0o700)
        does(host, f"settings set export-dir {tmp_path / 'copies'}")
    if tried:
        assert ran(host) == {"failed": 1}
    does(host, "account delete 1", "account order acme-priv anna@acme.example")
    ran(host, "--retry")
    assert mail.mailboxes["1"] == theirs
    assert addresses(mail)["2"] == ("anna@acme.example", "active")
    assert host("task", "reconcile", "-o", "json").json()["items"][0]["kind"] == "unknown"
    assert [row for row in host.ok("store", "check")["items"] if not row["ok"]] == []


def test_a_mailbox_that_somebody_began_to_make_is_made_before_it_is_deleted(
    host: Cli, mail: MailServer
) -> None:
    """The first try may have made it."""
    does(host, "account order acme-priv anna@acme.example")
    mail.will(create=["later"])
    assert ran(host) == {"delayed": 1, "left": 1}
    does(host, "account delete 1")
    assert ran(host, "--retry") == {"done": 2}
    assert mail.told == [("create", "1"), ("create", "1"), ("delete", "1")]
    assert mail.mailboxes == {}


def test_accounts_of_before_the_driver_wait_to_be_adopted(host: Cli, mail: MailServer) -> None:
    """Nothing is made for them, and an address that one of them leaves waits for that too."""
    does(host, "settings set driver ''", "account order acme-pro anna@acme.example")
    does(host, f"settings set driver {mail.driver}", "account reset 1")
    does(host, "account order acme-pro anna@acme.example otto@acme.example")
    assert ran(host) == {"done": 1, "left": 3, "unadopted": 2}
    assert mail.told == [("create", "3")]
    does(host, "account configure 1 pia@acme.example")
    assert ran(host) == {"left": 4, "unadopted": 3}
    said = host("task", "run").out
    assert said == ""
    with opened(host.store) as base:
        base.execute(
            "INSERT INTO mailbox (account_id, name, since_on) VALUES (1, 'old', '2026-01-01')"
        )
    mail.has({**mail.mailboxes, "old": {"address": "anna@acme.example", "state": "active"}})
    does(host, "task done 1")
    assert ran(host) == {"done": 3}
    assert addresses(mail) == {
        "2": ("anna@acme.example", "active"),
        "3": ("otto@acme.example", "active"),
        "old": ("pia@acme.example", "active"),
    }


@pytest.mark.parametrize(
    ("where", "then"), [("pro", "account reset 1"), ("priv", "account delete 1")]
)
def test_what_is_said_not_to_be_there_is_neither_emptied_nor_deleted(
    host: Cli, mail: MailServer, where: str, then: str
) -> None:
    """A mailbox that has the name which the account's gets is somebody else's."""
    theirs = {"address": "old@x.example", "state": "active", "hash": None, "mail": ["theirs"]}
    mail.has({"1": theirs})
    does(host, "settings set driver ''", f"account order acme-{where} anna@acme.example")
    does(host, "task done 1", then, f"settings set driver {mail.driver}")
    host.ok("driver", "adopt", "--from", "-", "-y", stdin="account,mailbox\n1,\n")
    ran(host)
    assert mail.mailboxes == {"1": theirs}
    assert [row for row in host.ok("store", "check")["items"] if not row["ok"]] == []
