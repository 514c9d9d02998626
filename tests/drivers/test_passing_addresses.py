"""An address that passes from one mailbox to another: nobody meets somebody else's mail (rules 16).

Account 1 has a@acme.example, 2 has b@acme.example, 3 is blank; mail is delivered all the time. Runs
are killed at every step between claim, act and record while the address passes, and what takes it
away is put off for a while.
"""

from __future__ import annotations

import shutil
import sqlite3
from itertools import product
from pathlib import Path
from shlex import split

import pytest

from tests.drivers.conftest import addresses
from tests.drivers.task_life import TaskLife, begun
from tests.helpers import Cli

pytestmark = pytest.mark.files_only(
    "the driver's tests run on both where they look at single rules"
)

GIVEN_UP = {
    "deleted at once": ("priv", ["account delete 1 -y"]),
    "reset": ("pro", ["account reset 1 -y"]),
    "renamed away": ("pro", ["account rename 1 z@acme.example"]),
    "ended": ("pro", ["account renew 1 --mode none -y", "tick --days 60"]),
}
TAKEN_UP = {
    "ordered anew": ["account order pro a@acme.example -y"],
    "renamed onto": ["account rename 2 a@acme.example"],
    "configured": ["account configure 3 a@acme.example"],
    "taken twice": ["account rename 2 a@acme.example", "account order priv b@acme.example -y"],
    "taken by itself": ["account configure 1 a@acme.example"],
    "passed on and back": [
        "account rename 2 a@acme.example",
        "account rename 2 c@acme.example",
        "account order pro a@acme.example -y",
    ],
}
CASES = [
    (given_up, taken_up, keeps_copies)
    for given_up, taken_up, keeps_copies in product(GIVEN_UP, TAKEN_UP, (False, True))
    if (given_up == "reset" or taken_up != "taken by itself")
    # Only what is deleted is copied before.
    and (given_up in ("deleted at once", "ended") or not keeps_copies)
]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A customer with a platform of each sort, and no account."""
    return begun(tmp_path_factory.mktemp("begun"))


class PassingLife(TaskLife):
    """A life in which a mailbox may be asked to be wiped several times before it is."""

    def _resets(self, account: int) -> int:
        items = self.cli.ok("task", "list", "--kind", "wipe", "--status", "done")["items"]
        return sum(one["account"] == account for one in items)


def life_of(folder: Path, original: Path, first: str, *, keeps_copies: bool) -> PassingLife:
    """The host of these tests; the first account is on that platform."""
    life = PassingLife(folder, keeps_copies=keeps_copies, original=original)
    for line in (
        f"account order {first} a@acme.example -y",
        "account order pro b@acme.example -y",
        "account order pro --count 1 -y",
    ):
        life.cli.ok(*split(line))
    life.do_quiet_run()
    life._deliver()  # noqa: SLF001 - mail for all
    return life


def assert_nobody_meets_others_mail(life: TaskLife) -> None:
    """Each message is in the mailbox that it was sent to; no address is two mailboxes'."""
    boxes = life.mail.mailboxes
    for name, box in boxes.items():
        whose = {message.rpartition("/")[0] for message in box["mail"]}
        assert whose <= {f"{name}/{life._resets(int(name))}"}  # noqa: SLF001
    given = [box["address"] for box in boxes.values() if box["address"]]
    assert len(given) == len(set(given))


@pytest.mark.parametrize(("given_up", "taken_up", "keeps_copies"), CASES)
def test_an_address_passes(
    tmp_path: Path, original: Path, given_up: str, taken_up: str, *, keeps_copies: bool
) -> None:
    """Whoever has it next begins with an empty mailbox, or keeps the own mail of before."""
    first, leaves = GIVEN_UP[given_up]
    life = life_of(tmp_path, original, first, keeps_copies=keeps_copies)
    for line in (*leaves, *TAKEN_UP[taken_up]):
        life.cli.ok(*split(line))
    # What takes the address away is put off for a while: what gives it must not come before.
    leaving = ("suspend", "wipe", "rename", "delete", "export")
    for put_off in ({kind: ["later", "again"] for kind in leaving}, {}):
        life.mail.will(**put_off)
        for steps in range(8):
            life.do_killed_run(steps, 20)
            assert_nobody_meets_others_mail(life)
            life._deliver()  # noqa: SLF001
    life.do_quiet_run()
    assert "a@acme.example" in {box["address"] for box in life.mail.mailboxes.values()}


