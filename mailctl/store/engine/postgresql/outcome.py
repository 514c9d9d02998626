"""What a change leaves of its own, by which it is known again where its commit was not answered.

It is the last batch of the journal with its digest, and the seals. A digest is over the instant and
the digest before, a seal is a sum with a secret key: no other change leaves the same. A
transaction's number would not do: a standby that lost the change gives it to another.
"""

from __future__ import annotations

import psycopg

from mailctl.errors import DiskFailedError
from mailctl.values import Value

_TRACE = """
    SELECT NULL AS name, b.id, b.digest
    FROM (SELECT id, digest FROM batch ORDER BY id DESC LIMIT 1) b
    UNION ALL
    SELECT name, 0, sum
    FROM seal
    ORDER BY name NULLS FIRST
"""


class Trace(Value):
    """The last batch with its digest, and all seals."""

    batch: tuple[int, str]
    seals: tuple[tuple[str, str], ...]


def trace_of(raw: psycopg.Connection) -> Trace:
    """What the store shows now."""
    batch, seals = (0, ""), []
    for name, number, digest in raw.execute(_TRACE).fetchall():
        if name is None:
            batch = number, digest
        else:
            seals.append((name, digest))
    return Trace(batch=batch, seals=tuple(seals))


def is_there(raw: psycopg.Connection, command: str, before: Trace, after: Trace) -> bool:
    """Whether a change is there that left `after`, on a connection that holds the store's lock.

    DiskFailedError where it wrote no batch, and others have changed the store since.
    """
    if after.batch != before.batch:
        row = raw.execute("SELECT digest FROM batch WHERE id = $1", [str(after.batch[0])])
        return row.fetchone() == after.batch[1:]
    found = trace_of(raw)
    if found.seals == after.seals:
        return True
    if found == before:
        return False
    raise DiskFailedError(
        f"the commit of `{command}` was not answered, and others have changed the store since: "
        "whether it took place is unknown",
        hint="run it again: a tick, and the sending of notices, do nothing twice",
    )
