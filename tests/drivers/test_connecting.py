"""A host that exists gets a driver: its mailboxes are adopted, and obey from then on (rules 16)."""

from __future__ import annotations

from pathlib import Path

from tests.drivers.conftest import addresses, ran
from tests.drivers.server import MailServer
from tests.helpers import Cli

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "host"


def wanted(cli: Cli) -> dict[str, tuple[str | None, str]]:
    """What the books want of each mailbox, by its name before the driver or its account's id."""
    found = {}
    for account in cli.ok("account", "list", "--state", "live")["items"]:
        if account["configured"]:
            state = "suspended" if account["state"] == "suspended" else "active"
            name = cli.ok("account", "show", str(account["id"]))["mailbox"]
            found[name] = (account["address"], state)
    return found


def test_the_example_host_is_connected(cli: Cli, mail: MailServer) -> None:
    """Nothing is made twice, nothing is emptied; the next weeks happen on the server too."""
    cli.ok("init", "--clock", "2026-01-15")
    cli.ok("import", "--dir", str(EXAMPLE))
    accounts = [one for one in cli.ok("account", "list")["items"] if one["configured"]]
    assert len(accounts) > 1_000
    mail.has({
        f"old/{one['address']}": {
            "address": one["address"], "state": "active", "hash": None, "mail": [one["address"]],
        }
        for one in accounts
    })  # fmt: skip
    before = mail.mailboxes
    cli.ok("settings", "set", "driver", mail.driver)
    assert ran(cli) == {}

    lines = [f"{one['address']},old/{one['address']}" for one in accounts]
    adopted = cli.ok(
        "driver", "adopt", "--from", "-", "-y", stdin="\n".join(("account,mailbox", *lines))
    )
    assert len(adopted["items"]) == len(accounts)
    assert cli.ok("task", "reconcile")["items"] == []
    assert ran(cli) == {}
    assert mail.mailboxes == before
    assert mail.asked == []

    cli.ok("settings", "set", "mail-host", "none")
    first = accounts[0]
    cli.ok("account", "renew", str(first["id"]), "--mode", "none", "-y")
    cli.ok("account", "rename", str(accounts[1]["id"]), "neu." + accounts[1]["address"])
    domain = accounts[0]["address"].partition("@")[2]
    same = next(
        one
        for one in cli.ok("account", "list", "--blank")["items"]
        if one["customer"] == first["customer"]
    )
    cli.ok("account", "configure", str(same["id"]), f"new@{domain}")
    cli.ok("tick", "--to", "2026-02-03")
    done = ran(cli)
    assert set(done) <= {"done", "skipped"}
    assert done["done"] > 2

    assert addresses(mail) == wanted(cli)
    assert mail.mailboxes[str(same["id"])]["mail"] == []
    kept = {name: box["mail"] for name, box in mail.mailboxes.items() if name in before}
    assert all(kept[name] == before[name]["mail"] for name in kept)
    assert mail.mailboxes[f"old/{first['address']}"]["state"] == "suspended"
    assert cli.ok("task", "reconcile")["items"] == []
    assert cli("store", "check").status == 0
