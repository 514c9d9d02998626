"""Each set of words that the schema allows is one enum, which knows exactly these words."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

import mailctl
from mailctl.clock import ClockKind
from mailctl.domain.invoices import Series
from mailctl.domain.notices import EndedFor, WaitsFor
from mailctl.domain.offers import ExpiryOf
from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.domain.payments import FileFormat, MethodKind, PaymentStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.profile import Language
from mailctl.domain.states import (
    AccountState,
    CustomerState,
    PlatformRenewal,
    PlatformState,
    SuspendedFor,
)
from mailctl.domain.tasks import TaskKind, TaskStatus
from mailctl.domain.terms import Period, Renewal
from mailctl.store.engine.word_rows import SOURCES

SCHEMAS = sorted((Path(mailctl.__file__).parent / "store" / "engine").glob("schema*.sql"))

ENUMS: dict[str, type[StrEnum]] = {
    "store.clock": ClockKind,
    "customer.language": Language,
    "customer.state": CustomerState,
    "offer.expiry_of": ExpiryOf,
    "price.period": Period,
    "customer_price.period": Period,
    "platform.state": PlatformState,
    "platform.renewal": PlatformRenewal,
    "purchase_order.kind": OrderKind,
    "purchase_order.status": OrderStatus,
    "account.state": AccountState,
    "account.period": Period,
    "account.renewal": Renewal,
    "account.renewal_before_cancel": Renewal,
    "account.suspended_for": SuspendedFor,
    "order_line.period": Period,
    "invoice.series": Series,
    "invoice_line.period": Period,
    "ledger.kind": MovementKind,
    "method.kind": MethodKind,
    "payment.status": PaymentStatus,
    "payment_export.kind": MethodKind,
    "payment_export.format": FileFormat,
    "notice.waits_for": WaitsFor,
    "notice.ended_for": EndedFor,
    "notice_account.why": SuspendedFor,
    "notice_text.language": Language,
    "task.kind": TaskKind,
    "task.status": TaskStatus,
}


def checks_of(schema: Path) -> dict[str, set[str]]:
    """By column, the words that its CHECK allows."""
    found = {}
    for table in re.finditer(
        r"CREATE TABLE (\w+) \((.*?)\n\)", schema.read_text("utf-8"), re.DOTALL
    ):
        for column, words in re.findall(r"CHECK \(\s*(\w+) IN \(('[^)]*)\)\s*\)", table[2]):
            found[f"{table[1]}.{column}"] = set(re.findall(r"'([^']*)'", words))
    return found


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_each_check_and_its_enum_have_the_same_words(schema: Path) -> None:
    """A word that a column may hold is a member of its enum, and no CHECK is without an enum."""
    expected = {column: set(enum) for column, enum in ENUMS.items()}
    # The kinds of rows that `find` looks for are the keys of a table.
    assert checks_of(schema) == expected | {"word.kind": set(SOURCES)}
