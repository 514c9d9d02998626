"""Random lives of a store that is lost again and again, with the real command.

What was acknowledged is remembered outside of the store: no number, id or try of a debit is ever
given a second time, and the books hold after every restore.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import copied
from tests.helpers import Cli
from tests.lives.many import lives
from tests.restoring import backed_up, damage, lose, tried
from tests.store.plain import rows

pytestmark = pytest.mark.files_only("a store on a server is restored into a file first")

MOVES = ("order", "order", "pay", "fail", "tick", "export", "backup", "restore", "restore")
FATES = ("whole", "gone", "account", "invoice", "payment")
EXPORT = ("payment", "export", "--kind", "bank", "--format", "csv", "--to")
IDS = {"account": "id", "purchase_order": "number", "payment": "id", "payment_export": "id"}


class Outside:
    """Everybody who knows a number of the store: customers, banks, the mail server."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.known: dict[str, set[tuple[object, ...]]] = {}
        self.asked: dict[str, int] = {}
        self.files = 0

    def hears(self) -> None:
        """Hear of all that is new; what was heard of before a loss comes never again."""
        with closing(sqlite3.connect(self.cli.store)) as db:
            seen = {
                "number": db.execute(
                    "SELECT series, year, seq, customer_id, issued_on FROM invoice"
                ).fetchall(),
                **{
                    table: db.execute(f"SELECT {key} FROM {table}").fetchall()
                    for table, key in IDS.items()
                },
            }
        self.now = {name: set(found) for name, found in seen.items()}
        for name, found in self.now.items():
            self.known.setdefault(name, set()).update(found)
        numbers = sorted(one[:3] for one in self.known["number"])
        assert len(numbers) == len(set(numbers)), "a number was given twice"

    def last(self) -> tuple[str, ...]:
        """The last numbers that anybody was sent, as options."""
        seqs = [one[2] for one in self.known["number"] if one[0] == ""]
        notes = [one[2] for one in self.known["number"] if one[0] == "AV"]
        return (
            *("--last-invoice", f"2026-{max(map(int, map(str, seqs)), default=0):06d}"),
            *("--last-credit-note", f"AV2026-{max(map(int, map(str, notes)), default=0):06d}"),
        )

    def export(self) -> None:
        """Hand payments over; no try of a payment is handed over twice."""
        self.files += 1
        file = self.cli.store.with_name(f"{self.files}.csv")
        self.cli(*EXPORT, str(file), "--after-restore")
        self.cli(*EXPORT, str(file))
        if not file.exists():
            return
        for payment in re.findall(r"payment (\d+)", file.read_text()):
            tries = rows(self.cli.store, f"SELECT tries FROM payment WHERE id = {payment}")[0][0]
            name = f"payment-{payment}-{tries + 1}"
            assert name not in self.asked, f"{name} was asked for twice"
            self.asked[name] = self.files


@lives(3)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(MOVES), st.sampled_from(FATES), st.integers(0, 5)),
        min_size=6,
        max_size=14,
    )
)
def test_nothing_that_left_the_house_is_given_twice(
    busy_original: Path, moves: list[tuple[str, str, int]]
) -> None:
    """Orders, payments, ticks and files; backups and losses of every kind in between."""
    with TemporaryDirectory(dir=busy_original.parent.parent) as folder:
        cli = copied(busy_original, Cli(Path(folder) / "mailctl.db"))
        cli.ok(
            *("method", "add", "bank", "late", "--iban", "FR1420041010050500013M02606"),
            *("--holder", "Late", "--mandate", "M-1", "--signed", "2026-01-01"),
        )
        outside, backup, is_waiting = Outside(cli), backed_up(cli), False
        outside.hears()
        for number, (move, fate, how) in enumerate((*moves, ("restore", "gone", 0))):
            if move == "order":
                platform = ("acme-pro", "late-pro", "bolt-hx")[how % 3]
                cli("account", "order", platform, "--count", str(1 + how % 2), "-y")
            elif move in ("pay", "fail"):
                for payment in rows(cli.store, "SELECT id FROM payment WHERE status = 'pending'"):
                    verb = ("settle",) if move == "pay" else ("fail",)
                    reason = () if move == "pay" else ("--reason", "AM04")
                    cli("payment", *verb, str(payment[0]), *reason)
            elif move == "tick":
                flag = ("--after-restore",) if is_waiting else ()
                assert cli("tick", "--days", str(1 + 5 * how), *flag).status == 0
                is_waiting = False
            elif move == "export":
                outside.export()
            elif move == "backup":
                backup = backed_up(cli, f"{number}.db")
            else:
                lost(cli, fate)
                refused = tried(cli, backup)
                if refused.status:
                    assert refused.error()["code"] == "restore-numbers-needed"
                    assert tried(cli, backup, *outside.last()).status == 0
                is_waiting = True
                assert cli("store", "check").status == 0
                before = {name: set(found) for name, found in outside.known.items()}
                outside.hears()
                assert outside.known == before
            grown(outside)
        assert cli("store", "check").status == 0
        assert cli.ok("journal", "verify")["ok"] is True


def lost(cli: Cli, fate: str) -> None:
    """What becomes of the store before it is restored."""
    if fate == "gone":
        lose(cli)
    elif fate != "whole":
        damage(cli.store, fate)


def grown(outside: Outside) -> None:
    """What is new since the last look is above everything that was ever known."""
    highest = {
        name: max((int(str(one[0])) for one in outside.known[name]), default=0) for name in IDS
    }
    before = {name: set(outside.known[name]) for name in IDS}
    outside.hears()
    for name in IDS:
        new = {int(str(one[0])) for one in outside.now[name] - before[name]}
        assert all(key > highest[name] for key in new), (name, new, highest[name])
