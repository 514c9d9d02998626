"""A host on which all is well, what is done to it, and what advice says of it then."""

from __future__ import annotations

import shlex
from pathlib import Path

from tests.helpers import Cli
from tests.store.plain import opened

# A host on which all is well. `quiet` lets the mail server and the post have done their work.
WELL = """
init --clock 2026-01-01 --seller-name Host
settings set seller-street "2 quai Vert"
settings set seller-postcode 69001
settings set seller-city Lyon
settings set seller-vat-number FR40303265045
settings set seller-iban FR7630006000011234567890189
settings set mail-host mail.host.example
settings set mail-from billing@host.example
offer price email-pro monthly 1
offer price hosted-exchange monthly 4
offer price private-exchange monthly 3
customer add acme --name Acme --email it@acme.example --backup-email me@home.example
customer edit acme --phone +33199001234 --street "1 rue Neuve" --postcode 75001 --city Paris
method add paypal acme --agreement B-1
prepaid credit acme 500
platform add pro --customer acme --offer email-pro
account order pro anna@acme.example -y
quiet
"""
# A customer who has gone, of whom nothing is left.
GONE = """
customer add bolt --name Bolt --email it@bolt.example
platform add bolt-priv --customer bolt --offer private-exchange
account order bolt-priv --count 10 -y
account delete 2 3 4 5 6 7 8 9 10 11 -y
platform cancel bolt-priv -y
prepaid credit bolt 36
customer close bolt -y
quiet
"""
BANK = ["FR7630006000011234567890189", "Acme", "M-17", "2026-01-01"]
ADD_BANK = "mailctl method add bank acme --iban - --holder - --mandate - --signed -"
ADD_CARD = "mailctl method add card acme --token - --brand - --last4 - --expires - --default"
CARD = ["tok_17", "Visa", "4242", "2028-09"]
# The first card expires with January; the PayPal agreement is gone unless it is kept.
OLD_CARD = "method add card acme --token t --brand Visa --last4 4242 --expires 2026-01 --default"
SHORT = "prepaid refund acme 498.80 --reason moved -y"
UNPAID = f"method remove 1\n{SHORT}\naccount order pro ben@acme.example -y"
COLLECTED = f"{SHORT}\naccount order pro ben@acme.example -y"


def sql(store: Path, statement: str) -> None:
    """Write into a store what only a mail server can bring about."""
    with opened(store) as base:
        base.execute(statement)


def play(cli: Cli, lines: str) -> None:
    """Carry out commands, and what is no command: `posted`, `quiet`, `refused`."""
    for line in filter(None, lines.splitlines()):
        if line in ("posted", "quiet"):
            sql(cli.store, "UPDATE notice SET sent_at = '2026-01-01T00:00:00Z', secret = NULL "
                "WHERE sent_at IS NULL AND ended_at IS NULL")  # fmt: skip
        if line == "quiet":
            cli.ok("task", "done", "--until", "2199-01-01", "--yes")
        elif line == "refused":
            sql(cli.store, "UPDATE notice SET ended_at = '2026-01-01T00:00:01Z', "
                "ended_for = 'refused' WHERE sent_at IS NULL")  # fmt: skip
        elif line != "posted":
            cli.ok(*shlex.split(line))


def found(cli: Cli, *words: str) -> list[str]:
    """What is found, as `severity code command`."""
    items = cli.ok("advise", *words)["items"]
    return [f"{one['severity']} {one['code']} {one['command']}" for one in items]


def codes(cli: Cli, *words: str) -> list[str]:
    """The codes of what is found."""
    return [one["code"] for one in cli.ok("advise", *words)["items"]]
