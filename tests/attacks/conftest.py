"""A store with something of everything, which the attacks start from."""

from __future__ import annotations

from pathlib import Path
from shlex import split

import pytest

from tests.drivers.toy import toy_driver
from tests.helpers import Cli
from tests.originals import copy_all
from tests.statements import taken

MORE = """
settings set seller-name=Host seller-iban=FR7630006000011234567890189
settings set seller-creditor-id=FR72ZZZ123456 mail-from=billing@host.example seller-street=Road
settings set seller-contact=Billing seller-bank=Bank mentions-fr='#AAB#Non.|Merci'
customer edit acme --siret 73282932000074 --buyer-reference 'Service 7' --endpoint 0225:732829320
method add bank late --iban DE89370400440532013000 --holder Zoe --mandate M-17 --signed 2026-01-15
method add card bolt --token tok_77 --brand Visa --last4 4242 --expires 2028-09
method add paypal acme --agreement B-987654321
account order bolt-hx --count 30 -y
account order acme-hx --count 99 -y
account order late-pro --count 2 --await-payment -y
account lock 1 --reason stolen
platform cancel bolt-hx --comment "a comment" -y
platform resume bolt-hx -y
prepaid refund slow 1 --reason returned -y
prepaid credit slow 1 --received --reference RF-1
prepaid grace late --until 2026-02-20 --reason kind
invoice credit 2026-000001 --reason mistaken -y
platform delete acme-pro -y
offer add own --like email-pro --label Own
payment export --kind bank --format sepa --to {folder}/debits.xml
payment fail 1 --reason refused
bank import {folder}/statement.xml
account export 3 {folder}
settings set mail-host 127.0.0.1
"""


@pytest.fixture(scope="session")
def rich_original(busy_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The busy store with something of each kind in it."""
    folder = tmp_path_factory.mktemp("rich")
    cli = Cli(folder / "mailctl.db")
    copy_all(busy_original, folder)
    cli.ok("settings", "set", "driver", toy_driver(folder))
    account = "FR7630006000011234567890189"
    (folder / "statement.xml").write_text(taken.statement(account))
    for line in MORE.strip().splitlines():
        cli.ok(*split(line.format(folder=folder)))
    return cli.store
