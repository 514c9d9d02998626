"""Whether the chain still fits: what `journal verify` computes again (rules 13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mailctl.store.engine import seals
from mailctl.store.engine.chain import (
    COVERED,
    NO_JSON,
    SALT_LENGTH,
    Ends,
    Facts,
    digest,
    personal_digest,
)
from mailctl.store.engine.connection import Connection
from mailctl.store.engine.no_text import is_no_text
from mailctl.values import Value


class Verification(Value):
    """What `journal verify` found; `broken` is the first broken batch."""

    transactions: int
    rows: int
    head: str
    broken: int | None = None
    reason: str | None = None


class Written(Value):
    """A batch as it stands in the store."""

    facts: Facts
    ends: Ends
    counts: dict[str, int]
    digest: str


_BATCHES = f"""
SELECT id, happened_on, recorded_at, actor, command, state, digest,
    last_seq, last_ledger_id, last_invoice_id, {", ".join(f"{table}_rows" for table in COVERED)}
FROM batch
ORDER BY id
"""


def batches(connection: Connection) -> Iterator[Written]:
    """Every batch, in order."""
    for row in connection.execute(_BATCHES).fetchall():
        yield Written(
            facts=Facts(
                id=row[0],
                happened_on=row[1],
                recorded_at=row[2],
                actor=row[3],
                command=row[4],
                state=row[5],
            ),
            digest=row[6],
            ends=Ends.at(*row[7:10]),
            counts=dict(zip(COVERED, row[10:], strict=True)),
        )


def verify(connection: Connection, at: Callable[[int], object] = lambda _: None) -> Verification:
    """Compute the whole chain again; name the first batch that does not fit (rules 13).

    `at` is called with the number of each batch before it is computed.
    """
    head, start, count, state = "", Ends(), 0, ""
    in_batches = dict.fromkeys(COVERED, 0)
    for batch in batches(connection):
        count += 1
        at(count)
        reason = _reason(connection, head, start, count, batch)
        if reason is not None:
            return _broken(count, head, start, count, reason)
        head, start, state = batch.digest, batch.ends, batch.facts.state
        for table, rows in batch.counts.items():
            in_batches[table] += rows
    for table in _loose(connection, in_batches):
        return _broken(count, head, start, count + 1, f"rows of {table} belong to no batch")
    if count and state != seals.state(connection):
        reason = "what it says of the other tables, or their sums, were changed"
        return _broken(count, head, start, count, reason)
    for seq, of_batch in _wrong_details(connection):
        reason = f"the personal details of journal row {seq} were changed"
        return _broken(count, head, start, of_batch or count + 1, reason)
    return Verification(transactions=count, rows=start.seq, head=head)


def _reason(
    connection: Connection, head: str, start: Ends, number: int, batch: Written
) -> str | None:
    """Why the `number`th batch does not follow the head and keys before it; None if it does."""
    if batch.facts.id != number:
        return "the batch is missing"
    try:
        found, counts = digest(connection, head, batch.facts, start, batch.ends)
    except Exception as error:
        if is_no_text(error):
            return "a text of its rows is not UTF-8"
        if str(error).startswith(NO_JSON):
            return "a value of its rows is neither a number nor text"
        raise
    for table, rows in batch.counts.items():
        if counts[table] != rows:
            return f"it has {counts[table]} rows of {table}, and was written with {rows}"
    return None if found == batch.digest else "its rows or its digest were changed"


def _broken(count: int, head: str, start: Ends, batch: int, reason: str) -> Verification:
    return Verification(transactions=count, rows=start.seq, head=head, broken=batch, reason=reason)


def _loose(connection: Connection, in_batches: Mapping[str, int]) -> Iterator[str]:
    """Tables with rows that no batch covers, whatever their keys."""
    for table, rows in in_batches.items():
        (there,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if there != rows:
            yield table


PERSONAL = """
    SELECT p.seq, j.batch, j.personal_digest, p.salt, p.details
    FROM journal_personal p
    LEFT JOIN journal j ON j.seq = p.seq
    ORDER BY p.seq
"""


def _wrong_details(connection: Connection) -> Iterator[tuple[int, int | None]]:
    """The journal rows whose personal details do not fit, with their batches."""
    for seq, batch, there, salt, details in connection.stream(PERSONAL):
        if len(salt) != SALT_LENGTH or personal_digest(salt, details) != there:
            yield seq, batch
