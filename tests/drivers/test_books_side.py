"""Locks, passwords, copies and deletions, as a mail server ends up with them (rules 16)."""

from __future__ import annotations

import random
from pathlib import Path
from shlex import split

import pytest
from argon2 import PasswordHasher

from tests.drivers.conftest import addresses, does, ran
from tests.drivers.server import MailServer
from tests.helpers import Cli

ORDERED = "account order acme-pro anna@acme.example otto@acme.example"


def test_a_locked_mailbox_is_closed_until_it_is_unlocked(host: Cli, mail: MailServer) -> None:
    """Also where its account is suspended and paid for again meanwhile."""
    does(host, ORDERED, "account lock 1 --reason spam", "account renew 1 2 --mode none")
    assert ran(host) == {"done": 3}
    assert addresses(mail)["1"] == ("anna@acme.example", "suspended")
    host.ok("tick", "--to", "2026-02-02")
    does(host, "account reopen 1", "account reopen 2")
    ran(host)
    assert [addresses(mail)[name][1] for name in ("1", "2")] == ["suspended", "active"]
    host.ok("account", "unlock", "1")
    assert ran(host) == {"done": 1}
    assert addresses(mail)["1"] == ("anna@acme.example", "active")


def test_a_password_reaches_the_mail_server_as_the_newest_hash(host: Cli, mail: MailServer) -> None:
    """One that was replaced before is not handed out at all."""
    does(host, ORDERED)
    host.ok("account", "password", "1", "--generate")
    newest = host.ok("account", "password", "1", "--generate")["password"]
    assert ran(host) == {"done": 3, "skipped": 1}
    assert PasswordHasher().verify(mail.mailboxes["1"]["hash"], newest)
    assert mail.mailboxes["2"]["hash"] is None


def test_a_password_that_was_reset_away_sets_none(host: Cli, mail: MailServer) -> None:
    """The mailbox that is made anew has no password."""
    does(host, ORDERED)
    host.ok("account", "password", "1", "--generate")
    does(host, "account reset 1", "account configure 1 anna@acme.example")
    ran(host)
    assert mail.mailboxes["1"]["hash"] is None
    assert addresses(mail)["1"] == ("anna@acme.example", "active")


def test_an_ordered_copy_is_whole_and_the_mailbox_stays(
    host: Cli, mail: MailServer, tmp_path: Path
) -> None:
    """In the folder that the command named."""
    does(host, ORDERED)
    ran(host)
    mail.deliver("1", "hello")
    folder = Path(host.ok("account", "export", "1", str(tmp_path))["folder"])
    assert ran(host) == {"done": 1}
    assert [path.read_text() for path in (folder / "cur").iterdir()] == ["hello"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert mail.mailboxes["1"]["mail"] == ["hello"]


def test_a_deleted_mailbox_is_closed_at_once_and_gone_after_its_copy(
    host: Cli, mail: MailServer, tmp_path: Path
) -> None:
    """While the copy fails nobody has the mailbox, and somebody else may have the address."""
    host.ok("settings", "set", "export-dir", str(tmp_path))
    does(host, "account order acme-priv anna@acme.example")
    ran(host)
    mail.deliver("1", "hello")
    does(host, "account delete 1", "account order acme-pro anna@acme.example")
    mail.will(export=["refused"])
    ran(host)
    assert addresses(mail) == {"1": (None, "suspended"), "2": ("anna@acme.example", "active")}
    assert mail.mailboxes["2"]["mail"] == []
    failed = [one for one in host.ok("task", "list")["items"] if one["status"] == "failed"]
    assert [one["kind"] for one in failed] == ["export"]


MOVES = (
    *("account lock {n} --reason x", "account unlock {n}", "account unlock {n}"),
    *("account reset {n} -y", "account configure {n} n{n}@acme.example"),
    *("account rename {n} r{m}@acme.example", "account renew {n} --mode none -y"),
    *("account reopen {n} -y", "account password {n} --generate", "account export {n} {place}"),
    *("platform cancel acme-pro -y", "platform resume acme-pro -y", "account delete {n} -y"),
    *("prepaid refund acme 900 --reason x -y", "prepaid credit acme 950", "tick --days 6"),
    *("account order acme-priv m{m}@acme.example -y", "task run", "task run --limit 2"),
)


@pytest.mark.parametrize("seed", range(4))
def test_after_a_run_the_mail_server_has_what_the_books_say(
    host: Cli, mail: MailServer, tmp_path: Path, seed: int
) -> None:
    """Whatever happened: the same addresses, the same closed, and nothing that was deleted."""
    lots = random.Random(seed)
    host.ok("settings", "set", f"export-dir={tmp_path}")
    does(host, ORDERED, "account order acme-priv pia@acme.example", "account order acme-pro")
    for _ in range(70):
        move = lots.choice(MOVES)
        n, m = lots.randrange(1, 7), lots.randrange(4)
        host(*split(move.format(n=n, m=m, place=tmp_path)))
    ran(host)
    accounts = [
        host.ok("account", "show", str(one["id"]))
        for one in host.ok("account", "list", "--state", "live")["items"]
    ]
    wanted = {
        str(one["id"]): (
            one["address"],
            "suspended" if one["state"] == "suspended" or one["locked_on"] else "active",
        )
        for one in accounts
        if one["address"]
    }
    assert addresses(mail) == wanted
    assert all(row["ok"] for row in host.ok("store", "check")["items"])


def test_nobody_is_erased_whose_mailbox_may_still_be_on_the_server(
    host: Cli, mail: MailServer
) -> None:
    """A deletion that the server refused is tried again, and must know of which mailbox."""
    does(host, "account order acme-priv anna@acme.example")
    ran(host)
    does(host, "account delete 1", "platform cancel acme-pro", "platform cancel acme-priv")
    mail.will(delete=["refused"])
    assert ran(host) == {"failed": 1}
    cents = host.ok("prepaid", "show", "acme")["balance_cents"]
    host.ok("prepaid", "refund", "acme", f"{cents / 100:.2f}", "--reason", "closing", "-y")
    does(host, "customer close acme")
    refusal = host("customer", "erase", "acme", "--confirm", "acme")
    assert refusal.status == 1
    assert "task 2 failed, delete anna@acme.example: mailctl task done 2" in refusal.err
    assert "hint: mailctl task run --retry" in refusal.err
    assert ran(host, "--retry") == {"done": 1}
    assert mail.mailboxes == {}
    host.ok("customer", "erase", "acme", "--confirm", "acme")
