"""Eight administrators and the ticks at the same time: nothing is lost, doubled or out of order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from unittest.mock import patch

import pytest

from tests.helpers import Cli, environment
from tests.notices.post_office import PostOffice, configure, open_office
from tests.postgresql.on_server import command_line, schema_of, session
from tests.postgresql.server import Server
from tests.postgresql.writers import CUSTOMERS, FIRST
from tests.process.running import HOME

LONG = bool(os.environ.get("MAILCTL_LIVES"))
SECONDS = 60.0 if LONG else 8.0
SEEDS = range(1, 13) if LONG else range(1)
DAYS_A_SECOND = 0.5
UNUSUAL = (70, 74, 75)
"""A bug, a failed disk or connection, a store that was busy for two minutes."""


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server on this machine."""
    with open_office() as found:
        yield found


@pytest.fixture
def host(postgresql: Server, office: PostOffice) -> Cli:
    """A host on the real clock: four customers with three platforms and some money each."""
    cli = command_line(postgresql)
    with patch("mailctl.clock.now", lambda: FIRST):
        cli.ok("init")
        configure(cli, office.port, seller_name="N0", seller_city="N0")
        for name in CUSTOMERS:
            cli.ok("customer", "add", name, "--name", name.title(), "--email", f"{name}@h.example",
                   "--city", "Paris")  # fmt: skip
            for short, offer in (
                ("pro", "email-pro"), ("hx", "hosted-exchange"), ("priv", "private-exchange")
            ):  # fmt: skip
                cli.ok("platform", "add", f"{name}-{short}", "--customer", name, "--offer", offer)
            cli.ok("prepaid", "credit", name, "100")
            cli.ok("account", "order", f"{name}-pro", f"first@{name}.example", "-y")
    return cli


@pytest.mark.parametrize("seed", SEEDS)
def test_writers_and_ticks_together(postgresql: Server, host: Cli, seed: int) -> None:
    """Whatever they do to the same and to different customers, while the days go by."""
    began = time.time()
    arguments = (str(seed), str(began), str(SECONDS), str(DAYS_A_SECOND))
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.postgresql.writers", str(host.store), arguments[0],
             str(number), *arguments[1:]],
            env=environment(host.store) | {"PYTHONPATH": HOME}, cwd=HOME,
            stdout=subprocess.PIPE,
        )
        for number in range(11)
    ]  # fmt: skip
    said = [json.loads(writer.communicate(timeout=SECONDS + 240)[0]) for writer in writers]
    did = [deed for one in said for deed in one["did"]]
    assert [deed for deed in did if deed[1] in UNUSUAL] == []
    assert [sql for one in said for sql in one["stale"]] == []
    assert [error for one in said for error in one["unexpected"]] == []
    assert [half for one in said for half in one["halves"]] == []
    assert sum(status == 0 for _, status, _ in did) > len(did) / 4
    done = Counter(
        tuple(argv) for argv, status, code in did if "--key" in argv and (status, code) == (0, "")
    )
    assert set(done.values()) <= {1}
    with patch("mailctl.clock.now", lambda: FIRST):
        assert host("store", "check").status == 0, host("store", "check").out
        assert host("journal", "verify").status == 0
    _check_books(postgresql, schema_of(host))


def _check_books(server: Server, schema: str) -> None:
    """Numbers without a gap and in order of their days; the chain's too; balances as booked."""
    with session(server, schema) as base:
        numbers = base.execute(
            "SELECT series, year, seq, issued_on FROM invoice ORDER BY series, year, seq"
        ).fetchall()
        assert numbers
        for (series, year, seq, day), after in pairwise(numbers):
            if after[:2] == (series, year):
                assert after[2] == seq + 1
                assert after[3] >= day
            else:
                assert after[2] == 1
        for query in (
            "SELECT seq, happened_on FROM journal ORDER BY seq",
            "SELECT id, happened_on FROM batch ORDER BY id",
            "SELECT id, moved_on FROM ledger ORDER BY id",
            "SELECT id, issued_on FROM invoice ORDER BY id",
        ):
            rows = base.execute(query).fetchall()  # type: ignore[call-overload]
            assert [key for key, _ in rows] == list(range(rows[0][0], rows[0][0] + len(rows)))
            assert all(before <= after for (_, before), (_, after) in pairwise(rows)), query
        wrong = base.execute(
            """
            SELECT c.slug FROM customer c
            WHERE c.balance_cents <> coalesce(
                (SELECT sum(l.amount_cents) FROM ledger l WHERE l.customer_id = c.id), 0
            )
            """
        ).fetchall()
        assert wrong == []
