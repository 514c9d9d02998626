"""What differs between databases: JSON projections, document numbers, and errors of SQLite.

All other SQL of mailctl is text that SQLite and PostgreSQL both run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mailctl.contract import Key, Kind
from mailctl.errors import DiskFailedError, MailctlError, StoreBusyError, StoreDamagedError

DOCUMENT_NUMBER = (
    "CASE WHEN {0}.series = 'AV' THEN 'AV' ELSE '' END || {0}.year || '-' || "
    "CASE WHEN {0}.seq < 1000000 THEN substr('00000' || {0}.seq, length('' || {0}.seq), 6) "
    "ELSE '' || {0}.seq END"
)
"""SQL for the number of a document as people write it, `2026-000123`; {0} is the table's alias."""


PENDING_CENTS = (
    "coalesce((SELECT CAST(sum(y.amount_cents) AS BIGINT) FROM payment y "
    "WHERE y.customer_id = {0} AND y.status = 'pending'), 0)"
)
"""SQL for what pending payments would bring a customer, in cents; {0} is the customer's key."""

OVERDUE = (
    "o.open_cents > 0 AND o.is_covered = 0 AND o.due_on < :today "
    "AND ({0}.grace_until_on IS NULL OR {0}.grace_until_on < :today)"
)
"""SQL for whether `o`, of invoice_open, is overdue; {0} is the alias of its customer (SPEC 9)."""

LAST_DAY_TO_PAY = (
    "CASE WHEN {0}.grace_until_on > o.due_on THEN {0}.grace_until_on ELSE o.due_on END"
)
"""SQL for until when `o`, of invoice_open, may be paid before anybody is suspended for it: its due
date, or a grace's last day where that is later; {0} is the alias of its customer (SPEC 9)."""

PAY_BY = (
    "(SELECT coalesce(min(CASE WHEN z.last_on >= :today THEN z.last_on END), min(z.last_on)) FROM ("
    f"SELECT {LAST_DAY_TO_PAY} AS last_on FROM invoice_open o WHERE o.customer_id = {{0}}.id "
    "AND o.open_cents > 0 AND o.is_covered = 0) z)"
)
"""SQL for the day by which a debtor is asked to pay: the first last day to pay, of open invoices
that nothing covers, which is still to come; else the first. {0} is the customer's alias."""

HOLDS_FOR_DEBT = (
    "SELECT 1 FROM invoice_line l JOIN invoice_open o ON o.invoice_id = l.invoice_id "
    f"JOIN customer oc ON oc.id = o.customer_id WHERE l.account_id = a.id "
    f"AND {OVERDUE.format('oc')} AND NOT EXISTS (SELECT 1 FROM credit_line k "
    "WHERE k.account_id = l.account_id AND k.period_start_on = l.period_start_on)"
)
"""Whether an overdue invoice has a line of account `a` that is not credited."""

DEBT_DUE_ON = (
    "(SELECT o.due_on FROM invoice_open o WHERE o.customer_id = {0} AND o.open_cents > 0 "
    "ORDER BY o.invoice_id LIMIT 1)"
)
"""SQL for the due date of a customer's oldest open invoice (SPEC 9); {0} is the customer's key."""


def json_object(keys: Sequence[Key]) -> str:
    """SQL that makes one JSON text of the columns named like the keys."""
    return "json_object(" + ", ".join(f"'{key.name}', {_json_value(key)}" for key in keys) + ")"


def _json_value(key: Key) -> str:
    if key.kind is Kind.BOOLEAN:
        return f"json(CASE WHEN t.{quoted(key.name)} THEN 'true' ELSE 'false' END)"
    if key.kind in (Kind.LIST, Kind.OBJECT):
        return f"json(t.{quoted(key.name)})"
    return f"t.{quoted(key.name)}"


def quoted(name: str) -> str:
    """A column's name in quotes: `on`, `order` and `to` are words of SQL."""
    return f'"{name}"'


def batches(cursor: sqlite3.Cursor, size: int = 1000) -> Iterator[tuple[object, ...]]:
    """The cursor's rows, fetched in batches."""
    while rows := cursor.fetchmany(size):
        yield from rows


@contextmanager
def mapped_errors(path: object, holder: str = "") -> Iterator[None]:
    """Turn what SQLite raises into a refusal with a code; bugs (wrong SQL) stay as they are."""
    try:
        yield
    except sqlite3.Error as error:
        refused = _refusal(error, path, holder)
        if refused is None:
            raise
        raise refused from error


# What SQLite says of values that no mailctl has written.
_UNREADABLE = ("Could not decode to UTF-8", "malformed JSON")


def _refusal(error: sqlite3.Error, path: object, holder: str) -> MailctlError | None:
    name = getattr(error, "sqlite_errorname", "")
    if str(error).startswith(_UNREADABLE):
        return StoreDamagedError(f"the store {path} is damaged: {error}", hint="restore a backup")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusyError(
            f"the store {path} is busy{holder}", hint="try again, or give --wait S"
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamagedError(f"the store {path} is damaged: {error}", hint="restore a backup")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return DiskFailedError(
            f"the disk failed under {path}: {error}",
            hint="free space or mend the disk, then try again",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return DiskFailedError(
            f"the store {path} cannot be written or opened: {error}",
            hint="run as the store's owner, on a folder that can be written",
        )
    return None
