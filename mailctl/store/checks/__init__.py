"""The invariants of the books, each with a name, a sentence, and what finds the rows that break it.

The tables refuse most of this by themselves. The checks look again: at what a table cannot say, at
what another program may have done to the file, and at whether mailctl itself keeps its rules. They
share no rule with the code that they check, since they are there to disagree with it.
"""

from __future__ import annotations

from collections.abc import Callable

from mailctl.store.checks import (
    bank,
    causes,
    document_files,
    documents,
    file,
    ledger,
    losses,
    orders,
    settlement,
    states,
    terms,
    words,
)
from mailctl.store.checks.day import Marks, broken_customers, marks, of_the_day
from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.listing import Row
from mailctl.store.engine.no_text import is_no_text
from mailctl.store.engine.reader import Reader
from mailctl.values import Value

VALIDATORS: tuple[Validator, ...] = (
    *file.VALIDATORS,
    *ledger.VALIDATORS,
    *documents.VALIDATORS,
    *document_files.VALIDATORS,
    *losses.VALIDATORS,
    *settlement.VALIDATORS,
    *terms.VALIDATORS,
    *states.VALIDATORS,
    *orders.VALIDATORS,
    *causes.VALIDATORS,
    *bank.VALIDATORS,
    *words.VALIDATORS,
)

__all__ = ["VALIDATORS", "Marks", "Validator", "broken_customers", "marks", "of_the_day", "run"]


def run(reader: Reader, at: Callable[[str], object] = lambda _: None) -> list[Row]:
    """A row for each check that holds, and one for each row of the store that breaks one.

    `at` is called before each check with how far the work has come.
    """
    slugs = _slugs(reader)
    rows: list[Row] = []
    for number, validator in enumerate(VALIDATORS, start=1):
        at(f"check {number} of {len(VALIDATORS)}: {validator.name}")
        faults = validator.faults(reader)
        rows += [_row(validator, fault, slugs.get(fault.customer_id)) for fault in faults]
        if not faults:
            rows.append(_row(validator, None, None))
    return rows


def _row(validator: Validator, fault: Fault | None, customer: str | None) -> Row:
    return {
        "name": validator.name,
        "ok": fault is None,
        "customer": customer,
        "subject": None if fault is None else fault.subject,
        "message": None if fault is None else fault.message,
        "sentence": validator.sentence,
    }


class _Name(Value):
    id: int
    slug: str


def _slugs(reader: Reader) -> dict[int | None, str]:
    try:
        return {name.id: name.slug for name in reader.each(_Name, "SELECT id, slug FROM customer")}
    except Exception as error:
        # The checks find an id that is not text; then no customer is named.
        if not is_no_text(error):
            raise
        return {}
