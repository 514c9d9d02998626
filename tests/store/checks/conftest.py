"""A store with something of every kind in it, for faults to be planted in."""

from __future__ import annotations

from pathlib import Path
from shlex import split

import pytest

from tests.conftest import copied
from tests.helpers import Cli
from tests.originals import copy_all
from tests.restored import restored

# On 2026-02-05 the busy host sees a credit note for each of two lines, a reversal, a refund, an
# extension, an order that waits, a reopening, a payment that comes and one that is on its way. Then
# the store was restored, a customer came, and the store was restored again.
MORE = """
customer add left --name Left --email it@left.example
invoice credit 2026-000001 --line 1 --reason "by mistake" -y
invoice credit 2026-000001 --reason "this one too" -y
prepaid credit acme 20
prepaid reverse acme 11 --reason "not ours" -y
prepaid refund acme 1 --reason "moved away" -y
account extend 3 --terms 2 -y
account order bolt-hx --await-payment -y
account reopen 7 -y
method add paypal bolt --agreement B-12345
account order bolt-hx --count 2 --period yearly -y
payment settle 1
account order bolt-hx --count 2 --period monthly -y
customer close left -y
"""

AFTER_RESTORE = """
customer add next --name Next --email it@next.example
prepaid credit next 10
platform add next-pro --customer next --offer email-pro
account order next-pro -y
"""


@pytest.fixture(scope="session")
def kept_original(busy_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, made once; tests get copies of it."""
    path = tmp_path_factory.mktemp("kept") / "mailctl.db"
    copy_all(busy_original, path.parent)
    for lines in (MORE, AFTER_RESTORE):
        for line in lines.strip().splitlines():
            Cli(path).ok(*split(line))
        restored(Cli(path), "2026-000030", "AV2026-000003", account=100, purchase_order=100)
    return path


@pytest.fixture
def kept(kept_original: Path, cli: Cli) -> Cli:
    """The busy host with something of every kind: see BUSY, and what happens to it above."""
    return copied(kept_original, cli)
