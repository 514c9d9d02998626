"""The invariants of the books, each with a name, a sentence, and what finds the rows that break it.

The tables refuse most of this by themselves; these look again, at what a table cannot say, at what
another program may have done to the file, and at whether mailctl itself kept its word.
"""

from __future__ import annotations

import sqlite3

from mailctl.store.checks import causes, documents, file, ledger, settlement, states, terms
from mailctl.store.checks.day import Marks, marks, of_the_day
from mailctl.store.checks.validator import Validator
from mailctl.store.engine.chain import NO_TEXT
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader

VALIDATORS: tuple[Validator, ...] = (
    *file.VALIDATORS,
    *ledger.VALIDATORS,
    *documents.VALIDATORS,
    *settlement.VALIDATORS,
    *terms.VALIDATORS,
    *states.VALIDATORS,
    *causes.VALIDATORS,
)

__all__ = ["VALIDATORS", "Marks", "Validator", "marks", "of_the_day", "run"]


def run(reader: Reader) -> list[Row]:
    """A row for each check that holds, and one for each row of the store that breaks one."""
    slugs = _slugs(reader)
    rows: list[Row] = []
    for validator in VALIDATORS:
        faults = validator.faults(reader)
        rows += [
            {
                "name": validator.name,
                "ok": False,
                "customer": slugs.get(fault.customer_id),
                "subject": fault.subject,
                "message": fault.message,
                "sentence": validator.sentence,
            }
            for fault in faults
        ]
        if not faults:
            rows.append(
                {
                    "name": validator.name,
                    "ok": True,
                    "customer": None,
                    "subject": None,
                    "message": None,
                    "sentence": validator.sentence,
                }
            )
    return rows


def _slugs(reader: Reader) -> dict[int | None, str]:
    try:
        return dict(reader.execute("SELECT id, slug FROM customer").fetchall())
    except sqlite3.OperationalError as error:
        # One that is no text is found by the checks, which then name no customer.
        if not str(error).startswith(NO_TEXT):
            raise
        return {}
