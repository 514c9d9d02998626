"""A host whose mailboxes are on Modoboa: what the books say is what it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import Cli
from tests.modoboa.driver import notes_of
from tests.modoboa.server import Modoboa
from tests.modoboa.test_faults import cleared


@pytest.fixture
def host(cli: Cli, modoboa: Modoboa) -> Cli:
    """A store with two mailboxes that were there before the driver, and the driver."""
    cleared(modoboa)
    for line in (
        "init --clock 2026-01-15",
        "offer price email-pro monthly 2",
        "customer add ann --name Ann --email ann@ann.example",
        "prepaid credit ann 10",
        "platform add mail --customer ann --offer email-pro",
        "account order mail one@x.example two@x.example --yes",
        "task done --until 2026-01-15 --yes",
        f"settings set modoboa-url={modoboa.url} modoboa-token-file={modoboa.token_file}",
        "settings set driver modoboa",
    ):
        cli.ok(*line.split())
    for name in ("one", "two"):
        by_hand = {"username": f"{name}@x.example", "role": "SimpleUsers", "password": "Ab1-Ab1-ab"}
        modoboa.asked("POST", "accounts/", **by_hand, mailbox={"use_domain_quota": True})
    return cli


def active(modoboa: Modoboa) -> dict[str, int]:
    """Every mailbox and whether somebody may log in."""
    return dict(modoboa.rows("SELECT username, is_active FROM core_user WHERE username LIKE '%@%'"))


def test_a_host_that_exists_is_adopted_and_obeys(
    host: Cli, modoboa: Modoboa, tmp_path: Path
) -> None:
    """Nothing is made twice, nothing is emptied; then debt suspends, payment reopens."""
    modoboa.deliver("one@x.example", "hello")
    file = tmp_path / "mailboxes.csv"
    file.write_text("account,mailbox\n1,one@x.example\n2,two@x.example\n")
    host.ok(*f"driver adopt --from {file} --yes".split())
    assert host.ok(*"task reconcile".split())["items"] == []
    host.ok(*"tick --to 2026-03-24".split())
    host.ok(*"task run".split())
    assert active(modoboa) == {"one@x.example": 0, "two@x.example": 0}
    assert host.ok(*"task list --status todo".split())["items"] == []
    host.ok(*"prepaid credit ann 100".split())
    host.ok(*"task run".split())
    assert active(modoboa) == {"one@x.example": 1, "two@x.example": 1}
    host.ok(*"account rename 1 uno@x.example --yes".split())
    host.ok(*"account order mail three@x.example --yes".split())
    host.ok(*"task run".split())
    modoboa.do_its_job()
    assert active(modoboa) == {"uno@x.example": 1, "two@x.example": 1, "three@x.example": 1}
    assert modoboa.mail("uno@x.example") == ["hello"]
    assert host.ok(*"task reconcile".split())["items"] == []


def test_what_the_mail_server_lost_is_made_again(
    host: Cli, modoboa: Modoboa, tmp_path: Path
) -> None:
    """The notes, and with them who is whose: the mail stays."""
    host.ok(*"account order mail three@x.example --yes".split())
    host.ok(*"task run".split())
    modoboa.deliver("three@x.example", "hello")
    notes_of(modoboa).unlink()
    found = host(*"task reconcile --mend --yes --json".split())
    assert found.status == 1
    host.ok(*"task run".split())
    assert modoboa.mail("three@x.example") == ["hello"]
    number = host.ok(*"account show three@x.example".split())["id"]
    host.ok(*f"account lock {number} --reason stolen".split())
    host.ok(*"task run".split())
    assert active(modoboa)["three@x.example"] == 0


def test_what_modoboa_cannot_do_is_refused(host: Cli, modoboa: Modoboa, tmp_path: Path) -> None:
    """When it is commanded; the emptying of a mailbox waits for a person."""
    host.ok(*"account order mail three@x.example --yes".split())
    host.ok(*"task run".split())
    for line in (
        f"settings set export-dir={tmp_path}",
        f"account export three@x.example {tmp_path}",
        "account password three@x.example --generate",
    ):
        refused = host(*line.split(), "--json")
        assert (refused.status, refused.error()["code"]) == (1, "capability-missing"), line
    host.ok(*"account reset three@x.example --yes".split())
    assert host(*"task run".split()).status == 1
    [wipe] = host.ok(*"task list --status failed".split())["items"]
    assert (wipe["kind"], "wipe" in wipe["reason"]) == ("wipe", True)
    assert active(modoboa)["three@x.example"] == 1