def test_while_a_copy_is_awaited_the_address_is_the_next_ones(
    tmp_path: Path, original: Path
) -> None:
    """The old mailbox keeps its mail for the copy, and has neither log-in nor address."""
    life = life_of(tmp_path, original, "priv", keeps_copies=True)
    life.mail.will(export=["later", "again"])
    for line in ("account delete 1 -y", "account order pro a@acme.example -y"):
        life.cli.ok(*split(line))
    for _ in range(3):
        life.do_run(9, 0)
    assert addresses(life.mail) == {
        "1": (None, "suspended"),
        "2": ("b@acme.example", "active"),
        "4": ("a@acme.example", "active"),
    }
    life._deliver()  # noqa: SLF001
    assert_nobody_meets_others_mail(life)
    life.do_quiet_run()


def kept(store: Path) -> Path:
    """A copy of a store, as a backup makes it."""
    place = store.with_name("backup.db")
    with sqlite3.connect(store) as base, sqlite3.connect(place) as copy:
        base.backup(copy)
    base.close()
    copy.close()
    place.chmod(0o600)
    return place


def put_back(copy: Path, store: Path) -> None:
    """Put a copy in the place of a store, as somebody does who lost it."""
    for beside in store.parent.glob(f"{store.name}-*"):
        beside.unlink()
    shutil.copy(copy, store)


@pytest.mark.parametrize("address", ["new@acme.example", "lost@acme.example"])
def test_a_store_that_lost_an_account_takes_its_mailbox_over_for_nobody(
    tmp_path: Path, original: Path, address: str
) -> None:
    """The next account gets the lost one's id, and even its address: the driver refuses."""
    life = life_of(tmp_path, original, "pro", keeps_copies=False)
    copy = kept(life.cli.store)
    life.cli.ok("account", "order", "pro", "lost@acme.example", "-y")
    life.do_quiet_run()
    life._deliver()  # noqa: SLF001
    before = life.mail.mailboxes["4"]
    put_back(copy, life.cli.store)
    (made,) = life.cli.ok("account", "order", "pro", address, "-y")["accounts"]
    assert made == 4
    life.do_run(9, 0)
    life.cli("task", "run", "--retry")
    life.cli("task", "reconcile", "--mend", "-y")
    life.do_run(9, 0)
    assert life.mail.mailboxes["4"] == before
    (task,) = life.cli.ok("task", "list", "--status", "failed")["items"]
    assert task["reason"] == "a mailbox 4 is there already"


def test_a_driver_that_was_busy_first_gives_a_lost_mailbox_to_no_other_address(
    tmp_path: Path, original: Path
) -> None:
    """It may have begun at the first try, but not with an address that nobody asked for."""
    life = life_of(tmp_path, original, "pro", keeps_copies=False)
    copy = kept(life.cli.store)
    life.cli.ok("account", "order", "pro", "lost@acme.example", "-y")
    life.do_quiet_run()
    life._deliver()  # noqa: SLF001
    before = life.mail.mailboxes["4"]
    put_back(copy, life.cli.store)
    life.cli.ok("account", "order", "pro", "new@acme.example", "-y")
    life.mail.will(create=["later"])
    for _ in range(2):
        life.do_run(9, 0)
        life.hands.go_on(hours=7)
    assert life.mail.mailboxes["4"] == before
    (task,) = life.cli.ok("task", "list", "--status", "failed")["items"]
    assert task["reason"] == "a mailbox 4 is there already"


def test_a_store_that_forgot_what_was_done_is_mended(tmp_path: Path, original: Path) -> None:
    """An older copy still has the account that was deleted since: it is missing, and made anew."""
    life = life_of(tmp_path, original, "priv", keeps_copies=False)
    copy = kept(life.cli.store)
    for line in ("account delete 1 -y", "account rename 2 a@acme.example"):
        life.cli.ok(*split(line))
    life.do_quiet_run()
    life._deliver()  # noqa: SLF001
    put_back(copy, life.cli.store)
    found = kinds(life.cli)
    assert found == [("missing", "1"), ("address", "2")]
    life.cli.ok("task", "reconcile", "--mend", "-y")
    life.do_run(9, 0)
    life.cli("task", "run", "--retry")
    assert addresses(life.mail) == {
        "1": ("a@acme.example", "active"),
        "2": ("b@acme.example", "active"),
    }
    assert life.mail.mailboxes["1"]["mail"] == []
    assert_nobody_meets_others_mail(life)
    assert kinds(life.cli) == []


def kinds(cli: Cli) -> list[tuple[str, str]]:
    """What a comparison finds: the kind and the mailbox."""
    items = cli("task", "reconcile", "-o", "json").json()["items"]
    return [(one["kind"], one["mailbox"]) for one in items]
