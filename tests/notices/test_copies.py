"""Letters of mailboxes that end say until when a copy is kept, in three languages (rules 16)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shlex import split

import pytest

from tests.drivers.toy import toy_driver
from tests.helpers import Cli
from tests.notices.letters import letter
from tests.notices.reading import ENDING, Reading
from tests.store.plain import opened, rows

CUSTOMER = """
customer add {c} --name "Maison {c}" --email it@{c}.example --language {c}
platform add {c}-one --customer {c} --offer hosted-exchange
platform add {c}-two --customer {c} --offer hosted-exchange
platform add {c}-gone --customer {c} --offer hosted-exchange
platform add {c}-priv --customer {c} --offer private-exchange
prepaid credit {c} 500
account order {c}-one a@{c}.example -y
account order {c}-two b@{c}.example c@{c}.example --count 3 -y
account order {c}-gone d@{c}.example e@{c}.example -y
account order {c}-priv f@{c}.example -y
"""
ENDS = """
account renew --all --platform {c}-one --mode none -y
platform cancel {c}-two -y
platform delete {c}-gone -y
account delete f@{c}.example -y
"""
LANGUAGES = ("en", "fr", "de")


@pytest.mark.parametrize("copies", ["30", "1", ""])
def test_what_a_letter_says_of_copies_is_so(cli: Cli, tmp_path: Path, copies: str) -> None:
    """Read on every day on which one was queued; without copies none speaks of them."""
    cli.ok("init", "--clock", "2026-01-01")
    cli.ok("settings", "set", "driver", toy_driver(tmp_path))
    if copies:
        cli.ok("settings", "set", f"export-dir={tmp_path}", f"export-days={copies}")
    read: dict[int, str] = {}
    for lines in (CUSTOMER, ENDS):
        for one in LANGUAGES:
            done(cli, lines.format(c=one))
    read_new(cli, read)
    for one in LANGUAGES:
        ((token,),) = rows(
            cli.store,
            "SELECT n.secret FROM notice n JOIN customer c ON c.id = n.customer_id "
            f"WHERE n.kind = 'delete-token' AND c.slug = '{one}'",
        )
        done(cli, f"platform delete {one}-gone --token={token} --confirm {one}-gone")
    read_new(cli, read)
    for _ in range(50):
        cli.ok("tick")
        read_new(cli, read)
    kinds = Counter(read.values())
    assert all(kinds[kind] >= len(LANGUAGES) for kind in ENDING), kinds


def test_of_some_mailboxes_alone_no_copy_is_promised(cli: Cli, tmp_path: Path) -> None:
    """One of two was there before the driver and is not adopted: the customer exports both."""
    cli.ok("init", "--clock", "2026-01-01")
    done(cli, CUSTOMER.format(c="en"))
    cli.ok("settings", "set", f"driver={toy_driver(tmp_path)}", f"export-dir={tmp_path}")
    done(cli, "account order en-two g@en.example -y\nplatform cancel en-two -y")
    read: dict[int, str] = {}
    for _ in range(45):
        cli.ok("tick")
        read_new(cli, read)
    assert "accounts-suspended" in read.values()


def done(cli: Cli, lines: str) -> None:
    """Carry out commands, one a line."""
    for line in lines.strip().splitlines():
        cli.ok(*split(line))


def read_new(cli: Cli, read: dict[int, str]) -> None:
    """Read every letter that was not read yet as it is sent now."""
    for (number,) in rows(cli.store, f"SELECT id FROM notice WHERE kind IN {ENDING}"):
        if number in read:
            continue
        written = letter(cli, number)
        with opened(cli.store) as base:
            reading = Reading(base, number, written.subject, written.text)
            faults = list(reading.wrong())
        assert faults == [], "\n".join([reading.kind, written.text, *faults])
        read[number] = reading.kind
