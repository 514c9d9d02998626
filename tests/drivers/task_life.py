"""A random life with a mail server: after each quiet run it has what the books say, and no more.

Runs are killed at any step, answers are put off, the driver dies or talks rubbish. Messages are
delivered all the time; each says whose it is and which mailbox of that account it was sent to.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shlex import split
from typing import Any
from unittest.mock import patch

from mailctl import clock
from mailctl.drivers import running
from tests.conftest import copied
from tests.drivers.server import MailServer
from tests.helpers import Cli
from tests.notices.conftest import Hands
from tests.store.plain import opened

Move = tuple[str, int, int]

POOL = [f"u{n}@acme.example" for n in range(5)]
KINDS = ("create", "suspend", "reopen", "wipe", "rename", "delete", "export")
ORDERS = ("later", "die-before", "die-after", "rubbish")
BEGIN = """
init --clock 2026-01-01
customer add acme --name Acme --email it@acme.example
prepaid credit acme 100000
platform add pro --customer acme --offer email-pro
platform add priv --customer acme --offer private-exchange
settings set retention-days 7
"""


class KilledError(BaseException):
    """The run is gone, between any two of its steps."""


class TaskLife:
    """One life: a store, a server, and what was sent to whom."""

    def __init__(self, folder: Path, *, keeps_copies: bool, original: Path) -> None:
        self.cli = copied(original, Cli(folder / "mailctl.db"))
        self.mail = MailServer.made(folder / "mail")
        self.copies = folder / "copies"
        self.copies.mkdir(mode=0o700)
        self.hands = Hands()
        self.cli.ok("settings", "set", "driver", self.mail.driver)
        if keeps_copies:
            self.cli.ok("settings", "set", "export-dir", str(self.copies))
        self._keeps_copies = keeps_copies
        self._sent = 0
        self._last: dict[str, list[str]] = {}

    def accounts(self) -> list[dict[str, Any]]:
        """Every account, the deleted ones too."""
        found: list[dict[str, Any]] = self.cli.ok("account", "list", "--state", "all")["items"]
        return found

    def play(self, move: Move) -> None:
        """Do a move of the administrator, the world, or the driver; refusals change nothing."""
        name, which, how = move
        getattr(self, name)(which, how)
        self._deliver()

    def _one(self, which: int) -> str:
        live = [one["id"] for one in self.accounts() if one["state"] != "deleted"]
        return str(live[which % len(live)]) if live else "1"

    def do_order(self, which: int, how: int) -> None:
        """Order an address, which may be taken, or a blank account."""
        where = ("pro", "priv")[how % 2]
        self.cli("account", "order", where, *([POOL[which % 5]] if which < 13 else []), "-y")

    def do_rename(self, which: int, how: int) -> None:
        """Rename an account to an address that may be taken."""
        self.cli("account", "rename", self._one(which), POOL[how % 5], "-y")

    def do_reset(self, which: int, how: int) -> None:
        """Empty a mailbox, and mostly use its account again at once."""
        one = self._one(which)
        self.cli("account", "reset", one, "-y")
        if how % 3:
            self.cli("account", "configure", one, POOL[how % 5], "-y")

    def do_delete(self, which: int, _: int) -> None:
        """Delete an account at once."""
        self.cli("account", "delete", self._one(which), "-y")

    def do_end(self, which: int, how: int) -> None:
        """Let accounts end, or bring one back."""
        one = self._one(which)
        if how % 3:
            self.cli("account", "renew", one, "--mode", "none", "-y")
        else:
            self.cli("account", "reopen", one, "-y")

    def do_lock(self, which: int, how: int) -> None:
        """Lock or unlock a mailbox."""
        one = self._one(which)
        self.cli("account", *(("lock", one, "--reason", "spam") if how % 2 else ("unlock", one)))

    def do_tick(self, which: int, how: int) -> None:
        """Let days pass."""
        self.cli("tick", "--days", str(1 + which % 4 + 10 * (how % 3)))

    def do_trouble(self, which: int, how: int) -> None:
        """Have the driver misbehave at its next task of a kind."""
        self.mail.will(**{KINDS[which % len(KINDS)]: [ORDERS[how % len(ORDERS)]]})

    def do_run(self, which: int, _: int) -> None:
        """Run, as far as a limit."""
        self._run("--limit", str(1 + which % 4))

    def do_killed_run(self, which: int, how: int) -> None:
        """Run, and be killed before or after an act, or before or after it is recorded."""
        left = 1 + which
        steps = running.Runner._stepped  # noqa: SLF001 - where a run may be killed
        asked = running.asked

        def count() -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                raise KilledError

        def stepped(runner: running.Runner, *given: Any, **more: Any) -> Any:
            count()
            made = steps(runner, *given, **more)
            count()
            return made

        def acted(*given: Any) -> Any:
            count()
            made = asked(*given)
            count()
            return made

        with (
            patch.object(running.Runner, "_stepped", stepped),
            patch.object(running.Runner, "_give_back", lambda *_: count()),
            patch.object(running, "asked", acted),
        ):
            try:
                self._run()
            except KilledError:
                self.hands.go_on(minutes=how)

    def _run(self, *words: str) -> None:
        with patch.object(clock, "now", lambda: self.hands.now):
            self.cli("task", "run", *words)
        self._note_mail()

    def do_quiet_run(self, *_: int) -> None:
        """Run with a driver that is well until nothing waits: the server is as it should be."""
        self.mail.will()
        for _each in range(5):
            # Claims lapse, delays end.
            self.hands.go_on(hours=7)
            self._run()
        self.check()

    def _deliver(self) -> None:
        """Send a message to every address; the server puts it into the mailbox that has it now."""
        boxes = self.mail.mailboxes
        for name, box in boxes.items():
            if box["address"] is not None:
                self._sent += 1
                box["mail"].append(f"{name}/{self._resets(int(name))}/{self._sent}")
        self.mail.has(boxes)
        self._note_mail()

    def _note_mail(self) -> None:
        self._last |= {name: list(box["mail"]) for name, box in self.mail.mailboxes.items()}

    def _resets(self, account: int) -> int:
        """How often the mailbox of an account was emptied on the server."""
        return sum(
            one["kind"] == "wipe" and one["mailbox"] == str(account) for one in self.mail.asked
        )

    def check(self) -> None:
        """The server has what the books say, nobody has old mail, and copies are whole."""
        tasks = self.cli.ok("task", "list")["items"]
        open_ = [one for one in tasks if one["status"] not in ("done", "skipped")]
        assert open_ == [], open_
        accounts = self.accounts()
        with opened(self.cli.store) as base:
            locked = {row[0] for row in base.execute("SELECT account_id FROM account_lock")}
        wanted = {
            str(one["id"]): (
                one["address"],
                "suspended" if one["state"] == "suspended" or one["id"] in locked else "active",
            )
            for one in accounts
            if one["state"] != "deleted" and one["address"] is not None
        }
        boxes = self.mail.mailboxes
        assert {name: (box["address"], box["state"]) for name, box in boxes.items()} == wanted
        for name, box in boxes.items():
            whose = {message.rpartition("/")[0] for message in box["mail"]}
            assert whose <= {f"{name}/{self._resets(int(name))}"}
        self._check_copies(tasks)

    def _check_copies(self, tasks: list[dict[str, Any]]) -> None:
        with opened(self.cli.store) as base:
            kept = base.execute(
                "SELECT account_id, folder FROM task WHERE kind = 'export' AND folder IS NOT NULL"
            ).fetchall()
        for account, folder in kept:
            there = [file.read_text() for file in (Path(folder) / "cur").iterdir()]
            assert Counter(there) == Counter(self._last[str(account)])
        if self._keeps_copies:
            done = {(one["kind"], one["account"]) for one in tasks if one["status"] == "done"}
            deleted = {account for kind, account in done if kind == "delete"}
            made = {account for kind, account in done if kind == "create"}
            exported = {account for kind, account in done if kind == "export"}
            assert deleted & made <= exported
        assert self.cli("store", "check").status == 0


def begun(folder: Path) -> Path:
    """The store that every life begins with."""
    cli = Cli(folder / "mailctl.db")
    for line in BEGIN.strip().splitlines():
        cli.ok(*split(line))
    return cli.store
